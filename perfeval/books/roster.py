"""The roster: which units have to hand in a report, and under which department they stand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from perfeval.books import names
from perfeval.books.errors import BookError
from perfeval.books.sheets import sheets
from perfeval.books.tables import Table, table

YES = frozenset({"是", "应报", "需报", "需要", "√", "✓", "1", "y", "yes", "有"})
NO = frozenset({"否", "免报", "不报", "不需要", "×", "x", "0", "n", "no", "无", "-"})


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """One unit of the roster. ``due`` is whether a report is expected; without such a column every unit is expected to report."""

    name: str
    department: str
    code: str
    short: str
    due: bool
    where: str


@dataclass(slots=True)
class Roster:
    """All units of a roster. ``problems`` are sentences for the person who handed it in."""

    name: str
    tables: list[Table] = field(default_factory=list)
    units: list[RosterUnit] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    approved_units: Mapping[str, str] = field(default_factory=dict)

    def find(self, unit: str) -> tuple[RosterUnit | None, names.Match]:
        """The unit that a report names, and how sure that is; nothing in doubt is taken."""
        by_name = {one.name: one for one in self.units} | {one.short: one for one in self.units if one.short}
        found = names.match(unit, by_name, self.approved_units)
        return (by_name[found.name] if found.name and found.sure else None), found


def read_roster(path: str | os.PathLike[str], columns: Mapping[str, str] | None = None, units: Mapping[str, str] | None = None) -> Roster:
    """The roster in a file. ``columns`` and ``units`` are what a person approved; ``BookError`` where there is no unit in it."""
    roster = Roster(PurePath(path).name, approved_units=units or {})
    for sheet in sheets(path):
        if found := table(sheet, columns or {}):
            roster.tables.append(found)
            roster.units += _units(roster, found)
        else:
            roster.problems.append(f"{sheet.name or roster.name}没有找到含“单位名称”的表头，未使用。")
    if not roster.tables:
        raise BookError(f"“{roster.name}”没有找到含“单位名称”的表头，无法使用；可用的名称有：单位名称、预算单位、单位、部门。")
    if not roster.units:
        raise BookError(f"“{roster.name}”只有表头，没有单位。")
    roster.units = list(_once(roster))
    return roster


def _units(roster: Roster, found: Table) -> Iterator[RosterUnit]:
    has_due = found.column("due") is not None
    unit = found.column("unit")
    for row in found.rows():
        name, said = found.text(row, "unit"), found.text(row, "due").lower()
        cell = found.sheet.at(row, unit.index) if unit else None
        if not name or cell is None:
            roster.problems.append(f"{found.sheet.name or roster.name}{found.row_name(row)}没有单位名称，未使用。")
            continue
        if has_due and said not in YES | NO:
            roster.problems.append(f"“{name}”的“应报”一栏写的是“{said}”，按应报处理；请填“是”或“否”。")
        yield RosterUnit(name, found.text(row, "department"), found.text(row, "code"), found.text(row, "short"), said not in NO or not has_due, found.sheet.where(cell))


def _once(roster: Roster) -> Iterator[RosterUnit]:
    """Each unit once; a second row of one name, and a code that two units share, are named."""
    seen: dict[str, RosterUnit] = {}
    codes: dict[str, RosterUnit] = {}
    for unit in roster.units:
        if first := seen.get(names.key(unit.name)):
            roster.problems.append(f"“{unit.name}”重复出现（{first.where}、{unit.where}），按第一处；请只留一行。")
            continue
        if unit.code and (other := codes.get(unit.code)):
            roster.problems.append(f"单位代码{unit.code}有两个单位使用（“{other.name}”{other.where}、“{unit.name}”{unit.where}），请核对。")
        seen[names.key(unit.name)] = unit
        codes.setdefault(unit.code, unit)
        yield unit
