"""The ruling lines of a PDF page: everything straight that is painted along the edges of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import byref, c_float, sizeof
from itertools import repeat
from typing import NamedTuple

from extractor.readers.pdfium import FORM, LINE_TO, MOVE_TO, PATH, Bounds, bounds, painted, pdfium

Shown = Callable[[Sequence[float], Sequence[float]], tuple[list[float], list[float]]]
"""From coordinates of a page (how far right, how far up) to points from the top left corner of the page as it is shown."""

MAX_PARTS = 100_000
"""So many objects of a page are looked at, 50 ms; the densest page of text and rules has some 5000."""
MAX_RULES = 30_000
"""Word draws eight small boxes round a cell: a page of 2000 cells has 16,000. More is a map or a drawing, not a table."""
MAX_SEGMENTS = 100_000
"""The straight pieces and curves of all paths together that are looked at."""
_DEEP = 8
"""Forms within forms; tools that put pages on a sheet go three deep."""

_THIN = 3.0
"""A filled box no thicker than this (in points) is a line; the thickest frame of a table has 2.25."""
_SKEW = 0.5
"""A line that leaves the straight by less than this is meant to be straight."""
_SHORTEST = 1.0
"""Corners that join two borders are smaller, and say nothing that the borders do not say."""
_LINE, _BOX = 2, (4, 5)
"""The number of segments of a line and of a box, closed by itself or by a fifth one."""
_NOWHERE = (0.0, 0.0, 0.0, 0.0)

_Matrix = tuple[float, float, float, float, float, float]


class Rule(NamedTuple):
    """A straight line: level ones stand ``at`` a height and go from left to right, upright ones from top to bottom."""

    level: bool
    at: float
    start: float
    end: float


class _TooMuch(Exception):
    """The page is a drawing, and has no tables."""


def rules_of(page: int, shown: Shown) -> list[Rule]:
    """All ruling lines of a page; none for a page that draws more than any table does."""
    functions = pdfium()
    count = functions["FPDFPage_CountObjects"](page)
    if count > MAX_PARTS:
        return []
    pen = _Pen(shown)
    try:
        pen.follow(list(map(functions["FPDFPage_GetObject"], repeat(page), range(count))))
    except _TooMuch:
        return []
    return pen.rules


class _Pen:
    """Follows what is painted and keeps the ruling lines."""

    def __init__(self, shown: Shown) -> None:
        self.rules: list[Rule] = []
        self.shown = shown
        self.segments = self.parts = 0
        self.point = (c_float * 2)()

    def follow(self, parts: Sequence[int], outer: _Matrix | None = None, depth: int = 0) -> None:
        """Takes the lines of the paths among objects, and of everything in forms; ``outer`` leads from the form to the page."""
        kinds = list(map(pdfium()["FPDFPageObj_GetType"], parts))
        if PATH in kinds:
            self._paths([part for part, kind in zip(parts, kinds, strict=True) if kind == PATH], outer)
        if FORM in kinds and depth < _DEEP:
            for form in [part for part, kind in zip(parts, kinds, strict=True) if kind == FORM]:
                self._form(form, outer, depth)

    def _form(self, form: int, outer: _Matrix | None, depth: int) -> None:
        functions = pdfium()
        count = max(functions["FPDFFormObj_CountObjects"](form), 0)
        self.parts += count
        if self.parts > MAX_PARTS:
            raise _TooMuch
        parts = list(map(functions["FPDFFormObj_GetObject"], repeat(form), range(count)))
        self.follow(parts, _times(_matrix(form), outer), depth + 1)

    def _paths(self, paths: list[int], outer: _Matrix | None) -> None:
        counts = map(pdfium()["FPDFPath_CountSegments"], paths)
        seen = [(part, count, stroked) for part, count, (filled, stroked) in zip(paths, counts, painted(paths), strict=True) if filled or stroked]
        self.segments += sum(count for _, count, _ in seen)
        if self.segments > MAX_SEGMENTS:
            raise _TooMuch
        # Nearly every line is drawn as one of these, and needs one call instead of four a segment.
        square = outer is None or _is_square(outer)
        simple = [(part, count) for part, count, stroked in seen if square and (count == _LINE or (count in _BOX and not stroked))]
        thin = self._thin(bounds([part for part, _ in simple]), outer)
        lines = {part for (part, _), one in zip(simple, thin, strict=True) if one}
        for part, count, _ in seen:
            if len(self.rules) > MAX_RULES:
                raise _TooMuch
            if part not in lines:
                self._trace(part, count, outer)

    def _thin(self, found: list[Bounds | None], outer: _Matrix | None) -> list[bool]:
        """Takes every path whose bounds are as thin as a line as one; which of them are."""
        known = [one or _NOWHERE for one in found]
        if outer is not None:
            known = [(*_moved(left, bottom, outer), *_moved(right, top, outer)) for left, bottom, right, top in known]
        lefts, bottoms = self.shown([one[0] for one in known], [one[1] for one in known])
        rights, tops = self.shown([one[2] for one in known], [one[3] for one in known])
        thin = []
        for there, x0, y0, x1, y1 in zip(found, lefts, bottoms, rights, tops, strict=True):
            width, height = abs(x1 - x0), abs(y1 - y0)
            thin.append(there is not None and (width <= _THIN or height <= _THIN))
            if not thin[-1]:
                continue
            if width >= height:
                self._keep(True, (y0 + y1) / 2, x0, x1)
            else:
                self._keep(False, (x0 + x1) / 2, y0, y1)
        return thin

    def _trace(self, part: int, count: int, outer: _Matrix | None) -> None:
        """Takes the straight segments of a path one by one."""
        functions = pdfium()
        get, kind_of = functions["FPDFPath_GetPathSegment"], functions["FPDFPathSegment_GetType"]
        point, closes = functions["FPDFPathSegment_GetPoint"], functions["FPDFPathSegment_GetClose"]
        matrix = _times(_matrix(part), outer)
        point_at = [byref(self.point, at) for at in (0, sizeof(c_float))]
        segments = [get(part, at) for at in range(count)]
        places = []
        for segment in segments:
            point(segment, *point_at)
            places.append(_moved(self.point[0], self.point[1], matrix))
        begin = before = (0.0, 0.0)
        shown = self.shown([x for x, _ in places], [y for _, y in places])
        for segment, here in zip(segments, zip(*shown, strict=True), strict=True):
            kind = kind_of(segment)
            if kind == MOVE_TO:
                begin = here
            elif kind == LINE_TO:
                self._line(before, here)
            if closes(segment):
                self._line(here, begin)
            before = here

    def _line(self, one: tuple[float, float], two: tuple[float, float]) -> None:
        if abs(one[1] - two[1]) <= _SKEW:
            self._keep(True, (one[1] + two[1]) / 2, one[0], two[0])
        elif abs(one[0] - two[0]) <= _SKEW:
            self._keep(False, (one[0] + two[0]) / 2, one[1], two[1])

    def _keep(self, level: bool, at: float, one: float, two: float) -> None:
        if one > two:
            one, two = two, one
        if two - one >= _SHORTEST:
            self.rules.append(Rule(level, at, one, two))


def _matrix(part: int) -> _Matrix:
    """From the coordinates of an object to those of what it is drawn on."""
    values = (c_float * 6)()
    if not pdfium()["FPDFPageObj_GetMatrix"](part, values):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = values
    return a, b, c, d, e, f


def _times(first: _Matrix, then: _Matrix | None) -> _Matrix:
    if then is None:
        return first
    a, b = first[0] * then[0] + first[1] * then[2], first[0] * then[1] + first[1] * then[3]
    c, d = first[2] * then[0] + first[3] * then[2], first[2] * then[1] + first[3] * then[3]
    e, f = _moved(first[4], first[5], then)
    return a, b, c, d, e, f


def _moved(x: float, y: float, matrix: _Matrix | None) -> tuple[float, float]:
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _is_square(matrix: _Matrix) -> bool:
    """Whether boxes stay boxes: turned by quarters at most."""
    a, b, c, d = (abs(rate) for rate in matrix[:4])
    return max(b, c) < _SKEW / 1000 or max(a, d) < _SKEW / 1000
