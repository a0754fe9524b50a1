"""Sentences without numbers, names and what is nobody's own."""

from __future__ import annotations

import pytest

from perfeval.across.plain import sentences


def plain(text: str, *names: str) -> list[str]:
    return [sentence.plain for sentence in sentences(text, names)]


@pytest.mark.parametrize(
    "one, other",
    [
        ("培训种植大户1,286人次，满意度95.79%", "培训种植大户903人次，满意度88%"),
        ("云岭县农业农村局组织春季植树活动12场", "青石县水务局组织春季植树活动7场"),
        ("我局在大坪镇修建的水窖已经通过复验", "本单位在大坪镇修建的水窖已经通过复验"),
        ("开展三期护林员防火业务集中轮训", "开展十二期护林员防火业务集中轮训"),
    ],
)
def test_numbers_and_names_do_not_tell_two_sentences_apart(one: str, other: str) -> None:
    assert plain(one, "云岭县农业农村局", "青石县水务局") == plain(other, "云岭县农业农村局", "青石县水务局")


@pytest.mark.parametrize(
    "text",
    [
        "（一）主要职责\n贯彻执行国家农业农村工作方针政策；负责粮食生产监督管理工作。\n",
        "县农业局主要职责是：贯彻执行国家农业农村工作方针政策；负责粮食生产监督管理工作。",
        "四、存在的问题和整改情况落实\n",
        "《云岭县预算绩效管理工作实施办法暂行》。",
    ],
)
def test_duties_headings_and_titles_are_nobody_s_own(text: str) -> None:
    assert plain(text) == []


def test_duties_end_with_their_section() -> None:
    text = "（一）主要职责\n负责粮食生产监督管理工作。\n（二）重点工作\n在大坪镇修建水窖供村民使用。\n"

    assert plain(text) == ["在大坪镇修建水窖供村民使用"]


def test_words_and_letters_stay_together() -> None:
    (sentence,) = sentences("在大坪镇 修建水窖12口，供村民使用。")

    assert (sentence.words, sentence.plain) == ("在大坪镇 修建水窖12口，供村民使用", "在大坪镇修建水窖0口 供村民使用")
