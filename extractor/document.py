"""A file as its reader hands it on: pages of text that know where their characters stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extractor.model.place import Box
from extractor.model.report import Unreadable

PAGE_BREAK = "\f"
"""Stands between the pages where a document is looked at as one string; no page holds it."""


def _nothing_to_close() -> None:
    """A document that is held in memory has nothing to let go of."""


@dataclass(slots=True)
class Page:
    """One page: its text in reading order, lines ended by a line feed, nothing normalised yet."""

    number: int
    text: str
    box_of: Callable[[int, int], Box | None] | None = None
    """The box of the characters ``start``…``end`` of ``text``; ``None`` where the file knows no boxes."""


@dataclass(slots=True)
class Document:
    """What was read from a file. An unreadable file is a document too, with its ``error``."""

    path: str
    sha256: str
    format: str
    pages: list[Page] = field(default_factory=list)
    error: Unreadable | None = None
    notes: list[str] = field(default_factory=list)
    close: Callable[[], None] = _nothing_to_close
    """Lets go of the file; boxes can be asked for until then."""

    @property
    def raw(self) -> str:
        """All pages as one string, as they were read; ``extractor.text`` counts its origins in it."""
        return PAGE_BREAK.join(page.text for page in self.pages)
