"""Audits and reports as the plain values of the contract (``perfeval.contract`` has their models).

No pydantic here: building and validating models costs more than a rule family, and what they would catch is a mistake of
ours, which the tests catch.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from perfeval._version import __version__
from verifier.audit import SEVERITIES, Entry

if TYPE_CHECKING:
    from decimal import Decimal

    from extractor.model.figure import Figure
    from extractor.model.report import Fact, Indicator, Report, Subject
    from verifier.audit import Audit, Finding

SCHEMA = "perfeval/1"


def as_json(value: Any, indent: int | None = 1) -> str:
    """Plain values as JSON, indented for people.

    A lone surrogate (from a file name that is no UTF-8) is left for the stream's ``backslashreplace``, whose ``\\udcff``
    is good JSON.
    """
    from pydantic_core import to_json

    try:
        return to_json(value, indent=indent).decode()
    except ValueError:
        return json.dumps(value, ensure_ascii=False, indent=indent)


def to_output(audits: list[Audit], scheme: str) -> dict[str, Any]:
    """All audits in the contract's form (``Output``)."""
    summary = {
        "documents": len(audits), "unreadable": sum(audit.report.status == "unreadable" for audit in audits),
        **{_plural(name): sum(audit.count(name) for audit in audits) for name in SEVERITIES},
        "waived": sum(audit.waived for audit in audits),
    }  # fmt: skip
    generator = {"name": "perfeval", "version": __version__, "scheme": scheme}
    return {"schema": SCHEMA, "generator": generator, "documents": [document(audit) for audit in audits], "summary": summary}


def _plural(severity: str) -> str:
    return severity if severity == "info" else f"{severity}s"


def document(audit: Audit) -> dict[str, Any]:
    """One audit as a document of the contract (``DocumentOut``), in plain values."""
    counts = {_plural(name): audit.count(name) for name in SEVERITIES}
    return {
        **_file(audit.report), "figures": _figures(audit), "checks": _checks(audit), "findings": _findings(audit),
        "summary": {**audit.coverage, **counts, "waived": audit.waived},
    }  # fmt: skip


def extracted(report: Report) -> dict[str, Any]:
    """One report as it was read (``Extracted``)."""
    known: dict[str, tuple[str, str]] = {}
    for fact in report.facts:
        known.setdefault(fact.figure.id, (fact.field, f"{fact.subject.name}/{fact.subject.year or ''}"))
    figures = [_read(report, figure, *known.get(figure.id, (None, None))) for figure in report.figures]
    return {**_file(report), "figures": figures}


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
        "role": role, "scope": scope, "page": figure.place.page if figure.place else None, "where": figure.place.words if figure.place else "", "bbox": _box(figure),
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
            "power": c.power, "reading": c.reading, "verdict": c.verdict, "reason": c.reason,
        }
        for c in audit.checks
    ]  # fmt: skip


def _findings(audit: Audit) -> list[dict[str, Any]]:
    return [
        {
            "id": f.id, "rule": f.rule, "severity": f.severity, "title": f.title, "message": f.message, "stated": f.stated,
            "recomputed": f.recomputed, "difference": f.difference, "formula": f.formula, "readings_tried": list(f.readings_tried),
            "figures": list(f.figures), "page": f.page, "where": f.where, "bbox": [round(v, 2) for v in f.bbox], "section": f.section, "quote": f.quote,
            "causes": [{"kind": c.kind, "figure": c.figure, "suggested": c.suggested, "explanation": c.explanation} for c in f.causes],
            "impact": f.impact, "basis": f.basis, "also_at": list(f.also_at),
            "waiver": _waiver(f), "remarks": list(f.remarks),
        }
        for f in audit.findings
    ]  # fmt: skip


def _waiver(finding: Finding) -> dict[str, str] | None:
    waiver = finding.waiver
    return {"kind": waiver.kind, "reason": waiver.reason, "approver": waiver.approver, "expires": waiver.expires} if waiver else None


def typed(report: Report) -> dict[str, Any]:
    """The typed report: facts by subject, indicators, grade."""
    return {
        **_lines(report.facts), "indicators": [_indicator(indicator) for indicator in report.indicators],
        "grade": report.grade.word if report.grade else None, "declared": report.scheme,
        "relations": [
            {"formula": r.formula, "stated": r.stated.id, "operands": [operand.id for operand in r.operands], "quote": r.quote}
            for r in report.relations
        ],
        "evaluations": [
            {"name": one.name, **_lines(one.facts), "indicators": [_indicator(indicator) for indicator in one.indicators]}
            for one in report.evaluations
        ],
        "sections": [{"title": s.title, "level": s.level} for s in report.sections], "notes": report.notes,
    }  # fmt: skip


def _lines(facts: list[Fact]) -> dict[str, list[dict[str, Any]]]:
    """Facts by subject: the budget, the staff, the evaluation, and all others but the indicators."""
    lines: dict[Subject, dict[str, list[dict[str, Any]]]] = {}
    for fact in facts:
        lines.setdefault(fact.subject, {}).setdefault(fact.field, []).append(_value(fact.figure, fact.sign))
    parts: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ("budget", "staffing", "evaluation", "other")}
    for (kind, scope, year), fields in lines.items():
        if kind in parts and kind != "other":
            parts[kind].append({"scope": scope, "year": year, "fields": fields})
        elif kind != "indicator":
            parts["other"].append({"kind": kind, "scope": scope, "year": year, "fields": fields})
    return parts


def _indicator(i: Indicator) -> dict[str, Any]:
    figures = {name: getattr(i, name) for name in ("target", "target_revised", "midyear", "actual", "completion_rate", "weight", "score")}
    values = {name: _value(figure) if figure else None for name, figure in figures.items()}
    return {"key": i.key, "name": i.name, "level1": i.level1, "level2": i.level2, **values, "reason": i.reason, "measure": i.measure}


def _value(figure: Figure, sign: int = 1) -> dict[str, Any]:
    value = _text(figure.number)
    if value is not None and sign < 0:
        value = value.removeprefix("-") if value.startswith("-") else f"-{value}"
    return {"figure": figure.id, "text": figure.text, "value": value, "unit": figure.unit, "comparator": figure.comparator}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _box(figure: Figure) -> list[float]:
    return [round(v, 2) for v in figure.place.box] if figure.place and figure.place.box else []
