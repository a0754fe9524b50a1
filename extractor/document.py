"""A file as its reader hands it on: pages of text and tables that know where their characters stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extractor.model.place import Box
from extractor.model.report import Unreadable

PAGE_BREAK = "\f"
"""Stands between the pages where a document is looked at as one string; no page holds it."""
TABLE = "\ufffc"
"""Unicode's sign for an object in the text: a line of it alone stands where a table of ``Page.grids`` is printed."""

BoxOf = Callable[[int, int], Box | None]


def _nothing_to_close() -> None:
    """A document that is held in memory has nothing to let go of."""


@dataclass(slots=True)
class GridCell:
    """One cell of a table as it was printed.

    ``row`` and ``column`` count from nought; a merged cell stands once, with the ``rows`` and ``columns`` that it covers.
    Lines of ``text`` are paragraphs: a reader that sees where lines were only wrapped joins them.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    label: str = ""
    """The name that a sheet gives the cell (F12); other tables count rows and columns."""
    page: int | None = None
    box_of: BoxOf | None = None
    """The box of the characters ``start``…``end`` of ``text`` on its page; ``None`` where the file knows no boxes."""
    formula: str = ""
    """The formula behind a displayed value of a sheet, without its ``=``."""


@dataclass(slots=True)
class Grid:
    """One table: its cells in reading order, with a name such as 表2 or that of its sheet."""

    cells: list[GridCell]
    name: str = ""
    guessed: bool = False
    """Whether nothing but the gaps between its words makes it a table, and some of its rows lack a cell: which one, nobody can be sure."""


@dataclass(slots=True)
class Page:
    """One page: its text in reading order, lines ended by a line feed, nothing normalised yet.

    Each line that is ``TABLE`` alone stands for the next of ``grids``; what a table holds is not repeated in ``text``.
    """

    number: int
    text: str
    box_of: BoxOf | None = None
    """The box of the characters ``start``…``end`` of ``text``; ``None`` where the file knows no boxes."""
    grids: list[Grid] = field(default_factory=list)


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
    flows: bool = False
    """True for files without pages and printed lines (Word, Excel, HTML): all text is in one ``Page``, each line of it is
    a whole paragraph, and nothing is a page number or a running head."""

    @property
    def raw(self) -> str:
        """All pages as one string, as they were read; ``extractor.text`` counts its origins in it."""
        return PAGE_BREAK.join(page.text for page in self.pages)
