"""REL: what the sentences themselves say adds up, with no rule knowing their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from operator import mul
from typing import Any

from extractor.model.exact import Fraction
from extractor.model.figure import Figure, base_unit
from extractor.model.interval import add_up
from extractor.model.record import record
from extractor.model.report import Relation
from verifier.audit import Cause, Severity
from verifier.case import Case, told
from verifier.diagnose.accounted import accounted
from verifier.diagnose.bases import hidden_base, no_base, wholes_of
from verifier.diagnose.readings import around, pair_for_rate, wide_enough
from verifier.diagnose.repair import Repair, ranked, repairs, sum_repairs
from verifier.diagnose.substitute import substituted
from verifier.diagnose.weigh import qualified_behind
from verifier.engine import NEARBY
from verifier.judge import CUT_OFF, Judgement, Operand, Way, judge
from verifier.outcome import Outcome
from verifier.rule import ARITHMETIC, MOF_10, MOF_53, finding_rule, part_of
from verifier.words import cause_of, like

Formula = Callable[..., Any]
FORMULAS: dict[str, tuple[str, str, Formula]] = {
    "sum": ("REL-01", "合计 = 各分项之和", add_up),
    "sum_less": ("REL-01", "合计 = 各分项之和 − 重复", lambda *parts: add_up(*parts[:-1]) - parts[-1]),
    "difference": ("REL-02", "差额 = 两数相减", lambda a, *others: a - add_up(*others)),
    "balance": ("REL-02", "期末 = 期初 + 增加 − 减少", lambda *of: add_up(*of[:-1]) - of[-1]),
    "net": ("REL-02", "期末 = 期初 + 各项增加 − 两项减少", lambda *of: add_up(*of[:-2]) - add_up(*of[-2:])),
    "growth_by": ("REL-02", "增长率 = 增加额 ÷ (本期 − 增加额)", lambda d, a: 1 / (a / d - 1)),
    "shrink_by": ("REL-02", "下降率 = 减少额 ÷ (本期 + 减少额)", lambda d, a: 1 / (a / d + 1)),
    "growth": ("REL-02", "增长率 = 本期 ÷ 上期 − 1", lambda a, b: a / b - 1),
    "decline": ("REL-02", "下降率 = 1 − 本期 ÷ 上期", lambda a, b: 1 - a / b),
    "quotient": ("REL-04", "商 = 前数 ÷ 后数", lambda a, b: a / b),
    "minus_quotient": ("REL-02", "下降率 = −减少额 ÷ 上期", lambda d, a: -d / a),
    "product": ("REL-04", "积 = 各数相乘", lambda *of: reduce(mul, of)),
    "average": ("REL-04", "平均数 = 总数 ÷ 个数", lambda a, n: a / n),
    "mean": ("REL-04", "平均数 = 各数之和 ÷ 个数", lambda *parts: add_up(*parts) / len(parts)),
    "share": ("REL-03", "占比 = 部分 ÷ 总体", lambda a, b: a / b),
    "complement": ("REL-03", "比率 = 1 − 反面 ÷ 总体", lambda a, b: 1 - a / b),
    "joint": ("REL-03", "比率 = 两部分之和 ÷ 总体", lambda a, b, c: (a + b) / c),
    "portion": ("REL-03", "比率 = 一部分 ÷ 各部分之和", lambda a, *others: a / add_up(a, *others)),
    "deduction": ("SCO-13", "得分 = 分值 − 各项扣分", lambda full, *taken: full - add_up(*taken)),
}
OTHER_BASES: dict[str, tuple[str, Formula]] = {
    "growth_by": ("增加额÷本期", lambda d, a: d / a),
    "shrink_by": ("减少额÷本期", lambda d, a: d / a),
    "decline": ("下降额÷本期", lambda a, b: b / a - 1),
}
"""Changes measured against this period: not what a rate of growth is, but what some offices print."""
NAMED = (
    ("SCO-09", "sum", re.compile(r"(?:综合|自评|总|最终|评价)[^,，]{0,4}(?:得分|评分)|总分")),
    ("SCO-10", "sum", re.compile(r"")),
    ("AST-01", "share", re.compile(r"资产(?:利用|使用)率")),
    ("AST-02", "difference", re.compile(r"净值")),
    ("AST-03", "sum", re.compile(r"资产")),
    ("GPR-02", "sum", re.compile(r"采购|成交|中标")),
    ("GPR-04", "share", re.compile(r"中小企业|小微企业|采购总额|采购合同")),
)
"""Codes of the catalogue for relations whose words name their subject: the sum is the same, the basis is known."""
RANK = ("consistent", "rounding", "doubtful", "inconsistent", "unchecked")
CHANCE = {"stated": Fraction(1), "likely": Fraction(6, 100), "near": Fraction(12, 1000)}
"""How likely by chance a repair may be and still prove an error, by the tie: see docs/decisions/0003."""
CHANCE_OF_LIST = {True: Fraction(25, 1000), False: Fraction(1, 2000)}
"""The same for a list, by whether its words close it: a list that may be partial proves less."""
SELDOM = Fraction(1, 10)
"""What a list whose parts are far from the total is worth of that: it is most often a partial one."""
MOST_TRIALS = 3
"""Readings beyond these hold a figure to be right, but do not prove it wrong."""
MOST_BY_A_DIGIT = 20
"""A digit added or written wrong makes a number so many times larger at most."""
MOST_OFF = 10
"""A rate that is so many times more or less than its figures give, and by no slip, is of others."""
FEW = 1000
SEVERAL = 2
"""Of a list of one part nothing is known to be missing."""
SIBLINGS = 2
"""So many rates of a list that hold show how the list is meant."""
CHANCE_OF_KINDS = Fraction(3, 1000)
"""The same for a list of kinds that does not say of what; several totals of the report may be meant."""
DIGITS_OF_A_PART = 3
"""An omitted part of fewer digits makes up a gap by chance."""


@record(frozen=True, slots=True)
class Trial:
    """One reading of a relation and what the judge says of it."""

    formula: str
    operands: tuple[Figure, ...]
    judgement: Judgement


def _trials(case: Case, relation: Relation) -> list[Trial]:
    """Every reading of a relation with its verdict, up to the first that holds. Siblings ask for it again."""
    known = case.memo.get(id(relation))
    if known is None:
        known = case.memo[id(relation)] = _tried(relation)
    return known


def _tried(relation: Relation) -> list[Trial]:
    readings = ((relation.formula, relation.operands), *relation.others)
    found: list[Trial] = []
    for formula, operands in readings:
        fine = relation.table and formula == "sum"
        judgement = judge(relation.stated, FORMULAS[formula][2], [Operand(figure) for figure in operands], fine=fine)
        if formula == "product" and judgement.verdict == "inconsistent":
            judgement = _at_a_price_cut_off(relation.stated, operands) or judgement
        found.append(Trial(formula, operands, judgement))
        if judgement.verdict == "consistent":
            break
    return found


FACTORS = 2
"""A price and a number."""


def _at_a_price_cut_off(total: Figure, operands: tuple[Figure, ...]) -> Judgement | None:
    """What a fund is over all acres is cut off to the 分, never rounded up: the price that is printed then is no divisor of it."""
    for price, number in (operands, operands[::-1]) if len(operands) == FACTORS else ():
        if price.kind == "amount" and number.kind == "count":
            found = judge(price, FORMULAS["average"][2], [Operand(total), Operand(number)])
            return replace(found, recomputed=price.value * number.value) if found.how == CUT_OFF else None
    return None


def _best(trials: list[Trial]) -> Trial:
    """The reading that agrees best; of readings that all disagree the one that the words put first."""
    return min(trials, key=lambda trial: RANK.index(trial.judgement.verdict))


def _repairs(relation: Relation, trials: list[Trial], limit: Fraction) -> list[Repair]:
    """The one-slip repairs that make some reading hold and are less likely by chance than ``limit``."""
    found: list[Repair] = []
    each = limit / (min(len(trials), MOST_TRIALS) * (_rarity(relation, trials) or 1))
    for trial in trials[:MOST_TRIALS]:
        if trial.judgement.verdict == "inconsistent" and trial.formula == "sum":
            found += sum_repairs(relation.stated, trial.operands, each)
        elif trial.judgement.verdict == "inconsistent":
            found += repairs(relation.stated, FORMULAS[trial.formula][2], trial.operands, limit=each)
    return ranked(found)


def _rarity(relation: Relation, trials: list[Trial]) -> Fraction:
    """How seldom a closed list that leaves parts out would come as near to its total as this one does."""
    first = trials[0].judgement.recomputed
    if relation.formula != "sum" or not relation.closed or first is None or not relation.stated.value:
        return Fraction(1)
    if relation.stated.kind == "count" and relation.stated.value < FEW and not AFTER.search(relation.cue):
        return Fraction(1)  # 120人,其中10人、30人、78人: one or two left out of a few come near by themselves
    return min(Fraction(1), 3 * abs(first / relation.stated.value - 1))


@finding_rule(
    "REL-01", "句中合计", severity="error", formula="合计 = 各分项之和", basis=ARITHMETIC,
    exceptions="“其中”只列部分内容的不要求相等；层层包含的只加同一层。",
    holds=(("21人", "9个", "12个"),), fails=(("21人", "9个", "11个"),),
)  # fmt: skip
def stated_sums(case: Case) -> Iterator[Outcome]:
    """句子自己写明的合计、其中，逐项相加。"""
    for relation in case.report.relations:
        if relation.formula == "sum":
            yield from _sum(case, relation)
    yield from (outcome for relation in case.report.relations if relation.formula == "sum_less" for outcome in _claim(case, relation))


def _sum(case: Case, relation: Relation) -> Iterator[Outcome]:
    """A list that does not add up is an error only where it claims to be whole, or one slip or one item left out explains it."""
    if relation.tie == "near" and _of_another_size(relation):
        return
    trials = _trials(case, relation) if relation.table else _with_shorter(relation, _trials(case, relation))
    trial = _best(trials)
    judgement = trial.judgement
    claimed = relation.closed or relation.tie == "stated"
    if judgement.holds or judgement.recomputed is None:
        if (claimed and relation.tie != "near") or judgement.verdict == "consistent":
            yield _outcome(relation, trial, None)
        return
    if judgement.verdict == "doubtful":
        if claimed and relation.tie != "near" and (relation.tie == "stated" or _near_whole(relation, trial)):
            yield _outcome(relation, trial, "warning")
        return
    if relation.stated.kind == "points" and relation.tie != "stated" and not relation.rule:
        return
    if not relation.table and _bare(relation):
        return
    trial = trials[0]
    limit = CHANCE_OF_LIST[relation.closed] * (1 if relation.table or AFTER.search(relation.cue) or _near_whole(relation, trial) else SELDOM)
    if relation.tie == "near" and relation.closed:
        limit = CHANCE_OF_KINDS
    mended = _repairs(relation, trials[:1], limit) if len(relation.operands) > 1 else []
    guessed = relation.tie == "near" or (relation.table and relation.tie == "likely")
    omitted = _omitted(relation) if not guessed and AFTER.search(relation.cue) else None
    if not relation.table and not AFTER.search(relation.cue) and (_overlaps(relation) or _share_of_whole(case, relation) or _each_has_its_share(case, relation) or _partial_by_form(case, relation)):
        outcome = _outcome(relation, trial, None)
        outcome.verdict, outcome.reason = "unchecked", "各分项有重叠，或只是合计的一部分"
        yield outcome
        return
    if not relation.table and qualified_behind(case, relation.stated):
        outcome = _outcome(relation, trial, None)
        outcome.verdict, outcome.reason = "unchecked", "该数之后写明另一口径"
        yield outcome
        return
    if not relation.table and (other := accounted(case.report.text, case.report.figures, "sum", relation.stated, relation.operands)):
        yield _accounted(relation, trial, other)
        return
    severity: Severity | None = None
    if relation.rule == "BUD-10" and relation.stated.number == 0 and trial.judgement.recomputed:
        yield _left_empty(relation, trial)
        return
    swapped = None if relation.table or mended or omitted or len(relation.operands) < SEVERAL else substituted(case.report.text, case.report.figures, relation.stated, relation.operands)
    if mended or omitted or swapped or _cannot_be(relation, trial) or (relation.tie == "stated" and relation.closed and (relation.table or _nearly(relation, trial))):
        severity = "error"
    elif relation.tie == "near":
        return
    elif _people(relation, trial) or (relation.closed and trial.judgement.recomputed and trial.judgement.recomputed > relation.stated.value and _near_whole(relation, trial)):
        severity = "warning"
    outcome = _outcome(relation, trial, severity)
    outcome.proven = severity == "error"
    if severity == "error" and not mended and len(relation.operands) > 1:
        mended = _repairs(relation, trials[:1], Fraction(1))  # proven already: what follows is only proposed
    outcome.causes = _causes(mended, omitted, swapped, relation)
    if severity is None:
        outcome.verdict, outcome.reason = "unchecked", "“其中”可能只列部分内容，未要求相等"
    elif severity == "warning":
        outcome.verdict = "doubtful"
    yield outcome


def _bare(relation: Relation) -> bool:
    """率 309 309 来源 309 1.: numbers of no unit in a sentence are cells of a form that was read as one."""
    return relation.stated.kind == "count" and not any(figure.unit for figure in (relation.stated, *relation.operands))


def _accounted(relation: Relation, trial: Trial, other: Figure) -> Outcome:
    """What the sentence itself says the figures are off by is no contradiction."""
    outcome = _outcome(relation, trial, None)
    outcome.verdict, outcome.reason = "unchecked", f"差额可由句中所列{other.text}说明"
    return outcome


def _cannot_be(relation: Relation, trial: Trial) -> bool:
    """Whether the names of the parts rule it out: parts of which none is counted twice are more than their whole, or opposites are less."""
    found = trial.judgement.recomputed
    return found is not None and (relation.kinds == "all" or (relation.kinds == "apart" and found > relation.stated.value))


def _left_empty(relation: Relation, trial: Trial) -> Outcome:
    """年度资金总额 0 over sources that have amounts: the row of the whole was not filled in."""
    outcome = _outcome(relation, trial, "error")
    outcome.proven = True
    outcome.causes = (Cause("omitted_total", relation.stated.id, outcome.recomputed, f"总额填{relation.stated.text}，而各来源合计为{outcome.recomputed}，总额行可能漏填"),)
    return outcome


def _of_another_size(relation: Relation) -> bool:
    """Whether the parts are so much more than the total that no slip in one figure could make them add up."""
    if relation.stated.number is None or any(figure.number is None for figure in relation.operands):
        return False
    parts = [figure.value for figure in relation.operands]
    made, total = add_up(*parts), relation.stated.value
    return total > 0 and made > MOST_BY_A_DIGIT * total and made not in (total * 100, total * 10000) and made - max(parts) > total


def _near_whole(relation: Relation, trial: Trial) -> bool:
    """Whether the parts come so near the total that they may well be all of it."""
    found = trial.judgement.recomputed
    return found is not None and abs(found - relation.stated.value) * 10 <= 3 * abs(relation.stated.value)


def _people(relation: Relation, trial: Trial) -> bool:
    """Three or more kinds that leave one or two of a small number out: perhaps meant to be all of them, so a doubt."""
    found = trial.judgement.recomputed
    if relation.stated.kind != "count" or not relation.closed or relation.tie == "near" or len(relation.operands) < 3 or found is None:
        return False
    return relation.stated.value < FEW and 0 < abs(found - relation.stated.value) * 20 <= relation.stated.value


def _nearly(relation: Relation, trial: Trial) -> bool:
    """Whether a list of all there is comes so near its total that it was meant to make it up."""
    found = trial.judgement.recomputed
    if relation.stated.kind == "points":
        return found is not None and abs(found - relation.stated.value) * 8 <= relation.stated.value
    if AFTER.search(relation.cue):
        return True
    return (found is not None and abs(found - relation.stated.value) * 5 <= relation.stated.value)


PART_NAME = re.compile(r"([\u4e00-\u9fff]{4,14})(?:为|达|共|:)?\Z")
NAME_REACHES = 16
CAPPED = re.compile(r"完成|达成|实现")
AFTER = re.compile(r"合计|共计|总计|小计|相加|总额|共\Z")
"""Words of a total that stands after its parts."""


def _with_shorter(relation: Relation, trials: list[Trial]) -> list[Trial]:
    """As much of the list's beginning or end as adds up: the rest may be another matter."""
    operands = relation.operands
    if relation.tie == "near" or any(trial.judgement.holds for trial in trials):
        return trials
    after = operands[-1].start < relation.stated.start
    for count in range(len(operands) - 1, 1, -1):
        # What stands next to the total is surely a part of it; what stands far from it may not be.
        for part in (operands[len(operands) - count :] if after else operands[:count],):
            found = judge(relation.stated, FORMULAS["sum"][2], [Operand(figure) for figure in part])
            if found.verdict == "consistent":
                return [*trials, Trial("sum", part, found)]
    return trials


