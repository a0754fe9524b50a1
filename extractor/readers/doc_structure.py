"""The binary format of Word 97-2003 as [MS-DOC] describes it: streams, pieces of text, and where properties are stored.

The text is cut into pieces that lie anywhere in the stream. Characters are counted in two ways: by their place in the text
(``CP``) and by the byte where they are stored (``FC``). Properties of paragraphs and characters are kept by the second.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from extractor.readers.errors import Refused
from extractor.readers.limits import MAX_TEXT_BYTES, megabytes

WORD_97 = 0x00C1
"""The first version (nFib) with Unicode and table streams; Word 6 and 95 are another format."""
MAX_RUNS = 2_000_000
"""Runs of paragraphs or characters of one format: a book of 2000 pages has some 100,000."""
_PAGE = 512
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_COMPRESSED = 0x4000_0000

STYLES, FONTS, CHARACTERS, PARAGRAPHS, PIECES, LISTS, LIST_OVERRIDES = 1, 15, 12, 13, 33, 73, 74
"""Which pair of FibRgFcLcb97 tells where a block of the table stream lies."""
STORIES = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
"""The parts of the text in the order in which they follow each other."""

Run = tuple[int, int, bytes]
"""From which byte to which byte of the stream these raw properties hold."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: characters ``start``…``end`` are stored from ``offset`` on, ``width`` bytes each."""

    start: int
    end: int
    offset: int
    width: int
    modifier: int
    """A property for the whole piece, or the number of a list of them (Prm); nought in a file that was fully saved."""


