"""共性问题: the same mistake in so many units that one notice says more than a letter to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perfeval.letters.findings import CAUSES, Mistake
from perfeval.letters.survey import Survey, Unit
from verifier.rule import Rule, catalogue


@dataclass(frozen=True, slots=True)
class Common:
    """One mistake with the units that made it, and how many findings each has."""

    number: int
    mistake: Mistake
    rule: Rule
    units: Mapping[Unit, int]

    @property
    def title(self) -> str:
        """预算执行率（可能原因：分母口径不同）."""
        cause = CAUSES.get(self.mistake.cause, self.mistake.cause)
        return f"{self.rule.title}（可能原因：{cause}）" if cause else self.rule.title

    @property
    def findings(self) -> int:
        """How many findings in all."""
        return sum(self.units.values())


def common_problems(survey: Survey, least: int) -> list[Common]:
    """The mistakes that at least so many units made, the most frequent first."""
    rules = {rule.code: rule for rule in catalogue()}
    many = [(mistake, units) for mistake, units in survey.mistakes.items() if len(units) >= least and mistake.rule in rules]
    many.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    return [Common(number, mistake, rules[mistake.rule], units) for number, (mistake, units) in enumerate(many, start=1)]
