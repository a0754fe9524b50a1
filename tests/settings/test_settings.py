"""perfeval.toml: what a bureau decided, put on audits without ever taking a finding off the list."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from perfeval.bureau import Bureaus
from perfeval.cli import app
from perfeval.contract import Output
from perfeval.pipeline import audit_file
from perfeval.settings.load import load
from perfeval.settings.model import SettingsError
from verifier.audit import Audit, Finding

TEXT = """云岭县水利局2023年度部门整体支出绩效自评报告
一、预算执行情况
2023年支出总计1,200.00万元，其中：基本支出800.00万元，项目支出300.00万元。
年初预算数1,000.00万元，年中追加250.00万元，全年预算数1,250.00万元，全年支出1,200.00万元，预算执行率69.00%。
二、绩效目标完成情况
修复堤防目标值120公里，实际完成130公里，完成率108.33%，分值10分，得10分。
三、存在的问题和改进措施
无。绩效自评总分95分，等级为“优”。
"""
WAIVER = """
[[waiver]]
rule = "BUD-05"
unit = "云岭县水利局"
reason = "含经营支出100万元，已核对决算"
approver = "李科长"
expires = 2025-12-31
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "报告.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def settings(folder: Path, text: str) -> Path:
    path = folder / "perfeval.toml"
    path.write_text(text, encoding="utf-8")
    return path


def audited(folder: Path, text: str, today: date = date(2025, 6, 1)) -> Audit:
    settings(folder, text)
    report = folder / "报告.txt"
    return audit_file(report, bureau=Bureaus(today).of(report))


def finding(audit: Audit, rule: str) -> Finding:
    return next(one for one in audit.findings if one.rule == rule)


def call(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return done.exit_code, done.stdout, done.stderr


def test_a_waived_finding_stays_and_says_who_and_why(folder: Path) -> None:
    audit = audited(folder, WAIVER)
    waiver = finding(audit, "BUD-05").waiver
    assert waiver is not None
    assert (waiver.kind, waiver.reason, waiver.approver, waiver.expires) == ("waiver", "含经营支出100万元，已核对决算", "李科长", "2025-12-31")
    assert (audit.count("error"), audit.waived) == (1, 1)
    assert finding(audit, "RAT-01").waiver is None


@pytest.mark.parametrize("change", [('unit = "云岭县水利局"', 'unit = "县水利局"'), ('unit = "云岭县水利局"', "year = 2023"), ('rule = "BUD-05"\n', "finding = \"{id}\"\n")])
def test_a_waiver_may_name_the_unit_shortly_the_year_or_the_finding(folder: Path, change: tuple[str, str]) -> None:
    key = finding(audited(folder, ""), "BUD-05").id
    audit = audited(folder, WAIVER.replace(change[0], change[1].replace("{id}", key)))
    assert [one.rule for one in audit.findings if one.waiver] == ["BUD-05"]


@pytest.mark.parametrize("change", [('"云岭县水利局"', '"青山县水利局"'), ('"BUD-05"', '"BUD-01"'), ('unit = "云岭县水利局"', "year = 2022")])
def test_a_waiver_for_something_else_waives_nothing(folder: Path, change: tuple[str, str]) -> None:
    assert audited(folder, WAIVER.replace(*change)).waived == 0


def test_an_expired_waiver_reopens_its_finding_and_says_so(folder: Path) -> None:
    audit = audited(folder, WAIVER, date(2026, 1, 1))
    found = finding(audit, "BUD-05")
    assert found.waiver is None
    assert found.remarks == ("豁免已于2025-12-31到期（李科长批准，含经营支出100万元，已核对决算），重新列出",)
    assert audited(folder, WAIVER, date(2025, 12, 31)).waived == 1


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('approver = "李科长"\n', "", "缺少 approver"),
        ("2025-12-31", '"明年"', "expires 应为日期，如 2025-12-31（不加引号）"),
        ('reason = "含经营支出100万元，已核对决算"', 'reason = ""', "reason 不能为空"),
        ("expires = 2025-12-31", "", "缺少 expires"),
        ("expires", "until = 1\nexpires", "不认识“until”，可用的有：finding、rule、unit、year、reason、approver、expires"),
    ],
)
def test_a_malformed_waiver_reopens_its_finding_and_says_so(folder: Path, old: str, new: str, why: str) -> None:
    path = settings(folder, WAIVER.replace(old, new))
    audit = audited(folder, WAIVER.replace(old, new))
    assert finding(audit, "BUD-05").remarks == (f"perfeval.toml 第2行的豁免无效（{why}），重新列出",)
    assert audit.waived == 0
    assert load(path).problems == [f"{path} 第2行的豁免（BUD-05 云岭县水利局）无效：{why}；对应的问题照常列出。"]


