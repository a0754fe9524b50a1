"""The process that audits one file after another: ``python -m perfeval.pile.child``, spoken to through its standard streams.

A request is a line of JSON, an answer four bytes of length and so many bytes: the contract's document, compressed. It is
data, never pickled objects: what a hostile file may do to this process goes no further. A library that hangs, crashes
or takes all memory ends this process, and ``perfeval.pile.keeper`` starts another.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import struct
import sys
from typing import IO, Any

from extractor.readers.errors import Refused
from perfeval import pipeline
from perfeval.output import as_json, document
from perfeval.pile import errors
from perfeval.pile.find import Found
from perfeval.pile.limits import PATIENCE
from perfeval.store.packed import packed

READY = b""
"""The first answer: everything is imported."""
GRACE = 10
"""So many seconds after its time a process ends itself, in case that nobody is left to end it."""


def main() -> None:
    """Answers until the requests end. Whatever a library prints goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    _send(answers, READY)
    with open(os.devnull, "w", encoding="utf-8") as silence:
        for line in sys.stdin.buffer:
            request = json.loads(line)
            faulthandler.dump_traceback_later(request["seconds"] * PATIENCE + GRACE, exit=True, file=silence)
            _send(answers, packed(_answer(request)))
            faulthandler.cancel_dump_traceback_later()


def _send(answers: IO[bytes], answer: bytes) -> None:
    answers.write(struct.pack("<I", len(answer)) + answer)
    answers.flush()


def _answer(request: dict[str, Any]) -> bytes:
    found = Found(request["path"], request["file"], tuple(request["inside"]))
    try:
        data = found.contents()
    except Refused as refusal:
        return _json(errors.document(found.path, "", refusal.error))
    return _json(document(pipeline.audit_bytes(data, found.path, request["scheme"])))


def _json(document: dict[str, Any]) -> bytes:
    return as_json(document, indent=None).encode("utf-8", "backslashreplace")


if __name__ == "__main__":
    main()
