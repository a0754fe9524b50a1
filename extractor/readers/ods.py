"""OpenDocument sheets (.ods): the text that each cell displays stands in the file (ODF 1.3 part 3, 9)."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from extractor.readers.errors import Refused
from extractor.readers.limits import MAX_CELLS, MAX_SPAN, MAX_TEXT_BYTES
from extractor.readers.number_format import GENERAL, displayed
from extractor.readers.package import Package
from extractor.readers.worksheet import MAX_COLUMN, MAX_ROW, Sheet, Workbook, has_digits
from extractor.readers.xml_stream import Attributes, walk

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_SILENT = frozenset(
    {"office:annotation", "table:tracked-changes", "table:shapes", "text:ruby-text", "office:scripts", "table:dde-links", "table:content-validations"}
)
"""What is not displayed in a cell: comments, former versions, phonetic readings."""
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_BREAKS = {"text:tab": " ", "text:line-break": "\n"}
_CODES = {"percentage": "0.00%", "float": GENERAL, "currency": "#,##0.00"}
_REFERENCE = re.compile(r"\[((?:[^\]'\"]|'(?:[^']|'')*')*)\]")
_SPACE = re.compile(r"[ \t\r\n]+")
_TEXT = re.compile(r'("(?:[^"]|"")*")')
_HIDDEN = frozenset({"collapse", "filter"})
_MAX_EMPTY = 20 * MAX_CELLS


def read_ods(data: bytes, workbook: Workbook) -> None:
    """Fills ``workbook`` with the sheets of the package, hidden ones included."""
    package = Package(data)
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise Refused("encrypted")
    content = _Content(workbook)
    walk(package.read(_CONTENT), content.opened, content.closed, content.words)


class _Content:
    """Listens to ``content.xml`` and puts the cells of its tables into the workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.sheet: Sheet | None = None
        self.depth = 0
        """How many tables are open: one within a cell is part of that cell."""
        self.silent = 0
        """How many elements are open within one that is not displayed."""
        self.is_shape = self.is_caption = False
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row, self.rows, self.row_is_hidden = 0, 1, False
        self.column = 0
        self.hidden_groups: list[bool] = []
        self.cell: Attributes | None = None
        self.lines: list[str] = []
        self.heard: list[str] | None = None
        self.heard_signs = 0
        self.seen = 0

    def opened(self, tag: str, found: Attributes) -> None:
        """An element begins."""
        if self.silent:
            self.silent += 1
            self.is_caption = self.is_caption or tag == "text:p"
        elif tag in _SILENT or tag.startswith("draw:"):
            self.silent, self.is_shape, self.is_caption = 1, tag == "table:shapes" or tag.startswith("draw:"), False
        elif self.cell is not None:
            self._open_in_cell(tag, found)
        elif tag in _CELLS:
            self.cell, self.lines, self.heard = found, [], None
        elif tag == "table:table-row":
            self._open_row(found)
        elif tag == "table:table":
            self._open_table(found)
        else:
            self._open_other(tag, found)

    def words(self, text: str) -> None:
        if self.silent:
            if self.is_shape and self.is_caption and self.sheet is not None and has_digits(text):
                self.sheet.has_text_box = True
        elif self.heard is not None:
            self._hear(_SPACE.sub(" ", text))

    def _hear(self, text: str) -> None:
        self.heard_signs += len(text)
        if self.heard_signs > MAX_TEXT_BYTES:  # A few bytes of the file can stand for a thousand blanks.
            raise Refused("too_large", size=f"文字超过 {MAX_TEXT_BYTES} 字", limit=f"{MAX_TEXT_BYTES} 字")
        if self.heard is not None:
            self.heard.append(text)

    def closed(self, tag: str) -> None:
        """An element ends."""
        if self.silent:
            self.silent -= 1
        elif tag == "table:table":
            self.depth -= 1
        elif self.depth > 1:
            pass
        elif tag in _CELLS:
            self._close_cell(is_covered=tag != "table:table-cell")
        elif tag == "text:p" and self.heard is not None:
            self.lines.append("".join(self.heard))
            self.heard = None
        elif tag == "table:table-row":
            self.row += self.rows
        elif tag == "table:table-row-group" and self.hidden_groups:
            self.hidden_groups.pop()

    def _open_in_cell(self, tag: str, found: Attributes) -> None:
        if tag == "table:table":
            self.depth += 1
        elif self.depth > 1:
            return
        if tag == "text:p":
            self.heard = []
        elif self.heard is not None and tag == "text:s":
            self._hear(" " * _count(found.get("text:c"), MAX_SPAN))
        elif self.heard is not None:
            self._hear(_BREAKS.get(tag, ""))

    def _open_table(self, found: Attributes) -> None:
        self.depth += 1
        self.sheet = self.workbook.add(found.get("table:name", ""), found.get("table:style-name") in self.hidden_styles)
        self.row = self.column = 0
        self.hidden_groups = []

    def _open_row(self, found: Attributes) -> None:
        self.rows = _count(found.get("table:number-rows-repeated"), MAX_ROW)
        self.row_is_hidden = found.get("table:visibility") in _HIDDEN or any(self.hidden_groups)
        self.column = 0

    def _open_other(self, tag: str, found: Attributes) -> None:
        if tag == "table:table-column" and self.sheet is not None:
            count = _count(found.get("table:number-columns-repeated"), MAX_COLUMN)
            if found.get("table:visibility") in _HIDDEN:
                self.sheet.hide_columns(self.column, self.column + count - 1)
            self.column += count
        elif tag == "table:table-row-group":
            self.hidden_groups.append(found.get("table:display") == "false")
        elif tag == "style:style":
            self.style = found.get("style:name", "")
        elif tag == "style:table-properties" and found.get("table:display") == "false":
            self.hidden_styles.add(self.style)

    def _close_cell(self, is_covered: bool) -> None:
        cell, self.cell = self.cell, None
        if cell is None or self.sheet is None:
            return
        self.seen += 1
        if self.seen > _MAX_EMPTY:
            raise Refused("too_large", size=f"单元格超过 {_MAX_EMPTY} 个", limit=f"{_MAX_EMPTY} 个")
        columns = _count(cell.get("table:number-columns-repeated"), MAX_COLUMN)
        if not is_covered:
            # A format that hides its value gives an empty paragraph; without any paragraph the value itself is all there is.
            text = "\n".join(self.lines) if self.lines else _value(cell)
            formula = _formula(cell.get("table:formula", ""))
            if text or formula:
                self._put(cell, columns, text, formula)
        self.column += columns

    def _put(self, cell: Attributes, columns: int, text: str, formula: str) -> None:
        """Puts the cell as often as it is repeated; what is repeated beyond ``MAX_CELLS`` is refused there."""
        assert self.sheet is not None
        down, right = (_count(cell.get(f"table:number-{what}-spanned"), MAX_ROW) for what in ("rows", "columns"))
        for row in range(self.row, min(self.row + self.rows, MAX_ROW)):
            if self.row_is_hidden:
                self.sheet.hidden_rows.add(row)
            for column in range(self.column, min(self.column + columns, MAX_COLUMN)):
                self.workbook.put(self.sheet, row, column, text, formula)
                if formula and not text and "office:value-type" not in cell:
                    self.workbook.without_result(self.sheet, row, column)
        if down > 1 or right > 1:
            self.sheet.merge(self.row, self.row + down - 1, self.column, self.column + right - 1)


