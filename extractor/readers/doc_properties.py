"""What the properties of Word 97-2003 say that matters to a reader: tables, lists, hidden and deleted words, symbols."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from extractor.readers.doc_structure import CHARACTERS, FONTS, PARAGRAPHS, STYLES, Piece, Run, WordFile
from extractor.readers.errors import Refused
from extractor.readers.limits import megabytes

Property = tuple[int, bytes]
"""The number of a property (sprm) and its operand."""

_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""The size of an operand by the upper three bits of its number; 6 is told by the operand itself."""
_TABLE_DEFINITIONS = {0xD608: 20, 0xD606: 10}
"""Properties that define a row, and how many bytes each cell has in them."""
_CHANGED_TABS = 0xC615
_LONGEST_HEAD = 2 + 4 * 255 + 1
"""So far into an operand its own size may be written."""
_ELSEWHERE = frozenset({0x6645, 0x6646, 0x646B})
"""Properties too long for their page lie in the data stream: the operand tells where."""
_SHORT = {0x0C: 0x260A, 0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x42: 0x0801, 0x5C: 0x083C}
"""What the one-byte numbers of a piece's property mean (Prm0), as far as they are read here."""
_DELETED, _INSERTED, _HIDDEN, _CHARACTER_STYLE, _SYMBOL, _POSITION, _FONT = 0x0800, 0x0801, 0x083C, 0x4A30, 0x6A09, 0x2A48, 0x4A4F
SYMBOL_FONTS = frozenset({"Symbol", "Wingdings", "Wingdings 2"})
"""Fonts that draw signs in the place of letters."""
_AS_STYLE, _NOT_AS_STYLE = 0x80, 0x81
MAX_HEIRS = 16
"""So many styles may be based on one another; Word itself allows fewer."""
MAX_FETCHED = 20 * 1024 * 1024
"""A row of the widest table has 1.5 kB of properties in the data stream; a million rows that share theirs are an attack."""
_PARAGRAPH_STYLE = 1
_CONTENTS = range(19, 28)


@dataclass(slots=True)
class RowShape:
    """The cells of a row: the edges between them in twips (1/1440 inch), and how each is merged with others."""

    edges: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    gap: int = 0

    def define(self, operand: bytes, size: int) -> None:
        """Takes the definition of a row: the number of cells, their edges, then ``size`` bytes for each cell."""
        count = operand[2] if len(operand) > 2 else 0
        if count == 0 or len(operand) < 3 + 2 * (count + 1):
            return
        self.edges = list(struct.unpack_from(f"<{count + 1}h", operand, 3))
        cells = operand[3 + 2 * (count + 1) :]
        self.flags = [int.from_bytes(cells[size * number : size * number + 2], "little") for number in range(count)]

    def change(self, code: int, operand: bytes) -> None:
        """Takes a property that changes a row that is already defined."""
        if code == 0x9601 and self.edges:  # sprmTDxaLeft
            (left,) = struct.unpack("<h", operand)
            shift = left - self.edges[0] - self.gap
            self.edges = [edge + shift for edge in self.edges]
        elif code == 0x9602:  # sprmTDxaGapHalf
            (self.gap,) = struct.unpack("<h", operand)
        elif code == 0xD62B and len(operand) > 2 and operand[1] < len(self.flags):  # sprmTVertMerge
            self.flags[operand[1]] = self.flags[operand[1]] & ~0x60 | (operand[2] & 3) << 5
        elif code in (0x5624, 0x5625):  # sprmTMerge, sprmTSplit
            for cell in range(operand[0], min(operand[1], len(self.flags))):
                merged = 0 if code == 0x5625 else 1 if cell == operand[0] else 2
                self.flags[cell] = self.flags[cell] & ~3 | merged
        elif code in (0x5622, 0x7621, 0x7623):
            self._resize(code, operand)

    def _resize(self, code: int, operand: bytes) -> None:
        """Inserts, deletes or widens cells (sprmTInsert, sprmTDelete, sprmTDxaCol)."""
        widths = [right - left for left, right in zip(self.edges, self.edges[1:], strict=False)]
        first, last = operand[0], operand[1]
        if code == 0x5622:
            del widths[first:last], self.flags[first:last]
        else:
            (width,) = struct.unpack_from("<H", operand, 2)
            if code == 0x7623:
                widths[first:last] = [width] * len(widths[first:last])
            elif len(widths) + last < 64:
                widths[first:first] = [width] * last
                self.flags[first:first] = [0] * last
        left = self.edges[0] if self.edges else 0
        self.edges = [left + sum(widths[:number]) for number in range(len(widths) + 1)]


