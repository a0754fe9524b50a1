"""Ruled tables of PDF pages: every cell exact, every digit in one place, and no table where there is only a box."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Drawn

from extractor.document import TABLE, Document, GridCell, Page
from extractor.model.place import Box
from extractor.readers import pdf as reader
from extractor.readers.continued import joined_over_pages
from extractor.readers.frames import grids_of
from extractor.readers.grids import RuledGrid, Tabled, tables_on
from extractor.readers.pdfium import pdfium
from extractor.readers.rules import Rule, rules_of

SONG = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(SONG))
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "tables"
Span = tuple[int, int, int, int]


# ------------------------------------------------------------------------------------------------------------ reading


class Sheet(reader._Sheet):
    """A page as the PDF reader has it, with the box round several characters."""

    def around(self, units: Sequence[int]) -> Box | None:
        handles = self.file.text_page(self.index)
        assert handles
        boxes = [box for unit in units if (box := self.char_box(handles[1], unit))]
        return (min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[2] for box in boxes), max(box[3] for box in boxes)) if boxes else None


def sheets(data: bytes) -> Iterator[tuple[Sheet, tuple[int, int], tuple[float, float]]]:
    file = reader._open(data, Document("", "", "pdf"))
    assert file
    for index in range(file.pages):
        sheet = Sheet(file, index)
        sheet.read()
        handles = file.text_page(index)
        assert handles
        size = pdfium()["FPDF_GetPageWidthF"](handles[0]), pdfium()["FPDF_GetPageHeightF"](handles[0])
        yield sheet, handles, size


def tabled(data: bytes) -> list[tuple[Sheet, Tabled | None]]:
    """Every page with its tables as they stand on it."""
    found = []
    for sheet, handles, size in sheets(data):
        assert sheet.frame
        found.append((sheet, tables_on(sheet, handles, sheet.index + 1, sheet.shown, size)))
    return found


def pages(data: bytes) -> list[Page]:
    """Every page as the PDF reader will hand it on, before parts are joined."""
    found = []
    for sheet, page in tabled(data):
        sheet.unit_of = page.unit_of if page else None
        text = page.text if page else sheet.units.replace("\r\n", "\n")
        found.append(Page(sheet.index + 1, text, sheet.box_of, list(page.grids) if page else []))
    return found


def joined(data: bytes) -> list[Page]:
    found = pages(data)
    joined_over_pages(found)
    return found


def bare(text: str) -> str:
    return "".join(text.split())


def cells(data: bytes) -> list[list[tuple[Span, str]]]:
    """The cells of every table of a file, parts joined, texts without spaces."""
    return [[((cell.row, cell.column, cell.rows, cell.columns), bare(cell.text)) for cell in grid.cells] for page in joined(data) for grid in page.grids]


def table(data: bytes, number: int = 0) -> dict[tuple[int, int], str]:
    """The words of one table by row and column, as they are."""
    grids = [grid for page in joined(data) for grid in page.grids]
    return {(cell.row, cell.column): cell.text for cell in grids[number].cells}


def digits_are_kept(data: bytes) -> bool:
    """Whether every digit of every page stands in exactly one cell or in the text that is left."""
    for sheet, page in tabled(data):
        printed = Counter(re.sub(r"\D", "", sheet.units))
        kept = page.text + "".join(cell.text for grid in page.grids for cell in grid.cells) if page else sheet.units
        if printed != Counter(re.sub(r"\D", "", kept)):
            return False
    return True


# ------------------------------------------------------------------------------------------------------------ drawing


def drawn(*draw: Callable[[Canvas], None], size: tuple[float, float] = A4) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for page in draw:
        canvas.setFont(SONG, 10.5)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def flowed(*parts: Flowable, size: tuple[float, float] = A4, footer: bool = True) -> bytes:
    out = io.BytesIO()

    def foot(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(SONG, 9)
        if footer:
            canvas.drawCentredString(size[0] / 2, 40, f"- {document.page} -")

    SimpleDocTemplate(out, pagesize=size, invariant=1).build(list(parts), onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


STYLE = ParagraphStyle("cell", fontName=SONG, fontSize=10.5, leading=14, wordWrap="CJK")


def words(text: str) -> Paragraph:
    return Paragraph(text, STYLE)


def ruled(rows: list[list[Any]], spans: Sequence[Span] = (), **options: Any) -> Drawn:
    """A table with all its lines. A span is row, column, rows, columns."""
    commands: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), SONG, 10.5)]
    commands += [("SPAN", (column, row), (column + columns - 1, row + height - 1)) for row, column, height, columns in spans]
    return Drawn(rows, style=commands, **options)


MONEY = [
    ["项目", "年初预算", "", "决算", "执行率"],
    ["", "金额", "占比", "", ""],
    ["基本支出", "1,234.50", "60.2%", "1,200.00", "97.21%"],
    ["项目支出", "815.30", "39.8%", "790.12", "96.91%"],
    ["合计", "2,049.80", "100%", "1,990.12", "97.09%"],
]
MONEY_SPANS = [(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1), (0, 4, 2, 1)]


def test_merged_cells_and_a_head_of_two_rows() -> None:
    data = flowed(words("表前一段12.5万元。"), ruled(MONEY, MONEY_SPANS), words("表后一段34.6万元。"))
    expected = [((row, column, rows, columns), MONEY[row][column]) for row, column, rows, columns in MONEY_SPANS]
    covered = {(row + down, column + right) for row, column, rows, columns in MONEY_SPANS for down in range(rows) for right in range(columns)}
    expected += [((row, column, 1, 1), said) for row, said_there in enumerate(MONEY) for column, said in enumerate(said_there) if (row, column) not in covered]

    assert [sorted(expected)] == cells(data)
    # ReportLab writes the foot before the body.
    assert [sorted_lines(page) for page in pages(data)] == [["- 1 -", "表前一段12.5万元。", TABLE, "表后一段34.6万元。"]]


def test_boxes_of_cells_and_of_the_text_between_are_where_they_are_printed() -> None:
    data = drawn(lambda canvas: put_table(canvas, 100, 700, [["名称", "金额"], ["甲项目", "12.34万元"]], "表前87.6分。", "表后98.7分。"))
    page = pages(data)[0]
    cell = page.grids[0].cells[3]

    assert cell.text == "12.34万元"
    assert cell.box_of and page.box_of
    assert left_and_base(cell.box_of(0, 5)) == pytest.approx((204, 842 - 667), abs=4)
    start = page.text.index("98.7")
    assert left_and_base(page.box_of(start, start + 4)) == pytest.approx((121, 842 - 640), abs=4)
    assert cell.page == 1


def left_and_base(box: Box | None) -> tuple[float, float]:
    assert box and box[3] - box[1] < 20
    return box[0], box[3]


def put_table(canvas: Canvas, left: float, top: float, rows: list[list[str]], before: str = "", after: str = "", width: float = 100) -> None:
    """A table with rows of 20 points, its text 4 points from the left line and 7 above the lower one."""
    canvas.grid([left + width * at for at in range(len(rows[0]) + 1)], [top - 20 * at for at in range(len(rows) + 1)])
    canvas.drawString(left, top + 20, before)
    for down, row in enumerate(rows):
        for across, said in enumerate(row):
            canvas.drawString(left + width * across + 4, top - 20 * down - 13, said)
    canvas.drawString(left, top - 20 * len(rows) - 20, after)


def test_lines_of_a_cell_are_joined_where_they_were_only_wrapped() -> None:
    said = "全年预算数313.87万元，实际支出307.27万元，预算执行率97.90%，比上年提高1.2个百分点，结余6.60万元。"
    rows = [[words("甲<br/>乙"), words(said), words("10<br/>20")]]
    data = flowed(ruled(rows, colWidths=[80, 118, 100]))

    assert {(0, 0): "甲\n乙", (0, 1): said, (0, 2): "10\n20"} == table(data)


def test_a_number_that_is_broken_over_lines_is_joined() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 150, 250], [700, 660])
        for down, said in enumerate(["金额123", "456.78元"]):
            canvas.drawString(104, 689 - 12 * down, said)
        canvas.drawString(154, 689, "旁")

    assert table(drawn(draw))[0, 0] == "金额123456.78元"


def test_a_number_that_is_printed_over_the_edge_of_its_cell_stays_whole() -> None:
    rows = [["名称", "金额", "备注"], ["甲项目", "1234567890.12", ""], ["乙项目", "7.5", "无"]]
    data = drawn(lambda canvas: put_table(canvas, 100, 700, rows, width=60))

    assert table(data)[1, 1] == "1234567890.12"
    assert digits_are_kept(data)


def test_raised_signs_stay_on_their_line() -> None:
    def draw(canvas: Canvas) -> None:
        put_table(canvas, 100, 700, [["面积", "120m"], ["层数", "3"]])
        canvas.setFont(SONG, 6)
        canvas.drawString(204 + pdfmetrics.stringWidth("120m", SONG, 10.5), 691, "2")

    assert table(drawn(draw))[0, 1] == "120m2"


def test_several_tables_on_a_page_stand_where_they_are_printed() -> None:
    def draw(canvas: Canvas) -> None:
        put_table(canvas, 320, 700, [["乙1", "乙2"], ["乙3", "乙4"]], width=90)
        put_table(canvas, 60, 700, [["甲1", "甲2"], ["甲3", "甲4"]], "一、第一段", width=90)
        canvas.drawString(60, 500, "二、第二段")
        put_table(canvas, 60, 300, [["丙1", "丙2"], ["丙3", "丙4"]], "三、第三段")

    page = pages(drawn(draw))[0]

    assert sorted_lines(page) == ["一、第一段", TABLE, TABLE, "二、第二段", "三、第三段", TABLE]
    assert [grid.cells[0].text for grid in page.grids] == ["甲1", "乙1", "丙1"]


def sorted_lines(page: Page) -> list[str]:
    return [line.strip() for line in page.text.split("\n") if line.strip()]


def test_lines_written_in_another_order_are_put_right() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(300, 50, "1")
        for number in (5, 4, 3, 2, 1):
            canvas.drawString(60, 800 - 20 * number, f"第{number}行")
        put_table(canvas, 60, 600, [["甲1", "甲2"], ["甲3", "甲4"]])

    ((_, page),) = tabled(drawn(draw))
    assert page and page.moved
    assert [*(f"第{number}行" for number in range(1, 6)), TABLE, "1"] == page.text.split("\n")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_when_shown(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        width, height = A4
        # ReportLab lays the paper the other way round, so that the page as it is shown keeps its size.
        canvas.translate(*{90: (height, 0), 180: (width, height), 270: (0, width)}[turn])
        canvas.rotate(turn)
        put_table(canvas, 100, 400, MONEY, "表前87.6分。", width=80)

    page = pages(drawn(draw))[0]

    assert sorted_lines(page) == ["表前87.6分。", TABLE]
    assert [said for row in MONEY for said in row] == [cell.text for cell in page.grids[0].cells]


@pytest.mark.parametrize("turn", [90, 270])
def test_a_table_that_lies_on_an_upright_page(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        width, height = A4
        canvas.translate(*{90: (width, 0), 270: (0, height)}[turn])
        canvas.rotate(turn)
        put_table(canvas, 100, 400, MONEY, width=80)

    grid = pages(drawn(draw))[0].grids[0]

    assert [said for row in MONEY for said in row] == [cell.text for cell in grid.cells]
    assert [(row, column) for row in range(5) for column in range(5)] == [(cell.row, cell.column) for cell in grid.cells]


def test_a_table_within_a_form_is_found() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.setFont(SONG, 10.5)
        put_table(canvas, 0, 100, [["名称", "金额"], ["甲", "12.5"]])
        canvas.endForm()
        canvas.translate(100, 500)
        canvas.scale(0.8, 0.8)
        canvas.doForm("inner")

    grid = pages(drawn(draw))[0].grids[0]

    assert [cell.text for cell in grid.cells] == ["名称", "金额", "甲", "12.5"]
    assert isinstance(grid, RuledGrid)
    assert grid.columns == pytest.approx([100, 180, 260], abs=0.5)


def test_a_table_that_is_open_at_its_sides() -> None:
    def draw(canvas: Canvas) -> None:
        for down in range(4):
            canvas.line(100, 700 - 20 * down, 400, 700 - 20 * down)
        for across in (200, 300):
            canvas.line(across, 700, across, 640)
        for down, row in enumerate([["年度", "预算", "决算"], ["2022", "12.5", "11.9"], ["2023", "13.5", "12.9"]]):
            for across, said in enumerate(row):
                canvas.drawString(104 + 100 * across, 687 - 20 * down, said)

    assert list(table(drawn(draw)).values()) == ["年度", "预算", "决算", "2022", "12.5", "11.9", "2023", "13.5", "12.9"]


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 160, 500], [700, 500, 460])
        canvas.drawString(70, 640, "说明")
        canvas.drawString(180, 680, "明细如下1：")
        put_table(canvas, 200, 660, [["甲", "2"], ["乙", "3"]])
        canvas.drawString(70, 470, "合计")
        canvas.drawString(180, 470, "5")

    data = drawn(draw)

    assert Counter(table(data, 0).values()) == {"说明": 1, "明细如下1：": 1, "合计": 1, "5": 1}
    assert list(table(data, 1).values()) == ["甲", "2", "乙", "3"]
    assert digits_are_kept(data)


# ------------------------------------------------------------------------------------------------------------ no tables


def box_round_text(canvas: Canvas) -> None:
    canvas.rect(60, 600, 480, 100)
    canvas.drawString(70, 680, "提示：预算执行率97.90%，得9.79分。")


def underlines(canvas: Canvas) -> None:
    for down in range(6):
        canvas.drawString(60, 700 - 20 * down, f"第{down}项 12.{down}万元")
        canvas.line(60, 698 - 20 * down, 160, 698 - 20 * down)


def marked_lines(canvas: Canvas) -> None:
    for down in range(6):
        canvas.setFillGray(0.9)
        canvas.rect(60, 695 - 16 * down, 400, 16, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(60, 700 - 16 * down, f"涂色的第{down}行，金额12.{down}万元。")


def ticks(canvas: Canvas) -> None:
    for across, said in enumerate(["优", "良", "中", "差"]):
        canvas.rect(100 + 60 * across, 700, 8, 8)
        canvas.drawString(112 + 60 * across, 700, f"{said}{across}")


def bars(canvas: Canvas) -> None:
    canvas.line(100, 400, 100, 600)
    for down in range(5):
        canvas.line(100, 400 + 40 * down, 400, 400 + 40 * down)
        canvas.drawString(70, 400 + 40 * down, f"{down * 20}")
    for across, height in enumerate([120, 60, 150, 90]):
        canvas.rect(120 + 70 * across, 400, 30, height, fill=0)
        canvas.drawString(122 + 70 * across, 405 + height, f"{height}.5")
        canvas.drawString(120 + 70 * across, 385, f"202{across}年")


def page_frame(canvas: Canvas) -> None:
    canvas.rect(0, 0, *A4, stroke=0, fill=0)
    canvas.rect(40, 40, A4[0] - 80, A4[1] - 80)
    canvas.line(40, 780, A4[0] - 40, 780)
    canvas.drawString(60, 790, "某局2023年报告")
    canvas.drawString(60, 700, "正文12.5万元。")


def slanted(canvas: Canvas) -> None:
    for at in range(20):
        canvas.line(60 + 20 * at, 500, 100 + 20 * at, 700)
    canvas.drawString(60, 480, "图1 12.5")


@pytest.mark.parametrize("draw", [box_round_text, underlines, marked_lines, ticks, bars, page_frame, slanted], ids=lambda draw: draw.__name__)
def test_boxes_and_drawings_are_no_tables(draw: Callable[[Canvas], None]) -> None:
    ((sheet, page),) = tabled(drawn(draw))

    assert page is None or page.grids == []
    assert sheet.units


def test_a_box_beside_a_table_keeps_its_text() -> None:
    def draw(canvas: Canvas) -> None:
        box_round_text(canvas)
        put_table(canvas, 60, 500, [["名称", "金额"], ["甲", "12.5"]])

    data = drawn(draw)

    assert sorted_lines(pages(data)[0]) == ["提示：预算执行率97.90%，得9.79分。", TABLE]
    assert digits_are_kept(data)


def test_a_page_of_very_many_lines_is_a_drawing() -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(40_000):
            x, y = 20 + at % 200 * 2.7, 20 + at // 200 * 4
            canvas.line(x, y, x + 2, y)
        canvas.drawString(60, 820, "图12.5")

    ((sheet, handles, size),) = sheets(drawn(draw))
    assert sheet.frame
    assert rules_of(handles[0], sheet.shown) == []
    assert tables_on(sheet, handles, 1, sheet.shown, size) is None


def test_lines_that_cross_everywhere_are_given_up_soon() -> None:
    hatched = [Rule(level, 10 + 4 * at, 5, 830) for level in (True, False) for at in range(200)]
    broken = [Rule(level, 10 + 4 * at, 10 + 8 * piece, 14 + 8 * piece) for level in (True, False) for at in range(130) for piece in range(100)]
    begin = time.perf_counter()

    assert all(len(grids_of(rules, (850, 850))) <= 1 for rules in (hatched, broken, hatched + broken))
    assert time.perf_counter() - begin < 5


# ------------------------------------------------------------------------------------------------------------ over pages

LONG = [["序号", "指标", "年度指标值", "实际完成值", "得分"]] + [[str(at), f"指标{at}", f"≥{at}.5件", f"{at}.8件", f"{at % 7}.5"] for at in range(1, 91)]


@pytest.mark.parametrize("repeat", [0, 1])
def test_a_long_table_is_one_table(repeat: int) -> None:
    data = flowed(words("附表"), ruled(LONG, repeatRows=repeat, colWidths=80), words("表后98.7分。"))
    found = joined(data)

    assert [[((row, column, 1, 1), said) for row, line in enumerate(LONG) for column, said in enumerate(line)]] == cells(data)
    assert len(found) > 2
    assert [len(page.grids) for page in found][:3] == [1, 0, 0]
    assert "附表" in found[0].text
    assert "表后98.7分。" in found[-1].text
    assert TABLE not in "".join(page.text for page in found[1:])
    assert digits_are_kept(data)


def test_cells_and_text_of_the_later_pages_keep_their_boxes() -> None:
    data = flowed(ruled(LONG, repeatRows=1, colWidths=80), words("表后98.7分。"))
    found = joined(data)
    cell = next(cell for cell in found[0].grids[0].cells if cell.text == "指标90")

    assert len(found) == cell.page
    assert cell.box_of and found[-1].box_of
    start = found[-1].text.index("98.7")
    under = found[-1].box_of(start, start + 4)
    above = cell.box_of(0, 4)
    assert above and under and 0 < under[1] - above[3] < 40


def test_two_rows_of_head_are_dropped_from_the_later_pages() -> None:
    rows = MONEY[:2] + [[f"项目{at}", f"{at}.50", f"{at % 9}.2%", f"{at}.40", "97%"] for at in range(80)]
    data = flowed(ruled(rows, MONEY_SPANS, repeatRows=2))
    (found,) = cells(data)

    assert len({row for (row, _, _, _), _ in found}) == 82
    assert sum(said == "年初预算" for _, said in found) == 1


def test_forms_on_pages_of_their_own_stay_apart() -> None:
    def form(name: str) -> Drawn:
        rows = [["项目名称", name], ["预算", "12.5"], *[[f"指标{at}", f"{at}"] for at in range(36)]]
        return ruled(rows, colWidths=200)

    assert len(cells(flowed(form("甲"), PageBreak(), form("乙")))) == 2


def test_a_table_with_a_title_over_it_begins_anew() -> None:
    rows = [[f"指标{at}", f"{at}"] for at in range(36)]
    data = flowed(words("表1 甲"), ruled(rows, colWidths=200), PageBreak(), words("表2 乙"), ruled(rows[::-1], colWidths=200))

    assert len(cells(data)) == 2


def test_a_table_that_ends_in_the_middle_of_its_page_does_not_go_on() -> None:
    data = flowed(ruled([["甲", "1"], ["乙", "2"]], colWidths=200), PageBreak(), ruled([["丙", "3"], ["丁", "4"]], colWidths=200))

    assert len(cells(data)) == 2


def test_tables_with_other_edges_stay_apart() -> None:
    rows = [[f"指标{at}", f"{at}"] for at in range(38)]
    data = flowed(ruled(rows, colWidths=[150, 250]), PageBreak(), ruled(rows[::-1], colWidths=[250, 150]))

    assert len(cells(data)) == 2


def test_running_heads_and_page_numbers_are_not_in_the_way() -> None:
    def draw(first: int) -> Callable[[Canvas], None]:
        def page(canvas: Canvas) -> None:
            canvas.drawString(250, 810, "某局2023年度绩效自评报告")
            put_table(canvas, 60, 780, [[f"指标{at}", f"{at}.5"] for at in range(first, first + 35)])
            canvas.drawString(290, 40, f"第{first // 35 + 1}页")

        return page

    found = joined(drawn(draw(0), draw(35)))

    assert [len(page.grids) for page in found] == [1, 0]
    assert sorted_lines(found[1]) == ["某局2023年度绩效自评报告", "第2页"]


def cut_row(canvas: Canvas, top: float, bottom: float, rows: list[list[str]], inner: Sequence[float], open_at: str) -> None:
    """Part of a table whose line at the page's edge was dropped, as Chromium does."""
    edges = [60, 160, 320, 480]
    for across in edges:
        canvas.line(across, top, across, bottom)
    for height in [*inner, *([top] if open_at == "bottom" else [bottom])]:
        canvas.line(edges[0], height, edges[-1], height)
    for height, row in zip([top, *inner], rows, strict=False):
        for across, said in zip(edges, row, strict=False):
            for line, part in enumerate(said.split("\n")):
                canvas.drawString(across + 4, height - 13 - 14 * line, part)


