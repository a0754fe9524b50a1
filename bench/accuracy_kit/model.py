"""A report's figures and what holds between them: drawn from a template's lines, exact to the last digit."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from random import Random

from bench.accuracy_kit.formulas import EXACT_DRAWS, Draws, Value, addends, called, evaluated, names_of, replaced, truncating

LINE = re.compile(r"(?:(?P<verb>hold|slip|words|listed|lawful|also)\s+)?(?P<rest>.+)")
ROWS = re.compile(r"\[(?P<first>\d+)-(?P<last>\d+)\]\s*(?P<line>.+)")
MOST_TIMES = 1000
"""A figure that has to be so many times larger is no likely one."""
MOST_CORNERS = 6
"""Of so many operands every combination of ends is tried, of more only all low and all high."""


def repeated(line: str) -> list[str]:
    """A line that begins with ``[1-5]`` five times over, with the number for each ``#``."""
    match = ROWS.match(line)
    if not match:
        return [line]
    return [match["line"].replace("#", str(number)) for number in range(int(match["first"]), int(match["last"]) + 1)]


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong way to come to a figure that people fall into: the kind of error and the formula."""

    kind: str
    name: str
    formula: str


@dataclass(slots=True)
class Plan:
    """The lines of a template before anything is drawn."""

    drawn: dict[str, str] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    holds: list[tuple[str, str]] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    lawful: dict[str, list[str]] = field(default_factory=dict)
    """Other formulas that a figure may lawfully follow."""
    also: dict[str, list[str]] = field(default_factory=dict)
    """Other formulas that a figure follows as well."""

    def read(self, line: str) -> None:
        """Takes in one line."""
        match = LINE.match(line)
        assert match, line
        verb, rest = match["verb"], match["rest"]
        if verb == "hold":
            left, right = rest.split("==")
            self.holds.append((left.strip(), right.strip()))
        elif verb == "slip":
            kind, said = rest.split(None, 1)
            name, formula = said.split("=", 1)
            self.slips.append(Slip(kind, name.strip(), formula.strip()))
        elif verb == "words":
            name, said = rest.split("=", 1)
            self.words[name.strip()] = [word.strip() for word in said.split(";")]
        elif verb == "listed":
            self.listed |= set(rest.split())
        elif verb in ("lawful", "also"):
            name, formula = rest.split("=", 1)
            (self.lawful if verb == "lawful" else self.also).setdefault(name.strip(), []).append(formula.strip())
        else:
            self._define(rest)

    def _define(self, line: str) -> None:
        """``name ~ draw`` or ``name = formula``; a later line of the same name takes the place of an earlier one."""
        name, sign, formula = re.split(r"\s*([~=])\s*", line, maxsplit=1)
        self.drawn.pop(name, None)
        self.derived.pop(name, None)
        if name not in self.order:
            self.order.append(name)
        (self.drawn if sign == "~" else self.derived)[name] = formula


@dataclass(frozen=True, slots=True)
class Relation:
    """``stated`` equals ``formula``; without ``stated`` (a constraint) it is the formula that equals ``constant``."""

    stated: str | None
    formula: str
    constant: Value | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every figure of it."""
        return tuple(dict.fromkeys([*([self.stated] if self.stated else []), *names_of(self.formula)]))


