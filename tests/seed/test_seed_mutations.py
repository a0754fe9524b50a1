"""Every figure of the seed, changed: what stands in a relation draws an error that involves it."""

from __future__ import annotations

import re

import pytest

from extractor.model.figure import Figure
from extractor.model.report import Report
from extractor.read import understand
from verifier.verify import verify

ALONE = {
    # (words before, figure): why no change of it can be an error
    "下属预算单位1个": "names are counted with doubt: CON-06 is a warning",
    "下设2个": "names are counted with doubt: CON-06 is a warning",
    "在职7人": "no total of staff is stated",
    "在职8人": "no total of staff is stated",
    "雇员5人": "stands alone",
    "总计60个": "the two clauses need not speak of one thing",
    "共签订60个": "the two clauses need not speak of one thing",
    "计划总投资额470.13亿元": "stands alone",
}
ROLES_ALONE = {
    "actual_midyear": "a mid-year value may be any value below the year's",
    "target_original": "a rate target that is met stays met; 指标六 was measured against its revised target",
    "actual_value": "an actual rate above its target may be printed as 100%",
    "completion_rate": "without an actual value in the same unit nothing bears on it",
}


def changes(figure: Figure) -> list[str]:
    """The figure with its first, middle and last digit changed, one at a time."""
    match = re.search(r"\d[\d.]*", figure.text)
    assert match
    digits = [i for i, sign in enumerate(match[0]) if sign.isdigit()]
    found = []
    for at in dict.fromkeys((digits[0], digits[len(digits) // 2], digits[-1])):
        new = str((int(match[0][at]) + 3) % 10)
        if at == digits[0] and new == "0" and len(digits) > 1:
            new = "4"
        found.append(figure.text.replace(match[0], match[0][:at] + new + match[0][at + 1 :], 1))
    return [text for text in dict.fromkeys(found) if text != figure.text]


def blamed(seed: Report, figure: Figure, printed: str) -> bool:
    """Whether some error involves the figure once it is printed so."""
    changed = Report(seed.path, seed.sha256, seed.format, seed.pages)
    changed.text = seed.text[: figure.start] + printed + seed.text[figure.end :]
    understand(changed)
    here = {other.id for other in changed.figures if other.start == figure.start}
    return any(f.severity == "error" and here & set(f.figures) for f in verify(changed).findings)


def test_a_changed_figure_is_found(seed: Report) -> None:
    roles = {fact.figure.id: fact.field for fact in seed.facts}
    caught = 0
    missed = []
    for figure in seed.figures:
        if not figure.is_claim:
            continue
        for printed in changes(figure):
            if blamed(seed, figure, printed):
                caught += 1
            else:
                missed.append((figure, printed))
    unexplained = [
        (seed.text[figure.start - 12 : figure.end], printed)
        for figure, printed in missed
        if not any(seed.text[: figure.end].endswith(words) for words in ALONE) and roles.get(figure.id) not in ROLES_ALONE and not _only_coarse(figure, printed)
    ]

    assert caught >= 120
    assert unexplained == []


def _only_coarse(figure: Figure, printed: str) -> bool:
    """304.57 → 304.50 beside a whole 36万元: the coarse reading explains it, and it is shown as rounding."""
    return figure.text == "304.57万元" and printed == "304.50万元"


@pytest.mark.parametrize("words", sorted(ALONE))
def test_what_is_listed_as_standing_alone_is_in_the_report(seed: Report, words: str) -> None:
    assert words in seed.text
