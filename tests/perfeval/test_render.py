"""What each output says of hand-made audits."""

from __future__ import annotations

import csv as csv_
import io
import json as json_
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.read import read_report
from perfeval.contract import Extracted, Output
from perfeval.output import as_json, extracted, to_output
from perfeval.pipeline import audit_file
from perfeval.render import csv, json, md, terminal
from perfeval.render.layout import columns, wrap
from verifier.audit import Audit, Finding

FIXTURES = Path(__file__).parents[2] / "fixtures"
REPORTS = [*sorted((FIXTURES / "reports").glob("*/report.txt")), *sorted((FIXTURES / "tables").glob("*/source.html"))]


def rendered(write: Callable[[list[Audit], Any], None], *audits: Audit) -> str:
    out = io.StringIO(newline="")
    write(list(audits), out)
    return out.getvalue()


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_terminal_says_all_that_a_reviewer_asks(audit: Audit) -> None:
    out = rendered(terminal.write, audit)
    for words in (
        "某县招商局",
        "2023",
        "【错误】1条",
        "RAT-01",
        "第3页",
        "一、预算执行",
        "79.90%",
        "97.90%",
        "-18.00%",
        "90.22%",
        "财预〔2020〕10号",
        "数字可能颠倒",
        "RAT-01 第5页",
    ):
        assert words in out
    assert "读到3个数字，其中陈述3个" in out
    assert "没有可与之核对的其他数字1个" in out


def test_an_unreadable_file_is_one_sentence_among_the_others(audit: Audit, unreadable: Audit) -> None:
    out = rendered(terminal.write, unreadable, audit)
    assert "没有文字层" in out
    assert "共2份，无法读取1份，有错误1份；错误1、疑点0、提示0、说明0。" in out


def test_colour_only_where_it_is_seen(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen, quiet = Screen(), Screen()
    terminal.write([audit], screen)
    monkeypatch.setenv("NO_COLOR", "1")
    terminal.write([audit], quiet)
    assert "\x1b[31m【错误】1条" in screen.getvalue()
    assert "\x1b" not in quiet.getvalue()
    assert "\x1b" not in rendered(terminal.write, audit)


def test_a_report_cannot_steer_the_terminal(hostile: Audit) -> None:
    assert "\x1b" not in rendered(terminal.write, hostile)
    assert "\x1b" not in rendered(md.write, hostile)


def test_no_line_is_wider_than_80_columns(audit: Audit, finding: Finding) -> None:
    long = "经复算，" + "由1,286.35万元、1,035.77万元得2,322.12万元（含“三公”经费），" * 9 + "X" * 200
    audit.findings = [replace(finding, message=long, section="章" * 60, readings_tried=(long, long))]
    audit.report.title = "题" * 90
    lines = rendered(terminal.write, audit).splitlines()
    assert max(map(columns, lines)) <= 80


@pytest.mark.parametrize("width", range(20, 60, 7))
def test_wrapping_breaks_no_number_and_loses_nothing(width: int) -> None:
    words = "全年预算数为1,313.87万元，执行率97.90%，下降0.5个百分点（见财预〔2020〕10号）。" * 3
    lines = wrap(words, width, "").split("\n")
    assert "".join(lines) == words
    assert all(any(number in line for line in lines) for number in ("1,313.87万元，", "97.90%，", "0.5个百分点"))
    assert not any(line[0] in "，。；）”" or line[-1] in "（“〔" for line in lines)


def test_csv_has_a_row_for_every_finding_and_every_unreadable_file(audit: Audit, unreadable: Audit) -> None:
    text = rendered(csv.write, audit, unreadable)
    assert text.startswith("\ufeff")
    head, first, second = csv_.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert len(head) == len(first) == len(second)
    row = dict(zip(head, first, strict=True))
    assert (row["等级"], row["规则编号"], row["报告数"], row["复算数"], row["影响"]) == ("错误", "RAT-01", "79.90%", "97.90%", "分值-1.80")
    assert "数字可能颠倒" in row["可能原因"]
    assert "扫描件" in second[head.index("核查意见")]


def test_no_csv_cell_is_a_formula(hostile: Audit) -> None:
    rows = list(csv_.reader(io.StringIO(rendered(csv.write, hostile).removeprefix("\ufeff"))))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=1+1" in cells
    assert "'-18.00%" in cells


def test_markdown_keeps_the_marks_of_a_report_as_text(hostile: Audit) -> None:
    out = rendered(md.write, hostile)
    assert r"\<b\>a\|b\</b\>" in out
    pipes = {line.replace(r"\|", "").count("|") for line in out.splitlines() if line.startswith("|")}
    assert len(pipes) == 1


def test_json_is_the_contract_with_decimals_as_strings(audit: Audit, unreadable: Audit) -> None:
    text = rendered(json.write, audit, unreadable)
    data = json_.loads(text)
    first, second = data["documents"]
    assert Output.model_validate(data)
    assert (data["schema"], data["generator"]["scheme"]) == ("perfeval/1", "mof_2020_10")
    assert data["summary"] == {"documents": 2, "unreadable": 1, "errors": 1, "warnings": 0, "notices": 0, "info": 0, "waived": 0}
    assert (first["figures"][2]["value"], first["figures"][2]["bbox"][1]) == ("79.90", 310.2)
    assert first["findings"][0]["causes"][0]["suggested"] == "97.90%"
    assert first["report"]["budget"][0]["fields"]["revised_budget"][0]["value"] == "313.87"
    assert (second["status"], second["error"]["code"], second["report"]) == ("unreadable", "no_text_layer", None)
    assert text == rendered(json.write, audit, unreadable)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.parent.name)
