"""Tables that were typed, or copied, into plain text: cells parted by bars, by tabs, or by spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from unicodedata import east_asian_width

from extractor.document import TABLE, Grid, GridCell, Page
from extractor.readers.aligned import FEWEST, Line, Piece, Span, aligned, heads_spread, is_complete, is_figure

Row = list[tuple[Span, str]]
"""The cells of a line with what they say, the empty ones of tabs and bars included."""

_BARS = re.compile("[|｜│┃]")
_RULE = re.compile(r"[\s|｜│┃:+=\-─━┄┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋]+")
"""A line that only draws one."""
_WIDE_GAP = re.compile(r"\s*\t\s*| {2,}|[ \u3000]*\u3000[ \u3000]*")
_PROSE = re.compile("[，。；;！？]")


class Found(NamedTuple):
    """The first line of a table, the line behind it, its rows, and whether some of its cells may be two."""

    first: int
    stop: int
    rows: list[Row]
    crowded: bool = False


def with_tables(page: Page) -> Page:
    """The page with its tables taken out of the text, and a line for each."""
    lines = page.text.split("\n")
    if sum(bool(_BARS.search(line) or _WIDE_GAP.search(line.strip()) or line.count(" ") > 1) for line in lines) < FEWEST:
        return page
    found = [*_barred(lines), *_tabbed(lines)]
    found += _spaced(lines, {number for table in found for number in range(table.first, table.stop)})
    at, kept = 0, []
    for table in sorted(found):
        kept += [*lines[at : table.first], TABLE]
        page.grids.append(_grid(table, page.number))
        at = table.stop
    page.text = "\n".join([*kept, *lines[at:]])
    return page


def _grid(table: Found, page: int) -> Grid:
    cells = [GridCell(number, span.first, words, 1, span.columns, page=page) for number, row in enumerate(table.rows) for span, words in row]
    return Grid(cells, guessed=table.crowded or not is_complete(table.rows))


# ------------------------------------------------------------------------------------------------------------ by signs


def _barred(lines: Sequence[str]) -> Iterator[Found]:
    """Lines with bars between their cells, as Markdown and old terminals have them; lines that are only drawn are no rows."""
    for first, stop in _runs([len(_BARS.findall(line)) > 1 or (bool(_RULE.fullmatch(line)) and len(line.strip()) > FEWEST) for line in lines]):
        rows = [_fields(_BARS.split(_without_ends(line))) for line in lines[first:stop] if not _RULE.fullmatch(line)]
        # 开放天数｜权重12｜完成306天｜得12: what names each of its values is a list, and reads as one.
        if sum(any(is_figure(words) for _, words in row) for row in rows) > 1:
            yield Found(first, stop, _spread(rows))


def _without_ends(line: str) -> str:
    """The line without the bars that close it to the left and the right."""
    line = line.strip()
    return line[bool(_BARS.match(line)) : len(line) - bool(_BARS.match(line[-1]))]


def _tabbed(lines: Sequence[str]) -> Iterator[Found]:
    """Lines with tabs, as they are copied from a sheet: an empty cell has its tab as well."""
    for first, stop in _runs([_is_tabbed(line) for line in lines]):
        rows = [_fields(line.rstrip().split("\t")) for line in lines[first:stop]]
        if len(rows) >= FEWEST and sum(bool(_PROSE.search(words)) for row in rows for _, words in row) * FEWEST < sum(map(len, rows)):
            yield Found(first, stop, _spread(rows))


def _is_tabbed(line: str) -> bool:
    """Whether a line has cells; tabs before a single one indent it."""
    fields = line.rstrip().split("\t")
    return len(fields) >= FEWEST and sum(map(bool, fields)) > 1 and not _BARS.search(line)


def _fields(words: Sequence[str]) -> Row:
    return [(Span(number, 1), field.strip()) for number, field in enumerate(words)]


def _spread(rows: list[Row]) -> list[Row]:
    """The rows with each head over the columns of the heads below it, where a line of signs can only show that they are empty."""
    filled = [[(span, words) for span, words in row if words] for row in rows]
    spread = heads_spread([[words for _, words in row] for row in filled], [[span for span, _ in row] for row in filled])
    width = max(span.end for row in rows for span, _ in row)
    found = []
    for row, spans in zip(filled, spread, strict=True):
        said = {span.first: (span, words) for span, (_, words) in zip(spans, row, strict=True)}
        covered = {column for span in spans for column in range(span.first + 1, span.end)}
        found.append([said.get(column, (Span(column, 1), "")) for column in range(width) if column not in covered])
    return found


def _runs(wanted: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First line and end of every run of wanted lines."""
    for is_wanted, run in groupby(range(len(wanted)), key=wanted.__getitem__):
        numbers = list(run)
        if is_wanted:
            yield numbers[0], numbers[-1] + 1


# ------------------------------------------------------------------------------------------------------------ by spaces


def _spaced(lines: Sequence[str], taken: set[int]) -> Iterator[Found]:
    """Lines whose words stand under each other, or that have as many words each, most of them figures."""
    written = [number for number, line in enumerate(lines) if line.strip() and number not in taken]
    printed = [Line(number, number + 1, _pieces(lines[number])) for number in written]
    tables = aligned(printed)
    for table in tables:
        own = printed[table.first : table.stop]
        rows = [table.said(row, own) for row in range(len(table.rows))]
        yield Found(written[table.first], written[table.stop - 1] + 1, rows, table.is_crowded)
    taken |= {written[at] for table in tables for at in range(table.first, table.stop)}
    yield from _numbered(lines, taken)


def _pieces(line: str) -> list[Piece]:
    """What stands between wide gaps, with the columns of a terminal that it takes: a Chinese sign takes two."""
    pieces, at, left = [], 0, 0
    for gap in [*_WIDE_GAP.finditer(line), None]:
        end = gap.start() if gap else len(line)
        width = _width(line[at:end])
        if words := line[at:end].strip():
            pieces.append(Piece(left, left + width - 0.5, words))
        if gap:
            left, at = left + width + _width(gap[0]), gap.end()
    return pieces


def _width(words: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in words)


def _numbered(lines: Sequence[str], taken: set[int]) -> Iterator[Found]:
    """Lines of as many words each, where in two at least all but the name are figures: a table that lost its gaps on the way."""
    words = [[] if number in taken or _PROSE.search(line) else line.split() for number, line in enumerate(lines)]
    for count, run in groupby(range(len(lines)), key=lambda number: len(words[number])):
        numbers = list(run)
        if count >= FEWEST and len(numbers) >= FEWEST and sum(all(map(is_figure, words[number][1:])) for number in numbers) > 1:
            yield Found(numbers[0], numbers[-1] + 1, [_fields(words[number]) for number in numbers])
