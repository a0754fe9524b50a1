"""Several shares in a row: 货物、工程、服务分别为a、b和c,占采购规模的x、y和z: each belongs to its own part, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.chapters.relations.common import alike, core, direction, relation
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.report import Relation

JOINED = re.compile(r"\)?(?:、|,|，|和|及|以及|与)")
NAMED = re.compile(r"(?:[、,，;；]|和|及)[\u4e00-\u9fff]{2,16}")
SHARES = re.compile(r"占(?P<whole>[^,，;；。]{0,24}?)(?:的)?(?:比例|比重|比)?(?:分别|依次)?(?:为|是|达)?\Z")
FEWEST_SIGNS = 2


def shares_in_a_row(sentence: Sentence, earlier: Sequence[Mention]) -> Iterator[Relation]:
    """Every row of shares that has as many parts right before it; ``earlier`` are the amounts and counts before the sentence."""
    mentions = sentence.mentions
    for mention in mentions:
        match = SHARES.search(mention.tail) if mention.figure.kind == "rate" and not direction(mention) else None
        if match is None:
            continue
        rates = [mention, *_joined(mentions[mention.index + 1 :], "rate")]
        parts = _parts_before(mentions[: mention.index])[-len(rates) :]
        if len(rates) < 2 or len(parts) != len(rates):
            continue
        before = [m for m in (*earlier, *mentions[: parts[0].index]) if alike(m.figure, parts[0].figure) and not direction(m)]
        name = re.sub(r"分别|依次|各", "", core(match["whole"]))
        named = [m for m in before if len(name) >= FEWEST_SIGNS and name in m.label]
        wholes = (named or ([] if name else before))[-1:]
        for rate, part in zip(rates, parts, strict=True):
            for whole in wholes:
                yield relation("share", rate, (part.figure, whole.figure), False, "likely")


def _joined(after: list[Mention], kind: str) -> list[Mention]:
    row: list[Mention] = []
    for mention in after:
        if mention.figure.kind != kind or not JOINED.fullmatch(mention.label):
            break
        row.append(mention)
    return row


def _parts_before(before: list[Mention]) -> list[Mention]:
    """The row of like figures that ends right before the rates, with or without names of their own."""
    row: list[Mention] = []
    for mention in reversed(before):
        if mention.figure.number is None or direction(mention) or (row and not alike(mention.figure, row[0].figure)):
            break
        row.insert(0, mention)
        if not (JOINED.fullmatch(mention.label) or NAMED.fullmatch(mention.label)):
            break
    return row
