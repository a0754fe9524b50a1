"""What only the pile as a whole shows, put together when its last file is in: findings across reports, and who handed in what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from perfeval import across
from perfeval._version import __version__
from perfeval.books.roster import Roster
from perfeval.pile.handed_in import remarks
from perfeval.store import Store
from perfeval.store.records import AcrossReports
from perfeval.store.writer import Pile


def season(store: Store, run: int, roster: Roster | None) -> Pile:
    """The pile of a run whose files are with their units; findings of an earlier run over the same reports are taken over."""
    parents = {unit.name: unit.department for unit in roster.units if unit.department} if roster else {}
    basis = _basis(store.keys(run), parents)
    same = next((one for one in reversed(store.runs()) if one.basis == basis), None)
    findings = store.across(same.id) if same else [_record(one) for one in across.across(_submissions(store, run), across.Roster(parents))]
    return Pile(findings, list(remarks(store.cases(run), roster)), basis)


def _basis(keys: Iterable[tuple[str, str, str, str]], parents: dict[str, str]) -> str:
    """What the findings depend on, as a short name."""
    digest = sha256(repr((__version__, sorted(parents.items()))).encode("utf-8", "backslashreplace"))
    for key in keys:
        digest.update(repr(key).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def _submissions(store: Store, run: int) -> Iterator[across.Submission]:
    for filed, document, text in store.texts(run):
        yield across.Submission(filed.path, filed.unit, filed.department, filed.fiscal_year, text, document)


def _record(found: across.AcrossFinding) -> AcrossReports:
    quotes = tuple((quote.key, quote.words) for quote in found.quotes)
    return AcrossReports(found.id, found.rule, found.severity, found.title, found.message, found.keys, found.units, quotes)
