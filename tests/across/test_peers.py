"""Reports that stand apart from their peers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.across import AcrossFinding, Submission, across
from perfeval.across.peers import FEWEST_PEERS

Make = Callable[..., dict[str, Any]]
HONEST = (("20", "20"), ("20", "19"), ("20", "18"), ("20", "20"), ("20", "17"))


def apart(documents: list[dict[str, Any]], rule: str) -> list[AcrossFinding]:
    pile = [Submission(f"{at:03d}.docx", f"第{at}县教育局", "", 2023, "", document) for at, document in enumerate(documents)]
    return [finding for finding in across(pile) if finding.rule == rule]


@pytest.mark.parametrize(
    "rule, stated, words",
    [
        ("ACR-05", {"revised_budget": "1000.00", "expenditure_outturn": "382.00"}, "预算执行率为38.20%"),
        ("ACR-06", {"original_budget": "1000.00", "revised_budget": "5200.00"}, "预算调整率为420.00%"),
    ],
)
def test_an_extreme_rate_is_told_with_its_peers(document: Make, rule: str, stated: dict[str, str], words: str) -> None:
    peers = [document(original_budget="1000.00", revised_budget=f"10{at:02d}.00", expenditure_outturn=f"9{at + 50}.00") for at in range(30)]
    (finding,) = apart([*peers, document(**stated)], rule)

    assert finding.severity == "info"
    assert words in finding.message and "中位数" in finding.message and "030.docx" in finding.message


def test_one_indicator_that_weighs_half(document: Make) -> None:
    odd = document(marks=(("60", "58"), ("10", "9"), ("10", "9"), ("10", "9"), ("10", "9")))
    (finding,) = apart([*[document(marks=HONEST)] * 25, odd], "ACR-04")

    assert "60.00%" in finding.message


def test_full_marks_are_told_where_they_are_seldom(document: Make) -> None:
    full = document(marks=(("20", "20"),) * 5)

    assert len(apart([*[document(marks=HONEST)] * 25, full], "ACR-03")) == 1
    assert apart([*[document(marks=HONEST)] * 25, *[full] * 20], "ACR-03") == []


def test_few_peers_say_nothing(document: Make) -> None:
    peers = [document(revised_budget="1000.00", expenditure_outturn="980.00")] * (FEWEST_PEERS - 2)

    assert apart([*peers, document(revised_budget="1000.00", expenditure_outturn="1.00")], "ACR-05") == []


@given(st.lists(st.integers(9000, 10000), min_size=20, max_size=60))
@settings(max_examples=30, deadline=None)
def test_at_most_one_in_fifty_stands_apart(document: Make, spent: list[int]) -> None:
    documents = [document(revised_budget="100.00", expenditure_outturn=f"{value / 100:.2f}") for value in spent]

    assert len(apart(documents, "ACR-05")) <= 2 * max(1, len(spent) // 50)
