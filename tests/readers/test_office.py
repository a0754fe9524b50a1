"""LibreOffice as the last resort: found or not, kept harmless, and ended when it takes too long."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from extractor.document import Document
from extractor.readers import office as module
from extractor.readers.docx import read_docx
from extractor.readers.office import KINDS, converted, office

RTF = rb"{\rtf1\ansi\ansicpg936 \u24180?\u21021?\u39044?\u31639?\u25968? 340.57\par}"
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="The stand-in for LibreOffice is a shell script.")
needs_office = pytest.mark.skipif(office() is None, reason="LibreOffice is not installed.")


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path where a test can put a program called soffice."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("TEST_FOLDER", str(tmp_path))
    monkeypatch.setattr(module, "_lock_path", lambda: str(tmp_path / "lock"))
    return folder


def put(folder: Path, script: str) -> None:
    """Makes the program: it is called with the profile first and the file last, behind the folder for the result."""
    program = folder / "soffice"
    program.write_text(
        f'#!/bin/sh\nprofile="${{1#-env:UserInstallation=file://}}"\nwhile [ "$#" -gt 2 ]; do shift; done\nout="$1"; file="$2"\nmkdir -p "$out"\n{script}\n'
    )
    program.chmod(0o755)


def test_without_libreoffice_nothing_is_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(module, "_PLACES", ())
    assert office() is None
    assert converted(RTF, "rtf") is None


def test_the_newest_of_the_usual_places_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("7.3", "7.6"):
        program = tmp_path / f"libreoffice{version}" / "program" / "soffice"
        program.parent.mkdir(parents=True)
        program.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(module, "_PLACES", (str(tmp_path / "libreoffice*" / "program" / "soffice"),))
    assert office() == str(tmp_path / "libreoffice7.6" / "program" / "soffice")


@needs_posix
def test_a_presentation_is_not_converted(stand_in: Path) -> None:
    put(stand_in, 'cp "$file" "$out/report.docx"')
    assert converted(b"slides", "ppt") is None


@needs_posix
@pytest.mark.parametrize("kind", KINDS)
def test_the_result_is_what_libreoffice_wrote(stand_in: Path, kind: str) -> None:
    ending = KINDS[kind][1][0]
    put(stand_in, f'cp "$file" "$out/report.{ending}"')
    assert converted(b"contents", kind) == b"contents"


@needs_posix
@pytest.mark.parametrize("script", ["exit 0", "exit 1", ': > "$out/report.docx"', "kill -9 $$"], ids=["silent", "failed", "empty", "killed"])
def test_a_file_that_libreoffice_cannot_read_gives_nothing(stand_in: Path, script: str) -> None:
    put(stand_in, script)
    assert converted(RTF, "rtf") is None


@needs_posix
def test_the_profile_is_its_own_and_forbids_macros(stand_in: Path) -> None:
    put(stand_in, 'cp "$profile/user/registrymodifications.xcu" "$out/report.docx"')
    settings = (converted(RTF, "rtf") or b"").decode()
    assert '<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value>' in settings
    assert '<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value>' in settings


@needs_posix
def test_no_network_is_offered(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    put(stand_in, 'env > "$out/report.docx"')
    environment = (converted(RTF, "rtf") or b"").decode().split("\n")
    assert "http_proxy=http://127.0.0.1:9" in environment
    assert not [line for line in environment if line.startswith("NO_PROXY")]


@needs_posix
def test_nothing_is_left_behind(stand_in: Path) -> None:
    put(stand_in, 'pwd > "$TEST_FOLDER/where"')
    converted(RTF, "rtf")
    assert not Path((stand_in.parent / "where").read_text().strip()).exists()


@needs_posix
def test_what_takes_too_long_is_ended_with_its_children(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.5)
    put(stand_in, 'sleep 60 & echo $! > "$TEST_FOLDER/child"; wait')
    begin = time.monotonic()
    assert converted(RTF, "rtf") is None
    assert time.monotonic() - begin < 10
    child = (stand_in.parent / "child").read_text().strip()
    for _ in range(50):
        state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False).stdout.strip()
        if state[:1] in ("", "Z"):
            return
        time.sleep(0.1)
    pytest.fail("The child goes on.")


@needs_posix
def test_only_one_file_is_converted_at_a_time(stand_in: Path) -> None:
    put(stand_in, 'mkdir "$TEST_FOLDER/busy" || echo > "$TEST_FOLDER/two"; sleep 0.2; rmdir "$TEST_FOLDER/busy"; cp "$file" "$out/report.docx"')
    results: list[bytes | None] = []
    threads = [threading.Thread(target=lambda: results.append(converted(RTF, "rtf"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [RTF] * 3
    assert not (stand_in.parent / "two").exists()


@needs_posix
def test_without_a_lock_a_file_is_converted_all_the_same(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_lock_path", lambda: os.path.join(os.sep, "no", "such", "folder"))
    put(stand_in, 'cp "$file" "$out/report.docx"')
    assert converted(RTF, "rtf") == RTF


@needs_office
def test_an_rtf_file_becomes_a_word_file() -> None:
    found = converted(RTF, "rtf")
    assert found is not None
    assert read_docx(found, Document("", "", "docx")).pages[0].text == "年初预算数 340.57"


@needs_office
def test_an_old_word_file_reads_the_same_through_libreoffice() -> None:
    found = converted((Path(__file__).parent / "samples" / "report.doc").read_bytes(), "doc")
    assert found is not None
    assert read_docx(found, Document("", "", "docx")).pages[0].text.startswith("一、基本情况\n（一）部门职能\n")
