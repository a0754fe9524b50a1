"""雷同: words of their own that two units share, the template, the names and the numbers taken out.

A sketch names the pairs worth a look (``candidates``), rapidfuzz compares their sentences. Two reports are alike when they
share enough words that are nobody else's. Where neither has the season's template it may be a form that only they have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from perfeval.across.candidates import candidates
from perfeval.across.finding import AcrossFinding, Quote, found, shortened
from perfeval.across.grams import grams
from perfeval.across.kept import Kept
from perfeval.across.season import SHORT, Own, Season
from perfeval.across.submission import Roster

FEWEST_UNITS = 20
"""In a smaller pile the template cannot be told from what two units share."""
LIKENESS = 72
UNLIKE = 50
"""Of a hundred: a sentence with some of its words changed, and different sentences of one trade."""
FEWEST_LETTERS, LARGE_PILE, FEWEST_IN_A_LARGE_PILE = 45, 500, 36
"""Of evidence. The most that any two of our 146 honest fixtures share is 33 (特困人员…人，其中：集中供养…人、分散供养…人); in a large
pile such words are known for common."""
FEWEST_SENTENCES = 2
"""One alone may be quoted from a third paper."""
LEAST_SHARE = 3
"""Per cent of the own text of one of the two."""
GRAVE_LETTERS, GRAVE_SHARE = 200, 10
"""Where it is more than that the list says 疑点, below it 提示."""
QUOTED = 5


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence in both reports."""

    first: Own
    second: Own
    likeness: float
    news: float = 1.0
    """Which share of it stands in no passage before: words that both use again and again are counted once."""

    @property
    def letters(self) -> float:
        """How much of it is shared."""
        return min(len(self.first.rest), len(self.second.rest)) * self.likeness / 100

    @property
    def evidence(self) -> float:
        """How much of it two units would not write alike by themselves: letters of one's own, and fewer of them the less alike."""
        return self.news * min(self.first.weight, self.second.weight) * (self.likeness - UNLIKE) / (100 - UNLIKE)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two reports share, and how much of the own text of each that is, in per cent."""

    one: Kept
    other: Kept
    passages: tuple[Passage, ...]
    shares: tuple[int, int]

    @property
    def letters(self) -> int:
        """Letters shared that are in no template."""
        return round(sum(passage.letters for passage in self.passages))

    @property
    def evidence(self) -> int:
        """The same, weighed by how alike the sentences are."""
        return round(sum(passage.evidence for passage in self.passages))

    def enough(self, units: int) -> bool:
        """Whether it is more than two honest reports of a pile of so many units share by chance."""
        fewest = FEWEST_LETTERS if units < LARGE_PILE else FEWEST_IN_A_LARGE_PILE
        return len(self.passages) >= FEWEST_SENTENCES and self.evidence >= fewest and max(self.shares) >= LEAST_SHARE


def alike(season: Season, roster: Roster) -> list[AcrossFinding]:
    """One finding for each two units that share words of their own, the most alike of their reports first."""
    if season.units < FEWEST_UNITS:
        return _too_few(season)
    best: dict[tuple[str, str], list[Likeness]] = {}
    forms: list[Likeness] = []
    for first, second in candidates(season, roster):
        likeness = compared(season, first, second)
        if not likeness.enough(season.units):
            continue
        if season.follows(first) or season.follows(second):
            best.setdefault(_units(likeness), []).append(likeness)
        else:
            forms.append(likeness)
    return [*(_finding(likenesses) for _, likenesses in sorted(best.items())), *_rare_forms(forms)]


def _units(likeness: Likeness) -> tuple[str, str]:
    first, second = sorted((likeness.one.who, likeness.other.who))
    return first, second


def _rare_forms(likenesses: list[Likeness]) -> list[AcrossFinding]:
    """One note for all pairs of which neither has the season's template: what they share may be a form of their own."""
    if not likenesses:
        return []
    pairs = "、".join(f"{likeness.one.named}与{likeness.other.named}" for likeness in likenesses[:QUOTED])
    message = (
        f"{pairs}{'等' if len(likenesses) > QUOTED else ''}共{len(likenesses)}对报告有较多相同文字，但均未采用本批多数单位的模板，"
        "可能出自同一个少数单位使用的模板，未列为文字雷同。"
    )
    keys = tuple(sorted({one.key for likeness in likenesses for one in (likeness.one, likeness.other)}))
    units = tuple(sorted({one.who for likeness in likenesses for one in (likeness.one, likeness.other)}))
    return [found("ACR-10", "info", message, keys, units, "form")]


