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


@dataclass(frozen=True, slots=True)
class Filed:
    """One file of a run and what came of it.

    ``unit`` is the unit that the file was put to, ``unit_name`` the one that the report names; ``department`` is the first
    folder below the pile's.
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


ONCE = "once"
