"""The contract's JSON, the same bytes for the same input."""

from __future__ import annotations

from typing import TextIO

from verifier.audit import Audit


def write(audits: list[Audit], out: TextIO) -> None:
    """Prints one JSON object and a line feed.

    A lone surrogate (from a file name that is no UTF-8) is left for the stream's ``backslashreplace``, whose ``\\udcff``
    is good JSON.
    """
    from perfeval.contract import to_output

    output = to_output(audits, audits[0].scheme if audits else "")
    try:
        text = output.model_dump_json(by_alias=True, indent=1)
    except ValueError:
        import json

        text = json.dumps(output.model_dump(by_alias=True), ensure_ascii=False, indent=1)
    out.write(text + "\n")
