"""N个…,分别是a、b和c: names that are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.chapters.relations.common import quote
from extractor.chapters.sentences import Sentence
from extractor.model.report import Relation

LISTED_BEFORE = re.compile(r"(?:内设|下设|设有|设立|下辖|辖|包括|所属)(?:有|了)?(?P<items>[^,，。;；\d]{3,260}?)(?:等|共计|共|合计)?\Z")
LISTED = re.compile(r"[^,，。;；:：\n]{0,14}?[,，]?(?:分别(?:是|为)|即|具体(?:是|为|包括)|包括|依次为|:|：)[:：]?(?P<items>[^。;；\n]+)")
NEXT_CLAUSE = re.compile(r"[^,，。;；]{0,10}[,，](?P<items>[^,，。;；\n]{2,40}(?:中心|单位|局|科|室|所|处|站|队|办|馆|院|校|处室)(?:\([^)]*\))?)(?=[。;；\n])")
AT_ONCE = re.compile(r"[,，]?(?:分别|即|具体|依次)")
"""What must follow a number without a unit, so that it is no mark of an item (指标2:…)."""
BRACKETS = re.compile(r"\([^()]*\)")
DIGIT = re.compile(r"\d")
COUNTABLE = ("个", "家", "所", "项", "大", "类", "名", "处", "")
MOST_NAMES = 60


def listed(text: str, sentence: Sentence, starts: set[int]) -> Iterator[Relation]:
    """N个…,分别是a、b和c: the names are counted. ``starts`` are the offsets of all claims: a list of figures is no list of names.

    A list that the end of the text cuts off may have gone on.
    """
    for mention in sentence.mentions:
        figure = mention.figure
        if figure.kind != "count" or figure.number is None or figure.unit not in COUNTABLE or figure.hedge or figure.comparator:
            continue
        if figure.decimals or figure.number > MOST_NAMES or figure.number < 1:
            continue
        before = LISTED_BEFORE.search(mention.label)
        if before and "、" in before["items"]:
            yield Relation("number_of", figure, (), quote(sentence), not before[0].endswith("等"), tuple(_names(before["items"])))
            continue
        cue = LISTED.match(text, figure.end)
        match = cue or (NEXT_CLAUSE.match(text, figure.end) if figure.number == 1 else None)
        if match is None or any(at in starts for at in range(match.start("items"), match.end("items"))):
            continue
        if cue and (DIGIT.search(BRACKETS.sub("", text[figure.end : cue.start("items")])) or not (figure.unit or AT_ONCE.match(cue[0]))):
            continue  # 37个机构100%,指标2:…
        names = _names(match["items"])
        if names:
            closed = cue is not None and not re.search(r"等|主要|其中", match[0]) and match.end("items") < len(text.rstrip())
            yield Relation("number_of", figure, (), quote(sentence), closed, tuple(names))


def _names(items: str) -> list[str]:
    """The names of a list; brackets may hold commas of their own."""
    plain = re.sub(r"\([^()]*\)", "", items).strip()
    return [name for name in re.split(r"[、,，]|以及|及(?!其)|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff])", plain) if name.strip()]