def _share_of_whole(case: Case, relation: Relation) -> bool:
    """其中非常满意150份,基本满意40份,满意度95%: a rate that says which share of the whole the parts are."""
    parts = [Operand(figure) for figure in relation.operands]
    after = [f for f in around(case.report.text, case.report.figures, relation.stated.start, False) if f.kind == "rate" and f.number is not None and f.start > relation.operands[-1].start]
    return any(judge(f, lambda whole, *rest: add_up(*rest) / whole, [Operand(relation.stated), *parts]).exact for f in after)


def _partial_by_form(case: Case, relation: Relation) -> bool:
    """其中:保险费收入a;财政补贴收入b, said of one fund after another and never all there is: lists of one form leave the same out."""
    if relation.tie == "stated":
        return False
    mine = _names(case, relation)
    for other in case.report.relations:
        if other.formula != "sum" or other is relation or other.tie == "near" or len(other.operands) != len(relation.operands) or other.stated is relation.stated:
            continue
        first = _trials(case, other)[0].judgement
        short = first.recomputed is not None and not first.holds and first.recomputed < other.stated.value
        if short and mine & _names(case, other) and not (len(other.operands) > 1 and sum_repairs(other.stated, other.operands, CHANCE_OF_LIST[True])):
            return True
    return False


def _names(case: Case, relation: Relation) -> set[str]:
    """What the parts of a list are called, as far as the clause of each tells."""
    text = case.report.text
    found = (PART_NAME.search(text[max(0, figure.start - NAME_REACHES) : figure.start]) for figure in relation.operands)
    return {match[1] for match in found if match}


