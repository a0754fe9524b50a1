"""The markup of the templates as a file: plain text, a page, a Word file, a workbook or a PDF."""

from __future__ import annotations

import html
import re
from itertools import takewhile

from tools.make_files import SUFFIXES, made

KINDS = ("text", "html", "docx", "xlsx", "pdf-reportlab")
HEADING = re.compile(r"(#{1,3}) (.*)")
LEFT, ABOVE = "<", "^"
"""Cells that belong to the cell before them, or to the one above."""


def suffix(kind: str) -> str:
    """How a file of this kind ends."""
    return ".txt" if kind == "text" else SUFFIXES[kind]


def file_of(text: str, kind: str) -> bytes:
    """The report as a file."""
    return plain(text).encode() if kind == "text" else made(page(text), kind)


def plain(text: str) -> str:
    """The report as lines of text; only reports without tables have them."""
    return "\n".join(HEADING.sub(r"\2", line) for line in text.splitlines())


def page(text: str) -> str:
    """The report as a page of HTML."""
    parts: list[str] = []
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        if lines[at].startswith("|"):
            rows = list(takewhile(lambda line: line.startswith("|"), lines[at:]))
            parts.append(table([cells(row) for row in rows]))
            at += len(rows)
            continue
        heading = HEADING.match(lines[at])
        parts.append(f"<h{len(heading[1])}>{html.escape(heading[2])}</h{len(heading[1])}>" if heading else f"<p>{html.escape(lines[at])}</p>")
        at += 1
    return "\n".join(parts)


def cells(row: str) -> list[str]:
    """The words of a row's cells."""
    return [cell.strip() for cell in row.strip().removeprefix("|").removesuffix("|").split("|")]


def table(rows: list[list[str]]) -> str:
    """A table; a cell ``<`` widens the cell before it, a cell ``^`` lengthens the one above."""
    width = max(len(row) for row in rows)
    grid = [row + [""] * (width - len(row)) for row in rows]
    return "<table>\n" + "\n".join(f"<tr>{''.join(_cells(grid, i))}</tr>" for i in range(len(grid))) + "\n</table>"


def _cells(grid: list[list[str]], row: int) -> list[str]:
    found = []
    for column, words in enumerate(grid[row]):
        if words in (LEFT, ABOVE):
            continue
        wide = 1 + _run_of(LEFT, grid[row][column + 1 :])
        high = 1 + _run_of(ABOVE, [below[column] for below in grid[row + 1 :]])
        spans = (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{high}"' if high > 1 else "")
        found.append(f"<td{spans}>{html.escape(words)}</td>")
    return found


def _run_of(sign: str, cells: list[str]) -> int:
    """How many cells from the first on are this sign."""
    return sum(1 for _ in takewhile(lambda cell: cell == sign, cells))
