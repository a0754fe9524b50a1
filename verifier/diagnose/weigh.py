"""Whether figures that disagree are an error: what proves it, and what leaves it open.

Figures that one sentence joins under the words of a rule disagree beyond doubt. Figures that stand apart may be of another
year, scope or base than we think; they are an error only where one ordinary slip in one of them makes them agree, which a
wrong reading seldom does (``verifier.diagnose.repair``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from verifier.audit import Severity
from verifier.case import Case
from verifier.diagnose.repair import ranked, repairs
from verifier.judge import Operand
from verifier.outcome import Outcome
from verifier.words import cause_of

CHANCE = Fraction(6, 100)
"""Where the words name the roles, a repair less likely by chance than this proves a slip."""
MOST_TRIALS = 4
TOGETHER = 220
"""Characters: figures of one sentence further apart than this are not joined by it."""


Trial = tuple[Callable[..., Any], Sequence[Operand]]
"""A reading that was tried: its formula and its operands."""


def together(case: Case, figures: Iterable[Figure], breaks: str = "。\n;；") -> bool:
    """Whether one sentence (or what no sign of ``breaks`` divides) holds all the figures."""
    found = sorted(figures, key=lambda figure: figure.start)
    if not found or found[-1].end - found[0].start > TOGETHER:
        return False
    between = case.report.text[found[0].start : found[-1].end]
    return not any(mark in between for mark in breaks)


QUALIFIED = re.compile(r"同口径|可比|剔除|扣除|不含|视同|(?<!预算数)(?<!预算)口径|按可用|按(?:调整|修订|变更|压减|合并)后|综合完成|取最低|最差|取消|冻结|跨年|累计(?=[\u4e00-\u9fff]{0,4}[率度])|暂缓|预留|应付")


QUALIFIED_BEHIND = re.compile(
    r"\((?=[^()]{0,40}\))[^()]*?(?:可比|口径|剔除|扣除|不含|不计|不包括|分母|基数|按[^,，()]{1,14}(?:计算|折算|统计|测算|加权|补助|发放|计)|按[^,，()\d]{2,5}\))"
    r"|[,，](?:系|为|是)?(?:以[^,，。;；()]{1,16}为(?:分母|基数|口径)|(?:分母|基数|口径)(?:为|是|系)|同口径|可比口径|剔除|扣除|不含|不计|不包括|按[^,，。;；()]{1,12}(?:计算|统计|测算)(?=[,，。;；\n]))"
)
"""收缴率98.2%(按金额计算), 执行率98.6%,分母为调整后预算: what stands behind a figure gives it another base."""


def qualified_behind(case: Case, figure: Figure) -> bool:
    """Whether the bracket or the words right behind a figure say that it is of another base."""
    return bool(QUALIFIED_BEHIND.match(case.report.text, figure.end))


def qualified(case: Case, figure: Figure) -> bool:
    """Whether the words of its clauses give a figure a base that other figures of the report need not have."""
    if qualified_behind(case, figure):
        return True
    text = case.report.text
    start = max(text.rfind(mark, 0, figure.start) for mark in "。；;\n") + 1
    return bool(QUALIFIED.search(text[start : figure.start]))


BUDGETS = {
    "original_budget": r"年初(?:批复|部门|下达|安排|核定)?(?:的)?预算",
    "revised_budget": r"调整(?:后|过)?的?(?:部门|全年|年度)?预算|全年(?:调整)?预算",
    "funds_received": r"到位",
}
"""The bases of a rate of execution, as words name them."""
COMPARED = r"(?:比|较|与)[^,，;；。\d]{0,3}"


IN_BRACKETS = re.compile(r"\([^()]{0,20}\)")


def on_another_budget(case: Case, stated: Figure, tried: Iterable[Iterable[str]]) -> bool:
    """Whether the words beside a figure (完成调整预算的p, 比调整预算少…,执行率p, 结余a(以调整后预算计)) name a budget that no reading ``tried`` could hold it against."""
    text = case.report.text
    start = max(text.rfind(mark, 0, stated.start) for mark in "。；;\n") + 1
    own = max((figure.end for figure in case.report.figures if start <= figure.start < stated.start), default=start)
    bracket = IN_BRACKETS.match(text, stated.end)
    beside = text[own : stated.start] + (bracket[0] if bracket else "")
    named = {field for field, words in BUDGETS.items() if re.search(words, beside) or re.search(COMPARED + f"(?:{words})", text[start : stated.start])}
    needed = {name for needs in tried for name in needs}
    return bool(named) and not named & needed and "budget_adjustment_net" not in needed


def weigh(
    outcome: Outcome, trials: Sequence[Trial], sign: int = 1, *, local: bool, doubt: int = 1, otherwise: Severity | None = None
) -> None:
    """Gives an outcome that disagrees its severity: an error if proven or joined by its sentence, else ``otherwise``.

    ``doubt`` multiplies the chance of a repair where the roles themselves are less than sure.
    """
    stated = outcome.figures[0]
    tried = trials[:MOST_TRIALS]
    limit = CHANCE / (doubt * len(tried))
    found = ranked([r for formula, ops in tried for r in repairs(stated, formula, [o.figure for o in ops], [o.sign for o in ops], sign, limit)])
    if found:
        outcome.severity, outcome.verdict, outcome.proven = "error", "inconsistent", True
        outcome.causes = (*outcome.causes, *map(cause_of, found))
    elif local:
        outcome.severity, outcome.verdict = "error", "inconsistent"
    elif otherwise is not None:
        outcome.severity, outcome.verdict, outcome.reason = otherwise, "doubtful", "口径或范围不能确定"
    else:
        outcome.severity, outcome.verdict, outcome.reason = None, "unchecked", "各数不在一处，口径或范围不能确定，未要求相等"
