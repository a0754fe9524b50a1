"""Changes against something else: 由a增至b增长p%, 比上年增加d, 提高n个百分点, 节约, 净值."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise, takewhile

from extractor.chapters.labels import read_label
from extractor.chapters.relations.against import against
from extractor.chapters.relations.bases import held_together, levels_of, named_basis, of_another_budget, same_basis
from extractor.chapters.relations.common import (
    AT_HAND,
    DOWN,
    FROM,
    PREVIOUS,
    TO,
    UP,
    alike,
    alike_or_rate,
    direction,
    is_change,
    is_set,
    of_another,
    other_subject,
    price_of,
    relation,
)
from extractor.chapters.relations.respective import respective, rows
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import Figure
from extractor.model.report import Relation, Tie

BARE_CHANGE = re.compile(r"(?:的?(?:年度)?(?:预算|目标|计划|标准|指标)值?)?(?:(?P<up>[多高超增升])|(?P<down>[少低节减降短缩]))[\u4e00-\u9fff]{0,3}\Z")
AGAINST = re.compile(r"比|较|与|高于|低于")
CLAUSE = re.compile(r"[,，;；。]")
OTHER_ORIGIN = re.compile(r"月|季度|预算|计划|目标|年初|上限|标准")
YEAR = re.compile(r"((?:19|20)\d\d)年")
COMPARES = re.compile(r"[\s\"“]*(?:比|较|同比|与[^,，]{2,10}相比|相比)(?!例|重|率|对|武|赛|大|多|高|低|好)")
YEAR_BEFORE = re.compile(r"(?:上一?年度?|去年|(?:19|20)\d\d年度?|年初)(?:同期)?(?:决算|预算|执行|实际|完成)?数?")
NOUNS = re.compile(r"收入|支出|预算|经费|资产|人数|总额|决算|接待|采购|结转|结余")
CHANGE_RATE = re.compile(r"变动率|增减率|增长率|下降率|增幅|降幅|涨幅|节约率|节支率")
REMAINDER = re.compile(r"净值|净额|净资产|结余|还剩|剩下|尚余|剩余|余额|空编|缺编|未支付?|未支出|尚有|差额|缺口|结转(?!资金收入|收入)|余下|其余|节余|尚欠|仍欠|未执行|未使用|结存|尚存|[,，]余\Z")
OF_A_PERIOD = re.compile(r"(?:收支|本年|当年|当期|本期|年度)结余(?:为)?\Z")
MOST_PAIRS = 6
BARE_REMAINDER = re.compile(
    rf"(?:[^\u4e00-\u9fff]|年末|年底|期末|当年|本年度?|全年|年度|累计|资金|财政|拨款|项目|支出|经费|固定资产|资产|合计|共计?|其|则|故|因此|实际|形成|尚|目前|现有?|已|仍|还|为|产生|账面|滚存|相抵后?|该项|[一二三两四五]项|实现|收支|单位|部门|预算|指标|编制|人员|[省市县区]级|中央|配套|的)*"
    rf"(?:{REMAINDER.pattern})(?:[^\u4e00-\u9fff]|资金|金额|结转|结余|编制|预算|支出|支付|款项?|指标|部分|额|数|共计?|合计|有|仅|为|达|约|是|的|和|及|与)*"
)
"""A remainder that names nothing of its own: not 教师岗空编, 房屋净值, 结余已缴回, 收回结余."""
PAID = re.compile(r"支付|支出|使用|执行|拨付|完成|发放|兑付|决算|合计|共计")
PAID_NAME = re.compile(rf"(?:实际|全年|当年|本年|已|共|累计|其中|资金|经费)*(?:{PAID.pattern})[^,，]*\Z|^[^\u4e00-\u9fff]+")
"""What is left without it names what was paid from: 财政拨款 of 财政拨款实际使用."""
MOST_WHOLES = 3
NAMED_REMAINDERS = (("净资产", "资产", "负债"), ("净值", "原值", "折旧"), ("结余", "收入", "支出"), ("空编|缺编", "编制", "在[编职岗]|实有|实际"))
POINTS_OF_PERCENT = ("百分点", "千分点")
BARE_GROWTH = re.compile(r"[^,，;；]{0,6}[,，](?:同比|环比)?(?:(?:较|比|与)(?:上年|去年|上一年|20\d\d年)度?(?:相比)?[,，]?)?(?:增长|增加|上升|提高|下降|减少|降低|增幅|降幅|涨幅)(?:率|幅度)?(?:为|了|约|达到?)?")
"""A change that names no rate of which it could be the difference."""
BARE_RATE = re.compile(r"[^,，;；]{0,6}[,，](?:同比|环比|相应)?(?:增长|增加|上升|提高|下降|减少|降低|[增降减升])(?:率|幅度?)?(?:为|了|约|达到?)?")
OF_YEAR_BEGIN = re.compile(r"[比较]年初")
OVER_YEARS = re.compile(r"同比|上年|去年|同期")
"""A change over the years is no difference of two rates of this year."""
SAVED = re.compile(r"节约|节支|结余|下浮|优惠")
NAMED_ORIGIN = re.compile(r"[比较]([\u4e00-\u9fff]{2,8}?)(?:高|低|增|减|下|上|节|提)")
RATE_MOVED = re.compile(r"(?:[增降涨减]幅|增速|降速|增长率|下降率|占比|比重|差距|缺口)[^,，;；。]{0,8}(?:回落|收窄|扩大|放缓|加快|下降|上升|提高|降低|提升|缩小|减少|增加|高于|低于|快于|慢于|高|低|快|慢)[^,，;；。]{0,2}\Z")
"""增幅回落2.1%, 降幅收窄3.2%: it is the rate that moved, not what it is of."""
OVER_TIME = re.compile(r"每[年月季天日周]|个月")
SEMICOLON = re.compile(r"[;；]")
MOST_LEVELS = 6
BARE_DELTA = re.compile(r"[^,，;；]{0,3}[,，]?(?:同比|(?:较|比)(?:上年|去年))?(?:增加|减少|增长|下降|多|少|净增|净减)了?(?:约)?")
BARE_ORIGIN = re.compile(r"[^,，;；]{0,3}[,，](?:而|(?P<than>较|比|与))?(?:上年|去年|上一年|20\d\d年)(?:度|同期)?(?P<noun>收入|支出|决算|人数|总量)?(?:数|的|则)?(?:为|是)?")
OLD = re.compile(r"以前年度|使用(?:非财政|专用)|动用|弥补|历年|累计|其中|含|尾款|专户|无形|另有|单列")
"""A remainder of other years, or of a part, is not the difference of the figures beside it."""
SO_MUCH_MORE = re.compile(r"[,，](?:同比|比上年|较上年)?净?[增减多少][加收支少](?:额|了|约)*")
AGAINST_A_GOAL = re.compile(r"目标|计划|任务|预算|序时")
GOAL = re.compile(r"目标|计划|任务|指标值|定的|上限|标准|控制")
LAST = re.compile(r"上年|去年|上一年|年初(?!预算|批复|安排|下达|目标|计划|任务|控制)|同期")
REACH = 14
"""A rate follows its difference directly (增加189.25万元,增长31.39%) within so many characters."""


def changes(sentence: Sentence, earlier: list[Mention], fiscal_year: int | None = None) -> Iterator[Relation]:
    """All changes of a sentence. ``earlier`` are the paragraph's figures before the sentence."""
    level: Mention | None = None
    origin: Mention | None = None
    delta: Mention | None = None
    apart: Mention | None = None
    """The last change that was of another thing, or against another; a bare rate right behind it is its rate."""
    rated: tuple[Mention | None, ...] = ()
    """What the last rate was of: a second rate of the same (实际增长3.8%) is on another base."""
    in_rows = rows(sentence)
    yield from (found for row in in_rows for found in respective(row))
    held = list(against(sentence))
    yield from held
    told = {start for row in in_rows for start in row.starts} | {relation.stated.start for relation in held}
    for mention in sentence.mentions:
        figure = mention.figure
        if figure.start in told or figure.number is None or figure.hedge or (figure.kind == "rate" and is_set(mention)):
            continue
        words = mention.tail
        if figure.kind == "rate" and RATE_MOVED.search(words):
            continue
        changed = direction(mention) or _bare_direction(mention)
        if (changed or CHANGE_RATE.search(words)) and (level or origin) and _is_apart(mention, (level, origin, delta), apart, fiscal_year):
            apart = mention
            continue
        if apart is not None and apart.index + 1 == mention.index and apart.figure.kind != "rate" and figure.kind == "rate" and BARE_RATE.fullmatch(mention.label):
            continue  # 增加126人,其中住校生增加86人,增长9.6%
        if figure.unit in POINTS_OF_PERCENT and _of_an_amount(mention, level, delta):
            yield from _rate(mention, level, origin, delta, changed, _levels(sentence, mention, earlier), fiscal_year)
        elif figure.unit in POINTS_OF_PERCENT:
            yield from _points(sentence, mention)
        elif figure.kind in ("amount", "count") or (figure.kind == "rate" and figure.unit == "%" and not changed and not CHANGE_RATE.search(words)):
            if TO.search(words) and origin is not None and alike_or_rate(origin.figure, figure):
                level, delta = mention, None
            elif not changed and (FROM.search(words) or PREVIOUS.search(words) or _year_before(sentence, mention, fiscal_year)):
                origin = mention
                if level is not None and not FROM.search(words) and not alike_or_rate(level.figure, figure):
                    level = None
            elif changed and (origin is not None or not read_label(mention.clause).adjusted):
                delta = mention
                if level is None or not alike_or_rate(level.figure, figure):
                    level = _level_of(mention, earlier) or _just_told(mention, earlier)
                yield from _difference(sentence, level, origin, mention, changed, earlier, fiscal_year)
            elif figure.kind != "rate":
                level, delta = mention, None
                if origin is not None and not alike_or_rate(origin.figure, figure):
                    origin = None
        elif figure.kind == "rate" and figure.unit == "%":
            again, rated = any(rated) and rated == (level, origin, delta), (level, origin, delta)
            if again:
                continue
            yield from _rate(mention, level, origin, delta, changed, _levels(sentence, mention, earlier), fiscal_year)


