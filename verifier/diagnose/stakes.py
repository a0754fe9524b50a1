"""What a wrong figure changes: money, the points of the total, and its grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.model.exact import Fraction
from extractor.model.figure import Figure, scale
from verifier.grades import grade_of
from verifier.words import decimal

SCORES = ("execution_score", "self_score")


@dataclass(frozen=True, slots=True)
class Stakes:
    """What a report's total rests on: which figures are scores, the total, and the bounds of its grades."""

    roles: Mapping[str, str]
    total: Figure | None
    bands: Mapping[str, int]

    def of(self, wrong: Figure, right: Figure, following: Sequence[tuple[Figure, Fraction]]) -> dict[str, str]:
        """The stakes of one figure put right, with what was worked out from it and its values."""
        found: dict[str, str] = {}
        if wrong.kind == "amount":
            found["money"] = _signed((right.value - wrong.value) / scale(right.unit), max(wrong.decimals, right.decimals)) + right.unit
        moved = self._moved(wrong, right, following)
        if self.total is None or not moved:
            return found
        total = self.total.value + moved
        found["points"], found["total"] = _signed(moved, 2), decimal(total, 2)
        found["grade"] = f"{self._grade(self.total.value)}→{self._grade(total)}"
        return found

    def _moved(self, wrong: Figure, right: Figure, following: Sequence[tuple[Figure, Fraction]]) -> Fraction:
        """By how much the total moves: as it is wrong itself, as it follows, or by the scores that follow."""
        if self.total is None:
            return Fraction(0)
        if wrong.value == self.total.value and self.roles.get(wrong.id) == "total_score":
            return right.value - wrong.value
        direct = [value - figure.value for figure, value in following if self.roles.get(figure.id) == "total_score"]
        scores = [value - figure.value for figure, value in following if self.roles.get(figure.id) in SCORES]
        return direct[0] if direct else sum(scores, Fraction(0))

    def _grade(self, total: Fraction) -> str:
        return grade_of(total, dict(self.bands))


def _signed(value: Fraction, decimals: int) -> str:
    shown = decimal(value, decimals)
    return shown if value < 0 else f"+{shown}"
