"""PDF files: text in reading order, boxes on the page as it is shown, and an answer for every broken file."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractor.document import Document
from extractor.readers import open_bytes, open_document
from extractor.readers.pdf import OPEN_PAGES
from extractor.text import joined

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
A4 = (595.0, 842.0)
SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "report.pdf"
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, **options: object) -> bytes:
    """A PDF with one page for each function that draws one."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=0, invariant=1, **options)
    for draw in pages:
        canvas.setFont("STSong-Light", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(*words: str, x: float = 80, top: float = 760) -> Draw:
    def draw(canvas: Canvas) -> None:
        for at, line in enumerate(words):
            canvas.drawString(x, top - 20 * at, line)

    return draw


def handmade(shown: bytes, unicode_of: dict[int, str]) -> bytes:
    """A PDF of one line in Helvetica whose ToUnicode says what each byte means."""
    pairs = "\n".join(f"<{byte:02x}> <{sign.encode('utf-16-be').hex()}>" for byte, sign in unicode_of.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange {len(unicode_of)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap end end"
    ).encode()
    content = b"BT /F1 12 Tf 80 700 Td (" + shown + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(to_unicode), to_unicode),
    ]
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + (b"xref\n0 7\n0000000000 65535 f \n%strailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(body)))


def the_box(document: Document, words: str, page: int = 0) -> tuple[float, float, float, float]:
    found = document.pages[page]
    start = found.text.index(words)
    assert found.box_of is not None
    box = found.box_of(start, start + len(words))
    assert box is not None
    return box


def near(box: tuple[float, ...], *, left: float, base: float, within: float = 8) -> bool:
    return abs(box[0] - left) <= 2 and box[1] < base < box[3] + within and box[3] - box[1] < 30


ONE = lines("预算执行率 97.90%，得 9.79 分。", "执行金额为8.21万元。")


def test_text_comes_line_by_line() -> None:
    document = open_bytes(pdf(ONE), "一.pdf")
    assert document.error is None
    assert [line.strip() for line in document.pages[0].text.split("\n") if line.strip()] == [
        "预算执行率 97.90%，得 9.79 分。",
        "执行金额为8.21万元。",
    ]
    document.close()


def test_a_box_is_counted_from_the_top_left_corner() -> None:
    document = open_bytes(pdf(ONE), "一.pdf")
    assert near(the_box(document, "执行金额"), left=80, base=842 - 740)
    document.close()


def test_boxes_hold_after_line_ends_and_stop_with_the_file() -> None:
    document = open_bytes(pdf(lines(*[f"第{n}行金额{n}.21万元" for n in range(10, 40)])), "一.pdf")
    for n in (10, 25, 39):
        assert near(the_box(document, f"第{n}行"), left=80, base=842 - (760 - 20 * (n - 10)))
    document.close()
    document.close()
    assert document.pages[0].box_of is not None
    assert document.pages[0].box_of(0, 5) is None


def rotated(canvas: Canvas) -> None:
    canvas.setPageRotation(90)
    canvas.translate(0, 0)
    canvas.rotate(90)
    canvas.translate(0, -595)
    canvas.setFont("STSong-Light", 12)
    # Shown, the page is 842 wide and 595 high, and this stands 100 from the left and 80 from the top.
    canvas.drawString(100, 595 - 80, "横表金额12.34万元")
    canvas.drawString(100, 595 - 120, "第二行5.67万元")


def test_a_rotated_page_gives_boxes_as_it_is_shown() -> None:
    document = open_bytes(pdf(rotated), "横.pdf")
    assert document.pages[0].text.split() == ["横表金额12.34万元", "第二行5.67万元"]
    assert near(the_box(document, "横表"), left=100, base=80)
    assert near(the_box(document, "5.67"), left=100 + 36, base=120)
    document.close()


def test_a_crop_box_moves_the_corner() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 100, 500, 800))
        canvas.drawString(80, 700, "裁切12.34万元")

    document = open_bytes(pdf(draw), "裁.pdf")
    assert near(the_box(document, "裁切"), left=30, base=100)
    document.close()


def test_fake_bold_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "预算执行率97.90%")
        canvas.drawString(80.3, 700, "预算执行率97.90%")

    document = open_bytes(pdf(draw), "粗.pdf")
    assert document.pages[0].text.strip() == "预算执行率97.90%"
    document.close()