def _each_has_its_share(case: Case, relation: Relation) -> bool:
    """教育支出a,占60.47%;卫生支出b,占31.62%: every part is the share of the whole that it says, so that the list is a part of all there is."""
    if relation.tie == "stated" or len(relation.operands) < 2:
        return False
    told = {
        share.operands[0].id: share.stated.decimals for share in case.report.relations
        if share.formula == "share" and share.operands[1:] == (relation.stated,) and _trials(case, share)[0].judgement.exact
    }  # fmt: skip
    return any(told.values()) and all(figure.id in told for figure in relation.operands)


def _overlaps(relation: Relation) -> bool:
    """其中党员120人、男102人、女84人: without one kind the others make up the whole, so that this one overlaps them."""
    gap = add_up(*[figure.value for figure in relation.operands]) - relation.stated.value
    return len(relation.operands) > 2 and any(figure.value == gap for figure in relation.operands)


def _omitted(relation: Relation) -> Figure | None:
    """The one part without which the list makes up the total: it was left out when the total was worked out."""
    if len(relation.operands) < 2 or (len(relation.operands) == 2 and not relation.closed):
        return None
    gap = add_up(*[figure.value for figure in relation.operands]) - relation.stated.value
    for figure in relation.operands:
        if figure.value == gap and figure.digits >= DIGITS_OF_A_PART:
            return figure
    return None


