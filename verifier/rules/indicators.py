"""IND: targets, actuals and completion rates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from extractor.model.exact import Fraction
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Indicator
from verifier.audit import Cause
from verifier.case import Case
from verifier.diagnose.readings import around, pair_for_rate, three_for_rate, wide_enough
from verifier.diagnose.slips import one_slip_apart
from verifier.diagnose.weigh import qualified, together, weigh
from verifier.grades import DEFAULT_BANDS, grade_of
from verifier.judge import Judgement, Operand, Way, half_up, itself, judge, tried
from verifier.outcome import Outcome
from verifier.rule import GOAL_CHANGE, MOF_10, MONITORING, PLATFORM, finding_rule, part_of, planned
from verifier.rules.direction import reverse
from verifier.rules.scores import comparable, evaluation
from verifier.words import decimal, like

RANK = ("consistent", "rounding", "doubtful", "inconsistent", "unchecked")
OVER = Fraction(12, 10)
ADMITTED = re.compile(r"(?:指标|目标)(?:值)?(?:设置|设定|制定|编制)?(?:不合理|偏低|过低|较低|不科学|不准确|不够合理|不够科学|保守)")
RATE_NAMES = re.compile(r"率|比例|占比|满意度|程度|比重")
TAKEN_OFF = re.compile(r"按[^,，。;；\n]{0,16}(?:比例|折算|完成率|完成情况|计分|计得)[^。;；\n]{0,12}扣|扣[^。;；\n]{0,10}按[^,，。;；\n]{0,8}比例")
"""按比例扣0.33分: the shortfall is admitted and has had its consequence."""
EXECUTION = re.compile(r"(?:预算|支出|资金|经费)(?:资金)?执行率")


def one_clause(case: Case, indicator: Indicator) -> bool:
    """Whether what is said of the indicator is surely its own: under a number of its own, or within one clause."""
    found = [f for f in (indicator.target, indicator.actual, indicator.completion_rate) if f]
    return together(case, found) or (indicator.section >= 0 and "指标" in case.report.sections[indicator.section].title[:12])


def achieved(indicator: Indicator, target: Figure | None = None) -> Fraction | None:
    """Actual ÷ target where both count the same thing."""
    target = target or indicator.target_revised or indicator.target
    if target is None or indicator.actual is None or not comparable(target, indicator.actual) or target.value == 0:
        return None
    return indicator.actual.value / target.value


@finding_rule(
    "IND-01", "指标完成率", severity="error", formula="完成率 = 实际完成值 ÷ 指标值 × 100%（可按100%封顶）", basis=MOF_10,
    exceptions="反向指标四种算法；按调整后指标值计算；按100%封顶。", typical_causes="分母取了预算数、取了调整前后的另一个目标。",
    holds=(("660%", "33家", "5家"), ("100%", "100%", "80%")), fails=(("606%", "33家", "5家"),),
)  # fmt: skip
def completion(case: Case) -> Iterator[Outcome]:
    """完成率由实际值与指标值重新计算；先试全部合法算法，再试本指标所列其他数作分母。"""
    for indicator in case.report.indicators:
        rate = indicator.completion_rate
        if rate is None or rate.number is None:
            continue
        ways = list(_ways(indicator))
        if not ways:
            reason = "未列明实际完成值" if indicator.actual is None else "实际值与指标值单位不同"
            yield Outcome("IND-01", (rate, *((indicator.target,) if indicator.target else ())), verdict="unchecked", stated=rate.text, reason=reason, key=(indicator.name, "rate"))
            continue
        judged = tried((judge(rate, formula, operands), label, operands) for label, formula, operands in ways)
        judgement, label, operands = min(judged, key=lambda entry: RANK.index(entry[0].verdict))
        outcome = _rate_outcome(indicator, rate, judgement, label, operands)
        if judgement.verdict == "inconsistent":
            ways.sort(key=lambda way: CAP in way[0] and _uncapped(case, indicator))
            outcome.ways = tuple(Way(formula, tuple(operands)) for _, formula, operands in ways)
            _other_base(case, indicator, outcome, rate, judged[0][0])
        yield outcome


def _ways(indicator: Indicator) -> Iterator[tuple[str, Callable[..., Any], list[Operand]]]:
    actual = indicator.actual
    for target, label in ((indicator.target, "指标值"), (indicator.target_revised, "调整后指标值")):
        if target is None or actual is None or not comparable(target, actual) or target.value == 0:
            continue
        pair = [Operand(actual), Operand(target, exact=True)]
        met = actual.interval.lo <= target.interval.hi if reverse(indicator) else actual.interval.hi >= target.interval.lo
        yield f"实际值÷{label}", lambda b, a: b / a, pair
        if met:
            yield f"实际值÷{label}，{CAP}", lambda b, a: b * 0 + a * 0 + 1, pair
        if (reverse(indicator) and target is indicator.target) or reverse(indicator):
            if actual.value:
                yield f"{label}÷实际值", lambda b, a: a / b, pair
            yield f"1＋({label}－实际值)÷{label}", lambda b, a: 2 - b / a, pair
    yield from _ways_by_difference(indicator)


CAP = "按100%封顶"


def _uncapped(case: Case, indicator: Indicator) -> bool:
    """Whether another indicator of the report prints more than 100%, so that a cap is not its habit."""
    rates = [other.completion_rate for other in case.report.indicators if other is not indicator]
    return any(rate is not None and rate.number is not None and rate.value > 1 for rate in rates)


def _ways_by_difference(indicator: Indicator) -> Iterator[tuple[str, Callable[..., Any], list[Operand]]]:
    """新增4200册,超过目标200册: the target is not printed, but the value and the difference give it."""
    actual = indicator.actual
    if indicator.apart is None or actual is None:
        return
    figure, sign = indicator.apart
    if None in (actual.number, figure.number) or actual.value <= figure.value:
        return
    pair = [Operand(actual), Operand(figure)]
    yield "实际值÷(实际值－超出数)" if sign > 0 else "实际值÷(实际值＋短缺数)", lambda b, d: b / (b - sign * d), pair
    if sign > 0:
        yield f"超过目标，{CAP}", lambda b, d: b * 0 + d * 0 + 1, pair
    else:
        yield "(实际值＋节约数)÷实际值", lambda b, d: (b + d) / b, pair


def _rate_outcome(indicator: Indicator, rate: Figure, judgement: Judgement, label: str, operands: Sequence[Operand]) -> Outcome:
    outcome = Outcome(
        "IND-02" if reverse(indicator) else "IND-01", (rate, *(o.figure for o in operands)), verdict=judgement.verdict, judgement=judgement, stated=rate.text,
        reading=f"{label}；{judgement.how}".rstrip("；"), reason=judgement.reason, key=(indicator.name, "rate"),
    )  # fmt: skip
    if judgement.recomputed is not None:
        outcome.recomputed = like(judgement.recomputed, rate, 2)
        outcome.difference = like(rate.value - judgement.recomputed, rate, 2)
    if judgement.verdict == "rounding":
        outcome.severity = "info"
        outcome.message = f"{indicator.name}完成率列{rate.text}，复算为{outcome.recomputed}，差异可由{judgement.how}解释。"
    return outcome


def _other_base(case: Case, indicator: Indicator, outcome: Outcome, rate: Figure, first: Judgement) -> None:
    """A rate that fits another amount of the report used that as its base: a question of definition, not an error."""
    actual = indicator.actual
    outcome.recomputed = like(first.recomputed, rate, 2) if first.recomputed is not None else None
    outcome.tried = (f"实际值÷指标值＝{outcome.recomputed}",)
    found = _fitting(case, indicator, rate, actual) if actual else None
    if found is not None and actual is not None:
        outcome.figures = (*outcome.figures, found)
        outcome.severity, outcome.verdict, outcome.reason = "warning", "doubtful", "计算口径不是本指标的指标值"
        outcome.message = (
            f"{indicator.name}完成率列{rate.text}，与“{actual.text}÷{found.text}”一致，"
            f"与指标自身目标值{indicator.target.text if indicator.target else ''}的口径（{outcome.recomputed}）不一致，请注明计算口径。"
        )
        outcome.causes = (Cause("wrong_base", rate.id, outcome.recomputed, f"{rate.text}系以{found.text}为分母计算"),)
        return
    if indicator.target_revised is not None:
        outcome.figures = (*outcome.figures, indicator.target_revised)
    vague = reverse(indicator) and rate.decimals < 2
    if indicator.table:
        weigh(outcome, [(lambda b, a: b / a, [Operand(f) for f in (actual, indicator.target) if f])], local=True)
        outcome.proven = True  # the row leaves no choice of operands
    elif vague:
        outcome.severity, outcome.verdict = "warning", "doubtful"
    elif pair_for_rate(rate, around(case.report.text, case.report.figures, rate.start, wide_enough(rate))):
        outcome.verdict, outcome.reason = "unchecked", "与邻近两数相符，指标读取可能有误"
    elif pair_for_rate(rate, around(case.report.text, case.report.figures, rate.start, False), kinds=("rate",)):
        outcome.verdict, outcome.reason = "unchecked", "与句中另两个比率相符，指标读取可能有误"
    elif qualified(case, rate) or three_for_rate(rate, around(case.report.text, case.report.figures, rate.start, False)):
        outcome.verdict, outcome.reason = "unchecked", "写明另一口径，或与句中另一数合计后相符"
    elif indicator.apart is not None:
        ways = [(formula, operands) for _, formula, operands in _ways_by_difference(indicator)][:1]
        weigh(outcome, ways, local=together(case, outcome.figures))
    else:
        operands = [Operand(f) for f in (actual, indicator.target) if f]
        weigh(outcome, [(lambda b, a: b / a, operands)], local=one_clause(case, indicator))
    outcome.message = f"经复算，{indicator.name}完成率应为{outcome.recomputed}（实际值÷指标值），报告列{rate.text}，按封顶及其他合法算法均不一致，请核实。"


def _fitting(case: Case, indicator: Indicator, rate: Figure, actual: Figure) -> Figure | None:
    """The amount that serves as base: one of the indicator's own first, then a budget total of the report."""
    inside = [] if indicator.table else [f for f in case.report.figures if indicator.start <= f.start < indicator.end]
    budgets = [fact.figure for name in ("revised_budget", "original_budget", "funds_received") for fact in case.stated(case.department(), name)]
    used = {figure.id for figure in (indicator.target, actual, indicator.midyear, rate) if figure}
    for figure in (*inside, *budgets):
        if figure.id in used or figure.number is None or figure.kind != actual.kind or not comparable(figure, actual) or figure.value == 0:
            continue
        if judge(rate, lambda b, a: b / a, [Operand(actual), Operand(figure)]).verdict == "consistent":
            return figure
    return None


