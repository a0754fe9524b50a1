"""The same report as another kind of file gives the same figures, checks and findings; only places differ."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from extractor.read import report_of
from extractor.readers import open_bytes
from tools.make_files import Unavailable, made
from tools.planted_tables import FIXTURES, source
from verifier.audit import Audit
from verifier.verify import verify

NAMES = sorted(path.parent.name for path in (FIXTURES / "tables").glob("*/source.html"))
KINDS = ("docx", "xlsx", "pdf-reportlab", "pdf-chromium", "pdf-libreoffice", "ofd", "doc")
PRINTED_OTHERWISE = {
    ("chongqing_zhengti", "pdf-reportlab"): "reportlab prints the heads of three narrow columns over each other",
    ("anhui_shouxian", "pdf-reportlab"): "reportlab parts 1.5 from 分 at a line's end in a cell of a rubric",
    ("anhui_shouxian", "pdf-libreoffice"): "LibreOffice breaks the lines of a rubric between a number and its 分",
    ("sichuan_xiangmu", "pdf-libreoffice"): "a name is cut by the page's edge, its row ruled on both pages",
}
"""What is not alike yet, and why; the figures that carry claims agree but for the first."""


@cache
def audited(name: str, kind: str) -> Audit:
    return verify(report_of(open_bytes(made(source(name), kind), f"自评表.{kind}")))


def facts(audit: Audit) -> tuple[Counter[object], Counter[object], Counter[object]]:
    """The figures, checks and findings of an audit without their places."""
    figures = Counter((f.kind, f.unit, f.number, f.comparator) for f in audit.report.figures)
    checks = Counter((c.rule, _plain(c.stated), _plain(c.recomputed), c.verdict) for c in audit.checks)
    findings = Counter((f.rule, f.severity, _plain(f.stated), _plain(f.recomputed)) for f in audit.findings)
    return figures, checks, findings  # type: ignore[return-value]


def _plain(words: str | None) -> str:
    return re.sub(r"\s", "", words or "")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_file_says_the_same(name: str, kind: str) -> None:
    if reason := PRINTED_OTHERWISE.get((name, kind)):
        pytest.skip(reason)
    try:
        other = audited(name, kind)
    except Unavailable as missing:
        pytest.skip(str(missing))
    for mine, theirs in zip(facts(audited(name, "html")), facts(other), strict=True):
        assert mine - theirs == Counter()
        assert theirs - mine == Counter()
