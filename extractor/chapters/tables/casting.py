"""Rows and columns that add up: which cells a total is of, told by labels, nesting, and by the columns in which it holds.

A total of a table prints the same structure in every column. Where the parts make it up in one column, they are its parts
in the others too: that is what lets a single wrong cell be told from a list that was never meant to be whole.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from extractor.chapters.tables.bands import Band, Row, label_of
from extractor.figures import chinese_number
from extractor.model.exact import Fraction
from extractor.model.figure import Figure, base_unit
from extractor.model.interval import add_up
from extractor.model.report import Relation, Tie
from extractor.model.table import Cell

ADDABLE = frozenset(["original_budget", "revised_budget", "expenditure_outturn", "funds_received", "carryover_out", "adjustment", "part", "sum", "weight", "score", "review_score", "deducted", "change", "count", "budget_of", "actual_of"])
"""Columns whose cells add up; rates and prices do not."""
OF_EACH = re.compile(r"均|每|率|比例|占比|单?价|标准|[指系倍分天年月]数$|序号|编号|单[件位台户人套亩项个]|名次|排名|年份|时间|期限")
"""人均支出 and 单价 do not add up whatever the rows are; any other column of amounts and numbers may."""
NUMBER_OF = re.compile(r"数量?(?:[(（][^()（）]*[)）])?$")
"""退休人数, 站点数: what each row has of its own."""
OF_SEVERAL = re.compile(r"覆盖|涉及|惠及|受益|服务对象|参与|参加|所在")
"""What several rows may share: twelve 乡镇 that each of the stages covers are twelve in all."""
TOTAL = re.compile(r"^(?:年度)?(?:资金|财政资金|预算资金)?(?:总额|合计|总计|总金额|小计|共计)[:：]?$|合计$|总计$|小计$|^年度(?:资金|财政资金|预算)?总(?:金)?额|^全(?:年|省|市|县|区|州|校|院|局|系统)$|^总体$|^整体$")
BARE_TOTAL = re.compile(r"^(?:全部|所有|本年|年度|总)?(?:合计|总计|共计|小计|总额)")
AMONG = re.compile(r"^(?:其中|其中[:：])")
PERIOD = re.compile(r"\d{1,2}月|(?:19|20)\d\d年|第?[一二三四1-4]季度")
"""A month is no whole of those after it."""
DIVIDES = re.compile(r"^按[^:：]{2,10}分|^[^:：]{2,8}[:：](?=[(（]?[1一][)）.、])")
MARKS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\d{1,2}[.、．](?!\d)"),
    re.compile(r"^[(（]\d{1,2}[)）]"),
)
PLAIN_LEVEL = len(MARKS)
CODE = re.compile(r"\d{3,9}")
"""A code of a 科目: its digits tell what it belongs to."""
FEWEST_KINDS = 3
"""So many kinds, each in so many places, are a table within a table; fewer may be alike by chance."""
HUNDRED = 100
MOST_BELOW = 12
"""Rows below one of which they may be the parts without saying so."""
DASH = re.compile(r"[-—–－/]+")
"""Printed for nought, where nothing at all may be a figure that was forgotten."""
LONG = 4
"""Digits of a total from which one column in which the parts make it up is proof enough."""


NO_AMOUNT = frozenset(["sequence", "reason", "rubric", "grade", "done", "unit", "comparator", "execution_rate", "release_rate", "completion_rate", "share", "change_rate", "control_rate", "price", "goal", "outcome"])
"""Columns of tables with unknown heads that never add up."""


def cast(band: Band) -> Iterator[Relation]:
    """Every sum of the band: totals over rows, totals over the columns of one row, totals that cover several rows."""
    yield from _down(band)
    yield from _across(band)
    yield from _covering(band)
    yield from _by_kind(band)


def _addable(band: Band) -> list[int]:
    """The columns whose cells add up."""
    return [column for column, head in band.heads.items() if column not in band.gaps and (head.role in ADDABLE or (head.role not in NO_AMOUNT and _counts(band, column)))]


def _counts(band: Band, column: int) -> bool:
    """Whether a column that nobody knows holds amounts or numbers of something, none of them a mean or a price."""
    if OF_EACH.search(band.heads[column].words.rpartition("/")[2]):
        return False
    return any(figure.kind in ("amount", "count", "points", "number") for row in band.rows if (figure := band.value(row, column)))


# ---------------------------------------------------------------------------------------------------------------- rows


def _down(band: Band) -> Iterator[Relation]:
    columns = _addable(band)
    rows = [row for row in band.rows if any(band.value(row, column) for column in columns)]
    for index, row in enumerate(rows):
        proven = _proven(band, columns, row, list(_candidates(band, columns, rows, index)))
        for column in columns if proven else ():
            # A column may print its values in the rows of subtotals only, where the others print them in all.
            parts, tie = next((one for one in proven if sum(band.value(part, column) is not None for part in one[0]) > 1), proven[0])
            yield from _sum_of_rows(band, column, row, parts, tie)
            for again, sure in proven:
                if DIVIDES.match(again[0].label) and not any(part in parts for part in again):
                    yield from _sum_of_rows(band, column, row, again, sure)  # the same whole divided another way


def _proven(band: Band, columns: list[int], row: Row, candidates: list[list[Row]]) -> list[tuple[list[Row], Tie]]:
    """The parts that make up the total in most columns first; where they do in none, the likeliest ones of a total that is named as one."""
    found: list[tuple[int, list[Row], Tie]] = []
    for parts in candidates:
        printed = sum(band.value(row, column) is not None and any(band.value(part, column) for part in parts) for column in columns)
        held = [column for column in columns if _holds(band, column, row, parts)]
        if len(held) > 1 or (held and (_long(band.value(row, held[0]), row) or _is_full_marks(band, held[0], row, parts))):
            tie: Tie = "stated" if 2 * len(held) >= printed else "likely"  # what holds in the lesser part of the columns may hold by chance
            found.append((len(held), [part for part in parts if any(_begins(part, column) for column in held)], tie))
    if found:
        return [(parts, tie) for _, parts, tie in sorted(found, key=lambda one: -one[0])]
    if candidates and _coded(band, row, candidates[0]) == candidates[0] and len(candidates[0]) >= FEWEST_KINDS:
        return [(candidates[0], "likely")]
    if candidates and TOTAL.search(row.label) and not _adds_what_is_elsewhere(band, row) and not _closes_another(band, candidates[0], row) and (len(candidates[0]) > 1 or _is_nought(band, columns, row)):
        return [(candidates[0], "likely")]
    return []


def _adds_what_is_elsewhere(band: Band, row: Row) -> bool:
    """Whether 总计 stands right below the only 小计: it adds what stands on other pages."""
    totals = [one for one in band.rows if one.index <= row.index and TOTAL.search(one.label)]
    return len(totals) == 2 and totals[1] is row and row.index - totals[0].index == 1


def _closes_another(band: Band, parts: list[Row], row: Row) -> bool:
    """Whether a total of its own kind (净资产合计) comes after another total, whose parts these are."""
    between = [one for one in band.rows if parts[0].index < one.index < row.index and one not in parts]
    return not BARE_TOTAL.search(row.label) and bool(between)


def _is_nought(band: Band, columns: list[int], row: Row) -> bool:
    """Whether a total prints nothing but noughts: perhaps it was never filled in."""
    amounts = [figure for column in columns if (figure := band.value(row, column)) and figure.kind == "amount"]
    return bool(amounts) and not any(figure.value for figure in amounts)


def _begins(row: Row, column: int) -> bool:
    """Whether the cell of a column begins in the row; one that covers it from above is a part of the row above."""
    cell = row.cells.get(column)
    return cell is not None and cell.row == row.index


def _long(figure: Figure | None, row: Row) -> bool:
    """Whether a sum of such a figure does not come out by chance, in a row that is named as a total or not."""
    return figure is not None and figure.digits >= LONG - bool(TOTAL.search(row.label))


def _is_full_marks(band: Band, column: int, row: Row, parts: Sequence[Row]) -> bool:
    """Whether three weights or more make up a hundred under a row that is named as their total."""
    total = band.value(row, column)
    return band.heads[column].role == "weight" and total is not None and total.value == HUNDRED and len(parts) >= FEWEST_KINDS and bool(TOTAL.search(row.label))


def _candidates(band: Band, columns: list[int], rows: Sequence[Row], index: int) -> Iterator[list[Row]]:
    """What a row may be the total of, the likeliest first: the rows below that its words open, or those above that it closes."""
    row, below, above = rows[index], list(rows[index + 1 :]), list(rows[:index])
    label = row.label
    if coded := _coded(band, row, below):
        yield coded
    if TOTAL.search(label) and above:
        yield from _closed_by(band, above, "小计" in label)
    if below and _mark(below[0].label) < _mark(label):
        yield from _numbered(below)
    if below and (TOTAL.search(label) or AMONG.match(below[0].label) or DIVIDES.match(below[0].label) or _deeper(label, below[0].label)):
        yield from _opened_by(label, below)
    elif not TOTAL.search(label) and not PERIOD.match(label):
        yield from _running(band, columns, row, below)


def _running(band: Band, columns: list[int], row: Row, below: list[Row]) -> Iterator[list[Row]]:
    """公用经费 over 办公经费, 差旅费 … that nothing but the figures shows to be its parts: the rows below that make it up in some column."""
    for column in columns:
        total, made = band.value(row, column), Fraction(0)
        for count, part in enumerate(below[:MOST_BELOW] if total and total.value else (), 1):
            value = band.value(part, column)
            made += value.value if value else 0
            if total and made >= total.value:
                if made == total.value and count > 1 and _nearly_all(band, row, below[:count]):
                    yield below[:count]
                break


def _nearly_all(band: Band, row: Row, parts: Sequence[Row]) -> bool:
    """Whether the parts make up the row in all its columns but at most one, and in two at least; columns that print the same are one."""
    printed = [column for column in _addable(band) if band.value(row, column)]
    held = sum(_holds(band, column, row, parts) for column in printed)
    totals = {figure.value for column in printed if (figure := band.value(row, column))}
    return len(totals) > 1 and held > 1 and held >= len(printed) - 1


def _closed_by(band: Band, above: list[Row], subtotal: bool) -> Iterator[list[Row]]:
    """The rows above a total: all since the last subtotal, all plain ones, all subtotals, those of the highest mark."""
    plain = [row for row in above if not TOTAL.search(row.label)]
    if coded := _shortest_coded(band, plain):
        yield coded
    subtotals = [row for row in above if TOTAL.search(row.label)]
    since = above[max((above.index(row) for row in subtotals), default=-1) + 1 :]
    for parts in ([since] if subtotal else [plain, subtotals, since, [*subtotals[-1:], *since]]):
        if len(parts) > 1 or (parts and subtotal):
            yield parts
    levels = {_mark(row.label) for row in plain}
    for level in sorted(levels) if not subtotal else ():
        yield [row for row in plain if _mark(row.label) == level]
    yield [row for row in plain if not AMONG.match(row.label)]
    yield _outermost(band, plain)
    if nested := next((at for at, row in enumerate(plain) if AMONG.match(row.label)), 0):
        yield plain[:nested]


def _outermost(band: Band, rows: list[Row]) -> list[Row]:
    """The rows without those that a row above them is made up of, whatever their labels: told by the first column of amounts."""
    column = next((column for column in _addable(band) if sum(band.value(row, column) is not None for row in rows) * 2 > len(rows)), None)
    if column is None:
        return rows
    values = [figure.value if (figure := band.value(row, column)) else Fraction(0) for row in rows]
    found: list[Row] = []
    at = 0
    while at < len(rows):
        found.append(rows[at])
        at += 1 + _children(values, at)
    return found


def _children(values: list[Fraction], at: int) -> int:
    """How many of the rows below make up the one at ``at``; nought where none do."""
    made = Fraction(0)
    for count, value in enumerate(values[at + 1 :], 1):
        made += value
        if count > 1 and values[at] and made == values[at]:
            return count
        if made > values[at]:
            break
    return 0


def _opened_by(label: str, below: list[Row]) -> Iterator[list[Row]]:
    """The rows under a head row: up to the next row of its own mark, whole or divided by nested lists."""
    level, inner = _mark(label), _mark(_undivided(below[0].label))
    opens = level == PLAIN_LEVEL > inner  # numbers under a head that has none are its own
    end = next((at for at, row in enumerate(below) if at and (_ends(_mark(row.label), inner if opens else level, opens) or TOTAL.search(row.label))), len(below))
    inside = below[:end]
    if level < _mark(inside[0].label) < PLAIN_LEVEL:
        yield from _numbered(inside)
    for last in range(len(inside), 0, -1):
        yield inside[:last]
    divisions = [at for at, row in enumerate(inside) if DIVIDES.match(row.label)] + [len(inside)]
    for start, stop in itertools.pairwise(divisions):
        yield from _divided(inside[start:stop])
    yield from _divided(inside)


def _ends(mark: int, level: int, opens: bool) -> bool:
    """Whether a row of this mark ends the list under a head of that level."""
    return mark < level or (mark == level < PLAIN_LEVEL and not opens)


def _coded(band: Band, row: Row, below: list[Row]) -> list[Row]:
    """30101, 30102 … under 301: the rows whose codes begin with the row's own, those right under it."""
    if not (code := _code(band, row)):
        return []
    return _shortest_coded(band, list(itertools.takewhile(lambda part: _code(band, part) != code and _code(band, part).startswith(code), below)))


