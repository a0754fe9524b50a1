"""What a figure may have been meant to be: other prints of it within a range, and the slip of a hand that each would explain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from extractor.model.exact import Fraction
from extractor.model.figure import Figure, scale
from verifier.diagnose.slips import slips_within
from verifier.judge import half_up

MONEY = ("元", "万元", "亿元")
MOST_SHIFTS = 4
"""Places by which a point may slip: 万元 written where 元 stood."""
MOST_STEPS = 40
"""A range of more printed values than this is only searched for slips of single digits."""
Span = tuple[Fraction, Fraction]


def prints(figure: Figure, spans: Iterable[Span], decimals: Iterable[int]) -> Iterator[Figure]:
    """The figure as it would be printed with a value of one of the ranges, the narrowest first."""
    for low, high in sorted(dict.fromkeys(spans), key=lambda span: span[1] - span[0]):
        if figure.kind == "amount":
            yield from _in_other_units(figure, low, high)
        for places in decimals:
            yield from _of_precision(figure, low, high, places)
    yield from _shifted(figure)


def _of_precision(figure: Figure, low: Fraction, high: Fraction, places: int) -> Iterator[Figure]:
    """The middle of the range with so many decimals, and every value of it that one slip could have made what is printed."""
    step = Fraction(1, 10**places) * scale(figure.unit)
    middle = half_up((low + high) / 2, step)
    if (middle >= 0 or figure.value < 0) and low - step / 2 <= middle <= high + step / 2:
        new = reprinted(figure, middle, places)
        if places >= figure.decimals or slip_of(figure, new):
            yield new
    if high - low <= step:
        return
    if (high - low) / step <= MOST_STEPS:
        first = half_up(low, step)
        values = (first + step * count for count in range(MOST_STEPS + 1))
        yield from (new for value in values if 0 <= value <= high and slip_of(figure, new := reprinted(figure, value, places)))
    elif places == figure.decimals:
        yield from (reprinted(figure, value, places) for value in slips_within(figure, low, high))


def _shifted(figure: Figure) -> Iterator[Figure]:
    """The same digits with the point elsewhere: 9790% for 97.90%, 0.979% for 97.9%. A target that was met leaves no range, so all are tried."""
    for places in range(-MOST_SHIFTS, MOST_SHIFTS + 1):
        if places and figure.number:
            yield reprinted(figure, figure.value * Fraction(10) ** places, max(0, figure.decimals - places))


def _in_other_units(figure: Figure, low: Fraction, high: Fraction) -> Iterator[Figure]:
    """The same number under 元, 万元 or 亿元."""
    for unit in MONEY if figure.number is not None else ():
        new = replace(figure, unit=unit, text=figure.text.removesuffix(figure.unit) + unit)
        if unit != figure.unit and figure.unit in (*MONEY, "") and low - new.step / 2 <= new.value <= high + new.step / 2:
            yield new


def reprinted(figure: Figure, value: Fraction, decimals: int) -> Figure:
    """The figure with another value (base units) and so many decimals."""
    units = half_up(value / scale(figure.unit), Fraction(1, 10**decimals)) * 10**decimals
    number = Decimal(int(units)).scaleb(-decimals)
    shown = f"{number:,.{decimals}f}" if "," in figure.text else f"{number:.{decimals}f}"
    return replace(figure, number=number, decimals=decimals, text=shown + figure.unit)


def slip_of(printed: Figure, meant: Figure) -> str:
    """The slip by which ``meant`` could have become what is printed, by the contract's name; empty where no ordinary one does."""
    if printed.number is None or meant.number is None:
        return ""
    if printed.unit != meant.unit:
        return "unit_slip" if printed.number == meant.number else ""
    a, b = (f"{figure.number:.{figure.decimals}f}" for figure in (printed, meant))
    if len(a) == len(b) and (kind := _one_digit(a, b)):
        return kind
    if abs(len(a) - len(b)) == 1 and _one_more(a, b):
        return "omitted_digit" if len(a) < len(b) else "extra_digit"
    if printed.number and a.replace(".", "").strip("0") == b.replace(".", "").strip("0"):
        return "decimal_shift"
    if meant.decimals > printed.decimals and half_up(meant.value, printed.step) == printed.value:
        return "rounded"
    return ""


def _one_digit(a: str, b: str) -> str:
    at = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if any("." in (a[i], b[i]) for i in at):
        return ""
    if len(at) == 1:
        return "digit_typo"
    if len(at) == 2 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]:
        return "transposition"
    return ""


def _one_more(a: str, b: str) -> bool:
    """Whether one is the other with one digit more."""
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)) if longer[i] != ".")
