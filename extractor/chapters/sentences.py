"""Sentences, and in each the figures with the words that lead up to them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from extractor.figures import BEFORE
from extractor.model.figure import Figure
from extractor.model.report import Section

END = re.compile(r"[。！？\n]")
CLAUSES = re.compile(r"[,，;；:、]")
HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(slots=True, eq=False)
class Mention:
    """One figure in its sentence: ``label`` are the words since the figure before it, ``after`` those up to the next."""

    figure: Figure
    label: str
    after: str
    sentence: Sentence
    depth: int
    """How many brackets are open around the figure."""
    start: int
    """Where the label begins in the report."""
    clause: str
    """The last piece of the label that has words in it."""
    tail: str
    """The words after the last comma: those of the clause that ends at the figure."""
    index: int
    """Which of its sentence's figures it is."""
    change: bool | None = None
    """Whether it is a change against something else; worked out by the readers of relations when they ask first."""


@dataclass(slots=True)
class Sentence:
    """The words between two full stops, its claims in order, and the paragraph and section it stands in."""

    start: int
    end: int
    text: str
    paragraph: int
    section: int
    mentions: list[Mention] = field(default_factory=list)


def sentences(text: str, figures: list[Figure], sections: list[Section]) -> list[Sentence]:
    """The sentences that hold a claim, in order; figures that are no claim stay in the words."""
    starts = [section.start for section in sections]
    cuts = _cuts(text, figures)
    claims = [figure for figure in figures if figure.is_claim]
    found: list[Sentence] = []
    at = start = paragraph = 0
    for cut in cuts:
        inside: list[Figure] = []
        while at < len(claims) and claims[at].start < cut:
            inside.append(claims[at])
            at += 1
        if inside:
            section = bisect_right(starts, inside[0].start) - 1
            sentence = Sentence(start, cut, text[start:cut], paragraph, section)
            _fill(sentence, inside)
            found.append(sentence)
        if cut < len(text) and text[cut] == "\n":
            paragraph += 1
        start = cut + 1
    return found


def _cuts(text: str, figures: list[Figure]) -> list[int]:
    """Where sentences end: at a full stop that is no part of a spoilt number, and at the end of the text."""
    starts = [figure.start for figure in figures]
    cuts = []
    for match in END.finditer(text):
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or figures[index].end <= match.start():
            cuts.append(match.start())
    return [*cuts, len(text)]


def _fill(sentence: Sentence, inside: list[Figure]) -> None:
    at = sentence.start
    depth = 0
    for index, figure in enumerate(inside):
        label = sentence.text[at - sentence.start : figure.start - sentence.start]
        depth = max(0, depth + label.count("(") - label.count(")"))
        stop = inside[index + 1].start if index + 1 < len(inside) else sentence.end
        after = sentence.text[figure.end - sentence.start : stop - sentence.start]
        words = BEFORE.sub("", label) if figure.comparator else label
        sentence.mentions.append(Mention(figure, words, after, sentence, depth, at, _last_clause(words), _tail(words), index))
        at = figure.end


def _tail(label: str) -> str:
    return label[max(label.rfind(","), label.rfind("，"), label.rfind("；"), label.rfind(";"), label.rfind("。")) + 1 :]


def _last_clause(label: str) -> str:
    pieces = [piece for piece in CLAUSES.split(label) if HAN.search(piece)]
    return pieces[-1] if pieces else ""
