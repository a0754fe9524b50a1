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


def megabytes(size: int) -> str:
    """A size in words for the error message."""
    return f"{size / 1024 / 1024:.0f} MB"
