"""Turn the HTML of a fixture into the same report as another kind of file.

    python tools/make_files.py SOURCE.html OUTDIR

In Python, ``made(html, kind)`` gives the bytes; ``Unavailable`` says which program is missing. The HTML is that of
``fixtures/tables/README.md``: headings, paragraphs and tables with ``rowspan``, ``colspan``, ``<br>`` and ``<caption>``. It is read here
by a walker of its own, so that the files do not depend on the reader that they test.
"""

from __future__ import annotations

import argparse
import html as entities
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from tools.make_ofd import ABOVE, LEFT, Block, make_ofd  # noqa: E402

KINDS = ("html", "docx", "xlsx", "pdf-reportlab", "pdf-weasyprint", "pdf-chromium", "pdf-libreoffice", "ofd", "doc")
UNRULED = ("pdf-unruled", "pdf-threelines", "txt-tabs", "txt-bars", "txt-spaces")
"""Tables without lines round their cells: no line at all, three lines, and plain text; for tables whose cells hold a line each."""
SUFFIXES = {kind: "." + kind.split("-")[0] for kind in KINDS}
EPOCH = "1704067200"
"""2024-01-01T00:00:00Z, so that printing again changes nothing."""
WAIT = 180
"""Seconds for a program to print one file."""


class Unavailable(Exception):
    """What makes this kind of file is not installed; the message names it."""


# ------------------------------------------------------------------------------------------------------------ what is read


@dataclass(slots=True)
class Paragraph:
    """A paragraph, a heading of ``level`` 1 to 3, or the caption of a table."""

    words: str
    level: int = 0


@dataclass(slots=True)
class Cell:
    """A cell at its place in the grid of its table; ``"\\n"`` in its words is a ``<br>``."""

    words: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: bool = False

    @property
    def places(self) -> Iterator[tuple[int, int]]:
        """Every place of the grid that it covers."""
        return ((row, column) for row in range(self.row, self.row + self.rows) for column in range(self.column, self.column + self.columns))


@dataclass(slots=True)
class Table:
    """Cells that fill a grid of ``height`` rows and ``width`` columns without gaps."""

    cells: list[Cell] = field(default_factory=list)
    height: int = 0
    width: int = 0


Part = Paragraph | Table


@dataclass(slots=True)
class _Raw:
    """A cell as the source has it, before its place is known."""

    rows: int
    columns: int
    head: bool
    words: list[str] = field(default_factory=list)


