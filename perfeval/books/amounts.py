"""A cell of a ledger as a figure: what is printed, with the unit of money that cell, head or caption gives it."""

from __future__ import annotations

import re
from decimal import Decimal

from extractor.model.figure import Figure

AMOUNT = re.compile(
    r"""
    (?P<minus> - | \( )?  ¥?                    # (27.79) is how accounts print -27.79
    (?P<number> (?: \d{1,3}(?:,\d{3})+ | \d+ ) (?:\.\d+)? )
    \)?
    (?P<unit> 亿元 | 万元 | 千元 | 元 )?
    """,
    re.VERBOSE,
)
NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无", "\\"})
"""What a cell prints that has no amount: it says nothing, not even nought."""


def amount(text: str, money: str) -> Figure | None:
    """The figure of a cell; ``None`` where it prints no amount, or names no money and none is known.

    >>> amount("1,985.60", "万元").text, amount("(27.79)", "万元").number
    ('1,985.60万元', Decimal('-27.79'))
    """
    match = AMOUNT.fullmatch(text.replace(" ", "").replace("−", "-"))
    unit = (match["unit"] or money) if match else ""
    if match is None or not unit:
        return None
    number = Decimal(match["number"].replace(",", ""))
    printed = match["number"] if not match["minus"] else f"-{match['number']}"
    return Figure("", f"{printed}{unit}", -number if match["minus"] else number, unit, len(match["number"].partition(".")[2]), "amount", 0, 0)
