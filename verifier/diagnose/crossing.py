"""The cell where a row and a column of a table miss by the same amount: one wrong cell, not two wrong totals."""

from __future__ import annotations

from dataclasses import replace

from extractor.model.figure import Figure
from verifier.audit import Cause, Finding
from verifier.words import like

SUMS = ("REL-01", "BUD-10", "SCO-10", "WGT-03")


def crossed(findings: list[Finding], figures: dict[str, Figure]) -> list[Finding]:
    """The findings with two sums that miss by one amount, and share one cell, made one finding that names the cell."""
    kept: list[Finding] = []
    for finding in findings:
        home = next((index for index, other in enumerate(kept) if _crosses(other, finding)), None)
        if home is None:
            kept.append(finding)
        else:
            kept[home] = _with(kept[home], finding, figures)
    return kept


def _crosses(first: Finding, second: Finding) -> bool:
    """Whether both are sums that miss by the same amount and have just one part in common."""
    if first.severity != "error" or second.severity != "error" or first.rule not in SUMS or second.rule not in SUMS:
        return False
    same = first.difference == second.difference and first.figures[0] != second.figures[0]
    return same and len(set(first.figures[1:]) & set(second.figures[1:])) == 1


def _with(first: Finding, second: Finding, figures: dict[str, Figure]) -> Finding:
    (key,) = set(first.figures[1:]) & set(second.figures[1:])
    cell, total = figures[key], figures[first.figures[0]]
    made = sum(figures[part].value for part in first.figures[1:])
    suggested = like(cell.value + total.value - made, cell, 2)
    cause = Cause("crossing_cell", key, suggested, f"行、列两个合计均相差{first.difference}，交叉处的{cell.text}若为{suggested}，两个合计都相符")
    return replace(
        first, causes=(cause, *first.causes), figures=tuple(dict.fromkeys((*first.figures, *second.figures))),
        message=f"{first.message}另一方向的合计{second.stated}也相差{second.difference}，请先核对交叉处的{cell.text}。",
        also_at=(*first.also_at, f"{second.rule} {second.quote}".strip()),
    )  # fmt: skip
