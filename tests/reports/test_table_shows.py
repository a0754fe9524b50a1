"""What tables show by themselves, and what they may print without being wrong."""

from __future__ import annotations

import io

import openpyxl
import pytest

from extractor.read import report_of
from extractor.readers import open_bytes
from tools.planted_tables import read
from verifier.verify import verify

CLASSES = (("年级", "班级数", "学生数", "平均班额"), ("一年级", "6", "246", "41.0"), ("二年级", "6", "241", "40.2"), ("三年级", "5", "204", "40.8"), ("合计", "17", "691", "40.6"))
TERMS = (("学段", "发放金额（元）", "覆盖学校（所）"), ("春季", "206,000.00", "38"), ("秋季", "199,000.00", "41"), ("冬季", "101,500.00", "40"), ("合计", "506,500.00", "87"))
QUARTERS = (("季度", "累计支出（万元）", "季度支出（万元）"), ("一季度", "486.20", "486.20"), ("二季度", "1,240.65", "754.45"), ("三季度", "2,038.90", "798.25"), ("四季度", "2,603.64", "564.74"))
CHANGES = (("指标", "2022年", "2023年", "同比"), ("游客（万人次）", "1203.7", "2318.9", "增长92.6%"), ("投诉（件）", "1298", "1138", "下降12.3%"), ("收入（亿元）", "308.45", "627.18", "增长103.3%"))
CODES = (("科目编码", "科目名称", "决算数"), ("301", "工资福利支出", "1820.35"), ("30101", "基本工资", "1286.40"), ("30102", "津贴补贴", "214.75"), ("30107", "绩效工资", "319.20"))
LIMITS = (("指标名称", "指标性质", "指标值", "实际完成值", "完成率"), ("人均补贴标准", "<=", "8000元", "7873.31元", "100%"), ("补贴人数", ">=", "260人", "251人", "96.54%"))

SCORES = (("项目", "预算数", "执行数", "自评得分"), ("供水", "212.72", "188.34", "95.45"), ("清淤", "184.16", "131.77", "85.4"), ("监测", "91.54", "86.56", "92.3"), ("合计", "488.42", "406.67", "91.05"))


def _errors(rows: tuple[tuple[str, ...], ...], printed: str = "", planted: str = "") -> list[str]:
    """The errors in a table of which one cell is changed."""
    html = "<table>" + "".join("<tr>" + "".join(f"<td>{cell.replace('<', '&lt;').replace('>', '&gt;')}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"
    assert html.count(f">{printed}<") == 1 or not printed
    return [finding.message for finding in verify(read(html.replace(f">{printed}<", f">{planted}<") if printed else html)).findings if finding.severity == "error"]


@pytest.mark.parametrize("rows", [CLASSES, TERMS, QUARTERS, CHANGES, CODES, LIMITS, SCORES], ids=["means", "shared", "running", "words", "codes", "limits", "scores"])
def test_an_honest_table_is_not_accused(rows: tuple[tuple[str, ...], ...]) -> None:
    assert _errors(rows) == []


@pytest.mark.parametrize(
    ("rows", "printed", "planted"),
    [
        (CLASSES, "40.2", "42.0"),
        (CLASSES, "691", "619"),
        (TERMS, "506,500.00", "560,500.00"),
        (QUARTERS, "2,038.90", "2,083.90"),
        (CHANGES, "增长92.6%", "增长96.2%"),
        (CHANGES, "1138", "1183"),
        (CODES, "214.75", "241.75"),
        (LIMITS, "96.54%", "95.64%"),
        (SCORES, "406.67", "460.67"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_changed_figure_is_seen(rows: tuple[tuple[str, ...], ...], printed: str, planted: str) -> None:
    assert _errors(rows, printed, planted)


def test_a_table_below_another_on_one_sheet_has_heads_of_its_own() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (*LIMITS, ("三年支出对比（万元）",), ("项目", 2021, 2022, "合计"), ("基本支出", 120.5, 130.25, 250.75), ("项目支出", 80, 90.5, 170.5), ("合计", 200.5, 220.75, 421.25)):
        book.active.append(row)
    book.save(out := io.BytesIO())
    report = report_of(open_bytes(out.getvalue(), "a.xlsx"))

    assert {("200.5", ("120.5", "80")), ("421.25", ("200.5", "220.75"))} <= {(relation.stated.text, tuple(figure.text for figure in relation.operands)) for relation in report.relations}
    assert not [finding for finding in verify(report).findings if finding.severity == "error"]
