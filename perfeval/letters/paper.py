"""Paper as offices in China write on: A4, 仿宋 三号, heads in 黑体, the page number below (after GB/T 9704)."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from perfeval.letters.whole import settled
from perfeval.render.layout import plain

BODY, TITLE, HEAD = "仿宋", "方正小标宋简体", "黑体"
INSTEAD = {BODY: "方正仿宋_GBK,仿宋_GB2312,FangSong", TITLE: "方正小标宋_GBK,宋体", HEAD: "方正黑体_GBK,SimHei"}
"""What an office takes where it has no such font."""
LATIN = "Times New Roman"
WIDTH = 156
"""Millimetres between the margins."""
ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
NUMBER = re.compile(r"[\d.%～—]+")
CREATED = datetime(2020, 1, 1)


def sheet_of_paper(title: str, *, size: float = 16, line: float = 28) -> Any:
    """An empty document; ``size`` and ``line`` (points) are those of its text."""
    document = Document()
    for paragraph in document.paragraphs:
        paragraph._element.getparent().remove(paragraph._element)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(30), Mm(28), Mm(26)
    _dress(document.styles["Normal"], BODY, size, line)
    _dress(document.styles["Title"], TITLE, 22, 32)
    _dress(document.styles["Heading 1"], HEAD, size, line)
    _page_number(page.footer.paragraphs[0])
    _name_fonts(document)
    _date(document, title)
    return document


def _dress(style: Any, font: str, size: float, line: float) -> None:
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), False, None
    _set_font(style.element.get_or_add_rPr(), font)
    style.paragraph_format.line_spacing = Pt(line)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def _set_font(properties: Any, font: str) -> None:
    """Names the font for Chinese and for Latin signs; the theme's fonts would come first."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for kind, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{kind}"), name)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = ALIGN["center"]
    run = paragraph.add_run()
    run.font.size = Pt(14)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._element.append(element)


def _name_fonts(document: Any) -> None:
    """Fills the table of fonts, in which a program looks for another font where one is missing."""
    entries = "".join(f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>' for name, instead in INSTEAD.items())
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith("/fontTable.xml"):
            part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")


def _date(document: Any, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = CREATED


def write(place: Any, words: str, style: str | None = None, *, align: str = "", indent: bool = True, size: float | None = None, line: float | None = None) -> Any:
    """A paragraph in a document or a cell; ``indent`` by two signs, as Chinese paragraphs are."""
    paragraph = place.add_paragraph(style=style)
    form = paragraph.paragraph_format
    if align:
        paragraph.alignment = ALIGN[align]
    elif indent and style is None:
        form.first_line_indent = Pt(2 * (size or paragraph.style.font.size.pt))
    if line:
        form.line_spacing = Pt(line)
    run = paragraph.add_run(clean(words))
    if size:
        run.font.size = Pt(size)
    return paragraph


def table(document: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], *, head: bool = True, size: float = 12) -> Any:
    """A ruled table; ``widths`` in millimetres, the first row a head that comes again on every page, numbers in the middle."""
    made = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for number, words in enumerate(rows):
        row = made.add_row()
        _whole_row(row, repeat=head and number == 0)
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = Mm(width)
            cell._element.remove(cell.paragraphs[0]._element)
            paragraph = write(cell, text, indent=False, align="center" if head and (number == 0 or NUMBER.fullmatch(text)) else "", size=size, line=size * 1.5)
            if head and number == 0:
                _set_font(paragraph.runs[0]._element.get_or_add_rPr(), HEAD)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    return made


def _whole_row(row: Any, *, repeat: bool) -> None:
    """A row that is not broken over two pages, and that is repeated where it is a head."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def keep_together(made: Any) -> None:
    """Keeps all rows of a table on one page, if one page can hold them."""
    for row in made.rows[:-1]:
        for paragraph in (paragraph for cell in row.cells for paragraph in cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = True


def clean(words: str) -> str:
    """Text that XML can hold."""
    return plain(words).encode("utf-8", "replace").decode("utf-8").translate({0xFFFE: None, 0xFFFF: None})


def saved(document: Any) -> bytes:
    """The document, the same bytes for the same contents."""
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())
