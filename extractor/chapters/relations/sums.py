"""Totals and their parts: 其中 lists, lists that end in a total, and parts that the next sentence lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from extractor.chapters.labels import read_label
from extractor.chapters.relations.common import NUMERALS, PREVIOUS, RESPECTIVELY, TAKEN_OFF, alike, amounts, direction, is_change, price_of, relation
from extractor.chapters.relations.kinds import kinds_of
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Kinds, Relation, Tie

AMONG = re.compile(
    r"其中[:：,，]?|(?:分别|具体|依次)(?:是|为|包括)?[:：]?(?=[^,，。]{0,20}\Z)|包括(?:[:：]|(?=[\u4e00-\u9fff]{2,16}\Z))|由(?=[^,，。]{0,30}组成)|"
    r"来源(?:为|是|于|包括)?[:：]?(?=[^,，。]{0,20}\Z)|来源有[一二三四五六]个?[:：]|^[:：](?=[^,，。;；]{2,20}\Z)|(?:承担|分担|组成|如下|划分|分解|分摊)[:：]|分为(?=[\u4e00-\u9fff]{2,12}\Z)|[,，]含(?=[\u4e00-\u9fff]{2,12}\Z)|[,，](?:主要)?用于(?=[\u4e00-\u9fff]{2,16}\Z)|[,，]均为(?=[\u4e00-\u9fff]{3,14}\Z)|构成(?:为|是)?[:：]|明细(?:为|是|如下)?[:：]|[(](?:[^()]{0,24}号)?(?=[\u4e00-\u9fff\"“”]{2,14}\Z)"
)
BEGINS_A_LIST = re.compile(r"^[\s\"“]*(?:其中|具体(?:是|为|包括|来看)|分别(?:是|为)|包括|主要包括|从[^,，]{1,12}(?:看|分|构成)|按[^,，]{1,14}(?:分|划分)|分[^,，]{1,8}看)")
COMPOSED = re.compile(r"^[,，]?由(?:[^,，。]{1,20})\Z")
MADE_UP = re.compile(r"[^。；;]{0,80}?(?:组成|构成|共同(?:承担|投入|筹集)|(?:分别|共同)(?:出资|承担|配套|安排))")
"""地方资金a,由市级b和县级c组成: the word that closes the list stands behind it."""
NO_OTHER = re.compile(r"(?:除此(?:之外|以外|外)?|此外|除上述|除以上)[^,，。;；]{0,12}?(?:没有|无|不含|再无|未安排|未有)(?:其他|其它|别的)?")
PARTIAL = re.compile(r"主要|重点|较大|最大|最高|最低|大型|突出|部分(?!别)|其余|余下|剩余|另有|在内|不等|\d[^\d,，。;；、]{1,4}等|加上|另加|[一二两三四五\d][期次个项]大")
TOTAL_AFTER = re.compile(
    r"(?:合计|共计|总计|累计|小计|相加|合起来|加起来|总额|总共|共)"
    r"(?:全年|当年|本年|年度)?(?:应|实际|已)?"
    r"(?:金额|资金|支出|预算|人数|投入|项目|收入|采购|下达|安排|得|得分|总额|支付|完成|到位|执行|使用|[^,，。;；\d]{2,6}总计){0,3}(?:为|达|约|:|是)?\Z"
    r"|[,，;；](?:合计|共计|总计)[\u4e00-\u9fff]{2,6}\Z"
    r"|[,，;；](?:全年|当年|本年|年度)?总(?:支出|收入|投入|投资|人数|面积|里程|长度)(?:为|达|约|:|是)?\Z"
)
IN_SO_MANY = re.compile(r"分(?:成|作|为)?(?P<number>[二两三四五六七八九十2-9])(?:批|次|期|笔|类|档|个?标段|个?部分|年|个?阶段)[^,，:：。;；\d]{0,8}[:：,，][^,，:：。;；\d]{0,12}(?:(?:19|20)\d\d年[^,，:：。;；\d]{0,8})?\Z")
"""资金分三批下达:第一批a,…: as many parts as are counted are all there is."""
OF_IT = re.compile(r"的(?=[\d.]+[%％]|比例|比重|\Z)")
"""完成预算29.95万元的95.03%: what a share is of is not what the next sentence lists."""
NEXT_PART = re.compile(r"[、,，]|和|及|以及")
BARE_TOTAL = re.compile(r"[,，](?:两项|二者|两者|三项|四项)?(?:合计|共计|总计|共)(?:为|有)?")
LEFT = re.compile(r"结余|结转|剩余|尚有|尚余|还剩|余额|未支付|未使用|未支出")
FIRST_PART = re.compile(r"其中|用于|包括|分别|依次|来源(?:为|是)?[:：]|明细|[:：]")
COUNTED = re.compile(
    r"(?:(?P<front>(?<![以之此目])前)|(?P<back>(?<![整之以然前])最?后|末|[上前]述|以上|上面|上列|这|此))(?P<number>[二两三四五六七八九十]|\d{1,2}(?!\d))"
    r"(?P<unit>项|大?类|部分|者|种|档|批|款|笔|家|处|组|块|个?季度?|个月|年|期|次)?"
)
"""前两项合计, 后三类共计: a total of so many parts only, counted from the front or from the end of the list."""
MOST_POOLED = 8
"""Of more figures some give almost any sum."""
CLAUSE = re.compile(r"[,，;；。]")
COLON = re.compile(r"[:：]")
PARTS = re.compile(r"(?:项|类|部分)\Z")
"""维修和设备两项合计: two of the parts, and others stand beside them."""
PERIODS = ("季", "季度", "个季度", "个月", "年", "期", "次")
CONTINUES = re.compile(r"^(?:\([^()]*\))?[\s)]{0,2}(?:[、,，;；]|和|及|与|以及)")
IN_POST = re.compile(r"在职|在编|实有|在岗|雇员|聘用|退休|编外")
SOURCES = re.compile(r"来源|收入(?:总计|合计)|包括")
"""Sources may be of several measures: 上年结转 and 年初预算 make up what is at hand."""
BY_KIND = re.compile(r"(?:按|从|分|依)[^,，:：。]{1,14}(?:分类?|划分|看|构成|统计|归集|列示)[:：,，]?|构成[:：]?")
"""按经济分类…, 从资金来源看…: a list of kinds leaves none out."""
DRAWN = re.compile(r"使用(?:非财政|专用)|动用|弥补")
"""使用非财政拨款结余: what is drawn from the balance of other years is one of the sources."""
OTHER_KIND = re.compile(r"上缴|经营支出|附属单位")
PROCURED: frozenset[str | None] = frozenset({"procurement_goods", "procurement_works", "procurement_services"})
PARTITIONS: tuple[frozenset[str | None], ...] = (
    frozenset({"basic", "project"}), frozenset({"personnel", "operating", "family"}), frozenset({"general", "gov_fund", "state_capital"}),
    PROCURED, frozenset({"central", "provincial", "city", "county"}),
)  # fmt: skip
DIFFERENCE = re.compile(r"差异|差额|相差")
SEMICOLON = re.compile(r"[^\u4e00-\u9fff]*[;；]")
ADDED = re.compile(r"^[\s\"“]*(?:再|另)?(?:加上?|连同)(?!强|快|大|入)")
LESS = re.compile(r"再?(?:减去?|扣除|扣减)")
ADDED_TO = 4
MOVED = re.compile(r"(?P<up>追加|调增|增加|追增|新增)|调减|核减|压减|追减|收回|扣减|减少")
RESULT = re.compile(r"(?:实际|最终|调整后|全年|决算|合计|共计|累计|总)[^,，;；。]{0,12}\Z")
EACH = re.compile(r"每|均|单价")
AVERAGE = re.compile(r"平均|[人户亩车班日月师生院校村]均|每[\u4e00-\u9fff]")
"""保有车辆5辆,平均每辆2.59万元 within a list is no part of its total."""
WHOLE = re.compile(r"(?:承担|分担|组成|分摊)[:：]|分为(?=[\u4e00-\u9fff]{2,12}\Z)|来源有[一二三四五六]个?[:：]|^[:：]|来源(?:为|是|于|包括)?[:：]?(?=[^,，。]{0,20}\Z)|构成(?:为|是)?[:：]|由(?=[^,，。]{0,30}组成)")
"""A list of sources or of what makes a thing up leaves none out."""
DIMENSIONS = (
    re.compile(r"男|女"), re.compile(r"老年|老人|儿童|青年|未成年|岁"), re.compile(r"残疾|低保|脱贫|少数民族"),
    re.compile(r"党员|团员|群众"), re.compile(r"本科|研究生|大专|中专|学历|学位|硕士|博士"), re.compile(r"[高中初]级职称|职称"),
)  # fmt: skip
"""男, 老年人, 残疾人 …: kinds of people of several dimensions overlap, so that they make up no whole."""
LEVELS = tuple(map(re.compile, (r"中央|国家", r"省|自治区|兵团", r"市级|地市|州级", r"县|区级|市县", r"地方|乡镇|街道")))
UPPER = re.compile(r"(?:\A|其中|[^\u4e00-\u9fff])(?:中央|国家|省级?|自治区级?)(?:财政|资金|补助|专项|配套|转移支付|预算内|投资|拨款|安排|下达)*\Z")
FROM_ABOVE = re.compile(r"省(?:级)?财政|自治区财政|中央(?:和|及|与|、)省|省(?:级)?[^,，。]{0,6}下达")
"""What the province hands down holds no money of the levels under it."""
STAGES = (re.compile(r"预算|概算|计划|目标|应|安排"), re.compile(r"支出|决算|执行|实际|完成|整改|已"), re.compile(r"中标"), re.compile(r"结算"), re.compile(r"审定"))
"""Stages of one thing (预算, 中标, 结算) are measures of it, not its parts."""
FEWEST_DIGITS = 3
FEWEST_PARTS = 3
"""So many parts of one or two digits make up a figure right before them seldom by chance."""
OVERLAP = re.compile(r"重合|重复|重叠|交叉|兼|去重|剔除|扣除|不含|同时")
"""党员178人、团员46人,合计212人(12人身份重合)."""
MORE_THAN_LISTED = re.compile(rf"{OVERLAP.pattern}|跨|另|此外|其余|含|尚")
GRAND = re.compile(r"(?:收入|支出)总计")
CARRIED = ({"income", "carryover_in"}, {"expenditure_outturn", "carryover_out"})
TOLD_WITHIN = 4
"""So many figures of the sentences before may be the total that a bare list makes up."""


def among(sentence: Sentence, before: list[Mention], chosen: list[Mention] | None = None) -> Iterator[Relation]:
    """A total and the parts that 其中 lists; a list within a list belongs to the part before it.

    ``before`` are the figures of the sentence before: a sentence that begins with 其中 lists the parts of one of them.
    """
    mentions = amounts(sentence) if chosen is None else chosen
    heads: list[tuple[Mention, list[Mention], int]] = []
    divided: list[Mention] = []
    """Figures that have had lists of their own."""
    previous: Mention | None = None
    for index, mention in enumerate(mentions):
        opens = None if _of_changes(mention) else AMONG.search(mention.label) or _composed(sentence, mention) or _so_many(mention)
        if opens and (previous is None or not alike(previous.figure, mention.figure)):
            here = [m for m in mentions[:index] if m.figure.kind == mention.figure.kind]
            previous = _total_before(mention, here or (before if _begins(mention) else []))
        if opens and previous is not None and previous.figure is not mention.figure:
            several = bool(heads) and any(part in divided for part in heads[-1][1][:-1])  # so do the parts before it
            divided.append(previous)
            if heads and not several and heads[-1][1] and heads[-1][1][-1] is previous and re.match(r"[^\u4e00-\u9fff]*[;；]", previous.label):
                heads[-1][1].pop()  # after a semicolon a figure with parts of its own begins a new list
                yield from _parts(sentence, heads.pop())
            heads.append((previous, [], mention.depth))
        if heads:
            while len(heads) > 1 and (re.search(r"[;；]", mention.label) or mention.depth < heads[-1][2]) and not opens:
                yield from _parts(sentence, heads.pop())
            if not opens and _ends(mention, heads[-1][1]) and not _all_of(heads[-1], mentions[index:]):
                yield from _parts(sentence, heads.pop())
        if heads:
            head, parts, depth = heads[-1]
            if mention.depth == depth and _is_part(mention, head, parts):
                parts.append(mention)
        previous = mention
    while heads:
        yield from _parts(sentence, heads.pop())


def _so_many(mention: Mention) -> re.Match[str] | None:
    """资金分三批下达:第一批…: the first of so many parts."""
    text = mention.sentence.text
    return IN_SO_MANY.search(text, 0, mention.figure.start - mention.sentence.start) if "分" in text else None


def _begins(mention: Mention) -> bool:
    """Whether a sentence lists parts of what the one before it tells: 其中…, 资金分三批下达:…."""
    counted = _so_many(mention)
    return bool(BEGINS_A_LIST.match(mention.sentence.text) or (counted and counted.start() <= LONGEST_SUBJECT))


LONGEST_SUBJECT = 10


def _composed(sentence: Sentence, mention: Mention) -> re.Match[str] | None:
    """由市级877.99万元和县级44.89万元组成: a list that is told by the word behind it."""
    opens = COMPOSED.search(mention.label)
    return opens and MADE_UP.match(sentence.text, mention.figure.end - sentence.start) and opens


def _of_changes(mention: Mention) -> bool:
    """分别提高64元和56元 lists changes, no parts."""
    return bool(RESPECTIVELY.search(mention.tail) and direction(mention))


def _ends(mention: Mention, parts: list[Mention]) -> bool:
    """Whether a semicolon ends a list whose parts were divided by lesser signs (a、b;然后…)."""
    if len(parts) < 2 or not SEMICOLON.match(mention.label):
        return False
    return not any(SEMICOLON.match(part.label) for part in parts[1:])


def _all_of(group: tuple[Mention, list[Mention], int], rest: list[Mention]) -> bool:
    """Whether the parts so far and all that follow make up the head: commas and semicolons were mixed."""
    head, parts, depth = group
    more = [m for m in rest if m.depth == depth and alike(m.figure, head.figure) and not is_change(m)]
    return sum(m.figure.value for m in (*parts, *more)) == head.figure.value


def _total_before(mention: Mention, candidates: Sequence[Mention]) -> Mention | None:
    """The nearest figure before that could be the total: alike, and no difference against another year."""
    for candidate in reversed(candidates):
        if alike(candidate.figure, mention.figure) and not direction(candidate) and not PREVIOUS.search(candidate.label) and not OF_IT.match(candidate.after):
            return candidate
    return None


def _is_part(mention: Mention, head: Mention, parts: list[Mention]) -> bool:
    """Whether the figure is one of the parts: like the head, no delta, and of the same measure."""
    if not alike(mention.figure, head.figure) or mention.figure.hedge or (parts and _adds_up(mention)) or AVERAGE.search(mention.tail):
        return False
    if len(parts) > 1 and LEFT.search(mention.tail) and _rated_between(parts, mention):
        return False
    if head.figure.kind == "count" and "编制" in head.label and IN_POST.search(mention.clause):
        return False
    if parts and SEMICOLON.match(mention.label) and TOTAL_AFTER.search(mention.label) and not TOTAL_AFTER.search(parts[0].label):
        return False  # 其中财政拨款a;差异总额b: a total of its own begins a new statement
    label = read_label(mention.clause)
    if DIFFERENCE.search(mention.clause) or label.changed or label.adjusted or PREVIOUS.search(mention.label) or label.last_year:
        return False
    if DRAWN.search(mention.clause):
        return True
    if parts and label.measure and not label.scopes and not label.rest and not OTHER_KIND.search(mention.clause):
        return False
    mine = read_label(parts[0].clause).measure if parts else None
    return not (label.measure and mine and label.measure != mine) or bool(SOURCES.search(parts[0].label))


def _rated_between(parts: list[Mention], mention: Mention) -> bool:
    """其中a,b,支付率p,尚有c未支付: a rate of the whole ends the list, so that what is left is no part of it; parts with rates of their own go on."""
    mentions = mention.sentence.mentions
    rates = [any(m.figure.kind == "rate" for m in mentions[a.index : b.index]) for a, b in pairwise([*parts, mention])]
    return rates[-1] and not any(rates[:-1])


def _adds_up(mention: Mention) -> bool:
    """前三家合计 within a list is what some of its parts make up, no part."""
    sentence = mention.sentence
    return bool(TOTAL_AFTER.search(mention.label) and COUNTED.search(CLAUSE.split(sentence.text[: mention.figure.start - sentence.start])[-1]))


def _parts(sentence: Sentence, group: tuple[Mention, list[Mention], int]) -> Iterator[Relation]:
    head, parts, _ = group
    if not parts or any(TAKEN_OFF.search(part.tail) for part in parts):
        return  # 基本分、加分、减分: what is taken off is no part
    start = parts[0].figure.start - len(parts[0].label) - sentence.start
    stop = sentence.text.find("。", parts[-1].figure.end - sentence.start)
    tail = sentence.text[max(0, start) : stop if stop >= 0 else len(sentence.text)]
    twice = _counted_twice(parts[-1]) if len(parts) > 1 else None
    if twice is not None:
        yield relation("sum_less", head, [*(part.figure for part in parts), twice.figure], False, "near")
        return
    counted = _so_many(parts[0])
    several = head.sentence is not sentence and len(_levels(head)) > 1
    if counted and several and all(m.figure.value != sum(part.figure.value for part in parts) for m in _levels(head)):
        return  # 规模a,其中上年结转b。资金分两批下达:…: of a sum that is not told
    no_other = bool(NO_OTHER.search(tail)) or (counted is not None and (NUMERALS.get(counted["number"]) or int(counted["number"])) == len(parts))
    closed = len(parts) > 1 and (no_other or not PARTIAL.search(tail)) and not _crossed(parts) and (no_other or not _upper_levels(parts))
    whole = no_other or WHOLE.search(parts[0].label) or _composed(sentence, parts[0]) or _all_levels(parts) or _all_kinds(head, parts)
    tie: Tie = "stated" if closed and whole and (no_other or "其他" not in parts[-1].after) else "likely"
    made = sum(part.figure.value for part in parts)
    if len(parts) > 1:
        # 预算a,支出b。其中:… and 下达a,已拨付b,其中…: the list may be of either.
        before = [m for m in amounts(head.sentence) if alike(m.figure, head.figure) and m.figure.start < parts[0].figure.start]
        head = next((m for m in (head, *reversed(before)) if m.figure.value == made), head)
    yield relation("sum", head, [part.figure for part in parts], closed, tie, kinds="" if several else _kinds(head, parts))


def _levels(head: Mention) -> list[Mention]:
    """The figures of a head's sentence that may be meant as well as it."""
    like = [m for m in amounts(head.sentence) if alike(m.figure, head.figure)]
    return [m for m in like if not direction(m) and not PREVIOUS.search(m.label) and not OF_IT.match(m.after)]


