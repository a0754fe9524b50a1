"""The command line: the commands of one report here, those of a pile in ``perfeval.commands``. Everything heavy is imported inside the commands."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from perfeval import console
from perfeval.commands import baseline, books, compare, letters, pile, sample
from perfeval.commands.audits import bar, known_scheme, verified
from perfeval.commands.base import (
    CLEAN,
    FOUND,
    UNREADABLE,
    ChineseCommand,
    ChineseGroup,
    ConfigFile,
    Files,
    LedgerFile,
    Level,
    OutputFile,
    say,
    stop,
)  # fmt: skip
from perfeval.commands.files import expand, possible_target, replace, write_text

if TYPE_CHECKING:
    from verifier.audit import Audit

app = typer.Typer(
    name="perfeval", help="读预算绩效自评报告，重算其中每一个数字，列出问题清单。", cls=ChineseGroup, no_args_is_help=True,
    rich_markup_mode=None, pretty_exceptions_enable=False, context_settings={"help_option_names": ["--help", "-h"]},
)  # fmt: skip


class Format(StrEnum):
    """How the list is printed."""

    text = "text"
    json = "json"
    csv = "csv"
    md = "md"
    xlsx = "xlsx"


def run() -> None:
    """The entry point behind ``perfeval``."""
    app(prog_name="perfeval")


def _version(wanted: bool) -> None:
    if wanted:
        from perfeval._version import __version__

        typer.echo(f"perfeval {__version__}")
        raise typer.Exit


@app.callback()
def _main(version: Annotated[bool, typer.Option("--version", "-V", help="显示版本", callback=_version, is_eager=True)] = False) -> None:
    """读预算绩效自评报告，重算其中每一个数字，列出问题清单。"""


@app.command(cls=ChineseCommand)
def verify(
    files: Files,
    format: Annotated[Format | None, typer.Option("--format", "-f", help="输出格式；不写则看 -o 的文件名后缀，再不然是 text")] = None,
    output: OutputFile = None,
    scheme: Annotated[str | None, typer.Option("--scheme", metavar="方案", help="评分方案，见 perfeval schemes")] = None,
    fail_on: Annotated[Level, typer.Option("--fail-on", help="出现哪一级问题时退出码为1")] = Level.error,
    ledger: LedgerFile = None,
    config: ConfigFile = None,
) -> None:
    """核对报告，列出问题清单。"""
    chosen = format or _format_of(output)
    paths = expand(files)
    known_scheme(scheme)
    possible_target(output, paths)
    if chosen is Format.xlsx and output is None and sys.stdout.isatty():
        stop("工作簿不能显示在屏幕上，请用 -o 文件名.xlsx 写入文件。")
    audits = verified(paths, scheme, config, ledger)
    if chosen is Format.xlsx:
        _write_workbook(audits, output)
    else:
        write_text(lambda out: _renderer(chosen)(audits, out), output, for_people=chosen in (Format.text, Format.md))
    raise typer.Exit(_exit_code(audits, fail_on))


def _format_of(output: Path | None) -> Format:
    """The format that the name of the output asks for: 清单.xlsx is a workbook."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    return Format(suffix) if suffix in set(Format) else Format.text


def _renderer(format: Format) -> Callable[[list[Audit], Any], None]:
    from importlib import import_module

    name = "terminal" if format is Format.text else format.value
    write: Callable[[list[Audit], Any], None] = import_module(f"perfeval.render.{name}").write
    return write


def _exit_code(audits: list[Audit], fail_on: Level) -> int:
    if any(audit.report.status != "ok" for audit in audits):
        return UNREADABLE
    return FOUND if any(audit.count(severity) for audit in audits for severity in bar(fail_on)) else CLEAN


def _write_workbook(audits: list[Audit], output: Path | None) -> None:
    from perfeval.render import xlsx

    buffer = io.BytesIO()
    xlsx.write(audits, buffer)
    if output is None:
        console.printed(lambda out: out.write(buffer.getvalue()), sys.stdout.buffer)
    else:
        replace(output, buffer.getvalue())


# In the order of the list that --help shows.
for _command in (pile.audit, letters.letters, letters.letter_template, pile.export, books.books, compare.compare, baseline.baseline, sample.sample):
    app.command(cls=ChineseCommand)(_command)


@app.command(cls=ChineseCommand)
def extract(files: Files, output: OutputFile = None) -> None:
    """只读取报告，输出结构化数据（JSON），不核对。"""
    from extractor.read import read_report
    from perfeval.output import as_json, extracted

    paths = expand(files)
    possible_target(output, paths)
    reports = [read_report(name) for name in paths]
    found = [extracted(report) for report in reports]
    write_text(lambda out: out.write(as_json(found) + "\n"), output)
    raise typer.Exit(UNREADABLE if any(r.status != "ok" for r in reports) else CLEAN)


@app.command(cls=ChineseCommand)
def rules() -> None:
    """列出全部核查规则。"""
    from perfeval.render.layout import columns
    from verifier.audit import LABELS
    from verifier.rule import catalogue

    lines = [f"{'编号':<6}{'名称':<24}等级  状态    公式"]
    for rule in catalogue():
        title = rule.title + " " * max(1, 26 - columns(rule.title))
        state = "已实现" if rule.status == "active" else "规划中"
        lines.append(f"{rule.code:<8}{title}{LABELS[rule.severity]}  {state}  {rule.formula}")
    say("\n".join(lines) + "\n")


@app.command(cls=ChineseCommand)
def explain(code: Annotated[str, typer.Argument(metavar="编号", help="规则编号，如 RAT-01")]) -> None:
    """说明一条规则：公式、依据、不应判错的情形、例子。"""
    from difflib import get_close_matches

    from perfeval.render.rule_page import page
    from verifier.rule import catalogue

    found = {rule.code: rule for rule in catalogue()}
    wanted = code.strip().upper()
    if wanted not in found:
        near = "、".join(get_close_matches(wanted, found, 3))
        stop(f"没有规则“{code}”，{f'相近的有 {near}；' if near else ''}用 perfeval rules 查看全部编号。")
    say(page(found[wanted]))


@app.command(cls=ChineseCommand)
def schemes() -> None:
    """列出评分方案；未核实原文的停用。"""
    from verifier.schemes import schemes as all_schemes

    say("".join(f"{entry.id:<22}{'可用' if entry.enabled else '停用'}  {entry.title}：{entry.summary}\n" for entry in all_schemes()))


@app.command(cls=ChineseCommand)
def schema() -> None:
    """输出 JSON 结果的 JSON Schema。"""
    from perfeval.contract import schema as json_schema

    write_text(lambda out: out.write(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"), None)
