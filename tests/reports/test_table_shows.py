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

AVAILABLE = (("项目", "上年结转", "年初预算", "年中追加", "收回统筹", "可用资金", "支出"), ("水土保持", "12.40", "310.00", "—", "—", "322.40", "301.15"), ("河道疏浚", "—", "268.50", "35.20", "—", "303.70", "288.90"), ("水库除险", "5.36", "412.00", "21.75", "8.11", "431.00", "420.08"), ("抗旱应急", "31.07", "150.00", "—", "6.25", "174.82", "170.00"))
MONTHS = (("类别", "人数", "补助标准（元/人·月）", "补助月数", "应发金额（元）"), ("孤儿养育", "60", "1200", "12", "864000"), ("重残护理", "415", "80", "12", "398400"), ("高龄津贴", "903", "50", "11", "496650"))
APART = (("指标", "目标", "实际", "相差"), ("巡查次数", "260次", "318次", "58次"), ("培训人数", "417人", "396人", "21人"), ("检查户数", "1204户", "1391户", "187户"))
IN_BRACKETS = (("科目", "预算（万元）", "决算（万元）", "差异（万元）"), ("办公费", "35.40", "31.25", "(4.15)"), ("差旅费", "18.20", "19.62", "1.42"), ("维修费", "27.00", "21.17", "(5.83)"), ("合计", "80.60", "72.04", "(8.56)"))
COUNTIES = (("县区", "口径", "新建（公里）", "投资（万元）"), ("云台", "计划", "24.6", "512.40"), ("", "实际", "23.8", "498.15"), ("", "完成率", "96.75%", "97.22%"), ("清溪", "计划", "31.5", "630.00"), ("", "实际", "31.5", "621.37"), ("", "完成率", "100.00%", "98.63%"), ("合计", "计划", "56.1", "1142.40"), ("", "实际", "55.3", "1119.52"), ("", "完成率", "98.57%", "98.00%"))


def _errors(rows: tuple[tuple[str, ...], ...], printed: str = "", planted: str = "") -> list[str]:
    """The errors in a table of which one cell is changed."""
    html = "<table>" + "".join("<tr>" + "".join(f"<td>{cell.replace('<', '&lt;').replace('>', '&gt;')}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"
    assert html.count(f">{printed}<") == 1 or not printed
    return [finding.message for finding in verify(read(html.replace(f">{printed}<", f">{planted}<") if printed else html)).findings if finding.severity == "error"]


@pytest.mark.parametrize("rows", [CLASSES, TERMS, QUARTERS, CHANGES, CODES, LIMITS, SCORES, AVAILABLE, MONTHS, APART, IN_BRACKETS, COUNTIES], ids=lambda rows: str(rows[0][1]))
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
        (AVAILABLE, "431.00", "413.00"),
        (AVAILABLE, "21.75", "27.15"),
        (MONTHS, "398400", "389400"),
        (APART, "187户", "178户"),
        (IN_BRACKETS, "(5.83)", "(8.53)"),
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
