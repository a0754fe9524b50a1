"""How a sheet shows a day or a time: it stores days since 1900 (or 1904) and shows them by a format code."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from extractor.readers.number_words import part_in_chinese

ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
"""In brackets these count on beyond a day: [h]:mm shows 30:00."""
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_DAY = 86400
_LAST_SERIAL = 2958465
"""9999-12-31, the last day that Excel knows."""
_EPOCH_1904 = 1462
_EPOCH = date(1899, 12, 30)
_LEAP_BUG = 60
"""Excel takes 1900 for a leap year, so that day 60 is a 29 February that never was."""

_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CHINESE_MONTHS = ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"]
_CHINESE_DAYS = "一二三四五六日"
_CHINESE = frozenset({"804", "404", "C04"})

Token = tuple[str, str]


def is_in_range(number: Decimal, from_1904: bool) -> bool:
    """Whether the number is a day that Excel shows; others it fills with ####."""
    return 0 <= number < (_LAST_SERIAL - _EPOCH_1904 if from_1904 else _LAST_SERIAL) + 1


def date_text(tokens: list[Token], number: Decimal, from_1904: bool, locale: str = "", numerals: str = "") -> str:
    """The days ``number`` under the tokens of a date code, in Chinese ``numerals`` where it asks for them."""
    decimals = _decimals(tokens)
    seconds = (number * _DAY).quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    moment = _Moment(seconds, from_1904, locale[-3:] in _CHINESE or locale.startswith("ZH"))
    twelve = any(kind == "halves" for kind, _ in tokens)
    shown: list[str] = []
    for at, (kind, word) in enumerate(tokens):
        if kind == "date":
            part = moment.part(word.lower(), _is_minute(tokens, at), twelve)
            shown.append(part_in_chinese(part, numerals) if numerals else part)
        elif kind == "halves":
            shown.append(moment.half(word))
        elif kind == "digit" and _follows_seconds(tokens, at):
            shown.append(moment.fraction()[_place(tokens, at)])
        elif kind in ("literal", "sign", "digit"):
            shown.append(word)
    return "".join(shown).strip()


class _Moment:
    """A day and its seconds, asked for part by part."""

    def __init__(self, seconds: Decimal, from_1904: bool, chinese: bool) -> None:
        self.total = seconds
        self.days, within = divmod(int(seconds), _DAY)
        self.hour, self.minute, self.second = within // 3600, within // 60 % 60, within % 60
        self.serial = self.days + (_EPOCH_1904 if from_1904 else 0)
        self.year, self.month, self.day, self.weekday = _calendar(self.serial)
        self.chinese = chinese

    def part(self, word: str, is_minute: bool, twelve: bool) -> str:
        """One run of letters of the code: yyyy, mm, [h]."""
        if word.startswith("["):
            return str(int(self.total) // {"h": 3600, "m": 60, "s": 1}[word[1]]).zfill(len(word) - 2)
        if word[0] in "yeb":
            return f"{self.year % 100:02d}" if word[0] == "y" and len(word) < 3 else str(self.year + (543 if word[0] == "b" else 0))
        if word[0] == "m" and not is_minute:
            return self._month(len(word))
        if word[0] == "d" and len(word) < 3:
            return str(self.day).zfill(len(word))
        if word[0] in "da":
            return self._weekday(word)
        hour = (self.hour + 11) % 12 + 1 if twelve else self.hour
        return str({"h": hour, "m": self.minute, "s": self.second}[word[0]]).zfill(min(len(word), 2))

    def half(self, word: str) -> str:
        """Morning or afternoon, in the words of the code."""
        before, after = word.split("/")
        return after if self.hour >= 12 else before

    def fraction(self) -> str:
        """The digits of the second's fraction."""
        return f"{self.total:f}".partition(".")[2]

    def _month(self, letters: int) -> str:
        if letters < 3:
            return str(self.month).zfill(letters)
        if self.chinese:
            return _CHINESE_MONTHS[self.month - 1]
        name = _MONTHS[self.month - 1]
        return {3: name[:3], 4: name, 5: name[:1]}.get(letters, name)

    def _weekday(self, word: str) -> str:
        if word[0] == "a":
            return ("星期" if len(word) > 3 else "") + _CHINESE_DAYS[self.weekday]
        if self.chinese:
            return ("周" if len(word) == 3 else "星期") + _CHINESE_DAYS[self.weekday]
        return _DAYS[self.weekday][: 3 if len(word) == 3 else None]


def _calendar(serial: int) -> tuple[int, int, int, int]:
    """Year, month, day and weekday (Monday is nought) of an Excel day.

    >>> _calendar(44928)[:3], _calendar(60)[:3], _calendar(1)[:3]
    ((2023, 1, 2), (1900, 2, 29), (1900, 1, 1))
    """
    weekday = (serial + 5) % 7
    if serial == _LEAP_BUG:
        return 1900, 2, 29, weekday
    if serial == 0:
        return 1900, 1, 0, weekday
    day = _EPOCH + timedelta(serial if serial > _LEAP_BUG else serial + 1)
    return day.year, day.month, day.day, weekday


def _is_minute(tokens: list[Token], at: int) -> bool:
    """Whether an m stands for minutes: behind an hour or before a second."""
    if tokens[at][1].lower() not in ("m", "mm"):
        return False
    before = next((word.lower() for kind, word in reversed(tokens[:at]) if kind == "date"), "")
    behind = next((word.lower() for kind, word in tokens[at + 1 :] if kind == "date"), "")
    return before.lstrip("[").startswith("h") or behind.lstrip("[").startswith("s")


def _follows_seconds(tokens: list[Token], at: int) -> bool:
    while at and tokens[at][0] == "digit":
        at -= 1
    return at > 0 and tokens[at] == ("sign", ".") and tokens[at - 1][0] == "date" and tokens[at - 1][1].lower().lstrip("[").startswith("s")


def _place(tokens: list[Token], at: int) -> int:
    place = 0
    while tokens[at - 1 - place][0] == "digit":
        place += 1
    return place


def _decimals(tokens: list[Token]) -> int:
    """How many places of a second's fraction the code shows."""
    return max((_place(tokens, at) + 1 for at, (kind, _) in enumerate(tokens) if kind == "digit" and _follows_seconds(tokens, at)), default=0)
