"""All documents of a finished run, made from the store alone."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from perfeval.letters.common import common_problems
from perfeval.letters.days import day_of
from perfeval.letters.errors import LetterError
from perfeval.letters.judged import AllJudged
from perfeval.letters.letter import template
from perfeval.letters.notice import notice
from perfeval.letters.post import FOLDER, Desk, posted
from perfeval.letters.summary import summary
from perfeval.letters.survey import surveyed
from perfeval.letters.unchanged import basis, remembered, written
from perfeval.letters.whole import keep, whole
from perfeval.letters.wishes import Wishes
from perfeval.letters.workbook import Contents, write
from perfeval.store import Store
from perfeval.store.records import Run

WORKBOOK, SUMMARY, NOTICE = "问题清单.xlsx", "情况摘要.docx", "共性问题通报.docx"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: how many letters, for how many units, and how many common problems."""

    letters: int
    units: int
    common: int

    @property
    def words(self) -> str:
        """One line for the screen."""
        return f"已生成：{WORKBOOK}、{SUMMARY}、{NOTICE}（{self.common}类），反馈函{self.letters}份（共{self.units}个单位）。\n"


def documents(store: Store, run: Run, out: Path, wishes: Wishes, *, anew: bool = True) -> Made:
    """Writes all documents into a folder, or leaves those that would come out the same where they need not be made ``anew``.

    ``LetterError`` where the template is no good or a document cannot be written.
    """
    fill = template(wishes.template)
    day = day_of(run, wishes.day)
    try:
        made_of = basis(store, run, wishes, day)
        return (not anew and _kept(out, made_of)) or _made(store, run, Desk(out, fill, wishes.term, day), wishes, made_of)
    except OSError as error:
        raise LetterError(f"无法写入“{error.filename2 or error.filename or out}”（{error.strerror or error}）：请检查写入权限和磁盘空间，并关闭正在打开它的程序。") from error


def _kept(out: Path, made_of: str) -> Made | None:
    """What lies there, if it was made of the same and nobody has changed or removed a letter since."""
    words = remembered(out / WORKBOOK)
    if words[:2] != [made_of, written(_beside_the_workbook(out))]:
        return None
    letters, units, common = map(int, words[2:])
    return Made(letters, units, common)


def _made(store: Store, run: Run, desk: Desk, wishes: Wishes, made_of: str) -> Made:
    """The workbook comes last: it keeps what the others were made of."""
    out, day = desk.out, desk.day
    with closing(AllJudged(store, run.id)) as files:
        survey = surveyed(store, run.id, files)
        problems = common_problems(survey, wishes.common)
        sent = posted(files, desk, {problem.mistake: problem.number for problem in problems})
        said = store.roster(run.id)
        keep(out / SUMMARY, summary(survey, store.unreadable(run.id), sent, problems, said, day))
        keep(out / NOTICE, notice(problems, wishes.common, wishes.term, day))
        made = Made(sum(bool(one.path) for one in sent), len(sent), len(problems))
        mark = f"{made_of} {written(_beside_the_workbook(out))} {made.letters} {made.units} {made.common}"
        with whole(out / WORKBOOK) as beside:
            write(beside, Contents(store, run, files, survey, sent, problems, said, wishes, day), mark)
    return made


def _beside_the_workbook(out: Path) -> list[Path]:
    return [out / SUMMARY, out / NOTICE, *(out / FOLDER).glob("*/*.docx")]
