"""How many figures that a check confirms become an error once two of their digits are swapped: python bench/swaps.py [SET …]."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from extractor.model.report import Report
from extractor.read import read_report, understand
from tools.planted import FIXTURES, errors
from verifier.verify import verify

SETS = ("narrative", "wave2", "wave3", "wave4")
FEWEST_DIGITS = 4
"""Shorter figures are left out: a swap in them is often another honest figure."""


def swapped(printed: str) -> str | None:
    """The print with the first two unlike digits side by side, after the leading one, swapped."""
    number = re.search(r"\d[\d,.]*", printed)
    at = [i for i, sign in enumerate(printed) if number and number.start() <= i < number.end() and sign.isdigit()]
    if len(at) < FEWEST_DIGITS:
        return None
    for left, right in pairwise(at[1:]):
        if printed[left] != printed[right]:
            signs = list(printed)
            signs[left], signs[right] = signs[right], signs[left]
            return "".join(signs)
    return None


def measure(name: str) -> tuple[int, int]:
    seen = tried = 0
    for path in sorted(FIXTURES.glob(f"reports/{name}/*/report.txt")):
        clean = read_report(path)
        verified = {entry.figure for entry in verify(clean).ledger if entry.status == "verified"}
        for figure in clean.figures:
            printed = swapped(figure.text) if figure.id in verified else None
            if printed is None:
                continue
            changed = Report(clean.path, clean.sha256, clean.format, clean.pages)
            changed.text = clean.text[: figure.start] + printed + clean.text[figure.end :]
            understand(changed)
            here = {other.id for other in changed.figures if other.start == figure.start}
            tried += 1
            seen += any(here & set(finding.figures) for finding in errors(changed))
    return seen, tried


def main() -> None:
    results = [measure(name) for name in sys.argv[1:] or SETS]
    seen, tried = (sum(column) for column in zip(*results, strict=True))
    print(f"{seen} of {tried} confirmed figures with two digits swapped become errors ({seen / max(tried, 1):.0%})")


if __name__ == "__main__":
    main()
