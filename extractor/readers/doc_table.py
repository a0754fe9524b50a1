"""Tables of Word 97-2003: rows whose cells lie between edges become a grid with columns and merged cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.document import GridCell
from extractor.readers.doc_properties import RowShape
from extractor.readers.limits import MAX_SPAN

_MERGED, _CONTINUED, _RESTARTED = 0x03, 0x20, 0x40
"""What is said of a cell (TCGRF): merged with its neighbours, going on from above, the first of those that go on below."""
_SLACK = 30
"""Edges of rows that were drawn by hand differ by some twips (0.5 mm) and are meant as one."""
_UNKNOWN_WIDTH = 1000


@dataclass(slots=True)
class Row:
    """The texts of a row's cells and where they lie."""

    cells: list[str]
    shape: RowShape


@dataclass(slots=True)
class Table:
    """A table while it is read, paragraph by paragraph."""

    rows: list[Row] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    """Of the row that is not ended yet."""
    lines: list[str] = field(default_factory=list)
    """Of the cell that is not ended yet."""
    inner: list[str] = field(default_factory=list)
    """Paragraphs of a row of a table inside the cell."""

    def add(self, line: str, inner: bool) -> None:
        """A paragraph of the cell, or of a table inside it."""
        if inner:
            self.inner.append(line)
        else:
            self.end_inner_row()
            self.lines.append(line)

    def end_inner_row(self) -> None:
        """A row of a table inside a cell is one line, its cells parted by a space."""
        self.lines.append(" ".join(" ".join(self.inner).split()))
        self.inner = []

    def end_cell(self) -> None:
        """Puts what was read since the last cell into one."""
        self.end_inner_row()
        lines = (part for line in self.lines for part in line.split("\n"))
        self.cells.append("\n".join(line for line in lines if line.strip()))
        self.lines = []

    def end_row(self, shape: RowShape) -> None:
        """Puts the cells into a row."""
        if self.cells:
            self.rows.append(Row(self.cells, shape if shape.edges or not self.rows else self.rows[-1].shape))
        self.cells = []


@dataclass(slots=True)
class _Placed:
    """A cell between its edges, before columns are counted."""

    left: int
    right: int
    text: str
    continues: bool
    restarts: bool


def grid_cells(rows: list[Row]) -> list[GridCell]:
    """The cells of a table. Columns are counted on the edges of all its rows."""
    placed = [_placed(row) for row in rows]
    columns = _columns(placed)
    cells: list[GridCell] = []
    above: dict[int, GridCell] = {}
    for number, row in enumerate(placed):
        above = _add_row(row, number, columns, above, cells)
    return cells


def _add_row(row: list[_Placed], number: int, columns: dict[int, int], above: dict[int, GridCell], cells: list[GridCell]) -> dict[int, GridCell]:
    """Appends the cells of a row, or lengthens those above; gives back the ones that may go on below, by column."""
    open_: dict[int, GridCell] = {}
    free = 0
    for cell in row:
        column = max(columns[cell.left], free)
        free = max(columns[cell.right], column + 1)
        found = above.get(column)
        if cell.continues and found is not None and found.rows < MAX_SPAN:
            found.rows += 1
        else:
            found = GridCell(number, column, cell.text, 1, min(free - column, MAX_SPAN))
            cells.append(found)
        if cell.continues or cell.restarts:
            open_[column] = found
    return open_


def _placed(row: Row) -> list[_Placed]:
    """The cells of a row between their edges; what is merged into the cell before it only makes that wider."""
    edges, flags = list(row.shape.edges), row.shape.flags
    while len(edges) <= len(row.cells):
        edges.append(edges[-1] + _UNKNOWN_WIDTH if edges else 0)
    found: list[_Placed] = []
    first = 0
    for number, text in enumerate(row.cells):
        flag = flags[number] if number < len(flags) else 0
        merged = flag & _MERGED
        left, right = edges[number], max(edges[number], edges[number + 1])
        # Descriptions differ in whether 1 or 2 is the first of merged cells: what follows with another sign belongs to it.
        if first and merged and merged != first:
            found[-1].right = max(found[-1].right, right)
            continue
        first = merged
        restarts = bool(flag & _RESTARTED)
        found.append(_Placed(left, right, text, bool(flag & _CONTINUED) and not restarts, restarts))
    return found


def _columns(rows: list[list[_Placed]]) -> dict[int, int]:
    """The column that begins at each edge. Edges closer than the slack are one, unless a cell is that narrow."""
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    narrowest = min((cell.right - cell.left for row in rows for cell in row if cell.right > cell.left), default=0)
    slack = min(_SLACK, narrowest // 2)
    found: dict[int, int] = {}
    column, first = -1, 0
    for edge in edges:
        if column < 0 or edge > first + slack:
            column, first = column + 1, edge
        found[edge] = column
    return found
