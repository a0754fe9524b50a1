"""Errors as people make them: every kind, where it can be made in a report, and what relations it breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from random import Random

from bench.accuracy_kit.formulas import GRADES, Value, addends, evaluated, truncating
from bench.accuracy_kit.model import Relation, solutions
from bench.accuracy_kit.template import Piece, Written

LEAST = {"truncated_rate": "info", "wrong_base": "warning", "percentage_point": "warning", "list_count": "warning"}
"""What a finding must at least be where a lawful reading or habit comes close; all other kinds must be errors."""
HABITS = ("truncated_rate", "integer_score")
"""What some lawfully do; where nothing else contradicts it, it must be no error, and is counted apart."""
FEWEST = 3
"""A number of fewer digits is often another honest one after a slip."""
MONEY = re.compile(r"^(万元|亿元|元)")
TIMES = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}
HUNDRED = Decimal(100)


@dataclass(slots=True)
class Error:
    """A planted error. ``at`` is the changed piece, ``value`` what it now says in the model's unit."""

    kind: str
    at: int
    words: str
    value: Value
    changes: dict[int, str]
    broken: list[Relation] = field(default_factory=list)
    unlike: list[int] = field(default_factory=list)
    """Pieces that print the same figure and now differ from it."""
    least: str = "error"
    """How grave a finding must at least be."""
    pinned: bool = False
    """Whether the other relations leave no other single figure to blame."""


# ---------------------------------------------------------------------------------------------------------- slips of a hand


def _spelled(digits: str, like: str) -> str:
    """A plain number with thousands apart where the original had them."""
    return f"{Decimal(digits):,f}" if "," in like else digits


def _at_digits(words: str) -> list[int]:
    return [i for i, sign in enumerate(words) if sign.isdigit()]


def transposed(words: str, random: Random) -> str | None:
    """Two unlike digits side by side, swapped."""
    places = [(i, j) for i, j in zip(_at_digits(words), _at_digits(words)[1:], strict=False) if words[i] != words[j] and not (i == 0 and words[j] == "0")]
    if not places:
        return None
    i, j = random.choice(places)
    signs = list(words)
    signs[i], signs[j] = signs[j], signs[i]
    return "".join(signs)


def wrong_digit(words: str, random: Random) -> str | None:
    """One digit another."""
    i = random.choice(_at_digits(words))
    return words[:i] + random.choice([sign for sign in "123456789" if sign != words[i]]) + words[i + 1 :]


def dropped_digit(words: str, random: Random) -> str | None:
    """One digit missing."""
    i = random.choice(_at_digits(words)[1:])
    return words[:i] + words[i + 1 :]


def added_digit(words: str, random: Random) -> str | None:
    """One digit too many."""
    i = random.choice(_at_digits(words)) + 1
    return words[:i] + random.choice("123456789") + words[i:]


def doubled_digit(words: str, random: Random) -> str | None:
    """One digit typed twice."""
    i = random.choice(_at_digits(words))
    return words[:i] + words[i] + words[i:]


def point_moved(words: str, random: Random) -> str | None:
    """The point one place further on or back."""
    if "." not in words:
        return None
    return f"{Decimal(words).scaleb(random.choice((-1, 1))):f}"


def point_lost(words: str, random: Random) -> str | None:
    """No point at all."""
    return words.replace(".", "") if "." in words and words[0] != "0" else None


SLIPS: dict[str, Callable[[str, Random], str | None]] = {
    slip.__name__: slip for slip in (transposed, wrong_digit, dropped_digit, added_digit, doubled_digit, point_moved, point_lost)
}


def slips(report: Written, i: int, random: Random) -> Iterator[Error]:
    """One of each slip of a hand in a number."""
    piece = report.pieces[i]
    plain = piece.words.replace(",", "")
    if len(_at_digits(plain)) < FEWEST:
        return
    for kind, slip in SLIPS.items():
        if (words := slip(plain, random)) and re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d+)?", words):
            yield said(report, i, kind, _spelled(words, piece.words))


def said(report: Written, i: int, kind: str, words: str) -> Error:
    """The error that a piece has other words."""
    piece = report.pieces[i]
    value = Piece(words, piece.name, piece.scale).value * _sign(report, piece)
    return Error(kind, i, words, value, {i: words})


def _sign(report: Written, piece: Piece) -> int:
    value = report.model.values[piece.name]
    return -1 if isinstance(value, Decimal) and value < 0 else 1


# ------------------------------------------------------------------------------------------------------- units and directions


def units(report: Written, i: int, random: Random) -> Iterator[Error]:
    """Another unit behind the number; a ratio before the sign of per cent; points for per cent."""
    piece, after = report.pieces[i], report.pieces[i + 1].words if i + 1 < len(report.pieces) else ""
    if unit := MONEY.match(after):
        for other, kind in (("元", "wan_to_yuan"), ("亿元", "wan_to_yi")) if unit[1] == "万元" else (("万元", "yuan_to_wan"),):
            value = piece.value * _sign(report, piece) * TIMES[other] / TIMES[unit[1]]
            yield Error(kind, i, piece.words, value, {i + 1: other + after[len(unit[1]) :]})
    elif after.startswith("%"):
        ratio = Decimal(piece.words.replace(",", "")) / HUNDRED
        yield said(report, i, "ratio_for_percent", f"{ratio:f}")
        if re.match(r"pct\(.*_prev\)", report.model.plan.derived.get(piece.name, "").replace(" ", "")):
            yield Error("percentage_point", i, piece.words, piece.value / HUNDRED, {i + 1: "个百分点" + after[1:]})


