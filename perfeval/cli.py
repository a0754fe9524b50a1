"""The command line. The only module that knows typer; everything heavy is imported inside the commands."""

from __future__ import annotations

import glob
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from verifier.audit import Audit

app = typer.Typer(
    name="perfeval", help="读预算绩效自评报告，重算其中每一个数字，列出问题清单。", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)

Files = Annotated[list[str], typer.Argument(metavar="文件…", help="报告文件（PDF、文本）；可用 * 和 ?")]
OutputFile = Annotated[Path | None, typer.Option("--output", "-o", metavar="文件", help="写入文件，不写则输出到屏幕")]
UNREADABLE, FOUND, CLEAN = 2, 1, 0


class Format(StrEnum):
    """How the list is printed."""

    text = "text"
    json = "json"
    csv = "csv"
    md = "md"
    xlsx = "xlsx"


class Level(StrEnum):
    """From which severity on the exit code is 1."""

    error = "error"
    warning = "warning"
    notice = "notice"
    info = "info"


def run() -> None:
    """The entry point behind ``perfeval``."""
    app()


def _version(wanted: bool) -> None:
    if wanted:
        from perfeval._version import __version__

        typer.echo(f"perfeval {__version__}")
        raise typer.Exit


@app.callback()
def _main(version: Annotated[bool, typer.Option("--version", "-V", help="显示版本", callback=_version, is_eager=True)] = False) -> None:
    """读预算绩效自评报告，重算其中每一个数字，列出问题清单。"""


@app.command()
def verify(
    files: Files,
    format: Annotated[Format, typer.Option("--format", "-f", help="输出格式")] = Format.text,
    output: OutputFile = None,
    scheme: Annotated[str | None, typer.Option("--scheme", metavar="方案", help="评分方案，见 perfeval schemes")] = None,
    fail_on: Annotated[Level, typer.Option("--fail-on", help="出现哪一级问题时退出码为1")] = Level.error,
) -> None:
    """核对报告，列出问题清单。"""
    _known_scheme(scheme)
    audits = _audits(_expand(files), scheme)
    if format is Format.xlsx:
        _write_workbook(audits, output)
    else:
        _write_text(lambda out: _renderer(format)(audits, out), output, bom=False)
    raise typer.Exit(_exit_code(audits, fail_on))


def _renderer(format: Format) -> Callable[[list[Audit], Any], None]:
    from perfeval.render import csv, md, terminal
    from perfeval.render import json as json_

    return {Format.text: terminal.write, Format.json: json_.write, Format.csv: csv.write, Format.md: md.write}[format]


def _known_scheme(name: str | None) -> None:
    from verifier.schemes import scheme, schemes

    try:
        scheme(name)
    except KeyError:
        known = "、".join(entry.id for entry in schemes() if entry.enabled)
        _stop(f"没有可用的评分方案“{name}”，可用的有：{known}。")


def _expand(files: list[str]) -> list[str]:
    """Patterns that the shell left alone (Windows never expands them) are expanded here."""
    found: list[str] = []
    for name in files:
        matches = sorted(glob.glob(name)) if any(sign in name for sign in "*?[") and not os.path.exists(name) else []
        found += matches or [name]
    return found


def _audits(files: list[str], scheme: str | None) -> list[Audit]:
    from perfeval.pipeline import audit_file

    progress = len(files) > 1 and sys.stderr.isatty()
    audits = []
    for number, name in enumerate(files, start=1):
        if progress:
            sys.stderr.write(f"\r{number}/{len(files)} {Path(name).name[:40]}\x1b[K")
            sys.stderr.flush()
        audits.append(audit_file(name, scheme))
    if progress:
        sys.stderr.write("\r\x1b[K")
    return audits


def _exit_code(audits: list[Audit], fail_on: Level) -> int:
    from verifier.audit import SEVERITIES

    if any(audit.report.status != "ok" for audit in audits):
        return UNREADABLE
    bar = SEVERITIES[: SEVERITIES.index(fail_on.value) + 1]
    return FOUND if any(audit.count(severity) for audit in audits for severity in bar) else CLEAN


def _write_text(write: Callable[[Any], None], output: Path | None, bom: bool) -> None:
    if output is None:
        write(sys.stdout)
        sys.stdout.flush()
        return
    buffer = io.StringIO(newline="")
    write(buffer)
    _replace(output, buffer.getvalue().encode("utf-8"))


def _write_workbook(audits: list[Audit], output: Path | None) -> None:
    from perfeval.render import xlsx

    buffer = io.BytesIO()
    if output is None and sys.stdout.isatty():
        _stop("工作簿不能显示在屏幕上，请用 -o 文件名.xlsx 写入文件。")
    xlsx.write(audits, buffer)
    if output is None:
        sys.stdout.buffer.write(buffer.getvalue())
        sys.stdout.buffer.flush()
    else:
        _replace(output, buffer.getvalue())


def _replace(output: Path, data: bytes) -> None:
    """Writes beside the target and renames, so that nothing is ever written half."""
    beside = None
    try:
        handle, beside = tempfile.mkstemp(dir=output.parent or ".", prefix=f".{output.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(beside, output)
    except OSError as error:
        if beside and os.path.exists(beside):
            os.unlink(beside)
        _stop(f"无法写入“{output}”：{error.strerror or error}。请检查文件夹是否存在、是否有写入权限、文件是否正被打开。")


def _stop(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(UNREADABLE)


@app.command()
def extract(files: Files, output: OutputFile = None) -> None:
    """只读取报告，输出结构化数据（JSON），不核对。"""
    from extractor.read import read_report
    from perfeval.contract import typed

    reports = [read_report(name) for name in _expand(files)]
    data = [
        {
            "path": r.path, "sha256": r.sha256, "status": r.status, "title": r.title, "unit_name": r.unit_name, "fiscal_year": r.fiscal_year,
            "kind": r.kind, "error": {"code": r.error.code, "message": r.error.message} if r.error else None,
            "report": typed(r).model_dump(mode="json") if r.status == "ok" else None,
        }
        for r in reports
    ]  # fmt: skip
    _write_text(lambda out: out.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n"), output, bom=False)
    raise typer.Exit(UNREADABLE if any(r.status != "ok" for r in reports) else CLEAN)


@app.command()
def rules() -> None:
    """列出全部核查规则。"""
    from perfeval.render.terminal import columns
    from verifier.audit import LABELS
    from verifier.rule import catalogue

    for rule in catalogue():
        title = rule.title + " " * max(1, 26 - columns(rule.title))
        state = "已实现" if rule.status == "active" else "规划中"
        typer.echo(f"{rule.code:<8}{title}{LABELS[rule.severity]}  {state}  {rule.formula}")


@app.command()
def explain(code: Annotated[str, typer.Argument(metavar="编号", help="规则编号，如 RAT-01")]) -> None:
    """说明一条规则：公式、依据、不应判错的情形、例子。"""
    from perfeval.render.rule_page import page
    from verifier.rule import catalogue

    found = next((rule for rule in catalogue() if rule.code == code.upper()), None)
    if found is None:
        _stop(f"没有规则“{code}”，用 perfeval rules 查看全部编号。")
    else:
        typer.echo(page(found))


@app.command()
def schemes() -> None:
    """列出评分方案；未核实原文的停用。"""
    from verifier.schemes import schemes as all_schemes

    for entry in all_schemes():
        typer.echo(f"{entry.id:<22}{'可用' if entry.enabled else '停用'}  {entry.title}：{entry.summary}")


@app.command()
def schema() -> None:
    """输出 JSON 结果的 JSON Schema。"""
    from perfeval.contract import schema as json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))
