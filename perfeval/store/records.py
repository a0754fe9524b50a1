"""What the store gives back: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """One run over a pile; ``state`` is ``running`` until its last file is in (also where it was broken off), then ``finished``."""

    id: int
    root: str
    version: str
    scheme: str
    state: str
    started: str
    finished: str | None
    basis: str | None = None
    """What its findings across reports were made of, as a short name."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One file of a run and what came of it.

    ``unit`` is the unit that the file was put to, ``unit_name`` the one that the report names; ``department`` is that of the
    roster, else the first folder below the pile's.
    """

    run: int
    path: str
    department: str
    unit: str
    document_id: int
    sha256: str
    format: str
    pages: int
    status: str
    error_code: str | None
    error_message: str | None
    title: str | None
    unit_name: str | None
    fiscal_year: int | None
    kind: str
    figures: int
    verified: int
    errors: int
    warnings: int
    notices: int
    info: int
    waived: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A unit with all that it handed in."""

    department: str
    unit: str
    files: tuple[Filed, ...]


@dataclass(frozen=True, slots=True)
class FoundFinding:
    """A finding of the contract and the file in which it was found."""

    filed: Filed
    finding: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AcrossReports:
    """A finding that only the pile as a whole shows. ``paths`` are the files, ``paths[0]`` the one whose it is, ``quotes`` words of them."""

    id: str
    rule: str
    severity: str
    title: str
    message: str
    paths: tuple[str, ...]
    units: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about who handed in what: ``kind`` is 应报未报, 重复报送 or 名册外."""

    kind: str
    department: str
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the bureau decided about a finding; it holds for all resubmissions, since the finding keeps its id."""

    unit: str
    fiscal_year: int | None
    kind: str
    finding: str
    decision: str
    reason: str
    person: str
    at: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a unit answered to a finding."""

    unit: str
    fiscal_year: int | None
    kind: str
    finding: str
    text: str
    person: str
    at: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a run hands to the store: a document, as it is and packed, with all files of that content."""

    key: str
    document: dict[str, Any]
    contract: bytes
    paths: tuple[str, ...]
    condition: str | None = None
    """Where it holds only under some condition: the limits of a run, ``ONCE`` for what is looked at anew in every run."""


    text: bytes = b""
    """What the reader made of the file, packed; nothing for a file that cannot be read."""


ONCE = "once"


def department(path: str) -> str:
    """The first folder (or ZIP file) on the path, for files at the top nothing.

    >>> department("农业农村局.zip/2023/报告.docx")
    '农业农村局'
    """
    first, below, _ = path.partition("/")
    return first.removesuffix(".zip").removesuffix(".ZIP") if below else ""
