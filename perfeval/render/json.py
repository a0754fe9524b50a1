"""The contract's JSON, the same bytes for the same input."""

from __future__ import annotations

from typing import TextIO

from verifier.audit import Audit


def write(audits: list[Audit], out: TextIO) -> None:
    """Prints one JSON object and a line feed."""
    from perfeval.contract import to_output

    scheme = audits[0].scheme if audits else ""
    out.write(to_output(audits, scheme).model_dump_json(by_alias=True, indent=1) + "\n")
