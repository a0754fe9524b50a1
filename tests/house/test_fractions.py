"""Exact numbers are made of whole numbers or of ``Decimal``, never of strings: quicktions spoils memory with some of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _is_words(made_of: ast.expr) -> bool:
    """Whether an expression is a string for all that it shows: written out, str(…), match["number"], words.replace(…)."""
    if isinstance(made_of, ast.Call):
        called = made_of.func
        return (isinstance(called, ast.Name) and called.id == "str") or (isinstance(called, ast.Attribute) and called.attr in ("replace", "strip", "group"))
    of_match = isinstance(made_of, ast.Subscript) and isinstance(made_of.slice, ast.Constant) and isinstance(made_of.slice.value, str)
    return of_match or isinstance(made_of, ast.JoinedStr) or (isinstance(made_of, ast.Constant) and isinstance(made_of.value, str))


def _made_of_words(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Fraction" and node.args and _is_words(node.args[0]):
            yield node.lineno


def test_no_fraction_is_made_of_words() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for package in ("extractor", "verifier", "perfeval") for path in sorted((ROOT / package).rglob("*.py"))
        for line in _made_of_words(path.read_text(encoding="utf-8"))
    ]  # fmt: skip

    assert found == []
    assert list(_made_of_words('Fraction("7")\nFraction(str(x))\nFraction(m["n"])\nFraction(7)\n')) == [1, 2, 3]
