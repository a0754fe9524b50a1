"""Changes against what the sentence itself names: 预算a,支出b,较预算节约d,节约率p%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.chapters.relations.common import DOWN, QUALIFIED, UP, alike, direction, is_change, relation, subject_of
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.report import Relation

NAMED = re.compile(rf"(?:比|较)(?P<name>[\u4e00-\u9fff]{{2,8}}?)(?:数|额|值|价)?(?:相比)?(?:实际)?(?:{UP.pattern}|{DOWN.pattern})")
"""较预算节约, 比合同价增加: the name of what a change is against."""
OF_ANOTHER_TIME = re.compile(r"年|期|月|季|往|历|序时")
"""上年, 同期: that of another year, which ``changes`` looks for."""
RATE_OF_IT = re.compile(r"[,，]?(?:节约|节支|超支|压减|下降|降低|减少|增加|增长|上升|[增降减涨]幅|变动)(?:率|比例|幅度)?(?:为|达到?|约|了)?")
"""节约率 right after what was saved."""

SEMICOLON = re.compile(r"[;；]")


def against(sentence: Sentence) -> Iterator[Relation]:
    """Every change against a figure of the sentence that its own words name, and the rate of it that follows."""
    for mention in sentence.mentions[2:]:
        pair = _pair(mention)
        if pair is None:
            continue
        origin, level = pair
        operands = (level.figure, origin.figure) if direction(mention) > 0 else (origin.figure, level.figure)
        yield relation("difference", mention, operands)
        follows = sentence.mentions[mention.index + 1 : mention.index + 2]
        if follows and follows[0].figure.unit == "%" and follows[0].figure.number is not None and origin.figure.value and direction(follows[0]) in (0, direction(mention)) and RATE_OF_IT.fullmatch(follows[0].label):
            yield relation("growth" if direction(mention) > 0 else "decline", follows[0], (level.figure, origin.figure))


def _pair(mention: Mention) -> tuple[Mention, Mention] | None:
    """What the change is against, and the level right before the change; nothing where either is not the only one."""
    named = NAMED.search(mention.tail)
    if named is None or mention.figure.number is None or mention.figure.kind == "rate" or mention.figure.hedge or not direction(mention):
        return None
    if OF_ANOTHER_TIME.search(named["name"]) or QUALIFIED.search(mention.label):
        return None
    level = mention.sentence.mentions[mention.index - 1]
    before = [m for m in mention.sentence.mentions[: mention.index] if m.figure.number is not None and alike(m.figure, mention.figure)]
    origins = [m for m in before if named["name"] in m.clause and m is not level]
    if len(origins) != 1 or len(before) != len(origins) + 1 or before[-1] is not level or named["name"] in level.clause or is_change(level) or is_change(origins[0]):
        return None
    (origin,) = origins
    apart = SEMICOLON.search(level.label + mention.label) or (subject_of(level) and subject_of(level) != subject_of(origin))
    return None if apart else (origin, level)  # 设备预算a,培训支出b,较预算节约d: of a budget that is not told
