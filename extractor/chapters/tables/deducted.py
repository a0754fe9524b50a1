"""What a cell says was taken off: 降雪封路，扣0.8分 beside full marks and score."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.chapters.tables.bands import Band, Row
from extractor.chapters.tables.view import View
from extractor.model.figure import Figure
from extractor.model.report import Relation
from extractor.model.table import Cell

TAKEN = re.compile(r"扣(?:除|减|去|掉)?$")
RULE = re.compile(r"每|扣完为止|扣至|不得分|以上|以下|低于\d|的[，,]?扣|酌情|如")
"""A cell that says how points would be taken off, not which were."""
CLAUSE = re.compile(r"[，,。；;、:：(（]")


def deductions(band: Band) -> Iterator[Relation]:
    """The score of a row as its full marks less what its reasons say was taken off."""
    weight, score = band.column("weight"), band.column("score")
    if weight is None or score is None:
        return
    for row in band.rows:
        full, got = band.value(row, weight), band.value(row, score)
        if full is None or got is None or full.kind != "points" or got.kind != "points":
            continue
        for cell in _reasons(band, row):
            if taken := _taken(band.view, cell):
                yield Relation("deduction", got, (full, *taken), f"{row.label}扣分", True, (), "likely", "扣分", rule="SCO-13", table=True)


def _reasons(band: Band, row: Row) -> Iterator[Cell]:
    """The cells of a row in which reasons stand."""
    for column in band.columns("reason"):
        cell = row.cells.get(column)
        if cell is not None and cell.row == row.index and cell.rows == 1:
            yield cell


def _taken(view: View, cell: Cell) -> list[Figure]:
    """The points that a cell says were taken off; none where it states a rule or names their sum as well."""
    found = []
    for figure in view.inside(cell):
        before = CLAUSE.split(view.text[cell.start : figure.start])[-1]
        if figure.kind != "points" or figure.number is None or not TAKEN.search(before.strip()):
            continue
        if RULE.search(before) or "共" in before or "合计" in before:
            return []
        found.append(figure)
    return [] if "扣完" in view.words(cell) else found
