"""Opens any file: a document comes back, with its pages or with the reason why it has none."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from hashlib import sha256
from importlib import import_module

from extractor.document import Document
from extractor.model.report import Unreadable
from extractor.readers.errors import Refused, unreadable
from extractor.readers.kind import UNSUPPORTED, ZIP, kind_of
from extractor.readers.limits import MAX_BYTES, megabytes

__all__ = ["is_bundle", "open_bytes", "open_document"]


def open_document(path: str | os.PathLike[str]) -> Document:
    """The document in the file at ``path``. Never raises for what is there, or is not there: see ``Document.error``."""
    name = os.fsdecode(path)
    data = _contents(name)
    if isinstance(data, Unreadable):
        return Document(name, "", "unknown", error=data)
    return open_bytes(data, name)


def is_bundle(path: str | os.PathLike[str]) -> bool:
    """Whether it is a folder, or a ZIP file that is no office document: several files that were handed in together."""
    if os.path.isdir(path):
        return True
    try:
        with open(path, "rb") as file:
            return file.read(len(ZIP)) == ZIP and kind_of(ZIP + file.read(MAX_BYTES)) == "zip"
    except (OSError, ValueError):
        return False


def open_bytes(data: bytes, name: str) -> Document:
    """The document that these bytes are; ``name`` is what it will be called."""
    kind = kind_of(data)
    document = Document(name, sha256(data).hexdigest(), kind)
    if not data.strip(b"\0\t\n\r\f "):
        document.error = unreadable("empty_file")
    elif len(data) > MAX_BYTES:
        document.error = _too_large(len(data))
    elif kind == "encrypted":
        document.error = unreadable("encrypted")
    elif kind in BY_OFFICE:
        _read_by_office(data, document)
    elif kind in UNSUPPORTED:
        document.error = _unsupported(kind)
    else:
        _read(data, document)
        if kind == "doc" and document.error and document.error.code == "damaged":
            _read_by_office(data, document)  # Word 6 and 95, and what else our own reader does not know
    return document


def _read(data: bytes, document: Document) -> None:
    try:
        _reader(document.format)(data, document)
    except Refused as refusal:
        document.close()
        document.pages, document.error = [], refusal.error
    except Exception as failure:
        document.close()
        document.pages = []
        document.error = unreadable("damaged")
        document.notes.append(f"读取时出错：{type(failure).__name__}")


READERS = {
    "pdf": "pdf.read_pdf", "text": "plain.read_text", "html": "html.read_html", "docx": "docx.read_docx", "ofd": "ofd.read_ofd",
    "doc": "doc.read_doc", "xlsx": "sheets.read_sheets", "xls": "sheets.read_sheets", "ods": "sheets.read_sheets",
}  # fmt: skip
"""The module and function that read each kind."""


BY_OFFICE = ("rtf", "odt")
"""Kinds that are read after LibreOffice has turned them into .docx, where it is installed."""


def _read_by_office(data: bytes, document: Document) -> None:
    """Reads what LibreOffice makes of the file; without LibreOffice the error says what to install."""
    from extractor.readers.office import converted

    kind = document.format
    made = converted(data, kind)
    if made is None:
        document.error = document.error or _unsupported(kind)
        return
    document.error, document.format = None, "docx"
    _read(made, document)
    document.format = kind
    if document.error is None:
        document.notes.append("文件由 LibreOffice 转换后读取。")


def _reader(kind: str) -> Callable[[bytes, Document], Document]:
    """The reader of a kind, imported when the first file of its kind is met."""
    module, name = READERS[kind].split(".")
    found: Callable[[bytes, Document], Document] = getattr(import_module(f"extractor.readers.{module}"), name)
    return found


def _contents(name: str) -> bytes | Unreadable:
    """What is in the file, or why it cannot be had."""
    try:
        found = os.stat(name)
        if stat.S_ISDIR(found.st_mode):
            return unreadable("is_directory")
        # A pipe would never end, and a device is no report.
        if not stat.S_ISREG(found.st_mode):
            return _unsupported("special")
        if found.st_size > MAX_BYTES:
            return _too_large(found.st_size)
        with open(name, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except PermissionError:
        return unreadable("permission_denied")
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return unreadable("not_found")
    except OSError as failure:
        return unreadable("io_error", reason=failure.strerror or type(failure).__name__)


def _unsupported(kind: str) -> Unreadable:
    name, advice = UNSUPPORTED[kind]
    return unreadable("unsupported_type", kind=name, advice=advice)


def _too_large(size: int) -> Unreadable:
    return unreadable("too_large", size=megabytes(size), limit=megabytes(MAX_BYTES))
