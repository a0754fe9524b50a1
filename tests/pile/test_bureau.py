"""What the bureau knows and has decided holds in a pile as it does for one report, and settles what is verified again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractor.model.report import Report
from perfeval.bureau import Bureau, Bureaus, unpacked
from perfeval.cli import app
from perfeval.store import Store, open_store

from .conftest import WRONG, report

LEDGER = "单位名称,主管部门,全年预算数（万元）,支出决算数（万元）\n某县档案局,某县委办公室,{budget},114.00\n某县教育局,某县教育局,120.00,114.00\n"
WAIVER = '[[waiver]]\nrule = "RAT-01"\nunit = "某县教育局"\nreason = "已核对"\napprover = "李科长"\nexpires = {expires}\n'
ROSTER = "单位名称,主管部门,应报\n某县委档案局,某县委办公室,是\n某县教育局,教育口,是\n某县水利局,农业口,是\n某县林业局,农业口,否\n"


def call(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@contextmanager
def store_of(pile: Path) -> Iterator[tuple[Store, int]]:
    with open_store(pile.with_name(f"{pile.name}-核查结果") / "perfeval.db") as store:
        run = store.last_run()
        assert run is not None
        yield store, run.id


def rules(pile: Path) -> dict[str, list[str]]:
    """The rules of every file's findings."""
    with store_of(pile) as (store, run):
        return {filed.path: [finding["rule"] for finding in document["findings"]] for filed, document in store.documents(run)}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "2023年决算.csv"
    path.write_text(LEDGER.format(budget="130.00"), encoding="utf-8")
    return path


def test_a_pile_is_held_against_the_books(pile: Path, ledger: Path) -> None:
    done = call("audit", pile, "--ledger", ledger)
    assert done.exit_code == 1
    assert "TIE-02" in rules(pile)["某县档案局/自评报告.txt"]
    assert "TIE-02" not in rules(pile)["某县教育局/自评报告.txt"]


def test_other_books_verify_again_and_the_same_do_not(pile: Path, ledger: Path) -> None:
    call("audit", pile, "--ledger", ledger)
    ledger.write_text("\ufeff" + ledger.read_text(encoding="utf-8"), encoding="utf-8")
    assert "新核对0个，沿用上次结果2个" in call("audit", pile, "--ledger", ledger).stdout
    ledger.write_text(LEDGER.format(budget="120.00"), encoding="utf-8")
    assert "新核对2个，沿用上次结果0个" in call("audit", pile, "--ledger", ledger).stdout
    assert "TIE-02" not in rules(pile)["某县档案局/自评报告.txt"]
    assert "新核对2个" in call("audit", pile).stdout, "without books"


@pytest.mark.parametrize("inside", [True, False])
def test_settings_in_or_beside_the_pile_are_found(pile: Path, inside: bool) -> None:
    place = pile if inside else pile.parent
    (place / "perfeval.toml").write_text(WAIVER.format(expires="2099-12-31"), encoding="utf-8")
    done = call("audit", pile)
    assert done.exit_code == 0
    assert "2个文件" in done.stdout
    assert "另有豁免1条" in done.stdout
    call("export", pile.with_name("报送-核查结果") / "perfeval.db", "--out", pile.parent / "表")
    rows = list(csv.DictReader(io.StringIO((pile.parent / "表" / "问题.csv").read_text(encoding="utf-8-sig"))))
    assert [row["处理"] for row in rows if row["规则"] == "RAT-01"] == ["豁免：李科长批准，已核对，有效期至2099-12-31"]


def test_an_expired_waiver_opens_its_finding_again(pile: Path) -> None:
    settings = pile / "perfeval.toml"
    settings.write_text(WAIVER.format(expires="2099-12-31"), encoding="utf-8")
    before, later = (Bureaus(day).of(pile).digest() for day in (date(2025, 1, 1), date(2099, 12, 31)))
    assert before == later
    assert Bureaus(date(2100, 1, 1)).of(pile).digest() != before

    call("audit", pile)
    settings.write_text(WAIVER.format(expires="2020-12-31"), encoding="utf-8")
    done = call("audit", pile)
    assert (done.exit_code, "新核对2个" in done.stdout, "豁免" in done.stdout) == (1, True, False)


