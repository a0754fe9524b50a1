"""The tables of the store, as they are in its newest version."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, String, Table

metadata = MetaData()
Text = String().with_variant(String(collation="C"), "postgresql")
"""Sorted by code points everywhere, so that every database exports the same order."""


def _owner(table: str, column: str) -> Column[int]:
    return Column(column, Integer, ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


store_version = Table("store_version", metadata, Column("version", Integer, nullable=False))

runs = Table(
    "runs", metadata,
    Column("id", Integer, primary_key=True),
    Column("root", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("scheme", Text, nullable=False),
    Column("state", Text, nullable=False),  # running, finished
    Column("started", Text, nullable=False),  # ISO, UTC
    Column("finished", Text),
    Column("basis", Text),  # what its findings across reports were made of
)  # fmt: skip

documents = Table(
    "documents", metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),  # what the audit depends on: contents, version, scheme
    Column("sha256", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("scheme", Text, nullable=False),
    Column("condition", Text),  # NULL: holds wherever the key is the same; else see perfeval.store.records.Result
    Column("format", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("error_code", Text),
    Column("error_message", Text),
    Column("title", Text),
    Column("unit_name", Text),
    Column("fiscal_year", Integer),
    Column("kind", Text, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("figures", "verified", "contradicted", "questionable", "unchecked")),
    *(Column(name, Integer, nullable=False) for name in ("errors", "warnings", "notices", "info")),
    Column("contract", LargeBinary, nullable=False),  # perfeval.store.packed
    Column("waived", Integer, nullable=False, server_default="0"),
    Column("text", LargeBinary),  # what was read, packed; NULL for what cannot be read
)  # fmt: skip

files = Table(
    "files", metadata,
    _owner("runs", "run_id"),
    Column("path", Text, nullable=False),
    _owner("documents", "document_id"),
    Column("department", Text, nullable=False),
    Column("unit", Text, nullable=False),
    PrimaryKeyConstraint("run_id", "path"),
    Index("files_by_document", "document_id"),
)  # fmt: skip

figures = Table(
    "figures", metadata,
    _owner("documents", "document_id"),
    Column("number", Integer, nullable=False),
    *(Column(name, Text) for name in ("id", "text", "value", "unit", "kind", "role", "scope")),
    Column("page", Integer),
    *(Column(name, Text) for name in ("place", "section", "status", "reason")),
    PrimaryKeyConstraint("document_id", "number"),
)  # fmt: skip

checks = Table(
    "checks", metadata,
    _owner("documents", "document_id"),
    Column("number", Integer, nullable=False),
    *(Column(name, Text) for name in ("id", "rule", "figure", "stated", "recomputed", "difference", "reading", "verdict", "reason")),
    PrimaryKeyConstraint("document_id", "number"),
)  # fmt: skip

findings = Table(
    "findings", metadata,
    _owner("documents", "document_id"),
    Column("number", Integer, nullable=False),
    Column("id", Text, nullable=False, index=True),  # from unit, year, rule and fact: the same in a corrected file
    *(Column(name, Text) for name in ("rule", "severity", "title", "message", "stated", "recomputed", "difference")),
    Column("page", Integer),
    *(Column(name, Text) for name in ("place", "section", "quote", "basis", "handling")),
    PrimaryKeyConstraint("document_id", "number"),
)  # fmt: skip

across_reports = Table(
    "across_reports", metadata,
    _owner("runs", "run_id"),
    Column("number", Integer, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("id", "rule", "severity", "title", "message")),
    *(Column(name, Text, nullable=False) for name in ("paths", "units", "quotes")),  # JSON
    PrimaryKeyConstraint("run_id", "number"),
)  # fmt: skip

remarks = Table(
    "remarks", metadata,
    _owner("runs", "run_id"),
    Column("number", Integer, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("kind", "department", "unit", "words")),
    PrimaryKeyConstraint("run_id", "number"),
)  # fmt: skip


def _about_a_finding() -> tuple[Column[int] | Column[str], ...]:
    """What ties a decision or a reply to a finding of a unit, over all its resubmissions."""
    return (
        Column("id", Integer, primary_key=True), Column("unit", Text, nullable=False), Column("fiscal_year", Integer),
        Column("kind", Text, nullable=False), Column("finding", Text, nullable=False, index=True),
    )  # fmt: skip


decisions = Table(
    "decisions", metadata, *_about_a_finding(),
    *(Column(name, Text, nullable=False) for name in ("decision", "reason", "person", "at")),
)  # fmt: skip

replies = Table("replies", metadata, *_about_a_finding(), *(Column(name, Text, nullable=False) for name in ("text", "person", "at")))
