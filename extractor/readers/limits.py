"""How much one file may ask of us."""

from __future__ import annotations

MAX_BYTES = 200 * 1024 * 1024
"""A scanned report of 500 pages has about 100 MB; the file is held in memory while it is read."""

MAX_PAGES = 2000
"""The thickest budget books have some 800 pages; more is a pile that was bound together, or an attack."""

MAX_TEXT_BYTES = 20 * 1024 * 1024
"""2000 pages of plain Chinese text have about 5 MB."""

MAX_SECOND_PAGES = 100
"""pdfplumber needs some 50 ms a page: pages with a damaged text layer are read again only so often in one file."""


MAX_PARTS = 5000
"""A Word file with many pictures has a few hundred parts."""

MAX_PART_BYTES = 200 * 1024 * 1024
"""The largest part of an honest file is the XML of a long body or sheet, some 50 MB."""

MAX_EXPANSION = 1024 * 1024 * 1024
"""What all parts together may say they are; pictures hardly expand, so that more is a bomb."""

MAX_MEMBERS = 300
"""A unit hands in a report, its tables and some annexes; more is a pile, for ``perfeval audit``."""

MAX_CELLS = 500_000
"""The thickest workbook of a department has some 100,000 filled cells."""

MAX_SPAN = 1000
"""No head of a table covers more rows or columns; a greater span in the file is a slip or an attack."""


def megabytes(size: int) -> str:
    """A size in words for the error message."""
    return f"{size / 1024 / 1024:.0f} MB"