@dataclass(slots=True)
class Paragraph:
    """What is known of a paragraph or of the mark at the end of a cell or row."""

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    depth: int = 0
    """In how many tables it is, one within the other; nought also in files that only know one."""
    inner_cell_end: bool = False
    inner_row_end: bool = False
    list: int = 0
    """Which of the lists (LFO) numbers it, counted from one."""
    level: int | None = None
    """The level of the list; ``None`` is the one that is tied to its style."""
    shape: RowShape = field(default_factory=RowShape)


_PARAGRAPH_FIELDS = {
    0x2416: "in_table",
    0x2417: "row_end",
    0x6649: "depth",
    0x244B: "inner_cell_end",
    0x244C: "inner_row_end",
    0x460B: "list",
    0x260A: "level",
}
"""sprmPFInTable, sprmPFTtp, sprmPItap, sprmPFInnerTableCell, sprmPFInnerTtp, sprmPIlfo, sprmPIlvl."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of characters: whether they were changed or are hidden, and which sign a symbol is."""

    deleted: bool = False
    inserted: bool = False
    raised: bool = False
    hidden: int = _AS_STYLE
    """1 is hidden, 0 is not; 128 is as the style says, 129 the opposite."""
    style: int | None = None
    symbol: tuple[int, int] | None = None
    """The number of the font and the character in it."""
    font: int | None = None
    """The number of a font, which is only kept where that is one of ``SYMBOL_FONTS``."""

    def is_hidden(self) -> bool:
        """Whether the characters are hidden. A ``style`` is only kept where it hides."""
        as_style = self.style is not None
        return {_AS_STYLE: as_style, _NOT_AS_STYLE: not as_style}.get(self.hidden, bool(self.hidden))


def properties(raw: bytes) -> Iterator[Property]:
    """The properties in a list of them (grpprl), up to its end or to the first that is damaged."""
    place = 0
    while place + 3 <= len(raw):
        code = raw[place] | raw[place + 1] << 8
        size = _SIZES.get(code >> 13) or _variable_size(code, raw[place + 2 : place + 2 + _LONGEST_HEAD])
        operand = raw[place + 2 : place + 2 + size]
        if len(operand) < size:
            return
        yield code, operand
        place += 2 + size


def _variable_size(code: int, rest: bytes) -> int:
    """The size of an operand that begins with its own size."""
    if code in _TABLE_DEFINITIONS:
        return int.from_bytes(rest[:2], "little") + 1
    if code == _CHANGED_TABS and rest[0] == 0xFF:
        deleted = 2 + 4 * rest[1] if len(rest) > 1 else 2
        return deleted + 1 + 3 * rest[deleted] if len(rest) > deleted else deleted + 1
    return rest[0] + 1


@dataclass(frozen=True, slots=True)
class _Style:
    kind: int
    """Word's number for a style that it brings itself: 19 to 27 are those of a table of contents."""
    base: int
    paragraph: bytes
    character: bytes


