"""绩效指标: target, mid-year value, revised target, actual, completion rate, weight, score, reason, measure.

Roles are given by cue words, never by position: a report may leave any of them out or print them in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.chapters.labels import read_label
from extractor.chapters.relations.common import alike_or_rate
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import Figure
from extractor.model.report import Fact, Indicator, Section, Subject, parents

ROLES = {
    "target": "target_original",
    "target_revised": "target_revised",
    "midyear": "actual_midyear",
    "actual": "actual_value",
    "completion_rate": "completion_rate",
    "weight": "weight",
    "score": "self_score",
}
GOAL = r"(?:原定|预定|预期|既定|设定|年初|年度|全年|当年|调整后|绩效|控制|的|了|原)*(?:目标|计划|任务)(?:值|数|任务)?"
OVER_OR_UNDER = re.compile(rf"(?:(?P<up>超过|超出|超额(?:完成|实现)?|超|高于|高出|多于)|低于|少于|不足|欠|差){GOAL}(?:约|了|共)?\Z")
"""超过目标200册: the figure is by how much, unless it is so large that it must be the target."""
THAN_GOAL = re.compile(
    rf"(?:比|较|距离?|离|与){GOAL}[^,，;；]{{0,4}}?(?:(?P<up>多|超|高)|还?相?差|少|低|欠|缺)[^,，;；\d]{{0,5}}\Z"
)
"""比目标多5场: the figure is by how much, never the target."""
NO_VALUE = re.compile(r"扣|低于\Z|高于\Z|增加|减少|增长|下降|偏差率|偏离")
BY_HOW_MUCH = re.compile(r"(?:(?<![至不最年])[多少]|(?<![最])[高低]|相?差|超|欠|缺|[超高多短]出|不足)(?:了|约)*\Z")
POINTS_OF_PERCENT = ("百分点", "千分点")
MOVES = re.compile(r"提高|提升|上升|增|下降|降低|压")
"""Only of such a goal (目标是提高2个百分点) are points of a percentage the value."""
NOT_DONE = re.compile(r"(?:未能?|没有?能?|尚未|不能)(?:完全|全部|全面|按期|如期|按时|足额)?(?:完成|达到|达)(?!率)")
OF_GOAL = re.compile(rf"(?:完成|达到?|实现|占|为|相当于|是)(?:了)?{GOAL}(?:总[数量])?的(?:约)?\Z")
"""完成年初目标的49.25%: the rate of completion, not the target."""
CUES = (
    ("midyear", re.compile(r"年中监控|监控(?:实际)?完成值|监控值|年中(?:实际)?完成|上半年(?:实际)?完成|截至[67]月|[67]月底?(?:实际)?完成")),
    (
        "target_revised",
        re.compile(r"(?:调整|修订|修改|调增|调减|变更)(?:后)?(?:的)?(?:为|至|到|成)|调整后(?:的)?(?:年度)?(?:指标|目标)(?:值)?|调整指标值"),
    ),
    (
        "target",
        re.compile(
            r"预期指标值|年度指标值|年初(?:设定)?(?:指标|目标)(?:值)?|目标指标值|指标值|绩效目标值|目标值|预期目标|年度目标|计划目标|目标任务|任务目标|预期值|计划值|"
            r"计划完成|年度计划|年初计划|原计划|计划(?!内|外|生育|总投资)|目标(?:数)?(?:为|是|设定|:)|目标\Z|应完成|任务数|设定为|预计完成"
        ),
    ),
    (
        "completion_rate",
        re.compile(r"(?:该指标|指标|目标|任务|总体|计划|目标值|实际)完成率|(?:完成|完工)率(?:均|都|也|已)?(?:为|达|是|:|\Z)|完成程度|达成率|完成比例|为(?:目标|计划)的|占(?:目标|计划)的|完成(?:年度)?(?:目标|计划|任务)的"),
    ),
    (
        "actual",
        re.compile(
            r"本次评价|实际完成值|全年实际完成值?|年终完成值?|全年完成值?|实际完成|实际值|完成值|实际达成|实际达到|实际为|实际(?!支付)|全年(?:共|累计)?完成|"
            r"累计(?:完成|开展|培训|发放)|完成|已达|达到|达"
        ),
    ),
)
POINT_CUES = (
    ("weight", re.compile(r"权重分值|权重|指标分值|标准分值?|设定分值?|分值|满分|占分|计分")),
    ("score", re.compile(r"自评得分|自评得|自评分|自评为|实际得分|实得|得分|评分|得|自评")),
)
HEADS = re.compile(r"(?:分值|权重|标准分)(?:\(分\))?(?:自评|实际)?得分(?:\(分\))?")
"""分值得分: two heads of a table whose cells were run together; they say nothing of the points behind them."""
NUMBERED = re.compile(r"指标(?:[一二三四五六七八九十]{1,3}|\d{1,2})[:、]?")
BEGINS = re.compile(r"预期指标值|年度指标值|年初指标值|指标值|目标值|目标为|年度目标|预期目标|计划完成|年初目标|计划值")
FUTURE = re.compile(r"下一步|力争|明年|下年度?(?!结转)|今后|下一年|拟于|将继续")
"""A plan for later is no target of this report."""
NAME_STOP = re.compile(rf"{BEGINS.pattern}|(?:年度)?目标|计划(?!生育|总投资)|[≥≤><]|不超过|不低于|不少于|大于|小于|不高于|(?<=\D)\d")
CLAUSES = re.compile(r"[,，;；。\n]")
WORDED = re.compile(r"[\u4e00-\u9fff(]")
"""What a clause has that says something."""
KNOWN_LEVEL1 = re.compile(r"(产出|效益|满意度|成本|管理|履职|决策|过程)(?:指标|类指标|绩效)?")
REASON = re.compile(r"(?:偏差原因|未完成原因|原因分析|偏离原因|原因)(?:分析)?(?:及改进措施)?(?:为|是|:)(?P<words>[^。;；\n]*)")
MEASURE = re.compile(r"(?:改进措施|整改措施|下一步措施)(?:为|是|:)(?P<words>[^。;；\n]*)")
TITLE_END = re.compile(r"[(:：]|[,，、]?\s*(?:权重|分值|满分|标准分)?(?:为|各)?\d+(?:\.\d+)?分(?!钟)")
"""设备维护数量,10分,得9.67分 as a heading: the points are no part of the name."""
AHEAD = re.compile(r"\A(?!.*(?:问题|完成|分析|落实|情况)).*(?:改进|下一步|下步|打算|建议|整改措施)")
"""Chapters that say what is to come: their figures are no targets of this year."""
GOALS = re.compile(r"(?:目标|指标|任务)(?:值|数)?(?:主要|具体|分别|设定|如下)*(?:有|是|为|包括)?(?:以下[^:：,，]{0,6})?[:：]")
OUTCOME = re.compile(r"实际|完成率|完成了|已完成|未完成|达成率|得分|自评|超额|超过|结果|累计|同比|比上年")
FEWEST_GOALS = 3
PART_OF_YEAR = re.compile(
    r"上半年|前[一二两三]个?季度|(?<!\d)1月?[-—至~到](?:[2-9]|1[01])月|截[至止](?:(?:19|20)\d\d年)?(?:[1-9]|1[01])月|监控"
)
WHOLE_YEAR = re.compile(r"全年|年底|年末|年终|下半年|12月|实际完成值")
NAME_END = re.compile(r"[:：,，]?(?:该指标|其)?(?:的)?(?:年度|年初|预期|设定|计划|目标)?(?:设定)?$")


def indicators(text: str, found: list[Sentence], sections: list[Section]) -> list[Indicator]:
    """All indicators of the report in order."""
    blocks = _blocks(text, found, sections)
    result: list[Indicator] = []
    for start, end, section, name in blocks:
        indicator = Indicator(f"指标{len(result) + 1}", name or _title(sections, section), start, end, section)
        for sentence in found:
            if sentence.end > start and sentence.start < end:
                for mention in sentence.mentions:
                    if start <= mention.figure.start < end:
                        _give_role(indicator, mention)
        if indicator.actual is None and indicator.completion_rate is not None and indicator.target is not None:
            indicator.actual = _before_target(indicator, found) or _before_rate(indicator, found) or _of_its_name(indicator, found)
        _mend_actual(indicator, found)
        _settle_apart(indicator, found)
        indicator.partial = _of_part_of_year(indicator, found, sections)
        words = text[start:end]
        indicator.reason = _words(REASON.search(words))
        indicator.measure = _words(MEASURE.search(words))
        indicator.level1 = _level1(text, sections, section, start)
        if _is_whole(indicator) or (indicator.score is not None and indicator.weight is not None and NUMBERED.search(text[start : start + 30])):
            result.append(indicator)
    return result


def _is_whole(indicator: Indicator) -> bool:
    """Whether enough was read: a target, or how far it was missed, with something to hold against it."""
    if indicator.apart is not None:
        return indicator.completion_rate is not None
    return indicator.target is not None and bool(indicator.actual or indicator.completion_rate or indicator.score or indicator.midyear)


def _settle_apart(indicator: Indicator, found: list[Sentence]) -> None:
    """新增4200册,超过目标200册: the value stands right before the difference; a difference of anything else says nothing here."""
    if indicator.apart is None:
        return
    before = _right_before(indicator.apart[0], indicator, found)
    if indicator.target is not None or before is None or indicator.actual not in (None, before):
        indicator.apart = None
    else:
        indicator.actual = before


def _of_part_of_year(indicator: Indicator, found: list[Sentence], sections: list[Section]) -> bool:
    """Whether the words before the actual value, else the headings above it, speak of a part of the year last."""
    actual = indicator.actual
    sentence = next((s for s in found if actual and s.start <= actual.start < s.end), None)
    if actual is None or sentence is None:
        return False
    titles = "".join(section.title for section in parents(sections, sentence.section)) if sentence.section >= 0 else ""
    words = titles + sentence.text[: actual.start - sentence.start]
    part, whole = (max((m.end() for m in cue.finditer(words)), default=-1) for cue in (PART_OF_YEAR, WHOLE_YEAR))
    return part > whole


NAME_OF_RATE = re.compile(r"(?:完成|执行|达标|覆盖|合格)?率$")
SHORTEST_STEM = 3
DONE = re.compile(r"完成(?:了|率?(?:分别)?(?:为|达到?)?)?\Z")
NAMES_RATE = re.compile(r"(?:率|度|比例|比重|完成值)(?:为|是|达到?|约)*\Z|[占为][^,，]{2,16}的\Z")
CHANGES = re.compile(r"同比|增长|下降|提高|降低|上升|增加|减少|执行率")


def _mend_actual(indicator: Indicator, found: list[Sentence]) -> None:
    """An actual value that cannot be held against its target is another thing: 完成106% of 300人 is a rate of completion.

    Where the target is a rate, the figure of its own kind beside it is the value (访问185名,…满意度96.22%,超过目标值95%).
    """
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or (target.kind == "rate") == (actual.kind == "rate"):
        return
    inside = [m for s in found if s.end > indicator.start and s.start < indicator.end for m in s.mentions]
    cue = next((m.label for m in inside if m.figure is actual), "")
    if actual.kind == "rate" and DONE.search(cue) and indicator.completion_rate is None:
        indicator.completion_rate, indicator.actual = actual, None
        indicator.actual = _before_target(indicator, found) or _before_rate(indicator, found)
    elif beside := _before_target(indicator, found) or _named_rate(indicator, inside):
        indicator.actual = beside


def _named_rate(indicator: Indicator, inside: list[Mention]) -> Figure | None:
    """应资助15260人,实际资助15260人,资助参保率100%: the first rate after a target that is a rate, where its words call it one."""
    target = indicator.target
    known = {figure.id for figure in (indicator.target_revised, indicator.midyear, indicator.completion_rate) if figure}
    for mention in inside:
        figure = mention.figure
        if target and target.end < figure.start < indicator.end and figure.kind == "rate" and figure.id not in known:
            named = NAMES_RATE.search(mention.tail) and not CHANGES.search(mention.tail)
            return figure if named and figure.unit == target.unit else None
    return None


def _before_target(indicator: Indicator, found: list[Sentence]) -> Figure | None:
    """开展检查1,260家次,目标1,200家次,完成率105%: the value stands before its target, in the same unit and without a cue."""
    previous = _right_before(indicator.target, indicator, found)
    return previous if previous and indicator.target and previous.unit == indicator.target.unit else None


def _right_before(figure: Figure | None, indicator: Indicator, found: list[Sentence]) -> Figure | None:
    """The figure before another one, where it is the indicator's too and counts the same."""
    previous: Figure | None = None
    for sentence in found:
        for mention in sentence.mentions:
            if mention.figure is figure:
                return previous if previous is not None and alike_or_rate(previous, figure) and previous.start >= indicator.start else None
            previous = mention.figure
    return None