def _left_out(relation: Relation) -> Figure | None:
    """The only part that makes up the gap, however few its digits: no proof, but a likelier story than a slip of the pen."""
    gap = add_up(*[figure.value for figure in relation.operands]) - relation.stated.value
    same = [figure for figure in relation.operands if figure.value == gap]
    return same[0] if len(same) == 1 and gap > 0 else None


def _causes(mended: list[Repair], omitted: Figure | None, swapped: tuple[Figure, Figure] | None, relation: Relation) -> tuple[Cause, ...]:
    if swapped is not None:
        part, other = swapped
        total = like(add_up(*[figure.value for figure in relation.operands]), relation.stated)
        return (Cause("stale_copy", relation.stated.id, total, f"{relation.stated.text}恰为{other.text}与其余各项之和，合计时可能把{part.text}误作{other.text}"),)
    if omitted is None and relation.closed and len(relation.operands) > 1:
        omitted = _left_out(relation)
    if omitted is not None:
        total = like(add_up(*[figure.value for figure in relation.operands]), relation.stated, 2)
        return (Cause("omitted_item", relation.stated.id, total, f"{relation.stated.text}恰为漏加{omitted.text}的合计"), *map(cause_of, mended))
    return tuple(map(cause_of, mended))


@finding_rule(
    "REL-02", "句中增减", severity="error", formula="增长率 = 增加额 ÷ 上期；差额 = 本期 − 上期", basis=ARITHMETIC,
    exceptions="上期为零；“增加到”与“增加了”不同。",
    holds=(("31.39%", "189.25万元", "792.22万元"),), fails=(("39.31%", "189.25万元", "792.22万元"),),
)  # fmt: skip
def stated_growth(case: Case) -> Iterator[Outcome]:
    """比上年增加多少、增长百分之几，由句中的数重新计算。"""
    yield from _claims(case, "REL-02")


