"""One sheet of a workbook: how it looks on the screen and on paper, and what its cells can hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO

from perfeval.render.layout import columns, plain, wrap
from perfeval.render.words import RISKY, VERDICT
from verifier.audit import LABELS

Head = tuple[tuple[str, float], ...]
"""Titles of the columns with their widths."""
Row = tuple[str | int | Decimal | None, ...]

LOOK: dict[str, dict[str, Any]] = {
    "error": {"bg_color": "#F4B6B6", "bold": True, "underline": 1},
    "warning": {"bg_color": "#FBE3A6", "bold": True},
    "notice": {"bg_color": "#CFE2F3"},
    "info": {"font_color": "#555555", "italic": True},
}
"""Colours for the screen; the word itself, bold, underlined or slanted, for a printer without colours."""
BY_WORD = {
    **{label: key for key, label in LABELS.items()},
    VERDICT["inconsistent"]: "error",
    VERDICT["doubtful"]: "warning",
    VERDICT["unchecked"]: "info",
}
BASE = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#999999", "font_name": "宋体", "font_size": 11}
CREATED = datetime(2020, 1, 1)
"""A fixed date, so that the same input gives the same bytes."""
A4, LONGEST_CELL, MOST_DIGITS = 9, 32_767, 15
LINE_HEIGHT, MAX_HEIGHT = 15.0, 405.0
"""Points. Excel fits rows by itself, LibreOffice and WPS do not when they print, so heights are set here."""
FILLED = 0.88
"""So much of a column's width is taken to hold text; fonts differ from one machine to the next."""


def workbook(out: BinaryIO, title: str, **how: Any) -> Any:
    """A new workbook in which text stays text; ``how`` is what XlsxWriter does with it."""
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, **how})
    book.set_properties({"title": title, "created": CREATED})
    return book


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[str, Any] = {}

    def get(self, name: str, **more: Any) -> Any:
        """The format of that name: the common look and what is given more."""
        if name not in self.made:
            self.made[name] = self.book.add_format({**BASE, **more})
        return self.made[name]

    @property
    def head(self) -> Any:
        """The look of the titles."""
        return self.get("head", bold=True, bg_color="#D9D9D9", align="center", valign="vcenter")

    def of(self, cell: str | int | Decimal, coloured: bool) -> Any:
        """A severity's look, a number's decimals, or plain text; text that looks like a formula stays text when edited."""
        if isinstance(cell, Decimal):
            decimals = max(0, -int(cell.as_tuple().exponent))
            return self.get(f"number {decimals}", num_format="0." + "0" * decimals if decimals else "0")
        if coloured and (key := BY_WORD.get(str(cell))):
            return self.get(key, **LOOK[key])
        if isinstance(cell, str) and cell.startswith(RISKY):
            return self.get("quoted", quote_prefix=True)
        return self.get("cell")


def sheet(book: Any, name: str, head: Head, rows: Iterable[Row], looks: Looks, coloured: int = -1) -> Any:
    """One sheet: frozen and repeated head, filter, A4 landscape, one page wide, page numbers in the foot."""
    page = book.add_worksheet(name)
    for column, (title, width) in enumerate(head):
        page.set_column(column, column, width)
        page.write_string(0, column, title, looks.head)
    page.set_row(0, height(tuple(title for title, _ in head), head))
    number = 0
    for number, row in enumerate(rows, start=1):
        cells = [cell_of(value) for value in row]
        page.set_row(number, height(tuple(cells), head))
        for column, cell in enumerate(cells):
            look = looks.of(cell, column == coloured)
            if cell == "":
                page.write_blank(number, column, None, look)  # an empty text would count as filled in
            elif isinstance(cell, str):
                page.write_string(number, column, cell, look)
            else:
                page.write_number(number, column, cell, look)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, number), len(head) - 1)
    print_set_up(page, name)
    return page


def print_set_up(page: Any, name: str) -> None:
    """A4 landscape, one page wide, the head on every page, the name above and page numbers below."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.6)
    page.set_header(f"&C{name}")
    page.set_footer("&C第 &P 页 共 &N 页")


def cell_of(value: str | int | Decimal | None) -> str | int | Decimal:
    """What a cell can hold: no control character, no half of a pair, not too long, no number that Excel would round."""
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > MOST_DIGITS:
        value = f"{value:f}"
    if isinstance(value, int | Decimal):
        return value
    return plain(value or "").encode("utf-8", "replace").decode("utf-8")[:LONGEST_CELL]


def height(cells: tuple[Any, ...], head: Head) -> float:
    """Points for the cell that needs most lines."""
    most = max(_lines(str(cell), int(width * FILLED)) for cell, (_, width) in zip(cells, head, strict=True))
    return min(MAX_HEIGHT, most * LINE_HEIGHT + 2)


def _lines(text: str, width: int) -> int:
    return sum(1 if columns(line) <= width else wrap(line, width, "").count("\n") + 1 for line in text.split("\n"))