def _before_rate(indicator: Indicator, found: list[Sentence]) -> Figure | None:
    """满意度95.6%,完成率103.91%: the value of the target's own kind right before the completion rate, without a cue."""
    target, rate = indicator.target, indicator.completion_rate
    assert target and rate
    known = {figure.id for figure in (target, indicator.target_revised, indicator.midyear) if figure}
    inside = [m.figure for s in found if s.end > indicator.start and s.start < indicator.end for m in s.mentions]
    before = [f for f in inside if target.start < f.start < rate.start and f.kind != "points"]
    last = before[-1] if before else None
    alike = last is not None and last.unit == target.unit and last.kind == target.kind and last.id not in known
    return last if alike else None


def _of_its_name(indicator: Indicator, found: list[Sentence]) -> Figure | None:
    """走访企业完成率…全年走访企业76家,完成率100%: a count that the indicator's own name speaks of, right before its rate."""
    target, rate = indicator.target, indicator.completion_rate
    inside = [m for s in found if s.end > indicator.start and s.start < indicator.end for m in s.mentions]
    between = [m for m in inside if target and rate and target.end < m.figure.start < rate.start]
    last = between[-1] if between else None
    if last is None or last.figure.kind != "count" or target is None or target.kind != "rate":
        return None
    stem = NAME_OF_RATE.sub("", indicator.name)
    return last.figure if len(stem) >= SHORTEST_STEM and stem in last.label else None


