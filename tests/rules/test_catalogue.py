"""The catalogue: every rule's own examples are judged, every parameter is a field, every code has its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.figures import figures
from extractor.model.fields import SCOPES, TITLES
from extractor.model.figure import Figure
from verifier.judge import Judgement, Operand, judge
from verifier.rule import Rule, catalogue

RULES = catalogue()
DECLARED = [rule for rule in RULES if rule.states]
GENERATORS: dict[str, Callable[..., Any]] = {
    "BUD-02": lambda a, b, c: (c, lambda x, y: x + y, (a, b)),
    "BUD-11": lambda a, b, c: (c, lambda x, y: x + y, (a, b)),
    "BUD-13": lambda a, b, c: (a, lambda x, y: x - y, (b, c)),
    "REL-01": lambda a, b, c: (a, lambda x, y: x + y, (b, c)),
    "REL-02": lambda a, b, c: (a, lambda d, x: 1 / (x / d - 1), (b, c)),
    "REL-03": lambda a, b, c: (a, lambda x, y: x / y, (b, c)),
    "REL-04": lambda a, b, c: (a, lambda x, y: x * y, (b, c)),
    "SCO-01": lambda a, b, c: (a, lambda x, y: x * y, (b, c)),
    "SCO-09": lambda a, b, c: (a, lambda x, y: x + y, (b, c)),
    "WGT-01": lambda a, b, c: (a, lambda x, y: x + y, (b, c)),
    **{f"TIE-0{number}": lambda a, b: (a, lambda x: x, (b,)) for number in range(1, 10)},
}
"""How the example of a rule that is no declared equality is read: stated figure, formula, operands."""


def figure(printed: str) -> Figure:
    (found,) = figures(printed)
    return found


def judged(rule: Rule, example: tuple[str, ...]) -> Judgement:
    found = [figure(printed) for printed in example]
    if rule.function is not None and rule.states:
        return judge(found[0], rule.function, [Operand(f) for f in found[1:]])
    stated, formula, operands = GENERATORS[rule.code](*found)
    return judge(stated, formula, [Operand(f) for f in operands])


EXAMPLES = [(rule, example) for rule in RULES if rule.states or rule.code in GENERATORS for example in rule.holds]
FAILURES = [(rule, example) for rule in RULES if rule.states or rule.code in GENERATORS for example in rule.fails]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r.code}-{'-'.join(e)}" for r, e in EXAMPLES])
def test_an_example_that_holds_is_consistent(rule: Rule, example: tuple[str, ...]) -> None:
    assert judged(rule, example).holds


@pytest.mark.parametrize(("rule", "example"), FAILURES, ids=[f"{r.code}-{'-'.join(e)}" for r, e in FAILURES])
def test_an_example_that_fails_is_inconsistent(rule: Rule, example: tuple[str, ...]) -> None:
    assert judged(rule, example).verdict == "inconsistent"


@pytest.mark.parametrize("rule", DECLARED, ids=[rule.code for rule in DECLARED])
def test_every_parameter_is_a_field(rule: Rule) -> None:
    def known(name: str) -> bool:
        rest = next((name[len(scope) + 1 :] for scope in SCOPES if name.startswith(scope + "_")), name)
        return name in TITLES or rest in TITLES or name.removeprefix("previous_") in TITLES

    needs = {*rule.needs, *(name for reading in rule.readings for name in reading.needs)}
    assert [name for name in needs if not known(name)] == []


@pytest.mark.parametrize("rule", DECLARED, ids=[rule.code for rule in DECLARED])
def test_every_declared_rule_shows_both_sides(rule: Rule) -> None:
    assert rule.holds
    assert rule.fails


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_every_rule_says_what_it_is(rule: Rule) -> None:
    assert rule.title
    assert rule.formula
    assert rule.basis
    assert rule.doc
    assert (Path(__file__).parents[2] / "docs" / "rules" / f"{rule.code}.md").exists()


def test_codes_are_those_of_the_study() -> None:
    families = {
        "BUD": 17,
        "RAT": 19,  # and 百分点 for 百分比
        "SCO": 16,
        "WGT": 6,
        "IND": 19,
        "GRD": 4,
        "CON": 11,
        "STF": 7,
        "TPE": 5,
        "GPR": 4,
        "AST": 3,
        "POL": 10,
        "PLA": 8,  # and rates that no sample gives
        "CMP": 6,
    }
    found = {family: sum(rule.family == family for rule in RULES) for family in families}

    assert found == families
