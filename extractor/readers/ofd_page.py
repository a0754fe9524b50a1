"""What is drawn on a page of an OFD file (GB/T 33190-2016): its signs and its rules, in points from the top left corner."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, pairwise
from math import hypot
from typing import NamedTuple
from xml.etree.ElementTree import Element

from extractor.model.place import Box
from extractor.readers.errors import Refused
from extractor.readers.limits import MAX_EXPANSION

POINT = 72 / 25.4
"""Points in a millimetre, the unit of OFD."""

MAX_SIGNS = 5_000_000
"""The thickest budget books have some 800 pages of 2000 signs."""
MAX_OBJECTS = 5_000_000
"""Files that were printed from PDF have an object for every sign."""
MAX_RULES = 30_000
"""Rules of one page: the densest tables have some 16,000, more is a map or a drawing."""
_MAX_DEPTH = 8
"""Composite objects may be made of composite objects, a hostile one of itself."""
_FAR = 1e6
"""A kilometre from the corner of the page: such a number is a slip or an attack."""


@dataclass(slots=True)
class Allowance:
    """What the file may still ask of us; nested and repeated parts make much out of few bytes."""

    signs: int = MAX_SIGNS
    objects: int = MAX_OBJECTS
    size: int = MAX_EXPANSION

    def take(self, *, signs: int = 0, objects: int = 0, size: int = 0) -> None:
        """``Refused`` as soon as it was too much."""
        self.signs -= signs
        self.objects -= objects
        self.size -= size
        if self.signs < 0 or self.objects < 0 or self.size < 0:
            raise Refused("too_large", size="页面内容过多", limit=f"{MAX_SIGNS} 个字符")


class Sign(NamedTuple):
    """A character with its box and where its base line runs, counted as the box is. Written spaces are signs too."""

    sign: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float


@dataclass(slots=True)
class Drawing:
    """What stands on one page, in the order in which it was written."""

    size: tuple[float, float] = (210 * POINT, 297 * POINT)
    turned: tuple[list[Sign], ...] = field(default_factory=lambda: ([], [], [], []))
    """The signs by how many quarters of a circle clockwise they are turned: first the level ones, which nearly all are.
    Places are those on the page as it looks to a reader who has turned it so that the signs are level."""
    slanted: list[list[Sign]] = field(default_factory=list)
    """Writing at any other slope, such as a water mark, each piece by itself: its signs belong to no line."""
    rules: list[Box] = field(default_factory=list)
    """Level and upright lines; what is a thin bar in the file is one line here."""
    hidden: bool = False
    """Whether some of the text is not to be seen: a scan with the text that OCR found."""
    covered: bool = False
    """Whether one picture takes most of the page."""


Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f, as in PDF: x′ = ax + cy + e, y′ = bx + dy + f."""
_PAGE: Matrix = (POINT, 0, 0, POINT, 0, 0)
UnitOf = Callable[[str], Element | None]
"""The composite unit with that identifier."""


def draw(content: Element, drawing: Drawing, unit_of: UnitOf, allowance: Allowance) -> None:
    """Adds to ``drawing`` what the ``Content`` of a page or of its template shows."""
    for part, around in _objects(content, unit_of, allowance):
        kind = local(part)
        if kind == "TextObject":
            _draw_text(part, around, drawing, allowance)
        elif kind == "PathObject":
            _draw_path(part, around, drawing)
        elif kind == "ImageObject":
            _draw_image(part, around, drawing)


# ------------------------------------------------------------------------------------------------------------ the XML


