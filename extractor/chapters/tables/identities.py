"""Columns that the rows themselves show to belong together, whatever their heads say: c = a − b, c = a ÷ b, closing = opening + in − out.

What holds in most rows of a table, to so many digits that chance cannot have made it, is how the table was made; then it must hold in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from extractor.chapters.tables.bands import Band, Row
from extractor.chapters.tables.casting import TOTAL
from extractor.model.exact import Fraction
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Relation

FEWEST_ROWS = 2
DIGITS = {True: 4, False: 7}
"""So many digits must come out right over all rows, by whether the three columns stand side by side: other triples are many more to choose from."""
MOST_COLUMNS = 12
MOST_FOR_BALANCES = 8
NOUGHT = Fraction(0)
ALIKE: dict[str, Callable[[Fraction, Fraction], Fraction]] = {"difference": lambda a, b: a - b, "sum": lambda a, b: a + b}
"""Formulas of columns of one unit."""
RATES: dict[str, Callable[[Fraction, Fraction], Fraction]] = {"share": lambda a, b: a / b, "growth": lambda a, b: a / b - 1, "complement": lambda a, b: 1 - a / b}
"""Formulas of a rate of two columns of one unit."""
FORMULAS = {**ALIKE, **RATES}
TRIVIAL = (Fraction(0), Fraction(1), Fraction(-1))


@dataclass(slots=True)
class Entry:
    """One row in which a formula's columns have values: the stated figure and the operands in order."""

    at: int
    row: Row
    stated: Figure
    operands: tuple[Figure, ...]


@dataclass(slots=True)
class Rule:
    """A formula that the rows show, in how many of them it holds, and the rows that are bound by it."""

    name: str
    held: int
    columns: frozenset[int]
    entries: list[Entry]


Values = dict[int, dict[int, Figure]]
"""The figures of the columns by row."""
Faces = dict[int, dict[int, float]]
"""Their values as near as a float has them, to look before anything is worked out exactly."""
NEARLY = 1e-9


def identities(band: Band) -> Iterator[Relation]:
    """Every relation between columns that holds in most rows, for all rows."""
    values: Values = {column: {at: figure for at, row in enumerate(band.rows) if (figure := band.value(row, column)) is not None} for column in band.heads}
    columns = [column for column in band.heads if len(values[column]) >= FEWEST_ROWS]
    if len(columns) > MOST_COLUMNS:
        return
    told: set[int] = set()
    sets: list[frozenset[int]] = []
    faces: Faces = {column: {at: float(figure.value) for at, figure in values[column].items()} for column in columns}
    for c in reversed(columns):  # what was worked out stands to the right of what it was worked out from
        pairs = [pair for pair in combinations([column for column in columns if column != c], 2) if frozenset((c, *pair)) not in sets]
        rules = [rule for a, b in pairs if _may_show(values[c], faces[c], faces[a], faces[b]) and (rule := _of_two(band, values, c, a, b))]
        if rules:
            best = max(rules, key=lambda rule: rule.held)
            told.add(c)
            sets.append(best.columns)
            yield from (_relation(band, best.name, entry, c) for entry in best.entries)
    if len(columns) <= MOST_FOR_BALANCES:
        yield from _balances(band, values, faces, told)
    yield from _shares(band, values, columns)


def _may_show(stated: dict[int, Figure], c: dict[int, float], a: dict[int, float], b: dict[int, float]) -> bool:
    """Whether a formula comes near in rows enough: nearly all triples of columns are told apart by this, at a tenth of the cost."""
    near = 0
    for at, value in c.items():
        if at not in a or at not in b:
            continue
        one, two = a[at], b[at]
        tiny = NEARLY * (abs(one) + abs(two) + abs(value))
        if stated[at].kind != "rate":
            near += abs(one + two - value) <= tiny or abs(abs(one - two) - abs(value)) <= tiny
            continue
        reach = float(stated[at].step) / 2 + NEARLY
        ratios = [ratio for ratio in (one / two if two else None, two / one if one else None) if ratio is not None]
        near += any(abs(told - ratio) <= reach + NEARLY * abs(ratio) for ratio in ratios for told in (value, value + 1, 1 - value))
    return near >= FEWEST_ROWS


def holds(name: str, stated: Figure, one: Figure, two: Figure) -> bool:
    """Whether a formula of two figures is what the stated one prints: a rate as it is rounded, an amount to the last digit."""
    if name in RATES and not two.value:
        return False
    gap = abs(FORMULAS[name](one.value, two.value) - stated.value)
    return gap <= stated.step / 2 if stated.kind == "rate" else gap == 0


def _of_two(band: Band, values: Values, c: int, a: int, b: int) -> Rule | None:
    """The formula of a column in two others, if the rows show one."""
    near = max(a, b, c) - min(a, b, c) == 2
    for first, second in ((a, b), (b, a)):
        entries = list(_entries(band, values, c, (first, second)))
        by_name: dict[str, list[Entry]] = {}
        for entry in entries:
            for name in _names(entry):
                by_name.setdefault(name, []).append(entry)
        for name, alike in by_name.items():
            held = [entry for entry in alike if holds(name, entry.stated, *entry.operands)]
            if _is_rule([entry for entry in held if not _repeated(values, c, entry)], alike, near):
                bound = [entry for entry in alike if entry in held or (_is_bound(entry, held, alike) and not _made_up(values, c, name, entry))]
                return Rule(name, len(held), frozenset((a, b, c)), bound)
    return None