def _too_few(season: Season) -> list[AcrossFinding]:
    if season.units < 2:
        return []
    keys = tuple(one.key for one in season.pile)
    message = f"本批只有{season.units}个单位的报告，少于{FEWEST_UNITS}个，无法识别通用模板，未作文字雷同比对。"
    return [found("ACR-09", "info", message, keys, tuple(sorted({one.who for one in season.pile})), "few")]


def compared(season: Season, first: int, second: int) -> Likeness:
    """What two reports share."""
    one, other = season.apart(first).own, season.apart(second).own
    passages = list(_news(sorted(_passages(one, other), key=lambda passage: (-passage.evidence, passage.first.rest))))
    shared = sum(passage.letters for passage in passages)
    shares = [round(100 * shared / max(1, sum(len(own.rest) for own in side))) for side in (one, other)]
    return Likeness(season.pile[first], season.pile[second], tuple(passages), (shares[0], shares[1]))


def _passages(one: tuple[Own, ...], other: tuple[Own, ...]) -> Iterator[Passage]:
    """Every sentence of the first with the sentence of the second that is most like it, its clauses in their own or another order; none is used twice."""
    left, sorted_left = {at: own.rest for at, own in enumerate(other)}, {at: own.by_clause for at, own in enumerate(other)}
    for own in one:
        match = process.extractOne(own.rest, left, scorer=fuzz.ratio, score_cutoff=LIKENESS)
        match = match or process.extractOne(own.by_clause, sorted_left, scorer=fuzz.ratio, score_cutoff=LIKENESS)
        if match:
            _, score, at = match
            del left[at], sorted_left[at]
            yield Passage(own, other[at], score)


def _news(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Each passage with the share of its runs of letters that no passage before it has.

    The sentences of one trade have a pattern (…人次享受…): two units that each use it ten times share it once.
    """
    told: set[int] = set()
    for passage in passages:
        sides = [set(grams(own.rest, SHORT)) for own in (passage.first, passage.second)]
        yield replace(passage, news=min(len(runs - told) / max(1, len(runs)) for runs in sides))
        told.update(*sides)


def _finding(likenesses: list[Likeness]) -> AcrossFinding:
    """Of several pairs of files of two units the one that shares most, the others named."""
    first, *others = sorted(likenesses, key=lambda likeness: (-likeness.evidence, likeness.one.key, likeness.other.key))
    one, other = first.one, first.other
    together = one.department != "" and one.department == other.department
    grave = not together and (first.letters >= GRAVE_LETTERS or max(first.shares) >= GRAVE_SHARE)
    words = shortened(first.passages[0].first.words)
    message = (
        f"{one.named}与{other.named}有{len(first.passages)}处文字相同或相近，约{first.letters}字，"
        f"占前者自有文字约{first.shares[0]}%、后者约{first.shares[1]}%（已除去各单位通用的模板文字、单位名称和数字，职责不比对），如“{words}”。"
        f"{'两单位同属' + one.department + '，也可能出自主管部门提供的材料。' if together else ''}请核实是否各自撰写。"
    )
    if others:
        message += "另有" + "、".join(f"“{likeness.one.key}”与“{likeness.other.key}”" for likeness in others[:QUOTED]) + f"等{len(others)}对文件也有相同文字。"
    quotes = tuple(quote for passage in first.passages[:QUOTED] for quote in (Quote(one.key, passage.first.words.strip()), Quote(other.key, passage.second.words.strip())))
    return found("ACR-01", "warning" if grave else "notice", message, (one.key, other.key), _units(first), "alike", quotes)
