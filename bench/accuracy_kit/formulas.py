"""The small language that templates write their figures in: draws, and formulas over ``Decimal``."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, getcontext
from functools import cache
from random import Random

getcontext().prec = 60
Value = Decimal | str
GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))
OPERATORS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_mode = [ROUND_HALF_UP]


@contextmanager
def truncating() -> Iterator[None]:
    """Within it every formula cuts digits off instead of rounding them."""
    _mode.append(ROUND_DOWN)
    try:
        yield
    finally:
        _mode.pop()


def rounded(value: Decimal, places: Decimal | int) -> Decimal:
    """The value with so many decimals, half up unless within ``truncating``."""
    return value.quantize(Decimal(1).scaleb(-int(places)), _mode[-1])


def cut(value: Decimal, places: Decimal | int) -> Decimal:
    """The value with the digits behind so many decimals cut off."""
    return value.quantize(Decimal(1).scaleb(-int(places)), ROUND_DOWN)


def pct(ratio: Decimal, places: Decimal | int = 2) -> Decimal:
    """A ratio as per cent."""
    return rounded(ratio * 100, places)


def grade(score: Decimal) -> str:
    """The grade by 90, 80 and 60."""
    return next(word for bound, word in GRADES if score >= bound)


FUNCTIONS: dict[str, Callable[..., Value]] = {"round": rounded, "cut": cut, "pct": pct, "min": min, "max": max, "abs": abs, "grade": grade}


class Draws:
    """What a report is free to be; the same random numbers give the same report."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def money(self, low: Decimal, high: Decimal, places: Decimal | int = 2) -> Decimal:
        """An amount."""
        step = 10 ** int(places)
        return Decimal(self.random.randint(int(low * step), int(high * step))) / step + Decimal(0).scaleb(-int(places))

    def count(self, low: Decimal, high: Decimal) -> Decimal:
        """A number of things."""
        return Decimal(self.random.randint(int(low), int(high)))

    def part(self, whole: Decimal, low: Decimal, high: Decimal) -> Decimal:
        """A part of an amount or a number, printed as finely as the whole."""
        return (whole * Decimal(self.random.randint(int(low * 10000), int(high * 10000))) / 10000).quantize(whole, ROUND_HALF_UP)

    def pick(self, *values: Decimal) -> Decimal:
        """One of the values."""
        return self.random.choice(values)


EXACT_DRAWS = ("count", "pick")


@cache
def parsed(expression: str) -> ast.expr:
    """The tree of a formula."""
    return ast.parse(expression.strip(), mode="eval").body


@cache
def names_of(expression: str) -> tuple[str, ...]:
    """The figures that a formula asks for, in their order, each once."""
    called = {id(node.func) for node in ast.walk(parsed(expression)) if isinstance(node, ast.Call)}
    found = (node for node in ast.walk(parsed(expression)) if isinstance(node, ast.Name) and id(node) not in called)
    return tuple(dict.fromkeys(node.id for node in sorted(found, key=lambda node: (node.lineno, node.col_offset))))


def evaluated(expression: str, values: Mapping[str, Value], draws: Draws | None = None) -> Value:
    """What a formula comes to."""
    return _value(parsed(expression), values, draws)


def _value(node: ast.expr, values: Mapping[str, Value], draws: Draws | None) -> Value:
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.UnaryOp):
        return -_number(_value(node.operand, values, draws))
    if isinstance(node, ast.BinOp):
        left, right = (_number(_value(side, values, draws)) for side in (node.left, node.right))
        return OPERATORS[type(node.op)](left, right)
    assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name), ast.dump(node)
    function = FUNCTIONS.get(node.func.id) or getattr(draws, node.func.id)
    return function(*(_value(part, values, draws) for part in node.args))


def _number(value: Value) -> Decimal:
    assert isinstance(value, Decimal)
    return value


def addends(expression: str) -> tuple[str, ...]:
    """The names of a formula that only adds and takes away figures; nothing for any other."""
    nodes = list(ast.walk(parsed(expression)))
    plain = all(isinstance(node, ast.BinOp | ast.Name | ast.Add | ast.Sub | ast.Load) for node in nodes)
    return names_of(expression) if plain and len(nodes) > 2 else ()


def replaced(expression: str, name: str, by: str) -> str:
    """The formula with another formula in the place of a figure."""

    class _Swap(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return parsed(by) if node.id == name else node

    return ast.unparse(_Swap().visit(ast.parse(expression.strip(), mode="eval").body))


def called(expressions: Iterable[str]) -> set[str]:
    """The functions that formulas call."""
    nodes = (node for expression in expressions for node in ast.walk(parsed(expression)))
    return {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