@dataclass(slots=True)
class Model:
    """The values of one report, and its relations."""

    plan: Plan
    values: dict[str, Value]
    exact: set[str]
    relations: list[Relation]

    def printed(self, names: Collection[str]) -> list[Relation]:
        """The relations whose figures all stand in the report, with figures that do not expressed by those that do."""
        opened = (self._opened(relation, names) for relation in self.relations)
        return [relation for relation in opened if len(relation.names) + (relation.constant is not None) > 1 and set(relation.names) <= set(names)]

    def _opened(self, relation: Relation, names: Collection[str]) -> Relation:
        formula = relation.formula
        while unseen := next((name for name in names_of(formula) if name not in names and name in self.plan.derived), None):
            formula = replaced(formula, unseen, self.plan.derived[unseen])
        return Relation(relation.stated, formula, relation.constant)

    def holds(self, relation: Relation, changed: Mapping[str, Value], steps: Mapping[str, Decimal]) -> bool:
        """Whether the relation holds with the figures as printed, for some values that print so, or cut instead of rounded."""
        values = {**self.values, **changed}
        stated = values[relation.stated] if relation.stated else relation.constant
        if isinstance(stated, str):
            return evaluated(relation.formula, values) == stated
        assert isinstance(stated, Decimal)
        others = self.plan.lawful.get(relation.stated or "", [])
        try:
            return any(self._prints(stated, Relation(relation.stated, formula), values, steps) for formula in [relation.formula, *others])
        except ArithmeticError:  # something by nought, where a figure was changed to it
            return False

    def _prints(self, stated: Decimal, relation: Relation, values: Mapping[str, Value], steps: Mapping[str, Decimal]) -> bool:
        """Whether some value that the formula comes to is printed as stated: rounded, or cut where it is no plain sum."""
        found = list(self._corners(relation, values, steps))
        whole = addends(relation.formula) or not names_of(relation.formula)
        half = self._half(relation.stated or "", steps) if whole else steps.get(relation.stated or "", Decimal(0)) / 2
        if addends(relation.formula):
            return min(found) - half <= stated <= max(found) + half
        return (stated >= min(found) or stated > min(found) - 2 * half) and stated <= max(found) + half

    def _half(self, name: str, steps: Mapping[str, Decimal]) -> Decimal:
        """Half a printed step; whole numbers are exact."""
        step = steps.get(name, Decimal(0))
        return Decimal(0) if name in self.exact or step >= 1 else step / 2

    def _corners(self, relation: Relation, values: Mapping[str, Value], steps: Mapping[str, Decimal]) -> Iterator[Decimal]:
        names = [name for name in names_of(relation.formula) if isinstance(values[name], Decimal)]
        ends = [[values[name] - self._half(name, steps), values[name] + self._half(name, steps)] for name in names]  # type: ignore[operator]
        corners: Iterable[tuple[Value, ...]] = product(*ends) if len(names) <= MOST_CORNERS else (tuple(end[0] for end in ends), tuple(end[1] for end in ends))
        for corner in [*corners, tuple(values[name] for name in names)]:
            moved = {**values, **dict(zip(names, corner, strict=True))}
            yield from _both_ways(lambda moved=moved: evaluated(relation.formula, moved))


def _both_ways(value: Callable[[], Value]) -> Iterator[Decimal]:
    """Rounded, and cut."""
    found = [value()]
    with truncating():
        found.append(value())
    yield from (one for one in found if isinstance(one, Decimal))


def solutions(relation: Relation, name: str, values: Mapping[str, Value], step: Decimal) -> Iterator[Decimal]:
    """Values of one figure, in its steps, with which a relation holds: about both ends of their range, and its middle."""
    stated = values[relation.stated] if relation.stated else relation.constant
    if name == relation.stated:
        found = evaluated(relation.formula, values)
        yield from (found.quantize(step),) if isinstance(found, Decimal) else ()
        return
    if isinstance(stated, str) or stated is None:
        return

    def beyond(count: int, strictly: bool) -> bool | None:
        try:
            found = evaluated(relation.formula, {**values, name: count * step})
        except ArithmeticError:
            return None
        assert isinstance(found, Decimal)
        return found > stated if strictly else found >= stated

    now = values[name]
    assert isinstance(now, Decimal)
    most = int(abs(now) / step + 1) * MOST_TIMES
    ends = [_turn(lambda count, strictly=strictly: beyond(count, strictly), most) for strictly in (False, True)]  # type: ignore[misc]
    for end in [end for end in ends if end is not None]:
        yield from ((end + near) * step for near in range(-2, 3) if end + near >= 0)
    if None not in ends:
        yield (ends[0] + ends[1]) // 2 * step  # type: ignore[operator]


def _turn(asked: Callable[[int], bool | None], most: int) -> int | None:
    """Where the answer of something monotonous turns, between one and ``most``."""
    low, high = 1, most
    first, last = asked(low), asked(high)
    if first is None or last is None or first == last:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if asked(middle) == first else (low, middle)
    return high


def drawn(plan: Plan, random: Random) -> Model:
    """One report of the plan."""
    draws, values, exact = Draws(random), {}, set()
    for name in plan.order:
        formula = plan.drawn.get(name) or plan.derived[name]
        values[name] = evaluated(formula, values, draws)
        calls = called([formula])
        plain = not calls or ("part" in calls and names_of(formula)[:1])
        counts = bool(calls & set(EXACT_DRAWS)) or (bool(plain) and set(names_of(formula)) <= exact)
        if counts:
            exact.add(name)
    relations = [Relation(name, formula) for name, formula in plan.derived.items() if names_of(formula)]
    relations += [Relation(name, formula) for name, formulas in plan.also.items() for formula in formulas]
    relations += [Relation(None, left, evaluated(right, values)) for left, right in plan.holds]
    relations += [Relation(name, str(values[name]), values[name]) for name in plan.listed]
    return Model(plan, values, exact, relations)
