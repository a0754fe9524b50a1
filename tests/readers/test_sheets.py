"""Workbooks of every kind: what their cells display, and that nothing a file says does harm."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import TABLE, Document, GridCell
from extractor.readers.errors import Refused
from extractor.readers.sheets import read_sheets

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def read(data: bytes, kind: str = "xlsx") -> Document:
    return read_sheets(data, Document("表.xlsx", "", kind))


def cells(document: Document, sheet: int = 0) -> dict[str, GridCell]:
    return {cell.label: cell for cell in document.pages[0].grids[sheet].cells}


def texts(document: Document, sheet: int = 0) -> dict[str, str]:
    return {label: cell.text for label, cell in cells(document, sheet).items()}


def zipped(**parts: str) -> bytes:
    """A package of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def raw(sheet: str, strings: str = "", styles: str = "", book: str = "", names: tuple[str, ...] = ("Sheet1",)) -> bytes:
    """An .xlsx of one sheet's XML, under one or several names."""
    listed = "".join(f'<sheet name="{name}" sheetId="{at + 1}" r:id="rId1"/>' for at, name in enumerate(names))
    relations = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    relations += f'<Relationship Id="rId8" Type="{OFFICE}/styles" Target="styles.xml"/>'
    relations += f'<Relationship Id="rId9" Type="{OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    return zipped(
        **{
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}<sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        }
    )


def rows(*contents: str) -> str:
    return "<sheetData>" + "".join(f'<row r="{at}">{content}</row>' for at, content in enumerate(contents, 1)) + "</sheetData>"


class Book:
    """An .xlsx in memory: ``with Book() as book: book.sheet.write(...)``; then ``book.data``."""

    def __init__(self) -> None:
        self._made = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self._made, {"in_memory": True})
        self.sheet = self.workbook.add_worksheet()

    def format(self, code: str) -> Any:
        return self.workbook.add_format({"num_format": code})

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.workbook.close()
        self.data = self._made.getvalue()


def test_a_cell_is_what_it_displays() -> None:
    with Book() as book:
        book.sheet.write("A1", "预算执行率")
        book.sheet.write("B1", 0.979, book.format("0.00%"))
        book.sheet.write("C1", 313.87000000000000455)
        book.sheet.write("D1", 340.571, book.format('#,##0.00"万元"'))
        book.sheet.write("E1", 44928, book.format('yyyy"年"m"月"d"日"'))
        book.sheet.write("F1", True)
    document = read(book.data)
    assert list(texts(document).values()) == ["预算执行率", "97.90%", "313.87", "340.57万元", "2023年1月2日", "TRUE"]


def test_a_sheet_is_one_line_and_one_table_of_its_name() -> None:
    with Book() as book:
        book.sheet.write("A1", "一")
        book.workbook.add_worksheet("空表")
        book.workbook.add_worksheet("绩效表").write("A1", "二")
    document = read(book.data)
    assert document.flows
    assert document.pages[0].text == f"{TABLE}\n{TABLE}"
    assert [grid.name for grid in document.pages[0].grids] == ["Sheet1", "绩效表"]


def test_rows_count_from_the_first_used_one_and_names_from_the_sheet() -> None:
    with Book() as book:
        book.sheet.write("F12", "左上")
        book.sheet.write("H15", "右下")
    found = read(book.data).pages[0].grids[0].cells
    assert [(cell.label, cell.row, cell.column) for cell in found] == [("F12", 0, 0), ("H15", 3, 2)]


def test_a_stray_cell_far_away_makes_no_huge_table() -> None:
    with Book() as book:
        book.sheet.write("A1", "一")
        book.sheet.write("XFD1048576", "远")
    far = cells(read(book.data))["XFD1048576"]
    assert far.row < 100
    assert far.column < 100


def test_a_merged_cell_stands_once() -> None:
    with Book() as book:
        book.sheet.merge_range("A1:D2", "项目支出绩效自评表")
        book.sheet.write("A3", "一")
        book.sheet.write("D3", "二")
    head = cells(read(book.data))["A1"]
    assert (head.rows, head.columns) == (2, 4)


