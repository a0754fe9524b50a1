"""一、 →（一）→ 1. →（1）: the headings of a report and the text under each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.model.report import Section

NUMERALS = "一二三四五六七八九十"
MARKS = (
    re.compile(rf"第[{NUMERALS}]+(?:部分|章)|附件\s?\d*"),
    re.compile(rf"[{NUMERALS}]{{1,3}}、"),
    re.compile(rf"\([{NUMERALS}]{{1,3}}\)"),
    re.compile(r"\d{1,2}[.、](?!\d)"),
    re.compile(r"\(\d{1,2}\)"),
    re.compile(rf"[①-⑳]|[{NUMERALS}]是|指标(?:[{NUMERALS}]{{1,3}}|\d{{1,2}})[:、]?"),
)
LONGEST_TITLE = 42
"""A heading that stands alone is shorter than this; of a longer line only the words before the colon are a title."""


def sections(text: str, tables: Sequence[tuple[int, int]] = ()) -> list[Section]:
    """All headings in order; each ends where the next begins. Cells of ``tables`` are no headings."""
    found: list[tuple[int, int, str]] = []
    at = 0
    for line in text.split("\n"):
        level = heading_level(line)
        if level is not None and not any(start <= at < end for start, end in tables):
            found.append((at, level, title(line)))
        at += len(line) + 1
    ends = ([start for start, _, _ in found[1:]] + [len(text)])[: len(found)]
    return [Section(name, level, start, end) for (start, level, name), end in zip(found, ends, strict=True)]


def heading_level(line: str) -> int | None:
    """How deep a heading the line is, from its number; ``None`` where it is none."""
    if not line or line[0] not in f"第附({NUMERALS}0123456789指①②③④⑤⑥⑦⑧⑨⑩":
        return None
    for level, mark in enumerate(MARKS):
        if mark.match(line):
            return level
    return None


def title(line: str) -> str:
    """The words of a heading, without the sentence that may follow on the same line."""
    words = re.split(r"[。:]", line, maxsplit=1)[0]
    return words if len(words) <= LONGEST_TITLE else words[:LONGEST_TITLE]
