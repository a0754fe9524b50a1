"""What a report does throughout is its habit: said once, and what departs from it is what is told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.model.figure import Figure
from verifier.audit import Cause, Check, Finding
from verifier.judge import CUT_OFF, WHOLE_POINTS

FEWEST = 3
"""So many figures show a habit; of fewer each is told by itself."""
HABITS = {
    CUT_OFF: "按截去尾数取数，未四舍五入",
    WHOLE_POINTS: "得分取整数",
}
BASES = {"RAT-02": "执行率以年初预算数为分母", "RAT-03": "执行率以到位资金为分母"}
"""Rules of other bases: a base that is used throughout is asked about once."""


def habitual(findings: list[Finding], checks: Sequence[Check], figures: Mapping[str, Figure]) -> list[Finding]:
    """The findings with those that only a habit of the report explains as one, and the odd ones out named in it."""
    for how, words in HABITS.items():
        alike = [finding for finding in findings if finding.severity == "info" and finding.message.endswith(f"差异可由{how}解释。") and len(finding.causes) == 1]
        if len({figures[finding.figures[0]].value for finding in alike if finding.figures[0] in figures}) < FEWEST:
            continue
        first, rest = alike[0], {id(finding) for finding in alike[1:]}
        odd = _departing(how, checks, alike, figures)
        findings = [_with(first, alike[1:], words, odd) if finding is first else finding for finding in findings if id(finding) not in rest]
    for rule, words in BASES.items():
        alike = [finding for finding in findings if finding.rule == rule and finding.severity == "warning"]
        if len(alike) >= FEWEST:
            rest = {id(finding) for finding in alike[1:]}
            one = _with(alike[0], alike[1:], words, [])
            findings = [one if finding is alike[0] else finding for finding in findings if id(finding) not in rest]
    return findings


def _departing(how: str, checks: Sequence[Check], alike: list[Finding], figures: Mapping[str, Figure]) -> list[Figure]:
    """Figures that were rounded up where the report otherwise cuts off: they alone show another way."""
    if how != CUT_OFF:
        return []
    rules, cut = {finding.rule for finding in alike}, {finding.figures[0] for finding in alike}
    found = {}
    for check in checks:
        stated = figures.get(check.figures[0]) if check.figures else None
        if check.rule in rules and check.verdict == "consistent" and stated is not None and stated.id not in cut and _rounded_up(check, stated):
            found[stated.value] = stated
    return list(found.values())


NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def _rounded_up(check: Check, stated: Figure) -> bool:
    """Whether what was worked out, printed with more digits, lies below what is stated."""
    match = NUMBER.match(check.recomputed or "")
    return match is not None and stated.number is not None and Decimal(match[0].replace(",", "")) < stated.number


def _with(first: Finding, rest: list[Finding], words: str, odd: list[Figure]) -> Finding:
    shown = "、".join(dict.fromkeys(cause.explanation.partition("系")[0] for finding in (first, *rest) for cause in finding.causes))
    tail = f"；{'、'.join(figure.text for figure in odd)}却进了位，请统一" if odd else ""
    also = tuple(re.sub(r"\s+", " ", f"{other.rule} {other.where} {other.section}").strip() for other in rest)
    causes: tuple[Cause, ...] = (*first.causes, *(cause for finding in rest for cause in finding.causes))
    return replace(
        first, message=f"全文{len(rest) + 1}处{words}（{shown}）{tail or '，口径一致'}。",
        severity="notice" if odd else first.severity, figures=tuple(dict.fromkeys((*first.figures, *(key for other in rest for key in other.figures)))),
        causes=causes, also_at=tuple(dict.fromkeys((*first.also_at, *also))),
    )  # fmt: skip
