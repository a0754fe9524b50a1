"""What the reports of a season have in common: the template, learned from the pile itself.

A run of eight letters that stands in the reports of five units is nobody's own. A department's own form is learned from
three of its units. A run of four letters that one unit in a hundred uses is a stock phrase: a sentence made of such runs
(确保了预算调整的合理性) may be a rare template, and proves nothing even where two units only have it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from perfeval.across.grams import Tally, grams
from perfeval.across.kept import Kept
from perfeval.across.plain import CLAUSE, SIGNS, Sentence, sentences

LONG, SHORT = 8, 4
MANY_UNITS = 5
MANY_OF_ONE_DEPARTMENT = 3
STOCK_SHARE = 100
"""A stock phrase is used by one unit in so many, and by five at least."""
SAMPLE = 4
"""One long gram in so many goes into the sketch."""
SHORTEST_REST = 10
OPENED = 512
"""So many reports are kept taken apart; candidates come in the order of the reports."""


@dataclass(frozen=True, slots=True)
class Own:
    """What is left of a sentence without the template: ``weight`` letters of it are in no stock phrase either."""

    words: str
    rest: str
    weight: int

    @property
    def specific(self) -> bool:
        """Whether most of it is nobody else's turn of phrase."""
        return self.weight * 2 >= len(self.rest)

    @property
    def by_clause(self) -> str:
        """Its clauses in an order that does not depend on theirs."""
        return CLAUSE.join(sorted(self.rest.split(CLAUSE)))


class Season:
    """The pile's reports, in order of their keys, with what they have in common."""

    def __init__(self, pile: Sequence[Kept], templates: Iterable[str] = ()) -> None:
        """Learns the template. ``templates`` are texts that the bureau itself gave out."""
        self.pile = pile
        letters = sum(one.length for one in pile)
        self._long, self._short = Tally(letters), Tally(letters)
        self.units = 0
        for group in _by_unit(pile):
            self._learn(group)
        self._stock = min(max(MANY_UNITS, self.units // STOCK_SHARE), 250)
        for text in templates:
            self._take_out(text)
        self._forms = array("L")
        self._opened = lru_cache(OPENED)(self._taken_apart)

    def _learn(self, group: list[Kept]) -> None:
        long: set[int] = set()
        short: set[int] = set()
        for one in group:
            for sentence in plain_sentences(one):
                long.update(grams(sentence.plain, LONG))
                short.update(grams(sentence.plain, SHORT))
        self._long.add(long)
        self._short.add(short)
        self.units += 1

    def _take_out(self, text: str) -> None:
        for sentence in sentences(text):
            for _ in range(MANY_UNITS):
                self._long.add(grams(sentence.plain, LONG))

    def rare(self, at: int) -> Iterator[int]:
        """The sampled long grams of a report that two units to four have."""
        seen = {number for sentence in plain_sentences(self.pile[at]) for number in grams(sentence.plain, LONG) if number % SAMPLE == 0}
        return (number for number in seen if 2 <= self._long[number] < MANY_UNITS)

    def learn_forms(self, numbers: Iterable[int]) -> None:
        """Takes sampled grams that three units of one department have, and no one else, for the department's form."""
        self._forms = array("L", sorted(numbers))

    def _from_a_form(self, numbers: list[int]) -> bool:
        """Whether half of a sentence is that of a department's form."""
        sampled = [number for number in numbers if number % SAMPLE == 0] if self._forms else []
        return bool(sampled) and sum(self._is_form(number) for number in sampled) * 2 >= len(sampled)

    def _is_form(self, number: int) -> bool:
        at = bisect_left(self._forms, number)
        return at < len(self._forms) and self._forms[at] == number

    def own(self, at: int) -> tuple[Own, ...]:
        """What is left of a report's sentences when the template is taken out."""
        return self._opened(at)

    def _taken_apart(self, at: int) -> tuple[Own, ...]:
        return tuple(own for sentence in plain_sentences(self.pile[at]) if (own := self._rest(sentence)))

    def _rest(self, sentence: Sentence) -> Own | None:
        numbers = grams(sentence.plain, LONG)
        if self._from_a_form(numbers):
            return None
        common = [False] * len(sentence.plain)
        for start, number in enumerate(numbers):
            if self._long[number] >= MANY_UNITS:
                common[start : start + LONG] = [True] * LONG
        rest = "".join(letter for letter, given in zip(sentence.plain, common, strict=True) if not given)
        if len(rest) < SHORTEST_REST:
            return None
        fresh = [False] * len(sentence.plain)
        for start, number in enumerate(grams(sentence.plain, SHORT)):
            if self._short[number] < self._stock:
                fresh[start : start + SHORT] = [True] * SHORT
        weight = sum(new and not given and letter not in SIGNS for letter, new, given in zip(sentence.plain, fresh, common, strict=True))
        return Own(sentence.words, rest, weight)


def plain_sentences(one: Kept) -> list[Sentence]:
    """The sentences of a report without numbers and its own names."""
    return sentences(one.text, [name for name in (one.unit, one.department) if name])


def _by_unit(pile: Sequence[Kept]) -> Iterator[list[Kept]]:
    for _, group in groupby(sorted(pile, key=lambda one: one.who), key=lambda one: one.who):
        yield list(group)
