"""A run survives its files, knows what it has done, and can be broken off anywhere."""

from __future__ import annotations

import os
import signal
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from typer.testing import CliRunner

from perfeval.cli import app
from perfeval.pile.keeper import _overdue, _Share
from perfeval.pile.limits import LIGHT, Limits
from perfeval.pile.progress import Progress
from perfeval.store import open_store

Log = Callable[[], list[str]]
Start = Callable[..., subprocess.Popen[bytes]]


def test_files_that_hang_crash_or_eat_all_memory_cost_a_row_each(pile: Path, audit: Callable[..., dict[str, str]], log: Log) -> None:
    for word in ("HANG", "CRASH", "EAT"):
        (pile / f"{word}.txt").write_bytes(f"{word} 报告".encode())
    rows = audit(pile)

    assert rows == {"某县档案局/自评报告.txt": "ok", "某县教育局/自评报告.txt": "ok", "HANG.txt": "timeout", "CRASH.txt": "crashed", "EAT.txt": "memory"}
    assert log().count("CRASH.txt") == 2


def test_files_that_eat_all_memory_take_turns(pile: Path, audit: Callable[..., dict[str, str]], log: Log) -> None:
    for number in range(3):
        (pile / f"EAT{number}.txt").write_bytes(f"EAT {number}".encode())
    rows = audit(pile, jobs=3, limits=Limits(20, 400))
    assert [rows[f"EAT{number}.txt"] for number in range(3)] == ["memory"] * 3
    assert {rows["某县档案局/自评报告.txt"], rows["某县教育局/自评报告.txt"]} == {"ok"}


def test_one_file_at_a_time_may_take_much_memory() -> None:
    with _Share() as other:
        with _Share() as share:
            assert other.allows(LIGHT)
            assert share.allows(LIGHT + 1)
            assert share.allows(LIGHT * 4)
            assert other.allows(LIGHT)
            assert not other.allows(LIGHT + 1)
        other.wait()
        assert other.allows(LIGHT + 1)


@pytest.mark.parametrize(
    ("clock", "worked", "late"), [(30, 9, False), (12, 0.1, True), (30, 11, True), (51, 9, True)], ids=["a busy machine", "waiting", "working", "for ever"]
)
def test_a_busy_machine_makes_no_file_late(clock: float, worked: float, late: bool) -> None:
    assert _overdue(clock, worked, 10) is late


def test_a_crash_that_does_not_come_again_costs_nothing(pile: Path, tmp_path: Path, audit: Callable[..., dict[str, str]], log: Log) -> None:
    (pile / "一次.txt").write_bytes(f"ONCE {tmp_path / 'tried'}\n自评报告".encode())
    assert audit(pile)["一次.txt"] == "ok"


def test_a_second_run_audits_only_what_is_new_or_changed(pile: Path, audit: Callable[..., object], log: Log) -> None:
    (pile / "CRASH.txt").write_bytes(b"CRASH")
    first = audit(pile)
    changed = pile / "某县档案局" / "自评报告.txt"
    changed.write_bytes(changed.read_bytes() + "附：无。".encode())
    (pile / "又一份.txt").write_bytes((pile / "某县教育局" / "自评报告.txt").read_bytes())
    before = len(log())
    second = audit(pile)

    assert (first.verified, first.known) == (3, 0)  # type: ignore[attr-defined]
    assert (second.verified, second.known) == (1, 3)  # type: ignore[attr-defined]
    assert log()[before:] == ["某县档案局/自评报告.txt"]


def test_what_came_to_nothing_is_tried_again_under_other_limits(pile: Path, audit: Callable[..., object], log: Log) -> None:
    (pile / "CRASH.txt").write_bytes(b"CRASH")
    audit(pile)
    assert audit(pile, limits=Limits(5, 400)).verified == 1  # type: ignore[attr-defined]


def test_the_same_contents_are_audited_once(pile: Path, audit: Callable[..., dict[str, str]], log: Log) -> None:
    data = (pile / "某县档案局" / "自评报告.txt").read_bytes()
    with zipfile.ZipFile(pile / "副本.zip", "w") as zipped:
        for number in range(5):
            zipped.writestr(f"{number}.txt", data)
    assert len(audit(pile)) == 7
    assert len(log()) == 2


