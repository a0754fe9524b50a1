"""Help and usage errors of the command line in Chinese.

typer speaks English only. What it knows of commands and errors is read here by the names of its attributes, so that
only ``perfeval.cli`` and ``perfeval.commands`` import typer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from perfeval.render.layout import columns, wrap

WIDTH = 80
NAMES = 30
"""So many columns are kept for the names of options; longer names get a line of their own."""
TRANSLATED = {
    "Show this message and exit.": "显示本帮助",
    "Install completion for the current shell.": "为当前命令行（shell）安装自动补全",
    "Show completion for the current shell, to copy it or customize the installation.": "显示自动补全脚本，供复制或自行安装",
}
EXTRAS = (
    (re.compile(r"\s*\[default: ([^;\]]*); x>=(.*?)\]"), r"（默认 \1，至少 \2）"),
    (re.compile(r"\s*\[x>=(.*?)\]"), r"（至少 \1）"),
    (re.compile(r"\s*\[default: (.*?)\]"), r"（默认 \1）"),
    (re.compile(r"\s*\[required\]"), "（必填）"),
)


def help_page(command: Any, context: Any) -> str:
    """The help of one command."""
    usage = " ".join(piece.replace("[OPTIONS]", "[选项]").replace("COMMAND", "命令").replace("[ARGS]", "[参数]").strip("{}") for piece in command.collect_usage_pieces(context))
    lines = [f"用法：{context.command_path} {usage}", ""]
    if command.help:
        lines += [wrap(command.help, WIDTH, "  "), ""]
    parameters = [(p, record) for p in command.get_params(context) if (record := p.get_help_record(context))]
    for title, kind in (("参数：", "argument"), ("选项：", "option")):
        rows = [record for parameter, record in parameters if parameter.param_type_name == kind]
        lines += _table(title, [(names, _translated(words)) for names, words in rows])
    lines += _table("命令：", list(_commands(command, context)))
    return "\n".join(lines).rstrip() + "\n"


def _commands(command: Any, context: Any) -> Iterator[tuple[str, str]]:
    for name in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield name, (command.get_command(context, name).help or "").partition("\n")[0]


def _table(title: str, rows: list[tuple[str, str]]) -> list[str]:
    """Two columns: names, and what they mean, wrapped."""
    if not rows:
        return []
    reach = min(NAMES, max(columns(names) for names, _ in rows) + 4)
    lines = [title]
    for names, words in rows:
        first = f"  {names}" + " " * (reach - 2 - columns(names))
        if columns(names) > reach - 4:
            lines.append(f"  {names}")
            first = " " * reach
        lines.append(wrap(words, WIDTH, " " * reach, first=first))
    return [*lines, ""]


def _translated(words: str) -> str:
    for english, chinese in TRANSLATED.items():
        words = words.replace(english, chinese)
    for pattern, chinese in EXTRAS:
        words = pattern.sub(chinese, words)
    return words


def usage_error(error: Any) -> str:
    """What is wrong with a command line, in one sentence, and where to read on."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "perfeval"
    return f"{_sentence(error)}用 {path} --help 查看用法。"


def _sentence(error: Any) -> str:
    kind = type(error).__name__
    message = error.format_message()
    if kind == "NoSuchOption":
        near = "、".join(sorted(error.possibilities or ()))
        return f"没有选项“{error.option_name}”" + (f"，是否想用 {near}？" if near else "。")
    if kind == "MissingParameter":
        return f"缺少{_name(error.param)}。"
    if kind == "BadOptionUsage":
        return f"选项“{error.option_name}”后面{'不能有值' if 'not take' in message else '要有一个值'}。"
    if kind == "BadParameter":
        if match := re.search(r"not in the range x>=(\S+?)\.?$", message):
            return f"{_name(error.param)}不能小于 {match[1]}。"
        if re.search(r"not a valid (?:float|integer|int)", message):
            return f"{_name(error.param)}的值不对：要写一个数。"
        choices = "、".join(str(getattr(choice, "value", choice)) for choice in getattr(error.param.type, "choices", ()))
        return f"{_name(error.param)}的值不对" + (f"，可用的有：{choices}。" if choices else f"：{error.message}。")
    return _other(message)


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "option":
        return f"选项“{max(parameter.opts, key=len)}”"
    return f"参数“{parameter.human_readable_name.strip('{}[]')}”"


def _other(message: str) -> str:
    if match := re.match(r"No such command '(?P<name>.*?)'\.?(?: Did you mean (?P<near>.+)\?)?", message):
        near = re.findall(r"'([^']+)'", match["near"] or "")
        return f"没有命令“{match['name']}”" + (f"，是否想用 {'、'.join(near)}？" if near else "。")
    if match := re.match(r"Got unexpected extra argument\S* \((.*)\)", message):
        return f"多余的参数：{match[1]}。"
    return "缺少命令。" if message.startswith("Missing command") else f"{message} "