def test_what_lies_under_a_merged_cell_is_not_shown() -> None:
    sheet = rows('<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>', '<c r="B2"><v>3</v></c>') + '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    assert texts(read(raw(sheet))) == {"A1": "1", "B2": "3"}


def test_hidden_rows_columns_and_sheets_are_read_and_said() -> None:
    with Book() as book:
        for row in range(5):
            book.sheet.write_row(row, 0, ["一", row, row])
        book.sheet.set_row(2, None, None, {"hidden": True})
        book.sheet.set_row(3, None, None, {"hidden": True})
        book.sheet.set_row(9, None, None, {"hidden": True})
        book.sheet.set_column("C:D", None, None, {"hidden": True})
        hidden = book.workbook.add_worksheet("底稿")
        hidden.write("A1", 5)
        hidden.hide()
        deep = book.workbook.add_worksheet("深")
        deep.write("A1", 6)
        deep.very_hidden()
    document = read(book.data)
    assert document.notes == [
        "工作表“Sheet1”有 2 行隐藏、1 列隐藏，已一并核对。",
        "工作表“底稿”是隐藏的，已一并核对。",
        "工作表“深”是隐藏的，已一并核对。",
    ]
    assert texts(document)["B3"] == "2"
    assert texts(document, 1) == {"A1": "5"}


def test_filtered_rows_are_hidden_rows() -> None:
    with Book() as book:
        book.sheet.write_column("A1", ["单位", "甲", "乙"])
        book.sheet.autofilter("A1:A3")
        book.sheet.filter_column("A", "x == 甲")
        book.sheet.set_row(2, None, None, {"hidden": True})
    assert read(book.data).notes == ["工作表“Sheet1”有 1 行隐藏，已一并核对。"]


def test_runs_of_a_text_are_joined_and_readings_left_out() -> None:
    strings = "<si><r><t>执行率</t></r><r><rPr/><t xml:space='preserve'> 97.90%</t></r><rPh sb='0' eb='1'><t>zhixing</t></rPh></si>"
    assert texts(read(raw(rows('<c r="A1" t="s"><v>0</v></c>'), strings))) == {"A1": "执行率 97.90%"}


def test_a_text_in_the_cell_itself_is_read() -> None:
    assert texts(read(raw(rows('<c r="A1" t="inlineStr"><is><t>一</t><r><t>二</t></r></is></c><c t="str"><v>三</v></c>')))) == {
        "A1": "一二",
        "B1": "三",
    }


def test_spaces_and_digits_of_a_text_stay() -> None:
    with Book() as book:
        book.sheet.write_string("A1", " 20230102 ")
        book.sheet.write_string("A2", "一行\r\n二行")
    assert texts(read(book.data)) == {"A1": " 20230102 ", "A2": "一行\n二行"}


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [("b", "0", "FALSE"), ("e", "#DIV/0!", "#DIV/0!"), ("n", "1E-3", "0.001"), ("n", "abc", "abc"), ("d", "2023-01-02T00:00:00", "44928")],
)
def test_every_kind_of_value_is_shown(kind: str, value: str, shown: str) -> None:
    assert texts(read(raw(rows(f'<c r="A1" t="{kind}"><v>{value}</v></c>')))) == {"A1": shown}


def test_formats_of_the_file_come_before_those_that_are_known() -> None:
    styles = '<numFmts><numFmt numFmtId="176" formatCode="0!.0,"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="31"/><xf numFmtId="10"/></cellXfs>'
    sheet = rows('<c s="0"><v>34057</v></c><c s="1"><v>34057</v></c><c s="2"><v>44928</v></c><c s="3"><v>0.979</v></c><c s="99"><v>5</v></c>')
    assert list(texts(read(raw(sheet, styles=styles))).values()) == ["34057", "3.4", "2023年1月2日", "97.90%", "5"]


def test_days_of_a_macintosh_workbook_count_from_1904() -> None:
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    assert texts(read(raw(rows('<c s="1"><v>43466</v></c>'), styles=styles, book='<workbookPr date1904="1"/>'))) == {"A1": "2023/1/2"}


