"""情况摘要.docx: the whole run on one page, for the head of the bureau."""

from __future__ import annotations

from typing import Any

from docx.shared import Mm, Pt

from perfeval.letters.common import Common
from perfeval.letters.paper import saved, sheet_of_paper, table, write
from perfeval.letters.post import Sent
from perfeval.letters.survey import NO_DEPARTMENT, NO_UNIT, Scored, Survey
from perfeval.pile.errors import LABELS as REASONS
from perfeval.render.layout import columns
from perfeval.store.records import Remark
from verifier.audit import LABELS, SEVERITIES
from verifier.rule import catalogue

MOST = 5
"""So many rows of a kind, so that it stays one page."""
LONGEST = 30
"""Columns of a name; a longer one would take a line more."""


def summary(survey: Survey, reasons: dict[str, int], sent: list[Sent], common: list[Common], remarks: list[Remark], day: str) -> bytes:
    """The summary as a Word file."""
    document = sheet_of_paper("情况摘要", size=12, line=19)
    page = document.sections[0]
    page.top_margin = page.bottom_margin = Mm(22)
    write(document, "绩效自评报告核查情况摘要", "Title", align="center")
    write(document, _whole(survey), line=19).paragraph_format.space_before = Pt(6)
    write(document, _unread(survey, reasons, remarks), line=19)
    _part(document, "一、各部门情况", _departments(survey), (54, 17, 17, 17, 17, 17, 17))
    _part(document, "二、等级或分数可能变化的报告", _stakes(survey), (66, 26, 38, 26))
    _part(document, "三、最多的事项", _rules(survey), (22, 62, 24, 24, 24))
    write(document, "四、后续工作", "Heading 1")
    write(document, _next(sent, common), line=19)
    write(document, "以上为数据复算和核查线索，结论以复核为准。", line=19)
    write(document, day, align="right", line=19)
    return saved(document)


def _whole(survey: Survey) -> str:
    counts = survey.summary
    totals = survey.totals
    scored = f"{len(totals)}份报告列出综合得分，平均{sum(totals) / len(totals):.2f}分。" if totals else ""
    found = "、".join(f"{LABELS[severity]}{counts[key]}条" for severity, key in zip(SEVERITIES, ("errors", "warnings", "notices", "info"), strict=True))
    return (
        f"本次核查{counts['units']}个单位的{counts['documents']}个文件，列出{found}；{counts['wrong']}个文件有“错误”级事项"
        f"（报告自身的数字在任何合法口径下都不能同时成立）。{scored}"
        f"等级可能变化的{sum(bool(one.score.change) for one in survey.at_stake)}份，分数可能变化的{len(survey.at_stake)}份。"
    )


def _unread(survey: Survey, reasons: dict[str, int], remarks: list[Remark]) -> str:
    words = []
    if reasons:
        listed = "、".join(f"{REASONS.get(code, code)}{count}个" for code, count in list(reasons.items())[:MOST])
        words.append(f"无法读取{survey.summary['unreadable']}个文件（{listed}{'等' if len(reasons) > MOST else ''}），未能核对。")
    for kind in ("应报未报", "名册外", "重复报送"):
        if count := sum(remark.kind == kind for remark in remarks):
            words.append(f"{kind}{count}项。")
    return "".join(words) or "全部文件均已读取。"


def _part(document: Any, head: str, rows: list[tuple[str, ...]], widths: tuple[float, ...]) -> None:
    write(document, head, "Heading 1")
    if len(rows) == 1:
        write(document, "无。", line=19)
    else:
        table(document, rows, widths, size=10.5)


def _departments(survey: Survey) -> list[tuple[str, ...]]:
    ranked = sorted(survey.departments.items(), key=lambda item: (-item[1]["error"], -item[1]["warning"], item[0]))
    rows: list[tuple[str, ...]] = [("预算部门", "单位", "文件", *(LABELS[severity] for severity in SEVERITIES))]
    rows += [(_short(name or NO_DEPARTMENT), *(str(counts[key]) for key in ("units", "files", *SEVERITIES))) for name, counts in ranked[:MOST]]
    return rows


def _stakes(survey: Survey) -> list[tuple[str, ...]]:
    return [("单位", "综合得分", "复算区间", "等级"), *(_stake(one) for one in survey.at_stake[:MOST])]


def _stake(one: Scored) -> tuple[str, ...]:
    score = one.score
    return _short(one.filed.unit or NO_UNIT), "" if score.total is None else str(score.total), score.span or "—", score.change or score.grade or "—"


def _rules(survey: Survey) -> list[tuple[str, ...]]:
    titles = {rule.code: rule.title for rule in catalogue()}
    ranked = sorted(survey.rules.items(), key=lambda item: (-item[1]["units"], -sum(item[1][severity] for severity in SEVERITIES), item[0]))
    rows: list[tuple[str, ...]] = [("规则", "核查项", "单位数", "条数", "其中错误")]
    for code, counts in ranked[:MOST]:
        rows.append((code, _short(titles.get(code, "")), str(counts["units"]), str(sum(counts[severity] for severity in SEVERITIES)), str(counts["error"])))
    return rows


def _next(sent: list[Sent], common: list[Common]) -> str:
    letters = sum(bool(one.path) for one in sent)
    words = f"已生成反馈函{letters}份；{len(sent) - letters}个单位不单独发函（名单见问题清单的“发函清单”）。"
    return words + (f"{len(common)}类共性问题集中通报。" if common else "没有达到通报数量的共性问题。")


def _short(words: str) -> str:
    """The words, cut to one line of a cell."""
    cut = words
    while columns(cut) > LONGEST:
        cut = cut[:-1]
    return cut if cut == words else cut + "…"
