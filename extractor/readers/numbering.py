"""The numbers that Word puts before paragraphs (一、（一）1.): the file holds only how they are to be counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from extractor.readers.wordml import VAL, W, below, switched_on, value, whole

# -------------------------------------------------------------------------------------------------------- the formats

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def formatted(kind: str, number: int) -> str | None:
    """A number in one of Word's formats; ``None`` for a format that is not known, or a number that it cannot write.

    >>> [formatted(kind, 12) for kind in ("decimal", "chineseCounting", "decimalEnclosedCircle", "upperRoman", "lowerLetter")]
    ['12', '十二', '⑫', 'XII', 'l']
    """
    write = _FORMATS.get(kind)
    return write(number) if write and 0 <= number <= _MOST else None


_MOST = 9999
"""No list has more items; what Word prints beyond is of no use to anyone."""


def _counted(number: int, digits: str = "零一二三四五六七八九", places: str = "十百千") -> str:
    """一千零二十: a number as it is spoken. Of ten to nineteen the 一 is left out."""
    words, zero = "", False
    for at in range(3, -1, -1):
        digit = number // 10**at % 10
        if digit:
            words += (digits[0] if zero else "") + digits[digit] + (places[at - 1] if at else "")
        zero = words != "" and not digit
    return words.removeprefix("一") if words.startswith("一十") else words or digits[0]


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _chinese(number: int) -> str:
    """十二, 二十, and from a hundred on digit by digit, as Word has it."""
    return _counted(number) if 0 < number < 100 else _digit_by_digit(number)


def _legal(number: int) -> str:
    return _counted(number, _LEGAL_DIGITS, "拾佰仟")


def _roman(number: int) -> str | None:
    words = ""
    for worth, sign in _ROMAN:
        times, number = divmod(number, worth)
        words += sign * times
    return words or None


def _small_roman(number: int) -> str | None:
    words = _roman(number)
    return words and words.lower()


def _letter(number: int) -> str | None:
    """A … Z, AA, BB: the letter is doubled, not carried."""
    if not 0 < number <= 26 * 30:
        return None
    times, at = divmod(number - 1, 26)
    return chr(ord("A") + at) * (times + 1)


def _small_letter(number: int) -> str | None:
    words = _letter(number)
    return words and words.lower()


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _out_of(signs: str) -> Callable[[int], str | None]:
    """One sign a number, for as many as there are."""
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else None


_FORMATS: dict[str, Callable[[int], str | None]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedCircle": _out_of(_CIRCLED),
    "decimalEnclosedCircleChinese": _out_of(_CIRCLED),
    "decimalEnclosedFullstop": _out_of("".join(map(chr, range(0x2488, 0x249C)))),
    "decimalEnclosedParen": _out_of("".join(map(chr, range(0x2474, 0x2488)))),
    "ideographEnclosedCircle": _out_of(_BRACKETED),  # Word prints brackets, whatever the name says
    "ideographTraditional": _out_of(_STEMS),
    "ideographZodiac": _out_of(_BRANCHES),
    "chineseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "chineseCountingThousand": _counted,
    "taiwaneseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "ideographDigital": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "chineseLegalSimplified": _legal,
    "upperRoman": _roman,
    "lowerRoman": _small_roman,
    "upperLetter": _letter,
    "lowerLetter": _small_letter,
    "none": lambda number: "",
}

# ------------------------------------------------------------------------------------------------------------- styles


_LONGEST_CHAIN = 30


@dataclass(slots=True)
class _Style:
    name: str
    based_on: str | None
    number: str | None
    level: str | None


@dataclass(slots=True)
class _Numbered:
    """What a style says of the numbers of its paragraphs."""

    number: str | None = None
    level: str | None = None
    holder: str = ""
    """The style that names the list: a level of the list may be tied to it."""


class Styles:
    """The styles of paragraphs, as far as they number them."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default = ""
        self._found: dict[str, _Numbered] = {}
        for style in root.iterfind(W + "style") if root is not None else ():
            name = style.get(W + "styleId", "")
            numbers = below(style, "pPr", "numPr")
            self._styles[name] = _Style(value(style, "name") or "", value(style, "basedOn"), value(numbers, "numId"), value(numbers, "ilvl"))
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self.default = name

    def name(self, style: str | None) -> str:
        """The name under which Word shows a style: ids differ from language to language."""
        found = self._styles.get(style or self.default)
        return found.name if found else ""

    def numbered(self, style: str | None) -> _Numbered:
        """The list and the level of a style, its own or that of the styles on which it is based."""
        name = style or self.default
        if name not in self._found:
            self._found[name] = self._inherited(name)
        return self._found[name]

    def number(self, style: str) -> str | None:
        """The list of a numbering style."""
        return self.numbered(style).number

    def _inherited(self, name: str | None) -> _Numbered:
        found = _Numbered()
        for _ in range(_LONGEST_CHAIN):  # styles may be based on one another in a circle
            style = self._styles.get(name or "")
            if style is None:
                break
            found.level = style.level if found.level is None else found.level
            if style.number is not None:
                found.number, found.holder = style.number, name or ""
                break
            name = style.based_on
        return found


# -------------------------------------------------------------------------------------------------------------- lists

