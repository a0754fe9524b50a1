"""The machine-readable contract: pydantic models of the JSON that ``perfeval verify --format json`` prints.

The values themselves are made by ``perfeval.output``; the tests hold what it makes for every fixture against these models.
Names are stable: a field may be added, none renamed or removed without a new ``schema`` value. Decimals are strings.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from perfeval._version import __version__

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
    where: str
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
    power: str | None = Field(description="能发现的最小差错：报告数至少错这么多，本项核对才会看出来")
    reading: str
    verdict: Literal["consistent", "rounding", "doubtful", "inconsistent", "unchecked"]
    reason: str | None


class CauseOut(_Model):
    """A possible explanation."""

    kind: str
    figure: str | None
    suggested: str | None
    explanation: str


class WaiverOut(_Model):
    """Who waived a finding and why, or that the baseline knows it."""

    kind: Literal["waiver", "baseline"]
    reason: str
    approver: str
    expires: str


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
    where: str
    bbox: list[float]
    section: str
    quote: str
    causes: list[CauseOut]
    impact: dict[str, str]
    basis: str
    also_at: list[str]
    waiver: WaiverOut | None
    remarks: list[str]


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


class EvaluationOut(_Model):
    """One self-evaluation that stands in tables, a project's or the department's."""

    name: str
    budget: list[Line]
    staffing: list[Line]
    evaluation: list[Line]
    other: list[OtherLine]
    indicators: list[IndicatorOut]


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
    evaluations: list[EvaluationOut]
    sections: list[SectionOut]
    notes: list[str]


class DocumentSummary(_Model):
    """Counts of one document; findings that are waived count as ``waived`` only."""

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
    waived: int


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
    waived: int


class Output(_Model):
    """The whole output."""

    schema_: Literal["perfeval/1"] = Field(default="perfeval/1", alias="schema")
    generator: Generator
    documents: list[DocumentOut]
    summary: Summary


def schema() -> dict[str, Any]:
    """The JSON Schema of ``Output``."""
    return Output.model_json_schema(by_alias=True)
