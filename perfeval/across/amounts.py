"""Long amounts of money: those with so many digits that two units seldom have the same by chance."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from extractor.model.exact import Fraction
from extractor.model.figure import Figure

FEWEST_DIGITS = 5
AMOUNT = re.compile(
    r"""
    (?<![\d.,])
    (?P<number> \d[\d,]* (?: \.\d+ )? )  # 1,286.35
    \s?
    (?P<unit> 亿元 | 万元 | 元 )
    """,
    re.VERBOSE,
)
HUNDREDTHS = {"亿元": 10**10, "万元": 10**6, "元": 100}


def significant(value: int) -> int:
    """How many digits a number has without the noughts at its end.

    >>> significant(340570000)
    5
    """
    return len(str(value).rstrip("0"))


def long_amounts(text: str, figures: Iterable[Figure]) -> dict[int, str]:
    """Value in hundredths of a 元 → as printed: of the figures that were read, or of the text where none were."""
    read = [figure for figure in figures if figure.kind == "amount" and figure.number is not None and not figure.doubt and not figure.hedge]
    pairs = [(abs(figure.value) * 100, figure.text) for figure in read] or [
        (Fraction(Decimal(match["number"].replace(",", ""))) * HUNDREDTHS[match["unit"]], match[0]) for match in AMOUNT.finditer(text)
    ]
    whole = {int(value): printed for value, printed in reversed(pairs) if value == int(value)}
    return {value: printed for value, printed in whole.items() if significant(value) >= FEWEST_DIGITS}