def test_no_row_is_dropped_at_an_open_edge() -> None:
    data = drawn(
        lambda canvas: cut_row(canvas, 120, 70, [["甲", "1.5", "无"], ["乙", "2.5", "无"]], [95], "bottom"),
        lambda canvas: cut_row(canvas, 800, 750, [["丙", "3.5", "无"], ["丁", "4.5", "无"]], [775], "top"),
    )

    assert {(row, 1): f"{row + 1}.5" for row in range(4)}.items() <= table(data).items()
    assert len(table(data)) == 12


def test_a_row_that_the_page_cut_is_one_row() -> None:
    one, two = "因八月连续强降雨，四场露天演出\n取消，下年度提前排定所有的备用", "场次，预计56场。"
    data = drawn(
        lambda canvas: cut_row(canvas, 140, 70, [["甲", "1.5", "无"], ["送戏下乡", one, "7.47"]], [115], "bottom"),
        lambda canvas: cut_row(canvas, 800, 750, [["", two, ""], ["丁", "4.5", "无"]], [775], "top"),
    )
    grid = joined(data)[0].grids[0]
    said = {(cell.row, cell.column): cell for cell in grid.cells}

    assert said[1, 1].text == "因八月连续强降雨，四场露天演出取消，下年度提前排定所有的备用场次，预计56场。"
    assert [said[place].text for place in ((1, 0), (1, 2), (2, 0))] == ["送戏下乡", "7.47", "丁"]
    box_of = said[1, 1].box_of
    assert box_of and said[1, 1].page == 1
    first, second = box_of(0, 3), box_of(len(one) + 4, len(one) + 6)
    assert first and second
    assert first[1] > 700
    assert second[1] < 60


