"""Runs the rules: finds the operands, asks the judge, and turns verdicts into checks and findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from extractor.model.exact import Fraction
from extractor.model.fields import SCOPES, TITLES
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Fact, Subject
from verifier.audit import Cause, Check, Finding
from verifier.case import Case, told
from verifier.diagnose.blame import System
from verifier.diagnose.links import Link, joined
from verifier.diagnose.readings import around, pair_for_rate, three_for_rate, wide_enough
from verifier.diagnose.reprint import reprinted
from verifier.diagnose.roots import traced
from verifier.diagnose.slips import one_slip_apart
from verifier.diagnose.stakes import Stakes
from verifier.diagnose.weigh import on_another_budget, qualified, qualified_behind, together, weigh
from verifier.grades import DEFAULT_BANDS
from verifier.judge import CUT_OFF, FAR_FOR_ROUNDING, WHOLE_POINTS, Judgement, Operand, Way, half_up, itself, judge
from verifier.outcome import Outcome
from verifier.power import smallest_seen
from verifier.rule import Reading, Rule
from verifier.words import fact_title, like, span

BESIDE = 24
NEARBY = "邻近两数相除"
SAY_LITTLE = ("CON-", "BUD-12", "STF-04", "SCO-02", "IND-14", "GRD-", "WGT-", "CMP-", "POL-", "PLA-", "TIE-")
"""Rules that repeat or bound a figure, but do not work it out."""
BY_OTHERS = "该数与其他数字相符，此处口径不同"
FEWEST_OF_A_RELATION = 3
FEW_FIGURES = 3
"""A relation of more figures that holds speaks for each of them, and for a relation that knows only some of them."""
FAR_OFF = 2
MOST_COMBINATIONS = 16
RANK = {"consistent": 0, "rounding": 1, "doubtful": 2, "inconsistent": 3, "unchecked": 4}


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
        yield from _one_will_do([o for fact in case.own(subject, rule.states) if (o := judge_fact(case, rule, subject, fact, (primary, *rule.readings)))])


def _one_will_do(outcomes: list[Outcome]) -> list[Outcome]:
    """Where one figure of a name agrees, another of that name that is no misprint of it is of another thing."""
    agreeing = [o.figures[0] for o in outcomes if o.verdict == "consistent"]
    for outcome in outcomes:
        if outcome.verdict != "inconsistent" or not agreeing:
            continue
        figure = outcome.figures[0]
        said = any(figure.value == other.value for other in agreeing)
        apart = figure.kind != "rate" and not any(one_slip_apart(figure, other.value) for other in agreeing)
        if said or apart:
            outcome.verdict, outcome.severity, outcome.reason = "unchecked", None, "另一处同名数字相符，此处可能另有所指"
    return outcomes


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
    if not attempts and subject.kind == "budget" and subject.name != "department":
        # A rate at the end of a list may be the whole's, not the last item's.
        whole = [attempt for reading in readings if (attempt := _try(case, subject._replace(name="department"), fact, reading))]
        attempts = [attempt for attempt in whole if attempt.judgement.holds]
    if not attempts:
        if len(set(readings[0].needs)) > len(set(missing)):
            return Outcome(
                rule.code, (fact.figure,), verdict="unchecked", formula=rule.formula,
                stated=fact.figure.text, reason=f"报告未列明{'、'.join(dict.fromkeys(missing))}",
            )  # fmt: skip
        return None
    best = min(attempts, key=lambda attempt: RANK[attempt.judgement.verdict])
    whole = []
    if best.judgement.verdict == "inconsistent" and subject.kind == "budget" and subject.name != "department":
        whole = [attempt for reading in readings if (attempt := _try(case, subject._replace(name="department"), fact, reading))]
        if agreeing := next((attempt for attempt in whole if attempt.judgement.verdict == "consistent"), None):
            best, attempts = agreeing, whole
        elif whole and fact.figure.kind == "rate" and not case.report.row_at(fact.figure.start) and not together(case, [fact.figure, *(o.figure for o in attempts[0].operands)]):
            # A rate whose part has no budget in its sentence is more likely the whole's, where that is as surely wrong.
            mine, others = (_outcome(case, rule, subject, fact, ones[0], ones) for ones in (attempts, [*whole, *attempts]))
            if mine.severity == others.severity:
                whole, attempts = [], [*whole, *attempts]
                best = attempts[0]
    if best.judgement.verdict == "inconsistent" and fact.figure.kind == "rate":
        beside = _elsewhere(case, fact)
        if beside is not None:
            attempts.append(beside)
            best = beside
    outcome = _outcome(case, rule, subject, fact, best, attempts)
    if best.judgement.verdict == "inconsistent":
        ways = [*attempts[:1], *whole[:1], *attempts[1:], *whole[1:]]
        outcome.ways = tuple(Way(attempt.reading.formula, attempt.operands) for attempt in ways)
        outcome.usual = len([*attempts[:1], *whole[:1]])
    return outcome


def _elsewhere(case: Case, fact: Fact) -> Attempt | None:
    """Two figures near a rate that give it: the writer's operands, whatever we took them for."""
    figure = fact.figure
    near = around(case.report.text, case.report.figures, figure.start, wide_enough(figure))
    found = pair_for_rate(figure, near, "change" in fact.field or "adjustment" in fact.field)
    if found is None:
        return None
    operands = tuple(Operand(f) for f in found.operands)
    return Attempt(Reading(NEARBY, found.formula), operands, judge(figure, found.formula, operands))


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
        best.reading.code or rule.code, figures, verdict=judgement.verdict, judgement=shown.judgement, sign=fact.sign, formula=rule.formula,
        stated=figure.text, reading=f"{best.reading.label}；{judgement.how}" if judgement.how else best.reading.label,
        reason=judgement.reason, key=(subject.kind, subject.name, subject.year, fact.field), title=rule.title,
    )  # fmt: skip
    value = shown.judgement.recomputed
    if value is not None:
        outcome.recomputed = like(value, figure, 2 if figure.kind in ("rate", "points") else 0)
        outcome.difference = like(figure.value * fact.sign - value, figure, 2 if figure.kind == "rate" else 0)
    outcome.tried = tuple(_tried(attempt, figure) for attempt in attempts)
    of_another = figure.kind == "rate" and on_another_budget(case, figure, (attempt.reading.needs for attempt in attempts))
    if judgement.verdict == "inconsistent" and (of_another or _partial(case, figure, shown) or _other_part(case, rule, figure) or qualified(case, figure)):
        outcome.verdict, outcome.reason = "unchecked", "另有本规则未计入的部分，或写明另一口径"
    elif judgement.verdict == "inconsistent":
        firm = fact.firm and all(_firm(case, operand.figure) for operand in shown.operands)
        firm = firm and attempts[0].reading.needs == rule.needs  # else only other bases could be tried
        if rule.severity == "error":
            local = firm and (together(case, figures, "\n;；") or _only_base_afar(case, subject, figure, shown) or _named_in_full(case, subject, fact, shown))
            weigh(outcome, [(a.reading.formula, a.operands) for a in attempts], fact.sign, local=local, doubt=1 if firm else 2)
            outcome.certain = local and figure.kind == "amount"
        else:
            outcome.severity = rule.severity if firm else None
            outcome.verdict, outcome.reason = ("doubtful", "口径或范围不能确定") if firm else ("unchecked", "口径或范围不能确定")
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
        outcome.severity = best.reading.severity if _comparable(first.judgement.recomputed, figure) and not qualified_behind(case, figure) else None
        expected = like(first.judgement.recomputed, figure, 2) if first.judgement.recomputed is not None else "—"
        if first.judgement.recomputed is not None and first.judgement.verdict == "inconsistent":
            terms = "、".join(operand.figure.text for operand in best.operands)
            outcome.causes = (Cause("wrong_base", figure.id, like(first.judgement.recomputed, figure), f"{figure.text}系由{terms}按“{best.reading.label}”计算"),)
        outcome.message = (
            f"{fact_title(fact)}列{figure.text}，与“{best.reading.label}”一致，"
            f"与“{rule.formula}”（{expected}）不一致，请注明计算口径。"
        )
    return outcome


