"""Reads Word files (.docx): every paragraph with its number, every table with its merged cells, all changes accepted.

What is printed may stand inside insertions, content controls, fields, text boxes and notes; what is not printed –
deleted or hidden text, field codes, comments – is left out, and said where it could matter to an auditor.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from extractor.document import TABLE, Document, Grid, GridCell, Page
from extractor.readers.docx_words import Words
from extractor.readers.errors import Refused, unreadable
from extractor.readers.limits import MAX_CELLS, MAX_SPAN
from extractor.readers.numbering import Numbering, Styles
from extractor.readers.package import Package
from extractor.readers.revisions import Change, Piece, accepted, changed_figures, rejected, row_taken_out
from extractor.readers.wordml import EITHER, VAL, W, below, chosen, part, related, value, whole

_MAIN_PART = "word/document.xml"
_REVISIONS_TOLD = 20
_SAMPLE = 40
"""So much of what was left out is quoted in a note."""


def read_docx(data: bytes, document: Document) -> Document:
    """Fills ``document`` with the text and the tables of a Word file, all changes accepted; ``Refused`` where it is damaged."""
    package = Package(data)
    story = _Story(package, _main_part(package))
    body = below(story.root, "body") if story.root.tag == W + "document" else None
    if body is None:
        raise Refused("damaged")
    lines = list(story.lines(body, story.table))
    for kind in ("footnotes", "endnotes"):
        lines += story.noted(kind)
    document.flows = True
    document.notes += story.remarks()
    if any(line != TABLE for line in lines) or any(cell.text for grid in story.grids for cell in grid.cells):
        document.pages = [Page(1, "\n".join(lines), grids=story.grids)]
        document.notes += story.furniture()
    else:
        document.error = unreadable("empty_file")
    return document


def _main_part(package: Package) -> str:
    """The name of the document's own part, which is nearly always the usual one."""
    named = (name for kind, name in related(package, "") if kind == "officeDocument" and name in package)
    return next(named, _MAIN_PART)


_P, _TBL, _TR, _TC = (W + name for name in ("p", "tbl", "tr", "tc"))
_BLOCKS, _ROWS, _CELLS = frozenset((_P, _TBL)), frozenset((_TR,)), frozenset((_TC,))
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_CONTENTS_STYLE = re.compile(r"(?:toc|(?:WPSOffice手动)?目录) ?\d", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"[\t.…·][\s-]*\d{1,4}[\s-]*\Z")
_FIGURE = re.compile(r"\d\s?(?:[万亿元%％‰]|分)")
_ENDS_OPEN = re.compile(r"[A-Za-z0-9.Ａ-Ｚａ-ｚ０-９．]\Z")
_BEGINS_OPEN = re.compile(r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]")

_TableLines = Callable[[Element], Iterator[str]]


