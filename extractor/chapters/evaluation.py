"""Scores of the whole report: execution, groups, total, grade, and what the report declares of its scheme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractor.chapters.labels import read_label
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.report import Fact, Grade, Subject

TOTAL = re.compile(
    r"(?:综合得分|综合评分|自评总分|自评总得分|总得分|总分|自评综合得分|综合评价得分|绩效自评得分|绩效自评分|自评最终得分|最终得分|最终评分|自评得分|自评分|评价得分|评价总得分|综合自评|自评结果|评价结果)"
    r"(?:合计|共计|总计)?(?:\([^)]*\))?(?:数)?(?:合计)?(?:为|是|达|:|得|,|，|自评)*\Z"
)
OBTAINED = re.compile(r"\)?[,，、]?(?:自评|实际|自评实际)?(?:得|得分|实得|评分|自评分|计)(?:分)?(?:为|:)?\(?")
WHOLE = re.compile(r"整体|综合|总体|项目绩效|本项目|自评工作|合计|最终|总")
GROUP = re.compile(
    r"(?P<name>产出|效益|满意度|成本|预算执行率?|预算执行情况|过程|投入|决策|管理|履职效能|管理效率|社会效应|可持续发展能力|运行成本|服务对象满意度|数量|质量|时效|经济效益|社会效益|生态效益|可持续影响|资金管理|执行率?)(?:指标|类指标)?"
)
EXECUTION = re.compile(r"执行率|预算执行|支出进度")
SCORE_WORD = re.compile(r"得分|自评得|实得|计|得|评分|自评")
WEIGHT_WORD = re.compile(r"分值|权重|满分|总分|标准分")
GRADE = re.compile(
    r"(?:评价(?:结果|等级|等次|结论|级别)?|自评(?:结果|等级|等次|结论)|绩效(?:等级|级别|等次)|等级|等次|评级|评定|结论|级别|档次)(?:等级|等次|级别)?"
    r"(?:定)?(?:均)?[为是属:,，]*(?:绩效)?[\"“‘「《]?\s?(?P<word>优秀|良好|中等|合格|不合格|较差|一般|优|良|中|差)[\"”’」》]?(?:等次|等级|级|档|。|,|，|;|；|\)|\n|\Z)"
)
BANDS = re.compile(r"(?P<low>\d{2,3})(?:\(含\)|分\(含\)|分)?(?:以上|及以上|[-—~至]+(?P<high>\d{2,3})(?:\(不?含\))?分?)?(?:为|的?为|评为)?[\"“]?(?P<word>优秀|优|良好|良|中|差)[\"”]?")
TAIL = re.compile(r"[^。\n]{0,30}(?:四舍五入|尾差|尾数差异)[^。\n]{0,30}")


def facts(found: list[Sentence], fiscal_year: int | None, blocks: list[tuple[int, int]]) -> Iterator[Fact]:
    """Scores outside the indicators."""
    for sentence in found:
        rate_before = None
        pair: Fact | None = None
        for index, mention in enumerate(sentence.mentions):
            figure = mention.figure
            if figure.kind != "points":
                rate_before = mention if figure.kind == "rate" and EXECUTION.search(mention.label) else rate_before
                continue
            if any(start <= figure.start < end for start, end in blocks) or "/" in figure.unit:
                continue
            if pair is not None and OBTAINED.fullmatch(mention.label):
                role = pair.field.replace("_weight", "_score")
                yield Fact(role, figure, pair.subject, pair.cue, sentence.section)
                pair = None
                continue
            fact = _points(mention, sentence, rate_before, fiscal_year)
            after = sentence.mentions[index + 1] if index + 1 < len(sentence.mentions) else None
            pair = None
            if fact and after and after.figure.kind == "points" and OBTAINED.fullmatch(after.label) and fact.field.startswith(("group_", "execution_")):
                fact = pair = replace(fact, field=fact.field.replace("_score", "_weight"))
            if fact:
                yield fact


def _points(mention: Mention, sentence: Sentence, rate: Mention | None, fiscal_year: int | None) -> Fact | None:
    label = mention.label
    clause = re.split(r"[,，;；]", label)[-1] or label
    words = read_label(label)
    year = words.year or (fiscal_year - 1 if fiscal_year and words.last_year else fiscal_year)
    subject = Subject("evaluation", "report", year)
    group = _group(label)
    if re.search(r"扣[^,，]{0,3}\Z", clause) or figure_is_rule(mention):
        return None
    if EXECUTION.search(label) or (rate is not None and not group):
        role = "execution_weight" if _is_weight(mention, clause) else "execution_score"
        return Fact(role, mention.figure, subject, clause, sentence.section)
    if group:
        role = "group_weight" if _is_weight(mention, clause) else "group_score"
        return Fact(role, mention.figure, Subject("evaluation", f"group:{group}", fiscal_year), clause, sentence.section)
    if re.search(r"满分(?:为|值|是|:)?\Z", clause) or (re.search(r"总分(?:为|值|是)?\Z", clause) and mention.figure.number == 100):
        return Fact("full_marks", mention.figure, subject, clause, sentence.section)
    if TOTAL.search(label) and (not re.search(r"(?:自评得分|自评分|得分)", clause) or _speaks_of_whole(sentence, label)):
        return Fact("total_score", mention.figure, subject, clause, sentence.section)
    return None


def _speaks_of_whole(sentence: Sentence, label: str) -> bool:
    """自评得分 alone may be an indicator's; with 整体, 综合 … or a grade in the sentence it is the total."""
    return bool(WHOLE.search(label) or re.search(r"本次自评|自评得分[^,，]{0,8}分[,，]其中", sentence.text) or GRADE.search(sentence.text + "。") or re.search(r"综合得分|总得分|总分", label))


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


def grade(text: str) -> Grade | None:
    """The grade that the report gives itself, the last one it states."""
    match = None
    for match in GRADE.finditer(text):
        pass
    return Grade(match["word"], match.start("word"), match.end("word")) if match else None


def declared(text: str) -> dict[str, object]:
    """What the report says of its own scheme: grade bands and a clause on tail differences."""
    scheme: dict[str, object] = {}
    bands: dict[str, int] = {}
    for band in BANDS.finditer(text) if "优" in text and "良" in text else ():
        bands.setdefault(band["word"][0], int(band["low"]))
    if len(bands) >= 3 and "优" in bands:
        scheme["grades"] = bands
    if ("四舍五入" in text or "尾差" in text or "尾数" in text) and (match := TAIL.search(text)):
        scheme["tail_clause"] = match[0].strip()
    return scheme
