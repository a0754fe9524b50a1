"""The letter that a bureau gets where it brings no template of its own; it may be saved, changed in Word and brought back."""

from __future__ import annotations

from typing import Any

from docx.shared import Mm, Pt

from perfeval.letters.paper import WIDTH, keep_together, saved, sheet_of_paper, table, write

LABELS_WIDTH = 26
ROWS = (
    ("核查意见", "{{ 问题.意见 }}{% if 问题.共性 %}（本条属共性问题，见《共性问题通报》第{{ 问题.共性 }}条）{% endif %}"),
    ("{%tr if 问题.原文 %}", ""),
    ("原文", "“{{ 问题.原文 }}”"),
    ("{%tr endif %}", ""),
    ("计算公式", "{{ 问题.公式 }}"),
    ("{%tr if 问题.报告数 or 问题.复算数 %}", ""),
    ("数据", "报告数：{{ 问题.报告数 or '—' }}　复算数：{{ 问题.复算数 or '—' }}{% if 问题.差额 %}　差额：{{ 问题.差额 }}{% endif %}"),
    ("{%tr endif %}", ""),
    ("依据", "{{ 问题.依据 }}"),
    ("单位回复", "□ 已更正　□ 情况说明：\n\n"),
)
"""What a letter says of every finding, and the room for the reply."""


def built_in() -> bytes:
    """The template as a Word file."""
    document = sheet_of_paper("反馈函")
    write(document, "关于{% if 年度 %}{{ 年度 }}年度{% endif %}绩效自评核查情况的反馈函", "Title", align="center")
    write(document, "", indent=False)
    write(document, "{{ 单位 }}：", indent=False)
    write(document, "对你单位报送的绩效自评材料（{{ 材料 }}）进行了数据核对和复算，有{{ 条数 }}个事项需要核实、说明或补充，现予反馈。"
          "所列为数字之间、数字与说明之间不一致或资料不全之处，以原始凭证和批复文件为准。")  # fmt: skip
    write(document, "请于收到本函之日起{{ 期限 }}个工作日内逐条回复；需要更正的，请一并报送更正后的材料。")
    _unreadable(document)
    _findings(document)
    _end(document)
    return saved(document)


def _unreadable(document: Any) -> None:
    write(document, "{%p if 无法读取 %}")
    _head(document, "需要重新报送的材料")
    write(document, "{%p for 文件 in 无法读取 %}")
    write(document, "{{ 文件.序号 }}．“{{ 文件.文件 }}”：{{ 文件.原因 }}")
    write(document, "{%p endfor %}")
    write(document, "{%p endif %}")


def _findings(document: Any) -> None:
    write(document, "{%p if 问题清单 %}")
    _head(document, "需要核实、说明或补充的事项")
    write(document, "{%p for 问题 in 问题清单 %}")
    about = write(document, "{{ 问题.序号 }}．{{ 问题.标题 }}（{{ 问题.要求 }}）", indent=False)
    about.paragraph_format.keep_with_next, about.paragraph_format.space_before = True, Pt(10)
    where = write(document, "位置：{{ 问题.位置 }}", indent=False, size=12, line=20)
    where.paragraph_format.keep_with_next = True
    made = table(document, ROWS, (LABELS_WIDTH, WIDTH - LABELS_WIDTH), head=False)
    made.rows[-1].height = Mm(22)
    keep_together(made)
    write(document, "{%p endfor %}")
    write(document, "{%p endif %}")


def _end(document: Any) -> None:
    write(document, "", indent=False)
    write(document, "单位负责人（签字）：　　　　　　　　填报人：　　　　　　　　（单位盖章）", indent=False, size=12).paragraph_format.keep_with_next = True
    write(document, "{{ 日期 }}", align="right")


def _head(document: Any, words: str) -> None:
    write(document, words, "Heading 1").paragraph_format.space_before = Pt(12)
