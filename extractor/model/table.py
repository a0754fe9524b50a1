"""A table as it stands in a report's text: cells with spans, each a stretch of the text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.model.record import record


@record(frozen=True, slots=True, eq=False)
class Cell:
    """One cell, equal to itself only: its first row and column (from nought), how many of each it covers, and its stretch of ``Report.text``."""

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int


@dataclass(slots=True)
class Table:
    """Cells in reading order. A cell that covers several rows or columns is found under each of them."""

    name: str
    """What a person would call it: 表2, or the name of a sheet."""
    cells: list[Cell]
    start: int
    end: int
    height: int = 0
    width: int = 0
    grid: dict[tuple[int, int], Cell] = field(default_factory=dict)
    filled: list[Cell] = field(default_factory=list)
    """The cells that print something, in the order of the text."""
    starts: list[int] = field(default_factory=list, init=False, repr=False, compare=False)
    """Where each of ``filled`` begins."""
    rows: dict[int, list[Cell]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The cells of each row that was asked for."""

    def __post_init__(self) -> None:
        self.filled = [cell for cell in self.cells if cell.start < cell.end]
        self.starts = [cell.start for cell in self.filled]
        for cell in self.cells:
            self.height = max(self.height, cell.row + cell.rows)
            self.width = max(self.width, cell.column + cell.columns)
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self.grid.setdefault((row, column), cell)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers the place; ``None`` where nothing was printed."""
        return self.grid.get((row, column))

    def holding(self, offset: int) -> Cell | None:
        """The cell in whose stretch of the text ``offset`` lies."""
        index = bisect_right(self.starts, offset) - 1
        return self.filled[index] if index >= 0 and offset < self.filled[index].end else None

    def row(self, row: int) -> list[Cell]:
        """The cells of a row from the left, each once."""
        if row not in self.rows:
            cells = [self.grid.get((row, column)) for column in range(self.width)]
            self.rows[row] = [cell for before, cell in pairwise([None, *cells]) if cell is not None and cell is not before]
        return self.rows[row]
