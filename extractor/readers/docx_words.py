"""What a paragraph of a Word file prints, wherever it stands: in runs, insertions, fields, links, symbols and formulas."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from extractor.readers.revisions import Change, Piece
from extractor.readers.wordml import EITHER, M, W, below, chosen, switched_on, value

_R, _T = W + "r", W + "t"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = re.compile(r"[\t\r\n]")
_LAYOUT_BREAKS = frozenset(("page", "column"))

_SIGN_FOR = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_PRINTS_NOTHING = frozenset(
    [W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData", "ffData", "rt", "rubyPr")]
    + [W + name for name in ("instrText", "delInstrText", "softHyphen", "moveFrom", "annotationRef", "footnoteRef", "endnoteRef")]
    + [M + name for name in ("ctrlPr", "rPr", "fPr", "sSupPr", "sSubPr", "dPr", "radPr", "deg", "naryPr", "oMathParaPr")]
)
_PRINTED = (Change.KEPT, Change.INSERTED)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MEASURE = re.compile(r"(?:(?<![A-Za-z])[khcdm]?m|[㎡㎞])\Z", re.IGNORECASE)
_OPERATOR = re.compile(r"[-+−－＋×÷*/]")

_SYMBOLS = {
    "wingdings": {0x6F: "□", 0xA8: "□", 0xFD: "☒", 0xFE: "☑", 0xFC: "√", **{0x81 + at: chr(0x2460 + at) for at in range(10)}},
    "wingdings 2": {0x52: "☑", 0x50: "√", 0xA3: "□"},
    "symbol": {
        **{code: chr(code) for code in (0x25, *range(0x28, 0x2A), *range(0x2B, 0x40))},
        **{0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷"},
    },
}
"""What stands behind the codes of fonts made of pictures; a picture that is not here says nothing that could be checked."""


class Words:
    """What one paragraph prints: its pieces, the text boxes anchored in it, and the notes it refers to."""

    def __init__(self, paragraph: Element) -> None:
        self.pieces: list[Piece] = []
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        # Of each field that is open, whether its instruction is still being read. Fields may run over several paragraphs,
        # but their instructions do not; so a field that never ends cannot swallow the rest of the document.
        self._fields: list[bool] = []
        self._instructions = 0
        self._last = ""
        self._raised = False
        self._walk(paragraph, Change.KEPT)

    def _walk(self, parent: Element, change: Change) -> None:
        for child in parent:
            tag = child.tag
            if tag == _T:
                self._put(_printed(child), change)
            elif tag in _PRINTS_NOTHING:
                continue
            elif tag in _SIGN_FOR:
                self._put(_SIGN_FOR[tag], change)
            elif special := _SPECIAL.get(tag):
                special(self, child, change)
            else:
                self._walk(child, change)

    def _put(self, text: str, change: Change) -> None:
        if not text or self._instructions:
            return
        text = self._as_raised(text) if self._raised else text
        self.pieces.append(Piece(text, change))
        if change in _PRINTED:
            self._last = text

    def _as_raised(self, text: str) -> str:
        """Raised digits as signs of their own, where they would become part of a number or spoil a measure: m², 10⁴."""
        if not (text.isascii() and text.isdecimal()):
            return text
        measure = text in ("2", "3") and _MEASURE.search(self._last)
        return text.translate(_RAISED) if measure or self._last[-1:].isdecimal() else text

    def _run(self, run: Element, change: Change) -> None:
        properties = below(run, "rPr")
        if properties is None:
            self._walk(run, change)
            return
        if change is not Change.DELETED and switched_on(properties, "vanish"):
            change = Change.HIDDEN
        raised = self._raised
        self._raised = raised or value(properties, "vertAlign") == "superscript"
        self._walk(run, change)
        self._raised = raised

    def _inserted(self, inserted: Element, change: Change) -> None:
        self._walk(inserted, Change.INSERTED if change is Change.KEPT else change)

    def _deleted(self, deleted: Element, change: Change) -> None:
        """What one person put in and another took out again was never part of the text."""
        if change is Change.KEPT:
            self._walk(deleted, Change.DELETED)

    def _deleted_text(self, text: Element, change: Change) -> None:
        """Deleted text never counts, even where the deletion around it got lost."""
        self._put(_printed(text), Change.DELETED)

    def _either(self, either: Element, change: Change) -> None:
        self._walk(chosen(either), change)

    def _text_box(self, box: Element, change: Change) -> None:
        if change in _PRINTED:
            self.boxes.append(box)

    def _break(self, sign: Element, change: Change) -> None:
        self._put("" if sign.get(W + "type") in _LAYOUT_BREAKS else "\n", change)

    def _symbol(self, sign: Element, change: Change) -> None:
        self._put(_symbol(sign.get(W + "font", ""), sign.get(W + "char", "")), change)

    def _field(self, sign: Element, change: Change) -> None:
        kind = sign.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._instructions -= self._fields[-1]
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._instructions -= self._fields.pop()
        self._instructions += kind == "begin"

    def _note(self, reference: Element, change: Change) -> None:
        if change in _PRINTED:
            kind = "footnotes" if reference.tag == W + "footnoteReference" else "endnotes"
            self.notes.append((kind, reference.get(W + "id", "")))

    def _fraction(self, fraction: Element, change: Change) -> None:
        """A fraction of a formula on one line, so that its two numbers do not run together."""
        for at, name in enumerate(("num", "den")):
            self._put("/" if at else "", change)
            begin = len(self.pieces)
            for term in fraction.iterfind(M + name):
                self._walk(term, change)
            if _OPERATOR.search("".join(piece.text for piece in self.pieces[begin:])):
                self.pieces.insert(begin, Piece("(", change))
                self._put(")", change)

    def _brackets(self, group: Element, change: Change) -> None:
        """The brackets of a formula, which are round where nothing is said."""
        signs = group.find(M + "dPr")
        for name, usual in (("begChr", "("), ("e", ""), ("endChr", ")")):
            sign = None if signs is None else signs.find(M + name)
            self._put(usual if sign is None else sign.get(M + "val", ""), change)
            for term in group.iterfind(M + name):
                self._walk(term, change)

    def _exponent(self, exponent: Element, change: Change) -> None:
        raised, self._raised = self._raised, True
        self._walk(exponent, change)
        self._raised = raised


_SPECIAL: dict[str, Callable[[Words, Element, Change], None]] = {
    _R: Words._run,
    M + "r": Words._run,
    M + "t": lambda words, text, change: words._put(text.text or "", change),
    M + "f": Words._fraction,
    M + "d": Words._brackets,
    M + "sup": Words._exponent,
    W + "ins": Words._inserted,
    W + "del": Words._deleted,
    W + "delText": Words._deleted_text,
    W + "br": Words._break,
    W + "sym": Words._symbol,
    W + "fldChar": Words._field,
    W + "footnoteReference": Words._note,
    W + "endnoteReference": Words._note,
    EITHER: Words._either,
    W + "txbxContent": Words._text_box,
}
"""Elements that do not simply print what is in them."""


def _printed(text: Element) -> str:
    """The text of a ``w:t``: line breaks of the XML are spaces, and those at its ends count only where the file says so."""
    words = text.text or ""
    if text.get(_SPACE) != "preserve":
        words = words.strip(" \t\r\n")
    return _BLANKS.sub(" ", words)


def _symbol(font: str, code: str) -> str:
    """The sign behind a ``w:sym``."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    known = _SYMBOLS.get(font.lower())
    if known is not None or 0xF000 <= number <= 0xF0FF:
        return (known or {}).get(number & 0xFF, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""
