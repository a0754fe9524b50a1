"""Does the same report read alike from every kind of file? Compares with what the HTML gives; for development.

    python tools/compare_kinds.py [--kind KIND]… [--show 3] [FIXTURE …]

Without names it takes every folder of ``fixtures/tables``. For each it prints by kind how many figures, checks and findings of the HTML are
missing (-) and how many others there are (+), and the first of them; last a table by kind. Exits with 1 where something differs.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from extractor.model.report import Report  # noqa: E402
from extractor.read import report_of  # noqa: E402
from extractor.readers import open_bytes  # noqa: E402
from tools.make_files import KINDS, SUFFIXES, Unavailable, made  # noqa: E402
from verifier.verify import verify  # noqa: E402

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "tables"
SORTS = ("figures", "checks", "findings")
Row = tuple[str | None, ...]


@dataclass(slots=True)
class Answer:
    """What a file gives, without ids, order and places; or why it gives nothing."""

    figures: Counter[Row] = field(default_factory=Counter)
    checks: Counter[Row] = field(default_factory=Counter)
    findings: Counter[Row] = field(default_factory=Counter)
    refused: str = ""
    unsupported: bool = False

    def of(self, sort: str) -> Counter[Row]:
        """One of ``SORTS``."""
        found: Counter[Row] = getattr(self, sort)
        return found


def normal(words: str) -> str:
    """The words without spaces, full-width signs as others.

    >>> normal("１０ 分")
    '10分'
    """
    return "".join(unicodedata.normalize("NFKC", words).split())


def answer(html: str, kind: str) -> Answer:
    """Makes the file, reads it and verifies it."""
    try:
        data = made(html, kind)
    except Unavailable as missing:
        return Answer(refused=f"not made: {missing}", unsupported=True)
    document = open_bytes(data, f"report{SUFFIXES[kind]}")
    try:
        return _answer(report_of(document))
    finally:
        document.close()


def _answer(report: Report) -> Answer:
    if report.error is not None:
        notes = "".join(f" [{note}]" for note in report.notes)
        return Answer(refused=f"{report.error.code}: {report.error.message}{notes}", unsupported=report.error.code == "unsupported_type")
    audit = verify(report)
    return Answer(
        Counter((normal(figure.text), figure.unit, figure.kind) for figure in report.figures),
        Counter((check.rule, check.stated, check.recomputed, check.verdict) for check in audit.checks),
        Counter((finding.rule, finding.severity, finding.stated, finding.recomputed) for finding in audit.findings),
    )


@dataclass(slots=True)
class Tally:
    """What became of one kind over all fixtures."""

    alike: int = 0
    differ: int = 0
    skipped: int = 0
    failed: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        sorts = "  ".join(f"{sort} -{self.missing[sort]} +{self.others[sort]}" for sort in SORTS)
        return f"{self.alike} alike, {self.differ} differ, {self.failed} unreadable, {self.skipped} skipped   {sorts}"


def compared(name: str, kind: str, expected: Answer, found: Answer, tally: Tally, show: int) -> None:
    """Prints how the kind differs from the HTML, and counts it."""
    if found.refused:
        tally.skipped += found.unsupported
        tally.failed += not found.unsupported
        print(f"{name:20} {kind:15} {'skipped' if found.unsupported else 'UNREADABLE'}: {found.refused}")
        return
    lines: list[str] = []
    counts: list[str] = []
    for sort in SORTS:
        missing, others = expected.of(sort) - found.of(sort), found.of(sort) - expected.of(sort)
        tally.missing[sort] += missing.total()
        tally.others[sort] += others.total()
        counts.append(f"{sort} {expected.of(sort).total()} -{missing.total()} +{others.total()}")
        lines += [f"    {sign} {sort[:-1]} {_row(row)}" for sign, rows in (("-", missing), ("+", others)) for row in _first(rows, show)]
    tally.alike += not lines
    tally.differ += bool(lines)
    print(f"{name:20} {kind:15} {'alike' if not lines else '  '.join(counts)}", *lines, sep="\n")


def _first(rows: Counter[Row], show: int) -> Iterable[Row]:
    return list(rows.elements())[:show]


def _row(row: Row) -> str:
    return " | ".join(word or "" for word in row)


def main(argv: Sequence[str] | None = None) -> int:
    """Compares what was asked for; 1 if something differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", help="folders of fixtures/tables, or paths of HTML files")
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--show", type=int, default=3, help="so many differences of each sort")
    asked = parser.parse_args(argv)
    sources = [Path(name) if name.endswith(".html") else FOLDER / name / "source.html" for name in asked.names] or sorted(FOLDER.glob("*/source.html"))
    tallies = {kind: Tally() for kind in asked.kind or KINDS[1:]}
    for source in sources:
        html = source.read_text(encoding="utf-8")
        expected = answer(html, "html")
        for kind, tally in tallies.items():
            compared(source.parent.name, kind, expected, answer(html, kind), tally, asked.show)
    print()
    for kind, tally in tallies.items():
        print(f"{kind:15} {tally}")
    return int(any(tally.differ or tally.failed for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
