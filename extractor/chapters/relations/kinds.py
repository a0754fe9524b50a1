"""What the names of a list's parts say of them: that none is counted twice, and that there is nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractor.chapters.sentences import Mention
from extractor.model.fields import lexicon_rows
from extractor.model.report import Kinds

OPENING = re.compile(r"^.*?(?:其中|包括|分别(?:为|是)?|由|用于|分配给|下达给?|安排给?|拨付给?)")
MEASURE = re.compile(r"(?:支出|支付|补助|补贴|发放|资金|经费|安排|下达|追加|调增|核定|实有|有|为|共|各|培训|服务|得|的|约)+\Z")
PLACES = re.compile(r"(?:[县区市镇乡村州旗盟]|街道|社区|片区|连队?|[一二三四五六七八九十]团|标段|学校|[中小]学|幼儿园|医院|支队|大队|分局|分公司)\Z")
"""Names of one such ending are of different places, and nothing lies in two of them."""
CHOSEN = re.compile(r"贫困|脱贫|重点|民族|边境|试点|示范|革命|级|部(?:地区)?\Z|全|所有|以外|其他")
"""Some places of all there are: one of them may lie in another."""
NUMERAL = re.compile(r"第|[一二三四五六七八九十]|\d")
NESTED = re.compile(r"级(?:指标|目标|科目|网格|栏目|目录|单位|节点|平台|响应)|[末底止前]\Z|累计|截至|后\Z")
"""三级指标 are counted within 二级指标, what was spent by the end of June within what was by the end of September."""


def kinds_of(parts: Sequence[Mention]) -> Kinds:
    """``all`` of two opposites, ``apart`` of places and of what is told apart by a numeral alone, else nothing."""
    names = [_name(part) for part in parts]
    if len(names) < 2 or len(set(names)) < len(names) or not all(names):
        return ""
    if len(names) == 2 and any(_opposite(row, *names) for row in _opposites()):
        return "all"
    places = all(PLACES.search(name) and not CHOSEN.search(name) for name in names)
    return "apart" if places or _numbered(names) else ""


def _name(part: Mention) -> str:
    """What a part is called: 东塬片区 of 其中东塬片区, 江村乡 of 江村乡发放."""
    return re.sub(r"[^\u4e00-\u9fff\d.]", "", MEASURE.sub("", OPENING.sub("", part.clause)))


@cache
def _opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(one), re.compile(other)) for one, other in lexicon_rows("complements"))


def _opposite(row: tuple[re.Pattern[str], re.Pattern[str]], first: str, second: str) -> bool:
    """Whether one name has the one word and the other its opposite, and nothing else tells them apart."""
    return any(
        row[0].search(a) and row[1].search(b) and not row[1].search(a) and not row[0].search(b) and row[0].sub("", a) == row[1].sub("", b)
        for a, b in ((first, second), (second, first))
    )  # fmt: skip


def _numbered(names: Sequence[str]) -> bool:
    """第一批, 第二批 and 七年级, 八年级: one name with other numerals."""
    if any(NESTED.search(name) for name in names):
        return False
    bare = {NUMERAL.sub("", name) for name in names}
    return len(bare) == 1 and bare != {""} and all(NUMERAL.search(name) for name in names)
