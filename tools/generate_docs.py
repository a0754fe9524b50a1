"""Writes what is generated: docs/rules, docs/glossary.md, and the help and demo in README.md. ``--check`` only compares."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from extractor.model.fields import FIELDS, SCOPES, lexicon  # noqa: E402 - the checkout, not an installed copy
from perfeval.render.rule_page import page  # noqa: E402
from verifier.audit import LABELS  # noqa: E402
from verifier.rule import catalogue  # noqa: E402

COMMANDS = ("verify", "audit", "letters", "letter-template", "export", "books", "compare", "baseline", "sample", "extract", "rules", "explain", "schemes", "schema")
DEMO_LINES = 34


def rule_pages() -> dict[Path, str]:
    """A page a rule and the index."""
    rules = catalogue()
    pages = {ROOT / "docs/rules" / f"{rule.code}.md": page(rule) for rule in rules}
    active = sum(rule.status == "active" for rule in rules)
    lines = [
        "# 核查规则",
        "",
        f"共{len(rules)}条，已实现{active}条，规划中{len(rules) - active}条。",
        "",
        "| 编号 | 名称 | 等级 | 状态 | 公式 |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| [{r.code}]({r.code}.md) | {r.title} | {LABELS[r.severity]} | {'已实现' if r.status == 'active' else '规划中'} | {r.formula.replace('|', chr(92) + '|')} |"
        for r in rules
    ]
    pages[ROOT / "docs/rules/README.md"] = "\n".join(lines) + "\n"
    return pages


def glossary() -> str:
    """Fields and scopes with the words that name them."""
    lines = [
        "# 术语",
        "",
        "由 `extractor/model/fields.py` 和 `extractor/lexicon/` 生成。",
        "",
        "| 中文 | 字段 | 含义 | 单位 | 报告中的写法 |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| {f.title} | `{f.name}` | {f.definition} | {f.unit} | {'、'.join(f.aliases)} |" for f in FIELDS]
    lines += ["", "## 范围", "", "| 中文 | 代码 | 报告中的写法 |", "|---|---|---|"]
    lines += [f"| {SCOPES.get(name, words[0])} | `{name}` | {'、'.join(words)} |" for name, words in lexicon("scopes").items()]
    return "\n".join(lines) + "\n"


def _output(*arguments: str) -> str:
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    done = subprocess.run([sys.executable, "-m", "perfeval", *arguments], capture_output=True, check=False, cwd=ROOT, env=environment)
    return done.stdout.decode("utf-8").rstrip()


def readme(text: str) -> str:
    """README with the marked places filled anew."""
    helps = [f"```text\n$ perfeval --help\n{_output('--help')}\n```"]
    helps += [f"```text\n$ perfeval {name} --help\n{_output(name, '--help')}\n```" for name in COMMANDS]
    demo = next((ROOT / "fixtures/demo").glob("*.txt")).relative_to(ROOT)
    shown = "\n".join(_output("verify", str(demo)).splitlines()[:DEMO_LINES])
    fills = {"help": "\n\n".join(helps), "demo": f"```text\n{shown}\n…\n```"}
    for name, body in fills.items():
        start, end = f"<!-- generated:{name} -->", "<!-- /generated -->"
        text = re.sub(rf"{re.escape(start)}.*?{re.escape(end)}", lambda _, s=start, b=body, e=end: f"{s}\n{b}\n{e}", text, flags=re.S)
    return text


def wanted() -> dict[Path, str]:
    """Every generated file with what it should hold."""
    path = ROOT / "README.md"
    return {**rule_pages(), ROOT / "docs/glossary.md": glossary(), path: readme(path.read_text(encoding="utf-8"))}


def main() -> int:
    """Writes or compares; the exit code is 1 where something is stale."""
    files = wanted()
    stale = [p for p, text in files.items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    stale += [p for p in (ROOT / "docs/rules").glob("*.md") if p not in files]
    if "--check" in sys.argv:
        for path in stale:
            print(f"stale: {path.relative_to(ROOT)} (make docs)")
        return 1 if stale else 0
    for path in stale:
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8", newline="\n")
        else:
            path.unlink()
    print(f"{len(stale)} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
