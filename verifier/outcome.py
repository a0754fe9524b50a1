"""What a rule says of one figure, before it is a check or a finding."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.model.figure import Figure
from verifier.audit import Cause, Severity
from verifier.judge import Judgement


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
    interval: tuple[str, str] | None = None
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
    sign: int = 1
    """-1 where the stated figure is printed without the minus that its words give it."""
    proven: bool = False
    """Whether an error was shown by the words or by a repair, and needs no further doubt."""
