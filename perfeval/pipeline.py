"""A file in, an audit out: reading, verification, and the second engine's word on every page that carries an error."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from extractor.read import read_report
from verifier.verify import verify

if TYPE_CHECKING:
    from extractor.model.figure import Figure
    from verifier.audit import Audit


def audit_file(path: str | os.PathLike[str], scheme: str | None = None) -> Audit:
    """The audit of one file. ``KeyError`` for a scheme that is unknown; nothing else is raised for what is in the file."""
    report = read_report(path)
    audit = verify(report, scheme)
    if report.format == "pdf" and audit.count("error"):
        unconfirmed = unconfirmed_figures(audit, path)
        if unconfirmed:
            audit = verify(report, scheme, unconfirmed)
    return audit


def unconfirmed_figures(audit: Audit, path: str | os.PathLike[str]) -> frozenset[str]:
    """Figures of errors whose digits the second engine does not find on the same page."""
    from extractor.readers.second import texts_by_pdfplumber

    figures = {figure.id: figure for figure in audit.report.figures}
    suspects = {key for finding in audit.findings if finding.severity == "error" for key in finding.figures}
    pages = sorted({place.page for key in suspects if (place := figures[key].place)})
    texts = {page: re.sub(r"\s", "", text) for page, text in texts_by_pdfplumber(str(path), pages).items()}
    return frozenset(key for key in suspects if not _stands_in(figures[key], texts))


def _stands_in(figure: Figure, texts: dict[int, str]) -> bool:
    """Whether the digits stand on the page as a number of their own; a figure may run on to the next page."""
    if figure.place is None:
        return True
    digits = re.sub(r"[^\d.]", "", figure.text.replace(",", ""))
    page = texts.get(figure.place.page, "").replace(",", "")
    return not digits or bool(re.search(rf"(?<![\d.]){re.escape(digits)}(?!\d)", page)) or _at_edge(page, digits)


def _at_edge(page: str, digits: str) -> bool:
    """A number that a page break cuts in two: its beginning ends the page."""
    tail = re.sub(r"[^\d.]", "", page[-12:])
    return any(tail.endswith(digits[:cut]) for cut in range(1, len(digits)))
