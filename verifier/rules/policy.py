"""POL, PLA, CMP: what the arithmetic allows but the办法 may not, and what is missing. A person decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model.exact import Fraction
from extractor.model.fields import scope_title
from extractor.model.report import Fact
from verifier.case import Case
from verifier.engine import value_of
from verifier.outcome import Outcome
from verifier.rule import MOF_10, MOF_53, PLATFORM, finding_rule, planned
from verifier.words import decimal, like

LARGE = Fraction(30, 100)
LOW_RATE = Fraction(90, 100)
PART_OF_YEAR = re.compile(r"上半年|(?:前[一二两三]个?|[一二三])季度|(?<!\d)1月?[-—至~到](?:[2-9]|1[01])月|截[至止](?:(?:19|20)\d\d年)?(?:[1-9]|1[01])月")
WHOLE_YEAR = re.compile(r"全年|年底|年末|年终|12月")
EXPLAINED = re.compile(r"(?:调整|调减|调增|追加)[^。]{0,60}(?:原因|由于|因为|主要系|主要是)|(?:原因|由于|因)[^。]{0,40}(?:调减|调增|追加|调整)")
CHAPTERS = (("基本情况", r"概况|基本情况"), ("绩效分析", r"绩效(?:分析|目标|情况|实现|指标)|自评情况|完成情况"), ("评价结论", r"结论|综合得分|自评得分|评价结果|得分情况|等级"), ("存在的问题", r"问题"), ("改进措施", r"改进|措施|建议"))


@finding_rule("POL-02", "分项调整未说明", severity="notice", formula="|全年预算 − 年初预算| ÷ 年初预算 > 30% ⇒ 单独说明", basis=PLATFORM, exceptions="政策性追加已说明。")
def component_adjustment(case: Case) -> Iterator[Outcome]:
    """净调整率不大，其中某一部分的调整却超过30%而没有说明。"""
    whole = case.department()
    for name in ("basic", "project", "department"):
        subject = whole._replace(name=name)
        before, after = case.first(subject, "original_budget"), case.first(subject, "revised_budget")
        old, new = value_of(before), value_of(after)
        if not old or new is None or before is None or after is None:
            continue
        rate = new / old - 1
        if abs(rate) <= LARGE or (name == "department" and EXPLAINED.search(case.report.text)):
            continue
        if name != "department" and re.search(rf"{scope_title(name)}[^。]{{0,40}}(?:调减|调增|追加|核减)[^。]{{0,40}}(?:原因|由于|因)", case.report.text):
            continue
        shown = decimal(rate * 100, 2) + "%"
        sign = "+" if new > old else "−"
        yield Outcome(
            "POL-02", (after.figure, before.figure), "notice",
            f"{scope_title(name)}由年初{before.figure.text}调整为{after.figure.text}，调整{sign}{like(abs(new - old), after.figure if after.figure.decimals else before.figure)}"
            f"（{shown}），请单独说明调整原因。",
            "doubtful", stated=after.figure.text, recomputed=shown, key=(name, "adjusted"),
        )  # fmt: skip


@finding_rule("POL-04", "执行率偏低未说明", severity="notice", formula="预算执行率 < 90% ⇒ 说明原因", basis=MOF_10, exceptions="地方另定界限。")
def low_execution(case: Case) -> Iterator[Outcome]:
    """预算执行率偏低应说明原因。"""
    fact = case.first(case.department(), "execution_rate_revised")
    if fact is None or fact.figure.value >= LOW_RATE or _of_part_of_year(case, fact) or re.search(r"(?:执行|支出)[^。]{0,60}(?:原因|由于|因为|主要系)|未(?:执行|支出|支付)[^。]{0,30}(?:因|由于)", case.report.text):
        return
    yield Outcome("POL-04", (fact.figure,), "notice", f"预算执行率{fact.figure.text}低于90%，未见原因说明，请补充。", "doubtful", stated=fact.figure.text, key=("low",))


def _of_part_of_year(case: Case, fact: Fact) -> bool:
    """1-9月支出…,为预算的84.4%: what was spent so far, and the year goes on."""
    text = case.report.text
    start = max(text.rfind(mark, 0, fact.figure.start) for mark in "。\n") + 1
    return bool(PART_OF_YEAR.search(text, start, fact.figure.start)) and not WHOLE_YEAR.search(text, start, fact.figure.start)


@finding_rule("POL-06", "执行率重复计分", severity="notice", formula="预算执行只计一次分", basis=MOF_10, exceptions="成本指标另有计算方法。")
def execution_scored_twice(case: Case) -> Iterator[Outcome]:
    """执行率已单独计分，又在指标中再次计分。"""
    execution = case.first(next(iter([s for s in case.subjects("evaluation") if s.name == "report"]), case.department()), "execution_score")
    again = [
        i for i in case.report.indicators
        if i.score is not None and i.score.number is not None and (re.search(r"(?:预算|支出|资金|经费)(?:资金)?执行率", i.name) or _is_budget(case, i.name, i.completion_rate))
        and "采购" not in i.name
    ]  # fmt: skip
    if (execution is not None and again) or len(again) >= 2:
        names = "、".join(i.name for i in again)
        scores = [i.score for i in again if i.score] + ([execution.figure] if execution else [])
        weights = sum((i.weight.value for i in again if i.weight and i.weight.number is not None), Fraction(0)) + (10 if execution else 0)
        yield Outcome(
            "POL-06", tuple(scores), "notice", f"预算执行已单独计分，{names}再次以预算执行计分，合计{decimal(weights, 0)}分，请核对是否重复计分。",
            "doubtful", stated=scores[0].text, key=("twice",),
        )  # fmt: skip


def _is_budget(case: Case, name: str, rate: object) -> bool:
    return bool(re.fullmatch(r"(?:部门|单位)?预算(?:经费|总额|支出|资金)(?:控制数)?", name)) and rate is not None


@finding_rule("PLA-06", "极端值", severity="warning", formula="率值不为负、不超过1000%", basis=PLATFORM, exceptions="新增业务。")
def extremes(case: Case) -> Iterator[Outcome]:
    """完成率超过1000%之类的极端值。"""
    for indicator in case.report.indicators:
        rate = indicator.completion_rate
        if rate is not None and rate.number is not None and rate.unit == "%" and rate.number > 1000:
            yield Outcome("PLA-06", (rate,), "warning", f"{indicator.name}完成率{rate.text}，请核对指标值和实际值的单位。", "doubtful", stated=rate.text, key=(indicator.name, "extreme"))


FORM = re.compile(r"(?:自评|评价|目标|情况|评分|统计|完成)表")
HEAD = 120
"""A form names itself in its first lines."""


@finding_rule("CMP-01", "必备章节", severity="info", formula="基本情况、绩效分析、结论、问题、措施俱全", basis=MOF_10, exceptions="次序和标题可不同；自评表。")
def chapters(case: Case) -> Iterator[Outcome]:
    """缺少的章节列出；自评表没有章节，不要求。"""
    if FORM.search((case.report.title or "") + case.report.text[:HEAD]):
        return
    missing = [name for name, words in CHAPTERS if not re.search(words, case.report.text)]
    if missing and len(case.report.text) > 600:
        yield Outcome("CMP-01", (), "info", f"未见{'、'.join(missing)}部分，请补充。", "doubtful", key=("chapters",), quote_span=(0, min(40, len(case.report.text))))


for code, title, severity, formula, why in (
    ("POL-03", "年中调整未说明", "notice", "调整数≠0 ⇒ 单独说明", "并入 POL-02，只在调整超过30%时提示，以免逐份提示。"),
    ("POL-05", "目标变更程序", "notice", "目标变更应有批复", "并入 IND-06 的说明。"),
    ("POL-08", "问题与建议对应", "notice", "问题与措施逐条对应", "需读出文字含义。"),
    ("POL-09", "支出进度预警", "info", "年中执行率 ÷ (月份/12)", "需监控月份，见于监控表。"),
    ("POL-10", "公开要求", "info", "自评结果随决算公开", "需公开网址，批量审计时核对。"),
    ("PLA-01", "无支出有产出", "warning", "执行数≈0 而产出已完成", "需逐项目表。"),
    ("PLA-02", "未验收而满分", "warning", "未验收不得满分", "需验收材料。"),
    ("PLA-04", "同类双重标准", "warning", "同样情形同样计分", "需读出文字含义。"),
    ("PLA-07", "抽样外推", "info", "抽查项目与部门执行率相差≤5个百分点", "需多项目数据。"),
    ("CMP-02", "必填字段", "info", "指标值、实际值、分值、得分齐全", "实际值缺失已由 IND-07 提示；其他待读表后核对。"),
    ("CMP-03", "佐证材料", "notice", "每项指标有佐证", "见于附件清单。"),
    ("CMP-04", "资金未披露", "info", "三公、采购、结转按要求披露", "地方要求未核实，停用。"),
    ("CMP-05", "签章日期", "info", "盖章、负责人、日期齐全", "见于封面和表尾，读表后核对。"),
    ("CMP-06", "参与自评范围", "notice", "自评项目数 = 预算项目数", "需项目清单。"),
):  # fmt: skip
    planned(code, title, severity=severity, formula=formula, basis=MOF_53 if code == "CMP-04" else MOF_10, why=why)  # type: ignore[arg-type]
