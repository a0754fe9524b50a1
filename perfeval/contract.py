"""The machine-readable contract: pydantic models of the JSON that ``perfeval verify --format json`` prints.

Names are stable: a field may be added, none renamed or removed without a new ``schema`` value. Decimals are strings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from perfeval._version import __version__
from verifier.audit import SEVERITIES, Entry

if TYPE_CHECKING:
    from decimal import Decimal

    from extractor.model.figure import Figure
    from extractor.model.report import Indicator, Report, Subject
    from verifier.audit import Audit

SCHEMA: Literal["perfeval/1"] = "perfeval/1"
SeverityName = Literal["error", "warning", "notice", "info"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Generator(_Model):
    """What made the output."""

    name: str = "perfeval"
    version: str = __version__
    scheme: str = Field(description="评分方案")


class ErrorOut(_Model):
    """Why a file could not be read."""

    code: str
    message: str


class FigureRead(_Model):
    """One number of the document: what was printed, where, and what it is."""

    id: str
    text: str
    value: str | None
    unit: str
    decimals: int
    comparator: str | None
    hedge: str | None
    high: str | None
    kind: Literal["amount", "rate", "points", "count", "date", "year", "ordinal", "document_number", "other"]
    role: str | None
    scope: str | None
    page: int | None
    bbox: list[float]
    section: str
    quote: str
    doubt: str | None


class FigureOut(FigureRead):
    """One number of the document and what became of it."""

    status: Literal["verified", "contradicted", "questionable", "unchecked", "not_a_claim"]
    reason: str | None
    checks: list[str]


class CheckOut(_Model):
    """One recomputation; ``figures[0]`` is the stated figure."""

    id: str
    rule: str
    title: str
    formula: str
    figures: list[str]
    stated: str | None
    recomputed: str | None
    difference: str | None
    interval: list[str] | None
    reading: str
    verdict: Literal["consistent", "rounding", "doubtful", "inconsistent", "unchecked"]
    reason: str | None


class CauseOut(_Model):
    """A possible explanation."""

    kind: str
    figure: str | None
    suggested: str | None
    explanation: str


class FindingOut(_Model):
    """One thing for a person to look at; ``figures[0]`` is the figure it is about."""

    id: str
    rule: str
    severity: SeverityName
    title: str
    message: str
    stated: str | None
    recomputed: str | None
    difference: str | None
    formula: str
    readings_tried: list[str]
    figures: list[str]
    page: int | None
    bbox: list[float]
    section: str
    quote: str
    causes: list[CauseOut]
    impact: dict[str, str]
    basis: str
    also_at: list[str]


class Value(_Model):
    """A figure in the typed report."""

    figure: str
    text: str
    value: str | None
    unit: str
    comparator: str | None = None


class Line(_Model):
    """All figures of one subject (a scope of the budget, the staff, the evaluation) by field."""

    scope: str
    year: int | None
    fields: dict[str, list[Value]]


class OtherLine(Line):
    """All figures of a subject that has no part of its own in the typed report."""

    kind: str


class RelationOut(_Model):
    """A relation that the text itself states: ``stated`` should equal ``formula`` of ``operands``."""

    formula: str
    stated: str
    operands: list[str]
    quote: str


class IndicatorOut(_Model):
    """One 绩效指标."""

    key: str
    name: str
    level1: str | None
    level2: str | None
    target: Value | None
    target_revised: Value | None
    midyear: Value | None
    actual: Value | None
    completion_rate: Value | None
    weight: Value | None
    score: Value | None
    reason: str | None
    measure: str | None


class SectionOut(_Model):
    """A heading."""

    title: str
    level: int


class ReportOut(_Model):
    """The typed report."""

    budget: list[Line]
    staffing: list[Line]
    evaluation: list[Line]
    other: list[OtherLine]
    indicators: list[IndicatorOut]
    grade: str | None
    declared: dict[str, Any]
    relations: list[RelationOut]
    sections: list[SectionOut]
    notes: list[str]


class DocumentSummary(_Model):
    """Counts of one document."""

    figures: int
    verified: int
    contradicted: int
    questionable: int
    unchecked: int
    not_a_claim: int
    errors: int
    warnings: int
    notices: int
    info: int


class _File(_Model):
    """What every answer says of a file."""

    path: str
    sha256: str
    format: str
    pages: int
    status: Literal["ok", "unreadable"]
    error: ErrorOut | None
    title: str | None
    unit_name: str | None
    fiscal_year: int | None
    kind: str
    report: ReportOut | None


class DocumentOut(_File):
    """One file."""

    figures: list[FigureOut]
    checks: list[CheckOut]
    findings: list[FindingOut]
    summary: DocumentSummary


class Extracted(_File):
    """One file as it was read, before anything is verified."""

    figures: list[FigureRead]


class Summary(_Model):
    """Counts of the whole run."""

    documents: int
    unreadable: int
    errors: int
    warnings: int
    notices: int
    info: int


class Output(_Model):
    """The whole output."""

    schema_: Literal["perfeval/1"] = Field(default=SCHEMA, alias="schema")
    generator: Generator
    documents: list[DocumentOut]
    summary: Summary


def schema() -> dict[str, Any]:
    """The JSON Schema of ``Output``."""
    return Output.model_json_schema(by_alias=True)


def to_output(audits: list[Audit], scheme: str) -> Output:
    """All audits in the contract's form."""
    summary = {
        "documents": len(audits), "unreadable": sum(audit.report.status == "unreadable" for audit in audits),
        **{_plural(name): sum(audit.count(name) for audit in audits) for name in SEVERITIES},
    }  # fmt: skip
    # Plain values, validated at once: one call a document costs a tenth of one call a figure.
    return Output.model_validate(
        {"schema": SCHEMA, "generator": {"scheme": scheme}, "documents": [document(audit) for audit in audits], "summary": summary}
    )


