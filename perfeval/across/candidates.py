"""Which two reports may share words of their own: a sketch, so that not every pair is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from perfeval.across.grams import Heap
from perfeval.across.kept import Kept
from perfeval.across.season import MANY_OF_ONE_DEPARTMENT, MANY_UNITS, Season
from perfeval.across.submission import Roster, kin

FEWEST_SHARED = 3
"""Sampled grams; about a dozen letters in a row that only these units have."""
MOST_FILES = 24
"""A run that stands in more files, though of few units, is what one unit writes into each of its reports."""


def candidates(season: Season, roster: Roster) -> Iterator[tuple[int, int]]:
    """Pairs of places in the pile, in order."""
    pile = season.pile
    runs, pairs, forms = Heap(), Heap(), []
    for at in range(len(pile)):
        for number in season.rare(at):
            runs.put(number, at)
    for number, places in runs.runs():
        units = {pile[at].who: pile[at].department for at in places}
        if _is_form(list(units.values())):
            forms.append(number)
        elif 2 <= len(units) < MANY_UNITS and len(places) <= MOST_FILES:
            for first, second in combinations(places, 2):
                pairs.put(first, second)
    season.learn_forms(forms)
    yield from sorted(_frequent(pairs, pile, roster))


def _is_form(departments: list[str]) -> bool:
    return len(departments) >= MANY_OF_ONE_DEPARTMENT and len(set(departments)) == 1 and departments[0] != ""


def _frequent(pairs: Heap, pile: Sequence[Kept], roster: Roster) -> Iterator[tuple[int, int]]:
    for first, seconds in pairs.runs():
        for second, times in Counter(seconds).items():
            if times >= FEWEST_SHARED and not _related(pile[first], pile[second], roster):
                yield first, second


def _related(one: Kept, other: Kept, roster: Roster) -> bool:
    """Whether both are of one unit, or of a department and what belongs to it."""
    return one.who == other.who or kin(one.unit, other.unit, roster) or kin(one.department, other.unit, roster) or kin(one.unit, other.department, roster)
