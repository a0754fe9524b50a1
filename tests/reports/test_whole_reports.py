"""Full-length reports that were written without a look at the code: clean they draw no error; most planted errors are seen.

Shares are floors, not goals: ``bench/narrative.py`` prints what is seen today, decision 0002 what each set showed at first.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from extractor.model.report import Report
from extractor.read import read_report
from tools.planted import FIXTURES, errors, rows, seen

PATHS = sorted(FIXTURES.glob("reports/*/*/report.txt"))
FLOORS = {"narrative": 0.74, "wave2": 0.58, "wave3": 0.50, "wave4": 0.55, "wave5": 0.55, "wave6": 0.45, "wave7": 0.75}


@cache
def clean(kind: str, name: str) -> Report:
    return read_report(FIXTURES / "reports" / kind / name / "report.txt")


@pytest.mark.parametrize("path", PATHS, ids=[f"{path.parts[-3]}-{path.parts[-2]}" for path in PATHS])
def test_a_clean_report_draws_no_error(path: Path) -> None:
    report = clean(*path.parts[-3:-1])

    assert [f"{f.rule} {f.message}" for f in errors(report)] == []


@pytest.mark.parametrize("kind", [kind for kind in FLOORS if (FIXTURES / "reports" / kind).is_dir()])
def test_most_planted_errors_are_seen(kind: str) -> None:
    results = [seen(clean(kind, row.report), row) for row in rows(kind)]

    assert None not in results
    assert sum(map(bool, results)) / len(results) >= FLOORS[kind]