part_of("IND-02", "完成率(反向)", severity="warning", formula="A÷B、1＋(A−B)÷A、B÷A，或未超过时100%", basis=MOF_10, within="IND-01")


@finding_rule("IND-03", "封顶口径一致", severity="warning", formula="同一报告内完成率或全部封顶、或全部不封顶", basis=MOF_10, exceptions="方向不同的指标。")
def mixed_capping(case: Case) -> Iterator[Outcome]:
    """有的超额完成按实列示、有的按100%列示，口径不一。"""
    capped: list[tuple[Indicator, Figure, Fraction]] = []
    open_: list[tuple[Indicator, Figure, Fraction]] = []
    for indicator in case.report.indicators:
        rate = indicator.completion_rate
        best = max((value for target in (indicator.target, indicator.target_revised) if (value := achieved(indicator, target)) is not None), default=None)
        ratio = achieved(indicator, indicator.target_revised) if indicator.target_revised else best
        if rate is None or rate.number is None or ratio is None or reverse(indicator) or ratio <= Fraction(1001, 1000):
            continue
        (capped if rate.value == 1 else open_).append((indicator, rate, ratio))
    if capped and open_:
        shown = "、".join(f"{i.name}{r.text}" for i, r, _ in open_)
        hidden = "、".join(f"{i.name}列{r.text}（实为{like(q, r, 2)}）" for i, r, q in capped)
        figures = tuple(rate for _, rate, _ in [*capped, *open_])
        yield Outcome("IND-03", figures, "warning", f"完成率封顶口径不一：{shown}按实列示，{hidden}按100%封顶，请统一。", "doubtful", stated=capped[0][1].text, recomputed=like(capped[0][2], capped[0][1], 2), key=("capping",))


