"""What only the pile as a whole shows, put together when its last file is in: findings across reports, and who handed in what."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256

from perfeval import across
from perfeval._version import __version__
from perfeval.books.roster import Roster
from perfeval.pile.handed_in import remarks
from perfeval.pipeline import RAISE
from perfeval.store import Store
from perfeval.store.errors import of_store
from perfeval.store.records import AcrossReports, Filed
from perfeval.store.writer import Pile


def season(store: Store, run: int, roster: Roster | None) -> Pile:
    """The pile of a run whose files are with their units; findings of an earlier run over the same reports are taken over."""
    parents = {unit.name: unit.department for unit in roster.units if unit.department} if roster else {}
    said = list(remarks(store.cases(run), roster))
    before = list(store.year_before(run))
    basis = _basis(store.keys(run), parents, before)
    if same := next((one for one in reversed(store.runs()) if one.basis == basis), None):
        return Pile(store.across(same.id), said, basis)
    try:
        found = across.across(_submissions(store, run), across.Roster(parents), before=_before(store, before))
    except Exception as error:
        if of_store(error) or os.environ.get(RAISE):
            raise
        return Pile([_broken(error)], said)
    return Pile([_record(one) for one in found], said, basis)


def _broken(error: Exception) -> AcrossReports:
    """A bug of ours costs the comparison of this run, never the run; the next one tries again."""
    message = f"比对各报告时程序出错（{type(error).__name__}），请把情况反馈给开发者；每份报告自身的核对不受影响。"
    return AcrossReports("ACR-00", "ACR-00", "info", "比对出错", message, (), (), ())


def _basis(keys: Iterable[tuple[str, str, str, str]], parents: dict[str, str], before: Iterable[Filed]) -> str:
    """What the findings depend on, as a short name."""
    earlier = sorted((filed.path, filed.unit, filed.sha256) for filed in before)
    digest = sha256(repr((__version__, sorted(parents.items()), earlier)).encode("utf-8", "backslashreplace"))
    for key in keys:
        digest.update(repr(key).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _submissions(store: Store, run: int) -> Iterator[across.Submission]:
    for filed, document, text in store.texts(run):
        yield across.Submission(filed.path, filed.unit, filed.department, filed.fiscal_year, text, document)


def _before(store: Store, before: Iterable[Filed]) -> Iterator[across.Submission]:
    """Reports of the year before; of them only the figures are asked."""
    for filed in before:
        yield across.Submission(filed.path, filed.unit, filed.department, filed.fiscal_year, "", store.document(filed.document_id, filed.path))


def _record(found: across.AcrossFinding) -> AcrossReports:
    quotes = tuple((quote.key, quote.words) for quote in found.quotes)
    return AcrossReports(found.id, found.rule, found.severity, found.title, found.message, found.keys, found.units, quotes)
