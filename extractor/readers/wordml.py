"""The vocabulary of a Word file (WordprocessingML): its names, its parts, and how a property is asked for."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from extractor.readers.errors import Refused
from extractor.readers.package import Package, parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = W + "val"

EITHER = MC + "AlternateContent"
"""Says one thing twice, for new and for old programs."""
_BRANCHES = frozenset((MC + "Choice", MC + "Fallback"))

_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
"""A file saved as “Strict Open XML” has other names for the same things."""

MAX_DEPTH = 200
"""A text box in a nested table is some 40 elements deep; readers of parts may recurse, and Python allows 1000 calls."""

_OFF = frozenset(("0", "false", "off", "none"))


def part(package: Package, name: str) -> Element:
    """The root of an XML part, in the names of transitional Open XML; ``Refused`` where elements nest without end."""
    data = package.read(name)
    for strict, usual in _STRICT_NAMES:
        data = data.replace(strict, usual)
    root = parsed(data)
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return root
    raise Refused("damaged")


def related(package: Package, name: str) -> list[tuple[str, str]]:
    """What a part refers to inside the package: pairs such as ``("footnotes", "word/footnotes.xml")``; ``""`` is the package."""
    folder, file = posixpath.split(name)
    listed = posixpath.join(folder, "_rels", file + ".rels")
    if listed not in package:
        return []
    found = []
    for entry in part(package, listed):
        if entry.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, unquote(entry.get("Target", ""))))
        found.append((entry.get("Type", "").rpartition("/")[2], target.lstrip("/")))
    return found


def below(element: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of child names, as far as there is one."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The ``w:val`` of the element at the end of a path."""
    found = below(element, *path)
    return None if found is None else found.get(VAL)


def whole(words: str | None, otherwise: int) -> int:
    """The whole number that an attribute holds.

    >>> whole("12", 0), whole("zwölf", 0), whole(None, 1)
    (12, 0, 1)
    """
    try:
        return otherwise if words is None else int(words)
    except ValueError:
        return otherwise


def switched_on(properties: Element | None, name: str) -> bool:
    """Whether a property such as ``w:vanish`` is there and not switched off."""
    found = below(properties, name)
    return found is not None and found.get(VAL, "true") not in _OFF


def chosen(either: Element) -> Element:
    """The first branch of an ``EITHER`` that holds text: a text box must not be read twice, nor be lost with an empty branch."""
    branches = [branch for branch in either if branch.tag in _BRANCHES]
    with_text = (branch for branch in branches if next(branch.iter(W + "t"), None) is not None)
    return next(with_text, branches[0] if branches else either)
