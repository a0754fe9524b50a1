"""How much one file of a pile may ask of us, and how much a pile may hold."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS = 120
"""A report of 100 pages needs some 2 seconds, a budget book of 1000 pages some 30; what needs longer hangs."""
PATIENCE = 5
"""So many times its seconds a file may take by the clock, on a machine that has other work."""
MEGABYTES = 2048
"""A report needs some 150 MB, a thick book some 600 MB."""
LIGHT = 256
"""Megabytes that every file may take; of those that need more, one at a time has its turn, so that what a run takes is known."""
MAX_ENTRIES = 100_000
"""A province's reports of one kind in one ZIP file; more is an attack."""
MAX_GROWTH = 100
"""Documents are compressed already; a ZIP file of plain text grows to some 20 times its size."""
MAX_DEPTH = 4
"""A ZIP file of a bureau holds those of its departments, which hold those of their units."""
MAX_LEVELS = 100
"""No person puts folders into folders so often."""
RECYCLED_AFTER = 100
"""So many files one process audits before a fresh one takes over: libraries leak a little with every file."""
RECYCLED_ABOVE = 200
"""Megabytes that a process may keep between two files."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The processor time and the memory of one file."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES
