"""Formulas of sheets as text."""

from __future__ import annotations

import re

from extractor.readers.worksheet import MAX_COLUMN, MAX_ROW, column_name

_PIECE = re.compile(
    r"""
      "(?:[^"]|"")*"                                             # a text
    | '(?:[^']|'')*'!?                                           # the name of a sheet
    | \[[^\]]*\]                                                 # a column of a named table, another workbook
    | (?<![\w.$])
      (?: (?P<column> \$?[A-Za-z]{1,3} ) (?P<row> \$?[0-9]{1,7} )      # B12, $B$12
        | (?P<first> \$?[A-Za-z]{1,3} ) : (?P<last> \$?[A-Za-z]{1,3} ) # B:D
        | (?P<top> \$?[0-9]{1,7} ) : (?P<bottom> \$?[0-9]{1,7} )       # 3:5
      ) (?! [\w.(!] )
    """,
    re.VERBOSE,
)


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads when it is filled down by so many rows and to the right by so many columns.

    >>> moved('SUM(B2:$C2)/$D$2&"B2"', 3, 1)
    'SUM(C5:$C5)/$D$2&"B2"'
    """
    return _PIECE.sub(lambda found: _moved(found, rows, columns), formula)


def _moved(found: re.Match[str], rows: int, columns: int) -> str:
    if found["column"]:
        return _column(found["column"], columns) + _row(found["row"], rows)
    if found["first"]:
        return f"{_column(found['first'], columns)}:{_column(found['last'], columns)}"
    if found["top"]:
        return f"{_row(found['top'], rows)}:{_row(found['bottom'], rows)}"
    return found[0]


def _row(row: str, rows: int) -> str:
    # References run round the edges of the sheet.
    return row if row.startswith("$") else str((int(row) - 1 + rows) % MAX_ROW + 1)


def _column(letters: str, columns: int) -> str:
    if letters.startswith("$"):
        return letters
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column_name((column - 1 + columns) % MAX_COLUMN)
