"""SCO, WGT, GRD: points, weights, the total and the grade."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

from extractor.model.exact import Fraction
from extractor.model.figure import Figure, base_unit
from extractor.model.interval import Interval, add_up
from extractor.model.report import Fact, Grade, Indicator, Subject
from verifier.audit import Cause, Severity
from verifier.case import Case
from verifier.diagnose.accounted import accounted
from verifier.diagnose.slips import one_slip_apart
from verifier.diagnose.weigh import together, weigh
from verifier.grades import DEFAULT_BANDS, LETTERS, OTHER_BANDS, grade_of
from verifier.judge import Judgement, Operand, Way, half_up, itself, judge, tried, whole_points
from verifier.outcome import Outcome
from verifier.rule import MOF_10, MOF_53, MOF_101, PLATFORM, finding_rule, part_of, planned
from verifier.rules.direction import AT_MOST, reverse
from verifier.words import decimal, like

BONUS = re.compile(r"加分项|附加分|奖励加分|加\s?\d+(?:\.\d+)?分")
TAKEN_OFF = re.compile(r"扣(?:除|减|了|分)?\Z")
TOLD_DECIMALS = 1
"""扣1分 is said of too many scores to be known to be of this one."""
NEAR_COUNT = 12
MOST_WAYS = 6
NEAREST_RATES = 4
MOST_MISSING = 10
UNSTATED_WEIGHTS = (20, 5, 15, 30, 25, 8, 6, 4, 3, 2)
"""Full marks of the execution rate that schemes give it; any of them may be meant where a report does not say."""
FULL = 100
"""The most that all scores can make together."""
FEWEST_SQUARED = 3
"""So many scores that are the squares of their weights are no chance."""
RANK = ("consistent", "rounding", "doubtful", "inconsistent", "unchecked")


def points(stated: Figure, weight: Fraction, formula: Callable[..., Any], operands: Sequence[Operand]) -> Judgement:
    """A score against a formula, kept between nought and the weight; a whole number may be any honest rounding to it."""

    def clipped(*values: Any) -> Any:
        found = formula(*values)
        return found.capped(0, weight) if hasattr(found, "capped") else min(max(found, Fraction(0)), weight)

    return whole_points(stated, judge(stated, clipped, operands))


def evaluation(case: Case) -> Subject:
    return Subject("evaluation", "report", case.report.fiscal_year)


OWN_METHOD = re.compile(r"(?:达到?|以上|及以上)[^,，;；。\n]{0,12}(?:满分|不扣分)|每[^,，;；。\n]{0,16}扣|扣完为止|分档计分|按区间")
"""Words of a method of scoring of the report's own; a proportional score is then not what was asked for."""
BY_OWN_METHOD = "写明另一计分办法"


def _own_method(case: Case, figure: Figure) -> bool:
    """Whether the paragraph of a score says how it was scored."""
    text = case.report.text
    start = text.rfind("\n", 0, figure.start) + 1
    return bool(OWN_METHOD.search(text[start:].partition("\n")[0]))


@finding_rule(
    "SCO-01", "执行率得分", severity="error", formula="执行率得分 = min(分值, 分值 × 执行率)", basis=MOF_10,
    exceptions="年初、到位口径的执行率；分档计分的办法；得分取整数。", typical_causes="手工取整、执行率更新后得分未改。",
    holds=(("9.79分", "10分", "97.90%"),), fails=(("9.97分", "10分", "97.90%"),),
)  # fmt: skip
def execution_score(case: Case) -> Iterator[Outcome]:
    """预算执行率按比例计分，不超过该项分值。"""
    for subject in case.subjects("evaluation"):
        for fact in case.stated(subject, "execution_score"):
            if fact.figure.number is not None:
                yield from _execution(case, subject, fact)


