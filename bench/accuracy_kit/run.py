"""One template from the drawing to the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.accuracy_kit.errors import Error, Judge, chosen, detectable, errors, pairs
from bench.accuracy_kit.measure import Reading, found, reading
from bench.accuracy_kit.results import Case, Results
from bench.accuracy_kit.template import Template, Written, written

CLEAN = {"text": 8, "html": 8}
CLEAN_OF_OTHERS = 2
"""So many clean reports of every template and kind of file; the dearer kinds have fewer."""
EACH = {"text": 2, "html": 2}
"""So many errors of every kind in a report; in files of other kinds fewer, since they cost more time."""
FEW = 14
"""So many errors in a report of the dearer kinds of file."""
PAIRS = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for."""

    seed: int
    kinds: tuple[str, ...]
    folder: Path


def kinds_of(template: Template, kinds: Sequence[str]) -> list[str]:
    """The kinds of file that a template is printed as: tables are no plain text, sentences no workbook."""
    return [kind for kind in kinds if kind != ("text" if template.has_tables else "xlsx")]


def run(template: Template, plan: Plan, results: Results) -> None:
    """Counts everything of one template."""
    for kind in kinds_of(template, plan.kinds):
        folder = plan.folder / template.part / template.name / kind
        first: Reading | None = None
        for copy in range(CLEAN.get(kind, CLEAN_OF_OTHERS)):
            report = written(template, f"{plan.seed}:{copy}")
            clean = reading(report, kind, folder / f"clean{copy}")
            results.clean(template, kind, clean, folder / f"clean{copy}")
            first = first or clean
        if first is not None and template.part != "traps":
            plant(template, kind, first, plan, results)


def plant(template: Template, kind: str, clean: Reading, plan: Plan, results: Results) -> None:
    """Plants errors in one report, one and two at a time."""
    random = Random(f"{plan.seed}:{template.name}:errors")
    every = errors(clean.written, random)
    judge = Judge(clean.written)
    some = chosen(every, EACH.get(kind, 1), random)
    if kind not in EACH:
        some = random.sample(some, min(FEW, len(some)))
    two_at_a_time = pairs(every, PAIRS if kind in EACH else 2, random)
    for error in [*some, *(one for two in two_at_a_time for one in two)]:
        judge.pin(error)
    for number, one in enumerate(some):
        _try(template, kind, clean, (one,), plan, f"e{number:03}", results)
    for number, two in enumerate(two_at_a_time):
        _try(template, kind, clean, two, plan, f"p{number:03}", results)


def _try(template: Template, kind: str, clean: Reading, planted: tuple[Error, ...], plan: Plan, name: str, results: Results) -> None:
    changes = {i: words for error in planted for i, words in error.changes.items()}
    report: Written = clean.written.having(changes)
    path = plan.folder / template.part / template.name / kind / name
    after = reading(report, kind, path)
    # What the clean report drew as well says nothing of the planted error, even where it now quotes the changed figure.
    known = {(finding.rule, finding.severity, finding.figures) for finding in clean.audit.findings}
    after.audit.findings = [finding for finding in after.audit.findings if (finding.rule, finding.severity, finding.figures) not in known]
    for error in planted:
        results.add(Case(template, kind, found(error, clean.written, after), detectable(error), len(planted), clean.written, path))