@finding_rule("POL-01", "超额未调减", severity="notice", formula="超额完成且承认目标设置偏低 ⇒ 按偏离度适度调减分值", basis=MOF_10, exceptions="有客观原因并附佐证。")
def over_completion(case: Case) -> Iterator[Outcome]:
    """实际值远超指标值，原因又是目标设置不合理，自评仍得满分。"""
    for indicator in case.report.indicators:
        ratio = achieved(indicator)
        if ratio is None or reverse(indicator) or ratio < OVER or indicator.actual is None:
            continue
        if indicator.actual.kind == "rate" and indicator.actual.value <= 1:
            continue  # 100% of a target of 80% is as much as a rate can be
        full = indicator.score is not None and indicator.weight is not None and indicator.score.number is not None and indicator.score.number == indicator.weight.number
        if not full:
            continue
        yield _over(case, indicator, ratio)


def _over(case: Case, indicator: Indicator, ratio: Fraction) -> Outcome:
    assert indicator.actual and indicator.target and indicator.score and indicator.weight
    admitted = bool(indicator.reason and ADMITTED.search(indicator.reason))
    code = "POL-01" if admitted else "IND-04"
    figure = indicator.completion_rate or indicator.actual
    shown = decimal(ratio * 100, 2) + "%"
    reason = f"偏差原因为“{indicator.reason}”，" if indicator.reason else "未见偏差原因，"
    lowest = half_up(Fraction(indicator.weight.value) / ratio, Fraction(1, 100))
    impact = {"points": f"0.00至-{decimal(indicator.score.value - lowest, 2)}（按偏离程度，由复核人裁量）"}
    total = case.first(evaluation(case), "total_score")
    if total is not None:
        worst = total.figure.value - indicator.score.value
        impact["grade"] = f"{grade_of(total.figure.value, DEFAULT_BANDS)}→{grade_of(worst, DEFAULT_BANDS)}（本项计0分时）"
    message = (
        f"{indicator.name}指标值{_value(indicator.target_revised or indicator.target)}、实际完成值{indicator.actual.text}，完成率{shown}，"
        f"偏离度{decimal((ratio - 1) * 100, 2)}%，{reason}自评仍计满分。依据财预〔2020〕10号关于按偏离度适度调减分值的规定，请说明理由或调减分值。"
    )
    figures = tuple(dict.fromkeys(f for f in (figure, indicator.actual, indicator.target, indicator.score) if f))
    return Outcome(code, figures, "notice", message, "doubtful", stated=figure.text, recomputed=shown, key=(indicator.name, "over"), impact=impact)


