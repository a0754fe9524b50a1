"""A table cut into bands: rows of heads, and under them the rows whose cells they name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from extractor.chapters.tables.heads import Head, as_points, head_of, role_of
from extractor.chapters.tables.view import View
from extractor.model.fields import lexicon
from extractor.model.figure import REMEMBERED, Figure
from extractor.model.table import Cell, Table

STRONG = frozenset(
    ["original_budget", "revised_budget", "expenditure_outturn", "funds_received", "execution_rate", "release_rate", "score", "weight", "target", "target_revised", "actual", "name", "completion_rate", "comparator", "review_score", "level1", "level2", "midyear", "control_rate", "budget_of", "actual_of", "price", "carryover_out", "raw_score", "goal", "outcome", "rubric"]
)
"""Roles that stand in heads only; two of them make a row of heads."""
AMOUNT_HEADS = ("original_budget", "revised_budget", "expenditure_outturn", "funds_received")
LABELS = (None, "label", "part")
LETTERS_ONLY = re.compile(r"[A-Z()=/×*%÷+\-－0-9]*")
PLAIN_BUDGET = re.compile(r"(?:年度)?预算(?:数|金额|资金)?|批复预算数?")
PLAIN = re.compile(r"[\s:：★☆*]+")
TITLE = re.compile(r"表|单位[:：]|情况|明细|统计|附件|[。；：:]")
"""What a line above a table says that a heading of rows within one does not."""
NUMBERED = re.compile(r"[(（]?(?:[一二三四五六七八九十]+|\d+)[)）、.．]|其中|合计|小计")
"""What a heading of rows begins with: 一、产业发展类."""
BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
SHORTEST_CAPTION = 4
"""Fewer signs between two tables are a page number or a splinter, no caption."""
WHOLE = re.compile(r"\d{1,9}")
YEAR = re.compile(r"(?:19|20)\d\d年?")
NUMBER_FIRST = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?(?:[(（%％]|\Z)")
"""1,270(月均) beside a label is a value that says more of itself, no further label."""
FEWEST_NUMBERED = 4
"""So many cells in a row that count 1, 2, 3 … number the columns."""


@dataclass(slots=True)
class Row:
    """A row of values: its label (the words left of the values) and the cell of each column."""

    index: int
    label: str
    cells: dict[int, Cell]
    """The cells that begin in this row or reach into it from above, by column, heads excepted."""
    labels: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Band:
    """Rows under one set of heads."""

    view: View
    heads: dict[int, Head]
    rows: list[Row]
    first: int
    """The first row of the heads."""
    plain: bool = False
    """Whether its heads are words that nobody knows."""
    by_role: dict[str | None, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for column, head in self.heads.items():
            self.by_role.setdefault(head.role, []).append(column)

    def columns(self, role: str) -> list[int]:
        """The columns of a role from the left; a merged head stands for its first column."""
        return self.by_role.get(role, [])

    def value(self, row: Row, column: int) -> Figure | None:
        """The value of a row under a head, in the first row that its cell covers; under a wide head it may stand behind a label."""
        head = self.heads.get(column)
        for at in (column,) if head is None or head.span == 1 else range(column, column + head.span):
            cell = row.cells.get(at)
            if cell and cell.row == row.index and (figure := self.view.value(cell)):
                return figure if figure.number is not None else None
        return None

    def column(self, *roles: str) -> int | None:
        """The first column of the first of these roles that the band has."""
        return next((found[0] for role in roles if (found := self.columns(role))), None)


def bands(view: View) -> Iterator[Band]:
    """The bands of a table from the top."""
    table = view.table
    row = 0
    while row < table.height:
        if not _is_head(view, row):
            row += 1
            continue
        first = row
        row += 1
        while row < table.height and _goes_on(view, row):
            row += 1
        heads = _heads(view, first, row)
        last = row
        while last < table.height and not _is_head(view, last):
            last += 1
        rows = [_row(view, at, row) for at in range(row, last) if not is_spoken(view, at)]
        yield from _blocks(Band(view, _put_back(view, heads, rows), rows, first))
        row = last


def _put_back(view: View, heads: dict[int, Head], rows: list[Row]) -> dict[int, Head]:
    """Heads one column to the right, where a merged cell beside them let every row's label slip under the first head of amounts."""
    amounts = [column for column, head in heads.items() if head.role in AMOUNT_HEADS]
    first, last = min(amounts, default=0), max((column for column, head in heads.items() if head.words), default=0)
    slipped = [row for row in rows if _says_words(view, row.cells.get(first)) and view.value(row.cells.get(last + 1)) is not None]
    if not amounts or not rows or len(slipped) < len(rows):
        return heads
    return {column + (column >= first): head for column, head in heads.items() if head.words}


