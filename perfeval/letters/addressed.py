"""What goes into the letter of one unit, or why it gets none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from perfeval.letters.findings import REQUESTS, Mistake, asks, mistake_of
from perfeval.letters.judged import Judged
from perfeval.letters.paper import clean
from perfeval.letters.survey import NO_UNIT
from perfeval.render.words import place
from perfeval.store.records import Filed
from verifier.audit import Finding

HAND_IN_AGAIN = {
    "empty_file": "文件是空的，请重新报送。",
    "encrypted": "文件设有打开密码，请提供不加密的版本。",
    "damaged": "文件无法打开，请用原软件重新导出后报送。",
    "truncated": "文件不完整，请重新报送。",
    "no_text_layer": "文件是扫描件，没有可检索的文字，请同时报送电子版原件（Word、Excel 或可检索的 PDF）。",
    "zero_pages": "文件中没有页面，请重新导出后报送。",
    "wrong_encoding": "文件内容的编码无法识别，请用 Word、Excel 或 PDF 报送。",
    "too_large": "文件过大，请拆分后报送。",
}
"""Reasons that a unit can mend; all others are the bureau's own affair."""


@dataclass(slots=True)
class Addressed:
    """A unit with what it has to answer: findings, and files to hand in again."""

    department: str
    unit: str
    asked: list[tuple[Filed, Finding]] = field(default_factory=list)
    again: list[Filed] = field(default_factory=list)
    files: list[Filed] = field(default_factory=list)

    def names(self) -> dict[str, str]:
        """Every file by its path: its name, or where two of the unit have one name, the path below the department."""
        bare = {filed.path: PurePosixPath(filed.path).name for filed in self.files}
        often = Counter(bare.values())
        return {path: clean(name if often[name] == 1 else path.removeprefix(f"{self.department}/")) for path, name in bare.items()}

    def silent(self, common: Mapping[Mistake, int]) -> str:
        """Why the unit gets no letter, empty where it gets one. An error always goes to the unit itself."""
        if not self.asked and not self.again:
            return "没有需要回复的事项"
        numbers = [common.get(mistake_of(finding)) for _, finding in self.asked]
        if self.again or None in numbers or any(finding.severity == "error" for _, finding in self.asked):
            return ""
        return "全部事项见《共性问题通报》第" + "、".join(str(number) for number in sorted(set(filter(None, numbers)))) + "条"

    def count(self, severity: str) -> int:
        """How many findings of a severity there are to answer."""
        return sum(finding.severity == severity for _, finding in self.asked)


def addressed(files: Iterable[Judged]) -> Iterator[Addressed]:
    """Every unit of a run, one at a time."""
    for (department, unit), group in groupby(files, lambda one: (one.filed.department, one.filed.unit)):
        one = Addressed(department, unit)
        for filed, findings, _ in group:
            one.files.append(filed)
            one.asked += [(filed, finding) for finding in findings if asks(finding)]
            if filed.error_code in HAND_IN_AGAIN:
                one.again.append(filed)
        yield one


def contents(one: Addressed, common: Mapping[Mistake, int], term: int, day: str) -> dict[str, Any]:
    """What stands in the places of a template."""
    years = Counter(str(filed.fiscal_year) for filed in one.files if filed.fiscal_year)
    names = one.names()
    return {
        "单位": clean(one.unit) or f"（{NO_UNIT}）", "部门": clean(one.department), "年度": years.most_common(1)[0][0] if len(years) == 1 else "",
        "材料": _listed([names[filed.path] for filed in one.files]), "条数": len(one.asked) + len(one.again), "期限": term, "日期": day,
        "无法读取": [{"序号": number, "文件": names[filed.path], "原因": HAND_IN_AGAIN[str(filed.error_code)]} for number, filed in enumerate(one.again, 1)],
        "问题清单": [_item(number, names[filed.path], finding, common, alone=len(one.files) == 1) for number, (filed, finding) in enumerate(one.asked, 1)],
    }  # fmt: skip


def _listed(names: list[str]) -> str:
    """The first few names, and how many there are in all."""
    return "、".join(names[:3]) + (f"等{len(names)}个文件" if len(names) > 3 else "")


def _item(number: int, file: str, finding: Finding, common: Mapping[Mistake, int], *, alone: bool) -> dict[str, Any]:
    words = {
        "标题": finding.title, "要求": REQUESTS[finding.severity], "位置": _where(finding, "" if alone else file), "意见": finding.message,
        "原文": finding.quote if finding.figures else "", "公式": finding.formula, "报告数": finding.stated, "复算数": finding.recomputed,
        "差额": finding.difference, "依据": finding.basis,
    }  # fmt: skip
    return {"序号": number, "文件": file, "共性": common.get(mistake_of(finding), ""), **{key: clean(value or "") for key, value in words.items()}}


def _where(finding: Finding, file: str) -> str:
    """第3页 · 二、收支；另见 …, after the name of the file where the unit handed in several."""
    where = "；".join((place(finding), *(f"另见 {other}" for other in finding.also_at)))
    return f"“{file}” {where}" if file else where
