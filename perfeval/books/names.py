"""Whether two names are of one unit: full and short names, brackets, full-width signs. In doubt they are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractor.model.fields import lexicon
from extractor.text import SIGNS

OWN_LEVEL = re.compile(r"\(?(?:本级|机关|本部|局机关|委机关)\)?$")
WHOLE = re.compile(r"\((?:部门|汇总|合并|含下属单位|部门汇总|整体)\)$|汇总$")
WITHIN = re.compile(r"\([^()]*\)(?=.)")
"""Brackets within a name; what stands in brackets at its end tells two units apart."""
DROPPED = re.compile(r"[\s\"“”'‘’·*_.,、:;()《》\[\]]|^\d+[.、\s-]*|^中国共产党|^中共")
LINKS = re.compile(r"[和与及、]")
REGION = re.compile(r"(?:[\u4e00-\u9fff]{1,8}?(?:省|自治区|市|县|区|旗|州|盟|镇|乡|街道))+$")
BARE_REGION = re.compile(r"^(?:省|市|县|区|旗|州|盟|镇|乡)(?=[\u4e00-\u9fff]{3})")
SHORTEST = 3
NEAR = 80
"""Names less alike than this are not even proposed."""
MOST_PROPOSED = 3

Way = Literal["same", "short", "approved", "doubtful", "none"]


@dataclass(frozen=True, slots=True)
class Match:
    """Which of the known names is the unit's: taken only if the ``way`` leaves no doubt; ``near`` are proposals."""

    way: Way
    name: str | None = None
    near: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the match may be used."""
        return self.way in ("same", "short", "approved")


def match(unit: str, names: Iterable[str], approved: Mapping[str, str] | None = None) -> Match:
    """The one of ``names`` that is ``unit``.

    ``approved`` says what a person decided: the name in a report, and the name in the books. 农业农村局 and 县农业农村局 are
    云岭县农业农村局 where no other name could be; 云岭县发改局 is 云岭县发展和改革局. Names that are only alike are proposed.
    """
    known = list(dict.fromkeys(names))
    if decided := {key(name): target for name, target in (approved or {}).items()}.get(key(unit)):
        found = [name for name in known if key(name) == key(decided)]
        return Match("approved", found[0]) if found else Match("none", None, (decided,))
    for way, same in (("same", lambda a, b: key(a) == key(b)), ("same", _bare_alike), ("short", _short_alike)):
        found = [name for name in known if is_own_level(name) == is_own_level(unit) and same(unit, name)]
        if len({key(name) for name in found}) > 1:
            return Match("doubtful", None, tuple(found[:MOST_PROPOSED]))
        if found:
            return Match(way, found[0])  # type: ignore[arg-type]
    near = _alike(unit, known)
    return Match("doubtful" if near else "none", None, near)


@cache
def is_own_level(name: str) -> bool:
    """Whether the name is of a department's own office, without the units below it."""
    return bool(OWN_LEVEL.search(_plain(name)))


@cache
def key(name: str) -> str:
    """The name as it is compared: half-width signs, no gaps or brackets, without 汇总 and the like.

    >>> key("云岭县 农业农村局（汇总）")
    '云岭县农业农村局'
    """
    return DROPPED.sub("", WHOLE.sub("", _plain(name)))


def _plain(name: str) -> str:
    return name.translate(SIGNS).replace("\0", "").replace(" ", "").strip()


def _bare_alike(a: str, b: str) -> bool:
    """高新区(新市区)招商服务局 and 高新区招商服务局: one has in brackets what the other leaves out."""
    bare_a, bare_b = (DROPPED.sub("", WITHIN.sub("", OWN_LEVEL.sub("", _plain(name)))) for name in (a, b))
    return bare_a == bare_b and len(bare_a) >= SHORTEST and (key(a) == bare_a or key(b) == bare_b)


def _short_alike(a: str, b: str) -> bool:
    """Whether one is the other without its region, or with an office's short name for its full one."""
    forms_a, forms_b = _forms(a), _forms(b)
    return any(_ends(x, y) or _ends(y, x) for x in forms_a for y in forms_b)


def _ends(long: str, short: str) -> bool:
    """Whether ``long`` is ``short`` with a region in front, as far as ``short`` names none itself."""
    if long == short:
        return True
    if len(short) < SHORTEST or not long.endswith(short):
        return False
    region = long[: -len(short)]
    return bool(REGION.match(region)) or bool(BARE_REGION.match(short) and REGION.match(region + short[0]))


@cache
def _forms(name: str) -> frozenset[str]:
    """The name with linking words left out, and with the full name of its office."""
    words = LINKS.sub("", OWN_LEVEL.sub("", key(name)))
    found = {words}
    for full, shorts in lexicon("unit_shorts").items():
        for short in shorts:
            plain = LINKS.sub("", short)
            if words.endswith(plain):
                found.add(words[: -len(plain)] + LINKS.sub("", full))
    return frozenset(found)


def _alike(unit: str, known: list[str]) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process

    found = process.extract(key(unit), {name: key(name) for name in known}, scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_PROPOSED)
    return tuple(name for _, _, name in found)