@finding_rule(
    "REL-03", "句中占比", severity="error", formula="占比 = 部分 ÷ 总体", basis=ARITHMETIC,
    exceptions="总体不在本句时不判。",
    holds=(("85.06%", "1777万元", "2089万元"),), fails=(("86.05%", "1777万元", "2089万元"),),
)  # fmt: skip
def stated_shares(case: Case) -> Iterator[Outcome]:
    """某数占总数的百分比；总数先取本句所列，再取全文同类数。"""
    yield from _claims(case, "REL-03")


@finding_rule(
    "REL-04", "句中算式", severity="error", formula="算式两边相等", basis=ARITHMETIC,
    holds=(("239万元", "2390人", "1000元"),), fails=(("293万元", "2390人", "1000元"),),
)  # fmt: skip
def stated_formulas(case: Case) -> Iterator[Outcome]:
    """报告直接写出的算式（a÷b＝c、a×b＝c）和平均数。"""
    yield from _claims(case, "REL-04")


@finding_rule(
    "SCO-13", "扣分一致", severity="error", formula="得分 = 分值 − Σ扣分", basis=MOF_10,
    holds=(("28.5分", "30分", "1.5分"),), fails=(("29.5分", "30分", "1.5分"),),
)  # fmt: skip
def deductions(case: Case) -> Iterator[Outcome]:
    """写明分值和扣分的，得分等于分值减扣分。"""
    yield from _claims(case, "SCO-13")


def _claims(case: Case, code: str) -> Iterator[Outcome]:
    for relation in case.report.relations:
        if relation.formula in FORMULAS and FORMULAS[relation.formula][0] == code:
            yield from _claim(case, relation)


def _claim(case: Case, relation: Relation) -> Iterator[Outcome]:
    """One stated figure against every reading of its words, then against the other figures of its paragraph."""
    trials = _trials(case, relation)
    trial = _best(trials)
    verdict = trial.judgement.verdict
    if verdict == "unchecked":
        return
    if relation.stated.unit in POINTS and relation.formula != "difference":
        if verdict == "consistent":
            yield _in_points(relation, trial)
        return
    if verdict != "inconsistent":
        certain = verdict == "consistent" or relation.tie != "near"
        if certain:
            yield _outcome(relation, trial, "warning" if verdict == "doubtful" and relation.tie == "stated" else None)
        return
    if relation.table:
        yield from _accused(case, relation, trials, None)
    elif other := _on_this_period(case, relation, trials):
        yield other
    elif found := _elsewhere(case, relation):
        outcome = _outcome(relation, found, None)
        outcome.reading = NEARBY
        if outcome.verdict != "consistent":  # nothing is said of a rounding that may be of other figures
            outcome.severity, outcome.message, outcome.verdict, outcome.reason = None, "", "unchecked", "句中各数的关系不能确定"
        yield outcome
    elif whole := _of_the_parts(case, relation):
        yield _outcome(relation, whole, None)
    elif (sibling := _as_siblings(case, relation)) and sibling.judgement.holds:
        yield _outcome(relation, sibling, None)
    elif reason := _other_base(case, relation):
        outcome = _outcome(relation, trial, None)
        outcome.verdict, outcome.reason = "unchecked", reason
        yield outcome
    elif other_figure := _by_another_figure(case, relation, trials):
        yield _accounted(relation, trial, other_figure)
    else:
        yield from _accused(case, relation, trials, sibling)


def _other_base(case: Case, relation: Relation) -> str | None:
    """What the words say, or leave open, of the base of a figure."""
    last = max((relation.stated, *relation.operands), key=lambda figure: figure.start)
    if qualified_behind(case, relation.stated) or qualified_behind(case, last):
        return "该数之后写明另一口径"
    return "年初预算其后有调整，执行率的基数未列明" if _on_first_budget(case, relation) else None


OF_EXECUTION = re.compile(r"(?<!年初预算)(?:执行|支出|支付)(?:率|进度)(?:为|达到?|是|约)*\Z")
MOVED = re.compile(r"追加|调增|调减|调整|核减|追减")


def _on_first_budget(case: Case, relation: Relation) -> bool:
    """年初预算5286万元,其中基本支出2148.6万元;追加人员经费63万元;…基本支出2211.6万元,执行率100%: the base has been changed since."""
    if relation.formula != "share" or relation.tie == "stated" or not OF_EXECUTION.search(relation.cue) or not MOVED.search(case.report.text):
        return False
    fields = {fact.field for fact in case.by_figure.get(relation.operands[1].id, ())}
    return fields == {"original_budget"}


