"""Findings for a person at a terminal: grouped by severity, wrapped at its width, readable without colour."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from typing import TextIO

from perfeval.render.words import counts, coverage, headline, impact, place
from verifier.audit import LABELS, SEVERITIES, Audit, Finding

COLOURS = {"error": "31", "warning": "33", "notice": "36", "info": "2"}
TOKEN = re.compile(r"[0-9A-Za-z.,%‰/+\-−–]+|.", re.S)
NO_START = "，。；：、）”》！？"


def write(audits: list[Audit], out: TextIO) -> None:
    """Prints every report, and the counts of all where there are several."""
    width = max(40, min(shutil.get_terminal_size((80, 24)).columns, 120))
    paint = out.isatty() and "NO_COLOR" not in os.environ
    for index, audit in enumerate(audits):
        if index:
            out.write("\n")
        _report(audit, out, width, paint)
    if len(audits) > 1:
        _total(audits, out)


def _report(audit: Audit, out: TextIO, width: int, paint: bool) -> None:
    report = audit.report
    out.write(_bold(f"■ {report.path}", paint) + "\n")
    if report.error:
        out.write(wrap(f"无法读取（{report.error.code}）：{report.error.message}", width, "  ") + "\n")
        return
    out.write(wrap(headline(audit), width, "  ") + "\n")
    if report.title:
        out.write(wrap(report.title, width, "  ") + "\n")
    for note in report.notes:
        out.write(wrap(f"注意：{note}", width, "  ") + "\n")
    number = 0
    for severity in SEVERITIES:
        chosen = [finding for finding in audit.findings if finding.severity == severity]
        if not chosen:
            continue
        head = f"【{LABELS[severity]}】{len(chosen)}条"
        out.write("\n" + (_colour(head, COLOURS[severity]) if paint else head) + "\n")
        for finding in chosen:
            number += 1
            _finding(number, finding, out, width)
    if not audit.findings:
        out.write("\n  未发现问题。\n")
    out.write("\n" + wrap(f"{coverage(audit)}结果：{counts(audit)}。", width, "") + "\n")


def _finding(number: int, finding: Finding, out: TextIO, width: int) -> None:
    out.write(wrap(f"{number}. {finding.rule} {finding.title}（{place(finding)}）", width, "    ", first=" ") + "\n")
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
        rows.append(("可能", "；".join(cause.explanation for cause in finding.causes)))
    if finding.also_at:
        rows.append(("另见", "；".join(finding.also_at)))
    if finding.impact:
        rows.append(("影响", impact(finding)))
    rows.append(("依据", finding.basis))
    for name, words in rows:
        out.write(wrap(f"{name}：{words}", width, "          ", first="    ") + "\n")


def _total(audits: list[Audit], out: TextIO) -> None:
    unreadable = sum(audit.report.status != "ok" for audit in audits)
    sums = "、".join(f"{LABELS[severity]}{sum(audit.count(severity) for audit in audits)}" for severity in SEVERITIES)
    out.write(f"\n共{len(audits)}份，无法读取{unreadable}份；{sums}。\n")


def _bold(text: str, paint: bool) -> str:
    return _colour(text, "1") if paint else text


def _colour(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def columns(text: str) -> int:
    """How many columns of a terminal the text takes: a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 0 if unicodedata.combining(sign) else 1 for sign in text)


def wrap(text: str, width: int, indent: str, first: str | None = None) -> str:
    """The text in lines of at most ``width`` columns; numbers are never broken, no line begins with a full stop.

    >>> wrap("执行率97.90%，得9.79分", 12, "")
    '执行率\\n97.90%，得\\n9.79分'
    """
    lines: list[str] = []
    line = first if first is not None else indent
    used = columns(line)
    for token in TOKEN.findall(text.replace("\n", " ")):
        size = columns(token)
        if used + size > width - (1 if token in NO_START else 2) and line.strip() and token not in NO_START:
            lines.append(line)
            line, used = indent, columns(indent)
            if token == " ":
                continue
        line += token
        used += size
    return "\n".join([*lines, line])
