"""反馈函: who gets one, what it says, where it lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.letters.conftest import ERROR, EXPLAINED, HOSTILE, PILE, REVIEWER, WARNING, document, words

Make = Callable[..., Path]
ACCUSING = ("造假", "虚报", "弄虚作假", "错误", "违规")


def letters(out: Path) -> set[str]:
    return {path.relative_to(out / "反馈函").as_posix() for path in (out / "反馈函").rglob("*.*")}


def test_who_has_something_to_answer_gets_a_letter(made: Make) -> None:
    assert letters(made(PILE)) == {"教育局/第一中学.docx", "教育局/第三中学.docx", "水务局/水库管理所.docx", "水务局/河道所.docx"}


def test_a_letter_says_what_where_and_by_which_formula_and_leaves_room(made: Make) -> None:
    said = words(made(PILE, term=7) / "反馈函" / "教育局" / "第一中学.docx")
    for expected in (
        "关于2023年度绩效自评核查情况的反馈函", "第一中学：", "收到本函之日起7个工作日内", "有2个事项", "1．预算执行率（请核实并更正）", "第3页 · 二、执行情况；另见 第5页",
        "经复算，由114.00万元", "“预算执行率59.00%”", "执行数 ÷ 预算数", "报告数：59.00%　复算数：95.00%　差额：-36.00%", "财预〔2020〕10号", "单位回复",
        "2．未完成须说明（请核实或说明）", "2024年5月6日",
    ):  # fmt: skip
        assert expected in said
    assert said.index("1．预算执行率") < said.index("2．未完成须说明"), "the most severe first"
    assert not [word for word in ACCUSING if word in said]


@pytest.mark.parametrize("finding", [EXPLAINED, REVIEWER], ids=["a difference that is explained", "what only the reviewer looks at"])
def test_what_asks_nothing_of_the_unit_is_in_no_letter(made: Make, finding: dict[str, object]) -> None:
    assert letters(made({"a/b/c.docx": document(1, [finding])})) == set()
    assert str(finding["title"]) not in words(made({"a/b/c.docx": document(1, [finding, WARNING])}, "more") / "反馈函/a/b.docx")


def test_a_file_that_only_the_unit_can_mend_is_asked_for_again(made: Make) -> None:
    said = words(made(PILE) / "反馈函" / "教育局" / "第三中学.docx")
    assert "1．“附表.xlsx”：文件设有打开密码，请提供不加密的版本。" in said
    assert "位置：“报告.docx” 第3页" in said, "a unit with several files is told which"


def test_names_that_windows_refuses_or_takes_for_the_same_stay_apart(made: Make) -> None:
    pile = {
        'a/b:"<c>?/x.docx': document(1, [ERROR]), "a/CON/x.docx": document(2, [ERROR]), "a/Ab/x.docx": document(3, [ERROR]),
        "a/ab/x.docx": document(4, [ERROR]), f"a/{'长' * 80}/x.docx": document(5, [ERROR]), "b/Ab/x.docx": document(6, [ERROR]), "x.docx": document(7, [ERROR]),
        "b/点.. /x.docx": document(8, [ERROR]),
    }  # fmt: skip
    expected = {"a/b__,c__.docx".replace(",", "_"), "a/_CON.docx", "a/Ab.docx", "a/ab(2).docx", f"a/{'长' * 50}.docx", "b/Ab.docx", "b/点.docx"}
    assert letters(made(pile)) == {*(name.replace("b____c__", "b___c__") for name in expected), "未分部门/单位未识别.docx"}


def test_hostile_words_stay_words(made: Make) -> None:
    said = words(made({"a/b/c.docx": document(1, [{**ERROR, "message": HOSTILE, "quote": HOSTILE}])}) / "反馈函/a/b.docx")
    assert "=cmd|' /C calc'!A0 & <w:p> {{ 单位 }} {% x %} " in said


def test_a_letter_that_no_longer_holds_is_taken_away_and_nothing_else(made: Make) -> None:
    out = made({"a/b/c.docx": document(1, [ERROR]), "d/e/f.docx": document(2, [ERROR])})
    own = out / "反馈函" / "a" / "回函.docx"
    own.write_bytes((out / "情况摘要.docx").read_bytes())
    (out / "反馈函" / "a" / "手写.docx").write_bytes(b"no Word file")
    made({"a/b/c.docx": document(1)}, "out")
    assert letters(out) == {"a/回函.docx", "a/手写.docx"}


MANY = {f"局/单位{number:02}/报告.docx": document(number, [WARNING]) for number in range(12)}


def test_what_many_units_do_is_told_in_one_notice(made: Make) -> None:
    out = made({**MANY, "局/错/报告.docx": document(99, [WARNING, ERROR])})
    assert letters(out) == {"局/错.docx"}
    assert "本条属共性问题，见《共性问题通报》第1条" in words(out / "反馈函" / "局" / "错.docx")

    said = words(out / "共性问题通报.docx")
    assert "一、未完成须说明" in said
    assert "涉及13个单位、13条：" in said
    assert all(f"单位{number:02}" in said for number in range(12))
    assert "预算执行率" not in said


def test_an_error_goes_to_its_unit_even_where_many_make_it(made: Make) -> None:
    out = made({f"局/单位{number:02}/报告.docx": document(number, [ERROR]) for number in range(12)})
    assert len(letters(out)) == 12
    assert "一、预算执行率（可能原因：两位数字颠倒）" in words(out / "共性问题通报.docx")


def test_how_many_is_many_can_be_said(made: Make) -> None:
    assert len(letters(made(MANY, common=13))) == 12
    assert "没有涉及13个以上单位的同类问题" in words(made(MANY, "more", common=13) / "共性问题通报.docx")
