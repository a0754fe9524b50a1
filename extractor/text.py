"""The running text of a document: lines joined, signs normalised, and every character knows where it was printed.

A report breaks its lines inside words and numbers (``执行金⏎额为8.21 万元``), and a page number may stand between the
two halves of a figure. ``joined`` undoes the layout and nothing else: it takes signs away or puts one sign in the place
of another, and keeps for each the offset of what was printed.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from extractor.document import PAGE_BREAK, TABLE, Document, Grid, GridCell
from extractor.model.place import Place
from extractor.model.table import Cell, Table

# ---------------------------------------------------------------------------------------------------------- the result


@dataclass(slots=True)
class Text:
    """Characters with a place for each: ``origin[i]`` is where ``chars[i]`` stands in ``raw``."""

    chars: str
    origin: array[int]
    document: Document
    raw: str
    lines: list[int]
    """Where each line of ``raw`` begins."""
    pages: list[int]
    """Where each page of ``raw`` begins."""
    tables: list[Table] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    """The printed table behind each of ``tables``."""
    cells: list[tuple[GridCell, Grid]] = field(default_factory=list)
    """Every cell with its table."""
    cell_starts: list[int] = field(default_factory=list)
    """Where the text of each of ``cells`` begins in ``raw``, behind all pages."""

    def place(self, start: int, end: int) -> Place:
        """The page and line on which ``start`` was printed, with the box of what stands on that line."""
        first = self.origin[start]
        if self.cells and first >= self.cell_starts[0]:
            return self._place_in_cell(first, self.origin[max(start, end - 1)] + 1)
        index = bisect_right(self.pages, first) - 1
        page, begins = self.document.pages[index], self.pages[index]
        line = bisect_right(self.lines, first)
        number = line - bisect_right(self.lines, begins) + 1
        if self.document.flows:
            return Place(None, number, None, f"第{number}段")
        if page.box_of is None:
            return Place(page.number, number)
        line_end = self.lines[line] - 1 if line < len(self.lines) else len(self.raw)
        last = min(self.origin[max(start, end - 1)] + 1, line_end)
        return Place(page.number, number, page.box_of(first - begins, last - begins))

    def _place_in_cell(self, first: int, last: int) -> Place:
        index = bisect_right(self.cell_starts, first) - 1
        begins, (cell, grid) = self.cell_starts[index], self.cells[index]
        box = cell.box_of(first - begins, min(last - begins, len(cell.text))) if cell.box_of else None
        return Place(cell.page, 1, box, f"{grid.name} {cell.label or f'第{cell.row + 1}行第{cell.column + 1}列'}".strip())

    def original(self, start: int, end: int) -> str:
        """The words as they were printed, with the line breaks and the page furniture between them left out."""
        offsets = self.origin[start:end]
        if not offsets:
            return ""
        words = [self.raw[offsets[0]]]
        for before, after in pairwise(offsets):
            gap = self.raw[before + 1 : after]
            words.append(self.raw[after] if _BREAKS.search(gap) else gap + self.raw[after])
        return _BREAKS.sub("", "".join(words))


def joined(document: Document) -> Text:
    """The text of a document without page furniture, its wrapped lines joined, one line feed between paragraphs."""
    raw = document.raw
    clean = raw.translate(SIGNS)
    lines, printed, starts = _lines(raw, clean)
    text = Text("", array("L"), document, raw, printed, starts)
    chars: list[str] = []
    grids = (grid for page in document.pages for grid in page.grids)
    for line, break_at in _kept(lines, len(starts), document.flows):
        if line.words == TABLE and (grid := next(grids, None)):
            _put_table(grid, text, chars)
            continue
        for start, end in _runs(clean, line.start, line.end):
            chars.append(clean[start:end])
            text.origin.extend(range(start, end))
        if break_at is not None:
            chars.append("\n")
            text.origin.append(break_at)
    text.chars = "".join(chars)
    return text


def _kept(lines: list[_Line], pages: int, flows: bool) -> Iterable[tuple[_Line, int | None]]:
    """The lines that belong to the text, and where the paragraph break stands that follows each, if one does."""
    if flows:
        return [(line, line.stop if below else None) for line, below in zip_longest(lines, lines[1:])]
    kept = _without_furniture(lines, pages)
    return zip(kept, _paragraph_breaks(kept, _layouts(kept, pages)), strict=True)


def _put_table(grid: Grid, text: Text, chars: list[str]) -> None:
    """Appends the cells of a table, each as a paragraph (or several) of its own; their origins stand behind all pages."""
    cells: list[Cell] = []
    begin = len(text.origin)
    at = len(text.raw) + 1
    text.raw = PAGE_BREAK.join([text.raw, *[cell.text for cell in grid.cells]])
    for cell in grid.cells:
        text.cells.append((cell, grid))
        text.cell_starts.append(at)
        start = len(text.origin)
        _put_cell(cell.text, at, text.origin, chars)
        cells.append(Cell(cell.row, cell.column, cell.rows, cell.columns, start, len(text.origin)))
        if len(text.origin) > start:
            chars.append("\n")
            text.origin.append(at + len(cell.text) - 1)
        at += len(cell.text) + 1
    text.tables.append(Table(grid.name, cells, begin, len(text.origin)))
    text.grids.append(grid)


def _put_cell(raw: str, at: int, origin: array[int], chars: list[str]) -> None:
    """The lines of a cell as the text has them: signs normalised, spaces out, one line feed between two that print something."""
    clean = raw.translate(SIGNS)
    if _LAID_OUT.isdisjoint(clean):  # most cells
        chars.append(clean)
        origin.extend(range(at, at + len(clean)))
        return
    begins, first = 0, True
    for row in clean.split("\n"):
        if row.strip(" \0"):
            if not first:
                chars.append("\n")
                origin.append(at + begins - 1)
            first = False
            start = begins + len(row) - len(row.lstrip(" \0"))
            for left, right in _runs(clean, start, begins + len(row.rstrip(" \0"))):
                chars.append(clean[left:right])
                origin.extend(range(at + left, at + right))
        begins += len(row) + 1


# ---------------------------------------------------------------------------------------------------------- the signs

_BREAKS = re.compile(rf"[\n{PAGE_BREAK}]")
_DROP = "\0"
"""Stands for a sign that prints nothing, until the runs of a line are taken."""

_RADICALS = (
    "厂乛乚乙亻冂几刀刂卜㔾小小兀尣尢尢巳幺彑彐忄心扌攵\0旡日月歺母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒网网网羊羊羊"
    "耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
"""The characters behind U+2E81…U+2EF3, which NFKC does not know: ⻓ is 长, ⻔ is 门. U+2E9A is not assigned."""

_KEPT_WIDE = "！，；？"
"""Full-width signs that are Chinese punctuation, not digits or letters in disguise."""


def _signs() -> dict[int, str]:
    """What each sign becomes, one for one: a whole string is never normalised, or ``①20家`` would become ``120家``."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT_WIDE}
    table |= {0x2E81 + at: sign for at, sign in enumerate(_RADICALS) if sign != "\0"}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA)):
        plain = unicodedata.normalize("NFKC", chr(code))
        table |= {code: plain} if len(plain) == 1 else {}
    table |= dict(zip(map(ord, "≧≦═﹪﹢﹣﹦﹤﹥﹕﹙﹚﹐﹔﹒"), "≥≤=%+-=<>:()，；.", strict=True))
    table |= dict.fromkeys(map(ord, "\t\x0b\x85\xa0\u1680\u202f\u205f\u3000\u2028\u2029"), " ")
    table |= dict.fromkeys(range(0x2000, 0x200B), " ")
    invisible = (*range(9), *range(0x0E, 0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F))
    table |= dict.fromkeys((*invisible, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF, 0xFFFF, ord("\r")), _DROP)
    # pdfium writes these for a hyphen at the end of a line; in a Chinese report it is a range or a name, so it stays.
    return table | dict.fromkeys((0x02, 0xFFFE), "-")


