"""Rows of money: budget, execution and rate of a whole and of its sources, projects or kinds of spending."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.chapters.labels import read_label
from extractor.chapters.tables.bands import Band, Row, label_of
from extractor.chapters.tables.heads import Head
from extractor.chapters.tables.sheet import holds
from extractor.model.exact import Fraction
from extractor.model.figure import Figure
from extractor.model.report import Fact, Relation, Subject, Tie
from extractor.model.table import Cell

AMOUNTS = {
    "original_budget": "original_budget", "revised_budget": "revised_budget", "expenditure_outturn": "expenditure_outturn",
    "funds_received": "funds_received", "carryover_out": "carryover_out", "adjustment": "budget_adjustment_net",
}  # fmt: skip
RATES = {"execution_rate": "execution_rate_revised", "release_rate": "funds_release_rate"}
RATES_OF = {
    "execution_rate": ("expenditure_outturn", ("revised_budget", "original_budget", "funds_received")),
    "release_rate": ("funds_received", ("revised_budget", "original_budget")),
}
"""What each rate is of: the part, and the wholes that it may be measured by."""
UNIT = re.compile(r"(?:单位|金额单位)[:：]?\(?(?P<after>万元|亿元|千元|元)|[(（](?:单位[:：])?(?P<inside>万元|亿元|千元|元)[)）]|[(,，、:：](?P<listed>万元|元)[、,，)]")
CAPTION = re.compile(r"单位[:：]\(?(万元|亿元|千元|元)")
MONEY_UNITS = ("万元", "亿元", "千元", "元")
ABOVE = 120
CENTS = 2
"""A caption with the unit stands so close above its table."""
NO_MONEY = re.compile(r"[人户个件台套辆次期班张块]数|人口|人次|面积|数量|里程|工程量|[率比]$")
"""Heads without a unit that the unit of a caption is not meant for."""
WHOLE = re.compile(r"整体|总体|全年|全部|支出预算|资金")
WEIGHT_IN_WORDS = re.compile(r"(\d{1,3})分\*?")
LISTED = re.compile(r"[:：]-?\d")
FEWEST_LISTED = 2
LARGEST_RATIO = 3
"""A rate of 300% is rare, one of 3% and more is not."""
ASIDE = re.compile(r"[(（]|其中")
ITEMS = re.compile(r"项目名称|子项目|支出方向|项目$|实施村|单位名称|支出项目|明细|内容|名称")


def is_money(band: Band) -> bool:
    """Whether the rows are amounts of a budget, not indicators."""
    roles = {head.role for head in band.heads.values()} | {head.group for head in band.heads.values()}
    return bool(roles & AMOUNTS.keys()) and not roles & {"name", "target", "actual"}


def unit_of(band: Band, head: Head) -> str:
    """The unit of an amount in a column: of its head, of the words left of the heads, of the caption, else none."""
    if head.unit in MONEY_UNITS:
        return head.unit
    view = band.view
    for row in range(band.first, -1, -1):
        for cell in view.table.row(row):
            if (match := UNIT.search(view.words(cell))) and not _has_values(band, cell):
                return match["after"] or match["inside"] or match["listed"]
    start = view.table.start
    caption = view.text[max(0, start - ABOVE) : start]
    found = [match["after"] or match["inside"] or match["listed"] for match in UNIT.finditer(caption)]
    if not found and (head.role in AMOUNTS or not any(other.unit for other in band.heads.values())):
        found = CAPTION.findall(view.text, 0, start)  # one caption may stand above the first of many forms
    return found[-1] if found else ""


def _has_values(band: Band, cell: Cell) -> bool:
    """Whether values stand under a head of one column: the unit in it is that column's alone."""
    return cell.columns == 1 and any(band.value(row, cell.column) for row in band.rows)


