"""Which unit a file belongs to."""

from __future__ import annotations

import pytest

from perfeval.pile.cases import units
from perfeval.store.records import Filed


def filed(path: str, title: str | None = None, unit: str | None = None) -> Filed:
    return Filed(1, path, "", "", 1, "", "pdf", 1, "ok", None, None, title, unit, 2023, "unknown", 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param([filed("甲/a.pdf", "云岭县水务局自评报告", "云岭县水务局")], ["云岭县水务局"], id="its title"),
        pytest.param([filed("云岭县水务局自评报告.pdf", None, "财政局")], ["云岭县水务局"], id="its file name, not a unit that it mentions"),
        pytest.param([filed("云岭县水务局/附件.pdf")], ["云岭县水务局"], id="its folder"),
        pytest.param([filed("云岭县水务局.zip/附件.pdf")], ["云岭县水务局"], id="its archive"),
        pytest.param([filed("材料/附件.pdf"), filed("材料/云岭县水务局报告.pdf")], ["云岭县水务局"] * 2, id="its neighbours"),
        pytest.param([filed("水务局/附件.pdf"), filed("水务局/云岭县水务局报告.pdf")], ["云岭县水务局"] * 2, id="short and full name"),
        pytest.param([filed("材料/附件.pdf", None, "云岭县水务局")], ["云岭县水务局"], id="a unit that it mentions"),
        pytest.param([filed("材料/附件.pdf"), filed("材料.zip/附件.pdf")], ["材料", "材料"], id="nothing"),
        pytest.param([filed("云岭县第30中学报告.pdf")], ["云岭县第30中学"], id="a number in its name"),
        pytest.param([filed("03.教育局/附件.pdf"), filed("2023年度水务局/附件.pdf")], ["教育局", "水务局"], id="a number before its name"),
    ],
)
def test_the_unit_of_a_file(files: list[Filed], expected: list[str]) -> None:
    assert list(units(files).values()) == expected


def test_a_short_name_of_two_units_stays_short() -> None:
    found = units([filed("a/小学.pdf", "第一小学报告", "第一小学"), filed("b/x.pdf", "城东第一小学报告", "城东第一小学"), filed("c/x.pdf", "城西第一小学报告", "城西第一小学")])
    assert found["a/小学.pdf"] == "第一小学"
