"""What every finding across reports keeps to."""

from __future__ import annotations

from perfeval.across import TITLES, Submission, across
from perfeval.across.grams import Heap, Tally, grams
from tools.season_texts import plant, season


def test_an_id_stays_when_a_file_comes_anew() -> None:
    units = season(24, forms=1)
    plant(units, 2, 0.4, 0.6)
    first = across([Submission(unit.key, unit.name, "", 2023, unit.text) for unit in units])
    again = across([Submission(f"补报/{unit.key}", unit.name, "", 2023, unit.text + "另作补充说明一处。") for unit in units])

    assert len(first) == 2
    assert {finding.id for finding in first} == {finding.id for finding in again}


def test_severities_are_never_errors_and_titles_are_known() -> None:
    units = season(24, forms=1)
    plant(units, 2, 0.4, 0.6)

    assert all(finding.severity != "error" and finding.title == TITLES[finding.rule] for finding in across([Submission(u.key, u.name, "", 2023, u.text) for u in units]))


def test_a_submission_of_nothing_says_nothing() -> None:
    assert across([]) == []
    assert across([Submission("空.txt", "", "", None, "")]) == []


def test_grams_are_the_same_in_every_run() -> None:
    assert grams("一二三四五", 4) == [409986195, grams("二三四五", 4)[0]]
    assert grams("一二三", 4) == []


def test_a_tally_counts_units_up_to_its_limit() -> None:
    tally = Tally(10)
    for _ in range(300):
        tally.add([7])

    assert (tally[7], tally[8]) == (255, 0)


def test_a_heap_gives_back_what_belongs_together() -> None:
    heap = Heap()
    for first, second in ((9, 2), (70, 1), (9, 1)):
        heap.put(first, second)

    assert sorted(heap.runs()) == [(9, [1, 2]), (70, [1])]
    assert list(heap.runs()) == []
