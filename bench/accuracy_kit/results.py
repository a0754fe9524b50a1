"""Counts, and the page that shows them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.accuracy_kit.errors import HABITS
from bench.accuracy_kit.files import suffix
from bench.accuracy_kit.measure import Found, Reading
from bench.accuracy_kit.template import NUMBER, PARTS, Template, Written


@dataclass(frozen=True, slots=True)
class Case:
    """One planted error in one file."""

    template: Template
    kind: str
    found: Found
    detectable: bool
    together: int
    """How many errors were planted in the file."""
    clean: Written
    path: Path


@dataclass(slots=True)
class Reads:
    """What was read of clean reports."""

    reports: int = 0
    false: int = 0
    figures: int = 0
    read: int = 0
    claims: int = 0
    checked: int = 0
    seconds: float = 0


@dataclass(slots=True)
class Results:
    """All counts."""

    cases: list[Case] = field(default_factory=list)
    reads: dict[tuple[str, str, str], Reads] = field(default_factory=lambda: defaultdict(Reads))
    false: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    """Errors on clean reports: the first of each sort, and the kinds of file of all."""

    def clean(self, template: Template, kind: str, reading: Reading, path: Path) -> None:
        """Counts a clean report."""
        one = self.reads[template.part, template.name, kind]
        coverage = reading.audit.coverage
        one.reports += 1
        one.false += len(reading.errors)
        one.figures += sum(piece.is_number for piece in reading.written.pieces)
        one.read += len(reading.figures)
        one.claims += coverage["figures"] - coverage["not_a_claim"]
        one.checked += coverage["figures"] - coverage["not_a_claim"] - coverage["unchecked"]
        one.seconds += reading.seconds
        for finding in reading.errors:
            key = f"{template.part}/{template.name} {finding.rule} {NUMBER.sub('#', finding.message)}"
            said = f"{finding.message} 〔{finding.quote[:120]}〕 {path.with_suffix(suffix(kind))}".replace("\n", "⏎")
            self.false.setdefault(key, (said, []))[1].append(kind)

    def add(self, case: Case) -> None:
        """Counts a planted error."""
        self.cases.append(case)

    def missed(self) -> list[str]:
        """What should have been found, grouped by template and kind of error; the same miss in several kinds of file once."""
        lost = sorted((case for case in self.cases if case.detectable and not case.found.seen), key=lambda case: (case.template.part, case.template.name, case.found.error.kind))
        lines: dict[str, list[Case]] = {}
        for case in lost:
            lines.setdefault(described(case), []).append(case)
        return [f"{line} [{' '.join(dict.fromkeys(case.kind for case in cases))}] {cases[0].path.with_suffix(suffix(cases[0].kind))}" for line, cases in lines.items()]

    def wrongly(self) -> list[str]:
        """What was found and can only be one figure, but draws another cause or another value."""
        lost = [case for case in self.cases if case.detectable and case.found.seen and case.found.error.pinned and not case.found.mended]
        lost.sort(key=lambda case: (case.found.error.kind, case.template.part, case.template.name))
        said = (f"{'value' if case.found.blamed else 'cause'} {described(case)} ⇒ {case.found.said} {case.path.with_suffix(suffix(case.kind))}" for case in lost)
        return list(dict.fromkeys(said))

    def falsely(self) -> list[str]:
        """Errors on clean reports, a line for each sort."""
        return [f"{key.split()[0]} {key.split()[1]} ×{len(kinds)} [{' '.join(dict.fromkeys(kinds))}] {said}" for key, (said, kinds) in self.false.items()]


def described(case: Case) -> str:
    """A missed error on one line: where, what became what, in which words, and what it breaks."""
    error, pieces = case.found.error, case.clean.pieces
    before = "".join(piece.words for piece in pieces[max(0, error.at - 4) : error.at])[-30:]
    after = "".join(piece.words for piece in pieces[error.at + 1 : error.at + 3])[:14]
    broken = "; ".join(f"{relation.stated or ''}={relation.formula}" for relation in error.broken)
    changed = " ".join(f"{pieces[i].words[:16]}→{words[:16]}" for i, words in error.changes.items())
    together = " (one of two)" if case.together > 1 else ""
    said = case.found.severity or "nothing"
    return f"{case.template.part}/{case.template.name} [{error.kind}]{together} said {said}: …{before}【{changed}】{after}… ({broken or 'repeat'})".replace("\n", "⏎")


def share(part: int, whole: int) -> str:
    """A share as per cent, with what it is a share of."""
    return f"{part / whole:.1%} ({part}/{whole})" if whole else "–"


def counted(cases: Iterable[Case]) -> list[str]:
    """Recall, cause and repair of some planted errors."""
    able = [case for case in cases if case.detectable]
    pinned = [case for case in able if case.found.error.pinned]
    blamed, mended = sum(case.found.blamed for case in pinned), sum(case.found.mended for case in pinned)
    told = sum(case.found.seen for case in pinned)
    return [
        share(sum(case.found.seen for case in able), len(able)),
        share(blamed, len(pinned)), share(mended, len(pinned)), f"{share(blamed, told).partition(' ')[0]}, {share(mended, told).partition(' ')[0]}",
    ]  # fmt: skip


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    """A table of Markdown."""
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


PLANTED = ["recall", "first cause right, where pinned down", "repair exact, where pinned down", "both, of those found"]
READ = ["clean reports", "false errors", "figures read", "claims checked", "ms a report"]


def reads(results: Results, wanted: Callable[[tuple[str, str, str]], bool]) -> list[str]:
    """What was read of the clean reports that are wanted."""
    some = [one for key, one in results.reads.items() if wanted(key)]
    reports = sum(one.reports for one in some)
    return [
        str(reports), str(sum(one.false for one in some)), share(sum(one.read for one in some), sum(one.figures for one in some)),
        share(sum(one.checked for one in some), sum(one.claims for one in some)),
        f"{1000 * sum(one.seconds for one in some) / max(reports, 1):.0f}",
    ]  # fmt: skip


INTRODUCTION = """# Accuracy on generated reports

