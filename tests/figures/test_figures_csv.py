"""Every row of ``fixtures/figures.csv``, typed by hand, is what the tokenizer reads."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Page
from extractor.figures import figures
from extractor.text import joined

with (Path(__file__).resolve().parents[2] / "fixtures" / "figures.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
CASES = [(context, list(rows)) for context, rows in groupby(ROWS, key=lambda row: row["context"])]


@pytest.mark.parametrize(("context", "rows"), CASES, ids=[context for context, _ in CASES])
def test_the_figures_of_a_context(context: str, rows: list[dict[str, str]]) -> None:
    text = joined(Document("x", "", "text", [Page(1, context)]))
    found = [
        (text.original(f.start, f.end), str(f.number) if f.number is not None and f.kind != "document_number" else "", f.unit, str(f.decimals), f.comparator or "", f.hedge or "", f.kind, bool(f.doubt))
        for f in figures(text.chars)
    ]  # fmt: skip
    names = ("text", "number", "unit", "decimals", "comparator", "hedge", "kind")
    expected = [(*(row[name] for name in names), bool(row["doubt"])) for row in rows if row["text"]]

    assert found == expected


def test_the_file_is_long_and_a_third_of_it_are_traps() -> None:
    traps = sum(row["note"].startswith("trap: ") for row in ROWS)

    assert len(ROWS) >= 400
    assert traps * 3 >= len(ROWS)


def test_every_context_stands_once() -> None:
    assert len({context for context, _ in CASES}) == len(CASES)


@given(
    st.text(alphabet="0123456789.,，%‰万亿元兀分角个家人年月日时余多约近≥≤<>=-+()（）:：。·、 \nOIlXx*￥一二两三十百千点成第号壹佰内上以左右率得", max_size=40)
)
@settings(max_examples=400, deadline=None)
def test_figures_stand_in_order_and_never_overlap(text: str) -> None:
    at = 0
    for figure in figures(text):
        assert at <= figure.start < figure.end <= len(text)
        assert figure.text == text[figure.start : figure.end].strip()
        at = figure.end
