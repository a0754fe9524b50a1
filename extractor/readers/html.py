"""Reads web pages: paragraphs and tables with spans; scripts, styles and what surrounds an article are left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from extractor.document import TABLE, Document, Grid, GridCell, Page
from extractor.readers.errors import Refused
from extractor.readers.limits import MAX_CELLS, MAX_SPAN, MAX_TEXT_BYTES, megabytes
from extractor.readers.plain import decoded

SILENT = frozenset({"script", "style", "noscript", "template", "head", "nav", "footer", "aside", "button", "select", "textarea", "svg", "iframe"})
"""Elements whose words no reader of the page sees, or that belong to the site and not to the document."""
BLOCKS = frozenset(
    ["address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "title", "tr", "ul"]
)
"""Elements that begin and end a paragraph."""
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_DECLARED_REACH = 4096
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
MAX_DEPTH = 400
"""Elements nested deeper are a broken page; their words are still read."""
_CHINESE_PAGES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "hz-gb-2312": "gb18030"}
"""Government pages declare gb2312 and use signs that only gb18030 has."""


def read_html(data: bytes, document: Document) -> Document:
    """Fills ``document`` with the paragraphs and tables of a web page."""
    if len(data) > MAX_TEXT_BYTES:
        raise Refused("too_large", size=megabytes(len(data)), limit=megabytes(MAX_TEXT_BYTES))
    text = _decoded(data, document.notes)
    if text is None:
        raise Refused("wrong_encoding")
    page = _Web()
    page.feed(text)
    page.close()
    page.end()
    if not any(line.strip() for line in page.lines):
        raise Refused("empty_file")
    document.flows = True
    document.pages = [Page(1, "\n".join(page.lines), grids=page.grids)]
    return document


def _decoded(data: bytes, notes: list[str]) -> str | None:
    """The page's text: in the encoding that it declares, if it is one, else in what the bytes show."""
    declared = _DECLARED.search(data[:_DECLARED_REACH])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        try:
            return data.decode(_CHINESE_PAGES.get(name, name))
        except (UnicodeDecodeError, LookupError):
            pass
    return decoded(data, notes)


class _Table:
    """A table while it is read: where the next cell goes, and which places cells from above still cover."""

    def __init__(self) -> None:
        self.cells: list[GridCell] = []
        self.row = -1
        self.column = 0
        self.covered: dict[int, int] = {}
        """Up to which row each column is covered by a cell from above."""
        self.words: list[str] | None = None
        self.inside = 0
        """How many tables are open inside the cell."""

    def open_row(self) -> None:
        self.row += 1
        self.column = 0

    def open_cell(self, rows: int, columns: int) -> None:
        if self.row < 0:
            self.open_row()
        while self.covered.get(self.column, -1) >= self.row:
            self.column += 1
        self.cells.append(GridCell(self.row, self.column, "", rows, columns))
        for column in range(self.column, self.column + columns):
            self.covered[column] = self.row + rows - 1
        self.column += columns
        self.words = []

    def close_cell(self) -> None:
        if self.words is not None:
            lines = [_SPACE.sub(" ", line).strip() for line in "".join(self.words).split("\n")]
            self.cells[-1].text = "\n".join(line for line in lines if line)
        self.words = None

    def grid(self, name: str) -> Grid:
        """The finished table; spans never reach below its last row."""
        height = max((cell.row for cell in self.cells), default=-1) + 1
        for cell in self.cells:
            cell.rows = max(1, min(cell.rows, height - cell.row))
        return Grid(self.cells, name)


class _Web(HTMLParser):
    """Walks a page and keeps its paragraphs, and its tables in the place of a line each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.grids: list[Grid] = []
        self.words: list[str] = []
        self.open: list[tuple[str, bool]] = []
        """The open elements, and whether each is silent."""
        self.table: _Table | None = None
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in VOID:
            self._void(tag)
            return
        silent = tag in SILENT or "hidden" in found or bool(_HIDDEN.search(found.get("style") or ""))
        if len(self.open) < MAX_DEPTH:
            self.open.append((tag, silent or self._is_silent()))
        if self._is_silent():
            return
        if self.table is not None:
            self._start_in_table(tag, found)
        elif tag == "table":
            self._end_paragraph()
            self.table = _Table()
        elif tag in BLOCKS:
            self._end_paragraph()

    def handle_endtag(self, tag: str) -> None:
        if not any(name == tag for name, _ in self.open):
            return
        silent = self._is_silent()
        while self.open and self.open.pop()[0] != tag:
            pass
        if silent:
            return
        if self.table is not None:
            self._end_in_table(tag)
        elif tag in BLOCKS:
            self._end_paragraph()

    def handle_data(self, data: str) -> None:
        if self._is_silent():
            return
        if self.table is None:
            self.words.append(data)
        elif self.table.words is not None:
            self.table.words.append(_SPACE.sub(" ", data))
        elif data.strip():
            self._caption(data)

    def end(self) -> None:
        """Closes what the page left open."""
        if self.table is not None:
            self._end_table()
        self._end_paragraph()

    def _is_silent(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def _void(self, tag: str) -> None:
        if self._is_silent() or tag not in ("br", "hr"):
            return
        if self.table is not None:
            if self.table.words is not None:
                self.table.words.append("\n")
        else:
            self._end_paragraph()

    def _start_in_table(self, tag: str, found: dict[str, str | None]) -> None:
        table = self.table
        assert table is not None
        if tag == "table":
            table.inside += 1
        elif table.inside:
            if table.words is not None and tag in ("tr", "td", "th"):
                table.words.append("\n" if tag == "tr" else " ")
        elif tag == "tr":
            table.close_cell()
            table.open_row()
        elif tag in ("td", "th"):
            table.close_cell()
            self.count += 1
            if self.count > MAX_CELLS:
                raise Refused("too_large", size=f"表格单元格超过 {MAX_CELLS} 个", limit=f"{MAX_CELLS} 个")
            table.open_cell(_span(found.get("rowspan")), _span(found.get("colspan")))
        elif table.words is not None and tag in BLOCKS:
            table.words.append("\n")

    def _end_in_table(self, tag: str) -> None:
        table = self.table
        assert table is not None
        if tag == "table" and table.inside:
            table.inside -= 1
        elif tag == "table":
            self._end_table()
        elif not table.inside and tag in ("td", "th", "tr"):
            table.close_cell()
        elif table.words is not None and tag in BLOCKS:
            table.words.append("\n")

    def _end_table(self) -> None:
        assert self.table is not None
        self.table.close_cell()
        if any(cell.text for cell in self.table.cells):
            self.lines.append(TABLE)
            self.grids.append(self.table.grid(f"表{len(self.grids) + 1}"))
        self.table = None

    def _caption(self, data: str) -> None:
        """Words between the cells are those of a caption: they stand above the table."""
        self.lines.append(_SPACE.sub(" ", data).strip())

    def _end_paragraph(self) -> None:
        words = _SPACE.sub(" ", "".join(self.words)).strip()
        if words:
            self.lines.append(words.replace(TABLE, " "))
        self.words = []


def _span(written: str | None) -> int:
    """A rowspan or colspan as written; what is no number of a usual size is one."""
    digits = (written or "").strip()
    return min(max(int(digits), 1), MAX_SPAN) if digits.isascii() and digits.isdecimal() and len(digits) < 6 else 1