def type_money(band: Band) -> None:
    """Gives every bare number of the band the unit of its column."""
    _number_rows(band)
    for column, head in band.heads.items():
        role = head.group if head.role in ("part", "sum") and head.group else head.role
        unit = ""
        if role in AMOUNTS or role in ("part", "sum", "change"):
            unit = unit_of(band, head)
        elif role in RATES or role in ("share", "change_rate", "control_rate"):
            unit = "%"
        elif role in ("weight", "score", "review_score", "deducted"):
            unit = "分"
        elif role in (None, "label", "budget_of", "actual_of") and head.role != "sequence":
            unit = head.unit or (unit_of(band, head) if role in ("budget_of", "actual_of") and _has_cents(band, column) else "") or (unit_of(band, head) if role is None and not NO_MONEY.search(head.words) and (is_money(band) or band.plain or _of_money(band)) else "")
        elif role == "sequence":
            for row in band.rows:
                if cell := row.cells.get(column):
                    band.view.ordinal(cell)
            continue
        for at in range(column, column + head.span) if role not in ("weight", "score") else ():
            _negatives(band, at)
        for at in range(column, column + head.span) if unit else ():
            ratios = unit != "%" or _all_ratios(band, at)
            for row in band.rows:
                if role == "weight":
                    band.view.weight(row.cells.get(at))
                else:
                    band.view.typed(row.cells.get(at), unit, ratios=ratios)


def _negatives(band: Band, column: int) -> None:
    """Reads numbers in brackets as negative ones in a column that prints others without; 其中 may stand in brackets as well."""
    cells = [(row, cell) for row in band.rows if (cell := row.cells.get(column)) and cell.row == row.index and band.view.value(cell)]
    bracketed = [cell for row, cell in cells if band.view.words(cell)[0] in "(（" and not ASIDE.match(row.label)]
    for cell in bracketed if len(bracketed) < len(cells) else ():
        band.view.negative(cell)


def _all_ratios(band: Band, column: int) -> bool:
    """Whether the bare numbers of a column of rates are plain ratios: where others are 12.5 a 0.95 is 0.95%."""
    figures = [figure for row in band.rows if (figure := band.view.value(row.cells.get(column))) and not figure.unit]
    return all(abs(figure.number) < LARGEST_RATIO for figure in figures if figure.number is not None)


def _has_cents(band: Band, column: int) -> bool:
    """Whether a column of plans or results is one of amounts: people and square metres have no two decimals."""
    return all(figure.decimals == CENTS for row in band.rows if (figure := band.value(row, column)))


def _of_money(band: Band) -> bool:
    """Whether a head names a unit of money."""
    return any(head.unit in MONEY_UNITS for head in band.heads.values())


def _number_rows(band: Band) -> None:
    """Marks the numbers of the rows that stand in the first column, with or without a head of their own."""
    for row in band.rows:
        cell = row.cells.get(0)
        if cell and row.labels and cell.row == row.index and cell not in row.labels and row.labels[0].column > 0:
            band.view.ordinal(cell)


def facts(band: Band, year: int | None, listed: str) -> Iterator[Fact]:
    """Every amount and rate of the band in its role. ``listed`` names the table, for rows that only it knows."""
    seen: dict[str, int] = {}
    heads = [(column, head) for column, head in band.heads.items() if head.role in AMOUNTS or head.role in RATES or (head.role in ("sum", "part") and head.group in AMOUNTS)]
    odd = {_filled(band, role) for role in RATES if any(band.heads[bases[0]].role not in (*AMOUNTS, "sum") for *_, bases in _rates_of(band, role) if bases)}
    heads = [(column, head) for column, head in heads if column not in odd]  # 执行率 of 可用资金, which no rule knows
    items = any(head.role == "label" and ITEMS.search(head.words) for head in band.heads.values())
    for row in band.rows:
        scope = _scope(row, items, listed, is_whole(band, row))
        if scope is None:
            continue
        seen[scope] = seen.get(scope, 0) + 1
        name = scope if seen[scope] == 1 else f"{scope}@{row.index}"
        for column, head in heads:
            if figure := band.value(row, column):
                role = head.group if head.role in ("sum", "part") else head.role
                field = AMOUNTS.get(role or "") or RATES[role or ""]
                about = f"fund:{row.label}/{head.words}" if head.role == "part" else name
                yield Fact(field, figure, Subject("budget", about, head.year or year), f"{row.label}{head.words}")


