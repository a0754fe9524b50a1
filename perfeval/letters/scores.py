"""What a report scores itself, and what its findings may make of that."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from verifier.audit import Finding

POINTS = re.compile(r"-?\d+(?:\.\d+)?")
CHANGE = re.compile(r"(?P<before>[优良中差])→(?P<after>[优良中差])")


@dataclass(frozen=True, slots=True)
class Score:
    """综合得分 and 等级 as stated, the range of the total that the findings leave, and the grade that it may become."""

    total: Decimal | None
    grade: str
    low: Decimal | None
    high: Decimal | None
    change: str

    @property
    def at_stake(self) -> bool:
        """Whether any finding touches the total or the grade."""
        return bool(self.change) or self.low != self.high

    @property
    def span(self) -> str:
        """复算区间: 89.02～97.50, empty where nothing is at stake."""
        return f"{self.low}～{self.high}" if self.low is not None and self.low != self.high else ""


def score_of(document: dict[str, Any], findings: Iterable[Finding]) -> Score:
    """The score of a document of the contract."""
    report = document["report"]
    total = _total(report) if report else None
    found = list(findings)
    low, high = _range(total, found)
    return Score(total, (report["grade"] or "") if report else "", low, high, _change(found))


def _total(report: dict[str, Any]) -> Decimal | None:
    """The first 综合得分 of the report, else of its tables."""
    for lines in (report["evaluation"], *(one["evaluation"] for one in report["evaluations"])):
        for line in lines:
            for value in line["fields"].get("total_score", ()):
                if value["value"] is not None:
                    return Decimal(value["value"])
    return None


def _range(total: Decimal | None, findings: list[Finding]) -> tuple[Decimal | None, Decimal | None]:
    """How far the points at stake may move the total; what a reviewer may leave alone counts as nought at best."""
    if total is None:
        return None, None
    low = high = total
    for finding in findings:
        moves = [Decimal(0), *(Decimal(number) for number in POINTS.findall(finding.impact.get("points", "").partition("（")[0].replace("--", "")))]
        low += min(moves)
        high += max(moves)
    return max(low, Decimal(0)), high


def _change(findings: list[Finding]) -> str:
    """优→良: the grade that a finding puts in question, the lowest where several do."""
    changes = [match for finding in findings if (match := CHANGE.search(_grades(finding)))]
    moved = [match for match in changes if match["before"] != match["after"]]
    return max(moved, key=lambda match: "优良中差".index(match["after"])).group() if moved else ""


def _grades(finding: Finding) -> str:
    """The change of grade that a finding states, or that lies in a grade which its own score does not bear out."""
    if finding.rule == "GRD-01" and finding.severity in ("error", "warning"):
        return f"{(finding.stated or '')[:1]}→{finding.recomputed}"
    return finding.impact.get("grade", "")
