"""Where the files are audited: in processes of this machine, or on the workers of a Dask cluster. Both are executors."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from perfeval._version import __version__
from perfeval.pile.work import end_all

BATCH = 8
"""So many files go to a cluster in one task: its own cost is a few milliseconds a task."""


CONNECTING = 5
"""Seconds in which a scheduler must answer, and after which one that has gone is given up."""


class NoCluster(Exception):
    """``str(error)`` is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """An executor, how many tasks run at once, how many files a task has, and how a value gets to all workers once."""

    executor: Executor
    slots: int
    batch: int
    share: Callable[[Any], Any] = lambda value: value


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def local(jobs: int | None) -> Iterator[Place]:
    """This machine. A thread only watches its process, so that threads cost nothing, and Windows' way of starting is no matter."""
    slots = jobs or cores()
    executor = ThreadPoolExecutor(slots)
    try:
        yield Place(executor, slots, 1)
    finally:
        end_all()
        executor.shutdown(cancel_futures=True)


@contextmanager
def cluster(address: str) -> Iterator[Place]:
    """The workers that are known to the scheduler at ``address``; each has perfeval and sees the files under the same path."""
    client = _client(address)
    executor = client.get_executor(pure=False)
    try:
        yield Place(executor, _slots(client), BATCH, lambda value: client.scatter(value, broadcast=True))
    finally:
        with contextlib.suppress(Exception):  # a client whose scheduler has gone cannot even be closed
            executor.shutdown(wait=False)
            client.close()


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise NoCluster("使用集群需要另装组件：pip install 'perfeval[cluster]'。") from error
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they would say is said in one sentence
    try:
        return Client(address, timeout=CONNECTING, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise NoCluster(f"无法连接集群“{address}”：请确认调度程序（dask scheduler）正在运行，地址形如 tcp://主机:8786。") from error


def _slots(client: Any) -> int:
    """The threads of all workers; ``NoCluster`` where there are none, or where they have another perfeval."""
    versions = client.run(_version)
    if not versions:
        raise NoCluster("集群中没有工作进程：请在工作机上启动 dask worker。")
    if other := sorted({version for version in versions.values() if version != __version__}):
        raise NoCluster(f"工作机上的 perfeval 版本（{'、'.join(other)}）与本机（{__version__}）不同：请装成同一版本。")
    return sum(client.nthreads().values())


def _version() -> str:
    return __version__