SIGNS = _signs()

_GAP = re.compile(rf"[ {_DROP}]+")
_LAID_OUT = frozenset(f"\n {_DROP}")
"""Signs of which a line or a cell is not taken over as it stands."""
_ASCII_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,")


def _runs(clean: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a line that are kept: no space but one between ASCII words (``18 189万元`` is a doubt to keep)."""
    for gap in _GAP.finditer(clean, start, end):
        left, right = gap.span()
        if left > start:
            yield start, left
        space = clean.find(" ", left, right)
        if space >= 0 and left > start and clean[left - 1] in _ASCII_WORD and clean[right : right + 1] in _ASCII_WORD:
            yield space, space + 1
        start = right
    if start < end:
        yield start, end


# ---------------------------------------------------------------------------------------------------------- the lines

_LATIN_UNIT = r"[A-Za-z0-9.,%/:+-]+"
_FIRST_UNIT = re.compile(rf"[(《“‘「〔【\[]*(?:{_LATIN_UNIT}|.)[，。、；:！？)》”’」〕】\]%,.!?]*")
_NUMERALS = "一二三四五六七八九十"
_MARK = re.compile(
    rf"""
      第[{_NUMERALS}]{{1,3}}(?:章|节|部分)
    | [{_NUMERALS}]{{1,3}}、
    | \([{_NUMERALS}]{{1,3}}\)
    | \d{{1,2}}(?:\.\d{{1,2}}){{0,2}}[.、](?!\d)
    | \(\d{{1,2}}\)
    | \d{{1,2}}\)
    | [①-⑳]
    | [{_NUMERALS}]是
    | 附[件表][{_NUMERALS}\d:]
    | 附:
    | 指标(?:[{_NUMERALS}]{{1,3}}|\d{{1,2}})[:、]
    """,
    re.VERBOSE,
)
_MARK_BEGINS = frozenset(f"第附指({_NUMERALS}0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_ENDS = frozenset("。！？；:!?;”’)》")
_ROW = re.compile(r"[\u4e00-\u9fff%)] [\u4e00-\u9fff(]|\S(?:\t| {2,})\S")
_CELLS_OF_A_ROW = 3


@dataclass(slots=True)
class _Line:
    """One printed line without the spaces at its ends."""

    start: int
    end: int
    words: str
    page: int
    indent: int
    width: int
    """In half-width columns. A space between a Chinese and a Latin sign is printed as a quarter of a character."""
    blanks: int
    """How many blank lines stand before it."""
    stop: int
    """Where the line break stands that ends it."""
    mark: bool
    """Whether it begins as a heading or an item does."""
    finished: bool
    """Whether it ends as a sentence does."""
    row: bool
    """Whether it looks like the row of a table."""

    def first_unit(self, by_sign: bool) -> int:
        """The size of what a line break cannot tear: a number or one character, with its punctuation."""
        if by_sign:
            return 1  # a program that counts signs tears anything
        unit = _FIRST_UNIT.match(self.words)
        return _width(unit[0]) if unit else 2

    def size(self, by_sign: bool) -> int:
        """The width of the line with its indent, or the number of its signs."""
        return len(self.words) if by_sign else self.indent + self.width


def _width(words: str) -> int:
    # GBK has two bytes for everything that a Chinese font prints full width, quotation marks and ① included.
    return len(words.encode("gbk", "replace")) - words.count(" ") // 2


def _lines(raw: str, clean: str) -> tuple[list[_Line], list[int], list[int]]:
    """The lines that print something, where every line begins, and where every page begins."""
    lines: list[_Line] = []
    printed: list[int] = []
    starts: list[int] = []
    at = blanks = 0
    for page, text in enumerate(clean.split(PAGE_BREAK)):
        starts.append(at)
        for row in text.split("\n"):
            printed.append(at)
            words = row.strip(" \0")
            if words:
                lines.append(_line(raw, at, row, words, page, blanks))
            blanks = 0 if words else blanks + 1
            at += len(row) + 1
    return lines, printed, starts


def _line(raw: str, at: int, row: str, words: str, page: int, blanks: int) -> _Line:
    start = at + row.index(words)
    end = start + len(words)
    indent = _width(raw[at:start]) if start > at else 0
    mark = words[0] in _MARK_BEGINS and _MARK.match(words) is not None
    cells = words.count(" ") >= _CELLS_OF_A_ROW - 1 and len(_ROW.findall(words)) >= _CELLS_OF_A_ROW - 1
    return _Line(start, end, words, page, indent, _width(raw[start:end]), blanks, at + len(row), mark, words[-1] in _ENDS, cells)


# ---------------------------------------------------------------------------------------------------------- furniture

_NUMBERED = re.compile(
    r"""
      [-—–―─·~•]+ \s? \d{1,4} \s? [-—–―─·~•]+
    | 第 \s? \d{1,4} \s? 页 (?: [\s,，/、]? \s? \(? 共 \s? \d{1,4} \s? 页 \)? )?
    | (?: Page|page|PAGE ) \s? \d{1,4} (?: \s? (?: of|/ ) \s? \d{1,4} )?
    """,
    re.VERBOSE,
)
"""A page number that cannot be anything else, wherever it stands."""
_BARE = re.compile(r"(?P<at>\d{1,4})(?:\s?/\s?(?P<of>\d{1,4}))?")
"""A page number only where it stands at the edge of its page and counts with the pages."""
_CONTENTS = re.compile(
    r"(?:\.{4,}|…{2,}|·{4,}|(?:\. ){4,}\.?|-{6,}|—{6,}|_{6,})\s?-?\s?\d{1,4}\s?-?$|PAGEREF\s|\bTOC \\"
)
_CONTENTS_END = 80
"""The leaders stand at the end of a line; a hostile line of dashes shall not be searched from every dash."""
_DIGITS = re.compile(r"\d+")
_CLAIM = re.compile(r"\d\s?[万亿元%‰分]")
_WORDS = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_EDGE = 2
"""A running head or foot is among so many lines at the top or the bottom of a page."""
_PAGES_THAT_REPEAT = 3
_LONGEST_PAGE_NUMBER = 3
_FORM_HEAD = re.compile(r"表(?:\(.*\))?$|^\(\d{4}\s?年度?\)$")
"""What an annex repeats over the form of each project; a running head is never worded so."""


def _without_furniture(lines: list[_Line], pages: int) -> list[_Line]:
    """The lines without page numbers, running heads and feet, and the lines of a table of contents."""
    edges = [(at, line) for at, line in _edges(lines) if line.words != TABLE]
    furniture = _page_numbers(edges, pages) | _running(edges, pages) | _counting(lines)
    kept = []
    for at, line in enumerate(lines):
        words = line.words
        if at in furniture or (len(words) < 24 and _NUMBERED.fullmatch(words)):
            continue
        # The number of a page ends a line of leaders; most lines end otherwise.
        if (words[-1].isdecimal() or words[-1] == "-" or "PAGEREF" in words or "TOC" in words) and _CONTENTS.search(words[-_CONTENTS_END:]):
            continue
        kept.append(line)
    return kept


def _edges(lines: list[_Line]) -> list[tuple[int, _Line]]:
    """The first and the last lines of every page, with their index."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for at, line in enumerate(lines):
        first.setdefault(line.page, at)
        last[line.page] = at
    found: set[int] = set()
    for page, top in first.items():
        bottom = last[page] + 1
        found |= {*range(top, min(top + _EDGE, bottom)), *range(max(top, bottom - _EDGE), bottom)}
    return [(at, lines[at]) for at in sorted(found)]


