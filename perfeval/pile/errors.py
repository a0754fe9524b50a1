"""Why a file of a pile has no audit, beside what the readers say (``extractor.readers.errors``)."""

from __future__ import annotations

from typing import Any

from extractor.model.report import Unreadable

ERRORS: dict[str, str] = {
    "timeout": "核对超过 {seconds:g} 秒仍未完成，已停止；可用 --timeout 放宽时间后再试，或单独核对这个文件。",
    "memory": "核对需要的内存超过 {megabytes} MB，已停止；可用 --memory 放宽后再试，或拆分文件。",
    "crashed": "读取这个文件时程序异常退出，文件可能已损坏；请用原软件打开后重新导出，其他文件不受影响。",
    "link": "这是指向别处的链接，没有跟随；请把文件本身放进文件夹。",
    "special": "这是设备或管道，不是普通文件，没有读取。",
    "folder": "无法打开这个文件夹（{reason}），其中的文件没有核对；请调整权限后再运行一次。",
}
"""Every code with its sentence. Codes are stable: they stand in stored audits."""
LABELS: dict[str, str] = {
    "timeout": "超时", "memory": "内存超限", "crashed": "异常退出", "link": "链接", "special": "不是普通文件", "folder": "打不开的文件夹",
    "not_found": "找不到", "permission_denied": "没有权限", "io_error": "读取出错", "empty_file": "空文件", "unsupported_type": "类型不支持",
    "encrypted": "有密码", "damaged": "已损坏", "truncated": "不完整", "no_text_layer": "扫描件", "zero_pages": "没有页面",
    "wrong_encoding": "编码不明", "too_large": "过大", "internal_error": "程序出错",
}  # fmt: skip
"""Every reason in a word, for counts."""
BY_LIMITS = ("timeout", "memory", "crashed")
"""What another limit may mend; these hold only for the limits under which they came about."""
PASSING = ("not_found", "permission_denied", "io_error", "unsupported_type", "internal_error")
"""What may be mended without a change of the file (a permission, LibreOffice installed); looked at anew in every run."""


def refused(code: str, **details: object) -> Unreadable:
    """The error of that code, its sentence filled with the details."""
    return Unreadable(code, ERRORS[code].format(**details))


def document(path: str, sha256: str, error: Unreadable) -> dict[str, Any]:
    """A file without an audit as a document of the contract."""
    from extractor.model.report import Report
    from perfeval.output import document as as_document
    from verifier.audit import Audit

    return as_document(Audit(Report(path, sha256, "unknown", 0, "unreadable", error), ""))
