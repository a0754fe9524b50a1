"""What a report says in words, held against its figures; what it does throughout; what a wrong figure changes."""

from __future__ import annotations

import pytest

from extractor.read import report_of
from extractor.readers import open_bytes
from verifier.audit import Finding
from verifier.verify import verify

HEAD = "某县水务局2023年度部门整体支出绩效自评报告\n"
INDICATOR = "1.组织培训：该指标预期指标值为大于等于100场，本次评价实际完成值为{}场，该指标权重分值为10分。"


def findings(text: str, rule: str) -> list[Finding]:
    return [finding for finding in verify(report_of(open_bytes((HEAD + text).encode(), "报告.txt"))).findings if finding.rule == rule]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("全年预算数313.87万元，全年支出301.32万元，年末资金全部支付完毕。", "POL-07"),
        ("全年预算数313.87万元，全年支出251.32万元，不存在资金闲置。", "POL-07"),
        (INDICATOR.format(90) + "各项绩效指标均已完成。", "POL-07"),
        ("培训人数由上年的120人增加到100人。", "POL-07"),
        ("重复上访由上年的12件下降到15件。", "POL-07"),
        ("发放调查问卷50份，群众满意度为96.3%。", "PLA-08"),
        ("2023年支出104.50万元，比上年的100.00万元增加4.50万元，增长4.50个百分点。", "RAT-19"),
    ],
)
def test_words_that_the_figures_contradict_are_found(text: str, rule: str) -> None:
    assert findings(text, rule)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("全年预算数313.87万元，全年支出313.87万元，年末资金全部支付完毕。", "POL-07"),
        ("全年预算数313.87万元，全年支出311.32万元，不存在资金闲置。", "POL-07"),
        (INDICATOR.format(100) + "各项绩效指标均已完成。", "POL-07"),
        (INDICATOR.format(90) + "各项绩效指标基本完成。", "POL-07"),
        ("培训人数由上年的100人增加到120人。", "POL-07"),
        ("发放调查问卷50份，群众满意度为96%。", "PLA-08"),
        ("发放调查问卷200份，收回190份，群众满意度为96.32%。", "PLA-08"),  # 183 of 190
        ("办结率由86.20%提高到88.70%，提高2.50个百分点。", "RAT-19"),
        ("2023年支出104.50万元，比上年的100.00万元增加4.50万元，占比提高3.20个百分点。", "RAT-19"),
    ],
)
def test_words_that_the_figures_bear_out_are_left_alone(text: str, rule: str) -> None:
    assert not findings(text, rule)


def test_points_for_per_cent_are_told_as_they_should_be() -> None:
    (finding,) = findings("2023年支出104.50万元，比上年的100.00万元增加4.50万元，增长4.50个百分点。", "RAT-19")
    assert (finding.causes[0].kind, finding.causes[0].suggested) == ("percentage_point", "4.50%")


PROJECTS = (("道路养护", "300.00", "200.00", "66.66"), ("隧道照明", "90.00", "80.00", "88.88"), ("标线施划", "60.00", "52.00", "86.66"))
CUT = "".join(f"{name}预算{plan}万元，支出{spent}万元，执行率{rate}%。" for name, plan, spent, rate in PROJECTS)


def test_digits_that_are_cut_off_throughout_are_said_once() -> None:
    (finding,) = findings(CUT, "RAT-01")
    assert (finding.severity, finding.message) == ("info", "全文3处按截去尾数取数，未四舍五入（66.66%、88.88%、86.66%），口径一致。")


def test_the_one_rate_that_is_rounded_where_others_are_cut_off_is_named() -> None:
    (finding,) = findings(CUT + "绿化预算70.00万元，支出65.00万元，执行率92.86%。", "RAT-01")
    assert finding.severity == "notice"
    assert "92.86%却进了位" in finding.message


def test_a_clause_on_tail_differences_is_quoted() -> None:
    text = "收入合计100.01万元，其中：财政拨款33.33万元、事业收入33.34万元、其他收入33.33万元。注：部分数据因四舍五入，合计数与分项之和存在尾差。"
    (finding,) = findings(text, "REL-01")
    assert finding.severity == "info"
    assert "报告已说明：“" in finding.message


def test_a_rate_of_another_amount_names_it() -> None:
    text = "本年收入合计500.00万元，其中财政拨款420.00万元，事业收入80.00万元。\n本年工作按计划开展。\n资金管理制度健全。\n全年预算数313.87万元，全年支出301.32万元，预算执行率71.74%，结余12.55万元。"
    (finding,) = findings(text, "RAT-01")
    assert finding.causes[0].kind == "wrong_base"
    assert "系以420.00万元为分母计算" in finding.causes[0].explanation


def test_what_a_wrong_rate_changes_is_worked_out_to_the_grade() -> None:
    text = (
        "全年预算数313.87万元，全年支出301.32万元，预算执行率69.00%，结余12.55万元。预算执行率权重10分，得6.90分；产出指标得46.62分，效益指标得24.70分，"
        "满意度指标得10.00分，自评总分88.22分，等级为良。"
    )
    (finding,) = findings(text, "RAT-01")
    assert finding.impact == {"points": "+2.70", "total": "90.92", "grade": "良→优"}
    assert "SCO-01 6.90分相应应为9.60分" in finding.also_at


def test_what_a_wrong_amount_changes_is_money() -> None:
    (finding,) = [f for f in findings("全年预算数313.87万元，全年支出310.32万元，预算执行率96.00%，结余12.55万元。", "BUD-13") if f.severity == "error"]
    assert finding.impact == {"money": "-9.00万元"}
