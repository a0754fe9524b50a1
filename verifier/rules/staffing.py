"""STF: posts and people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model.interval import Interval, add_up
from extractor.model.report import Fact
from verifier.case import Case
from verifier.diagnose.weigh import weigh
from verifier.judge import Operand, judge
from verifier.outcome import Outcome
from verifier.rule import ARITHMETIC, MOF_53, Reading, finding_rule, planned, rule
from verifier.words import fact_title, like

FEW_OF = 8
"""A kind that a list leaves out is no more than one in so many."""
OTHER_KINDS = re.compile(r"工勤|机关工人|参公|政法专项")
NEAR = 80
"""Categories that stand so near the total are its parts; further off they may be another unit's."""


def _sum_of_parts(case: Case, code: str, whole: str, parts: tuple[str, ...], least: int) -> Iterator[Outcome]:
    """A stated total against the categories that are stated beside it; a missing category leaves it unjudged."""
    for subject in case.subjects("staffing"):
        stated = case.first(subject, whole)
        if stated is None:
            continue
        firsts = [fact for name in parts if (fact := case.first(subject, name))]
        beside = [f for name in parts for f in case.stated(subject, name) if 0 < f.figure.start - stated.figure.start < NEAR]
        ahead = [f for name in parts for f in case.stated(subject, name) if 0 < stated.figure.start - f.figure.start < NEAR]
        if max(len(firsts), len(beside)) < least:
            continue
        # 参公 may be a category of its own or stand within 事业, so that both ways of counting are lawful.
        sets = [found for found in (beside, ahead, firsts) if len(found) >= least]
        judged = [(judge(stated.figure, add_up, [Operand(fact.figure) for fact in found]), found) for found in sets]
        judgement, chosen = next((pair for pair in judged if pair[0].holds), judged[0])
        outcome = Outcome(
            code, (stated.figure, *(f.figure for f in chosen)), verdict=judgement.verdict, judgement=judgement, stated=stated.figure.text,
            key=(*subject, whole), reason=judgement.reason,
        )  # fmt: skip
        if judgement.recomputed is not None:
            outcome.recomputed = like(judgement.recomputed, stated.figure)
        near = all(abs(fact.figure.start - stated.figure.start) < NEAR for fact in chosen)
        if judgement.verdict == "inconsistent" and _others(case, stated, chosen):
            outcome.verdict, outcome.reason = "unchecked", "另有其他类别"
        elif judgement.verdict == "inconsistent":
            some = len(chosen) < len(parts) and _some_named(case, stated, chosen)
            weigh(outcome, [(add_up, [Operand(f.figure) for f in chosen])], local=near and not some, otherwise="warning")
            terms = "、".join(f"{fact_title(fact)}{fact.figure.text}" for fact in chosen)
            outcome.message = f"经复算，{terms}合计{outcome.recomputed}，与报告所列{fact_title(stated)}{stated.figure.text}不一致，请核实。"
        yield outcome


def _some_named(case: Case, stated: Fact, chosen: list[Fact]) -> bool:
    """编制62名,其中行政20名、事业36名: a few of a kind that the list does not name, and the report does elsewhere, may be left out."""
    missing = stated.figure.value - sum(fact.figure.value for fact in chosen)
    known = OTHER_KINDS.search(case.report.text) is not None
    return known and 0 < missing * FEW_OF <= stated.figure.value and "其中" in case.report.text[stated.figure.end : max(stated.figure.end, chosen[0].figure.start)]


OTHERS = re.compile(r"其余|专项|周转|其他|另有(?!离?退休)|参公|聘用")


def _others(case: Case, stated: Fact, chosen: list[Fact]) -> bool:
    """Whether the list holds kinds that the rule does not know, or more figures than were taken for its parts."""
    last = max(fact.figure.end for fact in chosen)
    words = case.report.text[stated.figure.end : last + 12] if last > stated.figure.end else case.report.text[max(0, last - NEAR) : stated.figure.start]
    begin, end = sorted((stated.figure.end, last))  # 行政30人,事业16人,其中…,遗属9人,总计57人: of a total behind its parts too
    unknown = [f for f in case.report.figures if begin <= f.start < end and f is not stated.figure and f.kind == "count" and not case.by_figure.get(f.id)]
    return bool(OTHERS.search(words) or unknown)


