"""A list to paste into a document or a ticket."""

from __future__ import annotations

from typing import TextIO

from perfeval.render.words import counts, coverage, headline, impact, place
from verifier.audit import LABELS, SEVERITIES, Audit


def write(audits: list[Audit], out: TextIO) -> None:
    """Prints a chapter a report and a table a severity."""
    for audit in audits:
        report = audit.report
        out.write(f"# {_cell(report.title or report.path)}\n\n")
        if report.error:
            out.write(f"无法读取（{report.error.code}）：{report.error.message}\n\n")
            continue
        out.write(f"{headline(audit)}\n\n{coverage(audit)}结果：{counts(audit)}。\n\n")
        for severity in SEVERITIES:
            chosen = [finding for finding in audit.findings if finding.severity == severity]
            if not chosen:
                continue
            out.write(f"## {LABELS[severity]}（{len(chosen)}条）\n\n| 规则 | 位置 | 原文 | 报告数 | 复算数 | 核查意见 | 影响 | 依据 |\n|---|---|---|---|---|---|---|---|\n")
            for f in chosen:
                cells = (f"{f.rule} {f.title}", place(f), f.quote, f.stated or "", f.recomputed or "", f.message, impact(f), f.basis)
                out.write("| " + " | ".join(_cell(cell) for cell in cells) + " |\n")
            out.write("\n")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
