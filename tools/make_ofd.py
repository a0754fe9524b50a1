"""Print text and ruled tables as OFD, to have files for the tests of the reader.

    python tools/make_ofd.py report.txt report.ofd

In Python, ``make_ofd(blocks)`` gives the bytes. A block is a string (a paragraph, wrapped at the right margin), a list of
rows (a table with a rule around each cell), or ``PAGE_BREAK``. In a table ``LEFT`` joins a cell to the one at its left, ``ABOVE``
to the one above; a line feed in a cell ends a line. A table that does not fit goes on on the next page, with a rule at the foot
of the one and at the head of the other. What is written is what the standard calls the usual: a text object for each printed line with a step for each
sign, rules as paths, A4, measures in millimetres.
"""

from __future__ import annotations

import argparse
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

PAGE_BREAK = "\f"
LEFT, ABOVE = "<", "^"

Rows = Sequence[Sequence[str]]
Block = str | Rows

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 25.0
SIZE, LEADING, PADDING = 4.2, 7.0, 1.5
"""12 points, a line every 20 points, and the room between a rule and the words beside it."""
CELL_SIZE, CELL_LEADING = 3.5, 5.0
"""In tables: 10 points, a line every 14 points."""

NAMESPACE = "http://www.ofdspec.org/2016"
_DATE = (2024, 1, 1, 0, 0, 0)
"""Fixed, so that printing again changes nothing."""


# ------------------------------------------------------------------------------------------------------------ pages


