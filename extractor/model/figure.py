"""A number as it was printed, and what it can mean."""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from extractor.model.exact import Fraction
from extractor.model.interval import Interval
from extractor.model.place import Place
from extractor.model.record import record

Kind = Literal["amount", "rate", "points", "count", "date", "year", "ordinal", "document_number", "other"]

CLAIMS: frozenset[str] = frozenset({"amount", "rate", "points", "count"})
"""The kinds that say something which can be true or false."""

MULTIPLES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "亿": 10**8,
    "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2,
}  # fmt: skip
"""The longer words stand before those they begin with."""
FRACTIONS = {
    "成": Fraction(1, 10), "%": Fraction(1, 100), "百分点": Fraction(1, 100), "‰": Fraction(1, 1000), "千分点": Fraction(1, 1000),
}  # fmt: skip
JIAO = Fraction(1, 10)
"""A 角 is a tenth of a 元."""
_WORDS_THAT_BEGIN_LIKE_A_MULTIPLE = ("千克", "千米", "千瓦", "千卡", "千伏")


@cache
def scale(unit: str) -> Fraction:
    """How many base units one ``unit`` is: 万元 is 10,000 元, % is a hundredth."""
    if unit in FRACTIONS:
        return FRACTIONS[unit]
    if unit == "角":
        return JIAO
    if unit.startswith(_WORDS_THAT_BEGIN_LIKE_A_MULTIPLE):
        return Fraction(1)
    for word, times in MULTIPLES.items():
        if unit.startswith(word):
            return Fraction(times)
    return Fraction(1)


@cache
def base_unit(unit: str) -> str:
    """The unit without its multiple: 万元 and 亿元 are both 元.

    >>> base_unit("万元"), base_unit("家"), base_unit("%")
    ('元', '家', '%')
    """
    if unit in FRACTIONS:
        return "%"
    if unit == "角":
        return "元"
    if unit.startswith(_WORDS_THAT_BEGIN_LIKE_A_MULTIPLE):
        return unit
    for word in MULTIPLES:
        if unit.startswith(word):
            return unit[len(word) :]
    return unit


PEOPLE = ("人", "名", "个", "位")
"""编制21人,其中行政编制9个: posts and people are counted in any of these."""
REMEMBERED = 4096
"""A report holds a few hundred figures, and every rule asks for the same ones again."""


@lru_cache(REMEMBERED)
def _value(number: Decimal, unit: str) -> Fraction:
    return Fraction(number) * scale(unit)


@lru_cache(REMEMBERED)
def _step(decimals: int, unit: str) -> Fraction:
    return Fraction(1, 10**decimals) * scale(unit)


@lru_cache(REMEMBERED)
def _interval(number: Decimal, unit: str, decimals: int, exact: bool, hedged: bool) -> Interval:
    value, step = _value(number, unit), _step(decimals, unit)
    if hedged:
        return Interval.around(value, max(abs(value) / 5, step))
    return Interval.point(value) if exact else Interval.around(value, step / 2)


@record(frozen=True, slots=True)
class Figure:
    """One number of the report.

    ``text`` is what was printed, with its unit; ``number`` is ``None`` where it cannot be read (``97..90%``), and
    ``doubt`` then says why. ``start``…``end`` are offsets into the report's text. ``high`` is the upper end of a range
    such as ``2-12个月``. ``masked`` figures (X, *, 20xx) have no number and are no claim.
    """

    id: str
    text: str
    number: Decimal | None
    unit: str
    decimals: int
    kind: Kind
    start: int
    end: int
    comparator: str | None = None
    hedge: str | None = None
    high: Decimal | None = None
    doubt: str | None = None
    why: str | None = None
    """For figures that are no claim: what they are (文号, 日期, 序号 …)."""
    place: Place | None = None
    _value: Fraction | None = field(default=None, init=False, repr=False, compare=False)
    """The value once it was asked for: a figure is asked dozens of times."""

    def __hash__(self) -> int:
        """Ids tell figures apart; the hash of all fields costs ten times as much, and figures are kept in many sets."""
        return hash(self.id)

    def move(self, by: int) -> None:
        """Moves a figure that was just found in a piece of the text to where the piece begins."""
        object.__setattr__(self, "start", self.start + by)
        object.__setattr__(self, "end", self.end + by)

    def typed(self, kind: Kind, unit: str, comparator: str | None) -> Figure:
        """The same number as something else; ``dataclasses.replace`` costs five times as much, and every cell of a table is typed."""
        return Figure(
            self.id, self.text, self.number, unit, self.decimals, kind, self.start, self.end,
            comparator, self.hedge, self.high, self.doubt, self.why, self.place,
        )  # fmt: skip

    def copied(self, key: str, by: int) -> Figure:
        """The figure as it is printed once more, so many signs further on."""
        return Figure(
            key, self.text, self.number, self.unit, self.decimals, self.kind, self.start + by, self.end + by,
            self.comparator, self.hedge, self.high, self.doubt, self.why,
        )  # fmt: skip

    def put(self, place: Place) -> None:
        """Gives a figure that was just found its place, before anyone else holds it; to make it anew costs ten times as much."""
        object.__setattr__(self, "place", place)

    @property
    def value(self) -> Fraction:
        """The number in base units (元, a plain ratio for a rate), exactly as printed."""
        if self._value is None:
            if self.number is None:
                raise ValueError(f"{self.text} has no readable number")
            object.__setattr__(self, "_value", _value(self.number, self.unit))
        return self._value  # type: ignore[return-value]

    @property
    def digits(self) -> int:
        """How many digits are printed, nought before them left out; none where nothing could be read."""
        return len(self.number.as_tuple().digits) if self.number is not None else 0

    @property
    def step(self) -> Fraction:
        """One printed step in base units: 26.70 万元 moves by 100 元."""
        return _step(self.decimals, self.unit)

    @property
    def interval(self) -> Interval:
        """Every value that prints as this figure: half a step either way; counts, whole points and nought are exact."""
        if self.number is None:
            raise ValueError(f"{self.text} has no readable number")
        exact = (self.kind in ("count", "points") and self.decimals == 0 and scale(self.unit) == 1) or self.number == 0
        return _interval(self.number, self.unit, self.decimals, exact, bool(self.hedge))

    @property
    def is_claim(self) -> bool:
        """Whether the figure says something that can be checked."""
        return self.kind in CLAIMS
