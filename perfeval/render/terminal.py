"""Findings for a person at a terminal: grouped by severity, wrapped at its width, readable without colour."""

from __future__ import annotations

import os
import shutil
from typing import TextIO

from perfeval.render.layout import columns, plain, wrap
from perfeval.render.words import causes, checked, counts, coverage, decided, headline, impact, place
from verifier.audit import LABELS, SEVERITIES, Audit, Finding

COLOURS = {"error": "31", "warning": "33", "notice": "36", "info": "2"}
NARROW, USUAL, WIDE = 40, 80, 120

__all__ = ["columns", "wrap", "write"]


def write(audits: list[Audit], out: TextIO) -> None:
    """Prints every report, and the counts of all where there are several."""
    width = max(NARROW, min(shutil.get_terminal_size((USUAL, 24)).columns, WIDE)) if out.isatty() else USUAL
    paint = _may_paint(out)
    for index, audit in enumerate(audits):
        if index:
            out.write("\n")
        _report(audit, out, width, paint)
    if len(audits) > 1:
        _total(audits, out, width)


def _may_paint(out: TextIO) -> bool:
    """Colour only at a terminal that shows it, and that was not asked to leave it (https://no-color.org)."""
    if not out.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or any(name in os.environ for name in ("WT_SESSION", "ANSICON", "TERM", "ConEmuANSI"))


def _report(audit: Audit, out: TextIO, width: int, paint: bool) -> None:
    report = audit.report
    out.write(_bold(f"■ {plain(report.path)}", paint) + "\n")
    if report.error:
        out.write(wrap(f"无法读取（{report.error.code}）：{report.error.message}", width, "  ") + "\n")
        return
    out.write(wrap(headline(audit), width, "  ") + "\n")
    if report.title:
        out.write(wrap(report.title, width, "  ") + "\n")
    for note in report.notes:
        out.write(wrap(f"注意：{note}", width, "  ") + "\n")
    out.write(wrap(coverage(audit), width, "  ") + "\n")
    number = 0
    for severity in SEVERITIES:
        chosen = [finding for finding in audit.findings if finding.severity == severity]
        if not chosen:
            continue
        waived = sum(finding.waiver is not None for finding in chosen)
        head = f"【{LABELS[severity]}】{len(chosen)}条" + (f"（其中豁免{waived}条）" if waived else "")
        out.write("\n" + (_colour(head, COLOURS[severity]) if paint else head) + "\n")
        for finding in chosen:
            number += 1
            _finding(number, finding, out, width)
    if not audit.findings:
        out.write("\n  未发现问题。\n")
    out.write("\n" + wrap(f"结果：{counts(audit)}；{checked(audit)}。", width, "") + "\n")


def _finding(number: int, finding: Finding, out: TextIO, width: int) -> None:
    mark = "〔豁免〕" if finding.waiver else ""
    out.write(wrap(f"{number}. {mark}{finding.rule} {finding.title}（{place(finding)}）", width, "    ", first=" ") + "\n")
    rows = [("意见", finding.message)]
    if finding.quote:
        rows.append(("原文", f"“{finding.quote}”"))
    figures = [
        f"{name}{value}" for name, value in (("报告数", finding.stated), ("复算数", finding.recomputed), ("差额", finding.difference)) if value
    ]
    if figures:
        rows.append(("数值", "　".join(figures)))
    rows.append(("公式", finding.formula))
    if len(finding.readings_tried) > 1:
        rows.append(("已试", "；".join(finding.readings_tried)))
    if finding.causes:
        rows.append(("可能", causes(finding)))
    if finding.also_at:
        rows.append(("另见", "；".join(finding.also_at)))
    if finding.impact:
        rows.append(("影响", impact(finding)))
    if words := decided(finding):
        rows.append(("处理", words))
    rows.append(("依据", finding.basis))
    for name, text in rows:
        out.write(wrap(f"{name}：{text}", width, "          ", first="    ") + "\n")


def _total(audits: list[Audit], out: TextIO, width: int) -> None:
    unreadable = sum(audit.report.status != "ok" for audit in audits)
    sums = "、".join(f"{LABELS[severity]}{sum(audit.count(severity) for audit in audits)}" for severity in SEVERITIES)
    wrong = sum(audit.count("error") > 0 for audit in audits)
    waived = sum(audit.waived for audit in audits)
    more = f"，另有豁免{waived}" if waived else ""
    out.write("\n" + wrap(f"共{len(audits)}份，无法读取{unreadable}份，有错误{wrong}份；{sums}{more}。", width, "") + "\n")


def _bold(text: str, paint: bool) -> str:
    return _colour(text, "1") if paint else text


def _colour(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
