"""What a change is held against, as its own words name it, and what a figure may be such a basis of.

比2022年减少 is held against another year, 比年初预算节约 against a plan. A figure of another basis never stands for the one that
the words name, even where that one is not in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from extractor.chapters.relations.common import alike, is_change
from extractor.chapters.sentences import Mention

Basis = Literal["before", "plan"]
EARLIER = r"上一?年|去年|前年|往年|同期|(?:19|20)\d\d年|上期|上季|上月|年初(?!预算|批复|安排|下达|部门|结转|结余|目标|计划|设定|核定|指标|资金|控制|任务)"
PLANNED = r"预算|计划|目标|任务|指标|控制|批复|概算|上限|定额|标准|核定|下达|安排"
AGAINST_EARLIER = re.compile(rf"同比|环比|(?:比|较|与|于)[^,，;；]{{0,8}}?(?:{EARLIER})")
AGAINST_A_PLAN = re.compile(rf"(?:比|较|与|于)[^,，;；]{{0,8}}?(?:{PLANNED})")
OF_A_PLAN = re.compile(rf"(?:{PLANNED})(?!内|外|(?:资金|经费|拨款)?(?:支出|执行|完成|使用))[^,，;；]{{0,8}}\Z")
OF_EARLIER = re.compile(EARLIER)
MEASURE = re.compile(rf"(?:{EARLIER})度?(?:同期)?(?:[^,，;；]{{0,6}}?)(预算|支出|决算|执行)")
"""What of the earlier year is meant: 比上年决算, 上年预算a."""
SPENT = re.compile(r"支出|执行|完成|实际|使用|决算|支付")
"""What a plan's own words do not say: 项目预算支出a is what was spent."""


def named_basis(mention: Mention) -> Basis | None:
    """What the words right before a change say that it is against.

    比上年预算 is against another year: of its budget, but none of this year's serves for it.
    """
    if AGAINST_EARLIER.search(mention.tail):
        return "before"
    return "plan" if AGAINST_A_PLAN.search(mention.tail) else None


def basis_of(level: Mention, fiscal_year: int | None = None) -> Basis | None:
    """Of what kind a figure is by the words of its clause: another year's, or planned."""
    years = [int(year) for year in re.findall(r"((?:19|20)\d\d)年", level.clause)]
    if (years and fiscal_year and years[-1] < fiscal_year) or re.search(rf"(?!(?:19|20)\d\d年)(?:{EARLIER})", level.clause):
        return "before"
    plan = OF_A_PLAN.search(level.clause)
    return "plan" if plan and not SPENT.search(level.clause, plan.start()) else None


def held_together(change: Mention, levels: Sequence[Mention], fiscal_year: int | None = None) -> tuple[Mention, Mention] | None:
    """The two of some figures between which a change lies: the last two, or where its words name a basis, the last of that basis and what was done beside it."""
    named = named_basis(change)
    if named is None:
        return (levels[-2], levels[-1]) if len(levels) > 1 else None
    kinds = {m.figure: basis_of(m, fiscal_year) for m in levels}
    bases = [m for m in levels if kinds[m.figure] == named and not _of_another_year(change, m, fiscal_year)]
    others = [m for m in levels if kinds[m.figure] is None] or [m for m in levels if kinds[m.figure] != named]
    if not bases or not others:
        return None
    return (bases[-1], others[-1]) if bases[-1].figure.start < others[-1].figure.start else (others[-1], bases[-1])


def same_basis(change: Mention, origin: Mention, fiscal_year: int | None = None) -> bool:
    """Whether a figure that an earlier change was held against may be what this change is against too."""
    named = named_basis(change)
    if named is None:
        return True
    own = named_basis(origin) or basis_of(origin, fiscal_year)
    return (own is None or own == named) and not _of_another_year(change, origin, fiscal_year)


def _of_another_year(change: Mention, basis: Mention, fiscal_year: int | None) -> bool:
    """比2022年 beside 2021年支出a, 比上年支出 beside 上年预算a: another year, or another measure of that year."""
    mine, theirs = _year(change.tail, fiscal_year), _year(basis.clause, fiscal_year)
    if mine and theirs and mine != theirs:
        return True
    spoken, measured = MEASURE.search(change.tail), MEASURE.search(basis.clause)
    return spoken is not None and measured is not None and (spoken[1] == "预算") != (measured[1] == "预算")


def _year(words: str, fiscal_year: int | None) -> int | None:
    if found := re.findall(r"((?:19|20)\d\d)年", words):
        return int(found[-1])
    return fiscal_year - 1 if fiscal_year and re.search(r"上一?年|去年", words) else None


def levels_of(change: Mention, level: Mention, above: Sequence[Mention], fiscal_year: int | None = None) -> list[Mention]:
    """What a change may be of, the likeliest first: the ``level`` before it, then what else was done by its sentence.

    支出a,年初预算b,比2022年减少d: it is a that became less, though b stands nearer. Where its sentence speaks of plans only, what was
    done stands among the figures ``above``, the nearest first; where it does not, the plan is meant.
    """
    planned = named_basis(change) == "before" and basis_of(level, fiscal_year) == "plan"
    before = [m for m in reversed(level.sentence.mentions) if m.figure.start < change.figure.start and m.figure.number is not None]
    done = [m for m in before if _done(m, level, fiscal_year)] or [m for m in above if planned and _done(m, level, fiscal_year)]
    return [*done, level] if planned else [level, *done]


def _done(other: Mention, level: Mention, fiscal_year: int | None) -> bool:
    return other is not level and alike(other.figure, level.figure) and not is_change(other) and basis_of(other, fiscal_year) is None


BUDGETS = (
    ("original", re.compile(r"年初(?:批复|部门|下达|安排|核定)?(?:的)?预算")),
    ("revised", re.compile(r"调整(?:后|过)?的?(?:部门|全年|年度)?预算|全年(?:调整)?预算")),
    ("received", re.compile(r"到位")),
)
"""The bases of a rate of execution, as words name them."""


def of_another_budget(rate: Mention, whole: Mention) -> bool:
    """年初预算a,支出b,调整预算执行率p: whether the words of a rate, or of a change before it, name another budget than the whole's own words do."""
    mine = _budgets(whole.clause)
    between = [m for m in rate.sentence.mentions[: rate.index] if m.figure.start > whole.figure.start and named_basis(m) == "plan" and is_change(m)]
    named = {kind for m in (rate, *between) for kind in _budgets(m.tail)}
    return bool(mine and named) and not mine & named


def _budgets(words: str) -> set[str]:
    return {kind for kind, pattern in BUDGETS if pattern.search(words)}
