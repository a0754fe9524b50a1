"""TIE: what the report states of the whole department against the bureau's own books."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.model.books import BookLine
from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.interval import add_up
from extractor.model.report import Fact, Report, Subject, parents
from verifier.audit import Cause
from verifier.case import Case
from verifier.diagnose.slips import one_slip_apart, slip_between
from verifier.diagnose.weigh import qualified
from verifier.judge import Judgement, Operand, half_up, judge
from verifier.outcome import Outcome
from verifier.rule import MOF_10, finding_rule
from verifier.words import SLIPS, fact_title, like

Role = tuple[str, str]
"""A scope and a field."""

NARROWER = re.compile(r"本级(?!财力|财政|资金|预算收入)|机关本部|(?<!含)(?<!包括)(?<!及)(?<!和)(?:下属|所属|直属|二级预算|二级)单位|局机关(?!运行)")
"""Words that make a figure one of a part of the department, whatever measure follows."""
ANOTHER_MENTION = "报告另一处同名数字与账表一致，此处可能另有所指"
DIGITS_OF_PROOF = 4
"""Between shorter numbers one slip lies too often by chance. Ten thousand times too much may be the unit of the books."""
NOT_SURE = "口径或范围不能确定，未要求与账表一致"

_TIES: tuple[tuple[str, str, str, tuple[Role, ...], str], ...] = (
    ("TIE-01", "年初预算数与账表一致", "报告年初预算数 = 账表年初预算数", (("department", "original_budget"),), "报告列的部门整体年初预算数应与财政部门预算批复账表一致。"),
    ("TIE-02", "全年预算数与账表一致", "报告全年预算数 = 账表全年预算数", (("department", "revised_budget"),), "报告列的部门整体全年（调整后）预算数应与财政部门账表一致。"),
    ("TIE-03", "全年执行数与账表一致", "报告全年执行数 = 账表执行数（决算数）", (("department", "expenditure_outturn"),), "报告列的部门整体全年执行数应与部门决算一致。"),
    (
        "TIE-04", "三公经费与账表一致", "报告三公经费 = 账表三公经费（预算、决算各自比较）",
        tuple(
            (scope, field) for scope in ("three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_run", "reception")
            for field in ("original_budget", "revised_budget", "expenditure_outturn")
        ),
        "三公经费及其各项的预算数、决算数应与账表一致。",
    ),
    (
        "TIE-05", "基本支出与账表一致", "报告基本支出（人员、公用经费） = 账表同项",
        tuple((scope, field) for scope in ("basic", "personnel", "operating") for field in ("original_budget", "revised_budget", "expenditure_outturn")),
        "部门基本支出、人员经费、公用经费的预算数、决算数应与账表一致。",
    ),
    (
        "TIE-06", "项目支出与账表一致", "报告项目支出总额 = 账表项目支出",
        tuple(("project", field) for field in ("original_budget", "revised_budget", "expenditure_outturn")),
        "部门项目支出总额应与账表一致；单个项目不比较。",
    ),
    (
        "TIE-07", "结转结余与账表一致", "报告上年结转、年末结转结余 = 账表同项",
        (("department", "carryover_in"), ("department", "carryover_out")), "上年结转和年末结转结余应与部门决算一致。",
    ),
    (
        "TIE-08", "收入与到位资金与账表一致", "报告本年收入、到位资金 = 账表同项",
        (("department", "income"), ("department", "funds_received")), "本年收入和到位资金应与财政部门账表一致。",
    ),
    (
        "TIE-09", "政府采购与账表一致", "报告政府采购预算、执行 = 账表同项",
        tuple(("procurement", field) for field in ("original_budget", "revised_budget", "expenditure_outturn")),
        "政府采购预算数、执行数应与账表一致。",
    ),
)  # fmt: skip


def _declare(code: str, title: str, formula: str, roles: tuple[Role, ...], doc: str) -> None:
    def ties(case: Case) -> Iterator[Outcome]:
        return _ties(case, code, roles)

    ties.__doc__ = doc
    finding_rule(
        code, title, severity="warning", formula=formula, basis=MOF_10,
        exceptions="本级、下属单位、单个项目的数；只列部分资金来源的数；保留位数不同的数。只差一处笔误的列为错误，其余列为疑点。",
        typical_causes="沿用上年数；误把年初预算当作全年预算；元与万元换算错误；决算批复后未更新。",
        holds=(("2,340.12万元", "23401234.56元"), ("0.23亿元", "2340.12万元")), fails=(("2,340.12万元", "2430.12万元"),),
    )(ties)  # fmt: skip


for _tie in _TIES:
    _declare(*_tie)


def _ties(case: Case, code: str, roles: tuple[Role, ...]) -> Iterator[Outcome]:
    """Every figure of these roles that the books know too; without books there is nothing to say."""
    if not case.books or not _of_whole_department(case.report):
        return
    for subject in case.subjects("budget"):
        for field in case.facts[subject]:
            lines = [line for line in case.books if (line.scope, line.field, line.year) == (subject.name, field, subject.year)]
            if lines and (subject.name, field) in roles:
                yield from _mentions(case, code, subject, field, lines)


def _of_whole_department(report: Report) -> bool:
    """Whether the report is one of a department: what a project's report calls 全年预算 is that of the project."""
    title = report.title or ""
    return report.kind in ("department_report", "department_table") and ("项目" not in title or "整体" in title)


