"""Money and rates of a budget: 年初, 调整, 全年, 执行, by scope and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.chapters.labels import PLAIN_BUDGET, Label, named, read_label
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.report import Fact, Section, Subject, parents

PART_OF_LIST = re.compile(r"其中[:：,，]?|均为(?=[\u4e00-\u9fff]{3})|分别(?:为|是)[:：]?|包括[:：]?")
SECTION_SCOPES = (
    ("basic", re.compile(r"基本支出")),
    ("project", re.compile(r"项目(?:支出|经费|资金)?.{0,6}(?:使用|管理|执行|安排|情况)|项目(?:支出|经费)$")),
    ("three_public", re.compile(r"三公")),
    ("procurement", re.compile(r"政府采购")),
)
WHOLE = re.compile(r"整体|部门(?:预算|支出)|单位(?:预算|支出)|收支|总体")
GROUP = re.compile(r"(?P<name>本级财力|上级转移支付|上级专项|中央转移支付|自治区转移支付|本级)项目")
SECTION_MEASURES = (
    ("original_budget", re.compile(r"年初预算")),
)
STRONG_IN_INDICATOR = re.compile(r"年初预算|全年预算|调整后(?:全年)?预算|全年执行|预算执行数|实际支出")
INHERITED = ("original_budget", "revised_budget", "expenditure_outturn")
WHOLE_AFTER = re.compile(r"全年|调整后|最终|年初")
WITHIN = re.compile(r"^[^,，。]{2,14}中[,，:]|^其中")
USED_FOR = re.compile(r"中[,，]|用于")
ROW = re.compile(r"(?:分别|依次)(?:是|为)?\Z|^[、和]\Z")
BARE_BUDGET = re.compile(r"(?:全年|年初|年度)?(?:预算|安排)(?:数|资金|金额|安排)?(?:为|:)?\d|(?:本年|当年|全年)(?:收入|支出)(?:合计|总计|数)?(?:为|:)?\d")
SHARE = re.compile(r"[,，(]?(?:约|仅|均)?(?:占|为|相当于)[^,，;；()]{2,14}的(?:比例为|比重为)?(?:约|仅)?")
ITEM_MARK = re.compile(r"^[\s()一二三四五六七八九十\d、.．◇■◆●①-⑳]+")
CHAPTER_WORDS = re.compile(r"预算|支出|执行|资金|收入|结余|结转|情况|管理|绩效|分析|概况|目标|安排|总体|整体|部门|单位|指标|结论|项目$")
SEMICOLON = re.compile(r"[)\s]*[;；]")
BEGUN = re.compile(r"年初[,，][^,，。;；]{0,16}\Z")
"""2023年初,财政批复我局部门预算…"""
AMOUNT_UNITS = re.compile(r"元\Z|万\Z|亿\Z")


@dataclass(slots=True)
class Context:
    """What later figures of a paragraph inherit: the scope and year of the last head figure, and the list it opens."""

    scope: str
    title: str = ""
    firm: bool = True
    year: int | None = None
    measure: str | None = None
    list_measure: str | None = None
    paragraph_measure: str | None = None
    in_list: bool = False
    explicit: bool = False
    before_bracket: tuple[str, bool, bool] | None = None
    """Scope, its firmness and whether it was named, as they were before the bracket that is open."""
    outside: int | None = None
    """The year of the last figure outside brackets; what stands in the bracket behind it is of that year."""
    item_scope: str | None = None
    """The scope of the last part of a list; what follows in the item without a scope of its own is about it."""
    parts: int = 0
    """How many parts the open list has so far."""
    divided: bool = False
    """Whether semicolons divide the parts of the open list."""
    rated: bool = False
    """Whether a part of the open list has a rate of its own."""


def facts(
    found: list[Sentence], sections: list[Section], fiscal_year: int | None, blocks: list[tuple[int, int]], title: str = ""
) -> Iterator[Fact]:
    """Every amount and rate that the words give a role in a budget. ``blocks`` are the spans of indicators.

    What the title names (2022年度水利发展资金自评报告) is the whole of the report, not a part of it.
    """
    paragraph = -1
    context = Context("department", title=title)
    projects = _project_headings(found, sections)
    for sentence in found:
        if sentence.paragraph != paragraph:
            paragraph = sentence.paragraph
            context = Context("department", title=title)
            context.scope = projects.get(sentence.section) or _whole(context, _section_scope(sections, sentence.section))
        if context.before_bracket is not None:
            context.scope, context.firm, context.explicit = context.before_bracket
        context.in_list, context.list_measure, context.measure, context.year, context.item_scope = False, None, None, None, None
        context.outside = context.before_bracket = None
        before = context.scope, context.firm, context.explicit
        inside = any(start <= sentence.start < end for start, end in blocks)
        for mention in sentence.mentions:
            fact = _fact(mention, context, sections, fiscal_year, inside)
            if fact:
                yield fact
        if USED_FOR.search(sentence.text) and context.scope.startswith("project:"):
            context.scope, context.firm, context.explicit = before  # 基本支出中用于公用的支出a。调整后预算b: b is the whole's


def _project_headings(found: list[Sentence], sections: list[Section]) -> dict[int, str]:
    """(3)文物保护 over 预算a,支出b,执行率p: headings that name a project, for what stands under them bears no name of its own."""
    projects: dict[int, str] = {}
    for sentence in found:
        if sentence.section < 0 or sentence.section in projects or not BARE_BUDGET.match(sentence.text.lstrip()):
            continue
        name = ITEM_MARK.sub("", sections[sentence.section].title).strip()
        if name and not CHAPTER_WORDS.search(name) and len(sentence.mentions) > 1:
            projects[sentence.section] = f"project:{name}"
    return projects


def _section_scope(sections: list[Section], index: int) -> str:
    """The scope that the headings above set for words that name none."""
    if index < 0:
        return "department"
    for section in parents(sections, index):
        if WHOLE.search(section.title) and "项目" not in section.title:
            return "department"
        if group := GROUP.search(section.title):
            return f"group:{group['name']}"
        for scope, words in SECTION_SCOPES:
            if words.search(section.title):
                return scope
    return "department"


def _fact(
    mention: Mention, context: Context, sections: list[Section], fiscal_year: int | None, inside: bool
) -> Fact | None:
    figure = mention.figure
    rate = figure.kind == "rate"
    _open_or_close(mention, context)
    if figure.kind not in ("amount", "rate") or (figure.kind == "amount" and not AMOUNT_UNITS.search(figure.unit)):
        _leave_list(mention, context)
        if mention.figure.unit in ("个", "项") and re.search(r"预算项目|项目支出|项目共|支出项目|(?:实施|安排|执行|共有?)[^,，]{0,6}项目", mention.clause) and not context.explicit:
            context.scope = _whole(context, "project")  # 部门预算项目共12个,涉及预算总金额…
        return _project_count(mention, context, fiscal_year)
    if figure.comparator and (rate or inside):
        return None  # a threshold or a target, not what was
    if rate and (ROW.search(mention.label) or _share_of_adjustment(mention)):
        return None  # 五项的执行率分别是a、b、c: one rate of each, none of the whole
    label = read_label(_words(mention), rate)
    list_opens = bool(PART_OF_LIST.search(mention.label)) or (context.in_list and mention.depth > 0)
    if not list_opens:
        _end_list(mention, label, context, rate)
    if list_opens and not context.in_list:
        context.in_list, context.list_measure = True, context.measure or context.paragraph_measure
        context.parts, context.divided, context.rated = 0, False, False
    if label.changed:
        return None
    if inside and not (label.adjusted or STRONG_IN_INDICATOR.search(_words(mention))):
        return None
    scope, firm = _scope(mention, label, context)
    if context.in_list and (label.scope or label.rest):
        context.item_scope = scope
        context.parts += not rate
    context.rated = context.rated or (context.in_list and rate)
    measure = _measure(mention, label, context, sections, rate)
    year = _year(label, context, mention, fiscal_year)
    if measure is None:
        return None
    if not context.in_list and measure != "budget_adjustment_net":
        if not rate:
            context.measure = context.paragraph_measure = measure
        if label.scope or label.rest or not context.explicit:
            context.scope, context.firm = scope, firm
            context.explicit = bool(label.scope or label.rest)
    sign = -1 if measure == "budget_adjustment_net" and label.adjusted < 0 else 1
    kind = "staffing" if measure == "staffing_control_rate" else "budget"
    return Fact(measure, figure, Subject(kind, scope, year), label.cue or mention.clause, mention.sentence.section, sign, firm)


def _open_or_close(mention: Mention, context: Context) -> None:
    """预算14.20万元(公务接待费2.20万元),支出10.86万元: behind a bracket the words go on where they stood before it."""
    if mention.depth and context.before_bracket is None:
        context.before_bracket = context.scope, context.firm, context.explicit
    elif not mention.depth:
        context.outside = None
        if context.before_bracket is not None:
            (context.scope, context.firm, context.explicit), context.before_bracket = context.before_bracket, None


def _share_of_adjustment(mention: Mention) -> bool:
    """净调增6.80万元,占年初预算的0.60%: the share of the adjustment right before it, no rate of execution."""
    if not mention.index or "的" not in mention.label[-5:] or not SHARE.fullmatch(mention.label):
        return False
    before = mention.sentence.mentions[mention.index - 1]
    words = read_label(_words(before))
    moved = words.adjusted or (words.changed and "占" in mention.label)
    return before.figure.kind == "amount" and bool(moved) and not WHOLE_AFTER.search(words.cue)


def _project_count(mention: Mention, context: Context, fiscal_year: int | None) -> Fact | None:
    """共有N个项目 where the section speaks of the budget's projects (not of 招商项目 and the like)."""
    scope = context.scope
    counted = mention.figure.unit in ("个", "项") and mention.after.startswith("项目")
    if counted and (scope == "project" or scope.startswith("group:")) and re.search(r"共|有|总", mention.clause[-4:]):
        return Fact("project_count", mention.figure, Subject("budget", scope, fiscal_year), mention.clause, mention.sentence.section)
    return None