def _page_numbers(edges: Iterable[tuple[int, _Line]], pages: int) -> set[int]:
    """Bare numbers at the edge of their pages that count with the pages; on a single page there is nothing to count."""
    bare = [(at, line, match) for at, line in edges if (match := _BARE.fullmatch(line.words))]
    steps = Counter(step for step, _ in {(int(match["at"]) - line.page, line.page) for _, line, match in bare})
    common = {step for step, times in steps.items() if times >= 2 and times * 2 >= pages}
    return {
        at
        for at, line, match in bare
        if int(match["at"]) - line.page in common or (match["of"] and int(match["of"]) == pages > 1)
    }


def _counting(lines: list[_Line]) -> set[int]:
    """Bare numbers between blank lines that count 1, 2, 3 …: the page marks of a text whose page breaks were lost."""
    alone = [
        at for at, line in enumerate(lines)
        if line.words.isdecimal() and line.words.isascii() and len(line.words) <= _LONGEST_PAGE_NUMBER and line.blanks and (at + 1 == len(lines) or lines[at + 1].blanks)
    ]  # fmt: skip
    numbers = [int(lines[at].words) for at in alone]
    counts = len(numbers) >= _PAGES_THAT_REPEAT and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return set(alone) if counts else set()


def _running(edges: Iterable[tuple[int, _Line]], pages: int) -> set[int]:
    """Lines that stand at the edge of most pages, whatever number they carry, unless that number is a claim."""
    if pages < _PAGES_THAT_REPEAT:
        return set()
    edges = list(edges)
    masked = [_DIGITS.sub("#", line.words) if not _CLAIM.search(line.words) else line.words for _, line in edges]
    seen = Counter(dict.fromkeys(masked, 0))
    for words, _ in {(words, line.page) for words, (_, line) in zip(masked, edges, strict=True)}:
        seen[words] += 1
    return {
        at
        for words, (at, line) in zip(masked, edges, strict=True)
        if seen[words] >= _PAGES_THAT_REPEAT
        and seen[words] * 2 > pages
        and _WORDS.search(words)
        and not _FORM_HEAD.search(line.words)
    }


