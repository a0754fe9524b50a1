"""What goes out: things that only the pile as a whole can show, for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2s

from verifier.audit import Severity

TITLES: dict[str, str] = {
    "ACR-01": "文字雷同",
    "ACR-02": "数字相同",
    "ACR-03": "全部满分",
    "ACR-04": "分值设置与同类不同",
    "ACR-05": "预算执行率与同类不同",
    "ACR-06": "预算调整率与同类不同",
    "ACR-07": "下属单位合计",
    "ACR-08": "结转衔接",
    "ACR-09": "报告太少",
    "ACR-10": "可能为同一模板",
    "CON-04": "模板残留",
}
"""The rules of the pile. CON-04 is that of the verifier's catalogue, which one report alone cannot answer."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as they stand in one file."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class AcrossFinding:
    """One thing to look at. ``keys`` are the files, ``units`` the units, in one order; ``keys[0]`` is whose it is."""

    id: str
    rule: str
    severity: Severity
    message: str
    keys: tuple[str, ...]
    units: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()

    @property
    def title(self) -> str:
        """The rule in a few words."""
        return TITLES[self.rule]


def found(
    rule: str, severity: Severity, message: str, keys: tuple[str, ...], units: tuple[str, ...], fact: str, quotes: tuple[Quote, ...] = ()
) -> AcrossFinding:
    """A finding whose id is made of rule, units and ``fact``, so that it stays the same when a file comes anew."""
    name = "|".join((rule, *units, fact))
    return AcrossFinding(blake2s(name.encode(), digest_size=8).hexdigest(), rule, severity, message, keys, units, quotes)


def shortened(words: str, most: int = 60) -> str:
    """Words for a quotation, in one line.

    >>> shortened("一二三四五六", 4)
    '一二三四…'
    """
    line = "".join(words.split())
    return line if len(line) <= most else f"{line[:most]}…"