def _value(figure: Figure) -> str:
    return f"{figure.comparator or ''}{figure.text}"


part_of("IND-04", "超额完成", severity="notice", formula="实际值 ≥ 1.2 × 指标值", basis=PLATFORM, within="POL-01")


@finding_rule("IND-05", "未完成须说明", severity="warning", formula="实际值未达指标值 ⇒ 列明原因", basis=MOF_10)
def unmet_without_reason(case: Case) -> Iterator[Outcome]:
    """未完成的指标应说明原因和改进措施。"""
    for indicator in case.report.indicators:
        ratio = achieved(indicator)
        if ratio is None or indicator.actual is None or reverse(indicator) or ratio >= 1 or indicator.reason:
            continue
        target = indicator.target_revised or indicator.target
        assert target is not None
        words = case.report.text[indicator.start : indicator.end]
        if indicator.partial or "因" in words or "由于" in words or "受" in words or TAKEN_OFF.search(words):
            continue
        rate = indicator.completion_rate
        full = rate if rate is not None and rate.number is not None and rate.value >= 1 else None
        shown = f"，完成率却列{full.text}（按两数复算为{decimal(ratio * 100, 2)}%）" if full else ""
        figures = tuple(figure for figure in (indicator.actual, target, full) if figure is not None)
        yield Outcome("IND-05", figures, "warning", f"{indicator.name}实际完成值{indicator.actual.text}未达到指标值{_value(target)}{shown}，未见原因说明。", "doubtful", stated=indicator.actual.text, key=(indicator.name, "unmet"))


