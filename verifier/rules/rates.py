"""RAT, TPE, GPR, AST: rates of the budget, under every lawful base."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.model.interval import Interval, add_up
from verifier.case import Case
from verifier.diagnose.weigh import together, weigh
from verifier.judge import Operand, judge
from verifier.outcome import Outcome
from verifier.rule import ARITHMETIC, MOF_10, MOF_53, Reading, finding_rule, part_of, planned, rule
from verifier.words import fact_title, like

ON_ORIGINAL = Reading("年初预算口径（执行数÷年初预算数）", lambda expenditure_outturn, original_budget: expenditure_outturn / original_budget, "RAT-02", "warning")
ON_RECEIVED = Reading("到位资金口径（执行数÷到位资金）", lambda expenditure_outturn, funds_received: expenditure_outturn / funds_received, "RAT-03", "warning")
ON_REVISED = Reading("全年预算口径（执行数÷全年预算数）", lambda expenditure_outturn, revised_budget: expenditure_outturn / revised_budget, "RAT-01", "warning")
WITH_CARRYOVER = Reading(
    "执行数÷（年初预算＋上年结转＋追加）",
    lambda expenditure_outturn, original_budget, carryover_in, budget_adjustment_net: expenditure_outturn / (original_budget + carryover_in + budget_adjustment_net),
)  # fmt: skip
WITH_CARRIED = Reading(
    "执行数÷（预算＋上年结转）", lambda expenditure_outturn, revised_budget, carryover_in: expenditure_outturn / (revised_budget + carryover_in)
)
AS_IN_HUNAN = Reading(
    "(上年结转＋年初预算＋追加－年末结转)÷(上年结转＋年初预算＋追加)",
    lambda carryover_out, carryover_in, original_budget, budget_adjustment_net: 1 - carryover_out / (carryover_in + original_budget + budget_adjustment_net),
)
ON_INCOME = Reading("执行数÷收入预算", lambda expenditure_outturn, income_revised_budget: expenditure_outturn / income_revised_budget)
ADJUSTED_HERE = Reading(
    "执行数÷（年初预算±调整）",
    lambda expenditure_outturn, original_budget, budget_adjustment_net: expenditure_outturn / (original_budget + budget_adjustment_net),
)


@rule(
    "RAT-01", "预算执行率", each="budget", states="execution_rate_revised",
    formula="预算执行率 = 全年执行数 ÷ 全年预算数 × 100%", basis=MOF_10,
    exceptions="以年初预算数、到位资金为分母的口径见 RAT-02、RAT-03。", typical_causes="分母取错、四舍五入位数不同、执行数更新后未重算。",
    holds=(("97.90%", "307.27万元", "313.87万元"), ("98%", "307.27万元", "313.87万元")), fails=(("97.80%", "307.27万元", "313.87万元"),),
    readings=(ADJUSTED_HERE, WITH_CARRIED, WITH_CARRYOVER, AS_IN_HUNAN, ON_INCOME, ON_ORIGINAL, ON_RECEIVED),
)  # fmt: skip
def execution_rate(expenditure_outturn: Interval, revised_budget: Interval) -> Interval:
    """全年执行数占全年预算数的比重。"""
    return expenditure_outturn / revised_budget


@rule(
    "RAT-02", "年初预算执行率", each="budget", states="execution_rate_original",
    formula="年初预算执行率 = 全年执行数 ÷ 年初预算数 × 100%", basis=MOF_53,
    holds=(("90.22%", "307.27万元", "340.57万元"),), fails=(("90.32%", "307.27万元", "340.57万元"),), readings=(ON_REVISED,),
)  # fmt: skip
def execution_rate_on_original(expenditure_outturn: Interval, original_budget: Interval) -> Interval:
    """全年执行数占年初预算数的比重（支出完成率）。"""
    return expenditure_outturn / original_budget


@rule(
    "RAT-03", "到位资金支出率", each="budget", states="execution_rate_received",
    formula="到位资金支出率 = 全年执行数 ÷ 到位资金 × 100%", basis=MOF_10,
    holds=(("88.74%", "9265.353442万元", "10441万元"),), fails=(("88.47%", "9265.353442万元", "10441万元"),), readings=(ON_REVISED,),
)  # fmt: skip
def execution_rate_on_received(expenditure_outturn: Interval, funds_received: Interval) -> Interval:
    """全年执行数占实际到位资金的比重。"""
    return expenditure_outturn / funds_received


part_of("RAT-04", "基本支出执行率", severity="error", formula="基本支出执行数 ÷ 基本支出全年预算", basis=ARITHMETIC, within="RAT-01")
part_of("RAT-05", "项目支出执行率", severity="error", formula="项目支出执行数 ÷ 项目支出全年预算", basis=ARITHMETIC, within="RAT-01")
part_of("RAT-18", "预算完成率", severity="warning", formula="预算完成率与预算执行率同一算式", basis=MOF_53, within="RAT-01")


@rule(
    "RAT-06", "预算调整率", each="budget", states="budget_adjustment_rate",
    formula="预算调整率 = |年中调整数| ÷ 年初预算数 × 100%", basis=MOF_53,
    exceptions="带符号列示；以全年预算数为分母的须注明。",
    holds=(("7.84%", "-26.70万元", "340.57万元"),), fails=(("7.48%", "-26.70万元", "340.57万元"),),
    readings=(
        Reading("带符号的调整数÷年初预算数", lambda budget_adjustment_net, original_budget: budget_adjustment_net / original_budget),
        Reading("|全年预算数÷年初预算数－1|", lambda revised_budget, original_budget: abs(revised_budget / original_budget - 1)),
        Reading("全年预算数÷年初预算数－1", lambda revised_budget, original_budget: revised_budget / original_budget - 1),
        Reading("基本支出与项目支出调整绝对值之和÷年初预算数", lambda basic_original_budget, basic_revised_budget, project_original_budget, project_revised_budget, original_budget: (abs(basic_revised_budget - basic_original_budget) + abs(project_revised_budget - project_original_budget)) / original_budget, "RAT-07"),
        Reading("|调整数|÷全年预算数", lambda budget_adjustment_net, revised_budget: abs(budget_adjustment_net) / revised_budget, "RAT-06", "warning"),
    ),
)  # fmt: skip
def adjustment_rate(budget_adjustment_net: Interval, original_budget: Interval) -> Interval:
    """年中调整净额占年初预算数的比重，一般取绝对值。"""
    return abs(budget_adjustment_net) / original_budget


@finding_rule(
    "RAT-07", "预算调整率(总额口径)", severity="warning", formula="Σ|各部分调整数| ÷ 年初预算数", basis=MOF_53,
    exceptions="因落实政策、不可抗力、上级临时交办的调整不计。",
)  # fmt: skip
def gross_adjustment(case: Case) -> Iterator[Outcome]:
    """净额背后有方向相反的调整时，总额口径与所列净额口径不同。"""
    whole = case.department()
    names = ("basic_original_budget", "basic_revised_budget", "project_original_budget", "project_revised_budget", "original_budget")
    facts = [case.first(whole, name) for name in names]
    rate = case.first(whole, "budget_adjustment_rate")
    if rate is None or any(fact is None for fact in facts):
        return
    operands = [Operand(fact.figure, fact.sign) for fact in facts if fact]
    basic0, basic1, project0, project1, original = (operand.face for operand in operands)
    moves = (basic1 - basic0, project1 - project0)
    if original <= 0 or moves[0] * moves[1] >= 0:
        return
    gross = (abs(moves[0]) + abs(moves[1])) / original
    if judge(rate.figure, lambda: gross, []).holds:
        return
    shown = like(gross, rate.figure)
    sums = [f"{'+' if move > 0 else '−'}{like(abs(move), operands[-1].figure)}" for move in moves]
    yield Outcome(
        "RAT-07", (rate.figure, *(operand.figure for operand in operands)), "warning",
        f"预算调整率{rate.figure.text}为净额口径；其中基本支出调整{sums[0]}、项目支出调整{sums[1]}，方向相反，"
        f"按财预〔2013〕53号“追加、追减或结构调整的资金总和”口径为{shown}，请注明口径。",
        "doubtful", recomputed=shown, stated=rate.figure.text, key=("gross",), reason="净额与总额口径不同",
    )  # fmt: skip


@rule(
    "RAT-08", "结转结余率", each="budget", states="carryover_ratio", severity="warning",
    formula="结转结余率 = 结转结余 ÷ 全年预算数 × 100%", basis=MOF_53,
    holds=(("2.10%", "6.60万元", "313.87万元"),), fails=(("3.10%", "6.60万元", "313.87万元"),),
    readings=(
        Reading("结转结余÷全年执行数", lambda carryover_out, expenditure_outturn: carryover_out / expenditure_outturn),
        Reading("结转结余÷年初预算数", lambda carryover_out, original_budget: carryover_out / original_budget),
        Reading("1－执行率", lambda revised_budget, expenditure_outturn: 1 - expenditure_outturn / revised_budget),
    ),
)  # fmt: skip
def carryover_ratio(carryover_out: Interval, revised_budget: Interval) -> Interval:
    """年末结转结余占全年预算数的比重；有的地方以支出数为分母。"""
    return carryover_out / revised_budget


@rule(
    "RAT-09", "结转结余变动率", each="budget", states="carryover_change_rate", severity="warning",
    formula="结转结余变动率 = 本年结转结余 ÷ 上年结转结余 − 1", basis=MOF_53,
    holds=(("-50.00%", "10.00万元", "20.00万元"),), fails=(("-40.00%", "10.00万元", "20.00万元"),),
    readings=(Reading("以上年末数为基数", lambda carryover_out, previous_carryover_out: carryover_out / previous_carryover_out - 1),),
)  # fmt: skip
def carryover_change(carryover_out: Interval, carryover_in: Interval) -> Interval:
    """年末结转结余比年初增减的比重。"""
    return carryover_out / carryover_in - 1


@rule(
    "RAT-12", "资金到位率", each="budget", states="funds_release_rate",
    formula="资金到位率 = 到位资金 ÷ 预算数 × 100%", basis=MOF_53,
    holds=(("101.15%", "18398.31万元", "18189万元"),), fails=(("110.15%", "18398.31万元", "18189万元"),),
    readings=(Reading("到位资金÷年初预算数", lambda funds_received, original_budget: funds_received / original_budget),),
)  # fmt: skip
def release_rate(funds_received: Interval, revised_budget: Interval) -> Interval:
    """实际到位资金占预算数的比重，可以大于100%。"""
    return funds_received / revised_budget


@rule(
    "RAT-11", "公用经费控制率", each="budget", states="operating_control_rate",
    formula="公用经费控制率 = 公用经费支出 ÷ 公用经费预算 × 100%", basis=MOF_53,
    holds=(("95.00%", "19.00万元", "20.00万元"),), fails=(("96.00%", "19.00万元", "20.00万元"),),
    readings=(
        Reading("÷年初预算", lambda expenditure_outturn, original_budget: expenditure_outturn / original_budget),
        Reading("公用经费（部门）", lambda operating_expenditure_outturn, operating_revised_budget: operating_expenditure_outturn / operating_revised_budget),
        Reading("公用经费（部门年初）", lambda operating_expenditure_outturn, operating_original_budget: operating_expenditure_outturn / operating_original_budget),
    ),
)  # fmt: skip
def operating_control(expenditure_outturn: Interval, revised_budget: Interval) -> Interval:
    """公用经费支出占公用经费预算的比重。"""
    return expenditure_outturn / revised_budget


@rule(
    "TPE-02", "三公经费控制率", each="budget", states="three_public_control_rate",
    formula="三公经费控制率 = 三公经费支出 ÷ 三公经费预算 × 100%", basis=MOF_53, exceptions="预算和支出均为零时按100%或不适用。",
    holds=(("80.00%", "4.00万元", "5.00万元"),), fails=(("85.00%", "4.00万元", "5.00万元"),),
    readings=(Reading("÷年初预算", lambda expenditure_outturn, original_budget: expenditure_outturn / original_budget),),
)  # fmt: skip
def three_public_control(expenditure_outturn: Interval, revised_budget: Interval) -> Interval:
    """三公经费实际支出占预算的比重。"""
    return expenditure_outturn / revised_budget


@rule(
    "TPE-03", "三公经费变动率", each="budget", states="three_public_change_rate",
    formula="三公经费变动率 = 本年三公经费 ÷ 上年三公经费 − 1", basis=MOF_53, exceptions="上年为零时不适用；有的地方用预算数对比。",
    holds=(("-20.00%", "4.00万元", "5.00万元"),), fails=(("-25.00%", "4.00万元", "5.00万元"),),
    readings=(
        Reading("预算数对比", lambda original_budget, previous_original_budget: original_budget / previous_original_budget - 1),
        Reading("绝对值", lambda expenditure_outturn, previous_expenditure_outturn: abs(expenditure_outturn / previous_expenditure_outturn - 1)),
    ),
)  # fmt: skip
def three_public_change(expenditure_outturn: Interval, previous_expenditure_outturn: Interval) -> Interval:
    """三公经费比上年增减的比重。"""
    return expenditure_outturn / previous_expenditure_outturn - 1


@rule(
    "GPR-01", "政府采购执行率", each="budget", states="procurement_execution_rate",
    formula="政府采购执行率 = 实际采购金额 ÷ 采购预算 × 100%", basis=MOF_53, exceptions="节约不是未执行。",
    holds=(("90.00%", "4.50万元", "5.00万元"),), fails=(("95.00%", "4.50万元", "5.00万元"),),
    readings=(Reading("÷年初预算", lambda expenditure_outturn, original_budget: expenditure_outturn / original_budget),),
)  # fmt: skip
def procurement_rate(expenditure_outturn: Interval, revised_budget: Interval) -> Interval:
    """实际采购金额占采购预算的比重。"""
    return expenditure_outturn / revised_budget


def parts_sum(*parts: Interval) -> Interval:
    return add_up(*parts)


PUBLIC_PARTS = ("abroad", "vehicle", "vehicle_purchase", "vehicle_run", "reception")


@finding_rule(
    "TPE-01", "三公经费合计", severity="error", formula="三公经费 = 因公出国(境)费 + 公务用车购置及运行维护费 + 公务接待费", basis=ARITHMETIC,
    exceptions="公车购置与运行合并列示；未发生的项目可不列。",
)  # fmt: skip
def three_public_sum(case: Case) -> Iterator[Outcome]:
    """分项齐全时，三公经费合计等于各分项之和；只列部分分项的不判。"""
    for subject in case.subjects("budget"):
        if subject.name != "three_public":
            continue
        for name in ("expenditure_outturn", "original_budget", "revised_budget"):
            parts = {part: case.first(subject._replace(name=part), name) for part in PUBLIC_PARTS}
            vehicles = [parts["vehicle"]] if parts["vehicle"] else [parts["vehicle_purchase"], parts["vehicle_run"]]
            chosen = [fact for fact in (parts["abroad"], *vehicles, parts["reception"]) if fact]
            for stated in case.stated(subject, name)[:1]:
                if len(chosen) >= 3 and stated.figure.number is not None:
                    judgement = judge(stated.figure, parts_sum, [Operand(f.figure) for f in chosen])
                    outcome = Outcome(
                        "TPE-01", (stated.figure, *(f.figure for f in chosen)), verdict=judgement.verdict, judgement=judgement,
                        stated=stated.figure.text, key=(*subject, name),
                    )  # fmt: skip
                    if judgement.verdict == "inconsistent" and judgement.recomputed is not None:
                        outcome.recomputed = like(judgement.recomputed, stated.figure)
                        weigh(outcome, [(parts_sum, [Operand(f.figure) for f in chosen])], local=together(case, outcome.figures))
                        outcome.message = f"经复算，三公经费各项合计{outcome.recomputed}，报告列{stated.figure.text}，请核实。"
                    yield outcome


@finding_rule("TPE-04", "三公经费超预算", severity="notice", formula="三公经费支出 ≤ 三公经费预算", basis="中央八项规定精神及三公经费管理要求", exceptions="有追加批复。")
def three_public_over(case: Case) -> Iterator[Outcome]:
    """三公经费支出不应超过预算。"""
    for subject in case.subjects("budget"):
        if subject.name not in ("three_public", *PUBLIC_PARTS):
            continue
        outturn = case.first(subject, "expenditure_outturn")
        budget = case.first(subject, "revised_budget") or case.first(subject, "original_budget")
        if outturn and budget and outturn.figure.interval.lo > budget.figure.interval.hi:
            yield Outcome(
                "TPE-04", (outturn.figure, budget.figure), "notice",
                f"{fact_title(outturn)}{outturn.figure.text}超过预算{budget.figure.text}，请说明是否有追加批复。", "doubtful", key=(*subject,),
            )  # fmt: skip


@finding_rule("RAT-15", "率值量级", severity="warning", formula="率值应与其量级相称", basis=ARITHMETIC, exceptions="千分率、比值。")
def magnitude(case: Case) -> Iterator[Outcome]:
    """执行率写成0.98%或9790%，多半是百分号或小数点的差错。"""
    for subject in case.subjects("budget"):
        for name in ("execution_rate_revised", "execution_rate_original", "execution_rate_received"):
            for fact in case.stated(subject, name):
                figure = fact.figure
                if figure.number is None or not figure.unit or figure.number == 0 or figure.doubt:
                    continue
                if figure.number > 1000 or (0 < figure.number <= 1 and figure.decimals >= 2 and figure.number > 0.5):
                    yield Outcome("RAT-15", (figure,), "warning", f"{fact_title(fact)}列{figure.text}，量级异常，请核对百分号和小数点。", "doubtful", key=(*subject, name))


for code, title, formula, why in (
    ("RAT-10", "支付进度率", "(截至目前执行数 ÷ 全年预算数) ÷ 计划进度", "计划进度见于监控表，读表后核对。"),
    ("RAT-14", "构成比合计", "Σ占比 = 100%", "见于表格的占比列；句中的占比已由 REL-03 核对。"),
    ("RAT-16", "汇总执行率", "Σ执行数 ÷ Σ全年预算数", "需多项目表。"),
    ("RAT-17", "公式误用", "执行率定义为(支用+应付+节余)÷分配数", "需读出文字定义。"),
    ("TPE-05", "车辆与批次", "购置数 ≤ 保有量；有批次则有金额", "见于决算附表，读表后核对。"),
):  # fmt: skip
    planned(code, title, severity="error", formula=formula, basis=MOF_53, why=why)
part_of("RAT-13", "同比增减率", severity="error", formula="(本年 − 上年) ÷ 上年", basis=ARITHMETIC, within="REL-02")
