"""Keeps one process that audits files, gives each file its time and its memory, and replaces the process when it must."""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import IO

import psutil

from perfeval.pile.find import Found
from perfeval.pile.limits import LIGHT, PATIENCE, RECYCLED_ABOVE, RECYCLED_AFTER, Limits
from perfeval.pile.terms import Terms

LOOK, CLOSE_LOOK = 0.05, 0.01
"""Seconds between two looks at the time and the memory of a process, and at one that has taken much of its memory."""
START = 120
"""Seconds in which a process must have imported everything, also on a slow disk with a virus scanner."""


IDLE = 0.05
"""A process that has used less of the processor than this share waits for something that does not come."""
HEAD = struct.Struct("<II")
"""How long the document and the text of an answer are."""
KILLED = 9
"""SIGKILL, by its number: Windows has no name for it."""
CROWDED = "crowded"
"""Not an answer for the file: it needs much memory, and another has it."""

_much = Lock()
"""Held by the one file of this process that may take more than ``LIGHT``: two that eat all memory never do so at once."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The document that the process made and the text of the report, both compressed; or ``timeout``, ``memory``, ``crashed``."""

    document: bytes = b""
    text: bytes = b""
    failure: str | None = None


class NotStarted(Exception):
    """No process could be started: nothing can be audited on this machine."""


class Ended(Exception):
    """The keeper was told to end; the file has no answer."""


class Keeper:
    """One process for one thread."""

    def __init__(self) -> None:
        self._process: _Process | None = None
        self._ended = False
        self._lock = Lock()

    def audit(self, found: Found, terms: Terms) -> Answer:
        """The answer for one file.

        A crash may be owed to the files before, and a process may be ended from outside (as Linux does when all memory is
        taken): such a file has a second try, in a process that has seen no other. So has one that found another file taking
        much memory; it waits for its turn.
        """
        with _Share() as share:
            answer = self._asked(found, terms, share)
            if answer.failure in ("crashed", "memory", CROWDED):
                if answer.failure != "crashed":
                    share.wait()
                answer = self._asked(found, terms, share)
        return answer

    def end(self) -> None:
        """Ends the process, also in the middle of a file."""
        with self._lock:
            self._ended = True
            if self._process:
                self._process.kill()

    def _asked(self, found: Found, terms: Terms, share: _Share) -> Answer:
        process = self._ready(terms.bureau)
        answer = process.ask(found, terms, share)
        if self._ended:
            raise Ended
        if answer.failure or process.worn():
            process.kill()
            self._process = None
        return answer

    def _ready(self, bureau: bytes) -> _Process:
        """The process that knows this bureau."""
        with self._lock:
            if self._ended:
                raise Ended
            if self._process and self._process.bureau != bureau:
                self._process.kill()
                self._process = None
            if self._process is None:
                self._process = _Process(bureau)
            return self._process


class _Share:
    """Whether a file may take more than ``LIGHT`` megabytes; given back at the end."""

    def __init__(self) -> None:
        self._has = False

    def __enter__(self) -> _Share:
        return self

    def __exit__(self, *_: object) -> None:
        if self._has:
            _much.release()

    def wait(self) -> None:
        """Until no other file has it."""
        self._has = self._has or _much.acquire()

    def allows(self, megabytes: float) -> bool:
        """Takes it where it is needed and free."""
        self._has = self._has or (megabytes > LIGHT and _much.acquire(blocking=False))
        return self._has or megabytes <= LIGHT


