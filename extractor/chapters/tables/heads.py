"""What the columns of a table hold, told by the words of their heads."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from extractor.model.fields import lexicon
from extractor.model.figure import REMEMBERED
from extractor.model.record import record

BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
PLAIN = re.compile(r"[\s:：;；,，、。*★☆\"“”'‘’/·.]+")
REASON = re.compile(r"原因|改进措施|整改措施|偏差(?!率|度)|未完成说明")
"""Heads of the column of reasons are worded in a hundred ways."""
YEAR = re.compile(r"(?:19|20)\d\d年?度?")
UNIT = re.compile(r"[(:：,、](?:单位[:：]?)?(?P<unit>万元|亿元|千元|元|%|‰|㎡|平方米|人|个|人次|亩)[)、]?")
LETTER = re.compile(r"^\(?(?P<letter>[A-Z])\)?(?:栏|列)?$|[^A-Z/=×*+()-]\(?(?P<after>[A-Z])\)?$")
FORMULA = re.compile(r"\(?(?P<stated>[A-Z])?\)?=?\(?\(?(?P<a>[A-Z])\)?(?P<sign>[-+/÷－−])\(?(?P<b>[A-Z])\)?(?:[×*xX]?100%?)?\)?$")
FULL_MARKS = re.compile(r"[(（]\d{1,3}(?:\.\d+)?分?[)）]$")
MARKED = frozenset(["weight", "score", "review_score", "level1", "level2", "name", "rubric", "sequence"])
"""Roles whose heads may print full marks without being points themselves."""
LIKE_ENOUGH = 88
"""rapidfuzz's ratio from which a head that is not in the lexicon is taken for the nearest one."""
SHORTEST_LIKE = 4
"""Shorter heads are too easily like another: 分值 and 得分."""


@record(frozen=True, slots=True)
class Head:
    """The head of one column: its role, unit, letter or formula of letters, year, and how surely the role was told."""

    words: str
    role: str | None
    unit: str = ""
    letter: str = ""
    formula: tuple[str, str, str] | None = None
    """Sign and the two letters: (``/``, ``B``, ``A``) for B ÷ A."""
    year: int | None = None
    likeness: int = 100
    span: int = 1
    """How many columns it covers."""
    group: str = ""
    """The role of the head above, where this one divides it (全年预算数 over 中央, 市级, 合计)."""


@cache
def _roles() -> dict[str, str]:
    return {PLAIN.sub("", word): role for role, words in lexicon("table_heads").items() for word in words}


@lru_cache(REMEMBERED)
def role_of(words: str) -> tuple[str | None, int]:
    """The role that the words of a head name, and how alike they are to the words of the lexicon (100 is the same)."""
    roles = _roles()
    plain = PLAIN.sub("", words)
    for form in (plain, BRACKETS.sub("", plain), YEAR.sub("", BRACKETS.sub("", plain)), re.sub(r"[A-Z=×%()+-]+", "", plain)):
        if form in roles:
            return roles[form], 100
    if REASON.search(plain):
        return "reason", 100
    return _nearest(YEAR.sub("", BRACKETS.sub("", plain)))


@cache
def _nearest(plain: str) -> tuple[str | None, int]:
    from rapidfuzz import fuzz, process

    if not SHORTEST_LIKE <= len(plain) <= 4 * SHORTEST_LIKE:
        return None, 0
    found = process.extractOne(plain, _roles().keys(), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
    return (_roles()[found[0]], int(found[1])) if found else (None, 0)


def head_of(pieces: list[str], span: int = 1) -> Head:
    """The head of a column from the words of its head cells, the uppermost first."""
    words = "/".join(dict.fromkeys(piece for piece in pieces if piece))
    roles = [role_of(piece) for piece in pieces]
    named = [(role, likeness) for role, likeness in roles if role]
    role, likeness = named[-1] if named else (None, 0)
    group = ""
    if role in ("part", "sum") and len(named) > 1:
        group = named[-2][0] or ""
    elif role == "label" and len(named) > 1 and named[-2][0] in ("level1", "level2", "name"):
        role = named[-2][0]  # 名称 and 权重 divide 一级指标
    elif role == "weight" and len(named) > 1 and named[-2][0] in ("level1", "level2"):
        group = named[-2][0] or ""
    elif role == "unit" and any(r not in ("unit", None) for r, _ in named[:-1]):
        role, likeness = "unit", likeness
    if role == "revised_budget" and any(YEAR.match(piece) and YEAR.sub("", piece) == "预算数" for piece in pieces):
        role = "original_budget"  # 2024年预算数 between two years' 决算数 is what was approved
    year = next((int(match[0][:4]) for piece in pieces if (match := YEAR.search(piece))), None)
    unit = next((match["unit"] for piece in reversed(pieces) if (match := UNIT.search(piece))), "")
    letter, formula = _letters(pieces)
    return Head(words, role, unit, letter, formula, year, likeness, span, group)


def as_points(head: Head) -> Head:
    """预算执行(10), 绩效指标(90) above a column: points out of so many, whatever the words mean alone."""
    return replace(head, role="score") if head.role not in MARKED and FULL_MARKS.search(head.words) else head


def _letters(pieces: list[str]) -> tuple[str, tuple[str, str, str] | None]:
    """The letter that a head gives its column, and the formula of letters that it prints."""
    letter, formula = "", None
    for piece in pieces:
        plain = piece.replace(" ", "")
        for part in [plain, *re.findall(r"\(([^()]*)\)", plain)]:
            if match := FORMULA.search(part):
                formula = ("-" if match["sign"] in "-－−" else "/" if match["sign"] in "/÷" else "+", match["a"], match["b"])
                letter = match["stated"] or letter
                break  # the letters in its brackets are other columns'
            if match := LETTER.search(part):
                letter = match["letter"] or match["after"] or letter
    return letter, formula
