"""The ruled tables of a PDF page as grids, and the text that is left beside them.

Every sign of the page goes to the cell that its middle lies in, or stays in the text: none is lost, none is there twice.
In a cell, signs of one base line are a line, and lines that were only wrapped are joined to paragraphs.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, Protocol

from extractor.document import TABLE, BoxOf, Grid, GridCell
from extractor.model.place import Box
from extractor.readers.frames import Frame, FrameCell, grids_of
from extractor.readers.rules import Shown, rules_of


class Sheet(Protocol):
    """A page that is being read: what ``extractor.readers.pdf`` knows of it."""

    units: str
    """The text as pdfium hands it out; lines end in ``\\r\\n``."""

    def char_box(self, text_page: int, unit: int) -> Box | None:
        """The box of a character, by its UTF-16 unit; ``None`` for one that prints nothing."""

    def origin(self, text_page: int, unit: int) -> tuple[float, float]:
        """Where the base line of a character begins."""

    def around(self, units: Sequence[int]) -> Box | None:
        """The box round characters, asked for after reading."""


class Sign(NamedTuple):
    """A printed character: its UTF-16 unit, its box, the height of its base line."""

    sign: str
    unit: int
    box: Box
    base: float


@dataclass(slots=True)
class CellText:
    """What a cell says, and the unit of each character of it."""

    text: str = ""
    units: array[int] = field(default_factory=lambda: array("L"))
    full: bool = False
    """Whether its last line fills the cell, so that it may go on over the page's edge."""
    turn: int = 0
    """Whether it is printed lying, and has to be read ``_DOWN`` or ``_UP`` the page."""


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
    signs = list(_signs(sheet, text_page))
    frames, owners = _filled(frames, signs)
    if not frames:
        return None
    texts, rest = text_of(frames, signs, owners)
    grids = [_grid(sheet, frame, cells, number, size[1]) for frame, cells in zip(frames, texts, strict=True)]
    firsts = [min(unit for said in cells for unit in said.units) for cells in texts]
    return _without_tables(sheet.units, rest, list(zip(frames, firsts, grids, strict=True)))


# ------------------------------------------------------------------------------------------------------------ signs


def _signs(sheet: Sheet, text_page: int) -> Iterator[Sign]:
    """Every sign of the page that is no space, in the order of the text."""
    base, edge, before = 0.0, (0.0, 0.0), (0.0, 0.0, 0.0, 0.0)
    unit = -1
    for sign in sheet.units:
        unit += 1
        if not sign.isspace():
            # A sign without a box stays with the one before it: it may be a figure of a broken font.
            box = sheet.char_box(text_page, unit) or (before[2], before[1], before[2], before[3])
            if (box[1], box[3]) != edge:
                # Signs as high as the one before stand on the same line, nearly always; asking costs as much as the box.
                base, edge = sheet.origin(text_page, unit)[1], (box[1], box[3])
            yield Sign(sign, unit, box, base)
            before = box
        if sign > "\uffff":
            unit += 1


_FEW_CELLS = 2
"""A frame with text in fewer cells is a box round a paragraph, or a picture."""


_Owner = tuple[int, int] | None
"""The frame and the cell of a sign, by number; ``None`` for the text beside the tables."""


def _filled(frames: list[Frame], signs: list[Sign]) -> tuple[list[Frame], list[_Owner]]:
    """The frames that hold text as a table does, and where each sign belongs."""
    while True:
        owners = _owners(frames, signs)
        filled = Counter(owner[0] for owner in set(owners) if owner)
        kept = [frame for at, frame in enumerate(frames) if filled[at] >= _FEW_CELLS]
        if len(kept) == len(frames):
            return frames, owners
        frames = kept


def _owners(frames: list[Frame], signs: Iterable[Sign]) -> list[_Owner]:
    """Where each sign belongs. Of tables within tables the inner one is asked first."""
    by_size = sorted(enumerate(frames), key=lambda one: one[1].area)
    nested = any(_is_within(one.box, two.box) for _, one in by_size for _, two in by_size if one is not two)
    owners: list[_Owner] = []
    owner: _Owner = None
    here = _NOWHERE
    for _, _, (left, top, right, bottom), _ in signs:
        x, y = (left + right) / 2, (top + bottom) / 2
        if not (here[0] <= x < here[2] and here[1] <= y < here[3]):
            owner = _owner(by_size, x, y)
            here = frames[owner[0]].cells[owner[1]].box if owner and not nested else _NOWHERE
        owners.append(owner)
    return owners


_NOWHERE = (1.0, 1.0, 0.0, 0.0)


def _owner(by_size: list[tuple[int, Frame]], x: float, y: float) -> _Owner:
    for at, frame in by_size:
        cell = frame.cell_at(x, y)
        if cell is not None:
            return at, cell
    return None


