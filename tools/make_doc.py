"""Makes the samples ``report.doc`` and ``table.doc`` with python-docx and LibreOffice; run by hand, the tests only read what it made."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import docx
from docx.oxml import parse_xml

SAMPLES = Path(__file__).parents[1] / "tests" / "readers" / "samples"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("decimalEnclosedCircle", "%4"))
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> FORMULA 99 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>12.5</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
NOTE = '<w:footnote w:id="{}" {}><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'


def paragraph(*runs: str, level: int | None = None, marks: str = "") -> str:
    """A paragraph of some runs; words without a tag are a run of their own."""
    numbers = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    return f"<w:p {W}><w:pPr>{numbers}{marks}</w:pPr>{''.join(run if run.startswith('<') else words(run) for run in runs)}</w:p>"


def words(text: str, properties: str = "") -> str:
    """A run of its own."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def deleted(text: str) -> str:
    """A run that was taken out."""
    return f'<w:del w:id="1" w:author="审核" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    """A run that was put in."""
    return f'<w:ins w:id="2" w:author="审核" w:date="2024-01-01T00:00:00Z">{words(text)}</w:ins>'


def symbol(font: str, code: str) -> str:
    """A sign of a symbol font."""
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def text_box(text: str) -> str:
    """A text box with one paragraph."""
    inside = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return f'<w:r><w:pict><v:shape type="#_x0000_t202" style="width:200pt;height:50pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>'


REPORT = (
    paragraph("基本情况", level=0),
    paragraph("部门职能", level=1),
    paragraph("绩效目标", level=1),
    paragraph("数量指标", level=2),
    paragraph("5万元以上项目", level=2),
    paragraph("其他", level=3),
    paragraph("自评结论", level=0),
    paragraph("再一节", level=1),
    paragraph("全年执行数", deleted("307"), inserted("370"), ".27万元。"),
    paragraph("前半句", marks='<w:rPr><w:del w:id="3" w:author="审核" w:date="2024-01-01T00:00:00Z"/></w:rPr>'),
    paragraph("后半句"),
    paragraph("看得见", words("看不见88", "<w:vanish/>"), "的文字"),
    paragraph("占", FIELD, "个百分点"),
    paragraph("面积120m", words("2", '<w:vertAlign w:val="superscript"/>'), "，10", words("4", '<w:vertAlign w:val="superscript"/>'), "元"),
    paragraph("是", symbol("Wingdings 2", "F052"), "否", symbol("Wingdings", "F0A8"), "，满意度", symbol("Symbol", "F0B3"), "95%(含)"),
    paragraph("不断", "<w:r><w:noBreakHyphen/></w:r>", "开", "<w:r><w:softHyphen/></w:r>", "的词\u00a0空格"),
    paragraph("上一行", "<w:r><w:br/></w:r>", "下一行"),
    paragraph("上页", '<w:r><w:br w:type="page"/></w:r>', "下页"),
    paragraph("有脚注", '<w:r><w:footnoteReference w:id="5"/></w:r>', "的话"),
    paragraph("有文本框", text_box("框内得分99.79分")),
    paragraph("罕见字𠮷后面的文字", words("也隐藏", "<w:vanish/>"), "对得上"),
)
GRID_COLUMN = '<w:gridCol w:w="2000"/>'
CELL = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
INNER = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/><w:gridCol w:w='900'/></w:tblGrid>{}</w:tbl>"


def inner_row(signs: str) -> str:
    """A row of a table inside a cell, one sign a cell."""
    return f"<w:tr>{''.join(CELL.format('', paragraph(sign)) for sign in signs)}</w:tr>"


TABLE = (
    f"<w:tbl {W}><w:tblPr/><w:tblGrid>{GRID_COLUMN * 4}</w:tblGrid>"
    + "<w:tr>"
    + CELL.format('<w:vMerge w:val="restart"/>', paragraph("项目资金"))
    + CELL.format('<w:gridSpan w:val="2"/>', paragraph("年初预算数"))
    + CELL.format("", paragraph("得分"))
    + "</w:tr><w:tr>"
    + CELL.format("<w:vMerge/>", paragraph())
    + CELL.format("", paragraph("第一段") + paragraph() + paragraph("第二段"))
    + CELL.format("", paragraph("外") + INNER.format("".join(map(inner_row, ("甲1", "乙2")))) + paragraph())
    + CELL.format("", paragraph("10", level=0))
    + "</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
    + CELL.format('<w:gridSpan w:val="3"/>', paragraph("合计"))
    + "</w:tr></w:tbl>"
)


def numbering() -> str:
    """The levels of the list."""
    levels = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (kind, text) in enumerate(LEVELS)
    )
    return levels


def footnotes(document: docx.document.Document) -> None:
    """Adds a part with one footnote."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    notes = NOTE.format(0, 'w:type="separator"', "") + NOTE.format(1, 'w:type="continuationSeparator"', "") + NOTE.format(5, "", "单位为万元")
    part = Part(PackURI("/word/footnotes.xml"), kind, f"<w:footnotes {W}>{notes}</w:footnotes>".encode(), document.part.package)
    document.part.relate_to(part, relation)


def made(blocks: tuple[str, ...]) -> docx.document.Document:
    """A document of these blocks, with a list, a running head and a footnote."""
    document = docx.Document()
    lists = document.part.numbering_part.element
    lists.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{numbering()}</w:abstractNum>'))
    lists.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    end = document.element.body[-1]
    for block in blocks:
        end.addprevious(parse_xml(block))
    document.sections[0].header.paragraphs[0].text = "页眉里有 123万元"
    footnotes(document)
    return document


def main() -> None:
    """Writes the samples."""
    for name, blocks in (("report", REPORT), ("table", (paragraph("表前"), TABLE, paragraph("表后"), TABLE))):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.docx"
            made(blocks).save(str(path))
            command = [
                "soffice",
                "--headless",
                f"-env:UserInstallation=file://{folder}/profile",
                "--convert-to",
                "doc:MS Word 97",
                "--outdir",
                str(SAMPLES),
                str(path),
            ]
            subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
