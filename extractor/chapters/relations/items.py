"""Totals over lists of items: each in a line of its own (①…万元; ②…万元), or each with several measures (甲预算…,支出…;乙…)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extractor.chapters.labels import read_label
from extractor.chapters.relations.common import alike, is_change, relation
from extractor.chapters.relations.sums import EACH, PARTIAL
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.report import Relation

MARKS = (
    (re.compile(r"[①-⑳]"), "①"),
    (re.compile(r"\(\d{1,2}\)"), "(1)"),
    (re.compile(r"\([一二三四五六七八九十]{1,3}\)"), "(一)"),
    (re.compile(r"\d{1,2}[.、](?!\d)"), "1"),
    (re.compile(r"项目[一二三四五六七八九十]"), "项目一"),
    (re.compile(r"[—–-]{1,2}|[◇◆●■□▪•·★☆]"), ""),
)
"""How items begin, and how the first of them does."""
OPENS = re.compile(r"[:：]\s*\Z|如下|下列|组成|构成")
TOTAL_IN_BRACKETS = re.compile(r"^[\u4e00-\u9fff\d.、()]+\([\d,.]+(?:万|亿)?元\)[:：]?\Z")
"""一、中央资金(5273万元): a heading that tells what the items under it come to."""
COUNTED = re.compile(r"(\d{1,2}|[二两三四五六七八九十])(?:个|项|类|部分|块|笔|方面)(?![月年百])")
NUMERALS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
AMONG_ITEMS = re.compile(r"(?:其中|分别(?:是|为)?|具体(?:是|为)?|包括)[:：,，]?")
TOGETHER = re.compile(r"\d(?:个|项)[^,，。;；\d]{0,8}[,，][^,，。;；\d]{0,4}(?:合计|共计?|总计|累计|总)[^,，。;；\d]{0,12}\d")
"""重点项目5个,合计预算…: what follows the number is the total of just these."""
SEMICOLON = re.compile(r"[;；]")
FEWEST, MOST = 2, 30
MOST_MEASURES = 6
LINES_OF_AN_ITEM = 2
"""An item says its amount in its first lines; what follows is about it."""


@dataclass(slots=True)
class _Lines:
    """The lines of the text, and the sentences of each that hold figures."""

    words: list[str]
    sentences: dict[int, list[Sentence]]

    def mentions(self, first: int, stop: int) -> list[Mention]:
        return [m for line in range(first, stop) for s in self.sentences.get(line, ()) for m in s.mentions]


def items(text: str, found: list[Sentence]) -> Iterator[Relation]:
    """Every line that opens a list, with each of its amounts and what the items give of that measure."""
    lines = _Lines(text.split("\n"), {})
    for sentence in found:
        lines.sentences.setdefault(sentence.paragraph, []).append(sentence)
    for at in range(len(lines.words) - FEWEST):
        head = lines.sentences.get(at, [])[-1:]
        if head and lines.words[at + 1] and (starts := _items_after(lines, at + 1)):
            groups = [lines.mentions(a, b) for a, b in pairwise(starts)]
            opened = OPENS.search(head[0].text) or OPENS.search(lines.words[at]) or TOTAL_IN_BRACKETS.search(lines.words[at])
            yield from _totals(head[0].text, head[0].mentions, groups, bool(opened))


def pairs(sentence: Sentence, before: Sentence | None) -> Iterator[Relation]:
    """预算合计a,支出合计b。其中:甲预算…,支出…;乙预算…,支出…: items of several measures each, divided by semicolons."""
    at = next((m.index for m in sentence.mentions if AMONG_ITEMS.search(m.label)), None)
    if at is None:
        return
    if at == 0 and before is not None and AMONG_ITEMS.match(sentence.text.lstrip()):
        words, heads = before.text, before.mentions
    else:
        words, heads = sentence.text[: sentence.mentions[at].start - sentence.start], sentence.mentions[:at]
    groups: list[list[Mention]] = [[]]
    for mention in sentence.mentions[at:]:
        if groups[-1] and SEMICOLON.search(mention.label):
            groups.append([])
        groups[-1].append(mention)
    numbers = {len([m for m in group if m.figure.kind == "amount"]) for group in groups}
    several = all(len(_measures(group)) >= FEWEST for group in groups) or (len(numbers) == 1 and min(numbers) >= FEWEST and all(_measures(group) for group in groups))
    if len(groups) >= FEWEST and several:
        yield from _totals(words, heads, groups, True)


def columns(sentence: Sentence, before: Sentence | None) -> Iterator[Relation]:
    """共11个,金额a,节约b;其中:房屋7个,金额c,节约d;交通4个,金额e,节约f: parts that tell as many measures as the whole, in the same order.

    What holds in all measures but one is meant to hold in that one too.
    """
    at = next((m.index for m in sentence.mentions if AMONG_ITEMS.search(m.label)), 0)
    rows = [m for m in sentence.mentions if m.figure.kind in ("amount", "count")]
    head, rest = [m for m in rows if m.index < at], [m for m in rows if m.index >= at]
    if not at and before is not None and AMONG_ITEMS.match(sentence.text.lstrip()):
        head = [m for m in before.mentions if m.figure.kind in ("amount", "count")]
    for size in range(min(len(head), MOST_MEASURES), FEWEST - 1, -1):
        groups = [rest[start : start + size] for start in range(0, len(rest), size)]
        if len(rest) % size or len(groups) < FEWEST or not all(_same_form(head[-size:], group) for group in groups):
            continue
        sums = [(whole, [group[place] for group in groups]) for place, whole in enumerate(head[-size:])]
        if PARTIAL.search(sentence.text):
            return
        holds = [sum(m.figure.value for m in parts) == whole.figure.value for whole, parts in sums]
        if sum(holds) >= size - 1:
            yield from (relation("sum", whole, [m.figure for m in parts], sure, "likely" if sure else "near") for (whole, parts), sure in zip(sums, _but_for_one(holds), strict=True))
            return


def _same_form(head: list[Mention], group: list[Mention]) -> bool:
    """Whether a part tells the measures of the whole one by one; a semicolon may only stand before the first."""
    alike_all = len(head) == len(group) and all(alike(a.figure, b.figure) and b.figure.number is not None and not b.figure.hedge for a, b in zip(head, group, strict=True))
    return alike_all and not any(SEMICOLON.search(m.label) for m in group[1:]) and len({m.depth for m in group}) == 1


def _but_for_one(holds: list[bool]) -> list[bool]:
    """Each measure for which another one shows that the parts are all there is."""
    return [sum(holds) - held > 0 for held in holds]


def _measures(mentions: list[Mention]) -> set[str]:
    return {measure for m in mentions if m.figure.kind == "amount" and (measure := read_label(m.clause).measure)}


def _items_after(lines: _Lines, first: int) -> list[int]:
    """The lines at which the items begin that follow a head, all of one mark; their end comes last."""
    mark = next((pattern for pattern, one in MARKS if pattern.match(lines.words[first]) and lines.words[first].startswith(one)), None)
    if mark is None:
        return []
    starts = [first]
    at = first + 1
    while at < len(lines.words) and len(starts) <= MOST:
        if mark.match(lines.words[at]):
            starts.append(at)
        elif at - starts[-1] >= LINES_OF_AN_ITEM or any(pattern.match(lines.words[at]) for pattern, _ in MARKS):
            break
        at += 1
    return [*starts, at] if len(starts) >= FEWEST else []


def _totals(words: str, head: list[Mention], groups: list[list[Mention]], opened: bool) -> Iterator[Relation]:
    """Each measure of the head against the items. Only a head that says how many items there are claims to be made up of them."""
    counts = [NUMERALS.get(word) or int(word) for word in COUNTED.findall(words)]
    if len(groups) not in counts and (counts or not opened):
        return
    whole = len(groups) in counts and (not PARTIAL.search(words) or bool(TOGETHER.search(words)))
    for measure, heads in _by_measure(head).items():
        parts = [_part(group, measure, heads[-1]) for group in groups]
        if None in parts:
            continue
        figures = [part.figure for part in parts if part]
        made = sum(figure.value for figure in figures)
        exact = next((m for m in heads if m.figure.value == made), None)
        if exact is not None:
            yield relation("sum", exact, figures, True, "likely")
        elif len(heads) == 1:
            sure = whole and all(len(_candidates(group, measure, heads[-1])) == 1 for group in groups)
            yield relation("sum", heads[0], figures, sure, "stated" if sure else "near")


def _by_measure(head: list[Mention]) -> dict[str | None, list[Mention]]:
    """The amounts of the head that can be totals, by what they measure."""
    found: dict[str | None, list[Mention]] = {}
    for mention in head:
        if mention.figure.kind == "amount" and mention.figure.number is not None and not mention.figure.hedge and not is_change(mention):
            found.setdefault(read_label(mention.clause).measure, []).append(mention)
    return found


def _part(mentions: list[Mention], measure: str | None, head: Mention) -> Mention | None:
    """The item's amount of the measure; its only amount, where that says no measure."""
    found = _candidates(mentions, measure, head)
    own = [m for m in found if read_label(m.clause).measure == measure]
    return found[0] if own or len(found) == 1 else None


def _candidates(mentions: list[Mention], measure: str | None, head: Mention) -> list[Mention]:
    """The amounts of an item that may be of the measure: those that name it, else those that name none."""
    like = [m for m in mentions if alike(m.figure, head.figure) and m.figure.number is not None and m.depth == 0 and not is_change(m) and not EACH.search(m.clause)]
    own = [m for m in like if read_label(m.clause).measure == measure]
    return own or [m for m in like if read_label(m.clause).measure is None]
