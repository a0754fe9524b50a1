"""Why a file could not be read, in words that tell an auditor what to do next."""

from __future__ import annotations

from extractor.model.report import Unreadable

ERRORS: dict[str, str] = {
    "not_found": "找不到文件，请检查路径和文件名是否正确。",
    "is_directory": "这是一个文件夹，请指定其中的报告文件。",
    "permission_denied": "没有读取这个文件的权限，请调整文件权限或关闭正在占用它的程序后再试。",
    "io_error": "读取文件时出错（{reason}），请把文件复制到本机磁盘后再试。",
    "no_readable_file": "其中 {count} 个文件都不能读取，请逐个查看原因（见说明），或单独核对其中的报告。",
    "empty_file": "文件是空的，请向报送单位重新索取。",
    "unsupported_type": "这是{kind}，目前不能直接读取；{advice}。",
    "encrypted": "文件设有打开密码，请用密码打开后另存为不加密的 PDF 再试。",
    "damaged": "文件已损坏，无法打开，请向报送单位重新索取，或用原软件重新导出 PDF。",
    "truncated": "文件不完整（可能下载或拷贝中断），请重新下载或重新索取。",
    "no_text_layer": "全部 {pages} 页都没有文字层，看起来是扫描件；请先做 OCR 识别成可检索的 PDF，或索取电子版原件。",
    "zero_pages": "文件中没有任何页面，请用原软件重新导出 PDF。",
    "wrong_encoding": "无法识别文件内容的编码，或不是文字文件；请用记事本另存为 UTF-8 编码的文本后再试。",
    "too_large": "文件超出可处理的范围（{size}，上限 {limit}），请拆分后分别处理。",
}
"""Every code with its sentence. Codes are stable: they stand in stored audits."""


class Refused(Exception):
    """Raised inside a reader for a file that cannot be read; ``extractor.readers`` turns it into ``Document.error``."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.error = unreadable(code, **details)


def unreadable(code: str, **details: object) -> Unreadable:
    """The error of that code, its sentence filled with the details."""
    return Unreadable(code, ERRORS[code].format(**details))