class _Walker(HTMLParser):
    """Collects the parts of a report in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []
        self._words: list[str] | None = None
        self._rows: list[list[_Raw]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens what is to be filled."""
        spans = {name: int(value) for name, value in attrs if name in ("rowspan", "colspan") and value and value.isdigit()}
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            cell = _Raw(spans.get("rowspan", 1), spans.get("colspan", 1), tag == "th")
            self._rows[-1].append(cell)
            self._words = cell.words
        elif tag in ("p", "h1", "h2", "h3", "caption"):
            self._words = []
        elif tag == "br" and self._words is not None:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Closes what was filled."""
        if tag == "table":
            self.parts.append(_placed(self._rows))
        elif tag in ("p", "h1", "h2", "h3", "caption"):
            self.parts.append(Paragraph(_printed(self._words or []), int(tag[1]) if tag[0] == "h" else 0))
        if tag in ("td", "th", "p", "h1", "h2", "h3", "caption"):
            self._words = None

    def handle_data(self, data: str) -> None:
        """Words, with the line breaks of the source as the spaces that they are in HTML."""
        if self._words is not None:
            self._words.append(re.sub(r"[ \t\r\n\f]+", " ", data))


def _printed(words: Iterable[str]) -> str:
    """The words as a browser shows them: no space at the ends of a line, nor two on end."""
    return "\n".join(re.sub(" +", " ", line).strip(" ") for line in "".join(words).split("\n"))


def _placed(rows: Sequence[Sequence[_Raw]]) -> Table:
    """The cells at their places, with empty cells where a row is short."""
    table, taken = Table(height=len(rows)), set[tuple[int, int]]()
    for number, row in enumerate(rows):
        for raw in row:
            at = _free(taken, number)
            down = max(1, min(raw.rows, len(rows) - number))
            cell = Cell(_printed(raw.words), number, at, down, max(1, raw.columns), raw.head)
            taken.update(cell.places)
            table.cells.append(cell)
    table.width = 1 + max((column for _, column in taken), default=-1)
    gaps = [(row, column) for row in range(table.height) for column in range(table.width) if (row, column) not in taken]
    table.cells = sorted([*table.cells, *(Cell("", row, column) for row, column in gaps)], key=lambda cell: (cell.row, cell.column))
    return table


def _free(taken: set[tuple[int, int]], row: int) -> int:
    """The first column of the row that no cell covers."""
    column = 0
    while (row, column) in taken:
        column += 1
    return column


def parts_of(html: str) -> list[Part]:
    """The headings, paragraphs and tables of a report, in their order.

    >>> [part.words for part in parts_of("<h1>自评表</h1><p>（2023 年度）</p>")]
    ['自评表', '（2023 年度）']
    """
    walker = _Walker()
    walker.feed(html)
    walker.close()
    return walker.parts


# ------------------------------------------------------------------------------------------------------------ Word


def _docx(html: str) -> bytes:
    """Headings and paragraphs as such, tables with gridSpan and vMerge."""
    document = _module("docx").Document()
    for part in parts_of(html):
        if isinstance(part, Table):
            _word_table(document, part)
        elif part.level:
            document.add_heading(part.words, part.level)
        else:
            document.add_paragraph(part.words)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _word_table(document: Any, table: Table) -> None:
    """A ruled table; every line of a cell is a paragraph."""
    if not table.cells:
        return
    made = document.add_table(table.height, table.width, style="Table Grid")
    grid = [list(row.cells) for row in made.rows]
    for cell in table.cells:
        place = grid[cell.row][cell.column]
        if cell.rows * cell.columns > 1:
            place = place.merge(grid[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
        first, *others = cell.words.split("\n")
        place.paragraphs[0].text = first
        for line in others:
            place.add_paragraph(line)


def _doc(html: str) -> bytes:
    """The .docx, saved by LibreOffice as a file of Word 97."""
    return _by_libreoffice(html, ".doc", "doc:MS Word 97")


def _libreoffice_pdf(html: str) -> bytes:
    """The .docx, printed by LibreOffice."""
    return _by_libreoffice(html, ".pdf", "pdf")


def _by_libreoffice(html: str, ending: str, kind: str) -> bytes:
    program = _program("LibreOffice", "soffice", "libreoffice", "/opt/libreoffice/program/soffice", "/usr/lib/libreoffice/program/soffice")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.docx"
        source.write_bytes(_docx(html))
        profile = f"-env:UserInstallation={Path(_profile().name).as_uri()}"
        _run([program, profile, "--headless", "--norestore", "--convert-to", kind, "--outdir", folder, str(source)])
        try:
            return source.with_suffix(ending).read_bytes()
        except FileNotFoundError as error:
            raise Unavailable("LibreOffice made no file (is libreoffice-writer installed?)") from error


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    """A profile of LibreOffice for this run, so that it does not meet another that is open."""
    return tempfile.TemporaryDirectory(prefix="make-files-profile-")


# ------------------------------------------------------------------------------------------------------------ Excel

_BARE = re.compile(r"-?(?P<whole>0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?P<decimals>\.\d+)?(?P<rate>%)?")
_DIGITS = 15
"""A number of a workbook holds no more."""
_GENERAL = 11
"""A whole number with more digits would be shown as 1.2E+12."""


def number_of(words: str) -> tuple[float, str] | None:
    """The number and its format where a cell holds nothing else, such that the format shows what was printed.

    >>> number_of("97.90%"), number_of("1,248,600.00"), number_of("10"), number_of("007")
    ((0.979, '0.00%'), (1248600.0, '#,##0.00'), (10.0, 'General'), None)
    """
    found = _BARE.fullmatch(words)
    if found is None or sum(map(str.isdigit, words)) > _DIGITS:
        return None
    whole, decimals, rate = found["whole"], found["decimals"] or "", found["rate"] or ""
    value = Decimal(words.replace(",", "").rstrip("%")) / (100 if rate else 1)
    if not (decimals or rate or "," in whole or len(whole) > _GENERAL):
        return float(value), "General"
    return float(value), ("#,##0" if "," in whole else "0") + decimals[:1] + "0" * len(decimals[1:]) + rate


def _xlsx(html: str) -> bytes:
    """One sheet: paragraphs over the whole width, tables one below the other."""
    parts, buffer = parts_of(html), io.BytesIO()
    book = _module("xlsxwriter").Workbook(buffer, {"in_memory": True})
    writer = _Sheet(book, max((part.width for part in parts if isinstance(part, Table)), default=1))
    for part, before in zip(parts, [None, *parts], strict=False):
        if isinstance(part, Paragraph):
            writer.paragraph(part)
        else:
            writer.row += isinstance(before, Table)
            writer.table(part)
    book.close()
    return buffer.getvalue()


class _Sheet:
    """The sheet as it grows downwards."""

    def __init__(self, book: Any, width: int) -> None:
        self.book, self.width, self.row = book, width, 0
        self.sheet = book.add_worksheet("自评表")
        self.format = cache(self._format)

    def _format(self, number: str = "General", border: bool = True, bold: bool = False) -> Any:
        return self.book.add_format({"num_format": number, "border": int(border), "bold": bold, "text_wrap": True, "valign": "vcenter"})

    def paragraph(self, part: Paragraph) -> None:
        """A row of text, merged over the width of the tables."""
        look = self.format(border=False, bold=part.level > 0)
        self._merge(self.row, 0, self.row, self.width - 1, look)
        self.sheet.write_string(self.row, 0, part.words, look)
        self.row += 1

    def table(self, table: Table) -> None:
        """The cells of a table, from the first column."""
        for cell in table.cells:
            number = number_of(cell.words)
            look, top = self.format(number[1] if number else "General"), self.row + cell.row
            self._merge(top, cell.column, top + cell.rows - 1, cell.column + cell.columns - 1, look)
            if number:
                self.sheet.write_number(top, cell.column, number[0], look)
            elif cell.words:
                self.sheet.write_string(top, cell.column, cell.words, look)
            else:
                self.sheet.write_blank(top, cell.column, None, look)
        self.row += table.height

    def _merge(self, top: int, left: int, bottom: int, right: int, look: Any) -> None:
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", look)


# ------------------------------------------------------------------------------------------------------------ PDF

FONT = "STSong-Light"
ROOM = 510.0
"""The points between the margins of an A4 page."""
BODY, SMALL = 11.0, 9.0
_NARROW, _BROAD = 4, 14
"""A column is made for cells of so many signs at least, and at most."""


GRID = (("GRID", (0, 0), (-1, -1), 0.5, "black"),)
THREE_LINES = (("LINEABOVE", (0, 0), (-1, 0), 1, "black"), ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"), ("LINEBELOW", (0, -1), (-1, -1), 1, "black"))


def _reportlab(html: str, lines: Sequence[tuple[Any, ...]] = GRID) -> bytes:
    """A font that is named and not embedded, tables of ReportLab that go on over the pages."""
    platypus, metrics, fonts = _module("reportlab.platypus"), _module("reportlab.pdfbase.pdfmetrics"), _module("reportlab.pdfbase.cidfonts")
    metrics.registerFont(fonts.UnicodeCIDFont(FONT))
    story: list[Any] = []
    for part in parts_of(html):
        if isinstance(part, Table):
            story += [_platypus_table(part, widths(part, ROOM), lines), platypus.Spacer(0, SMALL)]
        else:
            story.append(_flowing(part.words, BODY + (2 * (4 - part.level) if part.level else 0), part.level == 1))
    buffer = io.BytesIO()
    margin = (595.28 - ROOM) / 2
    margins = {"leftMargin": margin - 6, "rightMargin": margin - 6, "topMargin": 60, "bottomMargin": 60}
    platypus.SimpleDocTemplate(buffer, pagesize=(595.28, 841.89), invariant=1, **margins).build(story)
    return buffer.getvalue()


def _flowing(words: str, size: float, middle: bool = False) -> Any:
    """Words that break where the room ends, as Chinese does; broad spaces as others, since ReportLab drops them."""
    style = _module("reportlab.lib.styles").ParagraphStyle(
        f"{size}", fontName=FONT, fontSize=size, leading=1.4 * size, wordWrap="CJK", alignment=int(middle), spaceAfter=0.4 * size
    )
    return _module("reportlab.platypus").Paragraph(entities.escape(words).replace("\u3000", "\xa0").replace("\n", "<br/>"), style)


def _platypus_table(table: Table, columns: Sequence[float], lines: Sequence[tuple[Any, ...]]) -> Any:
    """A table with a rule around each cell, or other ``lines``, that can be split at any row."""
    rows: list[list[Any]] = [[""] * table.width for _ in range(table.height)]
    style: list[tuple[Any, ...]] = [*lines, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    style += [("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
    for cell in table.cells:
        rows[cell.row][cell.column] = _flowing(cell.words, SMALL) if cell.words else ""
        if cell.rows * cell.columns > 1:
            style.append(("SPAN", (cell.column, cell.row), (cell.column + cell.columns - 1, cell.row + cell.rows - 1)))
    printed = _module("reportlab.platypus").Table(rows, colWidths=columns, style=style)
    # ReportLab itself splits no cell that covers several rows.
    printed.split = lambda _, height: _split(table, columns, height, lines)
    return printed


def _split(table: Table, columns: Sequence[float], height: float, lines: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The table in two, the first with as many rows as the height allows; nothing where not one row fits."""
    for row in reversed(range(1, table.height)):
        upper, lower = cut(table, row)
        first = _platypus_table(upper, columns, lines)
        if first.wrap(ROOM, height)[1] <= height:
            return [first, _platypus_table(lower, columns, lines)]
    return []


