"""Charity: what the sentence itself names beside its figures accounts for their difference (合计580万元,二期扣减20万元).

A total, a difference or a score that is off by just what another figure of the sentence says, a rate that holds with that
figure counted in or left out, and a product for so many fewer: the writer told why the figures need not agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from extractor.model.figure import PEOPLE, Figure, base_unit
from extractor.model.interval import add_up
from verifier.diagnose.readings import around
from verifier.judge import Operand, judge

Formula = Callable[..., Any]
ADDED: dict[str, Formula] = {
    "sum": add_up, "difference": lambda a, *others: a - add_up(*others), "balance": lambda *of: add_up(*of[:-1]) - of[-1], "deduction": lambda full, *taken: full - add_up(*taken),
}  # fmt: skip
"""Formulas of sums: what accounts for a gap is as large as the gap."""
RATES: tuple[Formula, ...] = (lambda a, b, c: (a + c) / b, lambda a, b, c: (a - c) / b, lambda a, b, c: a / (b - c), lambda a, b, c: a / (b + c))
"""A share with a third figure counted in or left out, on either side."""
TIMES: tuple[Formula, ...] = (lambda n, p, c: (n - c) * p, lambda n, p, c: (n + c) * p)
FEWEST_DIGITS = 3
"""A rate of fewer digits is given by some third figure of almost any sentence, so that only the bracket behind it is asked."""


def accounted(text: str, figures: Sequence[Figure], formula: str, stated: Figure, operands: Sequence[Figure]) -> Figure | None:
    """The figure of the sentence, none of the relation's own, that accounts for what the relation is off by."""
    near = around(text, figures, stated.start, False)
    for other in near:
        if other.number is None or not other.value or other is stated or other in operands:
            continue
        if any(judge(stated, way, [Operand(figure) for figure in (*operands, other)]).exact for way in _ways(text, formula, stated, operands, other)):
            return other
    return None


def _ways(text: str, formula: str, stated: Figure, operands: Sequence[Figure], other: Figure) -> Iterator[Formula]:
    if formula in ADDED and _alike(stated, other):
        if stated.kind == "points" and operands[0].start < other.start < operands[-1].start:
            return  # 得11分(扣1分): what was taken off one of the parts
        base = ADDED[formula]
        yield lambda *values: base(*values[:-1]) + values[-1]
        yield lambda *values: base(*values[:-1]) - values[-1]
    elif len(operands) == 2 and _alike(operands[0], other) and formula in ("share", "average"):
        if formula == "average" or stated.value == 1 or stated.digits >= FEWEST_DIGITS or _in_bracket_behind(text, stated, other):
            yield from RATES
    elif len(operands) == 2 and _alike(operands[1], other) and formula == "average":
        yield from RATES[2:]
    elif len(operands) == 2 and _alike(operands[0], other) and formula == "product":
        yield from TIMES


def _alike(a: Figure, b: Figure) -> bool:
    return a.kind == b.kind and (base_unit(a.unit) == base_unit(b.unit) or (a.unit in PEOPLE and b.unit in PEOPLE))


def _in_bracket_behind(text: str, stated: Figure, other: Figure) -> bool:
    """Whether ``other`` stands in the bracket that opens right behind ``stated``: 满意度97%(含基本满意6人)."""
    between = text[stated.end : other.start]
    return between.startswith("(") and ")" not in between