def _kinds(head: Mention, parts: list[Mention]) -> Kinds:
    """What the parts' names say of them; nothing where the head is a price, or the words tell of more than is listed."""
    if price_of(head) is not None or AVERAGE.search(head.tail) or head.figure.hedge or MORE_THAN_LISTED.search(head.sentence.text + parts[0].sentence.text):
        return ""
    return kinds_of(parts)


def _counted_twice(last: Mention) -> Mention | None:
    """省定16个,市定6个(与省里重复2个): what the bracket behind the last part says is counted twice."""
    after = last.sentence.mentions[last.index + 1 : last.index + 2]
    return next((m for m in after if m.depth > last.depth and OVERLAP.search(m.label) and alike(m.figure, last.figure)), None)


def _all_levels(parts: list[Mention]) -> bool:
    """中央、省级、地方: the money of all levels of government from the highest to the lowest."""
    levels = [next((level for level, word in enumerate(LEVELS) if word.search(part.clause)), None) for part in parts]
    known = [level for level in levels if level is not None]
    return len(known) == len(parts) > 2 and known == sorted(set(known)) and known[0] == 0 and known[-1] >= len(LEVELS) - 2


def _upper_levels(parts: list[Mention]) -> bool:
    """其中中央a,省级b: money of the upper levels of government, and that of the lower ones is not named."""
    lead = parts[0].sentence.text[: parts[0].start - parts[0].sentence.start]
    return all(UPPER.search(part.clause) for part in parts) and not FROM_ABOVE.search(lead)


