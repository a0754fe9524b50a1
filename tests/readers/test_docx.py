"""Word files: what is printed is read once and in order, what is not printed is not read, and nothing does harm."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import TABLE, Document, Grid
from extractor.readers import docx as reader
from extractor.readers.docx import read_docx
from extractor.readers.errors import Refused

# ------------------------------------------------------------------------------------------------------- small files

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def part(name: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {NAMES}>{content}</w:{name}>'


def relations(*pairs: tuple[str, str]) -> str:
    entries = "".join(f'<Relationship Id="r{at}" Type="{KINDS}{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(pairs))
    return f"<Relationships {PACKAGE}>{entries}</Relationships>"


def package(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def word(body: str, **others: str) -> bytes:
    """A Word file with that body; ``numbering``, ``styles``, ``footnotes`` … are the contents of parts of that name."""
    parts: dict[str, str | bytes] = {"_rels/.rels": relations(("officeDocument", "word/document.xml"))}
    parts["word/document.xml"] = part("document", f"<w:body>{body}<w:sectPr/></w:body>")
    roots = {"header": "hdr", "footer": "ftr"}
    for name, content in others.items():
        parts[f"word/{name}.xml"] = part(roots.get(name, name), content)
    parts["word/_rels/document.xml.rels"] = relations(*((name, f"{name}.xml") for name in others))
    return package(parts)


def read(data: bytes) -> Document:
    return read_docx(data, Document("报告.docx", "", "docx"))


def text(body: str, **others: str) -> str:
    return read(word(body, **others)).pages[0].text


def grids(body: str) -> list[Grid]:
    return read(word(body)).pages[0].grids


def notes(body: str, **others: str) -> list[str]:
    return read(word(body, **others)).notes


def p(*inside: str, style: str = "", number: tuple[str, int] | None = None, mark: str = "") -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    if mark:
        properties += f"<w:rPr>{mark}</w:rPr>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inside)}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def ins(words: str) -> str:
    return f'<w:ins w:id="1" w:author="a">{r(words)}</w:ins>'


def deleted(words: str) -> str:
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{words}</w:delText></w:r></w:del>'


def tc(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else p(r(inside))}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sdt(inside: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="别名"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


def box(*paragraphs: str) -> str:
    return f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{''.join(paragraphs)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


RATE = p(r("预算执行率为97.90%。"))

# --------------------------------------------------------------------------------------------------------- paragraphs


def test_each_paragraph_is_a_line() -> None:
    assert text(p(r("一、基本概况")) + p(r("预算数为"), r("313.87万元"))) == "一、基本概况\n预算数为313.87万元"


def test_the_document_flows_on_one_page() -> None:
    document = read(word(RATE))
    assert document.flows
    assert [page.number for page in document.pages] == [1]


def test_empty_paragraphs_are_no_lines() -> None:
    assert text(p() + RATE + p(r("  ")) + RATE) == "预算执行率为97.90%。\n预算执行率为97.90%。"


def test_a_break_begins_a_line_and_a_tab_stays_a_tab() -> None:
    assert text(p(r("甲"), "<w:r><w:br/></w:r>", r("乙"), "<w:r><w:tab/></w:r>", r("丙"), "<w:r><w:cr/></w:r>", r("丁"))) == "甲\n乙\t丙\n丁"


@pytest.mark.parametrize("kind", ["page", "column"])
def test_breaks_of_the_layout_are_nothing(kind: str) -> None:
    assert text(p(r("307."), f'<w:r><w:br w:type="{kind}"/><w:lastRenderedPageBreak/></w:r>', r("27"))) == "307.27"


def test_line_breaks_of_the_xml_are_spaces() -> None:
    assert text(p("<w:r><w:t>\n  预算 \n</w:t></w:r>", '<w:r><w:t xml:space="preserve">18\n189</w:t></w:r>')) == "预算18 189"


def test_hyphens_that_do_not_break_are_hyphens() -> None:
    assert text(p(r("5"), "<w:r><w:noBreakHyphen/></w:r>", r("6项"), "<w:r><w:softHyphen/></w:r>", r("目"))) == "5-6项目"


def test_the_sign_that_stands_for_tables_cannot_come_from_the_text() -> None:
    assert text(p(r(TABLE)) + p(r("甲" + TABLE + "乙"))) == "甲乙"


def test_that_sign_cannot_come_from_a_number_either() -> None:
    lists = f'<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:lvlText w:val="{TABLE}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    assert text(p(r("甲"), number=("1", 0)) + p(r("\u200b"), number=("1", 0)), numbering=lists) == "甲\n\u200b"


# ------------------------------------------------------------------------------------------------ wherever text hides


@pytest.mark.parametrize(
    "hidden",
    [
        ins("97.90%"),
        f"<w:moveTo>{r('97.90%')}</w:moveTo>",
        sdt(r("97.90%")),
        f'<w:smartTag w:element="chmetcnv">{r("97.90%")}</w:smartTag>',
        f'<w:hyperlink w:anchor="x">{r("97.90%")}</w:hyperlink>',
        f'<w:fldSimple w:instr=" DOCPROPERTY 执行率 ">{r("97.90%")}</w:fldSimple>',
        f"<w:customXml>{sdt(ins('97.90%'))}</w:customXml>",
        f"<w:dir>{r('97.90%')}</w:dir>",
        "<w:r><w:ruby><w:rt><w:r><w:t>注音</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>97.90%</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    ],
)
def test_text_inside_a_paragraph_is_read(hidden: str) -> None:
    assert text(p(r("预算执行率为"), hidden, r("。"))) == "预算执行率为97.90%。"


@pytest.mark.parametrize(
    "wrapper", ["<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:customXml>{}</w:customXml>", "<w:ins>{}</w:ins>", "<w:moveTo>{}</w:moveTo>"]
)
def test_paragraphs_and_tables_inside_controls_are_read(wrapper: str) -> None:
    assert text(wrapper.format(RATE + tbl(tr(tc("甲")))) + p(r("乙"))) == f"预算执行率为97.90%。\n{TABLE}\n乙"


def field(instruction: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}{instruction}{separate}{result}{end}"


def code(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


def test_of_a_field_the_result_is_read() -> None:
    assert text(p(r("合计"), field(code(" =SUM(ABOVE) "), r("340.57")), r("万元"))) == "合计340.57万元"


def test_a_field_in_the_instruction_of_another_is_not_printed() -> None:
    condition = code(" IF ") + field(code(" MERGEFIELD 额 "), r("88.88")) + code(' > 1 "甲" ')
    assert text(p(r("结果为"), field(condition, r("340.57") + field(code("PAGE"), r("0"))), r("万元"))) == "结果为340.570万元"


def test_a_field_that_never_ends_swallows_no_further_paragraph() -> None:
    assert text(p(r("甲"), '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', r("乙")) + RATE) == "甲\n预算执行率为97.90%。"


def test_ends_of_fields_that_never_began_harm_nothing() -> None:
    assert text(p('<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>', r("甲"))) == "甲"


def test_a_text_box_stands_behind_its_paragraph() -> None:
    assert text(p(r("前"), box(p(r("自评得分99.79分")), p(r("等级优"))), r("后")) + RATE) == "前后\n自评得分99.79分\n等级优\n预算执行率为97.90%。"


def test_a_text_box_written_twice_is_read_once() -> None:
    new = f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{p(r("得分99分"))}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice>'
    old = f"<mc:Fallback>{box(p(r('得分99分')))}</mc:Fallback>"
    assert text(p(r("甲"), f"<w:r><mc:AlternateContent>{new}{old}</mc:AlternateContent></w:r>")) == "甲\n得分99分"


def test_where_the_new_drawing_is_empty_the_old_one_is_read() -> None:
    either = f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing/></mc:Choice><mc:Fallback>{box(p(r("得分99分")))}</mc:Fallback></mc:AlternateContent>'
    assert text(p(either)) == "得分99分"


def test_a_choice_between_paragraphs_is_made_too() -> None:
    assert text(f"<mc:AlternateContent><mc:Choice>{p(r('甲'))}</mc:Choice><mc:Fallback>{p(r('乙'))}</mc:Fallback></mc:AlternateContent>") == "甲"


def test_a_table_in_a_text_box_is_a_table() -> None:
    assert text(p(r("甲"), box(tbl(tr(tc("乙"))))) + p(r("丙"))) == f"甲\n{TABLE}\n丙"


def test_a_text_box_in_a_cell_belongs_to_the_cell() -> None:
    assert grids(tbl(tr(tc(p(r("甲"), box(p(r("乙"))))))))[0].cells[0].text == "甲\n乙"


NOTE = '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote><w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>含上年结转36万元。</w:t></w:r></w:p></w:footnote>'
REFERENCE = '<w:r><w:footnoteReference w:id="5"/></w:r>'


def test_footnotes_stand_at_the_end() -> None:
    assert text(p(r("预算"), REFERENCE, r("340.57万元")) + RATE, footnotes=NOTE) == "预算340.57万元\n预算执行率为97.90%。\n含上年结转36万元。"


def test_endnotes_stand_behind_the_footnotes() -> None:
    end = '<w:endnote w:id="5"><w:p><w:r><w:t>尾注。</w:t></w:r></w:p></w:endnote>'
    assert text(p(r("甲"), '<w:r><w:endnoteReference w:id="5"/></w:r>', REFERENCE), footnotes=NOTE, endnotes=end) == "甲\n含上年结转36万元。\n尾注。"


def test_a_footnote_whose_mark_was_deleted_is_not_printed() -> None:
    assert text(p(r("甲"), f"<w:del>{REFERENCE}</w:del>"), footnotes=NOTE) == "甲"


def test_a_footnote_that_does_not_exist_harms_nothing() -> None:
    assert text(p(r("甲"), REFERENCE)) == "甲"


def test_a_damaged_part_beside_the_text_is_said() -> None:
    data = word(p(r("甲"), REFERENCE), footnotes="<w:footnote")
    assert read(data).pages[0].text == "甲"
    assert read(data).notes == ["文件中的 word/footnotes.xml 已损坏，其中的内容未能读取。"]


def test_a_formula_keeps_its_fraction_and_brackets() -> None:
    run = "<m:r><m:t>{}</m:t></m:r>".format
    fraction = f"<m:f><m:fPr/><m:num>{run('支出数')}</m:num><m:den>{run('年初数+调整数')}</m:den></m:f>"
    formula = f"<m:oMath>{run('执行率=')}<m:d><m:e>{fraction}</m:e></m:d>{run('×100%')}</m:oMath>"
    assert text(p(formula)) == "执行率=(支出数/(年初数+调整数))×100%"


def test_an_exponent_of_a_formula_does_not_lengthen_its_number() -> None:
    power = "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup>"
    assert text(p(f"<m:oMath>{power}</m:oMath>", r("元"))) == "10⁴元"


@pytest.mark.parametrize("name", ["toc 1", "TOC2", "WPSOffice手动目录 1"])
def test_the_table_of_contents_is_not_read_as_headings(name: str) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="11"><w:name w:val="{name}"/></w:style>'
    body = p(r("一、基本概况"), "<w:r><w:tab/></w:r>", r("3"), style="11") + p(r("一、基本概况"))
    assert text(body, styles=styles) == "一、基本概况"


# ------------------------------------------------------------------------------------------- what is not to be read


def test_deleted_text_does_not_count() -> None:
    assert text(p(r("预算执行率为"), deleted("88.88%"), ins("97.90%"))) == "预算执行率为97.90%"


@pytest.mark.parametrize(
    "gone",
    [
        f"<w:moveFrom>{r('88.88%')}</w:moveFrom>",
        f"<w:del>{r('88.88%')}</w:del>",
        f"<w:ins>{deleted('88.88%')}</w:ins>",
        "<w:r><w:delText>88.88%</w:delText></w:r>",
        f"<w:del><w:r>{box(p(r('88.88%')))}</w:r></w:del>",
        r("88.88%", "<w:vanish/>"),
        f"<w:r><w:rPr><w:vanish/></w:rPr>{box(p(r('88.88%')))}</w:r>",
        "<w:commentRangeStart/><w:r><w:commentReference w:id='0'/></w:r>",
    ],
)
def test_what_is_not_printed_is_not_read(gone: str) -> None:
    assert text(p(r("预算"), gone, r("执行")), comments=f'<w:comment w:id="0">{RATE}</w:comment>') == "预算执行"


def test_hidden_text_is_said() -> None:
    assert notes(p(r("甲"), r("隐藏的36万元", "<w:vanish/>"))) == ["有 1 处隐藏文字未纳入核对，如“隐藏的36万元”。"]


def test_text_whose_hiding_is_switched_off_is_read() -> None:
    assert text(p(r("36万元", '<w:vanish w:val="0"/>'))) == "36万元"


def test_a_hidden_paragraph_takes_no_number() -> None:
    body = p(r("隐藏", "<w:vanish/>"), number=("1", 0)) + p(r("概况"), number=("1", 0))
    assert text(body, numbering=LIST) == "一、概况"


@pytest.mark.parametrize(("kind", "where"), [("header", "页眉"), ("footer", "页脚")])
def test_figures_in_headers_and_footers_are_said_not_read(kind: str, where: str) -> None:
    document = read(word(RATE, **{kind: p(r("自评得分99.79分"))}))
    assert document.pages[0].text == "预算执行率为97.90%。"
    assert document.notes == [f"{where}“自评得分99.79分”含有数字，未纳入核对。"]


def test_headers_without_a_figure_are_not_mentioned() -> None:
    assert notes(RATE, header=p(r("2023年度自评报告")), footer=p(r("第"), field(code("PAGE"), r("3")), r("页"))) == []


def test_changes_in_a_header_are_not_called_verified() -> None:
    assert notes(RATE, header=p(r("得分"), deleted("88分"), ins("99分"))) == ["页眉“得分99分”含有数字，未纳入核对。"]


@pytest.mark.parametrize(("body", "said"), [("<w:object><o:OLEObject/></w:object>", "对象"), ('<w:altChunk r:id="x"/>', "外部文件")])
def test_what_cannot_be_read_is_said(body: str, said: str) -> None:
    assert [said in note for note in notes(RATE + (body if "altChunk" in body else p(f"<w:r>{body}</w:r>")))] == [True]


# --------------------------------------------------------------------------------------------------- tracked changes


def changed(*inside: str) -> list[str]:
    return notes(p(*inside))


def test_a_changed_figure_is_listed_with_all_its_digits() -> None:
    assert changed(r("支出3"), deleted("07"), ins("70"), r(".27万元，")) == ["修订：“307.27万元”改为“370.27万元”（已按修订后的文字核对）。"]


def test_at_most_twenty_changes_are_listed() -> None:
    listed = notes("".join(p(r("支出"), deleted(f"{at}万元"), ins(f"{at + 1}万元")) for at in range(23)))
    assert len(listed) == 21
    assert listed[-1] == "另有 3 处修订。"


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next() -> None:
    assert text(p(r("支出307.27"), mark='<w:del w:id="3"/>') + p(r("万元。"))) == "支出307.27万元。"


def test_a_deleted_paragraph_takes_no_number() -> None:
    body = p(deleted("旧标题"), number=("1", 0), mark="<w:del/>") + p(r("概况"), number=("1", 0))
    assert text(body, numbering=LIST) == "一、概况"


def test_a_paragraph_that_goes_on_in_a_table_ends_there() -> None:
    assert text(p(r("甲"), mark="<w:del/>") + tbl(tr(tc("乙")))) == f"甲\n{TABLE}"


def test_a_deleted_row_is_left_out_and_listed() -> None:
    data = word(tbl(tr(tc("甲")), tr(tc(p(deleted("乙"))), tc(p(deleted("36万元"))), properties="<w:del/>"), tr(tc("丙"))))
    assert [(cell.row, cell.text) for cell in read(data).pages[0].grids[0].cells] == [(0, "甲"), (1, "丙")]
    assert read(data).notes == ["修订：删去表格中的一行“乙 36万元”（已按修订后的文字核对）。"]


def test_a_deleted_cell_is_left_out() -> None:
    assert [cell.text for cell in grids(tbl(tr(tc("甲", "<w:cellDel/>"), tc("乙"))))[0].cells] == ["乙"]


def test_a_table_that_was_deleted_is_no_table() -> None:
    assert text(RATE + tbl(tr(tc("甲"), properties="<w:del/>"))) == "预算执行率为97.90%。"


# ------------------------------------------------------------------------------------------------------------ tables


def places(*rows: str) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in grids(tbl(*rows))[0].cells]


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


FIRST, NEXT = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_line_stands_for_each_table_in_order() -> None:
    document = read(word(p(r("甲")) + tbl(tr(tc("1"))) + p(r("乙")) + tbl(tr(tc("2"))) + tbl(tr(tc("3")))))
    assert document.pages[0].text == f"甲\n{TABLE}\n乙\n{TABLE}\n{TABLE}"
    assert [(grid.name, grid.cells[0].text) for grid in document.pages[0].grids] == [("表1", "1"), ("表2", "2"), ("表3", "3")]


def test_cells_have_their_places() -> None:
    assert places(tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁"))) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "丁")]


def test_the_paragraphs_of_a_cell_are_its_lines() -> None:
    assert places(tr(tc(p(r("年初")) + p() + p(r("预算数"))))) == [(0, 0, 1, 1, "年初\n预算数")]


def test_cells_merged_down_and_across_are_read_once() -> None:
    rows = tr(tc("甲", span(2) + FIRST), tc("乙")), tr(tc("", span(2) + NEXT), tc("丙")), tr(tc("丁"), tc("戊"), tc("己"))
    assert places(*rows) == [(0, 0, 2, 2, "甲"), (0, 2, 1, 1, "乙"), (1, 2, 1, 1, "丙"), (2, 0, 1, 1, "丁"), (2, 1, 1, 1, "戊"), (2, 2, 1, 1, "己")]


def test_a_second_merge_below_the_first_is_another_cell() -> None:
    assert places(tr(tc("甲", FIRST)), tr(tc("", NEXT)), tr(tc("乙", FIRST)), tr(tc("", NEXT))) == [(0, 0, 2, 1, "甲"), (2, 0, 2, 1, "乙")]


def test_a_merge_without_a_beginning_is_a_cell() -> None:
    assert places(tr(tc("甲")), tr(tc("乙", NEXT)), tr(tc("", NEXT))) == [(0, 0, 1, 1, "甲"), (1, 0, 2, 1, "乙")]


def test_a_merge_does_not_leap_over_a_cell() -> None:
    assert places(tr(tc("甲", FIRST)), tr(tc("乙")), tr(tc("丙", NEXT))) == [(0, 0, 1, 1, "甲"), (1, 0, 1, 1, "乙"), (2, 0, 1, 1, "丙")]


def test_the_old_way_of_merging_across_is_known() -> None:
    assert places(tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙"))) == [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")]


def test_a_row_may_begin_further_right_and_end_further_left() -> None:
    rows = tr(tc("甲"), tc("乙"), tc("丙")), tr(tc("丁"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    assert places(*rows)[3] == (1, 1, 1, 1, "丁")


@pytest.mark.parametrize(
    "controlled",
    [sdt(tr(tc("甲"), tc("乙"))), tr(sdt(tc("甲")), tc("乙")), tr(tc(sdt(p(r("甲")))), tc(p(sdt(r("乙"))))), f"<w:ins>{tr(tc('甲'), tc('乙'))}</w:ins>"],
)
def test_rows_and_cells_inside_controls_are_read(controlled: str) -> None:
    assert [(row, column, text) for row, column, _, _, text in places(controlled)] == [(0, 0, "甲"), (0, 1, "乙")]


def test_a_table_in_a_cell_is_lines_of_the_cell() -> None:
    inner = tbl(tr(tc("绩效"), tc("36")), tr(tc(p(r("合")) + p(r("计"))), tc("40")))
    assert places(tr(tc(p(r("甲")) + inner + p()))) == [(0, 0, 1, 1, "甲\n绩效 36\n合 计 40")]


def test_a_table_in_a_cell_is_not_counted() -> None:
    assert [grid.name for grid in grids(tbl(tr(tc(tbl(tr(tc("甲")))))) + tbl(tr(tc("乙"))))] == ["表1", "表2"]


@pytest.mark.parametrize("size", ["1000000000", "-3", "0", "x", ""])
def test_absurd_spans_are_limited(size: str) -> None:
    (_, column, _, columns, _), (_, beside, _, _, _) = places(
        tr(tc("甲", f'<w:gridSpan w:val="{size}"/>'), tc("乙"), properties=f'<w:gridBefore w:val="{size}"/>')
    )
    assert 0 <= column <= 1000
    assert 1 <= columns <= 1000
    assert beside == column + columns


def test_absurdly_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_CELLS", 3)
    with pytest.raises(Refused) as refusal:
        read(word(tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4")))))
    assert refusal.value.error.code == "too_large"


# --------------------------------------------------------------------------------------------------------- numbering

LIST = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)


def numbered(words: str, level: int) -> str:
    return p(r(words), number=("1", level))


def test_the_numbers_of_headings_are_restored() -> None:
    body = numbered("概况", 0) + numbered("职能", 1) + numbered("机构", 1) + numbered("人员", 2) + numbered("结论", 0) + numbered("优", 1)
    assert text(body, numbering=LIST) == "一、概况\n（一）职能\n（二）机构\n1.人员\n二、结论\n（一）优"


def test_a_number_does_not_run_into_a_figure() -> None:
    assert text(numbered("36万元用于培训", 2), numbering=LIST) == "1. 36万元用于培训"


def test_cells_are_numbered_with_the_text_around_them() -> None:
    document = read(word(numbered("甲", 0) + tbl(tr(tc(numbered("乙", 0)))) + numbered("丙", 0), numbering=LIST))
    assert document.pages[0].text == f"一、甲\n{TABLE}\n三、丙"
    assert document.pages[0].grids[0].cells[0].text == "二、乙"


def test_only_the_first_line_of_a_paragraph_has_its_number() -> None:
    assert text(p(r("甲"), "<w:r><w:br/></w:r>", r("乙"), number=("1", 0)), numbering=LIST) == "一、甲\n乙"


def test_an_empty_numbered_paragraph_is_counted_but_no_line() -> None:
    assert text(numbered("甲", 0) + p(number=("1", 0)) + numbered("乙", 0), numbering=LIST) == "一、甲\n三、乙"


def test_the_number_comes_from_the_style_too() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    assert text(p(r("甲"), style="b"), numbering=LIST, styles=styles) == "一、甲"


# ----------------------------------------------------------------------------------------------------- signs, raised


@pytest.mark.parametrize(
    ("font", "sign", "read_as"),
    [
        ("Wingdings", "F0FE", "☑"), ("Wingdings", "F0A8", "□"), ("Wingdings", "F081", "①"), ("Wingdings", "F031", ""), ("Wingdings", "31", ""),
        ("Symbol", "F0B3", "≥"), ("Symbol", "F039", "9"), ("Symbol", "F061", ""), ("宋体", "00B2", "²"), ("宋体", "F0A8", ""), ("", "", ""), ("", "xyz", ""), ("", "D800", ""),
        ("", "FFFFFFFFF", ""), ("", "-5", ""), ("", "0C", ""),
    ],
)  # fmt: skip
def test_symbols_become_what_they_show_or_nothing(font: str, sign: str, read_as: str) -> None:
    assert text(p(r("甲"), f'<w:r><w:sym w:font="{font}" w:char="{sign}"/></w:r>', r("乙"))) == f"甲{read_as}乙"


RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("before", "raised", "printed"),
    [
        ("1200m", "2", "1200m²"), ("30km", "2", "30km²"), ("5hm", "2", "5hm²"), ("8m", "3", "8m³"), ("60㎡", "2", "60㎡²"),
        ("10", "4", "10⁴"), ("支出307.27", "1", "支出307.27¹"), ("效益", "2", "效益2"), ("PM", "2", "PM2"), ("支出307.27", "[1]", "支出307.27[1]"), ("8m", "4", "8m4"),
    ],
)  # fmt: skip
def test_raised_digits_are_exponents_where_they_would_spoil_a_number(before: str, raised: str, printed: str) -> None:
    assert text(p(r(before), r(raised, RAISED))) == printed


def test_after_a_raised_digit_the_text_goes_on_as_usual() -> None:
    assert text(p(r("12m"), r("2", RAISED), r("，共3处"))) == "12m²，共3处"


# ------------------------------------------------------------------------------------------------------- other makers


def strict(data: bytes) -> bytes:
    """The same file as Word saves it as “Strict Open XML”."""
    old = zipfile.ZipFile(io.BytesIO(data))
    names = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    }
    parts: dict[str, str | bytes] = {}
    for name in old.namelist():
        content = old.read(name)
        for usual, other in names.items():
            content = content.replace(usual, other)
        parts[name] = content
    return package(parts)


def test_strict_files_are_read_alike() -> None:
    data = word(numbered("甲", 0) + tbl(tr(tc("乙", FIRST)), tr(tc("", NEXT))) + p(r("丙"), REFERENCE), numbering=LIST, footnotes=NOTE)
    usual, other = read(data), read(strict(data))
    assert other.pages == usual.pages
    assert other.pages[0].text.startswith("一、甲")


def test_the_document_may_have_another_name() -> None:
    parts = {"_rels/.rels": relations(("officeDocument", "/Office/文.xml")), "Office/文.xml": part("document", f"<w:body>{numbered('甲', 0)}</w:body>")}
    parts |= {"Office/_rels/文.xml.rels": relations(("numbering", "../lists/n.xml")), "lists/n.xml": part("numbering", LIST)}
    assert read(package(dict(parts))).pages[0].text == "一、甲"


@pytest.mark.parametrize(
    "entry", [{}, {"_rels/.rels": relations(("officeDocument", "nowhere.xml"))}, {"_rels/.rels": relations(("officeDocument", "../../etc/passwd"))}]
)
def test_without_a_hint_the_usual_name_is_tried(entry: dict[str, str]) -> None:
    assert read(package({**entry, "word/document.xml": part("document", f"<w:body>{RATE}</w:body>")})).pages[0].text == "预算执行率为97.90%。"


def test_what_lies_outside_the_file_is_not_followed() -> None:
    outside = relations(("footnotes", "file:///etc/passwd")).replace("Target=", 'TargetMode="External" Target=')
    parts: dict[str, str | bytes] = {
        "word/document.xml": part("document", f"<w:body>{p(r('甲'), REFERENCE)}</w:body>"),
        "word/_rels/document.xml.rels": outside,
    }
    assert read(package(parts)).pages[0].text == "甲"


def test_what_python_docx_writes_is_read() -> None:
    file = docx.Document()
    file.add_heading("一、基本概况", 1)
    file.add_paragraph("实施扶持", style="List Number")
    file.add_paragraph("年初预算", style="List Bullet")
    table = file.add_table(2, 3)
    for row, words in zip(table.rows, ["指标 年初数 调整数", "项目支出 36 40"], strict=True):
        for cell, content in zip(row.cells, words.split(), strict=True):
            cell.text = content
    table.cell(0, 1).merge(table.cell(0, 2))
    out = io.BytesIO()
    file.save(out)
    page = read(out.getvalue()).pages[0]
    assert page.text == f"一、基本概况\n1.实施扶持\n年初预算\n{TABLE}"
    assert [(cell.column, cell.columns, cell.text) for cell in page.grids[0].cells] == [
        (0, 1, "指标"),
        (1, 2, "年初数\n调整数"),
        (0, 1, "项目支出"),
        (1, 1, "36"),
        (2, 1, "40"),
    ]


# ---------------------------------------------------------------------------------------------------------- bad input


@pytest.mark.parametrize("body", ["", p(), p(r(" ")), tbl(tr(tc(""))), p(r(TABLE)), "<w:sectPr/>"])
def test_a_document_without_words_is_empty(body: str) -> None:
    error = read(word(body)).error
    assert error is not None
    assert error.code == "empty_file"


def test_of_a_document_of_pictures_that_is_said() -> None:
    assert notes(p("<w:r><w:drawing/></w:r>")) == ["文件中只有图片，没有文字；请先做 OCR 识别，或索取电子版原件。"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        package({}),
        package({"word/document.xml": ""}),
        package({"word/document.xml": "<x/>"}),
        package({"word/document.xml": part("document", "")}),
        package({"word/document.xml": part("styles", "<w:body/>")}),
        package({"_rels/.rels": "<x", "word/document.xml": part("document", f"<w:body>{RATE}</w:body>")}),
        package({"word/document.xml": f'<!DOCTYPE x [<!ENTITY a "b">]>{part("document", f"<w:body>{RATE}</w:body>")[55:]}'}),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read(data)
    assert refusal.value.error.code == "damaged"


@pytest.mark.parametrize(
    "nest",
    [
        lambda: "<w:sdt><w:sdtContent>" * 30_000 + RATE + "</w:sdtContent></w:sdt>" * 30_000,
        lambda: p("<w:ins>" * 60_000, r("甲"), "</w:ins>" * 60_000),
        lambda: "<w:tbl><w:tr><w:tc>" * 20_000 + RATE + "</w:tc></w:tr></w:tbl>" * 20_000,
        lambda: "<mc:AlternateContent><mc:Choice>" * 20_000 + RATE + "</mc:Choice></mc:AlternateContent>" * 20_000,
    ],
)
def test_endless_nesting_is_refused(nest: Callable[[], str]) -> None:
    with pytest.raises(Refused):
        read(word(nest()))


@pytest.mark.parametrize(
    ("opening", "closing", "times"),
    [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 95), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 63),
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", 63), ("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>", 95),
    ],
)  # fmt: skip
def test_nesting_up_to_the_limit_is_read(opening: str, closing: str, times: int) -> None:
    document = read(word(opening * times + RATE + closing * times))
    assert "预算执行率为97.90%。" in document.pages[0].text + "".join(cell.text for grid in document.pages[0].grids for cell in grid.cells)


def everything() -> bytes:
    """A file in which each thing occurs that the reader knows."""
    fields = field(code("PAGE"), r("3")) + r("36", RAISED) + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:br/><w:tab/></w:r>'
    changes = r("支出3") + deleted("07") + ins("70") + r("隐藏1万元", "<w:vanish/>") + box(p(r("得分99分"))) + REFERENCE
    table = tbl(tr(tc("甲", FIRST + span(2)), tc(tbl(tr(tc("1"), tc("2"))))), tr(tc("", NEXT + span(2)), tc("乙")), tr(tc("丙"), properties="<w:del/>"))
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="toc 1"/><w:basedOn w:val="a"/></w:style>'
    body = numbered("概况", 0) + p(fields, changes, style="a", mark="<w:del/>") + sdt(RATE) + table + numbered("职能", 1)
    return word(body, numbering=LIST, styles=styles, footnotes=NOTE, header=p(r("得分99分")))


EVERYTHING = everything()
UNPACKED = {name: zipfile.ZipFile(io.BytesIO(EVERYTHING)).read(name) for name in zipfile.ZipFile(io.BytesIO(EVERYTHING)).namelist()}


def does_no_harm(data: bytes) -> None:
    """Whatever the bytes: a document, or the reason why there is none."""
    try:
        document = read(data)
    except Refused:
        return
    assert document.error or document.pages[0].text.split("\n").count(TABLE) == len(document.pages[0].grids)


@given(st.binary(max_size=300))
def test_any_bytes_do_no_harm(data: bytes) -> None:
    does_no_harm(data)
    does_no_harm(b"PK\x03\x04" + data)
    does_no_harm(package({"word/document.xml": data}))


@given(st.integers(0, len(EVERYTHING)))
def test_a_file_cut_off_anywhere_does_no_harm(end: int) -> None:
    does_no_harm(EVERYTHING[:end])


@settings(max_examples=400)
@given(st.lists(st.tuples(st.integers(0, len(EVERYTHING) - 1), st.integers(0, 7)), min_size=1, max_size=4))
def test_flipped_bits_do_no_harm(flips: list[tuple[int, int]]) -> None:
    data = bytearray(EVERYTHING)
    for at, bit in flips:
        data[at] ^= 1 << bit
    does_no_harm(bytes(data))


@settings(max_examples=300)
@given(st.sampled_from(sorted(UNPACKED)), st.randoms(use_true_random=False))
def test_shuffled_xml_does_no_harm(name: str, chance: random.Random) -> None:
    """The checksums of the package hide most damage; here the parts themselves are torn and put together again."""
    pieces = UNPACKED[name].decode().replace("><", ">\0<").split("\0")
    for _ in range(chance.randint(1, 4)):
        at, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        pieces[at : at + chance.randint(0, 1)] = [pieces[other]] * chance.randint(0, 2)
        pieces = pieces or ["<w:p/>"]
    does_no_harm(package({**UNPACKED, name: "".join(pieces)}))


NAMES_KNOWN = sorted({piece.split()[0].strip("</>") for name in UNPACKED for piece in UNPACKED[name].decode().split("<w:")[1:]} - {""})
TREE = st.recursive(
    st.sampled_from(["甲", "36万元", ""]),
    lambda inner: st.builds(
        lambda name, value, inside: f'<w:{name} w:val="{value}" w:id="5" w:fldCharType="begin">{"".join(inside)}</w:{name}>',
        st.sampled_from(NAMES_KNOWN), st.sampled_from(["1", "0", "restart", "x", "99999999999"]), st.lists(inner, max_size=3),
    ),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=300)
@given(TREE, TREE, TREE)
def test_elements_in_any_order_do_no_harm(body: str, numbering: str, styles: str) -> None:
    does_no_harm(word(RATE + body, numbering=numbering, styles=styles))
