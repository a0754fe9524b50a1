"""The tables of a page that have no lines to frame them, framed by the gaps between their columns and rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractor.model.place import Box
from extractor.readers.aligned import Aligned, Line, Piece, aligned, is_complete
from extractor.readers.cells import Sign, lines_of
from extractor.readers.frames import Frame, FrameCell

_GAP = 0.7
"""Wider than this, measured by the height of a sign (some 1.3 times its width), nothing is that stands within a phrase."""


def frames_by_columns(signs: list[Sign], ruled: list[Frame]) -> list[Frame]:
    """Frames for the tables among signs that stand in no ruled one, from the top."""
    lines = [_line(signs_of_line) for signs_of_line in lines_of(signs)]
    frames = (_frame(table, lines[table.first : table.stop]) for table in aligned(lines))
    return [frame for frame in frames if not any(_overlap(frame.box, other.box) for other in ruled)]


def _line(signs: list[Sign]) -> Line:
    pieces = [Piece(run[0].box[0], max(sign.box[2] for sign in run), "".join(sign.sign for sign in run)) for run in _runs(signs)]
    return Line(min(sign.box[1] for sign in signs), max(sign.box[3] for sign in signs), pieces)


def _runs(signs: list[Sign]) -> Iterator[list[Sign]]:
    """The signs of a line between its gaps."""
    run = signs[:1]
    for before, after in pairwise(signs):
        if after.box[0] - before.box[2] > _GAP * (after.box[3] - after.box[1]):
            yield run
            run = []
        run.append(after)
    yield run


def _frame(table: Aligned, lines: list[Line]) -> Frame:
    """The frame whose edges run in the middle of the gaps."""
    middles = [[(line.top + line.bottom) / 2 for line in (lines[number - table.first] for number in row)] for row in table.rows]
    edges = [lines[0].top - 1, *((above[-1] + below[0]) / 2 for above, below in pairwise(middles)), lines[-1].bottom + 1]
    cells = [
        FrameCell(row, span.first, 1, span.columns, (table.edges[span.first], edges[row], table.edges[span.end], edges[row + 1]))
        for row in range(len(table.rows)) for span in table.cells(row)
    ]  # fmt: skip
    guessed = table.is_crowded or not is_complete([table.said(row, lines) for row in range(len(table.rows))])
    return Frame((table.edges[0], edges[0], table.edges[-1], edges[-1]), table.edges, edges, cells, guessed=guessed)


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
