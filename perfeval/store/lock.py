"""One run at a time writes to a store; a lock ends with its process, however that ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from sqlalchemy import Engine, text

from perfeval.store.errors import StoreError

BUSY = "另一个 perfeval 正在向同一个存储写入：请等它完成，或用 --out、--store 另指定一个。"
NUMBER = 0x70657266
"""PostgreSQL's advisory lock of perfeval, by a number of our own."""


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    """Holds the lock; ``StoreError`` where another process holds it."""
    with _file(f"{engine.url.database}.lock") if engine.dialect.name == "sqlite" else _advisory(engine):
        yield


@contextmanager
def _advisory(engine: Engine) -> Iterator[None]:
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        if not connection.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": NUMBER}).scalar_one():
            raise StoreError(BUSY)
        yield
    finally:
        connection.invalidate()  # closed, not pooled: the lock goes with it


@contextmanager
def _file(name: str) -> Iterator[None]:
    try:
        file = open(name, "a+b")  # noqa: SIM115 - closed below, after the lock
    except OSError as failure:
        raise StoreError(f"无法写入存储所在的文件夹（{failure.strerror or failure}）：请检查写入权限，或用 --out 另指定一个。") from failure
    with file:
        try:
            _take(file)
        except OSError as failure:
            raise StoreError(BUSY) from failure
        yield
    # The file stays: if it were removed, two processes could hold locks on two files of one name.


def _take(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
