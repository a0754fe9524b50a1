"""What sentences repeat of the tables: the same thing, by its name and its unit, told a second time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Evaluation, Indicator, Relation

OTHER_TIME = re.compile(r"上年|去年|同期|往年|年中|上半年|季度|月份?|计划|目标|预期|应|拟|将|预计|其中|累计|近[两三几]年|(?:19|20)\d\d年")
"""Words that make a figure another one than the year's result."""
MARKS = re.compile(r"[“”\"'()（）\s]")
ENDING = re.compile(r"(?:数量|次数|人数|户数|件数|场次|期数|台数|面积|里程|长度|个数|批次|人次|金额|总额|率|数|值)$")
SCORED = re.compile(r"(?:^|其中[:：]?|[,，、;；:：])(?P<name>[\u4e00-\u9fff“”]{2,12}?)(?:部分|类|方面)?(?:自评)?(?:得分|得|评分)(?:为|:)?$")
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


def group_scores(found: Sequence[Sentence], evaluations: Sequence[Evaluation]) -> Iterator[Relation]:
    """其中:规划得14分, 绩效指标得88.55分: the score of a group, or of all indicators, as a sentence repeats it."""
    if len(evaluations) != 1 or not any(indicator.score for indicator in evaluations[0].indicators):
        return
    groups = _groups(evaluations[0])
    for sentence in found:
        for mention in sentence.mentions if "得" in sentence.text else ():
            if mention.figure.kind != "points" or mention.figure.number is None or not (match := SCORED.search(mention.tail)):
                continue
            scores = groups.get(_core(match["name"]))
            if scores and len(scores) > 1:
                yield Relation("sum", mention.figure, tuple(scores), sentence.text, True, (), "likely", f"{mention.clause}合计", rule="SCO-10", table=True)


def _groups(one: Evaluation) -> dict[str, list[Figure]]:
    """The scores of each named group, and of all indicators but the execution rate; a group with a missing score is left out."""
    groups: dict[str, list[Indicator]] = {}
    for indicator in one.indicators:
        for name in {indicator.level1, indicator.level2} - {None}:
            groups.setdefault(_core(str(name)), []).append(indicator)
    if any(fact.field == "execution_score" for fact in one.facts):
        groups |= dict.fromkeys(("绩效指标", "指标"), one.indicators)
    return {name: [i.score for i in inside if i.score] for name, inside in groups.items() if all(i.score for i in inside)}


def goals(found: Sequence[Sentence], evaluations: Sequence[Evaluation]) -> Iterator[Relation]:
    """A figure of the goal's words and the target of the indicator that they name: 生产原原种425万粒 over 原原种生产数量 550万粒."""
    rows = [indicator for one in evaluations for indicator in one.indicators if indicator.target and indicator.target.number is not None]
    for sentence in found:
        for mention in sentence.mentions:
            figure = mention.figure
            if figure.kind not in KINDS or figure.number is None or figure.hedge:
                continue
            named = [row for row in rows if row.target and _same_unit(figure, row.target) and _alike(mention.tail or mention.clause, row.name)]
            if len(named) == 1 and (target := named[0].target):
                others = tuple(("equal", (other,)) for other in (named[0].target_revised, named[0].actual) if other)
                yield Relation("equal", figure, (target,), sentence.text, True, (), "near", mention.clause, others, "CON-11")


def _alike(words: str, name: str) -> bool:
    """Whether the words hold nearly all signs of an indicator's name, in whatever order (生产原原种, 原原种生产数量)."""
    core, said = _core(name), re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", words)
    common = sum((Counter(core) & Counter(said)).values())
    return len(core) > SHORTEST_NAME and common * 10 >= 8 * len(core) and common * 10 >= 6 * len(said)


def _same_unit(one: Figure, other: Figure) -> bool:
    return one.kind == other.kind and base_unit(one.unit) == base_unit(other.unit)


def _names(mention: Mention, indicator: Indicator) -> bool:
    """Whether the words right before a figure are the indicator's name, but for its last word, and count the same thing."""
    figure, actual = mention.figure, indicator.actual
    if actual is None or figure.kind != actual.kind or base_unit(figure.unit) != base_unit(actual.unit):
        return False
    name = _core(indicator.name)
    words = MARKS.sub("", mention.tail or mention.clause)
    return len(name) >= SHORTEST_NAME and (words.endswith(name) or words.endswith(indicator.name) or (len(words) >= SHORTEST_NAME + 1 and _core(words) == name))


def _core(name: str) -> str:
    plain = MARKS.sub("", name)
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

