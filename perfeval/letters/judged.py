"""Every file of a run with what the documents say of it: read from the store once, gone over many times."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

from perfeval.letters.findings import findings_of
from perfeval.letters.scores import Score, score_of
from perfeval.store import Store
from perfeval.store.records import Filed
from verifier.audit import Finding

IN_MEMORY = 16 * 1024 * 1024
"""So many bytes stay in memory, what is more goes into a temporary file: some 5 KB a file of the pile."""


class Judged(NamedTuple):
    """A file, its findings (the most severe first) and its score."""

    filed: Filed
    findings: list[Finding]
    score: Score


class AllJudged:
    """The files of a run by department, unit and path.

    A contract is some 100 KB of JSON, of which the documents need a twentieth: taking it apart for each of them took longer than
    writing them.
    """

    def __init__(self, store: Store, run: int) -> None:
        self._kept: Any = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - lives as long as this object
        self._count = 0
        for filed, document in store.documents(run):
            findings = findings_of(document)
            pickle.dump(Judged(filed, findings, score_of(document, findings)), self._kept, pickle.HIGHEST_PROTOCOL)
            self._count += 1

    def __iter__(self) -> Iterator[Judged]:
        place = 0
        for _ in range(self._count):
            self._kept.seek(place)
            one: Judged = pickle.load(self._kept)
            place = self._kept.tell()
            yield one

    def close(self) -> None:
        """Gives the temporary file back."""
        self._kept.close()
