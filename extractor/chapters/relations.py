"""What the sentences themselves say adds up, whatever their words are about.

其中 lists, 占…的, 由…增至…, 比上年增加…增长…, 共计, N个分别是, and sums that are printed as sums (a+b=c).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.chapters.labels import THAN, read_label
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import Figure, base_unit
from extractor.model.report import Relation

AMONG = re.compile(r"其中[:：,，]?|(?:分别|具体)(?:是|为)[:：]?|包括(?:[:：]|(?=[\u4e00-\u9fff]{2,12}\Z))|由(?=[^,，。]{0,30}组成)")
PARTIAL = re.compile(r"其中[:：,，]?(?:主要|重点|较大)|主要(?:是|为|包括|用于)|(?:万元|元|个|人|家|项)等")
TOTAL_AFTER = re.compile(r"(?:合计|共计|总计|累计)(?:金额|资金|支出|预算|人数|投入)?(?:为|达|约|:)?\Z")
FIRST_PART = re.compile(r"其中|用于|包括|分别|来源(?:为|是)?[:：]")
UP = re.compile(r"增加|增长|上升|提高|增幅|上涨|提升|增至|增到")
DOWN = re.compile(r"减少|下降|降低|减幅|压减|压缩|节约|节省|回落|降至|减至|降到")
FROM = re.compile(r"(?:由|从)[^,，。;；]{0,16}?(?:的)?\Z")
TO = re.compile(r"(?:增加|增长|提高|上升|提升|下降|减少|降低|压减|增|降|减)(?:至|到|为)\Z")
PREVIOUS = re.compile(r"(?:比|较|与)[^,，;；。]{1,14}的?\Z|(?:上年|去年|上一年|上年度|上年同期|同期)(?!结转|结余|度结)[^,，;；。]{0,14}\Z")
SHARE = re.compile(r"占(?P<whole>[^,，;；。]{0,24}?)(?:的(?:比例|比重)?|比|比例|比重)?(?:为|达|约为|约)?\Z|占比(?:为|达|约)?\Z")
BASE_OF_RATE = re.compile(r"占(?:全年|年初|年度|调整后)?(?:部门)?预算")
OPERATORS = {"+": "+", "-": "-", "−": "-", "–": "-", "×": "*", "*": "*", "x": "*", "÷": "/", "/": "/", "=": "=", "≈": "="}
NOUNS = re.compile(r"收入|支出|预算|经费|资产|人数|总额|决算|接待|采购")
RATE_NAME = re.compile(r"(?:率|度|占比|比例)(?:为|达到?|是)?\Z")
LISTED_BEFORE = re.compile(r"(?:内设|下设|设有|设立|下辖|辖|包括|所属)(?:有|了)?(?P<items>[^,，。;；\d]{3,260}?)(?:等|共计|共|合计)?\Z")
LISTED = re.compile(r"[^,，。;；:：]{0,14}?[,，]?(?:分别(?:是|为)|即|具体(?:是|为|包括)|包括|依次为|:|：)[:：]?(?P<items>[^。;；\n]+)")
NEXT_CLAUSE = re.compile(r"[^,，。;；]{0,10}[,，](?P<items>[^,，。;；\n]{2,40}(?:中心|单位|局|科|室|所|处|站|队|办|馆|院|校|处室)(?:\([^)]*\))?)(?=[。;；\n])")
PEOPLE = ("人", "名", "个", "位")
"""编制21人,其中行政编制9个: posts and people are counted in either."""
IN_POST = re.compile(r"在职|在编|实有|在岗|雇员|聘用|退休|编外")
COUNTABLE = ("个", "家", "所", "项", "大", "类", "名", "处", "")


def relations(text: str, found: list[Sentence], figures: list[Figure]) -> Iterator[Relation]:
    """Every relation that the text states between its figures."""
    earlier: list[Mention] = []
    everything: list[Mention] = []
    claims = {figure.start for figure in figures if figure.is_claim}
    for index, sentence in enumerate(found):
        if index and found[index - 1].paragraph != sentence.paragraph:
            earlier = []
        yield from printed_sums(sentence)
        yield from among(sentence, [m for m in earlier if index and m.sentence is found[index - 1]])
        yield from among(sentence, _scores(found[index - 1]) if index and earlier else [], _scores(sentence))
        yield from totals(sentence)
        yield from growth(sentence, earlier)
        earlier = [*earlier, *sentence.mentions]
        yield from shares(sentence, everything)
        yield from listed(text, sentence, claims)
        everything += _amounts(sentence)


def _quote(sentence: Sentence) -> str:
    return sentence.text.strip()[:160]


def _amounts(sentence: Sentence) -> list[Mention]:
    return [m for m in sentence.mentions if m.figure.kind in ("amount", "count") and m.figure.number is not None]


def _scores(sentence: Sentence) -> list[Mention]:
    """The points of a sentence that are scores; where it prints full marks beside them only what is called 得."""
    points = [m for m in sentence.mentions if m.figure.kind == "points" and m.figure.number is not None]
    weighed = any(re.search(r"分值|权重|满分", m.label) or re.fullmatch(r"[,，]?(?:自评)?得分?", m.label) for m in points)
    return [m for m in points if "得" in m.label] if weighed else points


def _alike(a: Figure, b: Figure) -> bool:
    if a.kind == b.kind == "count" and a.unit in PEOPLE and b.unit in PEOPLE:
        return True
    return a.kind == b.kind and base_unit(a.unit) == base_unit(b.unit) and a.kind != "rate"


def printed_sums(sentence: Sentence) -> Iterator[Relation]:
    """a+b=c, a-b=c, a÷b×100%=p, n×a=c: operators printed between figures."""
    mentions = sentence.mentions
    for index, mention in enumerate(mentions):
        if mention.label.strip()[-1:] not in ("=", "≈") or index == 0:
            continue
        signs: list[str] = []
        operands = [mentions[index - 1].figure]
        at = index - 1
        if not re.fullmatch(r"[)%\s]*[=≈]", mention.label.strip()):
            continue
        while at > 0 and (sign := _operator(mentions[at].label)):
            signs.insert(0, sign)
            operands.insert(0, mentions[at - 1].figure)
            at -= 1
        if not signs or len(operands) != len(signs) + 1:
            continue
        if signs[-1] == "*" and operands[-1].unit == "%" and operands[-1].number == 100:
            operands, signs = operands[:-1], signs[:-1]
        formula = _formula(signs)
        if formula and all(operand.number is not None for operand in operands):
            yield Relation(formula, mention.figure, tuple(operands), _quote(sentence))


def _operator(label: str) -> str | None:
    plain = re.sub(r"[()\s]", "", label)
    return OPERATORS.get(plain) if plain != "=" else None


def _formula(signs: list[str]) -> str | None:
    if set(signs) == {"+"}:
        return "sum"
    return {"-": "difference", "/": "quotient", "*": "product"}.get("".join(signs))


def among(sentence: Sentence, before: list[Mention], chosen: list[Mention] | None = None) -> Iterator[Relation]:
    """A total and the parts that 其中 lists; a list within a list belongs to the part before it.

    ``before`` are the figures of the sentence before: a sentence that begins with 其中 lists the parts of one of them.
    """
    mentions = _amounts(sentence) if chosen is None else chosen
    heads: list[tuple[Mention, list[Mention], int]] = []
    previous: Mention | None = None
    for mention in mentions:
        opens = AMONG.search(mention.label)
        if opens and (previous is None or not _alike(previous.figure, mention.figure)):
            inside = mentions[: mentions.index(mention)]
            previous = _total_before(mention, inside or (before if sentence.text.lstrip().startswith("其中") else []))
        if opens and previous is not None and previous.figure is not mention.figure:
            if heads and heads[-1][1] and heads[-1][1][-1] is previous and re.match(r"[^\u4e00-\u9fff]*[;；]", previous.label):
                heads[-1][1].pop()  # after a semicolon a figure with parts of its own begins a new list
                yield from _parts(sentence, heads.pop())
            heads.append((previous, [], mention.depth))
        if heads:
            while len(heads) > 1 and (re.search(r"[;；]", mention.label) or mention.depth < heads[-1][2]) and not opens:
                yield from _parts(sentence, heads.pop())
            head, parts, depth = heads[-1]
            if mention.depth == depth and _is_part(mention, head, parts):
                parts.append(mention)
        previous = mention
    while heads:
        yield from _parts(sentence, heads.pop())


def _total_before(mention: Mention, candidates: list[Mention]) -> Mention | None:
    """The nearest figure before that could be the total: alike, and no difference against another year."""
    for candidate in reversed(candidates):
        if _alike(candidate.figure, mention.figure) and not _direction(candidate) and not PREVIOUS.search(candidate.label):
            return candidate
    return None


def _is_part(mention: Mention, head: Mention, parts: list[Mention]) -> bool:
    """Whether the figure is one of the parts: like the head, no delta, and of the same measure."""
    if not _alike(mention.figure, head.figure) or mention.figure.hedge:
        return False
    if head.figure.kind == "count" and "编制" in head.label and IN_POST.search(mention.clause):
        return False
    label = read_label(mention.clause)
    if label.changed or label.adjusted or PREVIOUS.search(mention.label) or label.last_year:
        return False
    if parts and label.measure and not label.scopes and not label.rest:
        return False
    mine = read_label(parts[0].clause).measure if parts else None
    return not (label.measure and mine and label.measure != mine)


def _parts(sentence: Sentence, group: tuple[Mention, list[Mention], int]) -> Iterator[Relation]:
    head, parts, _ = group
    if not parts:
        return
    start = parts[0].figure.start - len(parts[0].label) - sentence.start
    tail = sentence.text[max(0, start) : parts[-1].figure.end - sentence.start + 14]
    closed = len(parts) > 1 and not PARTIAL.search(tail)
    yield Relation("sum", head.figure, tuple(part.figure for part in parts), _quote(sentence), closed)


def totals(sentence: Sentence) -> Iterator[Relation]:
    """a、b和c,合计d: the total comes after its parts."""
    mentions = _amounts(sentence)
    for index, mention in enumerate(mentions):
        if index < 2 or not TOTAL_AFTER.search(mention.label):
            continue
        parts: list[Mention] = []
        for before in reversed(mentions[:index]):
            label = read_label(before.clause)
            if not _alike(before.figure, mention.figure) or label.changed or TOTAL_AFTER.search(before.label):
                break
            parts.insert(0, before)
            if FIRST_PART.search(before.label):
                break
        if len(parts) >= 2:
            joined = bool(FIRST_PART.search(parts[0].label)) and not PARTIAL.search(sentence.text)
            yield Relation("sum", mention.figure, tuple(part.figure for part in parts), _quote(sentence), joined)


def growth(sentence: Sentence, earlier: list[Mention]) -> Iterator[Relation]:
    """比上年增加d、增长p%; 由a增至b,增长p%; 上年a,本年b. ``earlier`` are the paragraph's figures before the sentence."""
    level: Mention | None = None
    origin: Mention | None = None
    delta: Mention | None = None
    for mention in sentence.mentions:
        figure = mention.figure
        if figure.number is None or figure.hedge:
            continue
        words = mention.label
        changed = _direction(mention)
        if figure.kind in ("amount", "count") or (figure.kind == "rate" and figure.unit == "%" and not changed):
            if TO.search(words) and origin is not None and _alike_or_rate(origin.figure, figure):
                level, delta = mention, None
            elif not changed and (FROM.search(words) or PREVIOUS.search(words)):
                origin = mention
                if level is not None and not FROM.search(words) and not _alike_or_rate(level.figure, figure):
                    level = None
            elif changed and not read_label(mention.clause).adjusted:
                delta = mention
                if level is None or not _alike_or_rate(level.figure, figure):
                    level = _level_of(mention, earlier)
                if level is not None:
                    yield from _difference(sentence, level, origin, delta, changed)
            elif figure.kind != "rate":
                level, delta = mention, None
                if origin is not None and not _alike_or_rate(origin.figure, figure):
                    origin = None
        elif figure.kind == "rate" and changed and figure.unit == "%":
            yield from _growth_rate(sentence, mention, level, origin, delta, changed)


