"""抽查: which reports to look at, from every department, the riskiest first and some by lot; the same seed gives the same list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from math import ceil
from pathlib import PurePath
from typing import Any

from extractor.model.exact import Fraction
from extractor.model.figure import scale
from verifier.audit import LABELS

NO_DEPARTMENT = "未分部门"
POINTS = {"errors": 10, "warnings": 3, "notices": 1}
"""Points of risk a finding."""
MOST_COUNTED = 5
"""Further findings of one severity add nothing: a report is no worse for saying the same thing often."""
UNREADABLE, UNCHECKED, LARGE, FULL_MARKS = 30, 5, 5, 3
LARGEST = 10
"""One report in so many counts as one of large money."""
FULL = Decimal(100)
BY_RISK = Fraction(2, 3)
"""So much of a department's share is taken by risk; the rest by lot, so that nobody is safe by looking tidy."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What sampling needs to know of one report. ``key`` is what the lot is drawn by: the file's hash, else its path."""

    path: str
    key: str
    unit: str
    department: str
    readable: bool = True
    errors: int = 0
    warnings: int = 0
    notices: int = 0
    claims: int = 0
    unchecked: int = 0
    money: Fraction | None = None
    """全年预算数 in 元, else 全年执行数, else 年初预算数."""
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """One report to look at, and why."""

    summary: Summary
    risk: int
    by_lot: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The picks, by department and risk; ``missed`` are departments that so small a sample left out."""

    picks: tuple[Pick, ...]
    missed: tuple[str, ...]


def sample(summaries: Iterable[Summary], n: int, seed: int) -> Sample:
    """``n`` of the reports: every department by its size, in it the riskiest first and a third by lot.

    The order of ``summaries`` does not matter; the same reports, ``n`` and ``seed`` give the same sample.
    """
    found = sorted(summaries, key=lambda one: _lot(seed, one))
    large = _large(found)
    strata: dict[str, list[Summary]] = defaultdict(list)
    for one in found:
        strata[one.department].append(one)
    risks = {one: sum(points for points, _ in _risks(one, large)) for one in found}
    ranked = {name: sorted(group, key=lambda one: -risks[one]) for name, group in sorted(strata.items())}
    shares = _shares({name: len(group) for name, group in ranked.items()}, n, lambda name: risks[ranked[name][0]])
    picks = [pick for name, group in ranked.items() for pick in _picked(group, shares[name], seed, risks, large)]
    return Sample(tuple(picks), tuple(name for name, share in shares.items() if not share))


def _lot(seed: int, one: Summary) -> str:
    """A number drawn for a report, the same on every machine and for every version of Python."""
    return sha256(f"{seed}|{one.key}|{one.path}".encode("utf-8", "backslashreplace")).hexdigest()


def _large(found: Sequence[Summary]) -> Fraction | None:
    """From which amount on a report is among the largest tenth; ``None`` where too few say how much."""
    amounts = sorted((one.money for one in found if one.money is not None), reverse=True)
    return amounts[len(amounts) // LARGEST - 1] if len(amounts) >= LARGEST else None


def _risks(one: Summary, large: Fraction | None) -> Iterator[tuple[int, str]]:
    """The points of risk of a report, each with its reason."""
    if not one.readable:
        yield UNREADABLE, "文件无法读取"
    for name, points in POINTS.items():
        if count := getattr(one, name):
            yield points * min(count, MOST_COUNTED), f"{LABELS[name.removesuffix('s')]}{count}条"
    if one.claims and one.unchecked * 2 > one.claims:
        yield UNCHECKED, "过半数字未能核对"
    if large is not None and one.money is not None and one.money >= large:
        yield LARGE, "资金规模居前十分之一"
    if one.score == FULL:
        yield FULL_MARKS, "自评满分"


def _shares(sizes: dict[str, int], n: int, risk: Callable[[str], int]) -> dict[str, int]:
    """How many each department gets: by size with the largest remainders, and one at least where there are enough to go round."""
    total = sum(sizes.values())
    if n >= total:
        return dict(sizes)
    if n < len(sizes):
        first = sorted(sizes, key=lambda name: (-risk(name), -sizes[name], name))[: max(0, n)]
        return {name: int(name in first) for name in sizes}
    exact = {name: Fraction(n * size, total) for name, size in sizes.items()}
    shares = {name: max(1, int(share)) for name, share in exact.items()}
    by_need = sorted(sizes, key=lambda name: (shares[name] - exact[name], name))
    while sum(shares.values()) < n:
        name = next(name for name in by_need if shares[name] < sizes[name])
        shares[name] += 1
        by_need.sort(key=lambda name: (shares[name] - exact[name], name))
    while sum(shares.values()) > n:
        name = max((name for name in sizes if shares[name] > 1), key=lambda name: (shares[name] - exact[name], name))
        shares[name] -= 1
    return shares


def _picked(group: list[Summary], share: int, seed: int, risks: dict[Summary, int], large: Fraction | None) -> Iterator[Pick]:
    """The riskiest of a department, then some of the others by lot."""
    risky = [one for one in group if risks[one]][: ceil(share * BY_RISK)]
    others = sorted((one for one in group if one not in risky), key=lambda one: _lot(seed, one))[: share - len(risky)]
    for rank, one in enumerate(risky, start=1):
        why = "、".join(reason for _, reason in _risks(one, large))
        yield Pick(one, risks[one], False, f"风险分{risks[one]}，本部门第{rank}（{len(group)}份）：{why}")
    for one in others:
        why = "、".join(reason for _, reason in _risks(one, large)) or "未见风险"
        yield Pick(one, risks[one], True, f"本部门其余{len(group) - len(risky)}份中随机抽取（种子{seed}），风险分{risks[one]}：{why}")


def summary_of(document: dict[str, Any], department: str | None = None) -> Summary:
    """The summary of a contract document; without a ``department`` the folder that the file lies in stands for one."""
    counts, report = document["summary"], document["report"] or {}
    folder = PurePath(document["path"].replace("\\", "/")).parent.name
    return Summary(
        document["path"], document["sha256"] or document["path"], document["unit_name"] or "", department or folder or NO_DEPARTMENT,
        document["status"] == "ok", counts["errors"], counts["warnings"], counts["notices"], counts["figures"] - counts["not_a_claim"],
        counts["unchecked"], _money(report, document["fiscal_year"]), _score(report),
    )  # fmt: skip


def _money(report: dict[str, Any], year: int | None) -> Fraction | None:
    """How much the report is about."""
    lines = [line["fields"] for line in report.get("budget", ()) if (line["scope"], line["year"]) == ("department", year)]
    for name in ("revised_budget", "expenditure_outturn", "original_budget"):
        for fields in lines:
            for value in fields.get(name, ()):
                if value["value"] is not None:
                    return Fraction(Decimal(value["value"])) * scale(value["unit"])
    return None


def _score(report: dict[str, Any]) -> Decimal | None:
    values = [value for line in report.get("evaluation", ()) for value in line["fields"].get("total_score", ()) if value["value"] is not None]
    return Decimal(values[0]["value"]) if values else None
