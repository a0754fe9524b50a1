"""抽查: stratified by department, the riskiest first and some by lot, the same list for the same seed."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from typer.testing import CliRunner

from perfeval.cli import app
from perfeval.sample import Summary, sample

ROOT = Path(__file__).resolve().parents[2]
DEMO = next((ROOT / "fixtures" / "demo").glob("*.txt"))


def pile() -> list[Summary]:
    """60 reports of three departments; 教育局's are tidy but for two."""
    sizes = {"教育局": 40, "水利局": 15, "林业局": 5}
    found = [Summary(f"{name}/{i}.pdf", f"{name}{i}", f"{name}{i}号", name, claims=10) for name, size in sizes.items() for i in range(size)]
    found[3] = Summary("教育局/3.pdf", "教育局3", "教育局3号", "教育局", errors=2, warnings=1, claims=10, unchecked=8)
    found[7] = Summary("教育局/7.pdf", "教育局7", "教育局7号", "教育局", readable=False)
    return found


def test_every_department_has_its_share() -> None:
    found = sample(pile(), 12, 2024)
    assert [sum(pick.summary.department == name for pick in found.picks) for name in ("教育局", "水利局", "林业局")] == [8, 3, 1]
    assert found.missed == ()


def test_the_riskiest_come_first_and_say_why() -> None:
    by_path = {pick.summary.path: pick for pick in sample(pile(), 12, 2024).picks}
    assert by_path["教育局/7.pdf"].reason == "风险分30，本部门第1（40份）：文件无法读取"
    assert by_path["教育局/3.pdf"].reason == "风险分28，本部门第2（40份）：错误2条、疑点1条、过半数字未能核对"


def test_the_rest_is_drawn_by_lot_and_says_so() -> None:
    lots = [pick for pick in sample(pile(), 12, 2024).picks if pick.by_lot]
    assert len(lots) == 10
    assert lots[0].reason.endswith("（种子2024），风险分0：未见风险")


def test_the_same_seed_gives_the_same_sample_in_any_order_of_the_reports() -> None:
    shuffled = pile()
    random.Random(1).shuffle(shuffled)
    assert sample(shuffled, 12, 2024) == sample(pile(), 12, 2024)
    paths = [{pick.summary.path for pick in sample(pile(), 12, seed).picks} for seed in (2024, 2025)]
    assert paths[0] != paths[1]


def test_the_lot_is_the_same_on_every_machine() -> None:
    # printf '2024|水利局13|水利局/13.pdf' | sha256sum is the smallest of its department
    assert [pick.summary.path for pick in sample(pile(), 3, 2024).picks] == ["教育局/7.pdf", "林业局/4.pdf", "水利局/13.pdf"]


def test_all_are_taken_where_there_are_no_more() -> None:
    assert len(sample(pile(), 100, 1).picks) == 60
    assert sample([], 5, 1).picks == ()


def test_departments_that_are_left_out_are_named() -> None:
    found = sample(pile(), 1, 2024)
    assert [pick.summary.path for pick in found.picks] == ["教育局/7.pdf"]
    assert found.missed == ("林业局", "水利局")


def test_large_money_and_full_marks_are_risks() -> None:
    found = [Summary(f"{i}.pdf", str(i), "", "甲", money=Fraction(i), score=Decimal(90)) for i in range(10)]
    found[0] = Summary("0.pdf", "0", "", "甲", money=Fraction(0), score=Decimal("100.0"))
    assert [pick.reason for pick in sample(found, 3, 1).picks][:2] == [
        "风险分5，本部门第1（10份）：资金规模居前十分之一",
        "风险分3，本部门第2（10份）：自评满分",
    ]


def test_the_command_samples_outputs(tmp_path: Path) -> None:
    target = tmp_path / "x.json"
    CliRunner().invoke(app, ["verify", str(DEMO), "-f", "json", "-o", str(target)])
    run = CliRunner().invoke(app, ["sample", str(target), "--n", "5", "--seed", "2024", "--roster", str(ROOT / "fixtures/books/名册.xlsx")])
    assert run.exit_code == 0
    assert "从1份报告中抽取1份（种子2024）" in run.stdout
    assert "【云岭县农业农村局】" in run.stdout
    assert "错误4条" in run.stdout
    data = json.loads(CliRunner().invoke(app, ["sample", str(target), "--seed", "1", "-f", "json"]).stdout)
    assert (data["schema"], data["picks"][0]["department"]) == ("perfeval-sample/1", "demo")
    assert CliRunner().invoke(app, ["sample", str(tmp_path / "没有.json"), "--seed", "1"]).exit_code == 2
    assert CliRunner().invoke(app, ["sample", str(target)]).exit_code == 2
