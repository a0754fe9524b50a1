"""What the cells of ruled tables say.

Every sign of the page goes to the cell that its middle lies in, or stays in the text: none is lost, none is there twice.
In a cell, signs of one base line are a line, and lines that were only wrapped are joined to paragraphs.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from extractor.model.place import Box
from extractor.readers.frames import Frame


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
    """Whether its last line fills the cell, at the foot of the table, so that it may go on over the page's edge."""
    turn: int = 0
    """Whether it is printed lying, and has to be read ``DOWN`` or ``UP`` the page."""


# ------------------------------------------------------------------------------------------------------------ owners

_FEW_CELLS = 2
"""A frame with text in fewer cells is a box round a paragraph, or a picture."""


Owner = tuple[int, int] | None
"""The frame and the cell of a sign, by number; ``None`` for the text beside the tables."""


def filled(frames: list[Frame], signs: list[Sign]) -> tuple[list[Frame], list[Owner]]:
    """The frames that hold text as a table does, and where each sign belongs."""
    while True:
        owners = _owners(frames, signs)
        there = Counter(owner[0] for owner in set(owners) if owner)
        kept = [frame for at, frame in enumerate(frames) if there[at] >= _FEW_CELLS]
        if len(kept) == len(frames):
            return frames, owners
        frames = kept


def _owners(frames: list[Frame], signs: Iterable[Sign]) -> list[Owner]:
    """Where each sign belongs. Of tables within tables the inner one is asked first."""
    by_size = sorted(enumerate(frames), key=lambda one: one[1].area)
    nested = any(_is_within(one.box, two.box) for _, one in by_size for _, two in by_size if one is not two)
    owners: list[Owner] = []
    owner: Owner = None
    here = _NOWHERE
    for _, _, (left, top, right, bottom), _ in signs:
        x, y = (left + right) / 2, (top + bottom) / 2
        if not (here[0] <= x < here[2] and here[1] <= y < here[3]):
            owner = _owner(by_size, x, y)
            here = frames[owner[0]].cells[owner[1]].box if owner and not nested else _NOWHERE
        owners.append(owner)
    return owners


_NOWHERE = (1.0, 1.0, 0.0, 0.0)


def _owner(by_size: list[tuple[int, Frame]], x: float, y: float) -> Owner:
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


def _keep_numbers_whole(signs: list[Sign], owners: list[Owner]) -> None:
    """Gives a number that is printed over the edge of its cell to the cell of its middle."""
    last = 0
    for at in [at for at, (one, two) in enumerate(pairwise(owners), 1) if one is not two]:
        if at <= last or owners[at] == owners[at - 1] or not _one_number(signs[at - 1], signs[at]):
            continue
        first, last = at - 1, at
        while first > 0 and _one_number(signs[first - 1], signs[first]):
            first -= 1
        while last + 1 < len(signs) and _one_number(signs[last], signs[last + 1]):
            last += 1
        middle = (signs[first].box[0] + signs[last].box[2]) / 2
        nearest = min(range(first, last + 1), key=lambda one: abs(signs[one].box[0] + signs[one].box[2] - 2 * middle))
        owners[first : last + 1] = [owners[nearest]] * (last + 1 - first)


def _one_number(one: Sign, two: Sign) -> bool:
    gap, near = two.box[0] - one.box[2], _TOUCHING * (two.box[3] - two.box[1])
    return one.sign in _NUMBER and two.sign in _NUMBER and two.unit == one.unit + 1 and one.base == two.base and abs(gap) <= near


# ------------------------------------------------------------------------------------------------------------ cells


