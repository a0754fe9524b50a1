"""What keeps the documents from being made."""

from __future__ import annotations


class LetterError(Exception):
    """``str(error)`` is one Chinese sentence for the user."""
