"""Print text and ruled tables as OFD, to have files for the tests of the reader.

    python tools/make_ofd.py report.txt report.ofd

In Python, ``make_ofd(blocks)`` gives the bytes. A block is a string (a paragraph, wrapped at the right margin), a list of
rows (a table with a rule around each cell), or ``PAGE_BREAK``. In a table ``LEFT`` joins a cell to the one at its left, ``ABOVE``
to the one above. What is written is what the standard calls the usual: a text object for each printed line with a step for each
sign, rules as paths, A4, measures in millimetres.
"""

from __future__ import annotations

import argparse
import io
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


def wrapped(words: str, room: float, size: float = SIZE) -> list[str]:
    """The lines of a paragraph, broken wherever the room ends, as Chinese is."""
    lines, used = [""], 0.0
    for sign in words:
        width = _width(sign) * size
        if used + width > room + 0.01:
            lines.append("")
            used = 0.0
        lines[-1] += sign
        used += width
    return lines


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


def _set_table(rows: Rows, sheets: list[Sheet]) -> None:
    """A table with columns of one width; a row that does not fit begins a new page, where the table goes on."""
    columns = max(map(len, rows))
    pitch = (WIDTH - 2 * MARGIN) / columns
    for number, row in enumerate(rows):
        cells = [wrapped(words, _span(row, at) * pitch - 2 * PADDING) for at, words in enumerate(row)]
        height = max(map(len, cells)) * LEADING
        sheet = _with_room(sheets, height)
        for at, words in enumerate(row):
            left, top = MARGIN + at * pitch, sheet.filled
            if words not in (LEFT, ABOVE):
                for line, printed in enumerate(cells[at]):
                    sheet.write(printed, left + PADDING, top + line * LEADING + PADDING)
            if words != ABOVE:
                sheet.rule(left, top, left + pitch, top)
            if words != LEFT:
                sheet.rule(left, top, left, top + height)
        sheet.rule(MARGIN + columns * pitch, sheet.filled, MARGIN + columns * pitch, sheet.filled + height)
        sheet.filled += height
        if number + 1 == len(rows) or sheet.filled + LEADING > HEIGHT - MARGIN:
            sheet.rule(MARGIN, sheet.filled, MARGIN + columns * pitch, sheet.filled)
    sheets[-1].filled += LEADING / 2


def _span(row: Sequence[str], at: int) -> int:
    """How many columns the cell covers."""
    following = next((after for after in range(at + 1, len(row)) if row[after] != LEFT), len(row))
    return following - at


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