# --------------------------------------------------------------------------------------------------------- paragraphs

_LONG = 30
_SPREAD = 8
"""Full lines differ by so much: signs that must not begin a line, a first line that lost its indent."""
_SPREAD_OF_SIGNS = 2
_DIGIT = frozenset("0123456789")
_LINES_THAT_SHOW = 6
_INDENT = 4
_SLACK_FINISHED, _SLACK = 3, 8
_OPEN = frozenset("，,、(《“〔")
_CLOSE = frozenset("，,、。；;！？)》”’")
"""What begins no paragraph."""
_UNIT_BEGINS = frozenset("%‰万亿元分.")
_REST_OF_AMOUNT = re.compile(r"\d{1,4}(?:[.,]\d+)?\s?(?:[万亿元%‰人名个家户处件次项台套辆亩吨场期份宗起所条座]|个百分点|公里|平方米|分[^,，]{0,3}[,，。;；])")
_TORN = re.compile(r"\d(?: ?[万亿.]|)\Z")
"""A line that ends within an amount."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the lines of a page were set. ``full`` is the width at which they wrap; ``None`` where they do not."""

    full: int | None
    by_sign: bool
    """Whether ``full`` counts signs: a program broke the lines, not a page of a certain width."""
    blanks_part: bool
    indents_part: bool


