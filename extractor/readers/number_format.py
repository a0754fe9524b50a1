"""How a sheet shows a value: 0.979 under ``0.00%`` is 97.90%.

The codes are those that Excel stores (ECMA-376 part 1, 18.8.31), with the signs that Chinese versions write
(``!`` before a literal, ``[红色]``, ``G/通用格式``). Widths of columns are not known here: nothing is ever ``####``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, Overflow
from functools import lru_cache

from extractor.model.exact import Fraction
from extractor.readers.date_format import ELAPSED, date_text, is_in_range
from extractor.readers.number_words import in_chinese

GENERAL = "General"
BUILTIN: dict[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The codes that a file names by number only, as a Chinese Excel shows them (ECMA-376 part 1, 18.8.30, zh-cn)."""

MAX_CODE = 1000
"""Excel takes codes of 255 signs; one much longer is no code."""
EXACT = Context(prec=2500, rounding=ROUND_HALF_UP)
"""Room for the largest double (309 digits) under the longest code."""
FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
"""Excel shows a double by its first fifteen digits: 28.499999999999996 is shown as 28.5."""
MAX_DENOMINATOR_DIGITS = 7

_TOKEN = re.compile(
    r"""
      " (?P<quoted> [^"]* ) "?
    | [\\!] (?P<escaped> . )
    | _ (?P<pad> . )                                  # as wide as that sign: layout, nothing is printed
    | \* (?P<fill> . )                                # fills the column: layout too
    | \[ (?P<bracket> [^\]]* ) \]
    | (?P<general> General | G/通用格式 | G/標準 | Standard )
    | (?P<halves> AM/PM | A/P | 上午/下午 )
    | (?P<exponent> E[+-] )
    | (?P<date> y+ | m+ | d+ | h+ | s+ | a{3,} | e+ | b{2,} )
    | (?P<digit> [0\#?] )
    | (?P<sign> [.,%/@;] )
    | (?P<other> . )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]*)?|-?\.[0-9]+)\Z")
_COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda number, limit: number < limit,
    "<=": lambda number, limit: number <= limit,
    ">": lambda number, limit: number > limit,
    ">=": lambda number, limit: number >= limit,
    "=": lambda number, limit: number == limit,
    "<>": lambda number, limit: number != limit,
}
_SYSTEM = {"F800": 'yyyy"年"m"月"d"日"', "X-SYSDATE": 'yyyy"年"m"月"d"日"', "F400": "h:mm:ss", "X-SYSTIME": "h:mm:ss"}
"""What a Chinese Windows shows for the languages that mean "as the computer is set"."""

Token = tuple[str, str]
"""What a piece of a code is, and its text: ``("literal", "万元")``, ``("digit", "0")``."""
PERCENT = ("sign", "%")


@dataclass(slots=True)
class Section:
    """One of the up to four parts of a code, which stand for positive, negative, nought and text."""

    tokens: list[Token]
    condition: tuple[str, Decimal] | None = None
    chinese: str = ""
    """``DBNum1`` … ``DBNum3`` where digits are printed as Chinese numerals."""
    locale: str = ""
    kinds: frozenset[str] = frozenset()
    simple: tuple[str, str, int, int, bool, bool] | None = field(default=None)
    """Of a plain code: prefix, suffix, power of ten, decimals, whether thousands are grouped, whether 0.5 has its nought."""

    def holds(self, number: Decimal) -> bool:
        """Whether the number meets the section's own condition."""
        return self.condition is not None and _COMPARISONS[self.condition[0]](number, self.condition[1])

    def is_negative_only(self) -> bool:
        """Whether the condition lets nothing but negative numbers in: such a section prints its own sign."""
        if self.condition is None:
            return False
        return self.condition[0] in ("<", "<=") and not self.condition[1]

    def has_sign(self) -> bool:
        """Whether it prints a minus or a bracket before its digits, and so leaves no room for a sign of the number's own."""
        for kind, word in self.tokens:
            if kind == "digit":
                return False
            if kind == "literal" and set(word) & set("-(（－"):
                return True
        return False


def displayed(number: float | Decimal, code: str, from_1904: bool = False) -> str:
    """The number as a sheet shows it under a format code.

    >>> displayed(0.979, "0.00%"), displayed(313.87000000000000455, "General"), displayed(34057, '0!.0,"万元"')
    ('97.90%', '313.87', '3.4万元')
    """
    return number_format(code).number(number, from_1904)


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """The format of a code, taken apart once."""
    return NumberFormat(code)


class NumberFormat:
    """A format code, ready to show values."""

    def __init__(self, code: str) -> None:
        sections = _sections(code if 0 < len(code) <= MAX_CODE else GENERAL)[:4]
        last = sections[-1]
        has_text = len(sections) == 4 or "@" in last.kinds
        self._text = last if has_text else None
        self._numbers = sections[:-1] if has_text and len(sections) > 1 else sections
        self.is_general = len(sections) == 1 and [kind for kind, _ in last.tokens] == ["general"] and not last.chinese
        self.shows_text_as_it_stands = self._text is None or [kind for kind, _ in self._text.tokens] == ["@"]

    def text(self, text: str) -> str:
        """A text as it is shown: as it stands, but for codes such as ``;;;`` and ``"第"@"号"``."""
        if self._text is None or self.shows_text_as_it_stands:
            return text
        return "".join(text if kind == "@" else word for kind, word in self._text.tokens if kind in ("@", "literal"))

    def number(self, value: float | Decimal, from_1904: bool = False) -> str:
        """A number as it is shown."""
        exact = value if isinstance(value, Decimal) else Decimal(repr(value))
        if not exact.is_finite():
            return str(value)
        number = FIFTEEN.plus(exact)
        section, number = self._section(number)
        try:
            return section_text(section, number, from_1904)
        except (InvalidOperation, Overflow):  # A hundred percent signs.
            return general(number)

    def _section(self, number: Decimal) -> tuple[Section, Decimal]:
        """The section that shows the number, and the number with the sign that it leaves to be printed."""
        sections = self._numbers
        first = sections[0]
        second = sections[1] if len(sections) > 1 else first
        if first.condition is None and second.condition is None:
            if len(sections) == 1 or number > 0:
                return first, number
            if number < 0:
                return second, abs(number)
            return (sections[2] if len(sections) > 2 else first), number
        return self._conditional(sections, number)

    def _conditional(self, sections: list[Section], number: Decimal) -> tuple[Section, Decimal]:
        """The first section whose condition holds; the last one is for all other numbers."""
        first, second = sections[0], sections[min(1, len(sections) - 1)]
        if first.condition is None:  # Then it is that of the positive numbers.
            chosen = second if second.holds(number) else first if number > 0 else sections[-1]
        elif first.holds(number) or len(sections) == 1:
            chosen = first
        elif second.condition is None:  # Of three it is that of the negative ones.
            chosen = second if len(sections) == 2 or number < 0 else sections[2]
        else:
            chosen = second if second.holds(number) else sections[-1]
        rest = chosen is second and first.condition is not None and first.condition[0] in (">", ">=") and not first.condition[1]
        signed = chosen.has_sign() or chosen.is_negative_only() or (rest and second.condition is None)
        return chosen, abs(number) if signed else number


def section_text(section: Section, number: Decimal, from_1904: bool = False) -> str:
    """A number under one section of a code."""
    if section.simple is not None:
        return _simple(section.simple, number)
    sign = "-" if number < 0 else ""
    size = abs(number)
    if "date" in section.kinds:
        return date_text(section.tokens, number, from_1904, section.locale, section.chinese) if is_in_range(number, from_1904) else general(number)
    if "general" in section.kinds or "@" in section.kinds:
        power = 2 * section.tokens.count(PERCENT)
        whole = general(size.scaleb(power, EXACT))
        shown = in_chinese(whole, section.chinese) if section.chinese else whole
        return (sign + "".join(shown if kind in ("general", "@") else word for kind, word in section.tokens)).strip()
    if "digit" not in section.kinds:
        return "".join(word for kind, word in section.tokens if kind in ("literal", "sign")).strip()
    if "exponent" in section.kinds:
        shown = _scientific(section.tokens, size)
    elif "over" in section.kinds:
        shown = _fraction(section.tokens, size)
    else:
        shown = _laid_out(section.tokens, *_scaled(section.tokens, size))
    return (sign + (in_chinese(shown, section.chinese, digits_only=True) if section.chinese else shown)).strip()


def general(number: Decimal) -> str:
    """A number without a format: at most eleven signs, in powers of ten where that is not enough.

    >>> general(Decimal("1234567.891234")), general(Decimal("123456789012")), general(Decimal("0.1234567890123"))
    ('1234567.891', '1.23457E+11', '0.123456789')
    """
    if not number:
        return "0"
    magnitude = number.adjusted()
    if -10 < magnitude < 11:
        decimals = 9 if magnitude < 0 else max(0, 9 - magnitude)
        rounded = number.quantize(Decimal(1).scaleb(-decimals), context=EXACT)
        if magnitude > -5 or rounded == number:
            if rounded.adjusted() < 11:
                shown = f"{rounded:f}"
                return shown.rstrip("0").rstrip(".") if "." in shown else shown
    six = Context(prec=6, rounding=ROUND_HALF_UP).plus(number).normalize(EXACT)
    power = six.adjusted()
    return f"{six.scaleb(-power, EXACT):f}E{'-' if power < 0 else '+'}{abs(power):02d}"


def _simple(plain: tuple[str, str, int, int, bool, bool], number: Decimal) -> str:
    prefix, suffix, power, decimals, grouped, has_nought = plain
    size = abs(number)
    if power:
        size = size.scaleb(power, EXACT)
    rounded = size.quantize(Decimal(1).scaleb(-decimals), context=EXACT)
    shown = f"{rounded:,f}" if grouped else f"{rounded:f}"
    if not has_nought and rounded < 1:
        shown = shown[1:]
    return f"{'-' if number < 0 else ''}{prefix}{shown}{suffix}".strip()


def _scaled(tokens: list[Token], size: Decimal) -> tuple[str, str]:
    """The digits before and after the point that a code of placeholders has to show."""
    power = 2 * tokens.count(PERCENT) - 3 * sum(kind == "thousandth" for kind, _ in tokens)
    decimals = sum(kind == "digit" for kind, _ in tokens[_point(tokens) :])
    return _digits(size.scaleb(power, EXACT), decimals)


def _digits(size: Decimal, decimals: int) -> tuple[str, str]:
    shown = f"{size.quantize(Decimal(1).scaleb(-decimals), context=EXACT):f}"
    whole, _, after = shown.partition(".")
    return whole.lstrip("0"), after


def _point(tokens: list[Token]) -> int:
    return next((at for at, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))


def _laid_out(tokens: list[Token], whole: str, after: str) -> str:
    """Digits put in the places of a code, from the point to either side; literals between them stay where they are."""
    point = _point(tokens)
    grouped = any(kind == "group" for kind, _ in tokens[:point])
    before = [word for kind, word in tokens[:point] if kind == "digit"]
    places = iter(_whole_places(before, whole, grouped))
    decimals = iter(_decimal_places([word for kind, word in tokens[point:] if kind == "digit"], after))
    shown: list[str] = []
    if not before and whole:
        shown.append(whole)  # ".00" shows 12.5 as 12.50
    for at, (kind, word) in enumerate(tokens):
        if kind == "digit":
            shown.append(next(places) if at < point else next(decimals))
        elif kind == "literal" or word in (".", "%"):
            shown.append(word)
    return "".join(shown)


def _whole_places(places: list[str], whole: str, grouped: bool) -> list[str]:
    """What each placeholder before the point prints; the first one takes all digits that are left."""
    shown: list[str] = []
    for after in range(len(places)):
        place = places[-1 - after]
        last = after == len(places) - 1
        end = max(0, len(whole) - after)
        digits = whole[0 if last else max(0, end - 1) : end] or {"0": "0", "?": " ", "#": ""}[place]
        shown.append("".join(_with_group(digit, after + len(digits) - 1 - at, grouped) for at, digit in enumerate(digits)))
    return shown[::-1]


def _with_group(digit: str, power: int, grouped: bool) -> str:
    return digit + "," if grouped and power and power % 3 == 0 and digit != " " else digit


def _decimal_places(places: list[str], after: str) -> list[str]:
    """What each placeholder after the point prints: ``#`` leaves the noughts of the end out."""
    significant = len(after.rstrip("0"))
    return [digit if at < significant or place == "0" else " " if place == "?" else "" for at, (place, digit) in enumerate(zip(places, after, strict=True))]


def _scientific(tokens: list[Token], size: Decimal) -> str:
    """A number in powers of ten; several places before the point make the power a multiple of their number."""
    at = next(at for at, (kind, _) in enumerate(tokens) if kind == "exponent")
    head, tail = tokens[:at], tokens[at + 1 :]
    step = max(1, sum(kind == "digit" for kind, _ in head[: _point(head)]))
    decimals = sum(kind == "digit" for kind, _ in head[_point(head) :])
    power = (size.adjusted() // step) * step if size else 0
    rounded = size.scaleb(-power, EXACT).quantize(Decimal(1).scaleb(-decimals), context=EXACT)
    if rounded.adjusted() >= step:
        power += step
        rounded = rounded.scaleb(-step, EXACT).quantize(Decimal(1).scaleb(-decimals), context=EXACT)
    mantissa = _laid_out(head, *_digits(rounded, decimals))
    sign = "-" if power < 0 else "+" if tokens[at][1].endswith("+") else ""
    return f"{mantissa}E{sign}{_laid_out(tail, str(abs(power)) if power else '', '')}"


def _fraction(tokens: list[Token], size: Decimal) -> str:
    """A number as a whole and a fraction: 1.5 under ``# ?/?`` is 1 1/2."""
    at = next(at for at, (kind, _) in enumerate(tokens) if kind == "over")
    start, end = at, at + 1
    while start and tokens[start - 1][0] == "digit":
        start -= 1
    while end < len(tokens) and (tokens[end][0] == "digit" or tokens[end][1].isdecimal()):
        end += 1
    mixed = any(kind == "digit" for kind, _ in tokens[:start])
    whole, part = divmod(Fraction(size), 1) if mixed else (0, Fraction(size))
    above, under = _parts_of(part, "".join(word for _, word in tokens[at + 1 : end]))
    if mixed and above == under:
        whole, above = whole + 1, 0
    front = _laid_out(tokens[:start], str(whole) if whole else "" if above else "0", "")
    behind = "".join(word for _, word in tokens[end:])
    return f"{front}{above}/{under}{behind}" if above or not mixed else front.rstrip(" ") + behind


def _parts_of(part: Fraction, below: str) -> tuple[int, int]:
    fixed = below if below.isascii() and below.isdecimal() and below.strip("0") else ""
    if fixed:
        under = int(fixed[:MAX_DENOMINATOR_DIGITS])
        return int(part * under + Fraction(1, 2)), under
    nearest = part.limit_denominator(10 ** min(max(1, len(below)), MAX_DENOMINATOR_DIGITS) - 1)
    return nearest.numerator, nearest.denominator


def _sections(code: str) -> list[Section]:
    """The sections of a code. Brackets, pads and fills are used up here."""
    sections = [Section([])]
    for found in _TOKEN.finditer(code):
        kind, word = found.lastgroup or "quoted", found[found.lastgroup or 0]
        if (kind, word) == ("sign", ";"):
            sections.append(Section([]))
        elif kind == "bracket":
            _bracket(sections[-1], word)
        elif kind not in ("pad", "fill"):
            sections[-1].tokens.append(("literal" if kind in ("quoted", "escaped", "other") else kind, word))
    for section in sections:
        _finish(section)
    return sections


def _bracket(section: Section, word: str) -> None:
    """What stands in square brackets: a condition, a currency, a language, passed hours; colours are not shown."""
    condition = _CONDITION.match(word)
    if condition:
        section.condition = condition[1], Decimal(condition[2])
    elif word.startswith("$"):
        currency, _, language = word[1:].partition("-")
        section.locale = language.upper() or section.locale
        if currency:
            section.tokens.append(("literal", currency))
    elif word.upper().startswith("DBNUM"):
        section.chinese = "DBNum" + word[5:6]
    elif ELAPSED.fullmatch(word):
        section.tokens.append(("date", f"[{word.lower()}]"))


def _finish(section: Section) -> None:
    """Says of the signs of a section what they mean where they stand."""
    if section.locale in _SYSTEM and any(kind == "date" for kind, _ in section.tokens):
        section.tokens = _sections(_SYSTEM[section.locale])[0].tokens
    tokens = section.tokens
    if any(kind in ("date", "halves") for kind, _ in tokens):
        section.kinds = frozenset({"date"})
        return
    numeric = any(kind == "digit" for kind, _ in tokens)
    section.tokens = [(_meaning(tokens, at, numeric), word) for at, (_, word) in enumerate(tokens)]
    section.kinds = frozenset(kind for kind, _ in section.tokens if kind != "literal")
    section.simple = _plain(section)


def _meaning(tokens: list[Token], at: int, numeric: bool) -> str:
    """What kind of token this one is among its neighbours."""
    kind, word = tokens[at]
    if kind == "sign" and word == "@":
        return "@"
    if kind == "exponent" and not numeric:
        return "literal"
    if kind != "sign" or word == "%":
        return kind
    if word == ",":
        return _comma(tokens, at)
    if word == "/":
        return "over" if _is_fraction(tokens, at) else "literal"
    return kind if numeric else "literal"


def _comma(tokens: list[Token], at: int) -> str:
    """A comma between placeholders groups thousands; one behind the last of a run divides by a thousand."""
    behind = next((kind for kind, word in tokens[at + 1 :] if word != ","), "")
    before = next((kind for kind, word in reversed(tokens[:at]) if word != ","), "")
    if before != "digit":
        return "literal"
    return "group" if behind == "digit" else "thousandth"


def _is_fraction(tokens: list[Token], at: int) -> bool:
    return 0 < at < len(tokens) - 1 and tokens[at - 1][0] == "digit" and (tokens[at + 1][0] == "digit" or tokens[at + 1][1].isdecimal())


def _plain(section: Section) -> tuple[str, str, int, int, bool, bool] | None:
    """What is needed to show a number under codes such as ``"¥"#,##0.00``, which nearly all are; else ``None``."""
    if not section.kinds <= {"digit", "sign", "group", "thousandth"} or "digit" not in section.kinds or section.chinese:
        return None
    parts = re.fullmatch(r"(l*)([dg]*)(\.d*)?(t*)([l%]*)", "".join(_letter(token) for token in section.tokens))
    if parts is None or not parts[2]:
        return None
    before = "".join(word for kind, word in section.tokens[parts.start(2) : parts.end(2)] if kind == "digit")
    after = "".join(word for kind, word in section.tokens[parts.start(2) : parts.end(3)] if kind == "digit")[len(before) :] if parts[3] else ""
    if not re.fullmatch("#*0?", before) or after.strip("0") or parts[3] == ".":
        return None
    words = [word for _, word in section.tokens]
    prefix, suffix = "".join(words[: parts.end(1)]), "".join(words[parts.start(5) :])
    return prefix, suffix, 2 * parts[5].count("%") - 3 * len(parts[4]), len(after), "g" in parts[2], before.endswith("0")


def _letter(token: Token) -> str:
    kind, word = token
    return {"digit": "d", "group": "g", "thousandth": "t", "literal": "l"}.get(kind, word)