def _is_apart(mention: Mention, said: tuple[Mention | None, Mention | None, Mention | None], apart: Mention | None, fiscal_year: int | None) -> bool:
    """Whether a change is of something else than the figures ``said`` before it, or against another basis; the rate right after such a change is its own."""
    origin = said[1]
    if mention.figure.kind == "rate" and apart is not None and apart.figure.kind != "rate" and apart.index + 1 == mention.index and named_basis(mention) is None and _reaches(apart, mention):
        return True
    if of_another(mention, said, origin is not None) or _against_another(mention, origin):
        return True
    return origin is not None and origin.sentence is mention.sentence and not same_basis(mention, origin, fiscal_year)


def rates_first(sentence: Sentence) -> Iterator[Relation]:
    """税收收入a,较上年同期增长p%,增收d: the rate stands before the amount of the change."""
    for level, rate, delta in zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False):
        if rate.figure.unit != "%" or None in (level.figure.number, rate.figure.number, delta.figure.number) or rate.figure.hedge:
            continue
        sign = direction(rate)
        if not sign or direction(delta) != sign or not SO_MUCH_MORE.fullmatch(delta.label) or not alike(level.figure, delta.figure):
            continue
        if not is_change(level) and not AGAINST_A_GOAL.search(rate.tail) and not of_another(rate, (level,), False):
            yield relation("growth_by" if sign > 0 else "shrink_by", rate, (delta.figure, level.figure))


