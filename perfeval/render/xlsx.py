"""The workbook that a bureau works in: 问题清单, 勾稽核查表, 数字台账, 说明."""

from __future__ import annotations

from datetime import datetime
from typing import Any, BinaryIO

from perfeval.render.terminal import columns
from perfeval.render.words import FIGURE_KIND, KIND, MEANING, STATUS, VERDICT, counts, coverage, impact, place
from verifier.audit import LABELS, SEVERITIES, Audit
from verifier.schemes import schemes

PROBLEMS = (
    ("序号", 5), ("预算部门", 8), ("预算单位", 12), ("业务科室", 6), ("报告类型", 6), ("规则编号", 8), ("问题类别", 10), ("等级", 6),
    ("位置", 14), ("原文摘录", 30), ("报告数", 11), ("复算数", 11), ("差额", 10), ("公式", 18), ("已尝试口径", 20), ("依据", 12),
    ("核查意见", 40), ("影响", 12), ("需补充资料", 9), ("责任单位/责任人", 9), ("整改期限", 7), ("反馈情况", 12), ("复核结论（销号/退回）", 10), ("文件", 12),
)  # fmt: skip
CHECKS = (
    ("核查项", 16), ("规则", 8), ("公式/来源", 26), ("报告值", 11), ("计算值", 11), ("差额", 10), ("判断", 8), ("口径", 24), ("说明", 16),
    ("位置", 16), ("所涉数字", 24), ("文件", 12),
)  # fmt: skip
LEDGER = (
    ("序号", 5), ("原文", 12), ("数值", 10), ("单位", 6), ("类别", 6), ("含义", 16), ("范围", 12), ("页", 4), ("章节", 20), ("上下文", 36),
    ("状态", 9), ("原因", 24), ("核查项数", 6), ("文件", 12),
)  # fmt: skip
LOOK: dict[str, dict[str, Any]] = {
    "error": {"bg_color": "#F4B6B6", "bold": True},
    "warning": {"bg_color": "#FBE3A6", "bold": True, "italic": True},
    "notice": {"bg_color": "#CFE2F3"},
    "info": {"font_color": "#555555", "italic": True},
}
LINE = 13.5
"""Points of a line of 10-point text; heights are set, since not every program works them out for wrapped cells."""
MOST_LINES = 28
CREATED = datetime(2020, 1, 1)
"""A fixed date, so that the same input gives the same bytes."""


def write(audits: list[Audit], out: BinaryIO) -> None:
    """Writes the workbook to a binary stream."""
    import xlsxwriter

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": "绩效自评报告核查问题清单", "created": CREATED})
    base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#999999", "font_name": "宋体", "font_size": 10}
    looks = {name: book.add_format({**base, **look}) for name, look in LOOK.items()}
    looks["cell"] = book.add_format(base)
    looks["head"] = book.add_format({**base, "bold": True, "bg_color": "#D9D9D9", "align": "center", "valign": "vcenter"})
    _sheet(book, "问题清单", PROBLEMS, list(_problems(audits)), looks, severity_column=7)
    _sheet(book, "勾稽核查表", CHECKS, list(_checks(audits)), looks)
    _sheet(book, "数字台账", LEDGER, list(_ledger(audits)), looks)
    _sheet(book, "说明", (("项目", 22), ("内容", 100)), list(_notes(audits)), looks)
    book.close()


def _sheet(book: Any, name: str, head: tuple[tuple[str, int], ...], rows: list[tuple[Any, ...]], looks: dict[str, Any], severity_column: int = -1) -> None:
    """One sheet: frozen and repeated head, filter, A4 landscape, one page wide, page numbers in the foot."""
    sheet = book.add_worksheet(name)
    for column, (title, width) in enumerate(head):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, looks["head"])
    keys = {label: key for key, label in LABELS.items()}
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, LINE * max(_lines(cell, width) for cell, (_, width) in zip(row, head, strict=True)))
        for column, cell in enumerate(row):
            look = looks[keys.get(str(cell), "cell")] if column == severity_column else looks["cell"]
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, look)
            else:
                sheet.write_string(number, column, "" if cell is None else str(cell), look)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(head) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(2 if name == "问题清单" else 1, 0)
    sheet.repeat_columns(0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header(f"&C{name}")
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _lines(cell: Any, width: int) -> int:
    """How many lines a cell takes when it is wrapped at its column's width."""
    text = "" if cell is None else str(cell)
    return min(MOST_LINES, max(1, sum(-(-max(1, columns(line)) // max(1, width - 1)) for line in text.split("\n"))))


def _name(path: str) -> str:
    """The name of a file without its folders, whichever system wrote the path."""
    return path.replace("\\", "/").rpartition("/")[2]


def _problems(audits: list[Audit]) -> Any:
    number = 0
    for audit in audits:
        report = audit.report
        if report.error:
            number += 1
            yield (number, "", "", "", "", report.error.code, "无法读取", "错误", "", "", "", "", "", "", "", "", report.error.message, "", "", "", "", "", "", _name(report.path))
        for f in audit.findings:
            number += 1
            yield (
                number, "", report.unit_name, "", KIND.get(report.kind, ""), f.rule, f.title, LABELS[f.severity], place(f), f.quote,
                f.stated, f.recomputed, f.difference, f.formula, "\n".join(f.readings_tried), f.basis, f.message, impact(f),
                "", report.unit_name, "", "", "", _name(report.path),
            )  # fmt: skip


def _checks(audits: list[Audit]) -> Any:
    for audit in audits:
        figures = {figure.id: figure for figure in audit.report.figures}
        for c in audit.checks:
            first = figures[c.figures[0]] if c.figures else None
            where = f"第{first.place.page}页 {audit.report.section_of(first.start)}" if first and first.place else "全文"
            texts = "、".join(figures[key].text for key in c.figures)
            yield (c.title, c.rule, c.formula, c.stated, c.recomputed, c.difference, VERDICT[c.verdict], c.reading, c.reason, where, texts, _name(audit.report.path))


def _ledger(audits: list[Audit]) -> Any:
    from extractor.model.fields import TITLES, scope_title

    for audit in audits:
        report = audit.report
        for number, (figure, entry) in enumerate(zip(report.figures, audit.ledger, strict=True), start=1):
            scope = scope_title((entry.scope or "").partition("/")[0]) if entry.scope else ""
            yield (
                number, figure.text, str(figure.number) if figure.number is not None else "", figure.unit, FIGURE_KIND[figure.kind],
                TITLES.get(entry.role or "", entry.role), scope, figure.place.page if figure.place else "", report.section_of(figure.start),
                report.quote(figure.start, figure.end, 30), STATUS[entry.status], entry.reason, len(entry.checks), _name(report.path),
            )  # fmt: skip


def _notes(audits: list[Audit]) -> Any:
    from perfeval._version import __version__

    yield ("程序", f"perfeval {__version__}")
    yield ("评分方案", "、".join(sorted({f"{s.id} {s.title}" for s in schemes() for audit in audits if s.id == audit.scheme})))
    for severity in SEVERITIES:
        yield (LABELS[severity], MEANING[severity])
    yield ("提示", "本表为复算结果和核查线索，结论由财政部门作出；依据中的条款引用前请核对原文。")
    for audit in audits:
        report = audit.report
        if report.error:
            yield (report.path, f"无法读取（{report.error.code}）：{report.error.message}")
            continue
        yield (report.path, f"{report.unit_name or '单位未识别'} {report.fiscal_year or ''}，{report.pages}页，SHA-256 {report.sha256}。{coverage(audit)}结果：{counts(audit)}。")
        for note in report.notes:
            yield (f"{report.path} 注意", note)
