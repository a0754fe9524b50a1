"""Tables as the ruling lines of a page frame them: cells with spans, and whether the table goes on over the page's edge.

The lines that touch each other are a net. Its column and row edges cut the paper into slots; slots without a line
between them are one cell. So a merged cell needs no search, and a line that lacks a piece loses no text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from extractor.model.place import Box
from extractor.readers.rules import Rule

NEAR = 3.0
"""Edges so near (in points) are one, and lines so near touch: double frames, corners that borders leave out."""
_PAGE_EDGE = 1.0
"""Lines here are the edge of the page's background."""
_SLIVER = 6.0
"""Nothing can be printed between lines so near: one of them sticks out, no row or column is open."""
_ENDS_TOGETHER = 3
"""So many lines that end together without a line across were cut off there."""
_WIDE = 30.0
"""A closing line is no shorter."""

MAX_RUNS = 4000
"""Lines once they are joined: 60 rows and 20 columns with a merged cell between any two have 2400."""
MAX_TABLES = 50
"""Tables of one page; what has more is a plan or a calendar."""
MAX_CROSSINGS = 50_000
MAX_SLOTS = 20_000
"""60 rows and 20 columns have 1200 of both."""

_MOSTLY = 0.7
"""A table is cut into boxes, a chart into corners round its bars: so much of the paper is in boxes."""
_FILLED = 0.5
"""So much of the paper that a table spans is in cells: a plan of rooms, or lines beside a picture, have less."""


