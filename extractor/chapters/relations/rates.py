"""Percentages of one figure in another: 占…的, 为…的, …率."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from extractor.chapters.labels import read_label
from extractor.chapters.relations.bases import of_another_budget
from extractor.chapters.relations.common import AT_HAND, QUALIFIED, alike, core, direction, is_change, is_set, relation, subject_of
from extractor.chapters.relations.shares import shares_in_a_row
from extractor.chapters.relations.sums import AMONG
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.fields import lexicon_rows
from extractor.model.figure import Figure
from extractor.model.report import Relation, Tie

NAMED_WHOLE = re.compile(
    r"(?:占(?P<share>[^,，;；。]{0,24}?)|(?:为|达到?|完成|实现|相当于|仅为|约为)(?P<done>[^,，;；。]{2,16}?)(?<!上年)(?<!去年)的)"
    r"(?:的)?(?:比例|比重|比)?(?:为|达到?|约)*\Z"
)
BARE_WHOLE = re.compile(r"(?:完成|占|为)(?P<done>(?:年初|全年|调整后)?(?:预算|计划|目标|任务)(?:数|值|任务)?)\Z")
OF_WHAT_WAS_SAID = re.compile(r"^[^,，。;；:：]{0,10}的(?:比例|比重)?(?:为)?\Z")
HOLDS_A_WHOLE = re.compile(r"(?:占|完成|达到?|为|实现|相当于)[^,，;；。]{0,20}\Z")
THAN = re.compile(r"(?:比|较|同比|环比|与[^,，]{0,8}相比)(?!例|重)")
RATE_NAME = re.compile(r"(?:率|完成值|实际完成|占比|比例|比重|进度|覆盖面|满意度|程度|度)(?:均|也|已)?(?:约)?(?:为|达到?|是|完成|:|实现)?\Z")
NOT_OF_TWO = re.compile(r"偏差|偏离|差异率|变动率|变化率|增减率|增长率|下降率|增幅|降幅|调整率|调整幅度|节约率|利率|税率|费率|汇率|及格线|湿度|温度|浓度")
OF_LAST_YEAR = re.compile(r"上年|去年|上一年|同期")
EACH_HALF = re.compile(r"各占?\Z")
"""数量和库容各占50%: weights of several things, not the share of the figure before."""
CHECKED_OFF, SUBMITTED = re.compile(r"[核审]减率"), re.compile(r"送审|报审|申报|上报|原报|申请")
"""核减率 is of what was handed in, never of a contract or a budget beside it."""
STEM = re.compile(r"([\u4e00-\u9fff]{2})(?:率|度)(?:为|达到?|是)?\Z")
BESIDE = 14
NEGATED = re.compile(r"不(?!少于|低于|超过)|未|无(?!害)|缺|非(?!常|遗)|欠")
DUE = re.compile(r"应|计划|需|共|总|任务|抽查|发放|收回|有效问卷|参[训加与]|受理")
DONE = re.compile(r"实|已|按时|完成|合格|通过|满意|办结|达标|及时|回收|有效")
EXECUTED = re.compile(r"(?:执行|支出|支付|完成|使用|控制)(?:率|进度)")
SPENT_RATE = re.compile(r"(?:执行|支出|支付|完成)(?:率|进度)")
BUDGET = re.compile(r"预算|安排|下达|到位")
SPENT = re.compile(r"支出|执行|支付|使用|开支|花费|列支|签订|成交|中标|采购|决算|完成")
OF_A_BUDGET = re.compile(r"(?:执行|支出|支付|到位|控制|使用)(?:率|进度)")
BUDGETED = re.compile(r"(?<=支出|收入|经费|资金|采购)(?:预算|决算)$")
"""占项目支出预算, and the list's head says 项目支出."""
GENERIC = ("预算", "计划", "目标", "任务", "年初预算", "全年预算", "")
PLAIN_NAME = re.compile(r"^[^\u4e00-\u9fff]+|其中|全年|当年|本年度?|年度|实际|已|共|全市|全县|全区|全省|(?:任务|计划|目标)$")
PLAIN_RATE = re.compile(r"预算|资金|项目|总体|综合|整体|全年|年度|年内|本年|当年|部门|单位|实际|累计|的|平均|总|[^\u4e00-\u9fff]")
MOST_BUDGETS = 3
FINAL = re.compile(r"(?<!年初)(?:调整后|全年预算|到位|资金共|资金总|合同|中标|总投资|下达)")
"""What is known to be all that could be spent; a budget of the year's beginning may have been changed since."""
SPENT_ONLY = re.compile(r"支出|支付|使用|执行|拨付(?!计划)|结余|结转|节约")
SHARES_IN_A_ROW = re.compile(r"(?:分别|依次|各)占(?P<whole>[^,，;；]{0,14}?)(?:的)?(?:比例|比重)?(?:为|约)?\Z")
NEXT_SHARE = re.compile(r"[、,，]|和|及|以及|与")
BARE_SHARE = re.compile(r"[^,，;；)]{0,3}[,，(]?占(?:比|比例|比重)?(?:约|为)?")
SEMICOLON = re.compile(r"[;；]")
NEAREST = 3
TWO = 2
"""Of so many like figures before a rate two may be what it is of."""
FEWEST_SIGNS = 1
LONG_NAME = 4
NAMES_IT = 2
MOST_WHOLES = 6
FUNDS = ("general", "gov_fund", "state_capital")
AIMED = re.compile(r"(?:目标|计划|序时|时间|预期|要求)[^,，;；]{0,4}(?:率|进度)(?:为|达到?|是|:)?\Z")
"""目标支出进度95%, 序时进度100%: no figure was measured."""


