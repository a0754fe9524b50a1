"""The tables for the bureau's own analysis."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from perfeval.cli import app
from perfeval.output import as_json, document
from perfeval.pipeline import audit_bytes
from perfeval.store import open_store
from perfeval.store.packed import packed
from perfeval.store.records import Decision, Result
from perfeval.store.writer import Writer

REPORT = "某县档案局2023年度部门整体支出绩效自评报告\n全年预算数120.00万元，全年支出114.00万元，预算执行率59.00%，比上年减少-3.50万元。\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two reports in the order in which they came back, which is not that of their paths; one has a formula for a title."""
    where = tmp_path / "perfeval.db"
    with open_store(where, writes=True) as kept:
        writer = Writer(kept.engine, "/报送", "0.1.0", "mof_2020_10", "2024")
        for path, words, title in (("乙局/报告.txt", REPORT, "=1+1"), ("丙局/报告.txt", REPORT + "附：无。\n", "报告")):
            made = json.loads(as_json({**document(audit_bytes(words.encode(), path)), "title": title}))
            writer.add([Result(made["sha256"], made, packed(as_json(made, None).encode()), (path,))])
        writer.finish("2024", lambda filed: {one.path: one.unit_name or "" for one in filed})
        kept.decide(Decision("某县档案局", 2023, "department_report", "f1", "维持", "无", "张三", "2024-04-02"))
    return where


def call(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["export", *map(str, arguments)])
    return done.exit_code, done.output


def table(out: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((out / f"{name}.csv").read_text(encoding="utf-8-sig"))))


def test_every_table_is_there_in_the_order_of_the_paths(store: Path, tmp_path: Path) -> None:
    code, said = call(store, "--out", tmp_path / "表")
    files, figures, findings = (table(tmp_path / "表", name) for name in ("文件", "数字", "问题"))

    assert code == 0
    assert said.splitlines()[-1].endswith("回复.csv")
    assert [row["文件"] for row in files] == ["丙局/报告.txt", "乙局/报告.txt"]
    assert sum(int(row["数字"]) for row in files) == len(figures)
    assert [row["规则"] for row in findings if row["等级"] == "error"] == ["RAT-01", "RAT-01"]
    assert [row["决定"] for row in table(tmp_path / "表", "决定")] == ["维持"]
    assert files[1]["标题"] == "'=1+1"
    assert "-3.50" in {row["数值"] for row in figures}, "a negative number stays one"


def test_parquet_says_the_same_as_csv_and_is_the_same_every_time(store: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: no Parquet is tested")
    for out in ("一", "二"):
        assert call(store, "--out", tmp_path / out, "-f", "parquet")[0] == 0
    call(store, "--out", tmp_path / "表")

    for name in ("文件", "数字", "核对", "问题", "决定", "回复"):
        assert (tmp_path / "一" / f"{name}.parquet").read_bytes() == (tmp_path / "二" / f"{name}.parquet").read_bytes()
        rows = parquet.read_table(tmp_path / "一" / f"{name}.parquet").to_pylist()
        assert [{head: "" if value is None else str(value) for head, value in row.items() if head != "标题"} for row in rows] == [
            {head: value.removeprefix("'") for head, value in row.items() if head != "标题"} for row in table(tmp_path / "表", name)
        ]


def test_what_cannot_be_exported_is_said(store: Path, tmp_path: Path) -> None:
    assert call(tmp_path / "没有.db", "--out", tmp_path)[0] == 2
    assert "找不到存储" in call(tmp_path / "没有.db", "--out", tmp_path)[1]
    (tmp_path / "挡").write_bytes(b"")
    assert "无法写入" in call(store, "--out", tmp_path / "挡")[1]
    with open_store(tmp_path / "新.db", writes=True):
        pass
    assert "没有完成的核对" in call(tmp_path / "新.db", "--out", tmp_path)[1]
