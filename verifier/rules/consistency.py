"""CON: the same fact in several places; years and names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.report import Fact, Indicator, Subject
from verifier.audit import Cause, Check
from verifier.case import Case, told
from verifier.diagnose.slips import one_slip_apart, slip_between
from verifier.judge import Operand, Way, itself, judge
from verifier.outcome import Outcome
from verifier.rule import ARITHMETIC, MOF_10, finding_rule, part_of, planned
from verifier.words import SLIPS, fact_title, like

WEAK = re.compile(r"^(?:支出|执行|执行数|结余|剩余|到位|安排预算|预算安排|预算资金|支出资金|支出金额|支出数|项目预算|使用资金|总支出|预算|共支出|实际使用|预算金额|预算经费|本年支出|本年预算|年度预算|总预算|支付|已支付|实际支付|已支出)$")
NOUNS = re.compile(r"项目|企业|人员|学生|活动|任务|村|社区")
ASSIGNED = re.compile(r"(?P<document>[\u4e00-\u9fff]{1,10}[〔\[(](?:19|20)\d\d[〕\])]\d{1,4}号)(?:文件?|通知)?[^。；;\n\d]{0,6}?(?:下达|安排|拨付|批复|追加|核拨)(?P<purpose>[^。；;，,\n\d]{4,30})\Z")
FAR_BEFORE = 70
LONG_PURPOSE = 6
"""So many characters in common name one sum of money (前期工作资金)."""
BOUNDS = ("BUD-12", "STF-04", "SCO-02", "IND-14")
"""Rules that only say more or less: they confirm almost any value."""
NOT_FAR = Fraction(6, 5)
SHARED_NAME = 4
"""So many characters in common make two names speak of one thing (到位资金)."""


def repeats(case: Case, checks: list[Check]) -> Iterator[Outcome]:
    """CON-01 for every field: all its mentions agree. Runs after the other rules, whose checks speak for or against a mention."""
    confirmed = {
        figure
        for check in checks
        if check.verdict == "consistent" and check.recomputed is not None and check.rule not in BOUNDS and len(check.figures) > 1
        for figure in check.figures
    }
    for subject, fields in case.facts.items():
        if subject.kind not in ("budget", "staffing", "evaluation"):
            continue
        for name, facts in fields.items():
            readable = [fact for fact in facts if fact.figure.number is not None and not fact.figure.comparator]
            if len(readable) > 1 and not _many_by_nature(subject, name):
                yield from _agree(case, subject, name, readable, confirmed)
    yield from _indicator_repeats(case)
    yield from _paragraph_repeats(case)
    yield from _by_document(case)


def _by_document(case: Case) -> Iterator[Outcome]:
    """The money that one document number assigns for one purpose, named twice with two amounts: 丹财农指〔2023〕41号下达的前期工作资金."""
    seen: dict[tuple[str, str], Figure] = {}
    for figure in case.report.figures:
        if figure.kind != "amount" or figure.number is None or figure.hedge or figure.comparator:
            continue
        match = ASSIGNED.search(case.report.text[max(0, figure.start - FAR_BEFORE) : figure.start])
        purpose = match["purpose"][-LONG_PURPOSE:] if match else ""
        if match is None or len(purpose) < LONG_PURPOSE:
            continue
        first = seen.setdefault((match["document"], purpose), figure)
        if first is figure:
            continue
        outcome = Outcome("CON-01", (figure, first), stated=figure.text, recomputed=first.text, formula="同一文号下达的同一笔资金，各处数值相同", key=(match["document"], purpose))
        if figure.value != first.value and (figure.step == first.step or not judge(figure, lambda value: value, [Operand(first)]).holds):
            outcome.severity, outcome.verdict = "warning", "doubtful"
            outcome.causes = tuple(Cause("other_value", one.id, other.text, f"{one.text}若为{other.text}，两处相符") for one, other in ((figure, first), (first, figure)))
            outcome.message = f"{match['document']}下达的{purpose}，一处列{first.text}，另一处列{figure.text}，请按文件原件核实。"
        yield outcome


def _paragraph_repeats(case: Case) -> Iterator[Outcome]:
    """A count of two digits or more that its own paragraph gives twice under one noun (60个项目): the tick is kept.

    Different counts are no contradiction here, since the two clauses need not speak of one thing.
    """
    seen: dict[tuple[object, ...], Figure] = {}
    text = case.report.text
    for figure in case.report.figures:
        if figure.kind != "count" or figure.number is None or figure.number < 10 or case.by_figure.get(figure.id):
            continue
        around = text[max(0, figure.start - 8) : figure.start] + "|" + text[figure.end : figure.end + 4]
        for noun in NOUNS.findall(around):
            key = (text.count("\n", 0, figure.start), figure.unit, figure.number, noun)
            if key in seen:
                yield Outcome("CON-01", (figure, seen[key]), stated=figure.text, recomputed=seen[key].text, key=key, title=f"{noun}数同段一致")
            seen.setdefault(key, figure)


def _many_by_nature(subject: Subject, name: str) -> bool:
    return name in ("budget_adjustment_net", "contract_staff", "project_count") or (subject.name.startswith("group:") and name != "group_score")


def _agree(case: Case, subject: Subject, name: str, facts: list[Fact], confirmed: set[str]) -> Iterator[Outcome]:
    groups: dict[tuple[Fraction, int], list[Fact]] = {}
    for fact in facts:
        home = next((key for key in groups if key[1] == fact.sign and _same(groups[key][0].figure, fact.figure)), None)
        groups.setdefault(home or (fact.figure.value, fact.sign), []).append(fact)
    ranked = sorted(groups.values(), key=lambda group: (-len(group), -sum(f.figure.id in confirmed for f in group), group[0].figure.start))
    main = ranked[0]
    if len(main) > 1:
        yield Outcome("CON-01", tuple(f.figure for f in main), stated=main[0].figure.text, recomputed=main[0].figure.text, key=(*subject, name), title=f"{fact_title(main[0])}前后一致")
    for group in ranked[1:]:
        yield _conflict(case, subject, name, main, group, confirmed)


def _same(a: Figure, b: Figure) -> bool:
    """Equal, or the coarser one is the finer rounded or cut off."""
    return a.value == b.value or (a.step != b.step and a.interval.meets(b.interval)) or (bool(a.hedge or b.hedge) and a.interval.meets(b.interval))


TIMES_AND_SCOPES = re.compile(r"\d{1,2}月|[一二三四]季度|上半年|半年|首次|新增|空缺|空编|冻结|不含|本级|所属|系统|局机关|剔除|扣除|可用|上年|去年")
TIMES_OF_PEOPLE = re.compile(rf"{TIMES_AND_SCOPES.pattern}|年初|原有")
EVALUATORS = re.compile(r"第三方|财政|复核|初评|复评|抽查|单位|上年|去年|主管部门")
REACH_BEFORE, REACH_AFTER = 30, 10
OWN_WORDS = re.compile(r"[^,，;；。()\n]{0,4}(?:\([^()]*\)|[,，;；。\n])")


def _told_apart(case: Case, odd: Fact, usual: Fact) -> bool:
    """Whether the words around two figures tell them apart: another month, evaluator, part; or one sentence names both."""
    if odd.figure.kind == "rate" and case.report.text.count("\n", *sorted((odd.figure.start, usual.figure.start))) == 0:
        return True
    if "。" not in case.report.text[slice(*sorted((odd.figure.start, usual.figure.start)))] and odd.subject.kind != "evaluation":
        return True
    words = {"evaluation": EVALUATORS, "staffing": TIMES_OF_PEOPLE}.get(odd.subject.kind, TIMES_AND_SCOPES)
    return _marks(case, odd.figure, words) != _marks(case, usual.figure, words)


def _marks(case: Case, figure: Figure, words: re.Pattern[str]) -> set[str]:
    """Words of time, scope or evaluator that stand before a figure in its clauses, after the figure of its kind before it."""
    text = case.report.text
    before = [f.end for f in case.report.figures if f.kind == figure.kind and f.end <= figure.start]
    start = max(before[-1] if before else 0, *(text.rfind(mark, 0, figure.start) + 1 for mark in "。；;\n"))
    end = min((f.start for f in case.report.figures if figure.end <= f.start < figure.end + REACH_AFTER), default=figure.end + REACH_AFTER)
    after = text[figure.end : end]
    if end < figure.end + REACH_AFTER:
        own = OWN_WORDS.match(after)  # what stands right before the next figure is of that one
        after = own[0] if own else ""
    return set(words.findall(text[max(start, figure.start - REACH_BEFORE) : figure.start] + after))


def _conflict(case: Case, subject: Subject, name: str, main: list[Fact], group: list[Fact], confirmed: set[str]) -> Outcome:
    """Two values of one fact. Each confirmed by relations of its own, they are two facts whose scope we cannot tell."""
    odd, usual = group[0], main[0]
    both = any(f.figure.id in confirmed for f in group) and any(f.figure.id in confirmed for f in main)
    weak = any(WEAK.match(f.cue.strip()) or not f.firm for f in (odd, usual))
    slip = one_slip_apart(odd.figure, usual.figure.value) and not _told_apart(case, odd, usual)
    outcome = Outcome(
        "CON-01", (odd.figure, usual.figure), stated=odd.figure.text, recomputed=usual.figure.text, key=(*subject, name, "conflict"),
        difference=like(odd.figure.value - usual.figure.value, odd.figure), title=f"{fact_title(odd)}前后一致",
    )  # fmt: skip
    if both and (odd.figure.kind == "rate" or not (slip and len(str(odd.figure.number)) > SHARED_NAME)):
        outcome.verdict, outcome.reason = "unchecked", "两处数字各自与本处其他数字相符，可能口径不同"
        return outcome
    far = subject.name != "department" and not slip
    if slip:
        outcome.verdict, outcome.severity = "inconsistent", "error"
    elif weak or far or odd.figure.kind == "rate" or not _near(odd.figure, usual.figure) or _told_apart(case, odd, usual):
        outcome.verdict, outcome.reason = "unchecked", "可能口径不同"
    else:
        outcome.verdict, outcome.severity, outcome.reason = "doubtful", "warning", "可能口径不同"
    if outcome.severity:
        outcome.ways, outcome.sign = (Way(itself, (Operand(usual.figure, usual.sign),)),), odd.sign
    page = f"（{usual.figure.place.words}）" if usual.figure.place and usual.figure.place.words else ""
    outcome.message = f"{fact_title(odd)}此处列{odd.figure.text}，另处{page}列{usual.figure.text}，前后不一致，相差{outcome.difference}，请核实。"
    return outcome


def _near(a: Figure, b: Figure) -> bool:
    """Whether two values may be meant to be one: further apart they are of two things."""
    low, high = sorted((abs(a.value), abs(b.value)))
    return high <= low * NOT_FAR


def _indicator_repeats(case: Case) -> Iterator[Outcome]:
    """An indicator's actual value that the work report names too (到位资金361.77亿元)."""
    for indicator in case.report.indicators:
        actual = indicator.actual
        if actual is None or actual.number is None or len(str(actual.number).replace(".", "")) < 4:
            continue
        for figure in case.report.figures:
            if figure.id == actual.id or figure.kind != actual.kind or figure.unit != actual.unit or figure.number is None:
                continue
            if any(other.start <= figure.start < other.end for other in case.report.indicators) or case.by_figure.get(figure.id):
                if not _other_name(case, figure):
                    continue
            if not _share_name(case, indicator, figure):
                continue
            same = figure.value == actual.value
            if not same and (_is_goal(case, figure) or any(goal and goal.number is not None and goal.value == figure.value for goal in (indicator.target, indicator.target_revised))):
                continue
            if same or one_slip_apart(figure, actual.value):
                yield _repeat(indicator, actual, figure, same)