def _shortest_coded(band: Band, rows: list[Row]) -> list[Row]:
    """The rows with the shortest codes, where all have one."""
    lengths = [len(_code(band, row)) for row in rows]
    return [row for row, length in zip(rows, lengths, strict=True) if length == min(lengths)] if all(lengths) else []


def _code(band: Band, row: Row) -> str:
    """The code of a row's 科目, if it has one."""
    column = band.column("sequence")
    code = band.view.words(row.cells.get(column)) if column is not None else ""
    return code if CODE.fullmatch(code) else ""


def _numbered(below: list[Row]) -> Iterator[list[Row]]:
    """1、 2、 3、 under a head without a number, up to where the numbers begin anew."""
    level, last = _mark(below[0].label), 0
    parts: list[Row] = []
    for row in below:
        if _mark(row.label) != level:
            continue
        number = _number(row.label)
        if number <= last or (not parts and number != 1):
            break
        parts.append(row)
        last = number
    if len(parts) > 1:
        yield parts


def _number(label: str) -> int:
    """The number before a label: 3 of 3、 and of 三、."""
    digits = re.match(r"[(（]?(\d+|[一二三四五六七八九十]+)", label)
    if digits is None:
        return 0
    return int(digits[1]) if digits[1].isdecimal() else int(chinese_number(digits[1]) or 0)