def _execution(case: Case, subject: Subject, fact: Fact) -> Iterator[Outcome]:
    """Every weight that is stated (else the scheme's), with every execution rate of the report, nearest first."""
    weights: list[tuple[Fraction, Figure | None]] = [(Fraction(w.figure.value), w.figure) for w in case.stated(subject, "execution_weight") if w.figure.number is not None]
    default = case.scheme.get("execution_weight", 10)
    stated = bool(weights)
    weights = weights or [(Fraction(Decimal(str(default))), None)]
    rates = _rates(case, fact)
    attempts = _attempts(fact, weights, rates)
    if not stated and not any(attempt[0].holds for attempt in attempts):
        attempts += _attempts(fact, [(Fraction(other), None) for other in UNSTATED_WEIGHTS], rates[:NEAREST_RATES])
    if not attempts:
        return
    judgement, label, figures, weight = min(attempts, key=lambda attempt: RANK.index(attempt[0].verdict))
    if judgement.verdict == "inconsistent":
        judgement, label, figures, weight = attempts[0]
    outcome = _score_outcome("SCO-01", fact.figure, figures, judgement, f"{like(weight, fact.figure)} × {label}", (*subject, "execution"))
    usual = [rate for rate in rates if _on_revised(case, rate[2])]
    outcome.ways, outcome.solved = _execution_ways(weights, usual + rates)
    outcome.usual = len(usual[:MOST_WAYS]) * len(weights)
    if judgement.verdict == "inconsistent":
        full = fact.figure.value == weight and judgement.recomputed is not None and judgement.recomputed >= weight * Fraction(9, 10)
        if _own_method(case, fact.figure):
            outcome.verdict, outcome.reason = "unchecked", BY_OWN_METHOD
        elif other := _by_another_rate(case, fact.figure, weight, figures):
            outcome.verdict, outcome.reason = "unchecked", f"与报告所列另一比率{other.text}相符"
        elif stated and (taken := _taken_off(case, weight - fact.figure.value)):
            outcome.verdict, outcome.reason = "unchecked", f"报告写明扣{taken.text}，未按比例计分"
        elif fact.figure.value > weight and not together(case, outcome.figures):
            outcome.verdict, outcome.reason = "unchecked", "得分高于所知分值，可能是另一组指标的得分"
        elif full:
            outcome.severity, outcome.verdict = "warning", "doubtful"
        else:
            trials = [(lambda *v, f=formula: min(f(*v) * weight, weight), operands) for _, formula, operands in rates]
            of_several = len({other.figure.number for other in case.stated(subject, "execution_score")}) > 2
            computed = fact.figure.decimals >= 2 and subject.name == "report" and not of_several and _sure_rate(case)
            weigh(outcome, trials, local=computed or together(case, outcome.figures))
        outcome.message = (
            f"经复算，分值{like(weight, fact.figure)}乘以{label}得{outcome.recomputed}，报告列执行率得分{fact.figure.text}，"
            f"相差{outcome.difference}，{'如按分档计分请说明办法' if full else '请核实'}。"
        )
    yield outcome


def _by_another_rate(case: Case, score: Figure, weight: Fraction, tried: Sequence[Figure]) -> Figure | None:
    """A rate of the report, whatever it was read as, that gives the score: 1—6月支出为预算的42.20% may stand nearer than the year's 92.88%."""
    others = (f for f in case.report.figures if f.kind == "rate" and f.number and f.value < 1 and f not in tried and f.decimals >= TOLD_DECIMALS)
    return next((f for f in others if judge(score, lambda rate: rate * weight, [Operand(f)]).exact), None)


def _taken_off(case: Case, points: Fraction) -> Figure | None:
    """The deduction that the report names for what the score lacks of its full marks: 预算执行20分得18.92分, and 结转结余率扣1.08分."""
    figures = (f for f in case.report.figures if f.kind == "points" and f.number and f.value == points and f.decimals >= TOLD_DECIMALS)
    return next((f for f in figures if TAKEN_OFF.search(case.report.text[max(0, f.start - 4) : f.start])), None)


def _on_revised(case: Case, operands: list[Operand]) -> bool:
    """Whether a rate is that of 全年执行数 and 全年预算数, by which most schemes score."""
    usual = {"execution_rate_revised", "revised_budget", "expenditure_outturn"}
    return all(fact.field in usual for operand in operands for fact in case.by_figure.get(operand.figure.id, ()))


def _execution_ways(
    weights: list[tuple[Fraction, Figure | None]], rates: list[tuple[str, Callable[..., Any], list[Operand]]]
) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """Weight × rate, capped and uncapped, with the weight as an operand where it is printed."""
    capped, plain = [], []
    for _, formula, operands in dict.fromkeys((label, formula, tuple(operands)) for label, formula, operands in rates):
        for weight, figure in weights:
            if figure is None:
                capped.append(Way(lambda *v, f=formula, w=weight: within(f(*v) * w, w), operands, whole_points=True))
                plain.append(Way(lambda *v, f=formula, w=weight: f(*v) * w, operands))
            else:
                capped.append(Way(lambda w, *v, f=formula: within(f(*v) * w, w), (Operand(figure, exact=True), *operands), whole_points=True))
                plain.append(Way(lambda w, *v, f=formula: f(*v) * w, (Operand(figure, exact=True), *operands)))
    return tuple(capped[:MOST_WAYS]), tuple(plain[:MOST_WAYS])


def within(found: Any, full: Any) -> Any:
    """Points kept between nought and the full marks, for face values and intervals alike."""
    if isinstance(found, Interval):
        return found.capped(0, full.hi if isinstance(full, Interval) else full)
    return min(max(found, Fraction(0)), full)


_Attempt = tuple[Judgement, str, tuple[Figure, ...], Fraction]


def _attempts(fact: Fact, weights: list[tuple[Fraction, Figure | None]], rates: list[tuple[str, Callable[..., Any], list[Operand]]]) -> list[_Attempt]:
    """Every weight with every rate, up to the first that agrees to the last digit."""
    found: list[_Attempt] = []
    for weight, figure in weights:
        known = (figure,) if figure else ()
        for label, formula, operands in rates:
            judgement = points(fact.figure, weight, lambda *v, f=formula, w=weight: f(*v) * w, operands)
            found.append((judgement, label, (*known, *(o.figure for o in operands)), weight))
            if judgement.verdict == "consistent":
                return found
    return found


def _sure_rate(case: Case) -> bool:
    """Whether the department's execution rate is one value, and its own outturn and budget give it: then it is what was scored."""
    whole = case.department()
    stated = case.stated(whole, "execution_rate_revised")
    if len({fact.figure.number for fact in stated}) != 1:
        return False
    rate = stated[0].figure
    pairs = product(case.operands(whole, "expenditure_outturn", rate), case.operands(whole, "revised_budget", rate))
    return any(judge(rate, lambda a, b: a / b, pair).holds for pair in pairs)


