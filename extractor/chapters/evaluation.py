"""Scores of the whole report: execution, groups, total, grade, and what the report declares of its scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.chapters.indicators import HEADS
from extractor.chapters.labels import read_label
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.figure import Figure
from extractor.model.report import Fact, Grade, Subject

TOTAL = re.compile(
    r"(?:综合得分|综合评分|自评总分|自评总得分|总得分|总分|自评综合得分|综合评价得分|绩效自评得分|绩效自评分|自评最终得分|最终得分|最终评分|自评得分|自评分|评价得分|评价总得分|综合自评|自评结果|评价结果|评定得分|部分合计得?|项合计得?|项相加|[二三四五六七八九]项合计|[两二三四五六七八九]部分合计)"
    r"(?:合计|共计|总计)?(?:\([^)]*\))?(?:数)?(?:合计)?(?:为|是|达|:|得|,|，|自评)*\Z"
)
OBTAINED = re.compile(r"\)?[,，、]?(?:自评|实际|自评实际|按[^,，]{0,12}|折算|折合|应)*(?:得|得分|实得|评分|自评分|计|计得|自评得分)(?:分)?(?:为|:)?\(?")
OWN_WEIGHT = re.compile(r"(?:[该本此]项?)?(?:指标)?(?:权重|分值|满分)(?:分值)?(?:为|占)?")
SELF_SCORED = re.compile(r"自评(?:得分?)?(?:为|:)?\Z")
WHOLE = re.compile(r"整体|综合|总体|项目绩效|本项目|自评工作|合计|最终|总|部门|平均")
GROUP = re.compile(
    r"(?P<name>产出|效益|满意度|成本|预算执行率?|预算执行情况|过程|投入|决策|管理|履职效能|管理效率|社会效应|可持续发展能力|运行成本|服务对象满意度|数量|质量|时效|经济效益|社会效益|生态效益|可持续影响|资金管理|执行率?)(?:指标|类指标)?"
)
OF_ALL = re.compile(r"整体|部门|综合得分|总体|全年|总得分|总分")
OTHER_POINTS = re.compile(r"其余|其他指标|绩效指标|[项个]指标|平均")
SHARED_OUT = re.compile(r"满分|百分制|分值|权重")
GIVEN = re.compile(r"得|扣|评分为|自评分|自评为|评定为|(?:共|合)计|计\d|等级|[优良]")
OF_EACH = re.compile(r"各(?:自)?(?:为|占|计|是)?\Z")
"""时效和成本各5分,得10分: full marks of each, and the score of both together."""
EXECUTION = re.compile(r"(?<!采购)(?<!采购预算)执行率|(?<!采购)预算执行|支出进度|支出率|执行进度")
LEFT_OUT = re.compile(
    r"\([^()]*(?:不含|不包括|不包含|未含|不计|扣除|剔除|除[^()]{1,14}外)[^()]*\)|"
    r"(?:不含|不包括|不包含|扣除|剔除|除)[^,，;；()]{1,14}?(?:以外|之外|外|后)的?"
)
"""项目过程(不含预算执行): what is left out does not name the score."""
SCORE_WORD = re.compile(r"得分|自评得|实得|计|得|评分|自评")
WEIGHT_WORD = re.compile(r"分值|权重|满分|(?<!自评)(?<!得)(?<!综合)(?<!最终)总分|标准分")
GRADED = re.compile(r"[,，;；(]?(?:自评|评价|绩效)?(?:等级|等次|评级|级别|评定|结果)|[,，]评?为?[\"“]?[优良中差]")
GRADE = re.compile(
    r"(?:评价(?:结果|等级|等次|结论|级别)?|自评(?:结果|等级|等次|结论)|绩效(?:等级|级别|等次)|等级|等次|评级|评定|结论|级别|档次)(?:等级|等次|级别)?"
    r"(?:定)?(?:均)?[为是属:,，]*(?:绩效)?[\"“‘「《]?\s?(?P<word>优秀|良好|中等|合格|不合格|较差|一般|优|良|中|差)[\"”’」》]?(?:等次|等级|级|档|。|,|，|;|；|\)|\n|\Z|\((?![^)]*\)[、,，;；]?[良中差一]))"
)
BAND_WORD = "优秀|优|良好|良|中等|中|一般|较差|差"
BANDS = re.compile(
    rf"(?=[\d{BAND_WORD}])(?:"
    rf"(?P<low>\d{{2,3}})(?:\(含\)|分\(含\)|分)?(?:以上|及以上|[-—~至]+(?P<high>\d{{2,3}})(?:\(不?含\))?分?)?(?:为|的?为|评为)?[\"“]?(?P<word>{BAND_WORD})[\"”]?"
    rf"|(?P<first>{BAND_WORD})[\"”]?\((?:得分)?[≥>]?(?P<from>\d{{2,3}}))"
)
MOST_FOR_EXECUTION = 30
"""No scheme gives the execution rate more; 执行率95.50%,自评得分97分 is the score of the project."""
BAND_KEYS = {"优": "优", "良": "良", "中": "中", "一": "中", "差": "差", "较": "差"}
TAIL = re.compile(r"[^。\n]{0,30}(?:四舍五入|尾差|尾数差异)[^。\n]{0,30}")


def facts(found: list[Sentence], fiscal_year: int | None, blocks: list[tuple[int, int]]) -> Iterator[Fact]:
    """Scores outside the indicators; where several things are scored (项目一 …, 项目二 …) each is a subject of its own."""
    scored: list[tuple[Sentence, Fact]] = []
    for sentence in found:
        scored += [(sentence, fact) for fact in _sentence(sentence, fiscal_year, blocks)]
    return _by_subject(scored)


def _by_subject(scored: list[tuple[Sentence, Fact]]) -> Iterator[Fact]:
    """The facts, with those of paragraphs that score one of several things under a subject of their paragraph."""
    own = {
        sentence.paragraph for sentence, fact in scored
        if fact.field == "total_score" and not WHOLE.search(sentence.text[: fact.figure.start - sentence.start])
    }  # fmt: skip
    executed = {
        sentence.paragraph for sentence, fact in scored if fact.field == "execution_score" and not OF_ALL.search(sentence.text)
    }  # fmt: skip
    values = {(fact.field, fact.figure.number) for sentence, fact in scored if fact.field in ("total_score", "execution_score")}
    several = len(own | executed) > 1 and len(values) > len({field for field, _ in values})
    reviewed = _reviewed([(sentence, fact) for sentence, fact in scored if fact.field == "total_score"])
    for sentence, fact in scored:
        if fact.figure.id in reviewed:
            yield replace(fact, subject=fact.subject._replace(name=f"by:{reviewed[fact.figure.id]}"))
            continue
        apart = several and sentence.paragraph in own | executed and fact.subject.name == "report"
        yield replace(fact, subject=fact.subject._replace(name=f"part:{sentence.paragraph}")) if apart else fact


REVIEWER = re.compile(
    r"(?P<who>复核|复评|复审|考评|考核|抽查|核查|审核|审定|核定|评审|第三方|重点评价|再评价|主管部门|专家|"
    r"财政(?:部门|局|厅|所)?(?:组织|委托)?(?:评价|评定|评分|打分|得分|重点))"
)
"""Who scores what the unit has scored itself."""


def _reviewed(totals: list[tuple[Sentence, Fact]]) -> dict[str, str]:
    """自评总分93.3,复核总分90.3: the totals that somebody else gave, where the report gives one of its own as well."""
    found: dict[str, str] = {}
    for sentence, fact in totals:
        before = [m.figure.end for m in sentence.mentions if m.figure.kind == "points" and m.figure.end <= fact.figure.start]
        words = sentence.text[(before[-1] - sentence.start if before else 0) : fact.figure.start - sentence.start]
        if (match := REVIEWER.search(words)) and "自评" not in words[match.end() :]:
            found[fact.figure.id] = match["who"]
    return found if len(found) < len(totals) else {}


SUMMED = re.compile(r"[)\s]*\+[\u4e00-\u9fff]{0,8}")


def _total_of_sum(mention: Mention) -> bool:
    """总分15+26.9+53.46=95.36分: whether the figure is what such a sum makes, and its words call it the total."""
    at = mention.index
    if mention.label.strip() != "=":
        return False
    while at > 1 and SUMMED.fullmatch(mention.sentence.mentions[at - 1].label):
        at -= 1
    return at < mention.index and bool(TOTAL.search(mention.sentence.mentions[at - 1].label))


def _sentence(sentence: Sentence, fiscal_year: int | None, blocks: list[tuple[int, int]]) -> Iterator[Fact]:
    pair: Fact | None = None
    for index, mention in enumerate(sentence.mentions):
        figure = mention.figure
        if figure.kind != "points" or any(start <= figure.start < end for start, end in blocks) or "/" in figure.unit:
            continue
        if pair is not None and OBTAINED.fullmatch(mention.label):
            yield Fact(pair.field.replace("_weight", "_score"), figure, pair.subject, pair.cue, sentence.section)
            pair = None
            continue
        fact = _points(mention, sentence, sentence.mentions[index - 1] if index else None, fiscal_year)
        after = sentence.mentions[index + 1] if index + 1 < len(sentence.mentions) else None
        if fact and fact.field == "execution_score" and _scored_later(mention, sentence.mentions[index + 1 :]):
            fact = replace(fact, field="execution_weight")
        pair = None
        if fact and after and after.figure.kind == "points" and OBTAINED.fullmatch(after.label) and fact.field.startswith(("group_", "execution_")):
            fact = pair = replace(fact, field=fact.field.replace("_score", "_weight"))
        if fact:
            yield fact


def _scored_later(mention: Mention, later: list[Mention]) -> bool:
    """预算执行率指标10分,执行率80.93%,得分8.09分: points without a word for a score, then the rate, then the score."""
    if SCORE_WORD.search(mention.clause) or not later or later[0].figure.kind != "rate":
        return False
    score = next((other for other in later if other.figure.kind != "rate"), None)
    return score is not None and score.figure.kind == "points" and bool(OBTAINED.fullmatch(score.label))


def _points(mention: Mention, sentence: Sentence, before: Mention | None, fiscal_year: int | None) -> Fact | None:
    label = HEADS.sub("", LEFT_OUT.sub("", mention.label))
    clause = re.split(r"[,，;；]", label)[-1] or label
    words = read_label(label)
    year = words.year or (fiscal_year - 1 if fiscal_year and words.last_year else fiscal_year)
    subject = Subject("evaluation", "report", year)
    if mention.after.startswith("+"):
        return None
    if _total_of_sum(mention):
        return Fact("total_score", mention.figure, subject, clause, sentence.section)
    if re.search(r"平均(?:自评)?(?:得分|分)?(?:为)?\Z", clause):
        return Fact("average_score", mention.figure, subject, clause, sentence.section)
    if re.search(r"扣[^,，]{0,3}\Z", clause) or figure_is_rule(mention) or OTHER_POINTS.search(clause) or OF_EACH.search(clause):
        return None
    after_rate = before is not None and before.figure.kind == "rate" and EXECUTION.search(LEFT_OUT.sub("", before.label))
    of_rate = after_rate and mention.figure.value <= MOST_FOR_EXECUTION and (OBTAINED.fullmatch(label) or OWN_WEIGHT.fullmatch(clause))
    if EXECUTION.search(clause) or of_rate:
        role = "execution_weight" if _is_weight(mention, clause) or _among_weights(mention) else "execution_score"
        return Fact(role, mention.figure, subject, clause, sentence.section)
    if group := _group(clause):
        role = "group_weight" if _is_weight(mention, clause) or _among_weights(mention) else "group_score"
        return Fact(role, mention.figure, Subject("evaluation", f"group:{group}", fiscal_year), clause, sentence.section)
    if re.search(r"满分(?:为|值|是|:)?\Z", clause) or (re.search(r"总分(?:为|值|是)?\Z", clause) and mention.figure.number == 100):
        return Fact("full_marks", mention.figure, subject, clause, sentence.section)
    graded = SELF_SCORED.search(clause) and GRADED.match(mention.after)
    if graded or (TOTAL.search(label) and (not re.search(r"(?:自评得分|自评分|得分)", clause) or _speaks_of_whole(sentence, label))):
        return Fact("total_score", mention.figure, subject, clause, sentence.section)
    return None


def _speaks_of_whole(sentence: Sentence, label: str) -> bool:
    """自评得分 alone may be an indicator's; with 整体, 综合 … or a grade in the sentence it is the total."""
    return bool(WHOLE.search(label) or re.search(r"本次自评|自评得分[^,，]{0,8}分[,，]其中", sentence.text) or GRADE.search(sentence.text + "。"))


