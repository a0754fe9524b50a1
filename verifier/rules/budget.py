"""BUD: budget sums and identities. Amounts in any unit of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.interval import Interval
from extractor.model.report import Fact, Subject
from verifier.case import Case
from verifier.diagnose.readings import around, difference_for
from verifier.diagnose.weigh import Trial, together, weigh
from verifier.engine import value_of
from verifier.judge import Judgement, Operand, Way, judge
from verifier.outcome import Outcome
from verifier.rule import ARITHMETIC, MOF_10, PLATFORM, Reading, finding_rule, part_of, planned, rule
from verifier.words import fact_title, like

NEAR = 160
"""Characters between figures that a writer put side by side; further apart they may speak of different things."""


OTHER_PARTS = "经营支出|上缴上级|附属单位|资本性支出|其他支出|债务"


def total(*parts: Interval) -> Interval:
    """The sum of any number of parts."""
    found = parts[0]
    for part in parts[1:]:
        found = found + part
    return found


def with_family(personnel: Interval, operating: Interval, family: Interval) -> Interval:
    return personnel + operating + family


@rule(
    "BUD-01", "年初预算分项合计", each="budget:department", states="original_budget",
    unless=OTHER_PARTS,
    formula="年初预算数 = 基本支出年初预算 + 项目支出年初预算", basis=ARITHMETIC,
    exceptions="“其中”只列部分内容；含经营支出、对附属单位补助支出。", typical_causes="分项漏列、数字错位。",
    holds=(("340.57万元", "304.57万元", "36万元"),), fails=(("340.57万元", "314.57万元", "36.00万元"),),
    readings=(
        Reading("基本支出＋项目支出＋上年结转", lambda basic_original_budget, project_original_budget, carryover_in: basic_original_budget + project_original_budget + carryover_in),
    ),
)  # fmt: skip
def original_parts(basic_original_budget: Interval, project_original_budget: Interval) -> Interval:
    """年初预算由基本支出与项目支出两部分构成。"""
    return basic_original_budget + project_original_budget


@rule(
    "BUD-04", "全年预算分项合计", each="budget:department", states="revised_budget",
    unless=OTHER_PARTS,
    formula="全年预算数 = 基本支出全年预算 + 项目支出全年预算", basis=ARITHMETIC,
    holds=(("313.87万元", "305.66万元", "8.21万元"),), fails=(("313.87万元", "305.66万元", "8.91万元"),),
)  # fmt: skip
def revised_parts(basic_revised_budget: Interval, project_revised_budget: Interval) -> Interval:
    """调整后的全年预算由基本支出与项目支出两部分构成。"""
    return basic_revised_budget + project_revised_budget


@rule(
    "BUD-05", "支出分项合计", each="budget:department", states="expenditure_outturn",
    unless=OTHER_PARTS,
    formula="全年执行数 = 基本支出执行数 + 项目支出执行数", basis=ARITHMETIC,
    exceptions="另有经营支出、对附属单位补助支出。",
    holds=(("307.27万元", "299.06万元", "8.21万元"),), fails=(("12023.85万元", "1432.49万元", "10588.12万元"),),
)  # fmt: skip
def outturn_parts(basic_expenditure_outturn: Interval, project_expenditure_outturn: Interval) -> Interval:
    """全年支出由基本支出与项目支出两部分构成。"""
    return basic_expenditure_outturn + project_expenditure_outturn


BASIC_PARTS = "基本支出 = 人员经费 + 公用经费"


@rule(
    "BUD-06", "基本支出预算构成", each="budget:basic", states="revised_budget", formula=BASIC_PARTS, basis=ARITHMETIC, unless=OTHER_PARTS,
    exceptions="对个人和家庭的补助单列时一并相加。",
    holds=(("305.66万元", "282.53万元", "23.13万元"),), fails=(("305.66万元", "282.53万元", "32.13万元"),),
    readings=(Reading("人员＋公用＋对个人和家庭的补助", lambda personnel_revised_budget, operating_revised_budget, family_revised_budget: with_family(personnel_revised_budget, operating_revised_budget, family_revised_budget)),),
)  # fmt: skip
def basic_parts_of_budget(personnel_revised_budget: Interval, operating_revised_budget: Interval) -> Interval:
    """基本支出预算由人员经费与公用经费构成。"""
    return personnel_revised_budget + operating_revised_budget


@rule(
    "BUD-07", "基本支出执行构成", each="budget:basic", states="expenditure_outturn", formula=BASIC_PARTS, basis=ARITHMETIC, unless=OTHER_PARTS,
    holds=(("512.29万元", "434.89万元", "77.40万元"),), fails=(("799.12万元", "434.89万元", "77.40万元"),),
    readings=(Reading("人员＋公用＋对个人和家庭的补助", lambda personnel_expenditure_outturn, operating_expenditure_outturn, family_expenditure_outturn: with_family(personnel_expenditure_outturn, operating_expenditure_outturn, family_expenditure_outturn)),),
)  # fmt: skip
def basic_parts_of_outturn(personnel_expenditure_outturn: Interval, operating_expenditure_outturn: Interval) -> Interval:
    """基本支出由人员经费与公用经费构成。"""
    return personnel_expenditure_outturn + operating_expenditure_outturn


@finding_rule(
    "BUD-02", "预算调整恒等式", severity="error", formula="全年预算数 = 年初预算数 ± 年中调整数", basis=PLATFORM,
    exceptions="另加上年结转（BUD-03）；多笔调整逐笔相加。", typical_causes="调减写成调增、漏记一笔追加。",
    holds=(("340.57万元", "-26.70万元", "313.87万元"),), fails=(("340.57万元", "-26.70万元", "323.87万元"),),
)  # fmt: skip
def adjustment_identity(case: Case) -> Iterator[Outcome]:
    """年初预算数加减年中调整等于全年预算数；方向词与正负号一致。"""
    for subject in case.subjects("budget"):
        changes = case.stated(subject, "budget_adjustment_net")
        originals = _distinct(case.stated(subject, "original_budget"))
        if not originals:
            continue
        for revised in case.stated(subject, "revised_budget"):
            if near := _beside(revised, changes):
                yield _identity(case, subject, revised, originals, near)


def _beside(revised: Fact, changes: list[Fact]) -> list[Fact]:
    """The adjustments that stand with this mention of the revised budget: in its sentence if any, else not far off."""
    for reach in (NEAR // 2, 2 * NEAR):
        near = [change for change in changes if abs(revised.figure.start - change.figure.start) <= reach]
        if near:
            return _distinct(near)
    return []


def _distinct(facts: list[Fact]) -> list[Fact]:
    seen: dict[object, Fact] = {}
    for fact in facts:
        if fact.figure.number is not None:
            seen.setdefault((fact.figure.value, fact.sign), fact)
    return list(seen.values())


def _identity(case: Case, subject: Subject, revised: Fact, originals: list[Fact], changes: list[Fact]) -> Outcome:
    """Every lawful composition: one adjustment, all of them, with the carry-over, against each printed 年初预算."""
    carried = _distinct(case.stated(subject, "carryover_in"))
    sets = [[change] for change in sorted(changes, key=lambda c: abs(c.figure.start - revised.figure.start))]
    if len(changes) > 1:
        sets.insert(0, changes)
    parts = [change for other in case.subjects("budget") if other != subject and other.year == subject.year for change in case.stated(other, "budget_adjustment_net")]
    if near := _beside(revised, parts):
        sets += [near, _distinct([*changes, *near])]  # 追加项目资金200万元,收回结余50万元: what is moved in a part is moved in the whole
    attempts: list[tuple[Judgement, list[Operand], str]] = []
    for original in sorted(originals, key=lambda o: abs(o.figure.start - revised.figure.start)):
        for chosen in sets:
            for extra, label in ((None, "年初预算 ± 调整"), *((fact, "年初预算 + 上年结转 ± 调整") for fact in carried)):
                facts = [original, *chosen, *([extra] if extra else [])]
                operands = [Operand(fact.figure, fact.sign) for fact in facts]
                attempts.append((judge(revised.figure, total, operands), operands, label))
    order = ("consistent", "rounding", "doubtful", "inconsistent", "unchecked")
    judgement, operands, label = min(attempts, key=lambda attempt: order.index(attempt[0].verdict))
    if judgement.verdict == "inconsistent":
        judgement, operands, label = _by_another_amount(case, revised, originals, changes) or attempts[0]
    trials = [(total, ops) for _, ops, _ in reversed(attempts)]
    outcome = _identity_outcome(case, subject, revised, judgement, operands, label, changes, trials)
    if judgement.verdict == "inconsistent":
        others = [[Operand(o.figure, o.sign), *(Operand(c.figure, c.sign) for c in changes)] for o in _distinct(case.stated(case.department(), "original_budget"))]
        outcome.ways = tuple(Way(total, tuple(ops)) for ops in (operands, *(ops for _, ops, _ in attempts), *others))
    return outcome


NET = re.compile(r"净[调增减]|相抵|合计|共计")
"""两项相抵净调减10.54万元, in another sentence of the paragraph."""


def _by_another_amount(case: Case, revised: Fact, originals: list[Fact], changes: list[Fact]) -> tuple[Judgement, list[Operand], str] | None:
    """Another amount of the sentence, or a net or total one of the paragraph, that is the whole adjustment to the last digit: the one that was read as it is a part of it."""
    read = {id(fact.figure) for fact in (revised, *originals, *changes)}
    text, figures, at = case.report.text, case.report.figures, revised.figure.start
    near = [*around(text, figures, at, False), *(f for f in around(text, figures, at, True) if NET.search(text[max(0, f.start - 8) : f.start]))]
    others = [f for f in near if f.kind == "amount" and f.number and id(f) not in read]
    for other in others:
        for original, sign in product(originals, (1, -1)):
            operands = [Operand(original.figure, original.sign), Operand(other, sign)]
            judgement = judge(revised.figure, total, operands)
            if judgement.verdict == "consistent":
                return judgement, operands, "年初预算 ± 同段所列调整"
    return None


def _identity_outcome(
    case: Case, subject: Subject, revised: Fact, judgement: Judgement, operands: list[Operand], label: str, changes: list[Fact],
    trials: Sequence[Trial],
) -> Outcome:
    figure = revised.figure
    value = judgement.recomputed
    outcome = Outcome(
        "BUD-02", (figure, *(operand.figure for operand in operands)), verdict=judgement.verdict, judgement=judgement, stated=figure.text,
        reading=label, reason=judgement.reason, key=(*subject, "identity"),
    )  # fmt: skip
    if value is not None:
        outcome.recomputed = like(value, figure)
        outcome.difference = like(figure.value - value, figure)
    if judgement.verdict == "rounding":
        outcome.severity = "info"
        outcome.message = f"{fact_title(revised)}列{figure.text}，复算为{outcome.recomputed}，差异可由{judgement.how}解释。"
    elif judgement.verdict == "doubtful":
        outcome.severity = "warning"
        outcome.message = f"{fact_title(revised)}列{figure.text}，复算为{outcome.recomputed}，{judgement.reason}，请核对原件。"
    elif judgement.verdict == "inconsistent" and any(case.report.text.startswith("等", change.figure.end) for change in changes):
        outcome.verdict, outcome.reason = "unchecked", "调整数只列了其中一部分"
    elif judgement.verdict == "inconsistent":
        outcome.reason = "调整数可能只是其中一部分"
        local = revised.firm and all(change.firm for change in changes) and (together(case, outcome.figures) or _all_told(case, outcome.figures))
        weigh(outcome, trials, local=local, doubt=1 if all(change.firm for change in changes) else 2)
        flipped = judge(figure, lambda a, b: a - b, operands[:2]) if len(operands) == 2 else None
        if flipped is not None and flipped.holds:
            outcome.rule, outcome.title = "BUD-16", "预算调整方向"
            outcome.severity, outcome.verdict, outcome.proven, outcome.certain = "error", "inconsistent", True, True
            outcome.message = (
                f"报告所写调整方向与金额不一致：年初预算{operands[0].figure.text}、调整{operands[1].figure.text}、"
                f"全年预算{figure.text}，按相反方向才相等，请核实调增或调减。"
            )
        else:
            terms = "、".join(operand.figure.text for operand in operands)
            outcome.message = (
                f"经复算，{terms}按“{label}”得{outcome.recomputed}，与报告所列{fact_title(revised)}{figure.text}"
                f"相差{outcome.difference}，请核实并更正。"
            )
    return outcome


def _all_told(case: Case, figures: Sequence[Figure]) -> bool:
    """年初预算a,其中b、c;调减d,调整后e: a sentence that names no amount besides, but the parts of the first."""
    first, last = min(f.start for f in figures), max(f.start for f in figures)
    between = [f for f in case.report.figures if f.kind == "amount" and first < f.start < last and f not in figures]
    parts = all(any(fact.field == "original_budget" for fact in case.by_figure.get(f.id, ())) for f in between)
    return parts and together(case, figures, "。\n")


part_of("BUD-03", "含结转恒等式", severity="error", formula="全年预算数 = 年初预算数 + 上年结转 ± 年中调整", basis=ARITHMETIC, within="BUD-02")
part_of("BUD-16", "预算调整方向", severity="error", formula="全年预算数 − 年初预算数 与“调增/调减”同向", basis=ARITHMETIC, within="BUD-02")


@finding_rule(
    "BUD-11", "调整分解闭合", severity="error", formula="基本支出调整 + 项目支出调整 = 调整净额", basis=ARITHMETIC,
    holds=(("1.09万元", "-27.79万元", "-26.70万元"),), fails=(("1.09万元", "-27.79万元", "-25.70万元"),),
)  # fmt: skip
def adjustment_by_part(case: Case) -> Iterator[Outcome]:
    """分别列明的基本支出、项目支出调整之和等于调整净额。"""
    whole = case.department()
    parts = [case.first(whole._replace(name=name), "budget_adjustment_net") for name in ("basic", "project")]
    stated = case.first(whole, "budget_adjustment_net")
    if stated is None or parts[0] is None or parts[1] is None:
        return
    if any(case.stated(s, "budget_adjustment_net") for s in case.subjects("budget") if s.year == whole.year and s.name not in ("department", "basic", "project")):
        return  # a third part was adjusted too
    if any(len(case.stated(whole._replace(name=name), "budget_adjustment_net")) > 1 for name in ("basic", "project")):
        return  # a part was adjusted more than once
    operands = [Operand(fact.figure, fact.sign) for fact in parts if fact]
    judgement = judge(stated.figure, total, operands, stated.sign)
    figures = (stated.figure, *(operand.figure for operand in operands))
    outcome = Outcome("BUD-11", figures, verdict=judgement.verdict, judgement=judgement, stated=stated.figure.text, key=("parts",))
    if judgement.recomputed is not None:
        outcome.recomputed = like(judgement.recomputed, stated.figure)
    if judgement.verdict == "inconsistent":
        weigh(outcome, [(total, operands)], stated.sign, local=together(case, figures))
        outcome.message = (
            f"经复算，基本支出调整与项目支出调整之和为{outcome.recomputed}，报告列调整{stated.figure.text}，请核实。"
        )
    yield outcome


@finding_rule(
    "BUD-12", "超预算支出", severity="warning", formula="全年执行数 ≤ 全年预算数", basis="《中华人民共和国预算法》第十三条",
    exceptions="以上年结转资金支付。",
)  # fmt: skip
def overspending(case: Case) -> Iterator[Outcome]:
    """执行数不应超过全年预算数；报告自述未超预算而数字超过的，数字互相矛盾。"""
    for subject in case.subjects("budget"):
        outturn = case.first(subject, "expenditure_outturn")
        budgets = [fact for fact in case.stated(subject, "revised_budget") if fact.figure.number is not None]
        if outturn is None or not budgets:
            continue
        revised = max(budgets, key=lambda fact: fact.figure.value)
        over = outturn.figure.interval.lo > revised.figure.interval.hi
        outcome = Outcome("BUD-12", (outturn.figure, revised.figure), stated=outturn.figure.text, key=(*subject,))
        outcome.verdict = "doubtful" if over else "consistent"
        if over and outturn.figure.value > 2 * revised.figure.value:
            outcome.verdict, outcome.reason = "unchecked", "两数相差悬殊，可能不是同一范围"
        elif over and not case.stated(subject, "carryover_in"):
            outcome.severity = "warning"
            outcome.difference = like(outturn.figure.value - revised.figure.value, outturn.figure)
            outcome.message = (
                f"{fact_title(outturn)}{outturn.figure.text}大于{fact_title(revised)}{revised.figure.text}，"
                f"超出{outcome.difference}，请说明资金来源。"
            )
        yield outcome


@finding_rule(
    "BUD-13", "结转结余", severity="error", formula="年末结转结余 = 全年预算数 − 全年执行数", basis=ARITHMETIC,
    exceptions="财政收回存量资金；含上年结转或以收入为基数。",
    holds=(("703万元", "19204.096万元", "18501.096万元"),), fails=(("730万元", "19204.096万元", "18501.096万元"),),
)  # fmt: skip
def balance(case: Case) -> Iterator[Outcome]:
    """未支出的资金等于预算减执行。三个数不在一处时只作疑点。"""
    for subject in case.subjects("budget"):
        for stated in case.stated(subject, "carryover_out"):
            outturns = case.operands(subject, "expenditure_outturn", stated.figure)
            bases = [
                operand
                for name in ("revised_budget", "original_budget", "funds_received", "income")
                for operand in case.operands(subject, name, stated.figure)
            ]
            if outturns and bases:
                yield _balance(case, subject, stated, bases, outturns)


OLD = re.compile(r"以前年度|历年|累计结转")
CARRIED = re.compile(r"(?:年初|上年|期初)[^\d]{0,12}(?:结转|结余)[^\d]*\Z")
TAKEN = re.compile(r"收回|上缴|节约|核销|退回")


def _taken(case: Case, stated: Fact) -> list[Operand]:
    """What the sentence says was taken back or saved, so that it was neither spent nor left."""
    near = around(case.report.text, case.report.figures, stated.figure.start, False)
    text = case.report.text
    return [Operand(f) for f in near if f.kind == "amount" and f.number and f.start < stated.figure.start and TAKEN.search(text[max(0, f.start - 12) : f.start])]


def _told_apart(case: Case, subject: Subject, stated: Fact, made: Fraction) -> bool:
    """Whether the difference is printed as what was left at the beginning of the year, or as a second balance of the same row."""
    gap = abs(stated.figure.value - made)
    if any(fact.figure.value == gap for fact in case.stated(subject, "carryover_out") if fact is not stated):
        return True
    text = case.report.text
    return any(f.kind == "amount" and f.number and f.value == gap and CARRIED.search(text[max(0, f.start - 24) : f.start]) for f in case.report.figures)


def _balance(case: Case, subject: Subject, stated: Fact, bases: list[Operand], outturns: list[Operand]) -> Outcome:
    def gap(a: Interval, b: Interval) -> Interval:
        return a - b

    carried = case.operands(subject, "carryover_in", stated.figure)
    attempts = [(judge(stated.figure, gap, (base, spent)), (base, spent)) for base in bases for spent in outturns]
    attempts += [
        (judge(stated.figure, lambda a, b, c: a + c - b, (base, spent, extra)), (base, spent, extra))  # type: ignore[misc]
        for base in bases for spent in outturns for extra in carried
    ]  # fmt: skip
    attempts += [
        (judge(stated.figure, lambda a, b, c: c + a - b, (earned, spent, extra)), (earned, spent, extra))  # type: ignore[misc]
        for earned in case.operands(subject, "income", stated.figure) for spent in outturns for extra in carried
    ]  # fmt: skip
    taken = _taken(case, stated)
    attempts += [
        (judge(stated.figure, lambda a, b, c: a - b - c, (base, spent, extra)), (base, spent, extra))  # type: ignore[misc]
        for base in bases for spent in outturns for extra in taken
    ]  # fmt: skip
    attempts.sort(key=lambda attempt: max(abs(operand.figure.start - stated.figure.start) for operand in attempt[1]))
    holding = [attempt for attempt in attempts if attempt[0].holds]
    judgement, operands = (holding or attempts)[0]
    if not holding and (pair := difference_for(stated.figure, around(case.report.text, case.report.figures, stated.figure.start, True))):
        operands = (Operand(pair[0]), Operand(pair[1]))
        judgement = judge(stated.figure, gap, operands)
    figures = (stated.figure, *(operand.figure for operand in operands))
    near = all(abs(operand.figure.start - stated.figure.start) <= NEAR for operand in operands)
    zero = stated.figure.number == 0
    outcome = Outcome("BUD-13", figures, verdict=judgement.verdict, judgement=judgement, stated=stated.figure.text, key=(*subject, "balance"))
    if judgement.recomputed is not None:
        outcome.recomputed = like(judgement.recomputed, stated.figure)
        outcome.difference = like(stated.figure.value - judgement.recomputed, stated.figure)
    if judgement.verdict == "inconsistent":
        outcome.ways = tuple(Way(attempt.formula or gap, ops) for attempt, ops in ((judgement, operands), *attempts))
    if judgement.verdict == "inconsistent" and judgement.recomputed is not None and _told_apart(case, subject, stated, judgement.recomputed):
        outcome.verdict, outcome.reason = "unchecked", "差额另列为年初或其他结转结余"
    elif judgement.verdict == "inconsistent" and (taken or OLD.search(case.report.quote(stated.figure.start, stated.figure.end, 60))):
        outcome.verdict, outcome.reason = "unchecked", "另有收回、节约或以前年度的资金"
    elif judgement.verdict == "inconsistent":
        local = near and not zero and stated.firm and together(case, figures)
        trials = [(attempt.formula, ops) for attempt, ops in attempts if attempt.formula]
        weigh(outcome, trials, local=local, otherwise="warning" if near and stated.firm else None)
        outcome.message = (
            f"经复算，{operands[0].figure.text}减{operands[1].figure.text}为{outcome.recomputed}，"
            f"报告列{fact_title(stated)}{stated.figure.text}，相差{outcome.difference}，请核实或说明（如已由财政收回）。"
        )
    return outcome


@finding_rule(
    "BUD-15", "财力分组", severity="error", formula="本级财力项目 + 上级转移支付项目 = 项目合计", basis=ARITHMETIC,
    exceptions="金额为零的组可不列。",
)  # fmt: skip
def project_groups(case: Case) -> Iterator[Outcome]:
    """按财力分组的项目金额之和等于项目合计。"""
    year = case.report.fiscal_year
    groups = [subject for subject in case.subjects("budget") if subject.name.startswith("group:") and subject.year == year]
    for name in ("revised_budget", "expenditure_outturn", "project_count"):
        parts = [fact for group in groups if (fact := case.first(group, name))]
        stated = next((f for f in case.stated(Subject("budget", "project", year), name) if _same_chapter(case, f, parts)), None)
        if parts and stated and len(parts) == len(groups):
            yield _grouped(case, stated, parts, name)


def _same_chapter(case: Case, stated: Fact, parts: list[Fact]) -> bool:
    return bool(parts) and abs(stated.figure.start - parts[0].figure.start) < 400


def _grouped(case: Case, stated: Fact, parts: list[Fact], name: str) -> Outcome:
    code = "BUD-09" if name == "project_count" else "BUD-15"
    judgement = judge(stated.figure, total, [Operand(fact.figure) for fact in parts])
    outcome = Outcome(
        code, (stated.figure, *(fact.figure for fact in parts)), verdict=judgement.verdict, judgement=judgement, stated=stated.figure.text,
        key=("groups", name), reason=judgement.reason,
    )  # fmt: skip
    if judgement.recomputed is not None:
        outcome.recomputed = like(judgement.recomputed, stated.figure)
    if judgement.verdict == "inconsistent":
        weigh(outcome, [(total, [Operand(fact.figure) for fact in parts])], local=name == "project_count")
        outcome.message = f"经复算，各组项目合计为{outcome.recomputed}，报告列{stated.figure.text}，请核实。"
    return outcome


part_of("BUD-09", "项目个数", severity="error", formula="项目个数 = 各组项目个数之和 = 所列项目数", basis=ARITHMETIC, within="BUD-15")


@finding_rule(
    "BUD-08", "项目合计", severity="error", formula="项目合计 = Σ各项目金额", basis=ARITHMETIC,
    exceptions="“主要项目包括”只列部分；个数与所列项目数不符时不判。",
)  # fmt: skip
def project_list(case: Case) -> Iterator[Outcome]:
    """列明全部项目时，各项目金额之和等于合计。"""
    year = case.report.fiscal_year
    named = [s for s in case.subjects("budget") if s.name.startswith("project:") and s.year == year]
    for holder in case.subjects("budget"):
        count = case.first(holder, "project_count")
        if count is None:
            continue
        close = [s for s in named if 0 < min(f.figure.start for fs in case.facts[s].values() for f in fs) - count.figure.start < 1500]
        if count.figure.number is None or len(close) != int(count.figure.number):
            continue
        for name in ("revised_budget", "expenditure_outturn"):
            stated, parts = case.first(holder, name), [f for s in close if (f := case.first(s, name))]
            if stated and len(parts) == len(close):
                outcome = _grouped(case, stated, parts, name)
                outcome.rule, outcome.key = "BUD-08", (*holder, name)
                outcome.figures = (*outcome.figures, count.figure)
                yield outcome


@finding_rule(
    "BUD-17", "结余原因无据", severity="warning", formula="原因提及上年结转结余 ⇒ 应列明上年结转金额", basis=MOF_10,
    exceptions="资金不在本单位预算账内。",
)  # fmt: skip
def unfounded_carryover(case: Case) -> Iterator[Outcome]:
    """偏差原因提到上年结余，而预算恒等式已闭合且全文没有上年结转的金额。"""
    whole = case.department()
    if any(case.stated(subject, "carryover_in") for subject in case.subjects("budget")):
        return
    for indicator in case.report.indicators:
        reason = indicator.reason or ""
        if not any(word in reason for word in ("上年资金结余", "上年结余", "上年结转", "结转资金", "以前年度结余")):
            continue
        figure = indicator.completion_rate or indicator.actual or indicator.target
        if figure is None:
            continue
        facts = [case.first(whole, name) for name in ("original_budget", "budget_adjustment_net", "revised_budget")]
        values = [value_of(fact) for fact in facts]
        closed = None not in values and values[0] + values[1] == values[2]  # type: ignore[operator]
        why = "年初预算加减调整已等于全年预算，没有上年结余的位置" if closed else "全文未列明上年结转结余金额"
        at = case.report.text.find(reason, indicator.start)
        yield Outcome(
            "BUD-17", (figure, *(fact.figure for fact in facts if fact)), "warning",
            f"{indicator.name}的偏差原因为“{reason}”，但{why}，请说明结余的来源和金额。", "doubtful",
            key=(indicator.name,), quote_span=(at, at + len(reason)) if at >= 0 else None, reason=why,
        )  # fmt: skip


planned("BUD-14", "收支总计平衡", severity="error", formula="收入总计 = 支出总计", basis=ARITHMETIC, why="见于决算报表，读表后核对。")
