"""``perfeval books``: what the columns of the bureau's own workbooks are taken for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perfeval.commands.base import CLEAN, FOUND, UNREADABLE, ConfigFile, say
from perfeval.commands.files import expand


def books(
    files: Annotated[list[str], typer.Argument(metavar="文件…", help="名册或账表（xlsx、xls、ods、csv）")],
    config: ConfigFile = None,
) -> None:
    """显示名册、账表的各栏被认作什么，供确认。"""
    from perfeval.books.errors import BookError
    from perfeval.books.show import needs_approval, page, read_book
    from perfeval.bureau import settings_for
    from perfeval.settings.model import SettingsError

    code = CLEAN
    for name in expand(files):
        try:
            settings = settings_for(Path(name), config)
            book = read_book(name, settings.columns if settings else None, settings.units if settings else None)
        except (BookError, SettingsError) as error:
            typer.echo(str(error), err=True)
            code = UNREADABLE
            continue
        say(page(book))
        code = max(code, FOUND if needs_approval(book) else CLEAN)
    raise typer.Exit(code)
