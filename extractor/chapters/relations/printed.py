"""Sums that are printed as sums: a+b=c, a-b=c, a÷b×100%=p, n×a=c."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

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
        opened = sum(mentions[i].label.count("(") - mentions[i].label.count(")") for i in range(at + 1, index + 1))
        if not signs or len(operands) != len(signs) + 1 or (opened < 0 < len(signs) and mentions[at].label[-1:] != "("):
            continue
        if signs[-1] == "*" and operands[-1].unit == "%" and operands[-1].number == 100:
            operands, signs = operands[:-1], signs[:-1]
        formula = _formula(signs)
        operands = _in_one_unit(operands, mention.figure, formula)
        if formula and all(operand.number is not None for operand in operands):
            stated = replace(mention.figure, unit="%") if formula == "quotient" and _lacks_percent(operands, mention.figure) else mention.figure
            yield replace(relation(formula, mention, operands, tie="stated"), stated=stated)


def _lacks_percent(operands: list[Figure], made: Figure) -> bool:
    """1002.27/2373.51=42.23: nearer to a hundred times the quotient than to the quotient."""
    part, whole = operands
    return not made.unit and bool(whole.value) and abs(made.value - 100 * part.value / whole.value) < abs(made.value - part.value / whole.value)


def _in_one_unit(operands: list[Figure], made: Figure, formula: str | None) -> list[Figure]:
    """2×138=276万元, 5+3=8万元: operands without a unit are printed in the unit of what they make."""
    if made.kind != "amount" or any(operand.unit for operand in operands) or formula not in ("sum", "difference", "product"):
        return operands
    if formula == "product":
        return [*operands[:-1], replace(operands[-1], unit=made.unit)]
    return [replace(operand, unit=made.unit) for operand in operands]


def _operator(label: str) -> str | None:
    plain = re.sub(r"[()\s]", "", label)
    return OPERATORS.get(plain) if plain != "=" else None


def _formula(signs: list[str]) -> str | None:
    if set(signs) == {"+"}:
        return "sum"
    return {"-": "difference", "/": "quotient", "*": "product"}.get("".join(signs))
