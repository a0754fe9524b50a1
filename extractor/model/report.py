"""What a report says: its figures, what each of them is, and what it says adds up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor.model.figure import Figure
from extractor.model.record import record
from extractor.model.table import Table


@record(frozen=True, slots=True)
class Unreadable:
    """Why a file could not be read: a stable code and one plain Chinese sentence that says what to do."""

    code: str
    message: str


class Subject(NamedTuple):
    """What a figure is about.

    ``kind`` is ``budget``, ``indicator``, ``evaluation``, ``staffing``, ``assets`` …; ``name`` tells apart subjects of
    one kind (``department``, ``project:招商引资经费``, ``指标一``); ``year`` is the budget year.
    """

    kind: str
    name: str
    year: int | None


@record(frozen=True, slots=True)
class Fact:
    """One figure with its role: ``field`` is a name of ``extractor.model.fields``."""

    field: str
    figure: Figure
    subject: Subject
    cue: str
    """The words that gave the figure its role."""
    section: int = -1
    """Index into ``Report.sections``; -1 before the first heading."""
    sign: int = 1
    """-1 where the words say that the amount is taken away (调减, 收回)."""
    firm: bool = True
    """False where scope or role was carried over from a distance; such a fact never carries an error by itself."""


@record(frozen=True, slots=True)
class Section:
    """A heading and where its text begins and ends."""

    title: str
    level: int
    start: int
    end: int


def parents(found: list[Section], index: int) -> list[Section]:
    """The headings above one heading, innermost first, itself included."""
    chain: list[Section] = []
    level = 99
    for section in reversed(found[: index + 1]):
        if section.level < level:
            chain.append(section)
            level = section.level
    return chain


Tie = Literal["stated", "likely", "near"]
"""How surely the words name the operands: they leave no choice, they leave little, or the operands only stand nearest."""


@record(frozen=True, slots=True)
class Relation:
    """A relation that the text itself states, whatever its words are about.

    ``stated`` should equal ``formula`` of ``operands`` in this order. Formulas: ``sum``, ``difference`` (a − b),
    ``quotient`` (a ÷ b), ``share`` (part ÷ whole), ``growth`` (a ÷ b − 1), ``decline`` (1 − a ÷ b), ``growth_by``
    (d ÷ (a − d)), ``shrink_by`` (d ÷ (a + d)), ``balance`` (a + b − c), ``product``, ``average`` (sum ÷ number), ``deduction`` (full marks less what
    was taken off), ``number_of`` (``listed`` items are named).
    """

    formula: str
    stated: Figure
    operands: tuple[Figure, ...]
    quote: str
    closed: bool = True
    """False where the list of parts may be incomplete (a bare 其中, 等, 主要)."""
    listed: tuple[str, ...] = ()
    tie: Tie = "likely"
    cue: str = ""
    """The words before the stated figure."""
    others: tuple[tuple[str, tuple[Figure, ...]], ...] = ()
    """Further readings (formula, operands) that the words allow; any one of them that holds is the writer's."""
    rule: str = ""
    """The code of the rule that the relation is checked under, where its place in a table tells it."""
    table: bool = False
    """Whether rows and columns join the figures, not words: then no other figures can be meant."""


@dataclass(slots=True)
class Indicator:
    """One 绩效指标 with everything the report says of it. Figures are also in ``Report.facts``."""

    key: str
    name: str
    start: int
    end: int
    section: int
    level1: str | None = None
    level2: str | None = None
    target: Figure | None = None
    target_revised: Figure | None = None
    midyear: Figure | None = None
    actual: Figure | None = None
    completion_rate: Figure | None = None
    weight: Figure | None = None
    score: Figure | None = None
    reason: str | None = None
    measure: str | None = None
    table: bool = False
    """Whether it is a row of a table, so that which of its values is which is beyond doubt."""
    apart: tuple[Figure, int] | None = None
    """By how much the actual value is over (+1) or under (-1) its target, where only that is said (超过目标200册)."""
    partial: bool = False
    """Whether the actual value is that of a part of the year (上半年, 年中监控)."""
    actual_name: str | None = None
    """What the report says was measured, where it names it (本次评价受益人员满意度100%)."""


