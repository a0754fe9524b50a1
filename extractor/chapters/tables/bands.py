"""A table cut into bands: rows of heads, and under them the rows whose cells they name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.chapters.tables.heads import Head, head_of, role_of
from extractor.chapters.tables.view import View
from extractor.model.fields import lexicon
from extractor.model.figure import Figure
from extractor.model.table import Cell

STRONG = frozenset(
    ["original_budget", "revised_budget", "expenditure_outturn", "funds_received", "execution_rate", "release_rate", "score", "weight", "target", "target_revised", "actual", "name", "completion_rate", "comparator", "review_score", "level1", "level2", "midyear", "control_rate", "budget_of", "actual_of", "price", "carryover_out", "raw_score", "goal", "outcome", "rubric"]
)
"""Roles that stand in heads only; two of them make a row of heads."""
LETTERS_ONLY = re.compile(r"[A-Z()=/×*%÷+\-－0-9]*")
PLAIN = re.compile(r"[\s:：★☆*]+")
MOST_ROWS = 1000
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
        for at in range(column, column + (self.heads[column].span if column in self.heads else 1)):
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
        yield Band(view, heads, [_row(view, at, row) for at in range(row, last)], first)
        row = last


def plain_band(view: View, rows: range) -> Band | None:
    """Rows that no known head names: the rows above the first value are heads, whatever their words."""
    first = next((row for row in rows if any(view.value(cell) for cell in _own(view, row))), None)
    if first is None or first == rows.start:
        return None
    values = list(range(first, rows.stop))
    return Band(view, _heads(view, rows.start, first), [_row(view, at, first) for at in values], rows.start, plain=True)


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
            found[column] = head_of([view.words(cell) for cell in cells], lowest.columns)
        column += 1
    return found


def _row(view: View, row: int, first: int) -> Row:
    """One row under the heads; cells that began among the heads name the band, not the row."""
    cells = {column: cell for column in range(view.table.width) if (cell := view.table.at(row, column)) and cell.row >= first and cell.column == column}
    labels: list[Cell] = []
    for cell in cells.values():
        if cell.column == 0 and _is_number_of_row(view, cell):
            continue
        if view.value(cell) is not None or (labels and view.is_empty(cell)):
            break
        if not view.is_empty(cell):
            labels.append(cell)
    label = "".join(view.words(cell) for cell in labels if cell.row == row)
    return Row(row, label, cells, labels)


def _is_number_of_row(view: View, cell: Cell) -> bool:
    """Whether the first cell of a row only numbers it: a small whole number before words."""
    figure, beside = view.value(cell), view.table.at(cell.row, cell.column + cell.columns)
    small = figure is not None and not figure.unit and not figure.decimals and figure.number is not None and figure.number < MOST_ROWS
    return small and beside is not None and view.value(beside) is None and not view.is_empty(beside)


def label_of(words: str) -> str | None:
    """What the label of a row or a value says: a name of ``table_labels.tsv``."""
    plain = PLAIN.sub("", words)
    for key, names in lexicon("table_labels").items():
        if plain in names or re.sub(r"[(\[][^()\[\]]*[)\]]", "", plain) in names:
            return key
    return None