def _of_an_amount(mention: Mention, level: Mention | None, delta: Mention | None) -> bool:
    """增加68.71万元,增长5.84个百分点: the rate of growth of an amount, for which 百分点 is the wrong unit."""
    if not BARE_GROWTH.fullmatch(mention.label) or any(m.figure.kind == "rate" for m in mention.sentence.mentions[: mention.index]):
        return False
    return any(m is not None and m.figure.kind in ("amount", "count") for m in (level, delta))


def _of_last_year(level: Mention | None, fiscal_year: int | None) -> bool:
    """上年结余a,增加d,增长p% and 2021年救助a,增加d: the level before is that of the year before."""
    if level is None:
        return False
    years = YEAR.findall(level.clause)
    return bool(LAST.search(level.label)) or bool(years and fiscal_year and int(years[-1]) < fiscal_year)


def _is_base(level: Mention | None, delta: Mention | None) -> bool:
    """上半年a;下半年较上半年增加d,增长p%: the words of the change name the figure before it as what it is against."""
    base = BASE.search(delta.tail) if level is not None and delta is not None else None
    name = CHANGED.split(base[1])[0] if base else ""
    return len(name) > 1 and level is not None and name in level.clause


def _against_another(mention: Mention, origin: Mention | None) -> bool:
    """比11月的a增长p%,比上年12月增长q%: the second change names what it is against, and that is not a."""
    if origin is None:
        return False
    base, first = BASE.search(mention.tail), BASE.search(origin.tail)
    if base and first and _kind_of_base(base[1]) != _kind_of_base(first[1]):
        return True  # 比上年决算的a增加d,比年初预算增长p%
    if origin.sentence is not mention.sentence or not OVER_YEARS.search(mention.tail) or origin.index + 1 == mention.index:
        return False
    text = mention.sentence.text
    clause = CLAUSE.split(text[: origin.figure.start - mention.sentence.start])[-1]
    return bool(OTHER_ORIGIN.search(clause)) and not OVER_YEARS.search(clause) and not YEAR.search(clause)


BASE = re.compile(r"(?<![同环])(?:比|较|与)(?![例重率对武赛])([\u4e00-\u9fff\d]{2,14})")
CHANGED = re.compile(rf"{UP.pattern}|{DOWN.pattern}")
KINDS_OF_BASE = (re.compile(r"预算|概算"), re.compile(r"目标|计划|任务|指标|标准|上限"), re.compile(r"全[国省市县区州]|平均"), re.compile(r"上年|去年|同期|前年|(?:19|20)\d\d"))
"""What a change is held against: what was budgeted, what was aimed at, what others have, what was before."""