GOAL = re.compile(r"目标|计划|任务|拟|预期")
OUTCOME = re.compile(r"实际|完成|实现|达到|全年")


def _is_goal(case: Case, figure: Figure) -> bool:
    """年度目标主要有:新增图书4000册: what was aimed at may differ from what came of it."""
    text = case.report.text
    words = text[max(text.rfind(mark, 0, figure.start) for mark in "。\n") + 1 : figure.start]
    goal = max((match.end() for match in GOAL.finditer(words)), default=-1)
    return goal >= 0 and not OUTCOME.search(words, goal)


def _other_name(case: Case, figure: Figure) -> bool:
    """Whether a figure with a role in a budget stands under a name of its own (招商引资到位资金), not the department's."""
    facts = case.by_figure.get(figure.id, [])
    return bool(facts) and all(f.subject.kind == "budget" and f.subject.name.startswith("project:") for f in facts)


def _share_name(case: Case, indicator: Indicator, figure: Figure) -> bool:
    before = case.report.text[max(0, figure.start - 16) : figure.start]
    before = re.split(r"[,，。；;\n]", before)[-1]
    name = indicator.name
    return any(name[i : i + SHARED_NAME] in before for i in range(len(name) - SHARED_NAME + 1))


def _repeat(indicator: Indicator, actual: Figure, figure: Figure, same: bool) -> Outcome:
    outcome = Outcome("CON-01", (figure, actual), stated=figure.text, recomputed=actual.text, key=(indicator.name, "repeat"), title=f"{indicator.name}前后一致")
    if not same:
        outcome.ways = (Way(itself, (Operand(actual),)),)
        outcome.verdict, outcome.severity = "inconsistent", "error"
        outcome.message = f"正文列{figure.text}，{indicator.name}实际完成值列{actual.text}，前后不一致，请核实。"
    return outcome


