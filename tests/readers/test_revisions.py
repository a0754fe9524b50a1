"""Which figures a tracked change changed, each shown whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers.revisions import Change, Piece, accepted, changed_figures, rejected

KINDS = {"": Change.KEPT, "+": Change.INSERTED, "-": Change.DELETED, "?": Change.HIDDEN}


def pieces(*words: str) -> list[Piece]:
    """``+`` and ``-`` before a piece say that it was put in or taken out."""
    return [Piece(word.lstrip("+-?"), KINDS[word[0] if word[0] in KINDS else ""]) for word in words]


def said(*words: str) -> list[str]:
    return [sentence.removeprefix("修订：").removesuffix("（已按修订后的文字核对）。") for sentence in changed_figures(pieces(*words))]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("支出", "-307.27", "+370.27", "万元。"), "“307.27万元”改为“370.27万元”"),
        (("支出", "+370.27万元", "-307.27万元", "。"), "“307.27万元”改为“370.27万元”"),
        (("支出3", "-0", "+7", "7.", "-2", "+3", "7万元，占比"), "“307.27万元”改为“377.37万元”"),
        (("-支出307.27万元，执行率97.80%。", "+支出307.27万元，执行率97.90%。"), "“97.80%”改为“97.90%”"),
        (("支出100", "-万", "元，"), "“100万元”改为“100元”"),
        (("支出3", "+7", ".27 万元"), "“3.27 万元”改为“37.27 万元”"),
        (("支出3", "-.", "27万元"), "“3.27万元”改为“327万元”"),
        (("执行率为", "+97.90%", "。"), "增加“97.90%”"),
        (("执行率为", "+97.90", "%。"), "增加“97.90%”"),
        (("共完成", "-12个项目", "。"), "删去“12个项目”"),
        (("完成率", "-100%", "+接近全部", "。"), "“100%”改为“接近全部”"),
        (("合计1,2", "-34", "+43", ",567.89元"), "“1,234,567.89元”改为“1,243,567.89元”"),
        (("支出307", "-.27", "+.28", "，其中"), "“307.27”改为“307.28”"),
        (("满分", "-10", "+20", "分，得"), "“10分”改为“20分”"),
        (("甲", "-1", "?8", "+2", "项"), "“1”改为“2”"),
    ],
)
def test_a_change_is_shown_with_the_whole_number(words: tuple[str, ...], sentence: str) -> None:
    assert said(*words) == [sentence]


@pytest.mark.parametrize(
    "words",
    [
        ("支出307.27万元",),
        ("-基本概况", "+部门概况"),
        ("支出307.27万元", "+，", "其中"),
        ("截至2023", "-年", "+年末", "，"),
        ("支出", "-307.27万元", "+307.27万元"),
        ("绩效", "-评", "+自评"),
    ],
)
def test_changes_that_leave_all_figures_alone_are_not_listed(words: tuple[str, ...]) -> None:
    assert said(*words) == []


def test_changes_of_different_numbers_are_told_apart() -> None:
    assert said("预算", "-100", "+200", "万元，支出", "-90", "+80", "万元") == ["“100万元”改为“200万元”", "“90万元”改为“80万元”"]


def test_long_changes_are_cut() -> None:
    assert all(len(sentence) < 140 for sentence in said("-" + "1甲" * 500, "+" + "2乙" * 500))


def test_what_was_hidden_belongs_to_no_text() -> None:
    words = pieces("甲", "?乙", "-丙", "+丁")
    assert (accepted(words), rejected(words)) == ("甲丁", "甲丙")


@given(st.lists(st.builds(Piece, st.text("0123.,万元%甲 ", max_size=6), st.sampled_from(Change)), max_size=12))
def test_any_changes_can_be_told(words: list[Piece]) -> None:
    assert all(sentence.startswith("修订：") for sentence in changed_figures(words))


@given(st.lists(st.builds(Piece, st.text("0123.,万元%甲", max_size=6), st.just(Change.KEPT)), max_size=12))
def test_without_changes_there_is_nothing_to_tell(words: list[Piece]) -> None:
    assert changed_figures(words) == []
