"""Findings of the store as the documents need them: in their order, what they ask of the unit, which mistake they are."""

from __future__ import annotations

from typing import Any, NamedTuple

from verifier.audit import SEVERITIES, Cause, Finding, Waiver
from verifier.words import SLIPS

FOR_THE_BUREAU = "请在复核时"
"""What a finding says that is for the reviewer alone, such as full marks throughout."""
CAUSES = {**SLIPS, "wrong_base": "分母口径不同", "omitted_total": "总额行漏填", "omitted_item": "合计漏加一项", "crossing_cell": "行列交叉处的一格"}
REQUESTS = {"error": "请核实并更正", "warning": "请核实或说明", "notice": "请说明情况", "info": "请补充"}
"""What a unit is asked to do, in the words of a letter."""


class Mistake(NamedTuple):
    """What makes findings of several units the same: the rule, and the likeliest cause where one is known."""

    rule: str
    cause: str


def finding_of(contract: dict[str, Any]) -> Finding:
    """A finding of the contract as the verifier's."""
    fields = dict(contract)
    fields["causes"] = tuple(Cause(**cause) for cause in contract["causes"])
    for name in ("readings_tried", "figures", "bbox", "also_at", "remarks"):
        fields[name] = tuple(contract.get(name, ()))
    fields["waiver"] = Waiver(**waiver) if (waiver := contract.get("waiver")) else None
    return Finding(**fields)


def findings_of(document: dict[str, Any]) -> list[Finding]:
    """The findings of a document, the most severe first, each severity in the order of the list."""
    return sorted(map(finding_of, document["findings"]), key=lambda finding: SEVERITIES.index(finding.severity))


def asks(finding: Finding) -> bool:
    """Whether there is something for the unit to answer: not where a difference is explained or waived, nor what only the bureau looks at."""
    if finding.waiver is not None or FOR_THE_BUREAU in finding.message:
        return False
    return finding.severity != "info" or "请" in finding.message


def mistake_of(finding: Finding) -> Mistake:
    """The mistake that a finding is one case of."""
    return Mistake(finding.rule, finding.causes[0].kind if finding.causes else "")
