"""Tracked changes: the pieces of a paragraph that somebody put in or took out, and the figures that this changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


class Change(Enum):
    """What became of a piece of text."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a paragraph that has one fate."""

    text: str
    change: Change = Change.KEPT


@dataclass(slots=True)
class _Revision:
    """What stood there and what stands there now, between what was kept."""

    before: str
    old: str
    new: str
    after: str


_REACH = 30
"""No number is longer; what was kept is not looked at further off."""
_LONGEST = 60
_NUMBER_SIGNS = "0123456789.,"
_DIGIT = re.compile(r"\d")
_UNIT = re.compile(r"\s?(?:万亿元|[万亿]元?|[百千]?元|[%％‰]|个百分点|分)")
_SIZES = re.compile(r"[万亿千百元%％‰.]")
"""Without a digit of their own such signs still change the figure before them."""
_PART_OF_NUMBER = re.compile(r"[\d.,]+")
_READ_AS = "（已按修订后的文字核对）。"


def accepted(pieces: Iterable[Piece]) -> str:
    """The text with all changes accepted.

    >>> accepted([Piece("3"), Piece("07", Change.DELETED), Piece("70", Change.INSERTED), Piece(".27万元")])
    '370.27万元'
    """
    return "".join(piece.text for piece in pieces if piece.change in (Change.KEPT, Change.INSERTED))


def rejected(pieces: Iterable[Piece]) -> str:
    """The text as it was before the changes."""
    return "".join(piece.text for piece in pieces if piece.change in (Change.KEPT, Change.DELETED))


def changed_figures(pieces: Iterable[Piece]) -> list[str]:
    """One sentence for every change to a figure.

    >>> changed_figures([Piece("支出3"), Piece("07", Change.DELETED), Piece("70", Change.INSERTED), Piece(".27万元")])
    ['修订：“307.27万元”改为“370.27万元”（已按修订后的文字核对）。']
    """
    return [sentence for revision in _revisions(pieces) if (sentence := _sentence(revision))]


def row_taken_out(words: str) -> str:
    """The sentence for a row of a table that was taken out."""
    return f"修订：删去表格中的一行“{_short(words)}”{_READ_AS}"


def _revisions(pieces: Iterable[Piece]) -> Iterator[_Revision]:
    """The changes in order. Digits that were kept between two changes belong to the same number as both."""
    open_ = False
    before = old = new = kept = ""
    for piece in pieces:
        if not piece.text or piece.change is Change.HIDDEN:
            continue
        if piece.change is Change.KEPT:
            kept += piece.text
            continue
        if open_ and kept and (len(kept) > _REACH or not _PART_OF_NUMBER.fullmatch(kept)):
            yield _Revision(before, old, new, kept[:_REACH])
            open_ = False
        if open_:
            old, new = old + kept, new + kept
        else:
            before, old, new, open_ = kept[-_REACH:], "", "", True
        kept = ""
        old += piece.text if piece.change is Change.DELETED else ""
        new += piece.text if piece.change is Change.INSERTED else ""
    if open_:
        yield _Revision(before, old, new, kept[:_REACH])


def _sentence(revision: _Revision) -> str | None:
    """What changed, each number with all its digits and its unit; ``None`` where no figure did."""
    change = _narrowed(revision)
    before = _end_of_number(change.before)
    digits = _DIGIT.search(change.old + change.new)
    if not digits and not (before and _SIZES.search(change.old + change.new)):
        return None
    after = _rest_of_number(change.after, (before + change.old)[-1:].isdigit() or (before + change.new)[-1:].isdigit())
    old, new = before + change.old + after, before + change.new + after
    if not change.old.strip() and not _DIGIT.search(old):
        return f"修订：增加“{_short(new)}”{_READ_AS}"
    if not change.new.strip() and not _DIGIT.search(new):
        return f"修订：删去“{_short(old)}”{_READ_AS}"
    return f"修订：“{_short(old)}”改为“{_short(new)}”{_READ_AS}"


def _narrowed(revision: _Revision) -> _Revision:
    """The change without what both texts have in common: people replace whole sentences to correct one digit."""
    old, new = revision.old, revision.new
    same = _shared(old, new)
    before = revision.before + old[:same]
    old, new = old[same:], new[same:]
    same = _shared(old[::-1], new[::-1])
    after = old[len(old) - same :] + revision.after
    return _Revision(before, old[: len(old) - same], new[: len(new) - same], after)


def _shared(one: str, other: str) -> int:
    """How many signs both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _end_of_number(words: str) -> str:
    return words[len(words.rstrip(_NUMBER_SIGNS)) :].lstrip(".,")


def _rest_of_number(words: str, in_number: bool) -> str:
    """The digits with which a number goes on, and its unit. A comma or stop at the end belongs to the sentence."""
    digits = words[: len(words) - len(words.lstrip(_NUMBER_SIGNS))].rstrip(".,")
    unit = _UNIT.match(words, len(digits)) if digits or in_number else None
    return digits + (unit[0] if unit else "")


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
