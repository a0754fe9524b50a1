"""The other kinds of file that are made of a fixture hold what its HTML holds."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from tools.make_files import KINDS, Cell, Paragraph, Table, Unavailable, cut, made, number_of, parts_of

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "tables" / "chongqing_jisheng" / "source.html"
HTML = FIXTURE.read_text(encoding="utf-8")
TABLES = [part for part in parts_of(HTML) if isinstance(part, Table)]
SPOKEN = [part.words for part in parts_of(HTML) if isinstance(part, Paragraph)]
HOSTILE = '<p>甲<br>乙</p><table><caption>表1</caption><tr><th rowspan="2" colspan="2">A<br>B</th><td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>'


def close(words: str) -> str:
    """The words without spaces, and without the middle dot, which pdfplumber does not know in a font that is only named."""
    return re.sub(r"[\s·]", "", unicodedata.normalize("NFKC", words))


def cells(table: Table) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.words) for cell in table.cells]


def test_the_walker_finds_every_cell_of_the_source() -> None:
    assert sum(len(table.cells) for table in TABLES) == len(re.findall(r"<t[dh]\b", HTML))
    assert len(SPOKEN) == len(re.findall(r"<(?:p|h[123])\b", HTML))


def test_spans_breaks_captions_and_short_rows() -> None:
    first, caption, table = parts_of(HOSTILE)
    assert (first, caption) == (Paragraph("甲\n乙"), Paragraph("表1"))
    assert isinstance(table, Table)
    assert cells(table) == [(0, 0, "A\nB"), (0, 2, "1"), (1, 2, "2"), (2, 0, "3"), (2, 1, ""), (2, 2, "")]


def test_a_cell_that_is_cut_speaks_above() -> None:
    table = next(part for part in parts_of(HOSTILE) if isinstance(part, Table))
    upper, lower = cut(table, 1)
    assert upper.cells[0] == Cell("A\nB", 0, 0, 1, 2, True)
    assert lower.cells[0] == Cell("", 0, 0, 1, 2, True)
    assert cells(lower)[1:] == [(0, 2, "2"), (1, 0, "3"), (1, 1, ""), (1, 2, "")]


def test_word_holds_every_cell_and_paragraph() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(made(HTML, "docx")))
    assert [paragraph.text for paragraph in document.paragraphs] == SPOKEN
    for table, found in zip(TABLES, document.tables, strict=True):
        grid = [row.cells for row in found.rows]
        for cell in table.cells:
            assert all(grid[row][column].text == cell.words for row, column in cell.places), cell


def shown(value: object, number_format: str) -> str:
    """What a program shows of a cell in one of the formats that are written."""
    if not isinstance(value, int | float):
        return str(value or "")
    decimals = len(number_format.rstrip("%").partition(".")[2])
    rate = number_format.endswith("%")
    return f"{value * (100 if rate else 1):{',' if ',' in number_format else ''}.{decimals}f}" + "%" * rate


def test_the_workbook_holds_every_cell_and_shows_it_as_printed() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(made(HTML, "xlsx"))).active
    found = Counter(shown(cell.value, cell.number_format) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert found == Counter([*SPOKEN, *(cell.words for table in TABLES for cell in table.cells if cell.words)])
    bare = sum(number_of(cell.words) is not None for table in TABLES for cell in table.cells)
    assert bare == sum(isinstance(cell.value, int | float) for row in sheet.iter_rows() for cell in row)
    tall = sum(cell.rows * cell.columns > 1 for table in TABLES for cell in table.cells)
    assert len(sheet.merged_cells.ranges) == tall + len(SPOKEN)


@pytest.mark.parametrize(
    "words,format_",
    [("313.87", "0.00"), ("10", "General"), ("97.90%", "0.00%"), ("100%", "0%"), ("1,248,600.00", "#,##0.00"), ("1,204", "#,##0"), ("-26.40", "0.00")],
)
def test_a_bare_number_is_shown_as_printed(words: str, format_: str) -> None:
    found = number_of(words)
    assert found is not None
    assert found[1] == format_
    assert shown(*found) == words


@pytest.mark.parametrize("words", ["", "-", "007", "10分", "≥95%", "1,24", "12.", " 10", "1234567890123456", "2023.5.1"])
def test_what_is_no_bare_number_stays_text(words: str) -> None:
    assert number_of(words) is None


def test_the_pdf_holds_every_cell() -> None:
    pytest.importorskip("reportlab")
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(io.BytesIO(made(HTML, "pdf-reportlab"))) as document:
        found = [close(cell) for page in document.pages for table in page.extract_tables() for row in table for cell in row if cell]
        words = close("".join(page.extract_text() for page in document.pages))
    assert Counter(found) == Counter(close(cell.words) for table in TABLES for cell in table.cells if cell.words.strip())
    assert all(close(part) in words for part in SPOKEN)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "html"])
def test_hostile_spans_are_made_of_every_kind(kind: str) -> None:
    try:
        assert len(made(HOSTILE, kind)) > 500
    except Unavailable as missing:
        pytest.skip(str(missing))
