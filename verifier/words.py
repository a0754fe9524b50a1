"""How numbers and facts are put into words for the list."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from extractor.model.fields import TITLES, scope_title
from extractor.model.figure import Figure, scale
from extractor.model.interval import Interval
from extractor.model.report import Fact
from verifier.judge import half_up, truncated


def decimal(value: Fraction, decimals: int) -> str:
    """``value`` with so many decimals, half-up.

    >>> decimal(Fraction(2, 3), 2)
    '0.67'
    """
    rounded = half_up(value, Fraction(1, 10**decimals))
    number = Decimal(rounded.numerator) / Decimal(rounded.denominator)
    return f"{number:.{decimals}f}"


def like(value: Fraction, figure: Figure, more: int = 0) -> str:
    """``value`` (in base units) printed as ``figure`` is: its unit and precision, and ``more`` decimals."""
    unit = "%" if figure.kind == "rate" and not figure.unit else figure.unit
    plain = value / scale(unit)
    exact = truncated(plain, Fraction(1, 10**figure.decimals)) == plain
    return decimal(plain, figure.decimals + (0 if exact else more)) + unit


def span(interval: Interval | None, figure: Figure) -> tuple[str, str] | None:
    """The two ends of a range in the figure's unit."""
    if interval is None:
        return None
    return like(interval.lo, figure, 2), like(interval.hi, figure, 2)


def fact_title(fact: Fact) -> str:
    """部门整体全年预算数, 基本支出执行率 … as a person would say it."""
    title = TITLES.get(fact.field, fact.field)
    if fact.subject.kind == "indicator":
        return f"{fact.cue}{title}"
    if fact.subject.kind == "budget" and fact.subject.name != "department":
        names = [scope_title(part) for part in fact.subject.name.split("/")]
        return f"{'、'.join(names)}{title}"
    return title
