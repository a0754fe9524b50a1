"""What every kind of workbook becomes: one table a sheet, and notes on what a reader of the sheets would not see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from extractor.document import TABLE, Document, Grid, GridCell, Page
from extractor.readers.errors import Refused, unreadable
from extractor.readers.limits import MAX_CELLS, MAX_PARTS, MAX_SPAN, MAX_TEXT_BYTES

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
"""No program has larger sheets."""
MAX_NAME = 100
"""Excel allows names of 31 signs."""
MAX_NAMED = 10
"""So many cells are named in a note; of more only the count is said."""
MAX_GAP = 50
"""Wider stretches of empty rows or columns are closed up: a stray sign in the last row of a sheet makes no table of a million rows."""
MAX_PLACES = 20_000_000
"""Rows times columns of a sheet, after gaps were closed. A table of 20 columns has a million rows by then."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x85\u2028\u2029]")
_DIGIT = re.compile(r"\d")

Span = tuple[int, int, int, int]
"""First and last row, first and last column."""


@dataclass(slots=True)
class Sheet:
    """One sheet while it is read; rows and columns are those of the file, from nought."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: bytearray = field(default_factory=bytearray)
    """A one for each hidden column; empty where none is."""
    has_text_box: bool = False

    def hide_columns(self, first: int, last: int) -> None:
        """Takes columns for hidden, the last one included."""
        first, last = max(0, first), min(last, MAX_COLUMN - 1)
        if first <= last:
            self.hidden_columns = self.hidden_columns or bytearray(MAX_COLUMN)
            self.hidden_columns[first : last + 1] = b"\1" * (last + 1 - first)

    def merge(self, first_row: int, last_row: int, first_column: int, last_column: int) -> None:
        """Takes a block of cells for one."""
        # No honest workbook has more merged blocks than cells; more would only be kept to be thrown away.
        if len(self.merged) < MAX_CELLS:
            self.merged.append((first_row, last_row, first_column, last_column))


class Workbook:
    """Sheets as they are filled, within the limits of one file."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.uncalculated: list[str] = []
        """The first formulas without a result, as Sheet1!F12."""
        self.uncalculated_count = 0
        self._cells = 0
        self._signs = 0

    def add(self, name: str, hidden: bool = False) -> Sheet:
        """A new sheet behind the others."""
        if len(self.sheets) == MAX_PARTS:
            raise Refused("too_large", size=f"工作表超过 {MAX_PARTS} 个", limit=f"{MAX_PARTS} 个")
        self.sheets.append(Sheet(_clean(name)[:MAX_NAME], hidden))
        return self.sheets[-1]

    def put(self, sheet: Sheet, row: int, column: int, text: str, formula: str = "") -> None:
        """Puts a cell into the sheet, unless there is nothing in it."""
        if not (text or formula) or not (0 <= row < MAX_ROW and 0 <= column < MAX_COLUMN):
            return
        self._cells += 1
        self._signs += len(text) + len(formula)
        if self._cells > MAX_CELLS:
            raise Refused("too_large", size=f"单元格超过 {MAX_CELLS} 个", limit=f"{MAX_CELLS} 个")
        if self._signs > MAX_TEXT_BYTES:
            raise Refused("too_large", size=f"文字超过 {MAX_TEXT_BYTES} 字", limit=f"{MAX_TEXT_BYTES} 字")
        sheet.cells[row, column] = GridCell(row, column, _clean(text), label=cell_name(row, column), formula=formula)

    def without_result(self, sheet: Sheet, row: int, column: int) -> None:
        """Says that a formula has no saved result."""
        self.uncalculated_count += 1
        if len(self.uncalculated) < MAX_NAMED:
            self.uncalculated.append(f"{sheet.name}!{cell_name(row, column)}")

    def fill(self, document: Document) -> Document:
        """Hands the sheets on in ``document``."""
        grids = []
        for sheet in self.sheets:
            grid = _grid(sheet)
            if grid.cells:
                grids.append(grid)
                document.notes += _notes(sheet)
        document.notes += self._notes()
        if not any(cell.text.strip() for grid in grids for cell in grid.cells):
            document.error = unreadable("empty_file")
            return document
        document.flows = True
        document.pages = [Page(1, "\n".join([TABLE] * len(grids)), grids=grids)]
        return document

    def _notes(self) -> Iterable[str]:
        if self.uncalculated:
            more = f" 等 {self.uncalculated_count} 处" if self.uncalculated_count > len(self.uncalculated) else " "
            yield f"{'、'.join(self.uncalculated)}{more}的公式没有保存计算结果，请在 Excel 中打开后重新保存。"


