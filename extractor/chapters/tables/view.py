"""A table with the words and the figures of its cells; a bare number gets the unit that its place gives it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from extractor.figures import COMPARATORS as BOUNDS
from extractor.model.figure import Figure, Kind
from extractor.model.table import Cell, Table

COMPARATORS = BOUNDS | dict.fromkeys(("正向", "正向指标"), "≥") | dict.fromkeys(("反向", "反向指标", "逆向", "逆向指标", "负向", "负向指标"), "≤")
"""What a cell under 指标性质 says of the target beside it."""
AROUND = re.compile(r"[\s≥≤><=＝≧≦约()（）:：★☆]|及?以上|及?以下|[之以]内|左右|大约|" + "|".join(sorted(filter(str.isalpha, BOUNDS), key=len, reverse=True)))
"""What may stand beside the one figure of a cell that holds a value."""
NOTHING = "-—–/\\无"
"""Signs for nothing."""
MONEY = re.compile(r"[万亿千百十]*(?:元|美元)")
UNKNOWN = -1
RATES = ("%", "‰", "百分点", "个百分点")


class View:
    """One table of a report. Figures that were given a unit here take the place of the bare ones in ``figures``."""

    def __init__(self, table: Table, text: str, figures: list[Figure]) -> None:
        self.table = table
        self.text = text
        self.figures = figures
        self._starts = [figure.start for figure in figures]
        self._values: dict[Cell, int | None] = {}
        """Where the one figure of a cell stands in ``figures``: every reader asks for it again, as for the words."""
        self._words: dict[Cell, str] = {}

    def words(self, cell: Cell | None) -> str:
        """The words of a cell without any space or line break."""
        if cell is None:
            return ""
        words = self._words.get(cell)
        if words is None:
            words = self._words[cell] = "".join(self.text[cell.start : cell.end].split())
        return words

    def inside(self, cell: Cell) -> list[Figure]:
        """The figures of a cell in order, as they stand now."""
        return self.figures[bisect_left(self._starts, cell.start) : bisect_left(self._starts, cell.end)]

    def is_empty(self, cell: Cell | None) -> bool:
        """Whether nothing, or a sign for nothing, was printed there."""
        return not self.words(cell).strip(NOTHING)

    def between(self, start: int, end: int) -> list[Figure]:
        """The figures of a stretch of the text around the table."""
        return self.figures[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def value(self, cell: Cell | None) -> Figure | None:
        """The figure of a cell that holds one value and nothing else."""
        if cell is None or cell.start == cell.end:
            return None
        at = self._values.get(cell, UNKNOWN)
        if at == UNKNOWN:
            at = self._values[cell] = self._only(cell)
        if at is None:
            return None
        figure = self.figures[at]
        return figure if figure.is_claim else None

    def _only(self, cell: Cell) -> int | None:
        """Where the figure of a cell stands that holds nothing else."""
        first, end = bisect_left(self._starts, cell.start), bisect_left(self._starts, cell.end)
        if end - first != 1:
            return None
        figure = self.figures[first]
        rest = self.text[cell.start : figure.start] + self.text[figure.end : cell.end]
        return first if not rest or not AROUND.sub("", rest) else None

    def replace(self, figure: Figure, changed: Figure) -> Figure:
        """Puts a figure that was typed anew in the place of the bare one."""
        self.figures[bisect_left(self._starts, figure.start)] = changed
        return changed

    def typed(self, cell: Cell | None, unit: str, comparator: str | None = None) -> Figure | None:
        """The value of a cell; a bare number counts ``unit``, a unit inside the cell wins."""
        figure = self.value(cell)
        if figure is None:
            return None
        kind, own = figure.kind, figure.unit
        if not own and unit:
            own = "%" if unit in RATES and unit == "%" and _is_ratio(figure) else unit
            kind = kind_of(unit)
            if kind == "rate" and _is_ratio(figure):
                own = ""
        if (kind, own, figure.comparator) == (figure.kind, figure.unit, comparator or figure.comparator):
            return figure
        return self.replace(figure, figure.typed(kind, own, comparator or figure.comparator))

    def weight(self, cell: Cell | None) -> Figure | None:
        """The value of a cell of weights: 10% is ten of a hundred points."""
        figure = self.typed(cell, "分")
        if figure is None or figure.unit != "%":
            return figure
        return self.replace(figure, figure.typed("points", "分", figure.comparator))

    def with_unit(self, figure: Figure, unit: str) -> Figure:
        """A bare number of a list of amounts with the unit of the list."""
        return figure if figure.unit else self.replace(figure, figure.typed(kind_of(unit), unit, figure.comparator))

    def ordinal(self, cell: Cell, why: str = "序号", but: str = "") -> None:
        """Marks the numbers of a cell as no claim (row numbers, rubrics), save those of the kind ``but``."""
        for figure in self.inside(cell):
            if figure.is_claim and figure.kind != but:
                self.replace(figure, replace(figure, kind="ordinal", why=why))


def _is_ratio(figure: Figure) -> bool:
    """0.958 in a column of rates is 95.8%, printed as a plain ratio."""
    return figure.number is not None and 0 < figure.number < 1 and figure.decimals >= 2 and not figure.unit


def kind_of(unit: str) -> Kind:
    """What a number of that unit is."""
    if unit in RATES:
        return "rate"
    if unit == "分":
        return "points"
    return "amount" if MONEY.match(unit) else "count"
