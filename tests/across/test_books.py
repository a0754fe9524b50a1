"""Subordinate units sum to their department; last year's balance is what this year begins with."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from perfeval.across import AcrossFinding, Roster, Submission, across

Make = Callable[..., dict[str, Any]]
WHOLE, OFFICE, SCHOOL, CENTRE = "云岭县教育局", "云岭县教育局（本级）", "云岭县第一中学", "云岭县考试中心"
ROSTER = Roster({OFFICE: WHOLE, SCHOOL: WHOLE, CENTRE: WHOLE})


def told(pile: list[Submission], rule: str, roster: Roster = ROSTER) -> list[AcrossFinding]:
    return [finding for finding in across(pile, roster) if finding.rule == rule]


def pile(document: Make, budgets: dict[str, str]) -> list[Submission]:
    return [Submission(f"{unit}.docx", unit, "", 2023, "", document(original_budget=value)) for unit, value in budgets.items()]


def test_units_that_do_not_sum_to_their_department(document: Make) -> None:
    (finding,) = told(pile(document, {WHOLE: "1000.00", OFFICE: "300.50", SCHOOL: "500.25", CENTRE: "189.25"}), "ACR-07")

    assert finding.severity == "warning"
    assert "合计990.00万元" in finding.message and "列1000.00万元，相差10.00万元" in finding.message
    assert set(finding.keys) == {f"{unit}.docx" for unit in (WHOLE, OFFICE, SCHOOL, CENTRE)}


def test_a_missing_unit_leaves_the_sum_unsaid(document: Make) -> None:
    assert told(pile(document, {WHOLE: "1000.00", OFFICE: "300.50", SCHOOL: "500.25"}), "ACR-07") == []


def test_without_its_own_office_a_department_may_be_more_than_its_units(document: Make) -> None:
    budgets = {WHOLE: "1000.00", SCHOOL: "500.25", CENTRE: "189.25"}

    assert told(pile(document, budgets), "ACR-07", Roster({SCHOOL: WHOLE, CENTRE: WHOLE})) == []


@given(values=st.lists(st.integers(1, 9_000_000), min_size=3, max_size=3), decimals=st.sampled_from([0, 1, 2]))
def test_an_honest_sum_is_never_told(document: Make, values: list[int], decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    parts = dict(zip((OFFICE, SCHOOL, CENTRE), (f"{Decimal(value).scaleb(-2):.2f}" for value in values), strict=True))
    whole = Decimal(sum(values)).scaleb(-2).quantize(step, rounding="ROUND_HALF_UP")

    assert told(pile(document, {WHOLE: str(whole), **parts}), "ACR-07") == []


def years(document: Make, out: str, into: str) -> list[Submission]:
    return [
        Submission("2022.docx", SCHOOL, "", 2022, "", document(2022, carryover_out=out)),
        Submission("2023.docx", SCHOOL, "", 2023, "", document(2023, carryover_in=into)),
    ]


def test_a_balance_that_changed_over_the_new_year(document: Make) -> None:
    (finding,) = told(years(document, "43.31", "34.31"), "ACR-08")

    assert finding.severity == "notice"
    assert finding.keys == ("2023.docx", "2022.docx")
    assert "相差9.00万元" in finding.message and "财政收回" in finding.message


def test_the_same_balance_in_fewer_decimals_is_the_same(document: Make) -> None:
    assert told(years(document, "43.31", "43.3"), "ACR-08") == []


def test_a_balance_goes_on_from_a_report_that_was_handed_in_the_year_before(document: Make) -> None:
    before, now = years(document, "43.31", "34.31")
    (finding,) = [finding for finding in across([now], ROSTER, before=[before]) if finding.rule == "ACR-08"]

    assert finding.keys == ("2023.docx", "2022.docx")
    assert [finding for finding in across([before], ROSTER, before=[now]) if finding.rule == "ACR-08"] == []
