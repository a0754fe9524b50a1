"""What a run writes; every call is one transaction, so that nothing is ever half there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from perfeval.store.records import AcrossReports, Filed, Remark, Result, Run, department
from perfeval.store.rows import across_rows, check_rows, document_row, figure_rows, finding_rows, remark_rows
from perfeval.store.store import FILES, filed_of
from perfeval.store.tables import across_reports, checks, documents, figures, files, findings, remarks, runs

Grouping = Callable[[list[Filed]], Mapping[str, str]]
"""The unit of every path, given all files of a department."""
Departments = Callable[[Iterable[str]], Mapping[str, str]]
"""The department of those units of which it is known."""


@dataclass(frozen=True, slots=True)
class Pile:
    """What only the pile as a whole shows, and what that was made of."""

    findings: Sequence[AcrossReports] = ()
    remarks: Sequence[Remark] = ()
    basis: str | None = None


NOTHING = Pile()


class Writer:
    """Writes one run."""

    def __init__(self, engine: Engine, root: str, version: str, scheme: str, at: str) -> None:
        self._engine = engine
        self.run = self._begun(root, version, scheme, at)

    def _begun(self, root: str, version: str, scheme: str, at: str) -> Run:
        """A new run, or the one over the same pile that was broken off: its documents are known, its files come in anew."""
        same = (runs.c.root == root) & (runs.c.version == version) & (runs.c.scheme == scheme) & (runs.c.state == "running")
        values = {"root": root, "version": version, "scheme": scheme, "state": "running", "started": at}
        with self._engine.begin() as connection:
            found = connection.execute(select(runs).where(same).order_by(runs.c.id.desc())).first()
            if found:
                connection.execute(delete(files).where(files.c.run_id == found.id))
                return Run(*found)
            number = connection.execute(insert(runs).values(values).returning(runs.c.id)).scalar_one()
        return Run(number, root, version, scheme, "running", at, None)

    def known(self, key: str, condition: str) -> int | None:
        """The document of that key, unless it holds under another condition only."""
        wanted = select(documents.c.id, documents.c.condition).where(documents.c.key == key)
        with self._engine.connect() as connection:
            found = connection.execute(wanted).first()
        return found.id if found and found.condition in (None, condition) else None

    def file(self, known: Mapping[str, int]) -> None:
        """Puts files to documents that are in the store."""
        with self._engine.begin() as connection:
            self._file(connection, known)

    def add(self, results: Iterable[Result]) -> None:
        """New documents with their files: all of it or nothing."""
        with self._engine.begin() as connection:
            for result in results:
                number = self._document(connection, result)
                self._file(connection, dict.fromkeys(result.paths, number))

    def group(self, grouping: Grouping, departments: Departments = lambda _: {}) -> None:
        """Puts every file to its unit, and every unit whose department is known to that."""
        of_run = files.c.run_id == self.run.id
        there = of_run & (files.c.path == bindparam("at"))
        with self._engine.begin() as connection:
            for name in connection.execute(select(files.c.department).where(of_run).distinct()).scalars().all():
                filed = [filed_of(row) for row in connection.execute(FILES.where(of_run, files.c.department == name).order_by(files.c.path))]
                rows = [{"at": path, "to": unit} for path, unit in grouping(filed).items()]
                connection.execute(update(files).where(there).values(unit=bindparam("to")), rows)
            units = connection.execute(select(files.c.unit).where(of_run).distinct()).scalars().all()
            if known := [{"of": unit, "to": name} for unit, name in departments(units).items()]:
                connection.execute(update(files).where(of_run, files.c.unit == bindparam("of")).values(department=bindparam("to")), known)

    def finish(self, at: str, grouping: Grouping | None = None, pile: Pile = NOTHING) -> None:
        """Keeps what the pile as a whole shows; the run is finished."""
        if grouping:
            self.group(grouping)
        rows = ((across_reports, across_rows(pile.findings, self.run.id)), (remarks, remark_rows(pile.remarks, self.run.id)))
        with self._engine.begin() as connection:
            for table, made in rows:
                if made:
                    connection.execute(insert(table), made)
            done = {"state": "finished", "finished": at, "basis": pile.basis}
            connection.execute(update(runs).where(runs.c.id == self.run.id).values(done))

    def _file(self, connection: Connection, known: Mapping[str, int]) -> None:
        rows = [
            {"run_id": self.run.id, "path": path, "document_id": number, "department": department(path), "unit": ""}
            for path, number in known.items()
        ]  # fmt: skip
        if rows:
            connection.execute(insert(files), rows)

    def _document(self, connection: Connection, result: Result) -> int:
        """The number of the document; one of the same key (whose condition was another) is replaced."""
        document = result.document
        values = {
            **document_row(document), "key": result.key, "version": self.run.version, "scheme": self.run.scheme,
            "condition": result.condition, "contract": result.contract, "text": result.text or None,
        }  # fmt: skip
        number = connection.execute(select(documents.c.id).where(documents.c.key == result.key)).scalar_one_or_none()
        if number is None:
            number = connection.execute(insert(documents).values(values).returning(documents.c.id)).scalar_one()
        else:
            connection.execute(update(documents).where(documents.c.id == number).values(values))
            for table in (figures, checks, findings):
                connection.execute(delete(table).where(table.c.document_id == number))
        for table, rows in ((figures, figure_rows), (checks, check_rows), (findings, finding_rows)):
            if made := rows(document, number):
                connection.execute(insert(table), made)
        return int(number)