def is_whole(band: Band, row: Row) -> bool:
    """Whether a row is the whole of the money: named so, or a total that carries the score of the execution rate."""
    if label_of(row.label) == "total_funds":
        return True
    score = _scores(band)
    if len(band.rows) == 1 and score is not None and band.value(row, score) is not None:
        return True  # one row without a label, beside a cell 预算执行情况(20分)
    if score is not None and [other for other in band.rows if band.value(other, score) is not None] == [row] and row is band.rows[0] and label_of(row.label) is None:
        return bool(WHOLE.search(row.label))  # 部门整体支出预算 over its sources, which have no score
    return bool(re.search(r"(?:合计|总计|总额)$", row.label)) and score is not None and band.value(row, score) is not None


def _scores(band: Band) -> int | None:
    """The first column of scores that has any; 预算执行情况(20分) left of the others may only name the rows."""
    columns = band.columns("score")
    return next((column for column in columns if any(band.value(row, column) for row in band.rows)), columns[0] if columns else None)


def _scope(row: Row, items: bool, listed: str, whole: bool) -> str | None:
    """Which budget a row is about: the whole, a known part of it, a source of funds, or an item of a list."""
    meaning = label_of(row.label)
    if whole:
        return "department"
    if not row.label:
        return None
    if meaning in ("total_score", "subtotal"):
        return f"{listed}:{row.label}"
    plain = re.sub(r"^其中[:：]?|^按[^:：]{2,8}分[:：]", "", row.label)
    if items:
        return f"project:{plain}"
    label = read_label(re.sub(r"^[\d一二三四五六七八九十]+[.、]", "", plain))
    if label.scope and not label.rest:
        return label.scope
    return f"fund:{plain}"


def listed_in_cells(band: Band) -> Iterator[Relation]:
    """其中:一般公共预算:1397.90 政府性基金:… in one cell: a list that makes up one of the amounts of the row of the whole."""
    view = band.view
    whole = next((row for row in band.rows if is_whole(band, row)), None)
    totals = [figure for column in band.heads if whole and (figure := band.value(whole, column)) and figure.kind == "amount"]
    for row in band.rows if totals else ():
        for cell in row.cells.values():
            if cell.row != row.index or len(LISTED.findall(view.words(cell))) < FEWEST_LISTED or view.value(cell):
                continue
            parts = [view.with_unit(figure, totals[0].unit) for figure in view.inside(cell) if figure.is_claim and figure.number is not None]
            made = sum((part.value for part in parts), Fraction(0))
            held = [total for total in totals if total.value == made]
            tie: Tie = "stated" if held else "near"  # which of the amounts it should make up is told by a slip alone
            for total in held[:1] or totals:
                yield Relation("sum", total, tuple(parts), row.label, True, (), tie, "合计", rule="BUD-10", table=True)


def rates(band: Band) -> Iterator[Relation]:
    """The rate that a row prints, of the amounts of the same row; the base may be any budget that the row prints."""
    for role, rule in (("execution_rate", "RAT-01"), ("release_rate", "RAT-06")):
        column = _filled(band, role)
        for row, rate, spent, bases in _rates_of(band, role):
            if column is not None and (of := [whole for base in bases if (whole := _amount(band, row, base))]):
                others = tuple(("share", (spent, whole)) for whole in of[1:])
                words = f"{row.label}（{band.heads[column].words}）"
                yield Relation("share", rate, (spent, of[0]), words, True, (), "stated", words, others, rule, True)


