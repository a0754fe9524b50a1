"""Under which terms the files of a run are audited; the same for all of them, and sent to every worker once."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfeval.pile.limits import Limits


@dataclass(frozen=True, slots=True)
class Terms:
    """``scheme`` is that of the command line, ``bureau`` a packed ``Bureau``: empty where there are neither books nor settings."""

    scheme: str | None = None
    limits: Limits = field(default_factory=Limits)
    bureau: bytes = b""
