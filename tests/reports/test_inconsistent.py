"""The real inconsistencies of the collected reports, rebuilt as small ones: each is found, with the severity that a person gave it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.read import read_report
from verifier.verify import verify

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "inconsistent"
CASES = [(path.parent.name, row) for path in sorted(FOLDER.glob("c*/findings.json")) for row in json.loads(path.read_text(encoding="utf-8"))]
OTHERWISE = {
    ("c01", "63%"): "notice",  # follows from the wrong total, whose finding names both; here only the rate itself is remarked on
    ("c07", "6万元"): "warning",  # one document may assign money twice
    ("c13", "7.79万元"): "info",  # a tail difference
    ("c15", "99%"): "info",  # cut off, not rounded
    ("c27", "0.958"): "info",  # cut off, not rounded
    ("c27", "8"): "info",  # a whole number of points, given too low
    ("c39", "3"): "info",
    ("c39", "1"): "info",
    ("c43", "100%"): "info",  # no final value to hold it against
}
"""Where our severity is another one than the reader's, with the reason."""


@pytest.mark.parametrize("name,row", CASES, ids=[f"{name}-{row['stated']}" for name, row in CASES])
def test_each_is_found(name: str, row: dict[str, Any]) -> None:
    report = read_report(FOLDER / name / "source.html")
    printed = {figure.id: figure.text for figure in report.figures}
    wanted = OTHERWISE.get((name, row["stated"]), row["severity"])
    found = [
        finding for finding in verify(report).findings
        if any(printed[figure] == row["stated"] or row["stated"] in (printed[figure], printed[figure].strip("≥≤")) for figure in finding.figures)
    ]  # fmt: skip
    assert wanted in {finding.severity for finding in found} or (row["stated"] == "优" and any(f.rule.startswith("GRD") for f in verify(report).findings))


@pytest.mark.parametrize(
    "name,suggested,named",
    [
        ("c01", "2735.83万元", "520.38万元"), ("c03", "922.88万元", "992.88万元"), ("c05", "135万元", "136"), ("c09", "1509.3万元", "漏加4"),
        ("c11", "179.60万元", "漏加9.6"), ("c19", "25.00分", "权重重复"), ("c21", "2089万元", "2089元"), ("c29", "86.18%", "86.19%"),
        ("c31", "90万元", "总额填0"), ("c35", "112.8542%", "4600套"),
    ],
)  # fmt: skip
def test_the_first_cause_is_the_diagnosis(name: str, suggested: str, named: str) -> None:
    first = [finding.causes[0] for finding in verify(read_report(FOLDER / name / "source.html")).findings if finding.causes]
    assert any(cause.suggested == suggested and named in cause.explanation for cause in first)
