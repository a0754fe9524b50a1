"""Documents that are there whole or not at all, with the same bytes for the same contents."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

STAMP = (2020, 1, 1, 0, 0, 0)
"""A ZIP file keeps the time of each member; this is always it."""

FAST = 1
"""The level of compression: a letter is a tenth larger than at the highest, and made in a third of the time."""


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A place beside ``path`` to write to; what is written there takes its place when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".perfeval-{os.getpid()}.tmp")
    try:
        yield beside
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def keep(path: Path, data: bytes) -> None:
    """Writes a file, whole or not at all; one that is the same already keeps its date."""
    if path.is_file() and path.read_bytes() == data:
        return
    with whole(path) as beside:
        beside.write_bytes(data)


def settled(data: bytes) -> bytes:
    """The same ZIP file without the time at which it was made."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return packed({name: file.read(name) for name in file.namelist()})


def packed(members: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these members, the same bytes for the same contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in members.items():
            file.writestr(_dateless(name), data, zipfile.ZIP_DEFLATED, FAST)
    return out.getvalue()


def _dateless(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, STAMP)
    info.create_system = 0  # else Windows and Linux make different bytes
    return info
