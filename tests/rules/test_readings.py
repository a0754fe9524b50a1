"""A reading that holds is never an error, whichever subject it was found under."""

from __future__ import annotations

from collections.abc import Callable

from extractor.model.report import Report
from verifier.verify import verify

TEXT = (
    "某局2023年度部门整体支出绩效自评报告\n年初预算数1000.00万元,其中:基本支出600.00万元,项目支出400.00万元。\n"
    "因承办文化节,年中追加预算147.60万元,调整后全年预算数1147.60万元,其中:基本支出610.00万元,项目支出537.60万元,预算调整率14.76%。\n"
)


def test_a_rate_of_the_whole_after_a_list_of_parts_draws_no_error(report_of_text: Callable[[str], Report]) -> None:
    audit = verify(report_of_text(TEXT))

    assert [f.message for f in audit.findings if f.severity == "error"] == []
    assert [f.message for f in audit.findings if f.severity != "info" and "一致，与" in f.message] == []
