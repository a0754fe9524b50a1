"""``perfeval compare``: a corrected report against the one that was sent back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from perfeval.commands.audits import bar, known_scheme, verified
from perfeval.commands.base import CLEAN, FOUND, ConfigFile, LedgerFile, Level, OutputFile, Plain, stop
from perfeval.commands.files import possible_target, write_text
from perfeval.commands.stores import finished

Pairs = tuple[list[tuple[dict[str, Any], dict[str, Any]]], list[str]]
"""Documents of the contract before and after, and a sentence for each that has no other side."""


def compare(
    given: Annotated[list[str] | None, typer.Argument(metavar="原报告 修改稿", help="退回前和重新报送的报告，或 verify -f json 的输出；用 --store 时是单位名称，不写则全部单位")] = None,
    store: Annotated[str | None, typer.Option("--store", metavar="存储", help="比较存储中各单位前后报送的报告，按单位、年度、类型自动对应")] = None,
    format: Annotated[Plain, typer.Option("--format", "-f", help="输出格式")] = Plain.text,
    output: OutputFile = None,
    scheme: Annotated[str | None, typer.Option("--scheme", metavar="方案", help="评分方案，见 perfeval schemes")] = None,
    fail_on: Annotated[Level, typer.Option("--fail-on", help="还有哪一级未改或新增的问题时退出码为1")] = Level.error,
    ledger: LedgerFile = None,
    config: ConfigFile = None,
) -> None:
    """比较退回前后的报告：哪些问题已改、未改、新增，哪些数字未要求而改动。"""
    from perfeval.compare.compare import compare as compared
    from perfeval.compare.show import as_values, write
    from perfeval.output import as_json

    known_scheme(scheme)
    possible_target(output, given or [])
    both, unclear = _stored(store, given or []) if store else _files(given or [], scheme, config, ledger)
    for sentence in unclear:
        typer.echo(f"注意：{sentence}", err=True)
    found = [compared(one, other) for one, other in both]
    if format is Plain.json:
        write_text(lambda out: out.write(as_json(as_values(found)) + "\n"), output)
    else:
        write_text(lambda out: write(found, out), output, for_people=True)
    left = [one.finding["severity"] for comparison in found for one in comparison.findings if one.state != "fixed" and not one.finding["waiver"]]
    raise typer.Exit(FOUND if any(severity in bar(fail_on) for severity in left) else CLEAN)


def _files(given: list[str], scheme: str | None, config: Path | None, ledger: Path | None) -> Pairs:
    """The reports, or those in the outputs, on either side."""
    from perfeval.compare.sources import documents, pairs
    from perfeval.output import document
    from perfeval.printed import SourceError

    if len(given) != 2:
        stop("要写明两个文件：原报告和修改稿；比较存储中前后报送的报告请用 --store。")
    try:
        before, after = documents([Path(name) for name in given], lambda paths: [document(audit) for audit in verified([str(path) for path in paths], scheme, config, ledger)])
    except SourceError as error:
        stop(str(error))
    return pairs(before, after)


def _stored(where: str, units: list[str]) -> Pairs:
    """What came anew in the store's last run, of these units or of all."""
    from perfeval.compare.resubmitted import resubmitted

    with finished(where) as (store, run):
        wanted = [_known(name, where, list(dict.fromkeys(filed.unit for filed in store.files(run.id)))) for name in units] or [""]
        found = [resubmitted(store, run.id, unit) for unit in wanted]
        both = [(store.document(old.document_id, old.path), store.document(new.document_id, new.path)) for one in found for old, new in one.pairs]
        unclear = [sentence for one in found for sentence in one.unclear]
        return both, unclear if both or unclear else ["没有重新报送的报告：与以前各次核对相比，各单位的报告都没有改动。"]


def _known(name: str, where: str, units: list[str]) -> str:
    """The unit of the store that is meant."""
    from perfeval.books.names import match

    found = match(name, units)
    if found.name is None or not found.sure:
        near = f"，相近的有：{'、'.join(found.near)}" if found.near else ""
        stop(f"存储“{where}”最近一次核对中没有单位“{name}”{near}。")
    return found.name
