"""Words and questions that the readers of relations share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.chapters.labels import read_label
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import PEOPLE, Figure, base_unit
from extractor.model.report import Kinds, Relation, Tie

UP = re.compile(r"增加|增长|上升|提高|增幅|涨幅|上涨|提升|增至|增到|增收|增产|增支|多支|超支|超出|超额|扩大|净增(?!加|长)|新增(?!加|长)|多增(?!加|长)|高出|(?<![最较更至不])高|(?<![最更至不众])多|超过?|(?<![\u4e00-\u9fff])[增升](?=\Z|了)")
DOWN = re.compile(r"减少|下降|降低|减幅|降幅|压减|压缩|节约|节省|节支|少支|减收|减产|减支|回落|降至|减至|降到|缩减|缩短|净减(?!少)|短缺|(?<![最较更至不])低|短少|少完成|(?<![最至不减缺])少|(?<![\u4e00-\u9fff])[减降](?=\Z|了)")
NEAR_FIGURE = re.compile(r"(?:支出|支|了|于|出|额|率|幅度?|资金|约|为|达到?|:|分别|的?比例|发生|花|开|拨|用|完成|收|付|办|投|建|拆|派|于[\u4e00-\u9fff]{0,6}(?:标准|目标值?|指标值?|计划数?|预算数?|控制[数价]|定额|上限|均值|水平))*\Z")
"""What may stand between a word of change and its figure."""
AT_HAND = re.compile(r"预算|安排|下达|到位|资金|收入|中标|合同|总投资|总额|共|计划|任务|目标")
"""Words of what there is to be spent or done."""
MORE_DONE = re.compile(r"(?:\A(?=[多少][\u4e00-\u9fff]{2}\Z)(?!多[功媒数样种层云边式元点方])|同比|环比|(?<![同环])比[^,，]{1,12}?|(?<!比)较[^,，]{1,12}?)(?:(?P<up>多)|少)(?!于|数|年)[\u4e00-\u9fff]{2,3}\Z")
"""同比多服务1.6万人次, 较上年少接待…: what was done more or less of."""
TAKEN_OFF = re.compile(r"(?:减分|扣分|扣减|扣除)(?:项|因素)?(?:为|:)?\Z")
"""Words before points that lessen a total."""
FROM = re.compile(r"(?:由|从)[^,，。;；]{0,20}?(?:的)?\Z")
TO = re.compile(r"(?:增加|增长|提高|上升|提升|扩大|下降|减少|降低|压减|压缩|缩短|缩减|回落|增|降|减|升)(?:至|到|为)\Z")
PREVIOUS = re.compile(
    r"(?:(?<![同环])比(?!例|重|较|率|对|武|赛)|(?<!比)较(?!大|多|高|低|好|小|少|快|强|为|突出|集中|重)|与(?=上|去|前|19|20|计划|预算|目标|年初|同期|上年)|相较|对比)[^,，;；。]{1,16}?的?\Z|(?:上年|去年|上一年|上年度|上年同期|同期|前一年)(?!结转|结余|度结)[^,，;；。]{0,14}\Z|(?:年初|上年末|去年末)(?!预算|批复|安排|下达|部门|结转|结余|目标|计划|设定|核定|指标|资金|实有|支出|共)[^,，;；。]{0,4}\Z"
)


def alike(a: Figure, b: Figure) -> bool:
    """Whether two figures count the same thing, so that they can be added or held against each other. Rates are not added."""
    if a.kind == b.kind == "count" and a.unit in PEOPLE and b.unit in PEOPLE:
        return True
    return a.kind == b.kind and a.kind != "rate" and base_unit(a.unit) == base_unit(b.unit)


def alike_or_rate(a: Figure, b: Figure) -> bool:
    """As ``alike``; rates too can be subtracted from each other."""
    return a.kind == b.kind and base_unit(a.unit) == base_unit(b.unit)


def amounts(sentence: Sentence) -> list[Mention]:
    """The readable amounts and counts of a sentence."""
    return [m for m in sentence.mentions if m.figure.kind in ("amount", "count") and m.figure.number is not None]


def direction(mention: Mention) -> int:
    """+1 for 增加, 增长, 多 …, -1 for 减少, 下降, 低 … as the last such word right before the figure."""
    return _direction(mention.tail)


@lru_cache(4096)
def _direction(words: str) -> int:
    if TO.search(words):
        return 0
    last_up = max((m.end() for m in UP.finditer(words)), default=-1)
    last_down = max((m.end() for m in DOWN.finditer(words)), default=-1)
    at = max(last_up, last_down)
    if done := MORE_DONE.search(words):
        return 1 if done["up"] else -1
    if at < 0 or not (len(words) - at <= 6 and (NEAR_FIGURE.match(words, at) or _names_money(words[at:]))):
        return 0
    return 1 if last_up > last_down else -1


def _names_money(words: str) -> bool:
    """节约财政资金 …, 减少支出 …: a noun of money between the change and its amount."""
    return bool(re.fullmatch(r"(?:财政)?(?:资金|支出|经费|预算|成本|费用|投资|收入)", words))


def is_change(mention: Mention) -> bool:
    """Whether the figure is a change against something else (增加, 多支, 上年的 …), not a level of its own."""
    if mention.change is None:
        mention.change = bool(direction(mention)) or bool(read_label(mention.clause).changed) or bool(PREVIOUS.search(mention.tail))
    return mention.change


def quote(sentence: Sentence) -> str:
    """The words of the sentence, as long as a list has room for."""
    return sentence.text.strip()[:160]


def relation(
    formula: str, mention: Mention, operands: Sequence[Figure], closed: bool = True, tie: Tie = "likely",
    others: Sequence[tuple[str, tuple[Figure, ...]]] = (), kinds: Kinds = "",
) -> Relation:  # fmt: skip
    """A relation that states the figure of ``mention``, with the words that stand before it."""
    return Relation(formula, mention.figure, tuple(operands), quote(mention.sentence), closed, (), tie, mention.label, tuple(others), kinds=kinds)


QUALIFIED = re.compile(r"其中|人均|户均|平均每|另外?|同口径|可比|剔除|扣除|不含|不计|年均|(?:平均|综合|加权)(?=[增提上下降减])|环比|视同|口径|差距|领先|优势|差异|占比|按[^,，]{1,14}(?:计算|折算)后?")
"""Words that give a figure another base or subject than the figures beside it have."""
NOT_A_SUBJECT = re.compile(
    r"累计|同比|比|较|与|上一?年度?|去年|前年|同期|年初|年末|[期季月][初末]|本年|全年|当年|今年|(?:19|20)\d\d年?度?|净|共|合计|实际|相应|分别|均|也|其|则|已|又|还|数量?|总量|总额|总数|"
    r"幅度?|偏差|偏离|相差|率|了|为|约|达到?|是|的|至|到|由|从|个|人次?|万|亿|元|[^\u4e00-\u9fff]"
)


MEASURED = re.compile(r"金额|资金|费用|人数|户数|面积|单价|次数")
"""资助金额 after 资助人数 is another measure of one thing."""


ITS_BASE = re.compile(r"(?:比|较|与)(?:年初|全年|本年|当年|上年|去年|调整后?|(?:19|20)\d\d年?度?|度)*(?:部门)?(?:预算|决算|计划|执行|完成|实际)(?:安排)?数?")


def of_another(mention: Mention, anchors: Sequence[Mention | None], based: bool = True) -> bool:
    """Whether the words of a change name a subject of their own (支出增加152万元 after 收入由a增加到b), or another base.

    Where no base has been told (``based``), what the words are held against (较年初预算数减少) is theirs.
    """
    if QUALIFIED.search(mention.label):
        return True
    tail = mention.tail if based else ITS_BASE.sub("", mention.tail)
    return other_subject(tail, "".join(anchor.label for anchor in anchors if anchor is not None))


@lru_cache(4096)
def other_subject(tail: str, said: str) -> bool:
    """Whether the words before a change hold a noun that nothing said before holds.

    >>> other_subject("支出增加", "收入由"), other_subject("同比增加", "收入由")
    (True, False)
    """
    last = max((m.end() for pattern in (UP, DOWN) for m in pattern.finditer(tail)), default=len(tail))
    bare = NOT_A_SUBJECT.sub("", UP.sub("", DOWN.sub("", tail[:last])))
    if len(bare) < 2 or bare[-2:] in said:
        return False
    return bare[:2] not in said or bool(MEASURED.search(bare[-2:]))


PRICE = re.compile(
    r"每一?(?![年月季天日周旬])[\u4e00-\u9fff]{1,3}?(?:每[年月季天日次])?(?:的|补助|补贴|奖补|单价|价格|造价|费用|成本|标准|支付|资助|价|约|为|按)*\Z|(?:单价|均价|单位成本)[^,，]{0,6}\Z"
)
PRICED = re.compile(r"/|每[\u4e00-\u9fff]")


def price_of(mention: Mention) -> str | None:
    """What a unit price is the price of: 户 of 每户3500元, nothing of 单价1850元; ``None`` for what is no price."""
    if mention.figure.kind != "amount":
        return None
    _, slash, thing = mention.figure.unit.partition("/")
    if slash or PRICED.match(mention.after):
        return thing or mention.after[1:2]
    if "每" not in mention.tail and "价" not in mention.tail and "单位成本" not in mention.tail:
        return None
    found = PRICE.search(mention.tail)
    return found and re.sub(r"[^\u4e00-\u9fff]|[每一]", "", found[0][:3] if found[0].startswith("每") else "")


SET = re.compile(
    r"\)?的(?:(?:比例|幅度)?(?:的)?(?:要求|规定|标准|目标|上限|下限|底线|红线|警戒线|控制线|限额)"
    r"|(?:比例|权重|系数)(?:进行|予以|给予)?(?:分配|分担|承担|分摊|补助|补贴|奖补|资助|配套|安排|计提|提取|预留|预付|拨付|支付|兑付|发放|报销|缴纳|缴存|计入|折算|扣减|扣除|下达))"
)


def is_set(mention: Mention) -> bool:
    """压减10%的要求, 占50%的比例分配: what is asked for, not what came out."""
    return bool(SET.match(mention.after))


@lru_cache(4096)
def core(words: str) -> str:
    """What is left of the name of a whole without the words that any whole may carry.

    >>> core("本年项目支出总额")
    '项目支出'
    """
    return re.sub(r"总额|总数|总量|总|全部|全部的|本年度?|全年|当年|年度|(?:19|20)\d\d年度?|的|数$|额$", "", words)


THINGS = re.compile(r"(?:(?P<number>[二两三四五六七八九])(?:个?项|个|类|部分|方面)(?:指标)?)?(?:指标|方面|得分|分值|权重|满分|分)*各(?:自|项)?(?:为|占|计|是|扣除?|减)?\Z")
JOINS = re.compile(r"和|与|及|以及")


def things(mention: Mention) -> int | None:
    """How many things the words before 各N分 name (时效和成本各, 两项各): ``None`` where 各 does not stand there, 0 where it is not clear."""
    match = THINGS.search(mention.tail) if "各" in mention.tail else None
    if match is None:
        return None
    if match["number"]:
        return NUMERALS[match["number"]]
    words = re.split(r"[:：]|其中|包括", mention.tail[: match.start()])[-1]
    before = mention.sentence.mentions[mention.index - 1].figure if mention.index else None
    if not words and before is not None and before.kind == "count" and before.unit in ("个", "项", "类") and before.number is not None:
        return int(before.number)
    *names, last = words.split("、")
    joined = JOINS.split(last)
    clear = len(joined) <= 2 and not any(JOINS.search(name) for name in names)  # 成本和效益、时效: which 和 is in a name
    return len(names) + len(joined) if clear and len(names) + len(joined) > 1 else 0


NUMERALS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
"""How many parts a word counts (前两项, 三部分合计); of one part there is no sum."""
RESPECTIVELY = re.compile(r"分别|依次|各自")


def subject_of(mention: Mention) -> tuple[tuple[str, ...], str]:
    """What a figure is about: the scopes that its words name, and the words that nothing knows."""
    label = read_label(mention.clause)
    scopes = tuple(sorted({scope for scope in label.scopes if scope != "department"}))
    return (scopes, label.rest) if scopes or label.rest else ()  # type: ignore[return-value]
