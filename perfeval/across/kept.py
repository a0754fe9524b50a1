"""What is kept of a submission while the pile is looked at: a few kilobytes, so that tens of thousands fit into memory."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from extractor.model.figure import Figure
from perfeval.across.amounts import long_amounts
from perfeval.across.submission import Submission

PLAIN_FIELDS = ("original_budget", "revised_budget", "expenditure_outturn", "carryover_in", "carryover_out", "execution_rate_revised")
"""The department's own figures that peers, departments and years are compared by."""
FAST = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """Weight and score of one indicator."""

    name: str
    weight: Figure
    score: Figure | None


@dataclass(frozen=True, slots=True)
class Kept:
    """One report of the pile, its text packed."""

    key: str
    unit: str
    department: str
    year: int | None
    kind: str
    packed: bytes
    length: int
    stated: Mapping[str, Figure]
    """Figures of the whole department in the report's year, those that the report gives one value only."""
    marks: tuple[Mark, ...]
    amounts: Mapping[int, str]
    """Long amounts: value in hundredths of a 元 → as printed."""

    @property
    def text(self) -> str:
        """The report's text."""
        return zlib.decompress(self.packed).decode("utf-8", "surrogatepass")

    @property
    def who(self) -> str:
        """Whose report it is, as far as is known: the unit, else the file itself."""
        return self.unit or self.key

    @property
    def named(self) -> str:
        """Unit and file for a sentence."""
        return f"{self.unit}（{self.key}）" if self.unit else f"“{self.key}”"


def kept(submission: Submission) -> Kept:
    """What the comparisons need of a submission."""
    document = submission.document
    report = document.get("report") or {}
    printed = {figure["id"]: _figure(figure) for figure in document.get("figures", ()) if figure["value"] is not None}
    return Kept(
        submission.key, submission.unit, submission.department, submission.year, document.get("kind", "unknown"),
        zlib.compress(submission.text.encode("utf-8", "surrogatepass"), FAST), len(submission.text),
        _stated(report, submission.year, printed), _marks(report, printed), long_amounts(submission.text, list(printed.values())),
    )  # fmt: skip


def _figure(given: Mapping[str, Any]) -> Figure:
    high = given.get("high")
    return Figure(
        given["id"], given["text"], Decimal(given["value"]), given["unit"], given["decimals"], given["kind"], 0, 0,
        given.get("comparator"), given.get("hedge"), Decimal(high) if high else None, given.get("doubt"),
    )  # fmt: skip


def _stated(report: Mapping[str, Any], year: int | None, printed: Mapping[str, Figure]) -> dict[str, Figure]:
    """A field with two values that differ is left out: which of them is the department's is not for us to say."""
    chosen: dict[str, Figure] = {}
    for line in report.get("budget", ()):
        if line["scope"] != "department" or line["year"] not in (year, None):
            continue
        for name in PLAIN_FIELDS:
            values = [printed[value["figure"]] for value in line["fields"].get(name, ()) if value["figure"] in printed]
            if values and len({value.value for value in values}) == 1 and not values[0].doubt:
                chosen.setdefault(name, values[0])
    return chosen


def _marks(report: Mapping[str, Any], printed: Mapping[str, Figure]) -> tuple[Mark, ...]:
    marks = []
    for indicator in report.get("indicators", ()):
        weight, score = ((printed.get(value["figure"]) if value else None) for value in (indicator["weight"], indicator["score"]))
        if weight is not None:
            marks.append(Mark(indicator["name"], weight, score))
    return tuple(marks)
