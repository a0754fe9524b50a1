"""Ids of findings: of the unit, the rule and the fact, so that they outlive a correction elsewhere in the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.model.report import Report
from verifier.verify import verify

ROOT = Path(__file__).resolve().parents[2]
DEMO = next((ROOT / "fixtures" / "demo").glob("*.txt")).read_text(encoding="utf-8").translate(str.maketrans("（）：，", "():,"))
Make = Callable[[str], Report]


def ids(make: Make, text: str) -> dict[str, str]:
    return {finding.id: finding.rule for finding in verify(make(text)).findings}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("一、部门概况\n", "一、部门概况\n本单位按要求开展自评,现将2023年情况报告如下。另有工作人员3名参加。\n\n"),
        ("3.成本指标:亩均补助标准不超过1500元,实际1480元,得10分。\n", ""),
        ("2198.42", "2198.42"),
        ("种植业股、", ""),
    ],
    ids=["a paragraph before", "an indicator less", "nothing", "a word less"],
)
def test_what_is_changed_elsewhere_changes_no_id(report_of_text: Make, old: str, new: str) -> None:
    assert ids(report_of_text, DEMO.replace(old, new)) == ids(report_of_text, DEMO)


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("RAT-01", "预算执行率99.92%", "预算执行率98.92%"),
        ("BUD-05", "项目支出1,035.77万元", "项目支出1,043.77万元"),
        ("REL-04", "下降7.91%", "下降7.19%"),
        ("IND-01", "完成率106.4%", "完成率106.40%"),
    ],
)
def test_another_wrong_figure_for_a_wrong_one_keeps_the_id(report_of_text: Make, rule: str, old: str, new: str) -> None:
    before, after = ids(report_of_text, DEMO), ids(report_of_text, DEMO.replace(old, new))
    assert [key for key, code in before.items() if code == rule and key in after]


def test_findings_of_one_rule_and_fact_have_ids_of_their_own(report_of_text: Make) -> None:
    text = DEMO + "四、另述\n全年预算数2,356.78万元,全年支出2,340.12万元,预算执行率97.35%。\n"
    found = [finding for finding in verify(report_of_text(text)).findings if finding.rule == "RAT-01"]
    assert len({finding.id for finding in found}) == len(found) > 1