def rates(sentence: Sentence, earlier: Sequence[Mention], listing: Sequence[Relation] = (), wholes: Sequence[Mention] = ()) -> Iterator[Relation]:
    """Every rate of the sentence with the figures that it is of.

    ``earlier`` are all amounts and counts before the sentence, ``wholes`` those that are no part of a list, ``listing`` the lists of the sentence.
    """
    inherited: tuple[Figure, ...] = ()
    last: tuple[Figure, ...] = ()
    told: set[Figure] = set()
    for row in _rows(sentence):
        yield from (in_rows := list(_respective(row, listing)))
        told.update(found.stated for found in in_rows)
    yield from (in_rows := [found for found in shares_in_a_row(sentence, earlier) if found.stated not in told])
    told.update(found.stated for found in in_rows)
    told.update(mention.figure for row in _rows(sentence) for mention in row)
    for index, mention in enumerate(sentence.mentions):
        figure = mention.figure
        if figure in told:
            continue
        if figure.kind != "rate" or figure.unit not in ("%", "‰") or figure.number is None or figure.comparator or is_set(mention):
            continue
        before = [m for m in sentence.mentions[:index] if m.figure.kind in ("amount", "count") and m.figure.number is not None]
        if (QUALIFIED.search(mention.label) and "占" not in mention.tail):
            continue
        if found := _of_a_list(mention, before, listing, earlier, wholes) or _of_a_part(mention, before, listing, earlier) or _relation(mention, before, earlier, inherited):
            if found.operands[:2] == last:
                continue  # a second rate of the same two figures needs figures of its own
            last = found.operands[:2]
            yield found
            if "占" in mention.tail and found.operands[0].value:  # nought is no share of any whole
                inherited = tuple(dict.fromkeys(operands[1] for _, operands in ((found.formula, found.operands), *found.others)))


