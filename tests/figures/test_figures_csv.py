"""Every row of ``fixtures/figures.csv``, typed by hand, is what the tokenizer reads."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import pytest

from extractor.figures import figures

with (Path(__file__).resolve().parents[2] / "fixtures" / "figures.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
CASES = [(context, list(rows)) for context, rows in groupby(ROWS, key=lambda row: row["context"])]


@pytest.mark.parametrize(("context", "rows"), CASES, ids=[context for context, _ in CASES])
def test_the_figures_of_a_context(context: str, rows: list[dict[str, str]]) -> None:
    found = [
        (f.text, str(f.number) if f.number is not None and f.kind != "document_number" else "", f.unit, str(f.decimals), f.comparator or "", f.hedge or "", f.kind, bool(f.doubt))
        for f in figures(context)
    ]  # fmt: skip
    names = ("text", "number", "unit", "decimals", "comparator", "hedge", "kind")
    expected = [(*(row[name] for name in names), bool(row["doubt"])) for row in rows if row["text"]]

    assert found == expected


def test_a_third_of_the_rows_are_traps() -> None:
    assert sum(row["note"].startswith("trap") for row in ROWS) * 3 >= len(ROWS)
