"""``perfeval sample``: which reports to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from perfeval.commands.base import OutputFile, Plain, stop
from perfeval.commands.files import possible_target, write_text
from perfeval.commands.stores import finished

if TYPE_CHECKING:
    from perfeval.sample import Summary

Departments = Callable[[str | None], str | None]
"""The department of a unit, where it is known."""


def sample(
    files: Annotated[list[str], typer.Argument(metavar="存储或JSON…", help="perfeval audit 的存储（取最近一次核对），或 verify -f json 的输出")],
    seed: Annotated[int, typer.Option("--seed", metavar="种子", help="随机种子，同一种子结果相同")],
    n: Annotated[int, typer.Option("--n", "-n", min=1, metavar="份数", help="抽取几份（默认 30）")] = 30,
    roster: Annotated[Path | None, typer.Option("--roster", metavar="名册", help="单位名册，按其中的主管部门分层；不写则按存储中的部门，或文件所在文件夹")] = None,
    format: Annotated[Plain, typer.Option("--format", "-f", help="输出格式")] = Plain.text,
    output: OutputFile = None,
) -> None:
    """按风险分部门抽取要复核的报告，写明每份的理由。"""
    from perfeval.books.errors import BookError
    from perfeval.output import as_json
    from perfeval.printed import SourceError
    from perfeval.render.sampled import as_values, write
    from perfeval.sample import sample as sampled

    possible_target(output, files)
    try:
        department = _departments(roster)
        summaries = [summary for name in files for summary in _summaries(name, department)]
    except (BookError, SourceError) as error:
        stop(str(error))
    found = sampled(summaries, n, seed)
    if format is Plain.json:
        write_text(lambda out: out.write(as_json(as_values(found, len(summaries), seed)) + "\n"), output)
    else:
        write_text(lambda out: write(found, len(summaries), seed, out), output, for_people=True)


def _summaries(name: str, department: Departments) -> Iterator[Summary]:
    """The reports of a store's last run, or of an output."""
    from perfeval.printed import of_json
    from perfeval.sample import summary_of

    if name.lower().endswith(".json"):
        for document in of_json(Path(name)):
            yield summary_of(document, department(document["unit_name"]))
        return
    with finished(name) as (store, run):
        for filed, document in store.documents(run.id):
            yield summary_of({**document, "unit_name": filed.unit}, department(filed.unit) or filed.department)


def _departments(roster: Path | None) -> Departments:
    """The department of a unit by the roster; nothing for a unit that is not surely in it."""
    if roster is None:
        return lambda _: None
    from perfeval.books.roster import read_roster

    known = read_roster(roster)
    for sentence in known.problems:
        typer.echo(f"注意：{sentence}", err=True)
    return lambda unit: one.department if unit and (one := known.find(unit)[0]) else None
