"""The files of a folder or a ZIP file, opened so that nothing is written and nothing expands beyond the limits."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from extractor.readers.errors import Refused
from extractor.readers.limits import MAX_BYTES, MAX_EXPANSION, MAX_MEMBERS, megabytes

SKIPPED = (".", "~$", "__MACOSX", "Thumbs.db", "desktop.ini")
"""Names that programs leave behind: hidden files, locks of Word and Excel, macOS's and Windows' own."""
_UTF8 = 0x800
"""The flag of a ZIP entry whose name is UTF-8; without it Windows in China writes GBK."""


def members(path: str | os.PathLike[str]) -> list[tuple[str, bytes]]:
    """Name and contents of every file, reports before their annexes; ``Refused`` where there are too many or none."""
    found = list(_in_folder(Path(path)) if os.path.isdir(path) else _in_zip(path))
    if not found:
        raise Refused("empty_file")
    return sorted(found, key=lambda entry: (not _is_report(entry[0]), entry[0]))


def _is_report(name: str) -> bool:
    return "报告" in name and "表" not in os.path.basename(name)


def is_kept(name: str) -> bool:
    """Whether a person put the file there, not a program."""
    return not any(part.startswith(SKIPPED) and part not in (".", "..") for part in name.replace("\\", "/").split("/"))


def _in_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every regular file below a folder; links are not followed, since they may lead out of it or in a circle."""
    total = count = 0
    for place, folders, names in os.walk(folder, followlinks=False):
        folders.sort()
        for name in sorted(names):
            file = Path(place, name)
            shown = file.relative_to(folder).as_posix()
            if not is_kept(shown) or file.is_symlink() or not file.is_file():
                continue
            count, total = count + 1, total + file.stat().st_size
            _check(count, total)
            with file.open("rb") as stream:
                yield shown, stream.read(MAX_BYTES + 1)


def _in_zip(path: str | os.PathLike[str]) -> Iterator[tuple[str, bytes]]:
    """Every file of a ZIP file. Names are only names here: where they point to plays no part."""
    try:
        with zipfile.ZipFile(io.BytesIO(Path(path).read_bytes())) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and is_kept(name_of(entry))]
            _check(len(entries), sum(entry.file_size for entry in entries))
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused("encrypted")
            for entry in entries:
                with archive.open(entry) as stream:
                    yield name_of(entry), stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as failure:
        raise Refused("damaged") from failure


def _check(count: int, total: int) -> None:
    if count > MAX_MEMBERS:
        raise Refused("too_large", size=f"超过 {MAX_MEMBERS} 个文件", limit=f"{MAX_MEMBERS} 个文件")
    if total > MAX_EXPANSION:
        raise Refused("too_large", size=f"合计 {megabytes(total)}", limit=megabytes(MAX_EXPANSION))


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry: zipfile takes one without the UTF-8 flag for cp437, but it is UTF-8 (Linux) or GBK (Windows)."""
    for encoding in () if entry.flag_bits & _UTF8 else ("utf-8", "gb18030"):
        try:
            return entry.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return entry.filename
