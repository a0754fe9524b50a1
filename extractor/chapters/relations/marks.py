"""Full marks, score and what they make together: 权重30分，得28分，得分率93.33%; 满分100分，得90分，扣10分."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.chapters.relations.common import relation
from extractor.chapters.relations.points import is_full
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.report import Relation

OBTAINED = re.compile(r"[,，、]?(?:自评|实际|最终|复核)*得(?:分)?(?:为|是|:)?\Z")
RATE = re.compile(r"[,，、]?(?:其)?得分率(?:为|是|达到?|:)?\Z")
LOST = re.compile(r"[,，、]?(?:合计|共计?|总共|累计)?(?:扣|失)(?:减|除|去|掉)?(?:了|分)?(?:为|:)?\Z")
GIVEN_BACK = re.compile(r"加分|加\d|奖励|附加|折算|折合|换算")
"""With points on top or another scale the score is not what the deductions leave."""


def marks(sentence: Sentence) -> Iterator[Relation]:
    """The rate of a score, and the points lost, where full marks and score stand right before them."""
    full: Mention | None = None
    score: Mention | None = None
    for mention in sentence.mentions if not GIVEN_BACK.search(sentence.text) else ():
        figure = mention.figure
        if figure.number is None or figure.comparator or figure.hedge:
            full = score = None
        elif full and score and figure.kind == "rate" and RATE.fullmatch(mention.label):
            yield relation("share", mention, [score.figure, full.figure], tie="stated")
        elif full and score and figure.kind == "points" and LOST.fullmatch(mention.label) and not mention.after.startswith("的"):
            yield relation("difference", mention, [full.figure, score.figure], tie="stated")
        elif full and score is None and figure.kind == "points" and OBTAINED.fullmatch(mention.label) and figure.value <= full.figure.value:
            score = mention
        else:
            full, score = (mention if figure.kind == "points" and is_full(mention) else None), None
