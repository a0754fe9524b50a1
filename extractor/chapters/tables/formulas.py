"""Columns whose heads print a formula of the letters of other columns: (C)=(A)-(B), E/C×100%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod

from extractor.chapters.tables.bands import Band, Row
from extractor.model.exact import Fraction
from extractor.model.report import Relation

AMOUNTS = ("sum", "original_budget", "revised_budget", "expenditure_outturn")
MONEY = re.compile(r"金额|总价|小计|合计")
FACTOR = re.compile(r"[月天年周日次期]数|系数|学期数?$|时长")
"""How often a standard is paid."""
RATED = ("execution_rate", "release_rate")
"""Columns whose formula is known without its letters."""
FORMULAS = {"-": "difference", "/": "share"}


def printed_formulas(band: Band) -> Iterator[Relation]:
    """One relation a row for every formula that a head prints."""
    letters = {head.letter: column for column, head in band.heads.items() if head.letter}
    for column, head in band.heads.items():
        if head.formula is None or head.formula[0] not in FORMULAS or head.role in RATED:
            continue
        sign, a, b = head.formula
        if a not in letters or b not in letters or column in (letters[a], letters[b]):
            continue
        for row in band.rows:
            yield from _relation(band, row, FORMULAS[sign], column, (letters[a], letters[b]), head.words)


def control_rates(band: Band) -> Iterator[Relation]:
    """编制数, 在职人数, 控制率 side by side, and each further three of that kind."""
    for rate in band.columns("control_rate"):
        actual, allowed = (_nearest(band, role, rate) for role in ("actual_of", "budget_of"))
        if actual is not None and allowed is not None:
            for row in band.rows:
                yield from _relation(band, row, "share", rate, (actual, allowed), "控制率")


def _nearest(band: Band, role: str, rate: int) -> int | None:
    """The column of a role left of a rate: the total of those that divide it, else the nearest."""
    sums = [column for column, head in band.heads.items() if head.role == "sum" and head.group == role and column < rate]
    return max(sums or [column for column in band.columns(role) if column < rate], default=None)


def products(band: Band) -> Iterator[Relation]:
    """数量 × 单价 = 金额, or × 月数 as well: the factors and the column of amounts that most rows show."""
    count, price = band.column("count"), band.column("price")
    if count is None or price is None:
        return
    further = [column for column, head in band.heads.items() if FACTOR.search(head.words) and column not in (count, price)]
    totals = [column for column, head in band.heads.items() if head.role in AMOUNTS or MONEY.search(head.words)]
    ways = [(total, of) for total in totals for of in ((count, price), *((count, price, more) for more in further))]
    held, total, of = max(((_held(band, *way), *way) for way in ways), key=lambda way: way[0], default=(0, 0, ()))
    rows = [row for row in band.rows if None not in (band.value(row, column) for column in (total, *of))]
    if ways and 2 * held >= len(rows):
        for row in rows:
            yield from _relation(band, row, "product", total, of, "数量×单价", "likely")


def _held(band: Band, total: int, of: tuple[int, ...]) -> int:
    """In how many rows the factors make up the amount as it is printed."""
    rows = [[band.value(row, column) for column in (total, *of)] for row in band.rows]
    full = [[figure for figure in row if figure is not None] for row in rows if None not in row]
    return sum(abs(prod((factor.value for factor in factors), start=Fraction(1)) - stated.value) <= stated.step / 2 for stated, *factors in full)


def _relation(band: Band, row: Row, formula: str, stated: int, of: tuple[int, ...], words: str, tie: str = "stated") -> Iterator[Relation]:
    figures = [band.value(row, column) for column in (stated, *of)]
    if all(figure is not None and figure.number is not None for figure in figures):
        first, *operands = (figure for figure in figures if figure)
        if formula == "share" and not operands[1].value:
            return
        yield Relation(formula, first, tuple(operands), f"{row.label}：{words}", True, (), tie, f"{row.label}{words}", table=True)  # type: ignore[arg-type]
