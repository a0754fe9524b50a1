"""Hand-made audits: one report with three figures, two checks and one finding, to be changed as a test needs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.model.figure import Figure
from extractor.model.place import Place
from extractor.model.report import Fact, Indicator, Report, Section, Subject, Unreadable
from verifier.audit import Audit, Cause, Check, Entry, Finding

TEXT = "一、预算执行\n全年预算数313.87万元，全年支出307.27万元，预算执行率79.90%。"
DEPARTMENT = Subject("budget", "department", 2023)


def figure(key: str, words: str, number: str, unit: str, kind: str) -> Figure:
    start = TEXT.index(words)
    place = Place(3, 2, (72.0, 310.204, 110.5, 322.0))
    decimals = len(number.partition(".")[2])
    return Figure(key, words, Decimal(number), unit, decimals, kind, start, start + len(words), place=place)  # type: ignore[arg-type]


@pytest.fixture
def finding() -> Finding:
    return Finding(
        "a1b2c3", "RAT-01", "error", "预算执行率", "经复算，307.27万元/313.87万元＝97.90%，报告列79.90%，请核实。", "79.90%", "97.90%", "-18.00%",
        "全年执行数 ÷ 全年预算数", ("全年执行数÷全年预算数＝97.90%", "全年执行数÷年初预算数＝90.22%"), ("f3", "f2", "f1"), 3, (72.0, 310.2, 110.5, 322.0),
        "一、预算执行", TEXT[7:], "财预〔2020〕10号", (Cause("transposition", "f3", "97.90%", "数字可能颠倒"),), {"points": "-1.80"}, ("RAT-01 第5页 二",),
    )  # fmt: skip


@pytest.fixture
def audit(finding: Finding) -> Audit:
    figures = [
        figure("f1", "313.87万元", "313.87", "万元", "amount"),
        figure("f2", "307.27万元", "307.27", "万元", "amount"),
        figure("f3", "79.90%", "79.90", "%", "rate"),
    ]
    report = Report(
        "县报告.pdf", "ab" * 32, "pdf", 5, title="某县招商局2023年度绩效自评报告", unit_name="某县招商局", fiscal_year=2023, kind="department_report"
    )
    report.text, report.figures, report.sections = TEXT, figures, [Section("一、预算执行", 1, 0, len(TEXT))]
    roles = ("revised_budget", "expenditure_outturn", "execution_rate_revised")
    report.facts = [Fact(role, fig, DEPARTMENT, role, 0) for role, fig in zip(roles, figures, strict=True)]
    report.indicators = [Indicator("指标1", "引进企业数量", 0, 5, 0)]
    check = Check(
        "c1", "RAT-01", "预算执行率", "全年执行数 ÷ 全年预算数", ("f3", "f2", "f1"), "79.90%", "97.90%", ("97.89%", "97.91%"), "四舍五入", "inconsistent"
    )
    ledger = [
        Entry("f1", "revised_budget", "department/2023", "questionable", "与之有关的数字不一致", ("c1",)),
        Entry("f2", "expenditure_outturn", "basic/city/2023", "unchecked", "没有可与之核对的其他数字", ()),
        Entry("f3", "execution_rate_revised", "指标1/2023", "contradicted", "与复算结果不一致", ("c1",)),
    ]
    return Audit(report, "mof_2020_10", [check], [finding], ledger)


@pytest.fixture
def unreadable() -> Audit:
    report = Report("扫描件.pdf", "", "pdf", 0, "unreadable", Unreadable("no_text_layer", "没有文字层，看起来是扫描件，请先做 OCR。"))
    return Audit(report, "mof_2020_10")


@pytest.fixture
def hostile(audit: Audit, finding: Finding) -> Audit:
    """A report whose words try to be formulas, markup and escape sequences."""
    audit.findings = [
        replace(finding, id=str(number), quote=words, message=f"{words}，请核实。", stated=words)
        for number, words in enumerate(("=1+1", "+cmd|'/c calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1", "\x1b[31m红\x1b[0m", "<b>a|b</b>", "半个\udcff字"))
    ]
    return audit
