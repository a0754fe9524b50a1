"""Rows of indicators: name, target, actual, weight and score, with groups and totals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from extractor.chapters.tables.bands import Band, Row, label_of
from extractor.chapters.tables.view import COMPARATORS, View
from extractor.model.figure import Figure
from extractor.model.report import Indicator
from extractor.model.table import Cell

MARKS = re.compile(r"\(\d+(?:\.\d+)?分\)")
STARS = re.compile(r"^[★☆*]+")
TEMPLATE = re.compile(r"\([≥≤＞＜><=]?\*+[^()]*\)$")
NAMES = ("name", "level2", "level1")
LONGEST_LABEL = 24
UNKNOWN_UNIT = re.compile(r"[-—–/\\无]*\Z")
FULL_NAMED = re.compile(r"总?分值|满分|总分值合计")
SCORE_NAMED = re.compile(r"(?:自评)?总?得分|自评总分|综合得分")


@dataclass(slots=True)
class Group:
    """产出指标(50分): the full marks that a cell prints for the rows that it covers."""

    marks: Figure
    role: str
    rows: range
    inside: list[Indicator]


@dataclass(slots=True)
class Scored:
    """What a band of indicators says."""

    indicators: list[Indicator] = field(default_factory=list)
    totals: list[tuple[Row, Figure | None, Figure | None]] = field(default_factory=list)
    """Rows of totals: the row, its weight and its score."""
    subtotals: list[tuple[Row, Figure | None, Figure | None, list[Indicator]]] = field(default_factory=list)
    """Rows of 小计 with the indicators that they close."""
    groups: list[Group] = field(default_factory=list)
    """Cells that print full marks for the indicators beside them."""


def is_scored(band: Band) -> bool:
    """Whether the rows are indicators."""
    roles = {head.role for head in band.heads.values()}
    return bool(roles & {"target", "actual", "score"}) and bool(roles & {"name", "level1", "level2"}) and not roles & {"original_budget", "expenditure_outturn"}


def type_scored(band: Band) -> None:
    """Gives weights, scores and values the unit and the comparator of their row."""
    view = band.view
    for row in band.rows:
        unit = _unit(band, row)
        comparator = _comparator(band, row)
        for column, head in band.heads.items():
            cell = row.cells.get(column)
            if cell is None or cell.row != row.index:
                continue
            if head.role == "weight":
                view.weight(cell)
            elif head.role in ("score", "review_score"):
                view.typed(cell, "分")
            elif head.role == "completion_rate":
                view.typed(cell, "%")
            elif head.role in ("target", "target_revised") and row.label:
                view.typed(cell, unit, comparator)
            elif head.role in ("actual", "midyear"):
                view.typed(cell, unit)
            elif head.role == "sequence":
                view.ordinal(cell)
            elif head.role in ("rubric", "name", "level2", "level1"):
                view.ordinal(cell, "指标名称或评分标准中的数字", but="" if head.role == "rubric" else "points")


def _unit(band: Band, row: Row) -> str:
    """The unit of a row: its cell under 度量单位."""
    column = band.column("unit")
    words = band.view.words(row.cells.get(column)) if column is not None else ""
    return "" if UNKNOWN_UNIT.match(words) else words


def _comparator(band: Band, row: Row) -> str | None:
    column = band.column("comparator")
    return COMPARATORS.get(band.view.words(row.cells.get(column))) if column is not None else None


def read(band: Band, offset: int) -> Scored:
    """The indicators of a band with their totals; ``offset`` is how many the report has already."""
    found = Scored()
    view = band.view
    since: list[Indicator] = []
    rows: dict[int, Indicator] = {}
    below = _reason_below(view) if band.column("reason") is None else None
    for row in band.rows:
        meaning = next((m for cell in row.labels if cell.row == row.index and (m := _meaning(view, cell)) in ("total_score", "subtotal", "grade")), None)
        weight, score = _value(band, row, "weight"), _value(band, row, "score")
        if meaning == "subtotal":
            found.subtotals.append((row, weight, score, since))
            since = []
        elif meaning == "total_score":
            named = _named_totals(band, row)
            found.totals.append((row, *named) if any(named) else (row, weight, score or _only_points(band, row)))
        elif meaning is None and (indicator := _indicator(band, row, offset + len(found.indicators), below)):
            found.indicators.append(indicator)
            since.append(indicator)
            rows[row.index] = indicator
    found.groups = list(_groups(band, rows))
    return found


def _meaning(view: View, cell: Cell) -> str | None:
    """What the label of a row says; 产出指标小计 is a subtotal, 自评总分合计 a total."""
    words = view.words(cell)
    return label_of(words) or ("subtotal" if words.endswith("小计") else None)


def _value(band: Band, row: Row, role: str) -> Figure | None:
    """The value of the last column of a role in this row; a merged cell counts in its first row only."""
    for column in reversed(band.columns(role)):
        cell = row.cells.get(column)
        if cell and cell.row == row.index and (figure := band.view.value(cell)) and not (role == "score" and figure.kind == "rate"):
            return figure  # a rate under a head of scores has slipped there
    return None


def _named_totals(band: Band, row: Row) -> tuple[Figure | None, Figure | None]:
    """总分值 | 100.00 | 总得分 | 93.68: full marks and score, each after its name in the row, whatever the columns are."""
    full = score = None
    cells = [cell for cell in band.view.table.row(row.index) if cell.row == row.index]
    for label, value in pairwise(cells):
        words = band.view.words(label)
        if band.view.value(value) and FULL_NAMED.fullmatch(words):
            full = band.view.typed(value, "分")
        elif band.view.value(value) and SCORE_NAMED.fullmatch(words):
            score = band.view.typed(value, "分")
    return (full, score) if full and score else (None, None)


def _only_points(band: Band, row: Row) -> Figure | None:
    """98.80分 in a cell that covers all columns of a row of totals."""
    values = [value for cell in row.cells.values() if cell.row == row.index and (value := band.view.value(cell))]
    points = [band.view.typed(cell, "分") for cell in row.cells.values() if cell.row == row.index and band.view.value(cell)]
    return points[0] if len(values) == 1 and points and points[0] and points[0].kind == "points" else None


def _indicator(band: Band, row: Row, number: int, below: str | None) -> Indicator | None:
    """One row as an indicator, with its reason or the one told ``below`` all; ``None`` for a row that has neither value nor score."""
    view = band.view
    name = _name(band, row)
    known = {role: _value(band, row, role) for role in ("target", "target_revised", "midyear", "actual", "completion_rate", "weight", "score")}
    if not name or not any(known.values()):
        return None
    cells = [cell for cell in row.cells.values() if cell.row == row.index]
    reason = _text(view, row, band.column("reason")) or below
    return Indicator(
        f"i{number + 1}", name, min(cell.start for cell in cells), max(cell.end for cell in cells), -1,
        _above(band, row, "level1"), _above(band, row, "level2"), known["target"], known["target_revised"], known["midyear"],
        known["actual"], known["completion_rate"], known["weight"], known["score"], reason, None, True,
    )  # fmt: skip


def _reason_below(view: View) -> str | None:
    """偏差大或目标未完成原因分析 as a row of its own, in forms without a column for reasons."""
    for cell in view.table.filled:
        if "原因" in (words := view.words(cell)) and len(words) <= LONGEST_LABEL:
            beside = view.table.at(cell.row, cell.column + cell.columns)
            if beside is not None and not view.is_empty(beside):
                return view.words(beside)
    return None


def _name(band: Band, row: Row) -> str:
    """The indicator's own name, without stars and the template that an office left in it."""
    for role in NAMES:
        for column in reversed(band.columns(role)):
            cell = row.cells.get(column)
            if cell and not band.view.is_empty(cell) and (role == "name" or cell.row == row.index):
                return TEMPLATE.sub("", STARS.sub("", band.view.words(cell)))
    return ""


