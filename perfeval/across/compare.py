"""Everything that only the pile as a whole can show, on one screen."""

from __future__ import annotations

from collections.abc import Iterable

from perfeval.across.alike import alike
from perfeval.across.books import books
from perfeval.across.finding import AcrossFinding
from perfeval.across.kept import Kept, kept
from perfeval.across.peers import outliers
from perfeval.across.residue import residue
from perfeval.across.same_figures import same_figures
from perfeval.across.season import Season
from perfeval.across.submission import Roster, Submission
from verifier.audit import SEVERITIES

NO_ROSTER = Roster()


def across(
    submissions: Iterable[Submission], roster: Roster = NO_ROSTER, templates: Iterable[str] = (), before: Iterable[Submission] = ()
) -> list[AcrossFinding]:
    """Findings over all reports, the gravest first, the same whatever the order of the reports.

    The submissions are read once and only a few kilobytes of each are kept. ``templates`` are texts that the bureau gave
    out itself; the season's template is learned from the pile either way. ``before`` are reports of earlier years, whose balances
    must go on; nothing else is asked of them.
    """
    pile = _sorted(submissions)
    findings = [
        *alike(Season(pile, templates), roster), *same_figures(pile, roster), *residue(pile, roster), *outliers(pile), *books(pile, roster, _sorted(before)),
    ]  # fmt: skip
    return sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.rule, one.keys, one.id))


def _sorted(submissions: Iterable[Submission]) -> list[Kept]:
    return sorted((kept(one) for one in submissions), key=lambda one: (one.key, one.unit, one.year or 0))