def _is_within(one: Box, two: Box) -> bool:
    return one[0] >= two[0] and one[1] >= two[1] and one[2] <= two[2] and one[3] <= two[3]


_NUMBER = frozenset("0123456789.,%")
_TOUCHING = 0.1
"""Signs of one number stand as near, measured by their height; numbers of two cells never do."""


def _keep_numbers_whole(signs: list[Sign], owners: list[_Owner]) -> None:
    """Gives a number that is printed over the edge of its cell to the cell of its middle."""
    at = 1
    while at < len(signs):
        if owners[at] == owners[at - 1] or not _one_number(signs[at - 1], signs[at]):
            at += 1
            continue
        first, last = at - 1, at
        while first > 0 and _one_number(signs[first - 1], signs[first]):
            first -= 1
        while last + 1 < len(signs) and _one_number(signs[last], signs[last + 1]):
            last += 1
        middle = (signs[first].box[0] + signs[last].box[2]) / 2
        nearest = min(range(first, last + 1), key=lambda one: abs(signs[one].box[0] + signs[one].box[2] - 2 * middle))
        owners[first : last + 1] = [owners[nearest]] * (last + 1 - first)
        at = last + 1


def _one_number(one: Sign, two: Sign) -> bool:
    gap, near = two.box[0] - one.box[2], _TOUCHING * (two.box[3] - two.box[1])
    return one.sign in _NUMBER and two.sign in _NUMBER and two.unit == one.unit + 1 and one.base == two.base and abs(gap) <= near


# ------------------------------------------------------------------------------------------------------------ cells


def text_of(
    frames: list[Frame], signs: list[Sign], owners: list[_Owner] | None = None
) -> tuple[list[list[CellText]], list[Sign]]:
    """The text of every cell of every frame, and the signs that stand in none."""
    owners = _owners(frames, signs) if owners is None else owners
    _keep_numbers_whole(signs, owners)
    bags: list[list[list[Sign]]] = [[[] for _ in frame.cells] for frame in frames]
    rest = []
    for sign, owner in zip(signs, owners, strict=True):
        if owner is None:
            rest.append(sign)
        else:
            bags[owner[0]][owner[1]].append(sign)
    return [_texts(frame, cells) for frame, cells in zip(frames, bags, strict=True)], rest


_Line = list[Sign]


def _texts(frame: Frame, bags: list[list[Sign]]) -> list[CellText]:
    turns = _turns(bags)
    lines = [lines_of([_turned(sign, turn) for sign in bag] if turn else bag) for bag, turn in zip(bags, turns, strict=True)]
    boxes = [_turned_box(cell.box, turn) for cell, turn in zip(frame.cells, turns, strict=True)]
    padding = _padding(boxes, lines)
    texts = []
    for box, rows, turn in zip(boxes, lines, turns, strict=True):
        text = CellText(turn=turn)
        if rows:
            _put_cell(rows, box[0] + padding, box[2] - padding, text)
        texts.append(text)
    return texts


_SAME_BASE = 2.0
_RAISED = 0.5
"""Of two lines that share so much of their height one is raised over the other: m², a note's mark."""


def lines_of(signs: list[Sign]) -> list[_Line]:
    """Signs grouped by base line from the top, each line from the left."""
    lines: list[_Line] = []
    base = 0.0
    for sign in sorted(signs, key=_by_base):
        if lines and sign.base - base <= _SAME_BASE:
            lines[-1].append(sign)
        else:
            lines.append([sign])
        base = sign.base
    for line in lines:
        line.sort(key=_by_left)
    if len(lines) > 1:
        lines = list(_with_raised(lines))
    return lines


def _by_base(sign: Sign) -> float:
    return sign.base


def _by_left(sign: Sign) -> float:
    return sign.box[0]


def _with_raised(lines: list[_Line]) -> Iterator[_Line]:
    """The lines, raised and lowered signs put among those beside them."""
    now = lines[0]
    for line in lines[1:]:
        one, two = now[0].box, line[0].box
        shared = min(one[3], two[3]) - max(one[1], two[1])
        if shared > _RAISED * min(one[3] - one[1], two[3] - two[1]) and _is_free(now, line):
            now = sorted([*now, *line], key=_by_left)
        else:
            yield now
            now = line
    yield now


def _is_free(one: _Line, two: _Line) -> bool:
    """Whether no sign of one line stands over a sign of the other."""
    both = sorted([*one, *two], key=_by_left)
    return all(after.box[0] >= before.box[2] - _SAME_BASE for before, after in pairwise(both))


_UP, _DOWN = -1, 1