def _above(band: Band, row: Row, role: str) -> str | None:
    """The words of the group that a row stands in."""
    column = band.column(role)
    if column is None:
        return None
    cell = band.view.table.at(row.index, column)
    return MARKS.sub("", band.view.words(cell)) or None


def _text(view: View, row: Row, column: int | None) -> str | None:
    cell = row.cells.get(column) if column is not None else None
    return None if view.is_empty(cell) else view.words(cell)


def _groups(band: Band, by_row: dict[int, Indicator]) -> Iterator[Group]:
    """Cells such as 产出指标(50分) with the indicators of the rows that they cover."""
    view = band.view
    seen: set[Cell] = set()
    for row in band.rows:
        for role in ("level1", "level2"):
            column = band.column(role)
            cell = view.table.at(row.index, column) if column is not None else None
            if column is None or cell is None or cell in seen:
                continue
            seen.add(cell)
            marks = [f for f in view.inside(cell) if f.kind == "points" and f.number is not None]
            rows = range(cell.row, _last(band, column, cell))
            inside = [by_row[at] for at in rows if at in by_row]
            if len(marks) == 1 and inside:
                yield Group(marks[0], role, rows, inside)


def _last(band: Band, column: int, cell: Cell) -> int:
    """The row behind those that a group covers: rows below that repeat its name without the marks are its own as well."""
    view, end = band.view, cell.row + cell.rows
    name = MARKS.sub("", view.words(cell))
    while (below := view.table.at(end, column)) is not None and view.words(below) == name and any(row.index == end for row in band.rows):
        end = below.row + below.rows
    return end