def _by_another_figure(case: Case, relation: Relation, trials: list[Trial]) -> Figure | None:
    """What accounts for the difference in any of the readings that the words put first."""
    found = (accounted(case.report.text, case.report.figures, trial.formula, relation.stated, trial.operands) for trial in trials[:MOST_TRIALS])
    return next(filter(None, found), None)


POINTS = ("百分点", "个百分点", "千分点")


def _in_points(relation: Relation, trial: Trial) -> Outcome:
    """增长5.84个百分点, where 5.84% is what the amounts give: points are for the difference of two rates."""
    share = relation.stated.text.replace("个百分点", "%").replace("百分点", "%").replace("个千分点", "‰").replace("千分点", "‰")
    found = _outcome(relation, trial, "warning", f"由{'、'.join(figure.text for figure in trial.operands)}计算为{share}；金额或数量的增减幅度应以百分比表示，百分点只用于两个比率之差，请核实。")
    found.verdict, found.reason = "doubtful", "单位应为%"
    return found


THIS_PERIOD = re.compile(r"本年|今年|当年|全年|本期|本次|((?:19|20)\d\d)年")


def _on_this_period(case: Case, relation: Relation, trials: list[Trial]) -> Outcome | None:
    """d ÷ a gives the rate: an error where the words say that a is this period's; else a may be the last one's."""
    for trial in trials:
        if trial.formula not in OTHER_BASES:
            continue
        label, formula = OTHER_BASES[trial.formula]
        judgement = judge(relation.stated, formula, [Operand(figure) for figure in trial.operands])
        if not judgement.holds:
            continue
        sure = trial.formula == "decline" or relation.tie == "stated" or _of_this_period(case, trial.operands[1])
        expected = like(trial.judgement.recomputed or Fraction(0), relation.stated, 2)
        found = _outcome(relation, Trial(trial.formula, trial.operands, judgement), "error" if sure else "warning", f"与“{label}”一致，增减率应以上期为基数（{expected}），请核实。")
        found.verdict, found.proven = ("inconsistent", True) if sure else ("doubtful", False)
        found.causes = (Cause("wrong_base", relation.stated.id, like(trial.judgement.recomputed or Fraction(0), relation.stated), f"{relation.stated.text}系{label}"),)
        return found
    return None


def _of_this_period(case: Case, level: Figure) -> bool:
    """Whether the clauses up to a level name the report's own year and no earlier one."""
    text = case.report.text
    start = max(text.rfind(mark, 0, level.start) for mark in "。；;\n") + 1
    named = list(THIS_PERIOD.finditer(text[start : level.start]))
    return bool(named) and named[-1][1] in (None, str(case.report.fiscal_year))


def _elsewhere(case: Case, relation: Relation) -> Trial | None:
    """Two other figures that give the rate: the writer's operands, whatever we took them for."""
    figure = relation.stated
    if figure.kind != "rate":
        return None
    near = around(case.report.text, case.report.figures, figure.start, wide_enough(figure) and not (relation.tie == "stated" and relation.closed))
    if relation.formula == "share" and "占" in _tail(relation.cue):
        return _other_whole(relation, near)
    found = pair_for_rate(figure, near, FORMULAS[relation.formula][0] == "REL-02")
    if found is None:
        return None
    return Trial(relation.formula, found.operands, judge(figure, found.formula, [Operand(f) for f in found.operands]))


def _other_whole(relation: Relation, near: list[Figure]) -> Trial | None:
    """Another whole for the part that stands right before 占: the part itself is beyond doubt."""
    part = relation.operands[0]
    for whole in near:
        if whole.number and whole is not part and whole.kind == part.kind and base_unit(whole.unit) == base_unit(part.unit):
            judgement = judge(relation.stated, FORMULAS["share"][2], [Operand(part), Operand(whole)])
            if judgement.exact:
                return Trial("share", (part, whole), judgement)
    return None


def _of_the_parts(case: Case, relation: Relation) -> Trial | None:
    """支出总计2524万元,本年支出中基本支出占…,项目支出占…: the whole of a list's shares may be what its parts make together."""
    if relation.formula != "share":
        return None
    siblings = [other for other in case.report.relations if other.formula == "share" and other.quote == relation.quote and other.stated is not relation.stated]
    part, *others = dict.fromkeys((relation.operands[0], *(other.operands[0] for other in siblings)))
    if not others or any((other.kind, base_unit(other.unit)) != (part.kind, base_unit(part.unit)) for other in others):
        return None
    judgement = judge(relation.stated, FORMULAS["portion"][2], [Operand(figure) for figure in (part, *others)])
    return Trial("portion", (part, *others), judgement) if judgement.verdict == "consistent" else None


