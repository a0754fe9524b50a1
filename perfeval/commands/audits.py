"""Reports verified for a command, with what the bureau knows and has decided."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from perfeval.commands.base import Level, stop

if TYPE_CHECKING:
    from perfeval.bureau import Bureaus
    from verifier.audit import Audit, Severity


def known_scheme(name: str | None) -> None:
    """Ends the command where there is no such scheme."""
    from verifier.schemes import scheme, schemes

    try:
        scheme(name)
    except KeyError:
        known = "、".join(entry.id for entry in schemes() if entry.enabled)
        off = any(entry.id == name for entry in schemes())
        stop(f"评分方案“{name}”{'尚未核实原文，已停用' if off else '不存在'}；可用的有：{known}。")


def verified(files: list[str], scheme: str | None, config: Path | None, ledger: Path | None) -> list[Audit]:
    """The audit of every file, its progress on a terminal."""
    from perfeval.pipeline import audit_file
    from perfeval.render.layout import plain

    known = bureaus(files, config, ledger)

    progress = len(files) > 1 and sys.stderr.isatty()
    audits = []
    for number, name in enumerate(files, start=1):
        if progress:
            sys.stderr.write(f"\r{number}/{len(files)} {plain(Path(name).name)[:30]}\x1b[K")
            sys.stderr.flush()
        audits.append(audit_file(name, scheme, known.of(Path(name))))
    if progress:
        sys.stderr.write("\r\x1b[K")
    for sentence in known.done_with(audits):
        typer.echo(f"注意：{sentence}", err=True)
    return audits


def bureaus(files: list[str], config: Path | None, ledger: Path | None, roster: Path | None = None) -> Bureaus:
    """What the bureau knows of the files, read before the work begins; what is wrong with it is said first."""
    from datetime import date

    from perfeval.books.errors import BookError
    from perfeval.bureau import Bureaus
    from perfeval.settings.model import SettingsError

    known = Bureaus(date.today(), config, ledger, roster)
    try:
        for name in files:
            known.of(Path(name))
    except (BookError, SettingsError) as error:
        stop(str(error))
    for sentence in known.said:
        typer.echo(f"注意：{sentence}", err=True)
    return known


def bar(fail_on: Level) -> tuple[Severity, ...]:
    """The severities from ``fail_on`` upwards."""
    from verifier.audit import SEVERITIES

    return SEVERITIES[: SEVERITIES.index(fail_on.value) + 1]
