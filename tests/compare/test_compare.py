"""A corrected report against the one that was sent back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractor.model.report import Report
from perfeval.cli import app
from perfeval.compare.compare import Comparison, compare
from perfeval.compare.sources import pairs
from perfeval.output import document
from perfeval.printed import SourceError, of_json
from verifier.verify import verify

ROOT = Path(__file__).resolve().parents[2]
DEMO = next((ROOT / "fixtures" / "demo").glob("*.txt"))
TEXT = """云岭县水利局2023年度部门整体支出绩效自评报告
一、预算执行情况
2023年支出总计1,200.00万元,其中:基本支出800.00万元,项目支出300.00万元。
年初预算数1,000.00万元,年中追加250.00万元,全年预算数1,250.00万元,全年支出1,200.00万元,预算执行率69.00%。
二、绩效目标完成情况
修复堤防目标值120公里,实际完成130公里,完成率108.33%,分值10分,得10分。
三、存在的问题和改进措施
无。绩效自评总分95分,等级为“优”。
"""
Compare = Callable[..., Comparison]


@pytest.fixture
def after(report_of_text: Callable[[str], Report]) -> Compare:
    """The comparison of TEXT with TEXT after so many replacements."""

    def make(*changes: tuple[str, str]) -> Comparison:
        text = TEXT
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        before, now = document(verify(report_of_text(TEXT))), document(verify(report_of_text(text)))
        return compare(before, {**now, "sha256": "1" * 64})

    return make


def states(found: Comparison) -> list[tuple[str, str]]:
    return [(one.state, one.finding["rule"]) for one in found.findings if one.finding["severity"] == "error"]


def changed(found: Comparison) -> list[tuple[str, str, str]]:
    return [(change.why, change.old["text"], change.new["text"]) for change in found.changes]


def test_nothing_done_leaves_everything_open(after: Compare) -> None:
    found = after()
    assert states(found) == [("open", "BUD-05"), ("open", "RAT-01")]
    assert changed(found) == []
    assert (found.removed, found.added) == ([], [])


def test_what_was_asked_for_and_done_is_closed(after: Compare) -> None:
    found = after(("项目支出300.00万元", "项目支出400.00万元"), ("69.00%", "96.00%"))
    assert states(found) == [("fixed", "BUD-05"), ("fixed", "RAT-01")]
    assert [one.detail for one in found.of("fixed")][:2] == ["300.00万元→400.00万元", "69.00%→96.00%"]
    assert changed(found) == [("asked", "300.00万元", "400.00万元"), ("asked", "69.00%", "96.00%")]


def test_another_wrong_figure_is_still_open(after: Compare) -> None:
    found = after(("69.00%", "69.60%"))
    assert states(found) == [("open", "BUD-05"), ("open", "RAT-01")]
    assert [one.detail for one in found.of("open") if one.finding["rule"] == "RAT-01"] == ["已改动（69.00%→69.60%），仍不相符"]


def test_a_correction_that_breaks_something_else_is_new(after: Compare) -> None:
    found = after(("实际完成130公里", "实际完成103公里"))
    assert ("new", "IND-01") in states(found)
    assert [one.detail for one in found.of("new") if one.finding["rule"] == "IND-01"] == ["改动（130公里→103公里）后出现"]
    assert changed(found) == [("unasked", "130公里", "103公里")]


def test_a_figure_that_nobody_asked_about_is_named(after: Compare) -> None:
    assert changed(after(("总分95分", "总分98分"))) == [("unasked", "95分", "98分")]


def test_what_follows_from_a_correction_is_told_apart(after: Compare) -> None:
    found = after(("全年支出1,200.00万元,预算执行率69.00%", "全年支出1,100.00万元,预算执行率88.00%"), ("支出总计1,200.00万元", "支出总计1,100.00万元"))
    assert {why for why, _, _ in changed(found)} == {"asked"}


def test_the_same_amount_in_another_unit_is_no_change(after: Compare) -> None:
    assert changed(after(("全年预算数1,250.00万元", "全年预算数12,500,000元"))) == []


def test_words_before_and_after_do_not_matter(after: Compare) -> None:
    found = after(("一、预算执行情况\n", "一、预算执行情况\n按照要求,我局组织了自评,抽查项目5个。\n"), ("总分95分", "总分98分"))
    assert changed(found) == [("unasked", "95分", "98分")]
    assert [figure["text"] for figure in found.added] == ["5个"]


def test_a_sentence_taken_out_closes_its_finding_and_says_so(after: Compare) -> None:
    found = after((",预算执行率69.00%", ""))
    assert ("fixed", "RAT-01") in states(found)
    assert [figure["text"] for figure in found.removed] == ["69.00%"]


def test_the_report_of_another_unit_is_said(after: Compare) -> None:
    found = after(("云岭县水利局", "青山县水利局"))
    assert found.notes == ["单位不同（原“云岭县水利局”，现“青山县水利局”），请确认是同一份报告的修改稿。"]
    assert states(found) == [("open", "BUD-05"), ("open", "RAT-01")]


def test_the_same_file_is_said(report_of_text: Callable[[str], Report]) -> None:
    one = document(verify(report_of_text(TEXT)))
    assert compare(one, one).notes == ["两个文件内容完全相同。"]


def call(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "原.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "改.txt").write_text(TEXT.replace("300.00", "400.00").replace("69.00", "96.00"), encoding="utf-8")
    return tmp_path


def test_the_command_compares_reports_and_outputs_alike(folder: Path) -> None:
    code, out = call("compare", folder / "原.txt", folder / "改.txt")
    assert code == 0
    assert "【已改】" in out
    assert "300.00万元→400.00万元" in out
    call("verify", folder / "原.txt", "-f", "json", "-o", folder / "原.json")
    code, out = call("compare", folder / "原.json", folder / "改.txt", "-f", "json")
    found = json.loads(out)
    assert code == 0
    assert found["schema"] == "perfeval-compare/1"
    closed = [one["finding"]["rule"] for one in found["comparisons"][0]["findings"] if one["state"] == "fixed"]
    assert closed == ["BUD-05", "RAT-01", "POL-04"]
    assert call("compare", folder / "改.txt", folder / "原.txt")[0] == 1


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [("坏.json", "{", "不是完整的 JSON"), ("别的.json", '{"schema": "x"}', "不是 perfeval verify"), ("没有.json", None, "读不到")],
)
def test_an_output_that_is_none_says_so(tmp_path: Path, name: str, text: str | None, words: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        of_json(tmp_path / name)


def test_an_unreadable_report_ends_with_2(folder: Path) -> None:
    (folder / "空.pdf").write_bytes(b"")
    assert call("compare", folder / "原.txt", folder / "空.pdf")[0] == 2


def test_many_reports_are_paired_by_unit_year_and_kind() -> None:
    def doc(unit: str, year: int) -> dict[str, Any]:
        return {"unit_name": unit, "fiscal_year": year, "kind": "department_report", "path": f"{unit}{year}"}

    both, alone = pairs([doc("甲局", 2023), doc("乙局", 2023)], [doc("乙局", 2023), doc("甲局", 2022)])
    assert [(one["path"], other["path"]) for one, other in both] == [("乙局2023", "乙局2023")]
    assert alone == ["“甲局2023”没有对应的修改稿。", "“甲局2022”没有对应的原报告。"]
