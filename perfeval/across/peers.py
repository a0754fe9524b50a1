"""Reports that stand apart from their peers: the same kind and year, compared by medians, in words.

A figure stands apart when it is far from the median, measured by how far apart the middle half of the peers is, and when
next to no peer goes as far. Nothing is said with few peers. To stand apart is no fault: 说明 or 提示 only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median

from extractor.model.exact import Fraction
from perfeval.across.finding import AcrossFinding, found
from perfeval.across.kept import Kept
from verifier.audit import Severity
from verifier.words import decimal

FEWEST_PEERS = 20
FAR = 5
"""Times the middle half of the peers."""
LEAST_SPREAD = Fraction(1, 100)
"""Peers that all say the same do not make a hundredth more an outlier."""
RARE = 50
"""One peer in so many may go as far."""
FEWEST_MARKS = 5
FULL_MARKS_SELDOM = 5
"""Full marks everywhere are worth a word where one peer in so many has them, at most."""

Measure = Callable[[Kept], Fraction | None]


def execution(one: Kept) -> Fraction | None:
    """全年执行数 ÷ 全年预算数, or the rate as stated."""
    spent, budget, rate = (one.stated.get(name) for name in ("expenditure_outturn", "revised_budget", "execution_rate_revised"))
    if spent and budget and budget.value > 0:
        return spent.value / budget.value
    return rate.value if rate else None


def adjustment(one: Kept) -> Fraction | None:
    """全年预算数 ÷ 年初预算数 − 1."""
    before, after = one.stated.get("original_budget"), one.stated.get("revised_budget")
    return after.value / before.value - 1 if before and after and before.value > 0 else None


def heaviest(one: Kept) -> Fraction | None:
    """The share of the heaviest indicator in all weights."""
    weights = [mark.weight.value for mark in one.marks]
    return max(weights) / sum(weights) if len(weights) >= FEWEST_MARKS and sum(weights) > 0 else None


MEASURES: tuple[tuple[str, str, Severity, Measure], ...] = (
    ("ACR-05", "预算执行率", "info", execution),
    ("ACR-06", "预算调整率", "info", adjustment),
    ("ACR-04", "分值最大的指标所占比重", "notice", heaviest),
)


def outliers(pile: Sequence[Kept]) -> list[AcrossFinding]:
    """What stands apart in each group of peers."""
    groups: dict[tuple[str, int], list[Kept]] = {}
    for one in pile:
        groups.setdefault((one.kind, one.year or 0), []).append(one)
    findings: list[AcrossFinding] = []
    for _, group in sorted(groups.items()):
        for rule, title, severity, measure in MEASURES:
            values = [(value, one) for one in group if (value := measure(one)) is not None]
            findings += _apart(values, rule, title, severity)
        findings += _full_marks(group)
    return findings


def _apart(values: list[tuple[Fraction, Kept]], rule: str, title: str, severity: Severity) -> Iterator[AcrossFinding]:
    if len(values) < FEWEST_PEERS:
        return
    ordered = sorted(value for value, _ in values)
    middle, low, high = median(ordered), ordered[len(ordered) // 4], ordered[-1 - len(ordered) // 4]
    reach = FAR * max((high - low) / 2, LEAST_SPREAD)
    for value, one in values:
        as_far = sum(other <= value for other in ordered) if value < middle else sum(other >= value for other in ordered)
        if abs(value - middle) <= reach or as_far > max(1, len(ordered) // RARE):
            continue
        message = (
            f"{one.named}的{title}为{percent(value)}，同类报告{len(ordered)}份的中位数为{percent(middle)}，"
            f"半数在{percent(low)}至{percent(high)}之间，{'低' if value < middle else '高'}于绝大多数报告。如有特殊情况请说明。"
        )
        yield found(rule, severity, message, (one.key,), (one.who,), title)


def percent(value: Fraction) -> str:
    """A share in per cent.

    >>> percent(Fraction(1, 3))
    '33.33%'
    """
    return decimal(value * 100, 2) + "%"


def _full_marks(group: list[Kept]) -> Iterator[AcrossFinding]:
    """Reports that give themselves full marks everywhere, where their peers seldom do."""
    scored = [one for one in group if len(one.marks) >= FEWEST_MARKS and all(mark.score for mark in one.marks)]
    full = [one for one in scored if all(mark.score and mark.score.value == mark.weight.value for mark in one.marks)]
    if len(scored) < FEWEST_PEERS or len(full) * FULL_MARKS_SELDOM > len(scored):
        return
    for one in full:
        message = (
            f"{one.named}{len(one.marks)}项指标全部自评满分，同类报告{len(scored)}份中只有{len(full)}份如此，"
            f"请在复核时关注目标设置和佐证材料。"
        )
        yield found("ACR-03", "notice", message, (one.key,), (one.who,), "full")