def _kind_of_base(words: str) -> int:
    return next((kind for kind, cue in enumerate(KINDS_OF_BASE) if cue.search(words)), len(KINDS_OF_BASE) - 1)


def _bare_direction(mention: Mention) -> int:
    """比预算5.40万元节省…, 比计划的140处多拆…: a word of change right after the figure that it is a change against."""
    sentence = mention.sentence
    index = mention.index
    match = BARE_CHANGE.match(mention.label) if index and mention.label else None
    if match is None or not AGAINST.search(sentence.mentions[index - 1].tail):
        return 0
    return 1 if match["up"] else -1


def _year_before(sentence: Sentence, mention: Mention, fiscal_year: int | None) -> bool:
    """2022年支出a,2023年增加d: the figure of the earlier year is what the later one is held against."""
    mine = YEAR.findall(mention.label) if "年" in mention.label else None
    index = mention.index + 1
    if not mine or index >= len(sentence.mentions) or not direction(sentence.mentions[index]):
        return False
    after = sentence.mentions[index]
    later = YEAR.findall(after.label)
    if later:
        return int(mine[-1]) + 1 == int(later[-1])
    return fiscal_year is not None and int(mine[-1]) == fiscal_year - 1


def _difference(
    sentence: Sentence, level: Mention | None, origin: Mention | None, delta: Mention, changed: int, earlier: list[Mention], fiscal_year: int | None
) -> Iterator[Relation]:
    """The change itself: this level less that one; both may stand in the sentence or in the paragraph before."""
    if delta.figure.kind == "rate":
        return
    if origin is not None and level is not None and alike(origin.figure, delta.figure) and alike(level.figure, delta.figure):
        pair = (level.figure, origin.figure) if changed > 0 else (origin.figure, level.figure)
        if _from_to(origin, level, delta) or _in_turn(level, origin, delta):
            yield relation("difference", delta, pair, tie="stated")
        else:
            others = [m.figure for m in sentence.mentions[: level.index] if m.sentence is level.sentence and alike(m.figure, level.figure) and not direction(m) and m is not origin]
            farther = [("difference", (f, origin.figure) if changed > 0 else (origin.figure, f)) for f in reversed(others)]
            yield relation("difference", delta, pair, others=(("difference", pair[::-1]), *farther))
        return
    if origin is not None or _over_years_untold(delta, level):
        return
    pool = [m for m in (*earlier[-6:], *sentence.mentions) if m.figure.start < delta.figure.start and m.figure.number is not None]
    priced = price_of(delta) is not None
    levels = [m for m in pool if alike(m.figure, delta.figure) and not direction(m) and not read_label(m.clause).adjusted]
    levels = [m for m in levels if priced or price_of(m) is None] if any(price_of(m) is None for m in levels[-2:]) else levels
    both = held_together(delta, [m for m in levels if m.sentence is sentence], fiscal_year)
    if both is not None:
        a, b = both[0].figure, both[1].figure
        pair = (a, b) if a.value >= b.value else (b, a)
        named = GOAL.search(delta.label)
        sure = named is not None and (named[0] in both[0].label or a.comparator is not None)
        yield relation("difference", delta, pair, sure, "stated" if sure else "near")


def _over_years_untold(delta: Mention, level: Mention | None) -> bool:
    """接待费a,车费b,较2015年增加d: last year's figure is not printed, so that d is no difference of the two that are."""
    if level is None or level.sentence is not delta.sentence:
        return False
    if not OVER_YEARS.search(delta.tail) and not (AGAINST.search(delta.tail) and YEAR.search(delta.tail)):
        return False
    before = delta.sentence.mentions[: delta.index]
    return not any(LAST.search(m.label) or YEAR.search(m.label) for m in before if alike(m.figure, delta.figure) and not direction(m))