def _says_words(view: View, cell: Cell | None) -> bool:
    return cell is not None and not view.is_empty(cell) and view.value(cell) is None


def _blocks(band: Band) -> Iterator[Band]:
    """收入 and 支出 side by side, each with labels of its own: bands of their own. The same labels again are one band."""
    starts, labels = _label_columns(band)
    if len(starts) < 2 or (band.plain and len({band.heads[column].words.rpartition("/")[2] for column in labels}) > 1) or all(len({_said(band, row, column) for column in starts}) == 1 for row in band.rows):
        yield band
        return
    for start, stop in itertools.pairwise([*starts, band.view.table.width]):
        heads = {column: head for column, head in band.heads.items() if start <= column < stop}
        rows = [_part_of(band.view, row, start, stop) for row in band.rows]
        yield Band(band.view, heads, [row for row in rows if row.cells], band.first, band.plain)


def _label_columns(band: Band) -> tuple[list[int], list[int]]:
    """Where the blocks begin, and the columns of words that have columns of values to their right, up to the next such column."""
    view, found = band.view, []
    values = {column for row in band.rows for column, cell in row.cells.items() if view.value(cell) is not None}
    for column, head in band.heads.items():
        if head.role not in LABELS or column in values:
            continue
        words = [cell for row in band.rows if (cell := row.cells.get(column)) and not view.is_empty(cell)]
        if len(words) * 2 > len(band.rows) and column + 1 in values:
            found.append(column)
    codes = {column for column, head in band.heads.items() if head.role == "sequence"}
    return [0, *(column - (column - 1 in codes) for column in found[1:])] if found else [], found


def _said(band: Band, row: Row, column: int) -> str:
    return band.view.words(row.cells.get(column))


def _part_of(view: View, row: Row, start: int, stop: int) -> Row:
    """The cells of a row in one block, with the block's own label."""
    cells = {column: cell for column, cell in row.cells.items() if start <= column < stop}
    labels = [cell for cell in cells.values() if not view.is_empty(cell) and view.value(cell) is None][:1]
    return Row(row.index, "".join(view.words(cell) for cell in labels), cells, labels) if labels else Row(row.index, "", {})


def forms(view: View) -> list[View]:
    """The tables that stand below each other in one grid, as on a sheet: each begins under lines of words or an empty row, or where a project or department is named anew."""
    table = view.table
    named = [row for row in range(table.height) if _names_a_form(view, row)]
    edges = {_with_title(view, row) for row in range(1, table.height) if _begins_below_words(view, row)}
    if named:
        edges |= {_with_title(view, row) for row in named[1:]}
        first_alone = _with_title(view, named[0])
        if _stands_above(view, first_alone, len(named) > 1, first_alone < named[0]):
            edges.add(first_alone)
    cuts = [0, *sorted(edges - {0}), table.height]
    if len(cuts) == 2:
        return [view]
    return [View(_cut(table, start, stop), view.text, view.figures) for start, stop in itertools.pairwise(cuts)]


def _stands_above(view: View, end: int, several: bool, titled: bool) -> bool:
    """Whether a summary stands above the first form: rows under heads, or any values above the form's own title."""
    return (several and any(_is_head(view, row) for row in range(end))) or (titled and any(view.value(cell) for row in range(end) for cell in _own(view, row)))


