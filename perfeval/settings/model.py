"""The settings as plain values. ``perfeval.settings.load`` makes them from a file and validates there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from verifier.audit import Severity

FILE = "perfeval.toml"


class SettingsError(Exception):
    """``str(error)`` is one Chinese sentence that names the file and the line."""


@dataclass(frozen=True, slots=True)
class WaiverRule:
    """One ``[[waiver]]``: whose findings it is for, and who allowed it until when."""

    finding: str
    rule: str
    unit: str
    year: int | None
    reason: str
    approver: str
    expires: date | None
    line: int
    wrong: str = ""
    """What is wrong with it; such a waiver waives nothing."""

    @property
    def named(self) -> str:
        """What it is for, in a few words."""
        return " ".join(part for part in (self.finding, self.rule, self.unit, f"{self.year}年" if self.year else "") if part) or "未写明对象"


@dataclass(frozen=True, slots=True)
class BaselineEntry:
    """One finding that was known when the baseline was made."""

    id: str
    unit: str
    year: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that one perfeval.toml says."""

    path: Path
    scheme: str | None = None
    schemes: Mapping[str, str] = field(default_factory=dict)
    """Unit or department → scheme."""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[WaiverRule, ...] = ()
    baseline_path: Path | None = None
    baseline: tuple[BaselineEntry, ...] = ()

    @property
    def problems(self) -> list[str]:
        """A sentence for every waiver that is written wrongly."""
        return [f"{self.path} 第{waiver.line}行的豁免（{waiver.named}）无效：{waiver.wrong}；对应的问题照常列出。" for waiver in self.waivers if waiver.wrong]


def beside(path: Path) -> Path | None:
    """The perfeval.toml next to a report, or in a folder that is handed in as one report; ``None`` where there is none."""
    places = [path / FILE, path.parent / FILE] if path.is_dir() else [path.parent / FILE]
    return next((place for place in places if place.is_file()), None)
