"""What a bureau may choose for its documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

TERM = 5
"""工作日 for a reply; common practice, no rule of the state."""
COMMON = 10
"""From so many units on a mistake is 共性."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """``day`` is the date of the documents (else that of the run)."""

    term: int = TERM
    common: int = COMMON
    day: date | None = None
    template: Path | None = None
