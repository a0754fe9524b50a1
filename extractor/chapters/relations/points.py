"""Points in sentences: full marks less deductions, and scores that add up to a score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.chapters.relations.brackets import CLAUSE, DEDUCTED, DEDUCTIONS, FULL, RUBRIC, RULE, SCORE, Behind, behind
from extractor.chapters.relations.common import NUMERALS, TAKEN_OFF, relation, things
from extractor.chapters.sentences import Mention, Sentence
from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.report import Relation

ALL_OF_IT = re.compile(r"(?:全得|得满分|计满分|满分)")
OBTAINED = re.compile(r"[,，、]?(?:自评|实际|按[^,，]{0,8})?(?:得分?|实得|计)(?:为|:)?\Z")
JOINED = re.compile(r"\)?(?:、|和|及|以及|与)")
"""9.84分、19分和10分: what may stand between the scores of one list."""
BARE = re.compile(r"\)[,，:：]?\Z")
"""产出指标(40分)38.7分: what stands after the full marks in brackets is the score."""
TOTAL = re.compile(r"合计|小计|共计|总计|相加|总得分|总分|综合得分|综合评分|自评得分|自评总分|最终得分|评价得分|汇总得分|自评(?:得分?)?(?:为|:)?\Z")
LISTS = re.compile(r"其中|构成|组成|包括|分别|[:：]")
YEAR = re.compile(r"((?:19|20)\d\d)年")
SOME_OF = re.compile(r"其中|主要|包括|重点")
"""共扣2.84分,其中…扣1.5分: what is named need not be all that was taken."""
SUBTOTAL = re.compile(r"小计(?:得?分?)?(?:为|:)?\Z")
COUNTED = re.compile(r"([二两三四五六七八九])(?:项|部分|类|大类)(?:指标)?(?:得分)?(?:相加|合计|共计|总计)(?:为|得)*\Z")
NESTS = re.compile(r"其中|(?<!不)包括|(?<!不)(?<!包)含|(?<!不)包含")
OPENS = re.compile(r"[\s\"“(]*(?:其中|具体|得分构成|分项得分|各项得分|各部分得分|构成|分别)")
GIVEN_REASON = re.compile(r"因|由于|鉴于|实际|被扣|共扣")
NO_FURTHER = "扣完为止"
LIST_BETWEEN = 30
"""Totals and their parts stand in a run of scores no longer than this."""
WHOLE = 100


@dataclass(slots=True, eq=False)
class Score:
    """A score with its full marks where they are stated beside it."""

    figure: Figure
    full: Figure | None
    mention: Mention
    made: bool = False
    """Whether it is a subtotal whose parts were taken out of the list."""
    last: int = -1
    """The last figure of its sentence that speaks of it, its bracket's included."""
    times: int = 1
    """How many things have these full marks each (时效和成本各5分,得10分)."""

    @property
    def marks(self) -> Fraction | None:
        """The full marks of all that the score is for."""
        return self.full.value * self.times if self.full else None

    @property
    def total(self) -> bool:
        """Whether the words call it a total."""
        return bool(TOTAL.search(self.mention.label))


def points(found: list[Sentence], fiscal_year: int | None = None) -> Iterator[Relation]:
    """Deductions sentence by sentence, then totals over all scores of the report."""
    scores: list[Score] = []
    for index, sentence in enumerate(found):
        here: list[Score] = []
        opens = bool(OPENS.match(sentence.text))
        yield from _sentence(sentence, here, opens)
        here = [score for score in here if not _of_another_year(score, fiscal_year)]
        for whole, parts in _nested(here):
            yield relation("sum", whole.mention, [part.figure for part in parts], True, "stated")
            here = [score for score in here if score not in parts]
        yield from _in_sentence(sentence, here)
        if opens and scores and index and scores[-1].mention.sentence is found[index - 1]:
            yield from _after_total(scores[-1], here)
        for score in here:
            scores.append(score)
            yield from _subtotal(scores)
    yield from totals(scores)


def _nested(scores: list[Score]) -> list[tuple[Score, list[Score]]]:
    """产出50分,得48.85分,其中数量30分得29.15分,质量20分得19.7分: parts whose full marks make up the whole's."""
    found: list[tuple[Score, list[Score]]] = []
    for at, whole in enumerate(scores[:-1]):
        sentence = whole.mention.sentence
        between = sentence.text[whole.figure.end - sentence.start : scores[at + 1].figure.start - sentence.start]
        if whole.marks is None or whole.total or not NESTS.search(between):
            continue
        full = Fraction(0)
        for end in range(at + 1, len(scores)):
            part = scores[end]
            if part.marks is None or full >= whole.marks:
                break
            full += part.marks
            if full == whole.marks and end > at + 1:
                found.append((whole, scores[at + 1 : end + 1]))
    return found


def _of_another_year(score: Score, fiscal_year: int | None) -> bool:
    years = YEAR.findall(score.mention.label) if "年" in score.mention.label else None
    return bool(years and fiscal_year and int(years[-1]) != fiscal_year)


