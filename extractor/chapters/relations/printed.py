"""Sums that are printed as sums: a+b=c, a-b=c, a÷b×100%=p, n×a=c."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.chapters.relations.common import relation
from extractor.chapters.sentences import Sentence
from extractor.model.figure import Figure
from extractor.model.report import Relation

OPERATORS = {"+": "+", "-": "-", "−": "-", "–": "-", "×": "*", "*": "*", "x": "*", "÷": "/", "/": "/", "=": "=", "≈": "="}
ENDS_IN_EQUALS = re.compile(r"[)%\s]*[=≈]")


def printed_sums(sentence: Sentence) -> Iterator[Relation]:
    """Every chain of operators that ends in = and a figure."""
    mentions = sentence.mentions
    for index, mention in enumerate(mentions):
        if index == 0 or not ENDS_IN_EQUALS.fullmatch(mention.label.strip()):
            continue
        operands: list[Figure] = [mentions[index - 1].figure]
        signs: list[str] = []
        at = index - 1
        while at > 0 and (sign := _operator(mentions[at].label)):
            signs.insert(0, sign)
            operands.insert(0, mentions[at - 1].figure)
            at -= 1
        if not signs or len(operands) != len(signs) + 1:
            continue
        if signs[-1] == "*" and operands[-1].unit == "%" and operands[-1].number == 100:
            operands, signs = operands[:-1], signs[:-1]
        formula = _formula(signs)
        if formula and all(operand.number is not None for operand in operands):
            yield relation(formula, mention, operands, tie="stated")


def _operator(label: str) -> str | None:
    plain = re.sub(r"[()\s]", "", label)
    return OPERATORS.get(plain) if plain != "=" else None


def _formula(signs: list[str]) -> str | None:
    if set(signs) == {"+"}:
        return "sum"
    return {"-": "difference", "/": "quotient", "*": "product"}.get("".join(signs))
