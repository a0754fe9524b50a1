"""Which printed figure is wrong: the one whose change makes most of what disagrees agree, and breaks least of what agrees.

All checks of a report are one system of relations. For every relation that does not hold, each of its figures is tried in
turn with the values that the relations leave to it (Fellegi and Holt's smallest change, for one figure at a time). A value
that is one ordinary slip away from what is printed is the likelier one, and a figure that other relations confirm the less
likely one. Where one figure alone is the best, it is put right in all of them, and what then holds was only its consequence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from verifier.diagnose.links import AGREES, DOUBTED, FAILS, ROUNDED, Link
from verifier.diagnose.reprint import prints, reprinted, slip_of
from verifier.judge import itself

MOST_LINKS = 60
"""Relations that are tried for one figure; a figure of more is a total of the whole report, and no slip of it goes unseen."""
MOST_VALUES = 60
LONG = {"amount": 3, "rate": 3, "count": 5}
"""Digits from which the same number at another place is likely to have been copied, by kind; points are alike everywhere."""
FAR_OVER = Fraction(12, 10)
"""Rates beyond this are seldom right where a smaller one is printed."""
FEWEST_LIKE = 2
"""So many like figures show how such figures are printed."""
MOST_PRECISIONS = 3
RARE = 0.1
"""A unit of fewer of the amounts is a rare one."""
FULL_MARKS = 100


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure, how it would have to be printed, and how well that explains the report."""

    figure: Figure
    new: Figure
    kind: str
    """The slip, or nothing."""
    mended: int
    broken: int
    tail: int
    """Relations that would hold only by rounding, less those that do so now and would agree."""
    odd: int
    """How odd it would look beside figures like it: other decimals, a share above one; less where it is odd now."""
    perhaps: int
    """Relations mended less relations broken among those of which it is not known whether the words mean them."""
    copied: Figure | None = None

    @property
    def rank(self) -> tuple[int, int, int, bool, int]:
        """The lower the likelier."""
        return self.broken - self.mended, self.tail, self.odd, not self.kind, -self.perhaps