class FrameCell(NamedTuple):
    """A cell: its first row and column, how many of each it covers, and its box on the page."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(slots=True)
class Frame:
    """The cells of one table in reading order, and the edges that they have between them."""

    box: Box
    columns: list[float]
    rows: list[float]
    cells: list[FrameCell]
    open_top: bool = False
    open_bottom: bool = False
    """Whether the lines were cut off there: the row may go on on the next page."""
    guessed: bool = False
    """Whether no line framed it, and some of its rows lack a cell."""
    slots: dict[tuple[int, int], int] = field(default_factory=dict)
    """The cell at each row and column, as its number in ``cells``."""

    def __post_init__(self) -> None:
        for number, cell in enumerate(self.cells):
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self.slots[row, column] = number

    def cell_at(self, x: float, y: float) -> int | None:
        """The number of the cell that holds the point."""
        return self.slots.get((bisect_right(self.rows, y) - 1, bisect_right(self.columns, x) - 1))

    @property
    def area(self) -> float:
        """How much of the page it covers."""
        left, top, right, bottom = self.box
        return (right - left) * (bottom - top)


def grids_of(rules: list[Rule], size: tuple[float, float]) -> list[Frame]:
    """The tables of a page of that width and height, from the top; boxes with a single cell or column are none."""
    upright = _runs((rule for rule in rules if not rule.level), *size)
    level = _runs((rule for rule in rules if rule.level), size[1], size[0])
    if not upright or not level or len(upright) + len(level) > MAX_RUNS:
        return []
    frames = [frame for net in _nets(upright, level) if (frame := _frame(net))]
    if len(frames) > MAX_TABLES:
        return []
    return sorted(frames, key=lambda frame: (frame.box[1], frame.box[0]))


# ------------------------------------------------------------------------------------------------------------ lines


_START, _END = 1, 2
"""The fields of a line that say where it goes."""


class _Run(NamedTuple):
    """A line, as long as it goes without a gap. Upright or level is known from where it is kept."""

    at: float
    """The place that it shares with all lines of the page that stand as near."""
    start: float
    end: float
    own: float
    """Where it stands itself: lines of another table on the page do not count when pages are compared."""


def _runs(rules: Iterable[Rule], across: float, along: float) -> list[_Run]:
    """The lines of one direction on a page that measures so much across them and along them, pieces joined."""
    found = []
    for _, at, start, end in rules:
        if _PAGE_EDGE < at < across - _PAGE_EDGE and start < along and end > 0:
            found.append((at, max(start, 0.0), min(end, along)))
    found.sort()
    pieces: list[_Piece] = []
    for group in _clusters(found):
        middle = sum([at for at, _, _ in group]) / len(group)
        pieces += [(middle, start, end, at) for at, start, end in group]
    return [run for run in _joined(sorted(pieces)) if run.end - run.start >= NEAR]


def _clusters(found: list[tuple[float, float, float]]) -> Iterator[list[tuple[float, float, float]]]:
    """Lines, in order, by places that are ``NEAR`` each other."""
    places = [at for at, _, _ in found]
    ends = [number for number, (one, two) in enumerate(pairwise(places), 1) if two - one > NEAR]
    for first, last in pairwise([0, *ends, len(found)]):
        if first < last:
            yield found[first:last]


_Piece = tuple[float, float, float, float]
"""A line as ``_Run`` has it, of which there are many before they are joined."""


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Run]:
    """Pieces of one line put together; they come in order."""
    at, start, end, own = -1.0, 0.0, 0.0, 0.0
    for next_at, begin, stop, its_own in pieces:
        if next_at == at and begin <= end + NEAR:
            end = stop if stop > end else end
            continue
        if at >= 0:
            yield _Run(at, start, end, own)
        at, start, end, own = next_at, begin, stop, its_own
    if at >= 0:
        yield _Run(at, start, end, own)


# ------------------------------------------------------------------------------------------------------------ nets


@dataclass(slots=True)
class _Net:
    """Lines that touch each other."""

    upright: list[_Run]
    level: list[_Run]


def _nets(upright: list[_Run], level: list[_Run]) -> Iterator[_Net]:
    """The lines of a page, put together with all that they touch."""
    parents = list(range(len(upright) + len(level)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for crossings, (one, two) in enumerate(_crossings(upright, level)):
        if crossings > MAX_CROSSINGS:
            return
        parents[root(one)] = root(two + len(upright))
    nets: dict[int, _Net] = defaultdict(lambda: _Net([], []))
    for at, run in enumerate(upright):
        nets[root(at)].upright.append(run)
    for at, run in enumerate(level, len(upright)):
        nets[root(at)].level.append(run)
    yield from nets.values()


def _crossings(upright: list[_Run], level: list[_Run]) -> Iterator[tuple[int, int]]:
    """Which lines touch which, by their numbers."""
    heights: list[float] = []
    starts: list[list[float]] = []
    firsts: list[int] = []
    for number, run in enumerate(level):
        if not heights or run.at != heights[-1]:
            heights.append(run.at)
            starts.append([])
            firsts.append(number)
        starts[-1].append(run.start)
    for one, run in enumerate(upright):
        for row in range(bisect_left(heights, run.start - NEAR), bisect_right(heights, run.end + NEAR)):
            # Lines of one height do not overlap: only the last that begins before the crossing can reach it.
            two = bisect_right(starts[row], run.at + NEAR) - 1
            if two >= 0 and level[firsts[row] + two].end >= run.at - NEAR:
                yield one, firsts[row] + two


# ------------------------------------------------------------------------------------------------------------ open edges


def _close(net: _Net) -> tuple[bool, bool]:
    """Adds the lines that a page's edge cut off; whether that was at the top and at the bottom.

    Chromium drops the line at a page break, and tables of statistics are often open at the sides.
    """
    top = _closing(net.upright, net.level, _START, corners_suffice=True)
    bottom = _closing(net.upright, net.level, _END, corners_suffice=True)
    net.level = _with(net.level, [*top, *bottom])
    sides = [*_closing(net.level, net.upright, _START), *_closing(net.level, net.upright, _END)]
    net.upright = _with(net.upright, sides)
    return bool(top), bool(bottom)


def _closing(runs: list[_Run], across: list[_Run], side: int, corners_suffice: bool = False) -> list[_Run]:
    """The line that is missing where several ``runs`` end together at the edge of the net, if one is.

    ``side`` is the edge where lines start or the one where they end. What ends together within the net ends at a
    merged cell.
    """
    edge = max(run.end for run in runs) if side == _END else min(run.start for run in runs)
    ends = [run for run in runs if abs(run[side] - edge) <= NEAR]
    lines = {run.at for run in ends}
    low, high = min(lines), max(lines)
    corners = corners_suffice and low == min(run.at for run in runs) and high == max(run.at for run in runs)
    if high - low < _WIDE or (len(lines) < _ENDS_TOGETHER and not corners):
        return []
    return [] if _is_closed(edge, low, high, across) else [_Run(edge, low, high, edge)]


def _is_closed(at: float, low: float, high: float, across: list[_Run]) -> bool:
    """Whether lines across cover everything from ``low`` to ``high``, or stand too near for anything between."""
    reach = low + NEAR
    for run in sorted((run for run in across if abs(run.at - at) <= _SLIVER), key=lambda run: run.start):
        if run.start <= reach + NEAR:
            reach = max(reach, run.end)
    return reach >= high - NEAR


def _with(runs: list[_Run], closing: list[_Run]) -> list[_Run]:
    """The lines with the closing ones; one that nearly lies on a line lengthens it."""
    if not closing:
        return runs
    pieces = list(runs)
    for run in closing:
        near = [other for other in runs if abs(other.at - run.at) <= _SLIVER]
        pieces.append(run._replace(at=min(near, key=lambda other: abs(other.at - run.at)).at) if near else run)
    return list(_joined(sorted(pieces)))


# ------------------------------------------------------------------------------------------------------------ cells

_Slot = tuple[int, int]
_Span = tuple[int, int, int, int]
"""First row, first column, how many rows, how many columns."""


def _frame(net: _Net) -> Frame | None:
    """The table that a net of lines frames, if it does."""
    if not net.upright or not net.level:
        return None
    open_top, open_bottom = _close(net)
    columns = sorted({run.at for run in net.upright})
    rows = sorted({run.at for run in net.level})
    # Two columns of cells need three edges; what has a single one is text in boxes, and reads as lines.
    if len(columns) < 3 or len(rows) < 2 or (len(columns) - 1) * (len(rows) - 1) > MAX_SLOTS:
        return None
    regions = [(region, _span(region)) for region in _regions(net, columns, rows)]
    columns, rows = _own_places(net.upright), _own_places(net.level)
    spans = [span for region, span in regions if len(region) == span[2] * span[3]]
    broken = [region for region, span in regions if len(region) != span[2] * span[3]]
    boxes = sum(_paper(span, columns, rows) for span in spans)
    spans += [span for region in broken for span in _split(region)]
    paper = sum(_paper(span, columns, rows) for span in spans)
    whole = _paper((0, 0, len(rows) - 1, len(columns) - 1), columns, rows)
    if boxes < paper * _MOSTLY or paper < whole * _FILLED:
        return None
    return _framed(spans, columns, rows, open_top, open_bottom)


def _own_places(runs: list[_Run]) -> list[float]:
    """Where the lines of a net stand, each place once, from the left or the top."""
    own: dict[float, list[float]] = defaultdict(list)
    for run in runs:
        own[run.at].append(run.own)
    return [sum(places) / len(places) for _, places in sorted(own.items())]


def _walls(runs: list[_Run], lines: list[float], edges: list[float]) -> list[bytearray]:
    """For each of ``lines``, whether it stands between one of ``edges`` and the next."""
    number = {at: line for line, at in enumerate(lines)}
    walls = [bytearray(len(edges)) for _ in lines]
    for run in runs:
        wall = walls[number[run.at]]
        first = bisect_left(edges, run.start - NEAR)
        last = bisect_right(edges, run.end + NEAR) - 1
        for at in range(first, last):
            wall[at] = 1
    return walls


def _regions(net: _Net, columns: list[float], rows: list[float]) -> list[list[_Slot]]:
    """The slots that no line parts, region by region; what is open to the paper outside is left out."""
    upright = _walls(net.upright, columns, rows)
    level = _walls(net.level, rows, columns)
    height, width = len(rows) - 1, len(columns) - 1
    seen: set[_Slot] = set()
    regions = []
    for begin in ((row, column) for row in range(height) for column in range(width)):
        if begin in seen:
            continue
        row, column = begin
        if upright[column][row] and upright[column + 1][row] and level[row][column] and level[row + 1][column]:
            regions.append([begin])  # most cells
            continue
        seen.add(begin)
        region, closed = [begin], True
        for row, column in region:  # grows while it is walked
            for wall, beside in (
                (upright[column][row], (row, column - 1)),
                (upright[column + 1][row], (row, column + 1)),
                (level[row][column], (row - 1, column)),
                (level[row + 1][column], (row + 1, column)),
            ):
                if wall or beside in seen:
                    continue
                if not (0 <= beside[0] < height and 0 <= beside[1] < width):
                    closed = False
                    continue
                seen.add(beside)
                region.append(beside)
        if closed:
            regions.append(region)
    return regions


def _span(region: list[_Slot]) -> _Span:
    """The box round a region."""
    if len(region) == 1:
        return (*region[0], 1, 1)
    rows, columns = [slot[0] for slot in region], [slot[1] for slot in region]
    top, left = min(rows), min(columns)
    return top, left, max(rows) - top + 1, max(columns) - left + 1


def _split(region: list[_Slot]) -> Iterator[_Span]:
    """A region with corners, where a line lacks a piece, as boxes: each stretch of a row, with equal ones below it."""
    going: dict[tuple[int, int], tuple[int, int]] = {}  # first and last column → first and last row
    for row, stretches in _stretches(region):
        for stretch in [stretch for stretch in going if stretch not in stretches]:
            first, last = going.pop(stretch)
            yield first, stretch[0], last - first + 1, stretch[1] - stretch[0] + 1
        for stretch in stretches:
            going[stretch] = going[stretch][0] if stretch in going else row, row
    for stretch, (first, last) in going.items():
        yield first, stretch[0], last - first + 1, stretch[1] - stretch[0] + 1


def _stretches(region: list[_Slot]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The columns that a region has in each of its rows, as first and last."""
    by_row: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(region):
        by_row[row].append(column)
    for row, columns in by_row.items():
        breaks = [at for at, (one, two) in enumerate(pairwise(columns), 1) if two - one > 1]
        ends = [0, *breaks, len(columns)]
        yield row, [(columns[one], columns[two - 1]) for one, two in pairwise(ends)]


