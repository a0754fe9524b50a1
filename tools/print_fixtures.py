"""Print the narrative fixture reports as PDF from three producers.

    python tools/print_fixtures.py [--producer reportlab|chromium|weasyprint] [NAME …]

Without names it prints the five reports of ``PRINTED``; without ``--producer``,
from all three. Each ``fixtures/reports/narrative/<name>/report.txt`` becomes, beside it:

report-reportlab.pdf
    ReportLab. The text is set with the CID font STSong-Light, which is named and
    not embedded: no font program in the file, characters as UniGB-UCS2-H codes.
report-chromium.pdf
    Chromium, headless (``chromium --headless --print-to-pdf``), from an HTML page.
    Skia embeds a subset of Noto Serif CJK SC with a ToUnicode map.
report-weasyprint.pdf
    WeasyPrint, from the same HTML page. Pango shapes the lines; the subset is
    embedded as a CID font.

What it needs (nothing is fetched while it runs): the Python packages ``reportlab``
and ``weasyprint``, best in a throw-away environment, the Debian packages
``chromium`` and ``fonts-noto-cjk``, and Pango for WeasyPrint. A producer that is
not installed is named and skipped, and the exit code is then 1.

The reports typed with short lines and page marks are joined to paragraphs first, so
each producer breaks the lines (and the pages) anew. Dates in the files are
fixed, so that printing again with the same producer changes nothing.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path

REPORTS = Path(__file__).resolve().parent.parent / "fixtures" / "reports" / "narrative"
PRINTED = (
    "xinjiang_bumen",
    "yunnan_xiangmu",
    "hunan_zhengti",
    "guangdong_zhengti",
    "zhejiang_xuexiao",
)
EPOCH = "1704067200"  # 2024-01-01T00:00:00Z, the date in every printed file
LONG_LINE = 40  # a file with a wider line is one paragraph a line
SLACK = 4  # a wrapped line this much short of the widest ends its paragraph

PAGE_MARK = re.compile(r"^(?:\d{1,3}|[—-] ?\d{1,3} ?[—-]|第\d{1,3}页)$")
OPENING = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}\.(?!\d)|（\d{1,2}）)")
CSS = """
@page { size: A4; margin: 3.2cm 2.6cm 3cm 2.8cm;
        @bottom-center { content: "- " counter(page) " -"; font-size: 10.5pt; } }
body { font-family: "Noto Serif CJK SC", serif; font-size: 15pt; line-height: 1.75; margin: 0; }
h1 { font-size: 20pt; text-align: center; font-weight: normal; margin: 0 0 1em; }
p { margin: 0; text-indent: 2em; text-align: justify; }
p.head { font-weight: bold; }
"""


def width(line: str) -> float:
    """Columns of a line, a Chinese character being one."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in line)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a report, joined again where it was typed in short lines."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    widest = max(width(line) for line in lines)
    if widest > LONG_LINE:
        return lines
    joined: list[str] = []
    ended = True
    for line in lines:
        if PAGE_MARK.match(line):
            continue
        if ended or OPENING.match(line):
            joined.append(line)
        else:
            joined[-1] += line
        ended = width(line) < widest - SLACK
    return joined


def as_html(text: str) -> str:
    """The page that Chromium and WeasyPrint print."""
    title, *rest = paragraphs(text)
    body = "\n".join(f"<p{' class=head' if len(p) < 30 and OPENING.match(p) else ''}>{html.escape(p)}</p>" for p in rest)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title><style>{CSS}</style></head>"
        f"<body><h1>{html.escape(title)}</h1>\n{body}</body></html>"
    )


def print_reportlab(text: str, out: Path) -> None:
    """Print with the unembedded CID font STSong-Light."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import cm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    song = ParagraphStyle(
        "body",
        fontName="STSong-Light",
        fontSize=15,
        leading=26,
        firstLineIndent=30,
        wordWrap="CJK",
    )
    head = ParagraphStyle("title", song, fontSize=20, leading=30, firstLineIndent=0, alignment=1, spaceAfter=14)

    def foot(canvas, document) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont("STSong-Light", 10.5)
        canvas.drawCentredString(A4[0] / 2, 1.6 * cm, f"- {document.page} -")

    title, *rest = paragraphs(text)
    story = [Paragraph(html.escape(title), head)]
    story += [Paragraph(html.escape(p), song) for p in rest]
    SimpleDocTemplate(
        str(out),
        pagesize=A4,
        title=title,
        invariant=1,
        leftMargin=2.8 * cm,
        rightMargin=2.6 * cm,
        topMargin=3.2 * cm,
        bottomMargin=3 * cm,
    ).build(story, onFirstPage=foot, onLaterPages=foot)


def print_chromium(text: str, out: Path) -> None:
    """Print with headless Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise ModuleNotFoundError("chromium")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(as_html(text), encoding="utf-8")
        subprocess.run(
            [
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                f"--user-data-dir={folder}/profile",
                "--no-pdf-header-footer",
                f"--print-to-pdf={out}",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    # Chromium offers no way to set the date: replace it by one of the same length.
    fixed = re.sub(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}", rb"\g<1>20240101000000", out.read_bytes())
    out.write_bytes(fixed)


def print_weasyprint(text: str, out: Path) -> None:
    """Print with WeasyPrint."""
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    from weasyprint import HTML

    HTML(string=as_html(text)).write_pdf(out, pdf_identifier=b"perfeval-fixture")


PRODUCERS: dict[str, Callable[[str, Path], None]] = {
    "reportlab": print_reportlab,
    "chromium": print_chromium,
    "weasyprint": print_weasyprint,
}


def main(argv: list[str] | None = None) -> int:
    """Print what was asked for; 1 if a producer is not installed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", default=PRINTED, help="folders of fixtures/reports/narrative")
    parser.add_argument("--producer", choices=sorted(PRODUCERS), action="append")
    asked = parser.parse_args(argv)
    missing = 0
    for name in asked.names:
        text = (REPORTS / name / "report.txt").read_text(encoding="utf-8")
        for producer in asked.producer or PRODUCERS:
            out = REPORTS / name / f"report-{producer}.pdf"
            try:
                PRODUCERS[producer](text, out)
            except (ModuleNotFoundError, OSError) as error:
                print(f"{producer}: not installed ({error})", file=sys.stderr)
                missing = 1
            else:
                print(f"{out.relative_to(REPORTS)}  {out.stat().st_size // 1024} KB")
    return missing


if __name__ == "__main__":
    raise SystemExit(main())
