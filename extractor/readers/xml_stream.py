"""Walks XML without building a tree: a sheet of a million empty cells costs time, but no memory."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from extractor.readers.errors import Refused

Attributes = dict[str, str]


def walk(data: bytes, opened: Callable[[str, Attributes], None], closed: Callable[[str], None], words: Callable[[str], None]) -> None:
    """Calls ``opened`` and ``closed`` for every element and ``words`` for all text between.

    As in ``package.parsed`` a document type is refused, so that there are no entities to expand or follow.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = words
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as failure:
        raise Refused("damaged") from failure


def local(tag: str) -> str:
    """The name without its prefix: some programs write ``x:row`` for ``row``.

    >>> local("x:row"), local("row")
    ('row', 'row')
    """
    return tag.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise Refused("damaged")
