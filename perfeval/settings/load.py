"""Reads perfeval.toml: TOML, then a pydantic model, and every error as a Chinese sentence with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from perfeval.settings.baseline import read_baseline
from perfeval.settings.model import Settings, SettingsError, WaiverRule
from verifier.audit import LABELS

if TYPE_CHECKING:
    from verifier.audit import Severity

Named = Literal["error", "warning", "notice", "info", "错误", "疑点", "提示", "说明"]
Path_ = Sequence[str | int]
MOST_BYTES = 1_000_000
"""A file of settings is written by hand."""


class _File(BaseModel):
    """What may stand in the file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    scheme: str | None = None
    schemes: dict[str, str] = {}
    severity: dict[str, Named] = {}
    columns: dict[str, str] = {}
    units: dict[str, str] = {}
    baseline: str | None = None
    waiver: list[dict[str, Any]] = []


class _Waiver(BaseModel):
    """What a ``[[waiver]]`` has to say."""

    model_config = ConfigDict(extra="forbid", strict=True)

    finding: str = ""
    rule: str = ""
    unit: str = ""
    year: int | None = None
    reason: str = Field(min_length=1)
    approver: str = Field(min_length=1)
    expires: date


def load(path: Path) -> Settings:
    """The settings in a file; ``SettingsError`` where they cannot be read. A waiver that is wrong only waives nothing."""
    text = _text(path)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} {_syntax(str(error))}") from None
    try:
        file = _File.model_validate(found)
    except ValidationError as error:
        raise SettingsError(_sentence(path, text, error)) from None
    _known_names(path, text, file)
    back = {label: key for key, label in LABELS.items()}
    severity: dict[str, Severity] = {code: back.get(name, name) for code, name in file.severity.items()}  # type: ignore[misc]
    baseline = path.parent / file.baseline if file.baseline else None
    return Settings(
        path, file.scheme, file.schemes, severity, file.columns, file.units,
        tuple(_waiver(text, number, entry) for number, entry in enumerate(file.waiver)), baseline, read_baseline(baseline) if baseline else (),
    )  # fmt: skip


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"读不到设置文件 {path}（{error.strerror}）：请检查 --config 的路径和权限。") from None
    if len(data) > MOST_BYTES:
        raise SettingsError(f"{path} 太大，不像是设置文件。")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(f"{path} 不是 UTF-8 编码：请在记事本中“另存为”，编码选 UTF-8。") from None


def _syntax(message: str) -> str:
    at = re.search(r"line (\d+), column (\d+)", message)
    where = f"第{at[1]}行第{at[2]}列" if at else "末尾"
    return f"{where}写法有误（TOML 格式）：文字要加英文双引号，如 reason = \"已核实\"；同一项不能写两次。"


def _sentence(path: Path, text: str, error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{path} 第{line_of(text, first['loc'])}行：{_what(first, _File)}。"


def _what(error: Any, model: type[BaseModel]) -> str:
    """One error of pydantic in Chinese."""
    name = ".".join(str(part) for part in error["loc"] if part != "[key]")
    kind = error["type"]
    if kind == "extra_forbidden":
        return f"不认识“{name}”，可用的有：{'、'.join(model.model_fields)}"
    if kind == "missing":
        return f"缺少 {name}"
    if kind.startswith("date"):
        return f"{name} 应为日期，如 2025-12-31（不加引号）"
    if kind == "literal_error":
        return f"“{name}”的值不对，可用的有：错误、疑点、提示、说明"
    if kind == "string_too_short":
        return f"{name} 不能为空"
    return f"“{name}”的值不对，应为{WANTED.get(kind, '另一种写法')}"


WANTED = {
    "string_type": "加英文双引号的文字", "dict_type": "一节（如 [severity] 之下逐行写）", "list_type": "若干节（每节以 [[waiver]] 开头）",
    "int_type": "整数（不加引号）",
}  # fmt: skip


def _known_names(path: Path, text: str, file: _File) -> None:
    """Codes of rules and ids of schemes that do not exist are mistakes of the pen, and would pass unseen."""
    from verifier.rule import catalogue
    from verifier.schemes import schemes

    codes = {rule.code for rule in catalogue()}
    usable = {entry.id for entry in schemes() if entry.enabled}
    for code in file.severity:
        if code not in codes:
            raise SettingsError(f"{path} 第{line_of(text, ('severity', code))}行：没有规则“{code}”，用 perfeval rules 查看全部编号。")
    named = [(("schemes", unit), scheme) for unit, scheme in file.schemes.items()] + ([(("scheme",), file.scheme)] if file.scheme else [])
    for place, scheme in named:
        if scheme not in usable:
            raise SettingsError(f"{path} 第{line_of(text, place)}行：没有可用的评分方案“{scheme}”，可用的有：{'、'.join(sorted(usable))}。")


def _waiver(text: str, number: int, entry: dict[str, Any]) -> WaiverRule:
    """One waiver; what is wrong with it is kept beside what could be read."""
    wrong = ""
    expires = entry.get("expires")
    try:
        _Waiver.model_validate(entry)
        if not entry.get("finding") and not entry.get("rule"):
            wrong = "没有写明对哪条问题（finding）或哪条规则（rule）"
    except ValidationError as error:
        wrong = "；".join(dict.fromkeys(_what(one, _Waiver) for one in error.errors()))
    words = {name: value if isinstance(value := entry.get(name), str) else "" for name in ("finding", "rule", "unit", "reason", "approver")}
    year = entry.get("year")
    return WaiverRule(
        **words, year=year if isinstance(year, int) else None, expires=expires if type(expires) is date else None,
        line=line_of(text, ("waiver", number)), wrong=wrong,
    )  # fmt: skip


def line_of(text: str, place: Path_) -> int:
    """The line, counted from 1, where a value stands in a TOML text; that of its table where it has none of its own.

    >>> line_of('[severity]\\n"RAT-01" = "x"', ("severity", "RAT-01"))
    2
    """
    table, *rest = [str(part) for part in place]
    count, inside, head = -1, False, 1
    wanted = int(rest.pop(0)) if rest and rest[0].isdigit() else 0
    key = rest[0] if rest else ""
    for number, line in enumerate(text.split("\n"), start=1):
        words = line.strip()
        if words.startswith("["):
            name = words.strip("[] ").split("#")[0].strip("] \"")
            count += name == table
            inside = name == table and count == wanted
            head = number if inside else head
        name = words.partition("=")[0].strip().strip("\"'")
        if (inside and key and name == key) or (count < 0 and not words.startswith("[") and name == table):
            return number
    return head
