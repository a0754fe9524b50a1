"""The facts of one report in the order that rules ask for them."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extractor.model.books import BookLine
from extractor.model.fields import SCOPES
from extractor.model.figure import Figure
from extractor.model.report import Fact, Report, Subject
from verifier.judge import Operand

PREFIXES = tuple(sorted(SCOPES, key=len, reverse=True))
PLACE_IN_NAME = re.compile(r"@\d+")
"""Names of subjects that stand several times are told apart by where they stand, which is no part of what they are."""
FIGURE = re.compile(r"\d[\d,.]*(?:亿元|万元|千元|元|%|‰)?|[\s,，。.;；:：]")
TOLD = 60
"""Signs. Quotations are cut at a length that counts figures too, so that only their beginning can be compared."""
MAX_CANDIDATES = 4
"""So many different values of one operand are tried; a field printed in more versions is a case for CON-01."""


@cache
def _scope_of(name: str) -> tuple[str, str]:
    """The scope and the field of a name such as ``basic_revised_budget``; no scope where it names none."""
    return next(((prefix, name[len(prefix) + 1 :]) for prefix in PREFIXES if name.startswith(prefix + "_")), ("", name))


@dataclass(slots=True)
class Case:
    """A report with its facts by subject and field, and the ids of figures that two engines read differently."""

    report: Report
    scheme: dict[str, object]
    unconfirmed: frozenset[str] = frozenset()
    books: tuple[BookLine, ...] = ()
    """What the bureau's own books say of the unit, where they are at hand."""
    facts: dict[Subject, dict[str, list[Fact]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    by_figure: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))

    memo: dict[int, Any] = field(default_factory=dict)
    """What rules worked out of an object of the report, by its identity: several of them ask the same."""

    def __post_init__(self) -> None:
        for fact in self.report.facts:
            self.facts[fact.subject][fact.field].append(fact)
            self.by_figure[fact.figure.id].append(fact)

    def subjects(self, kind: str) -> list[Subject]:
        """All subjects of one kind."""
        return [subject for subject in self.facts if subject.kind == kind]

    def stated(self, subject: Subject, name: str) -> list[Fact]:
        """All mentions of one field of one subject; ``basic_revised_budget`` asks the 基本支出 of the same year."""
        found = self.facts.get(subject, {}).get(name)
        if found:
            return found
        prefix, rest = _scope_of(name)
        if prefix:
            return self.facts.get(subject._replace(name=prefix), {}).get(rest, [])
        if name.startswith("previous_"):
            if subject.year is None:
                return []
            return self.facts.get(subject._replace(year=subject.year - 1), {}).get(name[9:], [])
        return []

    def own(self, subject: Subject, name: str) -> list[Fact]:
        """All mentions of a field that are of the subject itself: ``basic_revised_budget`` may also be told as the revised budget of 基本支出."""
        facts = self.facts.get(subject, {})
        prefix, rest = _scope_of(name)
        return facts.get(name) or (facts.get(rest, []) if prefix == subject.name else [])

    def operands(self, subject: Subject, name: str, near: Figure) -> list[Operand]:
        """The different values of a field, the one printed nearest to ``near`` first; doubtful ones last."""
        found: dict[tuple[object, int], Fact] = {}
        mentions = sorted(
            self.stated(subject, name), key=lambda fact: (fact.figure.doubt is not None, abs(fact.figure.start - near.start))
        )
        for fact in mentions:
            key = (fact.figure.value.as_integer_ratio() if fact.figure.number is not None else fact.figure.id, fact.sign)
            if fact.figure.id != near.id:
                found.setdefault(key, fact)
        return [Operand(fact.figure, fact.sign) for fact in list(found.values())[:MAX_CANDIDATES]]

    def first(self, subject: Subject, name: str) -> Fact | None:
        """The first readable mention of a field."""
        return next((fact for fact in self.stated(subject, name) if fact.figure.number is not None), None)

    def department(self) -> Subject:
        """The department's budget of the report's year."""
        return Subject("budget", "department", self.report.fiscal_year)

    def finding_id(self, rule: str, *facts: object) -> str:
        """An id that stays the same when a corrected file is sent again: of the unit, the rule and the fact, never of a place."""
        named = [PLACE_IN_NAME.sub("", str(fact)) for fact in facts]
        words = "|".join([self.report.unit_name or "", str(self.report.fiscal_year), rule, *named])
        return hashlib.sha1(words.encode("utf-8", "backslashreplace"), usedforsecurity=False).hexdigest()[:12]


def told(words: str) -> str:
    """What a sentence says without its figures: the part of it that a correction leaves alone.

    >>> told("项目支出1,035.77万元,占支出总额的45.03%")
    '项目支出占支出总额的'
    """
    return FIGURE.sub("", words)[:TOLD]
