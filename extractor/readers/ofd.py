"""Reads OFD (GB/T 33190-2016), the official format of fixed documents: a package of XML parts, one for each page."""

from __future__ import annotations

import posixpath
import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree.ElementTree import Element

from extractor.document import TABLE, Document, Grid, Page
from extractor.model.place import Box
from extractor.readers import cells
from extractor.readers.continued import joined_over_pages
from extractor.readers.errors import Refused, unreadable
from extractor.readers.frames import Frame, grids_of
from extractor.readers.grids import MAX_SIGNS, RuledGrid, grid_of
from extractor.readers.limits import MAX_PAGES, megabytes
from extractor.readers.ofd_page import MAX_RULES, POINT, Allowance, Drawing, Sign, child, children, draw, numbers, turned_box
from extractor.readers.package import Package, parsed
from extractor.readers.rules import Rule

MAX_PART = 16 * 1024 * 1024
"""A page that has an object for each of its signs has some 2 MB; the tree of an XML part takes ten times its size."""


def read_ofd(data: bytes, document: Document) -> Document:
    """Fills ``document`` with the pages of an OFD file, or with the reason why there are none."""
    parts = _Parts(Package(data))
    if any(posixpath.basename(name) == "encryptions.xml" for name in parts.names):
        raise Refused("encrypted")
    sheets = _sheets(parts, document)
    if len(sheets) > MAX_PAGES:
        raise Refused("too_large", size=f"{len(sheets)} 页", limit=f"{MAX_PAGES} 页")
    if not sheets:
        document.error = unreadable("zero_pages")
        return document
    survey = _Survey()
    for number, (volume, part) in enumerate(sheets, 1):
        document.pages.append(_read_page(number, volume, part, survey))
    joined_over_pages(document.pages)
    for number, grid in enumerate((grid for page in document.pages for grid in page.grids), 1):
        grid.name = f"表{number}"
    _judge(document, survey)
    return document


# ------------------------------------------------------------------------------------------------------------ the package


class _Parts:
    """The parts of the package, found by the places that its files name."""

    def __init__(self, package: Package) -> None:
        self._package = package
        # Producers are found that write \ for /, or Page_0 for page_0.
        self.names = {posixpath.normpath(name.replace("\\", "/")).lower(): name for name in sorted(package.names)}
        self.allowance = Allowance()

    def find(self, place: str | None, beside: str = "") -> str | None:
        """The part at ``place``, seen from the part ``beside`` unless it begins with a slash; never outside the package."""
        place = (place or "").strip().replace("\\", "/")
        if not place:
            return None
        seen_from = posixpath.dirname(beside.replace("\\", "/"))
        for path in (posixpath.join("/", seen_from, place), posixpath.join("/", place)):
            name = posixpath.normpath(path).lstrip("/")
            found = name if name in self._package else self.names.get(name.lower())
            if found is not None:
                return found
        return None

    def root(self, name: str | None) -> Element:
        """The root of that part; ``Refused`` where it is missing, damaged, or beyond what the file may ask of us."""
        if name is None:
            raise Refused("damaged")
        try:
            data = self._package.read(name)
        except (ValueError, struct.error) as failure:
            # What zipfile raises where the headers of a part are damaged.
            raise Refused("damaged") from failure
        if len(data) > MAX_PART:
            raise Refused("too_large", size=f"{name} 超过 {megabytes(MAX_PART)}", limit=megabytes(MAX_PART))
        self.allowance.take(size=len(data))
        return parsed(data)

    def root_if_any(self, name: str | None) -> Element | None:
        """The root of a part that one can do without."""
        try:
            return self.root(name)
        except Refused as refusal:
            _only_damaged(refusal)
            return None


def _only_damaged(refusal: Refused) -> None:
    """A damaged part is a loss that is noted; whatever else is wrong is wrong with the file."""
    if refusal.error.code != "damaged":
        raise refusal


def _words(element: Element | None) -> str:
    return "" if element is None else element.text or ""


