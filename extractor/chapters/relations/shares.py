"""Several shares in a row: 货物、工程、服务分别为a、b和c,占采购规模的x、y和z: each belongs to its own part, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.chapters.relations.common import alike, core, direction, is_set, relation
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.interval import add_up
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


OWN_SHARE = re.compile(r"[^,，;；)]{0,3}(?:[,，]|\()?占(?:比|比例|比重)?(?:约|为|达)?")
"""4个,占比36.4% and a万元(占p%): the share right behind its part, of a whole that is not named."""
FEWEST_DIGITS = 3


def divided(sentence: Sentence) -> Iterator[Relation]:
    """11个项目里,优的4个,占p;良的7个,占q: parts that make up the figure before them have their shares in it.

    Where they do not, but the shares make up a hundred and one of them is of that figure, a part is wrong.
    """
    pairs = [(part, share) for part, share in pairwise(sentence.mentions) if _has_share(part, share)]
    if len(pairs) < 2 or any(not alike(part.figure, pairs[0][0].figure) for part, _ in pairs):
        return
    parts, first = [part for part, _ in pairs], pairs[0][0]
    wholes = [m for m in sentence.mentions[: first.index] if alike(m.figure, first.figure) and m.figure.number and not direction(m)]
    if not wholes or any(alike(m.figure, first.figure) and m not in parts for m in sentence.mentions[first.index : parts[-1].index]):
        return
    whole, made, shown = wholes[-1], add_up(*[part.figure.value for part in parts]), add_up(*[share.figure.value for _, share in pairs])
    steps = add_up(*[share.figure.step for _, share in pairs]) / 2
    if whole.figure.value != made and not (abs(shown - 1) <= steps and any(_prints(share, part, whole) for part, share in pairs)):
        return
    yield relation("sum", whole, [part.figure for part in parts], True, "stated", kinds="all")
    for part, share in pairs:
        yield relation("share", share, (part.figure, whole.figure), tie="stated")


def _has_share(part: Mention, share: Mention) -> bool:
    figures = part.figure.kind in ("amount", "count") and part.figure.number is not None and share.figure.kind == "rate" and share.figure.number is not None
    return figures and not part.figure.hedge and not share.figure.hedge and bool(OWN_SHARE.fullmatch(share.label)) and not is_set(share)


def _prints(share: Mention, part: Mention, whole: Mention) -> bool:
    """Whether a share of digits enough is that of the part in the whole."""
    long = share.figure.digits >= FEWEST_DIGITS
    return long and abs(part.figure.value / whole.figure.value - share.figure.value) * 2 <= share.figure.step


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
