"""The process that audits one file after another: ``python -m perfeval.pile.child``, spoken to through its standard streams.

First comes what the bureau knows, once. A request is a line of JSON, an answer two lengths and so many bytes: the contract's
document and the text of the report, compressed. It is data, never pickled objects: what a hostile file may do to this process
goes no further. A library that hangs, crashes or takes all memory ends this process, and ``perfeval.pile.keeper`` starts another.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import struct
import sys
from dataclasses import replace
from typing import IO, Any

from extractor.readers.errors import Refused
from perfeval import pipeline
from perfeval.bureau import Bureau, unpacked
from perfeval.output import as_json, document
from perfeval.pile import errors
from perfeval.pile.find import Found
from perfeval.pile.limits import PATIENCE
from perfeval.store.packed import packed
from perfeval.store.records import department

READY = (b"", b"")
"""The first answer: everything is imported."""
GRACE = 10
"""So many seconds after its time a process ends itself, in case that nobody is left to end it."""


def main() -> None:
    """Answers until the requests end. Whatever a library prints goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    _send(answers, *READY)
    bureau = _bureau(sys.stdin.buffer)
    with open(os.devnull, "w", encoding="utf-8") as silence:
        for line in sys.stdin.buffer:
            request = json.loads(line)
            faulthandler.dump_traceback_later(request["seconds"] * PATIENCE + GRACE, exit=True, file=silence)
            _send(answers, *map(packed, _answer(request, bureau)))
            faulthandler.cancel_dump_traceback_later()


def _send(answers: IO[bytes], document: bytes, text: bytes) -> None:
    answers.write(struct.pack("<II", len(document), len(text)) + document + text)
    answers.flush()


def _bureau(requests: IO[bytes]) -> Bureau | None:
    """What the parent knows; nothing where it has neither books nor settings."""
    (length,) = struct.unpack("<I", requests.read(4).rjust(4, b"\0"))
    return unpacked(requests.read(length)) if length else None


def _answer(request: dict[str, Any], bureau: Bureau | None) -> tuple[bytes, bytes]:
    """The document of a file as JSON, and its text."""
    found = Found(request["path"], request["file"], tuple(request["inside"]))
    try:
        data = found.contents()
    except Refused as refusal:
        return _json(errors.document(found.path, "", refusal.error)), b""
    known = bureau and replace(bureau, folder=department(found.path))
    audit = pipeline.audit_bytes(data, found.path, request["scheme"], known)
    return _json(document(audit)), audit.report.text.encode("utf-8", "surrogatepass")


def _json(document: dict[str, Any]) -> bytes:
    return as_json(document, indent=None).encode("utf-8", "backslashreplace")


if __name__ == "__main__":
    main()
