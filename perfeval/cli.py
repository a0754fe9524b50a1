"""The command line. The only module that knows typer; everything heavy is imported inside the commands."""

from __future__ import annotations

import glob
import io
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from perfeval import console

if TYPE_CHECKING:
    from perfeval.bureau import Bureaus
    from perfeval.letters.wishes import Wishes
    from perfeval.store import Store
    from perfeval.store.records import Run
    from verifier.audit import Audit, Severity

UNREADABLE, FOUND, CLEAN, INTERRUPTED = 2, 1, 0, 130


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help of this command."""
        from perfeval.chinese import help_page

        return help_page(self, ctx)


class ChineseGroup(TyperGroup):
    """The whole command line: Chinese help, one Chinese sentence for wrong usage, streams that never fail on a sign."""

    def get_help(self, ctx: Any) -> str:
        """The help that lists the commands."""
        from perfeval.chinese import help_page

        return help_page(self, ctx)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a command line and ends with the exit code of the contract."""
        for stream in (sys.stdout, sys.stderr):
            console.for_people(stream)
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            code = _wrong_usage(error)
        if code == INTERRUPTED:
            typer.echo("已中断。", err=True)
        sys.exit(code or CLEAN)


def _wrong_usage(error: Any) -> int:
    from perfeval.chinese import usage_error

    bare = type(error).__name__ == "NoArgsIsHelpError"
    typer.echo(error.format_message() if bare else usage_error(error), err=True)
    return UNREADABLE


app = typer.Typer(
    name="perfeval", help="读预算绩效自评报告，重算其中每一个数字，列出问题清单。", cls=ChineseGroup, no_args_is_help=True,
    rich_markup_mode=None, pretty_exceptions_enable=False, context_settings={"help_option_names": ["--help", "-h"]},
)  # fmt: skip

Files = Annotated[list[str], typer.Argument(metavar="文件…", help="报告文件（PDF、Word、Excel、网页、OFD、文本），或一个单位的文件夹、zip；可用 * 和 ?")]
LedgerFile = Annotated[Path | None, typer.Option("--ledger", metavar="账表", help="决算等账表（xlsx、csv），报告所列预算、执行、三公等与之比较")]
ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="文件", help="设置文件，不写则用报告旁边的 perfeval.toml")]
OutputFile = Annotated[Path | None, typer.Option("--output", "-o", metavar="文件", help="写入文件，不写则输出到屏幕")]


class Format(StrEnum):
    """How the list is printed."""

    text = "text"
    json = "json"
    csv = "csv"
    md = "md"
    xlsx = "xlsx"


class Level(StrEnum):
    """From which severity on the exit code is 1."""

    error = "error"
    warning = "warning"
    notice = "notice"
    info = "info"


def run() -> None:
    """The entry point behind ``perfeval``."""
    app(prog_name="perfeval")


def _version(wanted: bool) -> None:
    if wanted:
        from perfeval._version import __version__

        typer.echo(f"perfeval {__version__}")
        raise typer.Exit


@app.callback()
def _main(version: Annotated[bool, typer.Option("--version", "-V", help="显示版本", callback=_version, is_eager=True)] = False) -> None:
    """读预算绩效自评报告，重算其中每一个数字，列出问题清单。"""


@app.command(cls=ChineseCommand)
def verify(
    files: Files,
    format: Annotated[Format | None, typer.Option("--format", "-f", help="输出格式；不写则看 -o 的文件名后缀，再不然是 text")] = None,
    output: OutputFile = None,
    scheme: Annotated[str | None, typer.Option("--scheme", metavar="方案", help="评分方案，见 perfeval schemes")] = None,
    fail_on: Annotated[Level, typer.Option("--fail-on", help="出现哪一级问题时退出码为1")] = Level.error,
    ledger: LedgerFile = None,
    config: ConfigFile = None,
) -> None:
    """核对报告，列出问题清单。"""
    chosen = format or _format_of(output)
    paths = _expand(files)
    _known_scheme(scheme)
    _possible_target(output, paths)
    if chosen is Format.xlsx and output is None and sys.stdout.isatty():
        _stop("工作簿不能显示在屏幕上，请用 -o 文件名.xlsx 写入文件。")
    audits = _audits(paths, scheme, config, ledger)
    if chosen is Format.xlsx:
        _write_workbook(audits, output)
    else:
        _write_text(lambda out: _renderer(chosen)(audits, out), output, for_people=chosen in (Format.text, Format.md))
    raise typer.Exit(_exit_code(audits, fail_on))


