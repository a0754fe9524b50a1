"""Digits printed as Chinese numerals, as the codes [DBNum1] … [DBNum3] of a sheet ask for."""

from __future__ import annotations

import re

_NUMERALS = {
    "DBNum1": ("〇一二三四五六七八九", ("", "十", "百", "千")),
    "DBNum2": ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")),
    "DBNum3": ("０１２３４５６７８９", ("", "十", "百", "千")),
}
_GROUPS = ("", "万", "亿", "兆")
_WHOLE = re.compile(r"(?<![.\d])\d{1,15}")
_DIGIT = re.compile(r"\d")


def in_chinese(shown: str, style: str, digits_only: bool = False) -> str:
    """What is shown with its digits in Chinese: whole numbers read out, or digit by digit.

    >>> in_chinese("1234.5", "DBNum2"), in_chinese("2023", "DBNum1", digits_only=True)
    ('壹仟贰佰叁拾肆.伍', '二〇二三')
    """
    numerals, _ = _NUMERALS.get(style, ("0123456789", ()))
    if not digits_only and style in _NUMERALS:
        shown = _WHOLE.sub(lambda found: _read_out(found[0], style), shown)
    return _DIGIT.sub(lambda found: numerals[int(found[0])], shown)


def part_in_chinese(part: str, style: str) -> str:
    """A year digit by digit, a month or day read out as it is said.

    >>> part_in_chinese("2023", "DBNum1"), part_in_chinese("12", "DBNum1")
    ('二〇二三', '十二')
    """
    return in_chinese(part, style, digits_only=True) if len(part) > 2 else in_chinese(part, style).removeprefix("一" if len(part) == 2 else " ")


def _read_out(digits: str, style: str) -> str:
    """A whole number with its 十百千万亿; noughts between digits are read once."""
    numerals, powers = _NUMERALS[style]
    shown, waiting = "", False
    for at, digit in enumerate(digits):
        power = len(digits) - 1 - at
        if digit == "0":
            waiting = bool(shown)
        else:
            shown += (numerals[0] if waiting else "") + numerals[int(digit)] + powers[power % 4]
            waiting = False
        if power % 4 == 0 and power and digits[max(0, at - 3) : at + 1].strip("0"):
            shown += _GROUPS[power // 4]
    return shown or numerals[0]
