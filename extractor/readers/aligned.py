"""Tables that nobody ruled: words that stand under each other, line by line, with gaps between them.

Columns are what the fullest lines have in common. A line that has not all of them fills those that it stands in; one that stands over
several is their common head. Where the lines do not agree on columns, or hold no figures, they are no table: prose is the safer reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple


class Piece(NamedTuple):
    """Words of a line that no gap parts, and how far they reach."""

    left: float
    right: float
    words: str


class Line(NamedTuple):
    """A printed line: its height on the page, and its pieces from the left."""

    top: float
    bottom: float
    pieces: Sequence[Piece]


class Span(NamedTuple):
    """The columns that something stands in."""

    first: int
    columns: int

    @property
    def end(self) -> int:
        """The first column behind it."""
        return self.first + self.columns


@dataclass(slots=True)
class Aligned:
    """A table: its lines, the edges of its columns, and which lines and columns its rows and cells are."""

    first: int
    """Its first line, by number."""
    edges: list[float]
    rows: list[list[int]]
    """The lines of every row."""
    spans: list[list[Span]]
    """The columns of every piece, line by line from ``first``."""

    @property
    def stop(self) -> int:
        """The first line behind it."""
        return self.first + len(self.spans)

    @property
    def width(self) -> int:
        """The number of its columns."""
        return len(self.edges) - 1

    def cells(self, row: int) -> Iterator[Span]:
        """The cells of a row from the left, empty ones too."""
        merged: list[Span] = []
        for span in sorted(span for line in self.rows[row] for span in self.spans[line - self.first]):
            if merged and span.first < merged[-1].end:
                merged[-1] = Span(merged[-1].first, max(merged[-1].end, span.end) - merged[-1].first)
            else:
                merged.append(span)
        at = 0
        for span in merged:
            yield from (Span(empty, 1) for empty in range(at, span.first))
            yield span
            at = span.end
        yield from (Span(empty, 1) for empty in range(at, self.width))


    @property
    def is_crowded(self) -> bool:
        """Whether two pieces of a full line stand in one column."""
        return any(len(line) >= self.width and len(set(line)) < len(line) for line in self.spans)

    def said(self, row: int, lines: Sequence[Line]) -> list[tuple[Span, str]]:
        """The cells of a row with what ``lines``, its own from ``first``, say in them."""
        of_row = [at - self.first for at in self.rows[row]]
        pieces = [(span, piece.words) for at in of_row for span, piece in zip(self.spans[at], lines[at].pieces, strict=True)]
        return [(cell, " ".join(words for span, words in pieces if cell.first <= span.first < cell.end)) for cell in self.cells(row)]


FEWEST = 3
"""A table has so many columns and lines; two columns are as often a name and what is said of it."""
_FIGURE = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?\s?(?:%|‰|亿元|万元|元|分|人|个|次|家|户|项|处|亩|台|件|名|篇|场|座)?|[-—–/]{1,2}")
_TOTAL = re.compile("合计|小计|总计|总分|总得分|共计")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PROSE = re.compile("[。；;！？]")
_TALKATIVE = 8
"""One piece in so many may end a sentence (a remark); more of them are text in columns."""
_UNIT = re.compile(r"单位\s?[:：]")
_SHORT = 0.5
"""A line of one piece within a table is a heading of rows or a word that was wrapped, and no wider than so much of the table."""
_FAR = 2.5
"""Lines that are so many times as far apart as usual are not of one table."""
_WRAPPED = 0.8
"""A line so much nearer than usual to the one beside it is that one's continuation."""


def aligned(lines: Sequence[Line]) -> list[Aligned]:
    """The tables among the lines of a page, from the top."""
    found = []
    for first, stop in _stretches(lines):
        table = _table(lines, first, stop)
        if table is not None:
            found.append(table)
    return found


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """First line and end of every run of lines with gaps; a single short piece between such lines may belong to them."""
    gapped = [number for number, line in enumerate(lines) if len(line.pieces) > 1 and not _is_prose(line.pieces)]
    if len(gapped) < FEWEST:
        return
    usual = median([lines[after].top - lines[before].top for before, after in pairwise(gapped)])
    first = gapped[0]
    for before, after in pairwise([*gapped, len(lines) + FEWEST]):
        if after < len(lines) and after - before <= 2 and all(_bridges(lines[between], lines[before]) for between in range(before + 1, after)):
            if lines[after].top - lines[before].top <= _FAR * usual * (after - before):
                continue
        yield first, before + 1
        first = after


def _is_prose(pieces: Sequence[Piece]) -> bool:
    return sum(bool(_PROSE.search(piece.words)) for piece in pieces) * 2 >= len(pieces)


def _bridges(line: Line, table: Line) -> bool:
    piece, width = line.pieces[0], table.pieces[-1].right - table.pieces[0].left
    return not _PROSE.search(piece.words) and piece.right - piece.left <= _SHORT * width


# ------------------------------------------------------------------------------------------------------------ columns


