"""Brings a store to the newest version of its tables, step by step; a store from a newer perfeval is refused."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, update

from perfeval.store.errors import StoreError
from perfeval.store.tables import metadata, store_version

Step = Callable[[Connection], None]


def _across_reports(connection: Connection) -> None:
    """2: texts and findings across reports, who handed in, waivers.

    A report whose text was not kept is read again in the next run.
    """
    text, data = TYPES[connection.dialect.name]
    for table, column in (
        ("runs", f"basis {text}"), ("documents", "waived INTEGER NOT NULL DEFAULT 0"), ("documents", f"text {data}"), ("findings", f"handling {text}"),
    ):  # fmt: skip
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    for table, names in (("across_reports", "id rule severity title message paths units quotes"), ("remarks", "kind department unit words")):
        columns = ", ".join(f"{name} {text} NOT NULL" for name in names.split())
        connection.exec_driver_sql(
            f"CREATE TABLE {table} (run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, number INTEGER NOT NULL, {columns}, "
            "PRIMARY KEY (run_id, number))"
        )  # fmt: skip
    connection.exec_driver_sql("UPDATE documents SET condition = 'once' WHERE status = 'ok'")


TYPES = {"sqlite": ("VARCHAR", "BLOB"), "postgresql": ('VARCHAR COLLATE "C"', "BYTEA")}
"""Text and bytes, as the databases call them."""
STEPS: tuple[Step, ...] = (_across_reports,)
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
