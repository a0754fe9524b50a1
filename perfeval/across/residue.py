"""Residue of a template: another unit's name, or an earlier year, where the report's own belongs.

A report lawfully names other units and years. So only places count that can hold nothing but one's own: the title, the cell
after 单位名称, and the beginning of a sentence that goes on as only one's own can (…内设, …编制, …部门整体支出).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from perfeval.across.finding import AcrossFinding, Quote, found, shortened
from perfeval.across.kept import Kept
from perfeval.across.submission import Roster, kin

BEGINNING = re.compile(
    r"""
    (?: ^ | [。；;\n\ufffc] )
    (?: \s* (?: [一二三四五六七八九十]+、 | [（(][一二三四五六七八九十\d]+[）)] | \d+[.．、](?!\d) ) )?   # （一）
    (?: \s* 截至 [^，,。\n]{2,14} [，,] )?
    (?: \s* 20\d\d年度? [，,]? )?
    \s*
    """,
    re.VERBOSE,
)
GOES_ON = re.compile(
    r"""
    (?: [（(] [^（）()\n]{1,20} [）)] )?
    (?: 20\d\d年度? )? 的?
    (?: 部门整体 | 整体支出 | 内设 | 下设 | 核定编制 | 人员?编制 | 编制\d | 主要职[责能] | 单位编制
      | 成立 .{0,8} (?: 自评 | 绩效评价 ) | (?: 部门 | 单位 )? (?: 预算 )? 绩效自评 | 自评报告
      | [是为] [^，。\n]{0,16} (?: 工作部门 | 组成部门 | 事业单位 | 预算单位 ) )
    """,
    re.VERBOSE,
)
LABEL = re.compile(r"(?:^|[\n\ufffc])\s*(?:(?:填报|自评|预算|评价)(?:部门|单位)|(?:部门|单位)(?:[（(](?:部门|单位)[）)])?名称)(?:[（(][^（）()\n]{1,8}[）)])?\s*[:：]?[\s\ufffc]*")
LONGEST_NAME = 40
LEAST_NAME = 5
YEAR_PLACES = re.compile(
    r"""
      (?: 评价 | 自评 | 预算 | 报告 ) 年度 \s* [:：]? [\s\ufffc]* (?P<label> 20\d\d )
    | 对 [^，。\n]{0,20}? (?P<object> 20\d\d ) 年度? (?: 部门 | 单位 )? 整体支出 [^，。\n]{0,12} (?: 进行 | 开展 ) [^，。\n]{0,8} 自?评
    """,
    re.VERBOSE,
)
TITLE_YEAR = re.compile(r"(?P<title>20\d\d)年度?[^。，\n]{0,24}(?:绩效自评|自评报告|自评表|评价报告)[^。，\n]{0,8}$", re.MULTILINE)
TITLE_REACH = 80
COMPARES = re.compile(r"上年|上一年|去年|比|较|同期|以前年度|往年|结转|历年|累计|以来|批复|印发|整改|起|至20\d\d")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
LONG_NUMBER = 4
"""Signs of a number that is not said of two years by chance."""


def residue(pile: Sequence[Kept], roster: Roster) -> list[AcrossFinding]:
    """Names of other units, earlier years, and sentences of last year's report with its year and figures."""
    names = _by_beginning({one.unit for one in pile} | {one.department for one in pile} | roster.names)
    last = {(one.who, one.year): one for one in pile if one.year is not None}
    findings = []
    for one in pile:
        text = one.text
        findings += [*_foreign_names(one, text, names, roster), *_foreign_years(one, text)]
        before = last.get((one.who, one.year - 1)) if one.year is not None else None
        if before is not None:
            findings += _stale(one, text, before)
    return findings


def _by_beginning(names: Iterable[str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if len(name) >= LEAST_NAME:
            table.setdefault(name[:3], []).append(name)
    return table


def own_places(text: str) -> Iterator[tuple[int, bool]]:
    """Where the report's own unit would stand, and whether the words after it must show that."""
    yield from ((match.end(), True) for match in BEGINNING.finditer(text))
    yield from ((match.end(), False) for match in LABEL.finditer(text))


def _foreign_names(one: Kept, text: str, names: dict[str, list[str]], roster: Roster) -> Iterator[AcrossFinding]:
    """One finding for each foreign name; nothing where we do not know whose report it is."""
    seen: dict[str, int] = {}
    for at, must_go_on in own_places(text):
        name = next((name for name in names.get(text[at : at + 3], ()) if text.startswith(name, at)), None)
        if name and not (must_go_on and not GOES_ON.match(text, at + len(name))):
            seen.setdefault(name, at)
    for name, at in sorted(seen.items()):
        if not one.unit or kin(name, one.unit, roster) or kin(name, one.department, roster):
            continue
        words = shortened(_sentence(text, at))
        message = f"{one.named}的报告在应写本单位名称处写为“{name}”：“{words}”，请核实是否沿用了其他单位的文字。"
        yield found("CON-04", "warning", message, (one.key,), (one.unit, name), f"name {name}", (Quote(one.key, words),))


def _foreign_years(one: Kept, text: str) -> Iterator[AcrossFinding]:
    """An earlier year in the title, after 评价年度, or as what is evaluated."""
    if one.year is None:
        return
    places = [*TITLE_YEAR.finditer(text[:TITLE_REACH]), *YEAR_PLACES.finditer(text)]
    earlier = [(match.start(), int(year)) for match in places for year in match.groups() if year and int(year) < one.year]
    if not earlier:
        return
    at, year = earlier[0]
    words = shortened(_sentence(text, at))
    message = f"{one.named}为{one.year}年度报告，在应写本年度处写为{year}年：“{words}”，请核实是否沿用了以前年度的文字。"
    yield found("CON-04", "warning", message, (one.key,), (one.who,), f"year {year}", (Quote(one.key, words),))


def _stale(one: Kept, text: str, before: Kept) -> Iterator[AcrossFinding]:
    """Sentences that stand word for word, with last year's year and figures, in both years' reports."""
    year = str(before.year)
    known = {_bare(sentence) for sentence in _sentences(before.text) if year in sentence}
    stale = [sentence for sentence in _sentences(text) if year in sentence and _bare(sentence) in known and _says_figures(sentence, year)]
    if not stale:
        return
    words = shortened(stale[0])
    message = (
        f"{one.who}{one.year}年度报告（{one.key}）有{len(stale)}处文字与其{year}年度报告（{before.key}）完全相同，年份和数字均未变，"
        f"如“{words}”。如为有意引用上年情况请忽略，否则请更新。"
    )
    quotes = tuple(quote for sentence in stale[:3] for quote in (Quote(one.key, shortened(sentence)), Quote(before.key, shortened(sentence))))
    yield found("CON-04", "notice", message, (one.key, before.key), (one.who,), f"stale {year}", quotes)


def _says_figures(sentence: str, year: str) -> bool:
    """Whether it states long figures of its own, and not in comparison with another year."""
    numbers = [number for number in NUMBER.findall(sentence) if number != year and len(number) >= LONG_NUMBER]
    return len(numbers) >= 2 and not COMPARES.search(sentence)


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in re.split(r"[。；;\n\ufffc]", text)]


def _bare(sentence: str) -> str:
    return "".join(sentence.split())


def _sentence(text: str, at: int) -> str:
    """The sentence, or the cells, around a place."""
    left = max(text.rfind(stop, 0, at) for stop in "。\n") + 1
    right = min((end for stop in "。\n" if (end := text.find(stop, at)) >= 0), default=len(text))
    return text[left:right].strip()