class _Process:
    """A running ``perfeval.pile.child``."""

    def __init__(self, bureau: bytes) -> None:
        self.bureau = bureau
        try:
            self._popen = _child()
        except OSError as failure:
            raise NotStarted(failure.strerror or str(failure)) from failure
        self._answers: SimpleQueue[Answer | None] = SimpleQueue()
        self._files = 0
        self._started = False
        Thread(target=self._listen, daemon=True).start()

    def ask(self, found: Found, terms: Terms, share: _Share) -> Answer:
        """Hands over a file and watches until the answer, the end of the process, of the time or of the memory."""
        if not self._has_started():
            return Answer(failure="crashed")
        self._files += 1
        request = {"path": found.path, "file": found.file, "inside": found.inside, "scheme": terms.scheme, "seconds": terms.limits.seconds}
        self._send(json.dumps(request).encode() + b"\n")
        return self._watched(terms.limits, share)

    def _send(self, data: bytes) -> None:
        """A process that has gone is noticed where its answer is missing."""
        with contextlib.suppress(OSError):
            self._requests.write(data)
            self._requests.flush()

    def worn(self) -> bool:
        """Whether a fresh process should audit the next file."""
        return self._files >= RECYCLED_AFTER or self._megabytes() > RECYCLED_ABOVE

    def kill(self) -> None:
        """Ends it and all that it has started (LibreOffice)."""
        with contextlib.suppress(psutil.Error):
            for process in psutil.Process(self._popen.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    process.kill()
        self._popen.kill()
        self._popen.wait()
        with contextlib.suppress(OSError):
            self._requests.close()

    def _has_started(self) -> bool:
        """Whether it answers; not so where it was ended from outside (by a system that is short of memory) before it could."""
        if self._started:
            return True
        try:
            self._started = self._answers.get(timeout=START) is not None
        except Empty:
            self.kill()
            raise NotStarted(f"{START} 秒内没有响应") from None
        if not self._started and (code := self._popen.wait()) >= 0:
            raise NotStarted(f"退出码 {code}")
        self._send(struct.pack("<I", len(self.bureau)) + self.bureau)
        return self._started

    def _watched(self, limits: Limits, share: _Share) -> Answer:
        begun, worked, taken = monotonic(), self._seconds(), 0.0
        while True:
            try:
                answer = self._answers.get(timeout=CLOSE_LOOK if taken > LIGHT / 2 else LOOK)
            except Empty:
                taken = self._megabytes()
                if taken > limits.megabytes:
                    return Answer(failure="memory")
                if not share.allows(taken):
                    return Answer(failure=CROWDED)
                if _overdue(monotonic() - begun, self._seconds() - worked, limits.seconds):
                    return Answer(failure="timeout")
                continue
            if answer is not None:
                return answer
            # Nobody but a system without memory kills it so.
            return Answer(failure="memory" if self._popen.wait() == -KILLED else "crashed")

    def _seconds(self) -> float:
        """The processor time that it has used."""
        try:
            used = psutil.Process(self._popen.pid).cpu_times()
        except psutil.Error:
            return 0
        return float(used.user + used.system)

    def _megabytes(self) -> float:
        try:
            return float(psutil.Process(self._popen.pid).memory_info().rss) / 1024 / 1024
        except psutil.Error:
            return 0

    def _listen(self) -> None:
        """Puts every answer into the queue, and ``None`` for the end."""
        assert self._popen.stdout is not None
        with self._popen.stdout as stream:
            while len(head := stream.read(HEAD.size)) == HEAD.size:
                document, text = HEAD.unpack(head)
                if len(answer := stream.read(document + text)) < document + text:
                    break
                self._answers.put(Answer(answer[:document], answer[document:]))
        self._answers.put(None)

    @property
    def _requests(self) -> IO[bytes]:
        assert self._popen.stdin is not None
        return self._popen.stdin


def _overdue(clock: float, worked: float, limit: float) -> bool:
    """Whether a file has had its time.

    Processor time counts, so that a busy machine makes no honest file late; the clock counts for a process that only waits.
    """
    return worked > limit or (clock > limit and worked < clock * IDLE) or clock > limit * PATIENCE


def _child() -> subprocess.Popen[bytes]:
    """Starts the module from where this one was imported, whatever lies in the current folder."""
    home = os.fspath(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "perfeval.pile.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=None if os.environ.get("PERFEVAL_DEBUG") else subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl-C is for the run, which then ends its processes
    )  # fmt: skip
