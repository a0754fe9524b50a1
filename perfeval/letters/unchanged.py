"""Documents that lie there already and would come out the same: a run over an unchanged pile leaves them alone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from perfeval.letters.wishes import Wishes
from perfeval.store import Store
from perfeval.store.records import Run

NAME = "perfeval"
"""The property of the workbook, which is written last, that tells what all documents were made of."""
PROPERTIES = "docProps/custom.xml"


def basis(store: Store, run: Run, wishes: Wishes, day: str) -> str:
    """What the documents of a run are made of, as a short name."""
    return _digest(_made_of(store, run, wishes, day))


def _made_of(store: Store, run: Run, wishes: Wishes, day: str) -> Iterator[object]:
    yield run.version, run.scheme, run.root, wishes.term, wishes.common, day
    yield wishes.template.read_bytes() if wishes.template else b""
    yield from store.keys(run.id)
    yield from (replace(filed, run=0) for filed in store.files(run.id))
    yield from store.across(run.id)
    yield from store.roster(run.id)


def written(paths: Iterable[Path]) -> str:
    """What stands in these files, as a short name; a file that is not there stands for itself."""
    return _digest((path.name, path.read_bytes() if path.is_file() else None) for path in sorted(paths))


def _digest(parts: Iterable[object]) -> str:
    digest = sha256()
    for part in parts:
        digest.update(repr(part).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def remembered(workbook: Path) -> list[str]:
    """The words that were kept in a workbook; none where there is no such workbook."""
    try:
        with zipfile.ZipFile(workbook) as file:
            properties = file.read(PROPERTIES).decode()
    except (zipfile.BadZipFile, KeyError, OSError, UnicodeDecodeError):
        return []
    found = re.search(rf'name="{NAME}"[^>]*>\s*<vt:lpwstr>([^<]*)<', properties)
    return found[1].split() if found else []
