"""Columns that the rows themselves show to belong together, whatever their heads say: c = a − b, c = a ÷ b, c = a × b.

What holds in most rows of a table, to so many digits that chance cannot have made it, is how the table was made; then it must hold in all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from extractor.chapters.tables.bands import Band
from extractor.chapters.tables.directed import directed
from extractor.chapters.tables.heads import BRACKETS
from extractor.chapters.tables.runs import balances, running_totals
from extractor.chapters.tables.shares import shares
from extractor.chapters.tables.sheet import ALIKE, FORMULAS, MIXED, NEARLY, POINTS_OF_RATE, RATES, Entry, Sheet, holds, is_rule, sheet, turned
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Relation

MOST_COLUMNS = 12
ABOVE = 60
"""A caption that names the whole (全年预算2,667.60万元) stands so close."""
OF_RATE = re.compile(r"(?:率|占.*|比例|比重)$")


@dataclass(slots=True)
class Rule:
    """A formula that the rows show, in how many of them it holds, and the rows that are bound by it."""

    name: str
    held: int
    columns: frozenset[int]
    entries: list[Entry]


def identities(band: Band) -> Iterator[Relation]:
    """Every relation between columns that holds in most rows, for all rows; between rows, the same from column to column."""
    one = sheet(band)
    told: set[int] = set()
    yield from _between(one, told)
    yield from balances(one, told)
    yield from running_totals(one)
    yield from shares(one, told, _above(band))
    yield from directed(band, one)
    other, explained = turned(one), set[int]()
    yield from _between(other, explained, RATES)
    yield from shares(other, explained)


def _above(band: Band) -> list[Figure]:
    """The amounts that the caption right above a table prints."""
    start = band.view.table.start
    return [figure for figure in band.view.between(max(0, start - ABOVE), start) if figure.kind == "amount" and figure.number is not None and not figure.comparator]


def _between(one: Sheet, told: set[int], names: tuple[str, ...] = tuple(FORMULAS)) -> Iterator[Relation]:
    """The formulas of two columns each; ``told`` gets the columns that are explained by one."""
    columns = one.columns
    sets: list[frozenset[int]] = []
    faces = one.faces() if len(columns) <= MOST_COLUMNS else {}
    for c in reversed(columns) if len(columns) <= MOST_COLUMNS else ():  # what was worked out stands to the right of what it was worked out from
        if names is RATES and one.first(c).kind != "rate":
            continue
        pairs = [pair for pair in combinations([column for column in columns if column != c], 2) if frozenset((c, *pair)) not in sets]
        rules = [rule for a, b in pairs if _may_show(one.values[c], faces[c], faces[a], faces[b]) and (rule := _of_two(one, c, a, b, names))]
        if rules:
            best = max(rules, key=lambda rule: rule.held)
            told.add(c)
            sets.append(best.columns)
            yield from (one.relation(best.name, entry, c) for entry in best.entries)


def _may_show(stated: dict[int, Figure], c: dict[int, float], a: dict[int, float], b: dict[int, float]) -> bool:
    """Whether a formula comes near in some row that is no trivial one: nearly all triples of columns are told apart by this, at a tenth of the cost."""
    for at, value in c.items():
        if at not in a or at not in b or not value or not a[at] or not b[at] or a[at] == b[at]:
            continue
        one, two = a[at], b[at]
        tiny = NEARLY * (abs(one) + abs(two) + abs(value))
        if abs(one + two - value) <= tiny or abs(abs(one - two) - abs(value)) <= tiny:
            return True
        reach = float(stated[at].step) / 2 + NEARLY * abs(value)
        told = (value, value + 1, 1 - value) if stated[at].kind == "rate" else (value,)
        if any(abs(face - ratio) <= reach + NEARLY for ratio in (one / two, two / one) for face in told) or abs(one * two - value) <= reach:
            return True
    return False


def _of_two(one: Sheet, c: int, a: int, b: int, allowed: tuple[str, ...]) -> Rule | None:
    """The formula of a column in two others, if the rows show one."""
    near = max(a, b, c) - min(a, b, c) == 2
    for first, second in ((a, b), (b, a)):
        by_name: dict[str, list[Entry]] = {}
        for entry in one.entries(c, (first, second)):
            for name in _names(entry):
                by_name.setdefault(name, []).append(entry)
        for name, alike in by_name.items():
            held = [entry for entry in alike if holds(name, entry.stated, *entry.operands)]
            if name in allowed and (name not in MIXED or c > max(a, b)) and is_rule([entry for entry in held if not _repeated(one, c, entry) and not _of_one(name, entry)], alike, near, named=_named(one, c, first)):
                bound = [entry for entry in alike if entry in held or (_is_bound(one, entry, held, alike) and not _made_up(one, c, name, entry))]
                return Rule(name, len(held), frozenset((a, b, c)), bound)
    return None


def _repeated(one: Sheet, c: int, entry: Entry) -> bool:
    """Whether the stated figure stands in another column of its row as well: then the formula may be that column's."""
    if entry.stated.kind == "rate" or not entry.stated.value:
        return False
    return any(column != c and (figure := values.get(entry.at)) is not None and figure.value == entry.stated.value for column, values in one.values.items())


def _named(one: Sheet, c: int, a: int) -> bool:
    """Whether the name of a rate says what it is of: 到位率 beside 到位, 支出占到位比例 beside 支出."""
    rate, part = (BRACKETS.sub("", one.names[column].rpartition("/")[2]) for column in (c, a))
    core = OF_RATE.sub("", rate)
    return one.first(c).kind == "rate" and len(core) > 1 and core != rate and (core in part or part in core)


def _of_one(name: str, entry: Entry) -> bool:
    """Whether a product or quotient is one of a single thing, which any two equal figures show."""
    return name in MIXED and any(operand.value == 1 for operand in entry.operands)


def _names(entry: Entry) -> tuple[str, ...]:
    """The formulas that the units of a row allow."""
    one, two = entry.operands
    if entry.stated.unit in POINTS_OF_RATE:
        return ("difference",) if one.kind == two.kind == "rate" else ()
    if one.kind not in ("amount", "count", "points") or two.kind not in ("amount", "count", "points"):
        return ()
    if (one.kind, base_unit(one.unit)) == (two.kind, base_unit(two.unit)):
        if (entry.stated.kind, base_unit(entry.stated.unit)) == (one.kind, base_unit(one.unit)):
            return (*ALIKE, *MIXED) if not one.unit else ALIKE  # bare numbers may count several things
        if entry.stated.kind == "count" and not entry.stated.unit:
            return ("quotient",)  # 生师比
        return () if entry.stated.kind != "rate" else RATES if one.kind != "points" else ("share",)
    return MIXED if entry.stated.kind in ("amount", "count") and "points" not in (one.kind, two.kind) else ()


def _is_bound(one: Sheet, entry: Entry, held: list[Entry], entries: list[Entry]) -> bool:
    """Whether a row in which a rule does not hold must keep it: the row of a total may print a mean or nothing that adds up."""
    return not one.is_total(entry.at) or len(held) * 4 >= len(entries) * 3


def _made_up(one: Sheet, c: int, name: str, entry: Entry) -> bool:
    """Whether the column beside holds exactly what is missing: 剩余资金 is what 结转下年 and 收回财政 make together."""
    if name not in ALIKE:
        return False
    missing = FORMULAS[name](*(operand.value for operand in entry.operands)) - entry.stated.value
    beside = (one.values.get(column, {}).get(entry.at) for column in (c - 1, c + 1))
    return any(figure is not None and figure.value == missing and figure.unit == entry.stated.unit for figure in beside)