def _plural(severity: str) -> str:
    return severity if severity == "info" else f"{severity}s"


def document(audit: Audit) -> dict[str, Any]:
    """One audit as a document of the contract (``DocumentOut``), in plain values."""
    counts = {_plural(name): audit.count(name) for name in SEVERITIES}
    return {
        **_file(audit.report), "figures": _figures(audit), "checks": _checks(audit), "findings": _findings(audit),
        "summary": {**audit.coverage, **counts},
    }  # fmt: skip


def extracted(report: Report) -> Extracted:
    """One report as it was read."""
    known: dict[str, tuple[str, str]] = {}
    for fact in report.facts:
        known.setdefault(fact.figure.id, (fact.field, f"{fact.subject.name}/{fact.subject.year or ''}"))
    figures = [_read(report, figure, *known.get(figure.id, (None, None))) for figure in report.figures]
    return Extracted.model_validate({**_file(report), "figures": figures})


def _file(report: Report) -> dict[str, Any]:
    return {
        "path": report.path, "sha256": report.sha256, "format": report.format, "pages": report.pages, "status": report.status,
        "error": {"code": report.error.code, "message": report.error.message} if report.error else None,
        "title": report.title, "unit_name": report.unit_name, "fiscal_year": report.fiscal_year, "kind": report.kind,
        "report": typed(report) if report.status == "ok" else None,
    }  # fmt: skip


def _read(report: Report, figure: Figure, role: str | None, scope: str | None) -> dict[str, Any]:
    return {
        "id": figure.id, "text": figure.text, "value": _text(figure.number), "unit": figure.unit, "decimals": figure.decimals,
        "comparator": figure.comparator, "hedge": figure.hedge, "high": _text(figure.high), "kind": figure.kind,
        "role": role, "scope": scope, "page": figure.place.page if figure.place else None, "bbox": _box(figure),
        "section": report.section_of(figure.start), "quote": report.quote(figure.start, figure.end, 40), "doubt": figure.doubt,
    }  # fmt: skip


