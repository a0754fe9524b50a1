"""问题清单.xlsx of a run: a cover, all findings, all reports, statistics with charts, what was not read, who handed in, who gets a letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from perfeval.letters import statistics
from perfeval.letters.common import Common
from perfeval.letters.cover import cover
from perfeval.letters.findings import mistake_of
from perfeval.letters.judged import Judged
from perfeval.letters.post import Sent
from perfeval.letters.survey import NO_DEPARTMENT, NO_UNIT, Survey
from perfeval.letters.unchanged import NAME
from perfeval.letters.wishes import Wishes
from perfeval.pile.errors import LABELS as REASONS
from perfeval.render.sheet import Head, Looks, Row, sheet, workbook
from perfeval.render.words import KIND, MEANING
from perfeval.render.xlsx import NOTES, PROBLEMS, SEVERITY_COLUMN, offer_conclusions, problem
from perfeval.store import Store
from perfeval.store.records import Remark, Run
from verifier.audit import LABELS, SEVERITIES

FINDINGS: Head = (*((name, 20 if name == "文件" else width) for name, width in PROBLEMS), ("共性问题", 5))
REPORTS: Head = (
    ("预算部门", 14), ("预算单位", 24), ("报告类型", 11), ("年度", 7), ("综合得分", 10), ("等级", 8), ("复算区间", 16), ("等级可能变化", 9),
    *((label, 7) for label in LABELS.values()), ("读到数字", 8), ("核对一致", 8), ("文件", 46),
)  # fmt: skip
UNREADABLE: Head = (("预算部门", 14), ("预算单位", 24), ("文件", 50), ("原因", 12), ("说明和办法", 70))
REMARKS: Head = (("类别", 12), ("预算部门", 18), ("预算单位", 30), ("说明", 90))
ACROSS: Head = (("等级", 7), ("规则编号", 10), ("问题类别", 16), ("核查意见", 60), ("单位", 28), ("文件", 40), ("原文摘录", 60))
LETTERS: Head = (
    ("预算部门", 16), ("预算单位", 28), ("文件数", 8), *((label, 7) for label in LABELS.values()), ("重新报送", 8), ("反馈函", 50), ("不发函的原因", 42),
)  # fmt: skip
MOST_ROWS = 1_000_000
"""A sheet holds 1,048,576 rows; a note tells of the rest."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the workbook is made of."""

    store: Store
    run: Run
    files: Iterable[Judged]
    survey: Survey
    sent: list[Sent]
    common: list[Common]
    remarks: list[Remark]
    wishes: Wishes
    day: str


def write(path: Path, given: Contents, mark: str) -> None:
    """Writes the workbook, row by row: no sheet is held in memory. ``mark`` is a property of it, see ``unchanged``."""
    with path.open("wb") as out:
        book = workbook(out, "绩效自评报告核查问题清单", constant_memory=True)
        book.set_custom_property(NAME, mark, "text")
        looks = Looks(book)
        cover(book, given.survey, given.run, len(given.common), given.day, looks)
        offer_conclusions(sheet(book, "问题清单", FINDINGS, islice(_problems(given), MOST_ROWS), looks, SEVERITY_COLUMN))
        sheet(book, "报告一览", REPORTS, islice(_reports(given), MOST_ROWS), looks)
        statistics.by_rule(book, given.survey, looks)
        statistics.by_department(book, given.survey, looks)
        for name, head, rows in SHEETS:
            sheet(book, name, head, rows(given), looks)
        book.close()


def _problems(given: Contents) -> Iterator[Row]:
    """Department by department, unit by unit, report by report, the most severe first."""
    numbers = {one.mistake: one.number for one in given.common}
    number, term = 0, f"{given.wishes.term}个工作日"
    for filed, findings, _ in given.files:
        for finding in findings:
            number += 1
            row = problem(number, finding, filed.department or NO_DEPARTMENT, filed.unit or NO_UNIT, filed.kind, filed.path, term)
            yield (*row, numbers.get(mistake_of(finding), ""))


def _reports(given: Contents) -> Iterator[Row]:
    for filed, _, score in given.files:
        if filed.status == "ok":
            yield (
                filed.department or NO_DEPARTMENT, filed.unit or NO_UNIT, KIND.get(filed.kind, filed.kind), filed.fiscal_year, score.total, score.grade,
                score.span, score.change, filed.errors, filed.warnings, filed.notices, filed.info, filed.figures, filed.verified, filed.path,
            )  # fmt: skip


def _unreadable(given: Contents) -> Iterator[Row]:
    for filed in given.store.files(given.run.id):
        if filed.status != "ok":
            reason = REASONS.get(filed.error_code or "", filed.error_code)
            yield filed.department or NO_DEPARTMENT, filed.unit or NO_UNIT, filed.path, reason, filed.error_message


def _remarks(given: Contents) -> Iterator[Row]:
    for one in given.remarks:
        yield one.kind, one.department or NO_DEPARTMENT, one.unit or NO_UNIT, one.words


def _across(given: Contents) -> Iterator[Row]:
    """What only the pile as a whole shows."""
    for one in given.store.across(given.run.id):
        yield LABELS[one.severity], one.rule, one.title, one.message, "\n".join(one.units), "\n".join(one.paths), "\n".join(f"{path}：{words}" for path, words in one.quotes)


def _letters(given: Contents) -> Iterator[Row]:
    for one in given.sent:
        yield one.department or NO_DEPARTMENT, one.unit or NO_UNIT, one.files, *one.counts, one.again, one.path, one.why


def _notes(given: Contents) -> Iterator[Row]:
    run = given.run
    yield "程序", f"perfeval {run.version}，评分方案 {run.scheme}"
    yield "材料", PurePosixPath(run.root.replace("\\", "/")).name
    for severity in SEVERITIES:
        yield LABELS[severity], MEANING[severity]
    yield "共性问题", f"同一规则、同一可能原因涉及{given.wishes.common}个以上单位的，编入《共性问题通报》；栏中数字为通报的条号。"
    yield "复算区间", "综合得分减去（或加上）各条“影响”中的分值；由复核人裁量的，下限按程序算出的最大扣分。没有此类问题的不列。"
    yield "发函清单", "各等级条数只计需要单位回复的：说明差异来源的、请复核人关注的不在内。"
    yield "报送情况", "重复报送总会核对；应报未报、名册外要有单位名册（audit --roster）。"
    yield "用法", "本表为复算结果和核查线索，结论由财政部门作出；依据中的条款引用前请核对原文。"
    found = sum(given.survey.summary[key] for key in ("errors", "warnings", "notices", "info"))
    if found > MOST_ROWS:
        yield "注意", f"共{found}条，本表只列前{MOST_ROWS}条；全部请用 perfeval export 导出。"


SHEETS: tuple[tuple[str, Head, Callable[[Contents], Iterator[Row]]], ...] = (
    ("无法读取", UNREADABLE, _unreadable), ("报送情况", REMARKS, _remarks), ("报告之间", ACROSS, _across), ("发函清单", LETTERS, _letters), ("说明", NOTES, _notes),
)  # fmt: skip