def _relation(mention: Mention, before: list[Mention], earlier: Sequence[Mention], inherited: tuple[Figure, ...]) -> Relation | None:
    """``inherited`` are the wholes of the share before in the sentence: 占项目支出的p%;…,占q%."""
    words = mention.tail
    if before and mention.label == "、" and before[-1].label == "、":
        return _in_a_row(mention, before)
    if direction(mention) or NOT_OF_TWO.search(words) or THAN.search(words) or EACH_HALF.search(words):
        return None
    if before and OF_WHAT_WAS_SAID.match(mention.label) and HOLDS_A_WHOLE.search(before[-1].label):
        return _of_the_last(mention, before)
    if match := NAMED_WHOLE.search(words) or BARE_WHOLE.search(words):
        groups = match.groupdict()
        whole = groups["share"] if groups.get("share") is not None else groups["done"]
        return _of_a_named(mention, whole or "", before, earlier, inherited)
    if RATE_NAME.search(words) and not AIMED.search(words) and not _of_another_fund(mention, before):
        return _of_two(mention, before, earlier)
    return None


def _of_a_list(
    mention: Mention, before: list[Mention], listing: Sequence[Relation], earlier: Sequence[Mention], wholes: Sequence[Mention]
) -> Relation | None:
    """全年支付b,其中中央资金c、区级资金d,执行率p,中央资金支付率q: p is of what was listed, q of the part that it names, and their budgets stand above."""
    cue = OF_A_BUDGET.search(mention.tail)
    made = next((found for found in listing if len(found.operands) > 1 and found.operands[-1].start < mention.figure.start), None)
    if cue is None or made is None or re.search(r"[;；]", mention.label) or mention.sentence.text.find("其中", made.operands[-1].end - mention.sentence.start) >= 0:
        return None
    inside = [m for m in before if made.operands[0].start <= m.figure.start]
    if not _bare_parts(made, inside, mention.sentence):
        return None
    name = PLAIN_RATE.sub("", mention.tail[: cue.start()])
    if name:
        part = _only([m.figure for m in inside if name in m.clause])
        pool = [m for m in earlier if name in m.clause]
    else:
        words = next((m.clause for m in before if m.figure is made.stated), "")
        inner = any(made.stated in other.operands for other in listing)  # 其中基本支出b(人员c、公用d),执行率p: a part of another list
        part = made.stated if SPENT.search(words) and not BUDGET.search(words) and not inner else None
        pool = [m for m in wholes if AT_HAND.search(m.clause) and not SPENT_ONLY.search(m.clause) and not is_change(m)]
        pool += [m for m in before if m.figure.start < made.stated.start and BUDGET.search(m.clause)]
    found = [figure for figure in _distinct([m for m in reversed(pool) if alike(m.figure, made.stated)]) if figure.value][:MOST_BUDGETS]
    if part is None or not found:
        return None
    sure = len(found) == 1 and (bool(name) or any(m.figure is found[0] and FINAL.search(m.clause) for m in (*wholes, *before)))
    tie: Tie = "stated" if sure else "likely" if len(found) == 1 else "near"
    return relation("share", mention, (part, found[0]), sure, tie, [("share", (part, whole)) for whole in found[1:]])


def _bare_parts(made: Relation, inside: list[Mention], sentence: Sentence) -> bool:
    """Whether the parts stand side by side with no rates of their own, and each is one amount (not 预算a,支出b)."""
    rated = any(m.figure.kind == "rate" and made.operands[0].start < m.figure.start < made.operands[-1].start for m in sentence.mentions)
    measures = SPENT.search("".join(m.clause for m in inside[1:])) and BUDGET.search("".join(m.clause for m in inside))
    return not rated and not measures and {m.figure for m in inside} == set(made.operands)


def _only(figures: list[Figure]) -> Figure | None:
    return figures[0] if len(figures) == 1 else None