def _table(lines: Sequence[Line], first: int, stop: int) -> Aligned | None:
    """The lines as a table, by the greatest number of columns on which the fullest of them agree."""
    while first < stop and (_UNIT.search("".join(piece.words for piece in lines[first].pieces)) or len(lines[first].pieces) < 2):
        first += 1  # what stands over the table
    chosen = lines[first:stop]
    if len(chosen) < FEWEST or sum(bool(_PROSE.search(piece.words)) for line in chosen for piece in line.pieces) * _TALKATIVE > sum(len(line.pieces) for line in chosen):
        return None
    counts = Counter(len(line.pieces) for line in chosen)
    for count in sorted((count for count, lines_of_it in counts.items() if count >= FEWEST and lines_of_it > 1), reverse=True):
        full = [line.pieces for line in chosen if len(line.pieces) == count]
        hulls = [(min(piece.left for piece in column), max(piece.right for piece in column)) for column in zip(*full, strict=True)]
        if not holds_figures(full) or any(one[1] >= two[0] for one, two in pairwise(hulls)):
            continue
        edges = [hulls[0][0] - 1, *((one[1] + two[0]) / 2 for one, two in pairwise(hulls)), hulls[-1][1] + 1]
        spans = [_spans(line.pieces, edges) for line in chosen]
        if all(one.end <= two.first or one == two for row in spans for one, two in pairwise(row)):
            edges[0] = min(edges[0], min(line.pieces[0].left for line in chosen) - 1)
            edges[-1] = max(edges[-1], max(line.pieces[-1].right for line in chosen) + 1)
            return Aligned(first, edges, _rows(chosen, first, full), heads_spread([[piece.words for piece in line.pieces] for line in chosen], spans))
    return None


def holds_figures(full: Sequence[Sequence[Piece]]) -> bool:
    """Whether at least two of the lines hold a figure each that stands alone, and half of the columns do somewhere."""
    figures = [[is_figure(piece.words) for piece in line] for line in full]
    return sum(map(any, figures)) > 1 and sum(map(any, zip(*figures, strict=True))) * 2 >= len(full[0]) - 1


def is_figure(words: str) -> bool:
    """Whether the words are a number with its unit and nothing else, or the dash that stands for none; a year is a name."""
    return bool(_FIGURE.fullmatch(words)) and not _YEAR.fullmatch(words)


def is_complete(rows: Sequence[Sequence[tuple[Span, str]]]) -> bool:
    """Whether there are heads, and each row with a figure has one cell in every column, but for totals, which have no unit or target.

    Where cells are missing one may be merged with its neighbour or with the cell above, and no line says so.
    """
    width = max(span.end for row in rows for span, _ in row)
    body = [row for row in rows if any(is_figure(words) for _, words in row)]
    return rows[0] not in body and all(sum(bool(words) for _, words in row) == width or any(_TOTAL.search(words) for _, words in row) for row in body)


def _spans(pieces: Iterable[Piece], edges: Sequence[float]) -> list[Span]:
    """The columns that each piece of a line reaches into; a line's ends may stand out."""
    inner = edges[1:-1]
    spans = []
    for piece in pieces:
        first = sum(edge <= piece.left for edge in inner)
        spans.append(Span(first, sum(edge < piece.right for edge in inner) - first + 1))
    return spans


def heads_spread(words: Sequence[Sequence[str]], spans: Sequence[list[Span]]) -> list[list[Span]]:
    """The columns of every piece, a head that stands over several heads of a line below set over all of them."""
    body = next((number for number, line in enumerate(words) if any(map(is_figure, line))), 0)
    spread = list(spans)
    for number in range(body - 1):
        firsts = {span.first for span in spans[number]}
        below = next((line for line in spans[number + 1 : body] if any(span.first in firsts for span in line)), [])
        spread[number] = _over(spans[number], {span.first for span in below})
    return spread


def _over(row: list[Span], under: set[int]) -> list[Span]:
    """The heads of a line over the columns ``under`` it that no other of its words stand over."""
    free = sorted(column for column in under if not any(span.first <= column < span.end for span in row))
    heads = [at for at, span in enumerate(row) if span.first in under]
    in_the_middle = bool(free and heads) and free[0] < row[heads[0]].first
    spread = list(row)
    for column in free:
        if in_the_middle:
            head = min(heads, key=lambda at: abs(2 * column + 1 - row[at].first - row[at].end))
        else:
            head = max((at for at, span in enumerate(row) if span.end <= column), default=-1)
        if head in heads:
            first = min(spread[head].first, column)
            spread[head] = Span(first, max(spread[head].end, column + 1) - first)
    return spread


# ------------------------------------------------------------------------------------------------------------ rows


def _rows(lines: Sequence[Line], first: int, full: Sequence[Sequence[Piece]]) -> list[list[int]]:
    """Every line as a row of its own, but for those that go on with the row beside them."""
    of_rows = [line for line in lines if any(is_figure(piece.words) for piece in line.pieces)]
    usual = median([below.top - above.top for above, below in pairwise(of_rows)]) if len(of_rows) > 1 else 0.0
    rows: list[list[int]] = []
    waits = False
    for number, line in enumerate(lines):
        is_part = len(line.pieces) * 2 <= len(full[0]) and not any(map(str.isdigit, "".join(piece.words for piece in line.pieces)))
        above = line.top - lines[number - 1].top if number else usual
        below = lines[number + 1].top - line.top if number + 1 < len(lines) else usual
        if (waits or (is_part and above < _WRAPPED * usual and above <= below)) and rows:
            rows[-1].append(first + number)
            waits = False
        else:
            rows.append([first + number])
            waits = is_part and below < _WRAPPED * usual
    return rows
