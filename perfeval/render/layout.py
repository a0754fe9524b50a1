"""Lines for a terminal: the width of Chinese signs, wrapping that breaks no number, and no sign that steers a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control characters: a report's text must not colour, hide or turn round what stands on the screen."""
TOKEN = re.compile(
    r"""
    [（“‘《〔【]*                                                    # never ends a line
    (?: [+\-−–±≥≤≈]?\d[\d,.]*                                       # a number stays whole, with its unit
        (?:个?百分点|[十百千万亿]*元|[%％‰]|[万亿]?[分个家人条项次户件台套年月日页])?
      | [0-9A-Za-z_]+(?:[.\-/][0-9A-Za-z_]+)*                       # a code, a file name
      | . )
    [，。；：、）”’》〕】！？]*                                         # never begins a line
    """,
    re.VERBOSE | re.DOTALL,
)


def plain(text: str) -> str:
    """The text without control characters.

    >>> plain("执行率\\x1b[31m97.90%")
    '执行率[31m97.90%'
    """
    return STEERING.sub("", text)


def columns(text: str) -> int:
    """How many columns the text takes: two for a Chinese sign, and for signs that Chinese fonts print as wide (“…×)."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(8192)
def _columns(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 0 if unicodedata.combining(sign) else 1


def wrap(text: str, width: int, indent: str, first: str | None = None) -> str:
    """The text in lines of at most ``width`` columns; numbers are never broken, no line begins with a full stop.

    >>> wrap("执行率97.90%，得9.79分", 12, "")
    '执行率\\n97.90%，得\\n9.79分'
    """
    lines: list[str] = []
    line = first if first is not None else indent
    used, empty = columns(line), True
    for token in _tokens(plain(re.sub(r"\s+", " ", text)), width - columns(indent)):
        size = columns(token)
        if used + size > width and not empty:
            lines.append(line.rstrip(" "))
            line, used, empty = indent, columns(indent), True
        if token == " " and empty:
            continue
        line, used, empty = line + token, used + size, False
    return "\n".join([*lines, line])


def _tokens(text: str, room: int) -> Iterator[str]:
    """What must stay together; only what is wider than a whole line is cut."""
    for token in TOKEN.findall(text):
        while columns(token) > room:
            cut = next(at for at in range(len(token), 0, -1) if columns(token[:at]) <= room or at == 1)
            yield token[:cut]
            token = token[cut:]
        yield token