@dataclass(slots=True)
class Grade:
    """A grade in the report's words, where it stands, and the score that its sentence gives it for."""

    word: str
    start: int
    end: int
    score: Figure | None = None


LONGEST_VALUE = 40
"""A cell of more signs holds sentences."""
STOPS = re.compile(r"[。；;\n]")


@lru_cache(4)
def _stops(text: str) -> list[int]:
    """Where the sentences and items of a report end; every figure's quotation asks for them."""
    return [match.start() for match in STOPS.finditer(text)]


@dataclass(slots=True)
class Evaluation:
    """One self-evaluation that stands in tables: a project's or the department's, with its own figures and checks."""

    name: str
    start: int
    end: int
    facts: list[Fact] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    full_marks: Figure | None = None
    """The weight that its row of totals prints."""
    group_marks: list[Figure] = field(default_factory=list)
    """Full marks that its first-level groups print."""
    named: set[str] = field(default_factory=set)
    """Figures of sentences elsewhere that name this evaluation's project, by id."""
    totals: list[Figure] = field(default_factory=list)
    """The total scores that its rows of totals print."""


Status = Literal["ok", "unreadable"]


@dataclass(slots=True)
class Report:
    """Everything that was read from one file."""

    path: str
    sha256: str
    format: str
    pages: int
    status: Status = "ok"
    error: Unreadable | None = None
    title: str | None = None
    unit_name: str | None = None
    fiscal_year: int | None = None
    kind: str = "unknown"
    text: str = ""
    """The joined, normalised text that all offsets point into."""
    sections: list[Section] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    """The self-evaluations that stand in tables. The facts and indicators of a single one are the report's own."""
    grade: Grade | None = None
    """The grade of the whole."""
    grades: list[Grade] = field(default_factory=list)
    """Every grade that the report gives, those of single projects too."""
    scheme: dict[str, object] = field(default_factory=dict)
    """What the report itself declares of its scoring scheme (grade bands, 尾差 clause)."""
    notes: list[str] = field(default_factory=list)
    """What the reader wants a person to know (hidden text, a damaged page)."""
    _starts: list[int] = field(default_factory=list, init=False, repr=False, compare=False)
    """Where each section begins: every figure asks for its own."""
    _quoted: dict[tuple[int, int], str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Rows of tables as they are quoted, by table and row: every figure of a row is."""

    def quote(self, start: int, end: int, reach: int = 0) -> str:
        """The words from ``start`` to ``end``, widened to the sentence where ``reach`` allows it."""
        if not reach:
            return self.text[start:end].strip()
        if row := self.row_at(start):
            return row
        stops = _stops(self.text)
        before, after = bisect_left(stops, start) - 1, bisect_left(stops, end)
        left = max(0, start - reach)
        if before >= 0 and stops[before] >= left:
            left = stops[before] + 1
        right = min(len(self.text), end + reach)
        if after < len(stops) and stops[after] < right:
            right = stops[after] + 1
        return self.text[left:right].strip()

    def row_at(self, at: int) -> str:
        """The cells of the table row that holds ``at``, for a quotation; nothing for a cell that holds sentences, or outside tables."""
        table = next((table for table in self.tables if table.start <= at < table.end), None)
        cell = table.holding(at) if table else None
        if table is None or cell is None or cell.end - cell.start > LONGEST_VALUE:
            return ""
        row = table.start, cell.row
        if row not in self._quoted:
            words = [self.text[one.start : min(one.end, one.start + LONGEST_VALUE)].strip().replace("\n", "") for one in table.row(cell.row)]
            self._quoted[row] = "｜".join([word for word in words if word])
        return self._quoted[row]

    def section_of(self, offset: int) -> str:
        """The title of the innermost heading above ``offset``."""
        if len(self._starts) != len(self.sections):
            self._starts = [section.start for section in self.sections]
        index = bisect_right(self._starts, offset) - 1
        return self.sections[index].title if index >= 0 else ""
