"""The same unusual set of figures in two units."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval.across import AcrossFinding, Roster, Submission, across
from perfeval.across.amounts import long_amounts


def same(texts: dict[str, str], roster: Roster | None = None) -> list[AcrossFinding]:
    pile = [Submission(f"{unit}.docx", unit, "", 2023, text) for unit, text in texts.items()]
    return [finding for finding in across(pile, roster or Roster()) if finding.rule == "ACR-02"]


UNUSUAL = "收入12,345.67万元，支出11,987.43万元，其中工资8,765.21万元、设备2,143.96万元、差旅费318.52万元。"


def test_a_set_of_long_amounts_in_two_units_is_found() -> None:
    (finding,) = same({"云岭县教育局": UNUSUAL, "青石县水务局": "全年" + UNUSUAL})

    assert finding.severity == "notice"
    assert finding.keys == ("云岭县教育局.docx", "青石县水务局.docx")
    assert "12,345.67万元" in finding.message and "共同实施" in finding.message


def test_the_unit_of_money_does_not_matter() -> None:
    yuan = "收入123,456,700元，支出119,874,300元，工资87,652,100元，设备21,439,600元，差旅费3,185,200元。"

    assert len(same({"云岭县教育局": UNUSUAL, "青石县水务局": yuan})) == 1


def test_common_numbers_do_not_count() -> None:
    text = "预算100万元，支出10.00万元，补助5,000.00元，采购200.00万元，奖励12.50万元，差旅费30.00万元，培训费8.00万元。"

    assert same({"云岭县教育局": text, "青石县水务局": text}) == []


def test_amounts_of_many_units_are_a_standard_of_the_season() -> None:
    assert same({f"第{at}县教育局": UNUSUAL for at in range(5)}) == []


def test_a_department_repeats_the_figures_of_its_units() -> None:
    assert same({"云岭县教育局": UNUSUAL, "云岭县第一中学": UNUSUAL}, Roster({"云岭县第一中学": "云岭县教育局"})) == []


def test_one_or_two_equal_amounts_are_chance() -> None:
    other = "收入12,345.67万元，支出11,987.43万元，其中工资1.01万元。"

    assert same({"云岭县教育局": UNUSUAL, "青石县水务局": other}) == []


@given(st.lists(st.integers(100_000, 9_999_999), min_size=30, max_size=60, unique=True), st.integers(0, 2))
@settings(max_examples=25, deadline=None)
def test_chance_gives_no_finding_by_few_equal_amounts(values: list[int], shared: int) -> None:
    """Whatever the amounts are, so few of them in both reports are no set."""
    half = len(values) // 2
    rows = {"云岭县教育局": values[: half + shared], "青石县水务局": values[half:]}

    assert same({unit: "".join(f"支出{value / 100:.2f}万元，" for value in row) for unit, row in rows.items()}) == []


def test_amounts_are_kept_as_printed() -> None:
    assert long_amounts("支出1,286.35万元，其中3.5万元、第12.34页。", ()) == {1_286_350_000: "1,286.35万元"}
