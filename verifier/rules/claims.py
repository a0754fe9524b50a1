"""POL-07, PLA-08, RAT-19: what a report says in words, held against its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from math import ceil

from extractor.model.exact import Fraction
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Indicator
from verifier.audit import Cause
from verifier.case import Case
from verifier.diagnose.readings import around, pair_for_rate
from verifier.engine import value_of
from verifier.judge import half_up, truncated
from verifier.outcome import Outcome
from verifier.rule import ARITHMETIC, MOF_10, finding_rule
from verifier.rules.direction import reverse
from verifier.words import decimal

UNCHANGED = re.compile(r"(?:年中|预算)(?:未(?:进行|发生)?调整|无调整|没有调整)")
NOTHING_LEFT = re.compile(r"无结余|没有结余|不存在结余|无结转结余|(?:资金|预算|经费)[^,，。;；\n]{0,6}全部(?:支出|支付|执行|使用)完毕")
NOTHING_IDLE = re.compile(r"(?:不存在|无|没有|未出现)(?:资金)?(?:闲置|沉淀)")
NOT_OVER = re.compile(r"(?:不存在|未|无)超预算")
ALL_DONE = re.compile(r"(?:各项|全部|所有)(?:年度)?(?:绩效)?(?:指标|目标|任务)[^,，。;；\n]{0,6}(?:完成|实现|达标)")
NOT_ALL = re.compile(r"基本|未|不|大部分|除|部分")
IDLE = Fraction(1, 10)
"""So much of the budget left at the end of the year is idle, whatever is said of it."""


@finding_rule("POL-07", "结论与数据冲突", severity="notice", formula="文字结论与数字相符", basis=MOF_10, exceptions="只就某一项目、某一科目而言的结论。")
def words_against_figures(case: Case) -> Iterator[Outcome]:
    """自述未调整、无结余、无闲置、未超预算、全部完成，而数字不同；句中写增加而后数小于前数。"""
    yield from _of_the_budget(case)
    yield from _of_indicators(case)
    yield from _of_changes(case)


def _of_the_budget(case: Case) -> Iterator[Outcome]:
    whole = case.department()
    outturn, revised, original = (value_of(case.first(whole, name)) for name in ("expenditure_outturn", "revised_budget", "original_budget"))
    left = revised - outturn if revised is not None and outturn is not None else Fraction(0)
    claims = (
        (UNCHANGED, original is not None and revised is not None and original != revised, "自述预算未调整，年初预算与全年预算不同"),
        (NOTHING_LEFT, left > 0, "自述无结余，全年预算大于全年执行数"),
        (NOTHING_IDLE, revised is not None and left >= IDLE * revised, "自述不存在资金闲置，全年预算有一成以上未执行"),
        (NOT_OVER, left < 0, "自述未超预算，全年执行数大于全年预算"),
    )
    figures = tuple(fact.figure for name in ("revised_budget", "expenditure_outturn") if (fact := case.first(whole, name)))
    for pattern, contradicted, words in claims:
        match = pattern.search(case.report.text) if contradicted else None
        if match:
            yield Outcome("POL-07", figures, "notice", f"{words}，请核对文字结论。", "doubtful", key=(words,), quote_span=match.span())


def _of_indicators(case: Case) -> Iterator[Outcome]:
    """各项指标均已完成, and one that was not."""
    match = next((found for found in ALL_DONE.finditer(case.report.text) if not NOT_ALL.search(found[0])), None)
    short = [indicator for indicator in case.report.indicators if _short(indicator)] if match else []
    if match and short:
        names = "、".join(indicator.name for indicator in short[:5])
        figures = tuple(indicator.actual for indicator in short if indicator.actual)
        yield Outcome("POL-07", figures, "notice", f"自述“{match[0]}”，而{names}的实际完成值未达到指标值，请核对文字结论。", "doubtful", key=("all done",), quote_span=match.span())


def _short(indicator: Indicator) -> bool:
    target, actual = indicator.target_revised or indicator.target, indicator.actual
    if target is None or actual is None or None in (target.number, actual.number) or reverse(indicator):
        return False
    return base_unit(target.unit) == base_unit(actual.unit) and actual.interval.hi < target.interval.lo


RISES = re.compile(r"(?:增加|增长|上升|提高|提升|扩大)(?:到|至|为)")
FALLS = re.compile(r"(?:减少|下降|降低|压减|缩减|降)(?:到|至|为)")
FROM = re.compile(r"(?:由|从)[^,，。;；\n]{0,14}\Z")


def _of_changes(case: Case) -> Iterator[Outcome]:
    """由120人增加到100人: the words say more, the figures less."""
    text, figures = case.report.text, case.report.figures
    for before, after in pairwise(figures):
        between = text[before.end : after.start]
        if before.kind != after.kind or base_unit(before.unit) != base_unit(after.unit) or None in (before.number, after.number) or before.kind == "year":
            continue
        rises, falls = RISES.fullmatch(between), FALLS.fullmatch(between)
        wrong = (rises and after.value < before.value) or (falls and after.value > before.value)
        if wrong and FROM.search(text[max(0, before.start - 20) : before.start]):
            words = f"句中写“{before.text}{between}{after.text}”，方向与两数的大小相反"
            yield Outcome("POL-07", (after, before), "warning", f"{words}，请核对数字或用词。", "doubtful", stated=after.text, key=("direction", between), quote_span=(before.start, after.end))


SAMPLE = re.compile(r"问卷|调查|访谈|受访|样本|测评|抽样")
PEOPLE_ASKED = ("份", "人", "名", "户", "位", "人次")
MOST_ASKED = 2000
"""Of more answers nearly every printed rate is possible."""


@finding_rule("PLA-08", "满意度与样本数", severity="notice", formula="满意度 = 满意份数 ÷ 有效问卷份数，分子为整数", basis=ARITHMETIC, exceptions="按打分加权平均的满意度。")
def rates_of_samples(case: Case) -> Iterator[Outcome]:
    """调查人数或问卷份数不可能得出所列的满意度（50份问卷得不出96.3%）。"""
    for rate in case.report.figures:
        if rate.kind != "rate" or rate.number is None or rate.comparator or rate.hedge or not 0 < rate.value < 1:
            continue
        beside = around(case.report.text, case.report.figures, rate.start, False)
        words = case.report.text[max(case.report.text.rfind(mark, 0, rate.start) for mark in "。\n") + 1 : rate.start]
        asked = [f for f in beside if f.kind == "count" and f.number and f.unit in PEOPLE_ASKED and f.start < rate.start]
        named = "满意" in case.report.text[max(0, rate.start - 12) : rate.start]
        if named and asked and SAMPLE.search(words) and all(_impossible(rate, f) for f in asked):
            shown = "、".join(figure.text for figure in asked)
            yield Outcome(
                "PLA-08", (rate, *asked), "notice", f"满意度列{rate.text}，而{shown}的调查中任何整数都得不出这一比率，如系加权平均请说明，否则请核对。",
                "doubtful", stated=rate.text, key=("sample", *(figure.unit for figure in asked)),
            )  # fmt: skip


def _impossible(rate: Figure, asked: Figure) -> bool:
    """Whether no whole number of those who were asked gives the rate, rounded or cut off."""
    most = asked.value
    if most > MOST_ASKED or most.denominator != 1:
        return False
    near = (rate.value - rate.step) * most
    counts = range(max(0, ceil(near)), int((rate.value + rate.step) * most) + 1)
    return not any(rate.value in (half_up(count / most, rate.step), truncated(count / most, rate.step)) for count in counts)


POINTS = ("百分点", "个百分点")
TELLING = 3


@finding_rule(
    "RAT-19", "百分点与百分比", severity="warning", formula="两个比率之差用百分点，数量的增减幅度用百分比", basis=ARITHMETIC,
    typical_causes="增长率误写为百分点。", holds=(("4.50%", "104.50万元", "100.00万元"),),
)  # fmt: skip
def points_of_percent(case: Case) -> Iterator[Outcome]:
    """同句两个数量的增减幅度恰为所列数，却写成“个百分点”。"""
    for figure in case.report.figures:
        if figure.unit not in POINTS or figure.number is None or len(str(abs(figure.number)).replace(".", "").lstrip("0")) < TELLING:
            continue
        beside = around(case.report.text, case.report.figures, figure.start, False)
        found = pair_for_rate(figure, beside, changed=True)
        if found is None or any(other.kind == "rate" and other is not figure and other.unit not in POINTS for other in beside if other.end <= figure.start):
            continue
        meant = f"{decimal(Fraction(figure.number), figure.decimals)}%"
        terms = "、".join(operand.text for operand in found.operands)
        yield Outcome(
            "RAT-19", (figure, *found.operands), "warning", f"{figure.text}系由{terms}算得的增减幅度，不是两个比率之差，应写作{meant}。", "doubtful",
            stated=figure.text, recomputed=meant, key=("points",), causes=(Cause("percentage_point", figure.id, meant, f"{figure.text}若为{meant}（百分比误作百分点），各数相符"),),
        )  # fmt: skip