def _rates(case: Case, fact: Fact) -> list[tuple[str, Callable[..., Any], list[Operand]]]:
    """Execution rates, nearest first: printed rates (the rate first, then the score) and exact quotients."""
    found: list[tuple[int, str, Callable[..., Any], list[Operand]]] = []
    for budget in _scored_budgets(case):
        for name in ("execution_rate_revised", "execution_rate_original", "execution_rate_received"):
            for rate in case.stated(budget, name):
                if rate.figure.number is not None:
                    found.append((abs(rate.figure.start - fact.figure.start), f"执行率{rate.figure.text}", lambda r: r, [Operand(rate.figure)]))
        for base in ("revised_budget", "original_budget", "funds_received"):
            for spent in case.operands(budget, "expenditure_outturn", fact.figure)[:2]:
                for whole in case.operands(budget, base, fact.figure)[:2]:
                    distance = abs(spent.figure.start - fact.figure.start) + 40
                    found.append((distance, f"{spent.figure.text}/{whole.figure.text}", lambda a, b: a / b, [spent, whole]))
    found.sort(key=lambda entry: entry[0])
    return [(label, formula, operands) for _, label, formula, operands in found[:12]]


def _scored_budgets(case: Case) -> list[Subject]:
    """The budgets whose execution a report scores: the department's or, where it has none, a project's."""
    budgets = [s for s in case.subjects("budget") if s.year == case.report.fiscal_year]
    rated = [s for s in budgets if case.facts[s].keys() & {"execution_rate_revised", "execution_rate_original", "execution_rate_received", "expenditure_outturn"}]
    whole = [s for s in rated if s.name in ("department", "project")]
    return whole or [s for s in rated if s.name.startswith(("project:", "group:"))]


def _score_outcome(
    code: str, figure: Figure, operands: tuple[Figure, ...], judgement: Judgement, label: str, key: tuple[object, ...]
) -> Outcome:
    outcome = Outcome(
        code, (figure, *operands), verdict=judgement.verdict, judgement=judgement, stated=figure.text, reading=f"{label}；{judgement.how}".rstrip("；"),
        reason=judgement.reason, key=key,
    )  # fmt: skip
    if judgement.recomputed is not None:
        outcome.recomputed = like(judgement.recomputed, figure, 2)
        outcome.difference = like(figure.value - judgement.recomputed, figure, 2)
    if judgement.verdict == "rounding":
        outcome.severity = "info"
        outcome.message = f"得分列{figure.text}，复算为{outcome.recomputed}，差异可由{judgement.how}解释。"
    return outcome


@finding_rule(
    "SCO-02", "得分区间", severity="error", formula="0 ≤ 得分 ≤ 分值", basis=PLATFORM, exceptions="办法设有加分项。",
    holds=(("10分", "10分"),), fails=(("11分", "10分"),),
)  # fmt: skip
def score_range(case: Case) -> Iterator[Outcome]:
    """任何指标的得分都不应超过其分值。"""
    bonus = bool(BONUS.search(case.report.text))
    for name, weight, score, indicator in _scored(case):
        over = score.value > weight.value
        outcome = Outcome("SCO-02", (score, weight), stated=score.text, recomputed=f"≤{weight.text}", key=(name,))
        if over:
            outcome.verdict, outcome.severity = ("doubtful", "notice") if bonus else ("inconsistent", "error")
            if not together(case, (weight, score)):
                outcome.verdict, outcome.severity, outcome.reason = "unchecked", None, "分值和得分不在一处"
            outcome.difference = like(score.value - weight.value, score)
            outcome.message = f"{name}得分{score.text}大于分值{weight.text}，请核实。"
            outcome.ways, outcome.solved = _score_ways(indicator) if indicator else ((), ())
            outcome.ways = outcome.ways or (Way(within, (Operand(score), Operand(weight))),)
            outcome.solved = outcome.solved or (Way(itself, (Operand(weight, exact=True),)),)
        yield outcome


def _scored(case: Case) -> Iterator[tuple[str, Figure, Figure, Indicator | None]]:
    """Name, weight and score of everything that has both, with the indicator that it may be of."""
    for indicator in case.report.indicators:
        if indicator.weight and indicator.score and indicator.weight.number is not None and indicator.score.number is not None:
            yield indicator.name, indicator.weight, indicator.score, indicator
    for subject in case.subjects("evaluation"):
        for a, b in (("group_weight", "group_score"), ("execution_weight", "execution_score")):
            weight, score = case.first(subject, a), case.first(subject, b)
            if weight and score:
                name = "预算执行率" if a.startswith("execution") else subject.name.partition(":")[2]
                yield name, weight.figure, score.figure, None


def comparable(a: Figure | None, b: Figure | None) -> bool:
    """Whether two values count the same thing: both readable and in one base unit."""
    if a is None or b is None or a.number is None or b.number is None:
        return False
    return base_unit(a.unit) == base_unit(b.unit) or "" in (a.unit, b.unit)