def _rates_of(band: Band, role: str) -> list[tuple[Row, Figure, Figure, list[int]]]:
    """The rates of a column with what was spent of it, and the columns that may be their base, the likeliest first."""
    part_role, names = RATES_OF[role]
    column, part = _filled(band, role), _filled(band, part_role)
    if column is None or part is None:
        return []
    bases = [base for name in names for base in _bases(band, name)]
    rows = [(row, rate, spent) for row in band.rows if (rate := band.value(row, column)) and (spent := band.value(row, part)) and rate.kind == "rate"]
    bases.sort(key=lambda base: -_shares_held(band, base, rows))
    held = sum(any(_is_share(band, row, base, rate, spent) for base in bases) for row, rate, spent in rows)
    own = max((other for other in band.heads if other not in (part, *bases)), key=lambda base: _shares_held(band, base, rows), default=part)
    if held < len(rows) and _shares_held(band, own, rows) > held and _shares_held(band, own, rows) >= FEWEST_LISTED:
        return [(*row, [own, *bases]) for row in rows]
    if held * 2 < len(rows) and len(rows) > 1:
        return []  # a column in which few rows hold is not the rate that its head seems to name
    return [(*row, bases) for row in rows]


def _filled(band: Band, role: str) -> int | None:
    """The first column of a role that has values; 预算执行情况 left of the others may only name the rows."""
    return next((column for column in band.columns(role) if any(band.value(row, column) for row in band.rows)), None)


def _shares_held(band: Band, base: int, rows: list[tuple[Row, Figure, Figure]]) -> int:
    """In how many rows the rate is the share of this base."""
    return sum(_is_share(band, row, base, rate, spent) for row, rate, spent in rows)


def _bases(band: Band, role: str) -> list[int]:
    """The columns of a budget: its own, or the totals of the columns that divide it."""
    sums = [column for column, head in band.heads.items() if head.role == "sum" and head.group == role]
    return sums or band.columns(role)


def _amount(band: Band, row: Row, column: int) -> Figure | None:
    figure = band.value(row, column)
    return figure if figure and figure.value and figure.kind == "amount" else None


def _is_share(band: Band, row: Row, base: int, rate: Figure, spent: Figure) -> bool:
    whole = _amount(band, row, base)
    return whole is not None and holds("share", rate, spent, whole)


def execution(band: Band, year: int | None) -> Iterator[Fact]:
    """Weight and score of the execution rate, which stand in the row of the whole."""
    subject = Subject("evaluation", "report", year)
    for row in band.rows:
        if not is_whole(band, row):
            continue
        weight, score = (band.value(row, column) if column is not None else None for column in (band.column("weight"), _scores(band)))
        if score is None and (column := band.column("score")) is not None:
            score, weight = _both_in_one(band, row.cells.get(column))
        weight = weight or _weight_in_words(band)
        for field, figure in (("execution_weight", weight), ("execution_score", score)):
            if figure is not None:
                yield Fact(field, figure, subject, f"{row.label}{field}")
        return


def _both_in_one(band: Band, cell: Cell | None) -> tuple[Figure | None, Figure | None]:
    """9.90(权重10) in one cell: the score and the full marks."""
    found = band.view.inside(cell) if cell else []
    if cell is None or len(found) != 2 or not re.fullmatch(r"[\d.]+分?\((?:权重|分值|满分)[:：]?\d+分?\)", band.view.words(cell)):
        return None, None
    score, weight = (band.view.with_unit(figure, "分") for figure in found)
    return score, weight


def _weight_in_words(band: Band) -> Figure | None:
    """预算执行情况(20分), 得分(20分*执行率): the full marks that the heads print."""
    view = band.view
    for row in range(band.first, band.rows[0].index if band.rows else band.first):
        for cell in view.table.row(row):
            if figure := next((f for f in view.inside(cell) if f.kind == "points" and f.number is not None), None):
                return figure
    return None
