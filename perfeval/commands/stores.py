"""A store that a command reads, with the last run that came to its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from perfeval.commands.base import stop

if TYPE_CHECKING:
    from perfeval.store import Store
    from perfeval.store.records import Run

STORE = "perfeval audit 的存储：文件名，或 postgresql://用户@主机/库名"


@contextmanager
def finished(where: str) -> Iterator[tuple[Store, Run]]:
    """The store and its last finished run; ends the command where there is none, and for all that goes wrong with the store."""
    from perfeval.store import StoreError, open_store

    try:
        with open_store(where) as store:
            if (run := store.last_run()) is None:
                stop(f"存储“{where}”中没有完成的核对：请先运行 perfeval audit 到结束。")
            yield store, run
    except StoreError as error:
        stop(str(error))
