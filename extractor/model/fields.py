"""Every role that a figure can have: its English name, Chinese label, meaning and unit, and the words that name it.

The names are those of the field's glossary; ``docs/glossary.md`` is generated from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

LEXICON = Path(__file__).resolve().parent.parent / "lexicon"


@dataclass(frozen=True, slots=True)
class Field:
    """A role: ``unit`` is ``CNY``, ``%``, ``points``, ``persons`` or ``any``."""

    name: str
    title: str
    definition: str
    unit: str

    @property
    def aliases(self) -> tuple[str, ...]:
        """The words in reports that name this role."""
        return lexicon("fields").get(self.name, ())


@cache
def lexicon(name: str) -> dict[str, tuple[str, ...]]:
    """A table of aliases: canonical name → printed words, longest first."""
    table: dict[str, tuple[str, ...]] = {}
    for line in (LEXICON / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, words = line.split("\t")
            table[key] = tuple(sorted(words.split("|"), key=len, reverse=True))
    return table


@cache
def lexicon_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """A table of the lexicon as rows of fields."""
    lines = (LEXICON / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


FIELDS: tuple[Field, ...] = (
    Field("original_budget", "年初预算数", "年初批复的预算", "CNY"),
    Field("budget_adjustment_net", "预算调整数(净额)", "年中追加为正、调减为负的净额", "CNY"),
    Field("revised_budget", "全年预算数", "年初预算数加减年中调整(含结转)后的预算", "CNY"),
    Field("expenditure_outturn", "全年执行数", "全年实际支出", "CNY"),
    Field("funds_received", "到位资金", "实际到位或下达的资金", "CNY"),
    Field("income", "本年收入", "本年实际收入", "CNY"),
    Field("carryover_in", "上年结转", "上年结转到本年的资金", "CNY"),
    Field("carryover_out", "结转结余", "年末未支出的资金", "CNY"),
    Field("project_count", "项目个数", "预算项目的个数", "any"),
    Field("execution_rate_revised", "预算执行率", "全年执行数占全年预算数的比重", "%"),
    Field("execution_rate_original", "年初预算执行率", "全年执行数占年初预算数的比重", "%"),
    Field("execution_rate_received", "到位资金支出率", "全年执行数占到位资金的比重", "%"),
    Field("budget_adjustment_rate", "预算调整率", "预算调整数占年初预算数的比重", "%"),
    Field("funds_release_rate", "资金到位率", "到位资金占预算数的比重", "%"),
    Field("carryover_ratio", "结转结余率", "结转结余占预算数(或支出数)的比重", "%"),
    Field("carryover_change_rate", "结转结余变动率", "结转结余比上年增减的比重", "%"),
    Field("procurement_execution_rate", "政府采购执行率", "实际采购金额占采购预算的比重", "%"),
    Field("staffing_control_rate", "在职人员控制率", "在职人数占编制数的比重", "%"),
    Field("three_public_control_rate", "三公经费控制率", "三公经费支出占预算的比重", "%"),
    Field("three_public_change_rate", "三公经费变动率", "三公经费比上年增减的比重", "%"),
    Field("operating_control_rate", "公用经费控制率", "公用经费支出占预算的比重", "%"),
    Field("asset_use_rate", "固定资产利用率", "在用固定资产占全部固定资产的比重", "%"),
    Field("disbursement_progress_rate", "支付进度率", "实际支付进度占计划进度的比重", "%"),
    Field("establishment_posts", "编制数", "核定的编制总数", "persons"),
    Field("administrative_posts", "行政编制数", "核定的行政编制", "persons"),
    Field("institution_posts", "事业编制数", "核定的事业编制", "persons"),
    Field("worker_posts", "工勤编制数", "核定的工勤(机关后勤)编制", "persons"),
    Field("staff_in_post", "在职人数", "在编在职的人数", "persons"),
    Field("administrative_staff", "行政在职人数", "行政编制在职人数", "persons"),
    Field("institution_staff", "事业在职人数", "事业编制在职人数", "persons"),
    Field("worker_staff", "工勤在职人数", "工勤编制在职人数", "persons"),
    Field("contract_staff", "编外人员", "编制以外聘用的人数", "persons"),
    Field("retired_staff", "离退休人数", "离休与退休人数", "persons"),
    Field("former_cadres", "离休人数", "离休人数", "persons"),
    Field("retirees", "退休人数", "退休人数", "persons"),
    Field("headcount", "实有人数", "在职、离休、退休人数之和", "persons"),
    Field("target_original", "指标值(年初)", "年初批复的指标值", "any"),
    Field("target_revised", "指标值(调整后)", "年中调整后的指标值", "any"),
    Field("actual_midyear", "年中监控完成值", "年中绩效监控时的完成值", "any"),
    Field("actual_value", "实际完成值", "全年实际完成值", "any"),
    Field("completion_rate", "完成率", "实际完成值与指标值之比", "%"),
    Field("weight", "分值", "指标的满分", "points"),
    Field("self_score", "得分", "指标的自评得分", "points"),
    Field("execution_weight", "执行率分值", "预算执行率的满分", "points"),
    Field("execution_score", "执行率得分", "预算执行率的得分", "points"),
    Field("group_weight", "一级指标分值", "一级指标的满分", "points"),
    Field("group_score", "一级指标得分", "一级指标的得分", "points"),
    Field("total_score", "综合得分", "自评总分", "points"),
    Field("average_score", "平均得分", "多个项目自评得分的平均", "points"),
    Field("full_marks", "满分", "评价满分", "points"),
)

TITLES: dict[str, str] = {field.name: field.title for field in FIELDS}

SCOPES: dict[str, str] = {
    "department": "部门整体",
    "basic": "基本支出",
    "project": "项目支出",
    "personnel": "人员经费",
    "operating": "公用经费",
    "wages": "工资福利支出",
    "goods": "商品和服务支出",
    "family": "对个人和家庭的补助",
    "capital": "资本性支出",
    "three_public": "三公经费",
    "abroad": "因公出国(境)费",
    "vehicle": "公务用车购置及运行维护费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_run": "公务用车运行维护费",
    "reception": "公务接待费",
    "procurement": "政府采购",
    "income": "收入",
}


SOURCES: dict[str, str] = {
    "fiscal": "财政拨款", "general": "一般公共预算", "gov_fund": "政府性基金", "state_capital": "国有资本经营预算", "central": "中央资金",
    "provincial": "省级资金", "city": "市级资金", "county": "县级资金", "self": "自筹资金", "other_funds": "其他资金", "assets": "资产", "debts": "负债",
    "procurement_goods": "货物采购", "procurement_works": "工程采购", "procurement_services": "服务采购",
}  # fmt: skip
"""Scopes that say where the money comes from or goes to, beside the parts of the budget."""


def scope_title(name: str) -> str:
    """The Chinese label of a scope: a known part of the budget, or the name the report gives a project."""
    return SCOPES.get(name) or SOURCES.get(name) or name.partition(":")[2] or name
