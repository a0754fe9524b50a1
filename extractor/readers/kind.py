"""What a file is, told from its bytes: names and extensions of handed-in files are not to be trusted."""

from __future__ import annotations

import re

ZIP = b"PK\x03\x04"
HEADER_REACH = 1024
"""A PDF header may stand so far behind the beginning; readers of PDF accept as much."""

_AS_DOCX = "请安装 LibreOffice（Debian、UOS、麒麟：apt install libreoffice-writer-nogui），或在 Word、WPS 中另存为 .docx 后再试"
_AS_PDF = "请在 Word 或 WPS 中打开，另存为 PDF 后再试"
_SHEET_AS_DOCX = "请安装 LibreOffice（Debian、UOS、麒麟：apt install libreoffice-writer-nogui），或在 Word、WPS 中另存为 .docx 后再试"
_AS_PDF = "请在 Excel 或 WPS 中打开，导出为 PDF 后再试"
_OCR = "请先做 OCR 识别成可检索的 PDF，或索取电子版原件"
_UNPACK = "请先解压，再指定其中的报告文件"

UNSUPPORTED: dict[str, tuple[str, str]] = {
    "rtf": ("RTF 文档", _AS_DOCX),
    "odt": ("OpenDocument 文档", _AS_DOCX),
    "pptx": ("演示文稿（.pptx）", "请导出为 PDF 后再试"),
    "ole2": ("旧版 Office 或 WPS 文件", _AS_PDF),
    "xml": ("XML 文件", "请用原软件打开，导出为 PDF 后再试"),
    "png": ("PNG 图片", _OCR),
    "jpeg": ("JPEG 图片", _OCR),
    "tiff": ("TIFF 图片", _OCR),
    "gif": ("GIF 图片", _OCR),
    "bmp": ("BMP 图片", _OCR),
    "webp": ("WebP 图片", _OCR),
    "zip": ("ZIP 压缩包", _UNPACK),
    "rar": ("RAR 压缩包", _UNPACK),
    "7z": ("7z 压缩包", _UNPACK),
    "gzip": ("GZIP 压缩包", _UNPACK),
    "special": ("设备或管道，不是普通文件", "请指定磁盘上的报告文件"),
}
"""Kinds that are told apart but not read (``rtf`` and ``odt`` without LibreOffice), each with its Chinese name and what to do."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"GIF8", "gif"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
)
_IN_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"OFD.xml", "ofd"),
    (b"word/document.xml", "docx"),
    (b"xl/workbook", "xlsx"),
    (b"ppt/presentation.xml", "pptx"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument", "odt"),
)
_IN_OLE2: tuple[tuple[bytes, str], ...] = (
    ("EncryptedPackage".encode("utf-16-le"), "encrypted"),  # a .docx or .xlsx with a password
    ("WordDocument".encode("utf-16-le"), "doc"),
    ("Workbook".encode("utf-16-le"), "xls"),
    ("Book\0".encode("utf-16-le"), "xls"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|meta|title|h[1-6]|p|span|center)[\s>/]", re.IGNORECASE)


def kind_of(data: bytes) -> str:
    """A kind that a reader reads, ``encrypted``, or one of ``UNSUPPORTED``."""
    head = data[:HEADER_REACH]
    if b"%PDF-" in head:
        return "pdf"
    if data.startswith(ZIP):
        return _first_in(data, _IN_ZIP, "zip")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _first_in(data, _IN_OLE2, "ole2")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    # "BM" are letters too: of a bitmap the four reserved bytes are nought.
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "bmp"
    return _markup(head)


def _first_in(data: bytes, names: tuple[tuple[bytes, str], ...], otherwise: str) -> str:
    return next((kind for name, kind in names if name in data), otherwise)


def _markup(head: bytes) -> str:
    opening = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not opening.startswith(b"<"):
        return "text"
    if _HTML.search(head):
        return "html"
    return "xml" if opening.startswith(b"<?xml") else "text"