def _rate(
    rate: Mention, level: Mention | None, origin: Mention | None, delta: Mention | None, changed: int, levels: list[Mention], fiscal_year: int | None
) -> Iterator[Relation]:
    """The rate of a change: of its difference, of two levels. ``levels`` are all that the level may be; a level of the year before is the base."""
    signs = (changed,) if changed else (1, -1)
    readings: list[tuple[str, tuple[Figure, ...]]] = []
    tie: Tie = "likely"
    if delta is not None and origin is not None and origin.start < delta.start and alike_or_rate(delta.figure, origin.figure) and _reaches(delta, rate):
        readings.append(("quotient", (delta.figure, origin.figure)))
        beside = _reaches(origin, delta) or (level is not None and _from_to(origin, level, delta))
        tie = "stated" if beside else "likely"  # 比上年的a减少d,下降p%: nothing else can be meant
    if level is not None and level.figure.kind != "rate":
        if delta is not None and alike_or_rate(delta.figure, level.figure) and _reaches(delta, rate):
            if _of_last_year(level, fiscal_year) or _is_base(level, delta):
                readings.append(("quotient", (delta.figure, level.figure)))
            grown = levels_of(delta, level, levels, fiscal_year)
            tie = tie if level.sentence is delta.sentence or COMPARES.match(delta.sentence.text) else "near"
            readings += [("growth_by" if sign > 0 else "shrink_by", (delta.figure, m.figure)) for m in grown for sign in signs]
        elif origin is not None and alike_or_rate(origin.figure, level.figure):
            tie = "stated" if _from_to(origin, level, rate) or _than(level, origin, rate) else "likely"
            readings += [("growth" if sign > 0 else "decline", (level.figure, origin.figure)) for sign in signs]
    if SAVED.search(rate.clause) and delta is not None:
        readings += [("quotient", (delta.figure, m.figure)) for m in levels if m is not delta and alike(m.figure, delta.figure)]
    if not readings and OF_YEAR_BEGIN.search(rate.tail):
        firsts = [m for m in levels if "年初" in m.label]
        readings += [("growth" if sign > 0 else "decline", (m.figure, first.figure)) for first in firsts[:1] for m in levels if m is not first and alike(m.figure, first.figure) for sign in signs]
        tie = "near"
    if not readings and (named := _named_origin(rate, levels)):
        readings += [("growth" if sign > 0 else "decline", (m.figure, named.figure)) for m in levels if m is not named and alike(m.figure, named.figure) for sign in signs]
    if origin is not None and _reaches(origin, rate) and not (delta is not None and origin.start < delta.start):
        known = {operands for _, operands in readings}
        pairs = [(m.figure, origin.figure) for m in levels if m is not origin and alike_or_rate(m.figure, origin.figure)]
        tie = tie if readings else "near"
        readings += [("growth" if sign > 0 else "decline", pair) for pair in pairs if pair not in known for sign in signs]
    if readings:
        if rate.figure.number is not None and rate.figure.number < 0:
            readings += [("minus_quotient", operands) for formula, operands in readings if formula == "quotient"]
        (formula, operands), *others = readings
        yield relation(formula, rate, operands, tie=tie, others=others)


def _levels(sentence: Sentence, rate: Mention, earlier: list[Mention]) -> list[Mention]:
    """The figures before a rate that are no change themselves, the nearest first."""
    if rate.figure.kind != "rate":
        return []
    inside = [m for m in sentence.mentions if m.figure.start < rate.figure.start]
    pool = [m for m in (*earlier, *inside) if m.figure.kind in ("amount", "count") and m.figure.number is not None and not direction(m)]
    return pool[::-1][:MOST_LEVELS]


def _named_origin(rate: Mention, levels: list[Mention]) -> Mention | None:
    """控制价a,合同价b,中标价比控制价低p%: the words of the rate name what it is held against."""
    match = NAMED_ORIGIN.search(rate.tail)
    return next((m for m in levels if match and match[1] in m.label), None)


def _than(level: Mention, origin: Mention, rate: Mention) -> bool:
    """本年a,比上年的b增长p%, side by side."""
    beside = 0 < origin.figure.start - level.figure.end <= 2 * REACH and _reaches(origin, rate)
    return beside and bool(PREVIOUS.search(origin.tail)) and level.sentence is origin.sentence and not re.search(r"[;；]", origin.label)


def _names_no_more(origin: Mention, level: Mention) -> bool:
    """Whether the words before last year's figure name nothing, or what the figure before it is of."""
    match = BARE_ORIGIN.fullmatch(origin.label)
    if match is None or (match["noun"] and match["noun"] not in level.label):
        return False
    before = [m for m in level.sentence.mentions[: origin.index] if alike(m.figure, origin.figure)]
    return not match["than"] or (before == [level] and "其中" not in level.label)  # a、其中b,比上年的c增加d: it is a that grew


def _in_turn(level: Mention, origin: Mention, delta: Mention) -> bool:
    """本年a,上年为b,增加d: the three stand one after the other, and the last names nothing of its own."""
    in_turn = level.sentence is origin.sentence is delta.sentence and (level.index + 2, origin.index + 1) == (delta.index, delta.index)
    return in_turn and _names_no_more(origin, level) and bool(BARE_DELTA.fullmatch(delta.label)) and not origin.depth


def _from_to(origin: Mention, level: Mention, rate: Mention) -> bool:
    """由a增至b,增长p%, with nothing between."""
    return bool(FROM.search(origin.tail) and TO.search(level.tail) and _reaches(level, rate))


def _reaches(delta: Mention, rate: Mention) -> bool:
    return rate.figure.start - delta.figure.end <= REACH


