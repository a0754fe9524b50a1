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
    "部门预算支出1129236万元,决算反映的执行数为986 752.25万元,其中财政拨款985 552.25万元;部门预算与执行结果的差异总额为142 483.75万元。",
    "审计查出问题金额3786.5万元,其中2009年3316.10万元;账务记录不规范金额18 234.28万元。",
    "抚育1万亩,拨付资金200万元,其中,直接补助费197万元(每亩197元),设计费3万元(每亩3元)。",
    "1-9月,全市财政支出完成267.37亿元,为预算的84.4%,增长9.4%。",
    "内设机构4个,分别为办公室、财务科、人事科、业务科。派出机构9个,分别为城东审计所(城东站)、城西审计所、城南审",
    "2023年,纳入部门预算编制范围的单位有3个。现有在职人员126人。",
    "现有编制人数86人，其中参公人员49人，事业人员37人；在职人员79人；作业队编制人数35人；居民组编制人数64人。",
    "今年共承办为民办实事项目20个,其中,省定实事项目16个,市定实事项目6个(与省里项目重复2个)。",
    "质量指标 项目(工程)验收合格率20100%100%20 时效指标 及时完工率10100%100%10。验收工程10个,合格10个,合格率100%。",
    "补贴面积128,436.57亩，补贴标准为每亩91.06元，共发放补贴资金1,169.64万元。",
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


TOLD = [
    ("实施比选项目57个,交易金额6581万元,节约资金514万元;其中:房屋类项目53个,交易额6125万元,节约金额486万元;交通类项目2个,交易额189万元,节约金额16万元;水利类项目2个,交易额267万元,节约金额12万元。", "514万元"),
    ("三校区共发放330份调查表,有效回收326份。其中东校区发放100份,实收99份;南校区发放80份,实收79份;西校区发放80份,实收78份,教工发放70份,实收70份。", "326份"),
    ("二、失业保险基金。本年收入924.36亿元,比上年增加275.12亿元。本年支出433.21亿元,比上年增加9.08亿元。本年收支结余491.15亿元。", "491.15亿元"),
    ("一般公共预算当年拨款675.25万元,比2022年执行数减少110.07万元,降低14.02%。", "14.02%"),
    ("收入预算1280.24万元,其中:上年结转195.35万元,占比15.26%;其他收入1046.15万元,占比81.72%;使用非财政拨款结余38.74万元,占比3.03%。", "3.03%"),
    ("省定实事项目和市定实事项目共20个,其中,省定实事项目16个,市定实事项目6个(与省里项目重复2个)。", "20个"),
    ("中等职业学校为14,609.52元,比上年的12,530.03增加2,079.49元,增长16.60%。", "16.60%"),
    ("下达我市2022年州级财政补助资金318万元。具体资金分配方案建议如下:\n1.产业发展安排资金172.8万元,实施产业项目2个。\n2.人居环境整治安排资金145.2万元,实施道路项目17个。", "318万元"),
    ("一、中央财政衔接资金(5273万元)\n(一)支持产业发展3043.7万元;\n(二)后续扶持项目1050万元;\n(三)以工代赈任务1179.3万元。", "5273万元"),
    ("税收收入完成66,342万元,较上年同期增长18.39%,增收10,304万元。", "18.39%"),
    ("截至6月底,资产总额901.23亿元,较期初增加6.73亿元,增幅为0.75%;负债总额412.05亿元,较期初增加9.85亿元,增幅2.45%。", "2.45%"),
    ("项目支出469,500元,同比增加70,100元。其中:\n商品和服务支出426,000元,占项目支出预算90.73%。", "90.73%"),
    ("授予中小微企业的总采购额为1,607.22万元。其中,授予小微企业的采购额为656.46万元,占授予中小微企业总采购额的40.8%。", "40.8%"),
    ("发放补贴面积11,931.02亩,补贴标准131.42元/亩,共发放补贴资金156.8万元,受益农民4030户。", "156.8万元"),
    ("补贴面积160,118.88亩,按照每亩补贴91.07元的标准,共计发放耕地地力保护补贴资金1458.20万元。", "1458.20万元"),
    ("安排专项经费18万元,主要项目:1、文化下乡5万;2、广场文化活动7万;3、社区文化2万;4、体育事业4万。", "18万元"),
    ("机关运行经费支出120.66万元,主要用于办公。较2022年度决算数增加19.68万元,增长19.49%。", "19.49%"),
    ("全国采购规模为33067.0亿元。\n货物、工程、服务采购规模分别为8607.0亿元,15004.3亿元和9455.6亿元,占采购规模的26.0%、45.4%和28.6%。", "45.4%"),
    ("下达我区113万元,其中低保资金101万元,孤儿保障金12万元,调减40万元,全年实际下达73万元。", "73万元"),
    ("年初预算9,836.16万元,其中一般公共预算9,836.16万元,基金预算0元,年中调增18,746.37万元,决算总收入28,582.53万元。", "28,582.53万元"),
    ("共计支出6.77万元,包括:市场管理1.29万元,执法3.1万元;维权保护0.17;药品事务0.18万元;其他事务0.41;卫生健康0.2万元;行政运行1.42万元。", "6.77万元"),
    ("建厂房12.08万元;购买变压器一套18.8万元;购置锅炉一台6.75万元;增设发酵池十二个3.2万元;共计40.83万元。", "40.83万元"),
    ("全镇“三公”经费支出合计40.14万元。其中,公务用车购置及运维费30.93万元;公务接待费9.21万元。\n国内公务接待105批次。\n全镇“三公”经费较上年减少2.97万元,下降6.89%。", "6.89%"),
    ("2021年“三公”经费支出共计9.07万元,较年初预算数减少10.93万元,下降54.65%,较上年支出数减少0.71万元,下降7.26%。", "54.65%"),
    ("居民人均可支配收入27904元,比2015年增加8925元,累计增长47.0%。", "47.0%"),
    ("人员概况:在职人员81人,专业技术人员57人、管理人员1人,工勤人员23人。", "81人"),
    ("三公经费决算总额2771万元,比上年下降1.8%。分项情况是:因公出国120万元,比上年增长79.1%;公务接待费1033万元,下降7.6%;公务用车1618万元,其中:购置费414万元,运行费1204万元。", "2771万元"),
    ("完成补助2300.67万元,中央补助442.43万元,地方补助1858.24万元;其中村卫生室471.23万元,其中中央189.63万元,地方281.6万元。", "2300.67万元"),
]


