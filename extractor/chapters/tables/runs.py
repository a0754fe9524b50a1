"""Columns in which each row goes on from something: 年末 = 年初 + 增加 − 减少, and running totals from period to period."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations

from extractor.chapters.tables.sheet import FEWEST_ROWS, NEARLY, Entry, Sheet, is_rule
from extractor.model.figure import base_unit
from extractor.model.report import Relation

MOST_FOR_BALANCES = 8
FEWEST_PERIODS = 2


def balances(one: Sheet, told: set[int]) -> Iterator[Relation]:
    """年末 = 年初 + 增加 − 减少, with a dash for nought; what was worked out stands to the right."""
    free = [column for column in one.columns if column not in told and one.first(column).kind in ("amount", "count")]
    faces = one.faces()
    for c, plus, more, less in permutations(reversed(free), 4) if len(one.columns) <= MOST_FOR_BALANCES else ():
        if plus > more or told & {c, plus, more, less} or not _may_balance(faces[c], faces[plus], faces[more], faces[less]):
            continue
        entries = list(one.entries(c, (plus, more, less)))
        held = [entry for entry in entries if _balances_out(entry)]
        full = [entry for entry in held if all(f.value for f in entry.operands) and not _cancels_out(entry)]
        if len(held) * 2 > len(entries) > FEWEST_ROWS and is_rule(full, full, near=False):
            told |= {c, plus, more, less}
            yield from (one.relation("balance", entry, c) for entry in entries)


def _may_balance(closing: dict[int, float], plus: dict[int, float], more: dict[int, float], less: dict[int, float]) -> bool:
    """Whether a row or two come near to closing = opening + in − out."""
    rows = closing.keys() & plus.keys() & more.keys() & less.keys()
    return sum([abs(plus[at] + more[at] - less[at] - closing[at]) <= NEARLY * (abs(plus[at]) + abs(more[at]) + abs(less[at])) for at in rows]) >= FEWEST_ROWS


def _balances_out(entry: Entry) -> bool:
    opening, more, less = entry.operands
    if len({(f.kind, base_unit(f.unit)) for f in (entry.stated, *entry.operands)}) > 1:
        return False
    return opening.value + more.value - less.value == entry.stated.value


def _cancels_out(entry: Entry) -> bool:
    """Whether what goes out is one of the two that came in: any other pair of equal figures would balance as well."""
    opening, more, less = entry.operands
    return less.value in (opening.value, more.value)


def running_totals(one: Sheet) -> Iterator[Relation]:
    """累计支出 of a quarter: that of the quarter before and the quarter's own."""
    for c in one.columns:
        for own in one.columns:
            entries = list(_periods(one, c, own)) if own != c and one.first(c).kind in ("amount", "count") else []
            held = [entry for entry in entries if sum(f.value for f in entry.operands) == entry.stated.value]
            over = [after for before, after in pairwise(entries) if not {before.at, after.at} & {entry.at for entry in held} and _runs_over(before, after)]
            if any(all(f.value for f in entry.operands) for entry in held) and len(entries) >= FEWEST_PERIODS and is_rule([*held, *over, *over], entries, near=False):
                yield from (one.relation("sum", entry, c) for entry in entries)


def _runs_over(before: Entry, after: Entry) -> bool:
    """Whether the run goes on over one wrong total between two right ones."""
    return before.operands[0].value + before.operands[1].value + after.operands[1].value == after.stated.value


def _periods(one: Sheet, c: int, own: int) -> Iterator[Entry]:
    """Each row's running total with the one above it and the row's own figure; rows of totals belong to no period."""
    rows = [at for at in one.values[c] if at in one.values[own] and not one.is_total(at)]
    for before, at in pairwise(rows):
        figures = one.values[c][at], one.values[c][before], one.values[own][at]
        if len({(f.kind, base_unit(f.unit)) for f in figures}) == 1:
            yield Entry(at, figures[0], figures[1:])
