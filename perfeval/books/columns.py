"""What the columns of a roster or a ledger are: by alias for sure, by likeness as a proposal that a person approves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractor.model.fields import TITLES, lexicon, scope_title

MEASURES = ("original_budget", "revised_budget", "expenditure_outturn", "carryover_in", "carryover_out", "funds_received", "income")
PLAIN = {"unit": "单位名称", "department": "主管部门", "code": "单位代码", "year": "年度", "due": "应报", "short": "简称", "ignored": "（不使用）"}
PARTS = ("basic", "project", "personnel", "operating", "three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_run", "reception", "procurement")
"""Scopes that a ledger may have columns of; others are of single funds and stay unknown."""
NEAR = 70
"""Heads less alike than this have nothing to do with each other."""
MONEY = re.compile(r"[(,:/]\s*(?:金额)?(?:单位:?)?\s*(亿元|万元|千元|元)\s*\)?|(亿元|万元|千元)$")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)年?度?")
BRACKETED = re.compile(r"\([^()]*\)")
MARKS = re.compile(r"^(?:[一二三四五六七八九十]+[、.]|\d+[.、]|其中:?)|[A-Za-z](?:=.*)?$|[\s\"“”'‘’·*_:,]|^其中:?")

How = Literal["known", "near", "unclear", "unknown"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head as printed and what it is taken for; ``near`` and ``unclear`` ones wait for approval."""

    index: int
    head: str
    how: How
    role: str = ""
    """A plain role, or the measure of an amount."""
    scope: str = ""
    """The scope of an amount; empty for plain roles."""
    year: int | None = None
    money: str = ""
    """The unit of money that the head names."""
    likeness: int = 100
    like: str = ""
    """The known words that a ``near`` head resembles."""

    @property
    def is_amount(self) -> bool:
        """Whether the column holds amounts of a known role."""
        return self.how == "known" and bool(self.scope)

    @property
    def title(self) -> str:
        """The role in Chinese: 三公经费全年执行数."""
        if not self.scope:
            return PLAIN.get(self.role, "")
        return (scope_title(self.scope) if self.scope != "department" else "部门整体") + TITLES[self.role]


def columns(heads: Iterable[tuple[int, str, bool]], approved: Mapping[str, str], final: bool) -> list[Column]:
    """Every head with what it is; one that is ``torn`` from the words above it is unclear. ``approved`` are heads with what a person said they are (perfeval.toml).

    ``final`` says that the table is one of final accounts, so that 三公经费 alone is what was spent.
    """
    said = {bare(head): words for head, words in approved.items()}
    found = [_column(index, head, said, final) if bare(head) in said or not torn else Column(index, head, "unclear") for index, head, torn in heads]
    if not any(column.role == "unit" for column in found):
        # A list of departments has no other name of the unit.
        found = [_as_unit(column) if column.role == "department" and column.how == "known" else column for column in found]
    return found


def _as_unit(column: Column) -> Column:
    return Column(column.index, column.head, "known", "unit")


def bare(head: str) -> str:
    """A head without unit, year, brackets and marks.

    >>> bare("其中：“三公”经费 2023年决算数（万元）".replace("：", ":").replace("（", "(").replace("）", ")"))
    '三公经费决算数'
    """
    words = YEAR.sub("", BRACKETED.sub("", MONEY.sub("", head.replace("\n", ""))))
    while (shorter := MARKS.sub("", words)) != words:
        words = shorter
    return words


def money_of(head: str) -> str:
    """The unit of money that a head or a caption names, or nothing."""
    match = MONEY.search(head)
    return (match[1] or match[2]) if match else ""


def _column(index: int, head: str, said: Mapping[str, str], final: bool) -> Column:
    year = YEAR.search(head)
    about = (int(year[1]) if year else None, money_of(head))
    words = bare(head)
    if role := _known(bare(said.get(words, words)), final):
        return Column(index, head, "known", *role, *about)
    if _roles().get(_without_scope(words)[1]) == "unclear":
        return Column(index, head, "unclear", "", "", *about)
    like, likeness = _nearest(words)
    return Column(index, head, "near" if like else "unknown", "", "", *about, likeness, like)


def _known(words: str, final: bool) -> tuple[str, str] | None:
    """The role and scope that the words name beyond doubt."""
    role = _roles().get(words)
    if role in MEASURES:
        return role, "department"
    if role is not None and role != "unclear":
        return role, ""
    scope, rest = _without_scope(words)
    if not scope:
        return None
    measure = _roles().get(rest) if rest else ("expenditure_outturn" if final else None)
    return (measure, scope) if measure in MEASURES else None


def _without_scope(words: str) -> tuple[str, str]:
    """The part of the budget that the words begin or end with, and the other words."""
    for word, scope in _scopes():
        if words.startswith(word):
            return scope, words[len(word) :]
        if words.endswith(word):
            return scope, words[: -len(word)]
    return "", words


@cache
def _roles() -> dict[str, str]:
    return {bare(word): role for role, words in lexicon("book_columns").items() for word in words}


@cache
def _scopes() -> tuple[tuple[str, str], ...]:
    """Words of scopes with the scope, the longest first."""
    pairs = {bare(word): scope for scope in PARTS for word in lexicon("scopes")[scope]}
    return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))


def _nearest(words: str) -> tuple[str, int]:
    """The known head that the words resemble most, where they resemble any."""
    from rapidfuzz import fuzz, process

    scope, rest = _without_scope(words)
    known = [word for word, role in _roles().items() if role != "unclear" and (not scope or role in MEASURES)]
    best = process.extractOne(rest, known, scorer=fuzz.ratio, score_cutoff=NEAR) if rest else None
    if best is None:
        return "", 0
    named = scope_title(scope) if scope else ""
    return f"{named}{best[0]}", int(best[1])
