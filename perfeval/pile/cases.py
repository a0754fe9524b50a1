"""Which unit each file of a pile belongs to: what its title says, what its name says, what its folder says."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby

from extractor.read import UNIT
from perfeval.books.roster import Roster
from perfeval.store.records import Filed

YEAR = re.compile(r"(?:19|20)\d\d年?度?")
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
"""The extractor knows units by Chinese signs alone."""
SHORTEST = 3
"""教育局 is a name of its own; what is shorter is part of many."""


def by_roster(roster: Roster) -> Callable[[list[Filed]], dict[str, str]]:
    """``units`` with every name that the roster surely has as the roster writes it."""

    @cache
    def named(unit: str) -> str:
        known = roster.find(unit)[0] if unit else None
        return known.name if known else unit

    return lambda filed: {path: named(unit) for path, unit in units(filed).items()}


def departments(roster: Roster) -> Callable[[Iterable[str]], dict[str, str]]:
    """The departments that the roster gives units."""
    known = {unit.name: unit.department for unit in roster.units if unit.department}
    return lambda names: {name: known[name] for name in names if name in known}


def units(filed: list[Filed]) -> dict[str, str]:
    """The unit of every path, for the files of one department in the order of their paths.

    A file that names no unit goes with its folder: to the unit that the folder is called after, else to the one that all
    its neighbours name. 农业农村局 is 云岭县农业农村局 where only one such unit is about.
    """
    found: dict[str, str] = {}
    for folder, group in groupby(sorted(filed, key=lambda one: (posixpath.dirname(one.path), one.path)), lambda one: posixpath.dirname(one.path)):
        neighbours = list(group)
        named = {one.path: _named(one) for one in neighbours}
        common = _of_folder(folder) or _agreed(named.values())
        for one in neighbours:
            found[one.path] = named[one.path] or common or one.unit_name or posixpath.basename(folder).removesuffix(".zip")
    full = _full_names(found.values())
    return {path: full.get(unit, unit) for path, unit in found.items()}


def _named(one: Filed) -> str:
    """The unit in its title, else in its file name; a unit that is only mentioned in the text may be another's."""
    if one.unit_name and one.title and one.unit_name in one.title:
        return one.unit_name
    return _unit_in(posixpath.basename(one.path))


def _of_folder(folder: str) -> str:
    """The unit that the nearest folder is called after."""
    for name in reversed(folder.split("/")):
        if unit := _unit_in(name):
            return unit
    return ""


def _unit_in(name: str) -> str:
    """The unit in the name of a file or a folder: 第35中学 with its number, 03.教育局 and 2023年教育局 without theirs."""
    words = YEAR.sub("", name)
    match = UNIT.search(words.translate(DIGITS))
    return words[match.start() : match.end()].lstrip("0123456789") if match else ""


def _agreed(names: Iterable[str]) -> str:
    """The one unit that is named, where there is only one."""
    found = set(filter(None, names))
    return found.pop() if len(found) == 1 else ""


def _full_names(names: Iterable[str]) -> dict[str, str]:
    """Short names with the one longer name that ends in them."""
    known = set(names)
    longer: dict[str, set[str]] = {}
    for name in known:
        for start in range(1, len(name) - SHORTEST + 1):
            if (short := name[start:]) in known:
                longer.setdefault(short, set()).add(name)
    return {short: full.pop() for short, full in longer.items() if len(full) == 1}
