"""The first sheet: the counts of the run, and the reports whose grade or score may change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from perfeval.letters.survey import NO_DEPARTMENT, NO_UNIT, Scored, Survey
from perfeval.render.sheet import Head, Looks, Row, cell_of, height, print_set_up
from perfeval.store.records import Run
from verifier.audit import LABELS

HEAD: Head = (
    ("等级可能变化", 16), ("预算部门", 16), ("预算单位", 30), ("年度", 8), ("综合得分", 11), ("等级", 9), ("复算区间", 18), ("文件", 50),
)  # fmt: skip
MOST = 1000
"""So many reports at stake are listed here; 报告一览 has them all."""


def cover(book: Any, survey: Survey, run: Run, common: int, day: str, looks: Looks) -> None:
    """Writes the sheet 首页."""
    page = book.add_worksheet("首页")
    for column, (_, width) in enumerate(HEAD):
        page.set_column(column, column, width)
    page.set_row(0, 30)
    page.merge_range(0, 0, 0, len(HEAD) - 1, "绩效自评报告核查结果", looks.get("title", bold=True, font_size=18, align="center", valign="vcenter", border=0))
    row = 1
    for row, (name, value, words) in enumerate(_counts(survey, run, common, day), start=1):
        _write(page, row, (name, value), looks)
        page.merge_range(row, 2, row, len(HEAD) - 1, words, looks.get("cell"))
    _at_stake(page, row + 2, survey.at_stake, looks)
    print_set_up(page, "首页")


def _counts(survey: Survey, run: Run, common: int, day: str) -> Iterator[tuple[str, str | int, str]]:
    counts, totals = survey.summary, survey.totals
    yield "日期", day, f"材料：{PurePosixPath(run.root.replace(chr(92), '/')).name}"
    yield "单位", counts["units"], f"{len(survey.departments)}个预算部门"
    yield "文件", counts["documents"], f"无法读取{counts['unreadable']}个，原因见“无法读取”"
    yield LABELS["error"], counts["errors"], f"涉及{counts['wrong']}个文件；报告自身的数字在任何合法口径下都不能同时成立"
    yield LABELS["warning"], counts["warnings"], "取决于口径，或有未解释的变动"
    yield LABELS["notice"], counts["notices"], "算术成立，办法规定可能未遵守，由人判断"
    yield LABELS["info"], counts["info"], "缺少数据，或只有尾差"
    yield "共性问题", common, "同一问题涉及多个单位，见《共性问题通报》"
    yield "列出综合得分", len(totals), f"最低{min(totals)}，平均{sum(totals) / len(totals):.2f}，最高{max(totals)}" if totals else ""
    yield "等级可能变化", sum(bool(one.score.change) for one in survey.at_stake), "列在下面各行之首"
    yield "分数可能变化", len(survey.at_stake), "复算区间只列有影响的报告；全部报告见“报告一览”"


def _at_stake(page: Any, top: int, reports: list[Scored], looks: Looks) -> None:
    for column, (title, _) in enumerate(HEAD):
        page.write_string(top, column, title, looks.head)
    for row, one in enumerate(reports[:MOST], start=top + 1):
        _write(page, row, _row(one), looks)
    if not reports:
        _write(page, top + 1, ("无", *("",) * (len(HEAD) - 1)), looks)
    page.autofilter(top, 0, top + max(1, min(len(reports), MOST)), len(HEAD) - 1)


def _row(one: Scored) -> Row:
    filed, score = one
    return score.change, filed.department or NO_DEPARTMENT, filed.unit or NO_UNIT, filed.fiscal_year, score.total, score.grade, score.span, filed.path


def _write(page: Any, row: int, values: Row, looks: Looks) -> None:
    cells = [cell_of(value) for value in values]
    page.set_row(row, height(tuple(cells), HEAD[: len(cells)]))
    for column, cell in enumerate(cells):
        look = looks.of(cell, coloured=column == 0)
        if isinstance(cell, str):
            page.write_string(row, column, cell, look)
        else:
            page.write_number(row, column, cell, look)