def _alike_or_rate(a: Figure, b: Figure) -> bool:
    return a.kind == b.kind and base_unit(a.unit) == base_unit(b.unit)


def _direction(mention: Mention) -> int:
    """+1 for 增加, 增长 …, -1 for 减少, 下降 … as the last such word of the clause that ends at the figure."""
    words = re.split(r"[,，;；。]", mention.label)[-1]
    if TO.search(words):
        return 0
    up, down = list(UP.finditer(words)), list(DOWN.finditer(words))
    last_up = up[-1].end() if up else -1
    last_down = down[-1].end() if down else -1
    at = max(last_up, last_down)
    if at < 0 or len(words) - at > 6:
        return 0
    return 1 if last_up > last_down else -1


def _difference(
    sentence: Sentence, level: Mention, origin: Mention | None, delta: Mention, changed: int
) -> Iterator[Relation]:
    if origin is not None and _alike_or_rate(origin.figure, delta.figure) and origin.figure.kind != "rate":
        pair = (level.figure, origin.figure) if changed > 0 else (origin.figure, level.figure)
        yield Relation("difference", delta.figure, pair, _quote(sentence))


def _growth_rate(
    sentence: Sentence, rate: Mention, level: Mention | None, origin: Mention | None, delta: Mention | None, changed: int
) -> Iterator[Relation]:
    if delta is not None and origin is not None and _alike_or_rate(delta.figure, origin.figure) and _reaches(delta, rate):
        yield Relation("quotient", rate.figure, (delta.figure, origin.figure), _quote(sentence))
        return
    if level is None or level.figure.kind == "rate":
        return
    if delta is not None and _alike_or_rate(delta.figure, level.figure) and _reaches(delta, rate):
        formula = "growth_by" if changed > 0 else "shrink_by"
        yield Relation(formula, rate.figure, (delta.figure, level.figure), _quote(sentence))
    elif origin is not None and _alike_or_rate(origin.figure, level.figure):
        formula = "growth" if changed > 0 else "decline"
        yield Relation(formula, rate.figure, (level.figure, origin.figure), _quote(sentence))


