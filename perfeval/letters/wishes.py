"""What a bureau may choose for its documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

TERM = 5
"""工作日 for a reply; common practice, no rule of the state."""
COMMON = 10
"""From so many units on a mistake is 共性."""


class Due(NamedTuple):
    """A unit of the roster from which a report is due."""

    unit: str
    department: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """``day`` is the date of the documents (else that of the run), ``roster`` the units from which a report is due (else unknown)."""

    term: int = TERM
    common: int = COMMON
    day: date | None = None
    template: Path | None = None
    roster: Sequence[Due] | None = None
