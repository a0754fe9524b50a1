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
    ("REL-04", "改造210户，每户3500元，支出735,000元，比计划少20户，少支出70,000元。", "70,000元", "90,000元"),
    ("REL-04", "助听器适配150台，单价1850元，支出277,500元，比计划少20台，节约37,000元。", "37,000元", "73,000元"),
    ("REL-04", "老年人体检5840人次，每人次60元，支出35.04万元，比目标多160人次，多支出9600元。", "9600元", "6900元"),
    ("IND-01", "全年新增纸质图书4200册，超过目标200册，完成率105%。", "105%", "150%"),
    ("IND-01", "举办科普讲座65场，比年初目标多5场，完成率108.33%。", "108.33%", "103.83%"),
    ("IND-01", "培训农机手285人，少于计划15人，完成率95%。", "完成率95%", "完成率59%"),
    ("SCO-10", "产出50分，得48.36分，其中数量40分，得38.36分；时效和成本各5分，得10分。", "48.36分", "48.63分"),
    ("GPR-02", "政府采购支出总额121万元，其中：货物支出12万元、工程支出9万元、服务支出100万元。", "服务支出100万元", "服务支出110万元"),
    ("REL-02", "机关运行经费支出120.66万元，主要用于日常办公。较2022年度决算数增加19.68万元，增长19.49%。", "19.49%", "19.94%"),
    ("REL-03", "全国采购规模33067.0亿元。\n货物、服务采购规模分别为8607.0亿元和9455.6亿元，占采购规模的26.03%和28.60%。", "26.03%", "23.06%"),
    ("REL-02", "“三公”经费全年预算38.50万元，实际支出33.86万元，较预算节约4.64万元，节约率12.05%。", "4.64万元", "6.44万元"),
    ("REL-02", "“三公”经费全年预算38.50万元，实际支出33.86万元，较预算节约4.64万元，节约率12.05%。", "12.05%", "21.05%"),
    ("REL-02", "计划投资186.5万元，实际投资193.2万元，比计划增加6.7万元，增幅3.59%。", "6.7万元", "7.6万元"),
    ("REL-02", "孕产妇系统管理率目标为95%，实际92.8%，偏差2.2个百分点。", "2.2个", "3.2个"),
    ("REL-02", "核定事业编制52名，实有在编人员47人，空编5名。", "空编5名", "空编8名"),
    ("REL-01", "本年收入12,847.36万元，上年结转643.28万元，收入总计13,490.64万元。", "643.28", "634.28"),
    ("REL-01", "本年支出13,102.55万元，年末结转388.09万元，支出总计13,490.64万元。", "13,490.64", "13,409.64"),
    ("REL-04", "现有教学班30个，在校学生1,326人，班均44.2人。", "44.2人", "42.4人"),
    ("REL-04", "开展职业技能培训62期3,720人次，平均每期60人。", "3,720", "3,270"),
    ("REL-04", "全年审结案件4,987件，法官人均结案262.47件(员额法官19名)。", "262.47", "226.47"),
    ("REL-04", "全年开馆346天，接待读者98.7万人次，日均2,853人次。", "2,853", "2,583"),
    ("SCO-13", "产出指标满分50分，数量和时效各扣0.8分，得48.4分；效益指标30分，得30分。", "48.4分", "44.8分"),
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


UNREMARKED = [
    "2023年支出54.87万元，年初预算58.00万元，预算执行率94.60%，上一年的执行率是97.12%（预算52.00万元，支出50.50万元）。",
    "有明显进步的51名，占79.69%，目标为80%，未完全达到，差0.31个百分点。",
    "电子警察设备维护数量，10分，得9.67分。目标360套，实际348套，完成率96.67%，按比例扣0.33分。",
    "上半年筛查11820人次，完成年初目标的49.25%；采集水样62份，完成34.44%；培训2期，完成25%。",
    "截至6月底培训120人，年初目标300人，完成率40%。",
    "年度目标主要有：新增纸质图书4000册，新增数字资源5TB，举办读者活动50场，读者满意度达到90%以上。",
    "事业编制45名，2024年末在职42人，另有劳务派遣人员26人。按在职和派遣人员共45人计算，人均办理538件。",
    "年初预算1128.60万元，其中项目支出360.00万元。全年预算1135.40万元，其中项目支出366.80万元，净调增6.80万元，占年初预算的0.60%。",
]


@pytest.mark.parametrize("words", UNREMARKED)
def test_what_the_words_tell_apart_is_not_remarked(words: str, report_of_text: Callable[[str], Report]) -> None:
    found = [f"{f.rule} {f.message}" for f in verify(report_of_text(TITLE + _normal(words))).findings if f.severity in ("error", "warning")]

    assert found == []


def _normal(words: str) -> str:
    """The words as the reader of files hands them on: signs half as wide."""
    return words.translate(str.maketrans("，：；（）", ",:;()"))


def test_a_difference_is_not_taken_for_the_value(report_of_text: Callable[[str], Report]) -> None:
    words = "举办读者活动46场，目标是50场，完成率92%。上年办了44场，虽然没有完成当年目标，但还是比上年多2场。"
    indicator = report_of_text(TITLE + _normal(words)).indicators[0]

    assert [figure and figure.text for figure in (indicator.target, indicator.actual, indicator.completion_rate)] == ["50场", "46场", "92%"]


def test_a_large_figure_after_a_target_is_the_target_itself(report_of_text: Callable[[str], Report]) -> None:
    indicator = report_of_text(TITLE + "接待观众23.1万人次,高于年度目标21万人次,完成率110%。").indicators[0]

    assert indicator.apart is None and indicator.target is not None and indicator.target.text == "21万人次"


def test_points_in_a_heading_are_no_part_of_an_indicators_name(report_of_text: Callable[[str], Report]) -> None:
    report = report_of_text(TITLE + "(二)数量指标\n2.电子警察设备维护数量,10分,得9.67分。目标360套,实际348套,完成率96.67%,按比例扣0.33分。")

    assert [indicator.name for indicator in report.indicators] == ["电子警察设备维护数量"]
