"""Recall, precision, time and memory of 文字雷同 over a generated season with planted copies.

    python bench/similar.py [REPORTS] [COPIES]

``tools/season_texts.py`` makes the reports (5,000 unless told) and the copies (50, from 5 % to 60 % of another's own text).
The reports are made while they are read, so that the peak is that of the comparison with its own store of texts.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from perfeval.across import Submission, across
from tools.season_texts import Unit, plant, season

LIMIT_SECONDS, LIMIT_RATE = 120, 0.95


def submissions(units: list[Unit]) -> Iterator[Submission]:
    return (Submission(unit.key, unit.name, "", 2023, unit.text) for unit in units)


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    reports, copies = (int(word) for word in (sys.argv[1:] + ["5000", "50"][len(sys.argv) - 1 :]))
    units = season(reports)
    planted = plant(units, copies, 0.05, 0.60)
    length = sum(len(unit.text) for unit in units) / reports
    before, start, worked = memory(), time.perf_counter(), time.process_time()
    findings = across(submissions(units))
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    alike = {tuple(sorted(finding.keys)): finding for finding in findings if finding.rule == "ACR-01"}
    right = planted.keys() & alike.keys()
    for pair in sorted(planted.keys() - alike.keys()):
        print(f"  missed: {pair} ({planted[pair]:.0%} copied)")
    for pair in sorted(alike.keys() - planted.keys()):
        print(f"  wrong: {pair} {alike[pair].message}")
    print(f"{reports} reports of {length:.0f} letters on average, {copies} copies")
    print(f"recall {len(right) / max(1, copies):.3f}, precision {len(right) / max(1, len(alike)):.3f} (goal {LIMIT_RATE})")
    print(f"{sum(f.severity == 'warning' for f in alike.values())} warnings, {sum(f.severity == 'notice' for f in alike.values())} notices; other findings: {len(findings) - len(alike)}")
    print(f"{seconds:.1f} s wall, {worked:.1f} s of one core (goal {LIMIT_SECONDS}), peak memory {memory():.0f} MiB, of which {before:.0f} before (interpreter and generator)")


if __name__ == "__main__":
    main()
