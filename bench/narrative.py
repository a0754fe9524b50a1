"""False errors and recall on the own full-length reports, set by set.

    python bench/narrative.py [SET …] [--misses]

Prints each error on a clean report (there should be none), how many planted errors draw an error that involves the changed
figure, and how much of the claims was checked. What each set showed the first time, when nothing had been developed
against it, is in ``docs/decisions/0002``.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractor.model.report import Report  # noqa: E402
from extractor.read import read_report  # noqa: E402
from tools.planted import FIXTURES, errors, rows, severities  # noqa: E402
from verifier.verify import verify  # noqa: E402

SETS = ("narrative", "wave2", "wave3", "wave4", "wave5", "wave6", "wave7")


def clean_reports(name: str) -> dict[str, Report]:
    return {path.parent.name: read_report(path) for path in sorted(FIXTURES.glob(f"reports/{name}/*/report.txt"))}


def measure(name: str, misses: bool) -> None:
    reports = clean_reports(name)
    false = claims = checked = 0
    for report_name, report in reports.items():
        coverage = verify(report).coverage
        claims += coverage["figures"] - coverage["not_a_claim"]
        checked += coverage["figures"] - coverage["not_a_claim"] - coverage["unchecked"]
        for finding in errors(report):
            false += 1
            print(f"    {report_name} {finding.rule} {finding.message}")
    found: Counter[str] = Counter()
    for row in rows(name):
        result = severities(reports[row.report], row)
        kind = "not placed" if result is None else "error" if "error" in result else "warning" if "warning" in result else "missed"
        found[kind] += 1
        if misses and kind != "error":
            print(f"    {row.report}: {row.original} → {row.planted} ({row.rule}) {kind}")
    tried = found.total() - found["not placed"]
    print(
        f"{name}: {false} false errors on {len(reports)} clean reports; {found['error']} of {tried} planted errors are errors "
        f"({found['error'] * 100 // max(tried, 1)} %), {found['warning']} more are warnings, {found['not placed']} not placed; "
        f"{checked} of {claims} claims checked"
    )


def main() -> None:
    names = [word for word in sys.argv[1:] if not word.startswith("-")]
    for name in names or [name for name in SETS if (FIXTURES / "reports" / name).is_dir()]:
        measure(name, "--misses" in sys.argv)


if __name__ == "__main__":
    main()