@lru_cache(maxsize=MAX_COLUMN)
def column_name(column: int) -> str:
    """The letters of a column.

    >>> column_name(0), column_name(25), column_name(26), column_name(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    before, last = divmod(column, 26)
    return (column_name(before - 1) if before else "") + chr(ord("A") + last)


def cell_name(row: int, column: int) -> str:
    """What a sheet calls the cell.

    >>> cell_name(11, 5)
    'F12'
    """
    return f"{column_name(column)}{row + 1}"


def has_digits(text: str) -> bool:
    """Whether there is a digit of any script in the text."""
    return bool(_DIGIT.search(text))


def _clean(text: str) -> str:
    """The text with line feeds only; other control characters are no part of it."""
    if text.isprintable():
        return text
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _notes(sheet: Sheet) -> Iterable[str]:
    """What a sheet holds that does not meet the eye."""
    if sheet.hidden:
        yield f"工作表“{sheet.name}”是隐藏的，已一并核对。"
    rows = len(sheet.hidden_rows & {row for row, _ in sheet.cells})
    columns = sum(sheet.hidden_columns[column] for column in {column for _, column in sheet.cells}) if sheet.hidden_columns else 0
    hidden = "、".join(f"{count} {what}隐藏" for count, what in ((rows, "行"), (columns, "列")) if count)
    if hidden:
        yield f"工作表“{sheet.name}”有 {hidden}，已一并核对。"
    if sheet.has_text_box:
        yield f"工作表“{sheet.name}”的文本框中有数字，没有核对。"


def _grid(sheet: Sheet) -> Grid:
    """The sheet's cells in reading order, counted from its first used row and column."""
    _merge(sheet)
    cells = [cell for _, cell in sorted(sheet.cells.items(), key=lambda item: item[0])]
    if not cells:
        return Grid([], sheet.name)
    rows, columns = _closed_up({cell.row for cell in cells}), _closed_up({cell.column for cell in cells})
    height, width = max(rows.values()) + 1, max(columns.values()) + 1
    if height * width > MAX_PLACES:
        raise Refused("too_large", size=f"工作表“{sheet.name}”有 {height} 行 {width} 列", limit=f"{MAX_PLACES} 格")
    for cell in cells:
        cell.rows = _span(rows, cell.row, cell.rows)
        cell.columns = _span(columns, cell.column, cell.columns)
        cell.row, cell.column = rows[cell.row], columns[cell.column]
    return Grid(cells, sheet.name)


def _merge(sheet: Sheet) -> None:
    """Gives merged cells their spans. What lies under one is not shown, so that it is no cell."""
    if not sheet.merged or not sheet.cells:
        return
    bottom, right = max(row for row, _ in sheet.cells), max(column for _, column in sheet.cells)
    room = MAX_CELLS * 4
    for first_row, last_row, first_column, last_column in sheet.merged:
        last_row, last_column = min(last_row, bottom, first_row + MAX_SPAN - 1), min(last_column, right, first_column + MAX_SPAN - 1)
        rows, columns = last_row - first_row + 1, last_column - first_column + 1
        # Merged blocks never overlap: together they are no more than the sheet, unless the file is an attack.
        room -= max(0, rows) * max(0, columns)
        if room < 0:
            return
        if rows < 1 or columns < 1:
            continue
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                if (row, column) != (first_row, first_column):
                    sheet.cells.pop((row, column), None)
        head = sheet.cells.get((first_row, first_column))
        if head is not None:
            head.rows, head.columns = rows, columns


def _closed_up(used: set[int]) -> dict[int, int]:
    """Where each used row (or column) stands once the margin and the widest gaps are gone.

    >>> _closed_up({3, 4, 6, 1000})
    {3: 0, 4: 1, 6: 3, 1000: 54}
    """
    places: dict[int, int] = {}
    before = place = -1
    for number in sorted(used):
        place += min(number - before, MAX_GAP + 1) if places else 1
        places[number] = place
        before = number
    return places


def _span(places: dict[int, int], first: int, count: int) -> int:
    """How many rows (or columns) a merged cell covers among those that are left."""
    if count == 1:
        return 1
    last = next((number for number in range(first + count - 1, first, -1) if number in places), first)
    # Empty rows at the end of the block are covered too; they are counted up to the next gap.
    return places[last] - places[first] + 1 + min(first + count - 1 - last, MAX_GAP)
