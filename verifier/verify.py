"""The whole verification on one screen: a report in, an audit out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.model.books import BookLine
from extractor.model.report import Report
from verifier.audit import SEVERITIES, Audit
from verifier.case import Case
from verifier.diagnose.habits import habitual
from verifier.engine import Book, equality
from verifier.fold import folded
from verifier.ledger import ledger
from verifier.outcome import Outcome
from verifier.rule import Rule, load
from verifier.rules.consistency import repeats
from verifier.schemes import scheme as scheme_of
from verifier.views import OF_ONE, single, whole


def verify(
    report: Report, scheme: str | None = None, unconfirmed: frozenset[str] = frozenset(), books: tuple[BookLine, ...] = ()
) -> Audit:
    """Recomputes every figure of ``report``.

    ``scheme`` is an id of ``perfeval schemes`` (``KeyError`` for an unknown one). ``unconfirmed`` are ids of figures
    that a second reading engine read differently; they carry no error. ``books`` is what the bureau's own books say of
    the unit; the TIE rules hold the report against it.
    """
    chosen = scheme_of(scheme)
    audit = Audit(report, chosen.id)
    if report.status != "ok":
        return audit
    settings = {**chosen.settings, **report.scheme}
    case = Case(whole(report), settings, unconfirmed, books)
    rules = load()
    book = Book(case, rules)
    active = [rule for rule in rules.values() if rule.status == "active" and rule.function is not None]
    for rule in active:
        book.enter(_run(case, rule))
    book.enter(repeats(case, book.checks))
    for one, view in single(report):
        book.case = Case(view, settings, unconfirmed)
        for rule in active:
            if rule.code.startswith(OF_ONE):
                book.enter(_named(one.name, _run(book.case, rule)))
        book.enter(_named(one.name, repeats(book.case, book.checks)))
        case.by_figure.update(book.case.by_figure)
    book.vouch()
    book.case = case
    book.blame()
    book.unique()
    audit.checks = book.checks
    figures = {figure.id: figure for figure in report.figures}
    found = habitual(folded(book.findings, figures), audit.checks, figures)
    audit.findings = sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.page or 0, f.rule, f.id))
    audit.ledger = ledger(case, audit)
    return audit


def _named(name: str, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes of one of several evaluations, each with its name before its message."""
    for outcome in outcomes:
        if outcome.message and name:
            outcome.message = f"“{name}”：{outcome.message}"
            outcome.key = (*outcome.key, name)
        yield outcome


def _run(case: Case, rule: Rule) -> Iterator[Outcome]:
    """A rule that raises is our bug: it becomes one entry under its code, and the others go on."""
    assert rule.function is not None
    try:
        yield from equality(case, rule) if rule.states else rule.function(case)
    except Exception as error:  # whatever a rule raises must not cost the report its other checks
        yield Outcome(
            rule.code, (), "info", f"规则{rule.code}运行出错（{type(error).__name__}），本条未核对，请把报告反馈给开发者。",
            "unchecked", reason=f"规则运行出错：{error}", key=("crash",),
        )  # fmt: skip
