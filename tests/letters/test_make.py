"""All documents together: the same bytes, whole or not at all, by command, and in LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from typer.testing import CliRunner

from perfeval.cli import app
from perfeval.letters import make
from perfeval.letters.errors import LetterError
from perfeval.letters.make import documents
from perfeval.letters.wishes import Wishes
from perfeval.store.records import Remark
from perfeval.store.writer import Pile
from tests.letters.conftest import ERROR, PILE, STAKE, WARNING, Finished, document, words

Make = Callable[..., Path]
HARMLESS = ("javaldx",)
"""LibreOffice without Java says so, whatever it opens."""


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_the_same_store_gives_the_same_bytes(made: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    first = contents(made(PILE))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert contents(made(PILE, "again")) == first
    assert len(first) == 3 + 4


def _touch(out: Path) -> None:
    (out / "反馈函" / "教育局" / "第一中学.docx").write_bytes(b"x")


def _lose(out: Path) -> None:
    (out / "情况摘要.docx").unlink()


def _break(out: Path) -> None:
    (out / "问题清单.xlsx").write_bytes(b"PK")


@pytest.mark.parametrize(("deed", "wishes"), [(_touch, {}), (_lose, {}), (_break, {}), (None, {"term": 9}), (None, {"common": 3}), (None, {"day": date(2025, 1, 31)})])
def test_what_would_come_out_the_same_is_left_alone(finished: Finished, tmp_path: Path, deed: Callable[[Path], None] | None, wishes: dict[str, Any]) -> None:
    store, run = finished(PILE)
    first = documents(store, run, tmp_path, Wishes(), anew=False)
    before = contents(tmp_path)
    stamp = (tmp_path / "问题清单.xlsx").stat().st_mtime_ns

    assert documents(store, run, tmp_path, Wishes(), anew=False) == first
    assert (tmp_path / "问题清单.xlsx").stat().st_mtime_ns == stamp

    if deed:
        deed(tmp_path)
    documents(store, run, tmp_path, Wishes(**wishes), anew=False)
    after = {name: data for name, data in contents(tmp_path).items() if not name.endswith(".db")}
    assert (after == {name: before[name] for name in after}) is not bool(wishes)
    assert (tmp_path / "问题清单.xlsx").stat().st_mtime_ns != stamp


def test_another_pile_has_other_documents(finished: Finished, tmp_path: Path) -> None:
    documents(*finished(PILE), tmp_path / "out", Wishes(), anew=False)
    fewer = {path: one for path, one in PILE.items() if "第一中学" not in path}
    assert documents(*finished(fewer), tmp_path / "out", Wishes(), anew=False).letters == 3
    assert not (tmp_path / "out" / "反馈函" / "教育局" / "第一中学.docx").exists()


def test_the_date_can_be_said(made: Make) -> None:
    out = made(PILE, day=date(2025, 1, 31))
    for path in (out / "情况摘要.docx", out / "共性问题通报.docx", out / "反馈函" / "教育局" / "第一中学.docx"):
        assert "2025年1月31日" in words(path)


def test_the_summary_names_counts_grades_and_what_comes_next(made: Make) -> None:
    twice = Remark("重复报送", "水务局", "水库管理所", "两份内容完全相同。")
    said = words(made(PILE, pile=Pile(remarks=[twice])) / "情况摘要.docx")
    for expected in ("核查6个单位的8个文件", "错误1条、疑点3条", "无法读取2个文件", "重复报送1项", "水库管理所\n97.50\n89.02～97.50\n优→良", "反馈函4份", "2个单位不单独发函"):
        assert expected in said


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_folder_that_cannot_be_written_is_said(made: Make, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    with pytest.raises(LetterError, match="无法写入"):
        made(PILE)


def test_a_full_disk_leaves_what_was_there(made: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    out = made(PILE)
    before = (out / "问题清单.xlsx").read_bytes()

    def full(path: Path, *_: object) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(make, "write", full)
    with pytest.raises(LetterError, match="磁盘空间"):
        made({"a/b/c.docx": document(1, [ERROR])})
    assert (out / "问题清单.xlsx").read_bytes() == before
    assert not list(out.rglob(".perfeval-*"))


def test_the_command_makes_the_documents_again(finished: Finished, tmp_path: Path) -> None:
    finished(PILE)
    done = CliRunner().invoke(app, ["letters", str(tmp_path / "0.db"), "--out", str(tmp_path / "又"), "--date", "2024-06-01", "--term", "9"])
    assert done.exit_code == 0, done.output
    assert "反馈函4份（共6个单位）" in done.stdout
    said = words(tmp_path / "又" / "反馈函" / "教育局" / "第一中学.docx")
    assert "9个工作日" in said
    assert "2024年6月1日" in said


@pytest.mark.parametrize(
    "options,sentence",
    [(("没有.db",), "找不到存储"), (("0.db", "--date", "1月1日"), "date"), (("0.db", "--term", "0"), "term"), (("0.db", "--letter-template", "x.docx"), "无法读取函件模板")],
)
def test_what_cannot_be_is_said_in_one_sentence(finished: Finished, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], sentence: str) -> None:
    finished(PILE)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["letters", *options, "--out", "out"])
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert done.stderr.strip().count("\n") == 0


def test_an_audit_leaves_all_documents(tmp_path: Path) -> None:
    unit = tmp_path / "报送" / "教育局" / "某县第一中学"
    unit.mkdir(parents=True)
    (unit / "自评报告.txt").write_text("某县第一中学2023年度绩效自评报告\n全年预算数120.00万元，全年支出114.00万元，预算执行率59.00%。\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["audit", str(tmp_path / "报送"), "--out", str(tmp_path / "结果"), "-j", "1"])
    assert done.exit_code == 1, done.output
    assert "已生成：问题清单.xlsx" in done.stdout
    assert "报告列预算执行率59.00%" in words(tmp_path / "结果" / "反馈函" / "教育局" / "某县第一中学.docx")


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tmp_path_factory.mktemp("profile").as_uri()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: the documents are not opened in it")
def test_libreoffice_opens_every_document_without_a_warning(made: Make, tmp_path: Path, profile: str) -> None:
    many = {f"{'很长的部门名称' * 5}{number % 9}/{'单位' * 20}{number:02}/报告.docx": document(10 + number, [STAKE, WARNING]) for number in range(30)}
    out = made({**PILE, **many}, common=25)
    letter = out / "反馈函" / "教育局" / "第一中学.docx"
    files = [out / name for name in ("问题清单.xlsx", "情况摘要.docx", "共性问题通报.docx")] + [letter]
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path / "pdf"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    said = [line for line in done.stderr.splitlines() if line.strip() and not any(word in line for word in HARMLESS)]
    assert said == []

    pages = {file.stem: len(pypdfium2.PdfDocument(tmp_path / "pdf" / f"{file.stem}.pdf")) for file in files}
    assert pages["情况摘要"] == 1
    assert all(pages.values())
