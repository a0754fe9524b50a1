"""Names of folders and files that every system takes, Windows above all."""

from __future__ import annotations

import re

from perfeval.render.layout import plain

RESERVED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?=\.|$)", re.IGNORECASE)
LONGEST = 50
"""Signs of a name. Windows has 260 for the whole path, Linux 255 bytes for one name."""


def safe_name(name: str, otherwise: str) -> str:
    """The name without what Windows refuses, ``otherwise`` where nothing is left of it.

    >>> safe_name("财政局/预算科: 一", "未命名"), safe_name("con.docx", "未命名"), safe_name(" . ", "未命名")
    ('财政局_预算科_ 一', '_con.docx', '未命名')
    """
    words = plain(name).encode("utf-8", "replace").decode("utf-8")
    words = RESERVED.sub("_", words)[:LONGEST].strip(" .")
    return (f"_{words}" if DEVICES.match(words) else words) or otherwise


class Names:
    """Names that are given out once each; a second one that Windows holds for the same gets a number."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def unique(self, name: str) -> str:
        """The name, or the first numbered one that is free.

        >>> names = Names()
        >>> names.unique("A局"), names.unique("a局")
        ('A局', 'a局(2)')
        """
        found, number = name, 1
        while found.casefold() in self._given:
            number += 1
            found = f"{name}({number})"
        self._given.add(found.casefold())
        return found
