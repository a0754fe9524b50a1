"""The command line with hand-made audits: exit codes, wrong usage, streams, files."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from perfeval.cli import app
from perfeval.render.layout import columns
from verifier.audit import Audit, Finding, Severity

ROOT = Path(__file__).resolve().parents[2]


def call(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.stdout, done.stderr


def spawned(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    paths = {"PYTHONPATH": str(ROOT), **environment}
    return subprocess.run([sys.executable, "-m", "perfeval", *arguments], capture_output=True, check=False, env={**os.environ, **paths})


@pytest.fixture
def pile(audit: Audit, unreadable: Audit, monkeypatch: pytest.MonkeyPatch) -> dict[str, Audit]:
    """Files by name, as the pipeline would answer for them."""
    clean = Audit(audit.report, audit.scheme, audit.checks, [], audit.ledger)
    warned = Audit(audit.report, audit.scheme, audit.checks, [_with_severity(audit, "warning")], audit.ledger)
    known = {"wrong.pdf": audit, "clean.pdf": clean, "warned.pdf": warned, "scan.pdf": unreadable}
    monkeypatch.setattr("perfeval.pipeline.audit_file", lambda name, scheme=None, bureau=None: known[Path(name).name])
    return known


def _with_severity(audit: Audit, severity: Severity) -> Finding:
    return replace(audit.findings[0], severity=severity)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["clean.pdf"], 0), (["wrong.pdf"], 1), (["scan.pdf"], 2), (["wrong.pdf", "scan.pdf", "clean.pdf"], 2), (["warned.pdf"], 0),
        (["warned.pdf", "--fail-on", "warning"], 1), (["warned.pdf", "--fail-on", "info"], 1), (["clean.pdf", "--fail-on", "info"], 0),
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.usefixtures("pile")
def test_exit_codes(arguments: list[str], code: int) -> None:
    assert call("verify", *arguments)[0] == code
    assert call("verify", *arguments, "--format", "json")[0] == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["verify"], "缺少参数“文件…”"), (["verify", "a", "--bogus"], "没有选项“--bogus”"), (["verfy"], "是否想用 verify"),
        (["verify", "a", "-f", "doc"], "可用的有：text、json、csv、md、xlsx"), (["verify", "a", "-o"], "要有一个值"), (["rules", "x"], "多余的参数：x"),
        (["explain", "RAT-91"], "没有规则“RAT-91”"), (["verify", "a", "--scheme", "某省"], "评分方案“某省”不存在"),
        (["verify", "a", "--scheme", "guangdong_dept"], "尚未核实原文"), ([], "用法：perfeval"),
    ],
)  # fmt: skip
def test_wrong_usage_is_a_chinese_sentence_and_2(arguments: list[str], words: str) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert words in err


@pytest.mark.parametrize("arguments", [[], ["verify"], ["extract"], ["rules"], ["explain"], ["schemes"], ["schema"]])
def test_help_is_chinese_and_fits(arguments: list[str]) -> None:
    code, out, _ = call(*arguments, "--help")
    assert code == 0
    assert max(map(columns, out.splitlines())) <= 80
    for english in ("Usage", "Options", "Arguments", "Show ", "Install", "required", "default"):
        assert english not in out


@pytest.mark.usefixtures("pile")
def test_the_name_of_the_output_names_its_format(tmp_path: Path) -> None:
    for name, begins in (("清单.xlsx", b"PK"), ("a.json", b"{"), ("a.csv", b"\xef\xbb\xbf"), ("a.MD", b"# "), ("a.txt", "■".encode())):
        assert call("verify", "wrong.pdf", "-o", tmp_path / name)[0] == 1
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert not list(tmp_path.glob(".perfeval*"))


@pytest.mark.usefixtures("pile")
def test_what_cannot_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    report = tmp_path / "wrong.pdf"
    report.write_bytes(b"the report itself")
    for target, words in ((tmp_path, "这是一个文件夹"), (tmp_path / "没有" / "a.md", "不存在"), (report, "就是要核对的报告")):
        code, _, err = call("verify", report, "-o", target)
        assert code == 2
        assert words in err
    assert report.read_bytes() == b"the report itself"


@pytest.mark.usefixtures("pile")
def test_nothing_is_written_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "清单.md"
    target.write_text("旧", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert call("verify", "wrong.pdf", "-o", target)[0] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["清单.md"]
    assert target.read_text(encoding="utf-8") == "旧"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.usefixtures("pile")
def test_an_output_can_be_read_by_colleagues(tmp_path: Path) -> None:
    call("verify", "wrong.pdf", "-o", tmp_path / "a.md")
    (tmp_path / "plain").touch()
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


@pytest.mark.skipif(os.name == "nt", reason="a POSIX terminal")
def test_a_workbook_is_not_printed_on_a_screen(tmp_path: Path) -> None:
    import pty

    report = tmp_path / "a.txt"
    report.write_text("全年预算数80.00万元。", encoding="utf-8")
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "perfeval", "verify", str(report), "-f", "xlsx"], stdout=theirs, stderr=subprocess.PIPE, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert "请用 -o" in done.stderr.decode()


def test_patterns_that_no_shell_expanded_are_expanded(tmp_path: Path) -> None:
    for name in ("报告1.txt", "报告2.txt", "报告[3].txt"):
        (tmp_path / name).write_text("全年预算数10.00万元。", encoding="utf-8")
    for pattern, number in (("*.txt", 3), ("报告?.txt", 2), ("报告[3].txt", 1), ("*[3].txt", 1)):
        _, out, _ = call("extract", tmp_path / pattern)
        assert len(json.loads(out)) == number
    _, out, _ = call("extract", tmp_path / "*.pdf")
    assert json.loads(out)[0]["error"]["code"] == "not_found"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "utf-8", "utf-16"])
@pytest.mark.parametrize("form", ["text", "csv", "json", "md"])
def test_no_console_encoding_ends_the_run(tmp_path: Path, encoding: str, form: str) -> None:
    report = tmp_path / "报告 一.txt"
    report.write_text(
        "某县统计局2023年度部门整体支出绩效自评报告\n年初预算100.00万元，年中调减−20.00万元㎡②𠮷，全年预算数80.00万元，执行率97.90%。", encoding="utf-8"
    )
    done = spawned("verify", str(report), "-f", form, PYTHONIOENCODING=encoding)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    shown = encoding if form in ("text", "md") and encoding in ("gbk", "utf-16") else "utf-8"
    assert "统计局" in done.stdout.decode(shown)


def test_machines_read_the_same_bytes_at_every_console(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("全年预算数80.00万元，全年支出70.00万元，执行率97.90%。", encoding="utf-8")
    for form in ("json", "csv"):
        outputs = {spawned("verify", str(report), "-f", form, PYTHONIOENCODING=encoding).stdout for encoding in ("gbk", "utf-8", "ascii")}
        assert len(outputs) == 1


@pytest.mark.skipif(os.name == "nt", reason="a POSIX pipe")
def test_a_reader_that_goes_away_changes_nothing() -> None:
    command = f"{sys.executable} -m perfeval rules; echo code $? >&2"
    done = subprocess.run(["bash", "-c", f"({command}) | head -c 1"], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stderr == b"code 0\n"


def test_version_is_answered_without_typer() -> None:
    probe = "import sys; sys.argv = ['perfeval', '--version']; import perfeval.__main__ as m; m.main(); print('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stdout.decode().split() == ["perfeval", "0.1.0", "False"]
    assert call("--version")[1] == "perfeval 0.1.0\n"


def test_the_shell_completes_commands() -> None:
    done = spawned(_PERFEVAL_COMPLETE="complete_bash", COMP_WORDS="perfeval ver", COMP_CWORD="1")
    assert done.stdout.split() == [b"verify"]
