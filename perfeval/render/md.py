"""A list to paste into a document or a ticket."""

from __future__ import annotations

import re
from typing import TextIO

from perfeval.render.layout import plain
from perfeval.render.words import causes, counts, coverage, decided, headline, impact, place
from verifier.audit import LABELS, SEVERITIES, Audit

MARKS = re.compile(r"([\\`*_\[\]<>|~#])")
HEAD = "| 规则 | 位置 | 原文 | 报告数 | 复算数 | 差额 | 公式 | 核查意见 | 可能原因 | 影响 | 处理 | 依据 |"


def write(audits: list[Audit], out: TextIO) -> None:
    """Prints a chapter a report and a table a severity."""
    for audit in audits:
        _chapter(audit, out)


def _chapter(audit: Audit, out: TextIO) -> None:
    report = audit.report
    out.write(f"# {_cell(report.title or report.path)}\n\n")
    if report.error:
        out.write(f"无法读取（{_cell(report.error.code)}）：{_cell(report.error.message)}\n\n")
        return
    out.write(f"文件：{_cell(report.path)}\n\n{_cell(headline(audit))}\n\n{_cell(coverage(audit))}结果：{counts(audit)}。\n\n")
    for severity in SEVERITIES:
        chosen = [finding for finding in audit.findings if finding.severity == severity]
        if not chosen:
            continue
        out.write(f"## {LABELS[severity]}（{len(chosen)}条）\n\n{HEAD}\n|{'---|' * HEAD.count(' | ')}---|\n")
        for f in chosen:
            cells = (
                f"{f.rule} {f.title}", place(f), f.quote, f.stated or "", f.recomputed or "", f.difference or "", f.formula,
                f.message, causes(f), impact(f), decided(f), f.basis,
            )  # fmt: skip
            out.write("| " + " | ".join(_cell(cell) for cell in cells) + " |\n")
        out.write("\n")


def _cell(text: str) -> str:
    """Text of a report as text of the page: no mark of it becomes Markdown or HTML."""
    return MARKS.sub(r"\\\1", plain(" ".join(text.split())))
