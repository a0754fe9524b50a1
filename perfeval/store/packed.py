"""A document of the contract as the store keeps it: compact JSON, compressed to a tenth."""

from __future__ import annotations

import json
import zlib
from typing import Any

LEVEL = 6


def packed(document: bytes) -> bytes:
    """The JSON of a document, compressed: the same bytes for the same document."""
    return zlib.compress(document, LEVEL)


def unpacked_text(data: bytes) -> str:
    """The text of a report that was packed."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def unpacked(data: bytes) -> dict[str, Any]:
    """The document in it."""
    document: dict[str, Any] = json.loads(zlib.decompress(data))
    return document