def _all_kinds(head: Mention, parts: list[Mention]) -> bool:
    """采购总额…其中货物、工程、服务: by law nothing else is procured."""
    scopes = {read_label(part.clause).scope for part in parts}
    return scopes == PROCURED and len(parts) == len(scopes) and "采购" in head.label


def _crossed(parts: list[Mention]) -> bool:
    """Whether the parts are of several dimensions (妇女, 老年人) or stages (预算, 决算), so that they overlap."""
    if parts[0].figure.kind == "count" and sum(any(kind.search(m.clause) for m in parts) for kind in DIMENSIONS) > 1:
        return True
    stages = {next((n for n, stage in enumerate(STAGES) if stage.search(m.clause)), None) for m in parts}
    return len(stages - {None}) > 1 and None not in stages and not SOURCES.search(parts[0].label)


def totals(sentence: Sentence, broken: bool = False) -> Iterator[Relation]:
    """a、b和c,合计d: the total comes after its parts. Where the list begins is told by its words or by the sum itself.

    In a sentence that a page has ``broken`` some of the parts may stand in the line before.
    """
    mentions = amounts(sentence)
    for index, mention in enumerate(mentions):
        if index < 2 or not TOTAL_AFTER.search(mention.label) or PARTIAL.search(mention.label):
            continue
        before = [m for m in mentions[:index] if m.depth <= mention.depth]
        if len(before) < 2:
            continue
        counted = before[-1] if before[-1].figure.kind == "count" and not alike(before[-1].figure, mention.figure) else None
        run = _run_before(before[:-1] if counted else before, mention)
        if len(run) < 2:
            continue
        if some := COUNTED.search(CLAUSE.split(sentence.text[: mention.figure.start - sentence.start])[-1]):
            yield from _some_of(run, before, mention, some)
            continue
        heads = [m for m in mentions[: mentions.index(run[0])] if m.figure.kind == "count"][-1:]
        named = heads[0] if heads and re.match(r"[^,，。;；]{0,6}[:：]", heads[0].after) else None
        number = counted.figure.number if counted else named.figure.number if named else None
        alone = len(run) >= 3 and not any(alike(m.figure, mention.figure) for m in mentions[: mentions.index(run[0])])
        opened = (alone or _parallel(run) or bool(FIRST_PART.search(run[0].label))) and not PARTIAL.search(sentence.text)
        some_of = counted is not None and number is not None and number < len(run) and PARTS.search(counted.figure.text)
        opened = opened or _all_there_is(run, mention)
        tie: Tie = "stated" if number == len(run) or (not broken and _all_before(run, before, mention)) else "likely" if opened and not some_of else "near"
        shorter = tuple(("sum", tuple(m.figure for m in run[at:])) for at in range(1, len(run) - 1))
        if number is not None and 2 <= number <= len(run):
            shorter += tuple(_any_of([m for m in before if alike(m.figure, mention.figure)][-MOST_POOLED:], run[: int(number)]))
        yield relation("sum", mention, [m.figure for m in run], opened or tie == "stated", tie, shorter)


