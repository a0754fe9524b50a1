"""What the sentences themselves say adds up, whatever their words are about.

其中 lists, lists with a total, 占…的, 由…增至…, 比上年增加…增长…, 人均, N个分别是, points, and sums that are printed as sums.
A reader here only says which figures the words join and how surely; whether they agree is the verifier's question.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.chapters.relations.averages import averages
from extractor.chapters.relations.changes import changes, netted, remainders, shortfalls, told_above
from extractor.chapters.relations.common import amounts
from extractor.chapters.relations.items import items, pairs
from extractor.chapters.relations.names import listed
from extractor.chapters.relations.points import points, total_deductions
from extractor.chapters.relations.printed import printed_sums
from extractor.chapters.relations.rates import rates
from extractor.chapters.relations.sums import additions, among, bare_lists, carried, moved, totals
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import Figure
from extractor.model.report import Relation

REMEMBERED = 40
"""A list without a head is looked for among so many figures before it."""


def relations(text: str, found: list[Sentence], figures: list[Figure], fiscal_year: int | None = None) -> Iterator[Relation]:
    """Every relation that the text states between its figures."""
    paragraph: list[Mention] = []
    everything: list[Mention] = []
    claims = {figure.start for figure in figures if figure.is_claim}
    for index, sentence in enumerate(found):
        if index and found[index - 1].paragraph != sentence.paragraph:
            paragraph = []
        previous = amounts(found[index - 1]) if index else []
        listing = list(among(sentence, previous))
        yield from printed_sums(sentence)
        yield from listing
        yield from pairs(sentence, found[index - 1] if index else None)
        yield from totals(sentence)
        yield from carried(sentence, previous)
        yield from additions(sentence, everything)
        yield from moved(sentence, everything)
        parts = {figure.id for found_list in listing for figure in found_list.operands}
        yield from bare_lists(sentence, everything[-REMEMBERED:], parts)
        of_changes = list(changes(sentence, paragraph, fiscal_year))
        yield from of_changes
        told = {found_change.stated.id for found_change in of_changes}
        yield from (found_change for found_change in told_above(sentence, everything[-REMEMBERED:]) if found_change.stated.id not in told)
        yield from shortfalls(sentence)
        yield from remainders(sentence)
        yield from netted(sentence)
        yield from rates(sentence, everything)
        yield from averages(sentence, everything)
        yield from listed(text, sentence, claims)
        paragraph = [*paragraph, *sentence.mentions]
        everything += amounts(sentence)
    yield from items(text, found)
    yield from points(found, fiscal_year)
    yield from total_deductions(found)
