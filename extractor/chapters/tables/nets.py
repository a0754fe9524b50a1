"""Columns that several beside them make up: 全年可用 = 上年结转 + 年初预算 + 追加 − 收回, with a dash or nothing for nought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from extractor.chapters.tables.casting import HUNDRED, OF_EACH
from extractor.chapters.tables.sheet import FEWEST_ROWS, NEARLY, Sheet, telling_digits
from extractor.model.exact import Fraction
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Relation, Tie

FEWEST = 3
MOST = 6
"""So many columns may make up one."""
DIGITS = 10
"""So many must come out right over all rows."""
FORMULAS = {0: "sum", 1: "balance", 2: "net"}
"""The formula by how many columns are taken off; where all but the first are, it is a difference."""


@dataclass(slots=True)
class Net:
    """A column with those beside it that make it up, each with its sign, and what every row must keep."""

    column: int
    of: dict[int, int]
    relations: list[Relation] = field(default_factory=list)
    held: set[int] = field(default_factory=set)
    """The rows in which it holds."""

    @property
    def columns(self) -> frozenset[int]:
        """All its columns."""
        return frozenset((self.column, *self.of))


def nets(one: Sheet) -> list[Net]:
    """Every column of amounts or numbers that a run of its neighbours makes up, each with one sign in all rows."""
    found = list(_nets(one))
    return [net for net in found if not any(net.of == other.of and len(net.held) < len(other.held) for other in found)]


def _nets(one: Sheet) -> Iterator[Net]:
    groups: dict[tuple[str, str], list[int]] = {}
    for column in one.columns:
        first = one.first(column)
        if first.kind in ("amount", "count"):
            groups.setdefault((first.kind, base_unit(first.unit)), []).append(column)
    for columns in groups.values():
        for at, column in enumerate(columns):
            if found := _longest(one, column, columns[:at][::-1]) or _longest(one, column, columns[at + 1 :]):
                yield found


def _longest(one: Sheet, column: int, beside: list[int]) -> Net | None:
    """The longest run of neighbours, the nearest first, that makes up a column."""
    for count in range(min(len(beside), MOST), FEWEST - 1, -1):
        if found := _made_of(one, column, beside[:count]):
            return found
    return None


def _made_of(one: Sheet, column: int, run: list[int]) -> Net | None:
    """The signs with which a run makes up a column in most rows, if any; each of the run must tell in some row."""
    faces = [(float(figure.value), *(float(f.value) if (f := one.values[part].get(at)) else 0.0 for part in run)) for at, figure in one.values[column].items() if figure.value > 0]
    for signs in product((1, -1), repeat=len(run)):
        less = signs.count(-1)
        if less == len(run) or 2 < less < len(run) - 1:
            continue
        held = [row for row in faces if abs(sum(sign * face for sign, face in zip(signs, row[1:], strict=True)) - row[0]) <= NEARLY * sum(map(abs, row))]
        if len(held) * 2 > len(faces) and len(held) >= FEWEST_ROWS and not _falls_apart(held, signs):
            net = Net(column, dict(zip(run, signs, strict=True)))
            if _proven(one, net):
                return net
    return None


def _falls_apart(rows: list[tuple[float, ...]], signs: tuple[int, ...]) -> bool:
    """Whether some of the columns come to nought among themselves in these rows, so that the others alone make up the sum."""
    for some in product((False, True), repeat=len(signs)):
        chosen = [(i + 1, sign) for i, sign in enumerate(signs) if some[i]]
        if 0 < len(chosen) < len(signs) and all(abs(sum(sign * row[i] for i, sign in chosen)) <= NEARLY * row[0] for row in rows):
            return True
    return False


def _proven(one: Sheet, net: Net) -> bool:
    """Whether enough rows that add up two or more come out to the last digit; what the rows must keep is kept in the net."""
    digits = 0
    told = set[int]()
    for at, stated in one.values[net.column].items():
        parts = {part: figure for part in sorted(net.of) if (figure := one.values[part].get(at))}
        if not any(net.of[part] > 0 for part in parts) or len({(f.kind, base_unit(f.unit)) for f in (stated, *parts.values())}) > 1:
            continue
        if stated.value not in (1, HUNDRED) and (stated.kind == "rate" or OF_EACH.search(one.labels[at])):
            continue  # 增减率 under 合计 is worked out anew from the totals
        off = sum((net.of[part] * figure.value for part, figure in parts.items()), Fraction(0)) - stated.value
        if off and _stands_beside(one, net, at, off):
            continue
        full = {part for part, figure in parts.items() if figure.value}
        if not off:
            net.held.add(at)
        if not off and len(full) > 1:
            digits += telling_digits(stated)
            told |= full
        net.relations.append(_relation(one, net, at, stated, parts))
    return digits >= DIGITS and told == set(net.of) and len(net.held) * 2 > len(net.relations)


def _stands_beside(one: Sheet, net: Net, at: int, off: Fraction) -> bool:
    """Whether another column holds exactly what a row is off by."""
    return any(column not in net.columns and (figure := values.get(at)) is not None and abs(figure.value) == abs(off) for column, values in one.values.items())


def _relation(one: Sheet, net: Net, at: int, stated: Figure, parts: dict[int, Figure]) -> Relation:
    """What one row must keep; where a cell is empty its figure may have been forgotten."""
    plus, minus = ([figure for part, figure in parts.items() if net.of[part] == sign] for sign in (1, -1))
    formula = "difference" if len(plus) == 1 and minus else FORMULAS[len(minus)]
    words = f"{one.labels[at]}（{one.names[net.column]}）"
    tie: Tie = "stated" if len(parts) == len(net.of) else "likely"
    return Relation(formula, stated, (*plus, *minus), words, True, (), tie, f"{words}合计" if formula == "sum" else words, table=True)
