"""Scoring schemes by locality, as data (``schemes.toml``). A scheme that the report declares always wins."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DEFAULT = "mof_2020_10"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme. ``enabled`` is False until someone has held it against the local notice itself."""

    id: str
    title: str
    evidence: str
    enabled: bool
    summary: str
    settings: dict[str, object]


@cache
def schemes() -> tuple[Scheme, ...]:
    """All schemes in the order of the file."""
    with (Path(__file__).parent / "schemes.toml").open("rb") as file:
        found = tomllib.load(file)["scheme"]
    return tuple(
        Scheme(s["id"], s["title"], s["evidence"], s["enabled"], s["summary"], s.get("settings", {})) for s in found
    )


def scheme(name: str | None) -> Scheme:
    """The scheme of that id, the default for ``None``; ``KeyError`` for one that is unknown or not enabled."""
    wanted = name or DEFAULT
    for entry in schemes():
        if entry.id == wanted and entry.enabled:
            return entry
    raise KeyError(wanted)