@dataclass(slots=True)
class System:
    """The relations of a report by figure, with the figures that were put right so far."""

    links: Sequence[Link]
    figures: Sequence[Figure]
    roles: Mapping[str, object]
    """What each figure is, where the words tell it."""
    right: dict[str, Figure] = field(default_factory=dict)
    _by_figure: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    _now: dict[int, int] = field(default_factory=dict)
    _alike: dict[object, list[Figure]] = field(default_factory=lambda: defaultdict(list))
    _decimals: dict[object, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def __post_init__(self) -> None:
        for link in self.links:
            for key in link.ids:
                self._by_figure[key].append(link)
            if link.ways and link.stated.number is not None and not link.rule.startswith("CON-"):
                self._printed[link.stated.kind, link.stated.unit][link.stated.decimals] += 1
            for figure in dict.fromkeys(link.figures):
                self._decimals[_place_in(link, figure)][figure.decimals] += 1
        self._units.update(figure.unit for figure in self.figures if figure.kind == "amount")
        for figure in self.figures:
            if figure.number:
                self._alike[figure.value, figure.kind].append(figure)

    _units: Counter[str] = field(default_factory=Counter)
    _printed: dict[object, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def now(self, link: Link) -> int:
        """The state of a relation with what was put right so far."""
        known = self._now.get(id(link))
        if known is None:
            known = self._now[id(link)] = link.state(self.right)
        return known

    def put_right(self, suspect: Suspect) -> list[Link]:
        """Takes the figure as it should be; what held with the wrong one and no longer does is given back."""
        links = self._by_figure[suspect.figure.id]
        before = {id(link): self.now(link) for link in links}
        self.right[suspect.figure.id] = suspect.new
        for link in links:
            self._now.pop(id(link), None)
        return [link for link in links if before[id(link)] <= ROUNDED and self.now(link) == FAILS]

    def suspects(self, link: Link) -> list[Suspect]:
        """The figures of a relation that does not hold, the likeliest to be wrong first."""
        found = [suspect for figure in dict.fromkeys(link.figures) if (suspect := self._suspect(link, figure))]
        return sorted(found, key=lambda suspect: suspect.rank)

    def given(self, link: Link, kind: str) -> Suspect | None:
        """The stated figure as the shown reading gives it, where a rule told the cause from the words."""
        figure, links = link.stated, self._by_figure[link.stated.id]
        spans = link.spans(figure, self.right)
        if not spans or figure.number is None or figure.id in self.right:
            return None
        new = reprinted(figure, spans[0][0], max(figure.decimals, _finest(link, figure)))
        own = [one for one in links if one.stated.id == figure.id or self.now(one) >= DOUBTED]  # what was worked out from the wrong sum agrees with it
        return replace(self._weighed(link, figure, new, own, set(), None), kind=kind)

    def _suspect(self, link: Link, figure: Figure) -> Suspect | None:
        links = self._by_figure[figure.id]
        if not figure.id or figure.number is None or figure.hedge or figure.id in self.right or len(links) > MOST_LINKS:
            return None
        copied = self._copied(figure, links)
        usual = self._usual(figure, links)
        tried: dict[tuple[object, ...], Suspect] = {}
        for new in self._values(link, figure, links, usual):
            key = (new.value, new.unit)
            if key not in tried and len(tried) < MOST_VALUES:
                tried[key] = self._weighed(link, figure, new, links, usual, copied)
        return min((one for one in tried.values() if one.mended), key=lambda suspect: suspect.rank, default=None)

    def _values(self, link: Link, figure: Figure, links: list[Link], usual: set[int]) -> Iterator[Figure]:
        """What the relation, and every other that fails for it, wants the figure to be."""
        failing = [link, *(one for one in links if one is not link and self.now(one) >= DOUBTED)]
        spans = [span for one in failing for span in one.spans(figure, self.right)]
        others = [*sorted(usual, reverse=True)[:MOST_PRECISIONS], _finest(link, figure)]
        extra = usual and figure.decimals > max(usual)
        again = bool(link.ways) and link.ways[0].formula is itself  # what is said again is said as it stands there
        decimals = dict.fromkeys([_finest(link, figure), figure.decimals] if again else [*others, figure.decimals] if extra else [figure.decimals, *others])
        return (new for new in prints(figure, spans, decimals) if new.value != figure.value)

    def _weighed(self, link: Link, figure: Figure, new: Figure, links: list[Link], usual: set[int], copied: Figure | None) -> Suspect:
        """What one value would mend and break; what does not mend the relation itself mends nothing."""
        changes = {**self.right, figure.id: new}
        kind = slip_of(figure, new) or ("stale_copy" if copied else "")
        odd = self._oddity(new, usual) - self._oddity(figure, usual)
        if link.state(changes) > ROUNDED:
            return Suspect(figure, new, kind, 0, 0, 0, odd, 0)
        mended = broken = tail = perhaps = 0
        for one in links:
            before, after = self.now(one), one.state(changes)
            better, worse = before >= DOUBTED and after <= ROUNDED, before <= ROUNDED and after >= DOUBTED
            if one.sure or one is link or one.is_sum:
                mended, broken = mended + better, broken + worse
                tail += (after == ROUNDED and before != ROUNDED) - (before == ROUNDED and after == AGREES)
            else:
                perhaps += better - worse
        return Suspect(figure, new, kind, mended, broken, tail, odd, perhaps, copied if kind == "stale_copy" else None)

    def _usual(self, figure: Figure, links: list[Link]) -> set[int]:
        """With how many decimals other figures in its places are printed; in a sum, those of its parts."""
        seen: Counter[int] = Counter()
        for key in {_place_in(link, figure) for link in links if figure in link.figures}:
            seen.update(self._decimals[key])
            seen[figure.decimals] -= 1
        if sum(seen.values()) < FEWEST_LIKE and figure.kind in ("amount", "rate"):
            seen = self._printed[figure.kind, figure.unit] - Counter([figure.decimals])
        found = {places for places, count in seen.items() if count > 0} if sum(seen.values()) >= FEWEST_LIKE else set()
        return found | {_finest(link, figure) for link in links if link.is_sum and figure in link.figures}

    def _oddity(self, figure: Figure, usual: set[int]) -> int:
        """Whether it is printed as no figure like it is: other decimals (a whole number may be short for any), another unit, no share, nought, more than full marks."""
        odd = [
            bool(usual) and (figure.decimals > max(usual) or (len(usual) == 1 and 0 < figure.decimals < max(usual))),
            figure.kind == "rate" and figure.value > FAR_OVER,
            figure.kind == "points" and figure.value > FULL_MARKS,
            figure.kind == "amount" and self._units[figure.unit] < self._units.total() * RARE,
            figure.value == 0,
        ]
        return sum(odd)

    def _copied(self, figure: Figure, links: list[Link]) -> Figure | None:
        """Another figure of the same digits that is something else, from which it may have been copied."""
        digits = len(str(figure.number).replace(".", "").strip("0"))
        if figure.number is None or digits < LONG.get(figure.kind, digits + 1):
            return None
        tied = {key for link in links if link.rule.startswith("CON-") for key in link.ids}
        others = (other for other in self._alike[figure.value, figure.kind] if other.id != figure.id and other.id not in tied)
        role = self.roles.get(figure.id)
        return next((other for other in others if role is not None and self.roles.get(other.id) not in (None, role)), None)


def _place_in(link: Link, figure: Figure) -> object:
    """Figures of one place in relations of one rule are printed alike: the scores that make up a total."""
    if link.rule.startswith("SCO-") and (figure.id == link.stated.id or link.rule in ("SCO-09", "SCO-10")):
        return "score"
    return link.rule, figure.id == link.stated.id, figure.kind, figure.unit


def _finest(link: Link, figure: Figure) -> int:
    """The decimals of the most finely printed figure of the relation that is like this one."""
    others = (other for other in link.figures if other.id != figure.id and other.kind == figure.kind and other.unit == figure.unit)
    return max((other.decimals for other in others), default=figure.decimals)


def best(suspects: Iterable[Suspect]) -> list[Suspect]:
    """Those that nothing sets apart."""
    found = list(suspects)
    return [suspect for suspect in found if suspect.rank == found[0].rank]