def cut(table: Table, row: int) -> tuple[Table, Table]:
    """The table above and below the upper rule of a row; what a cell says that is cut stays above."""
    upper, lower = Table(height=row, width=table.width), Table(height=table.height - row, width=table.width)
    for cell in table.cells:
        if cell.row < row:
            upper.cells.append(replace(cell, rows=min(cell.rows, row - cell.row)))
        below = cell.row + cell.rows - max(row, cell.row)
        if below > 0:
            lower.cells.append(replace(cell, row=max(row, cell.row) - row, rows=below, words=cell.words if cell.row >= row else ""))
    return upper, lower


def widths(table: Table, room: float) -> list[float]:
    """The room shared among the columns by the longest line of each, within bounds.

    >>> widths(Table([Cell("产出", 0, 0), Cell("建成集中供水工程十二处", 0, 1)], 1, 2), 15)
    [4.0, 11.0]
    """
    longest = [_NARROW] * table.width
    for cell in table.cells:
        if cell.columns == 1:
            longest[cell.column] = max(longest[cell.column], *(min(len(line), _BROAD) for line in cell.words.split("\n")))
    return [room * length / sum(longest) for length in longest]


CSS = """
@page { size: A4; margin: 20mm 15mm }
body { font-family: "Noto Serif CJK SC", "AR PL UMing CN", "WenQuanYi Micro Hei", serif; font-size: 11pt }
h1 { text-align: center; font-size: 17pt } h2 { font-size: 14pt } h3 { font-size: 12pt }
table { border-collapse: collapse; width: 100%; font-size: 9pt; margin-bottom: 4mm }
td, th { border: 0.5pt solid black; padding: 1mm; font-weight: normal; text-align: left }
"""


