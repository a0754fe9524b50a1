"""The numbers before paragraphs, as Word counts and writes them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers.numbering import _FORMATS, Numbering, Styles, formatted
from extractor.readers.package import parsed

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def xml(name: str, content: str) -> Element:
    return parsed(f"<w:{name} {NAMES}>{content}</w:{name}>".encode())


def lvl(at: int, words: str, kind: str = "decimal", start: int | None = 1, more: str = "") -> str:
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return f'<w:lvl w:ilvl="{at}">{begin}<w:numFmt w:val="{kind}"/><w:lvlText w:val="{words}"/>{more}</w:lvl>'


def abstract(*levels: str, name: str = "7") -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def num(name: str = "1", of: str = "7", more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def at(level: int | None = None, number: str | None = "1", style: str = "") -> Element:
    inside = f'<w:pStyle w:val="{style}"/>' if style else ""
    inside += (
        "<w:numPr>"
        + (f'<w:ilvl w:val="{level}"/>' if level is not None else "")
        + (f'<w:numId w:val="{number}"/>' if number is not None else "")
        + "</w:numPr>"
    )
    return xml("pPr", inside)


def styled(style: str) -> Element:
    return xml("pPr", f'<w:pStyle w:val="{style}"/>')


def labels(lists: str, paragraphs: list[Element], styles: str = "") -> list[str]:
    numbering = Numbering(xml("numbering", lists), Styles(xml("styles", styles) if styles else None))
    return [numbering.label(paragraph) for paragraph in paragraphs]


OUTLINE = abstract(lvl(0, "%1、", "chineseCounting"), lvl(1, "（%2）", "chineseCounting"), lvl(2, "%3."), lvl(3, "（%4）")) + num()

# -------------------------------------------------------------------------------------------------------- the formats


@pytest.mark.parametrize(
    ("kind", "numbers", "words"),
    [
        ("decimal", (0, 1, 12), "0 1 12"),
        ("decimalZero", (1, 12), "01 12"),
        ("decimalFullWidth", (1, 12), "１ １２"),
        ("chineseCounting", (0, 1, 10, 11, 19, 20, 21, 99, 100, 120), "〇 一 十 十一 十九 二十 二十一 九十九 一〇〇 一二〇"),
        (
            "chineseCountingThousand",
            (1, 10, 15, 30, 100, 101, 110, 111, 1001, 1010, 1100),
            "一 十 十五 三十 一百 一百零一 一百一十 一百一十一 一千零一 一千零一十 一千一百",
        ),
        ("japaneseCounting", (1, 12, 20), "一 十二 二十"),
        ("taiwaneseCountingThousand", (12,), "十二"),
        ("ideographDigital", (1, 10, 12), "一 一〇 一二"),
        ("ideographTraditional", (1, 2, 10), "甲 乙 癸"),
        ("ideographZodiac", (1, 12), "子 亥"),
        ("chineseLegalSimplified", (1, 3, 10, 21), "壹 叁 壹拾 贰拾壹"),
        ("decimalEnclosedCircle", (1, 20, 21, 35, 36, 50), "① ⑳ ㉑ ㉟ ㊱ ㊿"),
        ("decimalEnclosedCircleChinese", (3,), "③"),
        ("decimalEnclosedParen", (1, 20), "⑴ ⒇"),
        ("decimalEnclosedFullstop", (1, 20), "⒈ ⒛"),
        ("ideographEnclosedCircle", (1, 10), "㈠ ㈩"),
        ("upperRoman", (1, 4, 9, 14, 40, 1994), "I IV IX XIV XL MCMXCIV"),
        ("lowerRoman", (3, 8), "iii viii"),
        ("upperLetter", (1, 26, 27, 53), "A Z AA AAA"),
        ("lowerLetter", (2, 28), "b bb"),
        ("numberInDash", (3,), "-3-"),
    ],
)
def test_numbers_are_written_as_word_writes_them(kind: str, numbers: tuple[int, ...], words: str) -> None:
    assert " ".join((formatted(kind, number) or "?").replace(" ", "") for number in numbers) == words


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("cardinalText", 1),
        ("", 1),
        ("decimalEnclosedCircle", 0),
        ("decimalEnclosedCircle", 51),
        ("ideographTraditional", 11),
        ("upperRoman", 0),
        ("lowerRoman", 0),
        ("lowerLetter", 0),
        ("upperLetter", 9999),
        ("decimal", -1),
        ("decimal", 10**9),
    ],
)
def test_what_cannot_be_written_is_none(kind: str, number: int) -> None:
    assert formatted(kind, number) is None


@given(st.sampled_from(sorted(_FORMATS)), st.integers())
def test_every_number_is_written_or_none(kind: str, number: int) -> None:
    words = formatted(kind, number)
    assert words is None or len(words) < 40


# ----------------------------------------------------------------------------------------------------------- counting


def test_deeper_levels_begin_anew() -> None:
    assert labels(OUTLINE, [at(0), at(1), at(1), at(2), at(0), at(1), at(2)]) == ["一、", "（一）", "（二）", "1.", "二、", "（一）", "1."]


def test_a_label_may_hold_the_numbers_above_it() -> None:
    lists = abstract(lvl(0, "第%1部分", "chineseCounting"), lvl(1, "%1.%2", more="<w:isLgl/>")) + num()
    assert labels(lists, [at(0), at(1), at(1), at(0), at(1)]) == ["第一部分", "1.1", "1.2", "第二部分", "2.1"]


def test_a_level_above_that_was_never_used_counts_as_begun() -> None:
    assert labels(abstract(lvl(0, "%1"), lvl(1, "%1.%2")) + num(), [at(1), at(0)]) == ["1.1", "1"]


def test_a_list_begins_where_it_says() -> None:
    assert labels(abstract(lvl(0, "%1.", start=5)) + num(), [at(0), at(0)]) == ["5.", "6."]


def test_without_a_start_it_begins_with_nought() -> None:
    assert labels(abstract(lvl(0, "%1.", start=None)) + num(), [at(0)]) == ["0."]


def test_lists_of_one_kind_are_counted_together() -> None:
    assert labels(OUTLINE + num("2"), [at(0), at(0, "2"), at(0)]) == ["一、", "二、", "三、"]


def test_lists_of_different_kinds_are_counted_apart() -> None:
    assert labels(OUTLINE + abstract(lvl(0, "%1)"), name="8") + num("2", "8"), [at(0), at(0, "2"), at(0)]) == ["一、", "1)", "二、"]


def test_a_list_may_start_anew_once() -> None:
    again = num("2", more='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    assert labels(OUTLINE + again, [at(0), at(0), at(0, "2"), at(0, "2"), at(0)]) == ["一、", "二、", "一、", "二、", "三、"]


def test_a_list_may_have_another_level() -> None:
    other = num("2", more=f'<w:lvlOverride w:ilvl="0">{lvl(0, "%1)", "lowerLetter", 3)}</w:lvlOverride>')
    assert labels(OUTLINE + other, [at(0, "2"), at(1, "2")]) == ["c)", "（一）"]


@pytest.mark.parametrize(("after", "second"), [("0", "3."), ("1", "1."), ("2", "1.")])
def test_a_level_begins_anew_only_where_it_says(after: str, second: str) -> None:
    lists = abstract(lvl(0, "%1、"), lvl(1, "（%2）"), lvl(2, "%3.", more=f'<w:lvlRestart w:val="{after}"/>')) + num()
    assert labels(lists, [at(0), at(1), at(2), at(2), at(0), at(2)])[-1] == second


def test_a_level_may_outlast_the_one_just_above() -> None:
    lists = abstract(lvl(0, "%1、"), lvl(1, "（%2）"), lvl(2, "%3.", more='<w:lvlRestart w:val="1"/>')) + num()
    assert labels(lists, [at(0), at(1), at(2), at(1), at(2)])[-1] == "2."


# --------------------------------------------------------------------------------------------------------- no numbers


@pytest.mark.parametrize("paragraph", [at(0, "0"), at(0, "99"), at(8), at(None, None), at(-1), styled("x")])
def test_paragraphs_outside_a_list_have_no_number(paragraph: Element) -> None:
    assert labels(OUTLINE, [paragraph, at(0)]) == ["", "一、"]


@pytest.mark.parametrize(
    ("level", "label"),
    [(lvl(0, "\uf0b7", "bullet"), ""), (lvl(0, "%1.", "cardinalText"), ""), (lvl(0, "附件", "none"), "附件"), (lvl(0, ""), ""), (lvl(0, "%1%9、"), "")],
)
def test_bullets_and_unknown_formats_are_no_numbers(level: str, label: str) -> None:
    assert labels(abstract(level) + num(), [at(0)]) == [label]


def test_the_numbers_of_a_newer_format_fall_back() -> None:
    choice = '<mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="001"/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    assert labels(abstract(f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{choice}<w:lvlText w:val="%1."/></w:lvl>') + num(), [at(0)]) == ["1."]


def test_without_lists_nothing_is_numbered() -> None:
    assert Numbering(None, Styles(None)).label(at(0)) == ""


@pytest.mark.parametrize("start", ["99999999999999999999", "-5", "x", ""])
def test_absurd_starts_do_no_harm(start: str) -> None:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    assert all(len(label) < 40 for label in labels(abstract(level) + num(), [at(0)] * 3))


def test_absurdly_long_labels_are_cut() -> None:
    assert len(labels(abstract(lvl(0, "甲" * 100_000)) + num(), [at(0)])[0]) == 100


# ------------------------------------------------------------------------------------------------------------- styles


def style(name: str, numbers: str = "", based_on: str = "", more: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}" {more}><w:name w:val="标题 {name}"/>{base}<w:pPr><w:numPr>{numbers}</w:numPr></w:pPr></w:style>'


LISTED = '<w:numId w:val="1"/>'


def test_a_style_numbers_its_paragraphs() -> None:
    assert labels(OUTLINE, [styled("a"), styled("a")], style("a", LISTED)) == ["一、", "二、"]


def test_a_style_inherits_its_list_and_has_its_own_level() -> None:
    assert labels(OUTLINE, [styled("a"), styled("c")], style("a", LISTED) + style("b", '<w:ilvl w:val="1"/>', "a") + style("c", "", "b")) == ["一、", "（一）"]


def test_a_level_may_be_tied_to_a_style() -> None:
    lists = abstract(lvl(0, "%1、"), lvl(1, "（%2）", more='<w:pStyle w:val="b"/>')) + num()
    assert labels(lists, [styled("a"), styled("b"), styled("c")], style("a", LISTED) + style("b", LISTED) + style("c", "", "b")) == ["1、", "（1）", "（2）"]


def test_what_the_paragraph_says_goes_before_its_style() -> None:
    assert labels(OUTLINE, [at(1, "1", "a"), at(2, None, "a"), at(0, "0", "a"), styled("a")], style("a", LISTED)) == ["（一）", "1.", "", "一、"]


def test_a_style_may_end_the_list_of_its_base() -> None:
    assert labels(OUTLINE, [styled("b")], style("a", LISTED) + style("b", '<w:numId w:val="0"/>', "a")) == [""]


def test_the_usual_style_counts_where_none_is_named() -> None:
    assert labels(OUTLINE, [xml("pPr", "")], style("a", LISTED, more='w:default="1"')) == ["一、"]


def test_styles_based_on_one_another_in_a_circle_end() -> None:
    assert labels(OUTLINE, [styled("a")], style("a", "", "b") + style("b", "", "a")) == [""]


def test_a_list_may_be_kept_in_a_numbering_style() -> None:
    pointer = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="列表"/></w:abstractNum>' + num("2", "9")
    assert labels(OUTLINE + pointer, [at(0, "2"), at(0)], style("列表", LISTED)) == ["一、", "二、"]


def test_lists_that_point_to_one_another_in_a_circle_end() -> None:
    pointer = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="列表"/></w:abstractNum>' + num("1", "9")
    assert labels(pointer, [at(0)], style("列表", LISTED)) == [""]
