"""The figures of a band as a bare sheet, for what the figures themselves show: columns with names, rows with labels, or the two turned round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractor.chapters.tables.bands import Band
from extractor.chapters.tables.casting import TOTAL
from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.report import Relation, Tie

FEWEST_ROWS = 2
NEARLY = 1e-9
"""So near a float comes to what was worked out exactly."""
DIGITS_OF_NAMED = 3
"""So many where the name of a rate says what it is of."""
DIGITS = {True: 4, False: 7}
"""So many digits must come out right over all rows, by whether the three columns stand side by side: other triples are many more to choose from."""
FORMULAS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "difference": lambda a, b: a - b,
    "sum": lambda a, b: a + b,
    "share": lambda a, b: a / b,
    "growth": lambda a, b: a / b - 1,
    "complement": lambda a, b: 1 - a / b,
    "product": lambda a, b: a * b,
    "quotient": lambda a, b: a / b,
}
ALIKE = ("difference", "sum")
"""Formulas of columns of one unit."""
RATES = ("share", "growth", "complement")
"""Formulas of a rate of two columns of one unit."""
DIVIDES = (*RATES, "quotient")
MIXED = ("product", "quotient")
"""Formulas of columns of several units: 人数 × 标准, 金额 ÷ 户数."""
MIRRORED = {"difference": "difference", "growth": "complement", "complement": "growth"}
"""What a formula is where it would come out below nought and the column prints no signs."""
POINTS_OF_RATE = ("百分点", "个百分点")
APART = re.compile(r"差|偏离|距|缺口|幅度")
"""Heads of how far apart two columns are, which may print no sign."""
SIGNED = re.compile(r"增|升降|涨跌|[(（][-+±－＋]")
"""Heads whose figures carry a sign where less is meant."""
DIRECTION = re.compile(r"(?:增加|减少|高于|低于|上升|下降|超过|不足|增|减|升|降|多|少|高|低|[↑↓▲▼])")
TRIVIAL = (Fraction(0), Fraction(1), Fraction(-1))


@dataclass(slots=True)
class Entry:
    """One row in which a formula's columns have values: the stated figure and the operands in order."""

    at: int
    stated: Figure
    operands: tuple[Figure, ...]
    name: str = ""
    """The formula of this row, where it is not that of the others."""


@dataclass(slots=True)
class Sheet:
    """The values of each column by row."""

    values: dict[int, dict[int, Figure]]
    names: dict[int, str]
    """What each column is called."""
    labels: dict[int, str]
    """What each row is called."""
    unsigned: frozenset[int] = frozenset()
    """Columns that print how far apart two others are, whichever is more."""

    @property
    def columns(self) -> list[int]:
        """The columns in which two rows or more have a value."""
        return [column for column in self.names if len(self.values[column]) >= FEWEST_ROWS]

    def faces(self) -> dict[int, dict[int, float]]:
        """The values as near as a float has them, to look before anything is worked out exactly."""
        return {column: {at: float(figure.value) for at, figure in self.values[column].items()} for column in self.columns}

    def first(self, column: int) -> Figure:
        """The uppermost value of a column."""
        return next(iter(self.values[column].values()))

    def entries(self, stated: int, operands: Sequence[int]) -> Iterator[Entry]:
        """The rows in which all these columns have a value."""
        for at, figure in self.values[stated].items():
            if all(at in self.values[column] for column in operands):
                yield Entry(at, figure, tuple(self.values[column][at] for column in operands))

    def is_total(self, at: int) -> bool:
        """Whether a row is called a total."""
        return bool(TOTAL.search(self.labels[at]))

    def relation(self, formula: str, entry: Entry, column: int) -> Relation:
        """What a row must keep, in the words of its row and column."""
        words = f"{self.labels[entry.at]}（{self.names[column]}）"
        tie: Tie = "likely" if formula in MIXED else "stated"  # 人数 × 标准 is a budget's way, which what was paid need not follow to the last 元
        return Relation(entry.name or formula, entry.stated, entry.operands, words, True, (), tie, words, table=True)


def sheet(band: Band) -> Sheet:
    """The band as it stands."""
    values = {column: {at: figure for at, row in enumerate(band.rows) if (figure := band.value(row, column)) is not None} for column in band.heads}
    names = {column: head.words for column, head in band.heads.items()}
    unsigned = frozenset(c for c, row in values.items() if not any(f.value < 0 for f in row.values()) and ((APART.search(names[c]) and not SIGNED.search(names[c])) or _says_direction(band)))
    return Sheet(values, names, {at: row.label for at, row in enumerate(band.rows)}, unsigned)


def _says_direction(band: Band) -> bool:
    """Whether a column says in words which way each row goes."""
    words = (band.view.words(cell) for row in band.rows for column, cell in row.cells.items() if band.heads.get(column))
    return any(DIRECTION.fullmatch(word) for word in words)


def turned(one: Sheet) -> Sheet:
    """Rows as columns: what years or places side by side have in common shows from row to row."""
    values = {at: {column: one.values[column][at] for column in one.names if at in one.values[column]} for at in one.labels}
    return Sheet(values, one.labels, one.names)


def holds(name: str, stated: Figure, one: Figure, two: Figure) -> bool:
    """Whether a formula of two figures is what the stated one prints: a rate, a mean or a product as it is rounded, an amount to the last digit."""
    if name in DIVIDES and not two.value:
        return False
    gap = abs(FORMULAS[name](one.value, two.value) - stated.value)
    return gap <= stated.step / 2 if stated.kind == "rate" or name in MIXED else gap == 0


def telling_digits(figure: Figure) -> int:
    """The digits of a figure without the noughts at its end: 4700.00 among round hundreds comes out by chance as 47 does."""
    return len(figure.number.normalize().as_tuple().digits) if figure.number is not None else 0


def mirrored(name: str, entry: Entry) -> Entry:
    """A row of a column without signs in which the other one is more: its difference the other way round, a decline for a growth."""
    one, two = entry.operands
    if name not in MIRRORED or (two.value and FORMULAS[name](one.value, two.value) >= 0) or one.value == two.value:
        return entry
    return Entry(entry.at, entry.stated, (two, one) if name == "difference" else entry.operands, MIRRORED[name])


def is_rule(held: list[Entry], entries: list[Entry], near: bool, named: bool = False) -> bool:
    """Whether a formula holds in most rows, and in enough that are no trivial ones (a nought, a whole of itself); fewer where the heads name it."""
    telling = [e for e in held if e.stated.value not in TRIVIAL and all(f.value for f in e.operands) and len({f.value for f in e.operands}) > 1]
    digits = sum(telling_digits(entry.stated) for entry in telling)
    enough = digits >= DIGITS_OF_NAMED if named else len(telling) >= FEWEST_ROWS and digits >= DIGITS[near]
    return enough and len(held) * 2 > len(entries)