def _format_of(output: Path | None) -> Format:
    """The format that the name of the output asks for: 清单.xlsx is a workbook."""
    suffix = output.suffix.lower().lstrip(".") if output else ""
    return Format(suffix) if suffix in set(Format) else Format.text


def _renderer(format: Format) -> Callable[[list[Audit], Any], None]:
    from importlib import import_module

    name = "terminal" if format is Format.text else format.value
    write: Callable[[list[Audit], Any], None] = import_module(f"perfeval.render.{name}").write
    return write


def _known_scheme(name: str | None) -> None:
    from verifier.schemes import scheme, schemes

    try:
        scheme(name)
    except KeyError:
        known = "、".join(entry.id for entry in schemes() if entry.enabled)
        off = any(entry.id == name for entry in schemes())
        _stop(f"评分方案“{name}”{'尚未核实原文，已停用' if off else '不存在'}；可用的有：{known}。")


def _expand(files: list[str]) -> list[str]:
    """Patterns that the shell left alone (Windows never expands them) are expanded here."""
    found: list[str] = []
    for name in files:
        pattern = name.replace("[", "[[]")  # 报告[1].pdf is a name, not a pattern
        matches = sorted(glob.glob(pattern)) if any(sign in name for sign in "*?") and not os.path.lexists(name) else []
        found += matches or [name]
    return found


def _audits(files: list[str], scheme: str | None, config: Path | None, ledger: Path | None) -> list[Audit]:
    from perfeval.pipeline import audit_file
    from perfeval.render.layout import plain

    known = _bureaus(files, config, ledger)

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


def _bureaus(files: list[str], config: Path | None, ledger: Path | None) -> Bureaus:
    """What the bureau knows of the files, read before the work begins; what is wrong with it is said first."""
    from datetime import date

    from perfeval.books.errors import BookError
    from perfeval.bureau import Bureaus
    from perfeval.settings.model import SettingsError

    known = Bureaus(date.today(), config, ledger)
    try:
        for name in files:
            known.of(Path(name))
    except (BookError, SettingsError) as error:
        _stop(str(error))
    for sentence in known.said:
        typer.echo(f"注意：{sentence}", err=True)
    return known


def _exit_code(audits: list[Audit], fail_on: Level) -> int:
    if any(audit.report.status != "ok" for audit in audits):
        return UNREADABLE
    return FOUND if any(audit.count(severity) for audit in audits for severity in _bar(fail_on)) else CLEAN


def _bar(fail_on: Level) -> tuple[Severity, ...]:
    """The severities from ``fail_on`` upwards."""
    from verifier.audit import SEVERITIES

    return SEVERITIES[: SEVERITIES.index(fail_on.value) + 1]


def _write_text(write: Callable[[Any], None], output: Path | None, *, for_people: bool = False) -> None:
    """Prints, or writes a file: always UTF-8 there, and on the screen too for what programs read."""
    if output is None:
        if not for_people:
            console.for_programs(sys.stdout)
        console.printed(write, sys.stdout)
        return
    buffer = io.StringIO(newline="")
    write(buffer)
    _replace(output, buffer.getvalue().encode("utf-8", "backslashreplace"))


def _write_workbook(audits: list[Audit], output: Path | None) -> None:
    from perfeval.render import xlsx

    buffer = io.BytesIO()
    xlsx.write(audits, buffer)
    if output is None:
        console.printed(lambda out: out.write(buffer.getvalue()), sys.stdout.buffer)
    else:
        _replace(output, buffer.getvalue())


def _possible_target(output: Path | None, inputs: list[str]) -> None:
    """Says before the work begins what would go wrong after it; a report is never overwritten by its own list."""
    if output is None:
        return
    if output.is_dir():
        _stop(f"无法写入“{output}”：这是一个文件夹，请写出文件名。")
    if not output.parent.is_dir():
        _stop(f"无法写入“{output}”：文件夹“{output.parent}”不存在。")
    if output.exists() and any(os.path.exists(name) and os.path.samefile(name, output) for name in inputs):
        _stop(f"“{output}”就是要核对的报告，请另写一个输出文件名。")


