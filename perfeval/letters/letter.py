"""A letter from a template: the built-in one, or a bureau's own Word file with the same placeholders."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

from perfeval.letters.errors import LetterError
from perfeval.letters.form import Form
from perfeval.letters.letter_template import built_in

MARK = "perfeval 反馈函"
"""Stands in the properties of every letter, by which a later run knows its own."""
SAMPLE: dict[str, Any] = {
    "单位": "某县某局", "部门": "某部门", "年度": "2023", "材料": "自评报告.docx", "条数": 1, "期限": 5, "日期": "2024年5月6日",
    "无法读取": [{"序号": 1, "文件": "附表.pdf", "原因": "文件设有打开密码，请提供不加密的版本。"}],
    "问题清单": [{
        "序号": 1, "标题": "预算执行率", "要求": "请核实并更正", "位置": "第3页", "文件": "自评报告.docx", "意见": "经复算不一致，请核实。", "原文": "执行率97.90%",
        "公式": "执行数 ÷ 预算数", "报告数": "97.90%", "复算数": "95.00%", "差额": "2.90%", "依据": "财预〔2020〕10号", "共性": 1,
    }],
}  # fmt: skip
"""Every placeholder with what might stand for it."""
NEEDED = (
    ("单位", "{{ 单位 }}", SAMPLE["单位"]), ("问题清单", "{%p for 问题 in 问题清单 %} … {{ 问题.意见 }} … {%p endfor %}", SAMPLE["问题清单"][0]["意见"]),
    ("无法读取", "{%p for 文件 in 无法读取 %} … {{ 文件.原因 }} … {%p endfor %}", SAMPLE["无法读取"][0]["原因"]),
)  # fmt: skip
"""Without these a letter would not say to whom it goes or what about."""


def template(path: Path | None) -> Callable[[dict[str, Any]], bytes]:
    """What makes a letter of its contents; ``LetterError`` where the template is no good, before any letter is made."""
    if path is None:
        return Form(built_in(), MARK).filled
    data = _read(path)
    try:
        form = Form(data, MARK)
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise LetterError(f"函件模板“{path.name}”不是 Word 文件（.docx）：请用 Word 或 WPS 另存为 .docx。") from error
    _checked(path.name, data, form)
    return form.filled


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LetterError(f"无法读取函件模板“{path}”（{error.strerror or error}）：请检查路径和权限。") from error


def _checked(name: str, data: bytes, form: Form) -> None:
    """Fills the template with a sample and says in one sentence what a person has to mend."""
    for paragraph in _paragraphs(data):
        if any(paragraph.count(left) != paragraph.count(right) for left, right in (("{{", "}}"), ("{%", "%}"))):
            raise LetterError(_unfinished(name, f"“{paragraph[:30]}”"))
    try:
        if unknown := sorted(form.names() - set(SAMPLE)):
            raise LetterError(_unknown(name, unknown[0], SAMPLE))
        words = "".join(_paragraphs(form.filled(SAMPLE)))
    except UndefinedError as error:
        raise LetterError(_unknown(name, *_attribute(str(error)))) from error
    except TemplateSyntaxError as error:
        raise LetterError(_unfinished(name, str(error.message))) from error
    except (TemplateError, TypeError, ValueError, SyntaxError) as error:
        raise LetterError(f"函件模板“{name}”不能使用（{error}）：请从 perfeval letter-template 保存的模板改起。") from error
    for placeholder, wording, sample in NEEDED:
        if sample not in words:
            raise LetterError(f"函件模板“{name}”缺少占位符“{placeholder}”：请在正文中写入 {wording}")


def _unfinished(name: str, what: str) -> str:
    return f"函件模板“{name}”中有没有写完整的占位符（{what}）：请检查双花括号和 for、if、endfor、endif 是否成对。"


def _unknown(name: str, word: str, known: dict[str, Any]) -> str:
    near = get_close_matches(word, known, 1, 0.4)
    guess = f"，是否应为“{near[0]}”" if near else ""
    return f"函件模板“{name}”中有不认识的占位符“{word}”{guess}；可用的有：{'、'.join(known)}。"


def _attribute(message: str) -> tuple[str, dict[str, Any]]:
    """The part of 问题 or 文件 that Jinja did not find: ``'dict object' has no attribute '意间'``."""
    word = message.rstrip("'").rpartition("'")[2]
    parts = {**SAMPLE["问题清单"][0], **SAMPLE["无法读取"][0]}
    return word, parts if "attribute" in message else SAMPLE


def _paragraphs(data: bytes) -> list[str]:
    """The words of every paragraph of a Word file, also in tables and text boxes."""
    body = Document(io.BytesIO(data)).element.body
    return ["".join(part.text or "" for part in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))]
