"""What the words before a figure say of it: measure, scope, year, direction, and the words nobody knows."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractor.model.fields import lexicon
from extractor.model.record import record

ADJUSTED = re.compile(
    r"(?P<down>调[整剂](?:减少|压减|核减)|调减|追减|核减|压减|调剂减少|收回|上缴(?!上级)|统筹收回|回收)|(?P<up>调[整剂](?:增加|追加)|追加|调增|增加预算|追增|调剂增加|下达追加|新增预算)|(?P<net>净增|净调增|净追加|预算调整数|调整数|调整金额|净调整|调整额)"
)
CHANGED = re.compile(
    r"(?P<up>增加|增长|上升|提高|增幅|超出|多支出|上涨|提升)|(?P<down>减少|下降|降低|压缩|节约|节省|减幅|少支出|减支|压减|回落|缩减)"
)
BY_HOW_MUCH = re.compile(r"(?:比|较)[^,，]{1,12}?(?:(?P<up>(?<![较最更至])[多高超])|(?P<down>(?<![较最更至减])[少低缺]))[支付花用了出约]*\Z|^(?:相应|共|合计)?(?:(?P<more>多支出?)|少支出?)了?\Z")
"""比预算少1.65万元, and 少支出7万元 after 比计划少20户."""
THAN = re.compile(r"(?:比|较|同比|环比|相比|与[^,，]{0,8}相比)")
LAST_YEAR = re.compile(r"上一?年(?!结转|结余|度结转|度结余)|去年|前一年|上年度")
YEAR = re.compile(r"((?:19|20)\d\d)年")
PLAIN_BUDGET = ("预算", "预算数", "预算资金", "预算金额", "预算安排", "安排预算", "项目预算", "支出预算", "预算总额")
MOVED_BY = re.compile(r"调[整剂](?:增加|减少)(?:预算|支出|资金|金额|额)?(?:了|约|为)*\Z")
"""预算调整增加129.13万元 is an adjustment, no growth against another year."""
MOVED = re.compile(r"调整|追加|调增|调减|净增|净减|核减|变动")
FILLER = re.compile(
    r"(?:19|20)\d\d(?:年度?)?|\d+|"
    r"[省市州县区旗]级?财政(?:局|厅)?|以[^,，]{2,8}为(?:基数|分母)(?:计算)?|[二两三四五六各]级|收支相抵|增减相抵|"
    r"街道(?:办事处)?|"
    r"我(?:单位|局|部门|委|中心|校|院|县|市|区|厅|办|街道|镇|乡)|本(?:单位|部门|级|局|委|中心|校|院|年度?|项目|级部门)|"
    r"最终|截至|截止|年末|年底|全年|当年|今年|年中|年度|年初|其中|分别|主要|包括|综合|总体|实际|累计|共计|合计|总计|总额|总数|总|达到|达|约|为|是|有|"
    r"共|的|数|额|金额|资金|经费|财政|下达|批复|安排|编制|核定|完成|情况|方面|部分|用于|支付|及|和|与|以及|等|在|于|按|对|年|月|日|底|末|"
    r"预算|支出|决算|执行|未超过|超过|低于|连同|加上|合并|万|亿|元|人民币|单位|部门|整体|各项|全部|本|我|全|(?<![审统会设预估])计(?![生委])|占|比|从|由|了|将|已|共有|还|另|另外|此外|度|仅|即|"
    r"根据|经|后|前|期|一|上述|以上|该|此|实现|取得|到位|调整|下|中|内|外|分(?![配红成])|进行|使用|收入|"
    r'[\s()"“”‘’,，、:;；《》/\-—.%]'
)
OWN = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:局|委员会|委|办公室|厅|中心|院|联合会|政府|街道办事处)部门(?=(?:整体|全年|年初|年度|本年|当年|预算|支出|收入|决算|(?:19|20)\d\d))"
)
"""市审计局部门全年预算数: the department by its own name."""
NAMED = re.compile(
    r"(?:项目(?:名称)?(?:为|是|:)|实施了?|开展了?|关于|安排)?[\"“《]?(?P<name>[^,，;；:。、\"”》]{2,40}?(?:项目|经费|专项|工程|补助|补贴|资金|工作经费|工程款))"
    r"[\"”》]?(?:资金)?\s?(?:\(|$|,|，|:)"
)


@record(frozen=True, slots=True)
class Label:
    """A label taken apart. ``rest`` are the words that nothing here knows; they name a narrower thing."""

    measure: str | None
    cue: str
    scope: str | None
    scopes: tuple[str, ...]
    year: int | None
    last_year: bool
    adjusted: int
    """+1 or -1 where an adjustment is spoken of, 0 otherwise; a net figure without direction is +1."""
    changed: int
    """+1 or -1 where growth or decline against something else is spoken of."""
    rest: str


@cache
def _pattern(name: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One alternation over a table of the lexicon, longest words first, and the way back to the canonical name."""
    back = {word: key for key, words in lexicon(name).items() for word in words}
    words = sorted(back, key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in words)), back


