"""One look over a finished run: counts, scores at stake, and which mistakes are made where. Holds no findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from perfeval.letters.findings import Mistake, asks, mistake_of
from perfeval.letters.judged import Judged
from perfeval.letters.scores import Score
from perfeval.store import Store
from perfeval.store.records import Filed
from verifier.audit import Finding

Unit = tuple[str, str]
"""Department and unit."""
NO_DEPARTMENT, NO_UNIT = "未分部门", "单位未识别"
"""What stands where a file lies in no department's folder, or names no unit."""


class Scored(NamedTuple):
    """A report and its score."""

    filed: Filed
    score: Score


@dataclass(slots=True)
class Survey:
    """What all documents of a run need to know of the whole."""

    summary: dict[str, int]
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    """Findings by severity, for every rule; and under ``units`` in how many units."""
    departments: dict[str, Counter[str]] = field(default_factory=dict)
    """The same for every department, with its ``files``, ``units``, ``unreadable`` and ``at_stake``."""
    mistakes: dict[Mistake, dict[Unit, int]] = field(default_factory=dict)
    """How many findings of a mistake every unit has to answer."""
    at_stake: list[Scored] = field(default_factory=list)
    """Reports whose total or grade a finding may change, 等级可能变化 first."""
    totals: list[Decimal] = field(default_factory=list)
    """综合得分 of all reports that state one."""


def surveyed(store: Store, run: int, files: Iterable[Judged]) -> Survey:
    """The survey of a run."""
    survey = Survey(store.summary(run))
    units: dict[str, Unit] = {}  # the last unit that a rule was counted for: units come one after the other
    for filed, findings, score in files:
        _count_file(survey, filed, score)
        for finding in findings:
            _count_finding(survey, filed, finding, units)
    for case in store.cases(run):
        survey.departments[case.department]["units"] += 1
    survey.at_stake.sort(key=_by_stake)
    return survey


def _count_file(survey: Survey, filed: Filed, score: Score) -> None:
    counts = survey.departments.setdefault(filed.department, Counter())
    counts["files"] += 1
    counts["unreadable"] += filed.status != "ok"
    counts["at_stake"] += score.at_stake
    if score.total is not None:
        survey.totals.append(score.total)
    if score.at_stake:
        survey.at_stake.append(Scored(filed, score))


def _count_finding(survey: Survey, filed: Filed, finding: Finding, units: dict[str, Unit]) -> None:
    unit = (filed.department, filed.unit)
    counts = survey.rules.setdefault(finding.rule, Counter())
    counts[finding.severity] += 1
    if units.get(finding.rule) != unit:
        units[finding.rule] = unit
        counts["units"] += 1
    survey.departments[filed.department][finding.severity] += 1
    if asks(finding):
        cases = survey.mistakes.setdefault(mistake_of(finding), {})
        cases[unit] = cases.get(unit, 0) + 1


def _by_stake(scored: Scored) -> tuple[Any, ...]:
    filed, score = scored
    lost = (score.high or Decimal(0)) - (score.low or Decimal(0))
    return (not score.change, -lost, filed.department, filed.unit, filed.path)
