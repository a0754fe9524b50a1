"""Residue of templates: in places that can hold one's own name or year only."""

from __future__ import annotations

import pytest

from perfeval.across import AcrossFinding, Roster, Submission, across

OTHERS = {"青石县水务局": "青石县水务局2023年度部门整体支出绩效自评报告\n", "云岭县种子管理站": "云岭县种子管理站2023年度部门整体支出绩效自评报告\n"}
ROSTER = Roster({"云岭县种子管理站": "云岭县农业农村局"})


def left(text: str, unit: str = "云岭县农业农村局", year: int | None = 2023, before: str | None = None) -> list[AcrossFinding]:
    pile = [Submission("本报告.docx", unit, "", year, text)]
    pile += [Submission(f"{name}.docx", name, "", 2023, other) for name, other in OTHERS.items()]
    if before is not None:
        pile.append(Submission("上年报告.docx", unit, "", 2022, before))
    return [finding for finding in across(pile, ROSTER) if finding.rule == "CON-04" and "本报告.docx" in finding.keys]


@pytest.mark.parametrize(
    "text",
    [
        "青石县水务局2023年度部门整体支出绩效自评报告\n一、概况\n",
        "一、概况\n（一）机构。青石县水务局内设办公室等4个股室。\n",
        "一、概况\n截至2023年末，青石县水务局核定编制30名。\n",
        "2023年，青石县水务局整体支出预算执行率97.90%。\n",
        "部门（单位）名称\n青石县水务局\n",
        "填报单位：青石县水务局\n",
        "1.青石县水务局为县政府工作部门。\n",
    ],
)
def test_another_unit_s_name_where_its_own_belongs(text: str) -> None:
    (finding,) = left(text)

    assert finding.severity == "warning"
    assert "青石县水务局" in finding.message and "本报告.docx" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "与青石县水务局联合开展河道巡查12次。\n",
        "青石县水务局拨付配套资金30万元。\n",
        "参照《青石县水务局内设机构编制方案》执行。\n",
        "云岭县种子管理站内设2个股室，核定编制9名。\n",
        "云岭县农业农村局内设办公室等4个股室。\n",
        "实施单位：青石县水务局\n",
        "项目由青石县水务局内设河湖股承担。\n",
    ],
)
def test_other_units_are_lawfully_named(text: str) -> None:
    assert left(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "云岭县农业农村局2022年度部门整体支出绩效自评报告\n",
        "按照通知要求，对2022年度部门整体支出进行了绩效自评。\n",
        "评价年度：2022年\n",
    ],
)
def test_an_earlier_year_where_this_year_belongs(text: str) -> None:
    (finding,) = left(text)

    assert "2022年" in finding.message


@pytest.mark.parametrize("text", ["2022年支出1389.52万元，2023年比上年增加67.15万元。\n", "2022年度绩效自评结果已在网站公开。\n", "2022年12月立项。\n"])
def test_other_years_are_lawfully_named(text: str) -> None:
    assert left(text) == []


def test_nothing_is_said_where_unit_or_year_is_unknown() -> None:
    assert left("青石县水务局内设4个股室。对2022年度部门整体支出进行了绩效自评。\n", unit="", year=None) == []


def test_last_year_s_sentence_with_last_year_s_figures() -> None:
    sentence = "2022年培训农民1,286人次，发放补助资金318.52万元"
    (finding,) = left(f"一、概况\n{sentence}。\n", before=f"一、成效\n{sentence}。\n")

    assert finding.severity == "notice"
    assert finding.keys == ("本报告.docx", "上年报告.docx")


@pytest.mark.parametrize("sentence", ["2022年支出1,286.35万元，比上年增长318.52万元", "2022年设立", "编制21人、在职15人"])
def test_what_stays_true_may_stay_the_same(sentence: str) -> None:
    assert left(f"{sentence}。\n", before=f"{sentence}。\n") == []
