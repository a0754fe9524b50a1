"""What several tests need: a report from a text, and the seed report where it is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from extractor.model.report import Report
from extractor.read import read_report, understand

collect_ignore = ["postgresql.py"]
settings.register_profile("untimed", deadline=None)  # a machine that others use too is slow now and then
settings.load_profile("untimed")
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


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """A PostgreSQL server, where Debian's packages are installed."""
    if not find_spec("psycopg"):
        pytest.skip("psycopg is not installed: no PostgreSQL is tested")
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("PostgreSQL is not installed (apt install postgresql): it is not tested")
    from tests.postgresql import Server

    found = Server()
    yield found
    found.remove()
