"""Sentences that tell the row of a table's total once more, column by column: 年初安排…万元，调整后…万元，实际支付…万元，支付进度…%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.chapters.relations.common import alike_or_rate, is_change, quote
from extractor.chapters.sentences import Mention, Sentence
from extractor.chapters.tables.bands import Band
from extractor.chapters.tables.casting import TOTAL
from extractor.chapters.tables.money import is_money, is_whole
from extractor.model.figure import Figure
from extractor.model.report import Relation, Tie

KINDS = ("amount", "rate", "count")
FILLER = re.compile(r"(?:实际|总体|全年|全部|本年度?|年度|资金|共|累计|总共|合计|总计|金额|总额|数|为|是|达到?|约|[,，、:：;；\s()（）%])+")
WHOSE = re.compile(r"^(?:部门|单位|项目)")
"""Whose figures they are: said of the first alone, while 项目支出 further on may be a part."""
BESIDE = re.compile(r"(?:安排|批复|下达|预算|支付|支出|执行|使用|完成|调整后|年中)*")
"""What a column may be called besides its name."""
OTHER = re.compile(r"其中|上年|去年|同期|往年|上半年|季度|\d月|截至|剔除|扣除|不含|本级|所属|第[一二三四五六七八九十]|每|均|前|除|比|较|占|增|减")
SHORTEST = 2
FEWEST_DIGITS = 3
FEWEST_TOLD = 2
"""So many figures of a row in a sentence show that it tells the row; with one more they leave no doubt."""


@dataclass(slots=True)
class Line:
    """The row of a total: each figure with what its column is called."""

    cells: list[tuple[str, Figure]]


def totals_of(band: Band) -> Iterator[Line]:
    """The rows of totals of a band, with the names of their columns."""
    for row in band.rows:
        if TOTAL.search(row.label) or (is_money(band) and is_whole(band, row)):
            cells = [(core(head.words.rpartition("/")[2]), figure) for column, head in band.heads.items() if (figure := band.value(row, column)) is not None]
            if len(cells) > FEWEST_TOLD:
                yield Line(cells)


def core(words: str) -> str:
    """What a head or the words before a figure name, without what any of them may have."""
    return FILLER.sub("", re.sub(r"[(（][^()（）]*[)）]", "", words))


def told_totals(found: Sequence[Sentence], lines: Sequence[Line]) -> Iterator[Relation]:
    """The figures of a sentence that differ from the one column of the row that their words name."""
    for sentence in found if lines else ():
        mentions = [m for m in sentence.mentions if m.figure.kind in KINDS and m.figure.number is not None and not m.figure.comparator]
        if len(mentions) > FEWEST_TOLD:
            for line in lines:
                yield from _differing(mentions, line)


def _differing(mentions: Sequence[Mention], line: Line) -> Iterator[Relation]:
    """The one figure of the sentence that differs, where at least two others are those of the row."""
    free = list(line.cells)
    left: list[Mention] = []
    told = 0
    for mention in mentions:
        same = [cell for cell in free if _same(mention.figure, cell[1])]
        if same:
            free.remove(max(same, key=lambda cell: _fits(mention, cell[0])))
            told += mention.figure.digits >= FEWEST_DIGITS
        elif mention.figure.digits >= SHORTEST and not is_change(mention) and any(alike_or_rate(figure, mention.figure) for _, figure in line.cells):
            left.append(mention)
    if told < FEWEST_TOLD or len(left) != 1 or left[0].figure.hedge or OTHER.search(left[0].clause):
        return
    named = [figure for name, figure in free if alike_or_rate(figure, left[0].figure) and _fits(left[0], name)]
    if len(named) == 1:
        tie: Tie = "stated" if told > FEWEST_TOLD else "likely"
        yield Relation("equal", left[0].figure, (named[0],), quote(left[0].sentence), True, (), tie, left[0].clause, (), "CON-02")


def _same(one: Figure, other: Figure) -> bool:
    """The same thing as printed there, or rounded from it."""
    return alike_or_rate(one, other) and abs(one.value - other.value) <= max(one.step, other.step) / 2


def _fits(mention: Mention, name: str) -> bool:
    """Whether the words before a figure name a column: the same words, or one with what the other leaves out."""
    words = core(WHOSE.sub("", mention.tail) if mention.index == 0 else mention.tail)
    longer, shorter = (words, name) if len(words) > len(name) else (name, words)
    if len(shorter) < SHORTEST:
        return False
    return (longer.endswith(shorter) and BESIDE.fullmatch(longer[: -len(shorter)]) is not None) or (longer.startswith(shorter) and BESIDE.fullmatch(longer[len(shorter) :]) is not None)
