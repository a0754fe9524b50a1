"""The contract's JSON, the same bytes for the same input."""

from __future__ import annotations

import json
from typing import TextIO

from verifier.audit import Audit


def write(audits: list[Audit], out: TextIO) -> None:
    """Prints one JSON object and a line feed."""
    from perfeval.contract import to_output

    scheme = audits[0].scheme if audits else ""
    data = to_output(audits, scheme).model_dump(mode="json", by_alias=True)
    json.dump(data, out, ensure_ascii=False, indent=1)
    out.write("\n")
