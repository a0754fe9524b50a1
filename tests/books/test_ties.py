"""The report against the bureau's books: only figures of the whole department, in any unit of money, never in doubt."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.model.report import Report
from perfeval.books.ledger import read_ledger
from perfeval.bureau import Bureau
from perfeval.cli import app
from perfeval.pipeline import audit_file
from verifier.audit import Audit
from verifier.verify import verify

ROOT = Path(__file__).resolve().parents[2]
DEMO = next((ROOT / "fixtures" / "demo").glob("*.txt"))
Tie = Callable[..., Audit]

HEAD = "云岭县水利局2023年度部门整体支出绩效自评报告\n一、预算执行情况\n"
LEDGER = "单位,年度,年初预算数（元）,全年预算数（元）,决算数（元）,三公经费决算数（元）\n云岭县水利局,2023,10000000,12005000.00,11876543.21,98600\n云岭县水利局,2022,9000000,9500000,9456700,91000\n"


@pytest.fixture
def tie(tmp_path: Path, report_of_text: Callable[[str], Report]) -> Tie:
    def make(text: str, ledger: str = LEDGER, head: str = HEAD) -> Audit:
        (tmp_path / "决算.csv").write_text(ledger, encoding="utf-8")
        report = report_of_text(head + text)
        lines, why = read_ledger(tmp_path / "决算.csv").of(report)
        if why:
            report.notes.append(why)
        return verify(report, books=lines)

    return make


def found(audit: Audit) -> list[tuple[str, str, str | None]]:
    return [(finding.rule, finding.severity, finding.stated) for finding in audit.findings if finding.rule.startswith("TIE")]


@pytest.mark.parametrize(
    "text",
    [
        "2023年年初预算数1000万元，全年预算数1,200.50万元，全年支出1,187.65万元。",
        "2023年年初预算数0.10亿元，全年预算数12005000元，全年支出1187.7万元。",
        "2023年“三公”经费支出9.86万元，上年“三公”经费支出9.1万元。",
        "2022年全年支出945.67万元。",
    ],
)
def test_what_agrees_in_any_unit_of_money_is_ticked(tie: Tie, text: str) -> None:
    audit = tie(text)
    assert found(audit) == []
    assert [check.verdict for check in audit.checks if check.rule.startswith("TIE")][:1] == ["consistent"]


def test_one_slip_from_the_books_is_an_error_and_names_both_sources(tie: Tie) -> None:
    audit = tie("2023年全年支出1,178.65万元。")
    (finding,) = [f for f in audit.findings if f.rule.startswith("TIE")]
    assert (finding.rule, finding.severity, finding.recomputed, finding.difference) == ("TIE-03", "error", "1187.6543万元", "-9.0043万元")
    assert finding.message == (
        "报告列全年执行数1,178.65万元，决算.csv 第2行第5列“云岭县水利局”2023年列11876543.21元，相差-9.0043万元，请核实并说明口径。"
    )  # fmt: skip
    assert (finding.causes[0].kind, finding.causes[0].suggested) == ("transposition", "1187.65万元")


def test_a_larger_difference_is_a_doubt(tie: Tie) -> None:
    assert found(tie("2023年全年支出1,100.00万元。")) == [("TIE-03", "warning", "1,100.00万元")]


@pytest.mark.parametrize("text", ["2023年“三公”经费支出9.68万元。", "2023年全年支出1,187.65元。"], ids=["few digits", "a unit ten thousand times off"])
def test_what_one_slip_does_not_prove_is_a_doubt(tie: Tie, text: str) -> None:
    assert {severity for _, severity, _ in found(tie(text))} == {"warning"}


def test_another_column_or_year_of_the_books_is_named_as_the_cause(tie: Tie) -> None:
    wrong_base = next(f for f in tie("2023年全年预算数1,000.00万元。").findings if f.rule == "TIE-02")
    stale = next(f for f in tie("2023年全年支出945.67万元。").findings if f.rule == "TIE-03")
    assert [(cause.kind, cause.suggested) for cause in wrong_base.causes] == [("wrong_base", "1200.50万元")]
    assert [(cause.kind, cause.suggested) for cause in stale.causes] == [("stale_copy", "1187.6543万元")]
    assert {wrong_base.severity, stale.severity} == {"warning"}


@pytest.mark.parametrize(
    "text",
    [
        "局本级2023年年初预算数800.00万元，全年支出790.00万元。",
        "2023年下属单位水文站全年支出300.00万元。",
        "2023年防汛项目全年预算数300.00万元，全年支出290.00万元。",
        "2023年基本支出全年支出600.00万元。",
        "2023年全年支出1,187.65万元，其中省级资金100.00万元。",
        "2021年全年支出500.00万元。",
        "2023年一般公共预算财政拨款支出1,000.00万元。",
    ],
)
def test_a_figure_of_another_scope_or_year_is_never_tied(tie: Tie, text: str) -> None:
    assert found(tie(text)) == []


def test_what_stands_under_a_heading_of_the_own_office_is_not_tied(tie: Tie) -> None:
    assert found(tie("无。\n二、局本级支出情况\n2023年年初预算数800.00万元，全年支出790.00万元。")) == []


def test_the_report_of_a_project_is_not_tied(tie: Tie) -> None:
    assert found(tie("2023年全年预算数100.00万元。", head="云岭县水利局2023年度防汛项目支出绩效自评报告\n一、预算\n")) == []


def test_where_one_mention_agrees_another_may_be_of_something_else(tie: Tie) -> None:
    audit = tie("2023年全年支出1,187.65万元。\n二、绩效\n2023年全年支出500.00万元。")
    assert found(audit) == []


def test_a_department_is_its_own_row_or_all_its_units(tie: Tie) -> None:
    ledger = "2023年度决算,,\n主管部门,单位,决算数（万元）\n云岭县水利局,云岭县水利局（本级）,100.00\n云岭县水利局,县水文站,50.00\n"
    assert found(tie("2023年全年支出150.00万元。", ledger)) == []
    assert found(tie("2023年全年支出170.00万元。", ledger)) == [("TIE-03", "error", "170.00万元")]
    both = ledger.replace("（本级）", "")
    assert found(tie("2023年全年支出150.00万元。", both)) == []
    assert found(tie("2023年全年支出100.00万元。", both)) == []


def test_a_unit_that_is_not_sure_is_said_and_not_tied(tie: Tie) -> None:
    audit = tie("2023年全年支出500.00万元。", LEDGER.replace("云岭县水利局", "云岭县水务局"))
    assert found(audit) == []
    assert audit.report.notes == [
        "账表“决算.csv”中不能确定哪一个是“云岭县水利局”（相近的有“云岭县水务局”），未作比较；如是同一单位，请在 perfeval.toml 的 [units] 中写明。"
    ]


def test_a_year_that_the_books_lack_is_said(tie: Tie) -> None:
    audit = tie("2023年全年支出500.00万元。", LEDGER.replace("云岭县水利局,2023", "云岭县水利局,2020"))
    assert audit.report.notes == ["账表“决算.csv”中“云岭县水利局”没有2023年的数，未作比较。"]


def test_the_report_that_the_books_confirm_is_not_accused_of_anything_new(tie: Tie) -> None:
    text = "2023年年初预算数1000万元，全年预算数1200.50万元，全年支出1187.65万元。"
    plain = [finding.rule for finding in tie(text, LEDGER.replace("云岭县水利局", "青山县水利局")).findings]
    assert [finding.rule for finding in tie(text).findings] == plain


def test_books_and_settings_can_be_sent_to_another_process() -> None:
    bureau = Bureau(date(2025, 1, 1), None, read_ledger(ROOT / "fixtures/books/决算.xlsx"))
    sent = pickle.loads(pickle.dumps(bureau))
    rules = [finding.rule for finding in audit_file(DEMO, bureau=sent).findings if finding.rule.startswith("TIE")]
    assert rules == ["TIE-06", "TIE-01"]


def test_the_command_ties_and_prints_the_mapping() -> None:
    run = CliRunner().invoke(app, ["verify", str(DEMO), "--ledger", str(ROOT / "fixtures/books/决算.xlsx")])
    assert run.exit_code == 1
    assert "TIE-06 项目支出与账表一致" in run.stdout
    assert "“人均支出”" in run.stderr
    shown = CliRunner().invoke(app, ["books", str(ROOT / "fixtures/books/决算.xlsx"), str(ROOT / "fixtures/books/名册.xlsx")])
    assert shown.exit_code == 1
    assert "→ 三公经费全年执行数（万元）" in shown.stdout
    assert "× 不认识，未使用" in shown.stdout
    assert CliRunner().invoke(app, ["books", "没有.xlsx"]).exit_code == 2
    assert CliRunner().invoke(app, ["verify", str(DEMO), "--ledger", "没有.xlsx"]).exit_code == 2
