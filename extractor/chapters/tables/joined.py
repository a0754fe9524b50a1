"""What sentences work out from the tables: how far a result is off its target, a share of a named row, a row's figure told again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractor.chapters.relations.common import alike, alike_or_rate, direction, is_change, is_set, quote
from extractor.chapters.relations.rates import NAMED_WHOLE
from extractor.chapters.sentences import Mention, Sentence
from extractor.chapters.tables.bands import Band
from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.report import Evaluation, Indicator, Relation

GOAL = r"(?:年初|年度|全年|原定|预期|计划|预定|既定|设定|绩效|控制|考核)*(?:目标|计划|指标|任务|上限|下限)(?:值|数|要求|上限|下限)?"
OFF_GOAL = re.compile(
    rf"(?:(?:比|较|距离?|离|与){GOAL}[^,，;；\d]{{0,6}}?(?:多|高|超|少|低|差|欠|缺|节约|节省|提前)|(?:低于|高于|少于|多于|超过|超出|超|不足|未达到?){GOAL})[^,，;；\d]{{0,6}}\Z"
)
"""比目标多648只, 低于目标3.6个百分点."""
SHORT = re.compile(r"(?:节约|节省|超出|超|不足|少|多|低|高|差)(?:了)?(?:资金|支出)?\Z")
OVER = re.compile(r"(?:超额|超目标|超计划|超出目标|超过目标)(?:完成)?(?:了)?\Z")
"""超额6.75%."""
OF_GOAL = re.compile(rf"(?:为|达到?|完成|占|相当于){GOAL}的\Z")
"""为目标的102.53%."""
POINTS_OF_RATE = ("百分点", "个百分点")
ASIDE = re.compile(r"[（(][^（()）]*[)）]|[“”\"'\s]")
BEFORE_NAME = re.compile(r"^(?:其中|全年|本年度?|当年|年度|实际|支出|共|一是|二是|三是|[^\u4e00-\u9fff])*")
BEHIND_NAME = re.compile(r"(?:支出|实际|完成|达到?|共计|合计|金额|总额|为|是|约|共|计|有|了|的|:|：|仅|已)*\Z")
NOT_THIS_YEARS = re.compile(r"上年|去年|同期|往年|上半年|季度|月份?|计划|目标|预期|应|拟|将|预计|累计|近[两三几]年|(?:19|20)\d\d年|增|减|多|少|高|低|超|均|每|前")
OWN_YEAR = re.compile(r"^(?:(?:19|20)\d\d年度?|本年度?|全年|今年|其中[:：]?)+")
CHANGED = re.compile(r"(?:收入|支出|经费|资金|决算|金额|总额|数)*(?:(?:比|较)(?:上年|去年|(?:19|20)\d\d年)度?(?:同期)?(?:决算)?数?)?(?:同比)?(?:增加|增长|减少|下降|提高|降低|增|减)(?:了)?")
"""What may stand between the name of a row and the change of it."""
KINDS = ("amount", "count", "rate")
SHORTEST_NAME = 4
FEWEST_DIGITS = 4
"""A figure of fewer digits may stand a digit from another by chance."""
MOST_VALUES = 6
"""A row with more columns leaves open which of them a sentence tells again."""


@dataclass(slots=True)
class Named:
    """The figures of all tables by the plain name of their row, and by that of their column where that has few."""

    rows: dict[str, list[Figure]] = field(default_factory=dict)
    lines: dict[Fraction, list[tuple[str, list[Figure]]]] = field(default_factory=dict)
    """The rows (name and figures) in which a value of many digits stands."""
    years: dict[str, tuple[Figure, Figure]] = field(default_factory=dict)
    """This year's value and last year's of each row that has two of one kind under heads that name the years."""

    def add(self, band: Band) -> None:
        """The values of one band."""
        columns: dict[int, list[Figure]] = {}
        for name, pair in _of_two_years(band):
            self.years.setdefault(name, pair)
        for row in band.rows:
            values = [(column, figure) for column in band.heads if (figure := band.value(row, column)) is not None]
            line = (plain(row.label), [figure for _, figure in values])
            self.rows.setdefault(line[0], []).extend(line[1])
            for column, figure in values:
                if len(values) > 1 and figure.digits >= FEWEST_DIGITS:
                    self.lines.setdefault(figure.value, []).append(line)
                columns.setdefault(column, []).append(figure)
        for column, figures in columns.items():
            if len(figures) <= MOST_VALUES:
                self.rows.setdefault(plain(band.heads[column].words), []).extend(figures)


def _of_two_years(band: Band) -> Iterator[tuple[str, tuple[Figure, Figure]]]:
    """Each named row of a table over two years, with its value of the later and of the earlier one."""
    heads = sorted((head.year, column) for column, head in band.heads.items() if head.year is not None)
    if len(heads) != 2 or heads[1][0] - heads[0][0] != 1:
        return
    (_, last), (_, this) = heads
    for row in band.rows:
        now, before = band.value(row, this), band.value(row, last)
        if now is not None and before is not None and alike(now, before):
            yield plain(row.label), (now, before)


def plain(words: str) -> str:
    """A name without numbers in front, signs and what is said of its value."""
    return BEHIND_NAME.sub("", BEFORE_NAME.sub("", ASIDE.sub("", words)))


def off_goals(found: Sequence[Sentence], evaluations: Sequence[Evaluation]) -> Iterator[Relation]:
    """更换水表10248只, 比目标多648只: by how much a result that the table has is off the target that the table has."""
    rows = [i for one in evaluations for i in one.indicators if i.table and i.target and i.actual and None not in (i.target.number, i.actual.number)]
    starts = [indicator.start for indicator in rows]
    for sentence in found if rows else ():
        at = bisect_right(starts, sentence.start) - 1
        inside = rows[at] if at >= 0 and sentence.start < rows[at].end else None
        last = (inside.actual, inside) if inside and inside.actual else None
        for mention in sentence.mentions:
            if mention.figure.number is None:
                continue
            if last and (off := _off(mention, *last, inside is not None)):
                yield off
            elif indicator := _told(mention, rows):
                last = mention.figure, indicator
            elif last and (re.search("[；;]", mention.label) or (alike_or_rate(mention.figure, last[0]) and not is_change(mention))):
                last = None  # what follows may be off the target of this one


def _told(mention: Mention, rows: Sequence[Indicator]) -> Indicator | None:
    """The only indicator whose result stands here, if the words before speak of it."""
    figure = mention.figure
    found = [i for i in rows if i.actual and alike_or_rate(i.actual, figure) and i.actual.value == figure.value and _speaks_of(mention, i)]
    return found[0] if len(found) == 1 else None


def _speaks_of(mention: Mention, indicator: Indicator) -> bool:
    """Whether the words before the figure hold pairs of signs of the indicator's name: the fewer, the more digits are the same."""
    name, words = plain(indicator.name), mention.label
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    common = sum(pair in words for pair in pairs)
    return common > 0 and (mention.figure.digits >= FEWEST_DIGITS or 2 * common >= len(pairs))