@finding_rule("IND-06", "年中调整目标", severity="notice", formula="分别按年初指标值和调整后指标值复算", basis=GOAL_CHANGE, exceptions="引有批准文号。")
def changed_target(case: Case) -> Iterator[Outcome]:
    """指标值年中调整的，列出按年初指标值计算的完成率、得分和总分。"""
    for indicator in case.report.indicators:
        target, revised, actual = indicator.target, indicator.target_revised, indicator.actual
        if target is None or revised is None or actual is None or not comparable(target, actual) or target.value in (0, revised.value):
            continue
        ratio = actual.value / target.value
        shown = decimal(ratio * 100, 2) + "%"
        figures = tuple(f for f in (revised, target, actual, indicator.score) if f)
        outcome = Outcome("IND-06", figures, "notice", "", "doubtful", stated=revised.text, recomputed=shown, key=(indicator.name, "target"), reason="年中调整目标，须有调整依据")
        stakes = ""
        if indicator.weight is not None and indicator.score is not None and None not in (indicator.weight.number, indicator.score.number) and not reverse(indicator):
            score = half_up(min(Fraction(indicator.weight.value) * ratio, Fraction(indicator.weight.value)), Fraction(1, 100))
            stakes = f"、得分{decimal(score, 2)}分"
            lost = indicator.score.value - score
            outcome.impact = {"points": f"-{decimal(lost, 2)}"}
            total = case.first(evaluation(case), "total_score")
            if total is not None:
                stakes += f"，综合得分{decimal(total.figure.value - lost, 2)}分"
                outcome.impact["total"] = decimal(total.figure.value - lost, 2)
                outcome.impact["grade"] = f"{grade_of(total.figure.value, DEFAULT_BANDS)}→{grade_of(total.figure.value - lost, DEFAULT_BANDS)}"
        outcome.message = (
            f"{indicator.name}年初指标值{_value(target)}，年中调整为{revised.text}，请提供调整依据；"
            f"按年初指标值计算完成率{shown}{stakes}。"
        )
        yield outcome


@finding_rule("IND-07", "实际值缺失", severity="info", formula="应列明年终实际完成值", basis=PLATFORM, exceptions="“见附件”。")
def missing_actual(case: Case) -> Iterator[Outcome]:
    """只有年中监控值或完成率，没有年终实际完成值。"""
    for indicator in case.report.indicators:
        if indicator.actual is None and indicator.target is not None and (indicator.midyear or indicator.completion_rate):
            figure = indicator.completion_rate or indicator.midyear or indicator.target
            yield Outcome("IND-07", (figure, indicator.target), "info", f"{indicator.name}未列明年终实际完成值，无法复核，请补充。", "unchecked", reason="未列明实际完成值", key=(indicator.name, "actual"))


@finding_rule("IND-08", "单位一致", severity="warning", formula="指标值与实际完成值单位相同", basis=MOF_10, exceptions="可换算的单位。")
def unit_mismatch(case: Case) -> Iterator[Outcome]:
    """指标值是百分比，实际值是家数之类，缺计划数，无法复核。"""
    for indicator in case.report.indicators:
        target, actual = indicator.target, indicator.actual
        if target is None or actual is None or target.number is None or actual.number is None:
            continue
        mixed = (target.kind == "rate") != (actual.kind == "rate") and base_unit(target.unit) != base_unit(actual.unit) and target.unit and actual.unit
        if mixed:
            yield Outcome("IND-08", (actual, target), "warning", f"{indicator.name}指标值为{_value(target)}，实际完成值为{actual.text}，单位不同，请补充计划数或按同一单位列示。", "doubtful", stated=actual.text, key=(indicator.name, "unit"), reason="单位不同")


@finding_rule("IND-13", "名称不一致", severity="warning", formula="指标名称的对象 = 实际值的对象", basis=MOF_10, exceptions="群众、居民等近义词。")
def other_object(case: Case) -> Iterator[Outcome]:
    """满意度等指标，名称与实际值所说的对象不同。"""
    for indicator in case.report.indicators:
        name, actual = indicator.name, indicator.actual_name
        if not actual or indicator.actual is None or "满意" not in name or "满意" not in actual:
            continue
        mine, theirs = (re.sub(r"满意(?:度|率)?|服务|对象|指标", "", words) for words in (name, actual))
        if mine and theirs and mine not in theirs and theirs not in mine:
            yield Outcome("IND-13", (indicator.actual,), "warning", f"指标名称为“{name}”，实际值列示的是“{actual}”，对象不一致，请说明调查对象和样本。", "doubtful", stated=indicator.actual.text, key=(name, "object"))


@finding_rule("IND-14", "年中至年终单调", severity="warning", formula="累计指标：年中监控值 ≤ 年终实际值", basis=MONITORING, exceptions="率型、存量指标。")
def monotone(case: Case) -> Iterator[Outcome]:
    """累计型指标年终不应少于年中。"""
    for indicator in case.report.indicators:
        mid, actual = indicator.midyear, indicator.actual
        if mid is None or actual is None or not comparable(mid, actual) or mid.kind == "rate" or RATE_NAMES.search(indicator.name):
            continue
        falls = mid.interval.lo > actual.interval.hi
        outcome = Outcome("IND-14", (mid, actual), stated=mid.text, key=(indicator.name, "mid"), verdict="doubtful" if falls else "consistent")
        if falls:
            outcome.severity = "warning"
            outcome.message = f"{indicator.name}年中监控值{mid.text}大于年终实际值{actual.text}，请说明。"
        yield outcome


