"""Planted errors in reports with tables: one changed figure of ``fixtures/tables`` or ``tables_more``, and whether an error involves it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractor.model.report import Report  # noqa: E402
from extractor.read import report_of  # noqa: E402
from extractor.readers import open_bytes  # noqa: E402
from verifier.verify import verify  # noqa: E402

FIXTURES = ROOT / "fixtures"
FOLDERS = ("tables", "tables_more")


@dataclass(frozen=True, slots=True)
class PlantedCell:
    """``original``, a piece of the report's HTML that occurs once, becomes ``planted``."""

    report: str
    original: str
    planted: str
    rule: str
    kind: str


def rows() -> Iterator[PlantedCell]:
    """All planted errors of the tables."""
    for path in sorted((FIXTURES / "planted").glob("tables_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from (PlantedCell(**row) for row in csv.DictReader(file))


@cache
def source(name: str) -> str:
    """The HTML of one report."""
    path = next(path for folder in FOLDERS if (path := FIXTURES / folder / name / "source.html").exists())
    return path.read_text(encoding="utf-8")


def read(html: str) -> Report:
    """The report that a page of HTML is."""
    return report_of(open_bytes(html.encode(), "source.html"))


@cache
def clean(name: str) -> Report:
    """The untouched report."""
    return read(source(name))


@cache
def said(name: str) -> frozenset[tuple[str, str]]:
    """What is found in the untouched report."""
    return frozenset((finding.rule, finding.message) for finding in verify(clean(name)).findings)


def severities(row: PlantedCell) -> set[str] | None:
    """How severe the findings on the changed figure are; ``None`` where the row's words do not stand in the report once."""
    html = source(row.report)
    if html.count(row.original) != 1:
        return None
    report = read(html.replace(row.original, row.planted))
    if [figure.text for figure in report.figures] == [figure.text for figure in clean(row.report).figures]:  # a word: the grade
        return {finding.severity for finding in verify(report).findings if (finding.rule, finding.message) not in said(row.report)}
    before = [figure.text for figure in clean(row.report).figures]
    after = [figure.text for figure in report.figures]
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)) - 1)
    changed = report.figures[at].id
    return {finding.severity for finding in verify(report).findings if changed in finding.figures}


if __name__ == "__main__":
    hits: dict[str, list[bool]] = {}
    for row in rows():
        found = severities(row)
        hits.setdefault(row.report, []).append(bool(found and "error" in found))
        if "--misses" in sys.argv and not hits[row.report][-1]:
            print("   ", row.report, row.original, "→", row.planted, "|", row.rule, "|", sorted(found or ()) if found is not None else "not once")
    for name, marks in hits.items():
        print(f"{name:<22}{sum(marks):4} of {len(marks)}")
    every = [mark for marks in hits.values() for mark in marks]
    print(f"{'all':<22}{sum(every):4} of {len(every)} ({sum(every) / len(every):.0%})")
