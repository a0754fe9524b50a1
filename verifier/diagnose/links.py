"""The relations of a report as the search for the wrong figure sees them: what holds, and what would hold with another figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.interval import add_up
from extractor.model.record import record
from verifier.diagnose.repair import solved
from verifier.judge import Way

Changes = Mapping[str, Figure]
"""Figures that are printed otherwise, by id."""
STATES = ("consistent", "rounding", "doubtful", "inconsistent", "unchecked")
AGREES, ROUNDED, DOUBTED, FAILS = range(4)
MOST_WAYS = 8


@record(frozen=True, slots=True, eq=False)
class Link:
    """A relation that was checked. ``sure`` ones were surely meant; of others it is not known whether the words mean them."""

    rule: str
    stated: Figure
    ways: tuple[Way, ...]
    sign: int = 1
    solved: tuple[Way, ...] = ()
    sure: bool = True
    bounds: Callable[[Changes], bool] | None = None
    usual: int = 0
    """So many of the ways are the usual ones, and agreement in another is no more than rounding; nought where all are."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The stated figure and the operands of the reading that is shown."""
        return self.stated, *(operand.figure for way in self.ways[:1] for operand in way.operands)

    @property
    def ids(self) -> set[str]:
        """Every figure that a reading of it asks for."""
        return {self.stated.id, *(operand.figure.id for way in self.ways for operand in way.operands)}

    @property
    def is_sum(self) -> bool:
        """Whether it is a plain sum, which amounts seldom make by chance."""
        return bool(self.ways) and self.ways[0].formula is add_up and len(self.ways[0].operands) > 1

    @property
    def key(self) -> object:
        """What relations have in common that say the same of the same figures under two rules."""
        return (self.rule if not self.ways else ""), self.stated.id, self.sign, frozenset(figure.id for figure in self.figures)

    def joined(self, other: Link) -> Link:
        """Both as one relation, which holds where either does."""
        usual = self.usual or len(self.ways)
        return replace(self, ways=(*self.ways, *other.ways), solved=(*self.solved, *other.solved), sure=self.sure or other.sure, usual=usual)

    def state(self, changes: Changes) -> int:
        """The best that any reading makes of it with these figures."""
        if self.bounds is not None and not self.bounds(changes):
            return FAILS
        best = FAILS if self.ways else AGREES
        for number, way in enumerate(self.ways[:MOST_WAYS]):
            least = ROUNDED if 0 < self.usual <= number else AGREES
            best = min(best, max(least, STATES.index(way.again(self.stated, changes, self.sign).verdict)))
            if best == AGREES:
                break
        return best

    def spans(self, figure: Figure, changes: Changes) -> list[tuple[Fraction, Fraction]]:
        """The ranges (base units) that each reading leaves to one of its figures."""
        found = (self._span(way, figure, changes) for way in (*self.ways[:MOST_WAYS], *self.solved))
        return [span for span in found if span is not None]

    def _span(self, way: Way, figure: Figure, changes: Changes) -> tuple[Fraction, Fraction] | None:
        faces = [changes.get(o.figure.id, o.figure).value * o.sign for o in way.operands]
        if figure.id == self.stated.id:
            try:
                value = Fraction(way.formula(*faces)) * self.sign
            except ZeroDivisionError:
                return None
            return value, value
        index = next((i for i, o in enumerate(way.operands) if o.figure.id == figure.id), None)
        if index is None:
            return None
        stated = changes.get(self.stated.id, self.stated)
        low, high = sorted((stated.value + half) * self.sign for half in (-stated.step / 2, stated.step / 2))
        span = solved(way.formula, faces, index, low, high)
        if span is None or way.operands[index].sign > 0:
            return span
        return -span[1], -span[0]


def joined(links: Iterable[Link]) -> dict[object, Link]:
    """The relations, those that say the same of the same figures as one."""
    found: dict[object, Link] = {}
    for link in links:
        known = found.get(link.key)
        found[link.key] = known.joined(link) if known else link
    return found
