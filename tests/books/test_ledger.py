"""Ledgers as bureaus keep them: workbooks and CSV files, heads in two rows, units of money, rows that cannot be used."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from perfeval.books.errors import BookError
from perfeval.books.ledger import Ledger, read_ledger
from perfeval.books.roster import read_roster

BOOKS = Path(__file__).resolve().parents[2] / "fixtures" / "books"


def csv_ledger(folder: Path, text: str, name: str = "2023决算.csv", encoding: str = "utf-8") -> Ledger:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_ledger(path)


def amounts(ledger: Ledger) -> list[tuple[str, int, str, str, str]]:
    return [(line.unit, line.year, line.scope, line.field, line.printed) for line in ledger.lines]


def test_a_workbook_with_heads_in_two_rows() -> None:
    ledger = read_ledger(BOOKS / "决算.xlsx")
    own = [(line.scope, line.field, line.printed, line.source) for line in ledger.lines if line.unit == "云岭县农业农村局"]
    assert own == [
        ("department", "original_budget", "2,005.60万元", "决算.xlsx 部门决算!E5"),
        ("department", "revised_budget", "2,356.78万元", "决算.xlsx 部门决算!F5"),
        ("department", "expenditure_outturn", "2,340.12万元", "决算.xlsx 部门决算!G5"),
        ("basic", "expenditure_outturn", "1,286.35万元", "决算.xlsx 部门决算!H5"),
        ("project", "expenditure_outturn", "1,053.77万元", "决算.xlsx 部门决算!I5"),
        ("three_public", "original_budget", "12.50万元", "决算.xlsx 部门决算!J5"),
        ("three_public", "expenditure_outturn", "9.86万元", "决算.xlsx 部门决算!K5"),
        ("department", "carryover_out", "16.66万元", "决算.xlsx 部门决算!L5"),
    ]
    assert ledger.units == ["云岭县农业农村局", "云岭县教育局(本级)", "云岭县第一中学", "云岭县发改局"]
    assert ledger.problems == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_in_any_encoding_of_excel(tmp_path: Path, encoding: str) -> None:
    ledger = csv_ledger(tmp_path, "单位,年初预算数(元),执行数（元）\n县水利局,1200000.50,-\n合计,1200000.50,\n", encoding=encoding)
    assert amounts(ledger) == [("县水利局", 2023, "department", "original_budget", "1200000.50元")]


def test_each_column_may_have_its_own_year_and_money(tmp_path: Path) -> None:
    ledger = csv_ledger(tmp_path, "单位,2022年决算数（亿元）,2023年决算数（万元）\n县水利局,0.12,1234.5\n", name="决算.csv")
    assert amounts(ledger) == [
        ("县水利局", 2022, "department", "expenditure_outturn", "0.12亿元"),
        ("县水利局", 2023, "department", "expenditure_outturn", "1234.5万元"),
    ]


def test_without_a_unit_of_money_nothing_is_guessed(tmp_path: Path) -> None:
    ledger = csv_ledger(tmp_path, "单位,决算数\n县水利局,1200\n")
    assert ledger.lines == []
    assert ledger.problems == ["2023决算.csv：“决算数”没有写明金额单位（请在表头或表上方写明元、万元），未使用。"]


def test_without_a_year_nothing_is_guessed(tmp_path: Path) -> None:
    ledger = csv_ledger(tmp_path, "单位,决算数（元）\n县水利局,1200\n", name="决算.csv")
    assert ledger.lines == []
    assert "没有写明年度" in ledger.problems[0]


def test_the_date_in_a_file_name_is_no_year_of_a_budget(tmp_path: Path) -> None:
    assert csv_ledger(tmp_path, "单位,决算数（元）\n县水利局,1200\n", name="决算20240115.csv").lines == []


def test_a_unit_that_stands_twice_with_other_amounts_is_not_used(tmp_path: Path) -> None:
    ledger = csv_ledger(tmp_path, "单位,决算数（元）\n县水利局,1200\n县 水利局,1300\n县教育局,5\n县教育局,5\n")
    assert amounts(ledger) == [("县教育局", 2023, "department", "expenditure_outturn", "5元")]
    assert ledger.problems == ["“县水利局”2023年有2行而数不同（2023决算.csv 第2行第2列、2023决算.csv 第3行第2列），未使用；请只留一行。"]


def test_rows_without_unit_and_cells_without_number_are_named(tmp_path: Path) -> None:
    ledger = csv_ledger(tmp_path, "单位,决算数（元）\n,1200\n县水利局,待定\n")
    assert ledger.problems == ["2023决算.csv：第2行没有单位名称，未使用。", "2023决算.csv：第3行第2列“待定”不是数字，未使用。"]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("空.csv", "", "文件是空的"),
        ("头.csv", "单位,决算数（元）\n", "只有表头"),
        ("别的.csv", "甲,乙\n1,2\n", "没有找到含“单位名称”的表头"),
        ("文.csv", "没有分隔", "没有找到分隔各栏的逗号"),
        ("两行.csv", "单位,三公经费,\n,预算数,决算数\n县水利局,1,2\n", "表头分成几行而没有合并单元格"),
    ],
)
def test_a_ledger_that_cannot_be_used_says_why(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(BookError, match=words):
        csv_ledger(tmp_path, text, name)


def test_a_file_that_is_no_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="找不到文件"):
        read_ledger(tmp_path / "没有.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    with pytest.raises(BookError, match="不能读取"):
        read_ledger(tmp_path / "坏.xlsx")


def test_a_cell_over_several_rows_is_of_all_of_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("单位", "年度", "决算数(元)"), ("县水利局", 2022, 10), (None, 2023, 20)):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "x.xlsx")
    assert [(line.year, line.printed) for line in read_ledger(tmp_path / "x.xlsx").lines] == [(2022, "10元"), (2023, "20元")]


def test_a_roster_knows_who_is_due() -> None:
    roster = read_roster(BOOKS / "名册.xlsx")
    assert [(unit.name, unit.department, unit.due) for unit in roster.units] == [
        ("云岭县农业农村局", "云岭县农业农村局", True),
        ("云岭县教育局", "云岭县教育局", True),
        ("云岭县第一中学", "云岭县教育局", False),
        ("云岭县发展和改革局", "云岭县发展和改革局", True),
    ]
    found, how = roster.find("县一中")
    assert (found.name if found else None, how.way) == ("云岭县第一中学", "same")


def test_a_roster_names_what_is_wrong_in_it(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("单位,代码,应报\n县水利局,1,是\n县水利局,2,否\n,3,是\n县教育局,1,也许\n", encoding="utf-8")
    roster = read_roster(path)
    assert [(unit.name, unit.due) for unit in roster.units] == [("县水利局", True), ("县教育局", True)]
    assert roster.problems == [
        "名册.csv第4行没有单位名称，未使用。",
        "“县教育局”的“应报”一栏写的是“也许”，按应报处理；请填“是”或“否”。",
        "“县水利局”重复出现（名册.csv 第2行第1列、名册.csv 第3行第1列），按第一处；请只留一行。",
        "单位代码1有两个单位使用（“县水利局”名册.csv 第2行第1列、“县教育局”名册.csv 第5行第1列），请核对。",
    ]