def _words(match: re.Match[str] | None) -> str | None:
    return match["words"].strip() or None if match else None


def _blocks(text: str, found: list[Sentence], sections: list[Section]) -> list[tuple[int, int, int, str]]:
    """Where each indicator begins and ends: at 指标一, 指标二 …, else wherever a target is spoken of anew."""
    numbered = [
        (index, section) for index, section in enumerate(sections) if NUMBERED.search(section.title) and section.level >= 2
    ]
    if len(numbered) >= 2:
        blocks = []
        for index, section in numbered:
            end = next(
                (later.start for later in sections[index + 1 :] if later.level <= section.level), len(text)
            )
            blocks.append((section.start, end, index, _numbered_name(text, section, end)))
        return blocks
    blocks = []
    for sentence in found:
        cuts = [] if sentence.section >= 0 and AHEAD.search(sections[sentence.section].title) else _targets(sentence)
        for number, at in enumerate(cuts):
            stop = cuts[number + 1] if number + 1 < len(cuts) else sentence.end
            blocks.append((at, stop, sentence.section, _free_name(text, at)))
    return _through_paragraph(text, blocks)


def _numbered_name(text: str, section: Section, end: int) -> str:
    """指标一:引进企业数量:该指标… and 指标一:\\n引进企业数量:该指标… both name 引进企业数量."""
    body = text[section.start : min(end, section.start + 160)]
    marker = NUMBERED.search(body)
    rest = body[marker.end() :] if marker else body
    rest = rest.lstrip(":：、\n ")
    return re.split(r"[:：,，。\n]", rest, maxsplit=1)[0].strip()


