"""The baseline: findings that were there when a bureau began. It only ever shrinks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from perfeval.settings.model import BaselineEntry, SettingsError

SCHEMA = "perfeval-baseline/1"


def read_baseline(path: Path) -> tuple[BaselineEntry, ...]:
    """The entries of a baseline; a file that does not exist yet has none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["schema"] != SCHEMA:
            raise KeyError("schema")
        entries = tuple(BaselineEntry(str(e["id"]), str(e["unit"]), e["year"], str(e["rule"])) for e in found["findings"])
        most = int(found["most"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError):
        raise SettingsError(f"基线文件 {path} 读不出来：请用 perfeval baseline 重新生成，不要手工修改。") from None
    if len(entries) > most:
        raise SettingsError(f"基线文件 {path} 有{len(entries)}条，上次写入时只有{most}条：基线只能减少，不能增加。")
    return entries


def shrunk(known: Iterable[BaselineEntry], documents: Iterable[dict[str, Any]]) -> tuple[list[BaselineEntry], list[BaselineEntry]]:
    """What is left of a baseline after ``documents`` were verified, and what is gone from it.

    An entry goes when its unit's report of that year was verified and no longer has the finding; nothing is ever added.
    """
    there: set[tuple[str, int | None]] = set()
    found: set[str] = set()
    for document in documents:
        if document["status"] == "ok":
            there.add((document["unit_name"] or "", document["fiscal_year"]))
            found |= {finding["id"] for finding in document["findings"]}
    left: list[BaselineEntry] = []
    gone: list[BaselineEntry] = []
    for entry in known:
        (gone if (entry.unit, entry.year) in there and entry.id not in found else left).append(entry)
    return left, gone


def first(documents: Iterable[dict[str, Any]]) -> list[BaselineEntry]:
    """A new baseline: every finding that is there now and that nobody waived."""
    return [
        BaselineEntry(finding["id"], document["unit_name"] or "", document["fiscal_year"], finding["rule"])
        for document in documents for finding in document["findings"] if finding["waiver"] is None
    ]  # fmt: skip


def text(entries: Iterable[BaselineEntry]) -> str:
    """The file of a baseline, in an order that makes changes easy to read."""
    rows = [{"id": e.id, "unit": e.unit, "year": e.year, "rule": e.rule} for e in sorted(entries, key=lambda e: (e.unit, e.year or 0, e.rule, e.id))]
    return json.dumps({"schema": SCHEMA, "most": len(rows), "findings": rows}, ensure_ascii=False, indent=1) + "\n"
