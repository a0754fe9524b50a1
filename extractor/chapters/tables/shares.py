"""占比 beside an amount: each row's share of the row of a total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.chapters.tables.sheet import Entry, Sheet, holds, is_rule
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Relation


def shares(one: Sheet, told: set[int], named: Sequence[Figure] = ()) -> Iterator[Relation]:
    """Each row's share of a whole, for every column of rates that nothing else explains. ``named``: wholes that the caption prints."""
    totals = [at for at in reversed(one.labels) if one.is_total(at)]
    for rate in (column for column in one.columns if column not in told and one.first(column).kind == "rate"):
        found: list[tuple[int, list[Entry]]] = []
        for amount in (column for column in one.columns if column != rate):
            own = [figure for at in totals if (figure := one.values[amount].get(at)) is not None]
            others = [figure for at in totals for column in one.columns if column not in (rate, amount) and (figure := one.values[column].get(at)) is not None]
            found += [shown for whole in (*own, *others, *named) if (shown := _shares_of(one, whole, rate, amount))]
        if found:
            yield from (one.relation("share", entry, rate) for entry in max(found, key=lambda shown: shown[0])[1])


def _shares_of(one: Sheet, whole: Figure, rate: int, amount: int) -> tuple[int, list[Entry]] | None:
    """The rows whose rates are shares of one whole, if most are, after how many are."""
    if whole.kind not in ("amount", "count") or not whole.value:
        return None
    entries = [
        Entry(entry.at, entry.stated, (*entry.operands, whole)) for entry in one.entries(rate, (amount,))
        if entry.operands[0] is not whole and entry.stated.kind == "rate" and _alike(entry.operands[0], whole)
    ]  # fmt: skip
    held = [entry for entry in entries if holds("share", entry.stated, *entry.operands)]
    return (len(held), entries) if is_rule(held, entries, near=False) else None


def _alike(one: Figure, other: Figure) -> bool:
    return (one.kind, base_unit(one.unit)) == (other.kind, base_unit(other.unit))