def text_of(
    frames: list[Frame], signs: list[Sign], owners: list[Owner] | None = None
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


Line = list[Sign]


def _texts(frame: Frame, bags: list[list[Sign]]) -> list[CellText]:
    turns = _turns(bags)
    lines = [lines_of([_turned(sign, turn) for sign in bag] if turn else bag) for bag, turn in zip(bags, turns, strict=True)]
    boxes = [_turned_box(cell.box, turn) for cell, turn in zip(frame.cells, turns, strict=True)]
    padding = _padding(boxes, lines)
    foot = len(frame.rows) - 1
    texts = []
    for cell, box, rows, turn in zip(frame.cells, boxes, lines, turns, strict=True):
        text = CellText(turn=turn)
        if rows:
            _put_cell(rows, box[0] + padding, box[2] - padding, text, cell.row + cell.rows == foot)
        texts.append(text)
    return texts


SAME_BASE = 2.0
_RAISED = 0.5
"""Of two lines that share so much of their height one is raised over the other: m², a note's mark."""


def lines_of(signs: list[Sign]) -> list[Line]:
    """Signs grouped by base line from the top, each line from the left."""
    lines: list[Line] = []
    base = 0.0
    for sign in sorted(signs, key=_by_base):
        here = sign.base
        if lines and here - base <= SAME_BASE:
            lines[-1].append(sign)
        else:
            lines.append([sign])
        base = here
    for line in lines:
        line.sort(key=_by_left)
    if len(lines) > 1:
        lines = list(_with_raised(lines))
    return lines


def _are_level(signs: list[Sign]) -> bool:
    """Whether all signs have one base line, as in most cells."""
    return len({base for _, _, _, base in signs}) < 2


_by_base = itemgetter(Sign._fields.index("base"))
_by_left = itemgetter(Sign._fields.index("box"))
"""A box begins with its left edge; signs of one edge are in the order of their tops."""


def _with_raised(lines: list[Line]) -> Iterator[Line]:
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


def _is_free(one: Line, two: Line) -> bool:
    """Whether no sign of one line stands over a sign of the other."""
    both = sorted([*one, *two], key=_by_left)
    return all(after.box[0] >= before.box[2] - SAME_BASE for before, after in pairwise(both))


UP, DOWN = -1, 1


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
    digits = [box for sign, _, box, _ in signs if sign.isdigit()]
    if digits:
        lying = [top for left, top, right, bottom in digits if right - left > bottom - top > 0]
        if len(lying) * 2 <= len(digits):
            return 0
        return DOWN if sum(two - one for one, two in pairwise(lying)) > 0 else UP
    if _are_level(signs):
        return 0
    climbing = sum(two.base < one.base - SAME_BASE for one, two in pairwise(signs))
    return UP if climbing * 2 > len(signs) - 1 else 0


def _turned(sign: Sign, turn: int) -> Sign:
    """A lying sign as it stands when the page is turned. The base line is taken from the box, since a font has one."""
    box = _turned_box(sign.box, turn)
    return sign._replace(box=box, base=box[3])


def _turned_box(box: Box, turn: int) -> Box:
    left, top, right, bottom = box
    if not turn:
        return box
    return (top, -right, bottom, -left) if turn == DOWN else (-bottom, left, -top, right)


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
_DECIMAL, _REST = re.compile(r"\d\.\d*$"), re.compile(r"\d{1,2}(?![\d.,])")
"""The last digits of a number with a point stand on the next line: nothing else begins with so few."""
_UNIT = re.compile(r"[%％‰]|[万亿]?元|分(?![析类布])")
_NO_NUMBER = re.compile(r"\..*\.|[%％]\d")
_TAIL, _HEAD = re.compile(r"[\d,.%％]*$"), re.compile(r"[\d,.%％]*")
_ASCII = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")


def _padding(boxes: list[Box], lines: list[list[Line]]) -> float:
    """How far the text of a table keeps from its lines: the least that any line keeps."""
    least = _MOST_PADDING
    for box, rows in zip(boxes, lines, strict=True):
        for row in rows:
            before, behind = row[0].box[0] - box[0], box[2] - row[-1].box[2]
            least = before if before < least else least
            least = behind if behind < least else least
    return max(least, 0.0)


def _put_cell(rows: list[Line], left: float, right: float, text: CellText, at_foot: bool) -> None:
    """Fills in the text of a cell whose lines have the room from ``left`` to ``right``; only at the foot of the table may it go on."""
    words = [put_line(rows[0], text.units)]
    slacks = _slacks(rows, left, right) if len(rows) > 1 or at_foot else []
    for (row, below), slack in zip(pairwise(rows), slacks, strict=False):
        between = _between(row, below, slack)
        text.units.extend([row[-1].unit] * len(between))
        words += [between, put_line(below, text.units)]
    text.text = "".join(words)
    text.full = at_foot and slacks[-1] < (1 + _LEEWAY) * _em(rows[-1])


def put_line(line: Line, units: array[int]) -> str:
    """The words of a line; a space where there is a gap, as ``extractor.readers.pdf`` has it, or where one is written."""
    words: list[str] = []
    before, last, edge = "", 0, 0.0
    for sign, unit, (left, top, right, bottom), _ in line:
        # Between Chinese signs a written space says nothing.
        if before and (left - edge > (bottom - top) / 3 or (unit == last + 2 and before in _ASCII and sign in _ASCII)):
            words.append(" ")
            units.append(last)
        words.append(sign)
        units.append(unit)
        before, last, edge = sign, unit, right
    return "".join(words)


def _between(row: Line, below: Line, slack: float) -> str:
    """What stands between two lines of a cell: nothing (or a space between words) if the first was only wrapped, for want of room."""
    words, next_words = "".join([sign for sign, *_ in row]), "".join([sign for sign, *_ in below])
    if words[-1] in _ENDS and _MARK.match(next_words):
        return "\n"
    last_sign = words[-1]
    ends_in_digit = last_sign.isdigit()
    if (ends_in_digit and _UNIT.match(next_words)) or ((ends_in_digit or last_sign == ".") and _DECIMAL.search(words) and _REST.match(next_words)):
        return ""
    torn = ends_in_digit and next_words[0] in _NUMBER
    unit = _FIRST_UNIT.match(next_words)
    # A number is torn only where not one more digit would have found room.
    last = below[0] if torn or not unit else below[min(unit.end(), len(below)) - 1]
    room = last.box[2] - below[0].box[0] + _LEEWAY * _em(row)
    if slack >= room or (torn and not _is_number(words, next_words)):
        return "\n"
    return " " if words[-1] in _ASCII and next_words[0] in _ASCII and not torn else ""


def _is_number(words: str, next_words: str) -> bool:
    """Whether the end of one line and the beginning of the next make one number."""
    tail, head = _TAIL.search(words), _HEAD.match(next_words)
    return not _NO_NUMBER.search((tail[0] if tail else "") + (head[0] if head else ""))


def _em(line: Line) -> float:
    """The width of a Chinese sign in the line."""
    return max([sign.box[2] - sign.box[0] for sign in line])


def _slacks(rows: list[Line], left: float, right: float) -> list[float]:
    """How much room each line leaves in its cell, by the way the lines of the cell are set."""
    right = max([right, *[row[-1].box[2] for row in rows]])
    before, behind = [row[0].box[0] - left for row in rows], [right - row[-1].box[2] for row in rows]
    if all(abs(one - two) <= _EVEN for one, two in zip(before, behind, strict=True)):
        return [one + two for one, two in zip(before, behind, strict=True)]
    return before if max(behind) <= _EVEN < before[-1] else behind  # set to the right, or to the left
