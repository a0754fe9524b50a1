"""Joined text: what is torn by the layout is whole again, and every sign knows where it was printed."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.document import Document, Page
from extractor.readers import open_document
from extractor.text import _RADICALS, SIGNS, Text, joined

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"


def document(*pages: str) -> Document:
    return Document("x", "", "text", [Page(number, text) for number, text in enumerate(pages, 1)])


def text(*pages: str) -> str:
    return joined(document(*pages)).chars


# ---- signs


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("（一）指标：１２．５％", "(一)指标:12.5%"),
        ("≧９５％，≦100％；＞5家＜6家＝7＋8－9", "≥95%，≤100%；>5家<6家=7+8-9"),
        ("①20家", "①20家"),
        ("面积1200m²", "面积1200m²"),
        ("财〔2023〕5号﹝2023﹞6号", "财〔2023〕5号﹝2023﹞6号"),
        ("⼀、⾏政⻓⻔⺠⽣", "一、行政长门民生"),
        ("2-12个月，2～3次", "2-12个月，2~3次"),
        ("评价结果为“ 优” 。", "评价结果为“优”。"),
        ("预算 18 189万元", "预算18 189万元"),
        ("预算 18\u3000 189万元", "预算18 189万元"),
        ("执行率 为\u00a097.90 %", "执行率为97.90%"),
        ("金额\u200b8.21\ufeff万元", "金额8.21万元"),
        ("计划1,234.50元，见附件", "计划1,234.50元，见附件"),
        ("GB 18030 标准", "GB 18030标准"),
    ],
)
def test_signs_are_put_one_for_one(printed: str, read: str) -> None:
    assert text(printed) == read


def test_the_radicals_stand_at_their_places() -> None:
    assert len(_RADICALS) == 0x2EF4 - 0x2E81
    for radical, sign in {"⺠": "民", "⻄": "西", "⻅": "见", "⻋": "车", "⻓": "长", "⻔": "门", "⻘": "青", "⻚": "页", "⻛": "风", "⻜": "飞",
                          "⻝": "食", "⻢": "马", "⻥": "鱼", "⻦": "鸟", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻳": "龟"}.items():  # fmt: skip
        assert SIGNS[ord(radical)] == sign, (radical, unicodedata.name(radical))


# ---- lines

WRAPPED = """二、项目情况
贯彻执行国家、自治区和乌鲁木齐市有关招商引资的方
针、政策和法律、法规，共计 1个项目，项目总金额为
8.21万元，预算金额为 8.21 万元，执行金额为95.
10%。项目为招商引资经费，预算金额为 8.21 万元，执行金
额为8.21 万元，达到提升区域经济效益。
（一）指标一：
项目支出预算执行率：该指标预期指标值为 100%，年中
监控实际完成值为 97.22%，本次评价。"""


def test_wrapped_lines_are_joined_and_headings_stay_alone() -> None:
    assert text(WRAPPED).split("\n") == [
        "二、项目情况",
        (
            "贯彻执行国家、自治区和乌鲁木齐市有关招商引资的方针、政策和法律、法规，共计1个项目，项目总金额为8.21万元，"
            "预算金额为8.21万元，执行金额为95.10%。项目为招商引资经费，预算金额为8.21万元，执行金额为8.21万元，达到提升区域经济效益。"
        ),
        "(一)指标一:",
        "项目支出预算执行率:该指标预期指标值为100%，年中监控实际完成值为97.22%，本次评价。",
    ]


def test_blank_lines_after_every_line_mean_nothing() -> None:
    assert text(WRAPPED.replace("\n", "\n\n").replace("执行金\n", "执行金\n\n\n")) == text(WRAPPED)


def test_page_breaks_tear_nothing() -> None:
    head, tail = WRAPPED.split("执行金\n")
    assert text(head + "执行金\n1", tail + "\n2") == text(WRAPPED)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        pytest.param(
            "高新区招商服务局2023年度部门整体支出绩效自评报告\n全年预算数为 313.87万元，执行率97.90%。\n得 9.79分。",
            "高新区招商服务局2023年度部门整体支出绩效自评报告\n全年预算数为313.87万元，执行率97.90%。\n得9.79分。",
            id="一段一行",
        ),
        pytest.param(
            "全年预算数为 313.87万元，其中项目支出预算数为\n8.21万元。",
            "全年预算数为313.87万元，其中项目支出预算数为8.21万元。",
            id="两行",
        ),
        pytest.param("一、概况\n二、结论\n", "一、概况\n二、结论", id="标题"),
        pytest.param("", "", id="空"),
        pytest.param("\n \n", "", id="空行"),
    ],
)
def test_short_texts(printed: str, read: str) -> None:
    assert text(printed) == read


def test_long_paragraphs_of_one_line_each_stay_apart() -> None:
    paragraphs = [f"{n}年部门整体支出" + "预算执行情况良好，" * n + "全部完成。" for n in range(3, 30)]
    assert text("\n".join(paragraphs)).split("\n") == paragraphs


def test_an_indented_line_begins_a_paragraph() -> None:
    full = "项目支出预算执行率该指标预期指标值，年中监控实际完成。"
    body = "\n".join(["　　" + full[:-2] + "实", *[full[:-1] + "的"] * 4, full, "　　" + full[:-2] + "实", full[:-1] + "的", "好。"])
    assert len(text(body).split("\n")) == 2


# ---- furniture


@pytest.mark.parametrize("number", ["- {} -", "—{}—", "第{}页 共9页", "第 {} 页", "{}", "{}/4", "· {} ·", "Page {} of 4"])
def test_page_numbers_are_left_out(number: str) -> None:
    pages = [f"第{n}部分内容，金额为{n}8.21万元。\n" + number.format(n) for n in range(1, 5)]
    assert text(*pages).split("\n") == [f"第{n}部分内容，金额为{n}8.21万元。" for n in range(1, 5)]


def test_running_heads_are_left_out() -> None:
    pages = [f"高新区自评报告 第{n}稿\n金额为{n}8.21万元。\n自评得分{n}分" for n in range(1, 6)]
    assert text(*pages).split("\n") == [line for n in range(1, 6) for line in (f"金额为{n}8.21万元。", f"自评得分{n}分")]


def test_the_head_of_a_form_that_every_page_repeats_stays() -> None:
    pages = [f"项目支出绩效自评表\n（2023年度）\n项目名称 第{n}项\n全年预算数 {n}8.21\n- {n} -" for n in range(1, 6)]
    assert text(*pages).count("项目支出绩效自评表\n(2023年度)") == 5


def test_a_score_at_the_foot_of_a_page_is_no_page_number() -> None:
    assert text("自评得分", "自评得分\n10", "自评得分\n10").count("10") == 2
    assert text("得分\n7") == "得分\n7"


def test_a_table_of_contents_is_left_out() -> None:
    assert text("目录\n一、基本概况..........1\n二、结论…………12\nPAGEREF _Toc1234 \\h 3\n一、基本概况\n正文。") == "目录\n一、基本概况\n正文。"


# ---- places


def test_a_place_is_the_printed_page_and_line() -> None:
    found = joined(document("一、概况\n\n金额\n1", "为 8.21 万元。\n2", "得分。\n3"))
    start = found.chars.index("8.21")
    place = found.place(start, start + 6)
    assert (place.page, place.line, place.box) == (2, 1, None)
    assert found.place(found.chars.index("金"), found.chars.index("金") + 1).line == 3
    assert found.original(start, start + 6) == "8.21 万元"


def test_the_original_leaves_out_page_numbers_between() -> None:
    head, tail = WRAPPED.split("执行金\n")
    found = joined(document(head + "执行金\n1", tail + "\n2"))
    start = found.chars.index("执行金额为8.21万元，达")
    assert found.original(start, start + 11) == "执行金额为8.21 万元"


def test_a_box_is_asked_for_what_stands_on_the_first_line() -> None:
    asked: list[tuple[int, int]] = []

    def box_of(start: int, end: int) -> tuple[float, float, float, float]:
        asked.append((start, end))
        return 1.0, 2.0, 3.0, 4.0

    page = Page(1, "前页", None)
    torn = Page(2, WRAPPED, box_of)
    found = joined(Document("x", "", "pdf", [page, torn]))
    start = found.chars.index("95.10%")
    assert found.place(start, start + 6).box == (1.0, 2.0, 3.0, 4.0)
    assert asked == [(WRAPPED.index("95.\n"), WRAPPED.index("95.\n") + 3)]


# ---- what holds for every text

SIGN = st.sampled_from("一二三、（）(1234567890.%，。；：:万元分项目金额 \u3000\n\n\n－-①⼀⻓附件指标ａＢabc\t\u200b")
PAGES = st.lists(st.text(SIGN, max_size=400) | st.text(max_size=80).map(lambda words: words.replace("\f", "")), max_size=5)


def digits(words: str) -> str:
    return re.sub(r"[^0-9]", "", words)


def check(found: Text) -> None:
    assert len(found.chars) == len(found.origin)
    assert all(before < after for before, after in zip(found.origin, found.origin[1:], strict=False))
    for sign, at in zip(found.chars, found.origin, strict=True):
        printed = found.raw[at]
        assert printed in "\n\f" if sign == "\n" else SIGNS.get(ord(printed), printed) == sign
    assert not re.search(r"\n\n|^\n|\n$|^ | $|[^A-Za-z0-9.,] | [^A-Za-z0-9.,]", found.chars)


@settings(max_examples=300, deadline=None)
@given(PAGES)
@example([])
@example(["\0", "1\n\x0b2", "a \0 b"])
def test_every_sign_points_at_what_was_printed(pages: list[str]) -> None:
    found = joined(document(*pages))
    check(found)
    for at in range(0, len(found.chars), 7):
        end = min(len(found.chars), at + 5)
        assert 1 <= found.place(at, end).page <= len(pages)
        assert "\n" not in found.original(at, end)


@settings(max_examples=300, deadline=None)
@example("0\n0")  # two numbers on one page count no pages
@given(st.text(SIGN, max_size=600))
def test_joining_keeps_every_digit_of_a_page_without_furniture(words: str) -> None:
    # Page numbers and lines of a table of contents are told by their shape; this text has none of these shapes.
    words = re.sub(r"[-－]", "至", words).replace("第", "")
    assert digits(text(words)) == digits(words.translate(SIGNS))


@settings(max_examples=100, deadline=None)
@given(st.integers(12, 40), st.integers(1, 30))
def test_no_width_of_paper_tears_a_figure(columns: int, paragraphs: int) -> None:
    paragraph = "全年预算数为313.87万元，全年实际支出资金307.27万元，预算执行率为97.90%，完成良好，符合要求。" * 2
    printed = "\n".join(paragraph[at : at + columns] for _ in range(paragraphs) for at in range(0, len(paragraph), columns))
    # Between two figures the comma must survive: torn ones would stand in two paragraphs.
    if columns >= 25:
        assert text(printed).count("313.87万元，全年实际支出资金307.27万元，预算执行率为97.90%") == 2 * paragraphs


@pytest.mark.skipif(not SEED.exists(), reason="the seed report is not on this machine")
def test_both_forms_of_the_seed_report_read_alike() -> None:
    found = []
    for name in ("report.txt", "report.pdf"):
        opened = open_document(SEED / name)
        found.append(joined(opened))
        check(found[-1])
        opened.close()
    plain, printed = (one.chars for one in found)
    assert digits(plain) == digits(printed)
    assert plain.replace("\n", "") == printed.replace("\n", "")
    for words in ("执行金额为8.21万元", "年初预算数为304.57万元", "自评得分7分", "其中:人员经费282.53万元"):
        assert words in plain
        assert words in printed


def test_a_line_that_ends_with_a_half_width_comma_goes_on() -> None:
    printed = "(二)社会保障和就业支出类科目116433.12元,\n占支出总预算10.73%,同比增加14643.36元,增长14.39%。"

    assert text(printed) == printed.replace("\n", "")