def test_a_department_has_its_own_scheme(pile: Path, tmp_path: Path) -> None:
    """By the roster, else by its folder; other departments are not verified again."""
    call("audit", pile)
    (pile / "perfeval.toml").write_text('[schemes]\n"某县档案局" = "mof_2020_10"\n', encoding="utf-8")
    assert "新核对2个" in call("audit", pile).stdout
    assert "沿用上次结果2个" in call("audit", pile).stdout
    other = tmp_path / "换了文件夹"
    (other / "别的部门").mkdir(parents=True)
    (other / "别的部门" / "报告.txt").write_bytes((pile / "某县档案局" / "自评报告.txt").read_bytes())
    (other / "perfeval.toml").write_text((pile / "perfeval.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert "新核对1个" in call("audit", other, "--store", tmp_path / "报送-核查结果" / "perfeval.db").stdout, "another folder, another scheme"


def test_the_scheme_is_the_unit_s_the_department_s_or_the_folder_s(pile: Path, tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text(ROSTER, encoding="utf-8")
    text = 'scheme = "mof_2020_10"\n[schemes]\n"教育口" = "hubei_20_80"\n"农业口" = "hubei_20_80"\n'
    (pile / "perfeval.toml").write_text(text, encoding="utf-8")
    bureau = Bureaus(date(2025, 1, 1), roster=tmp_path / "名册.csv").of(pile)

    def scheme(unit: str, folder: str = "") -> str | None:
        known = Bureau(bureau.today, bureau.settings, None, bureau.roster, folder)
        return known.scheme_of(Report("报告.txt", "", "text", 1, unit_name=unit))

    assert scheme("某县教育局") == scheme("不知何处", "农业口") == "hubei_20_80"
    assert scheme("某县委档案局") == "mof_2020_10"


def test_a_bureau_is_the_same_on_the_other_side(pile: Path, ledger: Path) -> None:
    (pile / "perfeval.toml").write_text(WAIVER.format(expires="2099-12-31"), encoding="utf-8")
    bureau = Bureaus(date(2025, 1, 1), ledger=ledger).of(pile)
    there = unpacked(bureau.packed())
    assert there.digest() == bureau.digest() != ""
    assert there.ledger is not None
    assert there.ledger.tables == []
    assert Bureaus(date(2025, 1, 1)).of(ledger.parent).digest() == ""


def test_every_process_of_a_run_knows_the_bureau(pile: Path, ledger: Path, log: Callable[[], list[str]]) -> None:
    """Also the one that takes over after a crash."""
    (pile / "CRASH.txt").write_bytes(b"CRASH")
    (pile / "某县水务局").mkdir()
    (pile / "某县水务局" / "报告.txt").write_bytes(report("某县水务局", WRONG))
    assert call("audit", pile, "--ledger", ledger, "--jobs", 1).exit_code == 2
    assert "TIE-02" in rules(pile)["某县档案局/自评报告.txt"]


def test_the_roster_gives_units_their_names_and_departments(pile: Path, tmp_path: Path) -> None:
    (pile / "某县教育局" / "自评报告（二）.txt").write_bytes(report("某县教育局"))
    (tmp_path / "名册.csv").write_text(ROSTER.replace("某县委档案局", "某县档案局").replace("某县教育局", "中共某县教育局"), encoding="utf-8")
    (pile / "市场局").mkdir()
    (pile / "市场局" / "报告.txt").write_bytes(report("某县市场监督管理局"))
    done = call("audit", pile, "--roster", tmp_path / "名册.csv")
    with store_of(pile) as (store, run):
        units = {filed.path: (filed.department, filed.unit) for filed in store.files(run)}
        said = [(remark.kind, remark.department, remark.unit) for remark in store.roster(run)]

    assert units["某县教育局/自评报告.txt"] == ("教育口", "中共某县教育局")
    assert units["市场局/报告.txt"] == ("市场局", "某县市场监督管理局")
    assert said == [("应报未报", "农业口", "某县水利局"), ("重复报送", "教育口", "中共某县教育局"), ("名册外", "市场局", "某县市场监督管理局")]
    assert "报送情况：应报未报1个，重复报送1个，名册外1个。" in done.stdout


def test_a_name_that_is_only_alike_is_proposed(pile: Path, tmp_path: Path) -> None:
    (tmp_path / "名册.csv").write_text(ROSTER, encoding="utf-8")
    call("audit", pile, "--roster", tmp_path / "名册.csv")
    with store_of(pile) as (store, run):
        (said,) = [remark.words for remark in store.roster(run) if remark.kind == "名册外"]
    assert "相近的有“某县委档案局”" in said


def test_without_a_roster_only_what_came_twice_is_said(pile: Path) -> None:
    (pile / "某县教育局" / "副本.txt").write_bytes((pile / "某县教育局" / "自评报告.txt").read_bytes())
    call("audit", pile)
    with store_of(pile) as (store, run):
        assert [(remark.kind, "内容完全相同" in remark.words) for remark in store.roster(run)] == [("重复报送", True)]


@pytest.mark.parametrize(
    ("option", "text", "words"),
    [
        ("--roster", "单位名称,主管部门\n", "只有表头"),
        ("--roster", "姓名,电话\n张三,1\n", "没有找到含“单位名称”的表头"),
        ("--ledger", "姓名,电话\n张三,1\n", "没有找到含“单位名称”的表头"),
        ("--config", "scheme = 1\n", "第1行"),
        ("--config", '[schemes]\n"某局" = "没有的方案"\n', "没有可用的评分方案"),
        ("--roster", None, "不能读取"),
        ("--ledger", None, "不能读取"),
        ("--config", None, "读不到设置文件"),
    ],
)
def test_books_that_are_none_are_said_before_the_run(pile: Path, tmp_path: Path, option: str, text: str | None, words: str) -> None:
    given = tmp_path / ("设置.toml" if option == "--config" else "表.csv")
    if text is not None:
        given.write_text(text, encoding="utf-8")
    done = call("audit", pile, option, given)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "报送-核查结果").exists()


def test_doubled_units_of_a_roster_are_said_and_the_run_goes_on(pile: Path, tmp_path: Path) -> None:
    roster = tmp_path / "名册.csv"
    roster.write_text("单位名称,主管部门\n某县教育局,教育口\n某县教育局,教育口\n,农业口\n某县档案局,党群口\n", encoding="utf-8")
    done = call("audit", pile, "--roster", roster)
    assert done.exit_code == 1
    assert "“某县教育局”重复出现" in done.stderr
    assert "没有单位名称，未使用" in done.stderr
    with store_of(pile) as (store, run):
        assert store.roster(run) == []


def test_the_bureau_s_own_files_in_the_pile_are_no_reports(pile: Path, ledger: Path) -> None:
    inside = pile / "决算2023年.csv"
    inside.write_bytes(ledger.read_bytes())
    (pile / "perfeval.toml").write_text('scheme = "mof_2020_10"\n', encoding="utf-8")
    assert "2个文件" in call("audit", pile, "--ledger", inside).stdout
