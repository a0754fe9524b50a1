"""What the tables of a report say: evaluations with their money, indicators and scores, and the sums that they print."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.chapters.tables import money, scored
from extractor.chapters.tables.bands import Band, Row, bands, forms, going_on, label_of, plain_bands
from extractor.chapters.tables.casting import cast
from extractor.chapters.tables.deducted import deductions
from extractor.chapters.tables.formulas import control_rates, printed_formulas, products
from extractor.chapters.tables.identities import identities
from extractor.chapters.tables.joined import Named
from extractor.chapters.tables.view import View
from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.report import Evaluation, Fact, Grade, Indicator, Relation, Subject, Tie
from extractor.model.table import Cell, Table

PROSE = re.compile(r"[。；;，]")
SHORTEST_PROSE = 10
"""A cell of fewer signs is a value, a name or a label."""
GRADED = re.compile(r"^(?:自评|评价|评定)?(?:等级|等次|结果)[:：]")
BONUS = re.compile(r"加分|减分项|扣分项|奖励分")
EXECUTED = re.compile(r"预算执行")
GRADES = ("优", "良", "中", "差", "优秀", "良好", "中等", "较差", "合格", "不合格")


@dataclass(slots=True)
class Tables:
    """Everything that the tables say."""

    evaluations: list[Evaluation] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    department: str | None = None
    """The department that a form names as its own."""
    unit_name: str | None = None
    """The unit that carries out the project, or the one above it."""
    grades: list[Grade] = field(default_factory=list)
    spoken: list[tuple[int, int]] = field(default_factory=list)
    """The stretches of cells that hold sentences."""
    goals: list[tuple[int, int]] = field(default_factory=list)
    """The stretches of cells that say what was planned."""
    named: Named = field(default_factory=Named)
    """Every value by the name of its row."""


def read_tables(text: str, tables: list[Table], figures: list[Figure], year: int | None) -> Tables:
    """Reads every table in order. Bare numbers in ``figures`` are replaced by ones with the unit of their column."""
    found = Tables()
    last: Band | None = None
    for view in [form for grid in tables for form in forms(View(grid, text, figures))]:
        table = view.table
        parts = list(bands(view))
        if last is not None and (more := going_on(view, last, parts)):
            parts = [more, *parts]
        parts = parts or list(plain_bands(view, range(table.height)))
        _evaluation(view, parts, found, year)
        for band in parts:
            _read(band, found, year, table.name)
            found.named.add(band)
        last = parts[-1] if parts else None
        found.grades += _grades(view, found)
        found.goals += [(cell.start, cell.end) for band in parts for row in band.rows for cell in row.cells.values() if _says_goal(band, row, cell)]
        found.spoken += [(cell.start, cell.end) for cell in table.cells if _is_prose(view, cell, parts)]
    for evaluation in found.evaluations:
        found.relations += _scores(evaluation)
    return found


def _evaluation(view: View, parts: list[Band], found: Tables, year: int | None) -> None:
    """Opens an evaluation where a table names its project or department, or holds the first indicators or money."""
    first = parts[0].first if parts else view.table.height
    named: dict[str, str] = {}
    begin = view.table.start
    for row in range(first):
        cells = [cell for cell in view.table.row(row) if cell.row == row]
        for label, value in itertools.pairwise(cells):
            if (meaning := label_of(view.words(label))) and not label_of(view.words(value)):
                named.setdefault(meaning, view.words(value))
                begin = label.start if meaning in ("project_name", "department_name") else begin
    found.department = found.department or named.get("department_name")
    found.unit_name = found.unit_name or named.get("performer") or named.get("owner")
    name = named.get("project_name") or named.get("department_name")
    if name and found.evaluations and _stands_before(found.evaluations[-1]):
        found.evaluations[-1].name = name  # what stands before the form (基础数据表) belongs to it
    elif name or not found.evaluations:
        found.evaluations.append(Evaluation(name or "", begin, view.table.end))
    found.evaluations[-1].end = view.table.end
    if total := _total_in_head(view, first):
        found.evaluations[-1].facts.append(Fact("total_score", total, Subject("evaluation", "report", year), "自评总分"))


def _stands_before(one: Evaluation) -> bool:
    """Whether nothing of it makes it an evaluation of its own: no name, no indicators, and no list of several projects."""
    return not one.name and not one.indicators and not any(fact.subject.name.startswith("project:") for fact in one.facts)


def _grades(view: View, found: Tables) -> Iterator[Grade]:
    """优 in a cell of the row of the total, or beside 自评等级."""
    for cell in view.table.cells:
        word = GRADED.sub("", view.words(cell))
        if word in GRADES:
            beside = [view.words(other) for other in view.table.row(cell.row) if other is not cell]
            if word != view.words(cell) or any(label_of(words) in ("total_score", "grade") for words in beside):
                totals = found.evaluations[-1].totals
                yield Grade(word, cell.end - len(word), cell.end, totals[-1] if totals else None)


def _total_in_head(view: View, first: int) -> Figure | None:
    """自评总分(分) | 98.28 among the first rows of a form."""
    for row in range(first):
        cells = [cell for cell in view.table.row(row) if cell.row == row]
        for label, value in itertools.pairwise(cells):
            if label_of(view.words(label)) == "total_score" and view.value(value):
                return view.typed(value, "分")
    return None


def _read(band: Band, found: Tables, year: int | None, name: str) -> None:
    evaluation = found.evaluations[-1]
    if money.is_money(band):
        money.type_money(band)
        evaluation.facts += [*money.facts(band, year, name), *money.execution(band, year)]
        found.relations += [*cast(band), *money.rates(band), *money.listed_in_cells(band), *printed_formulas(band), *products(band), *identities(band)]
    elif scored.is_scored(band):
        scored.type_scored(band)
        _put_scored(scored.read(band, len(evaluation.indicators)), evaluation, found, year)
        found.relations += deductions(band)
    else:
        money.type_money(band)
        found.relations += [*cast(band), *printed_formulas(band), *control_rates(band), *products(band), *identities(band)]


def _put_scored(read: scored.Scored, evaluation: Evaluation, found: Tables, year: int | None) -> None:
    evaluation.indicators += read.indicators
    subject = Subject("evaluation", "report", year)
    for row, weight, score in read.totals:
        if weight:
            evaluation.full_marks = evaluation.full_marks or weight
        if score:
            evaluation.facts.append(Fact("total_score", score, subject, row.label))
            evaluation.totals.append(score)
    for row, weight, score, inside in read.subtotals:
        for total, parts in ((weight, [i.weight for i in inside]), (score, [i.score for i in inside])):
            known = tuple(part for part in parts if part)
            if total and len(known) > 1:
                found.relations.append(Relation("sum", total, known, f"{row.label}小计", True, (), "stated", f"{row.label}小计", rule="WGT-03" if total is weight else "SCO-10", table=True))
    found.relations += _marks(read.groups)
    evaluation.group_marks += [group.marks for group in read.groups if group.role == "level1"]


def _marks(groups: list[scored.Group]) -> Iterator[Relation]:
    """Full marks of a group as the sum of its indicators' weights, or of the marks of the groups in it; a group of one gives it its weight."""
    for group in groups:
        weights = tuple(i.weight for i in group.inside if i.weight)
        nested = tuple(other.marks for other in groups if group.role == "level1" and other.role == "level2" and other.rows.start in group.rows)
        parts = weights if len(weights) == len(group.inside) else nested
        covered = sum(len(other.inside) for other in groups if other.marks in nested)
        if len(parts) > 1 and (parts is weights or covered == len(group.inside)):
            words = f"{group.inside[0].level1 or ''}分值"
            yield Relation("sum", group.marks, parts, words, True, (), "stated", "分值合计", rule="WGT-03", table=True)
        elif len(group.inside) == 1 and group.inside[0].weight is None:
            group.inside[0].weight = group.marks


