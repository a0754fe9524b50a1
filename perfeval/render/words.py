"""What all outputs say alike: the coverage line, the place of a finding, the names of things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from extractor.model.fields import scope_title
from extractor.model.report import Report
from perfeval.render.layout import plain
from verifier.audit import LABELS, SEVERITIES, Audit, Finding, Waiver
from verifier.words import like

STATUS = {
    "verified": "核对一致",
    "contradicted": "矛盾",
    "questionable": "存疑",
    "unchecked": "未核对",
    "not_a_claim": "非陈述",
}
VERDICT = {
    "consistent": "一致",
    "rounding": "一致（进位差）",
    "doubtful": "存疑",
    "inconsistent": "不一致",
    "unchecked": "未核对",
}
KIND = {
    "department_report": "部门整体",
    "project_report": "项目",
    "department_table": "部门整体自评表",
    "project_table": "项目自评表",
    "unknown": "未识别",
}
FIGURE_KIND = {
    "amount": "金额",
    "rate": "比率",
    "points": "分值",
    "count": "数量",
    "date": "日期",
    "year": "年度",
    "ordinal": "序号",
    "document_number": "文号",
    "other": "其他",
}
MEANING = {
    "error": "报告自身的数字在任何合法口径下都不能同时成立，退回修改",
    "warning": "取决于口径或有未解释的变动，限期说明",
    "notice": "算术成立，办法规定可能未遵守，由人判断",
    "info": "缺少数据，或只有尾差，请补充",
}
MOST_REASONS = 3
OF_WHOM = re.compile(r"^(已识别)（.+?）")


def place(finding: Finding) -> str:
    """第3页 · 三、部门单位整体支出绩效分析."""
    page = finding.where or (f"第{finding.page}页" if finding.page else "全文")
    return f"{page} · {finding.section}" if finding.section else page


FORMATS = {
    "docx": "Word文档", "doc": "旧版Word文档", "rtf": "RTF文档", "odt": "OpenDocument文档", "html": "网页", "xlsx": "Excel工作簿", "xls": "旧版Excel工作簿",
    "ods": "OpenDocument表格",
}  # fmt: skip


def length(report: Report) -> str:
    """The number of pages, or what kind of file it is where it has no pages of its own, and how many tables it holds."""
    tables = f"，{len(report.tables)}张表" if report.tables else ""
    return FORMATS.get(report.format, f"{report.pages}页") + tables


def coverage(audit: Audit) -> str:
    """How much was read and checked, and why the rest was not."""
    counts = audit.coverage
    claims = counts["figures"] - counts["not_a_claim"]
    bound = sum(entry.role is not None for entry in audit.ledger if entry.status != "not_a_claim")
    why = "；".join(f"{reason}{count}个" for reason, count in _reasons(audit))
    line = (
        f"读到{counts['figures']}个数字，其中陈述{claims}个，识别含义{bound}个；核对一致{counts['verified']}个，"
        f"矛盾{counts['contradicted']}个，存疑{counts['questionable']}个，未核对{counts['unchecked']}个"
    )
    return f"{line}（{why}）。{power(audit)}" if why else f"{line}。{power(audit)}"


def checked(audit: Audit) -> str:
    """The same as few words, for the foot of a list."""
    found = audit.coverage
    return f"陈述{found['figures'] - found['not_a_claim']}个，未核对{found['unchecked']}个"


def _reasons(audit: Audit) -> list[tuple[str, int]]:
    """Why figures were not checked, the commonest first and the seldom ones together; whose figure it is does not tell them apart."""
    found = Counter(OF_WHOM.sub(r"\1", entry.reason or "") for entry in audit.ledger if entry.status == "unchecked").most_common()
    seldom = sum(count for _, count in found[MOST_REASONS:])
    return [*found[:MOST_REASONS], ("其他原因", seldom)] if seldom else found


def power(audit: Audit) -> str:
    """How many recomputations hold, and how many of them would not have seen an error of one in the last place printed."""
    figures = {figure.id: figure for figure in audit.report.figures}
    holding = [(check.power, figures[check.figures[0]]) for check in audit.checks if check.power]
    blunt = sum(seen != like(stated.step, stated) for seen, stated in holding)
    words = f"，其中{blunt}项受进位影响，报告数末位错1看不出来" if blunt else ""
    return f"复算相符{len(holding)}项{words}。" if holding else ""


def headline(audit: Audit) -> str:
    """Unit, year, kind and title of the report."""
    report = audit.report
    year = f"{report.fiscal_year}年度" if report.fiscal_year else "年度未识别"
    return f"{report.unit_name or '单位未识别'} · {year} · {KIND.get(report.kind, report.kind)} · {length(report)}"


def counts(audit: Audit) -> str:
    """错误0、疑点7、提示5、说明4; 另有豁免1 where findings were waived."""
    open_ones = "、".join(f"{LABELS[severity]}{audit.count(severity)}" for severity in SEVERITIES)
    return f"{open_ones}，另有豁免{audit.waived}" if audit.waived else open_ones


RISKY = ("=", "+", "-", "@", "\t", "\r")
REQUEST = re.compile(r"请((?:提供|补充|说明|注明)[^，。；]+)")


def safe(text: str | None) -> str:
    """Cell text that a spreadsheet would run as a formula, made plain text.

    >>> safe("=1+1"), safe("-27.79万元"), safe("97.90%")
    ("'=1+1", "'-27.79万元", '97.90%')
    """
    words = text or ""
    return "'" + plain(words) if words.lstrip(" ").startswith(RISKY) else plain(words)


def causes(finding: Finding) -> str:
    """可能原因 with the value that would make everything agree; a proposal."""
    words = []
    for cause in finding.causes:
        more = f"，建议核对是否应为{cause.suggested}" if cause.suggested and cause.suggested not in cause.explanation else ""
        words.append(f"{cause.explanation}{more}")
    return "；".join(words)


def wanted(finding: Finding) -> str:
    """需补充资料: what the message asks the unit for.

    >>> REQUEST.findall("单位不同，请补充计划数或按同一单位列示。")
    ['补充计划数或按同一单位列示']
    """
    return "；".join(dict.fromkeys(REQUEST.findall(finding.message)))


def scope(report: Report, name: str | None) -> str:
    """部门整体（2023年） for ``department/2023``, the indicator's own name for ``指标6/2023``."""
    if not name:
        return ""
    subject, _, year = name.rpartition("/")
    indicators = {indicator.key: f"{indicator.key} {indicator.name}" for indicator in report.indicators}
    title = indicators.get(subject) or "、".join(scope_title(part) for part in subject.split("/"))
    return f"{title}（{year}年）" if year else title


def decided(finding: Finding) -> str:
    """What the bureau decided of the finding: who waived it, why and until when, and what else was changed."""
    return handling(finding.remarks, finding.waiver)


def handling(remarks: Iterable[str], waiver: Waiver | None) -> str:
    """The same of its parts."""
    words = list(remarks)
    if waiver is not None:
        until = f"，有效期至{waiver.expires}" if waiver.expires else ""
        words.insert(0, f"豁免：{waiver.approver}批准，{waiver.reason}{until}" if waiver.kind == "waiver" else f"豁免：{waiver.reason}")
    return "；".join(words)


IMPACT = {"points": "分值", "grade": "等级", "total": "综合得分", "money": "金额"}


def impact(finding: Finding) -> str:
    """What the finding changes, in words."""
    return "；".join(f"{IMPACT.get(key, key)}{value}" for key, value in finding.impact.items())
