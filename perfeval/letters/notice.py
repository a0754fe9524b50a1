"""共性问题通报.docx: every mistake that many units made, with what is asked of them and who they are."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from docx.shared import Pt

from perfeval.letters.common import Common
from perfeval.letters.findings import REQUESTS
from perfeval.letters.paper import saved, sheet_of_paper, write
from perfeval.letters.survey import NO_DEPARTMENT, NO_UNIT

NUMERALS = "一二三四五六七八九十"


def notice(problems: list[Common], least: int, term: int, day: str) -> bytes:
    """The notice as a Word file."""
    document = sheet_of_paper("共性问题通报")
    write(document, "关于绩效自评报告共性问题的通报", "Title", align="center")
    write(document, "", indent=False)
    write(document, "各有关单位：", indent=False)
    if problems:
        _problems(document, problems, least, term)
    else:
        write(document, f"本次核查没有涉及{least}个以上单位的同类问题，各单位事项见反馈函。")
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    write(document, day, align="right").paragraph_format.space_before = Pt(28)
    return saved(document)


def _problems(document: Any, problems: list[Common], least: int, term: int) -> None:
    units = {unit for problem in problems for unit in problem.units}
    write(document, f"本次绩效自评报告核查中，以下{len(problems)}类事项各涉及{least}个以上单位（共{len(units)}个单位），现集中通报。"
          f"请相关单位对照核实，于收到本通报之日起{term}个工作日内回复；另有反馈函的，在反馈函中一并回复。")  # fmt: skip
    for problem in problems:
        _problem(document, problem)


def _problem(document: Any, problem: Common) -> None:
    rule = problem.rule
    head = write(document, f"{_numeral(problem.number)}、{problem.title}", "Heading 1")
    head.paragraph_format.space_before, head.paragraph_format.keep_with_next = Pt(10), True
    write(document, f"核查规则{rule.code}，公式：{rule.formula}。依据：{rule.basis}。")
    if rule.exceptions:
        write(document, f"不视为问题的情形：{rule.exceptions.rstrip('。')}。")
    write(document, f"处理：{REQUESTS[rule.severity]}；确有合理口径的，请注明口径并附依据。")
    write(document, f"涉及{len(problem.units)}个单位、{problem.findings}条：")
    for department, units in groupby(sorted(problem.units.items()), lambda item: item[0][0]):
        names = "、".join(f"{unit or NO_UNIT}（{count}条）" if count > 1 else unit or NO_UNIT for (_, unit), count in units)
        write(document, f"{department or NO_DEPARTMENT}：{names}。")


def _numeral(number: int) -> str:
    """一 to 十, then 11."""
    return NUMERALS[number - 1] if number <= len(NUMERALS) else str(number)