class WordFile:
    """The streams of a Word file, its text, and the raw properties; ``struct.error`` or ``Refused`` where they are damaged."""

    def __init__(self, data: bytes) -> None:
        streams = _streams(data)
        self.main = streams["WordDocument"]
        version, flags = struct.unpack_from("<2xH6xH", self.main)
        if flags & _ENCRYPTED:
            raise Refused("encrypted")
        self.table = streams.get("1Table" if flags & _TABLE_1 else "0Table", b"")
        if version < WORD_97 or not self.table:
            raise Refused("damaged")
        self.data = streams.get("Data", b"")
        self._lengths, self._blocks = _header(self.main)
        modifiers, table = _piece_table(self.block(PIECES))
        self.modifiers: list[bytes] = modifiers
        self.pieces = _pieces(table)
        self._starts = [piece.start for piece in self.pieces]
        self.text = self._whole_text()

    def block(self, which: int) -> bytes:
        """A block of the table stream; empty where the file has none."""
        start, size = self.place(which)
        return self.table[start : start + size]

    def place(self, which: int) -> tuple[int, int]:
        """Where a block of the table stream begins, and its size."""
        if 8 * which + 8 > len(self._blocks):
            return 0, 0
        start, size = struct.unpack_from("<II", self._blocks, 8 * which)
        return start, size

    def story(self, name: str) -> tuple[int, int]:
        """The first character of a part of the text and the one behind its last."""
        place = STORIES.index(name)
        start = sum(self._lengths[:place])
        return start, min(start + self._lengths[place], len(self.text))

    def stored(self, place: int) -> int:
        """The byte where a character is stored."""
        piece = self.piece(place)
        return piece.offset + (place - piece.start) * piece.width

    def piece(self, place: int) -> Piece:
        """The piece that a character is in."""
        return self.pieces[max(0, bisect_right(self._starts, place) - 1)]

    def runs(self, which: int) -> list[Run]:
        """The raw properties of ``PARAGRAPHS`` or ``CHARACTERS``, by where they are stored."""
        index = self.block(which)
        count = max(0, (len(index) - 4) // 8)
        # Each page is listed once: a file that lists one a million times is an attack.
        numbers = dict.fromkeys(number & 0x3F_FFFF for number in struct.unpack_from(f"<{count}I", index, 4 * (count + 1))) if count else {}
        found: list[Run] = []
        for number in numbers:
            found += _page_runs(self.main[number * _PAGE : (number + 1) * _PAGE], which)
            if len(found) > MAX_RUNS:
                raise Refused("too_large", size=f"{MAX_RUNS} 段以上", limit=f"{MAX_RUNS} 段")
        return sorted(found, key=lambda run: run[:2])

    def _whole_text(self) -> str:
        size = self.pieces[-1].end
        if size > MAX_TEXT_BYTES:
            raise Refused("too_large", size=megabytes(size), limit=megabytes(MAX_TEXT_BYTES))
        return "".join(map(self._piece_text, self.pieces))

    def _piece_text(self, piece: Piece) -> str:
        stored = self.main[piece.offset : piece.offset + (piece.end - piece.start) * piece.width]
        if len(stored) < (piece.end - piece.start) * piece.width:
            raise Refused("truncated")
        if piece.width == 1:
            return stored.decode("cp1252", "replace")
        text = stored.decode("utf-16-le", "surrogatepass")
        # Places count 16-bit units: a rare character of two units must keep both, else all places behind it shift.
        return text if len(text) == piece.end - piece.start else "".join(map(chr, struct.unpack(f"<{len(stored) // 2}H", stored)))


def _streams(data: bytes) -> dict[str, bytes]:
    """The streams of the container that matter here."""
    # olefile takes other sizes for a warning and goes on with sectors of any size.
    if len(data) < _PAGE or struct.unpack_from("<HH", data, 30) not in ((9, 6), (12, 6)):
        raise Refused("damaged")
    import olefile

    found: dict[str, bytes] = {}
    try:
        # Short bytes given as they are would be taken for a file's name.
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            for name in ("WordDocument", "0Table", "1Table", "Data"):
                if container.exists(name):
                    found[name] = container.openstream(name).read()
            locked = container.exists("EncryptedPackage")
    except Exception as failure:  # a damaged container fails in olefile in any way
        raise Refused("damaged") from failure
    if locked:
        raise Refused("encrypted")
    if "WordDocument" not in found:
        raise Refused("damaged")
    return found


def _header(main: bytes) -> tuple[list[int], bytes]:
    """Of the file information block: how long each story is, and the places of the blocks in the table stream."""
    (words,) = struct.unpack_from("<H", main, 32)
    longs = 34 + 2 * words
    (count,) = struct.unpack_from("<H", main, longs)
    lengths = list(struct.unpack_from(f"<{len(STORIES)}i", main, longs + 2 + 12))
    if min(lengths) < 0:
        raise Refused("damaged")
    pairs = longs + 2 + 4 * count
    (size,) = struct.unpack_from("<H", main, pairs)
    return lengths, main[pairs + 2 : pairs + 2 + 8 * size]


def _piece_table(block: bytes) -> tuple[list[bytes], bytes]:
    """The lists of properties for pieces, and the table of pieces itself (Clx)."""
    modifiers = []
    place = 0
    while block[place : place + 1] == b"\1":
        (size,) = struct.unpack_from("<H", block, place + 1)
        modifiers.append(block[place + 3 : place + 3 + size])
        place += 3 + size
    if block[place : place + 1] != b"\2":
        raise Refused("damaged")
    (size,) = struct.unpack_from("<I", block, place + 1)
    return modifiers, block[place + 5 : place + 5 + size]


def _pieces(table: bytes) -> list[Piece]:
    count = (len(table) - 4) // 12
    if count < 1:
        raise Refused("damaged")
    places = struct.unpack_from(f"<{count + 1}I", table)
    found: list[Piece] = []
    for number, (start, end) in enumerate(pairwise(places)):
        offset, modifier = struct.unpack_from("<2xIH", table, 4 * (count + 1) + 8 * number)
        if start != (found[-1].end if found else 0) or end <= start:
            raise Refused("damaged")
        if offset & _COMPRESSED:
            found.append(Piece(start, end, (offset & ~_COMPRESSED) // 2, 1, modifier))
        else:
            found.append(Piece(start, end, offset, 2, modifier))
    return found


def _page_runs(page: bytes, which: int) -> list[Run]:
    """The runs of one page of properties (PapxFkp, ChpxFkp)."""
    if len(page) < _PAGE:
        raise Refused("truncated")
    count = page[-1]
    step = 13 if which == PARAGRAPHS else 1
    if 4 * (count + 1) + step * count >= _PAGE:
        raise Refused("damaged")
    edges = struct.unpack_from(f"<{count + 1}I", page)
    properties = _paragraph_properties if which == PARAGRAPHS else _character_properties
    offsets = page[4 * (count + 1) : 4 * (count + 1) + step * count : step]
    return [(edges[number], edges[number + 1], properties(page, 2 * offset) if offset else b"") for number, offset in enumerate(offsets)]


def _paragraph_properties(page: bytes, start: int) -> bytes:
    size = page[start]
    if size:
        return page[start + 1 : start + 2 * size]
    return page[start + 2 : start + 2 + 2 * page[start + 1]]


def _character_properties(page: bytes, start: int) -> bytes:
    return page[start + 1 : start + 1 + page[start]]
