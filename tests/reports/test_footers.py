"""The row at the foot of a form has a layout of its own: its total is read by its own labels, whatever heads stand above."""

from __future__ import annotations

import pytest

from bench.accuracy_kit.files import file_of
from extractor.read import report_of
from extractor.readers import open_bytes
from verifier.verify import verify

FORM = """# 某镇河道保洁项目2023年度绩效自评表
| 项目名称 | 河道保洁 | < | < | 实施单位 | 某镇水利站 | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | < | < | 实际完成值 | 分值 | 得分 |
| ^ | ^ | ^ | 指标性质 | 指标值 | 度量单位 | ^ | ^ | ^ |
| 产出指标 | 数量指标 | 保洁河道长度 | ≥ | 42 | 公里 | 40 | 30 | 28.57 |
| ^ | 质量指标 | 抽查合格率 | ≥ | 95 | % | 97% | 20 | 20 |
| 效益指标 | 社会效益 | 水环境改善 | 定性 | 明显 | — | 较明显 | 40 | 36 |
| 满意度指标 | 服务对象满意度 | 沿河居民满意度 | ≥ | 90 | % | 92% | 10 | 10 |
"""
FOOTERS = (
    "| 其他需要说明事项 | 无 | < | < | < | 总分 | 100 | 94.57 | 优 |",
    "| 其他需要说明的问题 | 无 | < | < | 合计 | < | 100 | 94.57 | 优 |",
    "| 其他说明 | 无 | < | < | < | < | 合计分 | 100 | 94.57 |",
    "| 备注 | 无 | < | 自评等级 | 优 | 自评总分 | 94.57 | < | < |",
    "| 自评等级 | 优 | < | 综合得分 | 94.57 | < | < | < | < |",
    "| 总分 | < | < | < | < | < | 100 | 94.57 | 优 |",
    "| 总分 | < | < | < | < | < | < | 94.57 | 优 |",
    "| 总分 | 100 | 自评得分 | 94.57 | 自评等级 | 优 | < | < | < |",
    "| 填报人：张某 | < | < | 总得分 | 94.57 | 评价等级 | 优 | < | < |",
    "| 自评得分合计 | 94.57 | < | < | < | 自评等级 | 优 | < | < |",
    "| 总分 | < | < | < | < | < | < | 100 | 94.57 |",
)


def _errors(text: str) -> list[str]:
    return [finding.rule for finding in verify(report_of(open_bytes(file_of(text, "html"), "x.html"))).findings if finding.severity == "error"]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_footer_is_no_indicator_and_its_total_is_held_against_the_scores(footer: str) -> None:
    assert _errors(FORM + footer + "\n") == []
    assert _errors(FORM + footer.replace("94.57", "95.47") + "\n") == ["SCO-09"]


def test_values_at_the_foot_under_words_nobody_knows_are_not_taken_for_weights() -> None:
    assert _errors(FORM + "| 其他说明 | 无 | < | < | < | 本表评定 | 100 | 94.57 | 优 |\n") == []


def test_an_indicator_that_is_called_a_score_is_still_an_indicator() -> None:
    text = FORM.replace("抽查合格率", "信用评价得分").replace("| 95 | % | 97% |", "| 95 | 分 | 97分 |")
    assert _errors(text + FOOTERS[0] + "\n") == []
