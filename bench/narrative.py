"""False errors and recall on the own full-length reports, which are measured and not tested: they may show faults.

    python bench/narrative.py

Prints each error on a clean report (there should be none) and how many planted errors draw an error that involves the
changed figure. The first measurement, before anything was mended after them, is in ``docs/decisions/0002``.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from extractor.model.report import Report
from extractor.read import read_report, understand
from extractor.text import SIGNS
from verifier.verify import verify

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"


def false_errors(reports: dict[str, Report]) -> int:
    total = 0
    for name, report in reports.items():
        found = [finding for finding in verify(report).findings if finding.severity == "error"]
        total += len(found)
        print(f"{name}: {len(found)}")
        for finding in found:
            print(f"    {finding.rule} {finding.message}")
    return total


def planted(reports: dict[str, Report]) -> tuple[int, int, int]:
    """Rows tried, rows with an error on the changed figure, rows whose words the joined text does not hold."""
    tried = seen = absent = 0
    with (FIXTURES / "planted" / "planted.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            base = reports.get(row["report"])
            if base is None:
                continue
            new, old = row["planted"].translate(SIGNS), row["original"].translate(SIGNS)
            places = [match.start() for match in re.finditer(re.escape(old), base.text)]
            if len(places) < int(row["occurrence"]):
                absent += 1
                continue
            at = places[int(row["occurrence"]) - 1]
            changed = Report(base.path, base.sha256, base.format, base.pages, text=base.text[:at] + new + base.text[at + len(old) :])
            understand(changed)
            here = {figure.id for figure in changed.figures if at <= figure.start < at + len(new)}
            before = {finding.id for finding in verify(base).findings if finding.severity == "error"}
            errors = [f for f in verify(changed).findings if f.severity == "error" and f.id not in before]
            tried += 1
            seen += any(here & set(f.figures) or f.rule == "GRD-01" for f in errors)
    return tried, seen, absent


def main() -> None:
    reports = {path.parent.name: read_report(path) for path in sorted(FIXTURES.glob("reports/narrative/*/report.txt"))}
    total = false_errors(reports)
    tried, seen, absent = planted(reports)
    print(f"false errors: {total} on {len(reports)} clean reports")
    print(f"planted errors: {seen} of {tried} seen; {absent} more could not be placed in the joined text")


if __name__ == "__main__":
    main()
