"""What must agree between reports: subordinate units with their department, last year's end with this year's beginning.

Whether two figures agree is the judge's question (``verifier.judge``), rounding and all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.model.fields import TITLES
from extractor.model.figure import Figure
from extractor.model.interval import add_up
from perfeval.across.finding import AcrossFinding, Quote, found
from perfeval.across.kept import Kept
from perfeval.across.submission import Roster, bare
from verifier.judge import Judgement, Operand, judge
from verifier.words import like

SUMMED = ("original_budget", "revised_budget", "expenditure_outturn")
NAMED = 12


def books(pile: Sequence[Kept], roster: Roster, before: Sequence[Kept] = ()) -> list[AcrossFinding]:
    """Departments that are not the sum of their units, and balances that changed over the New Year, also since reports handed in before."""
    return [*_departments(pile, roster), *_years(pile, before)]


def _by_unit(pile: Sequence[Kept]) -> dict[tuple[str, int], list[Kept]]:
    """The reports of a unit and year that speak for the whole unit: those that state figures of it."""
    table: dict[tuple[str, int], list[Kept]] = {}
    for one in pile:
        if one.unit and one.year is not None and one.stated:
            table.setdefault((one.unit, one.year), []).append(one)
    return table


def _one_figure(reports: Sequence[Kept], name: str) -> tuple[Figure, Kept] | None:
    """The figure that a unit's reports give, if they give one only."""
    given = [(one.stated[name], one) for one in reports if name in one.stated]
    return given[0] if given and len({figure.value for figure, _ in given}) == 1 else None


def _departments(pile: Sequence[Kept], roster: Roster) -> Iterator[AcrossFinding]:
    """Every department of the roster whose units are all there, its own office (本级) among them."""
    table = _by_unit(pile)
    for department, year in sorted(table):
        children = [child for child in roster.children(department) if child != department]
        if len(children) < 2 or not any(bare(child) == bare(department) for child in children):
            continue
        for name in SUMMED:
            whole = _one_figure(table[department, year], name)
            parts = [_one_figure(table.get((child, year), ()), name) for child in children]
            if whole and all(parts):
                yield from _sum(department, name, whole, [part for part in parts if part])


def _sum(department: str, name: str, whole: tuple[Figure, Kept], parts: list[tuple[Figure, Kept]]) -> Iterator[AcrossFinding]:
    figure, report = whole
    judgement = judge(figure, add_up, [Operand(part) for part, _ in parts])
    if judgement.verdict != "inconsistent" or judgement.recomputed is None:
        return
    named = "、".join(f"{one.unit}{part.text}" for part, one in parts[:NAMED]) + ("等" if len(parts) > NAMED else "")
    message = (
        f"经复算，{department}本级和下属共{len(parts)}个单位的{TITLES[name]}（{named}）合计{like(judgement.recomputed, figure, 2)}，"
        f"部门报告（{report.key}）列{figure.text}，相差{_gap(judgement, figure)}。如有内部往来抵销或口径不同请说明，否则请核实。"
    )
    keys = (report.key, *(one.key for _, one in parts))
    quotes = (Quote(report.key, figure.text), *(Quote(one.key, part.text) for part, one in parts))
    yield found("ACR-07", "warning", message, keys, (department,), f"{name} {report.year}", quotes)


def _gap(judgement: Judgement, figure: Figure) -> str:
    return like(abs((judgement.recomputed or 0) - figure.value), figure, 2)


def _years(pile: Sequence[Kept], earlier: Sequence[Kept]) -> Iterator[AcrossFinding]:
    """Last year's 结转结余 beside this year's 上年结转."""
    table = _by_unit(pile)
    known = _by_unit(earlier) | table
    for unit, year in sorted(table):
        now, before = _one_figure(table[unit, year], "carryover_in"), _one_figure(known.get((unit, year - 1), ()), "carryover_out")
        if now is None or before is None:
            continue
        judgement = judge(now[0], add_up, [Operand(before[0])])
        if judgement.verdict != "inconsistent":
            continue
        message = (
            f"{unit}{year}年度报告（{now[1].key}）列上年结转{now[0].text}，其{year - 1}年度报告（{before[1].key}）列年末结转结余{before[0].text}，"
            f"相差{_gap(judgement, now[0])}。如已由财政收回或口径不同请说明，否则请核实。"
        )
        quotes = (Quote(now[1].key, now[0].text), Quote(before[1].key, before[0].text))
        yield found("ACR-08", "notice", message, (now[1].key, before[1].key), (unit,), f"carryover {year}", quotes)
