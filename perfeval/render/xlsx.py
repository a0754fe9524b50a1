"""The workbook that a bureau works in: 问题清单, 勾稽核查表, 数字台账, 说明."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any, BinaryIO

from extractor.model.fields import TITLES
from extractor.model.figure import Figure
from perfeval.render.layout import columns, plain, wrap
from perfeval.render.words import (
    FIGURE_KIND,
    KIND,
    MEANING,
    RISKY,
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
from verifier.audit import LABELS, SEVERITIES, Audit
from verifier.schemes import schemes

Head = tuple[tuple[str, float], ...]
Row = tuple[str | int | Decimal | None, ...]

# Widths are kept small on purpose: a sheet is printed one page wide on A4, and its letters shrink with the sum.
PROBLEMS: Head = (
    ("序号", 4), ("预算部门", 6), ("预算单位", 10), ("业务科室", 5), ("报告类型", 5), ("规则编号", 7.5), ("问题类别", 9), ("等级", 5.5),
    ("位置", 11), ("原文摘录", 24), ("报告数", 10), ("复算数", 10), ("差额", 8.5), ("公式", 14), ("已尝试口径", 12), ("依据", 9.5),
    ("核查意见", 28), ("影响", 9), ("需补充资料", 10), ("责任单位/责任人", 8), ("整改期限", 6), ("反馈情况", 8), ("复核结论（销号/退回）", 7),
    ("可能原因", 12), ("文件", 9), ("豁免和变更", 8),
)  # fmt: skip
CHECKS: Head = (
    ("核查项", 16), ("规则", 8), ("公式/来源", 26), ("报告值", 13), ("计算值", 13), ("差额", 11), ("判断", 9), ("口径", 26), ("说明", 22),
    ("位置", 17), ("所涉数字", 22), ("文件", 12),
)  # fmt: skip
LEDGER: Head = (
    ("序号", 5), ("原文", 13), ("数值", 11), ("单位", 6), ("类别", 6), ("含义", 15), ("范围", 16), ("页", 4), ("章节", 17), ("上下文", 34),
    ("状态", 8), ("原因", 24), ("核查项", 16), ("文件", 12),
)  # fmt: skip
NOTES: Head = (("项目", 26), ("内容", 100))
SEVERITY_COLUMN, CONCLUSION_COLUMN, VERDICT_COLUMN = 7, 22, 6
LOOK: dict[str, dict[str, Any]] = {
    "error": {"bg_color": "#F4B6B6", "bold": True, "underline": 1},
    "warning": {"bg_color": "#FBE3A6", "bold": True},
    "notice": {"bg_color": "#CFE2F3"},
    "info": {"font_color": "#555555", "italic": True},
}
"""Colours for the screen; the word itself, bold, underlined or slanted, for a printer without colours."""
BY_WORD = {
    **{label: key for key, label in LABELS.items()},
    VERDICT["inconsistent"]: "error",
    VERDICT["doubtful"]: "warning",
    VERDICT["unchecked"]: "info",
}
BASE = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#999999", "font_name": "宋体", "font_size": 11}
CREATED = datetime(2020, 1, 1)
"""A fixed date, so that the same input gives the same bytes."""
A4, LONGEST_CELL, MOST_DIGITS = 9, 32_767, 15
LINE_HEIGHT, MAX_HEIGHT = 15.0, 405.0
"""Points. Excel fits rows by itself, LibreOffice and WPS do not when they print, so heights are set here."""
FILLED = 0.88
"""So much of a column's width is taken to hold text; fonts differ from one machine to the next."""


