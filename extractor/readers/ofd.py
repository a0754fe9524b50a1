"""Reads OFD (GB/T 33190-2016), the official format of fixed documents: a package of XML parts, one for each page."""

from __future__ import annotations

import posixpath
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from extractor.document import Document, Page
from extractor.model.place import Box
from extractor.readers.errors import Refused, unreadable
from extractor.readers.limits import MAX_PAGES, megabytes
from extractor.readers.ofd_page import MAX_RULES, POINT, Allowance, Drawing, Sign, child, children, draw, numbers, turned_box
from extractor.readers.package import Package, parsed

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
    for page, (volume, part) in enumerate(sheets, 1):
        document.pages.append(_read_page(page, volume, part, survey))
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
    for quarters, signs in enumerate(drawing.turned):
        for line in _lines(signs):
            written.put(line, quarters)
    for run in drawing.slanted:
        written.put([(sign, False) for sign in run if not sign.sign.isspace()])
    text = "".join(written.words)
    printed = sum(not sign.isspace() for sign in text)
    if not printed or (printed < _FEW_SIGNS and drawing.covered):
        survey.pictures.append(page)
    elif drawing.hidden:
        survey.hidden.append(page)
    return Page(page, text, written.box_of)


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


def _lines(signs: list[Sign]) -> Iterator[list[_Spaced]]:
    """The printed signs line by line from the top, each line from the left, whatever the order of writing was."""
    printed = [at for at, sign in enumerate(signs) if not sign.sign.isspace()]
    printed.sort(key=lambda at: signs[at].base)
    start = 0
    for end in range(1, len(printed) + 1):
        if end < len(printed) and signs[printed[end]].base - signs[printed[end - 1]].base <= _SAME_BASE:
            continue
        yield _spaced(signs, sorted(printed[start:end], key=lambda at: signs[at].x0))
        start = end


def _spaced(signs: list[Sign], line: list[int]) -> list[_Spaced]:
    """One line with its spaces.

    A written space counts only between signs that were written one after the other: the blanks that fill up a cell may
    reach into the figure beside it.
    """
    found: list[_Spaced] = []
    before: int | None = None
    for at in line:
        sign = signs[at]
        if before is None:
            found.append((sign, False))
        else:
            left = signs[before]
            height = sign.y1 - sign.y0
            if sign.sign == left.sign and sign.x0 - left.x0 < _DOUBLED * height:
                continue
            found.append((sign, sign.x0 - left.x1 > _GAP * height or _only_space(signs, before, at)))
        before = at
    return found


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

    def _put(self, word: str, box: Box) -> None:
        self.words.append(word)
        self.corners.extend(box)

    def box_of(self, start: int, end: int) -> Box | None:
        """The box around the characters ``start``…``end`` of the text, blanks left out."""
        asked = self.corners[4 * start : 4 * end]
        boxes = [box for box in zip(asked[::4], asked[1::4], asked[2::4], asked[3::4], strict=True) if box[1] < box[3]]
        if not boxes:
            return None
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


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