def test_more_pages_than_are_kept_open_give_their_boxes_in_any_order() -> None:
    count = OPEN_PAGES + 6
    document = open_bytes(pdf(*[lines(f"第{n:03d}张{n}.5万元") for n in range(count)]), "多.pdf")
    for n in (0, count - 1, OPEN_PAGES, 3, count - 2, OPEN_PAGES + 1):
        assert near(the_box(document, f"第{n:03d}张", n), left=80, base=842 - 760)
    document.close()


def test_lines_written_in_another_order_are_put_right() -> None:
    words = [f"第{n}条年初预算数为{n}.57万元。" for n in range(1, 9)]

    def draw(canvas: Canvas) -> None:
        for n in (8, 2, 6, 4, 7, 1, 3, 5):
            canvas.drawString(80, 760 - 20 * n, words[n - 1])

    document = open_bytes(pdf(draw), "乱.pdf")
    assert document.pages[0].text.split() == words
    assert any("次序" in note for note in document.notes)
    assert near(the_box(document, "第5条"), left=80, base=842 - 660)
    document.close()


def test_figures_written_after_the_words_go_to_their_gaps() -> None:
    def draw(canvas: Canvas) -> None:
        for n in range(6):
            canvas.drawString(80, 760 - 20 * n, "年初预算数为")
            canvas.drawString(80 + 72 + 36, 760 - 20 * n, "万元，调整后为")
        for n in range(6):
            canvas.drawString(80 + 72 + 2, 760 - 20 * n, f"{340 + n}.5")

    document = open_bytes(pdf(draw), "填.pdf")
    assert [line.replace(" ", "") for line in document.pages[0].text.strip().split("\n")] == [f"年初预算数为{340 + n}.5万元，调整后为" for n in range(6)]
    document.close()


def test_the_cells_of_a_table_keep_their_order() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(5):
            for column in range(4):
                for line in range(2):
                    canvas.drawString(80 + 110 * column, 760 - 40 * row - 14 * line, f"格{row}{column}{line}")

    document = open_bytes(pdf(draw), "表.pdf")
    cells = [f"格{row}{column}{line}" for row in range(5) for column in range(4) for line in range(2)]
    assert document.pages[0].text.split() == cells
    assert document.notes == []
    document.close()


def test_a_repeated_line_is_not_taken_for_fake_bold() -> None:
    """The font is not embedded; where it is not installed either, pdfium leaves such lines out."""
    words = ["行预算过程中不存在闲置浪费或挪用等情况执行预算在预期可控范围内", "第一行文字", "第二行文字"]
    document = open_bytes(pdf(lines(*words, *words, *words)), "复.pdf")
    assert document.pages[0].text.split() == words * 3
    document.close()


def test_hidden_text_is_read_and_noted() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(80, 700)
        text.setTextRenderMode(3)
        text.textOut("不可见77.77万元")
        canvas.drawText(text)

    document = open_bytes(pdf(ONE, draw), "隐.pdf")
    assert "77.77" in document.pages[1].text
    assert [note for note in document.notes if "不可见" in note and "第 2 页" in note]
    document.close()


def test_signs_of_two_units_do_not_shift_the_boxes() -> None:
    signs = dict(zip(b"abcdef", ("𠮷", "林", "𠮷", "8", "9", "元"), strict=True))
    document = open_bytes(handmade(b"abcdef", signs), "吉.pdf")
    assert document.pages[0].text.strip() == "𠮷林𠮷89元"
    # Widths of Helvetica at 12 points: a b c d e f are 6.672 6.672 6 6.672 6.672 3.336.
    assert abs(the_box(document, "8")[0] - (80 + 6.672 * 2 + 6)) < 1
    assert abs(the_box(document, "元")[2] - (80 + 6.672 * 4 + 6 + 3.336)) < 1
    document.close()


def test_a_font_without_meaning_is_noted() -> None:
    signs = {byte: chr(0xE000 + byte) for byte in b"abcdefghijklmnopqrstuvwxyz"}
    document = open_bytes(handmade(b"abcdefghijklmnopqrstuvwxyz" * 2, signs), "坏.pdf")
    assert any("文字层" in note for note in document.notes)
    document.close()


def test_a_text_without_chinese_is_read_all_the_same() -> None:
    document = open_bytes(pdf(lines(*["Budget 12.34 and outturn 12.30 of the whole year"] * 10)), "en.pdf")
    assert document.error is None
    assert document.notes == []
    document.close()


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    document = open_bytes(pdf(lines("工期为第A-", "3期，金额8.21万元。")), "连.pdf")
    assert "第A-3期" in joined(document).chars.replace("\n", "")
    document.close()


# ---- files that cannot be read


def image_page(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("RGB", (50, 70), "grey")), 0, 0, 595, 842)


