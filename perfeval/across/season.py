"""What the reports of a season have in common: the template, learned from the pile itself.

A run of eight letters that stands in the reports of five units is nobody's own. A department's own form is learned from
three of its units. A form that two to four units have cannot be learned, but the reports show it: they lack the season's
template, which the others have (``follows``); and where they do not, in a large pile, its sentences are made of stock phrases:
runs of four letters that one unit in a hundred uses, which weigh nothing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from statistics import median

from perfeval.across.grams import Tally, grams
from perfeval.across.kept import Kept
from perfeval.across.plain import CLAUSE, SIGNS, Sentence, sentences

LONG, SHORT = 8, 4
MANY_UNITS = 5
MANY_OF_ONE_DEPARTMENT = 3
BEYOND_DOUBT = 10
"""Units whose form is the season's: what a rare form has in common with others by chance stays below."""
SAMPLE = 4
"""One long gram in so many goes into the sketch."""
STOCK_SHARE, MOST_OF_STOCK = 100, 250
"""A stock phrase is used by one unit in so many, by five at least."""
SHORTEST_REST = 10
TEMPLATE_PART = 3 / 4
"""A sentence of which so much is common is the template's; the trade's words alone do not make it so."""
LEAST_TEMPLATE = 0.12
"""Of all letters: so much of the season's template shows that a report was written after it. Words of the trade alone reach 0.08."""
MEASURED = 200
"""So many reports tell how much of a report is template."""
OPENED = 512
"""So many reports are kept taken apart; candidates come in the order of the reports."""


@dataclass(frozen=True, slots=True)
class Own:
    """What is left of a sentence without the template; ``weight`` letters of it are in no stock phrase either."""

    words: str
    rest: str
    weight: int

    @property
    def by_clause(self) -> str:
        """Its clauses in an order that does not depend on theirs."""
        return CLAUSE.join(sorted(self.rest.split(CLAUSE)))


@dataclass(frozen=True, slots=True)
class Apart:
    """A report without the template, and how much of it the template was."""

    own: tuple[Own, ...]
    template: float


class Season:
    """The pile's reports, in order of their keys, with what they have in common."""

    def __init__(self, pile: Sequence[Kept], templates: Iterable[str] = ()) -> None:
        """Learns the template. ``templates`` are texts that the bureau itself gave out."""
        self.pile = pile
        letters = sum(one.length for one in pile)
        self._tally, self._phrases = Tally(2 * letters), Tally(letters)
        self.units = 0
        for group in _by_unit(pile):
            plain = [sentence.plain for one in group for sentence in plain_sentences(one)]
            self._tally.add({number for words in plain for number in grams(words, LONG)})
            self._phrases.add({number for words in plain for number in grams(words, SHORT)})
            self.units += 1
        self._stock = min(max(MANY_UNITS, self.units // STOCK_SHARE), MOST_OF_STOCK)
        for text in templates:
            self._take_out(text)
        self._forms = array("L")
        self._opened = lru_cache(OPENED)(self._taken_apart)

    def _take_out(self, text: str) -> None:
        for sentence in sentences(text):
            for _ in range(MANY_UNITS):
                self._tally.add(grams(sentence.plain, LONG))

    def rare(self, at: int) -> Iterator[int]:
        """The sampled grams of a report that two units to four have."""
        seen = {number for sentence in plain_sentences(self.pile[at]) for number in grams(sentence.plain, LONG) if number % SAMPLE == 0}
        return (number for number in seen if 2 <= self._tally[number] < MANY_UNITS)

    def learn_forms(self, numbers: Iterable[int]) -> None:
        """Takes sampled grams that three units of one department have, and no one else, for the department's form."""
        self._forms = array("L", sorted(numbers))
        self._opened.cache_clear()

    def apart(self, at: int) -> Apart:
        """A report with the template taken out."""
        return self._opened(at)

    def follows(self, at: int) -> bool:
        """Whether a report was written after the season's template: a good part of it is template, and half as much as in most."""
        return self.apart(at).template >= max(LEAST_TEMPLATE, self._typical / 2)

    @cached_property
    def _typical(self) -> float:
        step = max(1, len(self.pile) // MEASURED)
        return median(self._opened(at).template for at in range(0, len(self.pile), step))

    def _taken_apart(self, at: int) -> Apart:
        own, whole, template = [], 1, 0
        for sentence in plain_sentences(self.pile[at]):
            numbers = grams(sentence.plain, LONG)
            rest = "" if self._from_a_form(numbers) else self._without(sentence.plain, numbers, MANY_UNITS)
            whole += len(sentence.plain)
            if len(self._without(sentence.plain, numbers, BEYOND_DOUBT)) <= len(sentence.plain) * (1 - TEMPLATE_PART):
                template += len(sentence.plain)
            if len(rest) >= SHORTEST_REST:
                own.append(Own(sentence.words, rest, self._weight(rest)))
        return Apart(tuple(own), template / whole)

    def _weight(self, rest: str) -> int:
        """How many letters are in runs that few units use."""
        fresh = [False] * len(rest)
        for start, number in enumerate(grams(rest, SHORT)):
            if self._phrases[number] < self._stock:
                fresh[start : start + SHORT] = [True] * SHORT
        return sum(new and letter not in SIGNS for letter, new in zip(rest, fresh, strict=True))

    def _without(self, plain: str, numbers: list[int], units: int) -> str:
        """The letters that are in no run of so many units."""
        common = [False] * len(plain)
        for start, number in enumerate(numbers):
            if self._tally[number] >= units:
                common[start : start + LONG] = [True] * LONG
        return "".join(letter for letter, given in zip(plain, common, strict=True) if not given)

    def _from_a_form(self, numbers: list[int]) -> bool:
        """Whether half of a sentence is that of a department's form."""
        sampled = [number for number in numbers if number % SAMPLE == 0] if self._forms else []
        return bool(sampled) and sum(self._is_form(number) for number in sampled) * 2 >= len(sampled)

    def _is_form(self, number: int) -> bool:
        at = bisect_left(self._forms, number)
        return at < len(self._forms) and self._forms[at] == number


def plain_sentences(one: Kept) -> list[Sentence]:
    """The sentences of a report without numbers and its own names."""
    return sentences(one.text, [name for name in (one.unit, one.department) if name])


def _by_unit(pile: Sequence[Kept]) -> Iterator[list[Kept]]:
    for _, group in groupby(sorted(pile, key=lambda one: one.who), key=lambda one: one.who):
        yield list(group)
