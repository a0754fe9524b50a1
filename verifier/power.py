"""How much a check can see: the smallest error in the stated figure that it would not have let pass."""

from __future__ import annotations

from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.interval import Interval
from verifier.judge import Judgement, truncated, unlikely


def smallest_seen(stated: Figure, judgement: Judgement, reach: Interval | None, sign: int = 1) -> Fraction | None:
    """The least that ``stated`` could have been printed off, to either side, for the judge not to find a lawful reading.

    In base units, a whole number of the figure's own steps. ``reach`` is every value that the formula gives over the roundings of its
    operands. ``None`` where the check did not hold, or where what was printed is only a bound.
    """
    if reach is None or not judgement.holds or judgement.recomputed is None:
        return None
    step, target = stated.step, stated.value * sign
    printed = stated.interval if sign > 0 else -stated.interval
    up, down = _steps_past(reach.hi - printed.lo, step), _steps_past(printed.hi - reach.lo, step)
    cut_off = (truncated(judgement.recomputed, step) - target) / step  # nought, or one step towards nought
    up, down = max(up, int(cut_off) + 1), max(down, int(-cut_off) + 1)
    return step * next((k for k in range(1, min(up, down)) if _noticed(stated, judgement, target, k * step)), min(up, down))


def _steps_past(room: Fraction, step: Fraction) -> int:
    """The first whole number of steps that is more than ``room``, and one at least."""
    return max(1, room.numerator * step.denominator // (room.denominator * step.numerator) + 1)


def _noticed(stated: Figure, judgement: Judgement, target: Fraction, off: Fraction) -> bool:
    """Whether a sum that far off to one side is more than honest rounding makes, though each rounding could."""
    assert judgement.recomputed is not None
    gap = judgement.recomputed - target
    return unlikely(stated, judgement.operands, gap - off) or unlikely(stated, judgement.operands, gap + off)