def _value(cell: Attributes) -> str:
    """A value whose displayed text the writing program left out."""
    kind = cell.get("office:value-type", "")
    if kind in _CODES:
        try:
            return displayed(Decimal(cell.get("office:value", "").strip()), _CODES[kind])
        except InvalidOperation:
            return cell.get("office:value", "")
    if kind == "boolean":
        return cell.get("office:boolean-value", "").upper()
    return cell.get("office:date-value") or cell.get("office:string-value") or ""


def _count(written: str | None, most: int) -> int:
    """A count of repetitions as written; what is no number is one."""
    digits = (written or "").strip()
    return min(max(int(digits), 1), most) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 1


def _formula(written: str) -> str:
    """The formula as Excel writes it.

    >>> _formula('of:=SUM([.B4:.B5];2)/[$Sheet2.C$1]&"[.x];"')
    'SUM(B4:B5,2)/$Sheet2!C$1&"[.x];"'
    """
    bare = written[written.find("=") + 1 :]
    return "".join(piece if at % 2 else _REFERENCE.sub(_reference, piece).replace(";", ",") for at, piece in enumerate(_TEXT.split(bare)))


def _reference(found: re.Match[str]) -> str:
    return ":".join(end.removeprefix(".") if end.startswith(".") else "!".join(end.rsplit(".", 1)) for end in found[1].split(":"))