def _group(label: str) -> str | None:
    """The group that the nearest words name, unless a total is named after it."""
    match = None
    for match in GROUP.finditer(label):
        pass
    if match is None or re.search(r"综合得分|总分|总得分|最终", label[match.end() :]):
        return None
    if match["name"].startswith("执行"):
        return None
    return match["name"].removesuffix("率").removesuffix("情况")


def _among_weights(mention: Mention) -> bool:
    """满分100分,其中预算执行率10分、产出50分: a sentence that shares out the full marks and speaks of no score."""
    sentence = mention.sentence
    return not GIVEN.search(sentence.text) and bool(SHARED_OUT.search(sentence.text, 0, mention.figure.start - sentence.start))


def _is_weight(mention: Mention, clause: str) -> bool:
    words = [m.start() for m in WEIGHT_WORD.finditer(clause)]
    scores = [m.start() for m in SCORE_WORD.finditer(clause)]
    if words and (not scores or words[-1] > scores[-1]):
        return True
    return not scores and clause.endswith("(")


def figure_is_rule(mention: Mention) -> bool:
    """Points of a rubric (每低1个百分点扣0.1分, 90分以上为优), not of this report."""
    return bool(
        re.search(r"每[^,，]{0,10}\Z|加\Z|以上|含\)", mention.label[-12:])
        or re.match(r"\s?(?:\(含\)|以上|以下|及以上|-|—|～|~|至|到)", mention.after)
        or mention.figure.comparator
    )


