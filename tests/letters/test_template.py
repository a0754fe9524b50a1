"""A bureau's own template: used where it is good, and one sentence where it is not."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from perfeval.cli import app
from perfeval.letters.errors import LetterError
from perfeval.letters.letter import template
from tests.letters.conftest import PILE, words

LOOP = ("{%p for 问题 in 问题清单 %}", "{{ 问题.意见 }}", "{%p endfor %}")
AGAIN = ("{%p for 文件 in 无法读取 %}", "{{ 文件.原因 }}", "{%p endfor %}")


def word_file(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path


def test_a_template_of_ones_own_is_used(made: Callable[..., Path], tmp_path: Path) -> None:
    own = word_file(tmp_path / "模板.docx", "某县财政局 致{{ 单位 }}（{{ 期限 }}天）", *LOOP, *AGAIN)
    said = words(made(PILE, template=own, term=3) / "反馈函" / "教育局" / "第一中学.docx")
    assert said.startswith("某县财政局 致第一中学（3天）\n经复算")


def test_a_placeholder_that_word_has_broken_up_is_whole(tmp_path: Path) -> None:
    own = word_file(tmp_path / "模板.docx", *LOOP, *AGAIN)
    document = docx.Document(str(own))
    paragraph = document.add_paragraph()
    for part in ("{", "{ 单", "位", " }", "}"):
        paragraph.add_run(part).bold = part == "位"
    document.save(str(own))
    template(own)


@pytest.mark.parametrize(
    "paragraphs,sentence",
    [
        (("{{ 单位名 }}", *LOOP, *AGAIN), "有不认识的占位符“单位名”，是否应为“单位”"),
        (("{{ 单位 }}", LOOP[0], "{{ 问题.意间 }}", LOOP[2], *AGAIN), "有不认识的占位符“意间”，是否应为“意见”"),
        (LOOP + AGAIN, "缺少占位符“单位”"),
        (("{{ 单位 }}", *AGAIN), "缺少占位符“问题清单”"),
        (("{{ 单位 }}", *LOOP), "缺少占位符“无法读取”"),
        (("{{ 单位 }}", *LOOP[:2]), "没有写完整的占位符"),
        (("{{ 单位 }", *LOOP), "没有写完整的占位符"),
        (("{{ 单位.__class__.__mro__ }}", *LOOP, *AGAIN), "不能使用"),
    ],
)
def test_what_is_wrong_with_a_template_is_said(tmp_path: Path, paragraphs: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(LetterError) as said:
        template(word_file(tmp_path / "模板.docx", *paragraphs))
    assert sentence in str(said.value)
    assert "\n" not in str(said.value)


@pytest.mark.parametrize("data", [b"", b"PK no zip", b"%PDF-1.7"])
def test_what_is_no_word_file_is_said(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "模板.docx").write_bytes(data)
    with pytest.raises(LetterError, match="不是 Word 文件"):
        template(tmp_path / "模板.docx")
    with pytest.raises(LetterError, match="无法读取函件模板"):
        template(tmp_path / "没有.docx")


def test_the_built_in_template_can_be_saved_and_brought_back(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["letter-template", str(tmp_path / "模板.docx")])
    assert done.exit_code == 0
    template(tmp_path / "模板.docx")
    assert "{{ 单位 }}" in words(tmp_path / "模板.docx")


def test_a_bad_template_stops_an_audit_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "报送").mkdir()
    bad = word_file(tmp_path / "模板.docx", "{{ 单位名 }}")
    done = CliRunner().invoke(app, ["audit", str(tmp_path / "报送"), "--letter-template", str(bad)])
    assert done.exit_code == 2
    assert "不认识的占位符" in done.stderr
    assert not (tmp_path / "报送-核查结果").exists()


def test_a_letter_holds_no_trace_of_the_template_language() -> None:
    from perfeval.letters.letter import SAMPLE

    said = words(template(None)(SAMPLE))
    assert not [mark for mark in ("{{", "{%", "}}", "%}") if mark in said]
    assert docx.Document(io.BytesIO(template(None)(SAMPLE))).core_properties.category == "perfeval 反馈函"