def _turns(bags: list[list[Sign]]) -> list[int]:
    """Which way the signs of each cell run; words without a digit lie as the table does."""
    turns = [_turn(bag) for bag in bags]
    if not any(turns):
        return turns
    whole = sorted(turn for turn, bag in zip(turns, bags, strict=True) if any(sign.sign.isdigit() for sign in bag))
    common = whole[len(whole) // 2] if whole else 0
    return [turn or common for turn in turns]


def _turn(signs: list[Sign]) -> int:
    """Which way lying signs run; nought for those that stand. Of a digit that stands the box is higher than wide."""
    digits = [sign for sign in signs if sign.sign.isdigit()]
    lying = [sign for sign in digits if sign.box[2] - sign.box[0] > sign.box[3] - sign.box[1] > 0]
    if len(lying) * 2 > len(digits):
        return _DOWN if sum(two.box[1] - one.box[1] for one, two in pairwise(lying)) > 0 else _UP
    climbing = sum(two.base < one.base - _SAME_BASE for one, two in pairwise(signs))
    return _UP if not digits and climbing * 2 > len(signs) - 1 > 0 else 0


def _turned(sign: Sign, turn: int) -> Sign:
    """A lying sign as it stands when the page is turned. The base line is taken from the box, since a font has one."""
    box = _turned_box(sign.box, turn)
    return sign._replace(box=box, base=box[3])


def _turned_box(box: Box, turn: int) -> Box:
    left, top, right, bottom = box
    if not turn:
        return box
    return (top, -right, bottom, -left) if turn == _DOWN else (-bottom, left, -top, right)


# ------------------------------------------------------------------------------------------------------------ wrapping

_MOST_PADDING = 6.0
"""Word leaves 5.4 points between the edge of a cell and its text, ReportLab 6."""
_WORD = r"[0-9A-Za-z.,%％‰/:+~≥≤＞＜><=≈±×÷*-]+"
_FIRST_UNIT = re.compile(
    rf"""
      [（(《“‘「〔【［\[]*                      # what must not end a line
      (?: {_WORD} | . )                       # a word, a number, one Chinese sign
      (?: [“”‘’/]+ (?: {_WORD} | . )? )*      # nothing breaks beside a quotation mark
      [，。、；：！？）》”’」〕】］\])%％,.!?]*   # what must not begin a line
    """,
    re.VERBOSE,
)
"""What a line break does not tear."""
_LEEWAY = 0.3
"""How much more room than that (measured by the width of a Chinese sign) a full line may leave: cells differ in padding."""
_EVEN = 1.5
"""Lines whose two margins differ by no more points stand in the middle."""
_ENDS = frozenset("。；;！!？?")
_MARK = re.compile(r"[（(]?\d{1,2}[）)、．.](?!\d)|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[①-⑳]")
"""What an item of a list begins with."""
_NO_NUMBER = re.compile(r"\..*\.|[%％]\d")
_TAIL, _HEAD = re.compile(r"[\d,.%％]*$"), re.compile(r"[\d,.%％]*")
_ASCII = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


def _padding(boxes: list[Box], lines: list[list[_Line]]) -> float:
    """How far the text of a table keeps from its lines: the least that any line keeps."""
    least = _MOST_PADDING
    for box, rows in zip(boxes, lines, strict=True):
        for row in rows:
            least = min(least, row[0].box[0] - box[0], box[2] - row[-1].box[2])
    return max(least, 0.0)


def _put_cell(rows: list[_Line], left: float, right: float, text: CellText) -> None:
    """Fills in the text of a cell whose lines have the room from ``left`` to ``right``."""
    right = max(right, *(row[-1].box[2] for row in rows))
    words: list[str] = []
    for row, below in pairwise([*rows, []]):
        words.append(_put_line(row, text.units))
        if below:
            between = _between(row, below, rows, left, right)
            words.append(between)
            text.units.extend([row[-1].unit] * len(between))
    text.text = "".join(words)
    text.full = _slack(rows[-1], rows, left, right) < (1 + _LEEWAY) * _em(rows[-1])


def _put_line(line: _Line, units: array[int]) -> str:
    """The words of a line; a space where there is a gap, as ``extractor.readers.pdf`` has it, or where one is written."""
    words = []
    before: Sign | None = None
    for sign in line:
        box = sign.box
        if before and (box[0] - before.box[2] > (box[3] - box[1]) / 3 or _are_two_words(before, sign)):
            words.append(" ")
            units.append(before.unit)
        words.append(sign.sign)
        units.append(sign.unit)
        before = sign
    return "".join(words)


def _are_two_words(one: Sign, two: Sign) -> bool:
    """Whether a space is written between Latin words or numbers; between Chinese signs it says nothing."""
    return two.unit == one.unit + 2 and one.sign in _ASCII and two.sign in _ASCII


def _between(row: _Line, below: _Line, rows: list[_Line], left: float, right: float) -> str:
    """What stands between two lines of a cell: nothing (or a space between words) if the first was only wrapped."""
    words, next_words = "".join(sign.sign for sign in row), "".join(sign.sign for sign in below)
    if words[-1] in _ENDS and _MARK.match(next_words):
        return "\n"
    torn = words[-1].isdigit() and next_words[0] in _NUMBER
    unit = _FIRST_UNIT.match(next_words)
    # A number is torn only where not one more digit would have found room.
    last = below[0] if torn or not unit else below[min(unit.end(), len(below)) - 1]
    room = last.box[2] - below[0].box[0] + _LEEWAY * _em(row)
    if _slack(row, rows, left, right) >= room or (torn and not _is_number(words, next_words)):
        return "\n"
    return " " if words[-1] in _ASCII and next_words[0] in _ASCII and not torn else ""


def _is_number(words: str, next_words: str) -> bool:
    """Whether the end of one line and the beginning of the next make one number."""
    tail, head = _TAIL.search(words), _HEAD.match(next_words)
    return not _NO_NUMBER.search((tail[0] if tail else "") + (head[0] if head else ""))


def _em(line: _Line) -> float:
    """The width of a Chinese sign in the line."""
    return max(sign.box[2] - sign.box[0] for sign in line)


def _slack(row: _Line, rows: list[_Line], left: float, right: float) -> float:
    """How much room a line leaves in its cell, by the way the lines of the cell are set."""
    before, behind = row[0].box[0] - left, right - row[-1].box[2]
    if all(abs((one[0].box[0] - left) - (right - one[-1].box[2])) <= _EVEN for one in rows):
        return before + behind
    last = rows[-1]
    if all(right - one[-1].box[2] <= _EVEN for one in rows) and last[0].box[0] - left > _EVEN:
        return before  # set to the right
    return behind


# ------------------------------------------------------------------------------------------------------------ page


def _grid(sheet: Sheet, frame: Frame, texts: list[CellText], number: int, page_height: float) -> RuledGrid:
    """The table on the page of that number."""
    with_digits = [said for said in texts if any(sign.isdigit() for sign in said.text)]
    turned = [said.turn for said in with_digits if said.turn]
    turn = turned[0] if len(turned) * 2 > len(with_digits) else 0
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


def _as_read(cell: FrameCell, frame: Frame, turn: int) -> tuple[int, int, int, int]:
    """Row, column, rows and columns of a cell when the page is turned so that it can be read."""
    if turn == _DOWN:
        return len(frame.columns) - 1 - cell.column - cell.columns, cell.row, cell.columns, cell.rows
    if turn == _UP:
        return cell.column, len(frame.rows) - 1 - cell.row - cell.rows, cell.columns, cell.rows
    return cell[:4]


def _box_of(sheet: Sheet, units: array[int], cell: Box) -> BoxOf:
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
    for row in units.split("\r\n"):
        numbers = _numbers(row, at)
        printed = [number for sign, number in zip(row, numbers, strict=True) if not sign.isspace()]
        own = [number for number in printed if number in kept]
        if len(own) == len(printed) and (own or follows):
            yield TextLine(row, array("L", numbers), kept[own[0]] if own else None, kept[own[-1]] if own else None)
        elif own:
            yield _rest_of(row, numbers, kept)
        follows = bool(own) or (follows and not printed)
        at = (numbers[-1] + (2 if row[-1] > "\uffff" else 1) if row else at) + 2


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


def _text_line(line: _Line) -> TextLine:
    units = array("L")
    return TextLine(_put_line(line, units), units, line[0], line[-1])


def _place(frame: Frame, first: int, lines: list[TextLine]) -> int:
    """The number of the line that a table stands before: where the fewest lines would be on the wrong side of it.

    Of equal places the one next to where its text was written: a foot may be written before everything else.
    """
    top = frame.box[1] + _SAME_BASE
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
        (line.first, line.last) for line in lines if line.first and line.last and abs(line.first.base - line.last.base) <= _SAME_BASE
    ]
    climbing = sum(
        below[0].base < above[0].base - _SAME_BASE and _overlap(above, below) for above, below in pairwise(level)
    )
    by_base = sorted(level, key=lambda line: line[0].base)
    woven = sum(
        after[0].base - before[0].base <= _SAME_BASE and _overlap(before, after) for before, after in pairwise(by_base)
    )
    return climbing + woven >= _MISPLACED and (climbing + woven) * 10 >= len(level)


def _overlap(one: tuple[Sign, Sign], two: tuple[Sign, Sign]) -> bool:
    return min(one[1].box[2], two[1].box[2]) - max(one[0].box[0], two[0].box[0]) > _OVERLAPPING
