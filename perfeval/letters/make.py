"""All documents of a finished run, made from the store alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from perfeval.letters.common import common_problems
from perfeval.letters.days import day_of
from perfeval.letters.errors import LetterError
from perfeval.letters.letter import template
from perfeval.letters.notice import notice
from perfeval.letters.post import Desk, posted
from perfeval.letters.summary import summary
from perfeval.letters.survey import surveyed
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


def documents(store: Store, run: Run, out: Path, wishes: Wishes) -> Made:
    """Writes all documents into a folder; ``LetterError`` where the template is no good or a document cannot be written."""
    fill = template(wishes.template)
    day, survey = day_of(run, wishes.day), surveyed(store, run.id)
    problems = common_problems(survey, wishes.common)
    numbers = {problem.mistake: problem.number for problem in problems}
    try:
        sent = posted(store, run.id, Desk(out, fill, numbers, wishes.term, day), out)
        said = store.roster(run.id)
        with whole(out / WORKBOOK) as beside:
            write(beside, Contents(store, run, survey, sent, problems, said, wishes, day))
        keep(out / SUMMARY, summary(survey, store.unreadable(run.id), sent, problems, said, day))
        keep(out / NOTICE, notice(problems, wishes.common, wishes.term, day))
    except OSError as error:
        raise LetterError(f"无法写入“{error.filename2 or error.filename or out}”（{error.strerror or error}）：请检查写入权限和磁盘空间，并关闭正在打开它的程序。") from error
    return Made(sum(bool(one.path) for one in sent), len(sent), len(problems))
