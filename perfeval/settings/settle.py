"""What the bureau decided, put on an audit: severities, waivers and the baseline. Nothing is ever taken off the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from perfeval.books import names
from verifier.audit import LABELS, SEVERITIES, Waiver

if TYPE_CHECKING:
    from extractor.model.report import Report
    from perfeval.settings.model import Settings, WaiverRule
    from verifier.audit import Audit, Finding


def settle(audit: Audit, settings: Settings, today: date) -> None:
    """Marks the findings of an audit: regraded, waived, reopened, or known from the baseline."""
    known = {entry.id for entry in settings.baseline}
    marked = [_marked(finding, audit.report, settings, today, known) for finding in audit.findings]
    audit.findings = sorted(marked, key=lambda finding: SEVERITIES.index(finding.severity))


def _marked(finding: Finding, report: Report, settings: Settings, today: date, known: set[str]) -> Finding:
    remarks: list[str] = []
    severity = settings.severity.get(finding.rule, finding.severity)
    if severity != finding.severity:
        remarks.append(f"等级按 {settings.path.name} 由“{LABELS[finding.severity]}”改为“{LABELS[severity]}”")
    waiver: Waiver | None = None
    for rule in settings.waivers:
        if not _is_for(rule, finding, report):
            continue
        if rule.wrong:
            remarks.append(f"{settings.path.name} 第{rule.line}行的豁免无效（{rule.wrong}），重新列出")
        elif rule.expires and rule.expires < today:
            remarks.append(f"豁免已于{rule.expires.isoformat()}到期（{rule.approver}批准，{rule.reason}），重新列出")
        elif waiver is None:
            waiver = Waiver("waiver", rule.reason, rule.approver, rule.expires.isoformat() if rule.expires else "")
    if waiver is None and finding.id in known:
        waiver = Waiver("baseline", "列入基线的既有问题", "", "")
    return replace(finding, severity=severity, remarks=(*finding.remarks, *remarks), waiver=waiver)


def _is_for(rule: WaiverRule, finding: Finding, report: Report) -> bool:
    """Whether everything that the waiver names fits the finding; one that names neither finding nor rule fits none."""
    if not rule.finding and not rule.rule:
        return False
    return (
        rule.finding in ("", finding.id)
        and rule.rule in ("", finding.rule)
        and (not rule.unit or bool(report.unit_name and names.match(rule.unit, [report.unit_name]).sure))
        and rule.year in (None, report.fiscal_year)
    )
