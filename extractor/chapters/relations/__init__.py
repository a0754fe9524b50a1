"""What the sentences themselves say adds up, whatever their words are about.

其中 lists, lists with a total, 占…的, 由…增至…, 比上年增加…增长…, 人均, N个分别是, points, and sums that are printed as sums.
A reader here only says which figures the words join and how surely; whether they agree is the verifier's question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from extractor.chapters.relations.accounts import accounts
from extractor.chapters.relations.averages import averages, by_standard, means, products
from extractor.chapters.relations.changes import changes, netted, rates_first, remainders, shortfalls, told_above
from extractor.chapters.relations.common import amounts
from extractor.chapters.relations.items import columns, items, pairs
from extractor.chapters.relations.marks import marks
from extractor.chapters.relations.names import listed
from extractor.chapters.relations.points import points, total_deductions
from extractor.chapters.relations.printed import printed_sums
from extractor.chapters.relations.rates import rates
from extractor.chapters.relations.shares import divided
from extractor.chapters.relations.sums import additions, among, bare_lists, carried, gathered, moved, totals, within
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import Figure
from extractor.model.report import Relation

COMMAS = re.compile(r"[,，、;；]")
ENDS = ("。", "！", "？", ":", "：", ";", "；")
REMEMBERED = 40
"""A list without a head is looked for among so many figures before it."""


def relations(text: str, found: list[Sentence], figures: list[Figure], fiscal_year: int | None = None) -> Iterator[Relation]:
    """Every relation that the text states between its figures."""
    paragraph: list[Mention] = []
    everything: list[Mention] = []
    claims = {figure.start for figure in figures if figure.is_claim}
    parts: set[Figure] = set()
    for index, sentence in enumerate(found):
        if index and found[index - 1].paragraph != sentence.paragraph:
            paragraph = []
        previous = amounts(found[index - 1]) if index else []
        paired = list(pairs(sentence, found[index - 1] if index else None))
        of_pairs = {found.operands for found in paired}
        in_columns = [] if paired else list(columns(sentence, found[index - 1] if index else None))
        wholes_of_columns = {one.stated for one in in_columns}
        listing = [*in_columns, *(one for one in among(sentence, previous) if one.operands not in of_pairs and one.stated not in wholes_of_columns)]
        parts.update(figure for found in listing for figure in found.operands)
        yield from printed_sums(sentence)
        yield from listing
        yield from paired
        yield from totals(sentence, _broken(text, sentence))
        yield from carried(sentence, previous)
        yield from gathered(sentence, previous)
        yield from additions(sentence, everything)
        yield from moved(sentence, everything)
        named = [] if listing or paired else list(within(sentence, everything[-REMEMBERED:]))
        parts.update(figure for found in named for figure in found.operands)
        yield from named
        listed_here = {figure.id for found in listing for figure in found.operands}
        bare = [] if paired or named else list(bare_lists(sentence, everything[-REMEMBERED:], listed_here))
        yield from bare
        parts.update(figure for found in bare if (found.closed or len(found.operands) > 2) and sum(f.value for f in found.operands) == found.stated.value for figure in found.operands)
        wholes = [mention for mention in everything[-REMEMBERED:] if mention.figure not in parts]
        of_changes = list(changes(sentence, paragraph, fiscal_year))
        yield from of_changes
        told = {found.stated.id for found in of_changes}
        yield from (found for found in rates_first(sentence) if found.stated.id not in told)
        yield from (found for found in told_above(sentence, everything[-REMEMBERED:]) if found.stated.id not in told)
        yield from shortfalls(sentence)
        of_accounts = list(accounts(sentence, everything[-REMEMBERED:], parts))
        yield from of_accounts
        in_parts = list(divided(sentence)) if "占" in sentence.text else []
        listed_twice = {found.operands for found in listing}
        yield from (found for found in in_parts if found.operands not in listed_twice)
        told = {found.stated.id for found in of_accounts} | {found.stated.id for found in in_parts if found.formula == "share"}
        yield from (found for found in remainders(sentence, everything[-REMEMBERED:], parts) if found.stated.id not in told)
        yield from netted(sentence)
        yield from (found for found in rates(sentence, everything, listing, wholes) if found.stated.id not in told)
        yield from averages(sentence, everything)
        yield from products(sentence)
        yield from means(sentence)
        yield from by_standard(sentence, [m for m in everything[-REMEMBERED:] if m.sentence.paragraph == sentence.paragraph])
        yield from listed(text, sentence, claims)
        paragraph = [*paragraph, *sentence.mentions]
        everything += amounts(sentence)
    yield from items(text, found)
    yield from points(found, fiscal_year)
    yield from total_deductions(found)
    yield from chain.from_iterable(map(marks, found))


def _broken(text: str, sentence: Sentence) -> bool:
    """Whether a sentence begins in the middle: the line before it has commas and no full stop at its end."""
    line = text[text.rfind("\n", 0, max(0, sentence.start - 1)) + 1 : max(0, sentence.start - 1)].rstrip()
    return text[sentence.start - 1 : sentence.start] == "\n" and bool(COMMAS.search(line[2:])) and not line.endswith(ENDS)
