"""The ruled tables of a PDF page as grids, and the text that is left beside them.

A table is taken out of the text, and a line that is ``TABLE`` alone stands where the eye meets its top.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import NamedTuple, Protocol

from extractor.document import TABLE, BoxOf, Grid, GridCell
from extractor.model.place import Box
from extractor.readers.cells import DOWN, SAME_BASE, UP, CellText, Sign, filled, lines_of, put_line, text_of
from extractor.readers.frames import Frame, FrameCell, grids_of
from extractor.readers.rules import Shown, rules_of


class Printed(Protocol):
    """A page that knows where its characters stand."""

    def around(self, units: Sequence[int]) -> Box | None:
        """The box round characters, asked for after reading."""


class Sheet(Printed, Protocol):
    """A page that is being read: what ``extractor.readers.pdf`` knows of it."""

    units: str
    """The text as pdfium hands it out; lines end in ``\\r\\n``."""

    def printed(self, text_page: int) -> Iterable[tuple[str, int, Box | None, float]]:
        """Every sign that is no space: its UTF-16 unit, its box if it has one, and how far down its base line stands."""


@dataclass(slots=True)
class RuledGrid(Grid):
    """A table that knows its lines, so that it can be joined with the next page's."""

    columns: list[float] = field(default_factory=list)
    rows: list[float] = field(default_factory=list)
    open_top: bool = False
    open_bottom: bool = False
    page_height: float = 0.0
    full: set[tuple[int, int]] = field(default_factory=set)
    """The row and column of each cell whose last line fills it."""


@dataclass(slots=True)
class Tabled:
    """A page with tables: its text with a line of ``TABLE`` for each, the unit of each sign of it, and the tables."""

    text: str
    unit_of: array[int]
    grids: list[Grid]
    moved: bool
    """Whether the lines were not written in the order in which they stand, and were put right."""


MAX_SIGNS = 100_000
"""The signs of a page whose places are asked for, 0.3 s; the smallest print has some 10,000."""


def tables_on(sheet: Sheet, handles: tuple[int, int], number: int, shown: Shown, size: tuple[float, float]) -> Tabled | None:
    """The page with its tables taken out of the text; ``None`` where it has none, and nothing was done."""
    page, text_page = handles
    rules = rules_of(page, shown)
    frames = grids_of(rules, size) if rules else []
    if not frames or len(sheet.units) > MAX_SIGNS:
        return None
    signs = _signs(sheet, text_page)
    frames, owners = filled(frames, signs)
    if not frames:
        return None
    texts, rest = text_of(frames, signs, owners)
    grids = [grid_of(sheet, frame, cells, number, size[1]) for frame, cells in zip(frames, texts, strict=True)]
    firsts = [min([min(said.units) for said in cells if said.units], default=0) for cells in texts]
    return _without_tables(sheet.units, rest, list(zip(frames, firsts, grids, strict=True)))


# ------------------------------------------------------------------------------------------------------------ signs


def _signs(sheet: Sheet, text_page: int) -> list[Sign]:
    """Every sign of the page that is no space, in the order of the text."""
    signs = list(map(_sign, sheet.printed(text_page)))
    for at in [at for at, (_, _, box, _) in enumerate(signs) if box is None]:
        # A sign without a box stays with the one before it: it may be a figure of a broken font.
        sign, unit, *_ = signs[at]
        _, _, before, base = signs[at - 1] if at else _NOTHING
        signs[at] = Sign(sign, unit, (before[2], before[1], before[2], before[3]), base)
    return signs


_sign = partial(tuple.__new__, Sign)
"""``Sign._make`` at a third of its cost, for the thousands of signs of a page."""
_NOTHING = Sign("", 0, (0.0, 0.0, 0.0, 0.0), 0.0)


# ------------------------------------------------------------------------------------------------------------ page


def grid_of(sheet: Printed, frame: Frame, texts: list[CellText], number: int, page_height: float) -> RuledGrid:
    """The table on the page of that number."""
    turn = _turn_of(texts) if any(said.turn for said in texts) else 0
    grid = RuledGrid([], "", frame.columns, frame.rows, frame.open_top, frame.open_bottom, page_height)
    for cell, said in zip(frame.cells, texts, strict=True):
        row, column, rows, columns = _as_read(cell, frame, turn)
        box_of = _box_of(sheet, said.units, cell.box)
        grid.cells.append(GridCell(row, column, said.text, rows, columns, page=number, box_of=box_of))
        if said.full:
            grid.full.add((row, column))
    if turn:
        grid.cells.sort(key=lambda cell: (cell.row, cell.column))
        grid.columns = []  # its edges say nothing about the next page
    return grid


def _turn_of(texts: list[CellText]) -> int:
    """How the table lies: as most of its cells with digits do."""
    with_digits = [said.turn for said in texts if any(sign.isdigit() for sign in said.text)]
    turned = [turn for turn in with_digits if turn]
    return turned[0] if len(turned) * 2 > len(with_digits) else 0


def _as_read(cell: FrameCell, frame: Frame, turn: int) -> tuple[int, int, int, int]:
    """Row, column, rows and columns of a cell when the page is turned so that it can be read."""
    if turn == DOWN:
        return len(frame.columns) - 1 - cell.column - cell.columns, cell.row, cell.columns, cell.rows
    if turn == UP:
        return cell.column, len(frame.rows) - 1 - cell.row - cell.rows, cell.columns, cell.rows
    return cell[:4]


