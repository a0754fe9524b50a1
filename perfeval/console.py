"""Standard streams that print Chinese anywhere: consoles in GBK, redirected output, readers that have gone away."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from collections.abc import Callable
from typing import Any

SAMPLE = "核对：“一致”…—"
LOOKALIKES = {"−": "-", "–": "-", "•": "·", "²": "2", "③": "(3)"}
"""Signs that GBK lacks, with what a person would type instead."""


def _replaced(error: UnicodeError) -> tuple[str | bytes, int]:
    """An error handler: a lookalike where there is one, the code of the sign where there is none."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    words = "".join(LOOKALIKES.get(sign, ascii(sign)[1:-1]) for sign in error.object[error.start : error.end])
    return words, error.end


codecs.register_error("perfeval", _replaced)


def for_people(stream: Any) -> None:
    """Keeps the encoding of a console that knows Chinese, else takes UTF-8; no sign ever ends the run."""
    if not isinstance(stream, io.TextIOWrapper):
        return
    try:
        SAMPLE.encode(stream.encoding)
        stream.reconfigure(errors="perfeval")
    except (UnicodeEncodeError, LookupError):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def for_programs(stream: Any) -> None:
    """UTF-8 and bare line feeds, whatever the console's encoding is: JSON and CSV are the same bytes everywhere."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def printed(write: Callable[[Any], None], stream: Any) -> None:
    """Writes and flushes; where the reader has gone (``| head``) the rest is dropped in silence."""
    try:
        write(stream)
        stream.flush()
    except OSError as error:
        # Windows says EINVAL for a pipe whose reader has gone.
        if error.errno != errno.EPIPE and not (os.name == "nt" and error.errno == errno.EINVAL):
            raise
        _silence(stream)


def _silence(stream: Any) -> None:
    """Points the stream at nothing, so that the interpreter's last flush does not complain either."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    except (OSError, ValueError):
        sys.stdout = io.StringIO()
