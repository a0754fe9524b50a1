"""What a bureau knows beside a report: its books, and what it has decided in perfeval.toml."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.model.books import BookLine
    from extractor.model.report import Report
    from perfeval.books.ledger import Ledger
    from perfeval.books.roster import Roster
    from perfeval.settings.model import Settings
    from verifier.audit import Audit


@dataclass(slots=True)
class Bureau:
    """Plain data that can be sent to another process; ``today`` decides which waivers are still good.

    ``folder`` is the department whose folder of a pile a report lies in.
    """

    today: date
    settings: Settings | None = None
    ledger: Ledger | None = None
    roster: Roster | None = None
    folder: str = ""

    def scheme_of(self, report: Report) -> str | None:
        """The scheme that perfeval.toml names for the unit, its department, or all; ``None`` where it names none."""
        if self.settings is None or not self.settings.schemes:
            return self.settings.scheme if self.settings else None
        unit = report.unit_name or ""
        found = (self.scheme_named(name) for name in (unit, self.department_of(unit), self.folder))
        return next(filter(None, found), self.settings.scheme)

    def scheme_named(self, name: str) -> str | None:
        """The scheme of a unit or a department, where perfeval.toml names it."""
        if not name or self.settings is None or not self.settings.schemes:
            return None
        from perfeval.books import names

        found = names.match(name, self.settings.schemes)
        return self.settings.schemes[found.name] if found.sure and found.name else None

    def department_of(self, unit: str) -> str:
        """The department of a unit as the roster says, else the ledger; ``""`` where neither does."""
        known = self.roster.find(unit)[0] if self.roster and unit else None
        if known and known.department:
            return known.department
        return self.ledger.departments.get(unit, "") if self.ledger else ""

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

    def digest(self) -> str:
        """All of it that an audit depends on, as a short name: another once a waiver has expired, the same where a file was only saved anew."""
        if self.settings is None and self.ledger is None:
            return ""
        return sha256(repr((self._decisions(), self._books(), self._departments())).encode("utf-8", "backslashreplace")).hexdigest()[:16]

    def _decisions(self) -> object:
        """The settings; columns and units of the books show in what was read from these."""
        if self.settings is None:
            return None
        expired = [waiver.line for waiver in self.settings.waivers if waiver.expires and waiver.expires < self.today]
        return replace(self.settings, path=Path(self.settings.path.name), baseline_path=None, columns={}, units={}), expired

    def _books(self) -> object:
        ledger = self.ledger
        return ledger and (ledger.name, ledger.lines, ledger.departments, ledger.units, dict(ledger.approved_units))

    def _departments(self) -> object:
        """The roster says nothing but whose scheme a unit has."""
        by_department = self.settings and self.settings.schemes and self.roster
        return [(unit.name, unit.short, unit.department) for unit in by_department.units] if by_department else None

    def packed(self) -> bytes:
        """For another process: without the worksheets, which only people look at."""
        ledger = replace(self.ledger, tables=[]) if self.ledger else None
        roster = replace(self.roster, tables=[]) if self.roster else None
        return pickle.dumps(replace(self, ledger=ledger, roster=roster))


def unpacked(data: bytes) -> Bureau:
    """The bureau that another process of ours packed."""
    bureau: Bureau = pickle.loads(data)
    return bureau


def settings_for(file: Path, config: Path | None = None) -> Settings | None:
    """The settings in ``config``, else in the perfeval.toml next to the file; ``None`` where there are none."""
    from perfeval.settings.model import beside

    path = config or beside(file)
    return _loaded(path) if path else None


def _loaded(path: Path) -> Settings:
    from perfeval.settings.load import load  # brings pydantic, which only a file of settings is worth

    return load(path)


class Bureaus:
    """The bureau that each report belongs to: the perfeval.toml next to it, or one for all, one ledger and one roster."""

    def __init__(self, today: date, config: Path | None = None, ledger: Path | None = None, roster: Path | None = None) -> None:
        self.today, self.config, self.ledger, self.roster = today, config, ledger, roster
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
            self._made[path] = Bureau(self.today, settings, self._read(settings), self._read_roster(settings))
        return self._made[path]

    def _read_roster(self, settings: Settings | None) -> Roster | None:
        if self.roster is None:
            return None
        from perfeval.books.roster import read_roster

        roster = read_roster(self.roster, settings.columns if settings else None, settings.units if settings else None)
        self.said += roster.problems
        return roster

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
