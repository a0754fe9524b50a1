"""``perfeval audit``: a folder in, a store full of audits out, and what it came to in a few lines."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from perfeval._version import __version__
from perfeval.books.roster import Roster
from perfeval.bureau import Bureau
from perfeval.pile.cases import by_roster, departments, units
from perfeval.pile.errors import LABELS
from perfeval.pile.executors import NoCluster, Place, cluster, local
from perfeval.pile.find import found_in
from perfeval.pile.limits import Limits
from perfeval.pile.progress import Progress
from perfeval.pile.run import PileRun, Stopped
from perfeval.pile.season import season
from perfeval.pile.terms import Terms
from perfeval.store import Store, StoreError, open_store
from perfeval.store.records import Run
from perfeval.store.writer import Writer
from verifier.schemes import scheme as scheme_of

STORE = "perfeval.db"


class Refusal(Exception):
    """The run cannot begin or go on; ``str(error)`` is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for on the command line. Without a ``scheme`` the bureau decides it for every report; ``aside`` are files of
    the bureau's own, should they lie within the pile."""

    folder: Path
    scheme: str | None
    out: Path
    store: str | None = None
    jobs: int | None = None
    cluster: str | None = None
    limits: Limits = field(default_factory=Limits)
    bureau: Bureau = field(default_factory=lambda: Bureau(date.today()))
    aside: tuple[Path, ...] = ()

    @property
    def known(self) -> Bureau:
        """What the bureau knows; a scheme of the command line goes before those of its settings."""
        settings = self.bureau.settings
        return replace(self.bureau, settings=replace(settings, scheme=None, schemes={})) if self.scheme and settings else self.bureau

    @property
    def usual(self) -> str:
        """The scheme of reports for which the bureau has no other."""
        settings = self.bureau.settings
        return scheme_of(self.scheme or (settings.scheme if settings else None)).id


def beside(folder: Path) -> Path:
    """The output folder of a pile where none is named: 报送材料 → 报送材料-核查结果."""
    place = folder.resolve()
    return place.with_name(f"{place.name or '根目录'}-核查结果")


@contextmanager
def audited(order: Order) -> Iterator[tuple[Store, Run, Progress]]:
    """Runs to the end; gives the open store and the finished run, from which the documents for the bureau are made."""
    _possible(order)
    try:
        with open_store(order.store or order.out / STORE, writes=True) as store:
            writer = Writer(store.engine, os.fspath(order.folder.resolve()), __version__, order.usual, _now())
            progress = _run(order, writer)
            progress.step("正在比对各份报告…")
            _group(writer, order.bureau.roster)
            writer.finish(_now(), pile=season(store, writer.run.id, order.bureau.roster))
            progress.end()
            run = store.last_run()
            assert run is not None
            yield store, run, progress
    except (StoreError, NoCluster, Stopped) as error:
        raise Refusal(str(error)) from error


def _possible(order: Order) -> None:
    """Says before the work begins what would go wrong in it."""
    if not order.folder.is_dir():
        raise Refusal(f"找不到文件夹“{order.folder}”：请检查路径；核对单个文件请用 perfeval verify。")
    try:
        os.scandir(order.folder).close()
    except OSError as error:
        raise Refusal(f"无法打开文件夹“{order.folder}”（{error.strerror}）：请检查权限。") from error
    try:
        order.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"无法建立输出文件夹“{order.out}”（{error.strerror}）：请检查写入权限，或用 --out 另指定一个。") from error


def _run(order: Order, writer: Writer) -> Progress:
    folder, own = order.folder.resolve(), _own(order)  # a worker elsewhere has another current folder
    progress = Progress(sys.stderr if sys.stderr.isatty() else None, lambda: sum(1 for _ in found_in(folder, own)))
    bureau = order.known
    terms = Terms(order.scheme, order.limits, bureau.packed() if bureau.digest() else b"")
    with _place(order) as place:
        run = PileRun(writer, place, terms, bureau, progress)
        try:
            run.over(found_in(folder, own))
        except KeyboardInterrupt:
            run.done()
            raise
        finally:
            progress.end()
    return progress


def _group(writer: Writer, roster: Roster | None) -> None:
    """Every file to its unit, by the names of the roster where there is one."""
    if roster is None:
        writer.group(units)
    else:
        writer.group(by_roster(roster), departments(roster))


def _own(order: Order) -> tuple[Path, ...]:
    """What a run writes itself, should it lie within the pile."""
    kept = order.store if order.store and "://" not in order.store else ""
    return (order.out, *order.aside, *(Path(kept + end) for end in ("", "-wal", "-shm", ".lock") if kept))


def _place(order: Order) -> AbstractContextManager[Place]:
    return cluster(order.cluster) if order.cluster else local(order.jobs)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def outcome(store: Store, run: Run, progress: Progress) -> str:
    """What the run came to, for the screen."""
    counts, reasons = store.summary(run.id), store.unreadable(run.id)
    waived = f"，另有豁免{counts['waived']}条" if counts["waived"] else ""
    lines = [
        f"核对完成：{counts['units']}个单位，{counts['documents']}个文件；新核对{progress.verified}个，沿用上次结果{progress.known}个。",
        f"错误{counts['errors']}条（{counts['wrong']}个文件），疑点{counts['warnings']}条，提示{counts['notices']}条，说明{counts['info']}条{waived}。",
    ]
    if reasons:
        lines.append(f"无法读取{counts['unreadable']}个：" + "，".join(f"{LABELS.get(code, code)}{count}个" for code, count in reasons.items()) + "。")
    if titles := Counter(one.title for one in store.across(run.id)):
        lines.append("报告之间：" + "，".join(f"{title}{count}条" for title, count in titles.most_common()) + "。")
    if kinds := Counter(one.kind for one in store.roster(run.id)):
        lines.append("报送情况：" + "，".join(f"{kind}{count}个" for kind, count in kinds.items()) + "。")
    return "\n".join(lines) + "\n"
