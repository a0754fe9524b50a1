"""Which figure of a corrected report is which of the one before: told by the words before it, never by where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from difflib import SequenceMatcher
from typing import Any

from verifier.case import told

BEFORE = 14
"""So many signs before a figure tell it from others."""

Figure = dict[str, Any]
"""A figure of the contract (``FigureOut``)."""


def aligned(old: list[Figure], new: list[Figure]) -> dict[str, Figure]:
    """The new figure of every old one, by the old one's id; what was reworded or taken out has none."""
    before, after = _claims(old), _claims(new)
    matcher = SequenceMatcher(None, [_words(figure) for figure in before], [_words(figure) for figure in after], autojunk=False)
    pairs: dict[str, Figure] = {}
    taken: set[str] = set()
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            mine, other = before[block.a + offset], after[block.b + offset]
            pairs[mine["id"]] = other
            taken.add(other["id"])
    left = [figure for figure in before if figure["id"] not in pairs], [figure for figure in after if figure["id"] not in taken]
    for key in (_words, _role):
        _pair_the_only_ones(*left, key, pairs, taken)
    return pairs


def _pair_the_only_ones(before: Iterable[Figure], after: Iterable[Figure], key: Any, pairs: dict[str, Figure], taken: set[str]) -> None:
    """Figures that moved, or whose sentence was reworded, where each side has one of a kind."""
    mine = _by(key, (figure for figure in before if figure["id"] not in pairs))
    other = _by(key, (figure for figure in after if figure["id"] not in taken))
    for name, group in mine.items():
        if name is not None and len(group) == 1 and len(other.get(name, ())) == 1:
            pairs[group[0]["id"]] = other[name][0]
            taken.add(other[name][0]["id"])


def _by(key: Any, figures: Iterable[Figure]) -> dict[Hashable, list[Figure]]:
    groups: dict[Hashable, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[key(figure)].append(figure)
    return groups


def _claims(figures: list[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure["status"] != "not_a_claim"]


def _words(figure: Figure) -> tuple[str, str]:
    """The kind of the figure and the words before it; without such words those behind it."""
    quote, text = figure["quote"], figure["text"]
    at = quote.find(text)
    ahead, behind = (quote[:at], quote[at + len(text) :]) if at >= 0 else (quote, "")
    return figure["kind"], _tail(ahead) or told(behind)[:BEFORE]


def _tail(words: str) -> str:
    """The last words, whatever figures stand among them."""
    return told(words[-4 * BEFORE :])[-BEFORE:]


def _role(figure: Figure) -> tuple[str, str] | None:
    return (figure["role"], figure["scope"]) if figure["role"] and figure["scope"] else None
