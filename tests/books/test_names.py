"""Whether two names are of one unit."""

from __future__ import annotations

import pytest

from perfeval.books.names import match

COUNTY = ("云岭县农业农村局", "云岭县教育局", "云岭县教育局（本级）", "云岭县发展和改革局", "云岭县卫生健康局")


@pytest.mark.parametrize(
    ("unit", "names", "found"),
    [
        ("云岭县农业农村局", COUNTY, "云岭县农业农村局"),
        ("云岭县 农业农村局", COUNTY, "云岭县农业农村局"),
        ("云岭县教育局", COUNTY, "云岭县教育局"),
        ("云岭县教育局(本级)", COUNTY, "云岭县教育局（本级）"),
        ("云岭县教育局", ("云岭县教育局（汇总）", "云岭县教育局（本级）"), "云岭县教育局（汇总）"),
        ("云岭县发改局", COUNTY, "云岭县发展和改革局"),
        ("云岭县发展和改革局", ("县发改局",), "县发改局"),
        ("云岭县卫健局", COUNTY, "云岭县卫生健康局"),
        ("县教育局", COUNTY, "云岭县教育局"),
        ("农业农村局", COUNTY, "云岭县农业农村局"),
        ("云岭县农业农村局", ("农业农村局", "教育局"), "农业农村局"),
        ("高新区招商服务局", ("高新区（新市区）招商服务局",), "高新区（新市区）招商服务局"),
        ("云岭县人力资源和社会保障局", ("人社局",), "人社局"),
    ],
)
def test_these_are_one_unit(unit: str, names: tuple[str, ...], found: str) -> None:
    taken = match(unit, names)
    assert (taken.sure, taken.name) == (True, found)


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        ("云岭县教育局", ("云岭县教育局（本级）",)),  # the department is not its own office
        ("教育局", ("云岭县教育局", "青山县教育局")),
        ("云岭县教育局", ("青山县教育局",)),
        ("市教育局", ("云岭县教育局",)),
        ("云岭县第一中学", ("云岭县第二中学",)),
        ("云岭县农机服务中心", ("云岭县农技服务中心",)),
        ("招商局", ("招商局（东区）",)),
        ("云岭县第二实验小学", ("实验小学",)),
        ("云岭县教育局招生办公室", ("招生办公室",)),
        ("云岭县发改局", ("云岭县发展和改革委员会",)),
        ("云岭县水利局", ()),
    ],
)
def test_these_are_not_taken_for_one(unit: str, names: tuple[str, ...]) -> None:
    taken = match(unit, names)
    assert (taken.sure, taken.name) == (False, None)


def test_names_that_are_only_alike_are_proposed() -> None:
    assert match("云岭县农机服务中心", ("云岭县农技服务中心", "云岭县教育局")).near == ("云岭县农技服务中心",)


def test_what_a_person_approved_is_taken() -> None:
    taken = match("云岭县农机服务中心", ("云岭县农技服务中心",), {"云岭县农机服务中心": "云岭县农技服务中心"})
    assert (taken.way, taken.name) == ("approved", "云岭县农技服务中心")
