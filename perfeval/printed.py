"""What ``perfeval verify -f json`` printed, read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from perfeval.output import SCHEMA

Document = dict[str, Any]
"""A document of the contract (``DocumentOut``)."""
MOST_BYTES = 500_000_000


class SourceError(Exception):
    """``str(error)`` is one Chinese sentence."""


def of_json(path: Path) -> list[Document]:
    """The documents in an output of ``perfeval verify -f json``."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError(f"“{path}”太大，请分批处理。")
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SourceError(f"读不到“{path}”（{error.strerror}）。") from None
    except ValueError:
        raise SourceError(f"“{path}”不是完整的 JSON 文件，请用 perfeval verify -f json -o 重新生成。") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise SourceError(f"“{path}”不是 perfeval verify -f json 的输出（应有 \"schema\": \"{SCHEMA}\"）。")
    documents: list[Document] = found["documents"]
    for document in documents:
        for finding in document["findings"]:  # outputs of versions before waivers
            finding.setdefault("waiver", None)
            finding.setdefault("remarks", [])
    return documents