_LEVEL = re.compile(r"%([1-9])")
_LONGEST_LABEL = 100
_NO_LIST = frozenset((None, "0"))


@dataclass(slots=True)
class _Level:
    kind: str
    text: str
    start: int
    restarts_after: int | None
    """The level that sets this one back, counted from one; nought is none, ``None`` any higher one."""
    legal: bool
    """Whether all numbers are written in digits."""
    style: str | None


@dataclass(slots=True)
class _List:
    """A ``w:num``: the levels of an abstract list with what is changed in them."""

    counter: str
    """The abstract list: all lists made from it are counted together."""
    levels: dict[int, _Level] = field(default_factory=dict)
    fresh_starts: set[int] = field(default_factory=set)
    """The levels that begin anew when this list first uses them."""


class Numbering:
    """Counts the numbered paragraphs of a document, which have to be asked for in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract = _by_id(root, "abstractNum", "abstractNumId")
        self._nums = _by_id(root, "num", "numId")
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, properties: Element | None) -> str:
        """The number before the next paragraph, whose ``w:pPr`` is given; ``""`` where it has none."""
        place = self._place(properties) if self._nums else None
        if place is None:
            return ""
        found, at = place
        return _written(found, at, self._counted(found, at))

    def _place(self, properties: Element | None) -> tuple[_List, int] | None:
        """The list of a paragraph and its level there: what the paragraph says itself goes before what its style says."""
        own = below(properties, "numPr")
        style = self._styles.numbered(value(properties, "pStyle"))
        number, level = value(own, "numId"), value(own, "ilvl")
        by_style = number is None
        number = style.number if by_style else number
        if number is None or number in _NO_LIST or (found := self._list(number)) is None:
            return None
        at = whole(style.level if level is None else level, _tied(found, style.holder) if by_style else 0)
        return (found, at) if at in found.levels else None

    def _counted(self, found: _List, at: int) -> dict[int, int]:
        """The counts of the list after one more paragraph of this level."""
        counts = self._counts.setdefault(found.counter, {})
        if at in found.fresh_starts:
            found.fresh_starts.remove(at)
            counts.pop(at, None)
        counts[at] = min(counts.get(at, found.levels[at].start - 1), _MOST) + 1
        for deeper in [level for level in counts if level > at]:
            after = found.levels[deeper].restarts_after if deeper in found.levels else None
            if after is None or at < after:
                del counts[deeper]
        return counts

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._read(number)
        return self._lists[number]

    def _read(self, number: str) -> _List | None:
        num = self._nums.get(number)
        counter = self._resolved(value(num, "abstractNumId"))
        if num is None or counter is None:
            return None
        found = _List(counter, {at: _level(level) for at, level in _levels(self._abstract[counter])})
        for change in num.iterfind(W + "lvlOverride"):
            _change(found, change)
        return found

    def _resolved(self, abstract: str | None) -> str | None:
        """The abstract list itself, where one only points to a numbering style that has it."""
        for _ in range(3):
            if abstract is None or abstract not in self._abstract:
                return None
            style = value(self._abstract[abstract], "numStyleLink")
            if style is None:
                return abstract
            abstract = value(self._nums.get(self._styles.number(style) or ""), "abstractNumId")
        return None


def _by_id(root: Element | None, name: str, attribute: str) -> dict[str, Element]:
    return {} if root is None else {element.get(W + attribute, ""): element for element in root.iterfind(W + name)}


def _written(found: _List, at: int, counts: dict[int, int]) -> str:
    """The label of a level, such as （%1） with its number in it; nothing where one number cannot be written."""
    level = found.levels[at]
    words = "" if level.kind == "bullet" else level.text
    for digit in set(_LEVEL.findall(words)):
        index = int(digit) - 1
        other = found.levels.get(index)
        number = None if other is None else formatted("decimal" if level.legal else other.kind, counts.get(index, other.start))
        if number is None:
            return ""
        words = words.replace(f"%{digit}", number)
    return words.strip()


def _tied(found: _List, style: str) -> int:
    """The level that is tied to a style, else the first."""
    return next((at for at, level in found.levels.items() if level.style == style), 0)


def _levels(parent: Element) -> list[tuple[int, Element]]:
    return [(whole(level.get(W + "ilvl"), 0), level) for level in parent.iterfind(W + "lvl")]


def _level(element: Element) -> _Level:
    # A format of Word 2010 stands in a choice, with a fallback behind it that older programs know.
    kinds = [kind.get(VAL, "") for kind in element.iter(W + "numFmt")]
    restarts_after = value(element, "lvlRestart")
    return _Level(
        kinds[-1] if kinds else "decimal",
        (value(element, "lvlText") or "")[:_LONGEST_LABEL],
        min(whole(value(element, "start"), 0), _MOST),
        None if restarts_after is None else whole(restarts_after, 0),
        switched_on(element, "isLgl"),
        value(element, "pStyle"),
    )


def _change(found: _List, change: Element) -> None:
    """Applies one ``w:lvlOverride``: another level, another start, or both."""
    at = whole(change.get(W + "ilvl"), 0)
    for _, level in _levels(change):
        found.levels[at] = _level(level)
    start = value(change, "startOverride")
    if start is not None and at in found.levels:
        found.levels[at].start = min(whole(start, 1), _MOST)
        found.fresh_starts.add(at)
