"""One row a finding, for any spreadsheet. Begins with a byte order mark so that Excel reads it as UTF-8."""

from __future__ import annotations

import csv
from typing import TextIO

from perfeval.render.words import causes, decided, impact, place, safe
from verifier.audit import LABELS, Audit

HEAD = ("文件", "预算单位", "年度", "规则编号", "问题类别", "等级", "位置", "原文摘录", "报告数", "复算数", "差额", "公式", "已尝试口径", "核查意见", "依据", "可能原因", "影响", "另见", "处理")


def write(audits: list[Audit], out: TextIO) -> None:
    """Prints all findings; a file that could not be read has a row of its own."""
    out.write("\ufeff")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(HEAD)
    for audit in audits:
        report = audit.report
        start = (report.path, report.unit_name, str(report.fiscal_year or ""))
        if report.error:
            rows.writerow([safe(cell) for cell in (*start, report.error.code, "无法读取", "错误", "", "", "", "", "", "", "", report.error.message, "", "", "", "", "")])
        for f in audit.findings:
            cells = (
                *start, f.rule, f.title, LABELS[f.severity], place(f), f.quote, f.stated, f.recomputed, f.difference,
                f.formula, "；".join(f.readings_tried), f.message, f.basis,
                causes(f), impact(f), "；".join(f.also_at), decided(f),
            )  # fmt: skip
            rows.writerow([safe(cell) for cell in cells])