def _level_of(delta: Mention, earlier: list[Mention]) -> Mention | None:
    """The figure of an earlier sentence that a difference speaks of: alike, and sharing a noun with its words."""
    nouns = NOUNS.findall(delta.label)
    for mention in earlier:
        if not _alike_or_rate(mention.figure, delta.figure) or mention.figure.number is None or _direction(mention):
            continue
        if PREVIOUS.search(mention.label):
            continue
        if any(noun in mention.label for noun in nouns):
            return mention
    return None


def _reaches(delta: Mention, rate: Mention) -> bool:
    """Whether the rate follows its difference directly (增加189.25万元,增长31.39%)."""
    return rate.figure.start - delta.figure.end <= 14


def shares(sentence: Sentence, everything: list[Mention]) -> Iterator[Relation]:
    """a,占总额的p%: the whole is a figure of the sentence, or one anywhere before that stands under the name of the whole."""
    amounts: list[Mention] = []
    previous: Mention | None = None
    for mention in sentence.mentions:
        figure = mention.figure
        if figure.kind in ("amount", "count") and figure.number is not None:
            if not read_label(mention.clause).changed:
                amounts.append(mention)
        elif figure.kind == "rate" and figure.unit == "%":
            match = SHARE.search(mention.label)
            if len(amounts) > 1 and previous is amounts[-1] and _part_then_whole(mention, amounts):
                yield Relation("share", figure, (amounts[-2].figure, amounts[-1].figure), _quote(sentence))
            elif amounts and previous is amounts[-1] and AMONG.search(previous.label) and RATE_NAME.search(mention.label):
                heads = [m for m in amounts[:-1] if _alike(m.figure, previous.figure)]
                if heads:
                    yield Relation("share", figure, (previous.figure, heads[-1].figure), _quote(sentence), _same_stem(mention, previous))
            elif len(amounts) > 1 and previous is amounts[-1] and _rate_of_two(mention, amounts):
                yield Relation("share", figure, (amounts[-1].figure, amounts[-2].figure), _quote(sentence), _same_stem(mention, amounts[-1]))
            elif match and amounts and not BASE_OF_RATE.search(mention.label) and not THAN.search(mention.label):
                yield from _share(sentence, mention, match["whole"] or "", amounts, everything)
        previous = mention


