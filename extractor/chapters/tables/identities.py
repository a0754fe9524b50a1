"""Columns that the rows themselves show to belong together, whatever their heads say: c = a − b, c = a ÷ b, c = a × b.

What holds in most rows of a table, to so many digits that chance cannot have made it, is how the table was made; then it must hold in all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from extractor.chapters.tables.bands import Band
from extractor.chapters.tables.directed import directed
from extractor.chapters.tables.heads import BRACKETS
from extractor.chapters.tables.nets import nets
from extractor.chapters.tables.runs import balances, running_totals
from extractor.chapters.tables.shares import shares
from extractor.chapters.tables.sheet import ALIKE, FORMULAS, MIXED, NEARLY, POINTS_OF_RATE, RATES, Entry, Sheet, holds, is_rule, mirrored, sheet, turned
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Relation

MOST_COLUMNS = 12
ABOVE = 60
"""A caption that names the whole (全年预算2,667.60万元) stands so close."""
OF_RATE = re.compile(r"(?:率|占.*|比例|比重)$")


@dataclass(slots=True)
class Rule:
    """A formula that the rows show, in which of them it holds, and the rows that are bound by it."""

    name: str
    rows: list[int]
    """The rows in which it holds."""
    columns: frozenset[int]
    entries: list[Entry]
    share: float
    """Of the rows that have all three figures."""

    @property
    def held(self) -> int:
        """In how many rows it holds."""
        return len(self.rows)


def identities(band: Band) -> Iterator[Relation]:
    """Every relation between columns that holds in most rows, for all rows; between rows, the same from column to column."""
    one = sheet(band)
    made = nets(one)
    told = {net.column for net in made}
    for net in made:
        yield from net.relations
    yield from _between(one, told, band.gaps, [net.columns for net in made])
    yield from balances(one, told)
    yield from running_totals(one)
    yield from shares(one, told, _above(band))
    yield from directed(band, one)
    other, explained = turned(one), set[int]()
    yield from _between(other, explained, set(), [], RATES)
    yield from shares(other, explained)


def of_points(band: Band) -> Iterator[Relation]:
    """What full marks, deductions and scores beside each other show: 分值 − 扣分 = 得分, 复核 − 自评 = 差异."""
    whole = sheet(band)
    points = {column for column in whole.columns if whole.first(column).kind == "points"}
    if len(points) > 2:
        one = replace(whole, names={column: name for column, name in whole.names.items() if column in points})
        yield from _between(one, set(), band.gaps, [])


def _above(band: Band) -> list[Figure]:
    """The amounts that the caption right above a table prints."""
    start = band.view.table.start
    return [figure for figure in band.view.between(max(0, start - ABOVE), start) if figure.kind == "amount" and figure.number is not None and not figure.comparator]


def _between(one: Sheet, told: set[int], gaps: set[int], wide: Sequence[frozenset[int]], names: tuple[str, ...] = tuple(FORMULAS)) -> Iterator[Relation]:
    """The formulas of two columns each, save within ``wide`` ones; ``told`` gets the columns that are explained by one, ``gaps`` those of them without signs."""
    columns = one.columns
    found: list[tuple[int, Rule]] = []
    faces = one.faces() if len(columns) <= MOST_COLUMNS else {}
    for c in reversed(columns) if len(columns) <= MOST_COLUMNS else ():  # what was worked out stands to the right of what it was worked out from
        if names is RATES and one.first(c).kind != "rate":
            continue
        whole = [rule.columns for _, rule in found if rule.held == len(rule.entries)]
        pairs = [pair for pair in combinations([column for column in columns if column != c], 2) if frozenset((c, *pair)) not in whole]
        rules = [rule for a, b in pairs if _may_show(one.values[c], faces[c], faces[a], faces[b]) and (rule := _of_two(one, c, a, b, names))]
        best = max(rules, key=lambda rule: rule.held, default=None)
        if best is not None and not any(rule.columns == best.columns for _, rule in found):
            found.append((c, best))
    kept: list[Rule] = []
    for c, rule in sorted(found, key=lambda one: -one[1].share):
        if not any(rule.columns < columns for columns in wide) and not any(_is_shadow(one, rule, other) for other in kept):
            told.add(c)
            kept.append(rule)
            gaps |= {c} if any(entry.name for entry in rule.entries) else set()
            yield from (one.relation(rule.name, entry, c) for entry in rule.entries)


def _is_shadow(one: Sheet, rule: Rule, other: Rule) -> bool:
    """Whether a rule holds only where another one does that holds in more rows: 预算 − 支出 = 结余 wherever 到位 is the 预算."""
    mine, its = rule.columns - other.columns, other.columns - rule.columns
    if len(mine) != 1 or rule.held >= other.held:
        return False
    (own,), (instead,) = mine, its
    return all((figure := one.values[instead].get(at)) is not None and figure.value == one.values[own][at].value for at in rule.rows)


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
    """The formula of a column in two others that most rows show, if any."""
    near = max(a, b, c) - min(a, b, c) == 2
    best: Rule | None = None
    for first, second in ((a, b), (b, a)):
        by_name: dict[str, list[Entry]] = {}
        for entry in one.entries(c, (first, second)):
            for name in _names(entry):
                by_name.setdefault(name, []).append(mirrored(name, entry) if c in one.unsigned else entry)
        for name, alike in by_name.items():
            if name not in allowed or (name in MIXED and c < max(a, b)):
                continue
            held = [entry for entry in alike if holds(entry.name or name, entry.stated, *entry.operands)]
            if (best is None or len(held) > best.held) and is_rule([entry for entry in held if not _repeated(one, c, entry) and not _of_one(name, entry)], alike, near, named=_named(one, c, first)):
                bound = [entry for entry in alike if entry in held or (_is_bound(one, entry, held, alike) and not _made_up(one, (a, b, c), name, entry))]
                best = Rule(name, [entry.at for entry in held], frozenset((a, b, c)), bound, len(held) / len(alike))
    return best


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
    if entry.stated.kind == "rate" and two.value < 0:
        return ()  # of a loss no rate is told as it is of a gain
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


def _made_up(one: Sheet, columns: tuple[int, ...], name: str, entry: Entry) -> bool:
    """Whether another column holds exactly what is missing: 剩余资金 is what 结转下年 and 收回财政 make together, 经费 has a 系数 as well."""
    if name not in (*ALIKE, "product"):
        return False
    made = FORMULAS[name](*(operand.value for operand in entry.operands))
    if name == "product":
        factors = (figure for column, values in one.values.items() if column not in columns and (figure := values.get(entry.at)) is not None and figure.value != 1)
        return any(abs(made * factor.value - entry.stated.value) <= entry.stated.step / 2 for factor in factors)
    beside = (one.values.get(column, {}).get(entry.at) for of in columns for column in (of - 1, of + 1) if column not in columns)
    return any(figure is not None and abs(figure.value) == abs(made - entry.stated.value) and figure.unit == entry.stated.unit for figure in beside)
