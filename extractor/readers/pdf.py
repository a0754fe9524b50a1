"""Reads the text of PDF files, page by page, and finds the boxes of words when they are asked for."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_double, c_float, c_int, c_ushort
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from operator import lt

from extractor.document import Document, Grid, Page
from extractor.model.place import Box
from extractor.model.record import record
from extractor.readers.continued import joined_over_pages
from extractor.readers.errors import unreadable
from extractor.readers.grids import Tabled, tables_on
from extractor.readers.limits import MAX_PAGES, MAX_SECOND_PAGES
from extractor.readers.pdfium import IMAGE, INVISIBLE, LOCK, PASSWORD, SECURITY, TEXT, loose_boxes, origins, pdfium, sizes

_CORNERS = (c_float * 4)()
"""Filled by pdfium and read at once, under the lock."""

OPEN_PAGES = 16
"""So many pages stay parsed for the boxes asked for after reading: a report of usual length, at some 0.3 MB a page."""

_TRAILER_REACH = 2048
"""The end mark stands in the last kilobyte; signing software adds some more."""


def read_pdf(data: bytes, document: Document) -> Document:
    """Fills ``document`` with the pages of a PDF, or with the reason why there are none."""
    with LOCK:
        file = _open(data, document)
        if file is None:
            return document
        document.close = file.close
        survey = _Survey()
        for index in range(file.pages):
            _read_page(_Sheet(file, index), document, survey)
    _second_opinion(data, document, survey)
    joined_over_pages(document.pages)
    for number, grid in enumerate((grid for page in document.pages for grid in page.grids), 1):
        grid.name = f"表{number}"
    _judge(document, survey)
    return document


# ------------------------------------------------------------------------------------------------------------ the file


@dataclass(slots=True)
class _File:
    """An open PDF. The bytes are kept as long: pdfium reads from them whenever a page is loaded."""

    data: bytes
    handle: int | None
    pages: int = 0
    opened: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Page and text page of every page that is parsed, by index."""
    spare: int | None = None
    """The page that is parsed beyond ``OPEN_PAGES``: the last one that was asked for."""

    def text_page(self, index: int) -> tuple[int, int] | None:
        """The page and its text page, parsed if need be; ``None`` where pdfium cannot, or the file is closed."""
        if self.handle is None:
            return None
        if index in self.opened:
            return self.opened[index]
        if self.spare is not None:
            self._close_page(self.spare)
            self.spare = None
        page = pdfium()["FPDF_LoadPage"](self.handle, index)
        text = pdfium()["FPDFText_LoadPage"](page) if page else None
        if not text:
            if page:
                pdfium()["FPDF_ClosePage"](page)
            return None
        if len(self.opened) >= OPEN_PAGES:
            self.spare = index
        self.opened[index] = page, text
        return page, text

    def _close_page(self, index: int) -> None:
        page, text = self.opened.pop(index)
        pdfium()["FPDFText_ClosePage"](text)
        pdfium()["FPDF_ClosePage"](page)

    def close(self) -> None:
        """Lets go of everything, once."""
        with LOCK:
            if self.handle is None:
                return
            for index in list(self.opened):
                self._close_page(index)
            pdfium()["FPDF_CloseDocument"](self.handle)
            self.handle, self.data = None, b""


def _open(data: bytes, document: Document) -> _File | None:
    handle = pdfium()["FPDF_LoadMemDocument64"](data, len(data), None)
    complete = b"%%EOF" in data[-_TRAILER_REACH:]
    if not handle:
        error = pdfium()["FPDF_GetLastError"]()
        code = "encrypted" if error in (PASSWORD, SECURITY) else "damaged" if complete else "truncated"
        document.error = unreadable(code)
        return None
    file = _File(data, handle, pdfium()["FPDF_GetPageCount"](handle))
    if 0 < file.pages <= MAX_PAGES:
        if not complete:
            document.notes.append("文件末尾不完整，可能缺少部分页面，请与原件核对页数。")
        return file
    file.close()
    if file.pages > MAX_PAGES:
        document.error = unreadable("too_large", size=f"{file.pages} 页", limit=f"{MAX_PAGES} 页")
    else:
        document.error = unreadable("zero_pages" if complete else "truncated")
    return None


