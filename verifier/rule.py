"""What a rule is, and the catalogue of them.

A rule is a small function whose parameters name the figures it needs and whose body is the formula. It never compares,
rounds, words a message or handles a missing figure: the engine (``verifier.engine``) does that once for all.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from extractor.model.record import record
from verifier.audit import Severity

MOF_10 = "财预〔2020〕10号"
MOF_53 = "财预〔2013〕53号"
MOF_101 = "财预〔2021〕101号"
ARITHMETIC = "部门预决算报表勾稽关系"
PLATFORM = "预算管理一体化系统计算口径（非法定依据）"
GOAL_CHANGE = "财预〔2015〕88号"
MONITORING = "财预〔2019〕136号"

Example = tuple[str, ...]


@cache
def _parameters(formula: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(inspect.signature(formula).parameters)


@record(frozen=True, slots=True)
class Reading:
    """Another lawful way to the same figure. ``severity`` is what a report that needs it earns; ``None`` is nothing."""

    label: str
    formula: Callable[..., Any]
    code: str | None = None
    severity: Severity | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """The fields that the reading takes."""
        return _parameters(self.formula)


@dataclass(slots=True)
class Rule:
    """One entry of the catalogue."""

    code: str
    title: str
    severity: Severity
    formula: str
    basis: str
    exceptions: str = ""
    typical_causes: str = ""
    holds: tuple[Example, ...] = ()
    fails: tuple[Example, ...] = ()
    status: Literal["active", "planned"] = "active"
    doc: str = ""
    unless: str = ""
    """Words (a regular expression) beside the stated figure that name something the formula does not know."""
    each: str | None = None
    states: str | None = None
    function: Callable[..., Any] | None = None
    readings: tuple[Reading, ...] = ()
    needs: tuple[str, ...] = field(default=())

    @property
    def family(self) -> str:
        """The three letters before the number: BUD, RAT …"""
        return self.code.partition("-")[0]


_RULES: dict[str, Rule] = {}


def _register(entry: Rule) -> Rule:
    if entry.code in _RULES:
        raise ValueError(f"{entry.code} is declared twice")
    _RULES[entry.code] = entry
    return entry


def rule(
    code: str,
    title: str,
    *,
    each: str,
    states: str,
    formula: str,
    basis: str,
    severity: Severity = "error",
    exceptions: str = "",
    typical_causes: str = "",
    holds: tuple[Example, ...] = (),
    fails: tuple[Example, ...] = (),
    readings: tuple[Reading, ...] = (),
    unless: str = "",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares an equality: the field ``states`` of every subject of kind ``each`` equals the function of its fields."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        _register(
            Rule(
                code, title, severity, formula, basis, exceptions, typical_causes, holds, fails, "active",
                inspect.getdoc(function) or "", unless, each, states, function, readings,
                tuple(inspect.signature(function).parameters),
            )
        )  # fmt: skip
        return function

    return declare


def finding_rule(
    code: str, title: str, *, severity: Severity, formula: str, basis: str, exceptions: str = "", typical_causes: str = "",
    holds: tuple[Example, ...] = (), fails: tuple[Example, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # fmt: skip
    """Declares a rule that is no equality of fields: a generator of outcomes over the whole case."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        _register(
            Rule(
                code, title, severity, formula, basis, exceptions, typical_causes, holds, fails, "active",
                inspect.getdoc(function) or "", function=function,
            )
        )  # fmt: skip
        return function

    return declare


def part_of(code: str, title: str, *, severity: Severity, formula: str, basis: str, within: str) -> None:
    """Declares a code that another rule's reading or generator speaks under (``within``)."""
    _register(Rule(code, title, severity, formula, basis, doc=f"由 {within} 一并核对。"))


def planned(code: str, title: str, *, severity: Severity, formula: str, basis: str, why: str) -> None:
    """Lists a rule whose figures stand in tables or other files only; nothing checks it yet."""
    _register(Rule(code, title, severity, formula, basis, status="planned", doc=why))


@cache
def load() -> dict[str, Rule]:
    """All rules by code, every module of ``verifier.rules`` imported."""
    package = importlib.import_module("verifier.rules")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"verifier.rules.{module.name}")
    return _RULES


def catalogue() -> list[Rule]:
    """All rules in the order of their codes."""
    order = ("BUD", "RAT", "SCO", "WGT", "IND", "GRD", "CON", "STF", "TPE", "GPR", "AST", "POL", "PLA", "CMP", "REL", "TIE")
    return sorted(load().values(), key=lambda entry: (order.index(entry.family), entry.code))
