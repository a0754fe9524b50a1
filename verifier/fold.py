"""One wrong number, one finding: what the same figures say again is folded under what they said first."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.model.figure import Figure
from verifier.audit import Finding


def folded(findings: list[Finding], figures: dict[str, Figure]) -> list[Finding]:
    """The findings with repeats under the first: the same numbers under one rule, or as a stated relation beside a rule."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: f.rule.startswith("REL")):
        home = next((index for index, other in enumerate(kept) if _says_the_same(other, finding, figures)), None)
        if home is None:
            kept.append(finding)
        else:
            kept[home] = _with(kept[home], finding)
    return kept


def _says_the_same(first: Finding, again: Finding, figures: dict[str, Figure]) -> bool:
    if first.severity != again.severity or not first.figures or not again.figures or first.stated is None:
        return False
    mine, theirs = _values(first, figures), _values(again, figures)
    if again.rule == first.rule:
        return mine == theirs and first.stated == again.stated
    return again.rule.startswith("REL") and mine == theirs


def _values(finding: Finding, figures: dict[str, Figure]) -> set[object]:
    return {figures[key].value.as_integer_ratio() if figures[key].number is not None else key for key in finding.figures}


def _with(first: Finding, again: Finding) -> Finding:
    also = re.sub(r"\s+", " ", f"{again.rule} {again.where} {again.section}").strip()
    return replace(first, figures=tuple(dict.fromkeys((*first.figures, *again.figures))), also_at=(*first.also_at, also))