def _as_siblings(case: Case, relation: Relation) -> Trial | None:
    """The reading in which like rates of the same sentence hold: then this one was meant in that way too.

    Shares of a list have one whole; of other rates two must show the way.
    """
    words, shares = _tail(relation.cue), "占" in _tail(relation.cue)
    if relation.tie == "near" and not shares:
        return None
    held: list[Trial] = []
    for other in case.report.relations:
        if other.stated is not relation.stated and other.stated.number and other.quote == relation.quote and other.formula == relation.formula and _tail(other.cue) == words:
            held += [trial for trial in _trials(case, other)[:: 1 if shares else -1] if trial.judgement.verdict == "consistent"][:1]
    if len(held) < (1 if shares else SIBLINGS):
        return None
    operands = relation.operands
    if shares:
        whole = held[0].operands[1]
        operands = (relation.operands[0], whole)
        if whole is relation.operands[0] or any(trial.operands[1] is not whole for trial in held):
            return None
    elif any(len(trial.operands) != len(operands) for trial in held):
        return None
    return Trial(relation.formula, operands, judge(relation.stated, FORMULAS[relation.formula][2], [Operand(f) for f in operands]))


def _tail(cue: str) -> str:
    return re.split(r"[,，;；。]", cue)[-1]


def _accused(case: Case, relation: Relation, trials: list[Trial], sibling: Trial | None) -> Iterator[Outcome]:
    if relation.stated.kind == "points" and relation.formula == "product":
        return  # weight × rate in points is the score rules' business
    if relation.stated.value == 1 and CAPPED.search(relation.cue):
        return  # 完成率100% may be any completion that was capped
    stated = relation.tie == "stated"
    mended = _repairs(relation, trials, CHANCE[relation.tie])
    trial = sibling or min(trials[:MOST_TRIALS], key=lambda one: _off(relation.stated, one))
    if mended and sibling is None:
        first = mended[0].figure
        trial = next((t for t in trials if first is relation.stated or first in t.operands), trial)
    proven = bool(mended) or (stated and not _of_another_order(relation, trial)) or sibling is not None
    outcome = _outcome(relation, trial, "error" if proven else None)
    outcome.proven = proven
    if proven and not mended and sibling is None:
        mended = _repairs(relation, trials[:1], Fraction(1))
    outcome.causes = tuple(map(cause_of, mended))
    outcome.ways = _ways(relation, [trial, *trials])
    outcome.tried = _readings(relation, [trial, *trials])
    if outcome.severity is None:
        _doubted(case, relation, outcome)
    yield outcome


def _of_another_order(relation: Relation, trial: Trial) -> bool:
    """过火面积12.6公顷,受害面积4.2公顷,受害率0.06‰: a rate that no slip brings near what its figures give is of a base that is not told."""
    found = abs(trial.judgement.recomputed or Fraction(0))
    stated = abs(relation.stated.value)
    mixed = len({figure.unit for figure in trial.operands}) > 1  # 612.38元 for 万元
    return relation.stated.kind == "rate" and relation.formula == "share" and not mixed and not stated * MOST_OFF >= found >= stated / MOST_OFF


def _off(stated: Figure, trial: Trial) -> Fraction:
    """How far a reading is from what is stated: of several that disagree the nearest was most likely meant."""
    return abs((trial.judgement.recomputed or Fraction(0)) - stated.value)


def _doubted(case: Case, relation: Relation, outcome: Outcome) -> None:
    """What cannot be proven: a doubt where the base that the rate was worked out from can be told to be another one, else unchecked."""
    outcome.verdict, outcome.reason = "unchecked", "句中各数的关系不能确定"
    base = hidden_base(case.report.relations, relation)
    if base is not None:
        whole, left_out = base
        shown = like(whole.value - left_out.value, whole)
        outcome.severity, outcome.verdict, outcome.reason = "warning", "doubtful", "基数与报告所列不同"
        outcome.message = (
            f"经复算，{relation.operands[0].text}除以{whole.text}为{outcome.recomputed}，报告列{relation.stated.text}；"
            f"只有以{shown}（{whole.text}减去{left_out.text}）为基数才相符，请注明口径或更正。"
        )
        outcome.causes = (Cause("wrong_base", relation.stated.id, outcome.recomputed, f"{relation.stated.text}的基数为{shown}，系{whole.text}减去{left_out.text}"),)
    elif no_base(case.report.text, relation):
        tried = "、".join(f"除以{whole.text}为{like(relation.operands[0].value / whole.value, relation.stated, 2)}" for whole in wholes_of(relation))
        outcome.severity, outcome.verdict, outcome.reason = "warning", "doubtful", "基数未写明"
        outcome.message = f"经复算，{relation.operands[0].text}{tried}，均与报告所列{relation.stated.text}不符，请注明该比率的基数。"
        needed = like(relation.operands[0].value / relation.stated.value, wholes_of(relation)[0])
        outcome.causes = (Cause("wrong_base", relation.stated.id, outcome.recomputed, f"由{relation.stated.text}反推，基数约为{needed}，报告未列明"),)


NO_NAME = re.compile(r"\d|[万亿]?元$")
"""A date or a unit is no name of anything that was counted."""


