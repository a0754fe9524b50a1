"""Workbooks of Excel 5 to 2003 (.xls), read for what their cells display ([MS-XLS]).

Read here and not with calamine, which gives neither the formats of cells nor hidden rows, and makes room for every
place up to the last one of a sheet.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from extractor.readers.errors import Refused
from extractor.readers.number_format import BUILTIN, GENERAL, NumberFormat, number_format
from extractor.readers.worksheet import Sheet, Workbook, has_digits
from extractor.readers.xls_formula import formula_text, shared_place, shared_tokens, tokens_text
from extractor.readers.xls_strings import Chunks, byte_string, codec, unicode_string

MAX_RECORDS = 20_000_000
"""A cell or two a record; a workbook that points its sheets at each other has more."""

_BOF, _EOF, _CONTINUE, _FILEPASS, _CODEPAGE, _DATEMODE = 0x809, 0x0A, 0x3C, 0x2F, 0x42, 0x22
_BOUNDSHEET, _SST, _FORMAT, _XF = 0x85, 0xFC, 0x41E, 0xE0
_ROW, _COLINFO, _MERGED = 0x208, 0x7D, 0xE5
_LABELSST, _LABEL, _RSTRING, _NUMBER, _RK, _MULRK, _BOOLERR, _FORMULA, _STRING = 0xFD, 0x204, 0xD6, 0x203, 0x27E, 0xBD, 0x205, 0x06, 0x207
_OBJ, _TXO = 0x5D, 0x1B6
_SHARED_FORMULA = 0x4BC
_WORKSHEET = 0
_BIFF8 = 0x600
_TEXT_BOXES = frozenset({0x02, 0x03, 0x06, 0x1E})
"""Kinds of objects that may hold text: rectangles, ovals, text boxes, drawings. 0x19 is a comment."""
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

Record = tuple[int, bytes]


def read_xls(data: bytes, workbook: Workbook) -> None:
    """Fills ``workbook`` with the sheets of the file, hidden ones included."""
    try:
        stream = _workbook_stream(data)
        book = _Globals(stream)
        started = set()
        for name, hidden, offset in book.sheets:
            if offset not in started:  # Two sheets at one place are one.
                started.add(offset)
                _Cells(workbook.add(name, hidden), workbook, book).read(_records(stream, offset, book.budget))
    except struct.error as failure:
        raise Refused("damaged") from failure


def _workbook_stream(data: bytes) -> bytes:
    """The stream of records within the container."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if container.exists("EncryptedPackage"):
                raise Refused("encrypted")
            name = next((name for name in ("Workbook", "Book") if container.exists(name)), None)
            if name is None:
                raise Refused("damaged")
            found: bytes = container.openstream(name).read()
            return found
    except Refused:
        raise
    except Exception as failure:  # What olefile raises for damaged containers is not documented, and of many kinds.
        raise Refused("damaged") from failure


class _Budget:
    """How many records may still be read of a file."""

    def __init__(self) -> None:
        self.left = MAX_RECORDS

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Refused("too_large", size=f"记录超过 {MAX_RECORDS} 条", limit=f"{MAX_RECORDS} 条")


def _records(stream: bytes, offset: int, budget: _Budget) -> Iterator[Record]:
    """The records of one part of the stream, from its BOF to its EOF; embedded charts, which have their own, are left out."""
    depth = 0
    end = len(stream)
    while offset + 4 <= end:
        budget.take()
        kind, size = struct.unpack_from("<HH", stream, offset)
        content = stream[offset + 4 : offset + 4 + size]
        offset += 4 + size
        if len(content) < size:
            raise Refused("damaged")
        if depth == 0 and kind != _BOF:
            raise Refused("damaged")
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1 or kind == _BOF:
            yield kind, content
    raise Refused("damaged")


