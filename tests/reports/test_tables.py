"""Reports whose figures stand in tables: read as a person reads them, not accused where honest, accused where planted."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from extractor.model.figure import Figure
from extractor.model.report import Evaluation, Indicator, Report
from extractor.read import read_report, report_of
from extractor.readers import open_bytes
from tools.make_files import made
from tools.planted_tables import FIXTURES, rows, severities
from verifier.verify import verify

TABLES = sorted((FIXTURES / "tables").glob("*/source.html"))
INCONSISTENT = FIXTURES / "inconsistent"
MORE = FIXTURES / "tables_more"
HONEST = [*sorted(INCONSISTENT.glob("b*/source.html")), *sorted(MORE.glob("*/source.html"))]
LEAST_READ = 0.95
"""Of the figures that a person typed so many are read with the same role, unit and comparator."""
LEAST_SEEN = 0.85


@pytest.mark.parametrize("path", [*TABLES, *HONEST], ids=lambda path: path.parent.name)
def test_an_honest_table_draws_no_error(path: Path) -> None:
    assert [f.message for f in verify(read_report(path)).findings if f.severity == "error" or "出错" in f.message] == []


@pytest.mark.parametrize("path", sorted(MORE.glob("*/source.html")), ids=lambda path: path.parent.name)
def test_all_tables_of_a_report_on_one_sheet_draw_no_error(path: Path) -> None:
    report = report_of(open_bytes(made(path.read_text(encoding="utf-8"), "xlsx"), "source.xlsx"))

    assert [f.message for f in verify(report).findings if f.severity == "error"] == []


def test_most_planted_errors_in_tables_are_seen() -> None:
    found = [severities(row) for row in rows()]
    assert None not in found
    assert sum("error" in (kinds or ()) for kinds in found) >= LEAST_SEEN * len(found)


def test_tables_are_read_as_a_person_reads_them() -> None:
    asked: list[bool] = []
    for path in TABLES:
        expected = json.loads((path.parent / "report.json").read_text(encoding="utf-8"))
        report = read_report(path)
        asked += [report.unit_name == expected["unit_name"], report.fiscal_year == expected["fiscal_year"]]
        for one in expected["evaluations"]:
            asked += list(_compared(one, _evaluation(report, one["name"]), report))
    assert sum(asked) >= LEAST_READ * len(asked)


def _evaluation(report: Report, name: str) -> Evaluation:
    if len(report.evaluations) == 1:
        return report.evaluations[0]
    return next((e for e in report.evaluations if e.name and _plain(e.name) in _plain(name)), report.evaluations[-1])


def _compared(expected: dict[str, Any], read: Evaluation, report: Report) -> list[bool]:
    """For every figure that was typed by hand whether it was read in that role."""
    printed: dict[str, set[str]] = defaultdict(set)
    for fact in [*read.facts, *report.facts]:
        printed[fact.field].add(_shown(fact.figure))
    found = [_plain(text) in printed[role] for _, role, text in expected.get("money", ()) if role != "other"]
    known = {_plain(indicator.name): indicator for indicator in read.indicators}
    for name, values in expected.get("indicators", {}).items():
        indicator = known.get(_plain(name))
        found += [_stands(indicator, field, text) for field, text in values.items() if text and re.search(r"\d", text)]
    total = expected.get("total_score")
    return [*found, _plain(total) in printed["total_score"]] if total else found


def _stands(indicator: Indicator | None, field: str, text: str) -> bool:
    if indicator is None:
        return False
    figures = [indicator.target, indicator.target_revised] if field == "target" else [getattr(indicator, field)]
    return any(figure is not None and _shown(figure, field == "target") == _plain(text) for figure in figures)


def _shown(figure: Figure, bound: bool = False) -> str:
    """The figure as a person types it: printed digits, the unit that it has, and its comparator if asked."""
    unit = "%" if figure.kind == "rate" and not figure.unit else figure.unit
    text = _plain(figure.text)
    if unit and not text.endswith(unit):
        text = re.sub(r"[^\d.,-]+$", "", text) + unit
    return ((figure.comparator or "") if bound else "") + text


def _plain(words: str | None) -> str:
    return re.sub(r"[\s,]", "", words or "").translate(str.maketrans("＝＜（）：％", "=<():%"))


ERRORS_OF = {
    "c05": "136", "c09": "1505.3", "c11": "170", "c19": "1.00", "c21": "2089元", "c25": "10", "c29": "86.19%", "c31": "100", "c33": "84.47分",
}  # fmt: skip
"""Contradictions of published reports, rebuilt: the figure that an error must involve."""


@pytest.mark.parametrize(("name", "figure"), ERRORS_OF.items())
def test_a_contradiction_of_a_published_report_is_found(name: str, figure: str) -> None:
    report = read_report(INCONSISTENT / name / "source.html")
    involved = {key for finding in verify(report).findings if finding.severity == "error" for key in finding.figures}
    assert figure in {f.text for f in report.figures if f.id in involved}


def test_the_cell_where_a_row_and_a_column_cross_is_named() -> None:
    (finding,) = (f for f in verify(read_report(INCONSISTENT / "c05" / "source.html")).findings if f.severity == "error")
    assert (finding.causes[0].kind, finding.causes[0].suggested) == ("crossing_cell", "135万元")
    assert finding.where == "表1 第8行第3列"


DOUBTS_OF = {"c17": ("CON-05", "100元"), "c37": ("CON-11", "425万粒"), "c39": ("SCO-03", "1.9"), "c41": ("IND-03", "100%")}
"""Doubts about published reports, rebuilt: the rule and the figure of a warning."""


@pytest.mark.parametrize(("name", "rule", "figure"), [(name, *doubt) for name, doubt in DOUBTS_OF.items()])
def test_a_doubt_about_a_published_report_is_raised(name: str, rule: str, figure: str) -> None:
    found = verify(read_report(INCONSISTENT / name / "source.html")).findings
    assert (rule, figure) in {(f.rule, f.stated) for f in found if f.severity == "warning"}


def test_a_total_that_was_never_filled_in_is_an_error() -> None:
    found = [f for f in verify(read_report(INCONSISTENT / "c31" / "source.html")).findings if f.rule == "BUD-10"]
    assert {f.recomputed for f in found} == {"90万元", "89.97万元", "202.64万元", "132.91万元"}
    assert {f.severity for f in found} == {"error"}
