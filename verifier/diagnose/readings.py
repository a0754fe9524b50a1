"""Charity: other figures near a stated one that give it, whatever the words were taken for.

Before a rate is called wrong, every pair of like figures of its paragraph is tried. A pair that gives the rate to the
last printed digit was the writer's; that we took others is our misreading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from extractor.model.exact import Fraction
from extractor.model.figure import PEOPLE, Figure, base_unit
from verifier.judge import Operand, judge

MOST = 14
"""So many figures of a paragraph are tried, the nearest first: more pairs would fit by chance."""
FEWEST_DIGITS = 3
"""A rate of fewer digits is given by some pair of almost any paragraph, so that only its own sentence is asked."""


@dataclass(frozen=True, slots=True)
class Found:
    """The reading that gives the figure."""

    label: str
    formula: Callable[..., Any]
    operands: tuple[Figure, Figure]


def share(a: Any, b: Any) -> Any:
    """a ÷ b."""
    return a / b


def growth(a: Any, b: Any) -> Any:
    """a ÷ b − 1."""
    return a / b - 1


def decline(a: Any, b: Any) -> Any:
    """1 − a ÷ b."""
    return 1 - a / b


RATIOS: tuple[tuple[str, Callable[..., Any], int, int], ...] = (("两数相除", share, 1, 0),)
CHANGES: tuple[tuple[str, Callable[..., Any], int, int], ...] = (*RATIOS, ("本期÷上期－1", growth, 1, 1), ("1－本期÷上期", decline, -1, 1))
"""Readings of a rate r: its name, its formula, and the a ÷ b that gives it as ``sign`` × r + ``shift``."""


def pair_for_rate(stated: Figure, figures: Sequence[Figure], changed: bool = False, kinds: tuple[str, ...] = ("amount", "count")) -> Found | None:
    """Two like figures of the kinds among ``figures`` that give the rate, those nearest to it first."""
    if stated.number is None:
        return None
    near = sorted((f for f in figures if f.number and f.kind in kinds and f.id != stated.id), key=lambda f: abs(f.start - stated.start))[:MOST]
    known = [(figure, figure.value, (str(figure.kind), base_unit(figure.unit))) for figure in near]
    terms = [(figure, value.numerator, value.denominator, like) for figure, value, like in known]
    for label, formula, sign, shift in CHANGES if changed else RATIOS:
        low, high = sorted((sign * (stated.value - stated.step) + shift, sign * (stated.value + stated.step) + shift))
        for a, b in _within(terms, low, high):
            if judge(stated, formula, [Operand(a), Operand(b)]).exact:
                return Found(label, formula, (a, b))
    return None


THREES: tuple[Callable[..., Any], ...] = (lambda a, b, c: a / (b - c), lambda a, b, c: (a + c) / b, lambda a, b, c: (a - c) / b)
FEWEST_LIKE, MOST_LIKE = 3, 5
"""Of more figures some three give almost any rate."""


def three_for_rate(stated: Figure, figures: Sequence[Figure]) -> bool:
    """Whether three like figures of a sentence give the rate: a part of the base is left out, or two parts are counted."""
    near = [f for f in figures if f.number and f.kind in ("amount", "count") and f.id != stated.id]
    groups: dict[tuple[str, str], list[Figure]] = {}
    for figure in near:
        groups.setdefault((str(figure.kind), "人" if figure.unit in PEOPLE else base_unit(figure.unit)), []).append(figure)
    for group in groups.values():
        if FEWEST_LIKE <= len(group) <= MOST_LIKE:
            for trio in permutations(group, 3):
                if any(judge(stated, formula, [Operand(f) for f in trio]).exact for formula in THREES if trio[1].value > trio[2].value):
                    return True
    return False


_Known = tuple[Figure, int, int, tuple[str, str]]


def _within(terms: list[_Known], low: Fraction, high: Fraction) -> Iterator[tuple[Figure, Figure]]:
    """Pairs whose quotient lies between the bounds; in whole numbers, since there are many."""
    low_top, low_bottom, high_top, high_bottom = low.numerator, low.denominator, high.numerator, high.denominator
    for a, a_top, a_bottom, mine in terms:
        for b, b_top, b_bottom, theirs in terms:
            top, bottom = a_top * b_bottom, a_bottom * b_top
            if bottom < 0:
                top, bottom = -top, -bottom
            if mine == theirs and a is not b and low_top * bottom <= top * low_bottom and top * high_bottom <= high_top * bottom:
                yield a, b


def difference_for(stated: Figure, figures: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """Two like figures whose difference is the stated amount."""
    if stated.number is None:
        return None
    near = [f for f in figures if f.number is not None and f.kind == stated.kind and base_unit(f.unit) == base_unit(stated.unit) and f.id != stated.id]
    values: dict[Fraction, Figure] = {f.value: f for f in near}
    for figure in near:
        other = values.get(figure.value + stated.value)
        if other is not None and other is not figure:
            return other, figure
    return None


def around(text: str, figures: Sequence[Figure], at: int, wide: bool) -> list[Figure]:
    """The figures of the sentence in which ``at`` stands or, if ``wide``, of its paragraph and the one before."""
    if wide:
        start = text.rfind("\n", 0, at)
        start = text.rfind("\n", 0, start) if start > 0 else start
        end = text.find("\n", at)
    else:
        start = max(text.rfind("。", 0, at), text.rfind("\n", 0, at))
        end = min((e for e in (text.find("。", at), text.find("\n", at)) if e >= 0), default=-1)
    end = len(text) if end < 0 else end
    return [figure for figure in figures if start < figure.start < end]


def wide_enough(stated: Figure) -> bool:
    """Whether the rate has digits enough for its whole paragraph to be asked."""
    return stated.digits >= FEWEST_DIGITS
