"""ZIP files of a pile, one entry at a time: nothing is written, nothing is held but the entry that is read."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import IO

from extractor.readers.errors import Refused
from extractor.readers.limits import MAX_BYTES, MAX_EXPANSION, megabytes
from extractor.readers.members import is_kept, name_of
from perfeval.pile.limits import MAX_ENTRIES, MAX_GROWTH

FAILURES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises for a damaged, encrypted or odd archive."""
PIECE = 1 << 20
OFFICE = {"[Content_Types].xml", "mimetype", "OFD.xml"}
"""An archive with one of these entries is a document, not a pile."""


def entries(archive: zipfile.ZipFile, size: int) -> list[tuple[int, str]]:
    """Number and name of every file in it; ``Refused`` where there are too many or they would grow too much."""
    found = archive.infolist()
    if len(found) > MAX_ENTRIES:
        raise Refused("too_large", size=f"{len(found)} 个文件", limit=f"{MAX_ENTRIES} 个文件")
    total, limit = sum(entry.file_size for entry in found), max(MAX_EXPANSION, size * MAX_GROWTH)
    if total > limit:
        raise Refused("too_large", size=f"展开后合计 {megabytes(total)}", limit=megabytes(limit))
    return [(number, name_of(entry)) for number, entry in enumerate(found) if not entry.is_dir() and is_kept(name_of(entry))]


def is_pile(archive: zipfile.ZipFile) -> bool:
    """Whether it holds files of their own, unlike .docx, .xlsx, .ods and .ofd."""
    return OFFICE.isdisjoint(archive.namelist())


def contents(file: str, inside: tuple[int, ...]) -> bytes:
    """What is in a file, or in the entry of a ZIP file that the numbers lead to; ``Refused`` for what cannot be had."""
    return b"".join(pieces(file, inside))


def pieces(file: str, inside: tuple[int, ...]) -> Iterator[bytes]:
    """The same, piece by piece. A header may lie about the size: no more than the limit is ever expanded."""
    size = 0
    with _stream(file, inside) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > MAX_BYTES:
                raise Refused("too_large", size=f"超过 {megabytes(MAX_BYTES)}", limit=megabytes(MAX_BYTES))
            yield piece


@contextmanager
def _stream(file: str, inside: tuple[int, ...]) -> Iterator[IO[bytes]]:
    if not inside:
        with open(file, "rb") as plain:
            yield plain
        return
    try:
        archive = opened(file, inside[:-1])
        entry = archive.infolist()[inside[-1]]
        if entry.flag_bits & 1:
            raise Refused("encrypted")
        with archive.open(entry) as packed:
            yield packed
    except (*FAILURES, IndexError) as failure:
        raise Refused("damaged") from failure


def opened(file: str, inside: tuple[int, ...]) -> zipfile.ZipFile:
    """The ZIP file there, at the end of the path of numbers."""
    found = os.stat(file)
    return _opened(file, inside, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=2)
def _opened(file: str, inside: tuple[int, ...], _changed: int, _size: int) -> zipfile.ZipFile:
    """The last ones stay open, since their entries are asked for one after another; a changed file is opened anew."""
    return zipfile.ZipFile(io.BytesIO(contents(file, inside)) if inside else file)