def directions(report: Written, i: int) -> Iterator[Error]:
    """The opposite word."""
    piece = report.pieces[i]
    value = report.model.values[piece.name]
    if piece.turned and isinstance(value, Decimal) and value:
        yield Error("direction", i, piece.turned, -value, {i: piece.turned})


def grades(report: Written, i: int) -> Iterator[Error]:
    """The next grade above or below."""
    words = report.pieces[i].words
    ranks = [word for _, word in GRADES]
    if words in ranks:
        other = ranks[ranks.index(words) - 1] if words != ranks[0] else ranks[1]
        yield Error("grade_wrong", i, other, other, {i: other})


# ------------------------------------------------------------------------------------------------------ slips of the reckoning


def like(value: Decimal, piece: Piece) -> str:
    """A value as the piece would print it."""
    _, _, decimals = piece.words.partition(".")
    shown = (abs(value) * piece.scale).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    return f"{shown:,f}" if "," in piece.words else f"{shown:f}"


def reckoned(report: Written, i: int, random: Random) -> Iterator[Error]:
    """What comes of another formula: the template's own slips, and those that a formula's form allows."""
    piece, plan = report.pieces[i], report.model.plan
    formulas = [(slip.kind, slip.formula) for slip in plan.slips if slip.name == piece.name]
    formula = plan.derived.get(piece.name, "")
    if parts := addends(formula) if formula else ():
        left_out = [name for name in parts if report.model.values[name]]
        formulas += [("item_left_out", f"({formula}) - {random.choice(left_out)}")] if left_out else []
        formulas += [("total_not_sum", f"({formula}) + {random.choice((-1, 1)) * random.randint(2, 40)} * {piece.step}")]
    elif formula.startswith("pct("):
        formulas += [("rate_off", f"{piece.name} + {random.choice((-1, 1)) * random.randint(2, 60)} * {piece.step}")]
    if piece.name in plan.listed:
        formulas += [("list_count", f"{piece.name} + {random.choice((-1, 1))}")]
    if re.match(r"w\d*$|weight", piece.name):
        formulas += [("weights_not_100", f"{piece.name} + {random.choice((-2, 2, 5))}")]
    for kind, other in formulas:
        value = evaluated(other, report.model.values)
        if isinstance(value, Decimal) and value > 0:
            yield said(report, i, kind, like(value, piece))


def printing(report: Written, i: int) -> Iterator[Error]:
    """Digits cut off instead of rounded; whole points for points with decimals."""
    piece = report.pieces[i]
    formula = report.model.plan.derived.get(piece.name, "")
    if formula.startswith("pct(") and "." in piece.words:
        with truncating():
            cut = evaluated(formula, report.model.values)
        assert isinstance(cut, Decimal)
        yield said(report, i, "truncated_rate", like(cut, piece))
    if re.match(r"s\d*$|score", piece.name) and "." in piece.words:
        yield said(report, i, "integer_score", f"{piece.value.quantize(Decimal(1), ROUND_HALF_UP)}")


def strangers(report: Written, i: int, random: Random) -> Iterator[Error]:
    """The figure of another row or section, of the same unit; and for a figure that is printed twice, another one in one place."""
    piece = report.pieces[i]
    here = report.model.plan.derived.get(piece.name, "")
    same = [
        other for other in report.pieces
        if other.is_number and other.name != piece.name and other.scale == piece.scale and other.words != piece.words
        and _family(report, other) == _family(report, piece) and len(other.words) == len(piece.words)
    ]  # fmt: skip
    if same:
        yield said(report, i, "rate_of_other_row" if here.startswith("pct(") else "other_sections_value", random.choice(same).words)
    if sum(other.name == piece.name for other in report.pieces if other.is_number) > 1 and len(_at_digits(piece.words)) >= FEWEST:
        if (words := wrong_digit(piece.words.replace(",", ""), random)) is not None:
            yield said(report, i, "text_not_table" if report.template.has_tables else "repeat_differs", _spelled(words, piece.words))


def _family(report: Written, piece: Piece) -> str:
    """Rates, counts or amounts."""
    formula = report.model.plan.derived.get(piece.name, "")
    return "rate" if formula.startswith("pct(") else "count" if piece.name in report.model.exact else "amount"


# ----------------------------------------------------------------------------------------------------------------- all of them


