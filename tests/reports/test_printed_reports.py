"""The same report as text and as PDF of three producers: the same figures, the same findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.read import read_report
from verifier.verify import verify

REPORTS = Path(__file__).resolve().parents[2] / "fixtures" / "reports"
PRINTED = sorted(REPORTS.glob("*/*/report-*.pdf"))


@pytest.mark.parametrize("path", PRINTED, ids=[f"{path.parent.name}-{path.stem}" for path in PRINTED])
def test_a_printed_report_says_what_its_text_says(path: Path) -> None:
    text, printed = verify(read_report(path.with_name("report.txt"))), verify(read_report(path))

    assert [f.text for f in printed.report.figures if f.is_claim] == [f.text for f in text.report.figures if f.is_claim]
    assert sorted((f.rule, f.severity, f.stated) for f in printed.findings) == sorted((f.rule, f.severity, f.stated) for f in text.findings)


def test_three_producers_are_tried() -> None:
    assert {path.stem.partition("-")[2] for path in PRINTED} == {"chromium", "reportlab", "weasyprint"}
