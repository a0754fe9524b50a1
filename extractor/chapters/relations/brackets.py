"""What the bracket behind a score says of it: 效益得29分(满分30分,政策宣传不够扣1分)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.chapters.sentences import Mention

CLAUSE = re.compile(r"[,，;；]")
DEDUCTED = re.compile(r"扣(?:除|减|了|去|掉|分)?(?:\([^)]*\))?\Z")
DEDUCTIONS = re.compile(r"共(?:计)?扣(?:除|减|了|去|分)?\Z")
FULL = re.compile(r"分值|权重|满分|标准分|占|(?<!自评)(?<!得)(?<!综合)(?<!最终)总分(?!为)|设定")
SCORE = re.compile(r"得分?|自评|实得|评分|计(?!划)")
RULE = re.compile(r"每[^,，;；]{0,16}\Z|以上|以下|最高|最多|上限|平均|上年|去年|较|比(?!例)")
RUBRIC = re.compile(r"每|的扣|一[次项个例处件起]|各占|均为")
"""Points that a rule would take, not that were taken."""
PARTIAL = re.compile(r"主要|其中|重点|等(?![级次])|部分(?!别)|另|加分|不含|折算|[加减]\d|专家|评审|复评|初评|审核|主管|财政")
"""Words with which the deductions in a bracket need not be all of them."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A bracket behind a score: the full marks and the deductions that it names, and which figures it ends with."""

    full: Mention | None
    taken: tuple[Mention, ...]
    whole: bool
    """Whether nothing but these was taken off."""
    inside: tuple[Mention, ...]


def behind(score: Mention, named: bool) -> Behind | None:
    """The bracket right behind a figure, where it speaks of that figure as a score; ``named`` where the words before call it one.

    A bracket that holds scores of its own is a list of parts, and one behind full marks (产出30分(扣1分),得29分) is another matter.
    """
    words = _bracket(score)
    if words is None or DEDUCTED.search(score.label):
        return None
    end = score.figure.end + len(words)
    inside = tuple(m for m in score.sentence.mentions[score.index + 1 :] if m.figure.start < end)
    full: Mention | None = None
    taken: list[Mention] = []
    whole = not PARTIAL.search(words)
    for mention in inside:
        role = _role(mention)
        if role == "score" or (role == "full" and full is not None):
            return None
        if role == "full":
            full = mention
        elif role == "taken":
            taken.append(mention)
        elif role == "unknown":
            whole = False
    if full is None and not (named and taken):
        return None
    if full is not None and not FULL.search(full.label) and not named:
        return None
    if any(RUBRIC.search(CLAUSE.split(m.label)[-1]) for m in taken):
        taken = []
    return Behind(full, tuple(_summed(taken)), whole, inside)


def _bracket(mention: Mention) -> str | None:
    """The bracket that opens right behind the figure, up to the one that closes it."""
    words = mention.sentence.text[mention.figure.end - mention.sentence.start :]
    depth = 0
    for at, sign in enumerate(words if words.startswith("(") else ""):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return words[: at + 1]
    return None


def _role(mention: Mention) -> str | None:
    """What a figure in the bracket is; ``unknown`` points may be anything, other figures are reasons."""
    figure, words = mention.figure, mention.label
    if figure.kind != "points":
        return None
    clause = CLAUSE.split(words)[-1]
    if figure.number is None or figure.comparator or RULE.search(clause):
        return "unknown"
    if DEDUCTED.search(words):
        return "taken"
    last = {name: max((m.end() for m in cue.finditer(words)), default=-1) for name, cue in (("full", FULL), ("score", SCORE))}
    if words == "(" and mention.after.startswith((")", ",", "，", ";", "；")):
        return "full"
    if last["full"] == last["score"] == -1:
        return "unknown"
    return "full" if last["full"] > last["score"] else "score"


def _summed(taken: list[Mention]) -> Iterator[Mention]:
    """The deductions; where one is the total of the others (共扣2分,其中…扣1分), it alone."""
    total = next((m for m in taken if DEDUCTIONS.search(m.label)), None)
    yield from [total] if total is not None else taken