def _replace(output: Path, data: bytes) -> None:
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
        _stop(f"无法写入“{output}”（{error.strerror or error}）：请检查写入权限和磁盘空间，并关闭正在打开它的程序。")


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(UNREADABLE)


Kept = Annotated[str, typer.Argument(metavar="存储", help="perfeval audit 的存储：文件名，或 postgresql://用户@主机/库名")]
Term = Annotated[int, typer.Option("--term", min=1, metavar="天数", help="反馈函的回复期限，几个工作日")]
Template = Annotated[Path | None, typer.Option("--letter-template", metavar="文件", help="反馈函的模板（.docx），不写则用自带的；见 perfeval letter-template")]
Many = Annotated[int, typer.Option("--common", min=2, metavar="个数", help="同一问题涉及几个以上单位的，编入共性问题通报")]
Day = Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], metavar="日期", help="文书上的日期，如 2024-05-06；不写则用核对完成的日期")]


def _wishes(term: int, many: int, day: datetime | None, template: Path | None) -> Wishes:
    from perfeval.letters.errors import LetterError
    from perfeval.letters.letter import template as usable
    from perfeval.letters.wishes import Wishes

    try:
        usable(template)  # said now, not after hours of auditing
    except LetterError as error:
        _stop(str(error))
    return Wishes(term, many, day.date() if day else None, template)


@app.command(cls=ChineseCommand)
def audit(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="报送材料所在的文件夹，其中的文件夹和 zip 都会展开")],
    out: Annotated[Path | None, typer.Option("--out", metavar="文件夹", help="结果写到哪里，不写则写到旁边的“…-核查结果”")] = None,
    store: Annotated[str | None, typer.Option("--store", metavar="地址", help="存储：文件名，或 postgresql://用户@主机/库名；不写则是输出文件夹中的 perfeval.db")] = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, metavar="个数", help="同时核对几个文件，不写则用全部处理器核")] = None,
    cluster: Annotated[str | None, typer.Option("--cluster", metavar="地址", help="交给 Dask 集群核对，如 tcp://主机:8786")] = None,
    scheme: Annotated[str | None, typer.Option("--scheme", metavar="方案", help="评分方案，见 perfeval schemes")] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=1, metavar="秒", help="一个文件最多用多少处理器时间")] = 120,
    memory: Annotated[int, typer.Option("--memory", min=200, metavar="MB", help="一个文件最多用多少内存")] = 2048,
    term: Term = 5, template: Template = None, common: Many = 10, date: Day = None,
) -> None:  # fmt: skip
    """核对一批报送材料，生成问题清单和反馈函；可随时停止，再运行一次接着核对。"""
    from perfeval.letters.errors import LetterError
    from perfeval.letters.make import documents
    from perfeval.pile.command import Order, Refusal, audited, beside, outcome
    from perfeval.pile.limits import Limits
    from verifier.schemes import scheme as scheme_of

    _known_scheme(scheme)
    wishes = _wishes(term, common, date, template)
    order = Order(folder, scheme_of(scheme).id, out or beside(folder), store, jobs, cluster, Limits(timeout, memory))
    try:
        with audited(order) as (kept, run, progress):
            _say(outcome(kept, run, progress))
            _say(documents(kept, run, order.out, wishes).words)
            counts = kept.summary(run.id)
    except (Refusal, LetterError) as refusal:
        _stop(str(refusal))
    except KeyboardInterrupt:
        typer.echo("已核对的都已保存，再运行一次同一命令接着核对。", err=True)
        raise typer.Exit(INTERRUPTED) from None
    raise typer.Exit(UNREADABLE if counts["unreadable"] else FOUND if counts["errors"] else CLEAN)


@app.command(cls=ChineseCommand)
def letters(
    store: Kept,
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪个文件夹")],
    term: Term = 5, template: Template = None, common: Many = 10, date: Day = None,
) -> None:  # fmt: skip
    """由最近一次核对重新生成问题清单、反馈函、情况摘要、共性问题通报，不再核对。"""
    from perfeval.letters.errors import LetterError
    from perfeval.letters.make import documents
    from perfeval.store import StoreError, open_store

    wishes = _wishes(term, common, date, template)
    try:
        with open_store(store) as kept:
            _say(documents(kept, _finished(kept, store), out, wishes).words)
    except (StoreError, LetterError) as error:
        _stop(str(error))


