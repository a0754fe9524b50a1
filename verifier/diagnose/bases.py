"""Rates that hold of no base that the report prints: the base that they were worked out from, or that none is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractor.model.exact import Fraction
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Relation
from verifier.judge import Operand, Way, judge

NEAR = Fraction(1, 4)
"""A base that is so near the one that the rate needs was surely meant; one further off may be of anything."""
FEWEST_DIGITS = 3
"""A rate of fewer digits is given by too many bases."""
STEM = re.compile(r"([\u4e00-\u9fff]{2})(?:率|度)(?:为|达到?|是|约)*\Z")
CLAUSE = re.compile(r"[,，。;；:：、()（）\n]")
BEFORE = 30
FEWEST_WHOLES = 2
"""Where the words offer one base only, another one may be meant that nobody printed."""
SHARE = "share"


def hidden_base(relations: Sequence[Relation], relation: Relation) -> tuple[Figure, Figure] | None:
    """A whole and the part of it that was left out of the base, if the rate holds of the rest: 4870套(含国有工矿270套)."""
    if relation.formula != SHARE or not _telling(relation.stated) or relation.stated.value == 1:
        return None
    found = []
    for other in relations:
        if other.formula != "sum" or other.stated not in wholes_of(relation):
            continue
        for part in other.operands:
            operands = [Operand(figure) for figure in (relation.operands[0], other.stated, part)]
            if part.number is not None and part.value < other.stated.value and judge(relation.stated, _of_the_rest, operands).verdict == "consistent":
                found.append((other.stated, part))
    return found[0] if len({(whole.value, part.value) for whole, part in found}) == 1 else None


def _of_the_rest(part: Fraction, whole: Fraction, left_out: Fraction) -> Fraction:
    return part / (whole - left_out)


def other_bases(stated: Figure, way: Way, figures: Iterable[Figure]) -> list[Figure]:
    """Amounts of the report that would give a rate as its base, where its own does not: one of each value."""
    if len(way.operands) != 2 or stated.kind != "rate" or not _telling(stated):
        return []
    part, base = way.operands
    found: dict[Fraction, Figure] = {}
    for other in figures:
        if other.number and other.kind == base.figure.kind and base_unit(other.unit) == base_unit(base.figure.unit) and other.value not in (base.figure.value, part.figure.value):
            if other.value not in found and judge(stated, way.formula, [part, Operand(other)]).verdict == "consistent":
                found[other.value] = other
    return list(found.values())


def no_base(text: str, relation: Relation) -> bool:
    """Whether a rate that is named after its part (受害面积, 受害率) needs a base near each of those that the words offer, and is of none."""
    named = STEM.search(relation.cue)
    if relation.formula != SHARE or relation.tie != "likely" or not named or not _telling(relation.stated) or not relation.stated.value:
        return False
    part = relation.operands[0]
    clause = CLAUSE.split(text[max(0, part.start - BEFORE) : part.start])[-1]
    needed, wholes = part.value / relation.stated.value, wholes_of(relation)
    alone = len(wholes) >= FEWEST_WHOLES and all(whole.value > part.value and "。" in text[whole.end : part.start] for whole in wholes)
    return named[1] in clause and alone and all(abs(whole.value / needed - 1) < NEAR for whole in wholes)


def wholes_of(relation: Relation) -> list[Figure]:
    """The bases that the words offer."""
    readings = [relation.operands, *(operands for formula, operands in relation.others if formula == SHARE)]
    return list(dict.fromkeys(operands[1] for operands in readings if len(operands) > 1 and operands[0] is relation.operands[0] and operands[1].value))


def _telling(rate: Figure) -> bool:
    return rate.digits >= FEWEST_DIGITS
