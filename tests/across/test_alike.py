"""雷同: copies are found, honest reports of one form never, whatever the order of the pile."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.readers import open_document
from extractor.text import joined
from perfeval.across import AcrossFinding, Roster, Submission, across
from tools.season_texts import Form, Unit, a_form, a_unit, plant, season

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "reports"


def submitted(units: list[Unit], department: str = "") -> list[Submission]:
    return [Submission(unit.key, unit.name, department, 2023, unit.text) for unit in units]


def alike(submissions: list[Submission], roster: Roster | None = None, templates: tuple[str, ...] = ()) -> list[AcrossFinding]:
    return [finding for finding in across(submissions, roster or Roster(), templates) if finding.rule == "ACR-01"]


@cache
def copied(department: str = "") -> tuple[list[Submission], tuple[str, str]]:
    """A pile with one copy, and the two files."""
    units = season(30, forms=1)
    (pair,) = plant(units, 1, 0.3, 0.3)
    return submitted(units, department), pair


def test_copies_are_found_and_nothing_else() -> None:
    units = season(80, forms=2)
    planted = plant(units, 10, 0.10, 0.60)

    assert set(planted) == {tuple(sorted(finding.keys)) for finding in alike(submitted(units))}


def test_a_finding_names_both_files_and_quotes_words_of_each() -> None:
    submissions, pair = copied()
    (finding,) = alike(submissions)
    texts = {one.key: one.text for one in submissions}

    assert finding.severity == "warning"
    assert all(key in finding.message for key in pair)
    assert {quote.key for quote in finding.quotes} == set(pair)
    assert all(quote.words in texts[quote.key] for quote in finding.quotes)
    assert not any(word in finding.message for word in ("抄袭", "造假", "虚报"))


def test_within_one_department_it_is_a_notice_that_says_so() -> None:
    submissions, _ = copied(department="云岭县卫生健康局党组")
    (finding,) = alike(submissions)

    assert finding.severity == "notice"
    assert "同属云岭县卫生健康局党组" in finding.message


def test_a_department_and_what_belongs_to_it_may_tell_the_same() -> None:
    submissions, (first, second) = copied()
    names = {one.key: one.unit for one in submissions}

    assert alike(submissions, Roster({names[first]: names[second]})) == []


def test_two_reports_of_one_unit_are_not_compared() -> None:
    submissions, (first, second) = copied()
    one = next(one for one in submissions if one.key == first)
    same = [Submission(s.key, one.unit, s.department, s.year, s.text) if s.key == second else s for s in submissions]

    assert alike(same) == []


def test_what_one_unit_writes_into_all_its_reports_is_one_finding() -> None:
    submissions, (first, _) = copied()
    one = next(one for one in submissions if one.key == first)
    more = [Submission(f"{at}-{first}", one.unit, "", 2023, one.text) for at in range(5)]
    (finding,) = alike([*submissions, *more])

    assert "等5对文件" in finding.message


def test_a_text_that_the_bureau_gave_out_is_nobody_s_own() -> None:
    units = season(30, forms=1)
    (pair,) = plant(units, 1, 0.3, 0.3)
    given_out = "。".join(next(unit for unit in units if unit.key == pair[0]).own)

    assert alike(submitted(units), templates=(given_out,)) == []


def test_a_small_pile_is_not_compared_and_the_list_says_so() -> None:
    submissions, pair = copied()
    findings = across([one for one in submissions if one.key in pair])

    assert [finding.rule for finding in findings] == ["ACR-09"]
    assert "无法识别通用模板" in findings[0].message


@given(seed=st.integers(0, 10**6), users=st.integers(2, 24), length=st.integers(20, 60))
@example(seed=56, users=2, length=23)
@settings(max_examples=5, deadline=None)
def test_two_honest_reports_of_one_form_are_never_alike(seed: int, users: int, length: int) -> None:
    """The form of two units only, too: the season's template is not in their reports."""
    chance = random.Random(seed)
    usual = [a_form(chance, 40), a_form(chance, 44)]
    forms = [a_form(chance, length)] * users + [usual[at % 2] for at in range(26 - users)]

    assert alike(submitted([a_unit(at, form, chance) for at, form in enumerate(forms)])) == []


def test_a_form_of_three_units_of_one_department_is_learned() -> None:
    """Even one of words that nobody else has."""
    units = season(30, forms=1)
    form = Form(tuple(sentence for other in season(60, seed=99)[50:52] for sentence in other.own))
    for at in (0, 1, 2):
        units[at].form = form
    submissions = [Submission(one.key, one.unit, "文旅口" if at < 3 else "", 2023, one.text) for at, one in enumerate(submitted(units))]

    assert alike(submissions) == []


@given(order=st.randoms(use_true_random=False))
@settings(max_examples=2, deadline=None)
def test_the_order_of_the_pile_does_not_matter(order: random.Random) -> None:
    units = season(24, forms=1)
    plant(units, 3, 0.3, 0.6)
    pile = submitted(units)
    expected = across(pile)
    order.shuffle(pile)

    assert expected == across(pile)


def test_none_of_our_honest_reports_are_alike() -> None:
    """146 reports written by several hands, many after the same provincial forms."""
    pile = []
    for path in sorted(FIXTURES.rglob("report.txt")):
        document = open_document(path)
        pile.append(Submission(str(path.relative_to(FIXTURES)), path.parent.name, "", None, joined(document).chars))
        document.close()

    assert len(pile) > 100
    assert [finding.message for finding in across(pile) if finding.rule in ("ACR-01", "ACR-02", "ACR-10")] == []
