"""The ordinary slips of a hand: one digit wrong, two swapped, one dropped or added, the point moved, the unit mistaken."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractor.model.exact import Fraction
from extractor.model.figure import Figure, scale

FEWEST_DIGITS = 3
"""Of shorter numbers almost any other is one slip away, so that nothing follows from it."""


def digits_of(value: Fraction, figure: Figure) -> str | None:
    """The digits of ``value`` as ``figure`` would print it, without the point; ``None`` where it would not print exactly."""
    unit = scale(figure.unit)  # in whole numbers, since every doubt about a sum asks it of each of its terms
    units, rest = divmod(value.numerator * unit.denominator * 10**figure.decimals, value.denominator * unit.numerator)
    return None if rest or units < 0 else str(units)


def one_slip_apart(figure: Figure, target: Fraction) -> bool:
    """Whether ``figure`` is ``target`` with one ordinary slip. Equal numbers are no slip apart.

    The shorter of the two is filled with noughts in front, so that 8.21 and 18.21 differ by one digit.
    """
    if not figure.number or target <= 0:
        return False  # a nought says that there is nothing; it is no misprint
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


@lru_cache(512)
def slips_of(printed: str) -> tuple[tuple[str, int], ...]:
    """Every number that one slip of a digit could have turned into ``printed``, with the kind of slip, in printed steps.

    Kinds are those of the contract's ``causes``: ``digit_typo``, ``transposition``, ``omitted_digit``, ``extra_digit``.
    """
    found: dict[int, str] = {}
    for kind, units in _variants(printed):
        found.setdefault(units, kind)
    found.pop(int(printed), None)
    return tuple((kind, units) for units, kind in found.items())


def slips_behind_the_point(figure: Figure) -> Iterator[tuple[str, Fraction]]:
    """What a figure was if a digit behind its point was dropped or doubled: 141.9 was 141.19, 62.663 was 62.63."""
    printed, places = digits_of(figure.value, figure), figure.decimals
    if printed is None or not places or figure.kind == "points":
        return
    whole = printed.zfill(places + 1)
    at = len(whole) - places
    seen = {whole}
    for i in range(at, len(whole)):
        if (shorter := whole[:i] + whole[i + 1 :]) not in seen and places > 1:
            seen.add(shorter)
            yield "extra_digit", int(shorter) * figure.step * 10
        for digit in "0123456789":
            if (longer := whole[:i] + digit + whole[i:]) not in seen and longer != whole + "0":
                seen.add(longer)
                yield "omitted_digit", int(longer) * figure.step / 10


SHIFTS = (("decimal_shift", 10, 1), ("decimal_shift", 1, 10), ("decimal_shift", 1, 100), ("decimal_shift", 100, 1), ("unit_slip", 10000, 1), ("unit_slip", 1, 10000))
"""How a point or a unit slips: the kind, and times what over what the printed value would be right."""


def shift_into(figure: Figure, low: Fraction, high: Fraction) -> tuple[str, Fraction] | None:
    """The shifted point or mistaken unit whose undoing brings the figure between ``low`` and ``high`` (base units), to its last digit then."""
    for kind, times, over in (SHIFTS if figure.kind == "amount" else SHIFTS[:4]) if figure.value else ():
        value, half = figure.value * times / over, figure.step * times / over / 2
        if low - half <= value <= high + half:
            return kind, value
    return None


def slip_between(figure: Figure, value: Fraction) -> str:
    """The slip by which ``value`` (base units) could have become what is printed; empty where no ordinary one does."""
    units, printed = value / figure.step, digits_of(figure.value, figure)
    if units.denominator == 1 and printed is not None:
        for kind, meant in slips_of(printed):
            if meant == units:
                return kind
    return next((kind for kind, times, over in SHIFTS if figure.value * times == value * over and (kind != "unit_slip" or figure.kind == "amount")), "")


def slips_within(figure: Figure, low: Fraction, high: Fraction) -> Iterator[Fraction]:
    """Every value between ``low`` and ``high`` (base units) that one slip of a digit could have turned into what is printed."""
    printed = digits_of(figure.value, figure)
    for _, units in slips_of(printed) if printed is not None else ():
        if low <= units * figure.step <= high:
            yield units * figure.step


def _variants(printed: str) -> Iterator[tuple[str, int]]:
    size, number = len(printed), int(printed)
    digits = [int(sign) for sign in printed]
    places = [10 ** (size - 1 - i) for i in range(size)]
    for i in range(size):
        for digit in range(1 if i == 0 and size > 1 else 0, 10):
            if digit != digits[i]:
                yield "digit_typo", number + (digit - digits[i]) * places[i]
    for i in range(size):
        for j in range(i + 1, size):
            if digits[i] != digits[j] and not (i == 0 and not digits[j]):
                yield "transposition", number + (digits[j] - digits[i]) * (places[i] - places[j])
    for i in range(size + 1):
        place = 10 ** (size - i)
        head, tail = divmod(number, place)
        for digit in range(1 if i == 0 else 0, 10):
            yield "omitted_digit", (head * 10 + digit) * place + tail
    for i in range(size if size > 1 else 0):
        head, tail = divmod(number, places[i])
        yield "extra_digit", head // 10 * places[i] + tail