def _styled(html: str) -> str:
    """The page that the browsers print."""
    return f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>自评表</title><style>{CSS}</style></head><body>{html}</body></html>'


def _weasyprint(html: str) -> bytes:
    """Printed by WeasyPrint with an embedded font."""
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    done: bytes = _module("weasyprint").HTML(string=_styled(html)).write_pdf(pdf_identifier=b"perfeval-fixture")
    return done


def _chromium(html: str) -> bytes:
    """Printed by Chromium without a window."""
    program = _program("Chromium", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_text(_styled(html), encoding="utf-8")
        quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer"]
        _run([program, *quiet, f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", page.as_uri()])
        # Chromium offers no way to set the date: it is replaced by one of the same length.
        return re.sub(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}", rb"\g<1>20240101000000", out.read_bytes())


# ------------------------------------------------------------------------------------------------------------ OFD


def _ofd(html: str) -> bytes:
    """Printed by ``make_ofd``."""
    blocks: list[Block] = []
    for part in parts_of(html):
        blocks += [_ofd_rows(part)] if isinstance(part, Table) else part.words.split("\n")
    return make_ofd(block for block in blocks if block)


def _ofd_rows(table: Table) -> list[list[str]]:
    """The rows with the signs for what is joined."""
    rows = [[""] * table.width for _ in range(table.height)]
    for cell in table.cells:
        for row, column in cell.places:
            rows[row][column] = LEFT if column > cell.column else ABOVE
        rows[cell.row][cell.column] = cell.words
    return rows


# ------------------------------------------------------------------------------------------------------------ plain text


def _text(html: str, line: Callable[[Sequence[str], Sequence[int]], str]) -> bytes:
    """Paragraphs as lines, and each row of a table as ``line`` has it from its cells and the width of every column."""
    lines: list[str] = []
    for part in parts_of(html):
        if isinstance(part, Paragraph):
            lines.append(part.words)
            continue
        rows = [[""] * part.width for _ in range(part.height)]
        for cell in part.cells:
            rows[cell.row][cell.column] = cell.words
        room = [max(map(_columns, column)) for column in zip(*rows, strict=True)]
        lines += [line(row, room) for row in rows]
    return "\n".join(lines).encode()


def _columns(words: str) -> int:
    """The columns of a terminal that words take."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in words)


def _padded(row: Sequence[str], room: Sequence[int]) -> str:
    """Names to the left, what follows them to the right."""
    gaps = [" " * (width - _columns(words)) for words, width in zip(row, room, strict=True)]
    return "   ".join([row[0] + gaps[0], *(gap + words for words, gap in zip(row[1:], gaps[1:], strict=True))]).rstrip()


# ------------------------------------------------------------------------------------------------------------ programs


def _module(name: str) -> Any:
    """A package that only this tool needs."""
    try:
        return import_module(name)
    except (ImportError, OSError) as error:  # WeasyPrint raises OSError where Pango is missing
        raise Unavailable(f"the package {name.split('.')[0]} is not installed") from error


def _program(title: str, *names: str) -> str:
    """The first of these programs that is installed."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise Unavailable(f"{title} is not installed")
    return found


def _run(command: Sequence[str]) -> None:
    """Runs a program, silently."""
    subprocess.run(command, check=True, capture_output=True, timeout=WAIT)


MAKERS: dict[str, Callable[[str], bytes]] = {
    "html": str.encode, "docx": _docx, "xlsx": _xlsx, "pdf-reportlab": _reportlab, "pdf-weasyprint": _weasyprint,
    "pdf-chromium": _chromium, "pdf-libreoffice": _libreoffice_pdf, "ofd": _ofd, "doc": _doc,
    "pdf-unruled": lambda html: _reportlab(html, ()), "pdf-threelines": lambda html: _reportlab(html, THREE_LINES),
    "txt-tabs": lambda html: _text(html, lambda row, _: "\t".join(row)), "txt-spaces": lambda html: _text(html, _padded),
    "txt-bars": lambda html: _text(html, lambda row, _: f"| {' | '.join(row)} |"),
}  # fmt: skip


def made(html: str, kind: str) -> bytes:
    """The report of ``html`` as a file of one of ``KINDS`` or ``UNRULED``; raises ``Unavailable`` where a program is missing."""
    return MAKERS[kind](html)


@contextmanager
def _named(kind: str) -> Iterator[None]:
    """Says what is missing for this kind, and goes on."""
    try:
        yield
    except Unavailable as missing:
        print(f"{kind}: {missing}", file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    """Writes every kind that can be made here."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("outdir", type=Path)
    asked = parser.parse_args(argv)
    html = asked.source.read_text(encoding="utf-8")
    asked.outdir.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        with _named(kind):
            name = f"{asked.source.stem}{'-' if '-' in kind else ''}{kind.partition('-')[2]}{SUFFIXES[kind]}"
            (asked.outdir / name).write_bytes(made(html, kind))
            print(asked.outdir / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
