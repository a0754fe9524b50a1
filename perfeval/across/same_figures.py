"""The same unusual set of figures in two units: so many long amounts in common that chance does not give them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import lgamma, log, log10

from perfeval.across.amounts import significant
from perfeval.across.finding import AcrossFinding, Quote, found
from perfeval.across.kept import Kept
from perfeval.across.submission import Roster, kin

MOST_UNITS = 4
"""An amount that more units have is a standard of the season (定额, 同一批次下达的补助)."""
FEWEST_SHARED = 3
CHANCE = 3
"""One pair by chance in a thousand piles, as a power of ten."""
SHOWN = 8


def same_figures(pile: Sequence[Kept], roster: Roster) -> list[AcrossFinding]:
    """One finding for each two units whose reports share a set of long amounts, their largest set."""
    best: dict[tuple[str, str], tuple[Kept, Kept, list[int]]] = {}
    for (first, second), values in sorted(_shared(pile).items()):
        one, other = pile[first], pile[second]
        if kin(one.unit, other.unit, roster) or not beyond_chance(values, len(one.amounts), len(other.amounts), len(pile)):
            continue
        low, high = sorted((one.who, other.who))
        known = best.get((low, high))
        if known is None or len(values) > len(known[2]):
            best[low, high] = (one, other, values)
    return [_finding(*pair) for _, pair in sorted(best.items())]


def _shared(pile: Sequence[Kept]) -> dict[tuple[int, int], list[int]]:
    """Pairs of reports of different units with the rare amounts that both have."""
    holders: dict[int, list[int]] = {}
    for at, one in enumerate(pile):
        for value in one.amounts:
            holders.setdefault(value, []).append(at)
    pairs: dict[tuple[int, int], list[int]] = {}
    for value, places in holders.items():
        for pair in _rare_pairs(places, pile):
            pairs.setdefault(pair, []).append(value)
    return pairs


def _rare_pairs(places: list[int], pile: Sequence[Kept]) -> Iterator[tuple[int, int]]:
    if 2 <= len({pile[at].who for at in places}) <= MOST_UNITS:
        yield from ((first, second) for first, second in combinations(places, 2) if pile[first].who != pile[second].who)


def beyond_chance(values: Sequence[int], first: int, second: int, reports: int) -> bool:
    """Whether chance would give no pair of the pile so many equal amounts, of so many digits, among ``first`` × ``second``."""
    if len(values) < FEWEST_SHARED:
        return False
    pairs = max(1, reports * (reports - 1) // 2)
    ways = len(values) * log10(max(1, first * second)) - lgamma(len(values) + 1) / log(10)
    return sum(significant(value) - 1 for value in values) - ways >= log10(pairs) + CHANCE


def _finding(one: Kept, other: Kept, values: list[int]) -> AcrossFinding:
    chosen = sorted(values, key=lambda value: (-significant(value), -value))
    shown = "、".join(one.amounts[value] for value in chosen[:SHOWN]) + ("等" if len(chosen) > SHOWN else "")
    message = (
        f"{one.named}与{other.named}有{len(values)}个多位金额完全相同（{shown}），其他单位很少出现，偶然相同的可能性很小。"
        f"如为共同实施的项目或同一笔资金，请注明；否则请核对数据来源。"
    )
    low, high = sorted((one.who, other.who))
    quotes = tuple(quote for value in chosen[:SHOWN] for quote in (Quote(one.key, one.amounts[value]), Quote(other.key, other.amounts[value])))
    return found("ACR-02", "notice", message, (one.key, other.key), (low, high), "figures", quotes)
