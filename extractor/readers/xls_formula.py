"""Formulas of old workbooks, which are stored as a list of what to put on a stack, written out as text ([MS-XLS] 2.5.198).

Arithmetic, references within the sheet and the usual functions; whatever holds anything else is no formula to compare
with a rule, and gives an empty text.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from extractor.readers.worksheet import cell_name
from extractor.readers.xls_strings import unicode_string

_OPERATORS = dict(enumerate(("+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>"), 0x03))
_FIXED = {
    3: ("ISERROR", 1), 15: ("SIN", 1), 20: ("SQRT", 1), 24: ("ABS", 1), 25: ("INT", 1), 27: ("ROUND", 2), 32: ("LEN", 1),
    33: ("VALUE", 1), 38: ("NOT", 1), 39: ("MOD", 2), 48: ("TEXT", 2),
    65: ("DATE", 3), 67: ("DAY", 1), 68: ("MONTH", 1), 69: ("YEAR", 1), 128: ("ISNUMBER", 1), 129: ("ISBLANK", 1), 212: ("ROUNDUP", 2),
    213: ("ROUNDDOWN", 2), 325: ("LARGE", 2), 326: ("SMALL", 2), 337: ("POWER", 2), 346: ("COUNTIF", 2),
}  # fmt: skip
_VARIABLE = {
    0: "COUNT", 1: "IF", 4: "SUM", 5: "AVERAGE", 6: "MIN", 7: "MAX", 29: "INDEX", 36: "AND", 37: "OR", 64: "MATCH", 102: "VLOOKUP", 115: "LEFT",
    116: "RIGHT", 169: "COUNTA", 183: "PRODUCT", 197: "TRUNC", 216: "RANK", 228: "SUMPRODUCT", 336: "CONCATENATE", 344: "SUBTOTAL", 345: "SUMIF",
}  # fmt: skip
_LAST_ROW, _LAST_COLUMN = 0xFFFF, 0xFF
_MAX_SIGNS = 10_000
"""Excel takes formulas of 8192 signs; one operand that is copied on and on would grow without end."""


class _Unknown(Exception):
    """Raised for what is not written out here."""


def formula_text(content: bytes, row: int, column: int) -> str:
    """The formula of a FORMULA record."""
    return tokens_text(_tokens(content, 20), row, column)


def shared_place(content: bytes) -> tuple[int, int] | None:
    """Of a FORMULA record that only refers to a shared formula: the row and column under which that one is kept."""
    tokens = _tokens(content, 20)
    found: tuple[int, int] | None = struct.unpack_from("<1xHH", tokens) if tokens[:1] == b"\x01" and len(tokens) >= 5 else None
    return found


def shared_tokens(content: bytes) -> bytes:
    """The formula of a SHRFMLA record, not yet moved to any cell."""
    return _tokens(content, 8)


def tokens_text(tokens: bytes, row: int, column: int) -> str:
    """The formula as it reads in that cell, without its ``=``; empty where it holds something unusual."""
    writer = _Writer(tokens, row, column)
    try:
        while writer.at < len(tokens):
            writer.step()
    except (_Unknown, struct.error, IndexError):
        return ""
    return writer.stack[0] if len(writer.stack) == 1 else ""


def _tokens(content: bytes, offset: int) -> bytes:
    size = int.from_bytes(content[offset : offset + 2], "little")
    return content[offset + 2 : offset + 2 + size]


@dataclass(slots=True)
class _Writer:
    """Takes tokens one by one and keeps the texts that are not yet joined."""

    tokens: bytes
    row: int
    column: int
    at: int = 0
    stack: list[str] = field(default_factory=list)

    def step(self) -> None:
        """One token."""
        token = self._take("<B")
        token = token & 0x1F | 0x20 if token >= 0x20 else token  # Bits above say only what is wanted of an operand.
        if token in _OPERATORS:
            second, first = self.stack.pop(), self.stack.pop()
            self._push(f"{first}{_OPERATORS[token]}{second}")
        elif token in (0x12, 0x13):
            self._push(("+" if token == 0x12 else "-") + self.stack.pop())
        elif token == 0x14:
            self._push(self.stack.pop() + "%")
        elif token == 0x15:
            self._push(f"({self.stack.pop()})")
        elif token == 0x19:
            self._attribute()
        elif token in (0x21, 0x22):
            self._function(token)
        else:
            self._push(self._operand(token))

    def _operand(self, token: int) -> str:
        if token == 0x16:
            return ""
        if token == 0x17:
            return self._words()
        if token == 0x1D:
            return "TRUE" if self._take("<B") else "FALSE"
        if token == 0x1E:
            return str(self._take("<H"))
        if token == 0x1F:
            return f"{self._take('<d'):.15g}"
        if token in (0x24, 0x2C):
            return self._cell(*self._pair(), token == 0x2C)
        if token in (0x25, 0x2D):
            (top, left), (bottom, right) = self._corners()
            return f"{self._cell(top, left, token == 0x2D)}:{self._cell(bottom, right, token == 0x2D)}"
        raise _Unknown

    def _attribute(self) -> None:
        """Hints for the calculation, of which only a short way to write SUM has a text."""
        kind, count = self._take("<B"), self._take("<H")
        if kind & 0x04:
            self.at += 2 * (count + 1)
        elif kind & 0x10:
            self._push(f"SUM({self.stack.pop()})")

    def _function(self, token: int) -> None:
        if token == 0x21:
            name, count = _FIXED.get(self._take("<H"), ("", 0))
        else:
            count = self._take("<B") & 0x7F
            name = _VARIABLE.get(self._take("<H"), "")
        if not name or len(self.stack) < count:
            raise _Unknown
        arguments = self.stack[len(self.stack) - count :]
        del self.stack[len(self.stack) - count :]
        self._push(f"{name}({','.join(arguments)})")

    def _words(self) -> str:
        text = unicode_string(self.tokens, self.at, short=True)
        self.at += 2 + len(text) * (2 if self.tokens[self.at + 1] & 1 else 1)
        return '"' + text.replace('"', '""') + '"'

    def _pair(self) -> tuple[int, int]:
        return self._take("<H"), self._take("<H")

    def _corners(self) -> tuple[tuple[int, int], tuple[int, int]]:
        top, bottom, left, right = (self._take("<H") for _ in range(4))
        return (top, left), (bottom, right)

    def _cell(self, row: int, column: int, is_offset: bool) -> str:
        """A reference; in shared formulas it says how far off the cell is where it has no dollar sign."""
        fixed_row, fixed_column = not column & 0x8000, not column & 0x4000
        column &= _LAST_COLUMN
        if is_offset:
            row = row if fixed_row else (row + self.row) & _LAST_ROW
            column = column if fixed_column else (column + self.column) & _LAST_COLUMN
        name = cell_name(row, column)
        letters = name.rstrip("0123456789")
        return f"{'$' * fixed_column}{letters}{'$' * fixed_row}{name[len(letters) :]}"

    def _push(self, text: str) -> None:
        if len(text) > _MAX_SIGNS:
            raise _Unknown
        self.stack.append(text)

    def _take(self, shape: str) -> int:
        found: int = struct.unpack_from(shape, self.tokens, self.at)[0]
        self.at += struct.calcsize(shape)
        return found
