"""Sentences of a report with their numbers and names taken out, so that two that say the same are the same.

Three things are no unit's own words and stay out altogether: headings, 职责 (they are given to a unit by the 三定 regulation,
and every county's bureau of one trade prints the same ones), and the titles of documents in 《》. The words of the forms
themselves (年初预算数, 完成率, 得分) are taken out like numbers: 预期指标值…，完成…，完成率… is how everyone must write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extractor.model.fields import lexicon

ENDS = re.compile(r"[。；;！!？?]")
HEADING = re.compile(r"\s*(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、](?!\d))")
LONGEST_HEADING = 30
DUTIES = re.compile(r"(?:主要|部门|单位|工作)?(?:职责|职能)")
DUTIES_SAID = re.compile(r"(?:主要|部门|单位|工作)(?:职责|职能)|(?:职责|职能)(?:是|为|包括|有)")
DOCUMENT_TITLE = re.compile(r"《[^《》\n]{0,80}》")
NUMBER = re.compile(
    r"""
      \d (?: [\d,，.．]* \d )? [%％‰]?                                     # 1,286.35  97.90%
    | [一二三四五六七八九十百千万两]+ (?= 个|项|次|名|家|户|场|期|件|处|台|类|批|人 )  # 十二个
    """,
    re.VERBOSE,
)
OURSELVES = re.compile(r"[我本该](?:局|单位|部门|委|办|中心|院|校|站|县|区|市|州|镇|乡|街道)")
COMMA = re.compile(r"[，,：:]")
NO_WORD = re.compile(r"[^\w\n ]|_")
PLACE = re.compile(r"[^省市县区州旗镇乡盟]{1,8}?(?:自治县|自治州|省|市|县|区|州|旗|镇|乡|街道)")
SHORTEST_NAME = 3
NUMBER_SIGN, FORM_SIGN = "0", "1"
CLAUSE = " "
SIGNS = frozenset(NUMBER_SIGN + FORM_SIGN + CLAUSE)
"""What stands in plain text and is no letter of a unit's own."""
FORM_WORDS = (
    "预期指标值|年度指标值|目标值|指标值|年中监控|监控值|本次评价|实际完成值|实际完成|全年完成|全年实际|指标完成率|完成率|偏差率|分值|权重|得分|扣分|自评|满分|"
    "绩效指标|预算执行|执行率|等级|合计|其中|大于等于|小于等于|不低于|不超过|支出|收入|预算|决算|结余|结转|编制|在职|在编|核定|年末|年初|占比|比上年|同比|增长|下降"
)
"""Words of the forms beside the names of the fields, which ``lexicon/fields.tsv`` has."""
SHORTEST = 8
"""Shorter pieces (cells of a table, headings) say nothing that is one's own."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as printed, and its letters without numbers and names, a space between clauses."""

    words: str
    plain: str


def sentences(text: str, names: Iterable[str] = ()) -> list[Sentence]:
    """The sentences that may be a unit's own words; ``names`` are the unit's and its department's.

    >>> sentences("云岭县农业局2023年支出2,340.12万元，培训农民十二次。", ["云岭县农业局"])
    [Sentence(words='云岭县农业局2023年支出2,340.12万元，培训农民十二次', plain='0年10万元 培训农民0次')]
    """
    words = list(_own(text))
    if not words:
        return []
    joined = DOCUMENT_TITLE.sub("", "\n".join(words).replace(CLAUSE, ""))
    joined = NUMBER.sub(NUMBER_SIGN, OURSELVES.sub("", joined))
    joined = _form_words().sub(FORM_SIGN, joined)
    for name in sorted(_variants(names), key=lambda name: (-len(name), name)):
        joined = joined.replace(name, "")
    plain = NO_WORD.sub("", COMMA.sub(CLAUSE, joined)).split("\n")
    return [Sentence(printed, letters) for printed, letters in zip(words, plain, strict=True) if len(letters) >= SHORTEST]


def _own(text: str) -> Iterator[str]:
    """Sentences, without those of a section or a paragraph that tells duties."""
    within_duties = False
    for paragraph in text.split("\n"):
        pieces = [piece for piece in ENDS.split(paragraph) if piece.strip()]
        duties = within_duties
        if pieces and HEADING.match(pieces[0]) and len(pieces[0]) <= LONGEST_HEADING:
            duties = within_duties = bool(DUTIES.search(pieces[0]))
            pieces = pieces[1:]
        for piece in pieces:
            duties = duties or bool(DUTIES_SAID.search(piece))
            if not duties:
                yield piece


@cache
def _form_words() -> re.Pattern[str]:
    """Every name of a field, longest first."""
    words = {re.escape(alias) for aliases in lexicon("fields").values() for alias in aliases if len(alias) >= 2}
    return re.compile("|".join(sorted(words | set(FORM_WORDS.split("|")), key=lambda word: (-len(word), word))))


def _variants(names: Iterable[str]) -> set[str]:
    """A name, the place it begins with, and what is left without the place.

    >>> sorted(_variants(["云岭县农业农村局"]))
    ['云岭县', '云岭县农业农村局', '农业农村局', '县农业农村局']
    """
    found: set[str] = set()
    for name in names:
        found.add(name)
        if (place := PLACE.match(name)) and len(place[0]) < len(name):
            rest = name[place.end() :]
            found |= {place[0], place[0][-1] + rest, rest}
    return {name for name in found if len(name) >= SHORTEST_NAME}
