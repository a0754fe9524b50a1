"""The ordinary slips of a hand: one digit wrong, two swapped, one dropped or added, the point moved, the unit mistaken."""

from __future__ import annotations

from fractions import Fraction

from extractor.model.figure import Figure, scale

FEWEST_DIGITS = 3
"""Of shorter numbers almost any other is one slip away, so that nothing follows from it."""


def digits_of(value: Fraction, figure: Figure) -> str | None:
    """The digits of ``value`` as ``figure`` would print it, without the point; ``None`` where it would not print exactly."""
    units = value / scale(figure.unit) * 10**figure.decimals
    if units.denominator != 1 or units < 0:
        return None
    return str(units.numerator)


def one_slip_apart(figure: Figure, target: Fraction) -> bool:
    """Whether ``figure`` is ``target`` with one ordinary slip. Equal numbers are no slip apart.

    The shorter of the two is filled with noughts in front, so that 8.21 and 18.21 differ by one digit.
    """
    if figure.number is None or target < 0:
        return False
    printed, meant = digits_of(figure.value, figure), digits_of(target, figure)
    if printed is None or meant is None or printed == meant:
        return False
    if max(len(printed), len(meant)) < FEWEST_DIGITS:
        return False
    return _substituted(printed, meant) or _swapped(printed, meant) or _dropped(printed, meant) or _shifted(figure, target)


def _substituted(a: str, b: str) -> bool:
    width = max(len(a), len(b))
    return sum(x != y for x, y in zip(a.zfill(width), b.zfill(width), strict=True)) == 1


def _swapped(a: str, b: str) -> bool:
    if len(a) != len(b):
        return False
    at = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]


def _dropped(a: str, b: str) -> bool:
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) != len(shorter) + 1:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _shifted(figure: Figure, target: Fraction) -> bool:
    if target == 0:
        return False
    return abs(figure.value / target) in (10, 100, 10000, Fraction(1, 10), Fraction(1, 100), Fraction(1, 10000))
