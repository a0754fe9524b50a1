"""Which printed figure is wrong: the one whose change makes most of what disagrees agree, and breaks least of what agrees.

All checks of a report are one system of relations. For every relation that does not hold, each of its figures is tried in
turn with the value that the relations leave to it (Fellegi and Holt's smallest change, for one figure at a time). A value
that is one ordinary slip away from what is printed is the likelier one, and a figure that other relations confirm the less
likely one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.model.exact import Fraction
from extractor.model.figure import Figure, scale
from verifier.audit import Cause, Finding
from verifier.diagnose.repair import Repair, needed
from verifier.diagnose.slips import slip_between, slips_within
from verifier.judge import Judgement, half_up, judge
from verifier.words import cause_of, like

OWN_CAUSES = ("wrong_base", "omitted_total", "omitted_item", "weight_twice", "stale_copy")
"""Causes that a rule told from the words; what the system of relations says does not go before them."""
MOST_LINKS = 60
"""Relations that are tried for one figure; a figure of more is a total of the whole report, and no slip of it goes unseen."""
MOST_CAUSES = 3
LONG = 4
"""Digits from which the same number at another place is likely to have been copied."""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that was checked: what is stated, and the judgement with formula and operands."""

    stated: Figure
    judgement: Judgement
    sign: int = 1

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The stated figure and the operands."""
        return self.stated, *(operand.figure for operand in self.judgement.operands)

    def holds_with(self, old: Figure, new: Figure) -> bool:
        """Whether the relation holds once ``old`` is printed as ``new``."""
        operands = [replace(o, figure=new) if o.figure is old else o for o in self.judgement.operands]
        assert self.judgement.formula is not None
        return judge(new if self.stated is old else self.stated, self.judgement.formula, operands, self.sign).holds


@dataclass(frozen=True, slots=True)
class Suspect:
    """A figure, what it would have to be, and how well that explains the report."""

    figure: Figure
    value: Fraction
    kind: str
    """The slip, or nothing."""
    mended: int
    broken: int

    @property
    def rank(self) -> tuple[int, bool]:
        """The lower the likelier."""
        return self.broken - self.mended, not self.kind


class System:
    """The relations of a report by figure."""

    def __init__(self, links: Iterable[Link], figures: Sequence[Figure]) -> None:
        self._by_figure: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            for key in {figure.id for figure in link.figures}:
                self._by_figure[key].append(link)
        self._alike: dict[tuple[Fraction, str], list[Figure]] = defaultdict(list)
        for figure in figures:
            if figure.number is not None:
                self._alike[figure.value, figure.kind].append(figure)

    def suspects(self, link: Link) -> list[Suspect]:
        """The figures of a relation that does not hold, the likeliest to be wrong first."""
        found = [suspect for figure in dict.fromkeys(link.figures) if (suspect := self._suspect(link, figure))]
        return sorted(found, key=lambda suspect: suspect.rank)

    def _suspect(self, link: Link, figure: Figure) -> Suspect | None:
        links = self._by_figure[figure.id]
        if figure.number is None or figure.hedge or len(links) > MOST_LINKS:
            return None
        tried = [one for one in (self._weighed(link, figure, value, links) for value in self._values(link, figure, links)) if one.mended]
        return min(tried, key=lambda suspect: suspect.rank, default=None)

    def _values(self, link: Link, figure: Figure, links: list[Link]) -> Iterator[Fraction]:
        """What the relation, and every other that fails for it, wants the figure to be, in whole steps of its print."""
        failing = [one for one in links if one.judgement.verdict == "inconsistent"]
        spans = [span for one in (link, *(other for other in failing if other is not link)) if (span := _span(one, figure))]
        for low, high in sorted(dict.fromkeys(spans), key=lambda span: span[1] - span[0]):  # the narrowest says most
            middle = half_up((low + high) / 2, figure.step)
            if middle >= 0 and middle != figure.value:
                yield middle
            yield from _slipped(figure, low, high)

    def _weighed(self, link: Link, figure: Figure, value: Fraction, links: list[Link]) -> Suspect:
        """What one value would mend and break; what does not mend the relation itself mends nothing."""
        printed = value / scale(figure.unit)
        new = replace(figure, number=Decimal(printed.numerator) / Decimal(printed.denominator))
        mended = link.holds_with(figure, new) and sum(one.judgement.verdict == "inconsistent" and one.holds_with(figure, new) for one in links)
        broken = sum(one.judgement.holds and not one.holds_with(figure, new) for one in links)
        return Suspect(figure, value, slip_between(figure, value), mended, broken)

    def copied(self, figure: Figure) -> Figure | None:
        """Another figure of the same many digits, from which it may have been copied."""
        if figure.number is None or len(figure.number.as_tuple().digits) < LONG:
            return None
        return next((other for other in self._alike[figure.value, figure.kind] if other.id != figure.id), None)


def _span(link: Link, figure: Figure) -> tuple[Fraction, Fraction] | None:
    judgement = link.judgement
    assert judgement.formula is not None
    figures = [operand.figure for operand in judgement.operands]
    at = 0 if figure is link.stated else figures.index(figure) + 1
    return needed(link.stated, judgement.formula, figures, [o.sign for o in judgement.operands], link.sign, at)


def _slipped(figure: Figure, low: Fraction, high: Fraction) -> Iterator[Fraction]:
    """The values within a range that are one slip away from what is printed."""
    if high - low > figure.step:
        yield from slips_within(figure, low, high)


def blamed(finding: Finding, link: Link, system: System) -> Finding:
    """The finding with the figures that are likeliest to be wrong as its first causes."""
    if any(cause.kind in OWN_CAUSES for cause in finding.causes):
        return finding
    suspects = system.suspects(link)
    if not suspects:
        return finding
    best = [suspect for suspect in suspects if suspect.rank == suspects[0].rank]
    causes = [_cause(suspect, system) for suspect in best[:MOST_CAUSES]]
    known = {cause.figure for cause in causes}
    return replace(finding, causes=(*causes, *(cause for cause in finding.causes if cause.figure not in known)))


def _cause(suspect: Suspect, system: System) -> Cause:
    figure = suspect.figure
    if suspect.kind:
        return cause_of(Repair(figure, suspect.kind, suspect.value, Fraction(0)))
    suggested = like(suspect.value, figure)
    copied = system.copied(figure)
    why = f"（可能误用了他处的{copied.text}）" if copied else ""
    return Cause("stale_copy" if copied else "other_value", figure.id, suggested, f"{figure.text}若为{suggested}{why}，{'本项' if suspect.broken else ''}各数相符")
