"""Cells that say a change in words (增长16.7%, 下降1.2个百分点): of which two columns, the rows themselves show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import permutations

from extractor.chapters.tables.bands import Band
from extractor.chapters.tables.sheet import POINTS_OF_RATE, Entry, Sheet, is_rule
from extractor.model.exact import Fraction
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Relation

CHANGED = re.compile(r"(?:同比|比上年|较上年|环比)?(?:(?P<up>增长|增加|上升|提高|上涨|提升)|(?P<down>下降|减少|降低|回落|压减|缩短))(?:了|约)?\Z")
UP = {"%": "growth", "": "difference"}
DOWN = {"%": "decline", "": "shortfall"}
FORMULAS_OF_CHANGE: dict[str, Callable[[Fraction, Fraction], Fraction]] = {"growth": lambda a, b: a / b - 1, "decline": lambda a, b: 1 - a / b, "difference": lambda a, b: a - b, "shortfall": lambda a, b: b - a}


def directed(band: Band, one: Sheet) -> Iterator[Relation]:
    """The change of every row, for a column of words of change that most rows show to be of two others."""
    for column in band.heads:
        told = {at: said for at, row in enumerate(band.rows) if (said := _said(band, at, column)) is not None}
        for this, last in permutations(one.columns, 2) if len(told) > 1 else ():
            entries = [(formula, Entry(at, figure, pair)) for at, (figure, up) in told.items() if (pair := _pair(one, at, this, last)) and (formula := _formula(figure, up, pair))]
            held = [entry for formula, entry in entries if _holds(formula, entry)]
            if is_rule(held, [entry for _, entry in entries], near=False):
                yield from (_relation(one, formula, entry, column) for formula, entry in entries)
                break


def _said(band: Band, at: int, column: int) -> tuple[Figure, bool] | None:
    """The figure of a cell of one change, and whether it went up."""
    cell = band.rows[at].cells.get(column)
    if cell is None or cell.row != band.rows[at].index or band.view.value(cell) is not None:
        return None
    figures = [figure for figure in band.view.inside(cell) if figure.is_claim and figure.number is not None]
    match = CHANGED.fullmatch(band.view.text[cell.start : figures[0].start].strip()) if len(figures) == 1 else None
    return (figures[0], match["up"] is not None) if match and figures[0].value > 0 else None


def _pair(one: Sheet, at: int, this: int, last: int) -> tuple[Figure, Figure] | None:
    """The row's values in the two columns, where they count the same thing."""
    a, b = one.values[this].get(at), one.values[last].get(at)
    return (a, b) if a and b and (a.kind, base_unit(a.unit)) == (b.kind, base_unit(b.unit)) else None


def _formula(figure: Figure, up: bool, pair: tuple[Figure, Figure]) -> str | None:
    """What the change is by its unit: a rate of amounts and numbers, else a difference."""
    rates = pair[0].kind == "rate"
    if figure.unit == "%" and not rates and pair[1].value:
        return (UP if up else DOWN)["%"]
    same = figure.unit in POINTS_OF_RATE if rates else (figure.kind, base_unit(figure.unit)) == (pair[0].kind, base_unit(pair[0].unit))
    return (UP if up else DOWN)[""] if same else None


def _holds(formula: str, entry: Entry) -> bool:
    a, b = entry.operands
    return abs(FORMULAS_OF_CHANGE[formula](a.value, b.value) - entry.stated.value) <= entry.stated.step / 2


def _relation(one: Sheet, formula: str, entry: Entry, column: int) -> Relation:
    """A shortfall is the difference the other way round."""
    if formula == "shortfall":
        formula, entry = "difference", Entry(entry.at, entry.stated, entry.operands[::-1])
    return one.relation(formula, entry, column)
