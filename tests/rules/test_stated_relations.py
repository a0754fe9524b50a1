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
    ("BUD-16", "年初预算924.30万元，其中基本支出618.45万元、项目支出305.85万元；年中调减36.20万元，调整后预算888.10万元。", "调减", "调增"),
    ("BUD-02", "年初，财政批复我局部门预算1204.66万元，预算调整增加88.24万元，调整后预算为1292.90万元。", "88.24", "882.4"),
    ("RAT-01", "调整后预算888.10万元。决算支出812.36万元，其中基本支出560.12万元，项目支出252.24万元，预算执行率91.47%，年末结余75.74万元。", "91.47%", "94.17%"),
    ("REL-03", "专项资金共1,482,650.40元，其中省级资金982,650.40元，县级资金500,000.00元。年内支付1,240,318.22元，其中省级资金820,318.22元，县级资金420,000.00元，资金支付率83.66%。", "83.66%", "86.33%"),
    ("REL-02", "专项资金共1,482,650.40元。年内支付1,240,318.22元，其中省级资金820,318.22元，县级资金420,000.00元，结余242,332.18元。", "242,332.18元", "242,323.18元"),
    ("REL-02", "控制价638.40万元，中标价597.15万元，节约资金41.25万元。", "41.25万元", "41.25亿元"),
    ("GPR-02", "采购支出386.42万元，其中货物类96.15万元、工程类202.67万元、服务类87.60万元。", "386.42", "386.71"),
    ("REL-01", "本年安排课题3个，合计预算214.60万元，实际支出201.35万元。具体为：水质研究82.40万元、支出78.15万元；土壤普查71.20万元、支出66.90万元；湿地监测61.00万元、支出56.30万元。", "66.90", "69.60"),
    ("REL-03", "全年收入1842.60万元，由拨款收入1506.35万元、经营收入248.15万元、其他收入88.10万元构成，分别占81.75%、13.47%和4.78%。", "13.47%", "14.37%"),
    ("REL-01", "全年支付工程款486.20万元，支付率92.40%。支付的工程款中，桥面维修218.64万元，护栏更换152.36万元，照明改造115.20万元。", "152.36", "125.36"),
    ("REL-04", "购置平板电脑135台，单价2,860元，金额38.61万元。", "38.61", "36.81"),
    ("REL-04", "聘用保洁员214名，每人每年补助8,400元，全年发放179.76万元。", "179.76", "197.76"),
    ("REL-01", "登记志愿者386人、社工57人，合计443人。", "443人", "434人"),
    ("REL-02", "年末存栏18.46万头，上年为17.92万头，增加0.54万头。", "0.54", "0.45"),
    ("REL-02", "服务群众8426人次，较上年7913人次增加513人次。", "增加", "减少"),
    ("REL-04", "岗位补助标准为每人每年3600元。柳林乡118名，发放42.48万元；石门乡94名，发放33.84万元；古渡乡157名，发放56.52万元。", "33.84万元；", "38.34万元；"),
    ("REL-01", "柳林乡118名，发放42.48万元；石门乡94名，发放33.84万元；古渡乡157名，发放56.52万元。三个乡共发放132.84万元。", "132.84", "128.34"),
    ("REL-03", "聘用人员842名，比上年的806名增加36名。其中女性371名，占44.06%，男性471名。", "44.06%", "40.46%"),
    ("REL-03", "受理申请1286件，办结1254件，办结率97.51%。", "97.51%", "98.75%"),
    ("REL-02", "接待读者26.4万人次，同比多接待3.2万人次，增长13.79%。", "13.79%", "31.79%"),
    ("REL-01", "全年支出329.00万元。分季度看，一季度支出86.42万元，二季度支出94.15万元，三季度支出78.63万元，四季度支出69.80万元；上半年支出180.57万元。", "78.63", "87.63"),
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


def test_points_of_percent_for_the_growth_of_an_amount_are_remarked(report_of_text: Callable[[str], Report]) -> None:
    words = TITLE + "收入决算1318.47万元，上年为1240.60万元，同比增加77.87万元，增长6.28%。"
    found = verify(report_of_text(words.replace("6.28%", "6.28个百分点"))).findings
    assert [f.rule for f in verify(report_of_text(words)).findings if f.severity in ("error", "warning")] == []
    assert [f.stated for f in found if f.severity == "warning"] == ["6.28个百分点"]


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
