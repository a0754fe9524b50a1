"""What a sentence states of its own figures: written right it draws no error, with one figure wrong it does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.model.report import Report
from verifier.verify import verify

TITLE = "某局2023年度部门整体支出绩效自评报告\n"
STATED = [
    ("SCO-13", "预算执行得9.7分(满分10分)，产出得48分(满分50分，时效扣2分)，效益得30分(满分30分)。", "得48分", "得47分"),
    ("SCO-13", "数量指标24分(满分25分，招生未达标扣1分)、质量指标25分(满分25分)、成本指标10分(满分10分)。", "扣1分", "扣2分"),
    ("SCO-13", "项目过程得23.5分(满分25分，制度执行扣1分、资金使用扣0.5分)，项目产出得35分(满分35分)。", "扣0.5分", "扣1.5分"),
    ("SCO-13", "产出指标满分50分，得48.5分(完成时效扣1.5分)；效益指标满分30分，得30分。", "48.5分", "49.5分"),
    ("SCO-09", "各部分得分依次为9.84分、19分、39分、20分和10分，综合得分97.84分。", "97.84分", "98.74分"),
    ("SCO-09", "四个部分得分依次为9.75分、49分、28分、9.5分，自评总分96.25分。", "9.5分", "8.5分"),
    ("REL-01", "总体评价：很满意168份，满意75份，一般7份，不满意1份，前两项合计243份。", "243份", "234份"),
    ("REL-01", "支出构成：人员412.6万元，公用58.3万元，改造286.4万元，奖补64.5万元，后两项合计350.9万元。", "350.9万元", "305.9万元"),
    ("REL-01", "工资9864.15万元、商品3702.46万元、补助1257.06万元、资本815.30万元。前两类合计13566.61万元。", "13566.61", "13556.61"),
    ("REL-02", "城市标准由每月812元提高到876元，农村标准由每月616元提高到672元，分别提高64元和56元。", "64元", "46元"),
    ("REL-02", "城乡标准分别由812元和616元提高到876元和672元，分别提高64元和56元。", "56元", "65元"),
    ("REL-02", "职工参保由23.6万人增加到24.8万人，居民参保由86.4万人增加到87.2万人，分别增长5.08%和0.93%。", "0.93%", "0.39%"),
    ("REL-04", "收购价每吨500元，每亩增收350元，1560亩示范基地合计增收54.6万元。", "54.6万元", "56.4万元"),
]


def _errors(report: Report) -> list[str]:
    return [finding.rule for finding in verify(report).findings if finding.severity == "error"]


@pytest.mark.parametrize(("rule", "words", "right", "wrong"), STATED, ids=[f"{rule}-{right}" for rule, _, right, _ in STATED])
def test_a_stated_relation_is_held_to_its_own_figures(rule: str, words: str, right: str, wrong: str, report_of_text: Callable[[str], Report]) -> None:
    assert words.count(right) == 1
    assert _errors(report_of_text(TITLE + words)) == []
    assert rule in _errors(report_of_text(TITLE + words.replace(right, wrong)))


COMPARABLE = [
    "随机抽取优抚对象200名，接通并完成访问的185名，满意的178名，满意度96.22%，超过目标值(95%)。",
    "举办培训班12期，培训318人，按年初目标300人计算完成106.00%。",
    "培训农技人员856人次，计划800人次，完成107%。",
    "资助参保率目标100%，应资助15260人，实际资助15260人，资助参保率100%。",
]


@pytest.mark.parametrize("words", COMPARABLE)
def test_a_value_of_the_targets_own_kind_is_its_actual_value(words: str, report_of_text: Callable[[str], Report]) -> None:
    audit = verify(report_of_text(TITLE + words))

    assert [finding.message for finding in audit.findings if finding.rule == "IND-08" or finding.severity == "error"] == []


def test_a_rate_of_completion_of_a_number_is_recomputed(report_of_text: Callable[[str], Report]) -> None:
    indicator = report_of_text(TITLE + "培训农技人员856人次，计划800人次，完成107%。").indicators[0]

    assert [figure and figure.text for figure in (indicator.target, indicator.actual, indicator.completion_rate)] == ["800人次", "856人次", "107%"]


def test_a_number_where_a_rate_was_aimed_at_is_still_remarked(report_of_text: Callable[[str], Report]) -> None:
    audit = verify(report_of_text(TITLE + "走访企业完成率目标值90%，实际完成76家。"))

    assert "IND-08" in [finding.rule for finding in audit.findings]
