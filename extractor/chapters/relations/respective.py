"""Several changes in a row: A由a增至b,C由c增至d,分别增加x和y: each belongs to its own pair, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.chapters.relations.common import (
    DOWN,
    FROM,
    NUMERALS,
    PREVIOUS,
    QUALIFIED,
    RESPECTIVELY,
    TO,
    UP,
    alike_or_rate,
    direction,
    other_subject,
    relation,
)
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import Figure
from extractor.model.report import Relation, Tie

JOINED = re.compile(r"\)?(?:、|,|，|和|及|以及|与)")
LAST_OF = re.compile(r"后([二两三四五六])[项个者类]?")
RATE_OF_CHANGE = re.compile(r"增幅|降幅|涨幅|增长率|下降率|增速")
BETWEEN = re.compile(r"[;；]")


@dataclass(slots=True)
class Row:
    """Changes that stand in a row after 分别, and which way they go."""

    changes: list[Mention]
    signs: list[int]
    origins: list[Mention] = field(default_factory=list)
    levels: list[Mention] = field(default_factory=list)

    @property
    def starts(self) -> set[int]:
        """Where its figures stand."""
        return {mention.figure.start for mention in self.changes}


def rows(sentence: Sentence) -> list[Row]:
    """Every row of changes of a sentence, with the levels before it that they may be of; a row of rates may follow without 分别."""
    if not RESPECTIVELY.search(sentence.text):
        return []
    found: list[Row] = []
    mentions = sentence.mentions
    at = 0
    while at < len(mentions):
        first = mentions[at]
        sign = _sign(first)
        begins = sign and (RESPECTIVELY.search(first.tail) or (found and found[-1].changes[-1].index == at - 1))
        row = Row([first], [sign]) if begins else None
        at += 1
        while row and at < len(mentions) and (sign := _goes_on(mentions[at], row)):
            row.changes.append(mentions[at])
            row.signs.append(sign)
            at += 1
        if row and len(row.changes) > 1:
            row.origins, row.levels = _pairs(mentions[: first.index])
            found.append(row)
    return found


def _sign(mention: Mention) -> int:
    """Which way a change goes; 分别为 after 增幅 is one too."""
    words = RESPECTIVELY.sub("", mention.tail)
    up, down = (max((m.end() for m in cue.finditer(words)), default=-1) for cue in (UP, DOWN))
    if mention.figure.number is None or TO.search(mention.tail) or FROM.search(mention.tail):
        return 0
    return direction(mention) or (RATE_OF_CHANGE.search(words) is not None and (1 if up >= down else -1)) or 0


def _goes_on(mention: Mention, row: Row) -> int:
    """Which way the next change of the row goes: as the one before, unless it has a word of its own; 0 where the row ends."""
    if mention.figure.number is None:
        return 0
    if JOINED.fullmatch(mention.label) and (mention.label not in (",", "，") or alike_or_rate(mention.figure, row.changes[0].figure)):
        return row.signs[-1]
    words = UP.sub("", DOWN.sub("", mention.label))
    return _sign(mention) if JOINED.fullmatch(words) else 0


def _pairs(before: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """What was (由a, 由上年的a) and what is (增至b), each in order; 由a和c增至b和d lists them side by side."""
    origins: list[Mention] = []
    levels: list[Mention] = []
    last: list[Mention] | None = None
    for mention in before:
        if TO.search(mention.tail):
            last = levels
        elif FROM.search(mention.tail) or (PREVIOUS.search(mention.tail) and not direction(mention)):
            last = origins
        elif not (last and JOINED.fullmatch(mention.label)):
            last = None
        if last is not None and mention.figure.number is not None:
            last.append(mention)
    return origins, levels


def respective(row: Row) -> Iterator[Relation]:
    """Each change of a row with its own pair; where there are not as many pairs as changes nothing is said."""
    origins, levels = row.origins, row.levels
    first = row.changes[0]
    if len(origins) != len(levels):
        return
    pairs = [(a, b) for a, b in zip(origins, levels, strict=True) if a.start < b.start and alike_or_rate(a.figure, b.figure)]
    if len(pairs) != len(levels):
        return
    if len(pairs) != len(row.changes) and first.figure.kind != "rate":
        pairs = [pair for pair in pairs if alike_or_rate(pair[0].figure, first.figure)]
    counted = LAST_OF.search(first.tail)
    if counted and NUMERALS.get(counted[1]) == len(row.changes):
        pairs = pairs[-len(row.changes) :]
    if len(pairs) != len(row.changes):
        return
    if QUALIFIED.search(first.label):
        return
    said = "".join(m.label for pair in pairs for m in pair)
    tie: Tie = "likely" if BETWEEN.search(first.label) or other_subject(RESPECTIVELY.sub("", first.tail), said) else "stated"
    for change, sign, (origin, level) in zip(row.changes, row.signs, pairs, strict=True):
        if found := _changed(change, sign, (level.figure, origin.figure), tie):
            yield found


def _changed(change: Mention, sign: int, pair: tuple[Figure, Figure], tie: Tie) -> Relation | None:
    """One change of one pair (what is, what was): their difference, or the rate of it."""
    rate = change.figure.unit in ("%", "‰")
    if rate and pair[1].kind != "rate":
        return relation("growth" if sign > 0 else "decline", change, pair, tie=tie)
    if rate or not alike_or_rate(change.figure, pair[1]):
        return None  # 分别提高8%和9% of rates: points, or parts of a hundred
    return relation("difference", change, pair if sign > 0 else pair[::-1], tie=tie)