def write(audits: list[Audit], out: BinaryIO) -> None:
    """Writes the workbook to a binary stream."""
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": "绩效自评报告核查问题清单", "created": CREATED})
    looks = _Looks(book)
    problems = _sheet(book, "问题清单", PROBLEMS, list(_problems(audits)), looks, SEVERITY_COLUMN)
    problems.data_validation(
        1, CONCLUSION_COLUMN, 1_048_575, CONCLUSION_COLUMN,
        {"validate": "list", "source": ["销号", "退回"], "error_type": "information", "error_message": "通常填写“销号”或“退回”"},
    )  # fmt: skip
    _sheet(book, "勾稽核查表", CHECKS, list(_checks(audits)), looks, VERDICT_COLUMN)
    _sheet(book, "数字台账", LEDGER, list(_ledger(audits)), looks)
    _sheet(book, "说明", NOTES, list(_notes(audits)), looks)
    book.close()


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[str, Any] = {}

    def get(self, name: str, **more: Any) -> Any:
        if name not in self.made:
            self.made[name] = self.book.add_format({**BASE, **more})
        return self.made[name]

    @property
    def head(self) -> Any:
        return self.get("head", bold=True, bg_color="#D9D9D9", align="center", valign="vcenter")

    def of(self, cell: str | int | Decimal, coloured: bool) -> Any:
        """A severity's look, a number's decimals, or plain text; text that looks like a formula stays text when edited."""
        if isinstance(cell, Decimal):
            decimals = max(0, -int(cell.as_tuple().exponent))
            return self.get(f"number {decimals}", num_format="0." + "0" * decimals if decimals else "0")
        if coloured and (key := BY_WORD.get(str(cell))):
            return self.get(key, **LOOK[key])
        if isinstance(cell, str) and cell.startswith(RISKY):
            return self.get("quoted", quote_prefix=True)
        return self.get("cell")


def _sheet(book: Any, name: str, head: Head, rows: list[Row], looks: _Looks, coloured: int = -1) -> Any:
    """One sheet: frozen and repeated head, filter, A4 landscape, one page wide, page numbers in the foot."""
    sheet = book.add_worksheet(name)
    for column, (title, width) in enumerate(head):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, looks.head)
    sheet.set_row(0, _height(tuple(title for title, _ in head), head))
    for number, row in enumerate(rows, start=1):
        cells = [_cell(value) for value in row]
        sheet.set_row(number, _height(tuple(cells), head))
        for column, cell in enumerate(cells):
            look = looks.of(cell, column == coloured)
            if cell == "":
                sheet.write_blank(number, column, None, look)  # an empty text would count as filled in
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell, look)
            else:
                sheet.write_number(number, column, cell, look)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(head) - 1)
    _print_set_up(sheet, name)
    return sheet


def _print_set_up(sheet: Any, name: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.3, right=0.3, top=0.6, bottom=0.6)
    sheet.set_header(f"&C{name}")
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _cell(value: str | int | Decimal | None) -> str | int | Decimal:
    """What a cell can hold: no control character, no half of a pair, not too long, no number that Excel would round."""
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > MOST_DIGITS:
        value = f"{value:f}"
    if isinstance(value, int | Decimal):
        return value
    return plain(value or "").encode("utf-8", "replace").decode("utf-8")[:LONGEST_CELL]


def _height(cells: tuple[Any, ...], head: Head) -> float:
    """Points for the cell that needs most lines."""
    most = max(_lines(str(cell), int(width * FILLED)) for cell, (_, width) in zip(cells, head, strict=True))
    return min(MAX_HEIGHT, most * LINE_HEIGHT + 2)


def _lines(text: str, width: int) -> int:
    return sum(1 if columns(line) <= width else wrap(line, width, "").count("\n") + 1 for line in text.split("\n"))


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
            where = "\n另见：".join((place(f), *f.also_at))
            yield (
                number, "", report.unit_name, "", KIND.get(report.kind, ""), f.rule, f.title, LABELS[f.severity], where, f.quote,
                f.stated, f.recomputed, f.difference, f.formula, "\n".join(f.readings_tried), f.basis, f.message, impact(f),
                wanted(f), report.unit_name, "", "", "", causes(f), _name(report.path), decided(f),
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
                where, texts, _name(audit.report.path),
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
