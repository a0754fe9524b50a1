"""The own reports of nine regions: clean they draw no error; with one changed figure the rule that must see it sees it."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from extractor.model.report import Report
from extractor.read import read_report, understand
from verifier.verify import verify

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
NAMES = sorted(path.parent.name for path in FIXTURES.glob("reports/*/report.txt"))
with (FIXTURES / "planted.csv").open(encoding="utf-8", newline="") as file:
    PLANTED = list(csv.DictReader(file))


@cache
def clean(name: str) -> Report:
    return read_report(FIXTURES / "reports" / name / "report.txt")


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_report_draws_no_error(name: str) -> None:
    assert [f"{f.rule} {f.message}" for f in verify(clean(name)).findings if f.severity == "error"] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_was_typed_by_hand_is_read(name: str) -> None:
    expected = json.loads((FIXTURES / "reports" / name / "report.json").read_text(encoding="utf-8"))
    report = clean(name)
    facts = {(fact.field, fact.subject.name, fact.figure.text) for fact in report.facts}
    indicators = {
        i.name: [(f"{f.comparator or ''}{f.text}" if f else None) for f in (i.target, i.actual, i.completion_rate, i.weight, i.score)]
        for i in report.indicators
    }

    assert (report.unit_name, report.fiscal_year, report.grade.word if report.grade else None) == (
        expected["unit_name"], expected["fiscal_year"], expected["grade"],
    )  # fmt: skip
    assert [row for row in expected["facts"] if tuple(row) not in facts] == []
    assert {key: indicators.get(key) for key in expected["indicators"]} == expected["indicators"]


@pytest.mark.parametrize("row", PLANTED, ids=[f"{r['report']}-{r['planted']}" for r in PLANTED])
def test_a_planted_error_is_found(row: dict[str, str]) -> None:
    base = clean(row["report"])
    context, planted = (row[key].translate({0xFF08: "(", 0xFF09: ")", 0xFF1A: ":"}) for key in ("context", "planted"))
    assert base.text.count(context) >= 1, f"{context} is not in the report"
    changed = Report(base.path, base.sha256, base.format, base.pages, text=base.text.replace(context, planted, 1))
    understand(changed)
    at = changed.text.index(planted)
    here = {f.id for f in changed.figures if at <= f.start < at + len(planted)}
    found = {f.rule for f in verify(changed).findings if f.severity == "error" and (here & set(f.figures) or f.rule == "GRD-01")}

    assert found & set(row["rule"].split("|")), found
