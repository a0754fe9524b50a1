"""Every file of a pile is found, whatever is around it."""

from __future__ import annotations

import errno
import io
import os
import zipfile
from pathlib import Path

import pytest

from perfeval.pile import archive, find
from perfeval.pile.find import Found, found_in


def packed(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return stream.getvalue()


def names(root: Path, *without: Path) -> dict[str, str]:
    return {found.path: found.error.code if found.error else "ok" for found in found_in(root, without)}


def test_folders_and_zip_files_are_looked_into(tmp_path: Path) -> None:
    inner = packed(**{"报告.txt": b"c"})
    (tmp_path / "甲局").mkdir()
    (tmp_path / "甲局" / "报告.txt").write_bytes(b"a")
    (tmp_path / "乙局.zip").write_bytes(packed(**{"附件/表.txt": b"b", "丙所.zip": inner}))
    found = {one.path: one for one in found_in(tmp_path)}

    assert set(found) == {"甲局/报告.txt", "乙局.zip/附件/表.txt", "乙局.zip/丙所.zip/报告.txt"}
    assert found["乙局.zip/丙所.zip/报告.txt"].contents() == b"c"


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    data = packed(**{"XXXX.txt": b"a"}).replace(b"XXXX", "报告".encode("gbk"))
    (tmp_path / "报送.zip").write_bytes(data)
    assert names(tmp_path) == {"报送.zip/报告.txt": "ok"}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps names as UTF-16")
def test_names_in_gbk_on_the_disk_are_read_and_namesakes_numbered(tmp_path: Path) -> None:
    for name in ("报告.txt".encode("gbk"), "报告.txt".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"a")
    assert set(names(tmp_path)) == {"报告.txt", "报告(2).txt"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_in_a_zip_file_are_two(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as zipped:
        zipped.writestr("报告.txt", b"a")
        zipped.writestr("报告.txt", b"b")
    assert [(one.path, one.contents()) for one in found_in(tmp_path)] == [("报送.zip/报告.txt", b"a"), ("报送.zip/报告(2).txt", b"b")]


def test_links_are_not_followed_also_not_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "甲局").mkdir()
    for name, target in (("圈", ".."), ("断", "没有"), ("外", "/etc/hostname")):
        os.symlink(target, tmp_path / "甲局" / name)
    assert names(tmp_path) == {"甲局/圈": "link", "甲局/断": "link", "甲局/外": "link"}


def test_what_programs_leave_and_what_we_write_ourselves_is_not_there(tmp_path: Path) -> None:
    for name in ("~$报告.docx", ".DS_Store", "Thumbs.db", "报告.txt", "结果/perfeval.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"a")
    assert names(tmp_path, tmp_path / "结果") == {"报告.txt": "ok"}


def test_a_folder_that_cannot_be_opened_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "甲局").mkdir()
    (tmp_path / "报告.txt").write_bytes(b"a")
    real = os.scandir

    def scandir(path: str) -> object:
        if os.fspath(path).endswith("甲局"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path)

    monkeypatch.setattr(find.os, "scandir", scandir)
    assert names(tmp_path) == {"报告.txt": "ok", "甲局": "folder"}


def test_damaged_and_encrypted_archives_are_rows_and_documents_are_no_archives(tmp_path: Path) -> None:
    whole = packed(**{"报告.txt": b"abc"})
    locked = bytearray(whole)
    locked[6] |= 1
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "坏.zip").write_bytes(whole[:40])
    (tmp_path / "密.zip").write_bytes(bytes(locked))
    (tmp_path / "报告.docx").write_bytes(packed(**{"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}))
    found = {one.path: one for one in found_in(tmp_path)}

    assert {path: one.error.code if one.error else "ok" for path, one in found.items()} == {"坏.zip": "damaged", "密.zip/报告.txt": "ok", "报告.docx": "ok"}
    with pytest.raises(find.Refused) as refused:
        found["密.zip/报告.txt"].contents()
    assert refused.value.error.code == "encrypted"


def test_an_archive_without_files_and_folders_without_end_are_rows(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "空.zip", "w") as zipped:
        zipped.mkdir("甲局")
    deep = tmp_path.joinpath(*["a"] * 150)
    deep.mkdir(parents=True)
    (deep / "报告.txt").write_bytes(b"a")
    found = names(tmp_path)
    assert found.pop("空.zip") == "empty_file"
    assert list(found.values()) == ["folder"]


def test_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_EXPANSION", 1000)
    monkeypatch.setattr(archive, "MAX_BYTES", 500)
    with zipfile.ZipFile(tmp_path / "弹.zip", "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("零.txt", bytes(100_000))
    (tmp_path / "谎.zip").write_bytes(packed(**{"大.txt": b"a" * 600}))
    found = {one.path: one for one in found_in(tmp_path)}

    assert found["弹.zip"].error is not None
    assert found["弹.zip"].error.code == "too_large"
    with pytest.raises(find.Refused):
        found["谎.zip/大.txt"].digest()


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    data = b"a"
    for _ in range(7):
        data = packed(**{"内.zip": data})
    (tmp_path / "外.zip").write_bytes(data)
    assert list(names(tmp_path).values()) == ["too_large"]


def test_a_file_that_goes_away_is_said(tmp_path: Path) -> None:
    with pytest.raises(find.Refused) as refused:
        Found("a", os.fspath(tmp_path / "没有")).digest()
    assert refused.value.error.code == "not_found"