@finding_rule("STF-01", "编制合计", severity="error", formula="编制数 = 行政编制 + 事业编制 + 工勤编制", basis=ARITHMETIC, exceptions="参公编制含在事业编制内。")
def posts_sum(case: Case) -> Iterator[Outcome]:
    """各类编制之和等于编制总数。"""
    yield from _sum_of_parts(case, "STF-01", "establishment_posts", ("administrative_posts", "institution_posts", "worker_posts"), 2)


@finding_rule("STF-02", "在职合计", severity="error", formula="在职人数 = 行政在职 + 事业在职 + 工勤在职", basis=ARITHMETIC)
def staff_sum(case: Case) -> Iterator[Outcome]:
    """各类在职人数之和等于在职总数。"""
    yield from _sum_of_parts(case, "STF-02", "staff_in_post", ("administrative_staff", "institution_staff", "worker_staff"), 2)


@finding_rule("STF-05", "实有人数", severity="error", formula="实有人数 = 在职 + 离休 + 退休", basis=ARITHMETIC)
def headcount_sum(case: Case) -> Iterator[Outcome]:
    """年末实有人数等于在职、离休、退休人数之和。"""
    yield from _sum_of_parts(case, "STF-05", "headcount", ("staff_in_post", "former_cadres", "retirees", "retired_staff"), 2)


@rule(
    "STF-03", "在职人员控制率", each="staffing", states="staffing_control_rate",
    formula="在职人员控制率 = 在职人数 ÷ 编制数 × 100%", basis=MOF_53, exceptions="雇员、编外人员不计。",
    holds=(("71.43%", "15人", "21人"),), fails=(("74.13%", "15人", "21人"),),
    readings=(
        Reading("分类在职之和÷编制数", lambda administrative_staff, institution_staff, establishment_posts: (administrative_staff + institution_staff) / establishment_posts),
        Reading("实有人数÷编制数", lambda headcount, establishment_posts: headcount / establishment_posts),
    ),
)  # fmt: skip
def staffing_control(staff_in_post: Interval, establishment_posts: Interval) -> Interval:
    """在职人数占编制数的比重。"""
    return staff_in_post / establishment_posts


@finding_rule("STF-04", "超编", severity="notice", formula="在职人数 ≤ 编制数（分类）", basis=MOF_53, exceptions="军转安置、省级批准超编。")
def overstaffing(case: Case) -> Iterator[Outcome]:
    """分类在职人数不应超过同类编制。"""
    pairs = (("administrative_staff", "administrative_posts"), ("institution_staff", "institution_posts"), ("worker_staff", "worker_posts"), ("staff_in_post", "establishment_posts"))
    for subject in case.subjects("staffing"):
        for staff_name, posts_name in pairs:
            staff, posts = case.first(subject, staff_name), case.first(subject, posts_name)
            if staff is None or posts is None:
                continue
            over = staff.figure.value > posts.figure.value
            yield Outcome(
                "STF-04", (staff.figure, posts.figure), "notice" if over else None,
                f"{fact_title(staff)}{staff.figure.text}多于{fact_title(posts)}{posts.figure.text}，请说明。" if over else "",
                "doubtful" if over else "consistent", stated=staff.figure.text, key=(*subject, staff_name),
            )  # fmt: skip


planned("STF-06", "编制含退休", severity="warning", formula="编制数不含离退休人员", basis=MOF_53, why="各类人员见于基础数据表，读表后核对。")
planned("STF-07", "人均经费", severity="notice", formula="人员经费 ÷ 在职人数 在同类单位区间内", basis=ARITHMETIC, why="需同类单位数据，批量审计时核对。")
