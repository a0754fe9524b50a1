"""Which files of the last run are corrections of files of an earlier one: told by unit, year and kind, and by their contents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from perfeval.store import Store
from perfeval.store.records import Filed

Identity = tuple[str, int | None, str]
"""Unit, year and kind."""


@dataclass(slots=True)
class Resubmitted:
    """Each corrected file with the one before it; ``unclear`` are sentences on those that may be corrections of several."""

    pairs: list[tuple[Filed, Filed]] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def resubmitted(store: Store, run: int, unit: str = "") -> Resubmitted:
    """What came anew in a run, of one unit or of all: the newest contents that the run no longer has beside what it has for them."""
    found = Resubmitted()
    before = _newest(filed for filed in store.superseded(run) if unit in ("", filed.unit))
    after: dict[Identity, list[Filed]] = defaultdict(list)
    for filed in store.files(run):
        if filed.status == "ok" and _identity(filed) in before:
            after[_identity(filed)].append(filed)
    for identity, old in sorted(before.items(), key=lambda pair: (pair[0][0], pair[0][1] or 0, pair[0][2])):
        known = {filed.sha256 for filed in store.files_of(old[0].run, *identity)}
        _pair(old, [filed for filed in after[identity] if filed.sha256 not in known], found)
    return found


def _identity(filed: Filed) -> Identity:
    return filed.unit, filed.fiscal_year, filed.kind


def _newest(superseded: Iterable[Filed]) -> dict[Identity, list[Filed]]:
    """Of every unit, year and kind the files of the last run that had any; they come from the newest run on."""
    found: dict[Identity, list[Filed]] = {}
    for filed in superseded:
        there = found.setdefault(_identity(filed), [filed])
        if filed.run == there[0].run and filed not in there:
            there.append(filed)
    return {identity: files for identity, files in found.items() if identity[0]}


def _pair(old: list[Filed], new: list[Filed], found: Resubmitted) -> None:
    """Files of one path are a pair, and what is left where it is one and one."""
    by_path = {filed.path: filed for filed in new}
    same = [(filed, by_path[filed.path]) for filed in old if filed.path in by_path]
    paths = {filed.path for filed, _ in same}
    left, right = ([filed for filed in side if filed.path not in paths] for side in (old, new))
    found.pairs += same
    if len(left) == len(right) == 1:
        found.pairs.append((left[0], right[0]))
    elif left and right:
        found.unclear.append("".join(_unclear(left, right)))


def _unclear(left: list[Filed], right: list[Filed]) -> Iterator[str]:
    first = left[0]
    yield f"{first.unit}{f'{first.fiscal_year}年度' if first.fiscal_year else ''}有几份报告重新报送，不能确定对应关系："
    yield f"原有{_named(left)}，现有{_named(right)}；请用 perfeval compare 逐份指定。"


def _named(files: list[Filed]) -> str:
    return "、".join(f"“{filed.path}”" for filed in files)
