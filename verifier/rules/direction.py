"""Whether less of an indicator is better: by the comparator of its target or, where that has none, by what the indicator counts."""

from __future__ import annotations

import re

from extractor.model.report import Indicator

AT_MOST = ("≤", "<")
AT_LEAST = ("≥", ">")
UNWANTED = re.compile(
    r"(?:漏损|损耗|差错|错误|事故|死亡|伤亡|发病|感染|不合格|不达标|失业|辍学|流失|返贫|违约|逾期|退货|空置|闲置|故障|误报|淘汰|违规|违纪|信访|上访|投诉|舆情)"
    r"(?:发生|案)?(?:率|数量?|人数|次数|起数|件数|数目|总量|量)?\Z|能耗|排放量|浓度\Z|(?:单位|平均|人均|建设|运行|采购|改造)?成本\Z"
)
"""What an indicator's name ends in where it counts something that nobody wants; 投诉办结率 and 成本节约率 do not."""


def reverse(indicator: Indicator) -> bool:
    """Whether less is better."""
    target = indicator.target
    if target is None:
        return False
    return target.comparator in AT_MOST or (target.comparator not in AT_LEAST and bool(UNWANTED.search(indicator.name)))
