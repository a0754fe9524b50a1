"""问题清单.xlsx, read back by another library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from perfeval.store.records import AcrossReports, Remark
from perfeval.store.writer import Pile
from tests.letters.conftest import ERROR, HOSTILE, PILE, STAKE, WARNING, document

Make = Callable[..., Path]
SHEETS = ["首页", "问题清单", "报告一览", "按规则统计", "按部门统计", "无法读取", "报送情况", "报告之间", "发函清单", "说明"]


def opened(out: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(out / "问题清单.xlsx")


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def test_findings_stand_by_department_unit_report_and_severity(made: Make) -> None:
    book = opened(made(PILE))
    found = rows(book["问题清单"])
    assert [(row["预算部门"], row["预算单位"], row["等级"]) for row in found][:3] == [
        ("教育局", "第一中学", "错误"), ("教育局", "第一中学", "疑点"), ("教育局", "第一中学", "说明"),
    ]  # fmt: skip
    first = found[0]
    assert (first["规则编号"], first["报告数"], first["复算数"], first["整改期限"], first["文件"]) == ("RAT-01", "59.00%", "95.00%", "5个工作日", "教育局/第一中学/报告.docx")
    assert [row["序号"] for row in found] == list(range(1, len(found) + 1))
    assert book.sheetnames == SHEETS


@pytest.mark.parametrize("name", SHEETS[1:])
def test_every_list_is_frozen_filtered_and_one_page_wide(made: Make, name: str) -> None:
    sheet = opened(made(PILE))[name]
    assert (sheet.freeze_panes, bool(sheet.auto_filter.ref)) == ("A2", True)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == ("landscape", 1, 0)


def test_the_cover_counts_and_puts_what_may_change_its_grade_first(made: Make) -> None:
    only_points = {**STAKE, "impact": {"points": "-20.00"}}
    book = opened(made({**PILE, "水务局/水闸所/报告.docx": document(8, [only_points])}))
    cover = [[cell for cell in row if cell is not None] for row in book["首页"].iter_rows(values_only=True)]
    counts = {str(row[0]): row[1] for row in cover[1:12]}
    assert (counts["文件"], counts["单位"], counts["错误"], counts["疑点"]) == (9, 7, 1, 3)
    assert counts["日期"] == "2024年5月6日"
    assert (counts["等级可能变化"], counts["分数可能变化"], counts["列出综合得分"]) == (2, 3, 6)
    head = next(number for number, row in enumerate(cover) if len(row) > 2 and row[1] == "预算部门")
    assert [row[0] for row in cover[head + 1 : head + 3]] == ["优→良", "优→良"]
    assert "89.02～97.50" in cover[head + 1]
    assert "77.50～97.50" in cover[head + 3]


def test_statistics_have_native_charts(made: Make) -> None:
    book = opened(made(PILE))
    by_rule = rows(book["按规则统计"])
    assert {row["规则"]: (row["单位数"], row["合计"]) for row in by_rule} == {
        "IND-05": (3, 3), "IND-04": (1, 2), "SCO-01": (2, 2), "RAT-01": (1, 1), "SCO-16": (1, 1),
    }  # fmt: skip
    departments = {row["预算部门"]: (row["单位数"], row["文件数"], row["错误"], row["无法读取"]) for row in rows(book["按部门统计"])}
    assert departments == {"教育局": (3, 4, 1, 1), "水务局": (2, 3, 0, 0), "未分部门": (1, 1, 0, 1)}
    assert [len(book[name]._charts) for name in ("按规则统计", "按部门统计")] == [1, 1]


def test_files_that_were_not_read_have_their_reason_in_words(made: Make) -> None:
    assert [(row["文件"], row["原因"], bool(row["说明和办法"])) for row in rows(opened(made(PILE))["无法读取"])] == [("慢.pdf", "超时", True), ("教育局/第三中学/附表.xlsx", "有密码", True)]


def test_what_the_pile_shows_stands_on_sheets_of_its_own(made: Make) -> None:
    pair = AcrossReports("a1", "ACR-01", "warning", "雷同", "两份报告有相同的段落。", ("甲/1.docx", "乙/2.docx"), ("甲局", "乙局"), (("甲/1.docx", "反复整改后才通过"),))
    late = Remark("应报未报", "教育局", "第九中学", "报送材料中没有这个单位的文件。")
    book = opened(made(PILE, pile=Pile([pair], [late])))
    assert [(row["类别"], row["预算单位"]) for row in rows(book["报送情况"])] == [("应报未报", "第九中学")]
    (row,) = rows(book["报告之间"])
    assert (row["等级"], row["规则编号"], row["单位"], row["原文摘录"]) == ("疑点", "ACR-01", "甲局\n乙局", "甲/1.docx：反复整改后才通过")


def test_every_unit_stands_on_the_list_of_letters_with_its_letter_or_the_reason(made: Make) -> None:
    sent = {row["预算单位"]: (row["反馈函"], row["不发函的原因"]) for row in rows(opened(made(PILE))["发函清单"])}
    assert sent["第一中学"] == ("反馈函/教育局/第一中学.docx", None)
    assert sent["第二中学"] == (None, "没有需要回复的事项")
    assert len(sent) == 6


def test_what_a_notice_covers_is_marked(made: Make) -> None:
    out = made({f"局/单位{number:02}/报告.docx": document(number, [WARNING, ERROR] if number == 0 else [WARNING]) for number in range(10)})
    book = opened(out)
    assert {(row["规则编号"], row["共性问题"]) for row in rows(book["问题清单"])} == {("IND-05", 1), ("RAT-01", None)}
    assert rows(book["发函清单"])[1]["不发函的原因"] == "全部事项见《共性问题通报》第1条"


def test_no_cell_is_a_formula(made: Make) -> None:
    book = opened(made({f"{HOSTILE.replace('/', '')}/=1+1/报告.docx": document(1, [{**ERROR, "message": HOSTILE, "stated": "=1+1"}])}))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_an_empty_run_makes_a_workbook(made: Make) -> None:
    book = opened(made({}))
    assert book.sheetnames == SHEETS
    assert rows(book["问题清单"]) == []
