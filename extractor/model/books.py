"""What the bureau's own books say of a unit: amounts with the same roles that a report's figures have."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.model.figure import Figure


@dataclass(frozen=True, slots=True)
class BookLine:
    """One amount of a ledger, of a unit as a whole: ``scope`` and ``field`` are names of ``extractor.model.fields``."""

    unit: str
    """The unit as the ledger calls it."""
    year: int
    scope: str
    field: str
    figures: tuple[Figure, ...]
    """One cell, or those of all units of a department, to be added up."""
    source: str
    """Where a person would look it up: 决算.xlsx 部门决算!E4."""

    @property
    def printed(self) -> str:
        """The amount as the ledger prints it."""
        return "＋".join(figure.text for figure in self.figures)
