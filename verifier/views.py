"""A report with several self-evaluations, looked at one evaluation at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractor.model.report import Evaluation, Fact, Report

OF_ONE = ("BUD-", "RAT-", "SCO-", "WGT-", "IND-")
"""Families of rules that look at one evaluation; the others look at the whole report."""


def whole(report: Report) -> Report:
    """What belongs to no single evaluation: the narrative around the tables, and all that the text states."""
    if len(report.evaluations) < 2:
        return report
    return replace(report, facts=[fact for fact in report.facts if not any(_inside(fact, one) for one in report.evaluations)])


def single(report: Report) -> Iterator[tuple[Evaluation, Report]]:
    """Each of several evaluations as a report of its own: the facts and indicators of its tables, and what its cells say."""
    for one in report.evaluations if len(report.evaluations) > 1 else ():
        spoken = [fact for fact in report.facts if _inside(fact, one)]
        yield one, replace(report, facts=[*one.facts, *spoken], indicators=one.indicators, relations=[], grades=[], grade=None)


def _inside(fact: Fact, one: Evaluation) -> bool:
    return one.start <= fact.figure.start < one.end or fact.figure.id in one.named
