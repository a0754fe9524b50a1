"""OFD files: text in reading order with its boxes, and an answer for every broken file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.document import TABLE, Document, Grid
from extractor.read import report_of
from extractor.readers import ofd, ofd_page, open_bytes
from extractor.readers.errors import Refused
from extractor.readers.ofd import characters_of, read_ofd, rules_of
from extractor.readers.ofd_page import POINT, Allowance, Drawing, draw
from extractor.readers.package import parsed
from tools.make_ofd import ABOVE, LEFT, PAGE_BREAK, Block, make_ofd, packed
from verifier.verify import verify

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "tables"
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SENTENCE = "年初预算数为 340.57 万元，其中：基本支出304.57万元。"


def text(words: str, x: float = 20, y: float = 20, attributes: str = "", code: str = "") -> str:
    """A text object of 4 mm whose base line begins at ``x``, ``y``."""
    return f'<ofd:TextObject Size="4" Boundary="{x} {y} 100 5" {attributes}><ofd:TextCode X="0" Y="0" {code}>{words}</ofd:TextCode></ofd:TextObject>'


def path(data: str, boundary: str = "0 0 210 297", attributes: str = "") -> str:
    return f'<ofd:PathObject Boundary="{boundary}" {attributes}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def content(objects: str) -> str:
    return f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"


def page(objects: str, before: str = "") -> str:
    return f"<ofd:Page {NAMESPACE}>{before}{content(objects)}</ofd:Page>"


def document(pages: Iterable[str], common: str = "") -> str:
    listed = "".join(f'<ofd:Page ID="{number}" BaseLoc="{place}"/>' for number, place in enumerate(pages))
    return f"<ofd:Document {NAMESPACE}><ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"


def root(*documents: str, more: str = "") -> str:
    bodies = "".join(f"<ofd:DocBody><ofd:DocRoot>{place}</ofd:DocRoot>{more}</ofd:DocBody>" for place in documents)
    return f"<ofd:OFD {NAMESPACE}>{bodies}</ofd:OFD>"


def parts(*pages: str, common: str = "", more: str = "", **others: str) -> dict[str, str]:
    """The parts of an OFD file with these pages; a change to one of them makes the file of a test."""
    places = [f"Pages/Page_{number}/Content.xml" for number in range(len(pages))]
    return {
        "OFD.xml": root("Doc_0/Document.xml", more=more),
        "Doc_0/Document.xml": document(places, common),
        **{f"Doc_0/{place}": words for place, words in zip(places, pages, strict=True)},
        **others,
    }


def read(package: dict[str, str]) -> Document:
    return read_ofd(packed(package), Document("报告.ofd", "", "ofd"))


def words(objects: str, before: str = "", common: str = "", **others: str) -> str:
    """The text of a file with one page."""
    found = read(parts(page(objects, before), common=common, **others))
    assert found.error is None
    return found.pages[0].text


def box(objects: str, wanted: str) -> list[float] | None:
    found = read(parts(page(objects))).pages[0]
    start = found.text.index(wanted)
    assert found.box_of
    corners = found.box_of(start, start + len(wanted))
    return [round(corner / POINT, 2) for corner in corners] if corners else None


def no_unit(wanted: str) -> None:
    """A file without composite objects."""


def drawing(objects: str) -> Drawing:
    found = Drawing()
    draw(parsed(f"<Content {NAMESPACE}><Layer>{objects}</Layer></Content>".encode()), found, no_unit, Allowance())
    return found


def rules(objects: str) -> list[list[float]]:
    return [[round(corner / POINT, 1) for corner in rule] for rule in rules_of(drawing(objects))]


# ------------------------------------------------------------------------------------------------------------ text


def test_a_printed_report_is_read_as_it_was_written() -> None:
    found = read_ofd(make_ofd(["一、基本概况", SENTENCE, PAGE_BREAK, "二、结论"]), Document("a.ofd", "", "ofd"))
    assert found.error is None
    assert [(page.number, page.text) for page in found.pages] == [(1, f"一、基本概况\n{SENTENCE}\n"), (2, "二、结论\n")]


def test_the_cells_of_a_row_without_rules_stand_on_one_line() -> None:
    row = text("项目", x=20) + text("合计", x=60) + text("340.57", x=100)
    assert words(row + text("执行", x=60, y=26) + text("307.27", x=100, y=26)) == "项目 合计 340.57\n执行 307.27\n"


def test_figures_below_each_other_are_no_bold_print() -> None:
    # Rows whose heights differ by less than a line's make one row of signs from the top to the bottom.
    stairs = "".join(text("1", x=20 + 9 * at, y=20 + 0.6 * at) for at in range(10)) + text("1", y=25.4)
    assert words(stairs).count("1") == 11


def test_lines_are_read_from_the_top_whatever_the_order_of_writing() -> None:
    assert words(text("丙", y=60) + text("乙", x=40) + text("甲")) == "甲 乙\n丙\n"


def test_each_sign_may_be_an_object_of_its_own() -> None:
    signs = "".join(text(sign, x=20 + 2 * at) for at, sign in enumerate("340.57%"))
    assert words(signs) == "340.57%\n"


def test_the_matrix_of_an_object_stands_before_its_boundary() -> None:
    # An object as a converter from PDF writes it: far numbers that the matrix brings back.
    converted = (
        '<ofd:TextObject CTM="0.3527 0 0 0.3527 -114.807533 111.352325" Boundary="114.807533 185.229584 4.083549 4.733795" Size="14.749">'
        '<ofd:TextCode X="324.419" Y="-303.723">局</ofd:TextCode></ofd:TextObject>'
    )
    left, top, right, bottom = box(converted, "局") or [0.0] * 4
    assert (left, right) == (114.42, 119.62)
    assert top < 189.46 < bottom


def test_steps_may_be_repeated() -> None:
    assert box(text("一二三四", code='DeltaX="g 2 4 9"'), "三") == [28, 16.48, 32, 20.48]
    assert words(text("一二三四", code='DeltaX="g 2 4 9"')) == "一二三 四\n"


def test_a_wide_step_is_a_space() -> None:
    assert words(text("地址：", code='DeltaX="24.5 4"')) == "地 址：\n"


def test_signs_without_steps_follow_each_other() -> None:
    assert words(text("预算340.57万元")) == "预算340.57万元\n"


def test_steps_downwards_make_a_line_of_each_sign() -> None:
    assert words(text("项目", code='DeltaY="6"')) == "项\n目\n"


def test_a_code_without_a_place_goes_on_where_the_one_before_began() -> None:
    codes = '<ofd:TextCode X="0" Y="0">上</ofd:TextCode><ofd:TextCode Y="8">下</ofd:TextCode>'
    assert words(f'<ofd:TextObject Size="4" Boundary="30 20 9 9">{codes}</ofd:TextObject>' + text("左", y=28)) == "上\n左 下\n"


def test_written_spaces_are_kept_even_where_they_are_narrow() -> None:
    assert words(text("为 340", code='DeltaX="4 0.8 2 2"')) == "为 340\n"


def test_blanks_that_fill_up_a_cell_do_not_tear_the_figure_beside_it() -> None:
    assert words(text("合计" + " " * 9, code='DeltaX="g 10 2"') + text("340.57", x=28, code='DeltaX="g 5 2"')) == "合计 340.57\n"


def test_steps_that_leave_out_the_spaces_are_understood() -> None:
    assert words(text("车 牌 号 码", code='DeltaX="4 4 4"')) == "车 牌 号 码\n"
    assert box(text("车 牌 号 码", code='DeltaX="4 4 4"'), "码") == [32, 16.48, 36, 20.48]


def test_the_indents_of_the_xml_are_no_text() -> None:
    assert words(text("\n      预算数\n   ", code='DeltaX="4 4"')) == "预算数\n"


def test_a_space_may_be_escaped() -> None:
    assert words(text(r"预算\0020执行", code='DeltaX="g 4 4"')) == "预算 执行\n"


def test_glyph_transforms_leave_the_text_as_it_is() -> None:
    transform = '<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>20 21</ofd:Glyphs></ofd:CGTransform>'
    assert words(text("预算").replace("<ofd:TextCode", f"{transform}<ofd:TextCode", 1)) == "预算\n"


def test_bold_print_that_is_printed_twice_is_read_once() -> None:
    steps = 'DeltaX="g 5 2"'
    assert words(text("311.57", code=steps) + text("311.57", x=20.2, code=steps)) == "311.57\n"


def test_what_is_set_invisible_is_left_out() -> None:
    assert words(text("见") + text("不", y=40, attributes='Visible="false"')) == "见\n"


def test_text_behind_a_scan_is_read_with_a_note() -> None:
    found = read(parts(page(text("预算", attributes='Alpha="0"'))))
    assert found.pages[0].text == "预算\n"
    assert "不可见的文字" in found.notes[0]


def test_blocks_and_all_layers_are_read() -> None:
    nested = f"<ofd:PageBlock><ofd:PageBlock>{text('乙', y=40)}</ofd:PageBlock></ofd:PageBlock></ofd:Layer><ofd:Layer>{text('丙', y=60)}"
    assert words(text("甲") + nested) == "甲\n乙\n丙\n"


def test_any_namespace_will_do() -> None:
    other = {name: part.replace("xmlns:ofd", "xmlns:x").replace("ofd:", "x:") for name, part in parts(page(text("预算"))).items()}
    assert read({name: part.replace("2016", "other") for name, part in other.items()}).pages[0].text == "预算\n"
    plain = {name: part.replace("xmlns:ofd", "xmlns").replace("ofd:", "") for name, part in parts(page(text("预算"))).items()}
    assert read(plain).pages[0].text == "预算\n"


def test_a_turned_page_is_read_as_one_turns_it() -> None:
    turned = text("预算", x=100, attributes='CTM="0 1 -1 0 0 0"') + text("执行", x=90, attributes='CTM="0 1 -1 0 0 0"')
    assert words(turned) == "预算\n执行\n"
    assert box(turned, "预算") == [99.52, 20, 103.52, 28]


def test_a_slanted_water_mark_does_not_mix_with_the_lines() -> None:
    assert words(text("机密", attributes='CTM="0.7 0.7 -0.7 0.7 0 0"') + text(SENTENCE)) == f"{SENTENCE}\n机密\n"


def test_the_signs_of_a_composite_object_are_read() -> None:
    unit = content(text("章程", x=0, y=10)).replace("<ofd:Layer>", "").replace("</ofd:Layer>", "")
    inside = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7">{unit}</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    resources = {"Doc_0/Res.xml": f"<ofd:Res {NAMESPACE}>{inside}</ofd:Res>"}
    composite = '<ofd:CompositeObject ResourceID="7" Boundary="50 20 9 9" CTM="0.5 0 0 0.5 0 0"/>'
    package = parts(page(composite), common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>", **resources)
    found = read(package).pages[0]
    assert found.text == "章程\n"
    assert found.box_of
    assert [round(corner / POINT, 2) for corner in found.box_of(0, 1) or ()] == [50, 23.24, 52, 25.24]


def test_line_ends_and_table_signs_inside_the_text_are_spaces() -> None:
    assert words(text("甲\u2028乙\ufffc丙")) == "甲 乙 丙\n"


# ------------------------------------------------------------------------------------------------------------ boxes


def test_a_box_is_as_high_as_the_font_and_as_wide_as_the_words() -> None:
    assert box(text("预算340.57", code='DeltaX="g 2 4 g 5 2"'), "340.57") == [28, 16.48, 40, 20.48]


def test_a_blank_has_no_box() -> None:
    found = read(parts(page(text("预算") + text("数", x=50)))).pages[0]
    assert found.text == "预算 数\n"
    assert found.box_of
    assert found.box_of(2, 3) is None
    assert found.box_of(4, 5) is None
    assert found.box_of(1, 1) is None
    assert found.box_of(0, 4) == pytest.approx((20 * POINT, 16.48 * POINT, 54 * POINT, 20.48 * POINT))


def test_characters_stand_with_their_base_line() -> None:
    (sign,) = characters_of(drawing(text("预")))
    assert sign.sign == "预"
    assert sign.base == pytest.approx(20 * POINT)


# ------------------------------------------------------------------------------------------------------------ rules


def test_lines_and_frames_are_rules() -> None:
    assert rules(path("M 0 0 L 40 0", "20 30 40 0.2")) == [[20, 30, 60, 30]]
    assert rules(path("M 0 0 L 0 9 L 30 9 L 30 0 C", "10 10 30 9")) == [
        [10, 10, 10, 19],
        [10, 19, 40, 19],
        [40, 10, 40, 19],
        [10, 10, 40, 10],
    ]


def test_a_thin_filled_bar_is_one_rule() -> None:
    assert rules(path("M 0 0 L 40 0 L 40 0.4 L 0 0.4 C", "20 30 40 0.4", 'Fill="true" Stroke="false"')) == [[20, 30.2, 60, 30.2]]


def test_a_shade_a_slanted_line_and_a_curve_are_no_rules() -> None:
    assert rules(path("M 0 0 L 40 0 L 40 9 L 0 9 C", attributes='Fill="true" Stroke="false"')) == []
    assert rules(path("M 0 0 L 40 20 Q 1 1 40 40 B 1 1 2 2 3 3 A 5 5 0 1 1 9 9")) == []
    assert rules(path("M 0 0 L 40 0", attributes='Stroke="false"')) == []


def test_a_curve_breaks_a_line() -> None:
    assert rules(path("M 0 0 L 40 0 Q 45 0 45 5 L 45 30")) == [[0, 0, 40, 0], [45, 5, 45, 30]]


@pytest.mark.parametrize("data", ["", "M", "M 1", "L L L", "M 0 0 X 5 5 L 9 0", "M 0 0 L nan 1e999", "C C C", "0 0 0"])
def test_a_path_that_cannot_be_made_out_has_no_rules(data: str) -> None:
    assert rules(path(data)) == []


# ------------------------------------------------------------------------------------------------------------ tables

MERGED: list[list[str]] = [["项目", LEFT, "金额"], ["年初", "合计", "340.57"], [ABOVE, "执行", "307.27"], ["总计", LEFT, "90.22%"], [ABOVE, LEFT, ""]]
MERGED_CELLS = [
    (0, 0, 1, 2, "项目"), (0, 2, 1, 1, "金额"), (1, 0, 2, 1, "年初"), (1, 1, 1, 1, "合计"), (1, 2, 1, 1, "340.57"),
    (2, 1, 1, 1, "执行"), (2, 2, 1, 1, "307.27"), (3, 0, 2, 2, "总计"), (3, 2, 1, 1, "90.22%"), (4, 2, 1, 1, ""),
]  # fmt: skip

_Cell = tuple[int, int, int, int, str]


def printed(blocks: Iterable[Block]) -> Document:
    return read_ofd(make_ofd(blocks), Document("a.ofd", "", "ofd"))


def grids(found: Document) -> list[Grid]:
    return [grid for one in found.pages for grid in one.grids]


def cells(grid: Grid) -> list[_Cell]:
    return sorted((cell.row, cell.column, cell.rows, cell.columns, "".join(cell.text.split())) for cell in grid.cells)


def ruled(rows: list[list[str]], objects: str = "", left: float = 20, top: float = 20) -> str:
    """A table with cells of 40 by 8 mm around those words."""
    right, bottom = left + 40 * len(rows[0]), top + 8 * len(rows)
    upright = "".join(path(f"M {left + 40 * at} {top} L {left + 40 * at} {bottom}") for at in range(len(rows[0]) + 1))
    level = "".join(path(f"M {left} {top + 8 * at} L {right} {top + 8 * at}") for at in range(len(rows) + 1))
    said = "".join(text(words, left + 40 * column + 2, top + 8 * row + 6) for row, line in enumerate(rows) for column, words in enumerate(line))
    return upright + level + said + objects


def test_a_table_is_a_grid_where_its_top_is_met() -> None:
    found = printed(["一、资金情况", MERGED, SENTENCE])
    assert found.pages[0].text == f"一、资金情况\n{TABLE}\n{SENTENCE}\n"
    (grid,) = found.pages[0].grids
    assert cells(grid) == MERGED_CELLS
    assert grid.name == "表1"
    assert {cell.page for cell in grid.cells} == {1}


def test_tables_are_named_in_their_order_over_all_pages() -> None:
    found = printed([MERGED, "一", MERGED, PAGE_BREAK, "二", MERGED])
    assert [one.text for one in found.pages] == [f"{TABLE}\n一\n{TABLE}\n", f"二\n{TABLE}\n"]
    assert [grid.name for grid in grids(found)] == ["表1", "表2", "表3"]


def test_characters_of_a_cell_know_their_box() -> None:
    (grid,) = read(parts(page(ruled([["项目", "金额"], ["合计", "340.57"], ["执行", ""]])))).pages[0].grids
    said, empty = grid.cells[3], grid.cells[5]
    assert said.text == "340.57"
    assert said.box_of
    box = said.box_of(0, 3)
    assert box is not None
    assert box[:2] == pytest.approx([62 * POINT, 30.48 * POINT], abs=0.01)
    assert 66 * POINT < box[2] <= 69 * POINT
    assert empty.box_of
    assert empty.box_of(0, 0) == pytest.approx([corner * POINT for corner in (60, 36, 100, 44)], abs=0.01)


def test_the_text_around_a_table_knows_its_box() -> None:
    objects = text("前言", y=10) + ruled([["项目", "金额"], ["合计", "340.57"]]) + text("后记", y=60)
    assert words(objects) == f"前言\n{TABLE}\n后记\n"
    assert box(objects, "后记") == [20, 56.48, 28, 60.48]
    assert box(objects, TABLE) == [20, 20, 100, 36]


def test_each_sign_of_a_cell_may_be_an_object_and_in_any_order() -> None:
    signs = [text(sign, x=62 + 2 * at, y=34) for at, sign in enumerate("340.57%")]
    objects = "".join(signs[::-1]) + ruled([["金额", "项目"], ["合计", ""]])
    (grid,) = read(parts(page(objects))).pages[0].grids
    assert cells(grid)[3] == (1, 1, 1, 1, "340.57%")


def test_bold_print_is_read_once_in_a_cell() -> None:
    bold = "".join(text("11.22", x=22 + 0.1 * time, y=34) for time in range(3))
    (grid,) = read(parts(page(ruled([["项目", "金额"], ["", "3"]], bold)))).pages[0].grids
    assert cells(grid)[2] == (1, 0, 1, 1, "11.22")


def test_wide_digits_and_signs_below_each_other_do_not_lie() -> None:
    wide = ruled([["①", "１２３"], ["项", "９"]]) + text("况", x=22, y=41) + text("情", x=22, y=37)
    (grid,) = read(parts(page(wide.replace("L 20 36", "L 20 44")))).pages[0].grids
    assert cells(grid)[:2] == [(0, 0, 1, 1, "①"), (0, 1, 1, 1, "１２３")]
    upwards = ruled([["预算", ""]]) + text("二", x=64, y=27) + text("一", x=64, y=23.5)
    (grid,) = read(parts(page(upwards))).pages[0].grids
    assert cells(grid) == [(0, 0, 1, 1, "预算"), (0, 1, 1, 1, "一二")]


def test_frames_of_cells_and_thin_bars_are_rules_of_a_table_too() -> None:
    frames = "".join(path("M 0 0 L 40 0 L 40 8 L 0 8 C", f"{x} {y} 40 8") for x in (20, 60) for y in (20, 28))
    said = "".join(text(word, x, y) for word, x, y in (("项目", 22, 26), ("金额", 62, 26), ("合计", 22, 34), ("5", 62, 34)))
    bar = 'Fill="true" Stroke="false"'
    bars = "".join(path("M 0 0 L 80 0 L 80 0.3 L 0 0.3 C", f"20 {y} 80 0.3", bar) for y in (20, 28, 36))
    bars += "".join(path("M 0 0 L 0.3 0 L 0.3 16 L 0 16 C", f"{x} 20 0.3 16", bar) for x in (20, 60, 100))
    for rules_drawn in (frames, bars):
        (grid,) = read(parts(page(rules_drawn + said))).pages[0].grids
        assert [cell[4] for cell in cells(grid)] == ["项目", "金额", "合计", "5"]


@pytest.mark.parametrize(
    "drawn",
    [path("M 20 30 L 190 30"), path("M 20 30 L 190 30") + path("M 20 90 L 190 90"), path("M 10 10 L 200 10 L 200 280 L 10 280 C"), path("M 20 10 L 20 90") * 3],
)
def test_rules_that_make_no_table_change_nothing(drawn: str) -> None:
    objects = text(SENTENCE) + text("项目", y=40) + text("340.57", x=90, y=40) + text("页脚", y=280)
    plain, with_rules = read(parts(page(objects))).pages[0], read(parts(page(objects + drawn))).pages[0]
    assert with_rules.text == plain.text
    assert not with_rules.grids
    assert plain.box_of
    assert with_rules.box_of
    assert [plain.box_of(at, at + 1) for at in range(len(plain.text))] == [with_rules.box_of(at, at + 1) for at in range(len(plain.text))]


def test_a_page_whose_text_all_stands_in_a_table_is_no_picture() -> None:
    picture = '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="5"/>'
    found = read(parts(page(picture + ruled([[SENTENCE[:8], "340.57"]] * 4))))
    assert found.error is None
    assert not found.notes
    assert found.pages[0].grids


def test_a_plan_larger_than_any_sheet_has_no_tables() -> None:
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 2000 2000</ofd:PhysicalBox></ofd:PageArea>"
    assert TABLE not in words(ruled([["项目", "金额"], ["合计", "5"]]), common=area)
    assert TABLE in words(ruled([["项目", "金额"], ["合计", "5"]]))


def test_a_table_over_several_pages_is_one() -> None:
    rows = [["序号", "项目", "金额"], *([str(number), f"项目{number}", f"{number}.5万元"] for number in range(1, 121))]
    found = printed(["一、明细", rows, "二、结论"])
    assert len(found.pages) > 2
    (grid,) = grids(found)
    assert [cell[4] for cell in cells(grid)] == [said for row in rows for said in row]
    assert [one.text for one in found.pages] == [f"一、明细\n{TABLE}\n", *[""] * (len(found.pages) - 2), "二、结论\n"]
    last = grid.cells[-1]
    assert last.page == len(found.pages)
    assert last.box_of
    assert last.box_of(0, 3)


def test_a_merged_cell_over_the_page_and_a_repeated_head() -> None:
    head = ["类别", "项目", "金额"]
    first = [head, ["产出", "项目1", "1万元"], *([ABOVE, f"项目{number}", f"{number}万元"] for number in range(2, 61))]
    (grid,) = grids(printed([first]))
    assert cells(grid)[3] == (1, 0, 60, 1, "产出")
    part = [[f"第{number}项", f"内容{number}", f"{number}万元"] for number in range(1, 40)]
    found = printed([[head, *part[:36]], PAGE_BREAK, [head, *part[36:]]])
    assert [cell[4] for cell in cells(*grids(found))] == [said for row in (head, *part) for said in row]


# ------------------------------------------------------------------------------------------------------------ reports


def blocks_of(found: Document) -> list[Block]:
    """What to print so that it looks like a page of the web."""
    (one,) = found.pages
    waiting = iter(one.grids)
    return [rows_of(next(waiting)) if line == TABLE else line for line in one.text.split("\n")]


def rows_of(grid: Grid) -> list[list[str]]:
    height, width = max(cell.row + cell.rows for cell in grid.cells), max(cell.column + cell.columns for cell in grid.cells)
    rows = [[""] * width for _ in range(height)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                rows[row][column] = LEFT if column > cell.column else ABOVE
        rows[cell.row][cell.column] = cell.text
    return rows


def as_ruled(grid: Grid) -> list[_Cell]:
    """The cells as print can show them: no rule stands at a column of the web that no cell begins or ends with."""
    across = sorted({edge for cell in grid.cells for edge in (cell.column, cell.column + cell.columns)})
    return [(row, across.index(left), rows, across.index(left + columns) - across.index(left), said) for row, left, rows, columns, said in cells(grid)]


@pytest.mark.parametrize("name", sorted(folder.name for folder in FIXTURES.iterdir() if folder.is_dir()))
def test_a_report_with_tables_reads_as_its_web_page_does(name: str) -> None:
    web = open_bytes((FIXTURES / name / "source.html").read_bytes(), "source.html")
    found = open_bytes(make_ofd(blocks_of(web)), "source.ofd")

    assert [cells(grid) for grid in grids(found)] == [as_ruled(grid) for grid in web.pages[0].grids]
    assert [grid.name for grid in grids(found)] == [grid.name for grid in web.pages[0].grids]
    expected, report = report_of(web), report_of(found)
    assert [(figure.kind, figure.unit, figure.number) for figure in report.figures] == [
        (figure.kind, figure.unit, figure.number) for figure in expected.figures
    ]
    assert all(figure.place and figure.place.box for figure in report.figures)
    assert Counter((check.rule, check.verdict) for check in verify(report).checks) == Counter((check.rule, check.verdict) for check in verify(expected).checks)


# ------------------------------------------------------------------------------------------------------------ the package


@pytest.mark.parametrize(
    "place", ["Pages/Page_0/Content.xml", "/Doc_0/Pages/Page_0/Content.xml", "./../Doc_0/Pages/Page_0/Content.xml", "Pages\\PAGE_0\\content.xml"]
)
def test_a_page_is_found_however_its_place_is_written(place: str) -> None:
    package = parts(page(text("预算")))
    package["Doc_0/Document.xml"] = document([place])
    assert read(package).pages[0].text == "预算\n"


def test_a_place_outside_the_package_is_nowhere() -> None:
    package = parts(page(text("预算")))
    package["Doc_0/Document.xml"] = document(["../../../etc/passwd", "Pages/Page_0/Content.xml"])
    assert [page.text for page in read(package).pages] == ["", "预算\n"]


def test_the_order_of_the_pages_is_that_of_the_document() -> None:
    package = parts(page(text("一")), page(text("二")))
    package["Doc_0/Document.xml"] = document(["Pages/Page_1/Content.xml", "Pages/Page_0/Content.xml"])
    assert [(page.number, page.text) for page in read(package).pages] == [(1, "二\n"), (2, "一\n")]


def test_what_the_template_shows_stands_on_each_page() -> None:
    common = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    use = '<ofd:Template TemplateID="9" ZOrder="Background"/>'
    template = {"Doc_0/Tpls/Tpl_0/Content.xml": page(text("绩效自评报告", y=10))}
    found = read(parts(page(text("一"), use), page(text("二"), use), common=common, **template))
    assert [page.text for page in found.pages] == ["绩效自评报告\n一\n", "绩效自评报告\n二\n"]


def test_a_missing_template_is_noted() -> None:
    found = read(parts(page(text("一"), '<ofd:Template TemplateID="9"/>')))
    assert found.pages[0].text == "一\n"
    assert found.notes == ["第 1 页的模板（页眉、页脚等）无法打开，其中的内容没有读到。"]


@pytest.mark.parametrize("broken", [None, "<ofd:Page", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_a_page_that_is_missing_or_damaged_is_noted_and_the_others_are_read(broken: str | None) -> None:
    package = parts(page(text("一")), page(text("二")))
    if broken is None:
        del package["Doc_0/Pages/Page_0/Content.xml"]
    else:
        package["Doc_0/Pages/Page_0/Content.xml"] = broken
    found = read(package)
    assert [page.text for page in found.pages] == ["", "二\n"]
    assert found.notes == ["第 1 页无法打开，内容没有读到，请与原件核对。"]


def test_several_documents_are_read_one_after_another() -> None:
    package = parts(page(text("一")))
    package |= {name.replace("Doc_0", "Doc_1"): part for name, part in parts(page(text("二"))).items() if name.startswith("Doc_0")}
    package["OFD.xml"] = root("Doc_0/Document.xml", "/Doc_1/Document.xml", "Doc_2/Document.xml")
    found = read(package)
    assert [(page.number, page.text) for page in found.pages] == [(1, "一\n"), (2, "二\n")]
    assert "其中一份无法打开" in found.notes[0]


@pytest.mark.parametrize(("kind", "notes"), [("", 1), ('Type="Seal"', 1), ('Type="Sign"', 0)])
def test_a_seal_is_noted(kind: str, notes: int) -> None:
    signs = {"Doc_0/Signs/Signatures.xml": f'<ofd:Signatures {NAMESPACE}><ofd:Signature ID="1" {kind} BaseLoc="a"/></ofd:Signatures>'}
    found = read(parts(page(text("一")), more="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>", **signs))
    assert len(found.notes) == notes
    assert all("文件带有电子签章" in note for note in found.notes)


def test_annotations_are_left_out() -> None:
    assert words(text("一"), **{"Doc_0/Annots/Page_0/Annotation.xml": page(text("批注"))}) == "一\n"


# ------------------------------------------------------------------------------------------------------------ refusals


def test_an_encrypted_file_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        read(parts(page(text("一")), **{"Encryptions.xml": "<a/>"}))
    assert refusal.value.error.code == "encrypted"


@pytest.mark.parametrize("part", ["OFD.xml", "Doc_0/Document.xml"])
@pytest.mark.parametrize("broken", [None, "", "<a"])
def test_without_its_roots_a_file_is_damaged(part: str, broken: str | None) -> None:
    package = parts(page(text("一")))
    if broken is None:
        del package[part]
    else:
        package[part] = broken
    with pytest.raises(Refused) as refusal:
        read(package)
    assert refusal.value.error.code == "damaged"


def test_a_file_without_pages_says_so() -> None:
    found = read(parts())
    assert found.error and found.error.code == "zero_pages"
    assert not found.pages


def test_a_file_of_pictures_says_so() -> None:
    picture = '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="5"/>'
    found = read(parts(page(picture), page(picture + text("第2页"))))
    assert found.error and found.error.code == "no_text_layer"
    assert "2 页" in found.error.message
    assert not found.pages


def test_a_picture_among_pages_of_text_is_noted() -> None:
    found = read(parts(page(text("一")), page("")))
    assert found.error is None
    assert found.notes == ["第 2 页没有文字层（空白页或扫描图片），其中的内容没有读到。"]


def test_a_file_none_of_whose_pages_is_there_is_damaged() -> None:
    package = parts(page(text("一")))
    del package["Doc_0/Pages/Page_0/Content.xml"]
    found = read(package)
    assert found.error and found.error.code == "damaged"


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd, "MAX_PAGES", 3)
    with pytest.raises(Refused) as refusal:
        read(parts(*[page(text("一"))] * 4))
    assert refusal.value.error.code == "too_large"


def test_too_many_signs_are_refused() -> None:
    with pytest.raises(Refused) as refusal:
        draw(parsed(f"<Content {NAMESPACE}><Layer>{text('一' * 20)}</Layer></Content>".encode()), Drawing(), no_unit, Allowance(signs=19))
    assert refusal.value.error.code == "too_large"


def test_a_page_that_is_listed_again_and_again_ends_at_the_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd, "Allowance", lambda: Allowance(size=5000))
    package = parts(page(text("一")))
    package["Doc_0/Document.xml"] = document(["Pages/Page_0/Content.xml"] * 20)
    with pytest.raises(Refused):
        read(package)


def test_a_part_beyond_its_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd, "MAX_PART", 1000)
    with pytest.raises(Refused):
        read(parts(page(text("一" * 1000))))


# ------------------------------------------------------------------------------------------------------------ hostile files


def test_deep_nesting_is_walked_without_recursion() -> None:
    deep = "<ofd:PageBlock>" * 50_000 + text("底") + "</ofd:PageBlock>" * 50_000
    assert words(deep) == "底\n"


def test_a_composite_object_made_of_itself_comes_to_an_end() -> None:
    own = '<ofd:CompositeObject ResourceID="7" Boundary="0 0 9 9"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="7"><ofd:Content>{own * 3}{text("一")}</ofd:Content></ofd:CompositeGraphicUnit>'
    resources = {"Doc_0/Res.xml": f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>"}
    assert words(own, common="<ofd:PublicRes>Res.xml</ofd:PublicRes>", **resources) == "一\n"


@pytest.mark.parametrize("steps", ["g 999999999999 4", "g -5 4", "g", "g 4", "g nan inf", "一", "1e999", "g " * 999])
def test_no_steps_do_harm(steps: str) -> None:
    assert sorted(words(text("预算", code=f'DeltaX="{steps}" DeltaY="{steps}"')).replace("\n", "").replace(" ", "")) == sorted("预算")


@pytest.mark.parametrize("attribute", ["Size", "HScale", "CTM", "Boundary", "CharDirection", "Visible", "Alpha"])
@pytest.mark.parametrize("value", ["", "nan", "inf", "-1e308", "0", "0 0 0 0 0 0", "1e5 1e5 1e5 1e5 1e5 1e5", "一", "-3"])
def test_no_attribute_does_harm(attribute: str, value: str) -> None:
    found = read(parts(page(f'<ofd:TextObject {attribute}="{value}"><ofd:TextCode>预算</ofd:TextCode></ofd:TextObject>' + text("数", y=200))))
    assert found.pages[0].box_of
    found.pages[0].box_of(0, len(found.pages[0].text))


def test_a_page_with_more_rules_than_a_table_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd_page, "MAX_RULES", 10)
    monkeypatch.setattr(ofd, "MAX_RULES", 10)
    assert len(rules(path("M 0 0 L 40 0 " * 9))) == 9
    assert len(drawing(path("M 0 0 L 40 0 " * 50)).rules) == 10
    assert rules(path("M 0 0 L 40 0 " * 50)) == []


def test_a_long_line_of_blanks_takes_no_time() -> None:
    begin = process_time()
    found = words(text("甲" + " " * 100_000 + "乙") + text("\n" + " " * 100_000 + "丙", y=50))
    assert found.split() == ["甲", "乙", "丙"]
    assert process_time() - begin < 5


_HONEST = make_ofd(["一、基本概况", SENTENCE, [["项目", "金额"], ["合计", "340.57"]]])
_BROKEN_HEADERS = [_HONEST[:at] + b"\xff" * 4 + _HONEST[at + 4 :] for at in range(_HONEST.index(b"PK\x01\x02"), len(_HONEST), 4)]
_FREELY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answers(data: bytes) -> None:
    """Reads the bytes and asks every box; nothing but ``Refused`` may come out."""
    try:
        found = read_ofd(data, Document("a.ofd", "", "ofd"))
    except Refused:
        return
    assert found.error or found.pages
    for one in found.pages:
        assert one.box_of is None or one.box_of(0, len(one.text)) is None or one.text.strip()
        for cell in (cell for grid in one.grids for cell in grid.cells):
            assert cell.box_of is None or cell.box_of(0, len(cell.text)) or cell.text


@_FREELY
@given(st.binary(max_size=400))
def test_random_bytes_are_answered(data: bytes) -> None:
    answers(data)
    answers(b"PK\x03\x04" + data)


@_FREELY
@given(st.integers(0, len(_HONEST)))
def test_a_truncated_file_is_answered(length: int) -> None:
    answers(_HONEST[:length])


@_FREELY
@given(st.lists(st.tuples(st.integers(0, len(_HONEST) - 1), st.integers(0, 7)), min_size=1, max_size=8))
def test_flipped_bits_are_answered(flips: list[tuple[int, int]]) -> None:
    data = bytearray(_HONEST)
    for at, bit in flips:
        data[at] ^= 1 << bit
    answers(bytes(data))


def test_broken_headers_of_the_package_are_answered() -> None:
    for data in _BROKEN_HEADERS:
        answers(data)


_PAGE = page(text(SENTENCE, code='DeltaX="g 3 4 2"') + ruled([["项目", "金额"], ["合计", "340.57"]]))


@_FREELY
@given(st.lists(st.tuples(st.integers(0, len(_PAGE)), st.sampled_from(["", "9", "-", "g ", "<a>", ">", '"', " ", "e9", "\x00", "\ud7ff"])), max_size=6))
def test_a_page_with_signs_put_in_is_answered(changes: list[tuple[int, str]]) -> None:
    changed = _PAGE
    for at, sign in changes:
        changed = changed[:at] + sign + changed[at:]
    answers(packed(parts(changed)))
