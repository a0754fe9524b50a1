"""What an executor runs, in a thread of this machine or on a worker of a cluster: a batch of files, each within its limits."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from perfeval.pile.find import Found
from perfeval.pile.keeper import Answer, Keeper
from perfeval.pile.terms import Terms

_mine = threading.local()
_all: set[Keeper] = set()
_lock = threading.Lock()


def audit_batch(batch: Sequence[Found], terms: Terms) -> list[Answer]:
    """An answer for every file, in order. Every thread has a process of its own, which lives as long as the thread is used."""
    keeper = _keeper()
    return [keeper.audit(found, terms) for found in batch]


def end_all() -> None:
    """Ends all processes of this machine."""
    with _lock:
        for keeper in _all:
            keeper.end()
        _all.clear()


def _keeper() -> Keeper:
    keeper: Keeper | None = getattr(_mine, "keeper", None)
    if keeper is None:
        keeper = _mine.keeper = Keeper()
        with _lock:
            _all.add(keeper)
    return keeper