@finding_rule(
    "CON-06", "枚举计数", severity="warning", formula="“N个…分别是”之后所列名称的个数 = N", basis=ARITHMETIC,
    exceptions="“等”“主要包括”；名称内部含顿号或“和”。",
)  # fmt: skip
def enumerations(case: Case) -> Iterator[Outcome]:
    """写明个数又逐一列名的，名称个数应与所写个数一致。"""
    for relation in case.report.relations:
        if relation.formula != "number_of" or relation.stated.number is None or any(NO_NAME.match(name) for name in relation.listed):
            continue
        count, wanted = len(relation.listed), int(relation.stated.number)
        fewest = len(list(_joined_by_and(relation)))
        if count == wanted or fewest == wanted:
            yield Outcome("CON-06", (relation.stated,), stated=relation.stated.text, recomputed=str(wanted), key=(told(relation.quote), "n"))
        elif relation.closed and not fewest <= wanted <= count:
            names = "、".join(relation.listed[:12])
            yield Outcome(
                "CON-06", (relation.stated,), "warning",
                f"报告写明{relation.stated.text}，逐一列名为{count}个（{names}），请核对个数或名称。", "doubtful",
                stated=relation.stated.text, recomputed=str(count), key=(told(relation.quote), "n"),
                causes=(Cause("miscounted", relation.stated.id, f"{count}{relation.stated.unit}", f"逐一列名的有{count}个，写明的是{relation.stated.text}"),),
            )  # fmt: skip


def _joined_by_and(relation: Relation) -> list[str]:
    """The names split at 、 only: 和 may stand inside a name (办公室和综合科 or 计划和财务科)."""
    at = relation.quote.find(relation.listed[0]) if relation.listed else -1
    end = relation.quote.find(relation.listed[-1], at) + len(relation.listed[-1]) if at >= 0 else -1
    return [piece for piece in relation.quote[at:end].replace("，", "、").split("、") if piece] if at >= 0 else list(relation.listed)


def _code(relation: Relation, trial: Trial) -> tuple[str, str]:
    """The rule under which a relation is reported, and its formula in words."""
    code, formula, _ = FORMULAS[trial.formula]
    if relation.rule:
        return relation.rule, formula
    for named, kind, words in NAMED:
        if trial.formula != kind:
            continue
        if named.startswith("SCO") == (relation.stated.kind == "points") and words.search(relation.cue):
            return named, formula
    return code, formula


def _readings(relation: Relation, trials: list[Trial]) -> tuple[str, ...]:
    """Each reading with what it gives, where none gives what is stated."""
    shown = (
        f"{FORMULAS[trial.formula][1].partition(' = ')[2]}（{'、'.join(operand.text for operand in trial.operands)}）＝{like(trial.judgement.recomputed, relation.stated, 2)}"
        for trial in trials if trial.judgement.recomputed is not None
    )  # fmt: skip
    return tuple(dict.fromkeys(shown))


def _ways(relation: Relation, trials: list[Trial]) -> tuple[Way, ...]:
    """The readings of a relation, each once, so that they can be asked again with other figures."""
    known = dict.fromkeys((trial.formula, trial.operands) for trial in trials)
    return tuple(Way(FORMULAS[formula][2], tuple(map(Operand, operands)), relation.table and formula == "sum") for formula, operands in known)


def _outcome(relation: Relation, trial: Trial, severity: Severity | None, note: str = "") -> Outcome:
    code, formula = _code(relation, trial)
    figure, judgement = relation.stated, trial.judgement
    outcome = Outcome(
        code, (figure, *trial.operands), severity, verdict=judgement.verdict, judgement=judgement, stated=figure.text, formula=formula,
        reading=judgement.how, reason=judgement.reason, local=True, table=relation.table, ways=_ways(relation, [trial]),
        key=(relation.formula, told(relation.cue), told(relation.quote)),
    )  # fmt: skip
    if judgement.recomputed is not None:
        more = 2 if figure.kind == "rate" or relation.table else 0
        outcome.recomputed = like(judgement.recomputed, figure, more)
        outcome.difference = like(figure.value - judgement.recomputed, figure, more)
    if judgement.verdict == "rounding":
        outcome.severity = "info"
        outcome.message = f"报告列{figure.text}，按句中各数复算为{outcome.recomputed}，差异可由{judgement.how}解释。"
    elif note:
        outcome.message = f"报告列{figure.text}，{note}"
    elif severity:
        terms = "、".join(operand.text for operand in trial.operands)
        outcome.message = f"经复算，由{terms}按“{formula}”得{outcome.recomputed}，与报告所列{figure.text}相差{outcome.difference}，请核实并更正。"
    return outcome


part_of("BUD-10", "资金来源合计", severity="error", formula="年度资金总额 = 财政拨款 + 上年结转 + 其他资金", basis=MOF_10, within="REL-01")
part_of("WGT-03", "权重层级闭合", severity="error", formula="Σ三级指标分值 = 一级（二级）指标分值", basis=MOF_10, within="REL-01")
part_of("SCO-10", "分组小计", severity="error", formula="小计、合计 = 各项得分之和", basis=MOF_10, within="REL-01")
part_of("AST-01", "固定资产利用率", severity="error", formula="在用固定资产 ÷ 固定资产总额", basis=MOF_53, within="REL-03")
part_of("AST-02", "资产净值", severity="error", formula="原值 − 累计折旧 = 净值", basis=ARITHMETIC, within="REL-02")
part_of("AST-03", "资产合计", severity="error", formula="Σ各类资产 = 合计", basis=ARITHMETIC, within="REL-01")
part_of("GPR-02", "采购分类合计", severity="error", formula="采购金额 = 货物 + 工程 + 服务", basis=MOF_53, within="REL-01")
part_of("GPR-04", "中小企业占比", severity="error", formula="授予中小企业金额 ÷ 采购金额", basis=MOF_53, within="REL-03")