@dataclass(slots=True)
class _Volume:
    """One document of the package: its root, with the templates and composite units that its pages share."""

    parts: _Parts
    name: str
    root: Element
    templates: dict[str, Element | None] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    """Composite units by identifier."""

    def __post_init__(self) -> None:
        for kind in ("PublicRes", "DocumentRes"):
            self.add_units(children(self.common, kind), self.name)

    @property
    def common(self) -> Element | None:
        return child(self.root, "CommonData")

    def pages(self) -> list[str | None]:
        """The part of each page, in order; ``None`` for one that is not in the package."""
        listed = children(child(self.root, "Pages"), "Page")
        return [self.parts.find(page.get("BaseLoc"), self.name) for page in listed]

    def template(self, wanted: str) -> Element | None:
        """The root of the template; ``None`` where it is missing or damaged."""
        if wanted not in self.templates:
            listed = children(self.common, "TemplatePage")
            place = next((page.get("BaseLoc") for page in listed if page.get("ID") == wanted), None)
            self.templates[wanted] = self.parts.root_if_any(self.parts.find(place, self.name))
        return self.templates[wanted]

    def add_units(self, resources: list[Element], beside: str) -> None:
        """Takes in the composite units of parts that hold resources."""
        for resource in resources:
            root = self.parts.root_if_any(self.parts.find(_words(resource), beside))
            for group in children(root, "CompositeGraphicUnits"):
                self.units.update((unit.get("ID") or "", unit) for unit in children(group, "CompositeGraphicUnit"))


def _sheets(parts: _Parts, document: Document) -> list[tuple[_Volume, str | None]]:
    """The part of every page of every document in the package."""
    bodies = children(parts.root(parts.find("OFD.xml")), "DocBody")
    sheets: list[tuple[_Volume, str | None]] = []
    for body in bodies:
        name = parts.find(_words(child(body, "DocRoot")))
        root = parts.root_if_any(name)
        if name is not None and root is not None:
            volume = _Volume(parts, name, root)
            sheets.extend((volume, page) for page in volume.pages())
        elif len(bodies) == 1:
            raise Refused("damaged")
        else:
            document.notes.append("文件由几份文档组成，其中一份无法打开，内容没有读到，请与原件核对。")
    if any(_is_sealed(parts, body) for body in bodies):
        document.notes.append("文件带有电子签章，签章中的文字没有读取。")
    return sheets


def _is_sealed(parts: _Parts, body: Element) -> bool:
    """Whether a seal was put on the document; a signature of type ``Sign`` shows none."""
    listed = children(parts.root_if_any(parts.find(_words(child(body, "Signatures")))), "Signature")
    return any(signature.get("Type") != "Sign" for signature in listed)


# ------------------------------------------------------------------------------------------------------------ a page


@dataclass(slots=True)
class _Survey:
    """What was seen while the pages were read, by page number."""

    missing: list[int] = field(default_factory=list)
    incomplete: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


_FEW_SIGNS = 30
"""Fewer than this may be a scanning program's mark or a page number on a picture of a page."""


def _read_page(page: int, volume: _Volume, part: str | None, survey: _Survey) -> Page:
    try:
        root = volume.parts.root(part)
    except Refused as refusal:
        _only_damaged(refusal)
        survey.missing.append(page)
        return Page(page, "")
    drawing = Drawing(_size(root, volume))
    for template in children(root, "Template"):
        shared = volume.template(template.get("TemplateID") or "")
        if shared is None:
            survey.incomplete.append(page)
        else:
            _draw(shared, drawing, volume)
    volume.add_units(children(root, "PageRes"), part or "")
    _draw(root, drawing, volume)
    return _page(page, drawing, survey)


def _draw(root: Element, drawing: Drawing, volume: _Volume) -> None:
    for content in children(root, "Content"):
        draw(content, drawing, volume.units.get, volume.parts.allowance)


def _size(root: Element, volume: _Volume) -> tuple[float, float]:
    """Width and height of the page, from itself or from what all pages share; else A4."""
    for area in (child(root, "Area"), child(volume.common, "PageArea")):
        box = numbers(_words(child(area, "PhysicalBox")), 4)
        if box and box[2] > 0 and box[3] > 0:
            return box[2] * POINT, box[3] * POINT
    return Drawing().size


def _page(page: int, drawing: Drawing, survey: _Survey) -> Page:
    written = _Written()
    grids = _write_level(page, drawing, written)
    for quarters, signs in enumerate(drawing.turned[1:], 1):
        for line in _lines(signs, _printed(signs)):
            written.put(line, quarters)
    for run in drawing.slanted:
        written.put([(sign, False) for sign in run if not sign.sign.isspace()])
    text = "".join(written.words)
    printed = _count(text) + sum(_count(cell.text) for grid in grids for cell in grid.cells)
    if not printed or (printed < _FEW_SIGNS and drawing.covered):
        survey.pictures.append(page)
    elif drawing.hidden:
        survey.hidden.append(page)
    return Page(page, text, written.box_of, grids)


