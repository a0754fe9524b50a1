"""``perfeval baseline``: the findings that were there when a bureau began."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perfeval.commands.audits import known_scheme, verified
from perfeval.commands.base import CLEAN, UNREADABLE, ConfigFile, Files, say, stop
from perfeval.commands.files import expand, possible_target, replace


def baseline(
    files: Files,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="文件", help="基线文件，不写则用 perfeval.toml 中 baseline 写明的")] = None,
    scheme: Annotated[str | None, typer.Option("--scheme", metavar="方案", help="评分方案，见 perfeval schemes")] = None,
    config: ConfigFile = None,
) -> None:
    """把现有问题记为基线；已有基线的，去掉已消除的，从不增加。"""
    from perfeval.bureau import settings_for
    from perfeval.output import document
    from perfeval.settings.baseline import first, read_baseline, shrunk, text
    from perfeval.settings.model import SettingsError

    known_scheme(scheme)
    paths = expand(files)
    documents = [document(audit) for audit in verified(paths, scheme, config, None)]
    try:
        settings = settings_for(Path(paths[0]), config)
        target = output or (settings.baseline_path if settings else None)
        if target is None:
            stop("没有写明基线文件：请用 -o 写明，或在 perfeval.toml 中写 baseline = \"基线.json\"。")
        known = read_baseline(target)
    except SettingsError as error:
        stop(str(error))
    there = target.exists()
    left, gone = shrunk(known, documents) if there else (first(documents), [])
    possible_target(target, paths)
    replace(target, text(left).encode())
    say(f"基线 {target}：{f'由{len(known)}条减为{len(left)}条，去掉已消除的{len(gone)}条' if there else f'记入{len(left)}条'}。\n")
    raise typer.Exit(UNREADABLE if any(one["status"] != "ok" for one in documents) else CLEAN)
