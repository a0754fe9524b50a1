"""The store as the documents for the bureau read it, with the decisions and replies that people add."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Engine, Select, Table, case, func, insert, select, tuple_

from perfeval.store.packed import unpacked, unpacked_text
from perfeval.store.records import AcrossReports, Case, Decision, Filed, FoundFinding, Remark, Reply, Run
from perfeval.store.tables import across_reports, decisions, documents, files, remarks, replies, runs

CHUNK = 200
"""So many rows are held at a time."""
OF_DOCUMENT = (
    "sha256", "format", "pages", "status", "error_code", "error_message", "title", "unit_name", "fiscal_year", "kind",
    "figures", "verified", "errors", "warnings", "notices", "info", "waived",
)  # fmt: skip
FILED = (files.c.run_id, files.c.path, files.c.department, files.c.unit, files.c.document_id, *(documents.c[name] for name in OF_DOCUMENT))
FILES: Select[Any] = select(*FILED).join(documents, files.c.document_id == documents.c.id)
IN_ORDER = (files.c.department, files.c.unit, files.c.path)


def filed_of(row: Any) -> Filed:
    """A row of ``FILES``."""
    return Filed(*row)


def _across(row: Any) -> AcrossReports:
    """A row of ``across_reports``; what there are several of is JSON."""
    id, rule, severity, title, message, *many = row
    paths, units, quotes = (tuple(json.loads(one)) for one in many)
    return AcrossReports(id, rule, severity, title, message, paths, units, tuple((path, words) for path, words in quotes))


class Store:
    """A store that is open; ``engine`` is there for statistics by SQL over ``perfeval.store.tables``."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def runs(self) -> list[Run]:
        """All runs, oldest first."""
        with self.engine.connect() as connection:
            return [Run(*row) for row in connection.execute(select(runs).order_by(runs.c.id))]

    def last_run(self, *, finished: bool = True) -> Run | None:
        """The last run that came to its end; ``finished=False``: also one that was broken off."""
        found = [run for run in self.runs() if run.state == "finished" or not finished]
        return found[-1] if found else None

    def files(self, run: int) -> Iterator[Filed]:
        """Every file of a run, by department, unit and path."""
        return (filed_of(row) for row in self.rows(FILES.where(files.c.run_id == run).order_by(*IN_ORDER)))

    def cases(self, run: int) -> Iterator[Case]:
        """The same, unit by unit."""
        for (department, unit), filed in groupby(self.files(run), attrgetter("department", "unit")):
            yield Case(department, unit, tuple(filed))

    def documents(self, run: int) -> Iterator[tuple[Filed, dict[str, Any]]]:
        """The same, each with its document of the contract."""
        wanted = FILES.add_columns(documents.c.contract).where(files.c.run_id == run).order_by(*IN_ORDER)
        for row in self.rows(wanted):
            filed = filed_of(row[:-1])
            yield filed, {**unpacked(row[-1]), "path": filed.path}

    def texts(self, run: int) -> Iterator[tuple[Filed, dict[str, Any], str]]:
        """The same with their texts, those that could be read."""
        wanted = FILES.add_columns(documents.c.contract, documents.c.text).where(files.c.run_id == run, documents.c.status == "ok")
        for row in self.rows(wanted.order_by(files.c.path)):
            filed = filed_of(row[:-2])
            yield filed, {**unpacked(row[-2]), "path": filed.path}, unpacked_text(row[-1]) if row[-1] else ""

    def keys(self, run: int) -> Iterator[tuple[str, str, str, str]]:
        """Path, department, unit and key of every file that could be read: what the findings across reports are made of."""
        wanted = select(files.c.path, files.c.department, files.c.unit, documents.c.key).join(documents, files.c.document_id == documents.c.id)
        return (tuple(row) for row in self.rows(wanted.where(files.c.run_id == run, documents.c.status == "ok").order_by(files.c.path)))

    def document(self, document_id: int, path: str) -> dict[str, Any]:
        """One document of the contract, under the path of one of its files."""
        with self.engine.connect() as connection:
            contract = connection.execute(select(documents.c.contract).where(documents.c.id == document_id)).scalar_one()
        return {**unpacked(contract), "path": path}

    def findings(self, run: int, severity: str | None = None) -> Iterator[FoundFinding]:
        """Every finding of a run, file by file, in the order of the list."""
        for filed, document in self.documents(run):
            for finding in document["findings"]:
                if severity in (None, finding["severity"]):
                    yield FoundFinding(filed, finding)

    def across(self, run: int) -> list[AcrossReports]:
        """What only the pile as a whole shows, the gravest first."""
        wanted = select(*across_reports.c[2:]).where(across_reports.c.run_id == run).order_by(across_reports.c.number)
        return [_across(row) for row in self.rows(wanted)]

    def roster(self, run: int) -> list[Remark]:
        """Who handed in what: 应报未报 and 名册外 where the run had a roster, 重复报送."""
        wanted = select(*remarks.c[2:]).where(remarks.c.run_id == run).order_by(remarks.c.number)
        return [Remark(*row) for row in self.rows(wanted)]

    def submissions(self, unit: str, year: int | None, kind: str) -> Iterator[Filed]:
        """What a unit handed in for a year over all runs, oldest first, each content once."""
        wanted = FILES.where(files.c.unit == unit, documents.c.fiscal_year == year, documents.c.kind == kind)
        seen: set[str] = set()
        for row in self.rows(wanted.order_by(files.c.run_id, files.c.path)):
            filed = filed_of(row)
            if filed.sha256 not in seen:
                seen.add(filed.sha256)
                yield filed

    def superseded(self, run: int) -> Iterator[Filed]:
        """Files of earlier finished runs that could be read and whose contents this run has no longer, from the newest run on."""
        now = select(documents.c.sha256).join(files, files.c.document_id == documents.c.id).where(files.c.run_id == run)
        earlier = select(runs.c.id).where(runs.c.id < run, runs.c.state == "finished")
        wanted = FILES.where(files.c.run_id.in_(earlier), documents.c.status == "ok", documents.c.sha256.not_in(now))
        return (filed_of(row) for row in self.rows(wanted.order_by(files.c.run_id.desc(), files.c.path)))

    def year_before(self, run: int) -> Iterator[Filed]:
        """What earlier runs have of the year before a report of this run, of the same unit: that of the newest run that has any."""
        year = documents.c.fiscal_year
        unit_and_year = tuple_(files.c.unit, year)
        this = (files.c.run_id == run, year.is_not(None))
        mine, there = (select(files.c.unit, years).join(documents, files.c.document_id == documents.c.id).where(*this) for years in (year - 1, year))
        earlier = select(runs.c.id).where(runs.c.id < run, runs.c.state == "finished")
        wanted = FILES.where(files.c.run_id.in_(earlier), documents.c.status == "ok", files.c.unit != "", unit_and_year.in_(mine), unit_and_year.not_in(there))
        newest: dict[tuple[str, int | None], int] = {}
        for row in self.rows(wanted.order_by(files.c.run_id.desc(), files.c.path)):
            filed = filed_of(row)
            if newest.setdefault((filed.unit, filed.fiscal_year), filed.run) == filed.run:
                yield filed

    def files_of(self, run: int, unit: str, year: int | None, kind: str) -> Iterator[Filed]:
        """What a run has of a unit, year and kind."""
        wanted = FILES.where(files.c.run_id == run, files.c.unit == unit, documents.c.fiscal_year == year, documents.c.kind == kind)
        return (filed_of(row) for row in self.rows(wanted.order_by(files.c.path)))

    def summary(self, run: int) -> dict[str, int]:
        """Counts of a run: files, units, what could not be read, findings by severity and waived ones, files with an error."""
        columns = {
            "documents": func.count(), "units": func.count((files.c.department + "/" + files.c.unit).distinct()),
            "unreadable": func.coalesce(func.sum(case((documents.c.status != "ok", 1), else_=0)), 0),
            "wrong": func.coalesce(func.sum(case((documents.c.errors > 0, 1), else_=0)), 0),
            **{name: func.coalesce(func.sum(documents.c[name]), 0) for name in ("errors", "warnings", "notices", "info", "waived")},
        }  # fmt: skip
        wanted = select(*(column.label(name) for name, column in columns.items())).select_from(files.join(documents))
        with self.engine.connect() as connection:
            return {name: int(count) for name, count in connection.execute(wanted.where(files.c.run_id == run)).one()._mapping.items()}

    def unreadable(self, run: int) -> dict[str, int]:
        """How many files of a run could not be read, by the code of the reason, most frequent first."""
        wanted = select(documents.c.error_code, func.count()).select_from(files.join(documents))
        wanted = wanted.where(files.c.run_id == run, documents.c.status != "ok").group_by(documents.c.error_code)
        with self.engine.connect() as connection:
            return dict(sorted(((code, count) for code, count in connection.execute(wanted)), key=lambda pair: (-pair[1], pair[0])))

    def decide(self, decision: Decision) -> None:
        """Keeps a decision; earlier ones about the same finding stay."""
        self._keep(decisions, decision)

    def reply(self, reply: Reply) -> None:
        """Keeps a unit's reply."""
        self._keep(replies, reply)

    def decisions(self, unit: str | None = None) -> list[Decision]:
        """All decisions, oldest first."""
        return [Decision(*row) for row in self._about(decisions, unit)]

    def replies(self, unit: str | None = None) -> list[Reply]:
        """All replies, oldest first."""
        return [Reply(*row) for row in self._about(replies, unit)]

    def _keep(self, table: Table, record: Decision | Reply) -> None:
        with self.engine.begin() as connection:
            connection.execute(insert(table), asdict(record))

    def _about(self, table: Table, unit: str | None) -> list[Any]:
        wanted = select(*table.c[1:]).order_by(table.c.id)
        with self.engine.connect() as connection:
            return list(connection.execute(wanted if unit is None else wanted.where(table.c.unit == unit)))

    def rows(self, wanted: Select[Any]) -> Iterator[Any]:
        """The rows of a question, a few at a time."""
        with self.engine.connect() as connection:
            yield from connection.execution_options(yield_per=CHUNK).execute(wanted)