@finding_rule("IND-15", "监控率反推", severity="warning", formula="年中执行率 × 基数 ≤ 全年执行数", basis=MONITORING, exceptions="退回、红冲、收回有记录。")
def midyear_rate(case: Case) -> Iterator[Outcome]:
    """由年中执行率反推的支出高于全年支出：推算疑点，不是错误。"""
    for indicator in case.report.indicators:
        mid = indicator.midyear
        if mid is None or mid.number is None or mid.kind != "rate" or not EXECUTION.search(indicator.name) or mid.number == 0:
            continue
        scope = "project" if "项目" in indicator.name else ("basic" if "基本" in indicator.name else ("department" if "采购" not in indicator.name else None))
        if scope is None:
            continue
        subject = case.department()._replace(name=scope)
        outturn, original, revised = (case.first(subject, name) for name in ("expenditure_outturn", "original_budget", "revised_budget"))
        if outturn is None or original is None:
            continue
        if revised is not None and mid.value * revised.figure.value <= outturn.figure.interval.hi and _two_decimals(mid, revised.figure):
            continue
        implied = mid.value * original.figure.value
        if implied <= outturn.figure.interval.hi:
            continue
        shown = like(implied, outturn.figure)
        yield Outcome(
            "IND-15", (mid, original.figure, outturn.figure), "warning",
            f"年中监控{indicator.name}为{mid.text}，若以年初预算{original.figure.text}为基数对应{shown}，高于全年执行数{outturn.figure.text}，"
            f"请提供支付明细核对（本条为推算疑点）。",
            "doubtful", stated=mid.text, recomputed=shown, key=(indicator.name, "midrate"), reason="推算疑点",
        )  # fmt: skip


def _two_decimals(rate: Figure, base: Figure) -> bool:
    """Whether some amount of two decimals of 万元 over ``base`` prints as ``rate``; then that base explains it."""
    amount = half_up(rate.value * base.value, Fraction(100))
    return judge(rate, lambda: amount / base.value, []).holds


@finding_rule("PLA-05", "年中值与目标相等", severity="info", formula="多个指标的年中监控值恰等于指标值", basis=MONITORING, exceptions="法定足额类指标。")
def midyear_equals_target(case: Case) -> Iterator[Outcome]:
    """两个以上指标年中值恰好等于目标值（100%除外），像是事后补填。"""
    same = [
        i for i in case.report.indicators
        if i.midyear and i.target and comparable(i.midyear, i.target) and i.midyear.value == i.target.value and i.target.value != 1
    ]  # fmt: skip
    if len(same) >= 2:
        yield Outcome("PLA-05", tuple(i.midyear for i in same if i.midyear), "info", f"{'、'.join(i.name for i in same)}的年中监控值恰等于指标值，请核对监控数据来源。", "doubtful", key=("mid",))


@finding_rule("PLA-03", "满意度无样本", severity="info", formula="满意度应列明调查人数或问卷份数", basis=MOF_10, exceptions="附调查报告。")
def satisfaction_without_sample(case: Case) -> Iterator[Outcome]:
    """满意度100%而没有样本数。"""
    for indicator in case.report.indicators:
        if "满意" not in indicator.name or indicator.actual is None or indicator.actual.number is None or indicator.actual.value != 1:
            continue
        words = case.report.text[indicator.start : indicator.end]
        if not re.search(r"问卷|样本|份|人次|抽样|受访|调查.{0,6}\d", words):
            yield Outcome("PLA-03", (indicator.actual,), "info", f"{indicator.name}列{indicator.actual.text}，未列明调查人数或问卷份数，请补充。", "doubtful", stated=indicator.actual.text, key=(indicator.name, "sample"))


