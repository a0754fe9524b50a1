"""The whole reading on one screen: a file in, a typed report out."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator

from extractor.bundle import Bundle, read_bundle
from extractor.chapters import budget, evaluation, indicators, relations, staffing, tables
from extractor.chapters.sentences import sentences
from extractor.chapters.tables.joined import changes_in_rows, changes_of_names, off_goals, shares_of_rows, told_again
from extractor.chapters.tables.retold import told_totals
from extractor.chapters.tables.spoken import goals, group_scores, of_evaluation, repeated
from extractor.document import Document
from extractor.figures import figures
from extractor.model.figure import Figure
from extractor.model.report import Report
from extractor.outline import sections
from extractor.readers import is_bundle, open_bytes, open_document
from extractor.text import Text, joined

FISCAL_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d.,万亿元%])年?度?(?=[^。\n]{0,24}(?:预算|支出|自评|绩效|决算|资金|项目))")
TITLE = re.compile(r"^[^。\n]{0,60}(?:自评报告|绩效报告|评价报告|自评工作报告|自评工作总结|自评情况|自评总结|绩效自评)[^。\n]{0,12}$", re.M)
UNIT = re.compile(
    r"[\u4e00-\u9fff()]{2,24}?(?:委员会办公室|人民政府办公室|街道办事处|管理委员会|人民政府|委员会|服务局|管理局|监督局|统计局|"
    r"[\u4e00-\u9fff]{0,4}局|办公室|服务中心|管理处|中心|大学|学院|中学|小学|学校|幼儿园|医院|总队|支队|大队|联合会|总工会|法院|检察院|"
    r"[\u4e00-\u9fff]厅|[\u4e00-\u9fff]委(?!员会)|馆|所)(?![\u4e00-\u9fff]{0,2}[、])"
)
WORDS = re.compile(r"[\u4e00-\u9fff()]{3,}")
UNIT_ENDS = re.compile(r"[室府处会局心学园院队厅委馆所校]")
"""The last signs of what ``UNIT`` finds."""
AHEAD = 3
"""So many signs behind a name tell that it is one of a list."""
YEAR_BELOW_TITLE = re.compile(r"^\(((?:19|20)\d\d)年度?\)$", re.M)
"""The year of a form stands in brackets under its title."""
HEAD = 1500
"""The unit names itself on the first pages; further on others are named as well."""
NOT_A_UNIT = re.compile(r"^(?:我|本|该|各|及|由|和|对|在|按|与|经|向|市|县|区|财政局|人社局|编办|社保局|医保局|招商局)|[我本该][\u4e00-\u9fff]{1,2}\Z")
"""与 …, and what only points to the unit: 现将我局 …"""


def read_report(path: str | os.PathLike[str]) -> Report:
    """The report in the file at ``path``. Never raises for what is in the file: see ``Report.error``."""
    if is_bundle(path):
        return _report_of_bundle(path)
    return _closed(open_document(path))


def read_bytes(data: bytes, name: str) -> Report:
    """The report in a file that is in memory, such as an entry of a ZIP file; ``name`` is what it will be called."""
    return _closed(open_bytes(data, name))


def _closed(document: Document) -> Report:
    try:
        return report_of(document)
    finally:
        document.close()


def _report_of_bundle(path: str | os.PathLike[str]) -> Report:
    """All files of a folder or a ZIP file as one report."""
    report, bundle, opened = read_bundle(path)
    try:
        if bundle is not None:
            understand(report, bundle)
        return report
    finally:
        for document in opened:
            document.close()


def report_of(document: Document) -> Report:
    """The typed report of a document that is open."""
    report = Report(
        document.path, document.sha256, document.format, len(document.pages), notes=list(document.notes)
    )
    if document.error:
        report.status, report.error = "unreadable", document.error
        return report
    text = joined(document)
    report.text, report.tables = text.chars, text.tables
    understand(report, text)
    return report


def understand(report: Report, text: Text | Bundle | None = None) -> None:
    """Fills everything that follows from ``report.text``; ``text`` knows where its characters were printed."""
    spans = [(table.start, table.end) for table in report.tables]
    report.sections = sections(report.text, spans)
    report.figures = figures(report.text, report.tables)
    if text is not None:
        for figure in report.figures:
            figure.put(text.place(figure.start, figure.end))
    report.title = _title(report.text)
    report.fiscal_year = fiscal_year(report)
    report.unit_name = unit_name(report)
    report.kind = kind(report)
    stated = tables.read_tables(report.text, report.tables, report.figures, report.fiscal_year)
    report.evaluations = stated.evaluations
    for one in report.evaluations:
        one.facts += indicators.facts(one.indicators, report.fiscal_year)
    in_title = bool(report.title and UNIT.search(report.title))
    report.unit_name = stated.department or (report.unit_name if in_title or not stated.unit_name else stated.unit_name)
    spoken = _spoken(report.figures, spans, stated.spoken)
    found = sentences(report.text, spoken, report.sections)
    outside = [sentence for sentence in found if not any(start <= sentence.start < end for start, end in spans)] if spans else found
    report.indicators = indicators.indicators(report.text, outside, report.sections)
    blocks = [(indicator.start, indicator.end) for indicator in report.indicators]
    report.facts = [
        *budget.facts(found, report.sections, report.fiscal_year, blocks, report.title or ""),
        *staffing.facts(found, report.fiscal_year),
        *evaluation.facts(found, report.fiscal_year, blocks),
        *indicators.facts(report.indicators, report.fiscal_year),
    ]
    report.grades = sorted([*evaluation.grades(report.text, found), *stated.grades], key=lambda grade: grade.start)
    report.grade = report.grades[-1] if report.grades else None
    report.scheme = evaluation.declared(report.text)
    report.relations = [*relations.relations(report.text, found, spoken, report.fiscal_year), *stated.relations]
    report.relations += [*repeated(found, report.evaluations), *group_scores(found, report.evaluations)]
    report.relations += [*off_goals(found, report.evaluations), *shares_of_rows(found, stated.named), *told_again(found, stated.named)]
    report.relations += [*changes_in_rows(found, stated.named), *changes_of_names(outside, stated.named), *told_totals(outside, stated.totals)]
    if stated.goals:
        planned = [figure for figure in report.figures if any(start <= figure.start < end for start, end in stated.goals)]
        report.relations += goals(sentences(report.text, planned, report.sections), report.evaluations)
    for key, index in of_evaluation(found, report.evaluations).items():
        report.evaluations[index].named.add(key)
    if len(report.evaluations) == 1:
        report.facts += report.evaluations[0].facts
        report.indicators += report.evaluations[0].indicators


def _spoken(found: list[Figure], tables: list[tuple[int, int]], prose: list[tuple[int, int]]) -> list[Figure]:
    """The figures of sentences: all but those in the cells of tables that hold values, names and rubrics."""
    if not tables:
        return found
    return [
        figure for figure in found
        if not any(start <= figure.start < end for start, end in tables) or any(start <= figure.start < end for start, end in prose)
    ]  # fmt: skip


def _title(text: str) -> str | None:
    match = TITLE.search(text[:1500])
    return match[0].strip() if match else None


def fiscal_year(report: Report) -> int | None:
    """The year the report is about: its title's, else the year most often named beside budget words."""
    if report.title and (match := re.search(r"((?:19|20)\d\d)", report.title)):
        return int(match[1])
    if below := YEAR_BELOW_TITLE.search(report.text[:HEAD]):
        return int(below[1])
    years = Counter(FISCAL_YEAR.findall(report.text))
    if not years:
        years = Counter(re.findall(r"((?:19|20)\d\d)年", report.text))
    return int(years.most_common(1)[0][0]) if years else None


def unit_name(report: Report) -> str | None:
    """The reporting unit: named in the title, else the unit most often named."""
    if report.title and (match := UNIT.search(re.sub(r"(?:19|20)\d\d年?度?", "", report.title))):
        return match[0]
    names = Counter(name for name in _units(report.text[:HEAD]) if not NOT_A_UNIT.search(name))
    return names.most_common(1)[0][0] if names else None


def _units(text: str) -> Iterator[str]:
    """Every name of a unit; only words that hold the last sign of one are searched, since the search is dear."""
    for words in WORDS.finditer(text):
        if UNIT_ENDS.search(words[0]):
            yield from UNIT.findall(text, words.start(), words.end() + AHEAD)


def kind(report: Report) -> str:
    """What sort of report it is, from its title and first words."""
    head = (report.title or "") + report.text[:800]
    if re.search(r"部门(?:单位)?整体|整体支出", head) or re.search(r"部门(?:单位)?整体支出", report.text):
        return "department_report"
    return "project_report" if "项目" in head else "unknown"