# ------------------------------------------------------------------------------------------------------------ a page

_FALSE_BREAK = re.compile(r"(?<!\r)\n|\r(?!\n)|\f")
"""Signs of a broken font that would be taken for the end of a line or a page."""
_MARKS = re.compile("[“”‘’]")
_GAP = re.compile(" +")
_PROSE = re.compile("[，。；]")
"""Some row of every table (its heads, at least) has no such sign; nearly every line of prose has one."""
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")


@dataclass(slots=True)
class _Sheet:
    """One page and the way from its text back to the characters of pdfium.

    pdfium counts characters and hands out text in UTF-16 units; the two may differ, and both differ from the text of
    the page, whose lines end in one sign instead of two.
    """

    file: _File
    index: int
    units: str = ""
    length: int = 0
    """How many units the page has."""
    exact: bool = True
    """Whether every unit is a character of pdfium with the same number."""
    flat: bool = True
    """Whether every sign is one unit."""
    unit_of: array[int] | None = None
    """The unit of each sign of the page's text, once it was needed."""
    frame: _Frame | None = None
    corners: _Corners | None = None
    """Where every sign stands, if a table needed them all: the page need not be parsed again for a box."""

    def read(self) -> str | None:
        """The text of the page, lines ended by a line feed; ``None`` where pdfium cannot load it."""
        handles = self.file.text_page(self.index)
        if handles is None:
            return None
        page, text_page = handles
        self.frame = _frame(page)
        count = pdfium()["FPDFText_CountChars"](text_page)
        if count <= 0:
            return ""
        # Twice the room: a sign beyond the basic plane takes two units.
        buffer = (c_ushort * (2 * count + 2))()
        self.length = length = max(pdfium()["FPDFText_GetText"](text_page, 0, count, buffer) - 1, 0)
        units = bytes(buffer)[: 2 * length].decode("utf-16-le", "replace")
        self.exact, self.flat = length == count, len(units) == length
        self.units = _FALSE_BREAK.sub(" ", units)
        return self.units.replace("\r\n", "\n")

    def box_of(self, start: int, end: int) -> Box | None:
        """The box of the characters ``start``…``end`` of the text, in points from the top left corner."""
        if self.unit_of is None:
            self.unit_of = _units(self.units)
        return self.around(self.unit_of[start:end])

    def tabled(self) -> Tabled | None:
        """The page with its tables taken out of the text, if it has any."""
        handles = self.file.text_page(self.index)
        if handles is None or self.frame is None:
            return None
        size = pdfium()["FPDF_GetPageWidthF"](handles[0]), pdfium()["FPDF_GetPageHeightF"](handles[0])
        return tables_on(self, handles, self.index + 1, self.shown, size)

    def around(self, units: Sequence[int]) -> Box | None:
        """The box round characters, by their units."""
        if not units:
            return None
        with LOCK:
            handles = (0, 0) if self.corners else self.file.text_page(self.index)
            if handles is None:
                return None
            # What is asked for stands on one line, nearly always, so that its two ends bound it; each box is as high as the line.
            one = self.char_box(handles[1], units[0])
            two = self.char_box(handles[1], units[-1]) if len(units) > 1 else None
        if one is None or two is None:
            return one or two
        return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])

    def char(self, text_page: int, unit: int) -> int:
        """The character of pdfium that gave the unit."""
        return unit if self.exact else int(pdfium()["FPDFText_GetCharIndexFromTextIndex"](text_page, unit))

    def char_box(self, text_page: int, unit: int) -> Box | None:
        """The box of a character, as high as its line; ``None`` for one that prints nothing."""
        if self.frame is None:
            return None
        if self.corners:
            left, top, right, bottom = self.corners.of(unit)
        else:
            char = unit if self.exact else self.char(text_page, unit)
            if char < 0 or not pdfium()["FPDFText_GetLooseCharBox"](text_page, char, _CORNERS):
                return None
            left, top, right, bottom = _CORNERS
        return self.frame.box(left, top, right, bottom)

    def printed(self, text_page: int) -> Iterator[tuple[str, int, Box | None, float]]:
        """Every sign that is no space: its unit, its box as ``char_box`` has it, and how far down its base line stands."""
        every: Iterable[int] = range(self.length) if self.flat else _units(self.units)
        signs = self.units if self.flat else self.units.replace("\r", "")
        units = [unit for unit, sign in zip(every, signs, strict=True) if not sign.isspace()]
        chars = self.chars(text_page, units)
        corners = loose_boxes(text_page, chars)
        self.corners = _Corners(array("L", units), corners)
        boxes = _boxes(*self.shown(corners[0::4], corners[1::4]), *self.shown(corners[2::4], corners[3::4]))
        return zip("".join(signs.split()), units, boxes, self.shown(*origins(text_page, chars))[1], strict=True)

    def places(self, text_page: int, units: Sequence[int]) -> tuple[list[float], list[float]]:
        """Where the base lines of characters begin: how far from the left, and how far down."""
        return self.shown(*origins(text_page, self.chars(text_page, units)))

    def chars(self, text_page: int, units: Sequence[int]) -> Sequence[int]:
        """The characters of pdfium that gave the units."""
        return units if self.exact else [self.char(text_page, unit) for unit in units]

    def shown(self, right: Sequence[float], up: Sequence[float]) -> tuple[list[float], list[float]]:
        """Points of the page's own coordinates as they are shown: how far from the left, and how far from the top."""
        frame = self.frame or _AS_IT_IS
        if frame.right_per_y or frame.down_per_x:
            both = [frame.shown(x, y) for x, y in zip(right, up, strict=True)]
            return [x for x, _ in both], [y for _, y in both]
        left, top, across, down = frame.left, frame.top, frame.right_per_x, frame.down_per_y
        return [left + across * x for x in right], [top + down * y for y in up]

    def origin(self, text_page: int, unit: int) -> tuple[float, float]:
        """Where the base line of a character begins."""
        x, y = c_double(), c_double()
        pdfium()["FPDFText_GetCharOrigin"](text_page, self.char(text_page, unit), byref(x), byref(y))
        return self.frame.shown(x.value, y.value) if self.frame else (0.0, 0.0)