@finding_rule("GPR-03", "采购无金额", severity="info", formula="列政府采购执行率应列明采购预算和采购金额", basis=MOF_10, exceptions="本年无采购。")
def procurement_without_amounts(case: Case) -> Iterator[Outcome]:
    """有政府采购执行率，全文没有采购金额。"""
    amounts = any("procurement" in s.name and case.facts[s].keys() & {"original_budget", "revised_budget", "expenditure_outturn"} for s in case.subjects("budget"))
    for indicator in case.report.indicators:
        if re.search(r"政府采购|采购(?:预算)?执行率", indicator.name) and "率" in indicator.name and not amounts:
            figure = indicator.actual or indicator.completion_rate
            if figure:
                yield Outcome("GPR-03", (figure,), "info", f"{indicator.name}列{figure.text}，全文未列明采购预算和采购金额，无法复核，请补充。", "doubtful", stated=figure.text, key=(indicator.name, "amounts"))


@finding_rule("CON-08", "指标目标与预算数", severity="warning", formula="预算类指标的指标值 = 年初预算数或全年预算数", basis=MOF_10)
def target_is_budget(case: Case) -> Iterator[Outcome]:
    """以预算金额为指标值的，应等于年初或全年预算数；实际值应等于执行数。"""
    whole = case.department()
    budgets = [f for name in ("original_budget", "revised_budget") for f in case.stated(whole, name) if f.figure.number is not None]
    outturns = [f for f in case.stated(whole, "expenditure_outturn") if f.figure.number is not None]
    for indicator in case.report.indicators:
        if not re.fullmatch(r"(?:部门|单位|年度|整体)?(?:预算|支出)(?:经费|总额|金额|资金|支出|成本)?(?:控制(?:数|额)?)?", indicator.name):
            continue
        for figure, facts, label in ((indicator.target, budgets, "预算数"), (indicator.actual, outturns, "执行数")):
            if figure is None or figure.kind != "amount" or not facts:
                continue
            match = next((f for f in facts if f.figure.value == figure.value or f.figure.interval.meets(figure.interval)), None)
            nearest = match or facts[0]
            outcome = Outcome("CON-08", (figure, nearest.figure), stated=figure.text, recomputed=nearest.figure.text, key=(indicator.name, label))
            if match is None:
                outcome.ways = tuple(Way(itself, (Operand(f.figure),)) for f in facts)
                outcome.verdict, outcome.severity = "inconsistent", "error" if _slip(figure, [f.figure for f in facts]) else "warning"
                outcome.verdict = "inconsistent" if outcome.severity == "error" else "doubtful"
                outcome.message = f"{indicator.name}列{figure.text}，与报告所列{label}{nearest.figure.text}不一致，请核实。"
            yield outcome


def _slip(figure: Figure, others: list[Figure]) -> bool:
    return any(one_slip_apart(figure, other.value) for other in others)


@finding_rule("IND-17", "序号连续", severity="info", formula="指标一至指标N连续", basis=MOF_10)
def numbering(case: Case) -> Iterator[Outcome]:
    """指标编号应连续。"""
    titles = [case.report.sections[i.section].title for i in case.report.indicators if i.section >= 0]
    numbers = [m[1] for t in titles if (m := re.search(r"指标([一二三四五六七八九十]{1,3})", t))]
    wanted = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", *(f"十{d}" for d in "一二三四五六七八九"), "二十"]
    if len(numbers) >= 3 and numbers != wanted[: len(numbers)]:
        yield Outcome("IND-17", (), "info", f"指标编号不连续：{'、'.join(numbers)}。", "doubtful", key=("numbers",), quote_span=(case.report.indicators[0].start, case.report.indicators[0].start + 12))


for code, title, severity, formula, why in (
    ("IND-09", "率型缺分子分母", "info", "率型指标应列明分子、分母", "逐条提示过多，读表后与佐证材料栏一并核对。"),
    ("IND-10", "方向错误", "warning", "成本类用≤，数量类用≥", "指标类别见于自评表，读表后核对。"),
    ("IND-11", "指标重复", "notice", "同一内容不重复计分", "执行率重复已由 POL-06 核对；其他待读表后核对。"),
    ("IND-12", "归类不当", "notice", "指标归入相应的一、二级", "指标类别见于自评表，读表后核对。"),
    ("IND-16", "空洞指标", "notice", "定性指标应有可考核的标准", "需读出文字含义，读表后提示。"),
    ("IND-18", "偏差率", "error", "(实际值 − 指标值) ÷ 指标值", "偏差率栏见于自评表，读表后核对。"),
    ("IND-19", "时效日期", "warning", "实际日期 ≤ 计划日期", "时效指标见于自评表，读表后核对。"),
):  # fmt: skip
    planned(code, title, severity=severity, formula=formula, basis=MOF_10, why=why)  # type: ignore[arg-type]
