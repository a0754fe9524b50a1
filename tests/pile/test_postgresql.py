"""A run whose database is PostgreSQL, which goes away in the middle."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_database_that_goes_away_is_said_and_nothing_is_lost_or_written_twice(
    slow: Path, tmp_path: Path, audit: Callable[..., Any], exported: Callable[[Path | str], dict[str, bytes]],
    started: Callable[..., subprocess.Popen[bytes]], log: Any, server: Any,
) -> None:  # fmt: skip
    where = server.database("pile")
    run = started(slow, tmp_path / "out", "--store", where, "--jobs", "2")
    log.wait(5)
    server.stop()
    try:
        _, said = run.communicate(timeout=30)
    finally:
        server.start()
    done = len(log())
    second = audit(slow, store=where)
    audit(slow, out=tmp_path / "sqlite")

    assert run.returncode == 2
    assert said.decode().count("\n") == 1
    assert "连接中断" in said.decode()
    assert second.known >= 1
    assert second.verified + second.known == 14
    assert exported(where) == exported(tmp_path / "sqlite" / "perfeval.db")
    assert done < 14