def _box(x0: float, y0: float, x1: float, y1: float) -> Box | None:
    """The box between two corners, if there is anything between them."""
    if x0 == x1 or y0 == y1:
        return None
    return (x0 if x0 < x1 else x1, y0 if y0 < y1 else y1, x1 if x0 < x1 else x0, y1 if y0 < y1 else y0)


def _boxes(x0: list[float], y0: list[float], x1: list[float], y1: list[float]) -> Sequence[Box | None]:
    """The boxes between corners; on nearly every page all are upright and have something in them."""
    if all(map(lt, x0, x1)) and all(map(lt, y0, y1)):
        return list(zip(x0, y0, x1, y1, strict=True))
    return list(map(_box, x0, y0, x1, y1))


def _units(units: str) -> array[int]:
    """The UTF-16 unit of each sign of the page's text: of a line end the second one."""
    if not units or max(units) <= "\uffff":
        return array("L", [at for at, sign in enumerate(units) if sign != "\r"])
    found = array("L")
    at = 0
    for sign in units:
        if sign != "\r":
            found.append(at)
        at += 2 if sign > "\uffff" else 1
    return found


@record(frozen=True, slots=True)
class _Corners:
    """Left, top, right and bottom of signs as pdfium has them, kept small for when they are asked for after reading."""

    units: array[int]
    corners: array[float]

    def of(self, unit: int) -> Sequence[float]:
        """Those of a sign; noughts of what prints nothing."""
        at = bisect_left(self.units, unit)
        return self.corners[4 * at : 4 * at + 4] if at < len(self.units) and self.units[at] == unit else _NOWHERE


_NOWHERE = (0.0, 0.0, 0.0, 0.0)


@record(frozen=True, slots=True)
class _Frame:
    """From the page's own coordinates to points from the top left corner of the page as it is shown."""

    left: float
    top: float
    right_per_x: float
    down_per_x: float
    right_per_y: float
    down_per_y: float

    def shown(self, x: float, y: float) -> tuple[float, float]:
        return (
            self.left + self.right_per_x * x + self.right_per_y * y,
            self.top + self.down_per_x * x + self.down_per_y * y,
        )

    def box(self, left: float, top: float, right: float, bottom: float) -> Box | None:
        """A box as it is shown, if there is anything in it."""
        return _box(
            self.left + self.right_per_x * left + self.right_per_y * top,
            self.top + self.down_per_x * left + self.down_per_y * top,
            self.left + self.right_per_x * right + self.right_per_y * bottom,
            self.top + self.down_per_x * right + self.down_per_y * bottom,
        )


