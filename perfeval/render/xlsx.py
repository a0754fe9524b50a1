"""The workbook that a bureau works in: 问题清单, 勾稽核查表, 数字台账, 说明."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

from extractor.model.fields import TITLES
from extractor.model.figure import Figure
from perfeval.render.sheet import Head, Looks, Row, sheet, workbook
from perfeval.render.words import (
    FIGURE_KIND,
    KIND,
    MEANING,
    STATUS,
    VERDICT,
    causes,
    counts,
    coverage,
    decided,
    impact,
    length,
    place,
    scope,
    wanted,
)
from verifier.audit import LABELS, SEVERITIES, Audit, Finding
from verifier.schemes import schemes

# Widths are kept small on purpose: a sheet is printed one page wide on A4, and its letters shrink with the sum.
PROBLEMS: Head = (
    ("序号", 4), ("预算部门", 6), ("预算单位", 10), ("业务科室", 5), ("报告类型", 5), ("规则编号", 7.5), ("问题类别", 9), ("等级", 5.5),
    ("位置", 11), ("原文摘录", 24), ("报告数", 10), ("复算数", 10), ("差额", 8.5), ("公式", 14), ("已尝试口径", 12), ("依据", 9.5),
    ("核查意见", 28), ("影响", 9), ("需补充资料", 10), ("责任单位/责任人", 8), ("整改期限", 6), ("反馈情况", 8), ("复核结论（销号/退回）", 7),
    ("可能原因", 12), ("文件", 9), ("豁免和变更", 8),
)  # fmt: skip
CHECKS: Head = (
    ("核查项", 16), ("规则", 8), ("公式/来源", 26), ("报告值", 13), ("计算值", 13), ("差额", 11), ("判断", 9), ("口径", 26), ("说明", 22),
    ("最小可见差错", 10), ("位置", 17), ("所涉数字", 22), ("文件", 12),
)  # fmt: skip
LEDGER: Head = (
    ("序号", 5), ("原文", 13), ("数值", 11), ("单位", 6), ("类别", 6), ("含义", 15), ("范围", 16), ("页", 4), ("章节", 17), ("上下文", 34),
    ("状态", 8), ("原因", 24), ("核查项", 16), ("文件", 12),
)  # fmt: skip
NOTES: Head = (("项目", 26), ("内容", 100))
SEVERITY_COLUMN, CONCLUSION_COLUMN, VERDICT_COLUMN = 7, 22, 6


def write(audits: list[Audit], out: BinaryIO) -> None:
    """Writes the workbook to a binary stream."""
    book = workbook(out, "绩效自评报告核查问题清单", in_memory=True)
    looks = Looks(book)
    problems = sheet(book, "问题清单", PROBLEMS, list(_problems(audits)), looks, SEVERITY_COLUMN)
    offer_conclusions(problems)
    sheet(book, "勾稽核查表", CHECKS, list(_checks(audits)), looks, VERDICT_COLUMN)
    sheet(book, "数字台账", LEDGER, list(_ledger(audits)), looks)
    sheet(book, "说明", NOTES, list(_notes(audits)), looks)
    book.close()


def offer_conclusions(problems: Any) -> None:
    """Lets a person choose 销号 or 退回 in the column of conclusions, or write another word."""
    problems.data_validation(
        1, CONCLUSION_COLUMN, 1_048_575, CONCLUSION_COLUMN,
        {"validate": "list", "source": ["销号", "退回"], "error_type": "information", "error_message": "通常填写“销号”或“退回”"},
    )  # fmt: skip


def _name(path: str) -> str:
    return PurePath(path).name or path


def _where(figure: Figure) -> int | str:
    """The page, as a number that can be sorted, or where else the figure stands."""
    if figure.place is None:
        return ""
    return figure.place.page if figure.place.page and not figure.place.where else figure.place.words


def _problems(audits: list[Audit]) -> Iterator[Row]:
    number = 0
    for audit in audits:
        report = audit.report
        if report.error:
            number += 1
            front: Row = (number, "", "", "", "", report.error.code, "无法读取", LABELS["error"])
            yield (*front, *("",) * 8, report.error.message, *("",) * 7, _name(report.path), "")
        for f in audit.findings:
            number += 1
            yield problem(number, f, "", report.unit_name or "", report.kind, _name(report.path))


def problem(number: int, f: Finding, department: str, unit: str, kind: str, file: str, term: str = "") -> Row:
    """A finding as a row of 问题清单; ``term`` is the 整改期限."""
    where = "\n另见：".join((place(f), *f.also_at))
    return (
        number, department, unit, "", KIND.get(kind, ""), f.rule, f.title, LABELS[f.severity], where, f.quote,
        f.stated, f.recomputed, f.difference, f.formula, "\n".join(f.readings_tried), f.basis, f.message, impact(f),
        wanted(f), unit, term, "", "", causes(f), file, decided(f),
    )  # fmt: skip


def _checks(audits: list[Audit]) -> Iterator[Row]:
    for audit in audits:
        figures = {figure.id: figure for figure in audit.report.figures}
        for c in audit.checks:
            first = figures[c.figures[0]] if c.figures else None
            where = f"{first.place.words} {audit.report.section_of(first.start)}" if first and first.place else "全文"
            texts = "、".join(figures[key].text for key in c.figures)
            yield (
                c.title, c.rule, c.formula, c.stated, c.recomputed, c.difference, VERDICT[c.verdict], c.reading, c.reason,
                c.power, where, texts, _name(audit.report.path),
            )  # fmt: skip


def _ledger(audits: list[Audit]) -> Iterator[Row]:
    for audit in audits:
        report = audit.report
        rules = {check.id: check.rule for check in audit.checks}
        for number, (figure, entry) in enumerate(zip(report.figures, audit.ledger, strict=True), start=1):
            used = " ".join(dict.fromkeys(rules[key] for key in entry.checks))
            yield (
                number, figure.text, figure.number, figure.unit, FIGURE_KIND[figure.kind], TITLES.get(entry.role or "", entry.role),
                scope(report, entry.scope), _where(figure), report.section_of(figure.start),
                report.quote(figure.start, figure.end, 30), STATUS[entry.status], entry.reason, used, _name(report.path),
            )  # fmt: skip


def _notes(audits: list[Audit]) -> Iterator[Row]:
    from perfeval._version import __version__

    yield ("程序", f"perfeval {__version__}")
    used = {audit.scheme for audit in audits}
    yield ("评分方案", "、".join(f"{entry.id} {entry.title}" for entry in schemes() if entry.id in used))
    for severity in SEVERITIES:
        yield (LABELS[severity], MEANING[severity])
    yield ("用法", "本表为复算结果和核查线索，结论由财政部门作出；依据中的条款引用前请核对原文。")
    for audit in audits:
        report = audit.report
        if report.error:
            yield (report.path, f"无法读取（{report.error.code}）：{report.error.message}")
            continue
        yield (report.path, f"{report.unit_name or '单位未识别'} {report.fiscal_year or ''}，{length(report)}，SHA-256 {report.sha256}。{coverage(audit)}结果：{counts(audit)}。")
        for note in report.notes:
            yield (f"{report.path} 注意", note)
