"""The words of a Word 97-2003 file as a reader of the page sees them, each character in the place where the file counts it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from extractor.document import TABLE
from extractor.readers.doc_properties import Look, Properties
from extractor.readers.doc_structure import WordFile
from extractor.readers.revisions import Change, Piece

CELL_END, LOST_ROW_END, BREAK = "\x07", "\x11", "\x0c"
"""The mark at the end of a cell or row; our own for that of a row that was deleted; the end of a page or section."""
PARAGRAPH_ENDS = re.compile("[\r\x07\x0c\x11]")
_UNSEEN = "\0"
"""Stands for each character that is not printed, so that the others keep their places."""
_NOT_CELL_ENDS, _NOT_MARKS = re.compile(r"[^\x07]"), re.compile(r"[^\x07\r\x0c]")
_FIELD_MARKS = re.compile("[\x13-\x15]")
_SIGNS = str.maketrans(dict.fromkeys((*map(chr, (*range(9), *range(12, 30), 31, 127)), TABLE), "") | {"\x0b": "\n", "\x1e": "-", "\xa0": " ", "\u2028": "\n"})
"""Line breaks become lines and a hyphen that does not break one is a hyphen; anchors of pictures and notes are no words."""
_HALVES = re.compile("[\ud800-\udfff]")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
_SYMBOLS = {
    "Symbol": "\xa3≤\xb3≥\xb1±\xb4×\xb8÷\xb9≠\xbb≈\xb0°" + "".join(2 * sign for sign in "%()+,-./0123456789:;<=>"),
    "Wingdings": "\xfe☑\xfd☒\xa8□\x6f□\xfc√" + "".join(chr(0x81 + place) + chr(0x2460 + place) for place in range(10)),
    "Wingdings 2": "\x52☑\x50√\xa3□",
}
"""Signs of symbol fonts that reports use, each behind the letter that the font draws so."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MEASURE = re.compile(r"(?:m|[khcdm]m|㎡|㎞|米)\Z", re.IGNORECASE)


class Words:
    """The text of a file with its instructions and hidden words blanked out, and what was changed in it."""

    def __init__(self, word: WordFile, properties: Properties) -> None:
        self._properties = properties
        text = word.text.replace(LOST_ROW_END, _UNSEEN)
        self._written = _painted(text, [(start, end, _UNSEEN * (end - start)) for start, end in _instructions(text)])
        looks = sorted(properties.unusual(), key=lambda look: look[:2])
        self._changes = _in_order((start, end, change) for start, end, look in looks if (change := _change(look)) is not Change.KEPT)
        self._starts = [start for start, _, _ in self._changes]
        drawn = [(start, end, self._drawn(start, end, look)) for start, end, look in looks if look.symbol or look.raised or look.font is not None]
        self._written = _painted(self._written, drawn)
        unseen = [(start, end, self._blank(start, end, change)) for start, end, change in self._changes if change is not Change.INSERTED]
        self.text = _painted(self._written, unseen)

    def pieces(self, start: int, end: int) -> list[Piece]:
        """The words between two characters by what became of them; none where nothing was changed or hidden."""
        found: list[Piece] = []
        done = start
        for first, last, change in self._changes[max(0, bisect_right(self._starts, start) - 1) : bisect_right(self._starts, end)]:
            first, last = max(first, start), min(last, end)
            if first < last:
                found += Piece(self._plain(done, first)), Piece(self._plain(first, last), change)
                done = last
        return [*found, Piece(self._plain(done, end))] if found else []

    def _plain(self, start: int, end: int) -> str:
        return plain(self._written[start:end])

    def _drawn(self, start: int, end: int, look: Look) -> str:
        """A stretch of symbols, or of raised digits where they would become part of a number or spoil a measure: m², 10⁴."""
        stretch = self._written[start:end]
        if look.symbol:
            return stretch.replace("(", _symbol(self._properties.font(look.symbol[0]), look.symbol[1]))
        if look.font is not None:
            font = self._properties.font(look.font)
            return _PRIVATE.sub(lambda sign: _symbol(font, ord(sign[0])), stretch)
        before = self._written[max(0, start - 2) : start]
        if not (stretch.isascii() and stretch.isdigit()):
            return stretch
        measure = stretch in ("2", "3") and _MEASURE.search(before)
        return stretch.translate(_RAISED) if measure or before[-1:].isdigit() else stretch

    def _blank(self, start: int, end: int, change: Change) -> str:
        """What is left of a stretch that is not printed: marks, of which only deletion takes those of paragraphs away."""
        stretch = self._written[start:end]
        if change is Change.HIDDEN:
            return _NOT_MARKS.sub(_UNSEEN, stretch)
        blank = _NOT_CELL_ENDS.sub(_UNSEEN, stretch)
        if CELL_END not in blank:
            return blank
        ends = (LOST_ROW_END if sign == CELL_END and self._properties.paragraph(start + place).row_end else sign for place, sign in enumerate(blank))
        return "".join(ends)


def plain(words: str) -> str:
    """Words without Word's own signs, rare characters again as one each."""
    words = words.translate(_SIGNS)
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _HALVES.search(words) else words


def _change(look: Look) -> Change:
    if look.deleted:
        return Change.DELETED
    if look.is_hidden():
        return Change.HIDDEN
    return Change.INSERTED if look.inserted else Change.KEPT


def _in_order(changes: Iterator[tuple[int, int, Change]]) -> list[tuple[int, int, Change]]:
    """Changes that do not overlap: in an honest file none do."""
    found: list[tuple[int, int, Change]] = []
    done = 0
    for start, end, change in changes:
        start = max(start, done)
        if start < end:
            found.append((start, end, change))
            done = end
    return found


def _painted(text: str, strokes: list[tuple[int, int, str]]) -> str:
    """The text with some stretches replaced, each by as many characters."""
    parts: list[str] = []
    done = 0
    for start, end, new in sorted(strokes, key=lambda stroke: stroke[:2]):
        if start >= done:
            parts += text[done:start], new
            done = end
    return "".join(parts) + text[done:]


def _instructions(text: str) -> Iterator[tuple[int, int]]:
    """Where the instructions of fields stand. A field is 0x13 instruction 0x14 result 0x15, and may hold others."""
    begun: list[tuple[int, bool]] = []
    for mark in _FIELD_MARKS.finditer(text):
        if mark[0] == "\x13":
            begun.append((mark.start(), False))
        elif begun and mark[0] == "\x14" and not begun[-1][1]:
            yield begun[-1][0], mark.end()
            begun[-1] = (begun[-1][0], True)
        elif begun and mark[0] == "\x15":
            start, has_result = begun.pop()
            if not has_result:
                yield start, mark.end()


def _symbol(font: str, code: int) -> str:
    """The character that a symbol shows; symbol fonts keep their signs in Unicode's private area."""
    private = 0xF000 <= code < 0xF100
    sign = chr(code & 0xFF) if private or font in _SYMBOLS else chr(code)
    known = _SYMBOLS.get(font)
    if known is not None:
        place = known[::2].find(sign)
        return known[2 * place + 1] if place >= 0 else _UNSEEN
    return _UNSEEN if private or sign < " " or 0xD800 <= code < 0xE000 else sign