def _write_level(page: int, drawing: Drawing, written: _Written) -> list[Grid]:
    """Writes the level lines of a page from the top, and a line for each table where its top is met; the tables."""
    signs = characters_of(drawing)
    tables, beside = _tables_on(page, drawing, _printed(signs))
    waiting = tables[::-1]
    for line in _lines(signs, beside):
        while waiting and waiting[-1][0].box[1] + _SAME_BASE < line[0][0].base:
            written.put_table(waiting.pop()[0].box)
        written.put(line)
    while waiting:
        written.put_table(waiting.pop()[0].box)
    return [grid for _, grid in tables]


def _count(text: str) -> int:
    """How many signs are printed; what stands for a table is none."""
    return sum(not sign.isspace() and sign != TABLE for sign in text)


def characters_of(page: Drawing) -> list[Sign]:
    """Sign, left, top, right, bottom and base of each character on a level line, in the order of writing."""
    return page.turned[0]


def rules_of(page: Drawing) -> list[Box]:
    """The level and upright lines of a page; none where there are more than any table has."""
    return page.rules if len(page.rules) < MAX_RULES else []


# ------------------------------------------------------------------------------------------------------------ lines

_SAME_BASE = 2.0
_GAP = 1 / 3
"""A gap of so much of the font's height is a space."""
_DOUBLED = 0.15
"""The same sign again, so near by, is bold print made by printing twice."""

_Spaced = tuple[Sign, bool]
"""A printed sign, and whether a space stands before it."""


def _printed(signs: list[Sign]) -> list[int]:
    """The signs by number, without blanks, and without those that only make others bold."""
    return [at for row in _rows(signs, [at for at, sign in enumerate(signs) if not sign.sign.isspace()]) for at in _once(signs, row)]


def _rows(signs: list[Sign], wanted: list[int]) -> Iterator[list[int]]:
    """Signs of one base line, row by row from the top, each from the left, whatever the order of writing was."""
    ordered = sorted(wanted, key=lambda at: signs[at].base)
    start = 0
    for end in range(1, len(ordered) + 1):
        if end < len(ordered) and signs[ordered[end]].base - signs[ordered[end - 1]].base <= _SAME_BASE:
            continue
        yield sorted(ordered[start:end], key=lambda at: signs[at].x0)
        start = end


def _once(signs: list[Sign], row: list[int]) -> Iterator[int]:
    """A row without the signs that are printed again to look bold."""
    before: Sign | None = None
    for at in row:
        sign = signs[at]
        if before is None or not _doubles(before, sign):
            yield at
            before = sign


def _doubles(one: Sign, two: Sign) -> bool:
    # Rows may hold signs of several heights: there a figure stands below the same figure.
    near = _DOUBLED * (two.y1 - two.y0)
    return one.sign == two.sign and two.x0 - one.x0 < near and abs(two.base - one.base) <= _SAME_BASE


def _lines(signs: list[Sign], wanted: list[int]) -> Iterator[list[_Spaced]]:
    """The lines that the wanted signs make.

    A written space counts only between signs that were written one after the other: the blanks that fill up a cell may
    reach into the figure beside it.
    """
    for row in _rows(signs, wanted):
        spaced = (_is_apart(signs, before, at) for before, at in pairwise(row))
        yield [(signs[row[0]], False), *((signs[at], space) for at, space in zip(row[1:], spaced, strict=True))]


def _is_apart(signs: list[Sign], before: int, after: int) -> bool:
    """Whether there is a gap or a written space between two signs of a line."""
    left, right = signs[before], signs[after]
    return right.x0 - left.x1 > _GAP * (right.y1 - right.y0) or _only_space(signs, before, after)


def _only_space(signs: list[Sign], before: int, after: int) -> bool:
    """Whether spaces, and nothing else, were written between the two."""
    # From the end, so that the first sign that is none answers.
    return before + 1 < after and all(signs[at].sign.isspace() for at in range(after - 1, before, -1))