def _subtotal(scores: list[Score]) -> Iterator[Relation]:
    """…得a分,…得b分。小计c分: the scores of the paragraph before it; from here on the subtotal stands for them."""
    last = scores[-1]
    if not SUBTOTAL.search(last.mention.label):
        return
    parts: list[Score] = []
    for score in reversed(scores[:-1]):
        if score.mention.sentence.paragraph != last.mention.sentence.paragraph or score.made or score.total:
            break
        parts.insert(0, score)
    if len(parts) < 2:
        return
    yield relation("sum", last.mention, [part.figure for part in parts], True, "stated")
    del scores[-1 - len(parts) :]
    scores.append(Score(last.figure, None, last.mention, True))


def _after_total(total: Score, parts: list[Score]) -> Iterator[Relation]:
    """自评c分。得分构成:a、b: the next sentence lists the parts of the total."""
    if total.total and len(parts) >= 2 and not any(part.total for part in parts):
        yield relation("sum", total.mention, [part.figure for part in parts], True, "stated")


def _sentence(sentence: Sentence, scores: list[Score], listing: bool = False) -> Iterator[Relation]:
    """The scores of a sentence, and those that are full marks less deductions."""
    full: Mention | None = None
    taken: list[Mention] = []
    seen = -1
    for mention in sentence.mentions:
        figure, before = mention.figure, seen
        if figure.kind == "points" and mention.index > seen:
            seen = mention.index
        if mention.index <= before or not _is_given(mention):
            continue
        words = mention.label
        listing = listing or (bool(scores) and bool(LISTS.search(words)))
        joined = bool(JOINED.fullmatch(words)) and bool(scores) and scores[-1].last == before
        own = None if is_full(mention) and not joined else behind(mention, joined or bool(SCORE.search(words)))
        if own is not None:
            yield from _less(mention, full, taken, own)
            full, seen = own.full or full, own.inside[-1].index
            scores.append(Score(figure, full.figure if full else None, mention, last=seen))
            full, taken = None, []
        elif DEDUCTED.search(words) and (RUBRIC.search(_clause_before(mention)) or NO_FURTHER in sentence.text):
            full, taken = None, []
        elif DEDUCTED.search(words):
            if not DEDUCTIONS.search(words):
                taken += [mention] * _times(mention)
                full = full if _times(mention) else None
        elif is_full(mention) and not joined:
            full, taken = (None if RUBRIC.search(_clause_before(mention)) else mention), []
        elif ALL_OF_IT.match(mention.after):
            scores.append(Score(figure, figure, mention, last=mention.index))
            full, taken = None, []
        elif SCORE.search(words) or joined or (full is not None and BARE.match(words)) or listing:
            yield from _less(mention, full, taken, None)
            times = _times(full) if full is not None else 1
            has = full is not None and figure.value <= full.figure.value * times
            scores.append(Score(figure, full.figure if full is not None and has else None, mention, last=mention.index, times=times))
            full, taken = None, []


def _times(mention: Mention) -> int:
    """Of how many things the points are each (数量和时效各扣0.5分); 0 where the words do not tell."""
    several = things(mention)
    return 1 if several is None else several


def _is_given(mention: Mention) -> bool:
    """Whether the figure is points that were given, taken or could be had, and none that a rule of scoring names."""
    figure = mention.figure
    if figure.kind != "points" or figure.number is None or "/" in figure.unit or figure.comparator:
        return False
    return not RULE.search(CLAUSE.split(mention.label)[-1]) and not mention.after.startswith(("以上", "以下", "(含)", "-", "—", "~"))


def _less(score: Mention, full: Mention | None, taken: list[Mention], own: Behind | None) -> Iterator[Relation]:
    """The score as its full marks less what was taken off, before it or in the bracket behind it."""
    if own is not None and own.full is not None:
        full, taken = own.full, []
    every = [*taken, *(own.taken if own else ())]
    if full is None or not every or _times(full) != 1 or (own is None and full.figure.start > every[0].figure.start) or (own is not None and not own.whole):
        return
    sure = len(every) == 1 or (own is not None and not taken)
    if own is None and score.figure.value == full.figure.value and not GIVEN_REASON.search("".join(m.label for m in every)):
        return  # 逾期扣1分,本单位按期报送,得5分: what would have been taken
    yield relation("deduction", score, (full.figure, *(m.figure for m in every)), tie="stated" if sure else "likely")


def _clause_before(mention: Mention) -> str:
    """The clause of a figure up to it, over the figures that stand before it there."""
    sentence = mention.sentence
    return CLAUSE.split(sentence.text[: mention.figure.start - sentence.start])[-1]


def is_full(mention: Mention) -> bool:
    """Whether the points are what can be had, not what was given."""
    label = mention.label
    if label.endswith("(") and mention.after.startswith((")", ",", "，")):
        return True
    if OBTAINED.match(mention.after):
        return True
    full = max((m.end() for m in FULL.finditer(label)), default=-1)
    score = max((m.end() for m in SCORE.finditer(label)), default=-1)
    return full > score


