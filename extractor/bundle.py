"""Several files of one unit (its report, its tables, its annexes) read as one report: one base of facts, many places."""

from __future__ import annotations

import os
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from hashlib import sha256

from extractor.document import Document
from extractor.model.place import Place
from extractor.model.report import Report
from extractor.model.table import Table
from extractor.readers import open_bytes
from extractor.readers.errors import Refused, unreadable
from extractor.readers.members import members
from extractor.text import Text, joined


@dataclass(slots=True)
class Bundle:
    """The texts of several files one after another; a place in it names its file."""

    chars: str = ""
    tables: list[Table] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    parts: list[tuple[str, Text]] = field(default_factory=list)

    def add(self, name: str, text: Text) -> None:
        """Appends the text of a file."""
        if self.chars:
            self.chars += "\n"
        start = len(self.chars)
        self.starts.append(start)
        self.parts.append((name, text))
        self.chars += text.chars
        self.tables += [_moved(table, start) for table in text.tables]

    def place(self, start: int, end: int) -> Place:
        """Where a stretch was printed, with the name of its file."""
        index = bisect_right(self.starts, start) - 1
        begins, (name, text) = self.starts[index], self.parts[index]
        return replace(text.place(start - begins, end - begins), file=name)


def _moved(table: Table, by: int) -> Table:
    cells = [replace(cell, start=cell.start + by, end=cell.end + by) for cell in table.cells]
    return Table(table.name, cells, table.start + by, table.end + by)


def read_bundle(path: str | os.PathLike[str]) -> tuple[Report, Bundle | None, list[Document]]:
    """An empty report for the files of a folder or a ZIP file, their text, and the documents that are open for it."""
    name = os.fsdecode(path)
    report = Report(name, "", "bundle", 0)
    opened: list[Document] = []
    try:
        found = members(path)
    except (Refused, OSError) as failure:
        report.status, report.error = "unreadable", failure.error if isinstance(failure, Refused) else unreadable("io_error", reason=str(failure))
        return report, None, opened
    bundle = Bundle()
    for member, data in found:
        document = open_bytes(data, member)
        opened.append(document)
        if document.error:
            report.notes.append(f"“{member}”未能读取：{document.error.message}")
            continue
        report.notes += [f"“{member}”：{note}" for note in document.notes]
        report.pages += len(document.pages)
        bundle.add(member, joined(document))
    report.sha256 = sha256("".join(document.sha256 for document in opened).encode()).hexdigest()
    if not bundle.parts:
        report.status, report.error = "unreadable", unreadable("no_readable_file", count=len(found))
        return report, None, opened
    report.text, report.tables = bundle.chars, bundle.tables
    return report, bundle, opened
