"""What several tests need: a report from a text, and the seed report where it is at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.model.report import Report
from extractor.read import read_report, understand

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed"


@pytest.fixture(scope="session")
def seed() -> Report:
    """The user's own report as text."""
    if not (SEED / "report.txt").exists():
        pytest.skip("shared/seed is not here: these tests need the seed report")
    return read_report(SEED / "report.txt")


@pytest.fixture(scope="session")
def seed_pdf() -> Report:
    """The same text printed to PDF."""
    if not (SEED / "report.pdf").exists():
        pytest.skip("shared/seed is not here: these tests need the seed report")
    return read_report(SEED / "report.pdf")


@pytest.fixture(scope="session")
def report_of_text() -> Callable[[str], Report]:
    """Understands a text that is joined and normalised already."""

    def make(text: str) -> Report:
        report = Report("text.txt", "0" * 64, "txt", 1, text=text)
        understand(report)
        return report

    return make
