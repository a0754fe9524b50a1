"""Who handed in what: 应报未报 and 名册外 against the roster, 重复报送."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfeval.books.roster import Roster, RosterUnit
from perfeval.render.words import KIND
from perfeval.store.records import Case, Filed, Remark

WHOLE = ("department_report", "department_table")
"""Of these a unit hands in one a year; of projects it may hand in many."""


def remarks(cases: Iterable[Case], roster: Roster | None) -> Iterator[Remark]:
    """All there is to say; without a roster only what came twice."""
    there: list[Case] = []
    twice: list[Remark] = []
    for case in cases:
        there.append(Case(case.department, case.unit, ()))
        twice += _twice(case)
    if roster is not None:
        yield from _missing(there, roster)
    yield from twice
    if roster is not None:
        yield from _unknown(there, roster)


def _missing(there: list[Case], roster: Roster) -> Iterator[Remark]:
    """Units that must report and of which there is no file."""
    names = {case.unit for case in there}
    for unit in roster.units:
        if unit.due and unit.name not in names:
            yield Remark("应报未报", unit.department, unit.name, "报送材料中没有这个单位的文件。")


def _unknown(there: list[Case], roster: Roster) -> Iterator[Remark]:
    """Units of the pile that the roster does not have; what is like them is proposed."""
    known = {unit.name for unit in roster.units} | _departments(roster.units)
    for case in there:
        if case.unit and case.unit not in known:
            near = "、".join(f"“{name}”" for name in roster.find(case.unit)[1].near)
            more = f"相近的有{near}，如是同一单位，请在 perfeval.toml 的 [units] 中写明。" if near else "请核对单位名称，或补入名册。"
            yield Remark("名册外", case.department, case.unit, f"名册“{roster.name}”中没有这个单位；{more}")


def _departments(units: Iterable[RosterUnit]) -> set[str]:
    """A department's report over all its units is no stranger where only these are in the roster."""
    return {unit.department for unit in units if unit.department}


def _twice(case: Case) -> Iterator[Remark]:
    """Files of one content, and several whole reports of one year."""
    contents: dict[str, Filed] = {}
    reports: dict[tuple[str, int], Filed] = {}
    for filed in (one for one in case.files if one.status == "ok"):
        year = filed.fiscal_year
        if same := contents.get(filed.sha256):
            yield _remark(same, filed, "内容完全相同")
        elif filed.kind in WHOLE and year is not None and (other := reports.get((filed.kind, year))):
            yield _remark(other, filed, f"都是{year}年度{KIND[filed.kind]}，内容不同，请确认以哪一份为准")
        contents.setdefault(filed.sha256, filed)
        if year is not None:
            reports.setdefault((filed.kind, year), filed)


def _remark(first: Filed, second: Filed, why: str) -> Remark:
    return Remark("重复报送", first.department, first.unit, f"“{first.path}”与“{second.path}”{why}。")