def _parallel(run: list[Mention]) -> bool:
    """…单价c,金额a;…单价d,金额b: parts under the same word."""
    words = {m.tail for m in run}
    return len(words) == 1 and len(words.pop()) >= NAMES_IT


def _all_before(run: list[Mention], before: list[Mention], total: Mention) -> bool:
    """民警178人、辅警246人,合计424人: the total follows the last part at once, and every like figure of the sentence is a part."""
    like = [m for m in before if alike(m.figure, total.figure)]
    plain = all(NEXT_PART.match(m.label) and m.depth == total.depth for m in run[1:]) and BARE_TOTAL.fullmatch(total.label)
    at = total.figure.start - total.sentence.start
    return bool(plain) and like == run == before and not PARTIAL.search(total.sentence.text[:at]) and not OVERLAP.search(total.sentence.text[at:])


def _some_of(run: list[Mention], before: list[Mention], total: Mention, cue: re.Match[str]) -> Iterator[Relation]:
    """前两项合计c after a、b、d: only so many parts make it up. Which they are is sure where the list's own beginning or end is."""
    number = NUMERALS.get(cue["number"]) or int(cue["number"])
    run = [m for m in run if m.depth <= total.depth]
    if number < 2 or len(run) < number:
        return
    chosen = run[:number] if cue["front"] else run[-number:]
    opened, alone = bool(FIRST_PART.search(run[0].label)), not any(alike(m.figure, run[0].figure) for m in before if m.start < run[0].start)
    plain = cue["unit"] not in (None, *PERIODS) and not any(SEMICOLON.match(m.label) for m in run[1:])
    if run[0].sentence is not total.sentence and cue["front"] and len(run) == number:
        return  # 前两项 of a list of two: another list is meant
    tie: Tie = "near"
    if plain and run[0].sentence is total.sentence and (opened if cue["front"] else "其中" not in run[0].label):
        tie = "stated"
    elif plain and (opened or alone):
        tie = "likely"
    pool = [m for m in before if alike(m.figure, total.figure)]
    pool = run[:MOST_POOLED] if cue["front"] and len(pool) > MOST_POOLED else pool[-MOST_POOLED:]
    yield relation("sum", total, [m.figure for m in chosen], True, tie, list(_any_of(pool, chosen)))


