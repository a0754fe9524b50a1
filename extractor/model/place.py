"""Where something was printed."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the top left corner of the page as it is shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page and a line, both counted from 1, and the box of the words where the file knows it."""

    page: int
    line: int
    box: Box | None = None
