"""Several files of one unit, in a folder or a ZIP file, read as one report."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractor.read import read_report
from extractor.readers.members import members
from verifier.verify import verify

SPOKEN = "云溪区市场监督管理局2022年度部门整体支出绩效自评报告\n全年预算数为2978.45万元，全年执行数为{outturn}万元。\n"
FORM = """<h1>部门整体支出绩效自评表</h1><table>
<tr><td>部门名称</td><td colspan="3">云溪区市场监督管理局</td></tr>
<tr><th>项目资金（万元）</th><th>全年预算数</th><th>全年执行数</th><th>执行率</th></tr>
<tr><td>年度资金总额</td><td>2978.45</td><td>2893.17</td><td>97.14%</td></tr></table>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "市场监管局"
    place.mkdir()
    (place / "自评报告.txt").write_text(SPOKEN.format(outturn="2839.17"), encoding="utf-8")
    (place / "自评表.html").write_text(FORM, encoding="utf-8")
    (place / "扫描件.png").write_bytes(b"\x89PNG\r\n\x1a\n....")
    (place / "~$自评报告.docx").write_bytes(b"lock")
    return place


def test_a_figure_of_the_report_is_held_against_the_table_of_another_file(folder: Path) -> None:
    audit = verify(read_report(folder))
    (finding,) = (f for f in audit.findings if f.rule == "CON-01")
    assert finding.severity == "error"
    files = {figure.place.file for figure in audit.report.figures if figure.id in finding.figures and figure.place}
    assert files == {"自评报告.txt", "自评表.html"}


def test_what_cannot_be_read_is_said_and_the_rest_goes_on(folder: Path) -> None:
    report = read_report(folder)
    assert (report.status, report.format, report.pages) == ("ok", "bundle", 2)
    assert any("扫描件.png" in note for note in report.notes)
    assert not any("~$" in note for note in report.notes)


def test_the_order_does_not_depend_on_how_the_files_came(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "报送.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("自评表.html", "自评报告.txt"):
            file.write(folder / name, name)
    (folder / "扫描件.png").unlink()
    assert read_report(archive).text == read_report(folder).text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_old_archives_are_read_as_they_were_written(tmp_path: Path, encoding: str) -> None:
    raw = "自评报告.txt".encode(encoding)
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("x" * len(raw), "文")
    archive.write_bytes(archive.read_bytes().replace(b"x" * len(raw), raw))
    assert [name for name, _ in members(archive)] == ["自评报告.txt"]


def test_links_are_not_followed_and_an_empty_folder_is_said(tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    (empty / "环").symlink_to(empty, target_is_directory=True)
    error = read_report(empty).error
    assert error is not None
    assert error.code == "empty_file"


def test_names_that_climb_out_of_the_archive_harm_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "b.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("../../外.txt", SPOKEN.format(outturn="2893.17"))
    report = read_report(archive)
    assert report.status == "ok"
    assert list(tmp_path.iterdir()) == [archive]


def test_a_damaged_archive_and_one_with_a_password_are_told_apart(tmp_path: Path) -> None:
    broken = tmp_path / "c.zip"
    broken.write_bytes(b"PK\x03\x04" + b"\0" * 60)
    error = read_report(broken).error
    assert error is not None
    assert error.code == "damaged"