def test_a_hidden_value_is_not_shown() -> None:
    with Book() as book:
        book.sheet.write("A1", 5, book.format(";;;"))
        book.sheet.write("A2", "见", book.format("0.00"))
    assert texts(read(book.data)) == {"A2": "见"}


def test_elements_may_have_a_prefix() -> None:
    data = raw("", names=("表",))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert texts(read(zipped(**parts))) == {"B2": "7"}


def test_a_formula_comes_with_its_saved_result() -> None:
    with Book() as book:
        book.sheet.write_formula("C1", "=A1/B1", book.format("0.00%"), 0.979)
    found = cells(read(book.data))["C1"]
    assert (found.text, found.formula) == ("97.90%", "A1/B1")


def test_a_shared_formula_is_moved_to_its_cells() -> None:
    shared = '<c r="C1"><f t="shared" ref="C1:C2" si="0">SUM($A1:B1)*$D$1</f><v>3</v></c>', '<c r="C2"><f t="shared" si="0"/><v>7</v></c>'
    assert [cell.formula for cell in cells(read(raw(rows(*shared)))).values()] == ["SUM($A1:B1)*$D$1", "SUM($A2:B2)*$D$1"]


def test_a_formula_without_result_is_empty_and_said() -> None:
    made = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "合计"
    workbook.active["F12"] = "=SUM(F1:F11)"
    workbook.save(made)
    document = read(made.getvalue())
    assert document.notes == ["Sheet!F12 的公式没有保存计算结果，请在 Excel 中打开后重新保存。"]
    assert (cells(document)["F12"].text, cells(document)["F12"].formula) == ("", "SUM(F1:F11)")


def test_a_nought_that_the_writing_program_only_put_in_is_no_result() -> None:
    with Book() as book:
        book.sheet.write("A1", 5)
        book.sheet.write_formula("A2", "=A1*2")  # XlsxWriter cannot calculate: it writes 0 and asks Excel to do so.
    document = read(book.data)
    assert texts(document) == {"A1": "5", "A2": ""}
    assert document.notes == ["Sheet1!A2 的公式没有保存计算结果，请在 Excel 中打开后重新保存。"]


def test_an_empty_text_can_be_a_result() -> None:
    document = read(raw(rows('<c r="A1"><v>1</v></c><c r="B1" t="str"><f>IF(A1&gt;0,"","无")</f><v></v></c>')))
    assert document.notes == []


def test_of_many_formulas_without_result_ten_are_named() -> None:
    document = read(raw(rows('<c r="A1"><v>1</v></c>' + "<c><f>A1</f></c>" * 25)))
    assert document.notes == [f"{'、'.join(f'Sheet1!{letter}1' for letter in 'BCDEFGHIJK')} 等 25 处的公式没有保存计算结果，请在 Excel 中打开后重新保存。"]


def test_comments_are_left_out_and_text_boxes_said() -> None:
    with Book() as book:
        book.sheet.write("A1", "一")
        book.sheet.write_comment("A1", "批注 12")
        book.sheet.insert_textbox("C3", "预算 100 万元")
    document = read(book.data)
    assert texts(document) == {"A1": "一"}
    assert document.notes == ["工作表“Sheet1”的文本框中有数字，没有核对。"]


def test_an_empty_workbook_is_an_empty_file() -> None:
    with Book() as book:
        book.sheet.write_blank("C5", None, book.format("0.00"))
    document = read(book.data)
    assert document.error is not None
    assert document.error.code == "empty_file"


def test_a_million_empty_cells_cost_no_memory() -> None:
    row = "".join('<c s="1"/>' for _ in range(1000))
    data = raw(rows(*[row] * 999, '<c r="A1000"><v>5</v></c>'))
    tracemalloc.start()
    assert texts(read(data)) == {"A1000": "5"}
    # Twelve megabytes are the XML itself, held twice for a moment.
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()


def refusal(data: bytes, kind: str = "xlsx") -> str:
    with pytest.raises(Refused) as refused:
        read(data, kind)
    return refused.value.error.code


def test_too_many_cells_are_refused() -> None:
    row = "<c><v>1</v></c>" * 10_000
    assert refusal(raw(rows(*[row] * 51))) == "too_large"


