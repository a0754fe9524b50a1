"""``perfeval audit`` and ``perfeval export``: a pile into a store, a store into tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from perfeval.commands.audits import bureaus, known_scheme
from perfeval.commands.base import CLEAN, FOUND, INTERRUPTED, UNREADABLE, LedgerFile, RosterFile, say, stop
from perfeval.commands.letters import Day, Many, Template, Term, wishes_of
from perfeval.commands.stores import STORE, finished


def audit(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="报送材料所在的文件夹，其中的文件夹和 zip 都会展开")],
    out: Annotated[Path | None, typer.Option("--out", metavar="文件夹", help="结果写到哪里，不写则写到旁边的“…-核查结果”")] = None,
    store: Annotated[str | None, typer.Option("--store", metavar="地址", help="存储：文件名，或 postgresql://用户@主机/库名；不写则是输出文件夹中的 perfeval.db")] = None,
    roster: RosterFile = None,
    ledger: LedgerFile = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="文件", help="设置文件，不写则用报送材料文件夹里或旁边的 perfeval.toml")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, metavar="个数", help="同时核对几个文件，不写则用全部处理器核")] = None,
    cluster: Annotated[str | None, typer.Option("--cluster", metavar="地址", help="交给 Dask 集群核对，如 tcp://主机:8786")] = None,
    scheme: Annotated[str | None, typer.Option("--scheme", metavar="方案", help="评分方案，见 perfeval schemes")] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=1, metavar="秒", help="一个文件最多用多少处理器时间")] = 120,
    memory: Annotated[int, typer.Option("--memory", min=200, metavar="MB", help="一个文件最多用多少内存")] = 2048,
    term: Term = 5,
    template: Template = None,
    common: Many = 10,
    date: Day = None,
) -> None:
    """核对一批报送材料，生成问题清单和反馈函；可随时停止，再运行一次接着核对。"""
    from perfeval.letters.errors import LetterError
    from perfeval.letters.make import documents
    from perfeval.pile.command import Order, Refusal, audited, beside, outcome
    from perfeval.pile.limits import Limits

    known_scheme(scheme)
    bureau = bureaus([str(folder)], config, ledger, roster).of(folder)
    wishes = wishes_of(term, common, date, template)
    settings = bureau.settings
    aside = [place for place in (roster, ledger, config, *((settings.path, settings.baseline_path) if settings else ())) if place]
    order = Order(folder, scheme, out or beside(folder), store, jobs, cluster, Limits(timeout, memory), bureau, tuple(aside))
    try:
        with audited(order) as (kept, run, progress):
            say(outcome(kept, run, progress))
            say(documents(kept, run, order.out, wishes, anew=False).words)
            counts = kept.summary(run.id)
    except (Refusal, LetterError) as refusal:
        stop(str(refusal))
    except KeyboardInterrupt:
        typer.echo("已核对的都已保存，再运行一次同一命令接着核对。", err=True)
        raise typer.Exit(INTERRUPTED) from None
    raise typer.Exit(UNREADABLE if counts["unreadable"] else FOUND if counts["errors"] else CLEAN)


class Table(StrEnum):
    """How the store is exported."""

    csv = "csv"
    parquet = "parquet"


def export(
    store: Annotated[str, typer.Argument(metavar="存储", help=STORE)],
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪个文件夹")],
    format: Annotated[Table, typer.Option("--format", "-f", help="表格的格式；parquet 需另装 perfeval[parquet]")] = Table.csv,
) -> None:
    """把最近一次核对的全部数字、核对、问题导出为表格，供自行分析。"""
    from perfeval.store.export import export as exported

    try:
        with finished(store) as (kept, run):
            made = exported(kept, run.id, out, format.value)
    except ModuleNotFoundError:
        stop("导出 parquet 需要另装组件：pip install 'perfeval[parquet]'。")
    except OSError as error:
        stop(f"无法写入“{out}”（{error.strerror or error}）：请检查写入权限和磁盘空间。")
    say("".join(f"{path}\n" for path in made))