def marked_image_page(canvas: Canvas) -> None:
    image_page(canvas)
    canvas.drawString(400, 20, "扫描全能王 创建")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(pdf(ONE, encrypt=StandardEncryption("开", ownerPassword="主", strength=128)), "encrypted", id="密码"),
        pytest.param(pdf(image_page, image_page), "no_text_layer", id="扫描件"),
        pytest.param(pdf(marked_image_page), "no_text_layer", id="带水印的扫描件"),
        pytest.param(pdf(ONE)[:400], "truncated", id="截断"),
        pytest.param(b"%PDF-1.7\nnothing\n%%EOF\n", "damaged", id="损坏"),
        pytest.param(handmade(b"a", {97: "a"}).replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0     "), "zero_pages", id="无页"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    document = open_bytes(data, "某.pdf")
    assert document.error is not None
    assert document.error.code == code
    assert document.pages == []
    document.close()


def test_the_number_of_scanned_pages_is_told() -> None:
    error = open_bytes(pdf(image_page, image_page), "扫.pdf").error
    assert error is not None
    assert "2 页" in error.message
    assert "OCR" in error.message


def test_some_scanned_pages_are_noted() -> None:
    document = open_bytes(pdf(ONE, image_page), "半.pdf")
    assert document.error is None
    assert any("第 2 页没有文字层" in note for note in document.notes)
    document.close()


def test_an_owner_password_alone_does_not_hinder() -> None:
    document = open_bytes(pdf(ONE, encrypt=StandardEncryption("", ownerPassword="主", strength=128)), "主.pdf")
    assert document.error is None
    assert "97.90%" in document.pages[0].text
    document.close()


def test_a_missing_tail_is_noted_where_the_pages_are_there() -> None:
    whole = pdf(ONE)
    document = open_bytes(whole[: whole.rindex(b"xref")], "尾.pdf")
    if document.error is None:
        assert any("不完整" in note for note in document.notes)
    else:
        assert document.error.code == "truncated"
    document.close()


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.readers.pdf.MAX_PAGES", 1)
    error = open_bytes(pdf(ONE, ONE), "厚.pdf").error
    assert error is not None
    assert error.code == "too_large"


def test_chinese_paths_are_no_hindrance(tmp_path: Path) -> None:
    file = tmp_path / "高新区 自评报告（终稿）.pdf"
    file.write_bytes(pdf(ONE))
    document = open_document(file)
    assert document.error is None
    document.close()


WHOLE = pdf(ONE, lines("第二页12.34万元"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(WHOLE)), st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4)), max_size=6))
def test_no_spoilt_pdf_raises(length: int, spots: list[tuple[int, bytes]]) -> None:
    spoilt = bytearray(WHOLE)
    for at, put in spots:
        spoilt[at : at + len(put)] = put
    document = open_bytes(bytes(spoilt[:length]), "坏.pdf")
    assert (document.error is None) == bool(document.pages)
    for page in document.pages:
        assert page.box_of is None or page.box_of(0, len(page.text)) is None or page.text
    document.close()


def test_nothing_is_printed_and_pypdfium2_is_not_imported() -> None:
    program = (
        "import sys; from extractor.readers import open_bytes;"
        "d = open_bytes(sys.stdin.buffer.read(), 'x'); assert d.pages; d.close();"
        "assert not {'pypdfium2', 'pdfplumber', 'charset_normalizer'} & set(sys.modules), sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", program], input=WHOLE, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_the_bindings_of_pypdfium2_serve_where_the_file_is_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.readers import pdfium

    monkeypatch.setattr(pdfium, "_from_file", lambda: None)
    pdfium.pdfium.cache_clear()
    try:
        test_a_box_is_counted_from_the_top_left_corner()
    finally:
        pdfium.pdfium.cache_clear()


def test_a_second_opinion_reads_the_same_figures() -> None:
    from extractor.readers.second import texts_by_pdfplumber

    texts = texts_by_pdfplumber(WHOLE, [2])
    assert "12.34" in texts[2]
    assert texts_by_pdfplumber(b"%PDF-1.4 nothing", [1]) == {}


@pytest.mark.skipif(not SEED.exists(), reason="the seed report is not on this machine")
def test_the_seed_report_is_whole() -> None:
    document = open_document(SEED)
    text = joined(document)
    for words in ("执行金额为8.21万元", "年初预算数为304.57万元", "自评得分7分"):
        assert words in text.chars
    start = text.chars.index("304.57")
    place = text.place(start, start + 6)
    assert place.page == 1
    assert place.box is not None
    assert re.sub(r"\s", "", text.original(start, start + 8)) == "304.57万元"
    document.close()
