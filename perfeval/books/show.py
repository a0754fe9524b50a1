"""What was made of a roster or a ledger, for a person to approve: every column, every row that cannot be used."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping

from perfeval.books.columns import Column
from perfeval.books.ledger import Ledger, read_ledger
from perfeval.books.roster import Roster, read_roster
from perfeval.books.sheets import sheets
from perfeval.books.tables import Table, table
from perfeval.render.layout import columns as width_of
from perfeval.render.layout import plain, wrap

WIDTH = 80
HEAD_WIDTH = 26


def read_book(path: str | os.PathLike[str], columns: Mapping[str, str] | None = None, units: Mapping[str, str] | None = None) -> Ledger | Roster:
    """A ledger where a column holds, or seems to hold, amounts; else a roster."""
    tables = [found for sheet in sheets(path) if (found := table(sheet, columns or {}))]
    money = any(column.is_amount or column.how in ("near", "unclear") for found in tables for column in found.columns)
    return read_ledger(path, columns, units) if money else read_roster(path, columns, units)


def needs_approval(book: Ledger | Roster) -> bool:
    """Whether anything waits for a person: a column that is only alike or unknown, a row that cannot be used."""
    return bool(book.problems) or any(column.how != "known" for found in book.tables for column in found.columns)


def page(book: Ledger | Roster) -> str:
    """The mapping in words."""
    kind = "账表" if isinstance(book, Ledger) else "名册"
    lines = [f"■ {plain(book.name)} · {kind}", *(f"  {line}" for line in _summary(book))]
    for found in book.tables:
        lines += ["", f"  {_where(found)}", *(_row(column, found) for column in found.columns)]
    if book.problems:
        lines += ["", "  需要处理：", *(wrap(problem, WIDTH, "    ", first="  · ") for problem in book.problems)]
    return "\n".join(lines) + "\n"


def _summary(book: Ledger | Roster) -> Iterator[str]:
    if isinstance(book, Ledger):
        years = Counter(line.year for line in book.lines)
        yield f"{len(book.units)}个单位，{len(book.lines)}个数；年度：{'、'.join(map(str, sorted(years))) or '未写明'}"
        return
    due = sum(unit.due for unit in book.units)
    yield f"{len(book.units)}个单位，应报{due}个；主管部门{len({unit.department for unit in book.units if unit.department})}个"


def _where(found: Table) -> str:
    name = f"工作表“{plain(found.sheet.name)}”" if found.sheet.name else "表"
    money = f"，金额单位{found.money}" if found.money else ""
    return f"{name}：表头{found.row_name(found.head_row)}{money}{f'，{found.year}年' if found.year else ''}"


def _row(column: Column, found: Table) -> str:
    head = plain(column.head)
    gap = " " * max(1, HEAD_WIDTH - width_of(head))
    return wrap(_meaning(column, found), WIDTH, " " * (HEAD_WIDTH + 4), first=f"    {head}{gap}")


def _meaning(column: Column, found: Table) -> str:
    if column.how == "near":
        return f"？ 未使用；与“{column.like}”相近（{column.likeness}%），如是，请在 perfeval.toml 的 [columns] 中写 \"{plain(column.head)}\" = \"{column.like}\""
    if column.how == "unclear":
        return "？ 未使用；没有写明是年初还是全年、预算还是执行，请在 perfeval.toml 的 [columns] 中写明"
    if column.how == "unknown":
        return "× 不认识，未使用"
    if not column.scope:
        return f"→ {column.title}"
    money = column.money or found.money
    return f"→ {column.title}（{f'{column.year}年，' if column.year else ''}{money or '单元格自带单位，否则不用'}）"