def _level_of(delta: Mention, earlier: list[Mention]) -> Mention | None:
    """The figure of an earlier sentence that a difference speaks of: alike, and sharing a noun with its words."""
    nouns = NOUNS.findall(delta.label)
    for mention in earlier:
        if not alike_or_rate(mention.figure, delta.figure) or mention.figure.number is None or direction(mention):
            continue
        if PREVIOUS.search(mention.label):
            continue
        if any(noun in mention.label for noun in nouns):
            return mention
    return None


def _just_told(delta: Mention, earlier: list[Mention]) -> Mention | None:
    """上年结转8.02万元,为…。较上年增加0.78万元: a sentence that opens with a comparison speaks of the one figure of the sentence before."""
    if delta.index or not earlier or not COMPARES.match(delta.sentence.text):
        return None
    last = earlier[-1].sentence
    told = [m for m in last.mentions if alike(m.figure, delta.figure) and not m.depth and m.figure.number is not None]
    if len(told) != 1 or direction(told[0]) or PREVIOUS.search(told[0].label) or other_subject(YEAR_BEFORE.sub("", delta.tail), told[0].label):
        return None
    return told[0]


GOAL_BEFORE = re.compile(r"\)?的?(?:年度|年初|预期|绩效|既定|设定)?(?:指标|目标|计划|标准|任务)(?:值|数|要求)?\)?")
OF_OTHERS = re.compile(r"目标|计划|任务|规划|指标|标准|平均|全[国省市县区州]|序时|要求")
HIGHER = re.compile(r"(?:高于|低于|超过|超出|比|较)[^,，;；。]{0,6}\Z")
"""成活率89.6%,高于85%的指标值4.6个百分点."""


def _points(sentence: Sentence, mention: Mention) -> Iterator[Relation]:
    """由86.2%提高到88.7%,提高2.5个百分点: the difference of the two rates before."""
    index = mention.index
    found = [m for m in sentence.mentions[:index] if m.figure.kind == "rate" and m.figure.unit in ("%", "‰") and m.figure.number is not None]
    before = [m.figure for m in found if not direction(m) and not CHANGE_RATE.search(m.tail)]
    if len(found) > 1 and GOAL_BEFORE.fullmatch(mention.label) and (found[-1].figure.comparator or HIGHER.search(found[-1].tail)) and found[-1].index == index - 1:
        levels = [m.figure for m in found[:-1] if not direction(m) and not CHANGE_RATE.search(m.tail) and found[-1].clause in m.clause]
        if len(levels) == 1:
            a, b = levels[0], found[-1].figure
            yield relation("difference", mention, (a, b) if a.value >= b.value else (b, a), True, "stated")
        return
    if (base := OF_OTHERS.search(mention.tail)) and not any(base[0] in m.label for m in found):
        return  # 提高0.5个百分点,超过规划目标0.3个百分点: of a goal that is not told
    if len(before) < 2 or of_another(mention, found) or (OVER_YEARS.search(mention.label) and not any(OVER_YEARS.search(m.label) for m in found)):
        return
    a, b = before[-2], before[-1]
    pair = (a, b) if a.value >= b.value else (b, a)
    first, second = sentence.mentions[index - 2], sentence.mentions[index - 1]
    if second.figure is b and len(before) >= 2 and not re.search(r"[,，;；]", mention.label) and AGAINST.search(second.tail or second.label):
        pairs = [(x, b) if x.value >= b.value else (b, x) for x in reversed(before[:-1])]
        yield relation("difference", mention, pairs[0], True, "stated", [("difference", pair) for pair in pairs[1:]])
        return
    joined = bool(re.search(r"由|从|上年|去年|较|比|目标|计划|指标", first.label + second.label + mention.label))
    sure = first.figure is a and second.figure is b and bool(FROM.search(first.tail) and TO.search(second.tail))
    yield relation("difference", mention, pair, joined, "stated" if sure else "likely" if joined else "near")


SUBJECT = re.compile(r"(?P<name>[\u4e00-\u9fff]{4,16}?)(?:支出|决算|收入|总额|合计)*数?(?:比|较|同比|与)[^,，]{0,14}\Z")
QUOTES = re.compile(r"[“”\"]")


def told_above(sentence: Sentence, before: Sequence[Mention]) -> Iterator[Relation]:
    """三公经费较上年减少d,下降p%, and paragraphs above 三公经费支出a: the level stands there under the same name."""
    for delta, rate in pairwise(sentence.mentions):
        if delta.figure.kind != "amount" or delta.figure.number is None or rate.figure.unit != "%" or rate.figure.number is None:
            continue
        sign, match = direction(delta), SUBJECT.search(QUOTES.sub("", delta.tail))
        if not sign or direction(rate) != sign or not _reaches(delta, rate) or match is None or is_set(rate):
            continue
        if any(alike(m.figure, delta.figure) and not direction(m) for m in sentence.mentions[: delta.index]):
            continue
        named = (m for m in reversed(before) if alike(m.figure, delta.figure) and match["name"] in QUOTES.sub("", m.label) and not direction(m))
        level = next((m for m in named if not PREVIOUS.search(m.label) and not read_label(m.clause).last_year), None)
        if level is not None:
            yield relation("growth_by" if sign > 0 else "shrink_by", rate, (delta.figure, level.figure), False, "near")


