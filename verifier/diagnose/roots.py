"""One root, one finding: every error with the figure that is likeliest to be wrong, and its consequences under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from verifier.audit import Cause, Finding
from verifier.diagnose.bases import other_bases
from verifier.diagnose.blame import Suspect, System, best
from verifier.diagnose.links import DOUBTED, ROUNDED, Link
from verifier.diagnose.stakes import Stakes
from verifier.words import cause_of_suspect, like

TOLD = ("wrong_base", "omitted_total", "weight_twice", "wrong_grade")
"""Causes that a rule told from the words; what the system of relations says does not go before them."""
WEIGHED = ("omitted_item", "stale_copy")
"""Causes that a rule told from one relation; others may contradict them."""
SUMS = ("REL-01", "BUD-10", "SCO-10", "WGT-03")
MOST_CAUSES = 3
MOST_ROOTS = 40
"""Of more errors the search goes no further; the others keep what their rules said."""


@dataclass(slots=True)
class Trace:
    """A finding on the way to its root."""

    finding: Finding
    link: Link
    suspects: list[Suspect]
    asked: int
    """How many figures had been put right when the suspects were asked."""
    under: list[Finding] = field(default_factory=list)
    given: dict[str, Figure] = field(default_factory=dict)
    """What had been put right before, by which this finding was judged."""
    following: list[tuple[Link, Figure, Fraction]] = field(default_factory=list)
    """What was worked out from the wrong figure, and what it would come to."""

    @property
    def rank(self) -> tuple[object, ...]:
        """Roots that explain most come first."""
        return self.suspects[0].rank if self.suspects else (1,)


def traced(findings: Sequence[Finding], link_of: Callable[[Finding], Link | None], system: System, stakes: Stakes) -> list[Finding]:
    """The findings with their causes; those that hold once a root is put right stand under it."""
    linked = {id(finding): link for finding in findings if (link := link_of(finding)) and system.now(link) >= DOUBTED}
    open_ = [Trace(finding, linked[id(finding)], _suspects(finding, linked[id(finding)], system), 0) for finding in findings if finding.severity == "error" and id(finding) in linked]
    doubts = [Trace(finding, linked[id(finding)], [], 0) for finding in findings if finding.severity == "warning" and id(finding) in linked and not finding.causes]
    done: dict[int, Trace] = {}
    gone: set[int] = set()
    roots: list[tuple[str, Trace]] = []
    for trace in sorted(open_[:MOST_ROOTS], key=lambda trace: trace.rank):
        if (root := _root_of(trace.link, roots, system)) is not None:
            root.under.append(trace.finding)
            gone.add(id(trace.finding))
            continue
        if trace.asked != len(roots):
            trace.suspects = _suspects(trace.finding, trace.link, system)
        done[id(trace.finding)] = trace
        trace.given = dict(system.right)
        if len(chosen := best(trace.suspects)) == 1:
            trace.following = [(link, link.stated, value) for link in system.put_right(chosen[0]) if (value := _comes_to(link, chosen[0], system)) is not None]
            roots.append((chosen[0].figure.id, trace))
    for finding in findings:
        if finding.severity != "error" and id(finding) in linked and (root := _root_of(linked[id(finding)], roots, system)) is not None:
            root.under.append(finding)
            gone.add(id(finding))
    for doubt in doubts:
        if id(doubt.finding) not in gone:
            doubt.suspects = system.suspects(doubt.link)
            done[id(doubt.finding)] = doubt
    return [_told(done[id(finding)], stakes, system) if id(finding) in done else finding for finding in findings if id(finding) not in gone]


def _root_of(link: Link, roots: list[tuple[str, Trace]], system: System) -> Trace | None:
    """The root whose figure, put right, makes a relation hold."""
    if system.now(link) > ROUNDED:
        return None
    return next((trace for key, trace in reversed(roots) if key in link.ids), None)


def _suspects(finding: Finding, link: Link, system: System) -> list[Suspect]:
    """The figures that may be wrong; where the rule told the cause from the words, only that one."""
    first = finding.causes[0] if finding.causes else None
    own = system.given(link, first.kind) if first and first.kind in (*TOLD, *WEIGHED) and first.figure == link.stated.id else None
    if first and first.kind in TOLD:
        return [own] if own else []
    others = system.suspects(link)
    return sorted([own, *(one for one in others if one.figure is not own.figure)] if own else others, key=lambda one: one.rank)


def _comes_to(link: Link, suspect: Suspect, system: System) -> Fraction | None:
    """What a figure comes to that was worked out from the wrong one and has to be changed with it."""
    spans = link.spans(link.stated, system.right) if link.ways and link.stated.id != suspect.figure.id else []
    return spans[0][0] if spans else None


def _consequence(link: Link, figure: Figure, value: Fraction) -> str:
    """63%相应应为58.70%."""
    more = 2 if figure.kind == "rate" and not figure.decimals else 0
    return f"{link.rule} {figure.text}相应应为{like(value, figure, more)}"


def _told(trace: Trace, stakes: Stakes, system: System) -> Finding:
    finding = trace.finding
    causes = _with_base(trace, system, _causes(trace))
    also = [re.sub(r"\s+", " ", f"{other.rule} {other.where} {other.section}").strip() for other in trace.under]
    following = [_consequence(*one) for one in trace.following]
    figures: list[str] = [*finding.figures, *(key for other in trace.under for key in other.figures)]
    return replace(finding, causes=causes, figures=tuple(dict.fromkeys(figures)), impact=_impact(trace, stakes), also_at=tuple(dict.fromkeys((*finding.also_at, *also, *following))))


def _impact(trace: Trace, stakes: Stakes) -> dict[str, str]:
    """What an error changes, where one figure alone is to blame; else only what its rule knows."""
    if trace.finding.severity != "error" or len(best(trace.suspects)) != 1:
        return trace.finding.impact
    root = trace.suspects[0]
    return {**stakes.of(root.figure, root.new, [(figure, value) for _, figure, value in trace.following]), **trace.finding.impact}


def _crossing(trace: Trace, suspect: Suspect) -> Cause | None:
    """The cell where a row and a column of a table miss by the same amount: one wrong cell, not two wrong totals."""
    found, new = trace.finding, suspect.new
    other = next((other for other in trace.under if other.difference == found.difference and other.figures[0] != found.figures[0]), None)
    if other is None or not {found.rule, other.rule} <= set(SUMS) or suspect.figure.id in (found.figures[0], other.figures[0]):
        return None
    words = f"行、列两个合计均相差{found.difference}，交叉处的{suspect.figure.text}若为{new.text}，两个合计都相符"
    return Cause("crossing_cell", suspect.figure.id, new.text, words)


def _in_words(cause: Cause, trace: Trace, equals: int) -> Cause:
    """The cause with what it rests on: figures that were put right before, and how many others are as good."""
    given = [f"{figure.text}按{trace.given[figure.id].text}计" for figure in trace.link.figures if figure.id in trace.given and figure.id != cause.figure]
    words = [*given, *([f"另有{equals}处改动同样相符，不能确定是哪一处"] if equals else [])]
    return replace(cause, explanation=f"{cause.explanation}（{'；'.join(words)}）") if words else cause


def _with_base(trace: Trace, system: System, causes: tuple[Cause, ...]) -> tuple[Cause, ...]:
    """A rate that no slip explains, and that another amount of the report gives as its base: that one was taken, if it is the only one."""
    stated = trace.link.stated
    if not causes or causes[0].kind != "other_value" or causes[0].figure != stated.id or not trace.link.ways:
        return causes
    bases = other_bases(stated, trace.link.ways[0], system.figures)
    if not bases:
        return causes
    own = trace.link.ways[0].operands[1].figure
    shown = "、".join(base.text for base in bases[:MOST_CAUSES])
    words = f"{stated.text}系以{shown}为分母计算，与{own.text}的口径（{causes[0].suggested}）不一致"
    if len(bases) > 1:
        words = f"以{shown}为分母都得{stated.text}，不能确定取了哪一个；按{own.text}为{causes[0].suggested}"
    return (Cause("wrong_base", stated.id, causes[0].suggested, words), *causes[1:])


def _causes(trace: Trace) -> tuple[Cause, ...]:
    """The likeliest figures first; where the rule told the same figure's slip itself, in its words."""
    own = {cause.figure: cause for cause in trace.finding.causes if cause.kind in (*TOLD, *WEIGHED)}
    found = [own.get(one.figure.id) if one.kind in WEIGHED + TOLD and one.figure.id in own else cause_of_suspect(one) for one in best(trace.suspects)[:MOST_CAUSES]]
    equals = len(best(trace.suspects)) - 1
    causes = [_in_words(cause, trace, equals) for cause in found if cause is not None]
    if len(best(trace.suspects)) == 1 and (crossing := _crossing(trace, trace.suspects[0])):
        causes = [crossing]
    known = {cause.figure for cause in causes} | {one.figure.id for one in trace.suspects if one.broken > trace.suspects[0].broken}
    return (*causes, *(cause for cause in trace.finding.causes if cause.figure not in known))