@finding_rule(
    "SCO-03", "定量指标得分(正向)", severity="error", formula="完成目标得满分；未完成按 分值 × 实际值 ÷ 指标值", basis=MOF_10,
    exceptions="超额完成的调减、有说明的扣分；得分取整数。", typical_causes="未完成仍得满分、扣分手工取数。",
    holds=(("8.00分", "10分", "80家", "100家"),), fails=(("10.00分", "10分", "80家", "100家"),),
)  # fmt: skip
def indicator_score(case: Case) -> Iterator[Outcome]:
    """指标得分按完成情况计算。高于一切合法算法的才算矛盾；低于的可能是酌情扣分，只作提示。"""
    if twice := _weighted_twice(case.report.indicators):
        yield twice
        return
    for indicator in case.report.indicators:
        if indicator.score is None or indicator.weight is None or None in (indicator.score.number, indicator.weight.number):
            continue
        weight = Fraction(indicator.weight.value)
        ways = list(_ways(indicator))
        if not ways or indicator.score.value > weight:
            continue
        judged = tried((points(indicator.score, weight, formula, operands), label, operands) for label, formula, operands in ways)
        judgement, label, operands = min(judged, key=lambda entry: RANK.index(entry[0].verdict))
        if _full_beyond_limit(indicator, judgement):
            judgement = replace(judgement, verdict="inconsistent", how="")
        code = "SCO-04" if reverse(indicator) else "SCO-03"
        figures = (indicator.weight, *(operand.figure for operand in operands))
        outcome = _score_outcome(code, indicator.score, figures, judgement, label, (indicator.name, "score"))
        outcome.ways, outcome.solved = _score_ways(indicator)
        if judgement.verdict == "inconsistent" and OWN_METHOD.search(case.report.text[indicator.start : indicator.end]):
            outcome.verdict, outcome.reason = "unchecked", BY_OWN_METHOD
        elif judgement.verdict == "inconsistent":
            _explain_score(indicator, outcome, [entry[0] for entry in judged], weight)
        yield outcome


def _weighted_twice(indicators: list[Indicator]) -> Outcome | None:
    """25.00分 × 25% = 6.25分 in every row: a score that was out of its weight already was weighted once more. One finding, not one a row."""
    pairs = [(i.score, i.weight) for i in indicators if i.score and i.weight and i.score.number is not None and i.weight.number is not None]
    squared = [(score, weight) for score, weight in pairs if judge(score, lambda full: full * full / 100, [Operand(weight)]).verdict == "consistent" and weight.value != 100]
    if len(squared) < FEWEST_SQUARED or len(squared) < len(pairs) or sum(weight.value for _, weight in pairs) != 100:
        return None
    (score, weight), *_ = squared
    most = decimal(sum((weight.value**2 / 100 for _, weight in pairs), Fraction(0)), 2) + "分"
    message = (
        f"{len(pairs)}项得分都等于分值的平方除以100（如{weight.text}×{weight.text}%＝{score.text}），单项得分已按权重给出，折算时又乘了一次权重；"
        f"照此计算，各项全部完成也只能得{most}，应为100分。"
    )
    figures = tuple(dict.fromkeys(figure for pair in squared for figure in pair))
    outcome = Outcome("SCO-03", figures, "error", message, "inconsistent", stated=score.text, recomputed=like(weight.value, score), key=("weighted twice",), table=True, proven=True)
    outcome.causes = (Cause("weight_twice", score.id, like(weight.value, score), "权重重复计算"),)
    return outcome


def _full_beyond_limit(indicator: Indicator, judgement: Judgement) -> bool:
    """Full marks for a limit that was exceeded, where no rounding of the score comes near them."""
    if not reverse(indicator) or judgement.how != "得分取整数" or judgement.recomputed is None or indicator.score is None or indicator.weight is None:
        return False
    return indicator.score.value == indicator.weight.value > half_up(judgement.recomputed, Fraction(1))


def _ways(indicator: Indicator) -> Iterator[tuple[str, Callable[..., Any], list[Operand]]]:
    """All lawful formulas for the score of one indicator, as (label, formula, operands)."""
    weight = Fraction(indicator.weight.value) if indicator.weight else Fraction(0)
    rate = indicator.completion_rate
    for target in (indicator.target, indicator.target_revised):
        actual = indicator.actual
        if target is None or actual is None or not comparable(target, actual) or target.value == 0:
            continue
        pair = [Operand(actual), Operand(target, exact=True)]
        if target.comparator in AT_MOST or reverse(indicator):
            if actual.interval.lo <= target.interval.hi:
                yield "反向指标，未超过指标值得满分", lambda b, a: weight + b * 0 + a * 0, pair
            else:
                yield "反向：分值×(1－超出比例)", lambda b, a: (2 - b / a) * weight, pair
                yield "反向：分值×指标值÷实际值", lambda b, a: a / b * weight, pair
                yield "反向：超过即不得分", lambda b, a: b * 0 + a * 0, pair
            if target.comparator not in AT_MOST:
                yield "分值×实际值÷指标值（不超过分值）", lambda b, a: b / a * weight, pair
        else:
            yield "分值×实际值÷指标值（不超过分值）", lambda b, a: b / a * weight, pair
    if rate is not None and rate.number is not None and not reverse(indicator):
        yield "分值×完成率（不超过分值）", lambda r: r * weight, [Operand(rate)]


