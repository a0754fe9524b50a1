"""Which figure an error blames first: the one whose change mends most and breaks least."""

from __future__ import annotations

import pytest

from extractor.read import report_of
from extractor.readers import open_bytes
from verifier.audit import Finding
from verifier.verify import verify

HEAD = "某县水务局2023年度部门整体支出绩效自评报告\n"


def errors(text: str) -> list[tuple[Finding, dict[str, str]]]:
    """The errors of a report, with the printed figures by id."""
    report = report_of(open_bytes((HEAD + text).encode(), "报告.txt"))
    printed = {figure.id: figure.text for figure in report.figures}
    return [(finding, printed) for finding in verify(report).findings if finding.severity == "error"]


def first(text: str) -> tuple[str, str | None]:
    """The figure that the first error blames first, and what it should be."""
    (finding, printed), *_ = errors(text)
    cause = finding.causes[0]
    return printed[cause.figure or ""], cause.suggested


def test_an_outturn_that_rate_and_balance_contradict_is_the_wrong_one() -> None:
    # 313.87 − 307.28 = 6.59; 307.28 ÷ 313.87 = 97.90 %: the outturn 370.28 is wrong, not the rate and not the balance.
    assert first("全年预算数313.87万元，全年支出370.28万元，预算执行率97.90%，年末结转结余6.59万元。") == ("370.28万元", "307.28万元")


def test_a_rate_whose_operands_others_confirm_is_the_wrong_one() -> None:
    # 820.00 + 380.00 = 1200.00 and 1250.00 − 1200.00 = 50.00 hold, 1200.00 ÷ 1250.00 = 96.00 %.
    text = "全年预算数1250.00万元，全年支出1200.00万元，预算执行率69.00%，年末结转结余50.00万元。全年支出中，基本支出820.00万元，项目支出380.00万元。"
    assert first(text) == ("69.00%", "96.00%")


def test_a_part_that_its_own_share_contradicts_is_the_wrong_one() -> None:
    # 820.00 ÷ 1200.00 = 68.33 %, 380.00 ÷ 1200.00 = 31.67 %: 280.00 for 820.00.
    text = "全年支出1200.00万元，其中：基本支出280.00万元，占全年支出的68.33%；项目支出380.00万元，占全年支出的31.67%。"
    assert first(text) == ("280.00万元", "820.00万元")


def test_where_nothing_else_tells_all_candidates_are_named() -> None:
    # 31.00 + 42.00 + 27.00 = 100.00: 37.00 may be 27.00, or the total 110.00.
    (finding, printed), *_ = errors("设备购置31.00万元、维修养护42.00万元、人员培训37.00万元，合计100.00万元。")
    assert {"37.00万元", "100.00万元"} <= {printed[cause.figure or ""] for cause in finding.causes}


@pytest.mark.parametrize(
    ("words", "wrong", "right"),
    [
        ("全年支出307.28万元，预算执行率9790%，年末结转结余6.59万元", "9790%", "97.90%"),
        ("全年支出307.28万元，预算执行率0.9790%，年末结转结余6.59万元", "0.9790%", "97.90%"),
        ("全年支出307.28万元，预算执行率97.909%，年末结转结余6.59万元，其中基本支出200.00万元，占65.09%，项目支出107.28万元，占34.91%", "97.909%", "97.90%"),
        ("全年支出307.28亿元，预算执行率97.90%，年末结转结余6.59万元", "307.28亿元", "307.28万元"),
        ("全年支出30728万元，预算执行率97.90%，年末结转结余6.59万元", "30728万元", "307.28万元"),
    ],
)
def test_what_it_should_be_is_printed_as_the_document_prints_it(words: str, wrong: str, right: str) -> None:
    (finding, printed), *others = errors(f"全年预算数313.87万元，{words}。")
    assert (printed[finding.causes[0].figure or ""], finding.causes[0].suggested) == (wrong, right)
    assert not others


def test_one_wrong_figure_is_one_finding_with_its_consequences_under_it() -> None:
    # 820.00 printed 280.00: the total, the list and the share all fail for it.
    (finding, printed), *others = errors("全年支出1200.00万元，其中：基本支出280.00万元，占全年支出的68.33%；项目支出380.00万元，占全年支出的31.67%。")
    assert printed[finding.causes[0].figure or ""] == "280.00万元"
    assert not others
    assert any(words.startswith("REL-03") for words in finding.also_at)


def test_what_was_worked_out_from_the_wrong_figure_is_named_with_its_value() -> None:
    # The budget of the 专项, 520.38, was added where its outturn belongs; 63 % is of the wrong total.
    text = "预算资金合计4660.90万元，其中专项资金520.38万元，财政资金4140.52万元。全年专项支出316.38万元，财政支出2419.45万元，总支出2939.83万元，预算执行率63.07%。"
    (finding, _), *others = errors(text)
    assert finding.causes[0].suggested == "2735.83万元"
    assert "RAT-01 63.07%相应应为58.70%" in finding.also_at
    assert not others


def test_whole_points_where_points_have_decimals_are_the_wrong_ones() -> None:
    text = "全年预算数313.87万元，全年支出301.32万元，预算执行率96.00%。预算执行率权重10分，得10分；产出指标得48.62分，效益指标得29.10分，满意度指标得10.00分，自评总分97.32分，等级为优。"
    assert first(text) == ("10分", "9.60分")


def test_a_grade_that_the_score_does_not_reach_is_the_wrong_one() -> None:
    (finding, _), *_ = errors("自评总得分59.47分，评价等级为“优”。")
    assert (finding.causes[0].kind, finding.causes[0].figure, finding.causes[0].suggested) == ("wrong_grade", None, "差")


def test_a_long_report_with_ten_errors_is_diagnosed() -> None:
    lines = []
    for number in range(1, 35):
        plan, spent, basic = 100 + 37 * number, 90 + 33 * number, 40 + 11 * number
        project = spent - basic + (9 if number % 3 == 0 else 0)
        lines.append(
            f"第{number}个项目全年预算数{plan}.00万元，全年支出{spent}.00万元，预算执行率{spent / plan:.2%}，年末结转结余{plan - spent}.00万元。"
            f"其中：基本支出{basic}.00万元，占全年支出的{basic / spent:.2%}；项目支出{project}.00万元，占全年支出的{(spent - basic) / spent:.2%}。"
        )  # fmt: skip
    report = report_of(open_bytes((HEAD + "\n".join(lines)).encode(), "报告.txt"))
    audit = verify(report)

    assert len(report.figures) >= 300
    assert audit.count("error") >= 10
    assert all(finding.causes for finding in audit.findings if finding.severity == "error")