def _begins_below_words(view: View, row: int) -> bool:
    """Whether heads stand right under a line of words that ends a table: a caption, a unit or a sentence."""
    top = _with_title(view, row)
    if top in (0, row) or is_spoken(view, row) or len(_own(view, row)) < 2 or _has_values(view, row):
        return False
    if any(_is_blank(view, at) for at in range(top, row)):
        return True
    words = [view.words(cell) for at in range(top, row) for cell in view.table.row(at)]
    return _is_head(view, row) or any(TITLE.search(line) for line in words) or not NUMBERED.match(words[-1])


def going_on(view: View, last: Band, parts: list[Band]) -> Band | None:
    """The rows at the top of a table that have no heads of their own because the table before it goes on here."""
    table, before = view.table, last.view.table
    first = parts[0].first if parts else table.height
    between = view.text[before.end : table.start].strip()
    if table.width != before.width or not first or len(between) > SHORTEST_CAPTION or not any(view.value(cell) for row in range(first) for cell in _own(view, row)):
        return None
    if any(_names_a_form(view, row) for row in range(first)) or _has_title(view):
        return None
    return Band(view, last.heads, [_row(view, row, 0) for row in range(first) if not is_spoken(view, row)], 0, last.plain)


def _has_title(view: View) -> bool:
    """Whether the rows begin with lines of words over heads: a table of its own, however its sheet goes on."""
    top = next((row for row in range(view.table.height) if _own(view, row)), 0)
    below = next((row for row in range(top, view.table.height) if _own(view, row) and not is_spoken(view, row)), top)
    return (below > top or top > 0) and not _has_values(view, below)


def _names_a_form(view: View, row: int) -> bool:
    """Whether a row names the project or the department that a form is about."""
    own = _own(view, row)
    return len(own) > 1 and label_of(view.words(own[0])) in ("project_name", "department_name") and not view.value(own[1]) and not _is_head(view, row)


def _with_title(view: View, row: int) -> int:
    """The first of the rows of titles right above a row."""
    while row and (is_spoken(view, row - 1) or _is_blank(view, row - 1)):
        row -= 1
    return row


def is_spoken(view: View, row: int) -> bool:
    """Whether a row is a line of words over the whole width, as a sheet holds its titles and paragraphs."""
    cells = [cell for cell in view.table.row(row) if not view.is_empty(cell)]
    return len(cells) == 1 and cells[0].row == row and view.value(cells[0]) is None and (cells[0].column == 0 or "单位" in view.words(cells[0]))


def _is_blank(view: View, row: int) -> bool:
    """Whether nothing stands in a row and no cell reaches into it."""
    return all(cell.start == cell.end and cell.rows == 1 for cell in view.table.row(row))


def _cut(table: Table, start: int, stop: int) -> Table:
    cells = [cell for cell in table.cells if start <= cell.row < stop]
    return Table(table.name, cells, cells[0].start if cells else table.start, cells[-1].end if cells else table.start)


def plain_bands(view: View, rows: range) -> Iterator[Band]:
    """Rows that no known head names: the rows above the first value are heads, whatever their words."""
    start = next((row for row in rows if _own(view, row) and not is_spoken(view, row)), rows.start)
    first = next((row for row in range(start, rows.stop) if _has_values(view, row)), None)
    if first is None or first == start:
        return
    for cell in [cell for row in range(start, first) for cell in _own(view, row) if YEAR.fullmatch(view.words(cell))]:
        view.ordinal(cell, "年份")
    first += first + 1 < rows.stop and _numbers_columns(view, first)
    values = list(range(first, rows.stop))
    yield from _blocks(Band(view, _heads(view, start, first), [_row(view, at, first) for at in values if not is_spoken(view, at)], start, plain=True))


def _has_values(view: View, row: int) -> bool:
    """Whether a row holds values other than years, which a sheet may print above columns as numbers."""
    return any(view.value(cell) and not YEAR.fullmatch(view.words(cell)) for cell in _own(view, row))


def _own(view: View, row: int) -> list[Cell]:
    """The cells that begin in a row and print something."""
    return [cell for cell in view.table.row(row) if cell.row == row and cell.start < cell.end]