def _paper(span: _Span, columns: list[float], rows: list[float]) -> float:
    """How much of the page a box covers."""
    top, left, height, width = span
    return (rows[top + height] - rows[top]) * (columns[left + width] - columns[left])


def _framed(
    spans: list[_Span], columns: list[float], rows: list[float], open_top: bool, open_bottom: bool
) -> Frame | None:
    """The table of these cells; edges that no cell has (a line that ends in the middle of one) do not count."""
    row_of = _counted(edge for top, _, height, _ in spans for edge in (top, top + height))
    column_of = _counted(edge for _, left, _, width in spans for edge in (left, left + width))
    if len(spans) < 2 or len(column_of) < 3:
        return None
    cells = [
        FrameCell(
            row_of[top],
            column_of[left],
            row_of[top + height] - row_of[top],
            column_of[left + width] - column_of[left],
            (columns[left], rows[top], columns[left + width], rows[top + height]),
        )
        for top, left, height, width in spans
    ]
    across, down = [columns[edge] for edge in column_of], [rows[edge] for edge in row_of]
    box = across[0], down[0], across[-1], down[-1]
    return Frame(box, across, down, sorted(cells), open_top, open_bottom)


def _counted(edges: Iterable[int]) -> dict[int, int]:
    return {edge: number for number, edge in enumerate(sorted(set(edges)))}