Written by `make bench` (`python bench/accuracy.py --write docs/accuracy.md`). Reports are written from templates whose every figure
is known; one or two figures are changed, and perfeval reads and verifies the files. *Recall*: of the planted errors that the report
as printed contradicts, how many draw an error that involves the changed figure or one that it no longer agrees with (kinds that come
close to a lawful reading need only be mentioned, see `LEAST` in `bench/accuracy_kit/errors.py`); what was not read counts as missed.
*Pinned down*: the other relations leave no other single figure to blame. Traps are lawful reports that look wrong.
"""


def markdown(results: Results) -> str:
    """The page."""
    parts = [part for part in PARTS if any(key[0] == part for key in results.reads)]
    blocks = [INTRODUCTION]
    blocks += ["## By part", "", table(["part", *PLANTED, *READ], ([part, *counted(_of(results, part)), *reads(results, lambda key, part=part: key[0] == part)] for part in parts)), ""]
    for part in parts:
        cases = _of(results, part)
        names = sorted({key[1] for key in results.reads if key[0] == part})
        files = sorted({key[2] for key in results.reads if key[0] == part})
        blocks += [f"## {part.capitalize()}: by kind of file", "", table(["file", *PLANTED, *READ], (
            [file, *counted(case for case in cases if case.kind == file), *reads(results, lambda key, file=file, part=part: key[0] == part and key[2] == file)] for file in files
        )), ""]  # fmt: skip
        blocks += [f"## {part.capitalize()}: by template", "", table(["template", *PLANTED, *READ], (
            [name, *counted(case for case in cases if case.template.name == name), *reads(results, lambda key, name=name, part=part: key[0] == part and key[1] == name)] for name in names
        )), ""]  # fmt: skip
        if cases:
            blocks += [f"## {part.capitalize()}: by kind of error", "", by_error(cases), ""]
    return "\n".join(blocks)


def _of(results: Results, part: str) -> list[Case]:
    return [case for case in results.cases if case.template.part == part]


def by_error(cases: list[Case]) -> str:
    """One row a kind of error; those planted two at a time and those that the report does not contradict stand below."""
    kinds = Counter(case.found.error.kind for case in cases)
    rows = [[kind, *counted(case for case in cases if case.found.error.kind == kind and case.together == 1)] for kind in sorted(kinds)]
    rows.append(["two at a time", *counted(case for case in cases if case.together == 2)])
    hidden = [case for case in cases if not case.detectable]
    habits = [case for case in hidden if case.found.error.kind in HABITS]
    others = [case for case in hidden if case.found.error.kind not in HABITS]
    rows.append(["lawful habits (digits cut, whole points): said in some way", share(sum(bool(case.found.severity) for case in habits), len(habits)), "", "", ""])
    rows.append(["lawful habits called an error", share(sum(case.found.severity == "error" for case in habits), len(habits)), "", "", ""])
    rows.append(["changes that nothing printed contradicts, called an error", share(sum(case.found.severity == "error" for case in others), len(others)), "", "", ""])
    return table(["error", *PLANTED], rows)
