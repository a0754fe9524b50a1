"""The workbook, read back by another library."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from perfeval.render import xlsx
from verifier.audit import Audit

SHEETS = ("问题清单", "勾稽核查表", "数字台账", "说明")


def opened(*audits: Audit) -> openpyxl.Workbook:
    out = io.BytesIO()
    xlsx.write(list(audits), out)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def test_the_list_has_the_columns_of_a_bureau_and_room_for_the_answer(audit: Audit, unreadable: Audit) -> None:
    first, second = rows(opened(audit, unreadable)["问题清单"])
    assert (first["等级"], first["规则编号"], first["报告数"], first["复算数"], first["差额"]) == ("错误", "RAT-01", "79.90%", "97.90%", "-18.00%")
    assert first["预算单位"] == "某县招商局"
    assert first["反馈情况"] is first["复核结论（销号/退回）"] is None
    assert "另见：RAT-01 第5页" in str(first["位置"])
    assert (second["规则编号"], second["等级"]) == ("no_text_layer", "错误")
    assert "扫描件" in str(second["核查意见"])


def test_checks_and_ledger_hold_everything(audit: Audit) -> None:
    book = opened(audit)
    (check,) = rows(book["勾稽核查表"])
    assert (check["判断"], check["所涉数字"]) == ("不一致", "79.90%、307.27万元、313.87万元")
    first, second, third = rows(book["数字台账"])
    assert (first["数值"], first["范围"], first["核查项"]) == (313.87, "部门整体（2023年）", "RAT-01")
    assert second["范围"] == "基本支出、市级资金（2023年）"
    assert (third["范围"], third["状态"]) == ("指标1 引进企业数量（2023年）", "矛盾")
    assert book["数字台账"]["C4"].number_format == "0.00"


def test_notes_name_files_versions_and_what_was_not_read(audit: Audit, unreadable: Audit) -> None:
    words = "\n".join(str(cell) for row in opened(audit, unreadable)["说明"].iter_rows(values_only=True) for cell in row)
    for expected in ("perfeval 0", "mof_2020_10", "县报告.pdf", "abab", "no_text_layer", "退回修改"):
        assert expected in words


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_prints_on_a4_one_page_wide(audit: Audit, name: str) -> None:
    sheet = opened(audit)[name]
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (True, 1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.freeze_panes, bool(sheet.auto_filter.ref)) == ("A2", True)
    assert "&P" in sheet.oddFooter.center.text
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    assert sum(column.width for column in sheet.column_dimensions.values()) < 280


def test_severity_reads_without_colour(audit: Audit) -> None:
    cell = opened(audit)["问题清单"]["H2"]
    assert (cell.value, cell.font.b, cell.font.u) == ("错误", True, "single")


def test_no_cell_is_a_formula(hostile: Audit) -> None:
    book = opened(hostile)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {"=1+1", "-2+3", "@SUM(A1)"} <= {cell.value for cell in cells}
    assert all(cell.quotePrefix for cell in cells if cell.value == "=1+1")


def test_the_same_audits_give_the_same_bytes(audit: Audit) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    xlsx.write([audit], first)
    xlsx.write([audit], second)
    assert first.getvalue() == second.getvalue()


def test_an_empty_pile_and_a_clean_report_make_a_workbook(audit: Audit) -> None:
    audit.findings = []
    assert opened().sheetnames == list(SHEETS)
    assert rows(opened(audit)["问题清单"]) == []
