"""The files that a command is given, and those that it writes."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from perfeval import console
from perfeval.commands.base import stop


def expand(files: list[str]) -> list[str]:
    """Patterns that the shell left alone (Windows never expands them) are expanded here."""
    found: list[str] = []
    for name in files:
        pattern = name.replace("[", "[[]")  # 报告[1].pdf is a name, not a pattern
        matches = sorted(glob.glob(pattern)) if any(sign in name for sign in "*?") and not os.path.lexists(name) else []
        found += matches or [name]
    return found


def possible_target(output: Path | None, inputs: list[str]) -> None:
    """Says before the work begins what would go wrong after it; a report is never overwritten by its own list."""
    if output is None:
        return
    if output.is_dir():
        stop(f"无法写入“{output}”：这是一个文件夹，请写出文件名。")
    if not output.parent.is_dir():
        stop(f"无法写入“{output}”：文件夹“{output.parent}”不存在。")
    if output.exists() and any(os.path.exists(name) and os.path.samefile(name, output) for name in inputs):
        stop(f"“{output}”就是要核对的报告，请另写一个输出文件名。")


def write_text(write: Callable[[Any], None], output: Path | None, *, for_people: bool = False) -> None:
    """Prints, or writes a file: always UTF-8 there, and on the screen too for what programs read."""
    if output is None:
        if not for_people:
            console.for_programs(sys.stdout)
        console.printed(write, sys.stdout)
        return
    buffer = io.StringIO(newline="")
    write(buffer)
    replace(output, buffer.getvalue().encode("utf-8", "backslashreplace"))


def replace(output: Path, data: bytes) -> None:
    """Writes beside the target and renames, so that nothing is ever written half."""
    beside = output.with_name(f".perfeval-{os.getpid()}.tmp")
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(data)  # a device or a pipe
            return
        beside.write_bytes(data)
        if output.exists() and os.name != "nt":
            beside.chmod(output.stat().st_mode & 0o777)
        os.replace(beside, output.resolve())
    except OSError as error:
        beside.unlink(missing_ok=True)
        stop(f"无法写入“{output}”（{error.strerror or error}）：请检查写入权限和磁盘空间，并关闭正在打开它的程序。")