_AS_IT_IS = _Frame(0.0, 0.0, 1.0, 0.0, 0.0, 1.0)

_FINE = 100
"""pdfium counts device pixels: with a hundred to a point nothing is lost by rounding."""
_FAR = 1000


def _frame(page: int) -> _Frame:
    """Asks pdfium itself, because rotation and both page boxes, own or inherited, play a part in it."""
    width = round(pdfium()["FPDF_GetPageWidthF"](page) * _FINE)
    height = round(pdfium()["FPDF_GetPageHeightF"](page) * _FINE)

    def device(x: float, y: float) -> tuple[float, float]:
        across, down = c_int(), c_int()
        pdfium()["FPDF_PageToDevice"](page, 0, 0, width, height, 0, x, y, byref(across), byref(down))
        return across.value / _FINE, down.value / _FINE

    left, top = device(0, 0)
    x_right, x_down = device(_FAR, 0)
    y_right, y_down = device(0, _FAR)
    # Whole turns only: what is left beside 1 and 0 is rounding.
    rates = (x_right - left, x_down - top, y_right - left, y_down - top)
    return _Frame(left, top, *(float(round(rate / _FAR, 3)) for rate in rates))


# ------------------------------------------------------------------------------------------------------------ reading

_SPOILT = re.compile(r"[\ufffd\ue000-\uf8ff\x00\x01\x03-\x08\x0e-\x1f]")
"""Signs that no report prints: a font whose table of characters is missing or wrong. \x02 is pdfium's hyphen."""
_SPACE = re.compile(r"\s+")
_CHINESE = re.compile(r"[\u4e00-\u9fff\u2e80-\u2fdf]")
_FEW_SIGNS = 30
"""Fewer than this may be a scanning program's mark or a page number on a picture of a page."""


@dataclass(slots=True)
class _Survey:
    """What was seen while the pages were read, by page number."""

    signs: int = 0
    spoilt: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)


def _read_page(sheet: _Sheet, document: Document, survey: _Survey) -> None:
    number = sheet.index + 1
    text = sheet.read()
    if text is None:
        survey.missing.append(number)
        document.pages.append(Page(number, ""))
        return
    signs = len(_SPACE.sub("", text))
    survey.signs += signs
    if len(_SPOILT.findall(text)) * 20 > signs:
        survey.spoilt.append(number)
    if signs < _FEW_SIGNS and _is_picture(sheet, signs):
        survey.pictures.append(number)
    grids: list[Grid] = []
    if signs:
        text, grids = _laid_out(sheet, text, survey)
    document.pages.append(Page(number, text, sheet.box_of, grids))


def _laid_out(sheet: _Sheet, text: str, survey: _Survey) -> tuple[str, list[Grid]]:
    """The text of a page in the order in which it is read, with its tables taken out."""
    handles = sheet.file.text_page(sheet.index)
    if handles is None:
        return text, []
    lines = list(_LINE.finditer(sheet.units)) if sheet.flat else []
    starts = sheet.places(handles[1], [line.start() for line in lines])
    bases = starts[1]
    _look_at_objects(sheet, lines, survey)
    tabled = sheet.tabled() if not sheet.flat or _side_by_side(sheet, handles[1], lines, bases) else None
    if tabled:
        sheet.unit_of = tabled.unit_of
        survey.moved += [sheet.index + 1] if tabled.moved else []
        return _marks_in_place(sheet, handles[1], tabled.text, tabled.unit_of) if sheet.flat else tabled.text, tabled.grids
    if not sheet.flat:
        return text, []
    ordered = _in_order(sheet, handles[1], text, lines, starts, survey)
    return _marks_in_place(sheet, handles[1], ordered, None) if ordered is text else ordered, []


