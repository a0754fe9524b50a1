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
        ("c01", "2735.83万元", "520.38万元"), ("c03", "922.88万元", "992.88万元"), ("c03", "1990.08万元", "992.88万元按922.88万元计"), ("c05", "135万元", "136"), ("c09", "1509.3万元", "漏加4"),
        ("c11", "179.60万元", "漏加9.6"), ("c19", "25.00分", "权重重复"), ("c21", "2089万元", "2089元"), ("c29", "86.18%", "86.19%"),
        ("c31", "90万元", "总额填0"), ("c35", "112.8542%", "4600套"),
        ("c07", "5万元", "6万元"), ("c07", "6万元", "5万元"), ("c15", "100%", "99%系截去尾数"), ("c17", "100万元", "100元"), ("c23", "380.000公里", "误用了他处的200.031公里"),
        ("c25", "9.09分", "高于按完成情况计算"), ("c27", "0.959", "0.958系截去尾数"), ("c33", "良", "不属“优”"), ("c37", "550万粒", "425万粒"), ("c37", "535.5亩", "1250亩"),
        ("c39", "1.694分", "1.9高于"), ("c45", "0.070032‰", "基数约为126.34万公顷"),
    ],
)  # fmt: skip
def test_a_cause_is_the_diagnosis(name: str, suggested: str, named: str) -> None:
    findings = verify(read_report(FOLDER / name / "source.html")).findings
    likely = [cause for finding in findings for cause in finding.causes[: 2 if finding.severity == "warning" else 1]]  # of doubts both are named
    assert any(cause.suggested == suggested and named in cause.explanation for cause in likely)


def test_what_follows_from_a_wrong_total_is_named_with_it() -> None:
    (finding,) = (finding for finding in verify(read_report(FOLDER / "c01" / "source.html")).findings if finding.severity == "error")
    assert "RAT-01 63%相应应为58.70%" in finding.also_at


@pytest.mark.parametrize(("name", "rule"), [("c13", "REL-01"), ("c41", "IND-03"), ("c43", "IND-08")])
def test_where_no_single_figure_is_wrong_none_is_blamed(name: str, rule: str) -> None:
    """A tail difference, a cap that is used here and not there, a share beside a number: the message says what it is."""
    found = [finding for finding in verify(read_report(FOLDER / name / "source.html")).findings if finding.rule == rule]
    assert found
    assert not any(finding.causes for finding in found)