def _box_of(sheet: Printed, units: array[int], cell: Box) -> BoxOf:
    """The box of characters of a cell; of an empty cell its own."""

    def box_of(start: int, end: int) -> Box | None:
        return sheet.around(units[start:end]) if units else cell

    return box_of


class TextLine(NamedTuple):
    """A line beside the tables: its words, the unit of each sign of them, and its outermost signs if it prints any."""

    words: str
    units: array[int]
    first: Sign | None = None
    last: Sign | None = None


def _without_tables(units: str, rest: list[Sign], tables: list[tuple[Frame, int, RuledGrid]]) -> Tabled:
    """The text of the page with a line for each table, where the eye meets its top. With it comes its first unit."""
    lines = list(_text_lines(units, {sign.unit: sign for sign in rest}))
    moved = misplaced(lines)
    if moved:
        lines = [_text_line(line) for line in lines_of(rest)]
    standing: dict[int, list[tuple[int, RuledGrid]]] = defaultdict(list)
    for frame, first, grid in tables:  # they come from the top
        standing[_place(frame, first, lines)].append((first, grid))
    placed: list[TextLine] = []
    ordered: list[Grid] = []
    for place in range(len(lines) + 1):
        for first, grid in standing[place]:
            placed.append(TextLine(TABLE, array("L", [first])))
            ordered.append(grid)
        placed += lines[place : place + 1]
    return Tabled("\n".join(line.words for line in placed), _unit_of(placed), ordered, moved)


def _unit_of(lines: list[TextLine]) -> array[int]:
    """The unit of each sign of the text, line ends included."""
    units = array("L")
    for line in lines:
        units.extend(line.units)
        units.append(line.units[-1] if line.units else 0)
    return units


def _text_lines(units: str, kept: dict[int, Sign]) -> Iterator[TextLine]:
    """The lines of the text without what stands in tables. Empty ones are kept below a line that is."""
    at = 0
    follows = False
    own_units = sorted(kept)
    for row in units.split("\r\n"):
        numbers = _numbers(row, at)
        at = (numbers[-1] + (2 if row[-1] > "\uffff" else 1) if row else at) + 2
        own = own_units[bisect_left(own_units, numbers[0]) : bisect_left(own_units, at)] if row and own_units else []
        if not own and not follows:
            continue
        printed = len("".join(row.split()))
        if len(own) == printed:
            yield TextLine(row, array("L", numbers), kept[own[0]] if own else None, kept[own[-1]] if own else None)
        elif own:
            yield _rest_of(row, numbers, kept)
        follows = bool(own) or not printed


def _numbers(row: str, at: int) -> Sequence[int]:
    """The unit of each sign of a line that begins at ``at``."""
    if row.isascii() or max(row) <= "\uffff":
        return range(at, at + len(row))
    numbers = []
    for sign in row:
        numbers.append(at)
        at += 2 if sign > "\uffff" else 1
    return numbers


def _rest_of(row: str, numbers: Sequence[int], kept: dict[int, Sign]) -> TextLine:
    """What is left of a line that stands in a table for a part; a space stands for the part."""
    words: list[str] = []
    units = array("L")
    for sign, number in zip(row, numbers, strict=True):
        is_kept = number in kept
        if is_kept or (words and words[-1] != " "):
            words.append(sign if is_kept else " ")
            units.append(number)
    if words[-1] == " ":
        words.pop()
        units.pop()
    own = [kept[number] for number in units if number in kept]
    return TextLine("".join(words), units, own[0], own[-1])


def _text_line(line: list[Sign]) -> TextLine:
    units = array("L")
    return TextLine(put_line(line, units), units, line[0], line[-1])


def _place(frame: Frame, first: int, lines: list[TextLine]) -> int:
    """The number of the line that a table stands before: where the fewest lines would be on the wrong side of it.

    Of equal places the one next to where its text was written: a foot may be written before everything else.
    """
    top = frame.box[1] + SAME_BASE
    wrong = sum(line.first is not None and line.first.base <= top for line in lines)
    written = sum(line.first is not None and line.first.unit < first for line in lines)
    best = (wrong, abs(written), 0)
    for place, line in enumerate(lines, 1):
        if line.first:
            wrong += 1 if line.first.base > top else -1
        best = min(best, (wrong, abs(written - place), place))
    return best[2]


# ------------------------------------------------------------------------------------------------------------ order

_OVERLAPPING = 4.0
_MISPLACED = 3
"""So many misplaced lines, and a tenth of all, and the page was not written in the order in which it is read."""


def misplaced(lines: Iterable[TextLine]) -> bool:
    """Whether lines stand above those before them, or in the gaps of others: figures written in a second go."""
    level = [
        (line.first, line.last) for line in lines if line.first and line.last and abs(line.first.base - line.last.base) <= SAME_BASE
    ]
    climbing = sum(
        below[0].base < above[0].base - SAME_BASE and _overlap(above, below) for above, below in pairwise(level)
    )
    by_base = sorted(level, key=lambda line: line[0].base)
    woven = sum(
        after[0].base - before[0].base <= SAME_BASE and _overlap(before, after) for before, after in pairwise(by_base)
    )
    return climbing + woven >= _MISPLACED and (climbing + woven) * 10 >= len(level)


def _overlap(one: tuple[Sign, Sign], two: tuple[Sign, Sign]) -> bool:
    return min(one[1].box[2], two[1].box[2]) - max(one[0].box[0], two[0].box[0]) > _OVERLAPPING
