"""What perfeval makes of a generated report: which figures it read, which errors it found, and what it says of them."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path

from bench.accuracy_kit.errors import Error
from bench.accuracy_kit.files import file_of, suffix
from bench.accuracy_kit.template import NUMBER, Written
from extractor.model.report import Report
from extractor.read import read_report
from verifier.audit import SEVERITIES, Audit, Finding
from verifier.verify import verify


@dataclass(slots=True)
class Reading:
    """A report as perfeval read it. ``figures`` are the ids of the figures that each piece became."""

    written: Written
    report: Report
    audit: Audit
    seconds: float
    figures: dict[int, str] = field(default_factory=dict)

    @property
    def errors(self) -> list[Finding]:
        """The findings that say that something is wrong."""
        return [finding for finding in self.audit.findings if finding.severity == "error"]

    def at(self, pieces: Sequence[int]) -> set[str]:
        """The figures of these pieces."""
        return {self.figures[i] for i in pieces if i in self.figures}


def reading(written: Written, kind: str, path: Path) -> Reading:
    """Writes the report to ``path`` as a file of this kind, reads and verifies it."""
    target = path.with_suffix(suffix(kind))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file_of(written.text, kind))
    began = time.perf_counter()
    report = read_report(target)
    audit = verify(report)
    done = Reading(written, report, audit, time.perf_counter() - began)
    done.figures = aligned(written, report)
    return done


def aligned(written: Written, report: Report) -> dict[int, str]:
    """Which figure of ``report`` each piece became: the numbers of both, in their order, laid side by side."""
    tokens = numbers(written)
    figures = [(match[0].replace(",", ""), figure.id) for figure in report.figures if (match := NUMBER.search(figure.text))]
    matcher = SequenceMatcher(None, [token for token, _ in tokens], [token for token, _ in figures], autojunk=False)
    found: dict[int, str] = {}
    for block in matcher.get_matching_blocks():
        for k in range(block.size):
            piece = tokens[block.a + k][1]
            if piece is not None:
                found[piece] = figures[block.b + k][1]
    return found


def numbers(written: Written) -> list[tuple[str, int | None]]:
    """Every number of the text, and the piece that prints it."""
    found: list[tuple[str, int | None]] = []
    for i, piece in enumerate(written.pieces):
        if piece.is_number:
            found.append((piece.words.replace(",", ""), i))
        else:
            found += [(match[0].replace(",", ""), None) for match in NUMBER.finditer(piece.words)]
    return found


# ------------------------------------------------------------------------------------------------------------- what was found


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one planted error."""

    error: Error
    seen: bool
    severity: str
    """The gravest finding that involves it, or nothing."""
    blamed: bool
    """Whether the first cause names the changed figure."""
    mended: bool
    """Whether the first cause suggests what stood there before."""
    said: str = ""
    """The rule of the finding and its first cause, to be read by a person."""


def found(error: Error, before: Written, after: Reading) -> Found:
    """Whether a finding as grave as it should be involves the changed figure or those it no longer agrees with."""
    here = after.at([error.at])
    partners = after.at([i for i, piece in enumerate(after.written.pieces) if _involved(piece.name, error)] + error.unlike)
    findings = [finding for finding in after.audit.findings if (here | partners) & set(finding.figures) or _says_grade(error, finding)]
    gravest = min((SEVERITIES.index(finding.severity) for finding in findings), default=len(SEVERITIES))
    least = SEVERITIES.index(error.least)  # type: ignore[arg-type]
    seen = gravest <= least
    told = sorted((finding for finding in findings if finding.severity == SEVERITIES[gravest]) if seen else [], key=lambda finding: not here & set(finding.figures))
    rule, first = next(((finding.rule, finding.causes[0]) for finding in told if finding.causes), ("", None))
    original = before.pieces[error.at].words
    named = bool(first) and (first.figure in here if after.written.pieces[error.at].is_number else first.figure is None)  # a grade is no figure
    said = f"{rule} {first.kind}: {first.explanation}" if first else " ".join(finding.rule for finding in told)
    return Found(
        error, seen, SEVERITIES[gravest] if findings else "", named, bool(named and first.suggested and _same(first.suggested, original)), said,
    )  # fmt: skip


def _involved(name: str, error: Error) -> bool:
    return bool(name) and any(name in relation.names for relation in error.broken)


def _says_grade(error: Error, finding: Finding) -> bool:
    return error.kind == "grade_wrong" and finding.rule.startswith("GRD")


def _same(suggested: str, original: str) -> bool:
    """Whether a suggestion prints the number that stood there."""
    number = re.search(r"\d[\d,]*(?:\.\d+)?", suggested)
    return _plain(number[0]) == _plain(original) if number else suggested == original


def _plain(words: str) -> Decimal | str:
    return Decimal(words.replace(",", "")) if NUMBER.fullmatch(words) else words
