"""The one figure whose repair by one ordinary slip makes a relation hold, and how likely that is by chance.

Where operands were picked by words and position, that they do not fit proves nothing: another reading may be meant. That
one slip in one figure of them makes the relation hold to the last digit seldom happens by chance, and how seldom can be
worked out: so many slips are possible, and so narrow is the range that the relation leaves to the figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.interval import add_up
from verifier.diagnose.slips import digits_of, shift_into, slips_of

Formula = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Repair:
    """``figure`` printed as ``value`` (base units) makes the relation hold; ``kind`` is the slip.

    ``chance`` is the probability that some figure of a wrong reading could be repaired as easily.
    """

    figure: Figure
    kind: str
    value: Fraction
    chance: Fraction


@dataclass(frozen=True, slots=True)
class _Term:
    """A figure of the relation, and the range (in base units) of what it would have to be."""

    figure: Figure
    low: Fraction
    high: Fraction
    chance: Fraction
    digits: str

    @property
    def chance_of_shift(self) -> Fraction:
        """How likely a shift of the point would bring a figure of a wrong reading into the range."""
        return min(Fraction(1), MOST_SHIFTS * (self.high - self.low + self.figure.step) / self.high) if self.high else Fraction(1)


def repairs(
    stated: Figure, formula: Formula, operands: Sequence[Figure], signs: Sequence[int] | None = None, sign: int = 1,
    limit: Fraction = Fraction(1),
) -> list[Repair]:  # fmt: skip
    """All one-slip repairs of one figure each that are no likelier by chance than ``limit``, the least likely first."""
    signs = signs or [1] * len(operands)
    faces = [figure.value * one for figure, one in zip(operands, signs, strict=True)]
    terms = [_stated_term(stated, formula, faces, sign)]
    terms += [_operand_term(stated, formula, operands, faces, signs, sign, i) for i in range(len(operands))]
    known = sorted((term for term in terms if term), key=lambda term: term.chance)
    return [*_shifts(known, limit), *_slips(known, limit)]


def sum_repairs(stated: Figure, operands: Sequence[Figure], limit: Fraction = Fraction(1)) -> list[Repair]:
    """As ``repairs`` for a plain sum, which is by far the most frequent relation and needs no solving."""
    gap = stated.value - add_up(*[figure.value for figure in operands])
    terms = [_term(stated, stated.value - gap, stated.value - gap)]
    terms += [_term(figure, figure.value + gap, figure.value + gap) for figure in operands]
    known = sorted((term for term in terms if term), key=lambda term: term.chance)
    return [*_shifts(known, limit), *_slips(known, limit)]


def _slips(known: list[_Term], limit: Fraction) -> Iterator[Repair]:
    spent = Fraction(0)
    for term in known:
        spent += term.chance
        if spent > limit:
            return
        step = term.figure.step
        low, high = -(-term.low // step), term.high // step
        hits = [(kind, units) for kind, units in slips_of(term.digits) if low <= units <= high]
        if hits:
            kind, units = min(hits, key=lambda hit: _ORDER.index(hit[0]))
            yield Repair(term.figure, kind, units * step, spent)


def _shifts(known: list[_Term], limit: Fraction) -> Iterator[Repair]:
    hits = [(term.figure, *hit) for term in known if (hit := shift_into(term.figure, term.low, term.high))]
    chance = add_up(*[term.chance_of_shift for term in known]) if hits else limit
    for figure, kind, value in hits if chance <= limit else ():
        yield Repair(figure, kind, value, chance)


MOST_SHIFTS = Fraction(1, 2)
"""Seven values can come of such slips, but what a wrong reading would want lies anywhere within many powers of ten."""


_ORDER = ("digit_typo", "transposition", "omitted_digit", "extra_digit")


def _stated_term(stated: Figure, formula: Formula, faces: list[Fraction], sign: int) -> _Term | None:
    try:
        value = Fraction(formula(*faces)) * sign
    except ZeroDivisionError:
        return None
    return _term(stated, value - stated.step / 2, value + stated.step / 2)


def _operand_term(
    stated: Figure, formula: Formula, operands: Sequence[Figure], faces: list[Fraction], signs: Sequence[int], sign: int, index: int
) -> _Term | None:
    """The range of one operand, found by the secant of a formula that is monotonous in it."""
    figure = operands[index]
    known = _points(formula, faces, index)
    half = stated.step / 2
    ends = [_linear_fractional(*known, (stated.value + way) * sign) for way in (-half, half)] if known else [None]
    if None in ends:
        return None
    low, high = sorted(end * signs[index] for end in ends if end is not None)
    half = figure.step / 2
    return _term(figure, low - half if high - low < figure.step else low, high + half if high - low < figure.step else high)


def solved(formula: Formula, faces: Sequence[Fraction], index: int, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction] | None:
    """The range of one operand for which the formula comes to something from ``low`` to ``high``."""
    known = _points(formula, list(faces), index)
    if known is None:
        return None
    ends = [_linear_fractional(*known, target) for target in (low, high)]
    found = sorted(end for end in ends if end is not None)
    return (found[0], found[1]) if len(found) == 2 else None


def _points(formula: Formula, faces: list[Fraction], index: int) -> tuple[list[Fraction], list[Fraction]] | None:
    """Three values of one operand and what they give.

    Every formula here is linear-fractional in each operand (sums, products, quotients and what is made of them), so that
    three points determine it.
    """
    x = faces[index]
    points = [x, x * 2 + 1, x * 3 + 2]
    try:
        return points, [Fraction(formula(*faces[:index], point, *faces[index + 1 :])) for point in points]
    except ZeroDivisionError:
        return None


def _linear_fractional(x: list[Fraction], y: list[Fraction], target: Fraction) -> Fraction | None:
    """x at ``target`` of y = (a + b·x) ÷ (c + d·x) through three points: linear in x, in 1 ÷ x, or neither."""
    if (direct := _linear(x, y, target)) is not None:
        return direct
    if 0 not in x and (inverse := _linear([1 / point for point in x], y, target)):
        return 1 / inverse
    (x0, x1, x2), (y0, y1, y2) = x, y
    d10, d20 = x1 - x0, x2 - x0
    bottom = x1 * y1 * d20 - x0 * y0 * d20 - x2 * y2 * d10 + x0 * y0 * d10
    if bottom == 0:
        return None
    c = ((y2 - y0) * d10 - (y1 - y0) * d20) / bottom
    b = ((y1 + c * x1 * y1) - (y0 + c * x0 * y0)) / d10
    a = y0 + c * x0 * y0 - b * x0
    return None if b - c * target == 0 else (target - a) / (b - c * target)


def _linear(x: list[Fraction], y: list[Fraction], target: Fraction) -> Fraction | None:
    """x at ``target`` where the three points lie on one line, else ``None``."""
    (x0, x1, x2), (y0, y1, y2) = x, y
    if y1 == y0 or (y1 - y0) * (x2 - x0) != (y2 - y0) * (x1 - x0):
        return None
    return x0 + (target - y0) * (x1 - x0) / (y1 - y0)


def _term(figure: Figure, low: Fraction, high: Fraction) -> _Term | None:
    if high < 0:
        return None
    printed = digits_of(figure.value, figure)
    if printed is None or figure.hedge or figure.doubt:
        return None
    size = len(printed.lstrip("0")) or 1
    possible = 9 * size + size * (size - 1) // 2
    width = max(Fraction(1), (high - low) / figure.step) if low != high else 1
    chance = min(Fraction(1), width * Fraction(possible, 9 * 10 ** (size - 1)))
    return _Term(figure, low, high, chance, printed)


def ranked(found: Sequence[Repair]) -> list[Repair]:
    """One repair a figure, the least likely by chance first."""
    firsts: dict[str, Repair] = {}
    for repair in sorted(found, key=lambda repair: repair.chance):
        firsts.setdefault(repair.figure.id, repair)
    return list(firsts.values())
