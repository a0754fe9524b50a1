"""What comes in: one report of the pile, and who belongs to whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NOT_PART_OF_A_NAME = re.compile(r"[\s·（）()“”\"]|本级|机关")
SHORTEST_NAME = 4
"""A shorter name within another says nothing: a folder 农业 is no department of every 农业农村局."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One report: ``key`` is the file that a person would open, ``document`` one entry of the contract's ``documents``.

    Files of one unit and year are several submissions. ``unit`` is ``""`` where nobody knows it.
    """

    key: str
    unit: str
    department: str
    year: int | None
    text: str
    document: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """Who belongs to whom: ``parents`` gives every subordinate unit its department."""

    parents: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every unit and department that the roster names."""
        return frozenset(self.parents) | frozenset(self.parents.values())

    def children(self, department: str) -> list[str]:
        """The units that belong to a department, in the order of their names."""
        return sorted(unit for unit, parent in self.parents.items() if parent == department)


def bare(name: str) -> str:
    """A unit's name without brackets, spaces and 本级.

    >>> bare("云岭县农业农村局（本级）")
    '云岭县农业农村局'
    """
    return NOT_PART_OF_A_NAME.sub("", name)


def kin(one: str, other: str, roster: Roster) -> bool:
    """Whether two names are of one unit, or of a department and what belongs to it: such units lawfully tell the same things."""
    first, second = bare(one), bare(other)
    shorter, longer = sorted((first, second), key=len)
    if not shorter:
        return False
    if shorter == longer or (len(shorter) >= SHORTEST_NAME and shorter in longer):
        return True
    return roster.parents.get(one) == other or roster.parents.get(other) == one
