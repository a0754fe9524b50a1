"""Tables without ruling lines: what a person reads by their columns is read so, and a table that may be read otherwise accuses nobody."""

from __future__ import annotations

from collections import Counter

import pytest

from extractor.document import TABLE, GridCell
from extractor.model.figure import Figure
from extractor.read import report_of
from extractor.readers import open_bytes
from tests.reports.test_kinds import facts
from tools.make_files import UNRULED, made
from tools.planted_tables import FIXTURES, source
from verifier.audit import Audit
from verifier.verify import verify

SIMPLE = ("qingxi_shuiliju", "linjiang_canlian", "yunchuan_wenhuaguan")
"""Tables whose every row is one line, some with heads over several columns."""
ALL = sorted(path.parent.name for folder in ("tables", "tables_more") for path in (FIXTURES / folder).glob("*/source.html"))


def audited(data: bytes, kind: str) -> Audit:
    return verify(report_of(open_bytes(data, f"自评报告.{kind.partition('-')[0]}")))


def errors(audit: Audit) -> list[str]:
    return [finding.message for finding in audit.findings if finding.severity == "error"]


@pytest.mark.parametrize("kind", UNRULED)
@pytest.mark.parametrize("name", SIMPLE)
def test_a_table_without_lines_says_the_same(name: str, kind: str) -> None:
    html = source(name)
    for mine, theirs in zip(facts(audited(html.encode(), "html")), facts(audited(made(html, kind), kind)), strict=True):
        assert mine - theirs == Counter()
        assert theirs - mine == Counter()


@pytest.mark.parametrize("kind", [kind for kind in UNRULED if kind.startswith("txt")])
@pytest.mark.parametrize("name", ALL)
def test_a_form_that_lost_its_lines_accuses_nobody(name: str, kind: str) -> None:
    """Merged cells cannot be told from empty ones, so that columns may be misread; that is never the unit's error."""
    assert errors(audited(made(source(name), kind), kind)) == []


@pytest.mark.parametrize("kind", UNRULED)
def test_a_wrong_total_is_an_error_without_lines_too(kind: str) -> None:
    html = source("qingxi_shuiliju").replace("<td>821.28</td>", "<td>812.28</td>")

    assert any("812.28" in message for message in errors(audited(made(html, kind), kind)))


def grid(text: str) -> list[GridCell]:
    (page,) = open_bytes(text.encode(), "表.txt").pages
    assert page.text.split("\n").count(TABLE) == len(page.grids) == 1
    return page.grids[0].cells


def test_a_head_stands_over_the_heads_below_it() -> None:
    cells = grid("单位\t2022年\t\t2023年\t\n\t人数\t金额\t人数\t金额\n城东\t12\t120\t13\t130\n城西\t8\t80\t9\t90")

    assert [(cell.text, cell.column, cell.columns) for cell in cells if cell.row == 0] == [("单位", 0, 1), ("2022年", 1, 2), ("2023年", 3, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "一、部门概况........1\n二、主要职责........2\n三、预算执行........5",
        "填表人：张三    联系电话：0991-123456    填表日期：2024年1月5日",
        "年初预算100万元，  追加20万元，  全年120万元。\n支出110万元，  执行率91.67%，  结余10万元。\n结转下年10万元，  其中项目8万元，  基本2万元。",
        "预算执行率｜权重10｜得8.6\n开放天数｜权重12｜目标300天，完成306天｜得12\n满意度｜权重10｜目标≥90%，满意度94.1%｜得10",
        "  一是加强管理。  二是提高效率。\n  三是健全制度。  四是强化监督。\n  五是公开透明。  六是跟踪问效。",
    ],
)
def test_what_is_no_table_stays_text(text: str) -> None:
    (page,) = open_bytes(text.encode(), "文.txt").pages

    assert page.grids == []
    assert page.text == text


def test_every_figure_is_kept() -> None:
    html = source("linjiang_canlian")
    counted = [Counter(_key(figure) for figure in audited(made(html, kind), kind).report.figures) for kind in ("html", *UNRULED)]

    assert all(one == counted[0] for one in counted[1:])


def _key(figure: Figure) -> tuple[str, str]:
    return figure.kind, str(figure.number)
