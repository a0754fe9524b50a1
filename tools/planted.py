"""Planted errors: one changed figure in a clean report, and whether an error involves it.

Shared by the tests and the bench: ``fixtures/planted/<set>.csv`` belongs to the reports of ``fixtures/reports/<set>``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.model.report import Report
from extractor.read import understand
from extractor.text import SIGNS
from verifier.audit import Finding
from verifier.verify import verify

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


@dataclass(frozen=True, slots=True)
class Planted:
    """``original``, where it stands for the ``occurrence``-th time in ``report``, becomes ``planted``."""

    report: str
    original: str
    planted: str
    occurrence: int
    rule: str
    kind: str


def _read(words: str) -> str:
    """Words as the reader prints them: signs normalised, no space but between ASCII words."""
    return re.sub(r" +(?![A-Za-z0-9.,])|(?<![A-Za-z0-9.,]) +", "", words.translate(SIGNS))


def rows(name: str) -> Iterator[Planted]:
    """The planted errors of one set, their signs as the reader normalises them."""
    with (FIXTURES / "planted" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Planted(
                row["report"], _read(row["original"]), _read(row["planted"]),
                int(row["occurrence"]), row["rule"], row["kind"],
            )  # fmt: skip


def errors(report: Report) -> list[Finding]:
    """The findings that say that something is wrong."""
    return [finding for finding in verify(report).findings if finding.severity == "error"]


def severities(clean: Report, row: Planted) -> set[str] | None:
    """How severe the findings on the changed figure are; ``None`` where the row's words are not in the text."""
    places = [match.start() for match in re.finditer(re.escape(row.original), clean.text)]
    if len(places) < row.occurrence:
        return None
    at = places[row.occurrence - 1]
    changed = Report(clean.path, clean.sha256, clean.format, clean.pages)
    changed.text = clean.text[:at] + row.planted + clean.text[at + len(row.original) :]
    understand(changed)
    here = {figure.id for figure in changed.figures if at <= figure.start < at + len(row.planted)}
    return {finding.severity for finding in verify(changed).findings if here & set(finding.figures) or finding.rule == "GRD-01"}


def seen(clean: Report, row: Planted) -> bool | None:
    """Whether the planted error draws an error on the changed figure."""
    found = severities(clean, row)
    return None if found is None else "error" in found