def _divided(rows: list[Row]) -> Iterator[list[Row]]:
    """The rows of one division without what is nested in them: those of the highest mark, or those outside 其中 lists."""
    yield rows
    for level in sorted({_mark(_undivided(row.label)) for row in rows}):
        if level < PLAIN_LEVEL:
            yield [row for row in rows if _mark(_undivided(row.label)) == level]


def _undivided(label: str) -> str:
    """1.基本支出 of 按支出性质分:1.基本支出."""
    return re.sub(r"^按[^:：]{2,10}分[:：]|^其中[:：]|^[^:：]{2,8}[:：](?=[(（]?[1一][)）.、])", "", label)


def _mark(label: str) -> int:
    """How deep the number before a label is; a label without one is deepest."""
    return next((level for level, mark in enumerate(MARKS) if mark.match(label)), PLAIN_LEVEL)


def _deeper(label: str, below: str) -> bool:
    return _mark(below) != _mark(label) and (_mark(label) < _mark(below) or (_mark(label) == PLAIN_LEVEL and _mark(below) < PLAIN_LEVEL))


def _holds(band: Band, column: int, row: Row, parts: Sequence[Row]) -> bool:
    """Whether the parts make up the total in this column to the last digit."""
    total = band.value(row, column)
    if total is None or not total.value:
        return False
    figures = [figure for part in parts if (figure := band.value(part, column)) is not None]
    if not figures or len(figures) < min(2, len(parts)) or not _alike([total, *figures]):
        return False
    return add_up(*[figure.value for figure in figures]) == total.value and (len(figures) > 1 or len(parts) == 1)


