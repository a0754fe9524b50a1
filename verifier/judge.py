"""The one judge: whether a stated figure agrees with what its operands give.

Nothing else in the project compares, rounds or forgives. The order is the design's: face values, truncation, rounding of
the operands, and only then a contradiction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.interval import Interval
from extractor.model.record import record
from verifier.audit import Verdict
from verifier.diagnose.slips import one_slip_apart

Formula = Callable[..., Any]
CUT_OFF = "截断（未四舍五入）"
WHOLE_POINTS = "得分取整数"
FAR_FOR_ROUNDING = "差异在逐项进位可能的最大范围以内，但远大于通常的尾差"


@record(frozen=True, slots=True)
class Operand:
    """A figure as a formula sees it: its sign (调减 is minus) and every value that it can stand for."""

    figure: Figure
    sign: int = 1
    exact: bool = False
    """True for what is set, not measured (指标值, 分值): it stands for itself and for nothing near it."""

    @property
    def face(self) -> Fraction:
        """The printed value, signed."""
        return self.figure.value if self.sign == 1 else -self.figure.value

    def interval(self, finest: Fraction | None = None) -> Interval:
        """Every value that prints so; with ``finest`` as if it had been printed in steps of that."""
        found = self.figure.interval
        if self.exact and not self.figure.hedge:
            found = Interval.point(self.figure.value)
        elif finest is not None and finest < self.figure.step and found.lo != found.hi and not self.figure.hedge:
            found = Interval.around(self.figure.value, finest / 2)
        return found if self.sign > 0 else -found


@record(frozen=True, slots=True)
class Judgement:
    """The verdict with what it rests on. ``how`` names the reading that reproduces the figure."""

    verdict: Verdict
    recomputed: Fraction | None = None
    how: str = ""
    reason: str | None = None
    formula: Formula | None = None
    operands: tuple[Operand, ...] = ()

    @property
    def interval(self) -> Interval | None:
        """Every value that the formula can take over the roundings of its operands; worked out when it is asked for."""
        return _reach(self.formula, self.operands) if self.formula else None

    @property
    def exact(self) -> bool:
        """Whether the face values give the figure to the last digit, rounded or cut off."""
        return self.verdict == "consistent" or self.how == CUT_OFF

    @property
    def holds(self) -> bool:
        """Whether some lawful reading gives the stated figure."""
        return self.verdict in ("consistent", "rounding")


def half_up(value: Fraction, step: Fraction) -> Fraction:
    """``value`` rounded to a multiple of ``step``, halves away from nought.

    >>> half_up(Fraction(5, 2), Fraction(1))
    Fraction(3, 1)
    """
    return _whole_steps(value, step, 1) * step


def truncated(value: Fraction, step: Fraction) -> Fraction:
    """``value`` cut off (not rounded) at a multiple of ``step``."""
    return _whole_steps(value, step, 0) * step


def _whole_steps(value: Fraction, step: Fraction, half: int) -> int:
    """How many whole steps ``value`` is, halves up if ``half``; in whole numbers, since every check asks it."""
    top, bottom = value.numerator * step.denominator, value.denominator * step.numerator
    whole = (2 * abs(top) + half * bottom) // (2 * bottom)
    return whole if top >= 0 else -whole


def judge(stated: Figure, formula: Formula, operands: Sequence[Operand], sign: int = 1, fine: bool = False) -> Judgement:
    """Holds ``stated`` against ``formula`` of ``operands``: at face value, cut off, and over all roundings.

    ``fine`` is for the cells of a table, where 136 beside 20.25 is 136.00.
    """
    unread = next((o.figure for o in operands if o.figure.number is None), None)
    if stated.number is None or unread is not None:
        broken = stated if stated.number is None else unread
        return Judgement("unchecked", reason=f"“{broken.text if broken else ''}”无法读出数值")
    try:
        found = formula(*[operand.face for operand in operands])
        face = found if isinstance(found, Fraction) else Fraction(found)
    except ZeroDivisionError:
        return Judgement("unchecked", reason="分母为0，无法计算")
    target = stated.value * sign
    if stated.comparator in ("≥", "≤", ">", "<"):
        return _bounded(stated, face, target)
    given = tuple(operands)
    steps = _whole_steps(target, stated.step, 1)  # exact: what is printed is a whole number of its own steps
    if face == target or _whole_steps(face, stated.step, 1) == steps:
        return Judgement("consistent", face, "四舍五入", None, formula, given)
    if _whole_steps(face, stated.step, 0) == steps:
        return Judgement("rounding", face, CUT_OFF, None, formula, given)
    return _over_roundings(stated, formula, given, face, target, sign, fine)


@record(frozen=True, slots=True)
class Way:
    """A lawful reading of a stated figure, so that it can be asked again with another figure in it."""

    formula: Formula
    operands: tuple[Operand, ...]
    fine: bool = False
    whole_points: bool = False
    """Whether whole points may stand for the points that the formula gives."""

    def again(self, stated: Figure, changes: Mapping[str, Figure], sign: int = 1) -> Judgement:
        """The verdict with some figures printed otherwise, by id."""
        operands = [replace(o, figure=changes[o.figure.id]) if o.figure.id in changes else o for o in self.operands]
        found = judge(changes.get(stated.id, stated), self.formula, operands, sign, self.fine)
        if self.whole_points and found.recomputed is not None:
            return whole_points(changes.get(stated.id, stated), found)
        return found


def itself(value: Any) -> Any:
    """The formula of a figure that is said again."""
    return value


def whole_points(stated: Figure, judgement: Judgement) -> Judgement:
    """The verdict on a score, where a whole number may be any honest rounding to it."""
    if stated.decimals or judgement.recomputed is None:
        return judgement
    near = judgement.verdict == "inconsistent" and abs(stated.value - judgement.recomputed) < 1
    if near or (judgement.verdict == "consistent" and judgement.recomputed != stated.value):
        return replace(judgement, verdict="rounding", how=WHOLE_POINTS)
    return judgement


Tried = tuple[Judgement, str, Sequence[Operand]]


def tried(ways: Iterable[Tried]) -> list[Tried]:
    """The judged ways to work a figure out, with label and operands, up to the first that is consistent."""
    found = []
    for way in ways:
        found.append(way)
        if way[0].verdict == "consistent":
            break
    return found


def _bounded(stated: Figure, face: Fraction, target: Fraction) -> Judgement:
    """A figure that is only a bound (超过30%) is confirmed by anything on its side."""
    kept = face >= target if stated.comparator in ("≥", ">") else face <= target
    if kept:
        return Judgement("consistent", face, "界限")
    return Judgement("doubtful", face, reason="只列明界限，且复算值不在界限以内")


def _reach(formula: Formula, operands: Sequence[Operand]) -> Interval | None:
    try:
        found = formula(*(operand.interval() for operand in operands))
    except ZeroDivisionError:
        return None
    return found if isinstance(found, Interval) else Interval.point(found)


def _over_roundings(
    stated: Figure, formula: Formula, operands: tuple[Operand, ...], face: Fraction, target: Fraction, sign: int, fine_only: bool = False
) -> Judgement:
    """Whether rounding of the operands explains the gap; coarse figures are read fine first, then as coarse as printed."""
    finest = min([stated.step, *(operand.figure.step for operand in operands)])
    reach = _reach_fine(formula, operands, finest) if fine_only else _reach(formula, operands)
    printed = stated.interval if sign > 0 else -stated.interval
    if reach is None or not reach.meets(printed):
        if any(o.figure.doubt for o in operands) or stated.doubt:
            return Judgement("doubtful", face, "", "有数字印刷或读取存疑", formula, operands)
        if stated.hedge or any(o.figure.hedge for o in operands):
            return Judgement("doubtful", face, "", "含约数", formula, operands)
        return Judgement("inconsistent", face, "", None, formula, operands)
    if unlikely(stated, operands, face - target):
        return Judgement("doubtful", face, "", FAR_FOR_ROUNDING, formula, operands)
    fine = _reach_fine(formula, operands, finest)
    if fine is not None and fine.meets(printed):
        return Judgement("rounding", face, "进位差（尾差）", None, formula, operands)
    if any(one_slip_apart(stated, value) for value in (face, -face)):
        return Judgement("doubtful", face, "", "只有把保留位数少的数当作取整数才相符，且与复算数只差一处笔误", formula, operands)
    coarse = next((o.figure.text for o in operands if o.figure.step > finest), stated.text)
    return Judgement("rounding", face, f"“{coarse}”只列到该位数", None, formula, operands)


def unlikely(stated: Figure, operands: Sequence[Operand], gap: Fraction) -> bool:
    """Whether a sum of amounts misses by more than three standard deviations of honest rounding.

    An interval alone lets half of the errors in sums of twenty items pass, since all roundings hardly ever go one way.
    """
    steps = [stated.step, *(operand.figure.step for operand in operands)]
    if stated.kind != "amount" or any(o.figure.kind != "amount" for o in operands) or len(set(steps)) > 1:
        return False
    return gap * gap > 9 * len(steps) * steps[0] * steps[0] / 12


def _reach_fine(formula: Formula, operands: Sequence[Operand], finest: Fraction) -> Interval | None:
    if len({operand.figure.kind for operand in operands}) > 1 or operands[0].figure.kind not in ("amount", "points"):
        return _reach(formula, operands)
    try:
        found = formula(*(operand.interval(finest) for operand in operands))
    except ZeroDivisionError:
        return None
    return found if isinstance(found, Interval) else Interval.point(found)