def _partial(case: Case, figure: Figure, shown: Attempt) -> bool:
    """Whether an operand is only part of what was meant (86.4万元等), or a third figure of the sentence makes the rate agree."""
    text = case.report.text
    if any(text.startswith("等", operand.figure.end) for operand in shown.operands):
        return True
    return figure.kind == "rate" and three_for_rate(figure, around(text, case.report.figures, figure.start, False))


def _comparable(recomputed: Fraction | None, figure: Figure) -> bool:
    """Whether another base comes near enough to be worth a word; 0.15% for 58% shows operands of another thing."""
    return recomputed is None or abs(figure.value) <= FAR_OFF * abs(recomputed) <= FAR_OFF**2 * abs(figure.value)


def _other_part(case: Case, rule: Rule, figure: Figure) -> bool:
    """Whether the sentence, or an addition to it (另有 …), names a part that the rule's formula leaves out."""
    if not rule.unless:
        return False
    text = case.report.text
    start = max(text.rfind(mark, 0, figure.start) for mark in "。\n") + 1
    here, *after = re.split(r"[。\n]", text[start:], maxsplit=2)
    addition = after[0] if after and after[0].startswith("另") else ""
    return bool(re.search(rule.unless, here + addition))


def _only_base_afar(case: Case, subject: Subject, rate: Figure, shown: Attempt) -> bool:
    """支出b,执行率p side by side, and the budget further up: nothing in the report gives the rate with this b."""
    if rate.kind != "rate" or len(shown.operands) != 2 or ":" in subject.name:
        return False
    part = shown.operands[0].figure
    if not together(case, (part, rate)) or not 0 < rate.start - part.end <= BESIDE:
        return False
    wholes = (f for f in case.report.figures if f.number and f.kind == part.kind and base_unit(f.unit) == base_unit(part.unit))
    return not any(judge(rate, ratio, [shown.operands[0], Operand(whole)]).holds for whole in wholes if whole is not part)