def test_a_file_that_is_gone_is_gone_from_the_next_run(pile: Path, audit: Callable[..., dict[str, str]]) -> None:
    audit(pile)
    (pile / "某县教育局" / "自评报告.txt").unlink()
    assert set(audit(pile)) == {"某县档案局/自评报告.txt"}


def test_a_killed_run_goes_on_and_exports_the_same_bytes(
    slow: Path, tmp_path: Path, audit: Callable[..., object], exported: Callable[[Path], dict[str, bytes]], started: Start, log: Any
) -> None:
    audit(slow, out=tmp_path / "whole")
    before = len(log())
    for share in (3, 6):
        run = started(slow, tmp_path / "killed")
        log.wait(before + share)
        run.kill()
        run.wait()
    audit(slow, out=tmp_path / "killed")

    assert exported(tmp_path / "killed" / "perfeval.db") == exported(tmp_path / "whole" / "perfeval.db")
    assert len(log()) - before <= 14 + 2 * 4, "what was in flight twice, and no more, is done again"
    with open_store(tmp_path / "killed" / "perfeval.db") as store:
        assert [run.state for run in store.runs()] == ["finished"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_ends_with_130_and_leaves_no_process(slow: Path, tmp_path: Path, started: Start, log: Any) -> None:
    for number in range(100, 200):  # so many that a busy machine is not at the end before the key is pressed
        (slow / f"{number}.txt").write_bytes(f"SLOW {number}".encode())
    run = started(slow, tmp_path / "out")
    log.wait(3)
    children = psutil.Process(run.pid).children()
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=20)

    assert run.returncode == 130
    assert "接着核对" in said.decode()
    assert not psutil.wait_procs(children, timeout=5)[1]


def test_the_processes_of_a_killed_run_end_by_themselves(slow: Path, tmp_path: Path, started: Start, log: Any) -> None:
    run = started(slow, tmp_path / "out")
    log.wait(2)
    children = psutil.Process(run.pid).children()
    run.kill()
    run.wait()
    assert len(children) == 2
    assert not psutil.wait_procs(children, timeout=5)[1]


def test_the_command_says_what_it_came_to(pile: Path) -> None:
    done = CliRunner().invoke(app, ["audit", str(pile)])
    assert done.exit_code == 1
    assert "2个单位，2个文件；新核对2个" in done.stdout
    assert (pile.parent / "报送-核查结果" / "perfeval.db").exists()

    (pile / "空.pdf").write_bytes(b"")
    again = CliRunner().invoke(app, ["audit", str(pile)])
    assert again.exit_code == 2
    assert "空文件1个" in again.stdout


@pytest.mark.parametrize(("folder", "words"), [("没有", "找不到文件夹"), ("报告.txt", "找不到文件夹")])
def test_a_pile_that_is_none_is_said(tmp_path: Path, folder: str, words: str) -> None:
    (tmp_path / "报告.txt").write_bytes(b"a")
    done = CliRunner().invoke(app, ["audit", str(tmp_path / folder)])
    assert done.exit_code == 2
    assert words in done.stderr


def test_every_reason_has_a_word() -> None:
    from extractor.readers.errors import ERRORS
    from perfeval.pile import errors

    assert {*ERRORS, *errors.ERRORS, *errors.PASSING} - {"is_directory", "no_readable_file"} == set(errors.LABELS)


def test_the_line_of_progress_fits_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    stream = io.StringIO()
    monkeypatch.setattr("perfeval.pile.progress.EVERY", 0)
    progress = Progress(stream, lambda: 10)
    progress.kept(2)
    progress.done({"summary": {"errors": 3}, "status": "ok", "path": "某局/很长的名字.pdf"}, 1)
    line = stream.getvalue().rpartition("\r")[2]
    assert line.startswith("3/10 ")
    assert "错误3 无法读取0 最多3条：很长的名字.pdf" in line
