"""A thin binding to the libpdfium that pypdfium2 ships: only the functions that reading needs.

``import pypdfium2`` builds 1500 typed functions and takes 100 ms; these few take 15. Handles are plain addresses, so
nothing here checks them: only ``extractor.readers.pdf`` opens and closes (text page, page, document in turn), and
``extractor.readers.rules`` looks at what it holds open.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from ctypes import POINTER, c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_ushort, c_void_p
from functools import cache
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from threading import RLock
from typing import Any

LOCK = RLock()
"""pdfium may be used by one thread at a time."""

PASSWORD, SECURITY = 4, 5
"""What ``last_error`` says of a file that needs a password, or a security handler nobody knows."""

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5
"""The types of page objects that are asked about; a form holds further objects."""

LINE_TO, MOVE_TO = 0, 2
"""The types of a path's segments that are straight or begin anew; the third is a curve."""

INVISIBLE = 3
"""The render mode of text that is there to be found, not seen."""

_NAMES = ("libpdfium.so", "libpdfium.dylib", "pdfium.dll")
_INT_OUT = POINTER(c_int)
_PROTOTYPES: dict[str, tuple[Any, ...]] = {
    "FPDF_InitLibrary": (None,),
    "FPDF_LoadMemDocument64": (c_void_p, c_char_p, c_size_t, c_char_p),
    "FPDF_GetLastError": (c_ulong,),
    "FPDF_CloseDocument": (None, c_void_p),
    "FPDF_GetPageCount": (c_int, c_void_p),
    "FPDF_LoadPage": (c_void_p, c_void_p, c_int),
    "FPDF_ClosePage": (None, c_void_p),
    "FPDF_GetPageWidthF": (c_float, c_void_p),
    "FPDF_GetPageHeightF": (c_float, c_void_p),
    "FPDF_PageToDevice": (
        c_int, c_void_p, c_int, c_int, c_int, c_int, c_int, c_double, c_double, _INT_OUT, _INT_OUT,
    ),
    "FPDFPage_CountObjects": (c_int, c_void_p),
    "FPDFPage_GetObject": (c_void_p, c_void_p, c_int),
    "FPDFPageObj_GetType": (c_int, c_void_p),
    "FPDFPageObj_GetBounds": (c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
    "FPDFPageObj_GetMatrix": (c_int, c_void_p, c_void_p),
    "FPDFFormObj_CountObjects": (c_int, c_void_p),
    "FPDFFormObj_GetObject": (c_void_p, c_void_p, c_ulong),
    "FPDFPath_GetDrawMode": (c_int, c_void_p, c_void_p, c_void_p),
    "FPDFPath_CountSegments": (c_int, c_void_p),
    "FPDFPath_GetPathSegment": (c_void_p, c_void_p, c_int),
    "FPDFPathSegment_GetType": (c_int, c_void_p),
    "FPDFPathSegment_GetPoint": (c_int, c_void_p, c_void_p, c_void_p),
    "FPDFPathSegment_GetClose": (c_int, c_void_p),
    "FPDFText_LoadPage": (c_void_p, c_void_p),
    "FPDFText_ClosePage": (None, c_void_p),
    "FPDFText_CountChars": (c_int, c_void_p),
    "FPDFText_GetText": (c_int, c_void_p, c_int, c_int, POINTER(c_ushort)),
    "FPDFText_GetUnicode": (c_uint, c_void_p, c_int),
    "FPDFText_GetCharIndexFromTextIndex": (c_int, c_void_p, c_int),
    "FPDFText_GetLooseCharBox": (c_int, c_void_p, c_int, c_void_p),
    "FPDFText_GetCharOrigin": (c_int, c_void_p, c_int, c_void_p, c_void_p),
    "FPDFText_GetTextObject": (c_void_p, c_void_p, c_int),
    "FPDFTextObj_GetTextRenderMode": (c_int, c_void_p),
}  # fmt: skip
"""Result and arguments of every function that is used."""


@cache
def pdfium() -> dict[str, Callable[..., Any]]:
    """The functions of ``_PROTOTYPES``, of a library that is ready."""
    functions = _from_file() or _from_pypdfium2()
    functions["FPDF_InitLibrary"]()
    return functions


# Asked for together, in one buffer for all, places cost half of what they cost one by one: most of that is Python's.


def loose_boxes(text_page: int, chars: Sequence[int]) -> array[float]:
    """Left, top, right and bottom of each character, one after the other; four noughts for what has no box."""
    corners = _buffer("f", 4 * len(chars))
    _all(map(pdfium()["FPDFText_GetLooseCharBox"], repeat(text_page), chars, _slots(corners, 4)))
    return corners


def origins(text_page: int, chars: Sequence[int]) -> tuple[array[float], array[float]]:
    """How far right and how far up the base line of each character begins."""
    right, up = _buffer("d", len(chars)), _buffer("d", len(chars))
    _all(map(pdfium()["FPDFText_GetCharOrigin"], repeat(text_page), chars, _slots(right), _slots(up)))
    return right, up


Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def bounds(parts: Sequence[int]) -> list[Bounds | None]:
    """The bounds of page objects, of those that have any."""
    sides = [_buffer("f", len(parts)) for _ in range(4)]
    known = map(pdfium()["FPDFPageObj_GetBounds"], parts, *map(_slots, sides))
    return [found if good else None for good, found in zip(list(known), zip(*sides, strict=True), strict=True)]


def sizes(parts: Sequence[int]) -> list[tuple[float, float]]:
    """Width and height of page objects."""
    return [(found[2] - found[0], found[3] - found[1]) if found else (0.0, 0.0) for found in bounds(parts)]


def painted(paths: Sequence[int]) -> list[tuple[int, int]]:
    """How each path is filled, and whether its line is drawn; two noughts for one that only clips."""
    fills, strokes = _buffer("i", len(paths)), _buffer("i", len(paths))
    _all(map(pdfium()["FPDFPath_GetDrawMode"], paths, _slots(fills), _slots(strokes)))
    return list(zip(fills, strokes, strict=True))


def _buffer(kind: str, many: int) -> array[Any]:
    """So many noughts for pdfium to write over."""
    return array(kind, bytes(many * array(kind).itemsize))


def _slots(buffer: array[Any], many: int = 1) -> range:
    """The addresses in a buffer at which each answer of so ``many`` values begins."""
    start, length = buffer.buffer_info()
    return range(start, start + length * buffer.itemsize, many * buffer.itemsize)


def _all(calls: Iterable[Any]) -> None:
    """Makes every call, answers left where pdfium wrote them."""
    deque(calls, 0)


def _from_file() -> dict[str, Callable[..., Any]] | None:
    """Straight from the shared library, where the package is laid out as we know it."""
    spec = find_spec("pypdfium2_raw")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []
    for file in (folder / name for folder in folders for name in _NAMES):
        if not file.is_file():
            continue
        try:
            library = ctypes.CDLL(str(file))
            return {name: _prototype(library[name], *types) for name, types in _PROTOTYPES.items()}
        except (OSError, AttributeError):
            return None
    return None


def _from_pypdfium2() -> dict[str, Callable[..., Any]]:
    """By the bindings of pypdfium2, wherever they keep the library; our prototypes are put over their addresses."""
    from pypdfium2 import raw  # type: ignore[import-untyped, unused-ignore]

    functions: dict[str, Callable[..., Any]] = {}
    for name, (result, *arguments) in _PROTOTYPES.items():
        address = ctypes.cast(getattr(raw, name), c_void_p).value
        if address is None:
            raise ImportError(f"libpdfium lacks {name}")
        functions[name] = ctypes.CFUNCTYPE(result, *arguments)(address)
    return functions


def _prototype(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    function.restype = result
    function.argtypes = arguments
    return function  # type: ignore[no-any-return]