def _scores(evaluation: Evaluation) -> list[Relation]:
    """Total score and total weight as the sum of those of all rows, the execution rate's among them."""
    relations = []
    first = {name: next((fact.figure for fact in evaluation.facts if fact.field == name), None) for name in ("execution_weight", "execution_score")}
    scores = [i.score for i in evaluation.indicators if i.score]
    weights = [i.weight for i in evaluation.indicators if i.weight and not BONUS.search(f"{i.level1}{i.level2}{i.name}")]
    if any(EXECUTED.search(i.name) and i.score and first["execution_score"] and i.score.value == first["execution_score"].value for i in evaluation.indicators):
        first = dict.fromkeys(first)  # the row of the execution rate stands among the indicators once more
    # Money without the score of its execution: that score may stand where it was not found.
    executed = first["execution_score"] is not None or any(EXECUTED.search(i.name) for i in evaluation.indicators)
    tie: Tie = "stated" if executed or not any(fact.field == "expenditure_outturn" for fact in evaluation.facts) else "likely"
    for total in evaluation.totals:
        relations += _sum_of_points(total, scores, first["execution_score"], "SCO-09", tie)
    if evaluation.full_marks and weights and first["execution_weight"] not in weights:
        relations += _sum_of_points(evaluation.full_marks, weights, first["execution_weight"], "WGT-01", tie)
    return relations


def _sum_of_points(total: Figure, parts: list[Figure], execution: Figure | None, rule: str, tie: Tie) -> list[Relation]:
    if len(parts) < 2:
        return []
    whole = [*([execution] if execution else []), *parts]
    others = (("sum", tuple(parts)),) if execution and sum((p.value for p in parts), Fraction(0)) == total.value else ()
    words = "各项得分合计" if rule == "SCO-09" else "各项分值合计"
    return [Relation("sum", total, tuple(whole), words, True, (), tie, words, others, rule, True)]


def _says_goal(band: Band, row: Row, cell: Cell) -> bool:
    head = band.heads.get(cell.column)
    return head is not None and head.role == "goal" and cell.row == row.index


def _is_prose(view: View, cell: Cell, parts: list[Band]) -> bool:
    """Whether a cell holds sentences that the narrative readers should read, not a value or the rules of a rubric."""
    words = view.words(cell)
    if len(words) < SHORTEST_PROSE or not PROSE.search(words) or view.value(cell):
        return False
    return not any(
        band.heads.get(cell.column) and band.heads[cell.column].role in ("rubric", "name", "goal", "level1", "level2", "target") and any(row.index == cell.row for row in band.rows)
        for band in parts
    )


def indicators_of(evaluations: list[Evaluation]) -> list[Indicator]:
    """The indicators of a report's only evaluation; of several each has its own checks."""
    return evaluations[0].indicators if len(evaluations) == 1 else []