def _finished(kept: Store, where: str) -> Run:
    """The last run that came to its end."""
    if (run := kept.last_run()) is None:
        _stop(f"存储“{where}”中没有完成的核对：请先运行 perfeval audit 到结束。")
    return run


@app.command(cls=ChineseCommand)
def letter_template(output: Annotated[Path, typer.Argument(metavar="文件", help="保存为哪个文件（.docx）")]) -> None:
    """保存自带的反馈函模板，用 Word 或 WPS 修改后由 --letter-template 使用。"""
    from perfeval.letters.letter_template import built_in

    _possible_target(output, [])
    _replace(output, built_in())


class Table(StrEnum):
    """How the store is exported."""

    csv = "csv"
    parquet = "parquet"


@app.command(cls=ChineseCommand)
def export(
    store: Kept,
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪个文件夹")],
    format: Annotated[Table, typer.Option("--format", "-f", help="表格的格式；parquet 需另装 perfeval[parquet]")] = Table.csv,
) -> None:
    """把最近一次核对的全部数字、核对、问题导出为表格，供自行分析。"""
    from perfeval.store import StoreError, open_store
    from perfeval.store.export import export as exported

    try:
        with open_store(store) as kept:
            made = exported(kept, _finished(kept, store).id, out, format.value)
    except StoreError as error:
        _stop(str(error))
    except ModuleNotFoundError:
        _stop("导出 parquet 需要另装组件：pip install 'perfeval[parquet]'。")
    except OSError as error:
        _stop(f"无法写入“{out}”（{error.strerror or error}）：请检查写入权限和磁盘空间。")
    _say("".join(f"{path}\n" for path in made))


@app.command(cls=ChineseCommand)
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
    for name in _expand(files):
        try:
            settings = settings_for(Path(name), config)
            book = read_book(name, settings.columns if settings else None, settings.units if settings else None)
        except (BookError, SettingsError) as error:
            typer.echo(str(error), err=True)
            code = UNREADABLE
            continue
        _say(page(book))
        code = max(code, FOUND if needs_approval(book) else CLEAN)
    raise typer.Exit(code)


class Plain(StrEnum):
    """What a comparison or a sample is printed as."""

    text = "text"
    json = "json"


@app.command(cls=ChineseCommand)
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

    _known_scheme(scheme)
    _possible_target(output, [str(old), str(new)])
    try:
        before, after = documents([old, new], lambda paths: [document(audit) for audit in _audits([str(path) for path in paths], scheme, config, ledger)])
    except SourceError as error:
        _stop(str(error))
    both, alone = pairs(before, after)
    for sentence in alone:
        typer.echo(f"注意：{sentence}", err=True)
    found = [compared(one, other) for one, other in both]
    if format is Plain.json:
        _write_text(lambda out: out.write(as_json(as_values(found)) + "\n"), output)
    else:
        _write_text(lambda out: write(found, out), output, for_people=True)
    left = [one.finding["severity"] for comparison in found for one in comparison.findings if one.state != "fixed" and not one.finding["waiver"]]
    raise typer.Exit(FOUND if any(severity in _bar(fail_on) for severity in left) else CLEAN)


@app.command(cls=ChineseCommand)
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

    _known_scheme(scheme)
    paths = _expand(files)
    documents = [document(audit) for audit in _audits(paths, scheme, config, None)]
    try:
        settings = settings_for(Path(paths[0]), config)
        target = output or (settings.baseline_path if settings else None)
        if target is None:
            _stop("没有写明基线文件：请用 -o 写明，或在 perfeval.toml 中写 baseline = \"基线.json\"。")
        known = read_baseline(target)
    except SettingsError as error:
        _stop(str(error))
    there = target.exists()
    left, gone = shrunk(known, documents) if there else (first(documents), [])
    _possible_target(target, paths)
    _replace(target, text(left).encode())
    _say(f"基线 {target}：{f'由{len(known)}条减为{len(left)}条，去掉已消除的{len(gone)}条' if there else f'记入{len(left)}条'}。\n")
    raise typer.Exit(UNREADABLE if any(one["status"] != "ok" for one in documents) else CLEAN)


