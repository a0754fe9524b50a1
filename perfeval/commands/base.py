"""What all commands have in common: Chinese help and usage errors, exit codes, options that several of them take."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from perfeval import console

UNREADABLE, FOUND, CLEAN, INTERRUPTED = 2, 1, 0, 130

Files = Annotated[list[str], typer.Argument(metavar="文件…", help="报告文件（PDF、Word、Excel、网页、OFD、文本），或一个单位的文件夹、zip；可用 * 和 ?")]
LedgerFile = Annotated[Path | None, typer.Option("--ledger", metavar="账表", help="决算等账表（xlsx、csv），报告所列预算、执行、三公等与之比较")]
RosterFile = Annotated[Path | None, typer.Option("--roster", metavar="名册", help="单位名册（xlsx、csv）：单位名称和主管部门以此为准，并核对应报未报、名册外")]
ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="文件", help="设置文件，不写则用报告旁边的 perfeval.toml")]
OutputFile = Annotated[Path | None, typer.Option("--output", "-o", metavar="文件", help="写入文件，不写则输出到屏幕")]


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help of this command."""
        from perfeval.chinese import help_page

        return help_page(self, ctx)


class ChineseGroup(TyperGroup):
    """The whole command line: Chinese help, one Chinese sentence for wrong usage, streams that never fail on a sign."""

    def get_help(self, ctx: Any) -> str:
        """The help that lists the commands."""
        from perfeval.chinese import help_page

        return help_page(self, ctx)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a command line and ends with the exit code of the contract."""
        for stream in (sys.stdout, sys.stderr):
            console.for_people(stream)
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            code = _wrong_usage(error)
        if code == INTERRUPTED:
            typer.echo("已中断。", err=True)
        sys.exit(code or CLEAN)


def _wrong_usage(error: Any) -> int:
    from perfeval.chinese import usage_error

    bare = type(error).__name__ == "NoArgsIsHelpError"
    typer.echo(error.format_message() if bare else usage_error(error), err=True)
    return UNREADABLE


class Level(StrEnum):
    """From which severity on the exit code is 1."""

    error = "error"
    warning = "warning"
    notice = "notice"
    info = "info"


class Plain(StrEnum):
    """What a comparison or a sample is printed as."""

    text = "text"
    json = "json"


def say(text: str) -> None:
    """Prints for a person."""
    console.printed(lambda out: out.write(text), sys.stdout)


def stop(sentence: str) -> NoReturn:
    """Ends the command with a sentence on what is wrong."""
    typer.echo(sentence, err=True)
    raise typer.Exit(UNREADABLE)
