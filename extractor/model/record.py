"""Dataclasses that never change.

mypy sees to that before anything runs (``frozen``). At run time they are plain ones: a report makes thousands of them, and a
dataclass that guards itself takes four to ten times as long to make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass

    def record(*, frozen, slots, eq=True):
        """The decorator, with the hash that a frozen dataclass would have."""
        return lambda cls: dataclass(slots=slots, eq=eq, unsafe_hash=frozen and eq and "__hash__" not in vars(cls))(cls)


__all__ = ["record"]
