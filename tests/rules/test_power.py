"""The power of a check: what it would have seen, and nothing smaller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.figures import figures
from extractor.model.figure import Figure
from extractor.model.interval import add_up
from verifier.engine import ratio
from verifier.judge import Operand, judge
from verifier.power import smallest_seen
from verifier.words import like


def read(*texts: str) -> list[Figure]:
    return [figures(text)[0] for text in texts]


def power(formula: Callable[..., Any], stated: Figure, operands: list[Figure]) -> str | None:
    found = judge(stated, formula, [Operand(figure) for figure in operands])
    seen = smallest_seen(stated, found, found.interval)
    return None if seen is None else like(seen, stated)


@pytest.mark.parametrize(
    ("formula", "stated", "operands", "expected"),
    [
        (ratio, "97.90%", ("307.27万元", "313.87万元"), "0.01%"),
        (ratio, "59.0%", ("36万元", "61万元"), "1.4%"),  # 57.72% to 60.33% over the roundings of the two
        (ratio, "90%", ("36家", "40家"), "1%"),
        (add_up, "61.02万元", ("10.12万元", "20.34万元", "30.56万元"), "0.02万元"),  # 0.03 would be possible, 0.02 is beyond three deviations
        (add_up, "61万元", ("10.12万元", "20.34万元", "30.56万元"), "1万元"),
        (ratio, "98.90%", ("307.27万元", "313.87万元"), None),  # does not hold
        (ratio, "超过90%", ("307.27万元", "313.87万元"), None),  # only a bound
    ],
)
def test_what_a_check_would_have_seen(formula: Callable[..., Any], stated: str, operands: tuple[str, ...], expected: str | None) -> None:
    assert power(formula, *read(stated), read(*operands)) == expected


@given(part=st.integers(1, 99_999), whole=st.integers(100, 99_999), decimals=st.integers(0, 2), finest=st.integers(0, 2))
def test_a_smaller_error_passes_and_this_one_does_not(part: int, whole: int, decimals: int, finest: int) -> None:
    """Asked of the judge itself: the rate moved by the power is let pass to one side at most, by any step less to both."""
    operands = [Operand(figure) for figure in read(f"{Decimal(part).scaleb(-finest)}万元", f"{Decimal(whole).scaleb(-finest)}万元")]
    rate = Fraction(part, whole) * 100
    stated = read(f"{round(Decimal(rate.numerator) / Decimal(rate.denominator), decimals)}%")[0]
    found = judge(stated, ratio, operands)
    seen = smallest_seen(stated, found, found.interval)
    assert seen is not None and stated.number is not None

    def passes(off: Fraction) -> bool:
        steps = int(off / stated.step)
        return judge(replace(stated, number=stated.number + steps * Decimal(1).scaleb(-decimals)), ratio, operands).verdict != "inconsistent"

    assert not (passes(seen) and passes(-seen))
    less = seen - stated.step
    assert less == 0 or less >= stated.value or (passes(less) and passes(-less))  # a printed nought stands for nothing else