OFF_GOAL = re.compile(r"(?:比|较)[^,，;；]{0,6}(?:计划|目标|预算|任务)[^,，;；]{0,4}?(?:(?P<up>多)|少)[^,，;；\d]{0,4}\Z")
SO_MUCH = re.compile(r"[,，](?:相应|因此|因而|故|从而|也就)?(?:共|合计)?(?:地)?(?:(?P<up>多|增加)|少|节约|节省|减少)(?:了)?(?:支出|支付|支|花费|发放|资金|经费)?(?:了)?")


def shortfalls(sentence: Sentence) -> Iterator[Relation]:
    """每户3500元,…比计划少20户,少支出70,000元: what was not spent is so many times the price."""
    if "每" not in sentence.text and "单价" not in sentence.text:
        return
    for number, spent in pairwise(sentence.mentions):
        if (number.figure.kind, spent.figure.kind) != ("count", "amount") or None in (number.figure.number, spent.figure.number):
            continue
        off, so_much = OFF_GOAL.search(number.tail), SO_MUCH.fullmatch(_after_unit(spent))
        if off is None or so_much is None:
            continue
        start = max((m.index for m in sentence.mentions[: number.index + 1] if SEMICOLON.search(m.label)), default=0)
        priced = [(m, price_of(m)) for m in sentence.mentions[start : number.index]]
        prices = [(m, thing) for m, thing in priced if thing is not None and m.figure.number is not None]
        if len(prices) == 1 and bool(off["up"]) == bool(so_much["up"]) and _prices(*prices[0], number):
            yield relation("product", spent, (number.figure, prices[0][0].figure), tie="stated")


def _after_unit(spent: Mention) -> str:
    """The words before what a count cost, without the rest of the count's unit."""
    at = re.search(r"[,，]", spent.label)
    return spent.label[at.start() :] if at and at.start() <= 2 else ""


def _prices(price: Mention, thing: str, number: Mention) -> bool:
    """Whether the price is one of what is counted, paid once."""
    once = not OVER_TIME.search(price.tail + price.after[:4]) and "均" not in price.tail
    unit = number.figure.unit
    return once and (not thing or thing == unit or thing in unit or number.after.startswith(thing))


def remainders(sentence: Sentence, paragraph: Sequence[Mention] = (), listed: Collection[Figure] = ()) -> Iterator[Relation]:
    """原值a,累计折旧b,净值c: what is left is the difference of two figures before it.

    Where its own sentence has but one beside the parts that it lists, the other stands in the sentences before (``paragraph``).
    """
    levels: list[Mention] = []
    for mention in sentence.mentions:
        if mention.figure.kind not in ("amount", "count") or mention.figure.number is None:
            continue
        words = mention.tail
        if REMAINDER.search(words) and not PREVIOUS.search(words) and not OLD.search(mention.label + mention.after[:12]):
            before = [m for m in levels if alike(m.figure, mention.figure) and not is_change(m) and not of_another_budget(mention, m)]
            inside = [m for m in before if not SEMICOLON.search(sentence.text, m.figure.end - sentence.start, mention.figure.start - sentence.start)]
            heads = [m for m in before if m.figure not in listed]
            above = [m for m in paragraph if m.figure.kind == mention.figure.kind and alike(m.figure, mention.figure)]
            if len(heads) == 1 and (found := _left_of_two(mention, heads[0], [m for m in above if m.figure not in listed])):
                yield found
            elif len(inside) == 1 and len(before) >= 2 and PAID.search(inside[0].clause):
                yield from _left_apart(mention, inside[0], [*above, *before])
            elif len(before) >= 2:
                yield _left(mention, before)
            elif not before and OF_A_PERIOD.search(words) and (found := _of_income(mention, paragraph)):
                yield found
        levels.append(mention)


def _left_of_two(mention: Mention, head: Mention, above: Sequence[Mention]) -> Relation | None:
    """项目资金共a。年内支付b,其中…,结余c: a stands in the sentence before, under words of a whole."""
    wholes = list(dict.fromkeys(m.figure for m in reversed(above) if AT_HAND.search(m.clause) and not is_change(m)))[:MOST_WHOLES]
    if not wholes or not PAID.search(head.clause):
        return None
    first, *others = [("difference", (whole, head.figure)) for whole in wholes]
    return relation("difference", mention, first[1], len(wholes) == 1, "likely" if len(wholes) == 1 else "near", others)


