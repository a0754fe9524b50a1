"""What sentences repeat of the tables: the same thing, by its name and its unit, told a second time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import base_unit
from extractor.model.report import Evaluation, Indicator, Relation

OTHER_TIME = re.compile(r"上年|去年|同期|往年|年中|上半年|季度|月份?|计划|目标|预期|应|拟|将|预计|其中|累计|近[两三几]年|(?:19|20)\d\d年")
"""Words that make a figure another one than the year's result."""
ENDING = re.compile(r"(?:数量|次数|人数|户数|件数|场次|期数|台数|面积|里程|长度|个数|批次|人次|金额|总额|率|数|值)$")
SHORTEST_NAME = 3
KINDS = ("count", "amount", "rate")


def repeated(found: Sequence[Sentence], evaluations: Sequence[Evaluation]) -> Iterator[Relation]:
    """A figure of a sentence and the result of the indicator that its words name."""
    rows = [indicator for one in evaluations for indicator in one.indicators if indicator.actual and indicator.actual.number is not None]
    for sentence in found if rows else ():
        for mention in sentence.mentions:
            if mention.figure.kind not in KINDS or mention.figure.number is None or mention.figure.comparator or OTHER_TIME.search(mention.clause):
                continue
            named = [indicator for indicator in rows if _names(mention, indicator)]
            if len(named) == 1 and (actual := named[0].actual):
                others = tuple(("equal", (figure,)) for figure in (named[0].target, named[0].target_revised) if figure)
                yield Relation("equal", mention.figure, (actual,), sentence.text, True, (), "near", mention.clause, others, "CON-02")


def _names(mention: Mention, indicator: Indicator) -> bool:
    """Whether the words right before a figure are the indicator's name, but for its last word, and count the same thing."""
    figure, actual = mention.figure, indicator.actual
    if actual is None or figure.kind != actual.kind or base_unit(figure.unit) != base_unit(actual.unit):
        return False
    name = _core(indicator.name)
    words = re.sub(r"[“”\"'()（）\s]", "", mention.tail or mention.clause)
    return len(name) >= SHORTEST_NAME and (words.endswith(name) or words.endswith(indicator.name) or (len(words) >= SHORTEST_NAME + 1 and _core(words) == name))


def _core(name: str) -> str:
    plain = re.sub(r"[“”\"'()（）\s]", "", name)
    return ENDING.sub("", plain) if len(plain) > SHORTEST_NAME + 1 else plain


def of_evaluation(found: Sequence[Sentence], evaluations: Sequence[Evaluation]) -> dict[str, int]:
    """Figures of sentences that name one of several projects, by id: the evaluation whose name stands last before them."""
    owners: dict[str, int] = {}
    names = [(index, one.name) for index, one in enumerate(evaluations) if len(one.name) > SHORTEST_NAME]
    for sentence in found if len(evaluations) > 1 else ():
        places = sorted((at, index) for index, name in names if (at := sentence.text.find(name)) >= 0)
        for mention in sentence.mentions if places else ():
            before = [index for at, index in places if at < mention.figure.start - sentence.start]
            if before:
                owners[mention.figure.id] = before[-1]
    return owners

