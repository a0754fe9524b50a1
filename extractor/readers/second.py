"""A second opinion on the text of PDF pages, by another library with its own decoding of fonts."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterable
from pathlib import Path


def texts_by_pdfplumber(source: str | os.PathLike[str] | bytes, pages: Iterable[int]) -> dict[int, str]:
    """The text of the ``pages`` (counted from 1) as pdfplumber reads them; pages it cannot read are left out."""
    # Imported here: it costs 280 ms, and most files never need it.
    import pdfplumber

    # pdfminer warns about odd fonts through logging, which prints to stderr where nobody has set it up.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    texts: dict[int, str] = {}
    try:
        with pdfplumber.open(io.BytesIO(source) if isinstance(source, bytes) else Path(source)) as pdf:
            for number in pages:
                if number > len(pdf.pages):
                    break
                page = pdf.pages[number - 1]
                try:
                    # Fake bold is printed twice: without this 97.90% is read as 9977..9900%%.
                    texts[number] = page.dedupe_chars().extract_text()
                finally:
                    # Without it every page keeps 1.6 MB.
                    page.close()
    except Exception:
        return texts
    return texts
