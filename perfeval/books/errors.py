"""Why a roster or a ledger cannot be used."""

from __future__ import annotations


class BookError(Exception):
    """``str(error)`` is one Chinese sentence that says what is wrong with the file and what to do."""
