"""The tables of a workbook or a CSV file as rows of cells that know where a person would find them."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from extractor.document import Document, Grid
from extractor.readers import open_document
from extractor.text import SIGNS
from perfeval.books.errors import BookError

FORMATS = ("xlsx", "xls", "ods", "html", "docx")
"""What has tables; platforms hand out web pages under the name of .xls."""
CSV_SEPARATORS = ",\t;"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell displays, signs in half width, and its name: E4, or 第4行第5列."""

    text: str
    name: str
    first: bool = True
    """False in the further rows and columns of a merged cell."""


EMPTY = Cell("", "")


@dataclass(slots=True)
class Sheet:
    """One table; every place that a merged cell covers holds its text."""

    file: str
    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    height: int = 0
    width: int = 0

    def at(self, row: int, column: int) -> Cell:
        """The cell at a place; an empty one where nothing was printed."""
        return self.cells.get((row, column), EMPTY)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Takes a cell in; the sheet grows with it."""
        self.cells[row, column] = cell
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)

    def where(self, cell: Cell) -> str:
        """Where a person would look a cell up: 决算.xlsx 部门决算!E4."""
        joint = "!" if self.name and not cell.name.startswith("第") else " " if self.name else ""
        return f"{self.file} {self.name}{joint}{cell.name}"


def sheets(path: str | os.PathLike[str]) -> list[Sheet]:
    """All tables of the file that hold anything. ``BookError`` where it cannot be read or has none."""
    document = open_document(path)
    name = PurePath(document.path).name
    try:
        if document.error:
            raise BookError(f"“{name}”不能读取：{document.error.message}")
        found = _csv(path, name) if document.format == "text" else _grids(document, name)
    finally:
        document.close()
    if not found:
        raise BookError(f"“{name}”中没有表格内容，请检查是否选错了文件。")
    return found


def _grids(document: Document, name: str) -> list[Sheet]:
    if document.format not in FORMATS:
        raise BookError(f"“{name}”不是表格文件；名册和账表请用 .xlsx、.xls、.ods 或 .csv。")
    grids = [grid for page in document.pages for grid in page.grids]
    return [sheet for number, grid in enumerate(grids, start=1) if (sheet := _sheet(grid, name, number)).cells]


def _sheet(grid: Grid, file: str, number: int) -> Sheet:
    sheet = Sheet(file, grid.name or f"表{number}")
    for cell in grid.cells:
        text = _clean(cell.text)
        name = cell.label or f"第{cell.row + 1}行第{cell.column + 1}列"
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                if text:
                    sheet.put(row, column, Cell(text, name, (row, column) == (cell.row, cell.column)))
    return sheet


def _csv(path: str | os.PathLike[str], name: str) -> list[Sheet]:
    """A CSV file in UTF-8 or in GB18030, which Excel writes in China; separated by commas, tabs or semicolons."""
    data = Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise BookError(f"“{name}”的编码无法识别，请在 Excel 中另存为 .xlsx 后再试。") from None
    head = text[:4096]
    separator = max(CSV_SEPARATORS, key=head.count)
    if separator not in head:
        raise BookError(f"“{name}”不是表格：没有找到分隔各栏的逗号。")
    sheet = Sheet(name, "")
    for row, values in enumerate(csv.reader(io.StringIO(text), delimiter=separator)):
        for column, value in enumerate(values):
            if words := _clean(value):
                sheet.put(row, column, Cell(words, f"第{row + 1}行第{column + 1}列"))
    return [sheet] if sheet.cells else []


def _clean(text: str) -> str:
    return text.translate(SIGNS).replace("\0", "").strip()