def _targets(sentence: Sentence) -> list[int]:
    """Offsets in the report where the words of an indicator begin within the sentence."""
    starts: list[int] = []
    seen = False
    if FUTURE.search(sentence.text) or _lists_goals(sentence):
        return starts
    for mention in sentence.mentions:
        role = role_of(mention)
        if role == "apart" and not _rate_follows(sentence, mention):
            continue
        if role is None and _bound_before_actual(sentence, mention):
            role = "target"
        if role in ("target", "apart") and (not seen or BEGINS.search(mention.label) or re.search(r"[;；]", mention.label)):
            at = mention.start
            if starts:
                cut = max(mention.label.rfind(mark) for mark in "；;")
                at = at + cut + 1 if cut >= 0 else at + _first_break(mention.label)
            else:
                before = sentence.text[: mention.figure.start - sentence.start]
                at = sentence.start + max(before.rfind("；"), before.rfind(";")) + 1
            starts.append(at)
            seen = True
    return starts


def _rate_follows(sentence: Sentence, mention: Mention) -> bool:
    """新增4200册,超过目标200册,完成率105%: whether the difference from a target is followed by the rate that it gives."""
    after = sentence.mentions[mention.index + 1 : mention.index + 2]
    return bool(after) and after[0].figure.kind == "rate" and role_of(after[0]) == "completion_rate"


