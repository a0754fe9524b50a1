"""A small pile, and processes in which some of its files do harm."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval.pile.command import Order, audited
from perfeval.pile.limits import Limits
from perfeval.store import open_store
from perfeval.store.export import export

HERE = Path(__file__).parent
REPORT = (
    "{unit}2023年度部门整体支出绩效自评报告\n一、基本情况\n年初预算数为100.00万元，年中追加20.00万元，全年预算数120.00万元，"
    "全年支出{spent}.00万元，预算执行率{rate}%。\n二、问题和改进措施\n无。\n三、绩效分析与评价结论\n良好。\n"
)
CLEAN, WRONG = ("114", "95.00"), ("114", "59.00")
LIMITS = Limits(seconds=3, megabytes=400)
collect_ignore = ["hostile"]


def report(unit: str, numbers: tuple[str, str] = CLEAN, before: str = "") -> bytes:
    return (before + REPORT.format(unit=unit, spent=numbers[0], rate=numbers[1])).encode()


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Two units' folders with a clean and a wrong report."""
    root = tmp_path / "报送"
    for unit, numbers in (("某县档案局", CLEAN), ("某县教育局", WRONG)):
        (root / unit).mkdir(parents=True)
        (root / unit / "自评报告.txt").write_bytes(report(unit, numbers))
    return root


class Log:
    """The names of the files that were audited, also by other programs that a test has started."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> list[str]:
        return self._path.read_text(encoding="utf-8").split() if self._path.exists() else []

    def wait(self, files: int) -> None:
        """Waits for so many audits."""
        deadline = time.monotonic() + 30
        while len(self()) < files and time.monotonic() < deadline:
            time.sleep(0.02)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    """Makes the processes hostile, and keeps a log of what they audit."""
    monkeypatch.setenv("PYTHONPATH", os.fspath(HERE / "hostile"))
    monkeypatch.setenv("PERFEVAL_LOG", os.fspath(tmp_path / "log"))
    return Log(tmp_path / "log")


@pytest.fixture
def slow(pile: Path, log: Log) -> Path:
    """The pile with twelve more files, each of which takes its time."""
    for number in range(12):
        (pile / f"{number}.txt").write_bytes(f"SLOW {number}\n某县水务局2023年度绩效自评报告\n全年预算数{number}.00万元。".encode())
    return pile


@pytest.fixture
def started() -> Callable[..., subprocess.Popen[bytes]]:
    """Starts a run as a program of its own."""

    def start(pile: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "perfeval", "audit", os.fspath(pile), "--out", os.fspath(out), *options]
        # What a shell starts in the background does not hear Ctrl-C, and neither do its children.
        hears = None if os.name == "nt" else lambda: signal.signal(signal.SIGINT, signal.default_int_handler)
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=hears)

    return start


class Rows(dict[str, str]):
    """The reason of every file (``ok`` for none), by its path; what was verified, and what was known."""

    verified = known = 0
    units: dict[str, str]


@pytest.fixture
def audit(tmp_path: Path) -> Callable[..., Rows]:
    """Runs over a folder; gives its rows."""

    def run(root: Path, out: Path = tmp_path / "out", limits: Limits = LIMITS, jobs: int = 2, **more: str) -> Rows:
        with audited(Order(root, "mof_2020_10", out, jobs=jobs, limits=limits, **more)) as (store, done, progress):  # type: ignore[arg-type]
            filed = list(store.files(done.id))
        rows = Rows({one.path: one.error_code or "ok" for one in filed})
        rows.verified, rows.known, rows.units = progress.verified, progress.known, {one.path: one.unit for one in filed}
        return rows

    return run


@pytest.fixture
def exported(tmp_path: Path) -> Callable[[Path | str], dict[str, bytes]]:
    """What a store exports: name and bytes of every table."""

    def tables(store: Path | str) -> dict[str, bytes]:
        with open_store(store) as kept:
            run = kept.last_run()
            assert run is not None
            return {path.name: path.read_bytes() for path in export(kept, run.id, tmp_path / "tables", "csv")}

    return tables