BALANCE = re.compile(r"余额|结存|库存|[期年月]初|[期年月]末")
CARRIED = re.compile(rf"{BALANCE.pattern}|累计|截至|均|每|价|标准")
"""Columns whose total may be the last of running ones, a balance or a mean."""
SCORES = ("score", "review_score", "raw_score")
"""Of several projects the row of a total may print the mean."""


def _sum_of_rows(band: Band, column: int, row: Row, parts: Sequence[Row], tie: Tie) -> Iterator[Relation]:
    total = band.value(row, column)
    figures = [figure for part in parts if (figure := band.value(part, column)) is not None]
    if total is None or len(figures) < 1 or not _alike([total, *figures]):
        return
    if total.kind == "rate" and (total.value != 1 or tie != "stated"):
        return  # rates add up where they are shares of one whole only
    role = band.heads[column].role
    if (role not in ADDABLE or role in SCORES) and _may_be_mean(total, figures) and not _adds_up_beside(band, column, row, parts):
        return
    if BALANCE.search(band.heads[column].words) and total.value in (figures[0].value, figures[-1].value):
        return  # the balance of the first or the last month
    counted = band.heads[column].role is None and total.kind == "count" and total.value < add_up(*[figure.value for figure in figures])
    if counted and OF_SEVERAL.search(band.heads[column].words):
        return
    counted = counted and not NUMBER_OF.search(band.heads[column].words)
    blank = any(_is_blank(band, part, column) and not _is_blank_elsewhere(band, part) for part in parts)
    words = f"{row.label}（{band.heads[column].words}）"
    # One column that holds shows the structure; a cell left empty in this column only may be a figure that was forgotten.
    dashed = any(_is_dashed(band, part, column) and not _is_nought_elsewhere(band, part, row, parts) for part in parts)
    yield Relation("sum", total, tuple(figures), words, not blank, (), "likely" if blank or dashed or counted else tie, f"{words}合计", rule=_rule(row, total), table=True)