def _marks_in_place(sheet: _Sheet, text_page: int, text: str, units: array[int] | None) -> str:
    """The text with “ and ” where they are printed: pdfium puts signs of another font behind the run that they stand in."""
    if not _MARKS.search(text):
        return text
    units = units or _units(sheet.units)
    words, order, at = [], array("L"), 0
    for line in text.split("\n"):
        stretch = list(range(at, at + len(line)))
        if _MARKS.search(line) and _is_shuffled(sheet, text_page, line, [units[index] for index in stretch]):
            stretch = _with_marks_sorted(stretch, text, [sheet.origin(text_page, units[index])[0] for index in stretch])
        words.append("".join([text[index] for index in stretch]))
        order.extend([units[index] for index in stretch])
        at += len(line) + 1
        order.append(units[at - 1] if at - 1 < len(units) else 0)
    sheet.unit_of = order
    return "\n".join(words)


def _with_marks_sorted(stretch: list[int], text: str, lefts: list[float]) -> list[int]:
    """The signs of a line in their order, and each quotation mark before the first sign that stands right of it."""
    ordered = [(index, left) for index, left in zip(stretch, lefts, strict=True) if not _MARKS.match(text[index])]
    for mark, at in sorted(((index, left) for index, left in zip(stretch, lefts, strict=True) if _MARKS.match(text[index])), key=lambda one: one[1]):
        place = next((place for place, (index, left) in enumerate(ordered) if left > at and not text[index].isspace()), len(ordered))
        ordered.insert(place, (mark, at))
    return [index for index, _ in ordered]


def _is_shuffled(sheet: _Sheet, text_page: int, line: str, units: list[int]) -> bool:
    """Whether a quotation mark of a level line stands left of the sign before it."""
    for mark in _MARKS.finditer(line):
        at = mark.start()
        here = sheet.origin(text_page, units[at])
        before = sheet.origin(text_page, units[at - 1]) if at else here
        if here[0] < before[0]:
            return all(abs(sheet.origin(text_page, unit)[1] - here[1]) <= _SAME_BASE for unit in units)
    return False


def _side_by_side(sheet: _Sheet, text_page: int, lines: list[re.Match[str]], bases: list[float]) -> bool:
    """Whether anything stands beside anything else, as the cells of a table do; only then its ruling lines are looked for.

    On a page of prose each line stands well below the one before, and no space in it is wider than a sign.
    """
    if len(bases) > 1 and bases[0] - max(bases[1:]) >= _LINE_APART:
        bases = bases[1:]  # a foot that was written before the body
    if any(below - above < _LINE_APART for above, below in pairwise(bases)):
        return True
    for line in lines:
        for gap in _GAP.finditer(line[0]) if " " in line[0] and not _PROSE.search(line[0]) else ():
            left, right = (sheet.char_box(text_page, line.start() + at) for at in (gap.start() - 1, gap.end()))
            if left is None or right is None or right[0] - left[2] > right[3] - right[1]:
                return True
    return False


def _is_picture(sheet: _Sheet, signs: int) -> bool:
    """Whether an image covers most of the page; a page without any sign counts as one, it may be drawn as curves."""
    handles = sheet.file.text_page(sheet.index)
    if not signs or handles is None:
        return True
    page = handles[0]
    area = pdfium()["FPDF_GetPageWidthF"](page) * pdfium()["FPDF_GetPageHeightF"](page)
    return any(width * height * 2 > area for width, height in sizes(list(_parts(page, IMAGE))))


def _parts(page: int, kind: int) -> Iterator[int]:
    """The objects of that kind that are drawn straight on the page."""
    for at in range(pdfium()["FPDFPage_CountObjects"](page)):
        part = pdfium()["FPDFPage_GetObject"](page, at)
        if part and pdfium()["FPDFPageObj_GetType"](part) == kind:
            yield part


# ------------------------------------------------------------------------------------------------------------ oddities


def _look_at_objects(sheet: _Sheet, lines: list[re.Match[str]], survey: _Survey) -> None:
    """Notes text that is not seen, and text that pdfium left out, judged by the object that each line begins with."""
    handles = sheet.file.text_page(sheet.index)
    if handles is None:
        return
    page, text_page = handles
    chars = sheet.chars(text_page, [line.start() for line in lines])
    firsts = [part for part in dict.fromkeys(map(pdfium()["FPDFText_GetTextObject"], repeat(text_page), chars)) if part]
    if INVISIBLE in map(pdfium()["FPDFTextObj_GetTextRenderMode"], firsts):
        survey.hidden.append(sheet.index + 1)
    if _without_height(firsts) and _leaves_out(page, text_page):
        survey.dropped.append(sheet.index + 1)