class _Story:
    """One part of a document that prints paragraphs and tables: the document itself, a header, a footer."""

    def __init__(self, package: Package, name: str, numbered: bool = True) -> None:
        self.root = part(package, name)
        self.grids: list[Grid] = []
        self._package = package
        self._name = name
        self._related = related(package, name)
        self._notes: dict[tuple[str, str], None] = {}
        self._changes: list[str] = []
        self._hidden: list[str] = []
        self._lost: list[str] = []
        self._cells_read = 0
        self._styles = Styles(self._other("styles") if numbered else None)
        self._numbering = Numbering(self._other("numbering") if numbered else None, self._styles)

    # Paragraphs

    def lines(self, parent: Element, table: _TableLines) -> Iterator[str]:
        """The lines of all paragraphs in an element, and what ``table`` gives for its tables."""
        held: list[Piece] = []
        for block in _inside(parent, _BLOCKS):
            if block.tag == _TBL:
                yield from self._paragraph(None, held)
                held = []
                yield from table(block)
                continue
            words = Words(block)
            held += words.pieces
            self._notes.update(dict.fromkeys(words.notes))
            properties = below(block, "pPr")
            # Where the mark of a paragraph was deleted, it goes on in the next one.
            if not _mark_deleted(properties):
                yield from self._paragraph(properties, held)
                held = []
            for box in words.boxes:
                yield from self.lines(box, table)
        yield from self._paragraph(None, held)

    def _paragraph(self, properties: Element | None, pieces: list[Piece]) -> Iterator[str]:
        self._changes += changed_figures(pieces)
        hidden = "".join(piece.text for piece in pieces if piece.change is Change.HIDDEN).strip()
        text = accepted(pieces).replace(TABLE, "")
        if hidden:
            self._hidden.append(hidden)
            if not text.strip():
                return
        label = self._numbering.label(properties) if properties is not None else ""
        if not text.strip() or self._of_contents(properties, text):
            return
        yield from (line for line in _labelled(label, text).split("\n") if line.strip())

    def _of_contents(self, properties: Element | None, text: str) -> bool:
        """Whether this is a line of the table of contents: a heading that comes again, with a page number."""
        style = value(properties, "pStyle")
        return style is not None and bool(_CONTENTS_STYLE.fullmatch(self._styles.name(style)) and _CONTENTS_LINE.search(text))

    # Tables

    def table(self, element: Element) -> Iterator[str]:
        """The line that stands for a table, which is put with the grids."""
        cells = self._cells(element)
        if cells:
            self.grids.append(Grid(cells, f"表{len(self.grids) + 1}"))
            yield TABLE

    def nested(self, element: Element) -> Iterator[str]:
        """A table inside a cell: one line a row, its cells parted by a space."""
        for _, row in groupby(self._cells(element), key=lambda cell: cell.row):
            yield " ".join(cell.text.replace("\n", " ") for cell in row if cell.text)

    def _cells(self, element: Element) -> list[GridCell]:
        cells: list[GridCell] = []
        open_: dict[int, GridCell] = {}
        number = 0
        for row in _inside(element, _ROWS):
            if below(row, "trPr", "del") is not None:
                self._row_deleted(row)
                continue
            open_ = self._row(row, number, open_, cells)
            number += 1
        return cells

    def _row(self, row: Element, number: int, open_: dict[int, GridCell], cells: list[GridCell]) -> dict[int, GridCell]:
        """Appends the cells of a row, or lengthens those above; gives back the ones that may go on below, by column."""
        still_open: dict[int, GridCell] = {}
        column = _span(value(row, "trPr", "gridBefore"), least=0)
        last: GridCell | None = None
        for element in _inside(row, _CELLS):
            properties = below(element, "tcPr")
            if below(properties, "cellDel") is not None:
                continue
            span = _span(value(properties, "gridSpan"))
            if last and _merge(properties, "hMerge") == "continue":
                last.columns = min(last.columns + span, MAX_SPAN)
                column += span
                continue
            merge = _merge(properties, "vMerge")
            above = open_.get(column)
            if merge == "continue" and above and above.rows < MAX_SPAN:
                last = above
                last.rows += 1
            else:
                last = GridCell(number, column, self._cell_text(element), 1, span)
                cells.append(last)
            if merge:
                still_open[column] = last
            column += span
        return still_open

    def _cell_text(self, element: Element) -> str:
        self._cells_read += 1
        if self._cells_read > MAX_CELLS:
            raise Refused("too_large", size=f"超过 {MAX_CELLS} 个单元格", limit=f"{MAX_CELLS} 个")
        return "\n".join(self.lines(element, self.nested))

    def _row_deleted(self, row: Element) -> None:
        words = " ".join(filter(None, (rejected(Words(paragraph).pieces) for paragraph in row.iter(_P))))
        if any(sign.isdigit() for sign in words):
            self._changes.append(row_taken_out(words))

    # What is not part of the text

    def noted(self, kind: str) -> list[str]:
        """The lines of the footnotes or endnotes to which the text refers, in its order."""
        wanted = [identity for asked, identity in self._notes if asked == kind]
        root = self._other(kind) if wanted else None
        if root is None:
            return []
        notes = {note.get(W + "id", ""): note for note in root}
        return [line for identity in wanted if identity in notes for line in self.lines(notes[identity], self.table)]

    def remarks(self) -> list[str]:
        """What an auditor has to know of text that was changed, hidden, or could not be read."""
        found = self._changes[:_REVISIONS_TOLD]
        if len(self._changes) > _REVISIONS_TOLD:
            found.append(f"另有 {len(self._changes) - _REVISIONS_TOLD} 处修订。")
        if self._hidden:
            found.append(f"有 {len(self._hidden)} 处隐藏文字未纳入核对，如“{_sample(self._hidden[0])}”。")
        return found + [f"文件中的 {name} 已损坏，其中的内容未能读取。" for name in self._lost] + self._embedded()

    def _embedded(self) -> list[str]:
        tags = {element.tag for element in self.root.iter()}
        found = []
        if W + "object" in tags:
            found.append("文中嵌入的对象（如 Excel 表格、公式）无法读取，其中的数字未纳入核对。")
        if W + "altChunk" in tags or W + "subDoc" in tags:
            found.append("文中插入的外部文件未读取，其中的内容未纳入核对。")
        if W + "t" not in tags and tags & {W + "drawing", W + "pict"}:
            found.append("文件中只有图片，没有文字；请先做 OCR 识别，或索取电子版原件。")
        return found

    def furniture(self) -> list[str]:
        """A note for each header and footer that holds a figure: they are not part of the text."""
        found: dict[str, None] = {}
        for kind, name in self._related:
            where = {"header": "页眉", "footer": "页脚"}.get(kind)
            if where is None or name not in self._package:
                continue
            try:
                story = _Story(self._package, name, numbered=False)
                words = " ".join(story.lines(story.root, story.nested))
            except Refused:
                continue
            if _FIGURE.search(words):
                found[f"{where}“{_sample(words)}”含有数字，未纳入核对。"] = None
        return list(found)

    def _other(self, kind: str) -> Element | None:
        """The root of another part; where it is damaged, the text is still worth reading."""
        usual = posixpath.join(posixpath.dirname(self._name), f"{kind}.xml")
        name = next((name for found, name in self._related if found == kind), usual)
        if name not in self._package:
            return None
        try:
            return part(self._package, name)
        except Refused:
            self._lost.append(name)
            return None


def _inside(parent: Element, wanted: frozenset[str]) -> Iterator[Element]:
    """The children of certain names, those in content controls and insertions among them."""
    for child in parent:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag in _WRAPPERS:
            yield from _inside(child, wanted)
        elif tag == EITHER:
            yield from _inside(chosen(child), wanted)


def _mark_deleted(properties: Element | None) -> bool:
    marks = below(properties, "rPr")
    return marks is not None and any(mark.tag in (W + "del", W + "moveFrom") for mark in marks)


def _merge(properties: Element | None, name: str) -> str | None:
    """``restart``, ``continue`` (which need not be said), or ``None`` for a cell that is not merged."""
    merge = below(properties, name)
    return None if merge is None else merge.get(VAL, "continue")


def _span(words: str | None, least: int = 1) -> int:
    return max(least, min(whole(words, least), MAX_SPAN))


def _labelled(label: str, text: str) -> str:
    """The text behind its number; a space keeps the number 1. from running into 5万元."""
    apart = " " if _ENDS_OPEN.search(label) and _BEGINS_OPEN.match(text) else ""
    return (label + apart + text).replace(TABLE, "")


def _sample(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SAMPLE else words[:_SAMPLE] + "…"
