"""Text files in every encoding that offices send, and files that are something else."""

from __future__ import annotations

import os
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.readers import BY_OFFICE, open_bytes, open_document
from extractor.readers.errors import ERRORS
from extractor.readers.kind import UNSUPPORTED, kind_of

WORDS = "一、基本概况\n年初预算数为 340.57 万元，其中：基本支出304.57万元。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "utf-16-le", "utf-32"])
def test_every_encoding_gives_the_same_words(encoding: str) -> None:
    document = open_bytes(WORDS.encode(encoding), "报告.txt")
    assert document.error is None
    assert document.format == "text"
    assert document.pages[0].text == WORDS


def test_traditional_big5_is_made_out() -> None:
    words = "部門整體支出績效自評報告，年初預算數為三百四十萬元，執行率百分之九十七。" * 5
    document = open_bytes(words.encode("big5"), "報告.txt")
    assert document.error is None or document.error.code == "wrong_encoding"


def test_reports_in_other_scripts_are_text_too() -> None:
    words = "ئۈرۈمچى شەھىرى 2023 خامچوت 340.57 قىلىش"
    assert open_bytes(words.encode(), "a").pages[0].text == words


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\u2028"])
def test_every_line_end_is_a_line_feed(end: str) -> None:
    assert open_bytes(WORDS.replace("\n", end).encode(), "a").pages[0].text == WORDS


def test_a_form_feed_ends_a_page() -> None:
    document = open_bytes("一\f二\f三\f".encode(), "a")
    assert [(page.number, page.text) for page in document.pages] == [(1, "一"), (2, "二"), (3, "三")]


def test_a_cut_character_at_the_end_is_noted() -> None:
    document = open_bytes(WORDS.encode()[:-2], "a")
    assert document.error is None
    assert document.notes


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n\r\n", "empty_file"),
        ("\ufeff \n\f".encode(), "empty_file"),
        (bytes(range(256)) * 40, "wrong_encoding"),
        (b"\x7fELF" + os.urandom(16) + b"\0\1\2\3" * 500, "wrong_encoding"),
    ],
)
def test_what_is_no_text_is_said(data: bytes, code: str) -> None:
    error = open_bytes(data, "a").error
    assert error is not None
    assert error.code == code


def archive(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (archive("[Content_Types].xml", "word/document.xml"), "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (archive("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (archive("报告.pdf"), "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "doc"),
        (b"{\\rtf1\\ansi}", "rtf"),
        ("<!DOCTYPE html><html><body>自评报告</body></html>".encode("gb18030"), "html"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"II*\0\0\0", "tiff"),
        ("<？>不是网页".encode(), "text"),
        (b"\xef\xbb\xbf%PDF-1.7", "pdf"),
        ("BMI指数".encode(), "text"),
    ],
)
def test_the_kind_is_told_from_the_content(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind
    if kind in UNSUPPORTED and kind not in BY_OFFICE:
        error = open_bytes(data, "自评报告.pdf").error
        assert error is not None
        assert error.code == "unsupported_type"
        assert UNSUPPORTED[kind][0] in error.message


def test_a_path_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    codes = {}
    for name, path in {"none": tmp_path / "无.pdf", "folder": tmp_path, "nul": "a\0b", "long": "长" * 5000}.items():
        error = open_document(path).error
        codes[name] = error.code if error else None
    assert codes == {
        "none": "not_found",
        "folder": "is_directory",
        "nul": "not_found",
        "long": "io_error" if sys.platform != "win32" else "not_found",
    }


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    file.chmod(0)
    error = open_document(file).error
    assert error is not None
    assert error.code == "permission_denied"


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in the file system")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    error = open_document(tmp_path / "pipe").error
    assert error is not None
    assert error.code == "unsupported_type"


def test_a_file_that_is_too_large_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.readers.MAX_BYTES", 10)
    (tmp_path / "a.txt").write_text("x" * 11)
    for document in (open_document(tmp_path / "a.txt"), open_bytes(b"x" * 11, "a")):
        assert document.error is not None
        assert document.error.code == "too_large"


def test_every_sentence_is_chinese_and_ends() -> None:
    assert all(words.endswith("。") and "请" in words for words in ERRORS.values() if "{advice}" not in words)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda tail: b"%PDF-1.4\n" + tail) | st.text().map(str.encode))
def test_no_bytes_raise(data: bytes) -> None:
    document = open_bytes(data, "任意")
    assert (document.error is None) == bool(document.pages)
    document.close()