def _figures(audit: Audit) -> list[dict[str, Any]]:
    """Every number of the document, also one that the ledger should have forgotten."""
    entries = {entry.figure: entry for entry in audit.ledger}
    figures = []
    for figure in audit.report.figures:
        entry = entries.get(figure.id) or Entry(figure.id, None, None, "unchecked", "未进入台账", ())
        read = _read(audit.report, figure, entry.role, entry.scope)
        figures.append({**read, "status": entry.status, "reason": entry.reason, "checks": list(entry.checks)})
    return figures


def _checks(audit: Audit) -> list[dict[str, Any]]:
    return [
        {
            "id": c.id, "rule": c.rule, "title": c.title, "formula": c.formula, "figures": list(c.figures), "stated": c.stated,
            "recomputed": c.recomputed, "difference": c.difference, "interval": list(c.interval) if c.interval else None,
            "reading": c.reading, "verdict": c.verdict, "reason": c.reason,
        }
        for c in audit.checks
    ]  # fmt: skip


def _findings(audit: Audit) -> list[dict[str, Any]]:
    return [
        {
            "id": f.id, "rule": f.rule, "severity": f.severity, "title": f.title, "message": f.message, "stated": f.stated,
            "recomputed": f.recomputed, "difference": f.difference, "formula": f.formula, "readings_tried": list(f.readings_tried),
            "figures": list(f.figures), "page": f.page, "bbox": [round(v, 2) for v in f.bbox], "section": f.section, "quote": f.quote,
            "causes": [{"kind": c.kind, "figure": c.figure, "suggested": c.suggested, "explanation": c.explanation} for c in f.causes],
            "impact": f.impact, "basis": f.basis, "also_at": list(f.also_at),
        }
        for f in audit.findings
    ]  # fmt: skip


def typed(report: Report) -> dict[str, Any]:
    """The typed report: facts by subject, indicators, grade."""
    lines: dict[Subject, dict[str, list[dict[str, Any]]]] = {}
    for fact in report.facts:
        lines.setdefault(fact.subject, {}).setdefault(fact.field, []).append(_value(fact.figure, fact.sign))
    parts: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ("budget", "staffing", "evaluation")}
    other: list[dict[str, Any]] = []
    for (kind, scope, year), fields in lines.items():
        if kind in parts:
            parts[kind].append({"scope": scope, "year": year, "fields": fields})
        elif kind != "indicator":
            other.append({"kind": kind, "scope": scope, "year": year, "fields": fields})
    return {
        **parts, "other": other, "indicators": [_indicator(indicator) for indicator in report.indicators],
        "grade": report.grade.word if report.grade else None, "declared": report.scheme,
        "relations": [
            {"formula": r.formula, "stated": r.stated.id, "operands": [operand.id for operand in r.operands], "quote": r.quote}
            for r in report.relations
        ],
        "sections": [{"title": s.title, "level": s.level} for s in report.sections], "notes": report.notes,
    }  # fmt: skip


def _indicator(i: Indicator) -> dict[str, Any]:
    figures = {name: getattr(i, name) for name in ("target", "target_revised", "midyear", "actual", "completion_rate", "weight", "score")}
    values = {name: _value(figure) if figure else None for name, figure in figures.items()}
    return {"key": i.key, "name": i.name, "level1": i.level1, "level2": i.level2, "reason": i.reason, "measure": i.measure, **values}


def _value(figure: Figure, sign: int = 1) -> dict[str, Any]:
    value = _text(figure.number)
    if value is not None and sign < 0:
        value = value.removeprefix("-") if value.startswith("-") else f"-{value}"
    return {"figure": figure.id, "text": figure.text, "value": value, "unit": figure.unit, "comparator": figure.comparator}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _box(figure: Figure) -> list[float]:
    return [round(v, 2) for v in figure.place.box] if figure.place and figure.place.box else []