def _part_then_whole(mention: Mention, amounts: list[Mention]) -> bool:
    """18个,占应验收项目20个的90%."""
    return bool(re.fullmatch(r"的(?:比例|比重)?(?:为)?", mention.label.strip()) and re.search(r"占|完成|为", amounts[-1].label)) and _alike(
        amounts[-2].figure, amounts[-1].figure
    )


def _same_stem(rate: Mention, part: Mention) -> bool:
    """整改3,412处,整改率: the rate is named after its part, so that it can be of nothing else."""
    match = re.search(r"([\u4e00-\u9fff]{2})(?:率|度)(?:为|达到?|是)?\Z", rate.label)
    return bool(match and match[1] in part.label)


def _rate_of_two(mention: Mention, amounts: list[Mention]) -> bool:
    """隐患3,482处,整改3,412处,整改率97.99%: a rate right after the two counts that it may be of."""
    part, whole = amounts[-1].figure, amounts[-2].figure
    other = re.search(r"完成率|执行率|增长|下降|控制率|到位率|变动", mention.label)
    return bool(RATE_NAME.search(mention.label)) and not other and _alike(part, whole) and part.value <= whole.value


def _share(
    sentence: Sentence, mention: Mention, whole: str, amounts: list[Mention], everything: list[Mention]
) -> Iterator[Relation]:
    part = amounts[-1]
    name = re.sub(r"总额|总数|全部|本年|全年|总|(?:19|20)\d\d年度?|的", "", whole)
    named = [m for m in everything if len(name) >= 2 and name in m.label][-6:]
    wholes = [m for m in [*amounts[:-1], *named] if _alike(m.figure, part.figure) and m.figure.value >= part.figure.value]
    if wholes:
        operands = (part.figure, *dict.fromkeys(m.figure for m in wholes))
        yield Relation("share", mention.figure, operands, _quote(sentence), len(operands) == 2 and not whole and bool(AMONG.search(part.label)))


