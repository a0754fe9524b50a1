"""Reads Word 97-2003 documents and those of Kingsoft WPS, which are the same: paragraphs with their numbers, and tables.

What is printed is read, all changes accepted; what is not printed – deleted or hidden text, field codes, comments – is
left out, and said where it could matter to an auditor.
"""

from __future__ import annotations

import re
import struct

from extractor.document import TABLE, Document, Grid, Page
from extractor.readers.doc_lists import Numbers
from extractor.readers.doc_properties import Paragraph, Properties
from extractor.readers.doc_structure import WordFile
from extractor.readers.doc_table import Table, grid_cells
from extractor.readers.doc_words import BREAK, CELL_END, LOST_ROW_END, PARAGRAPH_ENDS, Words, plain
from extractor.readers.errors import Refused, unreadable
from extractor.readers.limits import MAX_CELLS
from extractor.readers.revisions import Change, Piece, changed_figures, rejected, row_taken_out

READ = ("text", "footnotes", "endnotes", "boxes")
"""The stories that belong to the report, in the order in which they are read; comments and running heads do not."""
_REVISIONS_TOLD = 20
_SAMPLE = 40
"""So much of what was left out is quoted in a note."""
_CONTENTS_LINE = re.compile(r"[\t.…·][\s-]*\d{1,4}[\s-]*\Z")
_FIGURE = re.compile(r"\d\s?(?:[万亿元%％‰]|分)")
_EMBEDDED = re.compile(r"\x13\s*EMBED\b")
_PICTURES = re.compile("[\x01\x08]")
_ENDS_OPEN = re.compile(r"[A-Za-z0-9.]\Z")
_BEGINS_OPEN = re.compile(r"[A-Za-z0-9]")


def read_doc(data: bytes, document: Document) -> Document:
    """Fills ``document`` with the paragraphs and tables of a .doc or .wps file; ``Refused`` where it is damaged."""
    try:
        word = WordFile(data)
        body = _Body(word, Properties(word))
        for name in READ:
            body.read(*word.story(name))
        document.notes += body.remarks() + _unread(word, body)
    except (struct.error, ValueError, IndexError, OverflowError) as failure:
        raise Refused("damaged") from failure
    document.flows = True
    if any(line != TABLE for line in body.lines) or any(cell.text for grid in body.grids for cell in grid.cells):
        document.pages = [Page(1, "\n".join(body.lines), grids=body.grids)]
    else:
        document.error = unreadable("empty_file")
    return document


class _Body:
    """The lines and grids of a document, gathered from one story after another."""

    def __init__(self, word: WordFile, properties: Properties, words: Words | None = None) -> None:
        self.lines: list[str] = []
        self.grids: list[Grid] = []
        self.properties = properties
        self.words = words or Words(word, properties)
        self._numbers = Numbers(word)
        self._table = Table()
        self._cells = 0
        self._changes: list[str] = []
        self._hidden: list[str] = []
        self._taken_out: list[str] = []
        """What stood in the row before changes were accepted."""
        self._changes_before_row = 0

    def read(self, start: int, end: int) -> None:
        """Reads the story between two characters."""
        for mark in PARAGRAPH_ENDS.finditer(self.words.text, start, end):
            if mark[0] == BREAK and not self.properties.ends(mark.start()):
                continue
            self._paragraph(start, mark.start(), mark[0])
            start = mark.end()
        self._end_table()
        self._add(plain(self.words.text[start:end]))

    def remarks(self) -> list[str]:
        """What an auditor has to know of text that was changed or hidden."""
        found = self._changes[:_REVISIONS_TOLD]
        if len(self._changes) > _REVISIONS_TOLD:
            found.append(f"另有 {len(self._changes) - _REVISIONS_TOLD} 处修订。")
        if self._hidden:
            found.append(f"有 {len(self._hidden)} 处隐藏文字未纳入核对，如“{_sample(self._hidden[0])}”。")
        return found

    def _paragraph(self, start: int, end: int, mark: str) -> None:
        """Reads what stands before a mark: a paragraph, the last one of a cell, or nothing at the end of a row."""
        found = self.properties.paragraph(end)
        if mark == LOST_ROW_END or (mark == CELL_END and found.row_end):
            self._end_row(found, mark == LOST_ROW_END)
            return
        line = self._line(start, end, found)
        if mark == CELL_END:
            self._cells += 1
            if self._cells > MAX_CELLS:
                raise Refused("too_large", size=f"超过 {MAX_CELLS} 个单元格", limit=f"{MAX_CELLS} 个")
            self._table.add(line, inner=False)
            self._table.end_cell()
        elif found.inner_row_end:
            self._table.end_inner_row()
        elif found.in_table:
            self._table.add(line, inner=found.depth > 1)
        else:
            self._end_table()
            self._add(line)
            self._begin_row()

    def _end_row(self, found: Paragraph, lost: bool) -> None:
        taken_out = lost and not any(self._table.cells)
        words = " ".join(filter(None, self._taken_out))
        if taken_out:
            del self._changes[self._changes_before_row :]
            if any(sign.isdigit() for sign in words):
                self._changes.append(row_taken_out(words))
        else:
            self._table.end_row(found.shape)
        self._begin_row()

    def _begin_row(self) -> None:
        self._table.cells = []
        self._taken_out = []
        self._changes_before_row = len(self._changes)

    def _line(self, start: int, end: int, found: Paragraph) -> str:
        """The words of a paragraph with its number before them."""
        text = plain(self.words.text[start:end])
        pieces = self.words.pieces(start, end)
        if self.properties.hides(found.style):
            pieces, text = [Piece(text, Change.HIDDEN)], ""
        self._changes += changed_figures(pieces)
        self._taken_out.append(rejected(pieces))
        hidden = "".join(piece.text for piece in pieces if piece.change is Change.HIDDEN).strip()
        if hidden:
            self._hidden.append(hidden)
            if not text.strip():
                return ""
        label = self._numbers.label(found.list, found.level, found.style)
        if not text.strip() or (self.properties.is_contents(found.style) and _CONTENTS_LINE.search(text)):
            return ""
        # 1. and 5万元 are not 1.5万元.
        return label + (" " if _ENDS_OPEN.search(label) and _BEGINS_OPEN.match(text) else "") + text

    def _add(self, line: str) -> None:
        self.lines += [part for part in line.split("\n") if part.strip()]

    def _end_table(self) -> None:
        """Closes the table that is open, if one is. What is left of a row without an end are lines."""
        table, self._table = self._table, Table()
        if table.rows:
            self.lines.append(TABLE)
            self.grids.append(Grid(grid_cells(table.rows), f"表{len(self.grids) + 1}"))
        for line in (*table.cells, *table.lines, *table.inner):
            self._add(line)


def _unread(word: WordFile, body: _Body) -> list[str]:
    """What an auditor has to know of what is in the file and was not read."""
    found = []
    if _EMBEDDED.search(word.text):
        found.append("文中嵌入的对象（如 Excel 表格、公式）无法读取，其中的数字未纳入核对。")
    if not body.lines and _PICTURES.search(word.text):
        found.append("文件中只有图片，没有文字；请先做 OCR 识别，或索取电子版原件。")
    heads = _Body(word, body.properties, body.words)
    heads.read(*word.story("headers"))
    figures = dict.fromkeys(line for line in heads.lines if _FIGURE.search(line))
    return found + [f"页眉页脚“{_sample(line)}”含有数字，未纳入核对。" for line in figures]


def _sample(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SAMPLE else words[:_SAMPLE] + "…"
