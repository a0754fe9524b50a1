"""Names of files as they are shown and stored: always good Unicode, and no two alike in one folder."""

from __future__ import annotations

import os


def shown(name: str) -> str:
    """The name as a person would read it: bytes that are no UTF-8 come from a Windows in China and are GBK."""
    data = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    return data.decode("utf-8", "backslashreplace")


class Namesakes:
    """Numbers the second and further files of one name in one place: 报告.pdf, 报告(2).pdf."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, name: str) -> str:
        """The name, or the first numbered one that is free."""
        found, number = name, 1
        stem, suffix = os.path.splitext(name)
        while found in self._taken:
            number += 1
            found = f"{stem}({number}){suffix}"
        self._taken.add(found)
        return found
