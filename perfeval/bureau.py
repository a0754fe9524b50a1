"""What a bureau knows beside a report: its books, and what it has decided in perfeval.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.model.books import BookLine
    from extractor.model.report import Report
    from perfeval.books.ledger import Ledger
    from perfeval.settings.model import Settings
    from verifier.audit import Audit


@dataclass(slots=True)
class Bureau:
    """Plain data that can be sent to another process; ``today`` decides which waivers are still good."""

    today: date
    settings: Settings | None = None
    ledger: Ledger | None = None

    def scheme_of(self, report: Report) -> str | None:
        """The scheme that perfeval.toml names for the unit, its department, or all; ``None`` where it names none."""
        if self.settings is None:
            return None
        from perfeval.books import names

        unit = report.unit_name or ""
        department = self.ledger.departments.get(unit, "") if self.ledger else ""
        for name in filter(None, (unit, department)):
            found = names.match(name, self.settings.schemes)
            if found.sure and found.name:
                return self.settings.schemes[found.name]
        return self.settings.scheme

    def books_of(self, report: Report) -> tuple[BookLine, ...]:
        """What the ledger says of the report's unit; why it says nothing becomes a note of the report."""
        if self.ledger is None:
            return ()
        lines, why = self.ledger.of(report)
        if why:
            report.notes.append(why)
        return lines

    def settle(self, audit: Audit) -> None:
        """Puts on an audit what the bureau has decided."""
        if self.settings is not None:
            from perfeval.settings.settle import settle

            settle(audit, self.settings, self.today)


def settings_for(file: Path, config: Path | None = None) -> Settings | None:
    """The settings in ``config``, else in the perfeval.toml next to the file; ``None`` where there are none."""
    from perfeval.settings.model import beside

    path = config or beside(file)
    return _loaded(path) if path else None


def _loaded(path: Path) -> Settings:
    from perfeval.settings.load import load  # brings pydantic, which only a file of settings is worth

    return load(path)


class Bureaus:
    """The bureau that each report belongs to: the perfeval.toml next to it, or one for all, and one ledger."""

    def __init__(self, today: date, config: Path | None = None, ledger: Path | None = None) -> None:
        self.today, self.config, self.ledger = today, config, ledger
        self.said: list[str] = []
        """What the person at the command should know of settings and books."""
        self._made: dict[Path | None, Bureau] = {}

    def of(self, report: Path) -> Bureau:
        """The bureau of a report; ``SettingsError`` or ``BookError`` where its files cannot be used."""
        from perfeval.settings.model import beside

        path = self.config or beside(report)
        if path not in self._made:
            settings = _loaded(path) if path else None
            self.said += settings.problems if settings else []
            self._made[path] = Bureau(self.today, settings, self._read(settings))
        return self._made[path]

    def _read(self, settings: Settings | None) -> Ledger | None:
        if self.ledger is None:
            return None
        from perfeval.books.ledger import read_ledger

        ledger = read_ledger(self.ledger, settings.columns if settings else None, settings.units if settings else None)
        unused = [column.head for found in ledger.tables for column in found.columns if column.how != "known"]
        if unused:
            heads = "、".join(f"“{head}”" for head in unused)
            self.said.append(f"账表“{ledger.name}”有{len(unused)}栏未使用（{heads}），用 perfeval books 查看并确认。")
        self.said += ledger.problems
        return ledger

    def done_with(self, audits: list[Audit]) -> list[str]:
        """A sentence for every baseline that holds findings which are gone by now."""
        found = []
        known = {made.settings.path: made.settings for made in self._made.values() if made.settings and made.settings.baseline}
        for settings in known.values():
            there = {(audit.report.unit_name or "", audit.report.fiscal_year) for audit in audits if audit.report.status == "ok"}
            ids = {finding.id for audit in audits for finding in audit.findings}
            gone = sum((entry.unit, entry.year) in there and entry.id not in ids for entry in settings.baseline)
            if gone:
                found.append(f"基线中有{gone}条问题已经消除，请运行 perfeval baseline 从基线中去掉。")
        return found