@dataclass(slots=True)
class _Written:
    """The text of a page as it grows, with the box of each of its signs."""

    words: list[str] = field(default_factory=list)
    corners: array[float] = field(default_factory=lambda: array("f"))
    """Four of each sign of the text; a space between signs and a line end have a box without height."""

    def put(self, line: list[_Spaced], quarters: int = 0) -> None:
        """Adds one line, of signs that are turned by so many quarters."""
        for sign, spaced in line:
            box = turned_box(sign[1:5], quarters)
            if spaced:
                self._put(" ", (box[0], box[1], box[0], box[1]))
            self._put(sign.sign, box)
        if line:
            self._put("\n", (box[2], box[1], box[2], box[1]))

    def put_table(self, box: Box) -> None:
        """Adds the line that stands for the table in that box."""
        self._put(TABLE, box)
        self._put("\n", (box[2], box[1], box[2], box[1]))

    def _put(self, word: str, box: Box) -> None:
        self.words.append(word)
        self.corners.extend(box)

    def box_of(self, start: int, end: int) -> Box | None:
        """The box around the characters ``start``…``end`` of the text, blanks left out."""
        asked = self.corners[4 * start : 4 * end]
        return _around(zip(asked[::4], asked[1::4], asked[2::4], asked[3::4], strict=True))


def _around(boxes: Iterable[Box]) -> Box | None:
    """The box round those that have a height."""
    high = [box for box in boxes if box[1] < box[3]]
    if not high:
        return None
    lefts, tops, rights, bottoms = zip(*high, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


# ------------------------------------------------------------------------------------------------------------ tables

_LARGEST = 3400.0
"""The long side of A0 in points: a plan, no sheet of a report, is larger."""
_STANDING = 0.99
"""So wide at most, measured by its height, is a digit that stands; a wider one would be taken for one that lies."""

_Table = tuple[Frame, RuledGrid]


def _tables_on(page: int, drawing: Drawing, printed: list[int]) -> tuple[list[_Table], list[int]]:
    """The ruled tables of a page from the top, and the signs that stand beside them."""
    frames = grids_of(list(map(_rule, rules_of(drawing))), drawing.size) if max(drawing.size) <= _LARGEST else []
    if not frames or len(printed) > MAX_SIGNS:
        return [], printed
    signs = _signs(characters_of(drawing), printed)
    frames, owners = cells.filled(frames, signs)
    if not frames:
        return [], printed
    texts, beside = cells.text_of(frames, signs, owners)
    corners = _Corners(array("f", (corner for sign in characters_of(drawing) for corner in sign[1:5])))
    grids = [grid_of(corners, frame, said, page, drawing.size[1]) for frame, said in zip(frames, texts, strict=True)]
    return list(zip(frames, grids, strict=True)), [sign.unit for sign in beside]


def _rule(box: Box) -> Rule:
    left, top, right, bottom = box
    if right - left > bottom - top:
        return Rule(True, (top + bottom) / 2, left, right)
    return Rule(False, (left + right) / 2, top, bottom)


def _signs(signs: list[Sign], printed: list[int]) -> list[cells.Sign]:
    """The printed signs as cells take them, from the top and from the left: the order of writing says nothing."""
    found = []
    for at in printed:
        sign, left, top, right, bottom, base = signs[at]
        if sign.isdigit():
            right = min(right, left + _STANDING * (bottom - top))
        found.append(cells.Sign(sign, at, (left, top, right, bottom), base))
    found.sort(key=lambda one: (one.base, one.box[0]))
    return found


@dataclass(slots=True)
class _Corners:
    """Where the signs of a page stand, kept small for when it is asked after reading."""

    corners: array[float]
    """Four of each sign."""

    def around(self, units: Sequence[int]) -> Box | None:
        """The box round the signs with these numbers."""
        corners = self.corners
        return _around((corners[at], corners[at + 1], corners[at + 2], corners[at + 3]) for at in (4 * unit for unit in units))


# ------------------------------------------------------------------------------------------------------------ verdict


def _judge(document: Document, survey: _Survey) -> None:
    """Decides whether there is a text at all, and puts down what a person should know."""
    pages = len(document.pages)
    if len(survey.missing) + len(survey.pictures) == pages:
        code = "damaged" if len(survey.missing) == pages else "no_text_layer"
        document.error = unreadable(code, pages=pages)
        document.pages = []
        return
    for numbers_of, words in (
        (survey.missing, "页无法打开，内容没有读到，请与原件核对。"),
        (survey.incomplete, "页的模板（页眉、页脚等）无法打开，其中的内容没有读到。"),
        (survey.pictures, "页没有文字层（空白页或扫描图片），其中的内容没有读到。"),
        (survey.hidden, "页含有不可见的文字（多为扫描件的 OCR 文字层），已照常读取，请核对。"),
    ):
        if numbers_of:
            document.notes.append(f"第 {_listed(numbers_of)} {words}")


def _listed(found: list[int], most: int = 10) -> str:
    words = "、".join(map(str, found[:most]))
    return words if len(found) <= most else f"{words} 等 {len(found)}"