def _score_ways(indicator: Indicator) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """The lawful formulas with the weight as an operand: kept within it, and as they are solved for one figure."""
    if indicator.weight is None or indicator.weight.number is None:
        return (), ()
    weight = indicator.weight
    full = Fraction(weight.value)
    capped, plain = [], []
    for _, formula, operands in list(_ways(indicator))[:MOST_WAYS]:
        given = (Operand(weight, exact=True), *operands)
        capped.append(Way(lambda w, *v, f=formula: within(f(*v) / full * w, w) if full else w, given, whole_points=True))
        plain.append(Way(lambda w, *v, f=formula: f(*v) / full * w if full else w, given))
    return tuple(capped), (*plain, Way(lambda w, *v: w, capped[0].operands)) if capped else ()


def _explain_score(indicator: Indicator, outcome: Outcome, judged: list[Judgement], weight: Fraction) -> None:
    """Above every lawful result: a contradiction unless the report gives a reason; below: a deduction to be explained."""
    score, values = indicator.score, [j.recomputed for j in judged if j.recomputed is not None]
    if score is None or not values:
        return
    slip = score.decimals > 1 and any(one_slip_apart(score, half_up(value, score.step)) for value in values)
    if score.value > max(values) or slip:
        severity: Severity = "warning" if indicator.reason and not slip else "error"
        outcome.severity = severity
        outcome.verdict = "inconsistent" if severity == "error" else "doubtful"
        outcome.message = (
            f"{indicator.name}分值{like(weight, score)}，按完成情况计算得分{'为' if slip else '不超过'}{like(max(values), score, 2)}，"
            f"报告列得分{score.text}，请核实或说明计分办法。"
        )
        most = like(max(values), score, 2)
        outcome.causes = (Cause("other_value", score.id, most, f"{score.text}高于按完成情况计算的{most}"),)
    else:
        outcome.severity, outcome.verdict = "notice", "doubtful"
        outcome.reason = "低于按比例计算的得分"
        outcome.message = (
            f"{indicator.name}按完成情况计算得分为{like(min(values), score, 2)}，报告列{score.text}，扣分"
            f"{'原因为“' + indicator.reason + '”' if indicator.reason else '未见说明'}，请核对扣分依据。"
        )


@finding_rule(
    "SCO-09", "总分合计", severity="error", formula="综合得分 = 执行率得分 + Σ指标得分", basis=PLATFORM,
    exceptions="有不适用指标按百分制折算；设加分项。", typical_causes="分项改动后总分未改。",
    holds=(("99.79分", "9.79分", "90.00分"),), fails=(("99.97分", "9.79分", "90.00分"),),
)  # fmt: skip
def total_score(case: Case) -> Iterator[Outcome]:
    """各项得分之和等于综合得分。指标读得不全时不判。"""
    subject = evaluation(case)
    sets = list(_score_sets(case))
    for fact in case.stated(subject, "total_score"):
        if fact.figure.number is None or not sets:
            continue
        judged = [(judge(fact.figure, add_up, [Operand(f) for f in scores]), scores, whole) for scores, whole in sets]
        judgement, scores, whole = min(judged, key=lambda entry: RANK.index(entry[0].verdict))
        if judgement.verdict == "inconsistent":
            judgement, scores, whole = judged[0]
        outcome = _score_outcome("SCO-09", fact.figure, tuple(scores), judgement, "各项得分相加", (*subject, "total"))
        if judgement.verdict == "inconsistent" and (other := accounted(case.report.text, case.report.figures, "sum", fact.figure, scores)):
            outcome.verdict, outcome.reason = "unchecked", f"差额可由句中所列{other.text}说明"
        elif judgement.verdict == "inconsistent":
            if not whole:
                outcome.verdict, outcome.reason = "unchecked", "未读全各项得分，不判总分"
                if add_up(*(f.value for f in scores)) > FULL > fact.figure.value:  # a score that was not read would make them more still
                    weigh(outcome, [(add_up, [Operand(f) for f in scores])], local=False)
                    outcome.reason = None if outcome.proven else outcome.reason
                if outcome.proven:
                    outcome.message = f"经复算，各项得分合计{outcome.recomputed}，与报告所列综合得分{fact.figure.text}相差{outcome.difference}，请核实并更正。"
            else:
                outcome.severity = "error"
                outcome.message = f"经复算，各项得分合计{outcome.recomputed}，与报告所列综合得分{fact.figure.text}相差{outcome.difference}，请核实并更正。"
        yield outcome


def _score_sets(case: Case) -> Iterator[tuple[list[Figure], bool]]:
    """Sets of scores that could make up the total, each with whether it is known to be whole."""
    subject = evaluation(case)
    execution = case.first(subject, "execution_score")
    extra = [execution.figure] if execution else []
    indicators = [i for i in case.report.indicators if i.score is not None and i.score.number is not None]
    scores = [i.score for i in indicators if i.score]
    groups = [g for s in case.subjects("evaluation") if s.name.startswith("group:") and (g := case.first(s, "group_score"))]
    group_scores = [g.figure for g in groups]
    if scores:
        whole = len(scores) == len(case.report.indicators) and _whole(case, bool(extra))
        yield [*scores, *extra], whole
        if extra:
            yield scores, False
    if len(group_scores) >= 2:
        weights = [w.figure.value for s in case.subjects("evaluation") if s.name.startswith("group:") and (w := case.first(s, "group_weight"))]
        full = len(weights) == len(group_scores) and sum(weights) in (100, 90, 80)
        yield [*group_scores, *extra], full and bool(extra) == (sum(weights) != 100)
        if extra:
            yield group_scores, full and sum(weights) == 100


