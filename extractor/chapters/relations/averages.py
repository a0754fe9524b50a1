"""Averages and unit prices: 人均, 亩均, 平均每处, 148份每份1850元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.chapters.relations.common import NUMERALS, alike, relation
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import PEOPLE, Figure, base_unit
from extractor.model.report import Relation

AVERAGE = re.compile(
    r"(?P<each>(?!平)[\u4e00-\u9fff])均(?![衡匀等未已为有在能由可达按完不实])|平均(?:每(?P<every>[\u4e00-\u9fff]{1,3}))?|每(?P<per>(?![少多增减低高降升超差缺延逾迟])一?[\u4e00-\u9fff]{1,3}?)(?:平均)?"
)
ENDS = re.compile(r"(?:投资|救助|补助|补贴|支出|投入|成本|费用|经费|标准|金额|工程费|消费|增收|收入|公用经费|日常公用经费|日常|公用|养护支出|奖补|约|为|达到?|额|资金|造价|单价|发放|仅|的)*\Z")
STANDARD = re.compile(r"[高低]于|超过|不足|标准|定额|目标|上限|的(?:定额|标准|目标|要求)")
"""A standard is set, not worked out."""
UNITS = {"生": PEOPLE, "人": (*PEOPLE, "人次"), "师": PEOPLE, "车": ("辆", "台"), "案": ("件", "起", "案", "宗"), "日": ("天", "日"), "天": ("天", "日")}
SHARED_OUT = re.compile(r"其余|[两二三四]档|不等|或\d|元、\d")
"""Not all was shared out, or not evenly."""
COMES_TO = re.compile(r"(?:共?计|合计|总计|共|小计)(?:补助|补贴|支出|发放|需)?\Z")
PAID = re.compile(r"[,，](?:共|实际|全年)?(?:支出|支付|发放|拨付|兑现|补助|补贴)(?:资金|金额)?")
"""更换阀门45个,每个180元,支出8,100元: the whole follows its price."""
WITH_MORE = re.compile(r"[(,，;；](?:其中|另)?(?:含|包括|包含|加上|连同|不含|扣除)")
NOT_ALL_PAID = re.compile(r"[(,，;；][^,，。;；()]{0,10}?(?:部分|其中|预留|质保|未|退|减免|免费|免|优惠|打折|折|因|尾款|尚|扣|重复|离[岗职校]|缺|中途|不再|已)")
"""发放15.8万元,4户未领取; 支出22.1万元,部分点位处于质保期: why less was paid than price and number make."""
MADE_UP = re.compile(r"(?:合计|总计|共计?|累计)[\u4e00-\u9fff]{0,8}\Z")
"""每亩增收350元,1560亩示范基地合计增收54.6万元: the total that price and number make."""
NOT_ALL = re.compile(r"[;；]|其中|已|先|首批|另|余|含|包括|加上|在内")
"""What is made up is not all, or more than, what price and number make."""
NOT_EXACTLY = re.compile(r"以[上下内]|左右|不等|多|余|起")
OVER_TIME = re.compile(r"每(?:人|户|个|名)?(?:每)?(?:个?月|年|天|日|季|学[期年])|[月年日]均|按[月年季]|\d个月|全年")
"""A price by the month makes up a total over more than one."""
PERIODS = ("月", "年", "季", "季度", "周", "天", "日", "旬", "学期")
"""每月1次 is how often a thing is to be done, not an average."""
FAR_WHOLES = 8
NOT_SOME = re.compile(r"平均|全年|年度|本年|实际|项目|资金|总体|[共约总年]|[^\u4e00-\u9fff]")
NOUN = re.compile(r"[\u4e00-\u9fff]{2}")
"""人均结案 is told by what it names: 审结案件4987件."""
BRACKET = re.compile(r"\([\u4e00-\u9fff]{0,8}")


def averages(sentence: Sentence, earlier: Sequence[Mention]) -> Iterator[Relation]:
    """Every average of the sentence: a whole and a number of which it may be the quotient."""
    for index, mention in enumerate(sentence.mentions):
        figure = mention.figure
        if figure.kind not in ("amount", "count") or figure.number is None or not figure.number:
            continue
        match = _average_word(mention)
        if match is None or STANDARD.search(mention.label) or STANDARD.match(mention.after):
            continue
        each, noun = _per(match), "" if ENDS.match(mention.label, match.end()) else mention.label[match.end() :][:2]
        if noun and (not NOUN.fullmatch(noun) or not match["each"]):
            continue
        if match["each"] is None and each in PERIODS and figure.kind == "count":
            continue
        before = [m for m in sentence.mentions[:index] if m.figure.number is not None]
        after = sentence.mentions[index + 1] if index + 1 < len(sentence.mentions) else None
        if after is not None and _follows(after) and after.figure.kind == "count" and after.figure.number:
            before = [*before, after]
        if SHARED_OUT.search(sentence.text[figure.start - sentence.start :]):
            continue
        if _of_some(mention, match, before):
            continue
        before = [m for m in before if (m.figure.kind == "count" and _counts(m, each)) or noun in m.clause]
        if found := _made_up(mention, each) or _average(mention, each, before, () if noun else earlier):
            yield found


TOTALLED = re.compile(r"(?:的(?:标准|定额))?[,，](?=[\u4e00-\u9fff])(?:全年)?(?:共计?|合计|小计|计|需|应)?(?:补助|补贴|奖补|奖励|支出|支付|发放|拨付|兑付|投入|金额|资金|费用|价款|总价|经费)*(?:(?<=发放|兑付|支付|拨付)[\u4e00-\u9fff]{2,8}(?<!先)(?:补助|补贴|奖补)(?:资金|金额))?(?:共计?|合计|小计|计)?(?:约|为)?")
PRICED_AT = re.compile(r"(?:单价|均价|每一?(?P<each>[\u4e00-\u9fff]{1,3}?))(?:每年)?(?:的|补助|补贴|奖补|奖励|补贴|标准|价格|造价|费用|成本|资助|定额|约|为|按)*\Z")
SET_PRICE = re.compile(r"(?:标准|单价|均价|价格|定额)(?:为|是|:)?\Z")
PAID_OVER = re.compile(r"每[月天日周季次]|个月|学期|季度|按[月天日季]|[两三四]次|档|级别")
"""A price that is paid more than once, or one of several."""


def products(sentence: Sentence) -> Iterator[Relation]:
    """手环118只,单价6000元,金额70.80万元: a number, its price and what they come to, side by side."""
    for number, price, total in zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False):
        kinds = (number.figure.kind, price.figure.kind, total.figure.kind) == ("count", "amount", "amount")
        if not kinds or None in (number.figure.number, price.figure.number, total.figure.number) or not number.figure.number:
            continue
        cue = PRICED_AT.search(price.tail)
        each = cue["each"] if cue and "/" not in price.figure.unit else _by_unit(price)
        if (cue is None and not each) or not TOTALLED.fullmatch(total.label) or len({number.depth, price.depth, total.depth}) > 1:
            continue
        if any(m.figure.comparator or m.figure.hedge for m in (number, price, total)) or NOT_ALL.search(price.label) or NOT_EXACTLY.match(price.after) or WITH_MORE.match(total.after) or NOT_ALL_PAID.match(total.after):
            continue
        if (each is None or _counts(number, each)) and _one_price(price, total):
            others = [m.figure for m in sentence.mentions if m.figure is not number.figure and m.figure.number and alike(m.figure, number.figure)]
            yield relation("product", total, (number.figure, price.figure), others=[("product", (figure, price.figure)) for figure in others])


def _by_unit(price: Mention) -> str:
    """What a price is of by its unit: 亩 of 补贴标准131.42元/亩; nothing where it is paid more than once (元/人/月)."""
    things = price.figure.unit.split("/")[1:]
    return things[0] if len(things) == 1 and things[0] not in PERIODS and SET_PRICE.search(price.tail) else ""


STANDARD_IS = re.compile(r"标准(?:为|是|:)?(?:每人|每户|每名|每个)(?:每年)?\Z")


def by_standard(sentence: Sentence, above: Sequence[Mention]) -> Iterator[Relation]:
    """补助标准为每人4200元。甲乡202名,发放84.84万元;乙乡…: each number at the one standard that the sentence before gives."""
    prices = [m for m in above if m.figure.kind == "amount" and STANDARD_IS.search(m.tail) and not m.figure.comparator]
    pairs = [
        (number, total) for number, total in zip(sentence.mentions, sentence.mentions[1:], strict=False)
        if (number.figure.kind, total.figure.kind) == ("count", "amount") and number.figure.number and total.figure.number is not None and TOTALLED.fullmatch(total.label)
    ]  # fmt: skip
    if len(prices) != 1 or len(pairs) < TWO_OR_MORE or PAID_OVER.search(sentence.text):
        return
    for number, total in pairs:
        yield relation("product", total, (number.figure, prices[0].figure), tie="likely")


TWO_OR_MORE = 2


MEAN = re.compile(r"(?:(?P<number>[二两三四五六七八九十])(?:个|项|家|所)[^,，;；\d]{0,8}?)?平均(?:得分|得|分|分数|值|数|完成率|满意度)?(?:为|是|达|:)?\Z")
NO_PART = re.compile(r"平均|总|合计|满分|分值|权重|加权|目标|标准|上年|去年|最[高低]|每|扣")
FEWEST_OF_A_MEAN = 3


def means(sentence: Sentence) -> Iterator[Relation]:
    """甲得a分,乙得b分,丙得c分,3个项目平均得m分: the mean of as many figures as the words before it count."""
    if "平均" not in sentence.text or "加权" in sentence.text:
        return
    for mention in sentence.mentions[FEWEST_OF_A_MEAN:]:
        cue = MEAN.search(mention.tail)
        if cue is None or mention.figure.number is None or mention.figure.hedge or mention.figure.kind == "amount":
            continue
        before = sentence.mentions[: mention.index]
        number = NUMERALS.get(cue["number"] or "")
        if number is None and before[-1].figure.kind == "count" and before[-1].figure.number is not None and not CLAUSES.search(mention.label):
            number, before = int(before[-1].figure.number), before[:-1]
        parts = [m for m in before if m.figure.kind == mention.figure.kind and m.figure.unit == mention.figure.unit and m.figure.number is not None and not m.depth]
        if number == len(parts) >= FEWEST_OF_A_MEAN and not any(NO_PART.search(m.tail) for m in parts) and len({m.tail[-1:] for m in parts}) == 1:
            yield relation("mean", mention, [m.figure for m in parts], tie="stated")


CLAUSES = re.compile(r"[,，;；]")


def _one_price(price: Mention, total: Mention) -> bool:
    """Whether the total is of this price alone, paid once: each price before it in the sentence has a total of its own."""
    mentions = price.sentence.mentions
    priced = [m for m in mentions[: price.index] if m.figure.kind == "amount" and PRICED_AT.search(m.tail)]
    settled = all(TOTALLED.fullmatch(mentions[m.index + 1].label) and mentions[m.index + 1].figure.kind == "amount" for m in priced)
    return settled and not PAID_OVER.search(price.sentence.text)


def _of_some(mention: Mention, match: re.Match[str], before: Sequence[Mention]) -> bool:
    """法官人均, 其中初中部班均, 节假日日均: an average over some, of whom no figure before it tells."""
    who = NOT_SOME.sub("", re.split(r"[,，;；、]", mention.label[: match.start()])[-1])
    return len(who) > 1 and not any(who[-2:] in m.label for m in before)


def _follows(number: Mention) -> bool:
    """Whether a number stands right after its average: 每户3500元,共20户, and in brackets (员额法官19名)."""
    return number.label in (",", "、", "，", "共", ",共", "×") or (BRACKET.fullmatch(number.label) is not None and number.after.startswith(")"))


def _average_word(mention: Mention) -> re.Match[str] | None:
    """The last 人均, 平均每处, 每亩 before a figure."""
    match = None
    for match in AVERAGE.finditer(mention.label):
        pass
    return match


def _per(match: re.Match[str]) -> str | None:
    """What an average is taken over: 人 of 人均, 处 of 平均每处, 亩 of 每亩."""
    return match["each"] or match["every"] or match["per"]


def _of_another_price(mention: Mention, each: str | None) -> bool:
    """收购价每吨500元 before 每亩增收350元: a price of other things is no whole that was shared out."""
    match = _average_word(mention)
    return match is not None and bool(ENDS.match(mention.label, match.end())) and _per(match) != each


def _made_up(mention: Mention, each: str | None) -> Relation | None:
    """每亩增收350元,1560亩合计增收54.6万元: the sentence itself goes on with the number and with what they make."""
    after = mention.sentence.mentions[mention.index + 1 : mention.index + 3]
    if each is None or len(after) < 2 or "/" in mention.figure.unit:
        return None
    number, total = after
    if number.figure.kind != "count" or not number.figure.number or number.depth != mention.depth or not _counts(number, each):
        return None
    if not _whole_of(total.figure, mention.figure) or NOT_ALL.search(number.label + total.label + total.after[:10]) or NOT_EXACTLY.match(mention.after):
        return None
    noun = mention.tail[-2:]
    if not MADE_UP.search(total.label) and not (noun.isalpha() and total.tail.endswith(noun)):
        return None
    sure = MADE_UP.search(total.label) and not OVER_TIME.search(mention.clause + number.label + number.after)
    return relation("average", mention, (total.figure, number.figure), bool(sure), "stated" if sure else "near")


def _average(mention: Mention, each: str | None, before: list[Mention], earlier: Sequence[Mention]) -> Relation | None:
    figure = mention.figure
    numbers = [m.figure for m in reversed(before) if m.figure.kind == "count" and m.figure.value and _counts(m, each)]
    # What stands in brackets is a part of what stands before them, so that it comes last.
    wholes = [m.figure for m in sorted(before, key=lambda m: (m.depth > mention.depth, -m.figure.start)) if _whole_of(m.figure, figure) and not _of_another_price(m, each)]
    following = mention.sentence.mentions[mention.index + 1 : mention.index + 3]
    wholes = [m.figure for m in following if COMES_TO.search(m.label) and _whole_of(m.figure, figure)] + wholes
    once = numbers and following and not OVER_TIME.search(mention.label)
    if once and PAID.fullmatch(following[0].label) and not WITH_MORE.match(following[0].after) and _whole_of(following[0].figure, figure):
        wholes.insert(0, following[0].figure)
    # The whole may stand sentences before; so may the number, but then what is averaged is anybody's guess.
    far = [m.figure for m in reversed(earlier) if _whole_of(m.figure, figure) and not _of_another_price(m, each)][:FAR_WHOLES]
    pairs = [(a, n) for n in numbers[:3] for a in (*wholes[:3], *far) if a is not n]
    if not numbers and each and wholes:
        pairs = [(wholes[0], m.figure) for m in reversed(earlier) if m.figure.kind == "count" and m.figure.value and _counts(m, each)][:4]
    if not pairs:
        return None
    first, *others = pairs
    sure = bool(numbers and wholes)
    told = once and len(numbers) == 1 and following[0].figure is first[0] and re.fullmatch(rf"[,，]{COMES_TO.pattern}", following[0].label) and not NOT_EXACTLY.match(mention.after)
    paid = bool(following) and first[0] is following[0].figure and not COMES_TO.search(following[0].label)  # what was paid may be less than is due
    only = told or (len(numbers) == len(wholes) == 1 and not paid and _of_that(mention, first[0], before))
    return relation("average", mention, first, sure, "stated" if only else "likely" if sure else "near", [("average", pair) for pair in others])


def _of_that(mention: Mention, whole: Figure, before: list[Mention]) -> bool:
    """Whether the average names nothing (户均3.57人) or what the whole is (人均救助, after 救助a万元)."""
    match = _average_word(mention)
    words = re.sub(r"[约为达到的仅]", "", mention.label[match.end() :]) if match else "?"
    label = next((m.label for m in before if m.figure is whole), "")
    return not words or words[:2] in label


def _counts(number: Mention, each: str | None) -> bool:
    """Whether the number counts what the average is taken over: 每枚 and 620枚, 每站 and 71个站, 车均 and 4辆."""
    if each is None:
        return True
    unit = base_unit(number.figure.unit)
    if each in UNITS:
        return unit in UNITS[each]
    if number.after.startswith(each) or (unit in ("个", "所", "家") and number.clause.endswith(each)):
        return True
    return each in unit or unit in each or (len(each) > 1 and unit in ("个", "家", "所", "座"))


def _whole_of(whole: Figure, average: Figure) -> bool:
    """Whether the figure can be the whole: of the average's own kind (元 of 元, 平方米 of 平方米) and not smaller."""
    if whole.number is None or whole.kind not in ("amount", "count"):
        return False
    unit = average.unit.partition("/")[0]
    like = base_unit(whole.unit) == base_unit(unit) or alike(whole, average) or (whole.unit == "人次" and unit in PEOPLE)
    return like and whole.value >= average.value