def _any_of(pool: list[Mention], chosen: list[Mention]) -> Iterator[tuple[str, tuple[Figure, ...]]]:
    """As many other figures of the sentence, any of which may be meant: a list may have lists within it."""
    for some in combinations(pool, len(chosen)):
        if list(some) != chosen:
            yield "sum", tuple(m.figure for m in some)


def carried(sentence: Sentence, before: list[Mention]) -> Iterator[Relation]:
    """…a、b、d。前两项合计c: a sentence that begins with the total of some of the parts that the one before it lists."""
    if not before or before[0].sentence.paragraph != sentence.paragraph:
        return
    for mention in amounts(sentence)[:2]:  # 两项 may be a figure of its own
        lead = sentence.text[: mention.figure.start - sentence.start]
        cue = COUNTED.search(lead) if TOTAL_AFTER.search(mention.label) and not CLAUSE.search(lead) else None
        if cue is not None and (run := _run_before([m for m in before if alike(m.figure, mention.figure)], mention)):
            yield from _some_of(run, before, mention, cue)


GATHERED = re.compile(r"\A\s*(?:全年|以上|上述)?(?:(?P<number>[二两三四五六七八九十])(?:个|项|类|档|家|批)(?P<noun>[^,，。;；\d]{0,6}?))?(?:共计?|合计|总计|累计)(?P<verb>[^,，。;；\d]{0,6}?)(?:为|达)?\Z")