def _whole(case: Case, with_execution: bool) -> bool:
    """Whether every indicator was read: the weights make up the full marks, or the numbers run on without a gap."""
    weights = [i.weight.value for i in case.report.indicators if i.weight and i.weight.number is not None]
    execution = case.first(evaluation(case), "execution_weight")
    known = sum(weights, Fraction(0)) + (execution.figure.value if execution else 0)
    if len(weights) == len(case.report.indicators) and known in ((100,) if execution or not with_execution else (90, 100, 80)):
        return True
    return numbered(case)


def numbered(case: Case) -> bool:
    """Whether the indicators are 指标一, 指标二 … without a gap, so that none can have been missed."""
    found = case.report.indicators
    return len(found) >= 3 and all(
        case.report.sections[i.section].title.lstrip("()一二三四五六七八九十、.0123456789 ").startswith("指标")
        for i in found if i.section >= 0
    ) and all(i.section >= 0 for i in found)  # fmt: skip


@finding_rule(
    "SCO-14", "多项目平均得分", severity="error", formula="平均得分 = Σ各项目得分 ÷ 项目个数", basis=PLATFORM,
    exceptions="按资金或比例加权平均的。",
)  # fmt: skip
def average_score(case: Case) -> Iterator[Outcome]:
    """逐个项目列明得分的，平均得分由各项目得分重新计算；按比例加权的不判。"""
    parts = [fact.figure for s in case.subjects("evaluation") if s.name.startswith("part:") and (fact := case.first(s, "total_score"))]
    for stated in case.stated(evaluation(case), "average_score"):
        figure = stated.figure
        if len(parts) < 2 or figure.number is None:
            continue
        judgement = judge(figure, mean, [Operand(part) for part in parts])
        outcome = _score_outcome("SCO-14", figure, tuple(parts), judgement, "各项目得分的平均", ("average",))
        if judgement.verdict == "inconsistent":
            weigh(outcome, [(mean, [Operand(part) for part in parts])], local=_all_projects(case, figure, parts) and "加权" not in case.report.text)
            outcome.message = f"经复算，{len(parts)}个项目得分平均为{outcome.recomputed}，报告列平均得分{figure.text}，相差{outcome.difference}，请核实。"
        yield outcome


def mean(*parts: Any) -> Any:
    """The sum of the parts by their number."""
    return add_up(*parts) / len(parts)


def _all_projects(case: Case, figure: Figure, parts: list[Figure]) -> bool:
    """Whether the words before the mean count as many projects as have a score."""
    before = [f for f in case.report.figures if f.end <= figure.start and figure.start - f.end <= NEAR_COUNT and f.kind == "count"]
    return any(f.number == len(parts) for f in before)


@finding_rule(
    "WGT-01", "权重合计", severity="error", formula="Σ指标分值 + 执行率分值 = 100", basis=f"{MOF_10}、{MOF_101}",
    exceptions="设加分项；执行率不计分时指标分值合计即为100。",
    holds=(("100分", "90分", "10分"),), fails=(("100分", "92分", "10分"),),
)  # fmt: skip
def weights(case: Case) -> Iterator[Outcome]:
    """全部分值之和为100分（或不含执行率的90分、80分）。"""
    yield from group_weights(case)
    found = case.report.indicators
    if len(found) < 3 or any(i.weight is None or i.weight.number is None for i in found):
        return
    figures = [i.weight for i in found if i.weight]
    total = sum((figure.value for figure in figures), Fraction(0))
    execution = case.first(evaluation(case), "execution_weight")
    scored = case.first(evaluation(case), "execution_score")
    added = execution.figure.value if execution else (Fraction(Decimal(str(case.scheme.get("execution_weight", 10)))) if scored else Fraction(0))
    lawful = total == 100 or total + added == 100 or (not execution and total in (90, 80))
    shown = like(total + added, figures[0])
    outcome = Outcome("WGT-01", (*figures, *((execution.figure,) if execution else ())), stated="100分", recomputed=shown, key=("weights",))
    if not lawful:
        # Far less than the whole are the weights of a part of the indicators.
        sure = (numbered(case) or all(indicator.table for indicator in found)) and total + added >= 100 - MOST_MISSING and not _one_too_many(found, total + added)
        outcome.verdict = "inconsistent" if sure else "unchecked"
        outcome.reason = None if sure else "可能未读全指标，不判权重合计"
        if sure and "加分" not in case.report.text:
            outcome.severity = "error"
            outcome.difference = like(total + added - 100, figures[0])
            outcome.message = f"各指标分值与执行率分值合计{shown}，不等于100分，相差{outcome.difference}，请核实。"
    if execution or not added:
        outcome.ways, outcome.whole = (Way(add_up, tuple(Operand(figure, exact=True) for figure in outcome.figures)),), _hundred(total + added)
    yield outcome


