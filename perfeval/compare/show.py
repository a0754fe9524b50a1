"""A comparison in words, and as plain values for programs."""

from __future__ import annotations

from typing import Any, TextIO

from perfeval._version import __version__
from perfeval.compare.compare import STATES, Change, Compared, Comparison, State
from perfeval.render.layout import plain, wrap
from verifier.audit import LABELS

SCHEMA = "perfeval-compare/1"
WIDTH = 80
ORDER: tuple[State, ...] = ("open", "new", "fixed")


def write(found: list[Comparison], out: TextIO) -> None:
    """Prints every comparison for a person: what is still open first."""
    for index, comparison in enumerate(found):
        out.write("\n" if index else "")
        _comparison(comparison, out)


def _comparison(found: Comparison, out: TextIO) -> None:
    new = found.new
    out.write(f"■ {plain(found.old['path'])} → {plain(new['path'])}\n")
    year = f"{new['fiscal_year']}年度" if new["fiscal_year"] else "年度未识别"
    out.write(wrap(f"{new['unit_name'] or '单位未识别'} · {year}", WIDTH, "  ") + "\n")
    for note in found.notes:
        out.write(wrap(f"注意：{note}", WIDTH, "  ") + "\n")
    for state in ORDER:
        chosen = found.of(state)
        out.write(f"\n【{STATES[state]}】{len(chosen)}条\n")
        for number, compared in enumerate(chosen, start=1):
            _finding(number, compared, out)
    _changes(found, out)
    out.write("\n" + wrap(summary(found), WIDTH, "") + "\n")


def _finding(number: int, compared: Compared, out: TextIO) -> None:
    finding = compared.finding
    place = finding["where"] or "全文"
    mark = "〔豁免〕" if finding["waiver"] else ""
    detail = f"；{compared.detail}" if compared.detail else ""
    first = f"{number}. {mark}{LABELS[finding['severity']]} {finding['rule']} {finding['title']}（{place}）{detail}"
    out.write(wrap(first, WIDTH, "    ", first=" ") + "\n")
    if compared.state != "fixed":
        out.write(wrap(f"意见：{finding['message']}", WIDTH, "          ", first="    ") + "\n")


def _changes(found: Comparison, out: TextIO) -> None:
    unasked = found.because("unasked")
    out.write(f"\n【未要求而改动的数字】{len(unasked)}个\n")
    for number, change in enumerate(unasked, start=1):
        out.write(wrap(f"{number}. {_change(change)}", WIDTH, "    ", first=" ") + "\n")
    follows = found.because("follows")
    if follows:
        shown = "、".join(f"{change.old['text']}→{change.new['text']}" for change in follows)
        out.write(wrap(f"随所改数字一并改动：{shown}。", WIDTH, "  ") + "\n")
    if found.removed or found.added:
        out.write(wrap(f"另有{len(found.removed)}个数字删去或所在文字改写，{len(found.added)}个数字新增。", WIDTH, "  ") + "\n")


def _change(change: Change) -> str:
    where = change.new["where"] or change.new["section"] or "全文"
    return f"{change.old['text']}→{change.new['text']}（{where}）“{change.new['quote']}”"


def summary(found: Comparison) -> str:
    """The counts in one sentence."""
    counts = "、".join(f"{STATES[state]}{len(found.of(state))}条" for state in ("fixed", "open", "new"))
    return f"{counts}；未要求而改动的数字{len(found.because('unasked'))}个。"


def as_values(found: list[Comparison]) -> dict[str, Any]:
    """All comparisons as plain values; findings and figures are those of the contract."""
    return {"schema": SCHEMA, "generator": {"name": "perfeval", "version": __version__}, "comparisons": [_values(comparison) for comparison in found]}


def _values(found: Comparison) -> dict[str, Any]:
    states: tuple[State, ...] = ("fixed", "open", "new")
    return {
        "old": _file(found.old), "new": _file(found.new), "notes": found.notes,
        "findings": [{"state": c.state, "detail": c.detail, "finding": c.finding, "was": c.was} for c in found.findings],
        "figures": [{"why": change.why, "old": change.old, "new": change.new} for change in found.changes],
        "removed": [figure["id"] for figure in found.removed], "added": [figure["id"] for figure in found.added],
        "summary": {**{state: len(found.of(state)) for state in states}, "unasked": len(found.because("unasked"))},
    }  # fmt: skip


def _file(document: dict[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in ("path", "sha256", "unit_name", "fiscal_year", "kind", "title")}