def gathered(sentence: Sentence, before: list[Mention]) -> Iterator[Relation]:
    """甲a,发放b;乙c,发放d。两乡共发放e: a sentence that begins with the total of what the one before it lists under one word."""
    total = next((m for m in amounts(sentence)[:2] if GATHERED.match(sentence.text[: m.figure.start - sentence.start])), None)
    if total is None or not before or before[0].sentence.paragraph != sentence.paragraph or total.figure.hedge:
        return
    cue = GATHERED.match(sentence.text[: total.figure.start - sentence.start])
    like = [m for m in before if alike(m.figure, total.figure) and not EACH.search(m.clause) and not is_change(m)]
    if cue is None or len(like) < 2:
        return
    run = [m for m in like if m.tail == like[-1].tail]
    same = len(like[-1].tail) >= NAMES_IT and (like[-1].tail[-2:] in cue["verb"] or like[-1].tail[-2:] in (cue["noun"] or ""))
    counted = NUMERALS.get(cue["number"] or "") == len(run)
    if len(run) >= 2 and (same or counted) and not PARTIAL.search(before[0].sentence.text):
        yield relation("sum", total, [m.figure for m in run], True, "stated" if same and counted else "likely")


def additions(sentence: Sentence, earlier: Sequence[Mention]) -> Iterator[Relation]:
    """全年预算a;加上年结转b,收入总计c: what is added, what it is added to, and what it comes to."""
    mentions = amounts(sentence)
    for index, mention in enumerate(mentions[:-1]):
        total = mentions[index + 1]
        if not ADDED.search(mention.tail) or not alike(mention.figure, total.figure) or is_change(total) or LESS.match(total.tail):
            continue
        before = [m for m in (*earlier[-ADDED_TO:], *mentions[:index]) if alike(m.figure, mention.figure) and not is_change(m)]
        if before:
            others = [("sum", (m.figure, mention.figure)) for m in reversed(before[-TOLD_WITHIN:-1])]
            yield relation("sum", total, (before[-1].figure, mention.figure), tie="likely", others=others)


