"""Two sheets of statistics, each with a chart: by rule and by department."""

from __future__ import annotations

from collections import Counter
from typing import Any

from perfeval.letters.survey import NO_DEPARTMENT, Survey
from perfeval.render.sheet import Head, Looks, Row, sheet
from verifier.audit import LABELS, SEVERITIES
from verifier.rule import catalogue

RULES: Head = (("规则", 10), ("核查项", 26), ("单位数", 9), ("合计", 9), *((label, 9) for label in LABELS.values()))
DEPARTMENTS: Head = (
    ("预算部门", 30), ("单位数", 9), ("文件数", 9), ("合计", 9), *((label, 9) for label in LABELS.values()), ("无法读取", 9), ("分数或等级可能变化", 12),
)  # fmt: skip
COLOURS = {"error": "#C0504D", "warning": "#E0A030", "notice": "#4F81BD", "info": "#A6A6A6"}
CHARTED = 15
"""So many bars can be told apart."""


def by_rule(book: Any, survey: Survey, looks: Looks) -> None:
    """The sheet 按规则统计, the rule with most findings first."""
    titles = {rule.code: rule.title for rule in catalogue()}
    ranked = sorted(survey.rules.items(), key=lambda item: (-_all(item[1]), item[0]))
    rows: list[Row] = [(code, titles.get(code, ""), counts["units"], _all(counts), *_each(counts)) for code, counts in ranked]
    page = sheet(book, "按规则统计", RULES, rows, looks)
    _chart(book, page, "按规则统计", "问题最多的规则", names=1, first=4, rows=len(rows), beside=len(RULES))


def by_department(book: Any, survey: Survey, looks: Looks) -> None:
    """The sheet 按部门统计, the department with most errors first."""
    ranked = sorted(survey.departments.items(), key=lambda item: (-item[1]["error"], -_all(item[1]), item[0]))
    rows: list[Row] = [
        (name or NO_DEPARTMENT, counts["units"], counts["files"], _all(counts), *_each(counts), counts["unreadable"], counts["at_stake"]) for name, counts in ranked
    ]
    page = sheet(book, "按部门统计", DEPARTMENTS, rows, looks)
    _chart(book, page, "按部门统计", "问题最多的部门", names=0, first=4, rows=len(rows), beside=len(DEPARTMENTS))


def _all(counts: Counter[str]) -> int:
    return sum(_each(counts))


def _each(counts: Counter[str]) -> tuple[int, ...]:
    return tuple(counts[severity] for severity in SEVERITIES)


def _chart(book: Any, page: Any, name: str, title: str, *, names: int, first: int, rows: int, beside: int) -> None:
    """Stacked bars of the first rows, severity by severity from column ``first`` on."""
    if not rows:
        return
    last = min(rows, CHARTED)
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for number, severity in enumerate(SEVERITIES, start=first):
        chart.add_series({
            "name": [name, 0, number], "categories": [name, 1, names, last, names], "values": [name, 1, number, last, number],
            "fill": {"color": COLOURS[severity]}, "gap": 60,
        })  # fmt: skip
    font = {"name": "宋体", "size": 10}
    chart.set_title({"name": title, "name_font": {"name": "宋体", "size": 14}, "overlay": False})
    chart.set_y_axis({"reverse": True, "num_font": font})
    chart.set_x_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": 640, "height": 120 + 28 * last})
    page.insert_chart(0, beside + 1, chart)