def _named_in_full(case: Case, subject: Subject, fact: Fact, shown: Attempt) -> bool:
    """项目支出预算执行率: the words name the part and the rate, and the report has one value of each operand only."""
    scope = SCOPES.get(subject.name)
    if scope is None or scope not in fact.cue or "预算执行率" not in fact.cue:
        return False
    return all(len(case.operands(subject, name, fact.figure)) == 1 for name in shown.reading.needs)


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


HOLDING = ("consistent", "rounding")
BINDING = (*HOLDING, "inconsistent")
"""Verdicts of relations that were surely meant."""
REPEATS = ("CON-01", "CON-02")


def _key(outcome: Outcome) -> tuple[str, tuple[str, ...]]:
    return outcome.rule, tuple(dict.fromkeys(figure.id for figure in outcome.figures))


def _habit(outcome: Outcome) -> tuple[Cause, ...]:
    """Why a figure that only a habit of printing explains is not what it would be: digits cut off, points made whole."""
    judgement = outcome.judgement
    if outcome.verdict != "rounding" or judgement is None or judgement.recomputed is None:
        return ()
    figure = outcome.figures[0]
    if judgement.how == CUT_OFF:
        rounded = reprinted(figure, half_up(judgement.recomputed * outcome.sign, figure.step), figure.decimals).text
        return (Cause("truncation", figure.id, rounded, f"{figure.text}系截去尾数，四舍五入为{rounded}"),)
    if judgement.how == WHOLE_POINTS and outcome.recomputed:
        return (Cause("rounded", figure.id, outcome.recomputed, f"{figure.text}系取整数，按算式为{outcome.recomputed}"),)
    return ()


def _link(outcome: Outcome) -> Link | None:
    """What was judged, as a relation in which other figures can be tried."""
    judgement = outcome.judgement
    ways = outcome.ways or ((Way(judgement.formula, judgement.operands),) if judgement and judgement.formula else ())
    if not ways and outcome.bounds is None:
        return None
    stated = outcome.whole or outcome.figures[0]
    return Link(outcome.rule, stated, ways, outcome.sign, outcome.solved, outcome.verdict in BINDING, outcome.bounds, outcome.usual)


