"""``perfeval compare``: a corrected report against the one that was sent back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from perfeval.commands.audits import bar, known_scheme, verified
from perfeval.commands.base import CLEAN, FOUND, ConfigFile, LedgerFile, Level, OutputFile, Plain, stop
from perfeval.commands.files import possible_target, write_text


def compare(
    old: Annotated[Path, typer.Argument(metavar="原报告", help="退回前的报告，或 verify -f json 的输出")],
    new: Annotated[Path, typer.Argument(metavar="修改稿", help="重新报送的报告，或 verify -f json 的输出")],
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
    from perfeval.compare.sources import documents, pairs
    from perfeval.output import as_json, document
    from perfeval.printed import SourceError

    known_scheme(scheme)
    possible_target(output, [str(old), str(new)])
    try:
        before, after = documents([old, new], lambda paths: [document(audit) for audit in verified([str(path) for path in paths], scheme, config, ledger)])
    except SourceError as error:
        stop(str(error))
    both, alone = pairs(before, after)
    for sentence in alone:
        typer.echo(f"注意：{sentence}", err=True)
    found = [compared(one, other) for one, other in both]
    if format is Plain.json:
        write_text(lambda out: out.write(as_json(as_values(found)) + "\n"), output)
    else:
        write_text(lambda out: write(found, out), output, for_people=True)
    left = [one.finding["severity"] for comparison in found for one in comparison.findings if one.state != "fixed" and not one.finding["waiver"]]
    raise typer.Exit(FOUND if any(severity in bar(fail_on) for severity in left) else CLEAN)