def test_the_output_of_every_report_is_what_its_model_prints(path: Path, unreadable: Audit) -> None:
    data = to_output([audit_file(path), unreadable], "x")
    assert as_json(data) == Output.model_validate(data).model_dump_json(by_alias=True, indent=1)
    read = extracted(read_report(path))
    assert as_json(read) == Extracted.model_validate(read).model_dump_json(by_alias=True, indent=1)


CONTRACT = {
    "documents": {"path", "sha256", "format", "pages", "status", "error", "title", "unit_name", "fiscal_year", "kind", "report", "figures", "checks", "findings", "summary"},
    "figures": {"id", "text", "value", "unit", "decimals", "comparator", "kind", "role", "scope", "page", "bbox", "section", "quote", "status", "reason", "checks"},
    "checks": {"id", "rule", "title", "formula", "figures", "stated", "recomputed", "interval", "reading", "verdict", "reason"},
    "findings": {
        "id", "rule", "severity", "title", "message", "stated", "recomputed", "difference", "formula", "readings_tried", "figures", "page", "bbox",
        "section", "quote", "causes", "impact", "basis", "also_at",
    },
}  # fmt: skip


def test_json_has_every_name_of_the_contract(audit: Audit) -> None:
    data = to_output([audit], "mof_2020_10")
    assert set(data) >= {"schema", "generator", "documents", "summary"}
    (document,) = data["documents"]
    assert set(document) >= CONTRACT["documents"]
    for part in ("figures", "checks", "findings"):
        assert set(document[part][0]) >= CONTRACT[part]
    assert set(document["findings"][0]["causes"][0]) == {"kind", "figure", "suggested", "explanation"}


def test_half_a_surrogate_pair_is_still_json(hostile: Audit) -> None:
    hostile.report.path = "半个\udcff.pdf"
    data = rendered(json.write, hostile).encode("utf-8", "backslashreplace")
    assert json_.loads(data)["documents"][0]["path"] == "半个\udcff.pdf"


def test_no_figure_is_missing_where_the_ledger_forgot_it(audit: Audit) -> None:
    audit.ledger.pop()
    (document,) = to_output([audit], "x")["documents"]
    assert [(f["id"], f["status"]) for f in document["figures"]][-1] == ("f3", "unchecked")


def test_a_figure_that_is_taken_away_is_negative_in_the_typed_report(audit: Audit) -> None:
    audit.report.facts = [replace(audit.report.facts[0], sign=-1)]
    found = Extracted.model_validate(extracted(audit.report))
    assert found.report
    assert found.report.budget[0].fields["revised_budget"][0].value == "-313.87"
    assert found.figures[0].role == "revised_budget"