def _of_a_part(mention: Mention, before: list[Mention], listing: Sequence[Relation], earlier: Sequence[Mention]) -> Relation | None:
    """总数a,其中女性b,占p,男性c: a share right behind a part is of what the parts are listed under."""
    part = before[-1] if before and BARE_SHARE.fullmatch(mention.label) and before[-1].index + 1 == mention.index else None
    found = next((found for found in listing if part and part.figure in found.operands and found.stated.value), None)
    if part is None or found is None:
        return None
    inside = any(m.figure is found.stated for m in before)
    others = [m.figure for m in reversed(before[:-1] if inside else earlier[-MOST_WHOLES:]) if m.figure is not found.stated and alike(m.figure, part.figure) and m.figure.value >= part.figure.value]
    return relation("share", mention, (part.figure, found.stated), False, "likely" if others or not inside else "stated", [("share", (part.figure, figure)) for figure in others])


def _rows(sentence: Sentence) -> Iterator[list[Mention]]:
    """分别占p、q和r: shares in a row, each of its own part."""
    mentions = sentence.mentions
    for mention in mentions:
        if mention.figure.kind == "rate" and SHARES_IN_A_ROW.search(mention.tail):
            row = [mention, *takewhile(lambda m: m.figure.kind == "rate" and NEXT_SHARE.fullmatch(m.label), mentions[mention.index + 1 :])]
            if len(row) > 1 and all(m.figure.number is not None for m in row):
                yield row


def _respective(row: list[Mention], listing: Sequence[Relation]) -> Iterator[Relation]:
    """Each share with the part in its place; the whole is what the parts are listed under. Where the numbers differ nothing is said."""
    before = [m for m in row[0].sentence.mentions[: row[0].index] if m.figure.kind in ("amount", "count") and m.figure.number is not None]
    parts = [m.figure for m in before[-len(row) :]]
    found = next((found for found in listing if list(found.operands) == parts), None)
    if found is None or not found.stated.value or SHARES_IN_A_ROW.search(row[0].tail)["whole"]:  # type: ignore[index]
        return
    for mention, part in zip(row, parts, strict=True):
        yield relation("share", mention, (part, found.stated), tie="stated")


def _in_a_row(mention: Mention, before: list[Mention]) -> Relation | None:
    """预算、支出和支出率为:本级a、b、p: the rate stands third in a row."""
    if len(before) < 2 or not alike(before[-1].figure, before[-2].figure):
        return None
    return relation("share", mention, (before[-1].figure, before[-2].figure))


def _of_the_last(mention: Mention, before: list[Mention]) -> Relation | None:
    """18个,占应验收项目20个的90%: the whole is the figure within the words."""
    whole = before[-1]
    parts = [m for m in before[:-1] if alike(m.figure, whole.figure) and not is_change(m)]
    if not parts:
        return None
    part = parts[-1]
    exact = part.figure.kind == "count" and not part.figure.decimals and not part.figure.hedge and part is before[-2]
    if exact and whole.figure.start - part.figure.end <= 2 * BESIDE:
        return relation("share", mention, (part.figure, whole.figure), tie="stated")
    others = tuple(("share", (m.figure, whole.figure)) for m in reversed(parts[:-1]))
    return relation("share", mention, (part.figure, whole.figure), others=others)


