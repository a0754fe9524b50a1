"""A document of the contract as rows of the tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from perfeval.render.words import handling
from perfeval.store.records import AcrossReports, Remark
from verifier.audit import Waiver

Row = dict[str, Any]
COUNTS = ("figures", "verified", "contradicted", "questionable", "unchecked", "errors", "warnings", "notices", "info", "waived")
SAME = ("sha256", "format", "pages", "status", "title", "unit_name", "fiscal_year", "kind")
FIGURE = ("id", "text", "value", "unit", "kind", "role", "scope", "page", "section", "status", "reason")
CHECK = ("id", "rule", "stated", "recomputed", "difference", "reading", "verdict", "reason")
FINDING = ("id", "rule", "severity", "title", "message", "stated", "recomputed", "difference", "page", "section", "quote", "basis")


def document_row(document: Mapping[str, Any]) -> Row:
    """The row of ``documents`` without what the run knows (key, version, scheme, limits, contract)."""
    error = document["error"] or {"code": None, "message": None}
    counts = {name: document["summary"][name] for name in COUNTS}
    return _clean({**{name: document[name] for name in SAME}, "error_code": error["code"], "error_message": error["message"], **counts})


def figure_rows(document: Mapping[str, Any], document_id: int) -> list[Row]:
    """A row for every number of the document."""
    return _numbered(document_id, ({**_only(figure, FIGURE), "place": figure["where"]} for figure in document["figures"]))


def check_rows(document: Mapping[str, Any], document_id: int) -> list[Row]:
    """A row for every check, with the figure that it is about."""
    return _numbered(document_id, ({**_only(check, CHECK), "figure": next(iter(check["figures"]), None)} for check in document["checks"]))


def finding_rows(document: Mapping[str, Any], document_id: int) -> list[Row]:
    """A row for every finding, in the order of the list."""
    return _numbered(document_id, ({**_only(finding, FINDING), "place": finding["where"], "handling": _handling(finding)} for finding in document["findings"]))


def across_rows(findings: Iterable[AcrossReports], run: int) -> list[Row]:
    """A row for every finding across reports; what there are several of is JSON."""
    many = ("paths", "units", "quotes")
    return [
        _clean({"run_id": run, "number": number, **asdict(one), **{name: json.dumps(getattr(one, name), ensure_ascii=False) for name in many}})
        for number, one in enumerate(findings)
    ]  # fmt: skip


def remark_rows(remarks: Iterable[Remark], run: int) -> list[Row]:
    """A row for every remark on who handed in what."""
    return [_clean({"run_id": run, "number": number, **asdict(one)}) for number, one in enumerate(remarks)]


def _handling(finding: Mapping[str, Any]) -> str:
    """What the bureau decided of a finding, as in the lists."""
    waiver = finding["waiver"]
    return handling(finding["remarks"], Waiver(**waiver) if waiver else None)


def _only(value: Mapping[str, Any], names: Iterable[str]) -> Row:
    return {name: value[name] for name in names}


def _numbered(document_id: int, rows: Iterable[Row]) -> list[Row]:
    return [_clean({"document_id": document_id, "number": number, **row}) for number, row in enumerate(rows)]


def _clean(row: Row) -> Row:
    """No database takes half a surrogate pair, PostgreSQL no NUL; the contract itself keeps them."""
    return {name: plain(value) if isinstance(value, str) and not value.isprintable() else value for name, value in row.items()}


def plain(words: str) -> str:
    """Text that every database takes."""
    return words.replace("\0", "").encode("utf-8", "backslashreplace").decode()