def _lists_goals(sentence: Sentence) -> bool:
    """年度目标主要有:新增图书4000册,举办活动50场,满意度90%以上: what was to be, with no word of what came of it."""
    if len(sentence.mentions) < FEWEST_GOALS or OUTCOME.search(sentence.text):
        return False
    return bool(GOALS.search(sentence.mentions[0].label))


def _bound_before_actual(sentence: Sentence, mention: Mention) -> bool:
    """不超过1500元,实际1480元: a bound with an actual value right after it is a target."""
    if mention.figure.comparator not in ("≥", "≤", ">", "<") or mention.figure.kind == "points":
        return False
    index = mention.index
    return index + 1 < len(sentence.mentions) and bool(
        re.match(r"[^,，;；]{0,6}[,，](?:全年)?(?:实际|完成|本次评价)", sentence.mentions[index + 1].label)
    )


def _first_break(label: str) -> int:
    match = re.search(r"[,，、]", label)
    return match.end() if match else 0


def _through_paragraph(text: str, blocks: list[tuple[int, int, int, str]]) -> list[tuple[int, int, int, str]]:
    """An indicator goes on over full stops up to the next indicator or the end of its paragraph."""
    widened = []
    for number, (start, end, section, name) in enumerate(blocks):
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        if number + 1 < len(blocks):
            stop = min(stop, blocks[number + 1][0])
        widened.append((start, max(end, stop), section, name))
    return widened


def _free_name(text: str, at: int) -> str:
    """The words before the first cue of an indicator that has no number."""
    words = text[at : at + 120].lstrip("。；;,，、\n ")
    words = re.sub(r"^(?:\d{1,2}[.、)]|\(\d+\)|[①-⒇]|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+是)+", "", words)
    match = NAME_STOP.search(words)
    head = words[: match.start()] if match else re.split(r"[,，:：]", words)[0]
    head = NAME_END.sub("", head.strip(" ,，:：的"))
    head = re.sub(r"\([^)]*分\)$|\((?:权重|分值|满分)?$", "", head)
    pieces = [piece for piece in re.split(r"[:：,，。;；]", head) if piece.strip()]
    return _whole_quotes(pieces[-1].strip(' "“”')) if pieces else head


def _title(sections: list[Section], index: int) -> str:
    """The heading's own words, for an indicator that is not named otherwise."""
    return TITLE_END.split(re.sub(r"^[\d()一二三四五六七八九十、.\s]+", "", sections[index].title), maxsplit=1)[0] if index >= 0 else ""


def _whole_quotes(name: str) -> str:
    """《丝路古镜》特展 keeps its marks; marks without their fellow go."""
    return name if name.count("《") == name.count("》") else name.strip("《》")


def _level1(text: str, sections: list[Section], index: int, start: int) -> str | None:
    """产出, 效益, 满意度 … from the heading above, else from the words just before."""
    if index >= 0:
        for section in parents(sections, index):
            if match := KNOWN_LEVEL1.search(section.title):
                return match[1]
    match = KNOWN_LEVEL1.match(text[start : start + 12].lstrip("(一二三四五六七八九十). 、1234567890"))
    return match[1] if match else None


def role_of(mention: Mention) -> str | None:
    """The role that the words before (or, for 分, around) a figure give it in an indicator."""
    figure = mention.figure
    named = next((piece for piece in reversed(CLAUSES.split(mention.label)) if WORDED.search(piece)), None)
    clause = mention.label if named is None else named
    if figure.kind == "points":
        return _point_role(mention, clause)
    if apart := _apart(mention):
        return apart
    if NO_VALUE.search(clause[-8:]) or BY_HOW_MUCH.search(clause[-5:]):
        return None
    if figure.unit in POINTS_OF_PERCENT and not MOVES.search(clause):
        return None
    if figure.kind == "rate" and "的" in clause[-3:] and OF_GOAL.search(clause):
        return "completion_rate"
    role = _cued(mention, clause)
    if role == "actual" and PART_OF_YEAR.search(mention.tail) and not WHOLE_YEAR.search(mention.tail):
        return "midyear"  # 前三季度完成246公里, before 全年完成322公里
    return role or ("target" if figure.comparator in ("≥", "≤") and named is None else None)