def test_a_waiver_that_names_nothing_waives_nothing(folder: Path) -> None:
    text = WAIVER.replace('rule = "BUD-05"\n', "")
    assert audited(folder, text).waived == 0
    assert "没有写明对哪条问题（finding）或哪条规则（rule）" in load(settings(folder, text)).problems[0]


def test_severities_and_schemes_are_the_bureaus(folder: Path) -> None:
    audit = audited(folder, '[severity]\n"BUD-05" = "疑点"\n"RAT-01" = "notice"\n[schemes]\n"县水利局" = "mof_2020_10"\n')
    assert (finding(audit, "BUD-05").severity, finding(audit, "RAT-01").severity) == ("warning", "notice")
    assert finding(audit, "BUD-05").remarks == ("等级按 perfeval.toml 由“错误”改为“疑点”",)
    assert [one.severity for one in audit.findings] == sorted((one.severity for one in audit.findings), key=["error", "warning", "notice", "info"].index)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('scheme = "x"', "第1行：没有可用的评分方案“x”，可用的有："),
        ('\n[severity]\n"RAT-99" = "错误"\n', "第3行：没有规则“RAT-99”"),
        ('\n[severity]\n"RAT-01" = "致命"\n', "第3行：“severity.RAT-01”的值不对，可用的有：错误、疑点、提示、说明"),
        ("[units]\n\n县局 = 1\n", "第3行第1列写法有误"),
        ('[units]\n\n"县局" = 1\n', "第3行：“units.县局”的值不对，应为加英文双引号的文字"),
        ("[waivers]\n", "第1行：不认识“waivers”，可用的有：scheme、schemes、severity、columns、units、baseline、waiver"),
        ('[waiver]\nrule = "RAT-01"\n', "第1行：“waiver”的值不对，应为若干节（每节以 [[waiver]] 开头）"),
        ('[schemes]\n"水利局" = "没有"\n', "第2行：没有可用的评分方案“没有”"),
        ('scheme = "x', "写法有误"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_said_with_its_line(folder: Path, text: str, words: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load(settings(folder, text))
    assert words in str(raised.value)


def test_a_file_in_gbk_says_what_to_do(folder: Path) -> None:
    (folder / "perfeval.toml").write_bytes('[units]\n"甲" = "乙"\n'.encode("gbk"))
    with pytest.raises(SettingsError, match="不是 UTF-8"):
        load(folder / "perfeval.toml")


def test_every_output_keeps_and_marks_a_waived_finding(folder: Path) -> None:
    settings(folder, WAIVER.replace("2025-12-31", "2999-12-31"))
    report = folder / "报告.txt"
    said = "豁免：李科长批准，含经营支出100万元，已核对决算，有效期至2999-12-31"
    text = "".join(call("verify", report)[1].split())
    assert "〔豁免〕BUD-05" in text
    assert said in text
    assert "另有豁免1" in text
    for name in ("csv", "md"):
        assert said in call("verify", report, "-f", name)[1].replace("\\", "")
    out = Output.model_validate(json.loads(call("verify", report, "-f", "json")[1]))
    waived = [one.waiver.approver for one in out.documents[0].findings if one.waiver]
    assert (waived, out.summary.waived, out.summary.errors) == (["李科长"], 1, 1)
    call("verify", report, "-o", folder / "清单.xlsx")
    sheet = openpyxl.load_workbook(folder / "清单.xlsx")["问题清单"]
    column = [cell.value for cell in sheet[1]].index("豁免和变更")
    assert [row[column].value for row in sheet.iter_rows(min_row=2) if row[5].value == "BUD-05"] == [said]


def test_waived_errors_do_not_fail_the_run(folder: Path) -> None:
    settings(folder, WAIVER.replace("2025-12-31", "2999-12-31") + WAIVER.replace("BUD-05", "RAT-01").replace("2025-12-31", "2999-12-31"))
    assert call("verify", folder / "报告.txt")[0] == 0
    assert call("verify", folder / "报告.txt", "--config", folder / "没有.toml")[0] == 2


def test_malformed_waivers_are_said_before_the_list(folder: Path) -> None:
    settings(folder, WAIVER.replace('approver = "李科长"\n', ""))
    code, _, err = call("verify", folder / "报告.txt")
    assert code == 1
    assert "第2行的豁免（BUD-05 云岭县水利局）无效：缺少 approver" in err


def test_a_baseline_only_shrinks(folder: Path) -> None:
    settings(folder, 'baseline = "基线.json"\n')
    report = folder / "报告.txt"
    assert call("baseline", report)[0] == 0
    before = json.loads((folder / "基线.json").read_text(encoding="utf-8"))
    assert [entry["rule"] for entry in before["findings"]] == ["BUD-05", "POL-04", "RAT-01"]
    assert call("verify", report)[0] == 0
    report.write_text(TEXT.replace("300.00", "400.00").replace("108.33%", "103.83%"), encoding="utf-8")
    code, out, err = call("verify", report)
    assert code == 1
    assert "IND-01" in out
    assert "基线中有1条问题已经消除" in err
    assert "由3条减为2条，去掉已消除的1条" in call("baseline", report)[1]
    after = json.loads((folder / "基线.json").read_text(encoding="utf-8"))
    assert [entry["rule"] for entry in after["findings"]] == ["POL-04", "RAT-01"]
    report.write_text(TEXT, encoding="utf-8")
    assert call("verify", report)[0] == 1
    grown = {**after, "findings": before["findings"]}
    (folder / "基线.json").write_text(json.dumps(grown), encoding="utf-8")
    code, _, err = call("verify", report)
    assert code == 2
    assert "基线只能减少，不能增加" in err


def test_the_baseline_of_units_that_were_not_verified_is_kept(folder: Path) -> None:
    settings(folder, 'baseline = "基线.json"\n')
    other = folder / "别的.txt"
    other.write_text(TEXT.replace("云岭县水利局", "云岭县林业局"), encoding="utf-8")
    call("baseline", folder / "报告.txt", other)
    other.unlink()
    assert "由6条减为6条" in call("baseline", folder / "报告.txt")[1]


def test_columns_and_units_that_a_person_approved_are_used(folder: Path) -> None:
    (folder / "决算.csv").write_text("单位,年度,支出决算金额数（万元）\n县水务局,2023,1200.00\n", encoding="utf-8")
    assert call("books", folder / "决算.csv")[0] == 1
    settings(folder, '[columns]\n"支出决算金额数" = "执行数"\n[units]\n"云岭县水利局" = "县水务局"\n')
    assert call("books", folder / "决算.csv")[0] == 0
    out = json.loads(call("verify", folder / "报告.txt", "--ledger", folder / "决算.csv", "-f", "json")[1])
    ties = [check["verdict"] for check in out["documents"][0]["checks"] if check["rule"] == "TIE-03"]
    assert ties == ["consistent", "consistent"]
