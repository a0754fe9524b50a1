"""数字台账: what became of every figure, with the reason in words where it is not verified."""

from __future__ import annotations

from collections import defaultdict

from extractor.model.fields import scope_title
from extractor.model.figure import Figure
from verifier.audit import Audit, Check, Entry
from verifier.case import Case

NOT_ARITHMETIC = ("POL-", "PLA-", "CMP-", "SCO-16", "IND-07", "IND-13", "IND-17", "GPR-03", "BUD-17", "IND-03", "RAT-15")
"""Checks under these codes look at a figure without recomputing it, so that they verify nothing."""


def ledger(case: Case, audit: Audit) -> list[Entry]:
    """One entry a figure, in the order of the report."""
    by_figure: dict[str, list[Check]] = defaultdict(list)
    sums_by_figure: dict[str, list[Check]] = defaultdict(list)
    for check in audit.checks:
        recomputes = not check.rule.startswith(NOT_ARITHMETIC)
        for figure in check.figures:
            by_figure[figure].append(check)
            if recomputes:
                sums_by_figure[figure].append(check)
    stated_wrong = {f.figures[0] for f in audit.findings if f.severity == "error" and f.figures}
    return [_entry(case, figure, by_figure[figure.id], sums_by_figure[figure.id], stated_wrong) for figure in case.report.figures]


def _entry(case: Case, figure: Figure, checks: list[Check], sums: list[Check], wrong: set[str]) -> Entry:
    facts = case.by_figure.get(figure.id, [])
    role = facts[0].field if facts else None
    scope = f"{facts[0].subject.name}/{facts[0].subject.year or ''}" if facts else None
    ids = tuple([check.id for check in checks])
    if not figure.is_claim:
        return Entry(figure.id, role, scope, "not_a_claim", figure.why, ids)
    verdicts = {check.verdict for check in sums}
    if "inconsistent" in verdicts and figure.id in wrong:
        status, reason = "contradicted", "与复算结果不一致"
    elif verdicts & {"consistent", "rounding"} and "inconsistent" not in verdicts:
        status, reason = "verified", None
    elif verdicts & {"inconsistent", "doubtful"}:
        status, reason = "questionable", next((c.reason for c in sums if c.verdict == "doubtful" and c.reason), "与之有关的数字不一致")
    else:
        status, reason = "unchecked", _why(figure, facts != [], sums, role, scope)
    return Entry(figure.id, role, scope, status, reason, ids)  # type: ignore[arg-type]


def _why(figure: Figure, bound: bool, checks: list[Check], role: str | None, scope: str | None) -> str:
    if figure.number is None:
        return "数字无法读出，请核对原件"
    if figure.doubt:
        return "数字印刷不规范，读数存疑"
    if figure.hedge:
        return "约数，不作核对"
    reasons = [check.reason for check in checks if check.verdict == "unchecked" and check.reason]
    if reasons:
        return reasons[0]
    if bound:
        name = scope_title((scope or "").partition("/")[0])
        return f"已识别（{name}），报告中没有可与之核对的其他数字" if name else "已识别，报告中没有可与之核对的其他数字"
    return "未识别其含义，且所在句没有可复算的关系"
