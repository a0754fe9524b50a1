"""What only the pile as a whole shows is found at the end of a run, kept, and not worked out twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from perfeval.pile.command import Refusal
from perfeval.store import Store, open_store
from tools.season_texts import plant, season

Audit = Callable[..., object]
Exported = Callable[[Path | str], dict[str, bytes]]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[str]]:
    """A pile of 24 units of which one has copied, and the files of that pair."""
    root = tmp_path_factory.mktemp("season") / "报送"
    root.mkdir()
    units = season(24, forms=1)
    (pair,) = plant(units, 1, 0.3, 0.3)
    for unit in units:
        (root / unit.key.replace(".docx", ".txt")).write_text(unit.text, encoding="utf-8")
    return root, {key.replace(".docx", ".txt") for key in pair}


def run_of(store: Store) -> int:
    run = store.last_run()
    assert run is not None
    return run.id


def test_a_copy_is_found_kept_and_exported(reports: tuple[Path, set[str]], tmp_path: Path, audit: Audit, exported: Exported) -> None:
    root, pair = reports
    audit(root)
    with open_store(tmp_path / "out" / "perfeval.db") as store:
        (found,) = [one for one in store.across(run_of(store)) if one.rule == "ACR-01"]

    assert (set(found.paths), found.severity, found.title) == (pair, "warning", "文字雷同")
    assert {path for path, _ in found.quotes} == pair
    rows = list(csv.DictReader(io.StringIO(exported(tmp_path / "out" / "perfeval.db")["报告之间.csv"].decode("utf-8-sig"))))
    assert [row["文件"] for row in rows if row["规则"] == "ACR-01"] == ["；".join(found.paths)]
    assert f"{found.paths[0]}：" in rows[0]["原文摘录"]


def test_the_same_pile_is_not_compared_again_and_another_is(reports: tuple[Path, set[str]], tmp_path: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfeval import across

    root, _ = reports
    calls: list[int] = []
    compare = across.across
    monkeypatch.setattr("perfeval.across.across", lambda *given, **more: calls.append(1) or compare(*given, **more))
    for _ in range(2):
        audit(root)
    assert len(calls) == 1
    with open_store(tmp_path / "out" / "perfeval.db") as store:
        first, second = (store.across(run.id) for run in store.runs())
    assert first == second != []

    (root / "又一份.txt").write_text((root / "00003.txt").read_text(encoding="utf-8") + "附：无。\n", encoding="utf-8")
    audit(root)
    assert len(calls) == 2


def test_a_bug_in_the_comparison_costs_no_run(reports: tuple[Path, set[str]], tmp_path: Path, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    with monkeypatch.context() as patch:
        patch.setattr("perfeval.across.across", broken)
        audit(reports[0])
    audit(reports[0])
    with open_store(tmp_path / "out" / "perfeval.db") as store:
        first, second = (store.across(run.id) for run in store.runs())
    assert [(one.rule, "比对各报告时程序出错（KeyError）" in one.message) for one in first] == [("ACR-00", True)]
    assert "ACR-01" in {one.rule for one in second}


def test_a_database_that_goes_away_while_reports_are_compared_is_said(reports: tuple[Path, set[str]], audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("could not connect"))

    monkeypatch.setattr("perfeval.across.across", gone)
    with pytest.raises(Refusal, match=r"连接中断或无法建立.*接着核对"):
        audit(reports[0])


BALANCE = "某县档案局{year}年度部门整体支出绩效自评报告\n一、基本情况\n{words}，全年预算数120.00万元，全年支出114.00万元，预算执行率95.00%。\n二、问题和改进措施\n无。\n"


def test_last_year_s_balance_is_found_in_the_store(tmp_path: Path, audit: Audit) -> None:
    """Each year's pile lies in a folder of its own; a corrected report of last year counts, not the one before it."""
    for number, (year, words) in enumerate(((2022, "年末结转结余9.00万元"), (2022, "年末结转结余6.00万元"), (2023, "上年结转9.00万元"))):
        root = tmp_path / f"{year}"
        root.mkdir(exist_ok=True)
        (root / "报告.txt").write_text(BALANCE.format(year=year, words=words), encoding="utf-8")
        audit(root)
        with open_store(tmp_path / "out" / "perfeval.db") as store:
            found = [one.message for one in store.across(run_of(store)) if one.rule == "ACR-08"]
        assert len(found) == (number == 2)
    assert "相差3.00万元" in found[0]
