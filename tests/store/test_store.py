"""The store keeps what it is given, in SQLite as in PostgreSQL, and says in one sentence what is wrong with it."""

from __future__ import annotations

import itertools
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Integer, event, inspect, select, text

from perfeval.output import as_json, document
from perfeval.pipeline import audit_bytes
from perfeval.store import StoreError, migrations, open_store
from perfeval.store.packed import packed
from perfeval.store.records import ONCE, AcrossReports, Decision, Remark, Reply, Result
from perfeval.store.tables import documents, figures, files, store_version
from perfeval.store.writer import Pile, Writer

REPORT = (
    "某县档案局2023年度部门整体支出绩效自评报告\n一、基本情况\n年初预算数为100.00万元，年中追加20.00万元，全年预算数120.00万元，"
    "全年支出114.00万元，预算执行率59.00%。\n二、问题和改进措施\n无。\n"
)
NUMBERS = itertools.count()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new store of either kind."""
    if request.param == "sqlite":
        return str(tmp_path / "perfeval.db")
    address: str = request.getfixturevalue("server").database(f"store{next(NUMBERS)}")
    return address


def result(path: str, words: str = REPORT, **more: Any) -> Result:
    made = json.loads(as_json(document(audit_bytes(words.encode(), path))))
    return Result(made["sha256"], made, packed(as_json(made, None).encode()), (path,), **more)


def written(where: str, *results: Result, at: str = "2024-03-01T00:00:00+00:00", finish: bool = True) -> None:
    with open_store(where, writes=True) as store:
        writer = Writer(store.engine, "/报送", "0.1.0", "mof_2020_10", at)
        writer.add(results)
        if finish:
            writer.finish(at, lambda filed: {one.path: one.unit_name or "" for one in filed})


def test_a_document_comes_back_as_it_was_given(where: str) -> None:
    given = result("甲/报告.txt")
    written(where, given)
    with open_store(where) as store:
        run = store.last_run()
        assert run is not None
        ((filed, found),) = store.documents(run.id)
        (case,) = store.cases(run.id)

        assert found == given.document
        assert store.document(filed.document_id, "乙") == {**given.document, "path": "乙"}
        assert (filed.department, filed.unit, filed.errors) == ("甲", "某县档案局", 1)
        assert (case.unit, case.files) == ("某县档案局", (filed,))
        assert [one.finding["rule"] for one in store.findings(run.id, "error")] == ["RAT-01"]
        assert store.summary(run.id)["errors"] == 1


def test_a_document_that_held_once_is_replaced(where: str) -> None:
    first = result("报告.txt", condition=ONCE)
    written(where, first, finish=False)
    second = Result(first.key, result("报告.txt", "没有数字的报告。").document, first.contract, ("报告.txt",))
    written(where, second, at="2024-03-02T00:00:00+00:00")
    with open_store(where) as store, store.engine.connect() as connection:
        assert len(connection.execute(select(documents.c.id)).all()) == 1
        assert not connection.execute(select(figures.c.number)).all()
        assert len(store.runs()) == 1, "a run that was broken off goes on"


def test_what_earlier_runs_had_and_the_last_has_not(where: str) -> None:
    old, new, before = REPORT, REPORT.replace("59.00", "95.00"), REPORT.replace("2023", "2022")
    for number, words in enumerate((before, old, old, new)):
        written(where, result("报告.txt", words), at=f"2024-0{number + 1}-01T00:00:00+00:00")
    with open_store(where) as store:
        run = store.last_run()
        assert run is not None
        superseded = [(filed.run, filed.fiscal_year) for filed in store.superseded(run.id)]
        (last_year,) = store.year_before(run.id)

        assert superseded == [(run.id - 1, 2023), (run.id - 2, 2023), (run.id - 3, 2022)]
        assert (last_year.fiscal_year, last_year.run) == (2022, run.id - 3)
        assert [filed.run for filed in store.files_of(run.id - 1, "某县档案局", 2023, "department_report")] == [run.id - 1]


def test_what_no_database_takes_does_no_harm(where: str) -> None:
    given = result("报告.txt")
    given.document["title"] = "半个\udcff字\0"
    written(where, Result("key", given.document, given.contract, given.paths))
    with open_store(where) as store:
        run = store.last_run()
        assert run is not None
        assert next(store.files(run.id)).title == "半个\\udcff字"


def test_a_write_is_all_or_nothing(where: str) -> None:
    with pytest.raises(StoreError):
        written(where, result("报告.txt"), result("报告.txt", "另一份报告。"))
    with open_store(where) as store, store.engine.connect() as connection:
        assert connection.execute(select(documents.c.id)).all() == []


def test_findings_keep_their_identity_over_resubmissions(where: str) -> None:
    written(where, result("一.txt"))
    written(where, result("二.txt", REPORT + "附件：无。\n"), at="2024-04-01T00:00:00+00:00")
    with open_store(where, writes=True) as store:
        first, second = store.submissions("某县档案局", 2023, "department_report")
        one, other = (store.document(filed.document_id, filed.path)["findings"][0] for filed in (first, second))
        assert one["id"] == other["id"]

        decided = Decision("某县档案局", 2023, "department_report", one["id"], "维持", "复核无误", "张三", "2024-04-02")
        replied = Reply("某县档案局", 2023, "department_report", one["id"], "已更正。", "李四", "2024-04-03")
        store.decide(decided)
        store.reply(replied)
    with open_store(where) as store:
        assert (store.decisions("某县档案局"), store.replies()) == ([decided], [replied])
        assert store.decisions("另一个局") == []


def test_one_run_at_a_time_writes(where: str) -> None:
    with open_store(where, writes=True), pytest.raises(StoreError, match="另一个 perfeval"), open_store(where, writes=True):
        pass
    with open_store(where, writes=True):
        pass


def test_a_store_of_a_newer_version_is_refused_and_left_alone(where: str) -> None:
    written(where, result("报告.txt"))
    with open_store(where, writes=True) as store, store.engine.begin() as connection:
        connection.execute(store_version.update().values(version=99))
    with pytest.raises(StoreError, match="更新版本"), open_store(where, writes=True):
        pass
    with pytest.raises(StoreError, match="99"), open_store(where):
        pass


def test_an_older_store_takes_the_steps_that_it_lacks(where: str) -> None:
    written(where, result("报告.txt"))

    def step(connection: Any) -> None:
        connection.execute(text("ALTER TABLE files ADD COLUMN note INTEGER"))

    def broken(connection: Any) -> None:
        connection.execute(text("ALTER TABLE files ADD COLUMN more INTEGER"))
        raise RuntimeError

    with open_store(where, writes=True) as store:
        with pytest.raises(RuntimeError), store.engine.begin() as connection:
            migrations.migrate(connection, (*migrations.STEPS, step, broken))
        for _ in range(2):
            with store.engine.begin() as connection:
                migrations.migrate(connection, (*migrations.STEPS, step))
        with store.engine.connect() as connection:
            assert connection.execute(select(store_version.c.version)).scalar_one() == 2 + len(migrations.STEPS)
            assert connection.execute(select(files.c.path, Column("note", Integer))).all() == [("报告.txt", None)]


def test_a_store_of_version_1_keeps_its_rows_and_reads_its_reports_again(where: str) -> None:
    written(where, result("报告.txt"))
    with open_store(where, writes=True) as store, store.engine.begin() as connection:
        new = columns(connection)
        for statement in (
            "DROP TABLE remarks", "DROP TABLE across_reports", "ALTER TABLE runs DROP COLUMN basis", "ALTER TABLE documents DROP COLUMN waived",
            "ALTER TABLE documents DROP COLUMN text", "ALTER TABLE findings DROP COLUMN handling", "UPDATE store_version SET version = 1",
        ):  # fmt: skip
            connection.execute(text(statement))
    with open_store(where, writes=True) as store:
        with store.engine.connect() as connection:
            assert columns(connection) == new
        run = store.last_run()
        assert run is not None
        assert [filed.path for filed in store.files(run.id)] == ["报告.txt"]
        assert [words for *_, words in store.texts(run.id)] == [""]
        assert (store.across(run.id), store.roster(run.id)) == ([], [])
        writer = Writer(store.engine, "/报送", "0.1.0", "mof_2020_10", "2025")
        assert writer.known(result("报告.txt").key, "") is None


def columns(connection: Any) -> dict[str, list[tuple[str, str]]]:
    found = inspect(connection)
    return {table: sorted((column["name"], str(column["type"])) for column in found.get_columns(table)) for table in found.get_table_names()}


def test_what_the_pile_as_a_whole_shows_comes_back_as_it_was_given(where: str) -> None:
    given = Pile(
        (AcrossReports("a1", "ACR-01", "warning", "文字雷同", "两份相近。", ("甲", "乙"), ("甲局", "乙局"), (("甲", "一句"), ("乙", "一句"))),),
        (Remark("应报未报", "农业口", "丙局", "没有文件。"),), "basis",
    )  # fmt: skip
    with open_store(where, writes=True) as store:
        writer = Writer(store.engine, "/报送", "0.1.0", "mof_2020_10", "2024")
        writer.add([result("甲/报告.txt", text=packed("文字".encode()))])
        writer.group(lambda filed: {one.path: "甲局" for one in filed}, lambda units: dict.fromkeys(units, "农业口"))
        writer.finish("2024", pile=given)
    with open_store(where) as store:
        run = store.last_run()
        assert run is not None
        ((filed, _, words),) = store.texts(run.id)
        assert (filed.department, filed.unit, words) == ("农业口", "甲局", "文字")
        assert store.across(run.id) == list(given.findings)
        assert store.roster(run.id) == list(given.remarks)
        assert run.basis == "basis"


def test_a_database_of_another_program_is_refused(where: str) -> None:
    if "://" not in where:
        with sqlite3.connect(where) as connection:
            connection.execute("CREATE TABLE foreign_table (a)")
    else:
        import psycopg

        with psycopg.connect(where) as server:
            server.execute("CREATE TABLE foreign_table (a int)")
    with pytest.raises(StoreError, match="其他程序"), open_store(where, writes=True):
        pass


def test_a_file_that_is_no_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text("这是一份报告" * 1000, encoding="utf-8")
    with pytest.raises(StoreError, match=r"不是 perfeval 的存储文件"), open_store(tmp_path / "报告.txt", writes=True):
        pass
    with pytest.raises(StoreError, match="找不到存储"), open_store(tmp_path / "没有.db"):
        pass
    with pytest.raises(StoreError, match="无法写入存储所在的文件夹"), open_store(tmp_path / "没有" / "a.db", writes=True):
        pass


def test_a_full_disk_is_said_and_what_was_written_stays(tmp_path: Path) -> None:
    where = tmp_path / "perfeval.db"
    written(str(where), result("一.txt"))

    def fill() -> None:
        with open_store(where, writes=True) as store:
            with store.engine.connect() as connection:
                pages = connection.execute(text("PRAGMA page_count")).scalar_one()
                connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
            writer = Writer(store.engine, "/报送", "0.1.0", "mof_2020_10", "2024")
            for number in range(100):
                writer.add([result(f"{number}.txt", f"{REPORT}第{number}份，共{number}.00万元。")])

    with pytest.raises(StoreError, match=r"磁盘空间不足.*已保存"):
        fill()
    with open_store(where) as store:
        assert len([run for run in store.runs() if run.state == "finished"]) == 1


@pytest.mark.parametrize(("where", "words"), [("oracle9://a/b", "不支持这种数据库"), ("://", "写法不对")])
def test_an_address_that_leads_nowhere_is_said(where: str, words: str) -> None:
    with pytest.raises(StoreError, match=words), open_store(where, writes=True):
        pass


def test_a_server_that_does_not_answer_is_said_without_the_password() -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with pytest.raises(StoreError, match="连接中断或无法建立") as error, open_store("postgresql://a:secret@127.0.0.1:9/b", writes=True):
        pass
    assert "secret" not in str(error.value)


def test_a_store_is_read_and_written_while_it_is_being_read(where: str) -> None:
    written(where, result("一.txt"), result("二.txt", "另一份。"))
    with open_store(where, writes=True) as store:
        run = store.last_run()
        assert run is not None
        for filed in store.files(run.id):
            store.document(filed.document_id, filed.path)
            store.reply(Reply(filed.unit, None, filed.kind, "x", "知道了。", "李四", "2024"))
        with open_store(where) as beside:
            assert len(beside.replies()) == 2


def test_an_empty_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "空.db").touch()
    with pytest.raises(StoreError, match="是空的"), open_store(tmp_path / "空.db"):
        pass


def test_reading_takes_a_few_rows_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfeval.store.store.CHUNK", 2)
    where = str(tmp_path / "perfeval.db")
    written(where, *(result(f"{number}.txt", f"{REPORT}第{number}份。") for number in range(5)))
    with open_store(where) as store:
        run = store.last_run()
        assert run is not None
        assert [filed.path for filed, _ in store.documents(run.id)] == [f"{number}.txt" for number in range(5)]


def test_a_run_commits_every_answer(tmp_path: Path) -> None:
    commits: list[object] = []
    with open_store(tmp_path / "perfeval.db", writes=True) as store:
        event.listen(store.engine, "commit", commits.append)
        writer = Writer(store.engine, "/报送", "0.1.0", "mof_2020_10", "2024")
        before = len(commits)
        writer.add([result("一.txt")])
        writer.add([result("二.txt", "另一份。")])
        assert len(commits) - before == 2