def errors(report: Written, random: Random) -> list[Error]:
    """Every error that can be planted in the report, with what it breaks; the last of each changed piece and kind is kept once."""
    found: list[Error] = []
    for i, piece in enumerate(report.pieces):
        if not piece.name:
            continue
        found += directions(report, i)
        found += grades(report, i)
        if piece.is_number:
            found += [*slips(report, i, random), *units(report, i, random), *reckoned(report, i, random), *printing(report, i), *strangers(report, i, random)]
    changed = [error for error in found if error.changes != {error.at: report.pieces[error.at].words}]
    judge = Judge(report)
    return [judge.of(error) for error in changed]


class Judge:
    """What an error breaks among the relations that a report prints."""

    def __init__(self, report: Written) -> None:
        self.report = report
        self.steps = report.steps()
        self.relations = report.model.printed(report.names())
        self.places = {name: [i for i, piece in enumerate(report.pieces) if piece.name == name and not piece.turned] for name in report.names()}

    def of(self, error: Error) -> Error:
        """The error with the relations that it breaks."""
        piece = self.report.pieces[error.at]
        error.least = LEAST.get(error.kind, "error")
        steps = self.steps if piece.turned or not piece.is_number else {**self.steps, piece.name: Piece(error.words, piece.name, piece.scale).step}
        changed = {piece.name: error.value}
        mine = [relation for relation in self.relations if piece.name in relation.names]
        error.broken = [relation for relation in mine if not self.report.model.holds(relation, changed, steps)]
        if isinstance(error.value, Decimal) and not piece.turned:
            error.unlike = [i for i in self.places[piece.name] if i != error.at and self._differs(i, error.value, Piece(error.words, piece.name, piece.scale).step)]
        if error.broken and not error.unlike and all(self._deducts(relation, changed) for relation in error.broken):
            error.least = "notice"
        return error

    def pin(self, error: Error) -> None:
        """Tells whether the relations leave no other figure to blame. It takes a while, and is asked of the chosen ones only."""
        error.pinned = detectable(error) and not self._suspects(error, self.report.pieces[error.at])

    def _deducts(self, relation: Relation, changed: dict[str, Value]) -> bool:
        """Whether a score is merely lower than the indicator's completion would give; writers may take points off."""
        values = {**self.report.model.values, **changed}
        given, reached = values[relation.stated or relation.names[0]], evaluated(relation.formula, values)
        return relation.formula.startswith("min(round(") and isinstance(given, Decimal) and isinstance(reached, Decimal) and given < reached

    def _differs(self, other: int, value: Decimal, step: Decimal) -> bool:
        piece = self.report.pieces[other]
        return piece.is_number and abs(abs(value) - piece.value) > max(step, piece.step) / 2

    def _suspects(self, error: Error, piece: Piece) -> list[str]:
        """Other single figures that could be wrong instead."""
        if piece.turned:
            return [piece.name]
        if not error.broken:
            return [self.report.pieces[i].name for i in error.unlike]
        if error.unlike:
            return []
        shared = set.intersection(*(set(relation.names) for relation in error.broken)) - {piece.name}
        return [name for name in shared if len(self.places[name]) == 1 and self._could_be(name, error, piece)]

    def _could_be(self, name: str, error: Error, piece: Piece) -> bool:
        """Whether another figure has a value with which all holds again that the error breaks, and nothing fails that holds."""
        values, steps = {**self.report.model.values, piece.name: error.value}, dict(self.steps)
        if piece.is_number:
            steps[piece.name] = Piece(error.words, piece.name, piece.scale).step
        if isinstance(values[name], str):
            wanted: Iterable[Value] = [word for _, word in GRADES]
        else:
            wanted = [value for relation in error.broken for value in solutions(relation, name, values, steps.get(name, Decimal(1)))]
        asked = [*error.broken, *(relation for relation in self.relations if name in relation.names and relation not in error.broken)]
        return any(all(self.report.model.holds(relation, {piece.name: error.value, name: value}, steps) for relation in asked) for value in wanted)


def detectable(error: Error) -> bool:
    """Whether the report as printed contradicts the error."""
    return bool(error.broken or error.unlike)


def chosen(found: list[Error], each: int, random: Random) -> list[Error]:
    """So many of every kind, those that can be detected before those that cannot."""
    ordered = sorted(found, key=lambda error: error.kind)
    picked: list[Error] = []
    for _, group in groupby(ordered, key=lambda error: error.kind):
        members = list(group)
        random.shuffle(members)
        members.sort(key=lambda error: not detectable(error))
        picked += members[:each]
    return picked


def pairs(found: list[Error], number: int, random: Random) -> list[tuple[Error, Error]]:
    """Two detectable errors at a time, in relations that share no figure."""
    able = [error for error in found if detectable(error) and error.kind not in LEAST]
    made: list[tuple[Error, Error]] = []
    for _ in range(number * 20):
        if len(made) == number or len(able) < 2:
            break
        one, two = random.sample(able, 2)
        if not _reach(one) & _reach(two) and not set(one.changes) & set(two.changes):
            made.append((one, two))
    return made


def _reach(error: Error) -> set[str]:
    return {name for relation in error.broken for name in relation.names} | {str(i) for i in [error.at, *error.unlike]}