def _leave_list(mention: Mention, context: Context) -> None:
    if ";" in mention.label or "；" in mention.label:
        context.in_list = context.in_list and "其中" not in mention.label


def _end_list(mention: Mention, label: Label, context: Context, rate: bool) -> None:
    """A semicolon ends a list whose parts lesser signs divide; a rate after parts that have none (其中基本支出a,项目支出b,执行率p) is the whole's."""
    if not context.in_list or mention.depth:
        return
    semicolon = bool(SEMICOLON.match(mention.label))
    alone = rate and not label.scope and not label.rest and not context.rated
    if context.parts > 1 and ((semicolon and not context.divided) or alone):
        context.in_list, context.item_scope = False, None
    context.divided = context.divided or semicolon


def _words(mention: Mention) -> str:
    """The words that speak of this figure: the last clause, and the one before where it says nothing."""
    pieces = [piece for piece in re.split(r"[,，;；、:]", mention.label) if piece.strip()]
    if not pieces:
        return ""
    words = pieces[-1]
    if len(pieces) > 1 and re.fullmatch(r"(?:金额|资金|总额|经费|预算|实际)?(?:共计|合计|总计|总额|为|是|共|约|达)*[(\s]*", words):
        words = pieces[-2] + words
    return words


def _scope(mention: Mention, label: Label, context: Context) -> tuple[str, bool]:
    """Which part of the budget, and whether the words themselves say so."""
    known = tuple(dict.fromkeys(key for key in label.scopes if key != "department"))
    if label.adjusted and label.rest and not known:
        return context.scope, False  # the words are the reason of the adjustment (因…追加), not its scope
    if re.fullmatch(r"项目[^,，;；:。]*", mention.label) and (subset := _counted_before(mention)):
        return f"project:{subset}", True
    if label.rest and label.rest not in context.title:
        rest = named(mention.label) or (label.rest if not known else f"{'/'.join(known)}:{label.rest}")
        return (rest if ":" in rest else f"project:{rest}"), True
    if known:
        return _whole(context, "/".join(known)), True
    if label.rest:
        return "department", True
    if "department" in label.scopes and not context.in_list:
        return "department", True
    if not context.in_list and (name := named(mention.label[: -len(mention.clause)] if mention.clause else mention.label)):
        return f"project:{name}", True
    if context.in_list and context.item_scope:
        return context.item_scope, True
    return context.scope, context.firm