def local(element: Element) -> str:
    """The name without its namespace: producers write others than the standard's."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, name: str) -> list[Element]:
    """The children of that name; of nothing there are none."""
    return [] if element is None else [part for part in element if local(part) == name]


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    return next(iter(children(element, name)), None)


def number(word: str | None, otherwise: float) -> float:
    """The number that the attribute says, if it says a sensible one."""
    if not word:
        return otherwise
    try:
        found = float(word)
    except ValueError:
        return otherwise
    # Not so either for what is no number at all ("nan").
    return found if -_FAR < found < _FAR else otherwise


def numbers(words: str | None, count: int) -> list[float] | None:
    """So many numbers, or ``None`` where the attribute says anything else."""
    if not words:
        return None
    try:
        found = list(map(float, words.split(None, count)[:count]))
    except ValueError:
        return None
    return found if len(found) == count and all(-_FAR < value < _FAR for value in found) else None


def _says(element: Element, name: str, otherwise: bool) -> bool:
    word = element.get(name)
    if word is None:
        return otherwise
    word = word.strip().lower()
    return word in ("true", "1") if word in ("true", "1", "false", "0") else otherwise


def _objects(content: Element, unit_of: UnitOf, allowance: Allowance) -> Iterator[tuple[Element, Matrix]]:
    """The visible objects in the order in which they are drawn, each with the matrix of what it stands in.

    A stack instead of recursion: blocks may be nested as deep as a hostile file likes.
    """
    stack = [(content, _PAGE, 0)]
    while stack:
        element, around, depth = stack.pop()
        allowance.take(objects=1)
        kind = local(element)
        if not _says(element, "Visible", True):
            continue
        if kind in ("Content", "Layer", "PageBlock"):
            stack.extend((part, around, depth) for part in reversed(list(element)))
        elif kind == "CompositeObject":
            unit = unit_of(element.get("ResourceID") or "") if depth < _MAX_DEPTH else None
            inside = _placed(element, around)
            stack.extend((part, inside, depth + 1) for part in reversed(children(unit, "Content")))
        else:
            yield element, around


def _placed(element: Element, around: Matrix) -> Matrix:
    """From the coordinates of an object to those of the page: its own matrix, then the corner of its boundary."""
    left, top, _, _ = numbers(element.get("Boundary"), 4) or (0, 0, 0, 0)
    a, b, c, d, e, f = numbers(element.get("CTM"), 6) or (1, 0, 0, 1, 0, 0)
    (ra, rb, rc, rd, _, _), (e, f) = around, _at(around, e + left, f + top)
    product = (ra * a + rc * b, rb * a + rd * b, ra * c + rc * d, rb * c + rd * d, e, f)
    return product if around is _PAGE else _kept_near(product)


def _kept_near(matrix: Matrix) -> Matrix:
    """The matrix, kept from growing without end where one composite object stretches another."""
    a, b, c, d, e, f = (max(-_FAR, min(_FAR, value)) for value in matrix)
    return a, b, c, d, e, f


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _draw_image(image: Element, around: Matrix, drawing: Drawing) -> None:
    _, _, width, height = numbers(image.get("Boundary"), 4) or (0, 0, 0, 0)
    if width * around[0] * height * around[3] * 2 > drawing.size[0] * drawing.size[1]:
        drawing.covered = True


# ------------------------------------------------------------------------------------------------------------ text

_USUAL_SIZE = 3.7
"""小五 to 五号, where an object does not say its size."""
_ASCENT, _DESCENT = 0.88, 0.12
"""How far Chinese fonts reach above and below the base line."""
_LEVEL = 0.05
"""A slope of three degrees is a crooked scan, more is meant."""
_ROOM = 0.75
"""So wide may a Latin letter be; what its step has beyond that is a gap."""
_ESCAPED = re.compile(r"\\(?:00[01][0-9A-Fa-f]|0020|00[aA]0|3000)")
"""Spaces and controls in the standard's way of writing them. Others are left: a backslash may be meant."""
_FALSE_BREAK = re.compile("[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029\ufffc]")
"""Signs that would be taken for the end of a line or page, or for a table."""


