"""The strings of old workbooks: with one or two bytes a character, and broken where a record was full."""

from __future__ import annotations

import codecs
import struct

from extractor.readers.errors import Refused
from extractor.readers.limits import MAX_CELLS

_WIDE, _ASIAN, _RICH = 1, 4, 8
"""Flags of a string: two bytes a character; phonetic readings and runs of fonts follow it."""
_MAX_STRINGS = 4 * MAX_CELLS


def codec(page: int) -> str:
    """The encoding of a code page; Chinese where there is no such page."""
    name = "utf-16-le" if page == 1200 else f"cp{page}"
    try:
        return codecs.lookup("gb18030" if page == 936 else name).name
    except LookupError:
        return "gb18030"


def byte_string(content: bytes, offset: int, encoding: str, short: bool = False) -> str:
    """A string of Excel 5 and 95 behind its length in bytes."""
    size = struct.unpack_from("<B" if short else "<H", content, offset)[0]
    start = offset + (1 if short else 2)
    return content[start : start + size].decode(encoding, "replace")


def unicode_string(content: bytes, offset: int, short: bool = False) -> str:
    """A string of Excel 97 to 2003 behind its length and flags; what a record has no room for is lost."""
    length, flags = struct.unpack_from("<BB" if short else "<HB", content, offset)
    start = offset + (2 if short else 3)
    start += 2 * bool(flags & _RICH) + 4 * bool(flags & _ASIAN)
    if flags & _WIDE:
        return content[start : start + 2 * length].decode("utf-16-le", "replace")
    return content[start : start + length].decode("latin-1")


class Chunks:
    """The records over which the shared strings are spread, read as if they were one."""

    def __init__(self, chunks: list[bytes]) -> None:
        self.chunks = chunks
        self.at = self.offset = 0

    def shared_strings(self) -> list[str]:
        """All strings of the table."""
        count = struct.unpack("<4xI", self._take(8))[0]
        if count > _MAX_STRINGS:
            raise Refused("too_large", size=f"文字 {count} 条", limit=f"{_MAX_STRINGS} 条")
        found: list[str] = []
        while len(found) < count and (self._left() or self.at + 1 < len(self.chunks)):
            found.append(self._string())
        return found

    def _string(self) -> str:
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & _RICH else 0
        phonetic = struct.unpack("<I", self._take(4))[0] if flags & _ASIAN else 0
        text = self._characters(length, bool(flags & _WIDE))
        self._skip(4 * runs + phonetic)
        return text

    def _characters(self, length: int, wide: bool) -> str:
        """So many characters. A chunk that begins within a string says anew how wide its characters are."""
        pieces = []
        while length:
            if self._left() == 0:
                self._next_chunk()
                wide = bool(self._take(1)[0] & _WIDE)
            here = min(length, self._left() // (2 if wide else 1))
            if here == 0:
                raise Refused("damaged")
            pieces.append(self._take(here * (2 if wide else 1)).decode("utf-16-le" if wide else "latin-1", "replace"))
            length -= here
        return "".join(pieces)

    def _left(self) -> int:
        return len(self.chunks[self.at]) - self.offset

    def _next_chunk(self) -> None:
        self.at, self.offset = self.at + 1, 0
        if self.at == len(self.chunks):
            raise Refused("damaged")

    def _take(self, size: int) -> bytes:
        """The next bytes of one chunk: heads of strings are never broken."""
        if self._left() == 0:
            self._next_chunk()
        found = self.chunks[self.at][self.offset : self.offset + size]
        if len(found) < size:
            raise Refused("damaged")
        self.offset += size
        return found

    def _skip(self, size: int) -> None:
        while size > self._left():
            size -= self._left()
            self._next_chunk()
        self.offset += size
