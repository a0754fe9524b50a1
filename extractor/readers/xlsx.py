"""Workbooks of XML parts (.xlsx, .xlsm), read for what their cells display (ECMA-376 part 1, 18)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from xml.etree.ElementTree import Element

from extractor.readers.errors import Refused
from extractor.readers.formula import moved
from extractor.readers.limits import MAX_CELLS, megabytes
from extractor.readers.number_format import BUILTIN, GENERAL, NumberFormat, number_format
from extractor.readers.package import Package, parsed
from extractor.readers.worksheet import MAX_COLUMN, MAX_ROW, Sheet, Workbook, has_digits
from extractor.readers.xml_stream import Attributes, local, walk

MAX_TREE_BYTES = 32 * 1024 * 1024
"""Styles and lists of sheets are read as trees; the largest seen, of a workbook with 60,000 styles, has 15 MB."""
MAX_EMPTY_CELLS = 20 * MAX_CELLS
"""Empty cells that only have a border cost time, though no memory."""
MAX_STRINGS = 4 * MAX_CELLS
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z", re.IGNORECASE)
_HIDDEN = frozenset({"hidden", "veryHidden"})
_TRUE = frozenset({"1", "true", "on"})
_BINARY = "xl/workbook.bin"
_OLE2 = b"\xd0\xcf\x11\xe0"


def read_xlsx(data: bytes, workbook: Workbook) -> None:
    """Fills ``workbook`` with the sheets of the package, hidden ones included."""
    if data.startswith(_OLE2):  # A package with a password is wrapped into the older container.
        raise Refused("encrypted")
    package = Package(data)
    if _BINARY in package:
        raise Refused("unsupported_type", kind="二进制 Excel 工作簿（.xlsb）", advice="请在 Excel 中另存为 .xlsx 后再试")
    main = _main_part(package)
    book = _Book(_tree(package, main), package, main)
    read = set()
    for name, hidden, part in book.sheets():
        if part in read:  # The same part under a thousand names would be read a thousand times.
            continue
        read.add(part)
        sheet = workbook.add(name, hidden)
        cells = _Cells(sheet, workbook, book)
        walk(package.read(part), cells.opened, cells.closed, cells.words)
        sheet.has_text_box = any(_has_text_box(package, drawing) for drawing in _related(package, part, "/drawing"))


class _Book:
    """What belongs to all sheets: their list, the shared strings and the formats."""

    def __init__(self, root: Element, package: Package, main: str) -> None:
        self.root, self.package, self.main = root, package, main
        self.parts = dict(_relations(package, main))
        properties = _first(root, "workbookPr")
        self.from_1904 = properties is not None and properties.get("date1904") in _TRUE
        calculation = _first(root, "calcPr")
        self.is_uncalculated = calculation is not None and calculation.get("fullCalcOnLoad") in _TRUE
        """Programs that cannot calculate write nought, or nothing, for every result and ask Excel to calculate."""
        self.strings = self._strings()
        self.formats = self._formats()

    def sheets(self) -> Iterator[tuple[str, bool, str]]:
        """Name, whether hidden, and part of every sheet of cells."""
        for element in self.root.iter():
            if _name(element) == "sheet":
                identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
                kind, part = self.parts.get(identity, ("", ""))
                if not part:
                    raise Refused("damaged")
                if kind.endswith("/worksheet"):
                    yield element.get("name", ""), element.get("state") in _HIDDEN, part

    def string(self, index: str) -> str:
        """The shared string of that number."""
        number = int(index)
        if not 0 <= number < len(self.strings):
            raise Refused("damaged")
        return self.strings[number]

    def _strings(self) -> list[str]:
        part = self._part_of("/sharedStrings")
        if part is None:
            return []
        strings = _Strings()
        walk(self.package.read(part), strings.opened, strings.closed, strings.words)
        return strings.found

    def _formats(self) -> list[NumberFormat]:
        """The number format of every cell style."""
        part = self._part_of("/styles")
        if part is None:
            return []
        root = _tree(self.package, part)
        codes = dict(BUILTIN)
        for element in root.iter():
            if _name(element) == "numFmt" and element.get("formatCode") is not None:
                codes.setdefault(int(element.get("numFmtId", "0")), "")
                codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
        styles = _first(root, "cellXfs")
        return [number_format(codes.get(int(style.get("numFmtId", "0")), GENERAL)) for style in (styles if styles is not None else ())]

    def _part_of(self, kind: str) -> str | None:
        return next((part for found, part in self.parts.values() if found.endswith(kind) and part in self.package), None)


@dataclass(slots=True)
class _Strings:
    """The strings that cells share, each with its runs joined and its phonetic readings left out."""

    found: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    listening: bool = False
    phonetic: bool = False

    def opened(self, tag: str, _: Attributes) -> None:
        tag = local(tag)
        if tag == "t":
            self.listening = not self.phonetic
        elif tag == "rPh":
            self.phonetic = True

    def closed(self, tag: str) -> None:
        tag = local(tag)
        if tag == "t":
            self.listening = False
        elif tag == "rPh":
            self.phonetic = False
        elif tag == "si":
            if len(self.found) == MAX_STRINGS:
                raise Refused("too_large", size=f"文字超过 {MAX_STRINGS} 条", limit=f"{MAX_STRINGS} 条")
            self.found.append(_unescaped("".join(self.runs)))
            self.runs = []

    def words(self, text: str) -> None:
        if self.listening:
            self.runs.append(text)


class _Cells:
    """Listens to the XML of one sheet and puts its cells into the workbook."""

    def __init__(self, sheet: Sheet, workbook: Workbook, book: _Book) -> None:
        self.sheet, self.workbook, self.book = sheet, workbook, book
        self.row, self.column, self.row_is_hidden = -1, -1, False
        self.cell: Attributes | None = None
        self.value: str | None = None
        self.formula: Attributes | None = None
        self.formula_text = ""
        self.listening, self.phonetic = "", False
        self.heard: list[str] = []
        self.inline: list[str] = []
        self.shared: dict[str, tuple[int, int, str]] = {}
        self.shown: dict[tuple[str, str], str] = {}
        """Displayed numbers by style and value: columns repeat themselves."""
        self.empty = 0

    def opened(self, tag: str, found: Attributes) -> None:
        """An element begins. The usual ones come first: this is called for each of some hundred thousand."""
        tag = local(tag) if ":" in tag else tag
        if tag == "c":
            self.cell, self.value, self.formula, self.formula_text = found, None, None, ""
        elif self.cell is not None:
            if tag in ("v", "f", "t"):
                self.listening, self.heard = tag, []
                if tag == "f":
                    self.formula = found
            elif tag == "rPh":
                self.phonetic = True
        elif tag == "row":
            self._open_row(found)
        elif tag == "mergeCell":
            self._merge(found.get("ref", ""))
        elif tag == "col" and (found.get("hidden") in _TRUE or _is_nought(found.get("width"))):
            self.sheet.hide_columns(int(found.get("min", "1")) - 1, int(found.get("max", "1")) - 1)

    def words(self, text: str) -> None:
        if self.listening:
            self.heard.append(text)

    def closed(self, tag: str) -> None:
        tag = local(tag) if ":" in tag else tag
        if tag == "c":
            self._close_cell()
        elif tag == self.listening:
            text = "".join(self.heard)
            if tag == "v":
                self.value = text
            elif tag == "f":
                self.formula_text = text
            elif not self.phonetic:
                self.inline.append(text)
            self.listening = ""
        elif tag == "rPh":
            self.phonetic = False

    def _open_row(self, found: Attributes) -> None:
        self.row = int(found["r"]) - 1 if "r" in found else self.row + 1
        self.column = -1
        self.row_is_hidden = found.get("hidden") in _TRUE or _is_nought(found.get("ht"))

    def _close_cell(self) -> None:
        cell, self.cell = self.cell, None
        if cell is None:
            return
        self._place(cell.get("r", ""))
        if self.value is None and self.formula is None and not self.inline:
            self.empty += 1
            if self.empty > MAX_EMPTY_CELLS:
                raise Refused("too_large", size=f"空单元格超过 {MAX_EMPTY_CELLS} 个", limit=f"{MAX_EMPTY_CELLS} 个")
            return
        text = self._text(cell)
        formula = self._formula() if self.formula is not None else ""
        if self.formula is not None and self._has_no_result(cell):
            text = ""
            self.workbook.without_result(self.sheet, self.row, self.column)
        if self.row_is_hidden:
            self.sheet.hidden_rows.add(self.row)
        self.workbook.put(self.sheet, self.row, self.column, text, formula)
        self.inline = []

    def _place(self, reference: str) -> None:
        """Where the cell stands: where it says, else behind the one before."""
        if reference:
            self.row, self.column = _position(reference)
        else:
            self.column += 1

    def _has_no_result(self, cell: Attributes) -> bool:
        kind = cell.get("t", "n")
        if not self.value:
            return kind != "str" or self.value is None
        return self.book.is_uncalculated and kind == "n" and self.value == "0"

    def _text(self, cell: Attributes) -> str:
        """What the cell displays."""
        kind, value, style = cell.get("t", "n"), self.value or "", cell.get("s", "0")
        if kind == "s":
            return self._format(style).text(self.book.string(value)) if value else ""
        if kind in ("str", "inlineStr"):
            return self._format(style).text(_unescaped("".join(self.inline) or value))
        if kind == "b":
            return {"0": "FALSE", "1": "TRUE", "false": "FALSE", "true": "TRUE"}.get(value, value)
        if kind == "e" or not value:
            return value
        shown = self.shown.get((style, value))
        if shown is None:
            shown = self.shown[style, value] = self._number(value, self._format(style), kind == "d")
        return shown

    def _number(self, value: str, shape: NumberFormat, is_date: bool) -> str:
        if shape.is_general and value.isascii() and value.isdigit() and len(value) < 12 and value[0] != "0":
            return value
        number = _days(value, self.book.from_1904) if is_date else _number(value)
        return value if number is None else shape.number(number, self.book.from_1904)

    def _format(self, style: str) -> NumberFormat:
        number = int(style)
        return self.book.formats[number] if 0 <= number < len(self.book.formats) else number_format(GENERAL)

    def _formula(self) -> str:
        """The formula of the cell; one that several cells share is moved to where this one stands."""
        found = self.formula or {}
        text = _unescaped(self.formula_text).strip()
        if found.get("t") != "shared":
            return text
        key = found.get("si", "")
        if text:
            self.shared[key] = self.row, self.column, text
            return text
        if key not in self.shared:
            return ""
        row, column, master = self.shared[key]
        return moved(master, self.row - row, self.column - column)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        if last:
            (first_row, first_column), (last_row, last_column) = _position(first), _position(last)
            self.sheet.merge(first_row, last_row, first_column, last_column)


def _main_part(package: Package) -> str:
    """The part that lists the sheets, wherever the package keeps it."""
    found = (part for kind, part in dict(_relations(package, "")).values() if kind.endswith("/officeDocument"))
    return next((part for part in found if part in package), "xl/workbook.xml")


def _relations(package: Package, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """What a part refers to: by identity, the kind and the part."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in package:
        return
    for element in _tree(package, listed):
        target = element.get("Target", "")
        if element.get("TargetMode") != "External" and target:
            # A path from the root begins with a slash; others begin at the part's folder.
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield element.get("Id", ""), (element.get("Type", ""), path)


