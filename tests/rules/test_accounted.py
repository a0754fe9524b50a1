"""What a sentence itself names accounts for a difference; what it does not name does not."""

from __future__ import annotations

import pytest

from extractor.read import report_of
from extractor.readers import open_bytes
from tools.planted import errors

TITLE = "某县某局2023年度部门整体支出绩效自评报告\n"


@pytest.mark.parametrize(
    ("told", "untold"),
    [
        ("一期320万元、二期280万元，共580万元（二期扣减20万元）。", "一期320万元、二期280万元，共580万元（二期扣减30万元）。"),
        ("参加考试186人，合格172人，合格率96.6%（缺考8人）。", "参加考试186人，合格172人，合格率96.6%（缺考3人）。"),
        ("在职人员由86人增至92人，增加8人、调出2人。", "在职人员由86人增至92人，增加8人、调出3人。"),
    ],
)
def test_what_accounts_for_a_difference_is_of_its_size(told: str, untold: str) -> None:
    found = [bool(errors(report_of(open_bytes((TITLE + words).encode(), "x.txt")))) for words in (told, untold)]

    assert found == [False, True]
