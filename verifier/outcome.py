"""What a rule says of one figure, before it is a check or a finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from extractor.model.figure import Figure
from verifier.audit import Cause, Severity
from verifier.judge import Judgement, Way


@dataclass(slots=True)
class Outcome:
    """What a rule says of one figure, before it is a check or a finding."""

    rule: str
    figures: tuple[Figure, ...]
    severity: Severity | None = None
    message: str = ""
    verdict: str = "consistent"
    recomputed: str | None = None
    stated: str | None = None
    difference: str | None = None
    formula: str = ""
    reading: str = ""
    reason: str | None = None
    tried: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    impact: dict[str, str] = field(default_factory=dict)
    key: tuple[object, ...] = ()
    title: str | None = None
    section_at: int | None = None
    quote_span: tuple[int, int] | None = None
    local: bool = False
    """Whether the sentence itself joins the figures, so that a figure that holds here is not accused from afar."""
    table: bool = False
    """Whether the rows and columns of a table join the figures, so that no other relation can take the accusation back."""
    certain: bool = False
    """Whether the words leave no choice of operands, so that another relation which gives the stated figure leaves the error to the others."""
    judgement: Judgement | None = None
    """How the stated figure was judged, for the search for the wrong figure."""
    ways: tuple[Way, ...] = ()
    """Every lawful reading, where there are more than that of ``judgement``; the first is the one that is shown."""
    solved: tuple[Way, ...] = ()
    """The same without caps, where a cap hides what a figure would have to be."""
    usual: int = 0
    """So many of the ways are the usual ones; nought where all are."""
    whole: Figure | None = None
    """What the ways should come to, where it is no figure of the report (100分)."""
    bounds: Callable[[Mapping[str, Figure]], bool] | None = None
    """Whether all is well with some figures printed otherwise, where nothing can be solved (a grade)."""
    sign: int = 1
    """-1 where the stated figure is printed without the minus that its words give it."""
    proven: bool = False
    """Whether an error was shown by the words or by a repair, and needs no further doubt."""
