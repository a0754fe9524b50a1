"""Whatever a table holds, reading and verifying it never fails, and no digit of it is lost."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.read import report_of
from extractor.readers import open_bytes
from verifier.verify import verify

WORDS = st.sampled_from(
    [
        "", "—", "/", "项目名称", "年度资金总额", "其中：财政拨款", "其他资金", "年初预算数", "全年预算数（A）", "全年执行数（B）", "执行率（B/A）", "分值", "得分",
        "一级指标", "三级指标", "指标性质", "指标值", "度量单位", "实际完成值", "完成率", "产出指标（50分）", "合计", "小计", "总分", "序号", "一、基本支出", "1、人员", "（C）=（A）-（B）",
        "≥", "≤90%", "=100%", "万元", "%", "优", "0", "0.00", "10", "100", "313.87", "97.90%", "1,248.60", "-5", "2023", "9 7.90%", "5千", "3.2亿元", "≥12场", "13场", "25.5元/人",
        "全年执行307.27万元，执行率97.90%。", "项目资金（万元）", "中央", "市级", "数量", "单价", "备注",
    ]
)  # fmt: skip
SPAN = st.sampled_from([1, 1, 1, 1, 2, 3, 9])
CELL = st.tuples(WORDS, SPAN, SPAN)
TABLE = st.lists(st.lists(CELL, min_size=1, max_size=7), min_size=1, max_size=9)


def page(rows: list[list[tuple[str, int, int]]]) -> str:
    cells = ("".join(f'<td rowspan="{down}" colspan="{across}">{words}</td>' for words, down, across in row) for row in rows)
    return "<h1>项目支出绩效自评表</h1><p>单位：万元</p><table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLE)
def test_any_table_is_read_to_the_end_and_no_digit_is_lost(rows: list[list[tuple[str, int, int]]]) -> None:
    report = report_of(open_bytes(page(rows).encode(), "表.html"))
    audit = verify(report)
    assert [f.message for f in audit.findings if "运行出错" in f.message] == []
    printed = "".join(re.findall(r"\d", "".join(words for row in rows for words, _, _ in row)))
    assert "".join(re.findall(r"\d", report.text)) == printed
    inside = "".join(report.text[figure.start : figure.end] for figure in report.figures)
    assert len(re.findall(r"\d", inside)) <= len(printed)
    assert all(report.text[figure.start : figure.end].strip() for figure in report.figures)
    assert [figure.start for figure in report.figures] == sorted(figure.start for figure in report.figures)
