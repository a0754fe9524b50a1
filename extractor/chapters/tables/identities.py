"""Columns that the rows themselves show to belong together, whatever their heads say: c = a − b, c = a + b, c = a ÷ b, shares of a total.

What holds to the last digit in most rows of a table, and in enough of them, is how the table was made; then it must hold in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from extractor.chapters.tables.bands import Band, Row
from extractor.chapters.tables.casting import TOTAL
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Relation

FEWEST_ROWS = 3
"""So many rows with amounts of their own make a rule of a table."""
MOST_COLUMNS = 12
FORMULAS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "difference": lambda a, b: a - b, "sum": lambda a, b: a + b, "share": lambda a, b: a / b, "growth": lambda a, b: a / b - 1,
}  # fmt: skip
Cells = tuple[Figure, Figure, Figure]


def identities(band: Band) -> Iterator[Relation]:
    """Every relation between three columns that holds in most rows, for all rows."""
    columns = [column for column in band.heads if sum(band.value(row, column) is not None for row in band.rows) >= FEWEST_ROWS]
    if len(columns) > MOST_COLUMNS:
        return
    known: set[int] = set()
    for a, b, c in ((a, b, c) for c in columns for a, b in combinations([other for other in columns if other != c], 2)):
        if c in known or {a, b} & known:
            continue
        for first, second in ((a, b), (b, a)):
            cells = list(_cells(band, (c, first, second)))
            if name := _formula(cells):
                known.add(c)
                yield from (_relation(band, row, name, found, c) for row, found in cells)
                break
    yield from _shares(band, columns)


def _cells(band: Band, columns: Sequence[int]) -> Iterator[tuple[Row, Cells]]:
    """The rows in which all three columns have a value."""
    for row in band.rows:
        found = [band.value(row, column) for column in columns]
        if all(found):
            yield row, tuple(found)  # type: ignore[misc]


def _formula(cells: list[tuple[Row, Cells]]) -> str | None:
    """The formula of the first column in the two others, if the rows show one."""
    if len(cells) < FEWEST_ROWS:
        return None
    stated, one, two = cells[0][1]
    alike = (one.kind, base_unit(one.unit)) == (two.kind, base_unit(two.unit))
    if not alike or one.kind not in ("amount", "count"):
        return None
    same = (stated.kind, base_unit(stated.unit)) == (one.kind, base_unit(one.unit))
    names = ("difference", "sum") if same else ("share", "growth") if stated.kind == "rate" else ()
    return next((name for name in names if _is_rule(name, cells)), None)


def _is_rule(name: str, cells: list[tuple[Row, Cells]]) -> bool:
    """Whether a formula holds in most rows, and in enough that are no trivial ones (a nought, a whole of itself)."""
    held = telling = 0
    for _, (stated, one, two) in cells:
        if _holds(name, stated, one, two):
            held += 1
            telling += bool(one.value and two.value and stated.value and one.value != two.value)
    return telling >= FEWEST_ROWS and held * 4 >= len(cells) * 3


def _holds(name: str, stated: Figure, one: Figure, two: Figure) -> bool:
    if name in ("share", "growth") and not two.value:
        return False
    gap = abs(FORMULAS[name](one.value, two.value) - stated.value)
    return gap <= stated.step / 2 if stated.kind == "rate" else gap == 0


def _relation(band: Band, row: Row, name: str, found: Cells, column: int) -> Relation:
    words = f"{row.label}（{band.heads[column].words}）"
    return Relation(name, found[0], found[1:], words, True, (), "stated", words, table=True)


def _shares(band: Band, columns: list[int]) -> Iterator[Relation]:
    """占比 beside an amount: each row's share of the row of the total."""
    total = next((row for row in band.rows if TOTAL.search(row.label)), None)
    if total is None:
        return
    for rate in columns:
        for amount in columns:
            whole = band.value(total, amount)
            if whole is None or whole.kind != "amount" or not whole.value or amount == rate:
                continue
            cells = [(row, (stated, part, whole)) for row in band.rows if row is not total and (stated := band.value(row, rate)) and (part := band.value(row, amount))]
            if len(cells) >= FEWEST_ROWS and cells[0][1][0].kind == "rate" and _is_rule("share", cells):
                yield from (_relation(band, row, "share", found, rate) for row, found in cells)
                break
