"""Runs the rules: finds the operands, asks the judge, and turns verdicts into checks and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import Any

from extractor.model.fields import TITLES
from extractor.model.figure import Figure
from extractor.model.report import Fact, Subject
from verifier.audit import Cause, Check, Finding, Severity
from verifier.case import Case
from verifier.judge import Judgement, Operand, judge
from verifier.rule import Reading, Rule
from verifier.words import fact_title, like, span

MOST_COMBINATIONS = 16
FAR = 400
"""A rate whose operands all stand further off than this may be of something else."""
RANK = {"consistent": 0, "rounding": 1, "doubtful": 2, "inconsistent": 3, "unchecked": 4}


@dataclass(slots=True)
class Outcome:
    """What a rule says of one figure, before it is a check or a finding."""

    rule: str
    figures: tuple[Figure, ...]
    severity: Severity | None = None
    message: str = ""
    verdict: str = "consistent"
    recomputed: str | None = None
    stated: str | None = None
    difference: str | None = None
    formula: str = ""
    reading: str = ""
    interval: tuple[str, str] | None = None
    reason: str | None = None
    tried: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    impact: dict[str, str] = field(default_factory=dict)
    key: tuple[object, ...] = ()
    title: str | None = None
    section_at: int | None = None
    quote_span: tuple[int, int] | None = None


@dataclass(slots=True)
class Attempt:
    """One reading with the operands that served it best."""

    reading: Reading
    operands: tuple[Operand, ...]
    judgement: Judgement


def equality(case: Case, rule: Rule) -> Iterator[Outcome]:
    """All outcomes of a declared equality."""
    assert rule.each and rule.states and rule.function
    primary = Reading(rule.formula, rule.function, rule.code, rule.severity)
    kind, _, name = rule.each.partition(":")
    for subject in case.subjects(kind):
        if name and subject.name != name:
            continue
        for fact in case.stated(subject, rule.states):
            if fact.subject == subject:
                outcome = judge_fact(case, rule, subject, fact, (primary, *rule.readings))
                if outcome:
                    yield outcome


def judge_fact(
    case: Case, rule: Rule, subject: Subject, fact: Fact, readings: Sequence[Reading]
) -> Outcome | None:
    """The best that any reading makes of one stated figure; ``None`` where the report says nothing to hold it against."""
    attempts: list[Attempt] = []
    missing: list[str] = []
    for reading in readings:
        attempt = _try(case, subject, fact, reading)
        if attempt is None:
            missing += [TITLES.get(name, name) for name in reading.needs if not case.operands(subject, name, fact.figure)]
            continue
        attempts.append(attempt)
        if attempt.judgement.verdict == "consistent":
            break
    if not attempts:
        if len(set(readings[0].needs)) > len(set(missing)):
            return Outcome(
                rule.code, (fact.figure,), verdict="unchecked", formula=rule.formula,
                stated=fact.figure.text, reason=f"报告未列明{'、'.join(dict.fromkeys(missing))}",
            )  # fmt: skip
        return None
    best = min(attempts, key=lambda attempt: RANK[attempt.judgement.verdict])
    if best.judgement.verdict == "inconsistent" and subject.kind == "budget" and subject != case.department():
        # A rate at the end of a list may be the whole's, not the last item's.
        whole = [attempt for reading in readings if (attempt := _try(case, case.department(), fact, reading))]
        best = next((attempt for attempt in whole if attempt.judgement.verdict == "consistent"), best)
    if best.judgement.verdict == "inconsistent" and fact.figure.kind == "rate":
        beside = _pair_beside(case, fact)
        if beside is not None:
            attempts.append(beside)
            best = beside
    return _outcome(case, rule, subject, fact, best, attempts)


def _pair_beside(case: Case, fact: Fact) -> Attempt | None:
    """Two amounts of the rate's own sentence that give it: the writer's operands, whatever we took them for."""
    text, figure = case.report.text, fact.figure
    start = max(text.rfind(mark, 0, figure.start) for mark in "。\n") + 1
    beside = [f for f in case.report.figures if start <= f.start < figure.start and f.kind == "amount" and f.number]
    reading = Reading("本句所列两数相除", ratio)
    for a in reversed(beside):
        for b in beside:
            if a is not b and b.value:
                operands = (Operand(a), Operand(b))
                judgement = judge(figure, ratio, operands)
                if judgement.holds:
                    return Attempt(reading, operands, judgement)
    return None


def _far(figure: Figure, operands: Sequence[Operand]) -> bool:
    """Whether none of the operands stands near the stated figure."""
    return all(abs(operand.figure.start - figure.start) > FAR for operand in operands)


def _try(case: Case, subject: Subject, fact: Fact, reading: Reading) -> Attempt | None:
    """One reading over the nearest operands first, then over every other value that the report prints for them."""
    choices = [case.operands(subject, name, fact.figure) for name in reading.needs]
    if not choices or not all(choices):
        return None
    best: Attempt | None = None
    for count, operands in enumerate(product(*choices)):
        if count >= MOST_COMBINATIONS:
            break
        judgement = judge(fact.figure, reading.formula, operands, fact.sign)
        attempt = Attempt(reading, operands, judgement)
        if best is None or RANK[judgement.verdict] < RANK[best.judgement.verdict]:
            best = attempt
        if judgement.verdict == "consistent":
            break
    return best


def _outcome(
    case: Case, rule: Rule, subject: Subject, fact: Fact, best: Attempt, attempts: list[Attempt]
) -> Outcome:
    judgement, figure = best.judgement, fact.figure
    shown = attempts[0] if judgement.verdict == "inconsistent" else best
    figures = (figure, *(operand.figure for operand in shown.operands))
    outcome = Outcome(
        best.reading.code or rule.code, figures, verdict=judgement.verdict, formula=rule.formula,
        stated=figure.text, reading=f"{best.reading.label}；{judgement.how}" if judgement.how else best.reading.label,
        reason=judgement.reason, key=(subject.kind, subject.name, subject.year, fact.field), title=rule.title,
    )  # fmt: skip
    value = shown.judgement.recomputed
    if value is not None:
        outcome.recomputed = like(value, figure, 2 if figure.kind in ("rate", "points") else 0)
        outcome.interval = span(shown.judgement.interval, figure)
        outcome.difference = like(figure.value * fact.sign - value, figure, 2 if figure.kind == "rate" else 0)
    outcome.tried = tuple(_tried(attempt, figure) for attempt in attempts)
    if judgement.verdict == "inconsistent":
        firm = fact.firm and all(_firm(case, operand.figure) for operand in shown.operands)
        firm = firm and not (figure.kind == "rate" and subject.name == "department" and _far(figure, shown.operands))
        outcome.severity = rule.severity if firm or rule.severity != "error" else "warning"
        if outcome.severity == "warning":
            outcome.verdict, outcome.reason = "doubtful", "口径或范围不能确定"
        outcome.message = contradiction(fact, shown, outcome, attempts)
    elif judgement.verdict == "doubtful":
        outcome.severity = "warning"
        outcome.message = f"{fact_title(fact)}列{figure.text}，复算为{outcome.recomputed}，{judgement.reason}，请核对原件。"
    elif judgement.verdict == "rounding":
        outcome.severity = "info"
        outcome.message = f"{fact_title(fact)}列{figure.text}，复算为{outcome.recomputed}，差异可由{judgement.how}解释。"
    elif best.reading.severity in ("warning", "notice", "info") and best.reading is not attempts[0].reading:
        # Only another base is worth a word; the rule's own formula that holds (severity error) is simply consistent.
        first = attempts[0]
        outcome.severity = best.reading.severity
        expected = like(first.judgement.recomputed, figure, 2) if first.judgement.recomputed is not None else "—"
        outcome.message = (
            f"{fact_title(fact)}列{figure.text}，与“{best.reading.label}”一致，"
            f"与“{rule.formula}”（{expected}）不一致，请注明计算口径。"
        )
    return outcome


def _firm(case: Case, figure: Figure) -> bool:
    facts = case.by_figure.get(figure.id)
    return not facts or any(fact.firm for fact in facts)


def _tried(attempt: Attempt, figure: Figure) -> str:
    value = attempt.judgement.recomputed
    shown = like(value, figure, 2) if value is not None else attempt.judgement.reason or "无法计算"
    return f"{attempt.reading.label}＝{shown}"


def contradiction(fact: Fact, shown: Attempt, outcome: Outcome, attempts: list[Attempt]) -> str:
    """经复算 …: the neutral sentence of the list."""
    terms = "、".join(operand.figure.text for operand in shown.operands)
    others = "；".join(f"按{attempt.reading.label}为{like(attempt.judgement.recomputed, fact.figure, 2)}" for attempt in attempts[1:] if attempt.judgement.recomputed is not None)
    tail = f"；{others}，均不一致" if others else ""
    return (
        f"经复算，由{terms}按“{outcome.formula}”得{outcome.recomputed}，"
        f"报告列{fact_title(fact)}{fact.figure.text}，相差{outcome.difference}{tail}，请核实。"
    )


class Book:
    """Collects outcomes as numbered checks and findings."""

    def __init__(self, case: Case, rules: dict[str, Rule]) -> None:
        self.case = case
        self.rules = rules
        self.checks: list[Check] = []
        self.findings: list[Finding] = []

    def enter(self, outcomes: Iterable[Outcome]) -> None:
        """Adds every outcome: all as checks, those with a severity as findings too."""
        for outcome in outcomes:
            self._soften(outcome)
            rule = self.rules[outcome.rule]
            self.checks.append(
                Check(
                    f"c{len(self.checks) + 1}", outcome.rule, outcome.title or rule.title, outcome.formula or rule.formula,
                    tuple(dict.fromkeys(figure.id for figure in outcome.figures)), outcome.stated, outcome.recomputed,
                    outcome.interval, outcome.reading, outcome.verdict, outcome.reason, outcome.difference,  # type: ignore[arg-type]
                )
            )  # fmt: skip
            if outcome.severity:
                self.findings.append(self._finding(outcome, rule))

    def _soften(self, outcome: Outcome) -> None:
        """A figure that two engines read differently, or that is doubtful in print, never carries an error."""
        if outcome.severity != "error":
            return
        if any(figure.id in self.case.unconfirmed for figure in outcome.figures):
            outcome.severity, outcome.verdict = "warning", "doubtful"
            outcome.reason = "两个读取引擎读数不同，待人工核对"
            outcome.message += "（该处数字两个读取引擎读数不同，请先核对原件。）"
        elif any(figure.doubt for figure in outcome.figures):
            outcome.severity, outcome.verdict = "warning", "doubtful"
            outcome.reason = "数字印刷或读取存疑"
            outcome.message += "（其中有数字印刷不规范，请先核对原件。）"

    def _finding(self, outcome: Outcome, rule: Rule) -> Finding:
        report = self.case.report
        figure = outcome.figures[0] if outcome.figures else None
        start, end = outcome.quote_span or ((figure.start, figure.end) if figure else (0, 0))
        place = figure.place if figure else None
        key = outcome.key or tuple(f.text for f in outcome.figures[:1])
        return Finding(
            self.case.finding_id(outcome.rule, *key), outcome.rule, outcome.severity or "info", outcome.title or rule.title,
            outcome.message, outcome.stated, outcome.recomputed, outcome.difference, outcome.formula or rule.formula,
            outcome.tried, tuple(dict.fromkeys(f.id for f in outcome.figures)), place.page if place else None,
            place.box if place and place.box else (), report.section_of(start), report.quote(start, end, 90) if end else "",
            rule.basis, outcome.causes, outcome.impact,
        )  # fmt: skip

    def unique(self) -> None:
        """Numbers findings of one id apart, in their order."""
        seen: dict[str, int] = {}
        for index, finding in enumerate(self.findings):
            count = seen.get(finding.id, 0)
            seen[finding.id] = count + 1
            if count:
                self.findings[index] = replace(finding, id=f"{finding.id}-{count + 1}")


def value_of(fact: Fact | None) -> Fraction | None:
    """The signed value of a fact that can be read."""
    return None if fact is None or fact.figure.number is None else fact.figure.value * fact.sign


def ratio(a: Any, b: Any) -> Any:
    """a ÷ b, for face values and intervals alike."""
    return a / b