def _related(package: Package, part: str, kind: str) -> list[str]:
    return [target for found, target in dict(_relations(package, part)).values() if found.endswith(kind) and target in package]


def _has_text_box(package: Package, drawing: str) -> bool:
    """Whether digits stand in a text box or shape above the cells, where they are not read."""
    root = _tree(package, drawing)
    bodies = (element for element in root.iter() if _name(element) == "txBody")
    return any(has_digits("".join(body.itertext())) for body in bodies)


def _tree(package: Package, part: str) -> Element:
    """The root of a small part."""
    data = package.read(part)
    if len(data) > MAX_TREE_BYTES:
        raise Refused("too_large", size=f"{part} 有 {megabytes(len(data))}", limit=megabytes(MAX_TREE_BYTES))
    return parsed(data)


def _name(element: Element) -> str:
    """The element's name without its namespace, of which there are two (ECMA and ISO)."""
    return element.tag.rpartition("}")[2]


def _first(root: Element, name: str) -> Element | None:
    return next((element for element in root.iter() if _name(element) == name), None)


@lru_cache(maxsize=65536)
def _position(reference: str) -> tuple[int, int]:
    """Row and column of a cell from nought.

    >>> _position("F12")
    (11, 5)
    """
    found = _REFERENCE.match(reference)
    if found is None:
        raise Refused("damaged")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    if not (0 < row <= MAX_ROW and column <= MAX_COLUMN):
        raise Refused("damaged")
    return row - 1, column - 1


def _number(value: str) -> float | None:
    """The number, if it is one."""
    try:
        return float(value)
    except ValueError:
        return None


def _days(value: str, from_1904: bool) -> float | None:
    """A date that is written as one (2023-01-02T00:00:00) in the days that sheets count in."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment.replace(tzinfo=None) - datetime(1899, 12, 30)).total_seconds() / 86400 - (1462 if from_1904 else 0)


def _is_nought(size: str | None) -> bool:
    return size is not None and _number(size) == 0


def _unescaped(text: str) -> str:
    """The text with the characters that XML cannot hold (_x000D_) put back."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