def _of_a_named(
    mention: Mention, whole: str, before: list[Mention], earlier: Sequence[Mention], inherited: tuple[Figure, ...]
) -> Relation | None:
    """The part is the figure before; the whole stands under its name, or at the head of the list."""
    parts = [m for m in before if not is_change(m) and m.depth <= mention.depth]
    part = _named_part(mention, parts) if parts else _part_afar(mention, earlier)
    if part is None:
        return None
    name = core(whole)
    others = [m for m in parts if m.figure is not part.figure]
    others = [m for m in others if not of_another_budget(mention, m)]
    pool = [m for m in (*earlier, *others) if alike(m.figure, part.figure) and m.figure.value >= part.figure.value]
    short = BUDGETED.sub("", name)
    named = [m for m in pool if name not in GENERIC and (name in m.label or short in m.label or name in core(m.label) or _is_called(whole, m))][-MOST_WHOLES:]
    heads = [m for m in others if alike(m.figure, part.figure) and m.figure.value >= part.figure.value]
    beside = [m for m in heads if not SEMICOLON.search(_between(m, part))]
    if not whole and len(beside) == 1 and _side_by_side(beside[0], part, mention):
        return relation("share", mention, (part.figure, heads[0].figure), tie="stated")
    wholes = _distinct([*reversed(named), *reversed(heads)])
    if not wholes and name and (smaller := _said_whole(name, part, others)):
        return relation("share", mention, (part.figure, smaller), False, "likely")
    if not whole and inherited and part.figure not in inherited:
        rest = [figure for figure in (*inherited[1:], *wholes) if figure is not inherited[0]]
        return relation("share", mention, (part.figure, inherited[0]), False, "likely", [("share", (part.figure, figure)) for figure in rest])
    if not wholes:
        wholes = _distinct(list(reversed(pool))[:MOST_WHOLES])
        if not wholes or whole:
            return None
        return relation("share", mention, (part.figure, wholes[0]), False, "near", [("share", (part.figure, figure)) for figure in wholes[1:]])
    if not named and mention.figure.value > 1 and mention.figure.unit == "%" and all(figure.value > part.figure.value for figure in wholes):
        return None  # 完成预算的104.3%: of a budget that is not told, not of a figure larger than what was done
    # An unnamed whole at the head of the part's own list leaves no choice, nor does a name that one figure alone bears and nothing else with it.
    sure = (not whole and len(wholes) == 1 and bool(AMONG.search(part.label))) or _only_one_called(whole, part, (*earlier, *others)) is not None
    generic = bool(heads) and name in GENERIC and bool(name) and name[-2:] in heads[-1].label
    tie: Tie = "stated" if sure else "likely" if named or generic else "near"
    first, *rest = wholes
    readings = tuple(("share", (part.figure, figure)) for figure in rest)
    return relation("share", mention, (part.figure, first), sure, tie, readings)


ANY = re.compile(r"资金|经费|款项?|金额|数额?|总?额|的|已|总|全部|全年|年度|本年度?|当年|实际|各级|各项|项目|部门|单位|后|共|为|达|计|[^\u4e00-\u9fff]")
"""What a name may have or lack: 到账资金 is what 各级资金实际到账 says."""


@lru_cache(4096)
def _bare(words: str) -> str:
    return ANY.sub("", words)


def _is_called(name: str, mention: Mention) -> bool:
    """Whether a figure is said to be what the name says, and nothing narrower."""
    bare = _bare(name)
    return len(bare) >= NAMES_IT and bare not in GENERIC and _bare(mention.clause) == bare and not mention.depth


def _only_one_called(name: str, part: Mention, before: Sequence[Mention]) -> Mention | None:
    """The figure that alone bears the name in full, where no later paragraph tells of other money at hand: that of another project."""
    like = [m for m in before if alike(m.figure, part.figure) and m is not part and not is_change(m)]
    found = [m for m in like if _is_called(name, m)]
    if len({m.figure.value for m in found}) != 1:
        return None
    since = [m for m in like if m.start > found[-1].start and m.sentence.paragraph != found[-1].sentence.paragraph and not m.depth]
    return None if any(AT_HAND.search(m.clause) for m in since) else found[-1]


def _said_whole(name: str, part: Mention, parts: list[Mention]) -> Figure | None:
    """年度任务589人次, 完成5830人次, 完成年度任务的90.0%: the whole by its name, though it is less than its part."""
    found = [m.figure for m in parts if m is not part and alike(m.figure, part.figure) and (name in m.label or name[-2:] in m.label)]
    return found[0] if len(found) == 1 and found[0].value else None


def _side_by_side(whole: Mention, part: Mention, rate: Mention) -> bool:
    """288份问卷中满意271份,占94.10%: two counts next to each other, and nothing else between."""
    counts = all(m.figure.kind == "count" and not m.figure.decimals and not m.figure.hedge for m in (whole, part))
    return counts and part.index == whole.index + 1 and rate.index == part.index + 1 and rate.figure.start - whole.figure.end <= 3 * BESIDE


