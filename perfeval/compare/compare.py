"""Two contract documents of one report, before and after its correction."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from extractor.model.exact import Fraction
from extractor.model.figure import scale
from perfeval.compare.align import Figure, aligned
from verifier.case import told

State = Literal["fixed", "open", "new"]
Why = Literal["asked", "follows", "unasked"]
Finding = dict[str, Any]
"""A finding of the contract (``FindingOut``)."""
Document = dict[str, Any]
"""A document of the contract (``DocumentOut``)."""

STATES: dict[State, str] = {"open": "未改", "new": "新增", "fixed": "已改"}
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """One finding with what became of it; ``detail`` says it in words."""

    state: State
    finding: Finding
    """The finding as it is now; as it was, where it is gone."""
    detail: str
    was: Finding | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that says something else now. ``asked`` for by a finding; ``follows`` from one that was; or ``unasked``."""

    why: Why
    old: Figure
    new: Figure


@dataclass(slots=True)
class Comparison:
    """What became of one report."""

    old: Document
    new: Document
    findings: list[Compared] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    removed: list[Figure] = field(default_factory=list)
    """Figures of the old report that the new one no longer has, or has in other words."""
    added: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def of(self, state: State) -> list[Compared]:
        """The findings in one state."""
        return [compared for compared in self.findings if compared.state == state]

    def because(self, why: Why) -> list[Change]:
        """The changed figures of one kind."""
        return [change for change in self.changes if change.why == why]


def compare(old: Document, new: Document) -> Comparison:
    """What became of every finding of ``old``, what is new in ``new``, and which figures changed besides."""
    found = Comparison(old, new, notes=list(_notes(old, new)))
    pairs = aligned(old["figures"], new["figures"])
    found.findings = list(_findings(old, new, pairs))
    found.changes = list(_changes(old, pairs))
    kept = {figure["id"] for figure in pairs.values()}
    found.removed = [figure for figure in old["figures"] if figure["status"] != "not_a_claim" and figure["id"] not in pairs]
    found.added = [figure for figure in new["figures"] if figure["status"] != "not_a_claim" and figure["id"] not in kept]
    return found


def _notes(old: Document, new: Document) -> Iterator[str]:
    if old["sha256"] and old["sha256"] == new["sha256"]:
        yield "两个文件内容完全相同。"
    for name, title in (("unit_name", "单位"), ("fiscal_year", "年度"), ("kind", "报告类型")):
        if old[name] != new[name]:
            yield f"{title}不同（原“{old[name] or '未识别'}”，现“{new[name] or '未识别'}”），请确认是同一份报告的修改稿。"


def _findings(old: Document, new: Document, pairs: dict[str, Figure]) -> Iterator[Compared]:
    same = _same(old["findings"], new["findings"], pairs)
    by_new = {id(same[was["id"]]): was for was in old["findings"] if was["id"] in same}
    moves = _Moves(old["figures"], pairs)
    for finding in new["findings"]:
        if was := by_new.get(id(finding)):
            moved = moves.of(_named(was))
            yield Compared("open", finding, f"已改动（{moved}），仍不相符" if moved else "", was)
    for finding in new["findings"]:
        if id(finding) not in by_new:
            moved = moves.into(_named(finding))
            yield Compared("new", finding, f"改动（{moved}）后出现" if moved else "")
    for was in old["findings"]:
        if was["id"] not in same:
            yield Compared("fixed", was, moves.of(_named(was)) or _without_moves(was, pairs))


def _without_moves(was: Finding, pairs: dict[str, Figure]) -> str:
    """Why a finding is gone of which no figure changed."""
    if was["figures"] and not any(key in pairs for key in was["figures"]):
        return "所涉文字已删去或改写"
    return "所涉数字未改，已补充说明或改正了其他内容" if was["figures"] else "已补充"


class _Moves:
    """1,035.77万元→1,053.77万元: how figures changed, by their old or their new ids."""

    def __init__(self, old: list[Figure], pairs: dict[str, Figure]) -> None:
        changed = [(figure, pairs[figure["id"]]) for figure in old if figure["id"] in pairs and differs(figure, pairs[figure["id"]])]
        self._by_old = {before["id"]: f"{before['text']}→{after['text']}" for before, after in changed}
        self._by_new = {after["id"]: f"{before['text']}→{after['text']}" for before, after in changed}

    def of(self, keys: list[str]) -> str:
        """What became of figures of the old report."""
        return _some([self._by_old[key] for key in keys if key in self._by_old])

    def into(self, keys: list[str]) -> str:
        """What figures of the new report were."""
        return _some([self._by_new[key] for key in keys if key in self._by_new])


def _some(words: list[str]) -> str:
    return "、".join(words[:MOST_SHOWN]) + ("等" if len(words) > MOST_SHOWN else "")


def _same(old: list[Finding], new: list[Finding], pairs: dict[str, Figure]) -> dict[str, Finding]:
    """The finding of the new report that each old one is, by the old one's id.

    Their ids say so; where these differ (a unit is named otherwise, a sentence reworded), the same rule of the same words, or
    of the same figure.
    """

    def figure(finding: Finding, which: dict[str, Figure] | None) -> Hashable:
        first = finding["figures"][0] if finding["figures"] else None
        return (which[first]["id"] if first in which else None) if which is not None else first

    keys: tuple[tuple[Callable[[Finding], Hashable], Callable[[Finding], Hashable]], ...] = (
        (lambda f: f["id"], lambda f: f["id"]),
        (lambda f: (f["rule"], told(f["quote"])) if f["quote"] else None, lambda f: (f["rule"], told(f["quote"])) if f["quote"] else None),
        (lambda f: (f["rule"], found) if (found := figure(f, pairs)) else None, lambda f: (f["rule"], found) if (found := figure(f, None)) else None),
    )
    same: dict[str, Finding] = {}
    taken: set[int] = set()
    for before, after in keys:
        for was in old:
            if was["id"] in same or (name := before(was)) is None:
                continue
            found = next((finding for finding in new if id(finding) not in taken and after(finding) == name), None)
            if found is not None:
                same[was["id"]] = found
                taken.add(id(found))
    return same


def _named(finding: Finding) -> list[str]:
    """The figures of a finding, those first that are most likely wrong."""
    return list(dict.fromkeys([cause["figure"] for cause in finding["causes"] if cause["figure"]] + finding["figures"]))


def differs(old: Figure, new: Figure) -> bool:
    """Whether two figures say different things: 97.9% and 97.90%, 1万元 and 10000元 do not.

    >>> one = {"value": "1", "unit": "万元", "text": "1万元", "comparator": None, "high": None}
    >>> differs(one, {**one, "value": "10000", "unit": "元", "text": "10000元"})
    False
    """
    if old["value"] is None or new["value"] is None:
        return bool(old["text"] != new["text"])
    bounds = ("comparator", "high")
    return _amount(old) != _amount(new) or any(old[name] != new[name] for name in bounds)


def _amount(figure: Figure) -> Fraction:
    return Fraction(Decimal(figure["value"])) * scale(figure["unit"])


def _changes(old: Document, pairs: dict[str, Figure]) -> Iterator[Change]:
    asked = {key for finding in old["findings"] for key in _named(finding)}
    follows = {key for check in old["checks"] if asked & set(check["figures"]) for key in check["figures"]}
    for figure in old["figures"]:
        if figure["id"] in pairs and differs(figure, pairs[figure["id"]]):
            why: Why = "asked" if figure["id"] in asked else "follows" if figure["id"] in follows else "unasked"
            yield Change(why, figure, pairs[figure["id"]])
