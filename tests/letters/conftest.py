"""A store of a finished run whose documents are written by hand: no process is started, no file is read."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from perfeval.letters.make import documents
from perfeval.letters.wishes import Wishes
from perfeval.store import Store, open_store
from perfeval.store.packed import packed
from perfeval.store.records import Result, Run
from perfeval.store.writer import NOTHING, Writer
from perfeval.store.writer import Pile as PileShows

ERROR = {
    "id": "1", "rule": "RAT-01", "severity": "error", "title": "预算执行率", "message": "经复算，由114.00万元、120.00万元得95.00%，报告列59.00%，请核实。",
    "stated": "59.00%", "recomputed": "95.00%", "difference": "-36.00%", "formula": "执行数 ÷ 预算数", "readings_tried": ["年初预算口径"], "figures": ["f1"],
    "page": 3, "where": "第3页", "bbox": [], "section": "二、执行情况", "quote": "预算执行率59.00%", "basis": "财预〔2020〕10号", "impact": {}, "also_at": ["第5页"], "waiver": None, "remarks": [],
    "causes": [{"kind": "transposition", "figure": "f1", "suggested": "95.00%", "explanation": "59若为95（两位数字颠倒），各数相符"}],
}  # fmt: skip
WARNING = {
    **ERROR, "rule": "IND-05", "severity": "warning", "title": "未完成须说明", "message": "培训人数实际完成值90人未达到指标值100人，未见原因说明。",
    "recomputed": None, "difference": None, "causes": [],
}  # fmt: skip
STAKE = {
    **ERROR, "rule": "IND-04", "severity": "notice", "title": "超额完成", "message": "完成率660.00%，自评仍计满分，请说明理由或调减分值。", "causes": [],
    "impact": {"points": "0.00至-8.48（按偏离程度，由复核人裁量）", "grade": "优→良（本项计0分时）"},
}  # fmt: skip
EXPLAINED = {**ERROR, "rule": "SCO-01", "severity": "info", "title": "执行率得分", "message": "得分列9.83分，复算为9.8350分，差异可由截断解释。", "causes": []}
REVIEWER = {**ERROR, "rule": "SCO-16", "severity": "notice", "title": "自评满分模式", "message": "7项指标全部自评满分，请在复核时关注佐证材料。", "causes": []}
HOSTILE = "=cmd|' /C calc'!A0 & <w:p> {{ 单位 }} {% x %} \x07\u202e\ufffe"
PLURALS = {"error": "errors", "warning": "warnings", "notice": "notices", "info": "info"}


def document(number: int, findings: list[dict[str, Any]] = [], error: str = "", total: str | None = "97.50", **more: Any) -> dict[str, Any]:  # noqa: B006
    """A document of the contract with these findings, or unreadable with this code."""
    counts = {PLURALS[name]: sum(one["severity"] == name for one in findings) for name in PLURALS}
    figures = dict.fromkeys(("figures", "verified", "contradicted", "questionable", "unchecked", "not_a_claim"), 0)
    scores = [{"scope": "report", "year": 2023, "fields": {"total_score": [{"value": total}]}}] if total else []
    return {
        "sha256": f"{number:064x}", "format": "docx", "pages": 5, "status": "unreadable" if error else "ok",
        "error": {"code": error, "message": "说明：请重新索取。"} if error else None, "title": None, "unit_name": None,
        "fiscal_year": None if error else 2023, "kind": "unknown" if error else "department_report",
        "report": None if error else {"evaluation": scores, "evaluations": [], "grade": "优"}, "figures": [], "checks": [], "findings": findings,
        "summary": {**figures, **counts, "waived": 0}, **more,
    }  # fmt: skip


Pile = dict[str, dict[str, Any]]
Finished = Callable[..., tuple[Store, Run]]


@pytest.fixture
def finished(tmp_path: Path) -> Iterator[Finished]:
    """Puts a pile into a store: documents by path, 部门/单位/文件."""
    opened = []

    def put(pile: Pile, shown: PileShows = NOTHING) -> tuple[Store, Run]:
        opening = open_store(tmp_path / f"{len(opened)}.db", writes=True)
        store = opening.__enter__()
        opened.append(opening)
        writer = Writer(store.engine, "/数据/报送材料", "0.1.0", "mof_2020_10", "2024-05-06T01:00:00+00:00")
        for path, made in pile.items():
            document = {**made, "path": path}
            writer.add([Result(path, document, packed(json.dumps(document).encode()), (path,))])
        writer.finish("2024-05-06T02:00:00+00:00", lambda filed: {one.path: one.path.split("/")[-2] if "/" in one.path else "" for one in filed}, shown)
        run = store.last_run()
        assert run is not None
        return store, run

    yield put
    for opening in opened:
        opening.__exit__(None, None, None)


@pytest.fixture
def made(tmp_path: Path, finished: Finished) -> Callable[..., Path]:
    """Makes all documents of a pile; gives the folder."""

    def make(documents_: Pile, out: str = "out", pile: PileShows = NOTHING, **wishes: Any) -> Path:
        store, run = finished(documents_, pile)
        documents(store, run, tmp_path / out, Wishes(**wishes))
        return tmp_path / out

    return make


def words(file: Path | bytes) -> str:
    """All words of a Word file in their order, cells included."""
    source = io.BytesIO(file) if isinstance(file, bytes) else str(file)
    body = docx.Document(source).element.body
    return "\n".join("".join(run.text or "" for run in paragraph.iter() if run.tag.endswith("}t")) for paragraph in body.iter() if paragraph.tag.endswith("}p"))


PILE: Pile = {
    "教育局/第一中学/报告.docx": document(1, [EXPLAINED, WARNING, ERROR]),
    "教育局/第二中学/报告.docx": document(2, [EXPLAINED, REVIEWER]),
    "教育局/第三中学/报告.docx": document(3, [WARNING], total=None),
    "教育局/第三中学/附表.xlsx": document(4, error="encrypted"),
    "水务局/水库管理所/报告.docx": document(5, [STAKE]),
    "水务局/水库管理所/副本.docx": document(5, [STAKE]),
    "水务局/河道所/报告.docx": document(6, [WARNING]),
    "慢.pdf": document(7, error="timeout"),
}
"""A unit with an error, one with nothing to answer, one with a file to hand in again, one whose grade is at stake, one twice."""