def _part_afar(mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """经济普查支出占项目支出的p%: the one figure further up that stands under the part's name."""
    subject = re.sub(r"^[^\u4e00-\u9fff]+|其中|[两一二三四五六七八九]?类.{0,3}中", "", mention.tail.partition("占")[0])
    if len(subject) < LONG_NAME:
        return None
    found = [m for m in earlier if subject in m.label and not is_change(m)]
    return found[-1] if len({m.figure.value for m in found}) == 1 else None


def _named_part(mention: Mention, parts: list[Mention]) -> Mention:
    """人员经费a,公用经费b,人员经费占…的: the part that the words name, else the figure right before."""
    subject = re.sub(r"^[^\u4e00-\u9fff]+|其中", "", mention.tail.partition("占")[0])
    if len(subject) < FEWEST_SIGNS:
        return parts[-1]
    return next((m for m in reversed(parts) if subject[-4:] in m.label or (m.clause and m.clause in subject)), parts[-1])


def _distinct(mentions: Sequence[Mention]) -> list[Figure]:
    return list(dict.fromkeys(m.figure for m in mentions))


def _of_two(mention: Mention, before: list[Mention], earlier: Sequence[Mention]) -> Relation | None:
    """隐患3,482处,整改3,412处,整改率97.99%: two of the nearest like figures before, in either order."""
    levels = [m for m in before if not is_change(m) and m.depth <= mention.depth]
    if not levels:
        return None
    last = levels[-1]
    same = [m for m in levels if alike(m.figure, last.figure)]
    near = [m for m in same if not re.search(r"[;；]", _between(m, mention))][-NEAREST:]
    told = [m for m in near if not of_another_budget(mention, m) and not (CHECKED_OFF.search(mention.label) and m is not last and not SUBMITTED.search(m.clause))]
    if len(told) < TWO <= len(near):
        return None
    near = told
    if OF_LAST_YEAR.search(mention.tail) and not any(OF_LAST_YEAR.search(m.label) for m in near):
        return None  # 支出b,上年执行率p: of figures that are not told
    if OF_A_BUDGET.search(mention.label) and all(SPENT.search(m.clause) and not BUDGET.search(m.clause) for m in near):
        return _of_a_namesake(mention, last, earlier)  # 实际支出a,其中中央资金支出b,执行率p: of neither, but of a budget further up
    if len(near) < 2 and (found := _of_what_it_is_within(mention, last, earlier)):
        return found
    if len(near) < 2:
        pool = [*earlier[-NEAREST:], *same]
        return _of_a_namesake(mention, last, earlier) or _of_its_plan(mention, last, earlier) or _of_its_stem(mention, last, pool) or _across(mention, pool)
    if NEGATED.search(near[-1].clause):
        part, whole = near[-1].figure, near[-2].figure
        return relation("complement", mention, (part, whole), False, "likely", [("portion", (part, whole)), ("share", (part, whole))])
    if _named_after(mention, near[-1], near[-2]):
        part, exact = near[-1].figure, near[-1].figure.kind == "count"
        joint = [("joint", (near[-2].figure, part, m.figure)) for m in near[:-2]]
        within = part.value <= near[-2].figure.value  # a part that is more than its whole is more likely of another whole
        return relation("share", mention, (part, near[-2].figure), exact, "stated" if within else "likely", [*joint, *(("share", (part, m.figure)) for m in near[:-2])])
    pairs = [(a, b) for a in reversed(near) for b in reversed(near) if a is not b and b.figure.value]
    if not pairs:
        return None
    a, b = min(pairs, key=lambda pair: (abs(pair[0].figure.value / pair[1].figure.value - mention.figure.value), -pair[0].figure.start))
    others: list[tuple[str, tuple[Figure, ...]]] = [("share", (x.figure, y.figure)) for x, y in pairs if (x, y) != (a, b)]
    if len(near) == NEAREST:
        others.append(("joint", (near[1].figure, near[2].figure, near[0].figure)))
    others.append(("portion", (near[-1].figure, near[-2].figure)))
    sure = _spent_of(mention, a, b)
    if pair := _named_pair(mention, near):
        return relation("share", mention, pair, tie="stated")
    tie: Tie = "stated" if sure else "likely" if len(near) == 2 else "near"
    return relation("share", mention, (a.figure, b.figure), sure, tie, others)


def _of_another_fund(rate: Mention, levels: list[Mention]) -> bool:
    """预算a,支出b,政府性基金支出进度p: a rate of a fund that no figure before it is of."""
    funds = {scope for scope in read_label(rate.tail, rate=True).scopes if scope in FUNDS}
    return bool(funds) and not any(funds & set(read_label(m.label).scopes) for m in levels)


def _named_pair(rate: Mention, near: list[Mention]) -> tuple[Figure, Figure] | None:
    """资产负债率: the name of the rate names its part and its whole."""
    for name, part, whole in lexicon_rows("rate_pairs"):
        if re.search(f"(?:{name})(?:仅|约|均|也|已)?(?:为|达到?|是|:)?\\Z", rate.label):
            parts = [m for m in near if re.search(part, m.clause)]
            wholes = [m for m in near if re.search(whole, m.clause) and m not in parts]
            if len(parts) == len(wholes) == 1 and wholes[0].figure.value and not _changed_since(rate, wholes[0]) and not _shared_between(wholes[0], parts[0]):
                return parts[0].figure, wholes[0].figure
    return None


def _named_after(rate: Mention, part: Mention, whole: Mention) -> bool:
    """调查200人,满意188人,满意度94%: whole counts, part and rate side by side, and the rate is named after the part."""
    match = STEM.search(rate.label)
    counts = part.figure.kind == whole.figure.kind == "count" and part.figure.number is not None and not part.figure.decimals
    if part.figure.kind == "amount" or part.figure.decimals:
        counts = bool(match and match[1] != "完成" and match[1] in part.clause and match[1] not in whole.label)
    near = rate.figure.start - part.figure.end <= BESIDE and 0 < part.figure.start - whole.figure.end <= 2 * BESIDE
    if not counts or not near or _shared_between(whole, part):
        return False
    due = bool(DUE.search(whole.label))
    named = bool(match and match[1] in part.label and (due or match[1] not in whole.label))
    kin = bool(match and any(sign in part.label for sign in match[1]))
    return named or (due and kin and bool(DONE.search(part.label)))


def _shared_between(whole: Mention, part: Mention) -> bool:
    """总投资a,财政占60%,到位b: a share between them may be what b is a part of."""
    return any(m.figure.kind == "rate" for m in part.sentence.mentions[whole.index + 1 : part.index])


def _spent_of(rate: Mention, part: Mention, whole: Mention) -> bool:
    """预算a,支出b,执行率p side by side: the rate is of these two."""
    if not EXECUTED.search(rate.label) or not BUDGET.search(whole.label) or not SPENT.search(part.label):
        return False
    beside = rate.figure.start - part.figure.end <= BESIDE and 0 < part.figure.start - whole.figure.end <= BESIDE
    return beside and not BUDGET.search(part.clause) and not _changed_since(rate, whole)


def _changed_since(rate: Mention, whole: Mention) -> bool:
    """年初预算a,支出b,执行率p: what was budgeted first may have been changed since."""
    return "年初" in whole.clause and "年初" not in rate.label and bool(SPENT_RATE.search(rate.label))


def _between(first: Mention, second: Mention) -> str:
    sentence = first.sentence
    return sentence.text[first.figure.end - sentence.start : second.figure.start - sentence.start]


def _across(mention: Mention, same: list[Mention]) -> Relation | None:
    """原值a,折旧b;在用c,利用率p: the whole stands before the semicolon."""
    if len(same) < 2:
        return None
    part, match = same[-1], STEM.search(mention.label)
    if not OF_A_BUDGET.search(mention.label) and not (match and any(sign in part.label for sign in match[1])):
        return None
    wholes = [m for m in reversed(same[:-1]) if alike(m.figure, part.figure) and m.figure.value >= part.figure.value][:TWO]
    if not wholes:
        return None
    others = [("share", (part.figure, m.figure)) for m in wholes[1:]]
    return relation("share", mention, (part.figure, wholes[0].figure), False, "near", others)


WITHIN = re.compile(r"(?:\A|[,，;；。])[^\u4e00-\u9fff]*(?P<name>[\u4e00-\u9fff]{3,14}?)(?<!其)中,?[\u4e00-\u9fff]{2,8}\Z")


def _of_what_it_is_within(mention: Mention, part: Mention, earlier: Sequence[Mention]) -> Relation | None:
    """调整后的项目经费中实际拨入b,到位率p: the whole is what stands further up under that name."""
    match = WITHIN.search(part.label) if OF_A_BUDGET.search(mention.tail) else None
    whole = _only_one_called(match["name"], part, earlier) if match and part.index + 1 == mention.index else None
    return relation("share", mention, (part.figure, whole.figure), tie="stated") if whole else None


def _of_its_plan(mention: Mention, part: Mention, earlier: Sequence[Mention]) -> Relation | None:
    """棚户区改造开工5496套,开工率p, and further up 任务…棚户区改造4870套: what was done of what stands there under the same name."""
    match = STEM.search(mention.label)
    if not match or match[1] not in part.clause:
        return None
    name = PLAIN_NAME.sub("", part.clause.partition(match[1])[0])
    same = [m for m in earlier if alike(m.figure, part.figure) and m.figure.value and not is_change(m) and m.figure is not part.figure]
    if len(name) >= LONG_NAME - 1:
        wholes = _distinct([m for m in same if PLAIN_NAME.sub("", m.clause) == name])
    else:
        wholes = _distinct([m for m in same if re.search(rf"{match[1]}(?:任务|计划|目标)|(?:任务|计划|目标|应)[^,，]{{0,2}}{match[1]}", m.clause)]) if not name else []
    return relation("share", mention, (part.figure, wholes[0]), False, "likely") if len(wholes) == 1 else None


def _of_its_stem(mention: Mention, part: Mention, pool: Sequence[Mention]) -> Relation | None:
    """有效问卷1462份,有效率…;满意1374份,满意度93.98%: the rate is named after its part; the whole is one of the counts before."""
    match = STEM.search(mention.label)
    if not match or match[1] not in part.label:
        return None
    wholes = _distinct([m for m in reversed(pool) if m is not part and alike(m.figure, part.figure) and m.figure.value >= part.figure.value])
    if not wholes:
        return None
    others = [("share", (part.figure, figure)) for figure in wholes[1:NEAREST]]
    return relation("share", mention, (part.figure, wholes[0]), False, "likely", others)


def _of_a_namesake(mention: Mention, part: Mention, earlier: Sequence[Mention]) -> Relation | None:
    """甲县支出b,执行率p: the whole stands further up under the same name (甲县a)."""
    if not OF_A_BUDGET.search(mention.label):
        return None
    name = subject_of(part)
    wholes = [m for m in earlier if name and alike(m.figure, part.figure) and m.figure.value and subject_of(m) == name and not is_change(m)]
    found = _distinct(list(reversed(wholes)))[:MOST_WHOLES]
    if not found:
        return None
    others = [("share", (part.figure, figure)) for figure in found[1:]]
    return relation("share", mention, (part.figure, found[0]), False, "likely" if len(found) == 1 else "near", others)
