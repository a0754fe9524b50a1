"""The ledger: what the bureau's own books say of every unit, year by year."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from extractor.model.books import BookLine
from perfeval.books import names
from perfeval.books.amounts import NOTHING, amount
from perfeval.books.columns import YEAR, Column
from perfeval.books.errors import BookError
from perfeval.books.sheets import sheets
from perfeval.books.tables import Table, table

if TYPE_CHECKING:
    from extractor.model.report import Report

MOST_NAMED = 5
"""So many bad cells or rows are named one by one; of more only the count is said."""

Key = tuple[str, int, str, str]
"""Unit (as it is compared), year, scope and field."""


@dataclass(slots=True)
class Ledger:
    """Everything that was read from one ledger. ``problems`` are sentences for the person who handed it in."""

    name: str
    tables: list[Table] = field(default_factory=list)
    lines: list[BookLine] = field(default_factory=list)
    departments: dict[str, str] = field(default_factory=dict)
    """Unit → its department, both as the ledger calls them."""
    units: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    approved_units: Mapping[str, str] = field(default_factory=dict)
    by_unit: dict[str, list[BookLine]] = field(default_factory=dict)
    """The lines of every unit, by its name as it is compared."""
    members: dict[str, set[str]] = field(default_factory=dict)
    """The units of every department, both as they are compared."""

    def of(self, report: Report) -> tuple[tuple[BookLine, ...], str]:
        """What the books say of the report's unit, and a sentence where they cannot be asked."""
        if report.status != "ok":
            return (), ""
        if not report.unit_name:
            return (), f"报告中没有认出单位名称，未与账表“{self.name}”比较。"
        wanted = f"{report.unit_name}(本级)" if "本级" in (report.title or "") else report.unit_name
        found = names.match(wanted, [*self.units, *self.departments.values()], self.approved_units)
        if found.name is None or not found.sure:
            return (), self._not_found(wanted, found)
        return self._of_unit(found.name, report.fiscal_year)

    def _not_found(self, wanted: str, found: names.Match) -> str:
        if found.near:
            near = "、".join(f"“{name}”" for name in found.near)
            return f"账表“{self.name}”中不能确定哪一个是“{wanted}”（相近的有{near}），未作比较；如是同一单位，请在 perfeval.toml 的 [units] 中写明。"
        return f"账表“{self.name}”中没有“{wanted}”，未作比较。"

    def _of_unit(self, unit: str, year: int | None) -> tuple[tuple[BookLine, ...], str]:
        own = self.by_unit.get(names.key(unit), [])
        lines = (*own, *self._with_units_below(unit, own))
        if year is not None and lines and not any(line.year == year for line in lines):
            return lines, f"账表“{self.name}”中“{unit}”没有{year}年的数，未作比较。"
        return lines, ""

    def _with_units_below(self, unit: str, own: list[BookLine]) -> Iterator[BookLine]:
        """The sums over a department: its own row may be its own office only."""
        members = self.members.get(names.key(unit), set()) | {names.key(unit)}
        if len(members) < 2:
            return
        by_role: dict[tuple[int, str, str], list[BookLine]] = defaultdict(list)
        for line in (line for member in sorted(members) for line in self.by_unit.get(member, ())):
            by_role[line.year, line.scope, line.field].append(line)
        for (year, scope, role), parts in by_role.items():
            if {names.key(line.unit) for line in parts} >= members - ({names.key(unit)} if not own else set()):
                figures = tuple(figure for line in parts for figure in line.figures)
                yield BookLine(unit, year, scope, role, figures, f"{self.name} {len(parts)}个单位合计")


def read_ledger(path: str | os.PathLike[str], columns: Mapping[str, str] | None = None, units: Mapping[str, str] | None = None) -> Ledger:
    """The ledger in a file. ``columns`` and ``units`` are what a person approved; ``BookError`` where nothing can be used."""
    ledger = Ledger(PurePath(path).name, approved_units=units or {})
    for sheet in sheets(path):
        if found := table(sheet, columns or {}):
            ledger.tables.append(found)
        else:
            ledger.problems.append(f"{sheet.name or ledger.name}没有找到含“单位名称”的表头，未使用。")
    if not ledger.tables:
        raise BookError(f"“{ledger.name}”没有找到含“单位名称”的表头，无法使用；可用的名称有：单位名称、预算单位、单位、部门。")
    lines = [line for found in ledger.tables for line in _lines(ledger, found)]
    ledger.units = list(dict.fromkeys(ledger.units))
    ledger.lines = list(_once(ledger, lines))
    for line in ledger.lines:
        ledger.by_unit.setdefault(names.key(line.unit), []).append(line)
    for unit, department in ledger.departments.items():
        ledger.members.setdefault(names.key(department), set()).add(names.key(unit))
    if not any(found.sheet.height > found.first_row for found in ledger.tables):
        raise BookError(f"“{ledger.name}”只有表头，没有数据。")
    return ledger


def _lines(ledger: Ledger, found: Table) -> Iterator[BookLine]:
    """Every amount of a table; what cannot be used is said once a kind."""
    amounts = [column for column in found.columns if column.is_amount]
    bad: dict[str, list[str]] = defaultdict(list)
    for row in found.rows():
        unit = found.text(row, "unit")
        if not unit:
            bad["没有单位名称"].append(found.row_name(row))
            continue
        ledger.units.append(unit)
        if department := found.text(row, "department"):
            ledger.departments.setdefault(unit, department)
        for column in amounts:
            yield from _line(found, row, unit, column, bad)
    for why, places in bad.items():
        named = list(dict.fromkeys(places))
        more = f"等{len(named)}处" if len(named) > MOST_NAMED else ""
        ledger.problems.append(f"{found.sheet.name or ledger.name}：{'、'.join(named[:MOST_NAMED])}{more}{why}，未使用。")


def _line(found: Table, row: int, unit: str, column: Column, bad: dict[str, list[str]]) -> Iterator[BookLine]:
    cell = found.sheet.at(row, column.index)
    if cell.text in NOTHING:
        return
    year = column.year or _year(found.text(row, "year")) or found.year
    money = column.money or found.money
    figure = amount(cell.text, money)
    if year is None:
        bad["没有写明年度（请加“年度”栏，或在表名、文件名中写明）"].append(column.head)
    elif figure is not None:
        yield BookLine(unit, year, column.scope, column.role, (figure,), found.sheet.where(cell))
    elif amount(cell.text, "元") is None:
        bad["不是数字"].append(f"{cell.name}“{cell.text[:12]}”")
    else:
        bad["没有写明金额单位（请在表头或表上方写明元、万元）"].append(f"“{column.head}”")


def _year(text: str) -> int | None:
    match = YEAR.search(text)
    return int(match[1]) if match else None


def _once(ledger: Ledger, lines: list[BookLine]) -> Iterator[BookLine]:
    """Each amount once; where a unit stands twice with different amounts neither can be trusted."""
    by_key: dict[Key, list[BookLine]] = defaultdict(list)
    for line in lines:
        by_key[names.key(line.unit), line.year, line.scope, line.field].append(line)
    doubled: dict[tuple[str, int], list[str]] = {}
    for same in by_key.values():
        if len({figure.value for line in same for figure in line.figures}) == 1:
            yield same[0]
        else:
            doubled.setdefault((same[0].unit, same[0].year), [line.source for line in same])
    for (unit, year), places in doubled.items():
        ledger.problems.append(f"“{unit}”{year}年有{len(places)}行而数不同（{'、'.join(places[:MOST_NAMED])}），未使用；请只留一行。")