class _Globals:
    """What belongs to all sheets: their list, the shared strings and the formats."""

    def __init__(self, stream: bytes) -> None:
        self.budget = _Budget()
        self.is_biff8 = True
        self.codec = "gb18030"
        self.from_1904 = False
        self.sheets: list[tuple[str, bool, int]] = []
        self.strings: list[str] = []
        self._codes = dict(BUILTIN)
        self._styles: list[int] = []
        self._bounds: list[bytes] = []
        shared: list[bytes] = []
        last = -1
        for kind, content in _records(stream, 0, self.budget):
            if kind == _CONTINUE and last == _SST:
                shared.append(content)
                continue
            last = kind
            if kind == _SST:
                shared = [content]
            else:
                self._take(kind, content)
        self.sheets = list(self._listed())
        if shared:
            self.strings = Chunks(shared).shared_strings()
        self.formats = [number_format(self._codes.get(style, GENERAL)) for style in self._styles]

    def text(self, content: bytes, offset: int) -> str:
        """A string behind a length of two bytes."""
        return unicode_string(content, offset) if self.is_biff8 else byte_string(content, offset, self.codec)

    def format(self, style: int) -> NumberFormat:
        """The number format of a cell style."""
        return self.formats[style] if style < len(self.formats) else number_format(GENERAL)

    def _take(self, kind: int, content: bytes) -> None:
        if kind == _BOF:
            self.is_biff8 = struct.unpack_from("<H", content)[0] >= _BIFF8
        elif kind == _FILEPASS:
            raise Refused("encrypted")
        elif kind == _CODEPAGE:
            self.codec = codec(struct.unpack_from("<H", content)[0])
        elif kind == _DATEMODE:
            self.from_1904 = bool(struct.unpack_from("<H", content)[0])
        elif kind == _XF:
            self._styles.append(struct.unpack_from("<2xH", content)[0])
        elif kind == _FORMAT:
            number = struct.unpack_from("<H", content)[0]
            self._codes[number] = unicode_string(content, 2) if self.is_biff8 else byte_string(content, 2, self.codec, short=True)
        elif kind == _BOUNDSHEET:
            self._bounds.append(content)

    def _listed(self) -> Iterator[tuple[str, bool, int]]:
        """Name, whether hidden, and place of every sheet of cells."""
        for content in self._bounds:
            offset, state, kind = struct.unpack_from("<IBB", content)
            if kind == _WORKSHEET:
                name = unicode_string(content, 6, short=True) if self.is_biff8 else byte_string(content, 6, self.codec, short=True)
                yield name, bool(state & 3), offset


