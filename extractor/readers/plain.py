"""Reads plain text, whatever its encoding."""

from __future__ import annotations

import codecs
import re

from extractor.document import PAGE_BREAK, TABLE, Document, Page
from extractor.readers.errors import unreadable
from extractor.readers.limits import MAX_PAGES, MAX_TEXT_BYTES, megabytes
from extractor.readers.plain_tables import with_tables

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")
_PLAUSIBLE = re.compile(
    "[\t\n\r\f\x0b\x1a\x20-\x7e\xa0-\xff\u2000-\u206f\u2100-\u22ff\u2460-\u25ff\u3000-\u30ff\u3200-\u33ff\u4e00-\u9fff\uff00-\uffef]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_NOISE_ALLOWED = 0.02
"""More strange signs than this and the bytes were no text, or not in the encoding that was tried."""
_SAMPLE = 200_000
"""So many signs or bytes are enough to judge an encoding."""
_SPOILT_BYTES = 1000
"""One undecodable byte in so many is a blemish of an UTF-8 file, not another encoding."""


def read_text(data: bytes, document: Document) -> Document:
    """Fills ``document`` with the pages of a text file; a form feed ends a page."""
    if len(data) > MAX_TEXT_BYTES:
        document.error = unreadable("too_large", size=megabytes(len(data)), limit=megabytes(MAX_TEXT_BYTES))
        return document
    text = decoded(data, document.notes)
    if text is None:
        document.error = unreadable("wrong_encoding")
        return document
    pages = _LINE_ENDS.sub("\n", text).removesuffix("\x1a").removesuffix(PAGE_BREAK).split(PAGE_BREAK)
    if len(pages) > MAX_PAGES:
        document.error = unreadable("too_large", size=f"{len(pages)} 页", limit=f"{MAX_PAGES} 页")
    elif not any(page.strip() for page in pages):
        document.error = unreadable("empty_file")
    else:
        document.pages = [with_tables(Page(number, page.replace(TABLE, " "))) for number, page in enumerate(pages, 1)]
        for number, grid in enumerate((grid for page in document.pages for grid in page.grids), 1):
            grid.name = f"表{number}"
    return document


def decoded(data: bytes, notes: list[str]) -> str | None:
    """The text of the bytes in the encoding that they show; ``None`` where they are no text. Blemishes go to ``notes``."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _if_written(data.decode(encoding, "replace"))
    try:
        return _if_written(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", "replace")
    spoilt = lenient.count("\ufffd")
    if (spoilt == 1 and _CHINESE.search(lenient)) or spoilt * _SPOILT_BYTES < len(data):
        notes.append(f"文件中有 {spoilt} 处无法识别的字符，可能影响附近文字。")
        return _if_written(lenient)
    return _in_another_encoding(data)


def _in_another_encoding(data: bytes) -> str | None:
    """Text in GB18030, which mainland software writes, else in what charset-normalizer takes it for."""
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        try:
            text = _if_plausible(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if text is not None and _is_chinese(text):
            return text
    # Imported only here: nearly every file is decided above, and the import costs more than reading a report.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return None if best is None else _if_plausible(data.decode(best.encoding, "replace"))


def _if_written(text: str) -> str | None:
    """The text, unless it is full of control characters. Whatever else is in it is some script: of that UTF-8 is proof."""
    sample = text[:_SAMPLE]
    return text if len(_CONTROLS.findall(sample)) <= len(sample) * _NOISE_ALLOWED else None


def _if_plausible(text: str) -> str | None:
    """The text, if its signs are those of a Chinese report: nearly any bytes can be read as GB18030 or UTF-16."""
    sample = text[:_SAMPLE]
    return text if len(_PLAUSIBLE.sub("", sample)) <= len(sample) * _NOISE_ALLOWED else None


def _is_chinese(text: str) -> bool:
    return len(_CHINESE.findall(text[:_SAMPLE])) * 4 > len(text[:_SAMPLE].strip())
