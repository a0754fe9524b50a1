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

YEARS = """<table><tr><th>收入来源</th><th>2023年</th><th>2022年</th><th>构成</th></tr>
<tr><td>一般公共预算</td><td>1595.33</td><td>1423.19</td><td>87.49%</td></tr><tr><td>政府性基金</td><td>228.06</td><td>251.66</td><td>12.51%</td></tr>
<tr><td>收入合计</td><td>1823.39</td><td>1674.85</td><td>100%</td></tr></table>"""
TOTALS = """<table><tr><th>项目</th><th>年初预算</th><th>调整后预算</th><th>实际支出</th><th>支出进度</th><th>结余</th></tr>
<tr><td>河堤巡护</td><td>284.73</td><td>291.28</td><td>256.33</td><td>88.00%</td><td>34.95</td></tr>
<tr><td>泵站维护</td><td>152.98</td><td>162.16</td><td>149.19</td><td>92.00%</td><td>12.97</td></tr>
<tr><td>合计</td><td>437.71</td><td>453.44</td><td>405.52</td><td>89.43%</td><td>47.92</td></tr></table>"""
SCORES = """<table><tr><th>一级指标</th><th>分值</th><th>得分</th></tr><tr><td>过程</td><td>30</td><td>28</td></tr><tr><td>产出</td><td>70</td><td>62</td></tr><tr><td>合计</td><td>100</td><td>90</td></tr></table>"""


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
        ("2023年一般公共预算比2022年增加172.14万元，政府性基金减少23.60万元。", YEARS),
        ("一般公共预算中的专项收入比2022年增加112.14万元，政府性基金年中调减32.60万元。", YEARS),
        ("政府性基金收入比预算减少26.30万元。", YEARS),
        ("年初预算437.71万元，调整后预算453.44万元，截至10月末实际支出328.47万元，支出进度72.44%。", TOTALS),
        ("年初预算437.71万元，调整后预算453.44万元，实际支出405.52万元，占年初预算的92.65%。", TOTALS),
        ("年初预算437.71万元，调整后预算453.44万元，实际支出405.52万元，目标支出进度95.00%。", TOTALS),
        ("年初预算437.71万元，调整后预算453.44万元，实际支出405.52万元，两个项目平均支出进度90.00%。", TOTALS),
        ("年初预算437.7万元，调整后预算453.4万元，实际支出405.5万元，支出进度89.4%。", TOTALS),
        ("满分100分，自评得分90分，扣10分；过程30分，得28分，得分率93.33%。", SCORES),
        ("满分100分，自评得分90分，扣5分的指标有2项，得分率居全市第3。", SCORES),
        ("产出指标满分70分，得62分，比上年得分率提高1.5个百分点。", SCORES),
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
        ("2023年一般公共预算比2022年增加127.14万元。", YEARS),  # 172.14
        ("年初预算437.71万元，调整后预算453.44万元，实际支出453.44万元，支出进度89.43%。", TOTALS),  # 405.52
        ("年初预算437.71万元，调整后预算453.44万元，实际支出405.52万元，结余47.29万元。", TOTALS),  # 47.92
        ("满分100分，自评得分90分，扣12分。", SCORES),
        ("过程权重30分，得28分，得分率93.93%。", SCORES),  # 93.33%
    ],
)
def test_a_sentence_that_the_table_contradicts_draws_one(sentence: str, table: str) -> None:
    assert errors(sentence, table) != []