@finding_rule(
    "CON-01", "跨节同名同值", severity="error", formula="同一事实在各处的数值相同", basis=ARITHMETIC,
    exceptions="年初与全年、部门与本级、保留位数不同的不算。", holds=(("313.87万元", "313.87万元"),), fails=(("318.37万元", "313.87万元"),),
)  # fmt: skip
def same_everywhere(case: Case) -> Iterator[Outcome]:
    """同一指标在不同章节重复出现时应一致。"""
    return iter(())


@finding_rule("CON-03", "年度一致", severity="warning", formula="标题年度 = 正文预算年度", basis=MOF_10, exceptions="对比年度、下年计划。")
def one_year(case: Case) -> Iterator[Outcome]:
    """标题写明的年度与正文通篇所写年度不同，多为沿用上年模板。"""
    report = case.report
    match = re.search(r"((?:19|20)\d\d)年", report.title or "")
    years = re.findall(r"((?:19|20)\d\d)年度?(?=[^。\n]{0,10}(?:部门整体|预算|自评|绩效))", report.text)
    if not match or len(years) < 4:
        return
    title = match[1]
    others = [year for year in years if year != title]
    if len(others) > len(years) * 0.7:
        common = max(sorted(set(others)), key=others.count)
        yield Outcome("CON-03", (), "warning", f"标题为{title}年，正文多处为{common}年，请核对年度。", "doubtful", stated=title, recomputed=common, key=("year",), quote_span=(0, min(60, len(report.text))))


