"""REL: what the sentences themselves say adds up, with no rule knowing their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from extractor.model.report import Relation
from verifier.audit import Severity
from verifier.case import Case
from verifier.engine import Outcome
from verifier.judge import Judgement, Operand, judge
from verifier.rule import ARITHMETIC, finding_rule
from verifier.slips import one_slip_apart
from verifier.words import like, span

FORMULAS: dict[str, tuple[str, str, Callable[..., Any]]] = {
    "sum": ("REL-01", "合计 = 各分项之和", lambda *parts: sum(parts[1:], parts[0])),
    "difference": ("REL-02", "差额 = 两数相减", lambda a, b: a - b),
    "growth_by": ("REL-02", "增长率 = 增加额 ÷ (本期 − 增加额)", lambda d, a: 1 / (a / d - 1)),
    "shrink_by": ("REL-02", "下降率 = 减少额 ÷ (本期 + 减少额)", lambda d, a: 1 / (a / d + 1)),
    "growth": ("REL-02", "增长率 = 本期 ÷ 上期 − 1", lambda a, b: a / b - 1),
    "decline": ("REL-02", "下降率 = 1 − 本期 ÷ 上期", lambda a, b: 1 - a / b),
    "quotient": ("REL-04", "商 = 前数 ÷ 后数", lambda a, b: a / b),
    "product": ("REL-04", "积 = 各数相乘", lambda a, b: a * b),
    "share": ("REL-03", "占比 = 部分 ÷ 总体", lambda a, b: a / b),
}


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


def _sum(case: Case, relation: Relation) -> Iterator[Outcome]:
    """A list that does not add up is an error only where it claims to be whole: see ``_claims_whole``."""
    relation, judgement = _best_prefix(relation)
    if judgement.verdict in ("consistent", "rounding") or judgement.recomputed is None:
        if relation.closed or judgement.verdict == "consistent":
            yield _outcome(relation, judgement, None)
        return
    if judgement.verdict == "doubtful":
        if relation.closed:
            yield _outcome(relation, judgement, "warning")
        return
    over = judgement.recomputed > relation.stated.value
    severity: Severity | None = None
    if _claims_whole(relation, judgement.recomputed):
        severity = "error"
    elif relation.closed and over:
        severity = "warning"
    outcome = _outcome(relation, judgement, severity)
    if severity is None:
        outcome.verdict, outcome.reason = "unchecked", "“其中”可能只列部分内容，未要求相等"
    elif severity == "warning":
        outcome.verdict = "doubtful"
    yield outcome


def _best_prefix(relation: Relation) -> tuple[Relation, Judgement]:
    """The list as it was read, or as much of its beginning or end as adds up: the rest may be another matter."""
    operands = [Operand(figure) for figure in relation.operands]
    whole = judge(relation.stated, FORMULAS["sum"][2], operands)
    if whole.holds:
        return relation, whole
    for count in range(len(operands) - 1, 1, -1):
        for part in (slice(0, count), slice(len(operands) - count, None)):
            found = judge(relation.stated, FORMULAS["sum"][2], operands[part])
            if found.verdict == "consistent":
                return replace(relation, operands=relation.operands[part]), found
    return relation, whole


def _claims_whole(relation: Relation, found: Fraction) -> bool:
    """Whether one ordinary slip in one figure would make the list add up, which a partial list does by chance only.

    Fewer than three digits make such a chance too likely: see ``verifier.slips``.
    """
    if len(relation.operands) < 2 or not relation.closed:
        return False
    wanted = relation.stated.value - found
    for figure in (relation.stated, *relation.operands):
        target = figure.value - wanted if figure is relation.stated else figure.value + wanted
        if one_slip_apart(figure, target):
            return True
    return False


@finding_rule(
    "REL-02", "句中增减", severity="error", formula="增长率 = 增加额 ÷ 上期；差额 = 本期 − 上期", basis=ARITHMETIC,
    exceptions="上期为零；“增加到”与“增加了”不同。",
    holds=(("31.39%", "189.25万元", "792.22万元"),), fails=(("39.31%", "189.25万元", "792.22万元"),),
)  # fmt: skip
def stated_growth(case: Case) -> Iterator[Outcome]:
    """比上年增加多少、增长百分之几，由句中的数重新计算。"""
    for relation in case.report.relations:
        if FORMULAS.get(relation.formula, ("",))[0] == "REL-02":
            yield from _growth(relation)


def _growth(relation: Relation) -> Iterator[Outcome]:
    operands = [Operand(figure) for figure in relation.operands]
    judgement = judge(relation.stated, FORMULAS[relation.formula][2], operands)
    readings: list[tuple[str, Callable[..., Any]]] = []
    if relation.formula == "growth_by":
        readings = [("增加额÷本期", lambda d, a: d / a)]
    elif relation.formula == "shrink_by":
        readings = [("减少额÷本期", lambda d, a: d / a)]
    elif relation.formula == "decline":
        readings = [("下降额÷本期", lambda a, b: b / a - 1)]
    for label, formula in readings:
        other = judge(relation.stated, formula, operands)
        if not judgement.holds and other.holds:
            yield _outcome(relation, other, "warning", f"与“{label}”一致，未以上期为基数，请注明口径。")
            return
    if judgement.verdict == "unchecked":
        return
    severity: Severity | None = "error" if judgement.verdict == "inconsistent" else None
    yield _outcome(relation, judgement, severity)


@finding_rule(
    "REL-03", "句中占比", severity="error", formula="占比 = 部分 ÷ 总体", basis=ARITHMETIC,
    exceptions="总体不在本句时不判。",
    holds=(("85.06%", "1777万元", "2089万元"),), fails=(("86.05%", "1777万元", "2089万元"),),
)  # fmt: skip
def stated_shares(case: Case) -> Iterator[Outcome]:
    """某数占总数的百分比；总数先取本句所列，再取全文同类数。"""
    for relation in case.report.relations:
        if relation.formula == "share":
            yield from _share(relation)


def _share(relation: Relation) -> Iterator[Outcome]:
    part, *wholes = relation.operands
    judgements = [(judge(relation.stated, FORMULAS["share"][2], [Operand(part), Operand(whole)]), whole) for whole in wholes]
    best, whole = min(judgements, key=lambda pair: ("consistent", "rounding", "doubtful", "inconsistent", "unchecked").index(pair[0].verdict))
    shown = Relation("share", relation.stated, (part, whole), relation.quote)
    if best.verdict == "inconsistent" and not relation.closed:
        near = best.recomputed is not None and any(
            j.recomputed is not None and one_slip_apart(relation.stated, _printed(j.recomputed, relation)) for j, _ in judgements
        )
        outcome = _outcome(shown, best, "error" if near else None)
        if not near:
            outcome.verdict, outcome.reason = "unchecked", "占比的总体未在句中列明"
        yield outcome
        return
    yield _outcome(shown, best, "error" if best.verdict == "inconsistent" else None)


def _printed(value: Fraction, relation: Relation) -> Fraction:
    from verifier.judge import half_up

    return half_up(value, relation.stated.step)


@finding_rule(
    "REL-04", "句中算式", severity="error", formula="算式两边相等", basis=ARITHMETIC,
    holds=(("239万元", "2390人", "1000元"),), fails=(("293万元", "2390人", "1000元"),),
)  # fmt: skip
def stated_formulas(case: Case) -> Iterator[Outcome]:
    """报告直接写出的算式（a÷b＝c、a×b＝c）。"""
    for relation in case.report.relations:
        if FORMULAS.get(relation.formula, ("",))[0] == "REL-04":
            judgement = judge(relation.stated, FORMULAS[relation.formula][2], [Operand(f) for f in relation.operands])
            if relation.stated.kind == "points" and judgement.verdict == "inconsistent" and judgement.recomputed is not None:
                continue  # weight × rate in points is the score rules' business
            yield _outcome(relation, judgement, "error" if judgement.verdict == "inconsistent" else None)


@finding_rule(
    "CON-06", "枚举计数", severity="warning", formula="“N个…分别是”之后所列名称的个数 = N", basis=ARITHMETIC,
    exceptions="“等”“主要包括”；名称内部含顿号或“和”。",
)  # fmt: skip
def enumerations(case: Case) -> Iterator[Outcome]:
    """写明个数又逐一列名的，名称个数应与所写个数一致。"""
    for relation in case.report.relations:
        if relation.formula != "number_of" or relation.stated.number is None:
            continue
        count, wanted = len(relation.listed), int(relation.stated.number)
        fewest = len(list(_joined_by_and(relation)))
        if count == wanted or fewest == wanted:
            yield Outcome("CON-06", (relation.stated,), stated=relation.stated.text, recomputed=str(wanted), key=(relation.stated.text, "n"))
        elif relation.closed and not fewest <= wanted <= count:
            names = "、".join(relation.listed[:12])
            yield Outcome(
                "CON-06", (relation.stated,), "warning",
                f"报告写明{relation.stated.text}，逐一列名为{count}个（{names}），请核对个数或名称。", "doubtful",
                stated=relation.stated.text, recomputed=str(count), key=(relation.stated.text, "n"),
            )  # fmt: skip


def _joined_by_and(relation: Relation) -> list[str]:
    """The names split at 、 only: 和 may stand inside a name (办公室和综合科 or 计划和财务科)."""
    at = relation.quote.find(relation.listed[0]) if relation.listed else -1
    end = relation.quote.find(relation.listed[-1], at) + len(relation.listed[-1]) if at >= 0 else -1
    return [piece for piece in relation.quote[at:end].replace("，", "、").split("、") if piece] if at >= 0 else list(relation.listed)


def _outcome(relation: Relation, judgement: Judgement, severity: Severity | None, note: str = "") -> Outcome:
    code, formula, _ = FORMULAS[relation.formula]
    figure = relation.stated
    outcome = Outcome(
        code, (figure, *relation.operands), severity, verdict=judgement.verdict, stated=figure.text, formula=formula,
        reading=judgement.how, reason=judgement.reason, interval=span(judgement.interval, figure),
        key=(relation.formula, figure.text, *(f.text for f in relation.operands[:2])),
    )  # fmt: skip
    if judgement.recomputed is not None:
        outcome.recomputed = like(judgement.recomputed, figure, 2 if figure.kind == "rate" else 0)
        outcome.difference = like(figure.value - judgement.recomputed, figure, 2 if figure.kind == "rate" else 0)
    if judgement.verdict == "rounding":
        outcome.severity = "info"
        outcome.message = f"报告列{figure.text}，按句中各数复算为{outcome.recomputed}，差异可由{judgement.how}解释。"
    elif note:
        outcome.message = f"报告列{figure.text}，{note}"
    elif severity:
        terms = "、".join(operand.text for operand in relation.operands)
        outcome.message = f"经复算，由{terms}按“{formula}”得{outcome.recomputed}，与报告所列{figure.text}相差{outcome.difference}，请核实并更正。"
    return outcome
