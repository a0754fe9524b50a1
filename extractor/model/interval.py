"""Every value that a printed figure can stand for, and arithmetic on such ranges."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from typing import TypeVar

from extractor.model.exact import Fraction
from extractor.model.record import record


@record(frozen=True, slots=True)
class Interval:
    """A closed range of exact numbers.

    >>> Interval.around(Fraction(36), Fraction(1, 2)) + 1
    Interval(lo=Fraction(73, 2), hi=Fraction(75, 2))
    """

    lo: Fraction
    hi: Fraction

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        """The range that holds one number only."""
        exact = Fraction(value)
        return cls(exact, exact)

    @classmethod
    def around(cls, value: Fraction, reach: Fraction) -> Interval:
        """All numbers no further than ``reach`` from ``value``."""
        return cls(value - reach, value + reach)

    @staticmethod
    def _of(other: Interval | Fraction | int) -> Interval:
        return other if isinstance(other, Interval) else Interval.point(other)

    def __add__(self, other: Interval | Fraction | int) -> Interval:
        that = other if isinstance(other, Interval) else Interval.point(other)
        return Interval(self.lo + that.lo, self.hi + that.hi)

    __radd__ = __add__

    def __neg__(self) -> Interval:
        return Interval(-self.hi, -self.lo)

    def __sub__(self, other: Interval | Fraction | int) -> Interval:
        return self + (-self._of(other))

    def __rsub__(self, other: Interval | Fraction | int) -> Interval:
        return self._of(other) + (-self)

    def __mul__(self, other: Interval | Fraction | int) -> Interval:
        that = self._of(other)
        if self.lo >= 0 and that.lo >= 0:  # nearly all amounts: half the products
            return Interval(self.lo * that.lo, self.hi * that.hi)
        ends = (self.lo * that.lo, self.lo * that.hi, self.hi * that.lo, self.hi * that.hi)
        return Interval(min(ends), max(ends))

    __rmul__ = __mul__

    def __truediv__(self, other: Interval | Fraction | int) -> Interval:
        """The quotient; ``ZeroDivisionError`` where the divisor may be nought."""
        that = self._of(other)
        if that.lo <= 0 <= that.hi:
            raise ZeroDivisionError("the divisor may be nought")
        if self.lo >= 0 and that.lo > 0:
            return Interval(self.lo / that.hi, self.hi / that.lo)
        return self * Interval(1 / that.hi, 1 / that.lo)

    def __rtruediv__(self, other: Interval | Fraction | int) -> Interval:
        return self._of(other) / self

    def __abs__(self) -> Interval:
        if self.lo >= 0:
            return self
        if self.hi <= 0:
            return -self
        return Interval(Fraction(0), max(-self.lo, self.hi))

    def meets(self, other: Interval) -> bool:
        """Whether one number lies in both ranges."""
        return self.lo <= other.hi and other.lo <= self.hi

    def capped(self, low: Fraction | int, high: Fraction | int) -> Interval:
        """The range with everything outside ``low``…``high`` pushed to its edge."""
        return Interval(
            min(max(self.lo, Fraction(low)), Fraction(high)), min(max(self.hi, Fraction(low)), Fraction(high))
        )


Number = TypeVar("Number", Fraction, Interval)


def add_up(*parts: Number) -> Number:
    """The sum of exact numbers or of ranges; one fraction is made of all, since a sum is what is asked most often."""
    if isinstance(parts[0], Interval):
        return Interval(_added([part.lo for part in parts]), _added([part.hi for part in parts]))
    return _added(parts)


def _added(values: Sequence[Fraction]) -> Fraction:
    bottom = lcm(*[value.denominator for value in values])
    return Fraction(sum([value.numerator * (bottom // value.denominator) for value in values]), bottom)
