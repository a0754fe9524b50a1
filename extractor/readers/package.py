"""Office files that are ZIP packages of XML parts (.docx, .xlsx, .ods, .ofd), opened so that a hostile one does no harm."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from xml.etree.ElementTree import Element

from extractor.readers.errors import Refused
from extractor.readers.limits import MAX_EXPANSION, MAX_PART_BYTES, MAX_PARTS, megabytes


class Package:
    """The parts of a package by name. Nothing is ever written to disk, so that names that climb out harm nothing."""

    def __init__(self, data: bytes) -> None:
        """``Refused`` for what is no package, has a password, or would expand beyond the limits."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as failure:
            raise Refused("damaged") from failure
        parts = self._zip.infolist()
        if len(parts) > MAX_PARTS:
            raise Refused("too_large", size=f"包内 {len(parts)} 个文件", limit=f"{MAX_PARTS} 个")
        total = sum(part.file_size for part in parts)
        if total > MAX_EXPANSION:
            raise Refused("too_large", size=f"解压后 {megabytes(total)}", limit=megabytes(MAX_EXPANSION))
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("encrypted")
        self.names = frozenset(part.filename.lstrip("/") for part in parts)
        self._stored = {part.filename.lstrip("/"): part for part in parts}

    def read(self, name: str) -> bytes:
        """The bytes of a part; ``Refused`` where it is missing, damaged, or larger than it says."""
        part = self._stored.get(name)
        if part is None:
            raise Refused("damaged")
        try:
            with self._zip.open(part) as stream:
                found = stream.read(MAX_PART_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, struct.error) as failure:
            raise Refused("damaged") from failure
        if len(found) > MAX_PART_BYTES:
            raise Refused("too_large", size=f"{name} 超过 {megabytes(MAX_PART_BYTES)}", limit=megabytes(MAX_PART_BYTES))
        return found

    def xml(self, name: str) -> Element:
        """The root of an XML part. Entities and external references are refused, never followed."""
        return parsed(self.read(name))

    def __contains__(self, name: str) -> bool:
        return name in self.names


def parsed(data: bytes) -> Element:
    """The root of an XML document without entities or external references; ``Refused`` for any other."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError) as failure:
        raise Refused("damaged") from failure
    return root