def _in_sentence(sentence: Sentence, scores: list[Score]) -> Iterator[Relation]:
    """预算执行得a,绩效指标得b,合计c; 综合得分c,其中a、b: one sentence holds the total and all its parts."""
    if len(scores) < 3 or sum(score.total for score in scores) != 1:
        return
    if scores[-1].total:
        parts, total = scores[:-1], scores[-1]
    elif scores[0].total and LISTS.search(scores[1].mention.label):
        parts, total = scores[1:], scores[0]
    else:
        return
    if sum(part.figure.value for part in parts) > 2 * WHOLE or any(TAKEN_OFF.search(part.mention.tail) for part in parts):
        return
    yield relation("sum", total.mention, [part.figure for part in parts], True, "stated")


def totals(scores: list[Score]) -> Iterator[Relation]:
    """Every total among the scores with the run of scores before or after it whose full marks make up its own.

    Full marks that add up to the total's leave no part out; only such a run may be held against the total.
    """
    printed = {score.figure.value for score in scores if score.total}
    for index, score in enumerate(scores):
        if not score.total:
            continue
        if found := _exhaustive(scores, index) or _exact(scores, index):
            parts, sure = found
            made = sum(part.figure.value for part in parts)
            if made != score.figure.value and (made in printed or any(TAKEN_OFF.search(part.mention.tail) for part in parts)):
                continue  # the parts make up another total; this one is of another year or thing
            yield relation("sum", score.mention, [part.figure for part in parts], sure, "stated" if sure else "near")


def _runs(scores: list[Score], index: int) -> list[tuple[list[Score], int, Fraction]]:
    """The runs of two and more scores that end before a total or begin after it and hold no other total, the shortest first.

    With each, how many of them have full marks, and what those add up to.
    """
    found = []
    for step in (-1, 1):
        known, marks = 0, Fraction(0)
        for size in range(1, LIST_BETWEEN):
            at = index + step * size
            if not 0 <= at < len(scores) or scores[at].total:
                break
            if (own := scores[at].marks) is not None:
                known, marks = known + 1, marks + own
            if size > 1:
                found.append((scores[at:index] if step < 0 else scores[index + 1 : at + 1], known, marks))
    return sorted(found, key=lambda run: len(run[0]))


def _exhaustive(scores: list[Score], index: int) -> tuple[list[Score], bool] | None:
    """The run of scores that leaves none out. Full marks may add up to the whole by chance: a run that gives the total comes first."""
    total = scores[index]
    found = list(_whole_runs(scores, index))
    agreeing = next((run for run in found if sum(part.figure.value for part in run) == total.figure.value), None)
    if agreeing is None and found and (exact := _exact(scores, index)):
        return exact
    return (agreeing or found[0], True) if found else None


def _whole_runs(scores: list[Score], index: int) -> Iterator[list[Score]]:
    total = scores[index]
    whole = WHOLE if total.marks is None else total.marks
    counted = COUNTED.search(total.mention.label) or COUNTED.search(total.mention.sentence.text[: total.figure.start - total.mention.sentence.start])
    since = _since_last_total(scores, index)
    if sum(part.made for part in since) >= 2 and sum(not part.made for part in since) <= 1:
        yield since
        return
    for run, known, marks in _runs(scores, index):
        as_counted = counted and NUMERALS.get(counted[1]) == len(run) and run[-1].figure.start < total.figure.start and known >= len(run) - 1
        if as_counted or (known == len(run) and marks == whole):
            yield run


def _since_last_total(scores: list[Score], index: int) -> list[Score]:
    """The scores before a total back to the total before it."""
    at = index
    while at > 0 and (scores[at - 1].made or not scores[at - 1].total):
        at -= 1
    return scores[at:index]


def _exact(scores: list[Score], index: int) -> tuple[list[Score], bool] | None:
    total = scores[index].figure.value
    for step in (-1, 1):
        made, at = Fraction(0), index + step
        while 0 <= at < len(scores) and made < total and abs(at - index) < LIST_BETWEEN:
            made += scores[at].figure.value
            if made == total and abs(at - index) > 1:
                return (scores[at:index] if step < 0 else scores[index + 1 : at + 1]), False
            at += step
    return None


def total_deductions(found: list[Sentence]) -> Iterator[Relation]:
    """共扣3.3分,分别为:…扣0.8分,…扣1.5分: the deductions make up their total."""
    for sentence in found:
        total: Mention | None = None
        some = False
        parts: list[Figure] = []
        for mention in sentence.mentions:
            if mention.figure.kind != "points" or mention.figure.number is None:
                continue
            if DEDUCTIONS.search(mention.label) and len(parts) >= 2 and total is None:
                yield relation("sum", mention, parts, True, "stated")
                parts = []
            elif DEDUCTIONS.search(mention.label):
                total, parts, some = mention, [], False
            elif DEDUCTED.search(mention.label):
                some = some or (total is not None and not parts and bool(SOME_OF.search(mention.label)))
                parts += [mention.figure] * _times(mention)
        if total is not None and len(parts) >= 2:
            less = some and sum(part.value for part in parts) < total.figure.value
            yield relation("sum", total, parts, not less, "likely" if less else "stated")
