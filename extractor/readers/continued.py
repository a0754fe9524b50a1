"""Tables that go on over the page: their parts become one table again, and a row that the page's edge cut is one row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractor.document import TABLE, BoxOf, GridCell, Page
from extractor.model.place import Box
from extractor.readers.frames import NEAR
from extractor.readers.grids import RuledGrid


def joined_over_pages(pages: list[Page]) -> None:
    """Appends what goes on at the top of a page to the table at the foot of the page before, and takes it off its page."""
    going: RuledGrid | None = None
    for at, page in enumerate(pages):
        first = page.grids[0] if page.grids else None
        last = page.grids[-1] if page.grids else None
        if going and isinstance(first, RuledGrid) and _is_first(pages, at) and (joint := _joint(going, first)):
            _append(going, first, joint)
            ends = last is first and _is_last(pages, at)
            _take_off(page)
            if ends:
                continue  # what goes on has filled the page
            last = page.grids[-1] if page.grids else None
        going = last if isinstance(last, RuledGrid) and _is_last(pages, at) else None


# ------------------------------------------------------------------------------------------------------------ furniture

_NUMBERED = re.compile(r"[-—–―─·~•]*\s?(?:第\s?)?\d{1,3}(?:\s?页)?(?:\s?[/，,、]?\s?共?\s?\d{1,3}(?:\s?页)?)?\s?[-—–―─·~•]*|Page \d+(?: of \d+)?")
"""A line that is a page number, where it stands over or under a table at the edge of the page."""
_GOES_ON = re.compile(r"续表|接上[表页]|上接|续上[表页]|[（(]续[）)]")
"""What a careful writer puts over the second part."""
_FORM_HEAD = re.compile(r"表(?:\(.*\)|（.*）)?$|^[（(]\d{4}\s?年度?[）)]$")
"""What an annex repeats over the form of each project: here a new table begins. A running head is never worded so."""
_SPLINTER = re.compile(r"[\u4e00-\u9fff]")
"""A single sign of a cell that was printed below the open edge of the page."""
_EDGE = 3
"""A running head or foot has no more lines."""
_DIGITS = re.compile(r"\d+")


def _is_first(pages: list[Page], at: int) -> bool:
    """Whether nothing but furniture stands over the first table of a page."""
    above = _lines(pages[at].text.partition(TABLE)[0])
    before = _lines(pages[at - 1].text)[:_EDGE] if at else []
    return len(above) <= _EDGE and all(
        _GOES_ON.search(line) or _is_furniture(line, before, 1) or (at + 1 < len(pages) and _is_furniture(line, _lines(pages[at + 1].text)[:_EDGE], -1))
        for line in above
    )


def _is_last(pages: list[Page], at: int) -> bool:
    """Whether nothing but furniture stands under the last table of a page."""
    below = _lines(pages[at].text.rpartition(TABLE)[2])
    after = _lines(pages[at + 1].text)[-_EDGE:] if at + 1 < len(pages) else []
    return len(below) <= _EDGE and all(_SPLINTER.fullmatch(line) or _is_furniture(line, after, -1) for line in below)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _is_furniture(line: str, beside: list[str], step: int) -> bool:
    """Whether a line is a page number, or stands on the page ``step`` pages off as well; its numbers may count the pages."""
    if _NUMBERED.fullmatch(line):
        return True
    return not _FORM_HEAD.search(line) and any(_is_same(line, other, step) for other in beside)


def _is_same(line: str, other: str, step: int) -> bool:
    if line == other:
        return True
    one, two = _DIGITS.findall(line), _DIGITS.findall(other)
    return _DIGITS.sub("#", line) == _DIGITS.sub("#", other) and all(
        first == second or int(first) - int(second) == step for first, second in zip(one, two, strict=True)
    )


def _take_off(page: Page) -> None:
    """Takes the first table off a page, and the line that stood for it."""
    start = page.text.index(TABLE)
    end = min(start + len(TABLE) + 1, len(page.text))
    page.text = page.text[:start] + page.text[end:]
    del page.grids[0]
    if (box_of := page.box_of) is not None:
        page.box_of = _shifted(box_of, start, end - start)


def _shifted(box_of: BoxOf, cut: int, gap: int) -> BoxOf:
    """The boxes of a text that lost ``gap`` signs at ``cut``."""

    def shifted(start: int, end: int) -> Box | None:
        return box_of(start + gap if start >= cut else start, end + gap if end > cut else end)

    return shifted


# ------------------------------------------------------------------------------------------------------------ proof

_FOOT = 110.0
"""The paper under a full page, in points: official letters leave 99, others 72 and a page number."""
_HEAD = 0.35
"""A part that goes on begins in so much of the page: under its running head."""


@dataclass(frozen=True, slots=True)
class _Joint:
    """How two parts fit: their edges together, and how many rows of the second part repeat the head."""

    columns: list[float]
    head: int


def _joint(table: RuledGrid, part: RuledGrid) -> _Joint | None:
    """Proof that a table goes on: its edges, no room for another row on the page before, and a head that is the same."""
    if not table.columns or not part.columns or not _same_sides(table, part):
        return None
    columns = _together(table.columns, part.columns)
    head = _repeated_head(table, part)
    cut = table.open_bottom and part.open_top
    if not head and not cut and len(columns) not in (len(table.columns), len(part.columns)):
        return None
    if part.rows[0] > _HEAD * part.page_height or table.page_height - table.rows[-1] > _FOOT + _first_height(part, head):
        return None
    return None if not cut and _begins_anew(table, part, head) else _Joint(columns, head)


def _same_sides(table: RuledGrid, part: RuledGrid) -> bool:
    return all(abs(table.columns[side] - part.columns[side]) <= NEAR for side in (0, -1))


def _together(one: list[float], two: list[float]) -> list[float]:
    """The column edges of both; those within ``NEAR`` are one."""
    return sorted([*one, *(edge for edge in two if all(abs(edge - other) > NEAR for other in one))])


def _words(table: RuledGrid, row: int) -> list[str]:
    """What the cells that begin in a row say, without spaces."""
    return ["".join(cell.text.split()) for cell in table.cells if cell.row == row]


def _repeated_head(table: RuledGrid, part: RuledGrid) -> int:
    """How many rows of a part say just what the first rows of the table say."""
    head, height = 0, _height(part)
    while head < height and (words := _words(part, head)) == _words(table, head) and any(words):
        head += 1
    while any(cell.row < head < cell.row + cell.rows for cell in part.cells):
        head -= 1
    return head


def _height(table: RuledGrid) -> int:
    return max(cell.row + cell.rows for cell in table.cells)


def _first_height(part: RuledGrid, head: int) -> float:
    """How high the first rows of a part are that could not be parted: a merged cell holds them together."""
    first = max((cell.row + cell.rows for cell in part.cells if cell.row <= head), default=0)
    return part.rows[min(first, len(part.rows) - 1)] - part.rows[0]


def _begins_anew(table: RuledGrid, part: RuledGrid, head: int) -> bool:
    """Whether the first row below the head is that of another table of the kind: 项目名称 again, or number 1 again."""
    words, first = _words(part, head), _words(table, head)
    return bool(words and first and words[0] and words[0] == first[0])


# ------------------------------------------------------------------------------------------------------------ joining

_BARE = re.compile(r"[-—/\d.,%％‰]*")
"""A cell that says a figure or that there is none; nobody breaks one over the page."""
_LONG = 20
"""A text of so many signs may end a paragraph just where the page ends."""
_HEADS = 3
_SHORT = 10
"""Of so many cells that go on, none with more signs on the next page: no row of its own is so."""
_SPLINTERS = 2
"""So many digits of a number at most are printed on the next line of a narrow cell."""
_FINISHED = frozenset("。；;！!？?")
_Span = tuple[int, int]


def _append(table: RuledGrid, part: RuledGrid, joint: _Joint) -> None:
    """Puts the rows of a part under those of the table."""
    _spread(table, joint.columns)
    _spread(part, joint.columns)
    seam = _Seam(table, part, joint.head)
    cut = seam.cuts_a_row()
    offset = seam.height - joint.head - (1 if cut else 0)
    taken = seam.pairs if cut else list(seam.held())
    for cell, more in taken:
        _join(cell, more, (cell.row, cell.column) in table.full, cut)
    table.full = {(row + offset, column) for row, column in part.full}
    for cell in part.cells:
        if cell.row >= joint.head and not any(cell is more for _, more in taken):
            cell.row += offset
            table.cells.append(cell)
    table.cells.sort(key=lambda cell: (cell.row, cell.column))
    table.rows, table.page_height, table.open_bottom = part.rows, part.page_height, part.open_bottom


def _span(cell: GridCell) -> _Span:
    return cell.column, cell.columns


def _spread(table: RuledGrid, columns: list[float]) -> None:
    """Counts the columns of a table by more edges than it has itself."""
    place = [min(range(len(columns)), key=lambda at: abs(columns[at] - edge)) for edge in table.columns]
    table.full = {(row, place[column]) for row, column in table.full}
    for cell in table.cells:
        end = place[cell.column + cell.columns]
        cell.column = place[cell.column]
        cell.columns = end - cell.column
    table.columns = columns


class _Seam:
    """The last row of a table and the first row of what goes on: cells of the same columns, in pairs."""

    def __init__(self, table: RuledGrid, part: RuledGrid, head: int) -> None:
        self.height, self.table, self.part = _height(table), table, part
        self.open = table.open_bottom and part.open_top
        self.full = table.full
        foot = {_span(cell): cell for cell in table.cells if cell.row + cell.rows == self.height}
        top = [cell for cell in part.cells if cell.row == head]
        self.pairs = [(foot[_span(cell)], cell) for cell in top if _span(cell) in foot]
        self.matches = len(self.pairs) == len(top)

    def cuts_a_row(self) -> bool:
        """Whether the page's edge cut a row: what goes on goes on from a full line, and some cell was finished before."""
        own = [(cell, more) for cell, more in self.pairs if cell.row == self.height - 1]
        if not self.matches or not own:
            return False
        if self.open and not (any(_says(cell) for cell, _ in own) and any(_says(more) for _, more in self.pairs)):
            return True  # only the margin of the row found room on one of the pages
        both = [(cell, more) for cell, more in self.pairs if _says(cell) and _says(more)]
        if any(self._tears(cell, more) for cell, more in both) and all(self._tears(cell, more) or self._goes_on(cell) for cell, more in both):
            return True
        if any(_BARE.fullmatch(part.text.strip()) for pair in both for part in pair):
            return False
        if not both or not all(self._goes_on(cell) for cell, _ in both):
            return False
        if len(both) >= _HEADS and all(len(more.text.strip()) <= _SHORT for _, more in both):
            return True  # 绩效指|标, 一级指|标, 二级指|标: words torn in every cell
        # Where the edge is ruled only the cell that names the row can tell: it is not printed again.
        if not self.open and (_says(own[0][1]) or any(_says(more) and not _says(cell) for cell, more in self.pairs)):
            return False
        return (self.open and len(self.pairs) == 1) or any(_says(cell) != _says(more) for cell, more in own)

    def _tears(self, cell: GridCell, more: GridCell) -> bool:
        """Whether the page's edge tore a number: 100. and 00, or one or two digits under a number that filled its cell."""
        number, rest = cell.text.strip(), more.text.strip()
        if not rest.isdecimal() or (not number[-1:].isdecimal() and not number.endswith(".")):
            return False
        return number.endswith(".") or (len(rest) <= _SPLINTERS and (cell.row, cell.column) in self.full and "." in number)

    def _goes_on(self, cell: GridCell) -> bool:
        full = (cell.row, cell.column) in self.full and cell.text[-1] not in _FINISHED
        return full or (self.open and len(cell.text) >= _LONG)

    def _names_once(self, more: GridCell) -> bool:
        """Whether the first column names a group in its first row and leaves the others empty, each a cell of its own."""
        own = [cell for table in (self.table, self.part) for cell in sorted(table.cells, key=lambda cell: cell.row) if cell.column == 0]
        return more.column == 0 and all(cell.rows == 1 for cell in own) and any(_says(one) and not _says(two) for one, two in pairwise(own))

    def held(self) -> Iterator[tuple[GridCell, GridCell]]:
        """Merged cells that reach over the page's edge: one of the two parts is empty, and it is no cell of its own row."""
        leading = self.matches
        for cell, more in self.pairs:
            leading = leading and not (_says(cell) and _says(more))
            if _says(more):
                if leading and self.open and not _says(cell):
                    yield cell, more
            elif self._names_once(more):
                continue
            elif leading or more.rows > 1 or (cell.rows > 1 and _says(cell)):
                yield cell, more


def _says(cell: GridCell) -> bool:
    return bool(cell.text.strip())


def _join(cell: GridCell, more: GridCell, full: bool, cut: bool) -> None:
    """Puts the second part of a cell to the first."""
    cell.rows += more.rows - (1 if cut else 0)
    if not more.text.strip():
        return
    if not cell.text.strip():
        cell.text, cell.page, cell.box_of = more.text, more.page, more.box_of
        return
    between = "" if full and cell.text[-1] not in _FINISHED else "\n"
    cell.box_of = _box_of_both(cell.box_of, more.box_of, len(cell.text), len(between))
    cell.text += between + more.text


def _box_of_both(one: BoxOf | None, two: BoxOf | None, length: int, gap: int) -> BoxOf:
    """The boxes of a text whose end stands on the next page; of words on both, that of the first part."""

    def box_of(start: int, end: int) -> Box | None:
        if start < length:
            return one(start, min(end, length)) if one else None
        return two(max(start - length - gap, 0), end - length - gap) if two else None

    return box_of
