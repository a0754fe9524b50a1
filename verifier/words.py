"""How numbers and facts are put into words for the list."""

from __future__ import annotations

from functools import lru_cache

from extractor.model.exact import Fraction
from extractor.model.fields import TITLES, scope_title
from extractor.model.figure import Figure, scale
from extractor.model.interval import Interval
from extractor.model.report import Fact
from verifier.audit import Cause
from verifier.diagnose.blame import Suspect
from verifier.diagnose.repair import Repair


def decimal(value: Fraction, decimals: int) -> str:
    """``value`` with so many decimals, half-up. In whole numbers throughout, since every check prints several.

    >>> decimal(Fraction(2, 3), 2), decimal(Fraction(-1, 200), 2)
    ('0.67', '-0.01')
    """
    top, bottom = value.numerator, value.denominator
    units = (2 * abs(top) * 10**decimals + bottom) // (2 * bottom)
    digits = str(units).zfill(decimals + 1)
    sign = "-" if top < 0 and units else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits


def like(value: Fraction, figure: Figure, more: int = 0) -> str:
    """``value`` (in base units) printed as ``figure`` is: its unit and precision, and ``more`` decimals where it needs them."""
    unit = "%" if figure.kind == "rate" and not figure.unit else figure.unit
    return _printed(value.numerator, value.denominator, unit, figure.decimals, more)


@lru_cache(4096)
def _printed(top: int, bottom: int, unit: str, decimals: int, more: int) -> str:
    plain = Fraction(top, bottom) / scale(unit)
    exact = plain.numerator * 10**decimals % plain.denominator == 0
    return decimal(plain, decimals if exact else decimals + more) + unit


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


SLIPS = {
    "digit_typo": "一位数字有误", "transposition": "两位数字颠倒", "decimal_shift": "小数点错位", "unit_slip": "单位（元、万元）错位",
    "omitted_digit": "漏写一位数字", "extra_digit": "多写一位数字", "rounded": "取成整数",
}  # fmt: skip


def cause_of(repair: Repair) -> Cause:
    """The repair as a possible explanation: which figure, what it would be, and why."""
    suggested = _in_other_unit(repair) if repair.kind == "unit_slip" else like(repair.value, repair.figure)
    return Cause(repair.kind, repair.figure.id, suggested, f"{repair.figure.text}若为{suggested}（{SLIPS[repair.kind]}），各数相符")


def cause_of_suspect(suspect: Suspect) -> Cause:
    """The figure that the relations of the report leave to be wrong, as a possible explanation."""
    figure, new = suspect.figure, suspect.new
    copied = f"可能误用了他处的{suspect.copied.text}" if suspect.copied else ""
    why = SLIPS.get(suspect.kind) or copied
    return Cause(
        suspect.kind or "other_value", figure.id, new.text,
        f"{figure.text}若为{new.text}{f'（{why}）' if why else ''}，{'本项' if suspect.broken else ''}各数相符",
    )  # fmt: skip


def _in_other_unit(repair: Repair) -> str:
    """2089万元 for 2089元 that should be ten thousand times as much: the same number under the unit that was meant."""
    figure = repair.figure
    for unit in ("元", "万元", "亿元"):
        if figure.number is not None and scale(unit) * Fraction(figure.number) == repair.value:
            return decimal(Fraction(figure.number), figure.decimals) + unit
    return like(repair.value, figure)