def _layouts(lines: list[_Line], pages: int) -> list[_Layout]:
    """The layout of each page: its own where the page shows one, else that of the document."""
    blanks = sum(line.blanks > 0 for line in lines) * 2 < len(lines)
    indents = sum(line.indent >= 2 for line in lines) * 5 < len(lines) * 3
    by_sign = _counted_out(lines)
    whole = _full_width(lines, by_sign=by_sign)
    if not by_sign and _torn_by_program(lines):
        counted = _full_width(lines, by_sign=True)
        if _cut_off(lines, counted, True) < _cut_off(lines, whole, False):
            by_sign, whole = True, counted
    by_page: list[list[_Line]] = [[] for _ in range(pages)]
    for line in lines:
        by_page[line.page].append(line)
    own = [_full_width(page, enough=6) if pages > 1 and not by_sign else None for page in by_page]
    return [_Layout(full or whole, by_sign, blanks, indents) for full in own]


def _counted_out(lines: list[_Line]) -> bool:
    """Whether nearly all lines that stop in the middle of a sentence have the same number of signs, though not the same width."""
    torn = [line for line in lines if line.width >= _LONG and not line.finished and not line.row]
    if len(torn) < _LINES_THAT_SHOW:
        return False
    signs, widths = (sorted(line.size(by_sign) for line in torn) for by_sign in (True, False))
    (a, b), (c, d) = _densest(signs, 1), _densest(widths, _SPREAD)
    return (b - a) * 5 >= len(torn) * 4 and b - a > d - c


def _torn_by_program(lines: list[_Line]) -> bool:
    """Whether the lines tear numbers, as no page does, and stop at nearly the same number of signs, spaces that came later not counted."""
    torn = [line for line in lines if line.width >= _LONG and not line.finished and not line.row]
    a, b = _densest(sorted(line.size(True) for line in torn), _SPREAD)
    tears = sum(_tears_a_number(above, below) for above, below in pairwise(lines))
    return len(torn) >= _LINES_THAT_SHOW and tears * 10 >= len(torn) and (b - a) * 10 >= len(torn) * 9