def test_one_long_text_in_every_cell_is_refused() -> None:
    assert refusal(raw(rows('<c t="s"><v>0</v></c>' * 1000), f"<si><t>{'长' * 32000}</t></si>")) == "too_large"


def test_merged_blocks_over_each_other_do_no_harm() -> None:
    blocks = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 50_000 + "</mergeCells>"
    assert texts(read(raw(rows('<c r="A1"><v>1</v></c><c r="ZZ1"><v>1</v></c>') + blocks)))["A1"] == "1"


def test_the_same_sheet_under_many_names_is_read_once() -> None:
    document = read(raw(rows("<c><v>1</v></c>"), names=tuple(f"表{at}" for at in range(1000))))
    assert len(document.pages[0].grids) == 1


def test_entities_are_refused() -> None:
    data = raw("", names=("表",))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] = '<!DOCTYPE a [<!ENTITY b "一">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
    assert refusal(zipped(**parts)) == "damaged"


def test_a_missing_part_is_damage() -> None:
    with zipfile.ZipFile(io.BytesIO(raw(rows("<c><v>1</v></c>")))) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if "sheet1" not in name}
    assert refusal(zipped(**parts)) == "damaged"
    assert refusal(b"PK\x03\x04 no package") == "damaged"


def test_a_binary_workbook_says_what_to_do() -> None:
    assert refusal(zipped(**{"xl/workbook.bin": "x"})) == "unsupported_type"


def test_a_workbook_with_a_password_is_said_to_have_one() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == "encrypted"


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A0"><v>1</v></c>',
        '<c r="ZZZZ1"><v>1</v></c>',
        '<c t="s"><v>7</v></c>',
        '<c t="s"><v>-1</v></c>',
        '<c s="x"><v>1</v></c>',
        '<c r="XFE1"><v>1</v></c>',
    ],
)
def test_a_cell_that_cannot_be_is_damage(cell: str) -> None:
    assert refusal(raw(rows(cell), "<si><t>一</t></si>")) == "damaged"


# OpenDocument


ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def ods(*tables: str, styles: str = "", **parts: str) -> bytes:
    content = f"<office:document-content {ODS}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{''.join(tables)}"
    return zipped(**{"content.xml": f"{content}</office:spreadsheet></office:body></office:document-content>", **parts})


def table(*rows: str, name: str = "表", before: str = "", style: str = "") -> str:
    content = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}" table:style-name="{style}">{before}{content}</table:table>'


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def test_an_ods_cell_is_its_displayed_text() -> None:
    found = read(ods(table(cell("97.90%", 'office:value-type="percentage" office:value="0.979"') + cell("一<text:s text:c='2'/>二</text:p><text:p>三"))), "ods")
    assert texts(found) == {"A1": "97.90%", "B1": "一  二\n三"}


def test_an_ods_value_without_text_is_shown_by_its_kind() -> None:
    assert texts(read(ods(table('<table:table-cell office:value-type="percentage" office:value="0.979"/>')), "ods")) == {"A1": "97.90%"}


def test_an_ods_value_that_its_format_hides_is_not_shown() -> None:
    hidden = '<table:table-cell office:value-type="float" office:value="5"><text:p/></table:table-cell>'
    assert texts(read(ods(table(hidden + cell("一"))), "ods")) == {"B1": "一"}


def test_repeated_ods_cells_and_rows_are_counted() -> None:
    content = table(
        '<table:table-cell table:number-columns-repeated="3"/>' + cell("一", 'table:number-columns-repeated="2"'),
        before='<table:table-row table:number-rows-repeated="4"/>',
    )
    assert texts(read(ods(content), "ods")) == {"D5": "一", "E5": "一"}


def test_an_ods_sheet_of_a_million_empty_rows_is_small() -> None:
    content = table(cell("一"), '<table:table-cell table:number-columns-repeated="16384"/>').replace(
        "</table:table>",
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>',
    )
    assert texts(read(ods(content), "ods")) == {"A1": "一"}


def test_a_filled_ods_row_a_million_times_is_refused() -> None:
    content = (
        table("")
        .replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">')
        .replace("</table:table-row>", cell("一") + "</table:table-row>")
    )
    assert refusal(ods(content), "ods") == "too_large"


