"""A file in, an audit out: reading, verification, and the second engine's word on every page that carries an error."""

from __future__ import annotations

import gc
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from extractor.model.report import Report, Unreadable
from extractor.read import read_bytes, read_report
from extractor.readers.kind import kind_of
from extractor.readers.members import members
from extractor.text import SIGNS
from verifier.schemes import scheme as scheme_of
from verifier.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extractor.model.books import BookLine
    from extractor.model.figure import Figure
    from perfeval.bureau import Bureau
    from verifier.audit import Audit

    Source = str | os.PathLike[str] | bytes
    """A path, or what is in the file."""

RAISE = "PERFEVAL_DEBUG"
"""Developers set this in the environment to see where a bug of ours raised."""
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
BEFORE, AFTER = r"(?<!\d)(?<!\d[.,])", r"(?!\d|\.\d|,\d{3}(?!\d))"
"""A number of its own is no part of a longer one; a comma before it may be the Chinese one, read as a plain comma."""


def audit_file(path: str | os.PathLike[str], scheme: str | None = None, bureau: Bureau | None = None) -> Audit:
    """The audit of one file, with what the ``bureau`` knows and has decided.

    ``KeyError`` for a scheme that is unknown; nothing else is raised for what is in the file.
    """
    return _guarded(lambda: _audit(read_report(path), path, scheme, bureau), os.fsdecode(path), scheme)


def audit_bytes(data: bytes, name: str, scheme: str | None = None, bureau: Bureau | None = None) -> Audit:
    """The audit of one file that is in memory; ``name`` is what it will be called."""
    return _guarded(lambda: _audit(read_bytes(data, name), data, scheme, bureau), name, scheme)


def _guarded(audited: Callable[[], Audit], name: str, scheme: str | None) -> Audit:
    scheme_of(scheme)
    try:
        with _without_collection():
            return audited()
    except Exception as error:
        if os.environ.get(RAISE):
            raise
        return verify(_broken(name, error), scheme)


@contextmanager
def _without_collection() -> Iterator[None]:
    """No garbage collection while one file is worked on: all that is made lives until its list is told, so that there is nothing to collect."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _broken(name: str, error: Exception) -> Report:
    """A bug of ours costs one report of a pile, and says so."""
    sentence = f"核对时程序出错（{type(error).__name__}），请把文件反馈给开发者；其他文件不受影响。"
    return Report(name, "", "unknown", 0, "unreadable", Unreadable("internal_error", sentence))


def _audit(report: Report, source: Source, scheme: str | None, bureau: Bureau | None) -> Audit:
    """Verified once, and again without an error on any figure that the second engine does not confirm."""
    books: tuple[BookLine, ...] = ()
    if bureau is not None:
        scheme, books = scheme or bureau.scheme_of(report), bureau.books_of(report)
    audit = verify(report, scheme, books=books)
    asked: set[str] = set()
    unconfirmed: frozenset[str] = frozenset()
    # A second verification may bring an error on figures that nobody asked about yet; there are finitely many.
    while report.format in ("pdf", "bundle") and (new := _accused(audit) - asked):
        asked |= new
        if lost := _not_confirmed(audit, new, source):
            unconfirmed |= lost
            audit = verify(report, scheme, unconfirmed, books)
    if bureau is not None:
        bureau.settle(audit)
    return audit


def _accused(audit: Audit) -> set[str]:
    return {key for finding in audit.findings if finding.severity == "error" for key in finding.figures}


def _not_confirmed(audit: Audit, keys: Iterable[str], source: Source) -> frozenset[str]:
    """Those of the figures whose digits the second engine does not find on their page."""
    from extractor.readers.second import texts_by_pdfplumber

    figures = {figure.id: figure for figure in audit.report.figures}
    by_file: dict[str, dict[str, Figure]] = {}
    for key in keys:
        if (place := figures[key].place) and place.page:
            by_file.setdefault(place.file, {})[key] = figures[key]
    sources = _sources(source, by_file)
    lost: set[str] = set()
    for name, wanted in by_file.items():
        if (pdf := sources.get(name)) is None:
            continue
        # A figure that a page break cuts in two ends on the next page.
        pages = {place.page + more for figure in wanted.values() if (place := figure.place) and place.page for more in (0, 1)}
        found = texts_by_pdfplumber(pdf, sorted(pages))
        texts = {page: text.translate(SIGNS).replace("\0", "") for page, text in found.items()}
        lost |= {key for key, figure in wanted.items() if not _stands_in(figure, texts)}
    return frozenset(lost)


def _sources(source: Source, names: Iterable[str]) -> dict[str, str | bytes]:
    """What pdfplumber shall open for each file: the file itself, or the PDF files among those handed in together."""
    if isinstance(source, bytes):
        return {"": source}
    if set(names) <= {""}:
        return {"": os.fsdecode(source)}
    return {name: data for name, data in members(source) if name in set(names) and kind_of(data) == "pdf"}


def _stands_in(figure: Figure, texts: dict[int, str]) -> bool:
    """Whether every number of the figure stands on its page as a number of its own, or across the break after it."""
    if figure.place is None or figure.place.page is None:
        return True
    page, following = (texts.get(figure.place.page + more, "") for more in (0, 1))
    numbers = NUMBER.findall(figure.text) or [figure.text]
    return all(_printed(number, page) or _cut_in_two(number, page, following) for number in numbers)


def _printed(number: str, text: str) -> bool:
    """97.90 is printed in 执行率为97. 90% (an engine may put gaps between signs), not in 197.90 or 97.901."""
    signs = r"\s*".join(re.escape(sign) for sign in number if not sign.isspace())
    return bool(re.search(rf"{BEFORE}{signs}{AFTER}", text))


def _cut_in_two(number: str, page: str, following: str) -> bool:
    """The beginning of the number ends a line near the foot of the page, its end begins one near the head of the next."""
    foot, head = page.split("\n")[-3:], following.split("\n")[:3]
    return any(
        any(re.search(rf"{BEFORE}{re.escape(number[:at])}\s*$", line) for line in foot)
        and any(re.match(rf"\s*{re.escape(number[at:])}{AFTER}", line) for line in head)
        for at in range(1, len(number))
    )
