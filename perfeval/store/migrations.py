"""Brings a store to the newest version of its tables, step by step; a store from a newer perfeval is refused."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, update

from perfeval.store.errors import StoreError
from perfeval.store.tables import metadata, store_version

Step = Callable[[Connection], None]
STEPS: tuple[Step, ...] = ()
"""What makes version 2 of version 1, version 3 of version 2 and so on. A step is never changed once it was released."""


def migrate(connection: Connection, steps: tuple[Step, ...] = STEPS, *, create: bool = True) -> None:
    """Makes the tables of an empty store, or takes the steps that an older one lacks; all of it or nothing."""
    newest = 1 + len(steps)
    names = set(inspect(connection).get_table_names())
    if not names and not create:
        raise StoreError("这个存储是空的：请先运行 perfeval audit。")
    if not names:
        metadata.create_all(connection)
        connection.execute(insert(store_version).values(version=newest))
        return
    if store_version.name not in names:
        raise StoreError("这个数据库里已有其他程序的表，不是 perfeval 的存储：请另建一个库，或另写一个文件名。")
    version = connection.execute(select(store_version.c.version)).scalar_one()
    if version > newest:
        raise StoreError(f"这个存储由更新版本的 perfeval 写成（存储版本 {version}，本程序只认到 {newest}）：请升级 perfeval 后再用，存储没有改动。")
    for step in steps[version - 1 :]:
        step(connection)
    if version < newest:
        connection.execute(update(store_version).values(version=newest))
