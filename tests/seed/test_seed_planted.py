"""Errors planted in the seed report: each is seen."""

from __future__ import annotations

import pytest

from extractor.model.report import Report
from tools.planted import Planted, rows, seen

# Names are counted with doubt: CON-06 is a warning by decision 0001.
PLANTED = [row for row in rows("seed") if row.rule != "CON-06"]


@pytest.mark.parametrize("row", PLANTED, ids=[row.planted for row in PLANTED])
def test_a_planted_error_is_seen(seed: Report, row: Planted) -> None:
    assert seen(seed, row)
