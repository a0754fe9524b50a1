"""What was checked and what came of it: the verifier's answer, plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from extractor.model.report import Report

Verdict = Literal["consistent", "rounding", "doubtful", "inconsistent", "unchecked"]
Severity = Literal["error", "warning", "notice", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice", "info")
LABELS: dict[str, str] = {"error": "错误", "warning": "疑点", "notice": "提示", "info": "说明"}


@dataclass(slots=True)
class Check:
    """One recomputation. ``figures[0]`` is the stated figure, the others are the operands."""

    id: str
    rule: str
    title: str
    formula: str
    figures: tuple[str, ...]
    stated: str | None
    recomputed: str | None
    interval: tuple[str, str] | None
    reading: str
    verdict: Verdict
    reason: str | None = None
    difference: str | None = None
    power: str | None = None
    """The smallest error of the stated figure that the check would have seen; ``None`` where it did not hold."""


@dataclass(slots=True)
class Cause:
    """A possible explanation, with the figure most likely wrong and what it should be."""

    kind: str
    figure: str | None
    suggested: str | None
    explanation: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a finding asks nothing of the unit: someone waived it, or it stands in the baseline of known findings."""

    kind: Literal["waiver", "baseline"]
    reason: str
    approver: str
    expires: str
    """The last day, as 2025-12-31; empty where there is none."""


@dataclass(slots=True)
class Finding:
    """One thing for a person to look at. ``figures[0]`` is the figure it is about."""

    id: str
    rule: str
    severity: Severity
    title: str
    message: str
    stated: str | None
    recomputed: str | None
    difference: str | None
    formula: str
    readings_tried: tuple[str, ...]
    figures: tuple[str, ...]
    page: int | None
    bbox: tuple[float, ...]
    section: str
    quote: str
    basis: str
    causes: tuple[Cause, ...] = ()
    impact: dict[str, str] = field(default_factory=dict)
    also_at: tuple[str, ...] = ()
    where: str = ""
    """Where a person would look it up: 第3页, 第3页 表2 第5行第3列, Sheet1!F12."""
    waiver: Waiver | None = None
    remarks: tuple[str, ...] = ()
    """What was decided of it besides: another severity, a waiver that is out of date."""


@dataclass(slots=True)
class Entry:
    """What became of one figure: ``status`` as in the contract, ``reason`` in words where it is not verified."""

    figure: str
    role: str | None
    scope: str | None
    status: Literal["verified", "contradicted", "questionable", "unchecked", "not_a_claim"]
    reason: str | None
    checks: tuple[str, ...]


@dataclass(slots=True)
class Audit:
    """The whole answer for one report."""

    report: Report
    scheme: str
    checks: list[Check] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ledger: list[Entry] = field(default_factory=list)

    def count(self, severity: Severity) -> int:
        """How many findings of this severity are open; waived ones stay on the list, but count as ``waived``."""
        return sum(finding.severity == severity and finding.waiver is None for finding in self.findings)

    @property
    def waived(self) -> int:
        """How many findings somebody waived, or the baseline knows."""
        return sum(finding.waiver is not None for finding in self.findings)

    @property
    def coverage(self) -> dict[str, int]:
        """Figures by status, and ``figures``, their number."""
        counts = {
            "figures": len(self.ledger),
            "verified": 0,
            "contradicted": 0,
            "questionable": 0,
            "unchecked": 0,
            "not_a_claim": 0,
        }
        for entry in self.ledger:
            counts[entry.status] += 1
        return counts
