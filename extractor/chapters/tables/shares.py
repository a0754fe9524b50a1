"""占比 beside an amount: each row's share of the row of a total."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.chapters.tables.sheet import Entry, Sheet, holds, is_rule
from extractor.model.report import Relation


def shares(one: Sheet) -> Iterator[Relation]:
    """Each row's share of a total, for every column of rates that the rows show to be one."""
    totals = [at for at in one.labels if one.is_total(at)]
    rates = [column for column in one.columns if one.first(column).kind == "rate"]
    for rate in rates if totals else ():
        for amount in one.columns:
            found = next((entries for total in reversed(totals) if amount != rate and (entries := _shares_of(one, total, rate, amount))), None)
            if found:
                yield from (one.relation("share", entry, rate) for entry in found)
                break


def _shares_of(one: Sheet, total: int, rate: int, amount: int) -> list[Entry]:
    """The rows whose rates are shares of the total's amount, if most are."""
    whole = one.values[amount].get(total)
    if whole is None or whole.kind not in ("amount", "count") or not whole.value:
        return []
    entries = [entry for entry in one.entries(rate, (amount,)) if entry.at != total and entry.stated.kind == "rate"]
    entries = [Entry(entry.at, entry.stated, (*entry.operands, whole)) for entry in entries]
    held = [entry for entry in entries if holds("share", entry.stated, *entry.operands)]
    return entries if is_rule(held, entries, near=False) else []
