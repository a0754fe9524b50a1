"""Reads self-evaluation reports and recomputes every figure in them.

>>> from perfeval import read_report, verify
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from perfeval._version import __version__

if TYPE_CHECKING:
    from extractor.read import read_report
    from verifier.verify import verify

__all__ = ["__version__", "read_report", "verify"]


def __getattr__(name: str) -> Any:
    """Imports the two stages when they are first asked for, so that ``perfeval --version`` costs nothing."""
    if name == "read_report":
        from extractor.read import read_report

        return read_report
    if name == "verify":
        from verifier.verify import verify

        return verify
    raise AttributeError(f"module 'perfeval' has no attribute {name!r}")
