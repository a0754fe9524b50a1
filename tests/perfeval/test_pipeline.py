"""The second engine's word before an error, and what a bug of ours costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from perfeval import pipeline
from verifier.audit import Audit

PAGE = "全年预算数 313.87万元，全年支出307.2 7 万元，预算执行率７９．９０％。"


@pytest.fixture
def asked(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Runs the pipeline on the hand-made audit; the list holds the pages asked for, then the figures not confirmed."""
    calls: list[Any] = []

    def verify(report: object, scheme: str | None, unconfirmed: frozenset[str] = frozenset(), books: object = ()) -> Audit:
        if not unconfirmed:
            return audit
        calls.append(unconfirmed)
        return Audit(audit.report, audit.scheme, audit.checks, [replace(audit.findings[0], severity="warning")], audit.ledger)

    def texts(path: str, pages: list[int]) -> dict[int, str]:
        calls.append(pages)
        return {page: text for page, text in PAGES.items() if page in pages}

    monkeypatch.setattr(pipeline, "read_report", lambda path: audit.report)
    monkeypatch.setattr(pipeline, "verify", verify)
    monkeypatch.setattr("extractor.readers.second.texts_by_pdfplumber", texts)
    return calls


PAGES: dict[int, str] = {}


@pytest.mark.parametrize(
    ("page", "following", "severity"),
    [
        (PAGE, "", "error"),
        (PAGE.replace("313", "373"), "", "warning"),
        (PAGE.replace("313", "1313"), "", "warning"),
        (PAGE.replace("３", "3").replace("313.87", "1,313.87"), "", "warning"),
        ("全年预算数313.87万元，全年支出307.27万元，执行率79.", "90%。", "error"),
        ("全年预算数313.87万元，全年支出307.27万元，执行率7", "二、其他", "warning"),
        ("", "", "warning"),
    ],
    ids=["agrees", "another digit", "longer number", "thousands", "cut by the page", "a digit at the foot is no number", "page not read"],
)  # fmt: skip
def test_an_error_needs_two_engines(asked: list[Any], page: str, following: str, severity: str) -> None:
    PAGES.update({3: page, 4: following})
    assert pipeline.audit_file("县报告.pdf").findings[0].severity == severity
    assert asked[0] == [3, 4]


def test_text_files_and_reports_without_errors_are_read_once(asked: list[Any], audit: Audit) -> None:
    audit.report.format = "txt"
    assert pipeline.audit_file("x").findings[0].severity == "error"
    audit.report.format = "pdf"
    audit.findings = []
    pipeline.audit_file("x")
    assert asked == []


def test_a_bug_of_ours_is_an_unreadable_report_and_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: object) -> None:
        raise IndexError

    monkeypatch.setattr(pipeline, "read_report", broken)
    audit = pipeline.audit_file(Path("报告.pdf"))
    assert audit.report.error
    assert (audit.report.path, audit.report.error.code) == ("报告.pdf", "internal_error")
    monkeypatch.setenv(pipeline.RAISE, "1")
    with pytest.raises(IndexError):
        pipeline.audit_file("报告.pdf")


def test_an_unknown_scheme_is_said_at_once() -> None:
    with pytest.raises(KeyError):
        pipeline.audit_file("报告.pdf", "没有")