def _repeated(values: Values, c: int, entry: Entry) -> bool:
    """Whether the stated figure stands in another column of its row as well: then the formula may be that column's."""
    if entry.stated.kind == "rate":
        return False
    return any(column != c and (figure := values[column].get(entry.at)) is not None and figure.value == entry.stated.value for column in values)


def _entries(band: Band, values: Values, c: int, columns: Sequence[int]) -> Iterator[Entry]:
    """The rows in which all columns have a value."""
    for at, stated in values[c].items():
        if all(at in values[column] for column in columns):
            yield Entry(at, band.rows[at], stated, tuple(values[column][at] for column in columns))


def _names(entry: Entry) -> tuple[str, ...]:
    """The formulas that the units of a row allow."""
    one, two = entry.operands
    if (one.kind, base_unit(one.unit)) != (two.kind, base_unit(two.unit)) or one.kind not in ("amount", "count", "points"):
        return ()
    if (entry.stated.kind, base_unit(entry.stated.unit)) == (one.kind, base_unit(one.unit)):
        return tuple(ALIKE)
    return tuple(RATES) if entry.stated.kind == "rate" and one.kind != "points" else ()


def _is_rule(held: list[Entry], entries: list[Entry], near: bool) -> bool:
    """Whether a formula holds in most rows, and in enough that are no trivial ones (a nought, a whole of itself)."""
    telling = [entry for entry in held if entry.stated.value not in TRIVIAL and all(f.value for f in entry.operands) and len({f.value for f in entry.operands}) > 1]
    digits = sum(len(entry.stated.number.as_tuple().digits) for entry in telling if entry.stated.number is not None)
    return len(telling) >= FEWEST_ROWS and digits >= DIGITS[near] and len(held) * 2 > len(entries)


def _is_bound(entry: Entry, held: list[Entry], entries: list[Entry]) -> bool:
    """Whether a row in which a rule does not hold must keep it: the row of a total may print a mean or nothing that adds up."""
    return not TOTAL.search(entry.row.label) or len(held) * 4 >= len(entries) * 3


def _made_up(values: Values, c: int, name: str, entry: Entry) -> bool:
    """Whether the column beside holds exactly what is missing: 剩余资金 is what 结转下年 and 收回财政 make together."""
    if name not in ALIKE:
        return False
    missing = ALIKE[name](*(operand.value for operand in entry.operands)) - entry.stated.value
    beside = (values.get(column, {}).get(entry.at) for column in (c - 1, c + 1))
    return any(figure is not None and figure.value == missing and figure.unit == entry.stated.unit for figure in beside)


def _relation(band: Band, name: str, entry: Entry, column: int) -> Relation:
    words = f"{entry.row.label}（{band.heads[column].words}）"
    return Relation(name, entry.stated, entry.operands, words, True, (), "stated", words, table=True)


def _balances(band: Band, values: Values, faces: Faces, told: set[int]) -> Iterator[Relation]:
    """年末 = 年初 + 增加 − 减少, with a dash for nought."""
    free = [column for column in faces if column not in told and next(iter(values[column].values())).kind in ("amount", "count")]
    for c, plus, more, less in permutations(free, 4):
        if plus > more or told & {c, plus, more, less}:
            continue
        if not _may_balance(faces[c], faces[plus], faces[more], faces[less]):
            continue
        entries = list(_entries(band, values, c, (plus, more, less)))
        held = [entry for entry in entries if _balances_out(entry)]
        full = [entry for entry in held if all(f.value for f in entry.operands)]
        if len(held) * 2 > len(entries) > FEWEST_ROWS and _is_rule(full, full, near=False):
            told |= {c, plus, more, less}
            yield from (_relation(band, "balance", entry, c) for entry in entries)


def _may_balance(*columns: dict[int, float]) -> bool:
    """Whether a row or two come near to closing = opening + in − out."""
    closing, plus, more, less = columns
    rows = closing.keys() & plus.keys() & more.keys() & less.keys()
    return sum([abs(plus[at] + more[at] - less[at] - closing[at]) <= NEARLY * (abs(plus[at]) + abs(more[at]) + abs(less[at])) for at in rows]) >= FEWEST_ROWS


def _balances_out(entry: Entry) -> bool:
    opening, more, less = entry.operands
    if len({(f.kind, base_unit(f.unit)) for f in (entry.stated, *entry.operands)}) > 1:
        return False
    return opening.value + more.value - less.value == entry.stated.value


def _shares(band: Band, values: Values, columns: list[int]) -> Iterator[Relation]:
    """占比 beside an amount: each row's share of the row of a total."""
    totals = [at for at, row in enumerate(band.rows) if TOTAL.search(row.label)]
    rates = [column for column in columns if next(iter(values[column].values())).kind == "rate"]
    for rate in rates if totals else ():
        for amount in columns:
            found = next((entries for total in reversed(totals) if amount != rate and (entries := _shares_of(band, values, total, rate, amount))), None)
            if found:
                yield from (_relation(band, "share", entry, rate) for entry in found)
                break


def _shares_of(band: Band, values: Values, total: int, rate: int, amount: int) -> list[Entry]:
    """The rows whose rates are shares of the total's amount, if most are."""
    whole = values[amount].get(total)
    if whole is None or whole.kind != "amount" or not whole.value:
        return []
    entries = [entry for entry in _entries(band, values, rate, (amount,)) if entry.row is not band.rows[total] and entry.stated.kind == "rate"]
    entries = [Entry(entry.at, entry.row, entry.stated, (*entry.operands, whole)) for entry in entries]
    held = [entry for entry in entries if holds("share", entry.stated, *entry.operands)]
    return entries if _is_rule(held, entries, near=False) else []