class Properties:
    """The properties of every paragraph and character of a file."""

    def __init__(self, word: WordFile) -> None:
        self._word = word
        self._runs = word.runs(PARAGRAPHS)
        self._starts = [run[0] for run in self._runs]
        self._styles = _styles(word.block(STYLES))
        self._fonts = _fonts(word.block(FONTS))
        self._folded: dict[tuple[bytes, int], Paragraph] = {}
        self._by_style: dict[int, Paragraph] = {}
        self._hiding: dict[int, bool] = {}
        self._fetched = 0

    def paragraph(self, place: int) -> Paragraph:
        """The properties of the paragraph, cell or row that ends with the character at ``place``."""
        key = (self._run(place)[2], self._word.piece(place).modifier)
        if key not in self._folded:
            self._folded[key] = self._fold(*key)
        return self._folded[key]

    def ends(self, place: int) -> bool:
        """Whether a paragraph ends with the character at ``place``: a break of the page may stand in the midst of one."""
        return self._run(place)[1] <= self._word.stored(place) + self._word.piece(place).width

    def font(self, number: int) -> str:
        """The name of a font."""
        return self._fonts[number] if number < len(self._fonts) else ""

    def unusual(self) -> Iterator[tuple[int, int, Look]]:
        """From which character to which one words are changed, hidden, raised or symbols."""
        runs = self._looks()
        starts = [run[0] for run in runs]
        for piece in self._word.pieces:
            whole = _look(self._modifier(piece.modifier)) if piece.modifier else Look()
            if whole != Look():
                yield piece.start, piece.end, whole
            stop = piece.offset + (piece.end - piece.start) * piece.width
            for start, end, look in runs[max(0, bisect_right(starts, piece.offset) - 1) : bisect_right(starts, stop)]:
                first, last = max(start, piece.offset), min(end, stop)
                if first < last:
                    yield _place(piece, first), _place(piece, last), look

    def hides(self, style: int) -> bool:
        """Whether a style hides its words: it says so, or one that it is based on does."""
        if style not in self._hiding:
            said = (_look(properties(found.character)).hidden for found in self._line(style))
            self._hiding[style] = next((hidden for hidden in said if hidden != _AS_STYLE), 0) == 1
        return self._hiding[style]

    def is_contents(self, style: int) -> bool:
        """Whether a style is one of those of a table of contents."""
        return style < len(self._styles) and self._styles[style].kind in _CONTENTS

    def _run(self, place: int) -> Run:
        stored = self._word.stored(place)
        run = self._runs[bisect_right(self._starts, stored) - 1] if self._runs else (0, 0, b"")
        return run if run[0] <= stored < run[1] else (stored, stored, b"")

    def _looks(self) -> list[tuple[int, int, Look]]:
        looks: dict[bytes, Look] = {}
        found = []
        for start, end, raw in self._word.runs(CHARACTERS):
            if raw not in looks:
                looks[raw] = self._resolved(_look(properties(raw)))
            if looks[raw] != Look():
                found.append((start, end, looks[raw]))
        return found

    def _resolved(self, look: Look) -> Look:
        """The look without what says nothing here: nearly all styles hide nothing, nearly all fonts draw letters."""
        if look.style is not None and not self.hides(look.style):
            look = replace(look, style=None)
        if look.font is not None and self.font(look.font) not in SYMBOL_FONTS:
            look = replace(look, font=None)
        return look

    def _fold(self, raw: bytes, modifier: int) -> Paragraph:
        style = int.from_bytes(raw[:2], "little")
        if style not in self._by_style:
            self._by_style[style] = self._of_style(style)
        found = replace(self._by_style[style], shape=RowShape())
        self._apply(properties(raw[2:]), found)
        self._apply(self._modifier(modifier), found)
        return found

    def _of_style(self, style: int) -> Paragraph:
        found = Paragraph(style)
        for heir in reversed(self._line(style)):
            self._apply(properties(heir.paragraph), found)
        return found

    def _apply(self, listed: Iterable[Property], found: Paragraph, elsewhere: bool = True) -> None:
        for code, operand in listed:
            name = _PARAGRAPH_FIELDS.get(code)
            if name:
                value = int.from_bytes(operand, "little")
                setattr(found, name, value if name in ("depth", "list", "level") else bool(value))
            elif code in _TABLE_DEFINITIONS:
                found.shape.define(operand, _TABLE_DEFINITIONS[code])
            elif code in _ELSEWHERE:
                if elsewhere:
                    self._apply(self._elsewhere(operand), found, elsewhere=False)
            elif code >> 10 & 7 == 5:
                found.shape.change(code, operand)

    def _elsewhere(self, operand: bytes) -> Iterable[Property]:
        start = int.from_bytes(operand, "little")
        size = int.from_bytes(self._word.data[start : start + 2], "little")
        self._fetched += size
        if self._fetched > MAX_FETCHED:
            raise Refused("too_large", size="表格行格式数据过多", limit=megabytes(MAX_FETCHED))
        return properties(self._word.data[start + 2 : start + 2 + size])

    def _modifier(self, modifier: int) -> Iterable[Property]:
        """The properties of a piece: one in the number itself, or a list that it names."""
        if modifier & 1:
            named = modifier >> 1
            return properties(self._word.modifiers[named]) if named < len(self._word.modifiers) else ()
        code = _SHORT.get(modifier >> 1 & 0x7F)
        return [(code, bytes([modifier >> 8]))] if code else ()

    def _line(self, style: int) -> list[_Style]:
        """A style and those that it is based on."""
        found: list[_Style] = []
        while style < len(self._styles) and len(found) < MAX_HEIRS:
            found.append(self._styles[style])
            style = found[-1].base
        return found


