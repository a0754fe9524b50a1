"""Opens a store: a SQLite file or a PostgreSQL database, brought to the newest version; one writer at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from perfeval.store.errors import StoreError, sentences
from perfeval.store.lock import locked
from perfeval.store.migrations import migrate
from perfeval.store.store import Store

WAITING = 30
"""Seconds that SQLite waits for another program to let go of the file."""


@contextmanager
def open_store(where: str | os.PathLike[str], *, writes: bool = False) -> Iterator[Store]:
    """The store at a path or an address; ``StoreError`` for all that goes wrong with it, also later."""
    url = _address(where)
    with ExitStack() as stack:
        stack.enter_context(sentences(url))
        engine = _engine(url, writes)
        stack.callback(engine.dispose)
        if writes:
            stack.enter_context(locked(engine))
        with engine.begin() as connection:
            migrate(connection, create=writes)
        yield Store(engine)
        if writes:
            _into_one_file(engine)


def _address(where: str | os.PathLike[str]) -> URL:
    if isinstance(where, str) and "://" in where:
        with sentences(where):
            url = make_url(where)
        return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url
    return URL.create("sqlite", database=os.fspath(where))


def _engine(url: URL, writes: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, writes)
    return create_engine(url, pool_pre_ping=not writes, pool_size=1, max_overflow=4)


def _sqlite(url: URL, writes: bool) -> Engine:
    if not writes and not Path(url.database or "").is_file():
        raise StoreError(f"找不到存储“{url.database}”：请先运行 perfeval audit，或检查路径。")
    engine = create_engine(url, connect_args={"timeout": WAITING})

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below: Python's driver begins none for tables
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begins(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _into_one_file(engine: Engine) -> None:
    """Leaves a single SQLite file that can be copied."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
