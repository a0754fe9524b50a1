"""The generator of ``bench/accuracy.py``: clean reports are exact, and every template becomes every kind of file and reads back."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bench.accuracy_kit.errors import Judge, detectable, errors, said
from bench.accuracy_kit.files import KINDS, file_of, suffix
from bench.accuracy_kit.measure import aligned
from bench.accuracy_kit.run import kinds_of
from bench.accuracy_kit.template import Template, templates, written
from bench.accuracy_kit.template import read as read_template
from extractor.read import read_report

EVERY = list(templates())
KIND_OF = {template.name: kinds_of(template, KINDS)[i % len(kinds_of(template, KINDS))] for i, template in enumerate(EVERY)}


def named(template: Template) -> str:
    return template.name


@pytest.mark.parametrize("template", EVERY, ids=named)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_relation_of_a_clean_report_holds(template: Template, seed: int) -> None:
    report = written(template, seed)
    judge = Judge(report)
    broken = [relation for relation in judge.relations if not report.model.holds(relation, {}, judge.steps)]

    assert not broken


@pytest.mark.parametrize("template", EVERY, ids=named)
def test_a_template_becomes_a_file_and_reads_back(template: Template, tmp_path: Path) -> None:
    """One kind of file a template, so that all templates and all kinds have their turn."""
    report = written(template, 1)
    kind = KIND_OF[template.name]
    path = tmp_path / f"report{suffix(kind)}"
    path.write_bytes(file_of(report.text, kind))
    read = read_report(path)

    assert read.status == "ok"
    assert aligned(report, read)


def test_the_same_seed_gives_the_same_report() -> None:
    assert [written(template, 7).text for template in EVERY] == [written(template, 7).text for template in EVERY]


def test_errors_of_many_kinds_are_planted() -> None:
    kinds = {error.kind for template in EVERY if template.part != "traps" for error in errors(written(template, 1), Random(1)) if detectable(error)}

    assert len(kinds) >= 25


SHARES = "一张小表\na ~ pick(1000.00)\nb ~ pick(2000.00)\nc = a + b\nr = pct(a / c)\n---\n甲{a:2}万元，乙{b:2}万元，合计{c:2}万元，甲占{r}%。\n"


@pytest.mark.parametrize(("words", "pinned"), [("2100.00", True), ("2000.01", False)], ids=["no other figure mends it", "the total mends it and its rate holds"])
def test_pinned_down_is_asked_by_value(words: str, pinned: bool, tmp_path: Path) -> None:
    path = tmp_path / "development" / "small.txt"
    path.parent.mkdir()
    path.write_text(SHARES, encoding="utf-8")
    report = written(read_template(path), 1)
    at = next(i for i, piece in enumerate(report.pieces) if piece.name == "b")
    judge = Judge(report)
    error = judge.of(said(report, at, "wrong_digit", words))
    judge.pin(error)

    assert detectable(error)
    assert error.pinned is pinned
