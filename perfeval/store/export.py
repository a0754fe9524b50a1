"""A run as tables for the bureau's own analysis: CSV or Parquet, the same bytes for the same audits, however the run came about."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, select

from perfeval.render.words import safe
from perfeval.store.store import Store
from perfeval.store.tables import across_reports, checks, decisions, documents, figures, files, findings, remarks, replies

CHUNK = 10_000
"""So many rows are a row group of a Parquet file."""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
FILE = {"部门": files.c.department, "单位": files.c.unit, "文件": files.c.path}
ABOUT = {"unit": "单位", "fiscal_year": "年度", "kind": "类别", "finding": "问题编号"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its columns under their Chinese heads, from where, and in which order; ``run`` is the column of the run that it is of."""

    columns: Mapping[str, ColumnElement[Any]]
    rows: Select[Any]
    run: ColumnElement[Any] | None = None
    lists: frozenset[str] = frozenset()
    """The heads of columns whose cells are lists in JSON."""

    def cells(self, row: Any) -> list[Any]:
        """A row as it is written: a list as its parts, what is said of a file after the file."""
        return [_parts(cell) if head in self.lists else cell for head, cell in zip(self.columns, row, strict=True)]


def _parts(cell: str) -> str:
    return "；".join(part if isinstance(part, str) else "：".join(part) for part in json.loads(cell))


def _of_document(table: Table, **heads: str) -> Sheet:
    """What belongs to a document, for every file of that content."""
    columns = {**FILE, **{head: table.c[name] for name, head in heads.items()}}
    joined = files.join(table, files.c.document_id == table.c.document_id)
    return Sheet(columns, select(*columns.values()).select_from(joined).order_by(files.c.path, table.c.number), files.c.run_id)


def _of_run(table: Table, lists: frozenset[str] = frozenset(), **heads: str) -> Sheet:
    """What belongs to the run as a whole."""
    columns = {head: table.c[name] for name, head in heads.items()}
    return Sheet(columns, select(*columns.values()).order_by(table.c.number), table.c.run_id, lists)


def _about(table: Table, **heads: str) -> Sheet:
    columns = {head: table.c[name] for name, head in {**ABOUT, **heads}.items()}
    return Sheet(columns, select(*columns.values()).order_by(table.c.unit, table.c.fiscal_year, table.c.finding, table.c.at, table.c.id))


def _files() -> Sheet:
    heads = {
        "sha256": "内容指纹", "format": "格式", "pages": "页数", "status": "状态", "error_code": "原因代码", "error_message": "原因", "title": "标题",
        "unit_name": "报告所称单位", "fiscal_year": "年度", "kind": "类别", "figures": "数字", "verified": "核对一致", "contradicted": "矛盾",
        "questionable": "存疑", "unchecked": "未核对", "errors": "错误", "warnings": "疑点", "notices": "提示", "info": "说明", "waived": "豁免",
    }  # fmt: skip
    columns = {**FILE, **{head: documents.c[name] for name, head in heads.items()}}
    return Sheet(columns, select(*columns.values()).select_from(files.join(documents)).order_by(files.c.path), files.c.run_id)


SHEETS = {
    "文件": _files(),
    "数字": _of_document(
        figures, id="编号", text="原文", value="数值", unit="计量单位", kind="类型", role="含义", scope="范围", page="页", place="位置", section="章节",
        status="状态", reason="原因",
    ),
    "核对": _of_document(
        checks, id="编号", rule="规则", figure="数字编号", stated="报告数", recomputed="复算数", difference="差额", reading="口径", verdict="结论", reason="原因",
    ),
    "问题": _of_document(
        findings, id="问题编号", rule="规则", severity="等级", title="问题类别", message="核查意见", stated="报告数", recomputed="复算数", difference="差额",
        page="页", place="位置", section="章节", quote="原文摘录", basis="依据", handling="处理",
    ),
    "报告之间": _of_run(
        across_reports, frozenset({"单位", "文件", "原文摘录"}), id="问题编号", rule="规则", severity="等级", title="问题类别", message="核查意见", units="单位", paths="文件", quotes="原文摘录",
    ),
    "报送情况": _of_run(remarks, kind="情况", department="部门", unit="单位", words="说明"),
    "决定": _about(decisions, decision="决定", reason="理由", person="经办人", at="时间"),
    "回复": _about(replies, text="回复", person="回复人", at="时间"),
}  # fmt: skip
"""Every table by the name of its file."""


def export(store: Store, run: int, out: Path, format: str) -> list[Path]:
    """Writes all tables of a run as ``csv`` or ``parquet`` into a folder; gives the files."""
    write = {"csv": _csv, "parquet": _parquet}[format]
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for name, sheet in SHEETS.items():
        made.append(out / f"{name}.{format}")
        wanted = sheet.rows if sheet.run is None else sheet.rows.where(sheet.run == run)
        write(made[-1], sheet, map(sheet.cells, store.rows(wanted)))
    return made


def _csv(path: Path, sheet: Sheet, rows: Iterator[Any]) -> None:
    """With a byte order mark, so that Excel reads it as UTF-8; a cell that would run as a formula is made plain text."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, lineterminator="\r\n")
        table.writerow(sheet.columns)
        table.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> Any:
    return value if not isinstance(value, str) or NUMBER.fullmatch(value) else safe(value)


def _parquet(path: Path, sheet: Sheet, rows: Iterator[Any]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {head: pa.int32() if column.type.python_type is int else pa.string() for head, column in sheet.columns.items()}
    schema = pa.schema(list(types.items()))
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        while chunk := list(islice(rows, CHUNK)):
            columns = [pa.array(column, kind) for column, kind in zip(zip(*chunk, strict=True), types.values(), strict=True)]
            file.write_table(pa.table(columns, schema=schema), row_group_size=CHUNK)
