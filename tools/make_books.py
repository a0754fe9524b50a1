"""Writes fixtures/books: the ledger and the roster of an invented county, as a bureau keeps them."""

from __future__ import annotations

from pathlib import Path

import openpyxl

PLACE = Path(__file__).resolve().parent.parent / "fixtures" / "books"
HEADS = ("序号", "单位名称", "主管部门", "年度", "年初预算数", "全年预算数", "支出决算数", "其中：基本支出", "项目支出", "“三公”经费", None, "年末结转结余", "人均支出")
ROWS = (
    (1, "云岭县农业农村局", "云岭县农业农村局", 2023, 2005.60, 2356.78, 2340.12, 1286.35, 1053.77, 12.50, 9.86, 16.66, 16.46),
    (2, "云岭县教育局（本级）", "云岭县教育局", 2023, 500.00, 520.00, 510.00, 400.00, 110.00, 3.00, 2.50, 10.00, 12.75),
    (3, "云岭县第一中学", "云岭县教育局", 2023, 1185.60, 1300.00, 1290.40, 1000.00, 290.40, 1.00, 0.80, 9.60, 10.75),
    (4, "云岭县发改局", "云岭县发展和改革局", 2023, 301.20, 322.05, 320.11, 250.11, 70.00, 2.00, 1.90, 1.94, 13.91),
)  # fmt: skip
ROSTER = (
    ("单位代码", "单位名称", "主管部门", "简称", "应报"),
    ("101001", "云岭县农业农村局", "云岭县农业农村局", "县农业局", "是"),
    ("102001", "云岭县教育局", "云岭县教育局", "", "是"),
    ("102002", "云岭县第一中学", "云岭县教育局", "县一中", "否"),
    ("103001", "云岭县发展和改革局", "云岭县发展和改革局", "", "是"),
)  # fmt: skip


def ledger() -> None:
    """决算.xlsx: merged heads in two rows, the unit of money above them, a total below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "部门决算"
    sheet["A1"], sheet["A2"] = "云岭县2023年度部门决算汇总表", "金额单位：万元"
    sheet.merge_cells("A1:M1")
    for column, head in enumerate(HEADS, 1):
        sheet.cell(3, column, head)
    sheet["J4"], sheet["K4"] = "年初预算数", "决算数"
    sheet.merge_cells("J3:K3")
    for letter in "ABCDEFGHILM":
        sheet.merge_cells(f"{letter}3:{letter}4")
    total = (None, "合计", None, None, *(round(sum(float(row[column]) for row in ROWS), 2) for column in range(4, 13)))
    for number, row in enumerate((*ROWS, total), 5):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value).number_format = "#,##0.00" if column > 4 else "General"
    book.save(PLACE / "决算.xlsx")


def roster() -> None:
    """名册.xlsx: a plain list."""
    book = openpyxl.Workbook()
    book.active.title = "名册"
    for row in ROSTER:
        book.active.append(row)
    book.save(PLACE / "名册.xlsx")


if __name__ == "__main__":
    PLACE.mkdir(parents=True, exist_ok=True)
    ledger()
    roster()
