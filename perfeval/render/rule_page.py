"""One rule as a page, for ``perfeval explain`` and for ``docs/rules``."""

from __future__ import annotations

from verifier.audit import LABELS
from verifier.rule import Rule


def page(rule: Rule) -> str:
    """The rule in Markdown."""
    lines = [f"# {rule.code} {rule.title}", "", f"等级：{LABELS[rule.severity]}　状态：{'已实现' if rule.status == 'active' else '规划中'}", ""]
    lines += [f"公式：{rule.formula}", ""]
    if rule.doc:
        lines += [rule.doc, ""]
    if rule.readings:
        lines += ["合法口径（依次尝试）：", "", *(f"- {reading.label}" for reading in rule.readings), ""]
    if rule.exceptions:
        lines += [f"不判错的情形：{rule.exceptions}", ""]
    if rule.typical_causes:
        lines += [f"常见原因：{rule.typical_causes}", ""]
    for title, examples in (("相符的例子", rule.holds), ("不符的例子", rule.fails)):
        if examples:
            lines += [f"{title}（先报告数，后各操作数）：", "", *(f"- {'，'.join(example)}" for example in examples), ""]
    lines += [f"依据：{rule.basis}"]
    return "\n".join(lines) + "\n"
