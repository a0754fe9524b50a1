"""How far a run has come, in one line on standard error; nothing where nobody watches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, TextIO

from perfeval.render.layout import columns, plain

EVERY = 0.2
"""Seconds between two lines."""
WIDTH = 78


class Progress:
    """Counts files; with a stream it shows the line. ``total`` is asked only then, since counting looks at every folder."""

    def __init__(self, stream: TextIO | None = None, total: Callable[[], int] = lambda: 0) -> None:
        self._stream = stream
        self._total = total() if stream else 0
        self._begun = self._shown = monotonic()
        self._worst = (0, "")
        self.verified = self.known = self.unreadable = self.errors = 0

    def kept(self, files: int) -> None:
        """So many files needed no audit."""
        self.known += files
        self._show()

    def done(self, document: Mapping[str, Any], files: int) -> None:
        """A document was verified, for so many files."""
        errors = document["summary"]["errors"]
        self.verified += files
        self.unreadable += files * (document["status"] != "ok")
        self.errors += files * errors
        self._worst = max(self._worst, (errors, document["path"]), key=lambda pair: pair[0])
        self._show()

    def step(self, words: str) -> None:
        """Says what goes on when all files are verified."""
        if self._stream:
            self._stream.write(f"\r{words}\x1b[K")
            self._stream.flush()

    def end(self) -> None:
        """Takes the line away."""
        if self._stream:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _show(self) -> None:
        if self._stream and monotonic() - self._shown >= EVERY:
            self._shown = monotonic()
            self._stream.write(f"\r{self._line()}\x1b[K")
            self._stream.flush()

    def _line(self) -> str:
        count, seconds = self.verified + self.known, max(monotonic() - self._begun, 0.001)
        left = (self._total - count) * seconds / max(count, 1)
        words = f"{count}/{self._total} {count / seconds:.1f}个/秒 剩余{_time(left)} 错误{self.errors} 无法读取{self.unreadable}"
        errors, path = self._worst
        return _cut(f"{words} 最多{errors}条：{plain(path.rpartition('/')[2])}" if errors else words)


def _time(seconds: float) -> str:
    minutes, seconds = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}时{minutes}分" if hours else f"{minutes}分{seconds}秒"


def _cut(line: str) -> str:
    """As much as one line of a terminal holds."""
    while columns(line) > WIDTH:
        line = line[:-1]
    return line