def _without_height(parts: list[int]) -> list[int]:
    return [part for part, (width, height) in zip(parts, sizes(parts), strict=True) if width > 0 and height <= 0]


def _leaves_out(page: int, text_page: int) -> bool:
    """Whether a line of text on the page is missing from its text.

    pdfium takes an object for fake bold, and drops it, when one of the five before says the same nearby. Where a font
    is neither embedded nor installed its objects have no height, and a repeated line some 50 points below is "nearby".
    """
    count = pdfium()["FPDFText_CountChars"](text_page)
    read = {pdfium()["FPDFText_GetTextObject"](text_page, char) for char in range(count)}
    return bool(_without_height([part for part in _parts(page, TEXT) if part not in read]))


# ------------------------------------------------------------------------------------------------------------ order


@record(frozen=True, slots=True)
class _Stretch:
    """Where a line of the text stands on the page."""

    left: float
    right: float
    base: float

    def overlaps(self, other: _Stretch) -> bool:
        return min(self.right, other.right) - max(self.left, other.left) > _TOUCHING


_TOUCHING = 4.0
_LINE_APART = 6.0
"""Base lines of prose are further apart than this, in points: the smallest print that anyone reads."""
_SAME_BASE = 2.0
_MISPLACED = 3
"""So many misplaced lines, and a tenth of all, and the page was not written in the order in which it is read. A foot
that was written before the body is one."""


def _in_order(
    sheet: _Sheet, text_page: int, text: str, lines: list[re.Match[str]], starts: tuple[list[float], list[float]], survey: _Survey
) -> str:
    """The text with its lines in the order in which the page shows them. Nearly every page has them so already."""
    if all(below - above > _SAME_BASE for above, below in pairwise(starts[1])):
        return text
    ends = sheet.places(text_page, [line.end() - 1 for line in lines])
    stretches = list(_stretches(starts, ends))
    misplaced = _climbing(stretches) + _interleaved(stretches)
    if misplaced < _MISPLACED or misplaced * 10 < len(lines):
        return text
    survey.moved.append(sheet.index + 1)
    return _by_position(sheet, text_page)


def _stretches(starts: tuple[list[float], list[float]], ends: tuple[list[float], list[float]]) -> Iterator[_Stretch]:
    for left, base, right, level in zip(*starts, *ends, strict=True):
        # Upright and slanted lines (a water mark) are in nobody's way.
        if abs(level - base) <= _SAME_BASE and right >= left:
            yield _Stretch(left, right, base)


def _climbing(stretches: list[_Stretch]) -> int:
    """Lines that stand above the one before. In a table the text climbs too, but to the cell beside, never above."""
    return sum(below.base < above.base - _SAME_BASE and above.overlaps(below) for above, below in pairwise(stretches))


def _interleaved(stretches: list[_Stretch]) -> int:
    """Lines that stand in the gaps of another: figures that were written in a second go, with another font."""
    by_base = sorted(stretches, key=lambda stretch: stretch.base)
    return sum(
        abs(after.base - before.base) <= _SAME_BASE and before.overlaps(after) for before, after in pairwise(by_base)
    )


def _by_position(sheet: _Sheet, text_page: int) -> str:
    """The text put together anew from where each character stands, line by line from the left."""
    placed = []
    for unit, sign in enumerate(sheet.units):
        box = None if sign.isspace() else sheet.char_box(text_page, unit)
        if box:
            placed.append((sheet.origin(text_page, unit)[1], box, unit, sign))
    placed.sort(key=lambda char: char[0])
    words: list[str] = []
    sheet.unit_of = array("L")
    start = 0
    for end in range(1, len(placed) + 1):
        if end < len(placed) and placed[end][0] - placed[end - 1][0] <= _SAME_BASE:
            continue
        _put_line(sorted(placed[start:end], key=lambda char: char[1][0]), words, sheet.unit_of)
        start = end
    return "".join(words)