def _is_head(view: View, row: int) -> bool:
    """Whether a row names columns: two or more words that stand in heads only, and no value."""
    own = _own(view, row)
    if len(own) < 2 or any(view.value(cell) for cell in own):
        return False
    roles = [role_of(view.words(cell))[0] for cell in own]
    strong = [role for role in roles if role in STRONG]
    return len(set(strong)) >= 2 or len(strong) >= 3 or (len(own) == 2 and "goal" in roles)


def _goes_on(view: View, row: int) -> bool:
    """Whether a row divides, letters or numbers the heads above it."""
    own = _own(view, row)
    if not own:
        return False
    if _numbers_columns(view, row):
        return True
    if any(view.value(cell) for cell in own):
        return False
    above = [view.table.at(row - 1, cell.column) for cell in own]
    if all(cell is not None and cell.columns > 1 for cell in above) and len(own) > len(set(above)):
        return True  # 行政, 事业, 小计 divide the merged heads above them
    return all(LETTERS_ONLY.fullmatch(view.words(cell)) or role_of(view.words(cell))[0] for cell in own)


def _numbers_columns(view: View, row: int) -> bool:
    """行次 0 1 2 3 …: a row that numbers the columns; its numbers are no claims."""
    cells = [cell for cell in _own(view, row) if (figure := view.value(cell)) and figure.number is not None]
    numbers = [figure.number for cell in cells if (figure := view.value(cell)) and figure.number is not None]
    counts = len(numbers) >= FEWEST_NUMBERED and all(b - a == 1 for a, b in itertools.pairwise(numbers)) and numbers[0] in (0, 1)
    if counts:
        for cell in cells:
            view.ordinal(cell)
    return counts


def _heads(view: View, first: int, end: int) -> dict[int, Head]:
    """The head of each column from the head rows ``first``…``end``; a merged cell heads its first column."""
    table = view.table
    found: dict[int, Head] = {}
    column = 0
    while column < table.width:
        cells = list(dict.fromkeys(cell for row in range(first, end) if (cell := table.at(row, column)) and cell.row >= first))
        lowest = cells[-1] if cells else None
        if lowest is not None and lowest.column == column:
            head = head_of([view.words(cell) for cell in cells], lowest.columns)
            found[column] = as_points(head) if lowest.row + lowest.rows <= end else head  # a longer cell names rows
        column += 1
    return _with_original(found)


def _with_original(heads: dict[int, Head]) -> dict[int, Head]:
    """预算数 beside 调整预算数 is what was approved at first."""
    budgets = [column for column, head in heads.items() if head.role == "revised_budget"]
    if len(budgets) == 2 and PLAIN_BUDGET.fullmatch(re.sub(r"[(\[].*", "", heads[budgets[0]].words)):
        heads[budgets[0]] = replace(heads[budgets[0]], role="original_budget")
    return heads


def _row(view: View, row: int, first: int) -> Row:
    """One row under the heads; cells that began among the heads name the band, not the row."""
    cells = {column: cell for column in range(view.table.width) if (cell := view.table.at(row, column)) and cell.row >= first and cell.column == column}
    labels: list[Cell] = []
    for cell in cells.values():
        if cell.column == 0 and _is_number_of_row(view, cell):
            continue
        if view.value(cell) is not None or (labels and (view.is_empty(cell) or NUMBER_FIRST.match(view.words(cell)))):
            break
        if not view.is_empty(cell):
            labels.append(cell)
    label = "".join(view.words(cell) for cell in labels if cell.row == row)
    return Row(row, label, cells, labels)


def _is_number_of_row(view: View, cell: Cell) -> bool:
    """Whether the first cell of a row only numbers it: a whole number before words, a code of a 科目 among them."""
    beside = view.table.at(cell.row, cell.column + cell.columns)
    return WHOLE.fullmatch(view.words(cell)) is not None and beside is not None and view.value(beside) is None and not view.is_empty(beside)


@lru_cache(REMEMBERED)
def label_of(words: str) -> str | None:
    """What the label of a row or a value says: a name of ``table_labels.tsv``."""
    plain = PLAIN.sub("", words)
    forms = {plain, BRACKETS.sub("", plain)}
    return next((key for key, names in lexicon("table_labels").items() if not forms.isdisjoint(names)), None)
