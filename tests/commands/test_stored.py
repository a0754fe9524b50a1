"""``compare --store`` and ``sample`` over a store: what came anew is told by unit, year and kind, and drawn by department."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from perfeval.cli import app

REPORT = (
    "{unit}2023年度部门整体支出绩效自评报告\n一、基本情况\n年初预算数为100.00万元，年中追加20.00万元，全年预算数120.00万元，"
    "全年支出114.00万元，预算执行率{rate}%。\n二、问题和改进措施\n无。\n三、绩效分析与评价结论\n良好。\n"
)
WRONG, RIGHT = "59.00", "95.00"
Hand = Callable[..., None]


def call(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    return tmp_path / "报送"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "报送-核查结果" / "perfeval.db"


@pytest.fixture
def hand_in(pile: Path) -> Hand:
    """Puts reports (path, unit, rate) into the pile, takes others away and runs over it."""

    def run(*reports: tuple[str, str, str], without: tuple[str, ...] = ()) -> None:
        for path, unit, rate in reports:
            (pile / path).parent.mkdir(parents=True, exist_ok=True)
            (pile / path).write_text(REPORT.format(unit=unit, rate=rate), encoding="utf-8")
        for path in without:
            (pile / path).unlink()
        assert call("audit", pile).exit_code in (0, 1)

    return run


@pytest.fixture
def twice(hand_in: Hand) -> None:
    """档案局 corrects its report, 教育局 does not, 水利局 comes late."""
    hand_in(("口一/档案局.txt", "某县档案局", WRONG), ("口二/教育局.txt", "某县教育局", WRONG))
    hand_in(("口一/档案局.txt", "某县档案局", RIGHT), ("口二/水利局.txt", "某县水利局", WRONG))


def compared(store: Path, *units: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    done = call("compare", "--store", store, "-f", "json", *units)
    return [
        (one["old"]["path"], one["new"]["path"], [(found["state"], found["finding"]["rule"]) for found in one["findings"] if found["finding"]["severity"] == "error"])
        for one in json.loads(done.stdout)["comparisons"]
    ]  # fmt: skip


@pytest.mark.usefixtures("twice")
def test_a_corrected_report_is_held_against_the_one_before(store: Path) -> None:
    assert compared(store) == [("口一/档案局.txt", "口一/档案局.txt", [("fixed", "RAT-01")])]
    done = call("compare", "--store", store, "档案局")
    assert done.exit_code == 0
    assert "59.00%→95.00%" in done.stdout


@pytest.mark.usefixtures("twice")
def test_a_unit_that_handed_in_nothing_new_says_so(store: Path) -> None:
    done = call("compare", "--store", store, "某县教育局")
    assert (done.exit_code, done.stdout.strip()) == (0, "")
    assert "没有重新报送的报告" in done.stderr


@pytest.mark.usefixtures("twice")
def test_a_unit_that_is_not_there_is_said(store: Path) -> None:
    done = call("compare", "--store", store, "某县档案馆局")
    assert done.exit_code == 2
    assert "没有单位“某县档案馆局”，相近的有：某县档案局" in done.stderr


def test_a_run_in_between_without_changes_hides_nothing(hand_in: Hand, store: Path) -> None:
    for rate in (WRONG, "58.00", "58.00"):
        hand_in(("档案局.txt", "某县档案局", rate))
    assert compared(store) == [("档案局.txt", "档案局.txt", [("open", "RAT-01")])]
    assert call("compare", "--store", store).exit_code == 1


def test_the_file_may_have_another_name_and_folder(hand_in: Hand, store: Path) -> None:
    hand_in(("第一次/自评报告.txt", "某县档案局", WRONG))
    hand_in(("第二次/修改稿.txt", "某县档案局", RIGHT), without=("第一次/自评报告.txt",))
    assert compared(store) == [("第一次/自评报告.txt", "第二次/修改稿.txt", [("fixed", "RAT-01")])]


def test_what_may_be_the_correction_of_several_is_left_to_a_person(hand_in: Hand, store: Path) -> None:
    hand_in(("甲.txt", "某县档案局", WRONG), ("乙.txt", "某县档案局", "58.00"))
    hand_in(("丙.txt", "某县档案局", RIGHT), without=("甲.txt", "乙.txt"))
    done = call("compare", "--store", store)
    assert done.exit_code == 0
    assert "不能确定对应关系：原有“乙.txt”、“甲.txt”，现有“丙.txt”" in done.stderr


@pytest.mark.usefixtures("twice")
def test_a_sample_is_drawn_from_the_last_run_by_department(store: Path, tmp_path: Path) -> None:
    done = call("sample", store, "--n", 2, "--seed", 2024)
    assert done.exit_code == 0
    assert "从3份报告中抽取2份（种子2024）" in done.stdout
    assert "【口二】\n 1. 某县教育局" in done.stdout or "【口二】\n 2. 某县" in done.stdout
    assert done.stdout == call("sample", store, "--n", 2, "--seed", 2024).stdout

    (tmp_path / "名册.csv").write_text("单位名称,主管部门\n某县教育局,教育口\n某县水利局,农业口\n某县档案局,党群口\n", encoding="utf-8")
    found = json.loads(call("sample", store, "--seed", 1, "-f", "json", "--roster", tmp_path / "名册.csv").stdout)
    assert {pick["department"] for pick in found["picks"]} == {"教育口", "农业口", "党群口"}


def changed(store: Path, statement: str) -> None:
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(statement)


def newer(store: Path) -> None:
    changed(store, "UPDATE store_version SET version = 99")


def unfinished(store: Path) -> None:
    changed(store, "UPDATE runs SET state = 'running'")


def spoilt(store: Path) -> None:
    store.write_text("这是一份报告" * 1000, encoding="utf-8")


@pytest.mark.usefixtures("twice")
@pytest.mark.parametrize(
    ("harm", "words"), [(newer, "由更新版本的 perfeval 写成"), (unfinished, "没有完成的核对"), (spoilt, "不是 perfeval 的存储文件"), (Path.unlink, "找不到存储")]
)
@pytest.mark.parametrize("command", [("compare", "--store"), ("sample", "--seed=1"), ("export", "--out=x")], ids=lambda command: command[0])
def test_a_store_that_cannot_be_read_is_said_in_one_sentence(store: Path, harm: Callable[[Path], None], words: str, command: tuple[str, ...]) -> None:
    harm(store)
    done = call(*command, store)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


@pytest.mark.usefixtures("twice")
def test_a_newer_store_is_not_written_either(pile: Path, store: Path) -> None:
    newer(store)
    before = store.read_bytes()
    done = call("audit", pile)
    assert (done.exit_code, "请升级 perfeval" in done.stderr) == (2, True)
    assert store.read_bytes() == before


@pytest.mark.parametrize("given", [(), ("一份.txt",), ("一.txt", "二.txt", "三.txt")])
def test_two_reports_must_be_named(given: tuple[str, ...]) -> None:
    done = call("compare", *given)
    assert done.exit_code == 2
    assert "要写明两个文件" in done.stderr