@finding_rule(
    "CON-02", "文表一致", severity="error", formula="正文数 = 表内数", basis=MOF_10, exceptions="约数、其他时点的数、目标值。",
    typical_causes="表格更新后正文未改。", holds=(("56场", "56场"),), fails=(("65场", "56场"),),
)  # fmt: skip
def text_and_table(case: Case) -> Iterator[Outcome]:
    """同一指标在正文与表格中的数应一致；不同且只差一处笔误的，或一句逐栏复述合计行而仅一栏不同的，才算矛盾。"""
    for relation in case.report.relations:
        if relation.rule != "CON-02" or relation.stated.number is None:
            continue
        stated, known = relation.stated, [relation.operands[0], *(operands[0] for _, operands in relation.others)]
        same = next((figure for figure in known if _told_again(stated, figure)), None)
        if same is not None:
            yield Outcome("CON-02", (stated, same), stated=stated.text, recomputed=same.text, key=(told(relation.quote), "table"))
            continue
        slips = [] if stated.hedge else [f for f in known if f.value and (relation.tie == "stated" or _is_slip(stated, f, relation.closed))]
        if slips and (slips[0] is known[0] or len(slips) == 1):
            actual = slips[0]
            yield Outcome(
                "CON-02", (stated, actual), "error", f"正文列{stated.text}，表中同一指标列{actual.text}，请核对后更正一处。", "inconsistent",
                stated=stated.text, recomputed=like(actual.value, stated), local=True, proven=True, key=(told(relation.quote), "table"),
                ways=(Way(itself, (Operand(actual),)),),
            )  # fmt: skip


@finding_rule(
    "CON-11", "总体目标与指标一致", severity="warning", formula="总体目标所列数 = 指标的指标值", basis=MOF_10, exceptions="目标只列一部分；年中调整过的目标。",
    typical_causes="沿用上年目标文字、指标另行调整。",
)  # fmt: skip
def goal_and_indicator(case: Case) -> Iterator[Outcome]:
    """总体目标文字里的数，与同一指标的指标值（或完成值）应一致。"""
    for relation in case.report.relations:
        if relation.rule != "CON-11" or relation.stated.number is None:
            continue
        stated, target = relation.stated, relation.operands[0]
        known = [target, *(operands[0] for _, operands in relation.others)]
        if any(judge(stated, lambda value: value, [Operand(figure)]).holds for figure in known):
            yield Outcome("CON-11", (stated, target), stated=stated.text, recomputed=target.text, key=(told(relation.quote), "goal"))
        else:
            yield Outcome(
                "CON-11", (stated, target), "warning", ways=(Way(itself, (Operand(target),)),), message= f"总体目标列{stated.text}，指标的指标值列{target.text}，不一致，请核实应以哪一个为准。", verdict="doubtful",
                stated=stated.text, recomputed=target.text, key=(told(relation.quote), "goal"),
            )  # fmt: skip