def _off(mention: Mention, result: Figure, indicator: Indicator, in_row: bool) -> Relation | None:
    """``in_row``: in the indicator's own row 节约24,800元 is meant of its target without saying so."""
    figure, words = mention.figure, mention.tail
    targets = [t for t in (indicator.target, indicator.target_revised) if t and alike_or_rate(t, result)]
    short = in_row and bool(SHORT.search(words))
    readings: list[tuple[str, tuple[Figure, ...]]] = []
    if (short or OFF_GOAL.search(words)) and (alike(figure, result) or (figure.unit in POINTS_OF_RATE and result.kind == "rate")):
        readings = [("difference", (t, result) if t.value > result.value else (result, t)) for t in targets]
    elif figure.unit == "%" and result.kind != "rate" and OVER.search(words):
        readings = [("growth", (result, t)) for t in targets if t.value]
    elif figure.unit == "%" and result.kind != "rate" and OF_GOAL.search(words):
        readings = [("share", (result, t)) for t in targets if t.value]
    if not readings:
        return None
    (formula, operands), *others = readings
    return Relation(formula, figure, operands, quote(mention.sentence), True, (), "stated" if formula == "difference" and not short else "likely", mention.label, tuple(others))


def shares_of_rows(found: Sequence[Sentence], named: Named) -> Iterator[Relation]:
    """药品收入1802.91万元, 占医疗收入的26.35%: the whole is the row of a table that the words name."""
    for sentence in found if named.rows else ():
        part: Figure | None = None
        for mention in sentence.mentions:
            figure = mention.figure
            if figure.kind in ("amount", "count") and figure.number is not None and not is_change(mention):
                part = figure
            match = NAMED_WHOLE.search(mention.tail) if part and figure.unit == "%" and figure.number is not None else None
            if part and match and match["share"]:
                wholes = [f for f in dict.fromkeys(named.rows.get(plain(match["share"]), ())) if alike(f, part) and f.value > part.value]
                if wholes:
                    others = tuple(("share", (part, whole)) for whole in wholes[1:])
                    yield Relation("share", figure, (part, wholes[0]), quote(sentence), False, (), "near", mention.label, others)