def _counted_before(mention: Mention) -> str | None:
    """其他4个项目预算163.6万元: some of the projects, a scope of its own."""
    mentions = mention.sentence.mentions
    index = mention.index
    before = mentions[index - 1].figure if index else None
    return f"{before.text}项目@{before.start}" if before and before.unit in ("个", "项") else None


def _whole(context: Context, scope: str) -> str:
    """In the report on one project 项目 is the whole, not a part."""
    one_project = context.title and "整体" not in context.title and ("项目" in context.title or "资金" in context.title)
    return "department" if scope == "project" and one_project else scope


def _heads_a_project(mention: Mention, label: Label) -> bool:
    """A named amount with its outturn or rate right after it is that project's budget."""
    mentions = mention.sentence.mentions
    index = mention.index
    if index + 1 >= len(mentions) or not named(mention.label):
        return False
    after = mentions[index + 1]
    return read_label(after.clause, after.figure.kind == "rate").measure in ("expenditure_outturn", "funds_received", "execution_rate_revised")


def _measure(
    mention: Mention, label: Label, context: Context, sections: list[Section], rate: bool
) -> str | None:
    if rate:
        return label.measure
    if label.adjusted and not (label.measure and WHOLE_AFTER.search(label.cue)):
        return "budget_adjustment_net"
    if label.measure == "revised_budget" and label.cue in PLAIN_BUDGET and BEGUN.search(mention.label):
        return "original_budget"
    if label.measure:
        return label.measure
    if context.in_list and (label.scope or label.rest):
        return context.list_measure
    if context.measure in INHERITED and label.scope and label.scope != "income":
        return context.measure
    if _heads_a_project(mention, label):
        return "revised_budget"
    if context.paragraph_measure and label.scope and WITHIN.search(mention.sentence.text):
        return context.paragraph_measure
    if label.scope and label.scope != "department" and mention.sentence.section >= 0:
        for measure, words in SECTION_MEASURES:
            if words.search(sections[mention.sentence.section].title):
                return measure
    return None


def _year(label: Label, context: Context, mention: Mention, fiscal_year: int | None) -> int | None:
    """The budget year: named, last year's, the sentence's, else the report's."""
    year = _stated_year(label, context, mention, fiscal_year)
    if mention.depth == 0:
        context.outside = year
    return (year or context.outside if mention.depth else year) or context.year or fiscal_year


def _stated_year(label: Label, context: Context, mention: Mention, fiscal_year: int | None) -> int | None:
    """The year that a figure's own words name."""
    label_year = read_label(mention.label, False).year if label.year is None and mention.sentence.mentions[0] is mention else label.year
    if label_year:
        context.year = label_year
    elif label.last_year or LAST_YEAR_HEAD.search(mention.label):
        return fiscal_year - 1 if fiscal_year else None
    return label_year


LAST_YEAR_HEAD = re.compile(r"(?:上年|去年|上年度|上一年度)(?!结转|结余|度结转|度结余)[^,，;；。]{0,12}\Z")
