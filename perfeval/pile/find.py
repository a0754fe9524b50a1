"""Every file of a pile: in folders, in ZIP files, in ZIP files within them; what cannot be had is found too, with its reason."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from extractor.model.report import Unreadable
from extractor.readers.errors import Refused, unreadable
from extractor.readers.kind import ZIP
from extractor.readers.members import is_kept
from perfeval.pile.archive import FAILURES, contents, entries, is_pile, opened, pieces
from perfeval.pile.errors import refused
from perfeval.pile.limits import MAX_DEPTH, MAX_LEVELS
from perfeval.pile.names import Namesakes, shown

JUNCTION = 0xA0000003
"""Windows' other kind of link to a folder, by the number of its tag."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file: its path from the pile's folder as it is shown, and how to get at it."""

    path: str
    file: str
    inside: tuple[int, ...] = ()
    """The numbers of the entries that lead to it through ZIP files."""
    error: Unreadable | None = None

    def contents(self) -> bytes:
        """What is in it; ``Refused`` for what cannot be had."""
        with _refusing():
            return contents(self.file, self.inside)

    def digest(self) -> str:
        """The SHA-256 of its contents; ``Refused`` for what cannot be had."""
        digest = sha256()
        with _refusing():
            for piece in pieces(self.file, self.inside):
                digest.update(piece)
        return digest.hexdigest()


@contextmanager
def _refusing() -> Iterator[None]:
    """Turns what the system says into what a person can do about it."""
    try:
        yield
    except FileNotFoundError as failure:
        raise Refused("not_found") from failure
    except PermissionError as failure:
        raise Refused("permission_denied") from failure
    except OSError as failure:
        raise Refused("io_error", reason=failure.strerror or type(failure).__name__) from failure


def found_in(root: Path, without: tuple[Path, ...] = ()) -> Iterator[Found]:
    """Every file below ``root``, in the order of names; ``without`` are folders and files of our own."""
    own = {os.path.normcase(os.path.realpath(place)) for place in without}
    yield from _in_folder(os.path.realpath(root), "", own)


def _in_folder(folder: str, path: str, own: set[str]) -> Iterator[Found]:
    try:
        if path.count("/") > MAX_LEVELS:
            raise OSError(0, f"文件夹套了 {MAX_LEVELS} 层以上")
        with os.scandir(folder) as listing:
            places = sorted(listing, key=lambda place: place.name)
    except OSError as failure:
        yield Found(path.rstrip("/") or ".", folder, error=refused("folder", reason=failure.strerror or type(failure).__name__))
        return
    names = Namesakes()
    for place in places:
        if not is_kept(place.name) or os.path.normcase(place.path) in own:
            continue
        yield from _at(place, path + names.unique(shown(place.name)), own)


def _at(place: os.DirEntry[str], path: str, own: set[str]) -> Iterator[Found]:
    """A link is never followed: it may lead out of the pile, or in a circle."""
    found = Found(path, place.path)
    try:
        status = place.stat(follow_symlinks=False)
    except OSError as failure:
        yield replace(found, error=unreadable("io_error", reason=failure.strerror or type(failure).__name__))
        return
    mode = status.st_mode
    if stat.S_ISLNK(mode) or getattr(status, "st_reparse_tag", 0) == JUNCTION:
        yield replace(found, error=refused("link"))
    elif stat.S_ISDIR(mode):
        yield from _in_folder(place.path, f"{path}/", own)
    elif stat.S_ISREG(mode):
        yield from _file(found)
    else:
        yield replace(found, error=refused("special"))


def _file(found: Found) -> Iterator[Found]:
    """A file, or all that is in it."""
    try:
        with open(found.file, "rb") as stream:
            packed = stream.read(len(ZIP)) == ZIP
        size = os.path.getsize(found.file)
    except OSError:
        packed, size = False, 0  # reading it will say why
    yield from _unpacked(found, size) if packed else (found,)


def _unpacked(found: Found, size: int) -> Iterator[Found]:
    """The entries of a ZIP file, each of them looked into in its turn; a document that happens to be one as it is."""
    try:
        archive = opened(found.file, found.inside)
        if not is_pile(archive):
            yield found
            return
        if len(found.inside) >= MAX_DEPTH:
            raise Refused("too_large", size=f"套了 {MAX_DEPTH} 层以上的压缩包", limit=f"{MAX_DEPTH} 层")
        if not (listed := entries(archive, size)):
            raise Refused("empty_file")
    except Refused as refusal:
        yield replace(found, error=refusal.error)
        return
    except (*FAILURES, OSError):
        # A document whose end is missing looks the same; its reader says what is wrong with it.
        yield replace(found, error=unreadable("damaged")) if found.path.lower().endswith(".zip") else found
        return
    names = Namesakes()
    for number, name in listed:
        entry = Found(f"{found.path}/{names.unique(_plain(name))}", found.file, (*found.inside, number))
        yield from _entry(entry, archive.infolist()[number])


def _entry(found: Found, entry: zipfile.ZipInfo) -> Iterator[Found]:
    """An entry of a ZIP file: only what is called .zip is looked into, since looking costs expanding it."""
    if found.path.lower().endswith(".zip") and not entry.flag_bits & 1:
        yield from _unpacked(found, entry.file_size)
    else:
        yield found


def _plain(name: str) -> str:
    """A name in a ZIP file is only a name here: where it points to plays no part."""
    parts = [part for part in name.replace("\\", "/").replace("\0", "").split("/") if part not in ("", ".", "..")]
    return "/".join(part.encode("utf-8", "backslashreplace").decode() for part in parts) or "无名"
