"""A sample in words, and as plain values for programs."""

from __future__ import annotations

from itertools import groupby
from typing import Any, TextIO

from perfeval.render.layout import plain, wrap
from perfeval.sample import Sample

SCHEMA = "perfeval-sample/1"
WIDTH = 80


def write(found: Sample, total: int, seed: int, out: TextIO) -> None:
    """Prints the picks by department."""
    out.write(f"从{total}份报告中抽取{len(found.picks)}份（种子{seed}）\n")
    number = 0
    for department, picks in groupby(found.picks, key=lambda pick: pick.summary.department):
        out.write(f"\n【{plain(department)}】\n")
        for pick in picks:
            number += 1
            name = f"{number}. {pick.summary.unit or '单位未识别'}　{pick.summary.path}"
            out.write(wrap(name, WIDTH, "    ", first=" ") + "\n")
            out.write(wrap(pick.reason, WIDTH, "    ") + "\n")
    if found.missed:
        out.write("\n" + wrap(f"份数不足，未抽到的部门：{'、'.join(found.missed)}。", WIDTH, "") + "\n")


def as_values(found: Sample, total: int, seed: int) -> dict[str, Any]:
    """The sample as plain values."""
    return {
        "schema": SCHEMA, "documents": total, "seed": seed, "missed": list(found.missed),
        "picks": [
            {
                "path": pick.summary.path, "unit_name": pick.summary.unit, "department": pick.summary.department, "risk": pick.risk,
                "by_lot": pick.by_lot, "reason": pick.reason,
            }
            for pick in found.picks
        ],
    }  # fmt: skip