OF_SOME = re.compile(r"\d+个?(?:子?项目|单位|部门|科室|村|乡镇|街道|学校|预算单位)[^,，;；。]*\Z")
"""4个项目评价等级为良: the grade of these, not of the whole whose score stands further up."""


def grades(text: str, found: list[Sentence]) -> list[Grade]:
    """Every grade of the whole in its order, with the score that stands before it in its sentence."""
    result = []
    last = 0
    for match in GRADE.finditer(text):
        sentence = next((s for s in found if s.start <= match.start("word") <= s.end), None)
        if sentence and OF_SOME.search(text, sentence.start, match.start()):
            continue
        result.append(Grade(match["word"], match.start("word"), match.end("word"), _score_before(sentence, last, match.start("word"))))
        last = match.end("word")
    return result


WHOLE_SCORE = re.compile(r"(?:综合|自评|最终|评价|总体|总)(?:自评|评价|评定)?(?:得分|分|评分|总分)(?:为|是|达|:)?\Z")
OF_FULL_MARKS = re.compile(r"\)?[,，、]?(?:自评|实际|实|本次)?(?:得分?|评分|计|打分)?(?:为|:)?")
OF_A_GROUP = re.compile(r"(?:指标|率|类|部分|方面|管理|产出|效益|效果|过程|决策|投入|满意度)(?:自评)?(?:得分?|评分|计)(?:为|:)?\Z")


