"""Honest reports, however rounded, draw no error; printed figures are read back as they were printed."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.figures import figures
from extractor.model.report import Report
from extractor.read import understand
from verifier.verify import verify

amounts = st.integers(min_value=1_000, max_value=90_000_000)
"""Hundredths of 万元."""


def printed(value: Fraction, decimals: int, rounding: str = ROUND_HALF_UP) -> str:
    return str((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-decimals), rounding=rounding))


def errors(text: str) -> list[str]:
    report = Report("t.txt", "0" * 64, "txt", 1, text=text)
    understand(report)
    return [f"{f.rule} {f.message}" for f in verify(report).findings if f.severity == "error"]


@given(
    basic=amounts, project=amounts, spent=st.integers(0, 100), share=st.integers(1, 99), decimals=st.sampled_from([0, 1, 2]),
    rounding=st.sampled_from([ROUND_HALF_UP, ROUND_DOWN]), base=st.sampled_from(["revised", "original"]), change=st.integers(-500, 90_000),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_an_honest_budget_draws_no_error(basic: int, project: int, spent: int, share: int, decimals: int, rounding: str, base: str, change: int) -> None:
    original, revised = basic + project, basic + project + change
    outturn = max(1, revised * spent // 100)
    rate = Fraction(outturn, revised if base == "revised" else original)
    wan = [printed(Fraction(value, 100), 2) for value in (original, basic, project, abs(change), revised, outturn)]
    word = "追加" if change >= 0 else "调减"
    score = min(Fraction(10), rate * 10)
    text = (
        f"某局2023年度部门整体支出绩效自评报告\n年初预算数为{wan[0]}万元，其中：基本支出年初预算数为{wan[1]}万元、项目支出年初预算数为{wan[2]}万元。\n"
        f"年初预算数{wan[0]}万元，年中{word}{wan[3]}万元，调整后全年预算数{wan[4]}万元。\n"
        f"全年支出{wan[5]}万元，预算执行率{printed(rate * 100, decimals, rounding)}%，得{printed(score, 2, rounding)}分。\n"
    ).replace("：", ":")
    assert errors(text) == []


@given(now=amounts, before=amounts, decimals=st.sampled_from([0, 1, 2]))
@settings(max_examples=100, deadline=None)
def test_an_honest_growth_draws_no_error(now: int, before: int, decimals: int) -> None:
    if now == before:
        return
    up = now > before
    rate = abs(Fraction(now - before, before)) * 100
    text = (
        f"2023年收入总计{printed(Fraction(now, 100), 2)}万元，比上年{'增加' if up else '减少'}{printed(Fraction(abs(now - before), 100), 2)}万元，"
        f"{'增长' if up else '下降'}{printed(rate, decimals)}%。"
    )
    assert errors(text) == []


@given(
    number=st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False),
    unit=st.sampled_from(["万元", "元", "亿元", "%", "分", "个", "人次"]),
    commas=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_a_printed_figure_is_read_back(number: Decimal, unit: str, commas: bool) -> None:
    text = f"{number:,.2f}" if commas else f"{number:.2f}"
    (found,) = figures(f"合计为{text}{unit}，")

    assert (found.number, found.unit, found.decimals, found.doubt) == (number, unit, 2, None)
    assert found.text == text + unit


@given(st.text(alphabet="0123456789.,%万元分个家人年月日第（）()：:。，、-—一二三十百不低于超过约余增长占其中X*", max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reading(text: str) -> None:
    report = Report("t.txt", "0" * 64, "txt", 1, text=text)
    understand(report)
    audit = verify(report)

    assert len(audit.ledger) == len(report.figures)
    assert all(text[f.start : f.end].strip() == f.text for f in report.figures)
    assert [f.message for f in audit.findings if "运行出错" in f.message] == []


@given(st.text(alphabet="0123456789.,%万元 个、。年", max_size=40))
@settings(max_examples=300, deadline=None)
def test_every_digit_is_in_exactly_one_figure(text: str) -> None:
    found = figures(text)
    covered = [i for figure in found for i in range(figure.start, figure.end)]

    assert len(covered) == len(set(covered))
    assert {i for i, sign in enumerate(text) if sign.isdigit()} <= set(covered)
