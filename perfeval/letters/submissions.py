"""Who handed in: 应报未报, 名册外 against the roster, and 重复报送."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from perfeval.letters.survey import Unit
from perfeval.letters.wishes import Due
from perfeval.pile.cases import SHORTEST
from perfeval.render.words import KIND
from perfeval.store import Store
from perfeval.store.records import Case, Filed

WHOLE = ("department_report", "department_table")
"""Of these a unit hands in one a year; of projects it may hand in many."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about who handed in what."""

    kind: str
    department: str
    unit: str
    words: str


def remarks(store: Store, run: int, roster: Sequence[Due] | None) -> list[Remark]:
    """All there is to say about who handed in; without a roster only what came twice."""
    units: list[Unit] = []
    twice: list[Remark] = []
    for case in store.cases(run):
        units.append((case.department, case.unit))
        twice += doubled(case)
    return [*(against(roster, units) if roster is not None else ()), *twice]


def doubled(case: Case) -> Iterator[Remark]:
    """The files of a unit that are there twice."""
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


def against(roster: Sequence[Due], units: Sequence[Unit]) -> Iterator[Remark]:
    """What the roster and the units of the pile have apart: 应报未报, then 名册外."""
    due, filed = {_key(one.unit): one for one in roster}, {_key(unit): (department, unit) for department, unit in units}
    missing, unknown = [key for key in due if key not in filed], [key for key in filed if key not in due]
    short = {(one, other) for one in missing for other in unknown if _short(one, other, due)}
    for key in missing:
        if not any(key == one for one, _ in short):
            yield Remark("应报未报", due[key].department, due[key].unit, "报送材料中没有这个单位的文件。")
    for key in unknown:
        if not any(key == other for _, other in short):
            yield Remark("名册外", *filed[key], "名册中没有这个单位；请核对单位名称，或补入名册。")


def _short(due: str, filed: str, roster: Collection[str]) -> bool:
    """Whether one name is the end of the other, and of no other unit's in the roster: 教育局 for 云岭县教育局."""
    short, long = sorted((due, filed), key=len)
    return len(short) >= SHORTEST and long.endswith(short) and sum(one.endswith(short) for one in roster) <= 1


def _key(unit: str) -> str:
    """A name without spaces and the difference of full and half width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", unit))