def _apart(mention: Mention) -> str | None:
    """``apart`` for by how much a value is over or under its target; ``target`` for one so large that it is the target itself."""
    if "目标" not in mention.tail and "计划" not in mention.tail and "任务" not in mention.tail:
        return None
    if THAN_GOAL.search(mention.tail):
        return "apart"
    over = OVER_OR_UNDER.search(mention.tail)
    if over is None:
        return None
    before = mention.sentence.mentions[mention.index - 1].figure if mention.index else None
    if before is None or before.number is None or mention.figure.number is None or not alike_or_rate(before, mention.figure):
        return "apart" if mention.figure.unit in POINTS_OF_PERCENT else "target"
    return "apart" if mention.figure.unit in POINTS_OF_PERCENT or 2 * mention.figure.value < before.value else "target"


def _cued(mention: Mention, clause: str) -> str | None:
    """The role of the last cue in the words of the figure's own clause or, where that has none, in all of its words."""
    figure = mention.figure
    for words in (clause, mention.label):
        if "未" in words or "没" in words or "不能" in words:
            words = NOT_DONE.sub("", words)
        at, best = -1, None
        for role, pattern in CUES:
            match = None
            for match in pattern.finditer(words):
                pass
            if match is not None and match.start() > at and best != "midyear":
                if role == "actual" and best in ("target", "target_revised", "completion_rate") and match.start() < at + 6:
                    continue
                at, best = match.start(), role
        if "本次评价" in words and best in ("completion_rate", "target", "actual"):
            best = "actual"
        if best == "completion_rate" and figure.kind != "rate":
            best = "actual"
        if best:
            return best
    return None


def _point_role(mention: Mention, clause: str) -> str | None:
    if re.search(r"扣|各(?:为|占|计|是)?\Z", clause[-6:]) or "/" in mention.figure.unit:
        return None
    at, best = -1, None
    clause = HEADS.sub("", clause)
    for role, pattern in POINT_CUES:
        for match in pattern.finditer(clause):
            if match.start() > at:
                at, best = match.start(), role
    if best is None and clause.endswith("(") and mention.after.startswith(")"):
        return "weight"
    return best


def _give_role(indicator: Indicator, mention: Mention) -> None:
    role = None if mention.after.startswith(("÷", "×", "/")) else role_of(mention)
    if role is None and mention.figure.comparator and indicator.target is None and indicator.apart is None and mention.figure.kind != "points":
        role = "target"
    if role is None and mention.label == "的" and mention.figure.unit == "%" and mention.index and mention.sentence.mentions[mention.index - 1].figure is indicator.target:
        role = "completion_rate"  # 完成目标4,500人的102.7%
    if role == "apart":
        over = THAN_GOAL.search(mention.tail) or OVER_OR_UNDER.search(mention.tail)
        indicator.apart = indicator.apart or (mention.figure, 1 if over and over["up"] else -1)
        return
    if role == "target" and indicator.apart is not None and not alike_or_rate(indicator.apart[0], mention.figure):
        return  # it is the target of something else
    if role is None or (role != "score" and getattr(indicator, role) is not None):
        return
    if role == "score" and indicator.score is not None:
        return
    if role == "actual":
        match = re.search(r"本次评价(?P<name>[\u4e00-\u9fff]{2,20}?)(?:为|达到?|是)?\Z", mention.label)
        indicator.actual_name = match["name"] if match else None
    setattr(indicator, role, mention.figure)


def facts(found: list[Indicator], fiscal_year: int | None) -> Iterator[Fact]:
    """The indicators' figures as facts."""
    for indicator in found:
        subject = Subject("indicator", indicator.key, fiscal_year)
        for role, name in ROLES.items():
            figure: Figure | None = getattr(indicator, role)
            if figure is not None:
                yield Fact(name, figure, subject, indicator.name, indicator.section)
        if fact := _budget_rate(indicator, fiscal_year):
            yield fact


def _budget_rate(indicator: Indicator, fiscal_year: int | None) -> Fact | None:
    """项目支出预算执行率 as an indicator states the rate of the budget once more."""
    if indicator.actual is None or indicator.actual.kind != "rate" or not indicator.name.endswith("预算执行率"):
        return None
    label = read_label(indicator.name, rate=True)
    known = [scope for scope in label.scopes if scope != "department"]
    if label.rest or len(known) > 1 or label.measure != "execution_rate_revised":
        return None
    subject = Subject("budget", known[0] if known else "department", fiscal_year)
    return Fact("execution_rate_revised", indicator.actual, subject, indicator.name, indicator.section)


