"""What the heads of a ledger are taken for."""

from __future__ import annotations

import pytest

from perfeval.books.columns import Column, columns


def column(head: str, approved: dict[str, str] | None = None, final: bool = True) -> Column:
    return columns([(0, "单位名称", False), (1, head, False)], approved or {}, final)[1]


@pytest.mark.parametrize(
    ("head", "scope", "role", "year", "money"),
    [
        ("年初预算数", "department", "original_budget", None, ""),
        ("年初预算数(万元)", "department", "original_budget", None, "万元"),
        ("全年 预算数 B", "department", "revised_budget", None, ""),
        ("2023年决算数", "department", "expenditure_outturn", 2023, ""),
        ("支出决算(单位:元)", "department", "expenditure_outturn", None, "元"),
        ("其中:基本支出", "basic", "expenditure_outturn", None, ""),
        ("“三公”经费决算数", "three_public", "expenditure_outturn", None, ""),
        ("三公经费年初预算数(万元)", "three_public", "original_budget", None, "万元"),
        ("决算数项目支出", "project", "expenditure_outturn", None, ""),
        ("公务接待费决算数", "reception", "expenditure_outturn", None, ""),
        ("年末结转结余", "department", "carryover_out", None, ""),
    ],
)
def test_a_known_head_has_its_role(head: str, scope: str, role: str, year: int | None, money: str) -> None:
    found = column(head)
    assert (found.how, found.scope, found.role, found.year, found.money) == ("known", scope, role, year, money)


@pytest.mark.parametrize("head", ["预算数", "三公经费预算数", "金额(万元)"])
def test_a_budget_of_no_time_is_unclear(head: str) -> None:
    assert column(head).how == "unclear"


@pytest.mark.parametrize("head", ["人均支出标准", "财政拨款支出决算数", "项目名称"])
def test_what_names_something_else_is_not_used(head: str) -> None:
    assert not column(head).is_amount


def test_what_is_only_alike_waits_for_approval() -> None:
    near = column("全年支出决算金额数")
    assert (near.how, near.is_amount) == ("near", False)
    assert near.like
    assert column("全年支出决算金额数", {"全年支出决算金额数": "执行数"}).role == "expenditure_outturn"


def test_three_public_alone_is_what_was_spent_only_in_final_accounts() -> None:
    assert column("三公经费", final=True).role == "expenditure_outturn"
    assert column("三公经费", final=False).how != "known"


def test_a_list_of_departments_names_its_units_so() -> None:
    found = columns([(0, "部门", False), (1, "决算数", False)], {}, True)
    assert found[0].role == "unit"
