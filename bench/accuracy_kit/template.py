"""A template, and a report written from it: pieces of text that know which figure of the model they print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from random import Random

from bench.accuracy_kit.model import Model, Plan, drawn, repeated

KIT = Path(__file__).resolve().parent
PARTS = ("development", "evaluation", "traps")
RULE = "---"
HOLE = re.compile(r"\{([^{}]+)\}")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SCALES = {"元": Decimal(10000), "亿": Decimal("0.0001")}
"""Amounts of the models are in 万元; a format may print them in another unit."""
NUMERALS = "零一二三四五六七八九十"


@dataclass(slots=True)
class Template:
    """A template as it stands in its file."""

    name: str
    part: str
    title: str
    plan: Plan
    body: list[str]

    @property
    def has_tables(self) -> bool:
        """Whether it needs a kind of file that has tables."""
        return any(line.startswith("|") for line in self.body)


@dataclass(slots=True)
class Piece:
    """Words of the report. ``name`` is the figure that they print, ``scale`` how many printed units one unit of the model is."""

    words: str
    name: str = ""
    scale: Decimal = Decimal(1)
    turned: str = ""
    """For a word of direction (追加): the other one."""

    @property
    def value(self) -> Decimal:
        """The printed number in the model's unit."""
        return Decimal(self.words.replace(",", "")) / self.scale

    @property
    def step(self) -> Decimal:
        """How finely it is printed, in the model's unit."""
        _, _, decimals = self.words.partition(".")
        return Decimal(1).scaleb(-len(decimals)) / self.scale

    @property
    def is_number(self) -> bool:
        """Whether it prints a number in digits."""
        return bool(self.name) and bool(NUMBER.fullmatch(self.words))


@dataclass(slots=True)
class Written:
    """A report: its model and its pieces."""

    template: Template
    model: Model
    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The report in the markup of the templates."""
        return "".join(piece.words for piece in self.pieces)

    def having(self, changes: dict[int, str]) -> Written:
        """The report with other words in some of its pieces."""
        pieces = [Piece(changes[i], piece.name, piece.scale, piece.turned) if i in changes else piece for i, piece in enumerate(self.pieces)]
        return Written(self.template, self.model, pieces)

    def names(self) -> set[str]:
        """The figures that it prints."""
        return {piece.name for piece in self.pieces if piece.name and not piece.turned}

    def steps(self) -> dict[str, Decimal]:
        """How finely each figure is printed where it is printed most finely."""
        found: dict[str, Decimal] = {}
        for piece in self.pieces:
            if piece.is_number:
                found[piece.name] = min(found.get(piece.name, piece.step), piece.step)
        return found


def templates(part: str | None = None) -> Iterator[Template]:
    """All templates, or those of one part."""
    for one in [part] if part else PARTS:
        for path in sorted((KIT / "templates" / one).glob("*.txt")):
            yield read(path)


@cache
def read(path: Path) -> Template:
    """A template: its title, the models that it uses and lines of its own, ``---``, and the body."""
    head, body = path.read_text(encoding="utf-8").split(f"\n{RULE}\n", 1)
    title, *lines = _lines(head)
    plan = Plan()
    for line in lines:
        if line.startswith("use "):
            for name in line.split()[1:]:
                _read_all(plan, _lines((KIT / "models" / f"{name}.txt").read_text(encoding="utf-8")))
        else:
            _read_all(plan, [line])
    return Template(path.stem, path.parent.name, title, plan, [one for line in _lines(body) for one in repeated(line)])


def _read_all(plan: Plan, lines: list[str]) -> None:
    for line in lines:
        for one in repeated(line):
            plan.read(one)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("//")]


def written(template: Template, seed: object) -> Written:
    """One report of the template; the same seed gives the same report."""
    random = Random(f"{seed}:{template.name}")
    report = Written(template, drawn(template.plan, random))
    for line in template.body:
        at = 0
        for hole in HOLE.finditer(line):
            report.pieces.append(Piece(line[at : hole.start()]))
            report.pieces.append(filled(hole[1], report.model, random))
            at = hole.end()
        report.pieces.append(Piece(line[at:] + "\n"))
    report.pieces = [piece for piece in report.pieces if piece.words]
    return report


def filled(hole: str, model: Model, random: Random) -> Piece:
    """``~a|b`` one of the phrasings; ``?x 增|减`` the word for the sign of x; ``words.3``; ``x:format``."""
    if hole[0] == "~":
        return Piece(random.choice(hole[1:].split("|")))
    if hole[0] == "?":
        name, said = hole[1:].split(None, 1)
        up, down = said.split("|")
        value = model.values[name]
        assert isinstance(value, Decimal)
        return Piece(up, name, turned=down) if value >= 0 else Piece(down, name, turned=up)
    name, _, style = hole.partition(":")
    if "." in name:
        group, number = name.split(".")
        return Piece(model.plan.words[group][int(number) - 1])
    value = model.values[name]
    if isinstance(value, str):
        return Piece(value, name)
    return Piece(*printed(value, style, name))


def printed(value: Decimal, style: str, name: str) -> tuple[str, str, Decimal]:
    """A number in a style: ``,`` groups of three, ``元`` and ``亿`` other units, ``字`` a numeral, a digit the decimals, ``0`` as short as it can be."""
    if style == "字":
        return NUMERALS[int(value)], name, Decimal(1)
    scale = next((times for sign, times in SCALES.items() if sign in style), Decimal(1))
    shown = abs(value) * scale
    if scale != 1:
        shown = Decimal(f"{shown.normalize():f}")
    if decimals := re.search(r"\d", style):
        shown = shown.quantize(Decimal(1).scaleb(-int(decimals[0])), ROUND_HALF_UP)
    if "短" in style:
        shown = Decimal(f"{shown.normalize():f}")
    return (f"{shown:,f}" if "," in style else f"{shown:f}"), name, scale
