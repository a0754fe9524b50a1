"""A Word file with placeholders that is read once and filled many times.

docxtpl makes XML of Word's into a Jinja template and back; the rest of the file is copied as it is. (Its own ``render``
reads the whole file anew for every letter: ten times slower, and a pile's letters filled the memory.)
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

from perfeval.letters.paper import CREATED, saved
from perfeval.letters.whole import packed

SPEAKING = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml")
"""The parts of a Word file in which placeholders may stand."""


class _Language(SandboxedEnvironment):
    """Jinja that refuses unknown names, and a template's reach for anything but the contents; it reads each part once."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self._read: dict[str, Template] = {}

    def from_string(self, source: Any, *more: Any, **other: Any) -> Template:
        """The template of that text, which docxtpl asks for anew for every letter."""
        if source not in self._read:
            self._read[source] = super().from_string(source, *more, **other)
        return self._read[source]


class Form:
    """A Word file to be filled; ``mark`` stands as its category."""

    def __init__(self, data: bytes, mark: str) -> None:
        self._docxtpl = DocxTemplate(io.BytesIO(data))
        self._language = _Language()
        document = self._docxtpl.get_docx()
        properties = document.core_properties
        properties.category, properties.created, properties.modified = mark, CREATED, CREATED
        self._docxtpl.render_init()
        with zipfile.ZipFile(io.BytesIO(saved(document))) as file:
            members = {name: file.read(name) for name in file.namelist()}
        self._speaking = {name: self._docxtpl.patch_xml(data.decode("utf-8")) for name, data in members.items() if SPEAKING.fullmatch(name)}
        self._members = members

    def names(self) -> set[str]:
        """The placeholders in it."""
        return {name for xml in self._speaking.values() for name in find_undeclared_variables(self._language.parse(xml))}

    def filled(self, contents: dict[str, Any]) -> bytes:
        """The Word file with these contents."""
        said = {name: self._docxtpl.render_xml_part(xml, None, contents, self._language).encode("utf-8") for name, xml in self._speaking.items()}
        return packed({**self._members, **said})