def _draw_text(text: Element, around: Matrix, drawing: Drawing, allowance: Allowance) -> None:
    matrix = _placed(text, around)
    drawing.hidden = drawing.hidden or _is_hidden(text)
    quarters = _quarters(matrix, number(text.get("CharDirection"), 0))
    size = abs(number(text.get("Size"), _USUAL_SIZE))
    em = size * number(text.get("HScale"), 1)
    x = y = 0.0
    for code in children(text, "TextCode"):
        # A code without X or Y goes on where the one before began.
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        words = _words(code.text or "")
        allowance.take(signs=len(words))
        steps = _steps(words, code, x, y, em)
        if quarters is None:
            drawing.slanted.append([_slanted(matrix, size, *step) for step in steps])
        else:
            drawing.turned[quarters].extend(_level(_turned(matrix, quarters), size, *step) for step in steps)


def _quarters(matrix: Matrix, turn: float) -> int | None:
    """How many quarters clockwise signs are turned; ``None`` for a slope between."""
    a, b = matrix[:2]
    if abs(b) <= _LEVEL * abs(a):
        own = 0 if a >= 0 else 2
    elif abs(a) <= _LEVEL * abs(b):
        own = 1 if b > 0 else 3
    else:
        return None
    return (own + round(turn / 90)) % 4


def _turned(matrix: Matrix, quarters: int) -> Matrix:
    """The matrix for the page that was turned back by so many quarters."""
    for _ in range(quarters):
        a, b, c, d, e, f = matrix
        matrix = b, -a, d, -c, f, -e
    return matrix


def turned_box(box: Box, quarters: int) -> Box:
    """The box on the page as it is shown, of a sign that is turned by so many quarters.

    >>> turned_box((10.0, -50.0, 12.0, -40.0), 1)
    (40.0, 10.0, 50.0, 12.0)
    """
    for _ in range(quarters):
        left, top, right, bottom = box
        box = -bottom, left, -top, right
    return box


def _is_hidden(text: Element) -> bool:
    if text.get("Alpha") == "0" or not (_says(text, "Fill", True) or _says(text, "Stroke", False)):
        return True
    return any(colour.get("Alpha") == "0" for colour in children(text, "FillColor"))


def _words(text: str) -> str:
    """The signs of a code, without the line ends and indents that only lay out the XML."""
    if "\n" in text:
        inside = text.strip()
        before, after = text[: text.find(inside)], text[text.find(inside) + len(inside) :]
        before, after = ("" if "\n" in space else space for space in (before, after))
        text = f"{before}{inside}{after}".replace("\n", "")
    return _FALSE_BREAK.sub(" ", _ESCAPED.sub(" ", text) if "\\" in text else text)


def _steps(words: str, code: Element, x: float, y: float, em: float) -> Iterator[tuple[str, float, float, float]]:
    """Each sign with where it begins, and how wide it is, in the coordinates of its object."""
    across = _deltas(code.get("DeltaX"), len(words) + 1)
    down = _deltas(code.get("DeltaY"), len(words) + 1)
    spaces = _counts_spaces(words, across)
    steps, falls = iter(across), iter(down)
    for sign in words:
        if not spaces and sign.isspace():
            yield sign, x, y, 0.0
            continue
        step = next(steps, None)
        share = _share(sign)
        yield sign, x, y, min(step, em * max(share, _ROOM)) if step and step > 0 else em * share
        # Without steps the standard leaves the signs on one spot, but those who write so mean the font's own steps.
        x += step if step is not None else 0.0 if down else em * share
        y += next(falls, 0.0)


def _deltas(words: str | None, most: int) -> list[float]:
    """The steps from sign to sign; ``g 3 4.2`` stands for three of 4.2.

    >>> _deltas("1 g 3 4.2 2", 10)
    [1.0, 4.2, 4.2, 4.2, 2.0]
    """
    found: list[float] = []
    # Three words a group is the most that so many steps can need.
    listed = iter((words or "").split(None, 3 * most)[: 3 * most])
    for word in listed:
        if word in ("g", "G"):
            times = max(int(number(next(listed, None), 0)), 0)
            step = number(next(listed, None), 0)
            found.extend([step] * min(times, most - len(found)))
        else:
            found.append(number(word, 0))
        if len(found) >= most:
            return found[:most]
    return found