def _one_too_many(found: Sequence[Indicator], total: Fraction) -> bool:
    """Whether the weights make up a hundred without one row that has no score while the others have: a row at the foot of the table, read under heads that are not its own."""
    bare = [one for one in found if one.score is None]
    return len(bare) == 1 and bare[0].weight is not None and total - bare[0].weight.value in (80, 90, 100)


def _hundred(found: Fraction) -> Figure:
    """The full marks that weights come to, as a figure that nobody printed: 100, or without the execution rate 90 or 80."""
    full = found if found in (80, 90) else Fraction(FULL)
    return Figure("", f"{full}分", Decimal(int(full)), "分", 0, "points", 0, 0)


def group_weights(case: Case) -> Iterator[Outcome]:
    """The weights of groups, judged where their scores and the execution score make up the total exactly."""
    groups = [s for s in case.subjects("evaluation") if s.name.startswith("group:") and s.year == case.report.fiscal_year]
    pairs = [(w, s) for g in groups if (w := case.first(g, "group_weight")) and (s := case.first(g, "group_score"))]
    execution = [case.first(evaluation(case), name) for name in ("execution_weight", "execution_score")]
    total = case.first(evaluation(case), "total_score")
    if len(pairs) < 2 or len(pairs) < len(groups) or total is None or (execution[0] is None) != (execution[1] is None):
        return
    scores = sum((s.figure.value for _, s in pairs), execution[1].figure.value if execution[1] else Fraction(0))
    if scores != total.figure.value:
        return
    figures = [w.figure for w, _ in pairs] + ([execution[0].figure] if execution[0] else [])
    found = sum((figure.value for figure in figures), Fraction(0))
    outcome = Outcome("WGT-01", tuple(figures), stated="100分", recomputed=like(found, figures[0]), key=("groups",))
    whole = {fact.figure.value for fact in case.stated(evaluation(case), "full_marks")} | {Fraction(100)}
    if found not in whole and "加分" not in case.report.text:
        outcome.verdict, outcome.severity = "inconsistent", "error"
        outcome.message = f"各部分分值合计{outcome.recomputed}，不等于100分，而各部分得分之和等于综合得分，请核实。"
    outcome.ways, outcome.whole = (Way(add_up, tuple(Operand(figure, exact=True) for figure in figures)),), _hundred(found)
    yield outcome


@finding_rule("WGT-04", "零权重", severity="warning", formula="分值 > 0", basis=PLATFORM, exceptions="观察性指标。")
def zero_weight(case: Case) -> Iterator[Outcome]:
    """分值为零的指标不起作用。"""
    for indicator in case.report.indicators:
        if indicator.weight and indicator.weight.number is not None and indicator.weight.number <= 0:
            yield Outcome("WGT-04", (indicator.weight,), "warning", f"{indicator.name}分值为{indicator.weight.text}，请核实。", "doubtful", key=(indicator.name,))


@finding_rule(
    "GRD-01", "等级", severity="error", formula="优≥90，良≥80，中≥60，差<60（报告自定或地方另有规定的从其规定）", basis=MOF_10,
    exceptions="地方以80分、70分为界的。", holds=(("优", "99.79分"),), fails=(("良", "99.79分"),),
)  # fmt: skip
def grade(case: Case) -> Iterator[Outcome]:
    """等级与综合得分相符；任何已登记的分档都不符的才算矛盾。"""
    total = case.first(evaluation(case), "total_score")
    for stated in case.report.grades:
        alone = stated is case.report.grade and all(other.word == stated.word and not other.score for other in case.report.grades)
        score = stated.score or (total.figure if total is not None and alone else None)
        if _of_another_evaluation(case, stated) or _fits_the_total(total, score, stated):
            continue
        if score is not None and score.number is not None and stated.word in LETTERS:
            yield _graded(case, stated, score)


ANOTHER_EVALUATION = re.compile(r"上年|去年|财政|重点评价|单项|第三方|抽取|抽查")


def _of_another_evaluation(case: Case, stated: Grade) -> bool:
    """Whether the words before a grade, after the score it belongs to, name another year, evaluator or part."""
    text = case.report.text
    start = stated.score.end if stated.score else max(text.rfind(mark, 0, stated.start) for mark in "。\n") + 1
    return bool(ANOTHER_EVALUATION.search(text[start : stated.start]))


def _fits_the_total(total: Fact | None, score: Figure | None, stated: Grade) -> bool:
    """Whether a grade that stands after another score is that of the total: the score of a part may have come between."""
    if total is None or score is None or score is total.figure or None in (score.number, total.figure.number):
        return False
    return score.value < total.figure.value and grade_of(total.figure.value, DEFAULT_BANDS) == LETTERS.get(stated.word)


OWN_BOUND = re.compile(r"(?P<least>\d+(?:\.\d+)?)分?(?:\(含\)|及)?以上[^,，。;；\d]{0,6}?[“\"]?(?P<word>优秀|优|良好|良)")


