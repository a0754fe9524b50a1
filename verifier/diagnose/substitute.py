"""A total that comes out right with another figure in the place of one of its parts: the budget added where the outturn belongs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extractor.model.exact import Fraction
from extractor.model.figure import Figure, base_unit
from extractor.model.interval import add_up

LONG = 4
"""Digits of a figure that another one equals by chance seldom enough."""
BEFORE = 40
CLAUSE = re.compile(r"[,，。;；:：、()（）\n]")
LEAD = re.compile(r"^(?:其中|全年|本年度?|当年|年度|年初|截至|共|实际|安排|下达|支付|(?:19|20)\d\d年|[的为])+")
HEAD = 2


def substituted(text: str, figures: Sequence[Figure], stated: Figure, operands: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The part and the figure of the same name that was added in its place; ``None`` where there is none, or more than one."""
    gap = stated.value - add_up(*[figure.value for figure in operands])
    by_value: dict[Fraction, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.number is not None:
            by_value[figure.value].append(figure)
    found = [(part, other) for part in operands for other in by_value.get(part.value + gap, ()) if _in_place_of(text, part, other) and other not in (stated, *operands)]
    values = {(part.id, other.value) for part, other in found}
    return found[0] if len(values) == 1 else None


def _in_place_of(text: str, part: Figure, other: Figure) -> bool:
    """Whether ``other``, which would make the total right, carries the name of the part."""
    if other.number is None or other.kind != part.kind or base_unit(other.unit) != base_unit(part.unit):
        return False
    return len(other.number.as_tuple().digits) >= LONG and bool(_name(text, part)) and _name(text, part) == _name(text, other)


def _name(text: str, figure: Figure) -> str:
    """The first word of what a figure is called: 专项 of 全年专项支出 and of 其中专项资金."""
    words = CLAUSE.split(text[max(0, figure.start - BEFORE) : figure.start])[-1]
    name = LEAD.sub("", words.strip())
    return name[:HEAD] if len(name) > HEAD else ""