def _mentions(case: Case, code: str, subject: Subject, field: str, lines: list[BookLine]) -> Iterator[Outcome]:
    """All mentions of one field against the line of the books that suits each best."""
    facts = [fact for fact in case.stated(subject, field) if fact.subject == subject and fact.figure.kind == "amount" and not _is_narrower(case, fact)]
    judged = [(fact, *_best(fact, lines)) for fact in facts]
    agrees = any(judgement.holds for _, judgement, _ in judged)
    for fact, judgement, line in judged:
        outcome = _outcome(code, fact, judgement, line)
        if judgement.verdict in ("inconsistent", "doubtful"):
            slip = _slip(fact.figure, line)
            if not fact.firm or qualified(case, fact.figure):
                outcome.verdict, outcome.reason = "unchecked", NOT_SURE
            elif agrees and not slip:
                outcome.verdict, outcome.reason = "unchecked", ANOTHER_MENTION
            else:
                _accuse(case, outcome, fact, line, slip)
        yield outcome


def _is_narrower(case: Case, fact: Fact) -> bool:
    """Whether its sentence or a heading above says that the figure is of a part of the department."""
    report, figure = case.report, fact.figure
    start = max(report.text.rfind(mark, 0, figure.start) for mark in "。；;\n") + 1
    headings = [section.title for section in parents(report.sections, fact.section)] if fact.section >= 0 else []
    return any(NARROWER.search(words) for words in (report.text[start : figure.start], *headings))


def _best(fact: Fact, lines: list[BookLine]) -> tuple[Judgement, BookLine]:
    """The line that agrees; where none does the first, which is the unit's own."""
    judged = [(judge(fact.figure, add_up, [Operand(figure) for figure in line.figures], fact.sign), line) for line in lines]
    return next((pair for pair in judged if pair[0].holds), judged[0])


def _outcome(code: str, fact: Fact, judgement: Judgement, line: BookLine) -> Outcome:
    figure = fact.figure
    outcome = Outcome(
        code, (figure,), verdict=judgement.verdict, stated=figure.text, reading=f"{line.source}“{line.unit}”{line.year}年：{line.printed}",
        reason=judgement.reason, key=(*fact.subject, fact.field), proven=True,
    )  # fmt: skip
    if judgement.recomputed is not None:
        outcome.recomputed = like(judgement.recomputed, figure, 2)
        outcome.difference = like(figure.value * fact.sign - judgement.recomputed, figure, 2)
        outcome.tried = (outcome.reading,)
    return outcome


def _accuse(case: Case, outcome: Outcome, fact: Fact, line: BookLine, slip: Cause | None) -> None:
    """Both sources are named; which of them is right is for the unit and the bureau to settle."""
    figure = fact.figure
    outcome.causes = tuple(_causes(case, fact, line))
    proven = slip is not None and slip.kind != "unit_slip" and len((figure.number or Decimal()).as_tuple().digits) >= DIGITS_OF_PROOF
    outcome.severity = "error" if proven and not outcome.causes and outcome.verdict == "inconsistent" else "warning"
    if slip:
        outcome.causes += (slip,)
    where = f"（{figure.place.words}）" if figure.place and figure.place.words else ""
    outcome.message = (
        f"报告{where}列{fact_title(fact)}{figure.text}，{line.source}“{line.unit}”{line.year}年列{line.printed}，"
        f"相差{outcome.difference}，请核实并说明口径。"
    )  # fmt: skip


def _slip(figure: Figure, line: BookLine) -> Cause | None:
    """The one ordinary slip that turns the amount of the books, printed as the report prints, into the report's."""
    target = half_up(_sum(line), figure.step)
    if not one_slip_apart(figure, target):
        return None
    kind = slip_between(figure, target) or "digit_typo"
    suggested = like(target, figure)
    return Cause(kind, figure.id, suggested, f"{figure.text}若为{suggested}（{SLIPS[kind]}），与账表一致")


OTHER_BASES = {"original_budget": "年初预算数", "revised_budget": "全年预算数", "expenditure_outturn": "全年执行数"}


def _causes(case: Case, fact: Fact, line: BookLine) -> Iterator[Cause]:
    """Another amount of the books that the figure is: another year's, or another column's."""
    for other in case.books:
        if other.scope != line.scope or (other.field, other.year) == (line.field, line.year) or not _is(fact.figure, other):
            continue
        if other.field == line.field:
            yield Cause("stale_copy", fact.figure.id, like(_sum(line), fact.figure, 2), f"与账表{other.year}年的数相同，可能沿用了其他年度的数")
        elif other.year == line.year and other.field in OTHER_BASES:
            yield Cause("wrong_base", fact.figure.id, like(_sum(line), fact.figure, 2), f"与账表的{OTHER_BASES[other.field]}相同，可能取错了栏")


def _is(figure: Figure, line: BookLine) -> bool:
    return bool(figure.value) and judge(figure, add_up, [Operand(part) for part in line.figures]).exact


def _sum(line: BookLine) -> Fraction:
    return add_up(*(figure.value for figure in line.figures))