def test_rows_of_words_at_a_ruled_edge_stay_rows() -> None:
    one, two = ["问题一：资金下达迟缓影响进", "原因一：项目前期论证不充分", "限期整改"], ["问题二：绩效目标编制不完整", "原因二：业务人员轮换较频繁", ""]
    rows = [["问题", "原因", "措施"], one]
    data = drawn(lambda canvas: put_table(canvas, 60, 100, rows, width=150), lambda canvas: put_table(canvas, 60, 800, [two, ["无", "无", "无"]], width=150))

    assert [*rows[0], *one, *two, "无", "无", "无"] == list(table(data).values())


def test_a_merged_cell_reaches_over_the_page() -> None:
    def part(top: float, rows: list[list[str]]) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            bottom = top - 20 * len(rows)
            canvas.grid([160, 320, 480], [top - 20 * at for at in range(len(rows) + 1)])
            canvas.rect(60, bottom, 100, top - bottom)
            canvas.drawString(64, top - 13, rows[0][0])
            for at, row in enumerate(rows):
                canvas.drawString(164, top - 20 * at - 13, row[1])
                canvas.drawString(324, top - 20 * at - 13, row[2])

        return draw

    data = drawn(
        part(140, [["产出指标", "指标1", "1.5"], ["", "指标2", "2.5"], ["", "指标3", "3.5"]]),
        part(800, [["", "指标4", "4.5"], ["", "指标5", "5.5"]]),
    )

    assert ((0, 0, 5, 1), "产出指标") in cells(data)[0]
    assert len(cells(data)[0]) == 11