BUDGETED = ("original_budget", "revised_budget", "expenditure_outturn", "funds_received")
SMALLEST_BUDGET = 1000
"""元. No project of a department is as small; two such amounts of one budget were written in 万元."""


@finding_rule(
    "CON-05", "数量级与单位", severity="warning", formula="元、万元、亿元不混", basis=ARITHMETIC, exceptions="补助标准、单价。",
    typical_causes="“万元”漏写“万”。",
)  # fmt: skip
def units_of_money(case: Case) -> Iterator[Outcome]:
    """一个项目的预算、执行数都只有几十几百元的，多半是“万元”写成了“元”。"""
    for subject in case.subjects("budget"):
        stated = [fact.figure for name in BUDGETED for fact in case.stated(subject, name) if fact.subject == subject]
        small = [figure for figure in stated if _is_small(figure) and not PRICE.search(case.report.text, max(0, figure.start - PRICE_REACHES), figure.start)]
        if len({figure.value for figure in small}) > 1:
            shown = "、".join(dict.fromkeys(figure.text for figure in small))
            meant = {figure.id: figure.text.removesuffix("元") + "万元" for figure in small}
            causes = tuple(Cause("unit_slip", figure.id, meant[figure.id], f"{figure.text}若为{meant[figure.id]}（{SLIPS['unit_slip']}），与项目的规模相称") for figure in small)
            yield Outcome("CON-05", tuple(small), "warning", f"预算、执行数列为{shown}，数量级异常，请核对单位是否应为万元。", "doubtful", stated=small[0].text, key=(subject.name, "unit"), causes=causes)


PRICE = re.compile(r"每[\u4e00-\u9fff]{1,4}(?:补助|补贴)?\Z|单价[^,，]{0,4}\Z|标准[^,，]{0,4}\Z")
PRICE_REACHES = 10
"""每亩197元 in a bracket behind an amount is a price."""


def _is_small(figure: Figure) -> bool:
    return figure.unit == "元" and figure.number is not None and 0 < figure.number < SMALLEST_BUDGET


def _is_slip(stated: Figure, known: Figure, sure: bool) -> bool:
    """Whether one is the other with a slip; unless they are ``sure`` to be one thing, two values may well differ in a single digit."""
    return (one_slip_apart(stated, known.value) and (sure or slip_between(stated, known.value) != "digit_typo")) or _swapped_pair(stated, known)


def _told_again(stated: Figure, known: Figure) -> bool:
    """Whether one of the two is the other, or the other as it is rounded: 361,120.00元 and 36.11万元."""
    finer = stated.step < known.step and known.comparator is None
    return judge(stated, lambda value: value, [Operand(known)]).holds or (finer and judge(known, lambda value: value, [Operand(stated)]).holds)


def _swapped_pair(a: Figure, b: Figure) -> bool:
    """56 and 65: too short for a slip to prove anything by itself, but not where name and unit are the same."""
    first, second = (str(f.number).replace(".", "") for f in (a, b))
    return len(first) == len(second) == 2 and a.unit == b.unit and first == second[::-1] and a.number != b.number


part_of("CON-09", "自评与决算一致", severity="warning", formula="自评数 = 决算数", basis=MOF_10, within="TIE-01 至 TIE-09（verify --ledger）")

for code, title, severity, formula, why in (
    ("CON-04", "模板残留", "warning", "不出现其他单位名称", "批量审计时与同批报告比对。"),
    ("CON-07", "同名异义", "info", "按章节区分项目、资金、到位", "是读取的规则，不单独出结论。"),
    ("CON-10", "大小写与千分位", "info", "数字写法可读", "印刷不规范的数字在数字台账中列明存疑。"),
):  # fmt: skip
    planned(code, title, severity=severity, formula=formula, basis=MOF_10, why=why)  # type: ignore[arg-type]
