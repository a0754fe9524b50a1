"""The documents of a bureau: options of ``perfeval audit``, ``perfeval letters`` and ``perfeval letter-template``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perfeval.commands.base import say, stop
from perfeval.commands.files import possible_target, replace
from perfeval.commands.stores import STORE, finished

if TYPE_CHECKING:
    from perfeval.letters.wishes import Wishes

Term = Annotated[int, typer.Option("--term", min=1, metavar="天数", help="反馈函的回复期限，几个工作日")]
Template = Annotated[Path | None, typer.Option("--letter-template", metavar="文件", help="反馈函的模板（.docx），不写则用自带的；见 perfeval letter-template")]
Many = Annotated[int, typer.Option("--common", min=2, metavar="个数", help="同一问题涉及几个以上单位的，编入共性问题通报")]
Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], metavar="日期", help="文书上的日期，如 2024-05-06；不写则用核对完成的日期")]


def wishes_of(term: int, common: int, date: datetime | None, template: Path | None) -> Wishes:
    """What the options ask of the documents; a template that cannot be used ends the command now, not after hours of auditing."""
    from perfeval.letters.errors import LetterError
    from perfeval.letters.letter import template as usable
    from perfeval.letters.wishes import Wishes

    try:
        usable(template)
    except LetterError as error:
        stop(str(error))
    return Wishes(term, common, date.date() if date else None, template)


def letters(
    store: Annotated[str, typer.Argument(metavar="存储", help=STORE)],
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪个文件夹")],
    term: Term = 5,
    template: Template = None,
    common: Many = 10,
    date: Day = None,
) -> None:
    """由最近一次核对重新生成问题清单、反馈函、情况摘要、共性问题通报，不再核对。"""
    from perfeval.letters.errors import LetterError
    from perfeval.letters.make import documents

    wishes = wishes_of(term, common, date, template)
    try:
        with finished(store) as (kept, run):
            say(documents(kept, run, out, wishes).words)
    except LetterError as error:
        stop(str(error))


def letter_template(output: Annotated[Path, typer.Argument(metavar="文件", help="保存为哪个文件（.docx）")]) -> None:
    """保存自带的反馈函模板，用 Word 或 WPS 修改后由 --letter-template 使用。"""
    from perfeval.letters.letter_template import built_in

    possible_target(output, [])
    replace(output, built_in())