def moved(sentence: Sentence, earlier: Sequence[Mention]) -> Iterator[Relation]:
    """年初安排a,…,调增b,收入总计c and 下达a,…,调减b,实际下达c: told only where it comes out, for what was moved may be one move of several."""
    mentions = amounts(sentence)
    for index, mention in enumerate(mentions[:-1]):
        total = mentions[index + 1]
        move = MOVED.search(mention.tail)
        if not move or not RESULT.search(total.tail) or not alike(mention.figure, total.figure) or is_change(total):
            continue
        before = [m for m in (*earlier[-ADDED_TO:], *mentions[:index]) if alike(m.figure, mention.figure) and not is_change(m)]
        sign = 1 if move["up"] else -1
        start = next((m for m in reversed(before) if m.figure.value + sign * mention.figure.value == total.figure.value), None)
        if start is not None:
            yield relation("sum" if move["up"] else "difference", total, (start.figure, mention.figure), False, "near")


def _run_before(before: list[Mention], total: Mention) -> list[Mention]:
    run: list[Mention] = []
    for mention in reversed(before):
        if EACH.search(mention.clause):
            continue  # 每人次625元,计186,875元: a price, not a part
        if run and _counts_what_follows(mention, run[0]):
            continue
        if not alike(mention.figure, total.figure) or read_label(mention.clause).changed or TOTAL_AFTER.search(mention.label):
            break
        run.insert(0, mention)
        if FIRST_PART.search(mention.label):
            break
    return _of_one_measure(run, total)


def _counts_what_follows(mention: Mention, after: Mention) -> bool:
    """锅炉一台6.75万元: how many there are of what the part is paid for."""
    return mention.figure.kind == "count" and after.figure.kind == "amount" and after.index == mention.index + 1 and not CLAUSE.search(after.label)


def _of_one_measure(run: list[Mention], total: Mention) -> list[Mention]:
    """预算a,支出b;预算c,支出d;合计支出e: only what the total measures is added up."""
    measures = [read_label(m.clause).measure for m in run]
    if len({measure for measure in measures if measure}) < 2 or _all_there_is(run, total):
        return run
    wanted = read_label(total.clause).measure
    return [m for m, measure in zip(run, measures, strict=True) if measure == wanted] if wanted else []


def _all_there_is(run: list[Mention], total: Mention) -> bool:
    """本年收入a,上年结转b,收入总计c: what came in and what was there make up the account."""
    return bool(GRAND.search(total.clause)) and {read_label(m.clause).measure for m in run} in CARRIED


def bare_lists(sentence: Sentence, before: list[Mention], parts_told: set[str]) -> Iterator[Relation]:
    """基本支出a,项目支出b after 全年支出c: parts that nothing calls parts, and the figure before that they make up.

    Which figure they make up is told by the sum alone, so that the tie is the weakest, and where no figure is near the sum
    nothing is said. Beside a list that calls its parts so (``parts_told``) only a sum that comes out is one.
    """
    mentions = [m for m in amounts(sentence) if m.figure.id not in parts_told]
    for run in _runs(mentions):
        if len(run) > FEWEST_PARTS and not all(_long(m.figure) for m in run) and run[0].figure.value == sum(m.figure.value for m in run[1:]):
            yield relation("sum", run[0], [m.figure for m in run[1:]], False, "near")  # 在职81人,专业技术57人,管理1人,工勤23人
    for run in _runs([m for m in mentions if _long(m.figure)]):
        start = run[0].figure.start
        heads = [m for m in before if m.figure.start < start and alike(m.figure, run[0].figure) and not is_change(m)]
        lead = sentence.text[: start - sentence.start]
        whole = bool(BY_KIND.search(lead)) and not PARTIAL.search(sentence.text)
        whole = whole or _partition(run)
        for head, parts in _made_up(run, heads, whole):
            if parts_told and head.figure.value != sum(m.figure.value for m in parts):
                continue
            yield relation("sum", head, [m.figure for m in parts], whole, "near")