def _of_income(mention: Mention, above: Sequence[Mention]) -> Relation | None:
    """本年收入a;…。本年支出b;…。本年收支结余c: income less expenditure, told in the sentences of the paragraph before."""
    mine = [m for m in above if m.sentence.paragraph == mention.sentence.paragraph and alike(m.figure, mention.figure) and not is_change(m)]
    incomes, spendings = ([m.figure for m in mine if word in m.clause] for word in ("收入", "支出"))
    pairs = [(a, b) for a in incomes for b in spendings if a.value >= b.value][:MOST_PAIRS]
    if not pairs:
        return None
    return relation("difference", mention, pairs[0], False, "near", [("difference", pair) for pair in pairs[1:]])


def _left_apart(mention: Mention, paid: Mention, above: Sequence[Mention]) -> Iterator[Relation]:
    """实际投入a;财政拨款使用b,结余c: what b was taken from is no figure before the semicolon unless it goes by b's own name; else it stands further up."""
    name = PAID_NAME.sub("", paid.clause)
    named = [m.figure for m in reversed(above) if len(name) > 1 and name in m.clause and m.figure is not paid.figure and m.figure.value >= paid.figure.value and not is_change(m)]
    wholes = list(dict.fromkeys(named))[:MOST_WHOLES]
    if wholes:
        first, *others = [("difference", (whole, paid.figure)) for whole in wholes]
        yield relation("difference", mention, first[1], False, "near", others)


def _only(word: str, before: list[Mention]) -> Figure | None:
    """The one figure under that word: 编制52名 where no other 编制 stands beside it."""
    found = [m.figure for m in before if re.search(word, m.label)]
    return found[0] if len(found) == 1 else None


PLUS, MINUS = re.compile(r"^加(?!强|快|大)|^另?加上"), re.compile(r"^减(?!少)|^减去|^扣除")


def _left(mention: Mention, before: list[Mention]) -> Relation:
    pairs = [(a.figure, b.figure) for i, a in enumerate(reversed(before)) for b in list(reversed(before))[i + 1 :]]
    ordered = [(a, b) if a.value >= b.value else (b, a) for a, b in pairs[:6]]
    first, *others = ordered
    sure = len(before) == 2
    bare = bool(BARE_REMAINDER.fullmatch(mention.tail))
    told = bare and any(all(_only(word, before) is f for word, f in zip(words, first, strict=True)) for name, *words in NAMED_REMAINDERS if re.search(name, mention.label))
    tie: Tie = "stated" if told else "likely" if sure and bare else "near"
    readings: list[tuple[str, tuple[Figure, ...]]] = [("difference", pair) for pair in others]
    if len(before) > 2:
        opening, more, less = (m.figure for m in before[-3:])
        if PLUS.search(before[-2].tail) and MINUS.search(before[-1].tail):  # 年初结转a, 加收入b, 减支出c, 年末结转d
            return relation("balance", mention, (opening, more, less), tie="stated")
        readings.append(("balance", (opening, more, less)))
    return relation("difference", mention, first, sure or told, tie, readings)


NET = re.compile(r"净(?:调|追)?[增减加]|净额|增减相抵")
ADDED = re.compile(r"追加|调增|增加|追增|新增")
TAKEN = re.compile(r"调减|追减|核减|压减|收回|减少")


def netted(sentence: Sentence) -> Iterator[Relation]:
    """净调增a(调增b,调减c) and 追加b,调减c,净调增a: the net is what was added less what was taken."""
    moves = [m for m in sentence.mentions if m.figure.kind == "amount" and m.figure.number is not None]
    for index, mention in enumerate(moves):
        if not NET.search(mention.tail) or "其中" in mention.label:
            continue
        for run in (_moves(moves[:index][::-1])[::-1], _moves(moves[index + 1 :])):
            added = [m.figure for m in run if not TAKEN.search(m.tail)]
            taken = [m.figure for m in run if TAKEN.search(m.tail)]
            if (len(added), len(taken)) == (1, 1):
                both = (added[0], taken[0])
                yield relation("difference", mention, both if both[0].value >= both[1].value else both[::-1], tie="stated")
                break
            if (len(added), len(taken)) == (2, 1) and added[0].value + added[1].value > taken[0].value:
                yield relation("balance", mention, (*added, *taken), tie="stated")
                break


def _moves(mentions: Sequence[Mention]) -> list[Mention]:
    """What was added and taken, one after the other from the first."""
    return list(takewhile(lambda m: (ADDED.search(m.tail) or TAKEN.search(m.tail)) and not NET.search(m.tail), mentions))
