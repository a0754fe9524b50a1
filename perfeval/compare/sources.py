"""What is compared: reports, which are verified first, or the JSON that ``perfeval verify`` printed of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from perfeval.printed import Document, SourceError, of_json


def documents(paths: list[Path], verified: Callable[[list[Path]], list[Document]]) -> list[list[Document]]:
    """For each path the documents of a JSON output, or the one of a report; all reports are ``verified`` in one go.

    ``SourceError`` for what cannot be read.
    """
    reports = [path for path in paths if path.suffix.lower() != ".json"]
    audited = dict(zip(reports, verified(reports), strict=True)) if reports else {}
    return [_readable(of_json(path) if path not in audited else [audited[path]]) for path in paths]


def _readable(found: list[Document]) -> list[Document]:
    for document in found:
        if document["status"] != "ok" and len(found) == 1:
            raise SourceError(f"“{document['path']}”无法读取：{document['error']['message']}")
    return [document for document in found if document["status"] == "ok"]


def pairs(old: list[Document], new: list[Document]) -> tuple[list[tuple[Document, Document]], list[str]]:
    """Each corrected report with the one before it, and a sentence for every one that has no other side.

    One and one are a pair whatever they are called; of several, those of one unit, year and kind.
    """
    if len(old) == len(new) == 1:
        return [(old[0], new[0])], []
    left = list(new)
    found, alone = [], []
    for document in old:
        other = next((one for one in left if _identity(one) == _identity(document)), None)
        if other is None:
            alone.append(f"“{document['path']}”没有对应的修改稿。")
        else:
            left.remove(other)
            found.append((document, other))
    return found, [*alone, *(f"“{document['path']}”没有对应的原报告。" for document in left)]


def _identity(document: Document) -> tuple[Any, ...]:
    return document["unit_name"] or document["path"], document["fiscal_year"], document["kind"]