def listed(text: str, sentence: Sentence, starts: set[int]) -> Iterator[Relation]:
    """N个…,分别是a、b和c: the names are counted. ``starts`` are the offsets of all claims: a list of figures is no list of names."""
    for mention in sentence.mentions:
        figure = mention.figure
        if figure.kind != "count" or figure.number is None or figure.unit not in COUNTABLE or figure.hedge or figure.comparator:
            continue
        if figure.decimals or figure.number > 60 or figure.number < 1:
            continue
        before = LISTED_BEFORE.search(mention.label)
        if before and "、" in before["items"]:
            yield Relation("number_of", figure, (), _quote(sentence), not before[0].endswith("等"), tuple(_names(before["items"])))
            continue
        cue = LISTED.match(text, figure.end)
        match = cue or (NEXT_CLAUSE.match(text, figure.end) if figure.number == 1 else None)
        if match is None or any(at in starts for at in range(match.start("items"), match.end("items"))):
            continue
        names = _names(match["items"])
        if names:
            closed = cue is not None and not re.search(r"等|主要|其中", match[0])
            yield Relation("number_of", figure, (), _quote(sentence), closed, tuple(names))


def _names(items: str) -> list[str]:
    """The names of a list; brackets may hold commas of their own."""
    plain = re.sub(r"\([^()]*\)", "", items).strip()
    return [name for name in re.split(r"[、,，]|以及|及(?!其)|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff])", plain) if name.strip()]