def _last(name: str, words: str) -> tuple[str | None, str, list[tuple[str, int, int]]]:
    pattern, back = _pattern(name)
    hits = [(back[m[0]], m.start(), m.end()) for m in pattern.finditer(words)]
    if not hits:
        return None, "", hits
    key, start, end = hits[-1]
    return key, words[start:end], hits


@lru_cache(8192)
def read_label(words: str, rate: bool = False) -> Label:
    """The label ``words`` taken apart; ``rate`` asks for the measures of rates, not those of amounts.

    >>> read_label("其中:基本支出年初预算数为").measure, read_label("其中:基本支出年初预算数为").scope
    ('original_budget', 'basic')
    """
    years = YEAR.findall(words)
    body = words = OWN.sub("部门", words) if "部门" in words else words
    adjusted = changed = 0
    if MOVED_BY.search(words):
        pass
    elif THAN.search(words) or (rate and CHANGED.search(words)) or re.search(r"(?:增加|增长|减少|下降|节约)了?(?:额|幅度)?(?:约)?(?:为|达)?\Z", words):
        match = None
        for match in CHANGED.finditer(words):
            pass
        if match:
            changed = 1 if match["up"] else -1
    if not changed and words and words[-1] in "多少高低超缺支付花用了出约" and (match := BY_HOW_MUCH.search(words)):
        changed = 1 if match["up"] or match["more"] else -1
    if not changed and (found := list(ADJUSTED.finditer(words))) and not re.search(r"调整后", words[found[-1].start() :]):
        adjusted = -1 if found[-1]["down"] else 1
    scope, _, scope_hits = _last("scopes", body)
    masked = bare = body
    for key, start, end in scope_hits:
        bare = bare[:start] + "·" * (end - start) + bare[end:]
        if key != "department":  # 部门 is part of many measures (年初部门预算安排), 基本支出 of none
            masked = masked[:start] + "·" * (end - start) + masked[end:]
    measure, cue = _measure(masked, body, rate)
    if measure == "revised_budget" and cue in PLAIN_BUDGET and "年初" in words:
        measure = "original_budget"  # 年初核定我街道预算…
    if measure == "execution_rate_original" and MOVED.search(words):
        measure = "budget_adjustment_rate"  # 调整幅度为年初预算的…
    rest = FILLER.sub("", ADJUSTED.sub("", CHANGED.sub("", THAN.sub("", _without(bare, cue, masked).replace("·", "")))))
    rest = re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", rest)
    scopes = tuple(key for key, _, _ in scope_hits)
    return Label(
        measure,
        cue,
        scope,
        scopes,
        int(years[-1]) if years else None,
        bool(LAST_YEAR.search(words)) and not changed,
        adjusted,
        changed,
        rest if len(rest) >= 2 else "",
    )


def _measure(masked: str, body: str, rate: bool) -> tuple[str | None, str]:
    """The measure nearest to the figure; a rate's may hide in words that name a scope too (三公经费控制率)."""
    for words in (body, masked) if rate else (masked,):
        hits = [hit for hit in _last("fields", words)[2] if hit[0].endswith(("_rate", "_ratio")) or "_rate_" in hit[0]] if rate else [
            hit for hit in _last("fields", words)[2] if not (hit[0].endswith(("_rate", "_ratio")) or "_rate_" in hit[0])
        ]
        if hits:
            key, start, end = hits[-1]
            return key, words[start:end]
    return None, ""


def _without(bare: str, cue: str, masked: str) -> str:
    """The words without those of scopes and of the measure."""
    at = masked.rfind(cue) if cue else -1
    return bare if at < 0 else bare[:at] + bare[at + len(cue) :]


def named(words: str) -> str | None:
    """The name of a project that the words introduce.

    >>> named("项目为招商引资经费,")
    '招商引资经费'
    """
    for clause in reversed(re.split(r"(?<=[,，;；:。])", words)):
        if match := NAMED.search(clause):
            name = re.sub(r"^.*\d号", "", match["name"])
            name = re.sub(r"^(?:项目为|项目是|其中|以及|和|一是|二是|三是|四是|主要|包括|[\d.()、年度\s]+)+", "", name)
            bare = FILLER.sub("", name.replace("项目", "").replace("专项", ""))
            if len(bare) >= 2:
                return name
    return None