class _Cells:
    """Puts the cells of one sheet's records into the workbook."""

    def __init__(self, sheet: Sheet, workbook: Workbook, book: _Globals) -> None:
        self.sheet, self.workbook, self.book = sheet, workbook, book
        self.waiting: tuple[int, int, int, str] | None = None
        """Row, column, style and formula of a cell whose text follows in a record of its own."""
        self.shared: dict[tuple[int, int], bytes] = {}
        self.formula_place = (-1, -1)
        self.object_kind = -1
        self.last = -1

    def read(self, records: Iterator[Record]) -> None:
        """Takes in all records of the sheet."""
        takes = {
            _LABELSST: self._shared_string, _LABEL: self._label, _RSTRING: self._label, _NUMBER: self._number, _RK: self._rk, _MULRK: self._many,
            _BOOLERR: self._truth, _FORMULA: self._formula, _STRING: self._string, _ROW: self._row, _COLINFO: self._columns, _MERGED: self._merged,
            _OBJ: self._object, _CONTINUE: self._more, _SHARED_FORMULA: self._shared_formula,
        }  # fmt: skip
        for kind, content in records:
            take = takes.get(kind)
            if take is not None:
                take(content)
            if kind == _FILEPASS:
                raise Refused("encrypted")
            self.last = kind

    def _put(self, row: int, column: int, text: str, formula: str = "") -> None:
        self.workbook.put(self.sheet, row, column, text, formula)

    def _shared_string(self, content: bytes) -> None:
        row, column, style, at = struct.unpack_from("<HHHI", content)
        if at >= len(self.book.strings):
            raise Refused("damaged")
        self._put(row, column, self.book.format(style).text(self.book.strings[at]))

    def _label(self, content: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", content)
        self._put(row, column, self.book.format(style).text(self.book.text(content, 6)))

    def _number(self, content: bytes) -> None:
        row, column, style, number = struct.unpack_from("<HHHd", content)
        self._put(row, column, self._shown(number, style))

    def _rk(self, content: bytes) -> None:
        row, column, style, packed = struct.unpack_from("<HHHI", content)
        self._put(row, column, self._shown(unpacked(packed), style))

    def _many(self, content: bytes) -> None:
        row, column = struct.unpack_from("<HH", content)
        for at in range(4, len(content) - 2 - 5, 6):
            style, packed = struct.unpack_from("<HI", content, at)
            self._put(row, column, self._shown(unpacked(packed), style))
            column += 1

    def _truth(self, content: bytes) -> None:
        row, column, _, value, is_error = struct.unpack_from("<HHHBB", content)
        self._put(row, column, _ERRORS.get(value, "#N/A") if is_error else _truth(value))

    def _formula(self, content: bytes) -> None:
        row, column, style, number = struct.unpack_from("<HHHd", content)
        self.formula_place = row, column
        formula = self._formula_text(content, row, column) if self.book.is_biff8 else ""
        if content[12:14] != b"\xff\xff":
            self._put(row, column, self._shown(number, style), formula)
            return
        kind, value = content[6], content[8]
        self.waiting = (row, column, style, formula) if kind == 0 else None
        self._put(row, column, _truth(value) if kind == 1 else _ERRORS.get(value, "#N/A") if kind == 2 else "", formula)

    def _formula_text(self, content: bytes, row: int, column: int) -> str:
        place = shared_place(content)
        if place is None:
            return formula_text(content, row, column)
        return tokens_text(self.shared[place], row, column) if place in self.shared else ""

    def _shared_formula(self, content: bytes) -> None:
        """A formula for several cells follows the first of them."""
        row, column = self.formula_place
        if not self.book.is_biff8:
            return
        self.shared[row, column] = shared_tokens(content)
        text = tokens_text(self.shared[row, column], row, column)
        if self.waiting is not None:
            self.waiting = (*self.waiting[:3], text)
        elif (row, column) in self.sheet.cells:
            self.sheet.cells[row, column].formula = text

    def _string(self, content: bytes) -> None:
        if self.waiting is not None:
            row, column, style, formula = self.waiting
            self.waiting = None
            self._put(row, column, self.book.format(style).text(self.book.text(content, 0)), formula)

    def _row(self, content: bytes) -> None:
        row, options = struct.unpack_from("<H10xH", content)
        if options & 0x20:
            self.sheet.hidden_rows.add(row)

    def _columns(self, content: bytes) -> None:
        first, last, options = struct.unpack_from("<HH4xH", content)
        if options & 1:
            self.sheet.hide_columns(first, last)

    def _merged(self, content: bytes) -> None:
        for at in range(2, min(len(content) - 7, 2 + 8 * struct.unpack_from("<H", content)[0]), 8):
            self.sheet.merge(*struct.unpack_from("<HHHH", content, at))

    def _object(self, content: bytes) -> None:
        self.object_kind = struct.unpack_from("<4xH", content)[0] if len(content) >= 6 else -1

    def _more(self, content: bytes) -> None:
        """The words of a text box follow its record."""
        if self.last == _TXO and self.object_kind in _TEXT_BOXES and content:
            words = content[1:].decode("utf-16-le" if content[0] & 1 else "latin-1", "replace")
            self.sheet.has_text_box = self.sheet.has_text_box or has_digits(words)

    def _shown(self, number: float, style: int) -> str:
        return self.book.format(style).number(number, self.book.from_1904)


def unpacked(packed: int) -> float:
    """A number in four bytes: a whole number or the upper half of a double, both perhaps in hundredths.

    >>> unpacked(0x0000_0186), unpacked(0x3FF0_0000), unpacked(0x3FF0_0001)
    (97.0, 1.0, 0.01)
    """
    if packed & 2:
        number = float((packed >> 2) - (1 << 30 if packed & 0x8000_0000 else 0))
    else:
        number = float(struct.unpack("<d", struct.pack("<4xI", packed & 0xFFFF_FFFC))[0])
    return number / 100 if packed & 1 else number


def _truth(value: int) -> str:
    return "TRUE" if value else "FALSE"