def _score_before(sentence: Sentence | None, last: int, at: int) -> Figure | None:
    """The last points between the ``last`` grade and this one, unless they are full marks or a band of the scheme."""
    if sentence is None:
        return None
    before = [m for m in sentence.mentions if last <= m.figure.start and m.figure.end <= at and m.figure.kind == "points" and m.figure.number is not None]
    scores = [m for m in before if not figure_is_rule(m) and not _is_weight(m, m.clause) and not _full_marks(m)]
    if not scores or len(scores) != len([m for m in before if m.figure.start >= scores[-1].figure.start]) + len(scores) - 1:
        return None
    if (total := _shared_out(scores)) or _of_a_part(scores[-1]):
        totals = [m for m in scores[:-1] if WHOLE_SCORE.search(m.tail)]
        return total or (totals[-1].figure if totals else None)
    label = scores[-1].label
    return scores[-1].figure if re.search(r"得分?|自评|合计|相加|评分|总分", label) and "扣" not in label else None


def _shared_out(scores: list[Mention]) -> Figure | None:
    """The score that all later ones add up to: 自评得分94.73分,其中预算执行得9.73分、产出得50分、效益得35分,等级为优."""
    for index, one in enumerate(scores[:-2]):
        if one.figure.value == sum(later.figure.value for later in scores[index + 1 :]):
            return one.figure
    return None


def _of_a_part(mention: Mention) -> bool:
    """Whether a score is named as that of a group, or follows full marks that are those of a part: 满意度(10分)得9分."""
    marks = mention.index and _full_marks(before := mention.sentence.mentions[mention.index - 1]) and before.figure.value < 100
    return bool(marks or OF_A_GROUP.search(mention.tail))


def _full_marks(mention: Mention) -> bool:
    """满意度(10分)得9分, 管理20分得18分: points right before the score of which they are the most."""
    after = mention.sentence.mentions[mention.index + 1 : mention.index + 2]
    if not after or after[0].figure.number is None or mention.figure.number is None or not OF_FULL_MARKS.fullmatch(after[0].label):
        return False
    return after[0].figure.kind == mention.figure.kind == "points" and after[0].figure.value <= mention.figure.value


def declared(text: str) -> dict[str, object]:
    """What the report says of its own scheme: grade bands and a clause on tail differences."""
    scheme: dict[str, object] = {}
    bands: dict[str, int] = {}
    for band in BANDS.finditer(text) if "优" in text and "良" in text else ():
        bands.setdefault(BAND_KEYS[(band["word"] or band["first"])[0]], int(band["low"] or band["from"]))
    if len(bands) >= 2 and "优" in bands:
        scheme["grades"] = bands
    if ("四舍五入" in text or "尾差" in text or "尾数" in text) and (match := TAIL.search(text)):
        scheme["tail_clause"] = match[0].strip()
    return scheme