# ------------------------------------------------------------------------------------------------------------ printed HTML

FORMS = [
    "guojia_2020",
    "anhui_fupin",
    "chongqing_jisheng",
    "duo_xiangmu",
    "hainan_zijin",
    "hubei_guangshui",
    "hunan_zhengti_2024",
    "ningxia_yinchuan",
    "yunnan_gongkai14",
]
SHEET_STYLE = """
    @page { size: A4; margin: 2cm 1.6cm } body { font-family: "AR PL UMing CN", "Noto Serif CJK SC", "Noto Sans CJK SC", sans-serif; font-size: 10.5pt }
    table { border-collapse: collapse; width: 100%; margin: 8pt 0 } td, th { border: 1px solid; padding: 2px 4px }
"""


def has_a_chinese_font() -> bool:
    listed = shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True).stdout
    return bool(listed)


def html_tables(path: Path) -> list[list[tuple[Span, str]]]:
    """The cells of each table of an HTML page, by the rules of HTML."""
    from lxml import html

    found = []
    for table_ in html.fromstring(path.read_text("utf-8")).iter("table"):
        taken: set[tuple[int, int]] = set()
        one = []
        for row, line in enumerate(table_.iter("tr")):
            column = 0
            for cell in line:
                while (row, column) in taken:
                    column += 1
                rows, columns = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
                taken |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
                one.append(((row, column, rows, columns), bare(cell.text_content())))
                column += columns
        found.append(counted(one))
    return found


