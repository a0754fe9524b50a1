"""The same run on a Dask cluster: a real scheduler and two real workers on this machine, one of which is killed in the middle."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from perfeval.cli import app
from perfeval.pile import executors

pytest.importorskip("distributed", reason="distributed is not installed: no cluster is tested")


def part(name: str, *options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *map(str, options)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster(tmp_path: Path, log: Any) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of the scheduler, and the workers with the scheduler behind them."""
    card = tmp_path / "scheduler.json"
    scheduler = part("scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard", "--scheduler-file", card)
    workers = [part("worker", "--host", "127.0.0.1", "--nthreads", 1, "--no-nanny", "--no-dashboard", "--scheduler-file", card) for _ in range(2)]
    try:
        yield address(card), [*workers, scheduler]
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def address(card: Path) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if card.exists() and card.stat().st_size:
            found: str = json.loads(card.read_text())["address"]
            wait_for_workers(found)
            return found
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


def wait_for_workers(found: str) -> None:
    from distributed import Client

    with Client(found, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=30)


def test_a_lost_worker_costs_nothing_and_the_store_is_the_same(
    slow: Path, tmp_path: Path, exported: Callable[[Path], dict[str, bytes]],
    started: Callable[..., subprocess.Popen[bytes]], log: Any, cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:  # fmt: skip
    (slow / "CRASH.txt").write_bytes(b"CRASH")
    (slow / "perfeval.toml").write_text('[severity]\n"RAT-01" = "疑点"\n', encoding="utf-8")
    where, (worker, *_) = cluster
    run = started(slow, tmp_path / "dask", "--cluster", where)
    log.wait(4)
    worker.kill()
    assert run.wait(timeout=60) == 2
    done = len(log())

    assert started(slow, tmp_path / "local").wait(timeout=60) == 2
    tables = exported(tmp_path / "local" / "perfeval.db")
    assert tables["文件.csv"].count(b",ok,") == 14
    assert "改为“疑点”" in tables["问题.csv"].decode("utf-8-sig"), "every worker knows the settings"
    assert exported(tmp_path / "dask" / "perfeval.db") == tables
    assert 16 < done < 16 + 16, "the files of the lost worker's batches were done again"


def test_a_scheduler_that_goes_away_is_said(
    slow: Path, tmp_path: Path, started: Callable[..., subprocess.Popen[bytes]], log: Any, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    where, (*_, scheduler) = cluster
    run = started(slow, tmp_path / "dask", "--cluster", where)
    log.wait(2)
    scheduler.kill()
    _, said = run.communicate(timeout=60)
    assert run.returncode == 2
    assert said.decode().count("\n") == 1
    assert "与集群的连接中断" in said.decode()


def test_a_cluster_that_is_not_there_is_said(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfeval.pile.executors.CONNECTING", 1)
    done = CliRunner().invoke(app, ["audit", str(pile), "--cluster", "tcp://127.0.0.1:9"])
    assert done.exit_code == 2
    assert "无法连接集群" in done.stderr


@pytest.mark.parametrize(("versions", "words"), [({}, "没有工作进程"), ({"a": "9.9.9"}, "9.9.9")])
def test_a_cluster_that_cannot_do_the_work_is_said(versions: dict[str, str], words: str) -> None:
    class Client:
        def run(self, function: Callable[[], str]) -> dict[str, str]:
            return versions

    with pytest.raises(executors.NoCluster, match=words):
        executors._slots(Client())
