"""Where the audits of a pile are kept: SQLite by default, PostgreSQL for a bureau that shares one store.

>>> from perfeval.store import open_store
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from perfeval.store.errors import StoreError
    from perfeval.store.open import open_store
    from perfeval.store.store import Store

__all__ = ["Store", "StoreError", "open_store"]
_HOMES = {"Store": "perfeval.store.store", "StoreError": "perfeval.store.errors", "open_store": "perfeval.store.open"}


def __getattr__(name: str) -> Any:
    """Imports SQLAlchemy when a store is first asked for: the processes that audit files need none."""
    if name not in _HOMES:
        raise AttributeError(f"module 'perfeval.store' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
