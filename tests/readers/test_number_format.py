"""What Excel shows for a value under a format, typed from what a Chinese Excel shows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers.number_format import BUILTIN, displayed, number_format

SHOWN = [
    # General: eleven signs at most.
    (313.87000000000000455, "General", "313.87"),
    (0.97899999999999998, "General", "0.979"),
    (0.1 + 0.2, "General", "0.3"),
    (100, "General", "100"),
    (-5, "General", "-5"),
    (0, "General", "0"),
    (1 / 3, "General", "0.333333333"),
    (2 / 3, "General", "0.666666667"),
    (1234567.891234, "General", "1234567.891"),
    (12345678901, "General", "12345678901"),
    (123456789012, "General", "1.23457E+11"),
    (100000000000, "General", "1E+11"),
    (99999999999.6, "General", "1E+11"),
    (0.00001, "General", "0.00001"),
    (0.0000123456789, "General", "1.23457E-05"),
    (1e-10, "General", "1E-10"),
    (97.9, "G/通用格式", "97.9"),
    (97.9, 'General"%"', "97.9%"),
    (97.9, "", "97.9"),
    # Plain numbers, rounded half away from nought on what is displayed of the double.
    (0.125, "0.00", "0.13"),
    (-0.125, "0.00", "-0.13"),
    (1.005, "0.00", "1.01"),
    (2.675, "0.00", "2.68"),
    (28.499999999999996, "0", "29"),
    (0.5, "0", "1"),
    (1.5, "0", "2"),
    (2.5, "0", "3"),
    (-0.001, "0.00", "-0.00"),
    (313.87, "0.0", "313.9"),
    (340.57, "0.000", "340.570"),
    (1234567.891, "#,##0", "1,234,568"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (999.999, "#,##0.00", "1,000.00"),
    (0, "#,##0", "0"),
    (0, "#", ""),
    (0.5, "#.00", ".50"),
    (5, "0.##", "5."),
    (5.5, "0.0#", "5.5"),
    (7, "000", "007"),
    (1234, "000,000", "001,234"),
    (101, "000000", "000101"),
    (12.3, ".00", "12.30"),
    (1, "0.0?", "1.0"),
    # Percent.
    (0.979, "0%", "98%"),
    (0.979, "0.00%", "97.90%"),
    (0.9022, "0.0%", "90.2%"),
    (-0.0123, "0.00%", "-1.23%"),
    (1.15, "0%", "115%"),
    (0.575, "0%", "58%"),
    (97.9, '0.00"%"', "97.90%"),
    # Sections, pads, fills, colours.
    (1234.5, "#,##0.00_ ", "1,234.50"),
    (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
    (-1234.5, "#,##0.00_);[Red]\\(#,##0.00\\)", "(1,234.50)"),
    (-3.5, "0.00;[红色]-0.00", "-3.50"),
    (-3.5, "0.00;[红色]0.00", "3.50"),
    (0, '0.00;-0.00;"零"', "零"),
    (0, '0.00;-0.00;"-"', "-"),
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (-8.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-8.50"),
    (5, ";;;", ""),
    (0, "0;-0;", ""),
    (-5, "0.00;;", ""),
    # Conditions.
    (150, '[>100]"高"0;0.0', "高150"),
    (50, '[>100]"高"0;0.0', "50.0"),
    (0, '[=0]"无";0.00', "无"),
    (-5, '[=0]"无";0.00', "-5.00"),
    (-5, "[<0]-0.0;0.0", "-5.0"),
    (-5, "[>=0]0.0;(0.0)", "(5.0)"),
    (123456789, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "1.23亿"),
    (34057, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "3.4万"),
    (-12, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "-12"),
    # Units and scales.
    (340.57, '0.00"万元"', "340.57万元"),
    (340.57, "0.00万元", "340.57万元"),
    (3405700, '0!.0000"万元"', "340.5700万元"),
    (34057, "0!.0,", "3.4"),
    (34057, "0!.00,", "0.34"),
    (34057, "0\\.0,", "3.4"),
    (1234567, "0.00,", "1234.57"),
    (1234567, "#,##0,", "1,235"),
    (1234567, '0.0,,"百万"', "1.2百万"),
    (95, "0分", "95分"),
    (1234.5, '"¥"#,##0.00', "¥1,234.50"),
    (-1234.5, "[$¥-804]#,##0.00", "-¥1,234.50"),
    (1234.5, "[$-804]#,##0.00", "1,234.50"),
    (123456, "000-0000", "012-3456"),
    # Powers of ten and fractions.
    (12345.678, "0.00E+00", "1.23E+04"),
    (0.00012, "0.00E+00", "1.20E-04"),
    (9.999, "0.00E+00", "1.00E+01"),
    (12345.678, "##0.0E+0", "12.3E+3"),
    (0.5, "# ?/?", "1/2"),
    (1.5, "# ?/?", "1 1/2"),
    (2, "# ?/?", "2"),
    (0.3, "# ??/100", "30/100"),
    (1.25, "?/?", "5/4"),
    (3.25, "# ??/??", "3 1/4"),
    # Days and times.
    (44928, "yyyy-m-d", "2023-1-2"),
    (44928, "yyyy-mm-dd", "2023-01-02"),
    (44928, "yyyy/m/d;@", "2023/1/2"),
    (44928, 'yyyy"年"m"月"d"日"', "2023年1月2日"),
    (44928, "yyyy年m月", "2023年1月"),
    (44928, 'yyyy"年"m"月"d"日";@', "2023年1月2日"),
    (44928, "[$-804]aaaa", "星期一"),
    (44928, "aaa", "一"),
    (44928, "d-mmm-yy", "2-Jan-23"),
    (44928, "dddd", "Monday"),
    (44928, "[DBNum1][$-804]yyyy年m月d日", "二〇二三年一月二日"),
    (45281, "[DBNum1][$-804]m月d日", "十二月二十一日"),
    (44928, "[$-F800]dddd, mmmm dd, yyyy", "2023年1月2日"),
    (44928.5, "yyyy-m-d h:mm", "2023-1-2 12:00"),
    (44928.75, "h:mm AM/PM", "6:00 PM"),
    (44928.75, "上午/下午h时mm分", "下午6时00分"),
    (44928.123456, "h:mm:ss", "2:57:47"),
    (44928.123456, "mm:ss.0", "57:46.6"),
    (1.25, "[h]:mm", "30:00"),
    (1, "yyyy-m-d", "1900-1-1"),
    (59, "yyyy-m-d", "1900-2-28"),
    (60, "yyyy-m-d", "1900-2-29"),
    (61, "yyyy-m-d", "1900-3-1"),
    (2023, "@", "2023"),
    # Chinese numerals.
    (1234, "[DBNum1]General", "一千二百三十四"),
    (10203, "[DBNum2]General", "壹万零贰佰零叁"),
    (1234, '[DBNum2]General"元整"', "壹仟贰佰叁拾肆元整"),
    (2023, "[DBNum1]0", "二〇二三"),
]


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN, ids=[f"{value} {code}" for value, code, _ in SHOWN])
def test_a_number_is_shown_as_excel_shows_it(value: float, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("number", "value", "shown"),
    [
        (0, 97.9, "97.9"), (1, 97.9, "98"), (2, 97.9, "97.90"), (4, 1234.5, "1,234.50"), (9, 0.979, "98%"), (10, 0.979, "97.90%"),
        (14, 44928, "2023/1/2"), (22, 44928.5, "2023/1/2 12:00"), (27, 44928, "2023年1月"), (31, 44928, "2023年1月2日"), (57, 44928, "2023年1月"),
        (58, 44928, "1月2日"), (37, -1234, "-1,234"), (43, 0, "-"), (43, 1234.5, "1,234.50"), (49, 5, "5"), (11, 12345, "1.23E+04"), (46, 1.25, "30:00:00"),
    ],
)  # fmt: skip
def test_a_format_that_is_only_a_number_is_known(number: int, value: float, shown: str) -> None:
    assert displayed(value, BUILTIN[number]) == shown


def test_days_can_be_counted_from_1904() -> None:
    assert displayed(43466, "yyyy-m-d", from_1904=True) == "2023-1-2"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", "预算"),
        ("@", "预算"),
        (";;;", ""),
        ("0.00;;;", ""),
        ("0.00", "预算"),
        ('"项目："@', "项目：预算"),
        ('0.00;-0.00;0;"（"@"）"', "（预算）"),
        ("_ @_ ", "预算"),
        ("0;0;0;_ @_ ", "预算"),
    ],
)
def test_a_text_stays_as_it_is_but_for_a_section_of_its_own(code: str, shown: str) -> None:
    assert number_format(code).text("预算") == shown


def test_spaces_around_a_text_stay() -> None:
    assert number_format("@").text(" 20230102 ") == " 20230102 "


def test_a_negative_day_is_shown_as_a_number() -> None:
    assert displayed(-1, "yyyy-m-d") == "-1"


def test_what_is_not_finite_is_no_error() -> None:
    assert displayed(float("nan"), "0.00") == "nan"
    assert displayed(Decimal("Infinity"), "0.00") == "Infinity"


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(alphabet='0#?.,;%E+-/@"\\!_*[]<>=ymdhsa上午/下G General元DBNum1$-804', max_size=40))
def test_no_code_is_too_strange(value: float, code: str) -> None:
    assert isinstance(displayed(value, code), str)
    assert isinstance(number_format(code).text("预算"), str)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**11), max_value=10**11, places=4))
def test_two_decimals_are_those_of_the_number_half_away_from_nought(value: Decimal) -> None:
    exact = Decimal(displayed(float(value), "0.00"))
    assert abs(exact - value) <= Decimal("0.005")