def _put_line(line: list[tuple[float, Box, int, str]], words: list[str], units: array[int]) -> None:
    before: Box | None = None
    for _, box, unit, sign in line:
        if before and box[0] - before[2] > (box[3] - box[1]) / 3:
            words.append(" ")
            units.append(unit)
        words.append(sign)
        units.append(unit)
        before = box
    words.append("\n")
    units.append(line[-1][2])


# ------------------------------------------------------------------------------------------------------------ verdict

_FEW_CHINESE = 50
"""Fewer than one sign in so many: the fonts cannot be read, or the report is in another language."""
_TEXT_ENOUGH = 200
"""Of so many signs some must be Chinese, if the fonts could be read at all."""


def _second_opinion(data: bytes, document: Document, survey: _Survey) -> None:
    """Reads the pages again whose fonts pdfium cannot make out, and keeps the better text."""
    suspects = sorted({*survey.spoilt, *survey.dropped})
    better = _read_again(data, document, suspects)
    if not suspects and survey.signs > _TEXT_ENOUGH and _hardly_chinese(document, survey.signs):
        written = [page.number for page in document.pages if page.text.strip()]
        # One page tells whether the fonts are at fault or the report is in another language.
        better = _read_again(data, document, written[:1])
        suspects = written if better else []
        better += _read_again(data, document, suspects[1:])
    spoilt = {number for number in survey.spoilt if _spoilt(document.pages[number - 1].text)}
    faulty = "页的文字层有缺陷（字体未嵌入或编码缺失），"
    if better:
        document.notes.append(f"第 {_listed(better)} {faulty}已改用另一种方法读取，请核对这些页的数字。")
    if still := sorted(spoilt.union(suspects[MAX_SECOND_PAGES:])):
        document.notes.append(f"第 {_listed(still)} {faulty}读出的文字可能不全或有误，请核对原件。")


def _hardly_chinese(document: Document, signs: int) -> bool:
    """Whether hardly one of the signs is Chinese; the first page answers it for nearly every report."""
    chinese = 0
    for page in document.pages:
        texts = [page.text, *(cell.text for grid in page.grids for cell in grid.cells)]
        chinese += sum(len(_CHINESE.findall(text)) for text in texts)
        if chinese * _FEW_CHINESE >= signs:
            return False
    return True


def _read_again(data: bytes, document: Document, numbers: list[int]) -> list[int]:
    """Puts pdfplumber's text in the place of pdfium's on those pages where it says more; returns their numbers."""
    if not numbers:
        return []
    from extractor.readers.second import texts_by_pdfplumber

    better = []
    for number, text in texts_by_pdfplumber(data, numbers[:MAX_SECOND_PAGES]).items():
        page = document.pages[number - 1]
        if not page.grids and _worth(text) > _worth(page.text):  # plain text in the place of a table would tell less
            document.pages[number - 1] = Page(
                number, _FALSE_BREAK.sub(lambda sign: "\n" if sign[0] == "\n" else " ", text)
            )
            better.append(number)
    return better


def _worth(text: str) -> int:
    return len(_CHINESE.findall(text)) + len(re.findall(r"\d", text)) - 2 * len(_SPOILT.findall(text))


def _spoilt(text: str) -> bool:
    return len(_SPOILT.findall(text)) * 20 > len(text)


def _judge(document: Document, survey: _Survey) -> None:
    """Decides whether there is a text at all, and puts down what a person should know."""
    pages = len(document.pages)
    if len(survey.missing) == pages or len(survey.pictures) + len(survey.missing) == pages:
        document.close()
        code = "damaged" if len(survey.missing) == pages else "no_text_layer"
        document.error = unreadable(code, pages=pages)
        document.pages = []
        return
    for numbers, words in (
        (survey.missing, "页无法打开，内容没有读到，请与原件核对。"),
        (survey.pictures, "页没有文字层（空白页或扫描图片），其中的内容没有读到。"),
        (survey.hidden, "页含有不可见的文字（多为扫描件的 OCR 文字层），已照常读取，请核对。"),
        (survey.moved, "页文字的书写次序与版面不一致，已按版面位置重排。"),
    ):
        if numbers:
            document.notes.append(f"第 {_listed(numbers)} {words}")


def _listed(numbers: list[int], most: int = 10) -> str:
    words = "、".join(map(str, numbers[:most]))
    return words if len(numbers) <= most else f"{words} 等 {len(numbers)}"
