"""The command line as a person and as a program meets it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from perfeval.cli import app
from perfeval.contract import Output
from perfeval.render.terminal import columns

CLEAN = "某县档案局2023年度部门整体支出绩效自评报告\n一、基本情况\n年初预算数为100.00万元，年中追加20.00万元，全年预算数120.00万元，全年支出114.00万元，预算执行率95.00%。\n二、问题和改进措施\n无。\n三、绩效分析与评价结论\n良好。\n"
WRONG = CLEAN.replace("95.00%", "59.00%")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "清白 报告.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "错误报告.txt").write_bytes(WRONG.encode("gb18030"))
    (tmp_path / "空.pdf").write_bytes(b"")
    return tmp_path


def call(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.stdout


def test_a_clean_report_exits_0(folder: Path) -> None:
    code, out = call("verify", folder / "清白 报告.txt")
    assert (code, "【错误】" in out) == (0, False)


def test_a_wrong_rate_exits_1_and_says_what_it_should_be(folder: Path) -> None:
    code, out = call("verify", folder / "错误报告.txt")
    assert code == 1
    assert "RAT-01" in out
    assert "95.00%" in out


def test_an_unreadable_file_exits_2_and_the_others_are_verified(folder: Path) -> None:
    code, out = call("verify", folder / "空.pdf", folder / "错误报告.txt", folder / "没有.pdf")
    assert code == 2
    assert "empty_file" in out
    assert "not_found" in out
    assert "RAT-01" in out


def test_fail_on_raises_the_bar(folder: Path) -> None:
    report = folder / "有疑点.txt"
    report.write_text(CLEAN.replace("114.00万元，预算执行率95.00%", "114.00万元，预算执行率114.00%"), encoding="utf-8")
    assert call("verify", report)[0] == 0
    assert call("verify", report, "--fail-on", "warning")[0] == 1


def test_json_is_the_contract(folder: Path) -> None:
    code, out = call("verify", folder / "错误报告.txt", folder / "空.pdf", "-f", "json")
    output = Output.model_validate(json.loads(out))
    wrong, empty = output.documents

    assert code == 2
    assert (output.summary.documents, output.summary.unreadable, output.summary.errors) == (2, 1, 1)
    assert (empty.status, empty.error.code if empty.error else None) == ("unreadable", "empty_file")
    assert {f.id for f in wrong.figures} >= {key for finding in wrong.findings for key in finding.figures}
    assert wrong.findings[0].stated == "59.00%"
    assert wrong.unit_name == "某县档案局"


def test_the_same_file_gives_the_same_bytes(folder: Path) -> None:
    first, second = (call("verify", folder / "错误报告.txt", "-f", "json")[1] for _ in range(2))
    assert first == second


def test_the_workbook_has_its_sheets_and_every_figure(folder: Path) -> None:
    target = folder / "问题清单.xlsx"
    assert call("verify", folder / "错误报告.txt", folder / "空.pdf", "-f", "xlsx", "-o", target)[0] == 2
    book = openpyxl.load_workbook(target)
    problems, checks, ledger, _ = (book[name] for name in ("问题清单", "勾稽核查表", "数字台账", "说明"))

    assert book.sheetnames == ["问题清单", "勾稽核查表", "数字台账", "说明"]
    assert {row[7].value for row in problems.iter_rows(min_row=2)} >= {"错误"}
    assert any((row[16].value and "空" in str(row[16].value)) or row[5].value == "empty_file" for row in problems.iter_rows(min_row=2))
    assert checks.max_row > 3
    assert ledger.max_row > 6
    assert problems.freeze_panes == "A2"
    assert problems.auto_filter.ref
    assert problems.page_setup.orientation == "landscape"


def test_cell_text_that_looks_like_a_formula_is_text(folder: Path) -> None:
    report = folder / "=cmd.txt"
    report.write_text(WRONG, encoding="utf-8")
    target = folder / "x.xlsx"
    call("verify", report, "-f", "xlsx", "-o", target)
    book = openpyxl.load_workbook(target)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)

    out = call("verify", report, "-f", "csv")[1]
    rows = list(csv.reader(io.StringIO(out.lstrip("\ufeff"))))
    assert all(cell[:1] not in ("=", "+", "-", "@") for row in rows for cell in row)


def test_lines_fit_80_columns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = call("verify", folder / "错误报告.txt")[1]
    assert [line for line in out.splitlines() if columns(line) > 80 and not line.startswith("■")] == []


def test_a_target_that_cannot_be_written_is_said_and_nothing_is_left(folder: Path) -> None:
    code, _ = call("verify", folder / "错误报告.txt", "-f", "md", "-o", folder / "没有的文件夹" / "x.md")
    assert code == 2
    assert not list(folder.glob("**/*.md"))


def test_an_unknown_scheme_and_an_unknown_rule_exit_2(folder: Path) -> None:
    assert call("verify", folder / "错误报告.txt", "--scheme", "没有")[0] == 2
    assert call("verify", folder / "错误报告.txt", "--scheme", "guangdong_dept")[0] == 2
    assert call("explain", "XYZ-99")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "words"), [(["rules"], "RAT-01"), (["explain", "rat-01"], "全年执行数"), (["schemes"], "mof_2020_10"), (["schema"], "perfeval/1")]
)
def test_the_other_commands_answer(arguments: list[str], words: str) -> None:
    code, out = call(*arguments)
    assert code == 0
    assert words in out


def test_extract_prints_the_typed_report(folder: Path) -> None:
    code, out = call("extract", folder / "错误报告.txt")
    (found,) = json.loads(out)
    line = found["report"]["budget"][0]
    assert code == 0
    assert line["fields"]["revised_budget"][0]["value"] == "120.00"
