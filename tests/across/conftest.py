"""Documents of the contract with the figures that a test names."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest


class _Document:
    """One document, figure by figure."""

    def __init__(self) -> None:
        self.figures: list[dict[str, Any]] = []

    def put(self, value: str, unit: str, kind: str) -> dict[str, Any]:
        decimals = max(0, -int(Decimal(value).as_tuple().exponent))
        figure = {"id": f"f{len(self.figures)}", "text": value + unit, "value": value, "unit": unit, "decimals": decimals, "kind": kind}
        self.figures.append(figure)
        return {"figure": figure["id"]}


@pytest.fixture(scope="session")
def document() -> Callable[..., dict[str, Any]]:
    """An entry of the contract: the department's figures in 万元, and indicators as (weight, score)."""

    def make(year: int = 2023, marks: tuple[tuple[str, str], ...] = (), **stated: str) -> dict[str, Any]:
        one = _Document()
        fields = {name: [one.put(value, "万元", "amount")] for name, value in stated.items()}
        indicators = [{"name": f"指标{at}", "weight": one.put(weight, "分", "points"), "score": one.put(score, "分", "points")} for at, (weight, score) in enumerate(marks)]
        report = {"budget": [{"scope": "department", "year": year, "fields": fields}], "indicators": indicators}
        return {"kind": "department_report", "figures": one.figures, "report": report}

    return make