@dataclass(slots=True)
class Sheet:
    """One page as it grows: its objects as XML, and how far down it is filled."""

    objects: list[str] = field(default_factory=list)
    filled: float = MARGIN

    def write(self, words: str, x: float, top: float, size: float = SIZE) -> None:
        """One line of text whose highest signs touch ``top``."""
        if not words:
            return
        widths = [_width(sign) * size for sign in words]
        steps = f' DeltaX="{steps_of(widths[:-1])}"' if len(words) > 1 else ""
        self.objects.append(
            f'<ofd:TextObject ID="{self._identifier()}" Font="1" Size="{size:g}" Boundary="{x:g} {top:g} {sum(widths):g} {1.2 * size:g}">'
            f'<ofd:TextCode X="0" Y="{0.88 * size:g}"{steps}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A thin line."""
        self.objects.append(
            f'<ofd:PathObject ID="{self._identifier()}" LineWidth="0.2" Boundary="{x0:g} {y0:g} {x1 - x0:g} {y1 - y0:g}">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def _identifier(self) -> int:
        return 1000 + len(self.objects)


def _width(sign: str) -> float:
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5


def steps_of(widths: Iterable[float]) -> str:
    """The steps in the standard's short form.

    >>> steps_of([4.2, 4.2, 4.2, 2.1])
    'g 3 4.2 2.1'
    """
    groups = ((width, len(list(same))) for width, same in groupby(widths))
    return " ".join(f"{width:g}" if count == 1 else f"g {count} {width:g}" for width, count in groups)


_UNIT = re.compile(r"[（(《“‘「〔【［\[]*(?:[0-9A-Za-z.,%％‰/:+~≥≤-]+|.)[，。、；：！？）》”’」〕】］\])%％]*", re.DOTALL)
"""What a line break does not tear: words and numbers, with the marks that may not begin or end a line."""


def wrapped(words: str, room: float, size: float = SIZE) -> list[str]:
    """The lines of a paragraph, broken where the room ends; only a word or number that is longer than a line is torn."""
    lines, used = [""], 0.0
    for unit in _UNIT.findall(words):
        for piece in [unit] if _length(unit, size) <= room else unit:
            width = _length(piece, size)
            if used + width > room + 0.01 and lines[-1]:
                lines.append("")
                used = 0.0
            lines[-1] += piece
            used += width
    return lines


def _length(words: str, size: float) -> float:
    return sum(map(_width, words)) * size


def sheets_of(blocks: Iterable[Block]) -> list[Sheet]:
    """The blocks one below the other, on as many pages as they need."""
    sheets = [Sheet()]
    for block in blocks:
        if block == PAGE_BREAK:
            sheets.append(Sheet())
        elif isinstance(block, str):
            for line in wrapped(block, WIDTH - 2 * MARGIN):
                _with_room(sheets, LEADING).write(line, MARGIN, sheets[-1].filled)
                sheets[-1].filled += LEADING
        else:
            _set_table(block, sheets)
    return sheets


def _with_room(sheets: list[Sheet], height: float) -> Sheet:
    if sheets[-1].filled + height > HEIGHT - MARGIN:
        sheets.append(Sheet())
    return sheets[-1]


_Slot = tuple[int, int]


@dataclass(slots=True)
class _Table:
    """A table as it will be set: where its columns begin and end, and which cell covers each slot, by its first slot."""

    rows: Rows
    edges: list[float]
    cell_of: dict[_Slot, _Slot]
    lines: dict[_Slot, list[str]] = field(default_factory=dict)
    """The printed lines of each cell."""

    def height(self, row: int) -> float:
        """A row is as high as the most lines of a cell that begins in it."""
        most = max((len(lines) for (first, _), lines in self.lines.items() if first == row), default=1)
        return most * CELL_LEADING + PADDING


def _set_table(rows: Rows, sheets: list[Sheet]) -> None:
    """Sets a table row by row; a row that does not fit begins a new page, where the table goes on."""
    table = _laid_out(rows)
    begin = True
    for row in range(len(rows)):
        height = table.height(row)
        # As an office has it, the first row does not stay alone at the foot of a page: it may be a title.
        following = table.height(row + 1) if begin and row + 1 < len(rows) else 0.0
        if sheets[-1].filled + height + following > HEIGHT - MARGIN:
            if not begin:
                sheets[-1].rule(table.edges[0], sheets[-1].filled, table.edges[-1], sheets[-1].filled)
            sheets.append(Sheet())
            begin = True
        _set_row(table, row, sheets[-1], height, begin)
        begin = False
    sheets[-1].rule(table.edges[0], sheets[-1].filled, table.edges[-1], sheets[-1].filled)
    sheets[-1].filled += LEADING / 2


def _set_row(table: _Table, row: int, sheet: Sheet, height: float, begin: bool) -> None:
    """The words of the cells that begin in the row, and the rules above them and at their sides."""
    top, columns = sheet.filled, len(table.edges) - 1
    for column in range(columns):
        own = table.cell_of[row, column]
        left, right = table.edges[column], table.edges[column + 1]
        if begin or table.cell_of[row - 1, column] != own:
            sheet.rule(left, top, right, top)
        if not column or table.cell_of[row, column - 1] != own:
            sheet.rule(left, top, left, top + height)
        if own == (row, column):
            for number, words in enumerate(table.lines[own]):
                sheet.write(words, left + PADDING, top + number * CELL_LEADING + PADDING, CELL_SIZE)
    sheet.rule(table.edges[-1], top, table.edges[-1], top + height)
    sheet.filled += height


def _laid_out(rows: Rows) -> _Table:
    """The columns, the cells, and how their words are wrapped."""
    cell_of: dict[_Slot, _Slot] = {}
    for row, column in [(down, across) for down in range(len(rows)) for across in range(len(rows[down]))]:
        words = rows[row][column]
        cell_of[row, column] = cell_of[row, column - 1] if words == LEFT else cell_of[row - 1, column] if words == ABOVE else (row, column)
    table = _Table(rows, _edges(rows, cell_of), cell_of)
    for row, column in sorted(set(cell_of.values())):
        end = max(slot[1] for slot, cell in cell_of.items() if cell == (row, column)) + 1
        room = table.edges[end] - table.edges[column] - 2 * PADDING
        table.lines[row, column] = [line for part in rows[row][column].split("\n") for line in wrapped(part, room, CELL_SIZE)]
    return table


_NARROWEST, _WIDEST = 4.0, 12.0
"""Signs of a line in a column, when the width of the page is shared out."""


def _edges(rows: Rows, cell_of: dict[_Slot, _Slot]) -> list[float]:
    """Where columns begin and end: each is as wide, measured by the others, as what stands in it alone."""
    wanted = []
    for column in range(len(rows[0])):
        alone = [row for row in range(len(rows)) if all(cell_of.get((row, beside)) != cell_of[row, column] for beside in (column - 1, column + 1))]
        longest = max((_length(line, 1.0) for row in alone for line in rows[row][column].split("\n")), default=0.0)
        wanted.append(min(max(longest, _NARROWEST), _WIDEST))
    edges = [MARGIN]
    for share in wanted:
        edges.append(edges[-1] + share / sum(wanted) * (WIDTH - 2 * MARGIN))
    return edges


# ------------------------------------------------------------------------------------------------------------ the package


def make_ofd(blocks: Iterable[Block]) -> bytes:
    """The bytes of an OFD file that shows the blocks."""
    sheets = sheets_of(blocks)
    parts = {
        "OFD.xml": _ofd(),
        "Doc_0/Document.xml": _document(len(sheets)),
        "Doc_0/PublicRes.xml": _root("Res", '<ofd:Fonts><ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/></ofd:Fonts>', ' BaseLoc="Res"'),
    }
    for number, sheet in enumerate(sheets):
        layer = f'<ofd:Content><ofd:Layer ID="{500 + number}">{"".join(sheet.objects)}</ofd:Layer></ofd:Content>'
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _root("Page", layer)
    return packed(parts)


def packed(parts: dict[str, str]) -> bytes:
    """A package of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, words in parts.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, words)
    return buffer.getvalue()


def _root(name: str, inside: str, attributes: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{name} xmlns:ofd="{NAMESPACE}"{attributes}>{inside}</ofd:{name}>'


def _ofd() -> str:
    body = (
        "<ofd:DocBody><ofd:DocInfo><ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    )
    return _root("OFD", body, ' Version="1.0" DocType="OFD"')


def _document(pages: int) -> str:
    listed = "".join(f'<ofd:Page ID="{2 + number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(pages))
    return _root(
        "Document",
        "<ofd:CommonData><ofd:MaxUnitID>100000</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>",
    )


def main() -> None:
    """Print a text file, one paragraph a line, a form feed at the end of a page."""
    parser = argparse.ArgumentParser(description="Print a text file as OFD.")
    parser.add_argument("text", type=Path)
    parser.add_argument("ofd", type=Path)
    asked = parser.parse_args()
    blocks: list[Block] = []
    for number, page in enumerate(asked.text.read_text(encoding="utf-8").split(PAGE_BREAK)):
        blocks += ([PAGE_BREAK] if number else []) + page.splitlines()
    asked.ofd.write_bytes(make_ofd(blocks))


if __name__ == "__main__":
    main()