class Book:
    """Collects outcomes as numbered checks and findings."""

    def __init__(self, case: Case, rules: dict[str, Rule]) -> None:
        self.case = case
        self.rules = rules
        self.checks: list[Check] = []
        self.findings: list[Finding] = []
        self.entered: set[tuple[str | None, ...]] = set()
        self.certain: dict[tuple[str, str], bool] = {}
        """Rule and stated figure of every accusation whose figures a table or the words themselves join; whether it is a table."""
        self.links: list[Link] = []
        self.link_of: dict[tuple[str, tuple[str, ...]], Link] = {}
        """What was judged, by the rule and the figures of its finding."""
        self.repeated: list[Outcome] = []
        """What the report says more than once, which speaks for each mention."""

    def enter(self, outcomes: Iterable[Outcome]) -> None:
        """Adds every outcome: all as checks, those with a severity as findings too. The same check under one rule counts once."""
        for outcome in outcomes:
            self._soften(outcome)
            self._within_tail(outcome)
            if self._is_known(outcome):
                continue
            rule = self.rules[outcome.rule]
            if (link := _link(outcome)) is not None:
                self.links.append(link)
                self.link_of.setdefault(_key(outcome), link)
            elif outcome.verdict == "consistent" and outcome.rule.startswith(REPEATS):
                self.repeated.append(outcome)
            self.checks.append(self._check(outcome, rule))
            if (outcome.table or outcome.certain) and outcome.severity == "error":
                key = (outcome.rule, outcome.figures[0].id)
                self.certain[key] = outcome.table or self.certain.get(key, False)
            if outcome.severity:
                self.findings.append(self._finding(outcome, rule))

    def _check(self, outcome: Outcome, rule: Rule) -> Check:
        reach = power = None
        if outcome.judgement is not None:
            stated, found = outcome.whole or outcome.figures[0], outcome.judgement.interval
            seen = smallest_seen(stated, outcome.judgement, found, outcome.sign) if outcome.verdict in HOLDING else None
            reach, power = span(found, stated), like(seen, stated) if seen is not None else None
        return Check(
            f"c{len(self.checks) + 1}", outcome.rule, outcome.title or rule.title, outcome.formula or rule.formula,
            tuple(dict.fromkeys(figure.id for figure in outcome.figures)), outcome.stated, outcome.recomputed,
            reach, outcome.reading, outcome.verdict, outcome.reason, outcome.difference, power,  # type: ignore[arg-type]
        )  # fmt: skip

    def vouch(self) -> None:
        """Drops what accuses a figure that another relation gives to the last digit: it was of that relation, not of this.

        An accusation that rests on a slip in another of its figures stays.
        """
        vouched = {
            check.figures[0] for check in self.checks
            if check.verdict == "consistent" and len(check.figures) > 1 and check.recomputed and not check.rule.startswith(SAY_LITTLE) and NEARBY not in check.reading
        }  # fmt: skip
        wholes = [set(check.figures) for check in self.checks if check.verdict == "consistent" and len(check.figures) > FEW_FIGURES and not check.rule.startswith(SAY_LITTLE)]
        covered = [f for f in self.findings if f.severity == "error" and not self._is_certain(f) and f.rule.startswith(("BUD-", "REL-")) and any(set(f.figures) < known for known in wholes)]
        for check in self.checks:
            if check.verdict == "inconsistent" and any(f.rule == check.rule and f.figures == check.figures for f in covered):
                check.verdict, check.reason = "unchecked", BY_OTHERS
        self.findings = [f for f in self.findings if f not in covered]
        dropped = {f.id for f in self.findings if f.severity == "error" and not f.rule.startswith(SAY_LITTLE) and f.figures[:1] and f.figures[0] in vouched and not self._is_certain(f) and _about_itself(f)}
        self.findings = [_with_likely_first(f, vouched) for f in self.findings if f.id not in dropped]
        for check in self.checks:
            if check.verdict == "inconsistent" and check.figures[:1] and check.figures[0] in vouched and not any(check.figures[0] in f.figures[:1] for f in self.findings):
                check.verdict, check.reason = "unchecked", BY_OTHERS

    def blame(self) -> None:
        """Puts the figure that is likeliest to be wrong first among the causes of every error, and its consequences under it."""
        asked = (finding for finding in self.findings if finding.severity == "error" or (finding.severity == "warning" and not finding.causes))
        if not any((finding.rule, finding.figures) in self.link_of for finding in asked):
            return
        repeats = [Link(o.rule, o.figures[0], (Way(itself, (Operand(other),)),)) for o in self.repeated for other in o.figures[1:]]
        roles = {key: (facts[0].field, facts[0].subject) for key, facts in self.case.by_figure.items() if facts}
        links = joined([*self.links, *repeats])
        system = System(list(links.values()), self.case.report.figures, roles)
        self.findings = traced(self.findings, lambda finding: links[link.key] if (link := self.link_of.get((finding.rule, finding.figures))) else None, system, self._stakes())

    def _stakes(self) -> Stakes:
        """What the total rests on: the report's own total, or that of its only evaluation."""
        total = next((fact.figure for facts in self.case.facts.values() for fact in facts.get("total_score", ()) if fact.figure.number is not None), None)
        own = self.case.report.scheme.get("grades")
        roles = {key: facts[0].field for key, facts in self.case.by_figure.items() if facts}
        scores = {indicator.score.id: "self_score" for indicator in self.case.report.indicators if indicator.score}
        return Stakes({**roles, **scores}, total if len(self.case.report.evaluations) < 2 else None, own if isinstance(own, dict) else DEFAULT_BANDS)

    def _is_known(self, outcome: Outcome) -> bool:
        """Whether a rule said just this of just these figures before: a fact's rule and the row of a table ask the same."""
        if len(outcome.figures) < FEWEST_OF_A_RELATION:
            return False
        key = (outcome.rule, outcome.verdict, outcome.severity, *(figure.id for figure in outcome.figures))
        known = key in self.entered
        self.entered.add(key)
        return known

    def _is_certain(self, finding: Finding) -> bool:
        if not finding.figures or (finding.rule, finding.figures[0]) not in self.certain:
            return False
        return self.certain[finding.rule, finding.figures[0]] or not self._make_up_another(finding)

    def _make_up_another(self, finding: Finding) -> bool:
        """部门1.26亿元,其中本级3870万元;本级预算中基本支出a,项目支出b: the parts come to a figure of their own, so they are its."""
        parts = set(finding.figures[1:])
        return len(parts) > 1 and any(check.verdict == "consistent" and set(check.figures[1:]) == parts and check.figures[0] != finding.figures[0] for check in self.checks)

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
        elif any(self.case.report.is_guessed(figure.start) for figure in outcome.figures):
            # Where one slip explains it, it is worth a look; else it is likelier that a cell was put into the wrong column.
            slipped = bool(outcome.causes)
            outcome.severity, outcome.verdict = ("warning", "doubtful") if slipped else (None, "unchecked")
            outcome.reason = "所在表格没有框线且不完整，各数属于哪一栏不能确定"
            outcome.message += "（所在表格没有框线，各数按对齐归栏，请先核对原件。）"

    def _within_tail(self, outcome: Outcome) -> None:
        """A difference that rounding may make is no more than a note where the report says that it rounds; its clause is quoted."""
        clause, judgement = self.case.report.scheme.get("tail_clause"), outcome.judgement
        if not clause or judgement is None or outcome.severity not in ("warning", "info") or not outcome.message:
            return
        if judgement.verdict == "rounding" or (judgement.verdict == "doubtful" and judgement.reason == FAR_FOR_ROUNDING):
            outcome.severity = "info"
            outcome.message += f"报告已说明：“{clause}”。"

    def _finding(self, outcome: Outcome, rule: Rule) -> Finding:
        report = self.case.report
        figure = outcome.figures[0] if outcome.figures else None
        start, end = outcome.quote_span or ((figure.start, figure.end) if figure else (0, 0))
        place = figure.place if figure else None
        key = outcome.key or (told(report.quote(start, end, 90)),)
        return Finding(
            self.case.finding_id(outcome.rule, *key), outcome.rule, outcome.severity or "info", outcome.title or rule.title,
            outcome.message, outcome.stated, outcome.recomputed, outcome.difference, outcome.formula or rule.formula,
            outcome.tried, tuple(dict.fromkeys(f.id for f in outcome.figures)), place.page if place else None,
            place.box if place and place.box else (), report.section_of(start), report.quote(start, end, 90) if end else "",
            rule.basis, outcome.causes or _habit(outcome), outcome.impact, where=place.words if place else "",
        )  # fmt: skip

    def unique(self) -> None:
        """Tells findings of one id apart: by heading and words where these differ, and only then by number."""
        many = Counter(finding.id for finding in self.findings)
        for index, finding in enumerate(self.findings):
            if many[finding.id] > 1:
                words = (finding.id, told(finding.section), told(finding.quote))
                self.findings[index] = replace(finding, id=self.case.finding_id(finding.rule, *words))
        seen: Counter[str] = Counter()
        for index, finding in enumerate(self.findings):
            seen[finding.id] += 1
            if seen[finding.id] > 1:
                self.findings[index] = replace(finding, id=f"{finding.id}-{seen[finding.id]}")


def _with_likely_first(finding: Finding, vouched: set[str]) -> Finding:
    """The causes with those first whose figure nothing else confirms."""
    return replace(finding, causes=tuple(sorted(finding.causes, key=lambda cause: cause.figure in vouched))) if len(finding.causes) > 1 else finding


def _about_itself(finding: Finding) -> bool:
    """Whether nothing but the stated figure is taken to be wrong."""
    return all(cause.figure in (None, finding.figures[0]) for cause in finding.causes)


def value_of(fact: Fact | None) -> Fraction | None:
    """The signed value of a fact that can be read."""
    return None if fact is None or fact.figure.number is None else fact.figure.value * fact.sign


def ratio(a: Any, b: Any) -> Any:
    """a ÷ b, for face values and intervals alike."""
    return a / b
