"""The seed report against truth.md, row by row: what must agree, what must be found, what must be left alone."""

from __future__ import annotations

import pytest

from extractor.model.report import Report
from verifier.audit import Audit
from verifier.verify import verify


@pytest.fixture(scope="module", params=["txt", "pdf"])
def audit(request: pytest.FixtureRequest) -> Audit:
    report: Report = request.getfixturevalue("seed" if request.param == "txt" else "seed_pdf")
    return verify(report)


def test_no_error(audit: Audit) -> None:
    assert [f.message for f in audit.findings if f.severity == "error"] == []


CONSISTENT = [
    # row of truth.md, the printed figures that one consistent check must join
    ("1 下属单位", "CON-06", {"1个"}),
    ("2 处室", "CON-06", {"2个"}),
    ("3 编制", "STF-01", {"21人", "9个", "12个"}),
    ("4 行政在职", "STF-04", {"7人", "9个"}),
    ("5 事业在职", "STF-04", {"8人", "12个"}),
    ("8 项目个数", "CON-01", {"60个"}),
    ("9 到位资金", "CON-01", {"361.77亿元"}),
    ("13 年初预算", "BUD-01", {"340.57万元", "304.57万元", "36万元"}),
    ("14 年初预算重复", "CON-01", {"340.57万元"}),
    ("14 指标二目标", "CON-08", {"340.57万元"}),
    ("15 调整恒等式", "BUD-02", {"313.87万元", "340.57万元", "26.70万元"}),
    ("16 调整率", "RAT-06", {"7.84%", "26.70万元", "340.57万元"}),
    ("18 全年预算重复", "CON-01", {"313.87万元"}),
    ("19 全年支出重复", "CON-01", {"307.27万元"}),
    ("20 执行率", "RAT-01", {"97.90%", "307.27万元", "313.87万元"}),
    ("21 支出分项", "BUD-05", {"307.27万元", "299.06万元", "8.21万元"}),
    ("22 基本支出构成", "BUD-06", {"305.66万元", "282.53万元", "23.13万元"}),
    ("23 基本支出重复", "CON-01", {"299.06万元"}),
    ("24 基本支出执行率", "RAT-01", {"97.84%", "299.06万元", "305.66万元"}),
    ("25 全年预算分项", "BUD-04", {"313.87万元", "305.66万元", "8.21万元"}),
    ("26 项目合计", "BUD-08", {"8.21万元", "1个"}),
    ("26 财力分组", "BUD-15", {"8.21万元"}),
    ("34 执行率得分", "SCO-01", {"9.79分", "97.90%"}),
    ("35 引进企业完成率", "IND-01", {"660%", "33家", "5家"}),
    ("36 年中单调", "IND-14", {"32家", "33家"}),
    ("38 指标二得分", "SCO-04", {"10分", "307.27万元", "340.57万元"}),
    ("40 年中预算", "IND-14", {"148.23万元", "307.27万元"}),
    ("43 项目支出执行率", "IND-01", {"100%"}),
    ("45 指标三得分", "SCO-03", {"7分", "100%"}),
    ("48 到位资金完成率", "IND-01", {"100.49%", "361.77亿元", "360亿元"}),
    ("49 年中到位资金", "IND-14", {"142.8亿元", "361.77亿元"}),
    ("53 良好率得分", "SCO-03", {"15分", "100%", "80%"}),
    ("54 满意度得分", "SCO-03", {"10分", "100%", "95%"}),
    ("57 权重合计", "WGT-01", {"10分", "7分", "6分", "15分"}),
    ("60 综合得分", "SCO-09", {"99.79分", "9.79分", "10分", "7分", "6分", "15分"}),
    ("61 等级", "GRD-01", {"99.79分"}),
]


@pytest.mark.parametrize(("row", "rule", "printed"), CONSISTENT, ids=[row for row, _, _ in CONSISTENT])
def test_a_true_relation_is_a_consistent_check(audit: Audit, row: str, rule: str, printed: set[str]) -> None:
    texts = {figure.id: figure.text for figure in audit.report.figures}

    assert any(check.rule == rule and check.verdict == "consistent" and {texts[f] for f in check.figures} == printed for check in audit.checks), [
        (c.verdict, [texts[f] for f in c.figures]) for c in audit.checks if c.rule == rule
    ]


def test_every_weight_and_score_pair_is_checked(audit: Audit) -> None:
    """Row 59: nine scores no higher than their weights."""
    assert sum(check.rule == "SCO-02" and check.verdict == "consistent" for check in audit.checks) == 9


FINDINGS = [
    # rule, severity, words that the message must hold
    ("POL-01", "notice", ["引进企业数量", "660", "指标设置不合理"]),
    ("IND-06", "notice", ["450亿元", "360亿元", "80.39%", "8.04分", "97.83分"]),
    ("POL-02", "notice", ["项目支出", "36万元", "8.21万元", "-77.19%"]),
    ("IND-15", "warning", ["97.22%", "35.00万元", "8.21万元", "推算疑点"]),
    ("IND-07", "info", ["驻点招商执行率", "未列明年终实际完成值"]),
    ("IND-08", "warning", ["走访企业完成率", "90%", "76家"]),
    ("GPR-03", "info", ["政府采购执行率", "采购"]),
    ("IND-02", "warning", ["预算经费", "97.90%", "313.87万元", "340.57万元", "90.22"]),
    ("BUD-17", "warning", ["上年资金结余"]),
    ("IND-03", "warning", ["660%", "100.49%", "125%", "105.26%"]),
    ("IND-13", "warning", ["服务企业满意度", "受益人员满意度"]),
    ("RAT-07", "warning", ["7.84%", "8.48%", "1.09万元", "27.79万元"]),
    ("POL-06", "notice", ["预算经费", "项目支出预算执行率", "27分"]),
    ("SCO-16", "notice", ["9项", "满分"]),
    ("PLA-05", "info", ["营商环境指标评价良好率", "服务企业满意度"]),
]


@pytest.mark.parametrize(("rule", "severity", "words"), FINDINGS, ids=[rule for rule, _, _ in FINDINGS])
def test_a_point_for_the_bureau_is_found(audit: Audit, rule: str, severity: str, words: list[str]) -> None:
    found = [f for f in audit.findings if f.rule == rule]

    assert [f.severity for f in found] == [severity]
    assert [word for word in words if word not in found[0].message] == []


def test_nothing_that_only_looks_odd_is_found(audit: Audit) -> None:
    """Rows 10 to 12 and 38: homonyms, other populations, a reverse indicator's full marks."""
    about = {audit.report.text[f.start - 6 : f.end] for f in audit.report.figures for x in audit.findings if f.id == x.figures[:1]}
    assert not any("470.13" in words or "60个" in words for words in about)
    assert not any(f.rule in ("SCO-03", "SCO-04", "CON-06", "STF-04") for f in audit.findings)


def test_the_grade_depends_on_the_first_indicator(audit: Audit) -> None:
    """At nought points for 指标一 the total is 89.79: 良."""
    (finding,) = [f for f in audit.findings if f.rule == "POL-01"]
    assert finding.impact["grade"].startswith("优→良")


def test_every_number_is_accounted_for_and_nine_claims_in_ten_are_checked(audit: Audit) -> None:
    claims = [entry for entry in audit.ledger if entry.status != "not_a_claim"]
    checked = [entry for entry in claims if entry.status != "unchecked"]

    assert len(audit.ledger) == len(audit.report.figures)
    assert len(checked) / len(claims) >= 0.9
    assert all(entry.reason for entry in audit.ledger if entry.status not in ("verified",))