def test_merged_ods_cells_cover_what_is_under_them() -> None:
    wide = (
        cell("表", 'table:number-columns-spanned="2" table:number-rows-spanned="2"')
        + "<table:covered-table-cell><text:p>暗</text:p></table:covered-table-cell>"
    )
    found = cells(read(ods(table(wide, '<table:covered-table-cell table:number-columns-repeated="2"/>' + cell("丙"), cell("甲") + cell("乙"))), "ods"))
    assert {label: one.text for label, one in found.items()} == {"A1": "表", "C2": "丙", "A3": "甲", "B3": "乙"}
    assert (found["A1"].rows, found["A1"].columns) == (2, 2)


def test_hidden_ods_parts_are_read_and_said() -> None:
    styles = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    content = table(cell("一") + cell("二"), name="底稿", style="ta2", before=columns).replace(
        "<table:table-row>", '<table:table-row table:visibility="filter">'
    )
    document = read(ods(content, styles=styles), "ods")
    assert document.notes == ["工作表“底稿”是隐藏的，已一并核对。", "工作表“底稿”有 1 行隐藏、1 列隐藏，已一并核对。"]


def test_ods_formulas_are_written_as_in_excel() -> None:
    document = read(
        ods(
            table(
                cell("3", 'table:formula="of:=SUM([.A2:.A3];1)" office:value-type="float" office:value="3"') + '<table:table-cell table:formula="of:=[.A1]"/>'
            )
        ),
        "ods",
    )
    assert [one.formula for one in cells(document).values()] == ["SUM(A2:A3,1)", "A1"]
    assert document.notes == ["表!B1 的公式没有保存计算结果，请在 Excel 中打开后重新保存。"]


def test_ods_comments_are_left_out_and_text_boxes_said() -> None:
    comment = "<office:annotation><text:p>批注 1</text:p></office:annotation>"
    box = "<draw:frame><draw:text-box><text:p><text:span>100 万</text:span></text:p></draw:text-box></draw:frame>"
    document = read(ods(table(f"<table:table-cell>{comment}<text:p>一</text:p>{box}</table:table-cell>")), "ods")
    assert texts(document) == {"A1": "一"}
    assert document.notes == ["工作表“表”的文本框中有数字，没有核对。"]


def test_an_encrypted_ods_is_said_to_be() -> None:
    assert refusal(ods(table(cell("一")), **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}), "ods") == "encrypted"


def test_blanks_that_stand_for_thousands_are_refused() -> None:
    assert refusal(ods(table(cell('<text:s text:c="1000"/>' * 30_000))), "ods") == "too_large"


# Whatever the bytes


def harmless(data: bytes, kind: str) -> None:
    try:
        document = read(data, kind)
    except Refused:
        return
    assert document.pages or document.error


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@given(data=st.binary(max_size=3000))
def test_no_bytes_raise_anything_else(kind: str, data: bytes) -> None:
    harmless(data, kind)


SAMPLES = {
    "xlsx": raw(
        rows(
            '<c r="A1" t="s" s="1"><v>0</v></c><c r="B1" s="1"><f t="shared" si="0" ref="B1:B2">A1*2</f><v>0.5</v></c>',
            '<c r="B2"><f t="shared" si="0"/><v>1</v></c>',
        )
        + '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
        "<si><t>一</t></si>",
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs>',
    ),
    "ods": ods(
        table(cell("97.90%", 'table:number-rows-spanned="2" table:formula="of:=[.B1]" office:value="1"') + cell("二", 'table:number-columns-repeated="2"'))
    ),
}


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_package_raises_nothing_else(kind: str, data: st.DataObject) -> None:
    whole = bytearray(SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    harmless(bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]), kind)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@settings(max_examples=200)
@given(data=st.data())
def test_a_damaged_part_raises_nothing_else(kind: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(SAMPLES[kind])) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    spoilt = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 3))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.sampled_from(b'0123456789-AZaz:"<>/ =\xff'))
    parts[name] = bytes(spoilt)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    harmless(made.getvalue(), kind)
