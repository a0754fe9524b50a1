"""How published reports put things: nothing is remarked on that a reader would not remark on, and what he would add up is added up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.model.report import Report
from verifier.verify import verify

TITLE = "某局2023年度项目支出绩效自评报告\n"
QUIET = [
    "质量指标 指标1:基层机构实施补助。 37个基层机构 100%\n指标2:村级机构覆盖率100%。",
    "备注:1.执行率未达到90%的应说明;2.年中调整的应说明;3.其他资金包括:社会投入资金、银行贷款。",
    "指标5:新生儿访视数 214人 203人 2 1.8 质量指标 指标1:提升服务水平 效果明显",
    "内设机构4个,分别为办公室、财务科、人事科、业务科。派出机构9个,分别为城东审计所(城东站)、城西审计所、城南审",
]


@pytest.mark.parametrize("words", QUIET)
def test_nothing_is_remarked_on(words: str, report_of_text: Callable[[str], Report]) -> None:
    found = verify(report_of_text(TITLE + words)).findings

    assert [finding.message for finding in found if finding.severity != "info"] == []


def test_a_list_that_is_not_cut_off_is_counted(report_of_text: Callable[[str], Report]) -> None:
    words = "派出机构9个,分别为城东审计所(城东站)、城西审计所、城南审计所。"

    assert "CON-06" in [finding.rule for finding in verify(report_of_text(TITLE + words)).findings]


def test_a_grade_of_the_whole_is_held_against_its_score(report_of_text: Callable[[str], Report]) -> None:
    words = "自评项目15个,整体自评分97分,综合评价等级为“中”,其中4个项目评价等级为“良”。"

    assert "GRD-01" in [finding.rule for finding in verify(report_of_text(TITLE + words)).findings if finding.severity == "error"]
