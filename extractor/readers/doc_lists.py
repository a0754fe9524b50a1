"""The numbers that Word 97-2003 prints before the paragraphs of a list (一、 （一） 1.): they are counted, not stored."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from extractor.readers.doc_structure import LIST_OVERRIDES, LISTS, WordFile
from extractor.readers.numbering import formatted

LEVELS = 9
MAX_NUMBER = 9999
LONGEST_LABEL = 100
_SIMPLE = 0x1
_LEGAL, _NO_RESTART = 0x4, 0x8
_STARTS_ANEW, _HAS_LEVEL = 0x10, 0x20
_BULLET, _NONE = 0x17, 0xFF
_FORMATS = {
    0x00: "decimal",
    0x01: "upperRoman",
    0x02: "lowerRoman",
    0x03: "upperLetter",
    0x04: "lowerLetter",
    0x0A: "ideographDigital",
    0x0B: "japaneseCounting",
    0x0E: "decimalFullWidth",
    0x0F: "decimalHalfWidth",
    0x10: "chineseLegalSimplified",
    0x11: "japaneseDigitalTenThousand",
    0x12: "decimalEnclosedCircle",
    0x13: "decimalFullWidth2",
    0x16: "decimalZero",
    0x1A: "decimalEnclosedFullstop",
    0x1B: "decimalEnclosedParen",
    0x1C: "decimalEnclosedCircleChinese",
    0x1D: "ideographEnclosedCircle",
    0x1E: "ideographTraditional",
    0x1F: "ideographZodiac",
    0x21: "taiwaneseCounting",
    0x23: "taiwaneseCountingThousand",
    0x24: "taiwaneseDigital",
    0x25: "chineseCounting",
    0x26: "chineseLegalSimplified",
    0x27: "chineseCountingThousand",
    0x39: "numberInDash",
    0xFF: "none",
}
"""What the codes of formats (MSONFC) are called in newer files."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts, and its text with a control character for each level's number."""

    start: int
    code: int
    text: str
    legal: bool = False
    """Whether all numbers in it are written in digits."""
    restarts_after: int = LEVELS
    """Only levels above this one set it back."""


@dataclass(slots=True)
class _List:
    levels: list[Level] = field(default_factory=list)
    styles: tuple[int, ...] = ()
    """The style to which each level is tied."""


@dataclass(slots=True)
class _Use:
    """One use of a list (LFO): which list it is, and in what it differs."""

    list: int
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    """Levels that begin anew when this use first meets them."""


class Numbers:
    """Counts the paragraphs of all lists of a file, in the order in which they are asked for."""

    def __init__(self, word: WordFile) -> None:
        self._lists = _lists(word)
        self._uses = _uses(word.block(LIST_OVERRIDES))
        self._counts: dict[int, dict[int, int]] = {}

    def label(self, use: int, level: int | None, style: int) -> str:
        """What is printed before the next paragraph of this use of a list; empty for bullets and for no list."""
        if not 0 < use <= len(self._uses):
            return ""
        found = self._uses[use - 1]
        used = self._lists.get(found.list, _List())
        if level is None:
            level = used.styles.index(style) if style in used.styles else 0
        levels = {**dict(enumerate(used.levels)), **found.levels}
        return _label(levels, level, self._counted(found, level, levels)) if level in levels else ""

    def _counted(self, use: _Use, level: int, levels: dict[int, Level]) -> dict[int, int]:
        """The numbers of the levels at this paragraph. All uses of one list are counted together."""
        counts = self._counts.setdefault(use.list, {})
        following = counts[level] + 1 if level in counts else levels[level].start
        counts[level] = min(use.starts.pop(level, following), MAX_NUMBER + 1)
        for deeper in [place for place in counts if place > level]:
            if deeper not in levels or level < levels[deeper].restarts_after:
                del counts[deeper]
        return counts


def _label(levels: dict[int, Level], level: int, counts: dict[int, int]) -> str:
    """The text of a level with its numbers filled in; nothing where one of them cannot be written."""
    here = levels[level]
    if here.code in (_BULLET, _NONE):
        return ""
    parts = []
    for sign in here.text:
        place = ord(sign)
        if place >= LEVELS:
            parts.append(sign)
        elif place in levels:
            number = counts.get(place, levels[place].start)
            written = formatted("decimal" if here.legal else _FORMATS.get(levels[place].code, ""), number)
            if written is None:
                return ""
            parts.append(written)
    return "".join(parts).strip()


def _lists(word: WordFile) -> dict[int, _List]:
    """Each list by its identifier; the levels lie behind the block that the file's head tells of (PlfLst)."""
    start, size = word.place(LISTS)
    heads = word.table[start : start + size]
    place = start + size
    found: dict[int, _List] = {}
    for number in range(max(0, (len(heads) - 2) // 28)):
        head = heads[2 + 28 * number : 30 + 28 * number]
        new = _List(styles=struct.unpack_from(f"<{LEVELS}H", head, 8))
        for _ in range(1 if head[26] & _SIMPLE else LEVELS):
            level, place = _level(word.table, place)
            if level is None:
                return found
            new.levels.append(level)
        found[int.from_bytes(head[:4], "little")] = new
    return found


def _level(table: bytes, place: int) -> tuple[Level | None, int]:
    """The level that begins at ``place`` (LVL), and where it ends; ``None`` where the block is cut off."""
    if place + 30 > len(table):
        return None, place
    start, code, flags = struct.unpack_from("<iBB", table, place)
    text = place + 28 + table[place + 24] + table[place + 25]
    size = int.from_bytes(table[text : text + 2], "little")
    end = text + 2 + 2 * size
    words = table[text + 2 : min(end, text + 2 + 2 * LONGEST_LABEL)].decode("utf-16-le", "replace")
    return Level(start, code, words, bool(flags & _LEGAL), table[place + 26] if flags & _NO_RESTART else LEVELS), end


def _uses(block: bytes) -> list[_Use]:
    """The uses of lists in the order in which paragraphs name them (PlfLfo)."""
    count = min(int.from_bytes(block[:4], "little"), max(0, len(block) - 4) // 16)
    heads = [block[4 + 16 * number : 20 + 16 * number] for number in range(count)]
    found = [_Use(int.from_bytes(head[:4], "little")) for head in heads]
    place = 4 + 16 * count
    for use, head in zip(found, heads, strict=True):
        place += 4
        for _ in range(head[12]):
            if place + 8 > len(block):
                return found
            start, flags = struct.unpack_from("<iI", block, place)
            place += 8
            if flags & _HAS_LEVEL:
                level, place = _level(block, place)
                if level is None:
                    return found
                use.levels[flags & 0xF] = level
                start = level.start
            if flags & _STARTS_ANEW:
                use.starts[flags & 0xF] = start
    return found