def counted(one: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """The cells with those edges only that print something: a column that is always merged is not seen."""
    rows = sorted({edge for (row, _, height, _), _ in one for edge in (row, row + height)})
    columns = sorted({edge for (_, column, _, width), _ in one for edge in (column, column + width)})
    return sorted(
        (
            (
                rows.index(row),
                columns.index(column),
                rows.index(row + height) - rows.index(row),
                columns.index(column + width) - columns.index(column),
            ),
            said,
        )
        for (row, column, height, width), said in one
    )


def printed(name: str) -> bytes:
    weasyprint = pytest.importorskip("weasyprint")
    if not has_a_chinese_font():
        pytest.skip("no Chinese font is installed")
    source = FIXTURES / name / "source.html"
    result: bytes = weasyprint.HTML(source, encoding="utf-8").write_pdf(stylesheets=[weasyprint.CSS(string=SHEET_STYLE)])
    return result


@pytest.mark.parametrize("name", FORMS)
def test_every_cell_of_a_printed_form_is_exact(name: str) -> None:
    data = printed(name)

    assert html_tables(FIXTURES / name / "source.html") == [counted(one) for one in cells(data)]
    assert digits_are_kept(data)


@pytest.mark.parametrize("name", FORMS[:3])
def test_no_row_is_missed_that_pdfplumber_finds(name: str) -> None:
    import pdfplumber

    data = printed(name)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        theirs = [sum(len(found.rows) for found in page.find_tables()) for page in pdf.pages]
    ours = [sum(max(cell.row + cell.rows for cell in grid.cells) for grid in page.grids) for page in pages(data)]

    assert all(own >= other for own, other in zip(ours, theirs, strict=True))


@pytest.mark.parametrize("name", FORMS[:4])
def test_every_cell_that_chromium_prints_is_exact(name: str, tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium or not has_a_chinese_font():
        pytest.skip("chromium or a Chinese font is not installed")
    page, out = tmp_path / "page.html", tmp_path / "page.pdf"
    body = (FIXTURES / name / "source.html").read_text("utf-8")
    page.write_text(f'<meta charset="utf-8"><style>{SHEET_STYLE}</style>{body}', "utf-8")
    command = [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={tmp_path}/profile"]
    subprocess.run([*command, f"--print-to-pdf={out}", str(page)], check=True, capture_output=True, timeout=120)
    data = out.read_bytes()

    assert html_tables(FIXTURES / name / "source.html") == [counted(one) for one in cells(data)]
    assert digits_are_kept(data)


# ------------------------------------------------------------------------------------------------------------ properties


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_every_digit_stands_in_one_place(data: st.DataObject) -> None:
    """Tables of any spans, with text over, beside and under them."""
    width, height = data.draw(st.integers(2, 5)), data.draw(st.integers(1, 6))
    said = st.text("0123456789.,%万元分甲乙 ", max_size=12)
    rows = [[data.draw(said) for _ in range(width)] for _ in range(height)]
    spans = data.draw(st.lists(st.tuples(st.integers(0, height - 1), st.integers(0, width - 1)), max_size=2, unique=True))
    merged = [(row, column, 1, data.draw(st.integers(1, width - column))) for row, column in spans]
    merged = merged if len({row for row, _, _, _ in merged}) == len(merged) else merged[:1]
    page = flowed(words(data.draw(said) or "甲"), Spacer(1, 10), ruled(rows, merged, colWidths=60), words("表后98.7分。"), size=landscape(A4))

    assert digits_are_kept(page)


def test_pages_without_lines_are_left_alone() -> None:
    data = flowed(*[words(f"第{at}段，金额{at}.5万元。") for at in range(30)])

    assert [page for _, page in tabled(data)] == [None]


def test_the_cells_are_typed_as_the_document_has_them() -> None:
    (page,) = pages(drawn(lambda canvas: put_table(canvas, 60, 700, [["甲", "1"], ["乙", "2"]])))

    assert all(isinstance(cell, GridCell) for grid in page.grids for cell in grid.cells)
