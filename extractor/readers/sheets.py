"""Reads workbooks: what every cell displays, sheet by sheet. Saved results only: nothing is calculated and no macro is run."""

from __future__ import annotations

from extractor.document import Document
from extractor.readers.errors import Refused
from extractor.readers.worksheet import Workbook


def read_sheets(data: bytes, document: Document) -> Document:
    """Fills ``document`` with the sheets of an .xlsx, .xlsm, .xls or .ods file; ``document.format`` says which."""
    workbook = Workbook()
    try:
        # Each kind is imported when the first file of its kind is met.
        if document.format == "xls":
            from extractor.readers.xls import read_xls

            read_xls(data, workbook)
        elif document.format == "ods":
            from extractor.readers.ods import read_ods

            read_ods(data, workbook)
        else:
            from extractor.readers.xlsx import read_xlsx

            read_xlsx(data, workbook)
    except (ValueError, KeyError, IndexError, OverflowError) as failure:
        # Numbers that are none and references to what is not there: whatever a file can say wrongly where it was not asked about.
        raise Refused("damaged") from failure
    return workbook.fill(document)