def _by_own_bound(case: Case, stated: Grade, score: Fraction) -> bool:
    """按县办法85分以上为优秀: the report tells the one bound that its grade rests on."""
    found = (match for match in OWN_BOUND.finditer(case.report.text) if LETTERS.get(match["word"]) == LETTERS[stated.word])
    return any(score >= Fraction(Decimal(match["least"])) for match in found)


def _graded(case: Case, stated: Grade, figure: Figure) -> Outcome:
    score, letter = figure.value, LETTERS[stated.word]
    own = case.report.scheme.get("grades")
    default = grade_of(score, own if isinstance(own, dict) else DEFAULT_BANDS)
    outcome = Outcome(
        "GRD-01", (figure,), stated=stated.word, recomputed=default, key=("grade",), quote_span=(stated.start, stated.end),
        reading="报告自定分档" if isinstance(own, dict) else "90/80/60",
    )  # fmt: skip
    if default != letter and isinstance(own, dict) and score < min(own.values()) and "差" not in own:
        outcome.verdict, outcome.reason = "unchecked", "报告所列分档不全"
    elif default != letter and _by_own_bound(case, stated, score):
        outcome.reading = "报告自定分档"
    elif default != letter:
        lawful = not isinstance(own, dict) and any(grade_of(score, bands) == letter for bands in OTHER_BANDS)
        outcome.verdict, outcome.severity = ("doubtful", "warning") if lawful else ("inconsistent", "error")
        tail = "，仅与另一种分档（80/70/60）相符，请注明评级标准" if lawful else "，请核实"
        outcome.message = f"得分{figure.text}按90/80/60分档为“{default}”，报告列“{stated.word}”{tail}。"
        outcome.causes = (Cause("wrong_grade", None, default, f"{figure.text}属“{default}”，不属“{stated.word}”"),)
    bands = own if isinstance(own, dict) else DEFAULT_BANDS
    outcome.bounds = lambda changes: LETTERS.get(grade_of(changes.get(figure.id, figure).value, bands)) == letter
    return outcome


@finding_rule("GRD-03", "等级用词", severity="info", formula="等级用“优、良、中、差”", basis=MOF_10)
def grade_word(case: Case) -> Iterator[Outcome]:
    """等级用词与办法不同（优秀、合格 …）的列出。"""
    stated = case.report.grade
    if stated and stated.word not in ("优", "良", "中", "差", "优秀", "良好"):
        yield Outcome("GRD-03", (), "info", f"报告等级用词为“{stated.word}”，办法用词为“优、良、中、差”。", key=(stated.word,), stated=stated.word, quote_span=(stated.start, stated.end))


@finding_rule("SCO-16", "自评满分模式", severity="notice", formula="全部指标得分 = 分值", basis=MOF_10)
def full_marks_everywhere(case: Case) -> Iterator[Outcome]:
    """五项以上指标全部满分，提请复核时关注。"""
    pairs = [(i.score, i.weight) for i in case.report.indicators if i.score and i.weight and None not in (i.score.number, i.weight.number)]
    if len(pairs) >= 5 and len(pairs) == len(case.report.indicators) and all(s.value == w.value for s, w in pairs):
        yield Outcome(
            "SCO-16", tuple(s for s, _ in pairs), "notice", f"{len(pairs)}项指标全部自评满分，请在复核时关注目标设置和佐证材料。", "doubtful",
            stated=f"{len(pairs)}项满分", key=("full",),
        )  # fmt: skip


for code, title, formula, why in (
    ("SCO-05", "等于型指标得分", "实际值 ≥ 指标值得满分，否则按比例", "并入 SCO-03 的算法核对；严格等于的口径待读表后区分。"),
    ("SCO-06", "指标值为0", "指标值为0：实际值≤0得满分", "叙述中少见，读表后核对。"),
    ("SCO-07", "定性指标分档", "达成80%–100%，部分达成60%–80%，未达成0–60%", "等级词见于自评表，读表后核对。"),
    ("SCO-08", "满意度区间赋分", "≥90%得10分 …", "只在方案注明时适用。"),
    ("SCO-11", "阶梯得分", "按办法分档", "地方评分办法未核实，停用。"),
    ("SCO-12", "不适用指标折算", "Σ适用得分 ÷ Σ适用分值 × 100", "见于自评表，读表后核对。"),
    ("SCO-15", "扣分未说明", "得分<分值应有原因", "并入 SCO-03 的说明；表格读入后逐行核对。"),
    ("WGT-02", "一级权重方案", "10/50/30/10 等", "一级指标见于自评表，读表后核对。"),
    ("WGT-05", "与批复目标表一致", "分值、指标值 = 批复目标表", "需批复的绩效目标表。"),
    ("WGT-06", "成本指标得分上限", "无自设成本指标得分≤5", "仅山西，未核实，停用。"),
    ("GRD-02", "分档空隙", "整数分档之间不留空隙", "只在报告自定分档为整数区间时适用，读表后核对。"),
    ("GRD-04", "评分评级相符", "文、表、总分三处等级一致", "需表格。"),
):  # fmt: skip
    planned(code, title, severity="error", formula=formula, basis=MOF_53 if code.startswith("GRD") else MOF_10, why=why)
part_of("SCO-04", "定量指标得分(反向)", severity="error", formula="未超过指标值得满分；超过的按三种算法之一", basis=MOF_10, within="SCO-03")