def _look(listed: Iterable[Property]) -> Look:
    look = Look()
    for code, operand in listed:
        if code == _DELETED:
            look = replace(look, deleted=bool(operand[0]))
        elif code == _INSERTED:
            look = replace(look, inserted=bool(operand[0]))
        elif code == _POSITION:
            look = replace(look, raised=operand[0] == 1)
        elif code == _HIDDEN:
            look = replace(look, hidden=operand[0])
        elif code == _CHARACTER_STYLE:
            look = replace(look, style=int.from_bytes(operand, "little"))
        elif code == _FONT:
            look = replace(look, font=int.from_bytes(operand, "little"))
        elif code == _SYMBOL:
            look = replace(look, symbol=(int.from_bytes(operand[:2], "little"), int.from_bytes(operand[2:], "little")))
    return look


def _place(piece: Piece, stored: int) -> int:
    """The character that is stored at a byte; half a character counts as a whole one."""
    return piece.start + (stored - piece.offset + piece.width - 1) // piece.width


def _styles(block: bytes) -> list[_Style]:
    """The styles of a file by number (STSH)."""
    found: list[_Style] = []
    place = 2 + int.from_bytes(block[:2], "little")
    fixed = int.from_bytes(block[4:6], "little")
    while place + 2 <= len(block):
        size = int.from_bytes(block[place : place + 2], "little")
        found.append(_style(block[place + 2 : place + 2 + size], fixed))
        place += 2 + size + (size & 1)
    return found


def _style(stored: bytes, fixed: int) -> _Style:
    """One style: a fixed part, its name, then its properties, each list with its size before it."""
    lists: list[bytes] = []
    place = fixed + 2 + 2 * (int.from_bytes(stored[fixed : fixed + 2], "little") + 1)
    while place + 2 <= len(stored) and len(lists) < 2:
        size = int.from_bytes(stored[place : place + 2], "little")
        lists.append(stored[place + 2 : place + 2 + size])
        place += 2 + size + (size & 1)
    kind = int.from_bytes(stored[:2], "little") & 0xFFF
    base = int.from_bytes(stored[2:4], "little") >> 4
    if stored[2:3] and stored[2] & 0xF == _PARAGRAPH_STYLE:
        lists = [*lists, b"", b""]
        return _Style(kind, base, lists[0][2:], lists[1])
    return _Style(kind, base, b"", lists[0] if lists else b"")


def _fonts(block: bytes) -> list[str]:
    """The names of the fonts by number (SttbfFfn)."""
    found: list[str] = []
    place = 4
    while place < len(block):
        size = block[place] + 1
        found.append(block[place + 40 : place + size].decode("utf-16-le", "replace").split("\0")[0])
        place += size
    return found
