"""Sentences beside tables: what is found where they contradict each other, and what honest reports may write."""

from __future__ import annotations

import pytest

from extractor.read import report_of
from extractor.readers import open_bytes
from verifier.verify import verify

INDICATORS = """<table><tr><th>一级指标</th><th>二级指标</th><th>三级指标</th><th>年度指标值</th><th>实际完成值</th><th>分值</th><th>得分</th></tr>
<tr><td>产出指标</td><td>数量指标</td><td>更换智能水表</td><td>9600只</td><td>10248只</td><td>50</td><td>50</td></tr>
<tr><td>效益指标</td><td>社会效益</td><td>供水投诉件数</td><td>150件</td><td>168件</td><td>50</td><td>44.64</td></tr></table>"""
SPENDING = """<table><tr><th>项目</th><th>年初预算数</th><th>全年执行数</th></tr>
<tr><td>人员经费支出</td><td>1861.30</td><td>1842.65</td></tr><tr><td>公用经费支出</td><td>221.95</td><td>218.94</td></tr>
<tr><td>合计</td><td>2083.25</td><td>2061.59</td></tr></table>"""


def errors(sentence: str, table: str) -> list[str]:
    """The rules of the errors in a page with a sentence and a table (amounts in 万元)."""
    page = f"<h1>某市水务局2023年度部门整体支出绩效自评报告</h1><p>{sentence}</p><p>单位：万元</p>{table}"
    return [finding.rule for finding in verify(report_of(open_bytes(page.encode(), "a.html"))).findings if finding.severity == "error"]


@pytest.mark.parametrize(
    ("sentence", "table"),
    [
        ("更换智能水表10248只，比目标多648只，超额6.75%。", INDICATORS),
        ("更换智能水表10248只，更换普通水表512只，比目标多12只。", INDICATORS),  # off the target of the second, which no table has
        ("供水投诉件数168件，比目标多18件。", INDICATORS),
        ("人员经费支出1842.65万元，比年初预算减少18.65万元。", SPENDING),
        ("人员经费支出调整预算1862.30万元。", SPENDING),
        ("人员经费支出1862.30万元。", SPENDING),  # one digit from the first column, but perhaps of a column that the table lacks
    ],
)
def test_an_honest_sentence_draws_no_error(sentence: str, table: str) -> None:
    assert errors(sentence, table) == []


@pytest.mark.parametrize(
    ("sentence", "table"),
    [
        ("更换智能水表10248只，比目标多684只。", INDICATORS),  # 10248 − 9600 = 648
        ("人员经费支出1842.65万元，比年初预算减少16.85万元。", SPENDING),  # 1861.30 − 1842.65 = 18.65
        ("人员经费支出1824.65万元。", SPENDING),  # 1842.65
    ],
)
def test_a_sentence_that_the_table_contradicts_draws_one(sentence: str, table: str) -> None:
    assert errors(sentence, table) != []