def _cut_off(lines: list[_Line], full: int | None, by_sign: bool) -> int:
    """How many lines that stop in the middle of a sentence would be parted from the rest of it."""
    return sum(
        full is None or full - line.size(by_sign) - below.first_unit(by_sign) >= _SLACK
        for line, below in pairwise(lines)
        if line.width >= _LONG and not (line.finished or below.mark or line.row)
    )


def _tears_a_number(above: _Line, below: _Line) -> bool:
    """Whether a line break stands between two digits of one number."""
    return not below.mark and above.words[-1] in _DIGIT and (below.words[0] in _DIGIT or below.words[0] == ".") and above.width >= _LONG


def _full_width(lines: list[_Line], enough: int = 1, by_sign: bool = False) -> int | None:
    """The width at which lines wrap: where long lines end in the middle of a sentence, and nearly all at the same width."""
    long = [line for line in lines if line.width >= _LONG]
    torn = sorted(
        line.size(by_sign)
        for line, below in pairwise(lines)
        if line.width >= _LONG and not (line.finished or below.mark or line.row) and _has_punctuation(line.words)
    )
    if len(torn) < enough or len(torn) * 3 < len(long):
        return None
    at = _densest(torn, _SPREAD_OF_SIGNS if by_sign else _SPREAD)
    full = torn[at[1] - 1]
    too_long = sum(line.size(by_sign) > full + _SPREAD // 2 and not line.row for line in long)
    together = at[1] - at[0]
    return full if together * 5 >= len(torn) * 2 and too_long * 10 <= len(long) else None


def _has_punctuation(words: str) -> bool:
    """A title has none; a line out of a paragraph nearly always has."""
    return any(sign in words for sign in "，,。、；;:")


def _densest(widths: list[int], spread: int) -> tuple[int, int]:
    """The slice of sorted ``widths`` that holds most of them within ``spread``; the widest one among equals."""
    best = (0, 0)
    start = 0
    for end in range(1, len(widths) + 1):
        while widths[end - 1] - widths[start] > spread:
            start += 1
        if end - start >= best[1] - best[0]:
            best = (start, end)
    return best


def _paragraph_breaks(lines: list[_Line], layouts: list[_Layout]) -> Iterator[int | None]:
    """For each line: where the paragraph break stands that follows it, or ``None`` where the next line goes on."""
    first = True
    for above, below in pairwise(lines):
        first = _parted(above, below, layouts[above.page], first)
        yield above.stop if first else None
    if lines:
        yield None


def _parted(above: _Line, below: _Line, layout: _Layout, first: bool) -> bool:
    """Whether a new paragraph begins between two lines; ``first`` says that ``above`` began one itself."""
    if TABLE in (above.words, below.words):
        return True
    if _TORN.search(above.words) and (below.words[0] in _UNIT_BEGINS or (above.width >= _LONG and _REST_OF_AMOUNT.match(below.words))):
        return False
    if below.words[0] in _CLOSE:
        return False
    if layout.full is None:
        return not _goes_on(above, below)
    if above.row or below.row:
        return True
    if above.words[-1] in _OPEN and not below.mark:
        return False  # no paragraph ends with a comma
    # PDF readers leave out the indent of a first line, so such a line is full two characters earlier.
    lost_indent = _INDENT if first and not above.indent and not layout.by_sign else 0
    spare = layout.full - above.size(layout.by_sign) - lost_indent - below.first_unit(layout.by_sign)
    finished = above.finished
    if spare >= (_SLACK_FINISHED if finished else _SLACK):
        return True
    # A full line in the middle of a sentence is never parted from the rest of it, whatever the next one looks like.
    if not finished and not (above.mark and below.mark) and spare < _SLACK_FINISHED:
        return False
    blank = layout.blanks_part and below.blanks > 0 and below.page == above.page
    indent = layout.indents_part and below.indent >= 2
    return below.mark or blank or indent


def _goes_on(above: _Line, below: _Line) -> bool:
    """Where lines are not wrapped, a long one that stops at a comma or inside a number still goes on."""
    if below.mark or above.width < _LONG:
        return False
    last, next_sign = above.words[-1], below.words[0]
    return last in _OPEN or (last in "0123456789." and next_sign in _UNIT_BEGINS)