def _adds_up_beside(band: Band, column: int, row: Row, parts: Sequence[Row]) -> bool:
    """Whether two other columns of amounts add up in the same rows, so that one of amounts that carries nothing on prints no mean."""
    head, total = band.heads[column], band.value(row, column)
    if total is None or total.kind != "amount" or head.role in SCORES or CARRIED.search(head.words):
        return False
    beside = [other for other in band.heads if other != column and (figure := band.value(row, other)) and figure.kind == "amount" and _holds(band, other, row, parts)]
    return len(beside) > 1


def _may_be_mean(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether what stands in the row of a total lies among its parts, as a mean, a balance carried on or the last of running totals does."""
    values = [part.value for part in parts if part.value]
    return len(values) > 1 and min(values) <= total.value <= max(values)


def _rule(row: Row, total: Figure) -> str:
    """The code of the sum: of the sources of a project's funds, or of any list."""
    return "BUD-10" if label_of(row.label) == "total_funds" and total.kind == "amount" else ""


def _is_blank(band: Band, row: Row, column: int) -> bool:
    cell = row.cells.get(column)
    return cell is None or (band.view.is_empty(cell) and not _is_dashed(band, row, column))


def _is_dashed(band: Band, row: Row, column: int) -> bool:
    return (cell := row.cells.get(column)) is not None and bool(DASH.fullmatch(band.view.words(cell)))


def _is_nought_elsewhere(band: Band, part: Row, row: Row, parts: Sequence[Row]) -> bool:
    """Whether a dash stands for nought in other columns of the row: else it may be told under another part."""
    return sum(_is_dashed(band, part, column) and _holds(band, column, row, parts) for column in _addable(band)) > 1


def _is_blank_elsewhere(band: Band, row: Row) -> bool:
    """Whether the row prints no amount at all: a source that the project does not have."""
    amounts = (band.value(row, column) for column in _addable(band))
    return not any(figure is not None and figure.value for figure in amounts)


# ------------------------------------------------------------------------------------------------------------- columns


def _across(band: Band) -> Iterator[Relation]:
    """合计 or 小计 beside 中央, 市级, 本级 …: the columns of one group, or all parts before the total."""
    for column, head in band.heads.items():
        if head.role != "sum":
            continue
        for parts in _column_candidates(band, column):
            rows = [row for row in band.rows if band.value(row, column)]
            held = sum(_across_holds(band, row, column, parts) for row in rows)
            if held * 2 > len(rows) or held > 1:
                for row in rows:
                    yield from _sum_of_columns(band, row, column, parts)
                break


def _column_candidates(band: Band, total: int) -> Iterator[list[int]]:
    group = band.heads[total].group
    same = [column for column, head in band.heads.items() if head.role == "part" and head.group == group]
    yield [column for column in same if column < total]
    yield [column for column in same if column > total]
    yield same
    if band.plain:
        yield [column for column in _addable(band) if column < total]
        yield [column for column in _addable(band) if column > total]


def _across_holds(band: Band, row: Row, total: int, parts: Sequence[int]) -> bool:
    whole = band.value(row, total)
    figures = [figure for column in parts if (figure := band.value(row, column)) is not None]
    return whole is not None and len(figures) > 0 and _alike([whole, *figures]) and add_up(*[f.value for f in figures]) == whole.value


def _sum_of_columns(band: Band, row: Row, total: int, parts: Sequence[int]) -> Iterator[Relation]:
    """A row of the columns' sum; rates and what each gets are worked out anew from the totals, but for shares of a whole."""
    whole = band.value(row, total)
    figures = [figure for column in parts if (figure := band.value(row, column)) is not None]
    if whole is not None and figures and _alike([whole, *figures]) and (whole.value in (1, HUNDRED) or (whole.kind != "rate" and not OF_EACH.search(row.label))):
        words = f"{row.label}（{band.heads[total].words}）"
        yield Relation("sum", whole, tuple(figures), words, True, (), "stated", f"{words}合计", table=True)


# ------------------------------------------------------------------------------------------------------------- a tree


def _covering(band: Band) -> Iterator[Relation]:
    """A total whose cell covers several rows, beside the cells of those rows: 下达合计 over 中央, 市级, 本级."""
    for total in _addable(band):
        groups = [(row, cell) for row in band.rows if (cell := row.cells.get(total)) and cell.row == row.index and cell.rows > 1 and band.value(row, total)]
        for column in _addable(band) if len(groups) > 1 else ():
            sums = [(row, _inside(band, cell, column)) for row, cell in groups]
            held = sum(_make_up(band.value(row, total), parts) for row, parts in sums)
            if column != total and held * 2 > len(sums):
                for row, parts in sums:
                    yield from _total(band, row, total, parts)


def _inside(band: Band, cell: Cell, column: int) -> list[Figure]:
    """The values of a column in the rows that a cell covers."""
    rows = [row for row in band.rows if cell.row <= row.index < cell.row + cell.rows]
    return [figure for row in rows if (figure := band.value(row, column)) is not None]


def _by_kind(band: Band) -> Iterator[Relation]:
    """合计 over 中央, 市级, 本级, and below it each project over the same three: every kind of the total is the sum of its own."""
    if not any(cell.rows > 1 and cell.row >= band.rows[0].index and TOTAL.search(band.view.words(cell)) for cell in _covering_cells(band)):
        return
    for column in _addable(band):
        for kind in band.heads:
            groups = _groups(band, kind, column)
            if groups and sum(_make_up(total, parts) for total, parts, _ in groups) * 2 > len(groups):
                for total, parts, row in groups:
                    if _make_up(total, parts) or not _is_of_each(band, row, kind, total, parts):
                        yield from _total(band, row, column, parts)


def _is_of_each(band: Band, row: Row, kind: int, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a kind is a rate or a mean (完成率 below 计划 and 实际), which does not add up where the others do."""
    return total.kind == "rate" or bool(OF_EACH.search(band.view.words(row.cells.get(kind)))) or _may_be_mean(total, parts)


def _covering_cells(band: Band) -> Iterator[Cell]:
    """The cells of the rows that cover further rows."""
    return (cell for row in band.rows for cell in row.cells.values() if cell.rows > 1 and cell.row == row.index)


def _groups(band: Band, kind: int, column: int) -> list[tuple[Figure, list[Figure], Row]]:
    """For each kind of the rows of 合计: its total, the same kind's values elsewhere, and the row of the total."""
    by_kind: dict[str, list[tuple[Figure, Row]]] = {}
    for row in band.rows:
        cell, figure = row.cells.get(kind), band.value(row, column)
        if cell and cell.row == row.index and figure is not None and not band.view.is_empty(cell) and not band.view.value(cell):
            by_kind.setdefault(band.view.words(cell), []).append((figure, row))
    if len(by_kind) < FEWEST_KINDS or any(len(found) < FEWEST_KINDS for found in by_kind.values()):
        return []
    found = []
    for entries in by_kind.values():
        totals = [(figure, row) for figure, row in entries if _in_total(band, row)]
        if len(totals) != 1:
            return []
        found.append((totals[0][0], [figure for figure, row in entries if row is not totals[0][1]], totals[0][1]))
    return found


def _in_total(band: Band, row: Row) -> bool:
    """Whether a cell that covers the row names it a total."""
    cells = (band.view.table.at(row.index, column) for column in band.heads)
    return any(cell is not None and TOTAL.search(band.view.words(cell)) and not band.view.value(cell) for cell in cells)


def _make_up(total: Figure | None, parts: Sequence[Figure]) -> bool:
    return total is not None and len(parts) > 1 and _alike([total, *parts]) and add_up(*[part.value for part in parts]) == total.value


def _total(band: Band, row: Row, column: int, parts: Sequence[Figure]) -> Iterator[Relation]:
    total = band.value(row, column)
    if total is not None and len(parts) > 1 and _alike([total, *parts]):
        words = f"{row.label}（{band.heads[column].words}）"
        yield Relation("sum", total, tuple(parts), words, True, (), "stated", f"{words}合计", table=True)


def _alike(figures: Sequence[Figure]) -> bool:
    return len({(figure.kind, base_unit(figure.unit)) for figure in figures}) == 1

