"""The ordinary slips of a hand: one digit wrong, two swapped, one dropped or added, the point moved, the unit mistaken."""

from __future__ import annotations

from collections.abc import Iterator
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
    return len(at) == 2 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]


def _dropped(a: str, b: str) -> bool:
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) != len(shorter) + 1:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _shifted(figure: Figure, target: Fraction) -> bool:
    if target == 0:
        return False
    return abs(figure.value / target) in (10, 100, 10000, Fraction(1, 10), Fraction(1, 100), Fraction(1, 10000))


def slips_of(figure: Figure) -> list[tuple[str, Fraction]]:
    """Every value that one ordinary slip could have turned into what was printed, with the kind of slip.

    Kinds are those of the contract's ``causes``: ``digit_typo``, ``transposition``, ``omitted_digit``, ``extra_digit``,
    ``decimal_shift``, ``unit_slip``.
    """
    printed = digits_of(figure.value, figure)
    if printed is None:
        return []
    found: dict[int, str] = {}
    for kind, units in _variants(printed):
        found.setdefault(units, kind)
    found.pop(int(printed), None)
    step = scale(figure.unit) / 10**figure.decimals
    slips = [(kind, units * step) for units, kind in found.items()]
    if figure.value:
        slips += [("decimal_shift", figure.value / 10), ("decimal_shift", figure.value / 100), ("decimal_shift", figure.value * 100)]
        if figure.kind == "amount":
            slips += [("unit_slip", figure.value * 10000), ("unit_slip", figure.value / 10000)]
    return slips


def _variants(printed: str) -> Iterator[tuple[str, int]]:
    size = len(printed)
    for i in range(size):
        for digit in "0123456789":
            if digit != printed[i] and not (i == 0 and digit == "0" and size > 1):
                yield "digit_typo", int(printed[:i] + digit + printed[i + 1 :])
    for i in range(size):
        for j in range(i + 1, size):
            if printed[i] != printed[j] and not (i == 0 and printed[j] == "0"):
                yield "transposition", int(printed[:i] + printed[j] + printed[i + 1 : j] + printed[i] + printed[j + 1 :])
    for i in range(size + 1):
        for digit in "0123456789":
            if not (i == 0 and digit == "0"):
                yield "omitted_digit", int(printed[:i] + digit + printed[i:])
    for i in range(size if size > 1 else 0):
        yield "extra_digit", int(printed[:i] + printed[i + 1 :])