@pytest.mark.parametrize(("words", "figure"), TOLD, ids=[figure for _, figure in TOLD])
def test_what_the_words_state_is_recomputed(words: str, figure: str, report_of_text: Callable[[str], Report]) -> None:
    report = report_of_text(TITLE + words)
    audit = verify(report)
    right = {check.figures[0] for check in audit.checks if check.verdict == "consistent"}

    assert [finding.message for finding in audit.findings if finding.severity == "error"] == []
    assert next(f.id for f in report.figures if f.text == figure) in right


def test_what_was_taken_away_is_not_added(report_of_text: Callable[[str], Report]) -> None:
    report = report_of_text(TITLE + "下达我区113万元,其中低保资金101万元,孤儿保障金12万元,调减40万元,全年实际下达153万元。")

    assert not [check for check in verify(report).checks if check.stated == "153万元" and check.verdict == "consistent"]


def test_the_department_may_stand_under_its_own_name(report_of_text: Callable[[str], Report]) -> None:
    report = report_of_text("2022年,市审计局部门全年预算数为1718.98万元,全年执行数为1710.45万元,执行率为99.50%。")

    assert {(fact.subject.kind, fact.subject.name) for fact in report.facts} == {("budget", "department")}


def test_a_list_of_a_form_that_otherwise_adds_up_is_held_to_it(report_of_text: Callable[[str], Report]) -> None:
    words = "养老基金收入21489亿元,其中:保险费收入17554亿元;财政补贴收入3935亿元。医保基金收入4399亿元,其中:保险费收入816亿元;财政补贴收入3523亿元。"

    assert "REL-01" in [finding.rule for finding in verify(report_of_text(TITLE + words)).findings if finding.severity == "error"]


def test_nothing_is_said_of_a_rate_that_figures_further_off_only_nearly_give(report_of_text: Callable[[str], Report]) -> None:
    words = "基金收入20790亿元,完成预算的111%;支出16699亿元,完成预算的101%。其中,保险费收入17002亿元,增长13%。"

    assert [finding.message for finding in verify(report_of_text(TITLE + words)).findings if finding.rule == "REL-03"] == []