def changes_in_rows(found: Sequence[Sentence], named: Named) -> Iterator[Relation]:
    """财政拨款6512.75万元, 比预算少307.65万元: a change against another figure of the row that the level stands in."""
    for sentence in found if named.lines else ():
        level: Figure | None = None
        for mention in sentence.mentions:
            figure = mention.figure
            if figure.number is None or figure.kind not in KINDS:
                continue
            changed = direction(mention)
            if not changed:
                level = figure if figure.kind != "rate" and figure.digits >= FEWEST_DIGITS else None
            elif level is not None and figure.digits >= FEWEST_DIGITS - 1 and (readings := _readings(figure, level, changed, named, sentence.text)):
                (formula, operands), *others = readings
                yield Relation(formula, figure, operands, quote(sentence), True, (), "likely", mention.label, tuple(others))


def changes_of_names(found: Sequence[Sentence], named: Named) -> Iterator[Relation]:
    """一般公共预算收入比2022年增加172.14万元: the change of a row whose two years stand side by side, though the sentence tells neither."""
    for sentence in found if named.years else ():
        for mention in sentence.mentions:
            figure, changed = mention.figure, direction(mention)
            if not changed or figure.kind not in ("amount", "count") or figure.number is None or figure.hedge or figure.digits < FEWEST_DIGITS - 1:
                continue
            if mention.index and sentence.mentions[mention.index - 1].figure.kind in ("amount", "count") and not direction(sentence.mentions[mention.index - 1]):
                continue  # a level right before it is what has changed
            words = OWN_YEAR.sub("", mention.tail.lstrip("，,、；;"))
            rows = [years for name, years in named.years.items() if len(name) >= SHORTEST_NAME and words.startswith(name) and CHANGED.fullmatch(words[len(name) :])]
            if len(rows) == 1 and alike(rows[0][0], figure):
                this, last = rows[0]
                yield Relation("difference", figure, (this, last) if changed > 0 else (last, this), quote(sentence), True, (), "likely", mention.label)


def _readings(figure: Figure, level: Figure, changed: int, named: Named, words: str) -> list[tuple[str, tuple[Figure, ...]]]:
    """The change of the level against each other figure of its row, if its row is the only one of that name."""
    lines = [figures for name, figures in named.lines.get(level.value, ()) if name and name in words and any(alike(f, level) and f.value == level.value for f in figures)]
    if len(lines) != 1:
        return []
    others = [f for f in lines[0] if alike(f, level) and (f.value < level.value if changed > 0 else f.value > level.value) and f.value]
    if figure.kind == "rate":
        return [("growth" if changed > 0 else "decline", (level, other)) for other in others] if figure.unit == "%" else []
    return [("difference", (level, other) if changed > 0 else (other, level)) for other in others if alike(figure, level)]


def told_again(found: Sequence[Sentence], named: Named) -> Iterator[Relation]:
    """公务接待费4.75万元 of a sentence, and the row of that name; not closed, since the sentence may tell of a column that the row lacks."""
    for sentence in found if named.rows else ():
        for mention in sentence.mentions:
            figure = mention.figure
            if figure.kind not in KINDS or figure.number is None or figure.comparator or figure.hedge or is_set(mention) or figure.digits < FEWEST_DIGITS:
                continue
            name = plain(mention.tail)
            if len(name) < SHORTEST_NAME or NOT_THIS_YEARS.search(mention.clause):
                continue
            same = [f for f in dict.fromkeys(named.rows.get(name, ())) if alike_or_rate(f, figure) and not f.start <= figure.start < f.end]
            if same and len(same) <= MOST_VALUES:
                others = tuple(("equal", (other,)) for other in same[1:])
                yield Relation("equal", figure, (same[0],), sentence.text, False, (), "near", mention.clause, others, "CON-02")
