"""The run over a pile on one screen: what is known is filed, what is new is audited, and every answer goes into the store."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import Any

from extractor.model.report import Unreadable
from extractor.readers.errors import Refused
from perfeval.bureau import Bureau
from perfeval.output import as_json
from perfeval.pile import errors
from perfeval.pile.executors import Place
from perfeval.pile.find import Found
from perfeval.pile.keeper import Answer, NotStarted
from perfeval.pile.progress import Progress
from perfeval.pile.terms import Terms
from perfeval.pile.work import audit_batch
from perfeval.store.packed import packed, unpacked
from perfeval.store.records import ONCE, Result, department
from perfeval.store.writer import Writer

AHEAD = 2
"""So many tasks for every slot wait at the executor, that none is ever idle and memory stays flat."""
FILED = 200
"""So many known files go into the store at once."""
TRIES = 2
NOTHING = Answer()
LOOK = 0.2
"""Seconds between two looks at the keyboard: Windows hears Ctrl-C only then."""

GONE = "与集群的连接中断：请确认调度程序正在运行、网络畅通。已完成的结果都已保存，处理后重新运行同一命令接着核对。"


class Stopped(Exception):
    """The run cannot go on; ``str(error)`` is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Task:
    """Files that an executor has, each with the hash of its contents; ``tries`` counts lost workers."""

    files: tuple[tuple[Found, str], ...]
    tries: int = 1


class PileRun:
    """One run. The store knows every document that is done, so that it may be broken off anywhere."""

    def __init__(self, writer: Writer, place: Place, terms: Terms, bureau: Bureau, progress: Progress) -> None:
        """``bureau`` is that of the terms, unpacked."""
        self._writer, self._place, self._bureau, self._progress = writer, place, bureau, progress
        self._digest, self._limits = bureau.digest(), terms.limits
        self._terms = _shared(place, terms)
        self._condition = f"{self._limits.seconds:g} s, {self._limits.megabytes} MB"
        self._paths: dict[str, list[str]] = {}
        """The files of every content that is being audited, by its key."""
        self._batch: list[tuple[Found, str]] = []
        self._tasks: dict[Future[list[Answer]], Task] = {}
        self._known: dict[str, int] = {}

    def over(self, pile: Iterable[Found]) -> None:
        """Every file of the pile into the store."""
        for found in pile:
            self._take(found)
            self._collect(self._place.slots * AHEAD)
        self._submit_batch()
        self._collect(1)
        self._file_known()

    def done(self) -> None:
        """Writes what has come back when a run is broken off."""
        self._write([future for future in self._tasks if future.done() and not future.cancelled() and not future.exception()])
        self._file_known()

    def _take(self, found: Found) -> None:
        """A file that cannot be had, that is known, that is being audited under another name, or that is new."""
        if found.error:
            self._refuse(found, found.error)
            return
        try:
            digest = found.digest()
        except Refused as refusal:
            self._refuse(found, refusal.error)
            return
        key = self._key(digest, found.path)
        if key in self._paths:
            self._paths[key].append(found.path)
        elif number := self._writer.known(key, self._condition):
            self._keep(found, number)
        else:
            self._paths[key] = [found.path]
            self._batch.append((found, digest))
            if len(self._batch) == self._place.batch:
                self._submit_batch()

    def _refuse(self, found: Found, error: Unreadable) -> None:
        """A file without contents is known by its path."""
        document = errors.document(found.path, "", error)
        self._add([self._result(f"{error.code}:{found.path}:{self._writer.run.version}", document, (found.path,))])

    def _keep(self, found: Found, number: int) -> None:
        self._known[found.path] = number
        self._progress.kept(1)
        if len(self._known) >= FILED:
            self._file_known()

    def _file_known(self) -> None:
        self._writer.file(self._known)
        self._known = {}

    def _submit_batch(self) -> None:
        if self._batch:
            self._submit(Task(tuple(self._batch)))
            self._batch = []

    def _submit(self, task: Task) -> None:
        found = [found for found, _ in task.files]
        try:
            future = self._place.executor.submit(audit_batch, found, self._terms)
        except Exception as error:
            raise Stopped(GONE) from error
        self._tasks[future] = task

    def _collect(self, most: int) -> None:
        """Writes what has come back, and waits until fewer than ``most`` tasks are out."""
        while self._tasks:
            full = len(self._tasks) >= most
            done, _ = wait(self._tasks, LOOK if full else 0, FIRST_COMPLETED)
            self._write(list(done))
            if not full:
                return

    def _write(self, done: list[Future[list[Answer]]]) -> None:
        results: list[Result] = []
        for future in done:
            task = self._tasks.pop(future)
            if (answers := self._answers(future, task)) is not None:
                results += [self._answered(found, digest, answer) for (found, digest), answer in zip(task.files, answers, strict=True)]
        self._add(results)

    def _answers(self, future: Future[list[Answer]], task: Task) -> list[Answer] | None:
        """The answers of a task; where its worker was lost, its files are done again one by one, in the end without an answer."""
        if future.cancelled():
            raise Stopped(GONE)
        error = future.exception()
        if error is None:
            return future.result()
        if isinstance(error, NotStarted):
            raise Stopped(f"无法启动核对进程（{error}）：请检查内存和杀毒软件的拦截记录。") from error
        if task.tries >= TRIES:
            return [Answer(failure="crashed") for _ in task.files]
        for pair in task.files:
            self._submit(Task((pair,), task.tries + 1))
        return None

    def _answered(self, found: Found, digest: str, answer: Answer) -> Result:
        key = self._key(digest, found.path)
        paths = tuple(self._paths.pop(key))
        if answer.failure:
            error = errors.refused(answer.failure, seconds=self._limits.seconds, megabytes=self._limits.megabytes)
            return self._result(key, errors.document(found.path, digest, error), paths)
        document = unpacked(answer.document)
        return self._result(self._key(document["sha256"] or digest, found.path), document, paths, answer)

    def _result(self, key: str, document: dict[str, object], paths: tuple[str, ...], answer: Answer = NOTHING) -> Result:
        error = document["error"]
        code = error["code"] if isinstance(error, dict) else ""
        condition = ONCE if code in errors.PASSING else self._condition if code in errors.BY_LIMITS else None
        contract = answer.document or packed(as_json(document, None).encode("utf-8", "backslashreplace"))
        return Result(key, document, contract, paths, condition, answer.text)

    def _add(self, results: list[Result]) -> None:
        if results:
            self._writer.add(results)
        for result in results:
            self._progress.done(result.document, len(result.paths))

    def _key(self, digest: str, path: str) -> str:
        """What an audit depends on: contents, version, scheme, what the bureau knows, and the scheme of the folder's department."""
        parts = (digest, self._writer.run.version, self._writer.run.scheme, self._digest, self._bureau.scheme_named(department(path)) or "")
        return ":".join(parts).rstrip(":")


def _shared(place: Place, terms: Terms) -> Any:
    """The terms, or what stands for them on a cluster."""
    try:
        return place.share(terms)
    except Exception as error:
        raise Stopped(GONE) from error
