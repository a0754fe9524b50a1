"""A sheet with its heads found: which columns it has, which rows hold data, and in what money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from perfeval.books.columns import YEAR, Column, columns, money_of
from perfeval.books.errors import BookError
from perfeval.books.sheets import Sheet

HEAD_REACH = 20
"""Heads stand among the first rows of a sheet."""
MOST_HEAD_ROWS = 3
FINAL = re.compile(r"决算|执行")
CAPTION = re.compile(r"单位:?\s*\(?(亿元|万元|千元|元)")
TOTAL = re.compile(r"^(?:合计|总计|小计|计|总额|全县合计|全市合计|全区合计|本级合计)$")
NUMBERED = re.compile(r"^(?:[\d\s]+|栏次|行次|[A-Z]|[一二三四五六七八九十甲乙丙]+)$")
SINGLE_YEAR = 1
HAS_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose heads were understood."""

    sheet: Sheet
    columns: tuple[Column, ...]
    head_row: int
    first_row: int
    money: str
    """The unit of money that the caption or the sheet's name gives all columns."""
    year: int | None
    """The year that the caption, the sheet's or the file's name gives all rows."""

    def column(self, role: str) -> Column | None:
        """The first column of a plain role."""
        return next((column for column in self.columns if column.role == role and column.how == "known"), None)

    def text(self, row: int, role: str) -> str:
        """What a row says in the column of a plain role."""
        column = self.column(role)
        return self.sheet.at(row, column.index).text if column else ""

    def row_name(self, row: int) -> str:
        """第4行, as the file counts its rows."""
        name = next((cell.name for column in range(self.sheet.width) if (cell := self.sheet.at(row, column)).name), "")
        digits = re.search(r"\d+", name)
        return f"第{digits[0]}行" if digits else f"第{row + 1}行"

    def rows(self) -> Iterator[int]:
        """The rows below the heads that name something: no totals, no rows of column numbers, no empty ones."""
        unit = self.column("unit")
        for row in range(self.first_row, self.sheet.height):
            cells = [self.sheet.at(row, column.index).text for column in self.columns]
            name = self.sheet.at(row, unit.index).text.replace(" ", "") if unit else ""
            if any(cells) and not TOTAL.match(name) and not NUMBERED.match(name or "合计") and not TOTAL.match(cells[0].replace(" ", "")):
                yield row


def table(sheet: Sheet, approved: Mapping[str, str]) -> Table | None:
    """The sheet with its heads; ``None`` where no row of it names a unit and something else beside."""
    for row in range(min(HEAD_REACH, sheet.height)):
        first = _first_data_row(sheet, row)
        caption = _caption(sheet, row)
        final = bool(FINAL.search(f"{caption} {sheet.name} {sheet.file}"))
        found = columns(_heads(sheet, row, first), approved, final)
        known = {column.role for column in found if column.how == "known"}
        if "unit" in known and len(found) > 1:
            _refuse_torn_heads(sheet, found, first)
            money = CAPTION.search(caption)
            return Table(sheet, tuple(found), row, first, money[1] if money else money_of(sheet.name), _year(caption, sheet))
    return None


def _first_data_row(sheet: Sheet, head: int) -> int:
    """The row after the heads: further rows of heads lie under merged cells, or hold neither numbers nor a first cell."""
    row = head + 1
    while row < min(sheet.height, head + MOST_HEAD_ROWS):
        cells = [sheet.at(row, column) for column in range(sheet.width)]
        own = [cell.text for cell in cells if cell.text and cell.first]
        covered = any(cell.text and not cell.first and cell == _below(sheet, row - 1, column) for column, cell in enumerate(cells))
        if not own or not covered or any(HAS_DIGIT.search(YEAR.sub("", text)) for text in own):
            break
        row += 1
    return row


def _below(sheet: Sheet, row: int, column: int) -> object:
    """The cell above as it would look in the next row of one merged cell."""
    above = sheet.at(row, column)
    return type(above)(above.text, above.name, False)


def _refuse_torn_heads(sheet: Sheet, found: list[Column], first: int) -> None:
    """A second row of heads without merged cells: which words of the first belong to which of the second is anybody's guess."""
    unit = next(column for column in found if column.role == "unit")
    texts = [sheet.at(first, column).text for column in range(sheet.width)]
    if first < sheet.height and any(texts) and not sheet.at(first, unit.index).text and not any(HAS_DIGIT.search(text) for text in texts):
        raise BookError(f"“{sheet.file}”{sheet.name}的表头分成几行而没有合并单元格，各栏归属不清；请合并单元格，或改成一行表头（如“三公经费决算数”）。")


def _heads(sheet: Sheet, head: int, first: int) -> Iterator[tuple[int, str, bool]]:
    """Every column with the words of its heads from above, each merged cell once, and whether its first row of heads is bare."""
    for column in range(sheet.width):
        names: dict[str, str] = {}
        for row in range(head, first):
            cell = sheet.at(row, column)
            if cell.text:
                names.setdefault(cell.name, cell.text.replace("\n", ""))
        if names:
            yield column, "".join(names.values()), not sheet.at(head, column).text


def _caption(sheet: Sheet, head: int) -> str:
    return " ".join(sheet.at(row, column).text for row in range(head) for column in range(sheet.width) if sheet.at(row, column).first)


def _year(caption: str, sheet: Sheet) -> int | None:
    """The one year that the words around the table name; of several none."""
    for words in (caption, sheet.name, sheet.file):
        years = {int(year) for year in YEAR.findall(words)}
        if len(years) == SINGLE_YEAR:
            return years.pop()
    return None
