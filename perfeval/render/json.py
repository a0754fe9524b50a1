"""The contract's JSON, the same bytes for the same input."""

from __future__ import annotations

from typing import TextIO

from perfeval.output import as_json, to_output
from verifier.audit import Audit


def write(audits: list[Audit], out: TextIO) -> None:
    """Prints one JSON object and a line feed."""
    out.write(as_json(to_output(audits, audits[0].scheme if audits else "")) + "\n")