def _counts_spaces(words: str, steps: list[float]) -> bool:
    """Whether the steps count the spaces too, as the standard wants; invoices are known that leave them out."""
    printed = sum(not sign.isspace() for sign in words)
    return len(steps) >= len(words) - 1 or len(steps) not in (printed - 1, printed)


@lru_cache(4096)
def _share(sign: str) -> float:
    """How wide the sign is in most fonts, in parts of the font's size; no font is opened to know it better."""
    if unicodedata.east_asian_width(sign) in "WFA":
        return 1.0
    if sign in "iljtfI.,:;'|!()[]`":
        return 0.33
    if sign in "mwMW%@":
        return 0.9
    return 0.7 if sign.isupper() else 0.5


def _level(matrix: Matrix, size: float, sign: str, x: float, y: float, width: float) -> Sign:
    left, base = _at(matrix, x, y)
    along, height = hypot(matrix[0], matrix[1]), size * hypot(matrix[2], matrix[3])
    return Sign(sign, left, base - _ASCENT * height, left + along * width, base + _DESCENT * height, base)


def _slanted(matrix: Matrix, size: float, sign: str, x: float, y: float, width: float) -> Sign:
    above, below = y - _ASCENT * size, y + _DESCENT * size
    corners = [_at(matrix, x, above), _at(matrix, x + width, above), _at(matrix, x, below), _at(matrix, x + width, below)]
    return Sign(sign, *_bounds(corners), _at(matrix, x, y)[1])


def _bounds(points: Iterable[tuple[float, float]]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


# ------------------------------------------------------------------------------------------------------------ rules

_STRAIGHT = 0.5
"""A line that leaves its direction by no more points is level or upright."""
_THIN = 3.0
"""A filled bar of so many points is a rule, a broader one is the shade of a cell."""
_PATH_WORD = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_NUMBERS_OF = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0, "Z": 0}
_MAX_WORDS = 200_000
"""Words of one path: a frame has twenty."""


def _draw_path(path: Element, around: Matrix, drawing: Drawing) -> None:
    stroked, filled = _says(path, "Stroke", True), _says(path, "Fill", False)
    data = child(path, "AbbreviatedData")
    if data is None or not (stroked or filled):
        return
    matrix = _placed(path, around)
    for line in _lines(data.text or "", matrix):
        if stroked:
            _add(drawing, (_bounds(ends) for ends in pairwise(line)))
        elif line:
            _add(drawing, [_middle(_bounds(line))])


def _add(drawing: Drawing, rules: Iterable[Box]) -> None:
    for left, top, right, bottom in rules:
        thin = min(right - left, bottom - top) <= _STRAIGHT < max(right - left, bottom - top)
        if thin and len(drawing.rules) < MAX_RULES:
            drawing.rules.append((left, top, right, bottom))


def _middle(bar: Box) -> Box:
    """The line along the middle of a thin bar; a broad one and a dot stay as they are, and are no rules then."""
    left, top, right, bottom = bar
    if bottom - top <= _THIN < right - left:
        return left, (top + bottom) / 2, right, (top + bottom) / 2
    if right - left <= _THIN < bottom - top:
        return (left + right) / 2, top, (left + right) / 2, bottom
    return bar


def _lines(data: str, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each unbroken row of straight lines; a curve breaks it."""
    line: list[tuple[float, float]] = []
    begin = (0.0, 0.0)
    for command, values in _commands(data):
        if command in "CZ":
            line.append(begin)
            continue
        end = _at(matrix, *values[-2:])
        if command == "L":
            line.append(end)
            continue
        yield line
        line = [end]
        begin = end if command in "MS" else begin
    yield line


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command of a path with its numbers; what cannot be made out ends the path."""
    words = (match[0] for match in islice(_PATH_WORD.finditer(data), _MAX_WORDS))
    for word in words:
        wanted = _NUMBERS_OF.get(word.upper())
        values = numbers(" ".join(islice(words, wanted)), wanted) if wanted else []
        if wanted is None or values is None:
            return
        yield word.upper(), values