@app.command(cls=ChineseCommand)
def sample(
    files: Annotated[list[Path], typer.Argument(metavar="JSON…", help="verify -f json 的输出")],
    seed: Annotated[int, typer.Option("--seed", metavar="种子", help="随机种子，同一种子结果相同")],
    n: Annotated[int, typer.Option("--n", "-n", min=1, metavar="份数", help="抽取几份（默认 30）")] = 30,
    roster: Annotated[Path | None, typer.Option("--roster", metavar="名册", help="单位名册，按其中的主管部门分层；不写则按文件所在文件夹")] = None,
    format: Annotated[Plain, typer.Option("--format", "-f", help="输出格式")] = Plain.text,
    output: OutputFile = None,
) -> None:
    """按风险分部门抽取要复核的报告，写明每份的理由。"""
    from perfeval.books.errors import BookError
    from perfeval.output import as_json
    from perfeval.printed import SourceError, of_json
    from perfeval.render.sampled import as_values, write
    from perfeval.sample import sample as sampled
    from perfeval.sample import summary_of

    try:
        documents = [document for path in files for document in of_json(path)]
        department = _departments(roster)
    except (BookError, SourceError) as error:
        _stop(str(error))
    summaries = [summary_of(document, department(document["unit_name"])) for document in documents]
    found = sampled(summaries, n, seed)
    if format is Plain.json:
        _write_text(lambda out: out.write(as_json(as_values(found, len(summaries), seed)) + "\n"), output)
    else:
        _write_text(lambda out: write(found, len(summaries), seed, out), output, for_people=True)


def _departments(roster: Path | None) -> Callable[[str | None], str | None]:
    """The department of a unit by the roster; nothing for a unit that is not surely in it."""
    if roster is None:
        return lambda _: None
    from perfeval.books.roster import read_roster

    known = read_roster(roster)
    for sentence in known.problems:
        typer.echo(f"注意：{sentence}", err=True)
    return lambda unit: one.department if unit and (one := known.find(unit)[0]) else None


@app.command(cls=ChineseCommand)
def extract(files: Files, output: OutputFile = None) -> None:
    """只读取报告，输出结构化数据（JSON），不核对。"""
    from extractor.read import read_report
    from perfeval.output import as_json, extracted

    paths = _expand(files)
    _possible_target(output, paths)
    reports = [read_report(name) for name in paths]
    found = [extracted(report) for report in reports]
    _write_text(lambda out: out.write(as_json(found) + "\n"), output)
    raise typer.Exit(UNREADABLE if any(r.status != "ok" for r in reports) else CLEAN)


def _say(text: str) -> None:
    console.printed(lambda out: out.write(text), sys.stdout)


@app.command(cls=ChineseCommand)
def rules() -> None:
    """列出全部核查规则。"""
    from perfeval.render.layout import columns
    from verifier.audit import LABELS
    from verifier.rule import catalogue

    lines = [f"{'编号':<6}{'名称':<24}等级  状态    公式"]
    for rule in catalogue():
        title = rule.title + " " * max(1, 26 - columns(rule.title))
        state = "已实现" if rule.status == "active" else "规划中"
        lines.append(f"{rule.code:<8}{title}{LABELS[rule.severity]}  {state}  {rule.formula}")
    _say("\n".join(lines) + "\n")


@app.command(cls=ChineseCommand)
def explain(code: Annotated[str, typer.Argument(metavar="编号", help="规则编号，如 RAT-01")]) -> None:
    """说明一条规则：公式、依据、不应判错的情形、例子。"""
    from difflib import get_close_matches

    from perfeval.render.rule_page import page
    from verifier.rule import catalogue

    found = {rule.code: rule for rule in catalogue()}
    wanted = code.strip().upper()
    if wanted not in found:
        near = "、".join(get_close_matches(wanted, found, 3))
        _stop(f"没有规则“{code}”，{f'相近的有 {near}；' if near else ''}用 perfeval rules 查看全部编号。")
    _say(page(found[wanted]))


@app.command(cls=ChineseCommand)
def schemes() -> None:
    """列出评分方案；未核实原文的停用。"""
    from verifier.schemes import schemes as all_schemes

    _say("".join(f"{entry.id:<22}{'可用' if entry.enabled else '停用'}  {entry.title}：{entry.summary}\n" for entry in all_schemes()))


@app.command(cls=ChineseCommand)
def schema() -> None:
    """输出 JSON 结果的 JSON Schema。"""
    from perfeval.contract import schema as json_schema

    _write_text(lambda out: out.write(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"), None)