WITHIN = re.compile(r"(?:^|[,，;；:。\s])(?P<name>[\u4e00-\u9fff]{2,12}?)(?<!其)中(?:[,，:]|(?=[\u4e00-\u9fff]{2,8}\Z))(?:用于)?[^,，;；。]{0,16}\Z")
"""实际使用的资金中,…: what follows is listed within the figure of that name."""
OF_A_WHOLE = re.compile(r"实际|全年|本年度?|当年|其|总|合计|年末|人员|资金|金额|[的了]")
NAMES_IT = 2


def within(sentence: Sentence, before: list[Mention]) -> Iterator[Relation]:
    """实际使用a。…实际使用的资金中,维修b、改造c、更新d: the head of the list stands further up under the name that the list gives it."""
    mentions = amounts(sentence)
    for index, mention in enumerate(mentions[:-1]):
        cue = WITHIN.search(mention.label)
        name = OF_A_WHOLE.sub("", cue["name"]) if cue else ""
        if cue is None or len(name) < NAMES_IT:
            continue
        heads = [m for m in (*before, *mentions[:index]) if alike(m.figure, mention.figure) and not is_change(m) and name in m.clause and m.figure.value]
        run = [mention]
        for following in mentions[index + 1 :]:
            if not CONTINUES.match(following.label) or not alike(following.figure, mention.figure) or not _is_part(following, mention, run) or LEFT.search(following.tail):
                break
            run.append(following)
        if heads and len(run) > 1:
            yield from _parts(sentence, (heads[-1], run, mention.depth))


def _partition(run: list[Mention]) -> bool:
    """Whether the parts are of the kinds that a budget is always divided into: 基本 and 项目, 货物, 工程 and 服务 …"""
    scopes = {read_label(m.clause).scope for m in run}
    return len(scopes) == len(run) and any(scopes <= kinds for kinds in PARTITIONS)


def _long(figure: Figure) -> bool:
    """Whether a figure has digits enough that a sum of such does not come out by chance."""
    return figure.digits >= FEWEST_DIGITS


def _runs(mentions: list[Mention]) -> Iterator[list[Mention]]:
    """Stretches of two or more like figures that stand side by side as equals; other kinds may stand between (a万元、b亩)."""
    runs: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        if is_change(mention) or mention.figure.hedge or EACH.search(mention.clause):
            continue
        key = (mention.figure.kind, base_unit(mention.figure.unit))
        run = runs.setdefault(key, [])
        if run and _ends(mention, _under_a_colon(run)):
            yield run
            run = runs[key] = []
        if run and ("其中" in mention.label or not (CONTINUES.match(mention.label) and mention.depth == run[-1].depth and _same_measure(run[-1], mention))):
            if len(run) >= 2:
                yield run
            run = runs[key] = []
        run.append(mention)
    yield from (run for run in runs.values() if len(run) >= 2)


def _under_a_colon(run: list[Mention]) -> list[Mention]:
    """安排a,主要项目:1、b;2、c: what stands before the colon is the head of the list, none of its items."""
    at = next((index for index, mention in enumerate(run) if index and COLON.search(mention.label)), 0)
    return run[at:]


def _same_measure(first: Mention, second: Mention) -> bool:
    """预算a,支出b are two measures of one thing, no parts of a third."""
    mine, other = read_label(first.clause).measure, read_label(second.clause).measure
    return mine == other or mine is None or other is None


def _made_up(run: list[Mention], heads: list[Mention], whole: bool) -> list[tuple[Mention, list[Mention]]]:
    """The nearest figure that the run (or its end) makes up exactly; else the last heads, each of which it may be meant to."""
    for at in range(len(run) - 1):
        parts = run[at:]
        total = sum(m.figure.value for m in parts)
        for head in reversed(heads + run[:at]):
            if head.figure.value == total:
                return [(head, parts)]
    likely = [head for head in heads[-TOLD_WITHIN:] if _long(head.figure)]
    if whole:
        likely += [head for head in _repeated(heads) if all(head.figure.value != m.figure.value for m in likely)]
    return [(head, run) for head in likely]


def _repeated(heads: list[Mention]) -> list[Mention]:
    """The figures that the report names more than once, as it does its totals, the most frequent first."""
    firsts: dict[object, Mention] = {}
    for head in heads:
        firsts.setdefault(head.figure.value, head)
    counts = Counter(head.figure.value for head in heads if _long(head.figure))
    return [firsts[value] for value, count in counts.most_common(TOLD_WITHIN) if count > 1]


