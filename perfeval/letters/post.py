"""反馈函/部门/单位.docx for every unit that has something to answer; letters of an earlier run that no longer hold are taken away."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from perfeval.letters.addressed import Addressed, addressed, contents
from perfeval.letters.file_names import Names, safe_name
from perfeval.letters.findings import Mistake
from perfeval.letters.judged import Judged
from perfeval.letters.letter import MARK
from perfeval.letters.survey import NO_DEPARTMENT, NO_UNIT
from perfeval.letters.whole import keep
from verifier.audit import SEVERITIES

FOLDER = "反馈函"


class Sent(NamedTuple):
    """A unit and its letter: the path below the output folder, or why there is none; findings to answer by severity."""

    department: str
    unit: str
    files: int
    path: str
    why: str
    counts: tuple[int, ...]
    again: int


class Desk:
    """Gives every unit its place and writes its letter there."""

    def __init__(self, out: Path, fill: Callable[[dict[str, Any]], bytes], term: int, day: str) -> None:
        self.out, self._fill, self._term, self.day = out, fill, term, day
        self._departments, self._folders = Names(), dict[str, tuple[str, Names]]()

    def sent(self, one: Addressed, common: Mapping[Mistake, int]) -> Sent:
        """Writes the letter of a unit, if it is to get one; ``common`` are the mistakes of many by their number in the notice."""
        why = one.silent(common)
        path = "" if why else self._place(one.department, one.unit)
        if path:
            keep(self.out / path, self._fill(contents(one, common, self._term, self.day)))
        counts = tuple(one.count(severity) for severity in SEVERITIES)
        return Sent(one.department, one.unit, len(one.files), path, why, counts, len(one.again))

    def _place(self, department: str, unit: str) -> str:
        """A path of its own, also beside a unit whose name differs only by what Windows does not tell apart."""
        if department not in self._folders:
            self._folders[department] = self._departments.unique(safe_name(department, NO_DEPARTMENT)), Names()
        folder, units = self._folders[department]
        return f"{FOLDER}/{folder}/{units.unique(safe_name(unit, NO_UNIT))}.docx"


def posted(files: Iterable[Judged], desk: Desk, common: Mapping[Mistake, int]) -> list[Sent]:
    """All letters of a run."""
    sent = [desk.sent(one, common) for one in addressed(files)]
    _take_away(desk.out, {one.path for one in sent})
    return sent


def _take_away(out: Path, kept: set[str]) -> None:
    """Removes letters that an earlier run made and this one did not: a unit that has answered must not get its letter again."""
    for path in sorted((out / FOLDER).glob("*/*.docx")):
        if path.relative_to(out).as_posix() not in kept and _ours(path):
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()


def _ours(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as file:
            return MARK.encode() in file.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False
