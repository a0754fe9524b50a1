"""CPU per page of our reading and verification beside pdfplumber and bare pypdfium2, on the same files in one run.

    python bench/speed.py [FILE.pdf …]     (make bench)

The floor is what pdfium alone costs to load the pages and hand out their text: no verification can be cheaper.
Contenders take turns in one process, imports done first; medians of the rounds. Start-up and memory are measured in
processes of their own.
"""

from __future__ import annotations

import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9
PAGES_FOR_MEMORY = 100
PEAK = """
import io, re, sys
from perfeval.pipeline import audit_file
from perfeval.render import json
json.write([audit_file(sys.argv[1])], io.StringIO())
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
"""
"""Prints KiB. Not ``ru_maxrss``: a child inherits its parent's peak, and this parent has read hundreds of pages by then."""
LIMIT_VERIFY, LIMIT_START, LIMIT_MEMORY, LIMIT_TABLES = 0.15, 1.5, 120, 0.2
TABLE_ROUNDS = 3


def contenders() -> dict[str, Callable[[str], int]]:
    import pdfplumber

    from extractor.read import read_report
    from perfeval.pipeline import audit_file
    from perfeval.render import json as render

    def reading(path: str) -> int:
        return len(read_report(path).figures)

    def whole(path: str) -> int:
        out = io.StringIO()
        render.write([audit_file(path)], out)
        return len(out.getvalue())

    def plumber(path: str) -> int:
        with pdfplumber.open(path) as pdf:
            return sum(len(page.extract_text() or "") for page in pdf.pages)

    return {"our reading": reading, "whole verification": whole, "pdfplumber.extract_text": plumber, "bare pypdfium2": bare}


def bare(path: str) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    found = sum(len(document[i].get_textpage().get_text_bounded()) for i in range(len(document)))
    document.close()
    return found


def pages_of(path: str) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    count = len(document)
    document.close()
    return count


def measure(path: str) -> dict[str, float]:
    """Median CPU milliseconds a page of every contender, taking turns."""
    chosen = contenders()
    times: dict[str, list[float]] = {name: [] for name in chosen}
    for turn in range(ROUNDS + 1):
        for name, work in chosen.items():
            start = time.process_time()
            work(path)
            if turn:
                times[name].append(time.process_time() - start)
    pages = pages_of(path)
    return {name: statistics.median(found) * 1000 / pages for name, found in times.items()}


def whole_verification(path: str) -> None:
    from perfeval.pipeline import audit_file
    from perfeval.render import json as render

    render.write([audit_file(path)], io.StringIO())


def plumber_with_tables(path: str) -> None:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()


def tables() -> None:
    """Whole verification of ruled tables beside pdfplumber's extract_tables and extract_text, the fixtures printed by each producer here."""
    sys.path.insert(0, str(ROOT))
    from tools.make_files import Unavailable, made

    for kind in ("pdf-reportlab", "pdf-weasyprint", "pdf-chromium", "pdf-libreoffice"):
        ours = theirs = floor = pages = 0.0
        with tempfile.TemporaryDirectory() as folder:
            for source in sorted((ROOT / "fixtures" / "tables").glob("*/source.html")):
                name = os.path.join(folder, f"{source.parent.name}.pdf")
                try:
                    Path(name).write_bytes(made(source.read_text(encoding="utf-8"), kind))
                except Unavailable as missing:
                    print(f"tables, {kind}: {missing}")
                    break
                ours += fastest(whole_verification, name)
                theirs += fastest(plumber_with_tables, name)
                floor += fastest(bare, name)
                pages += pages_of(name)
        if pages:
            print(f"tables, {kind}: {ours * 1000 / pages:.1f} ms a page, pdfplumber {theirs * 1000 / pages:.1f}, ratio {ours / theirs:.3f} (goal {LIMIT_TABLES}, floor {floor / theirs:.3f})")


def fastest(work: Callable[[str], object], path: str) -> float:
    found = []
    for _ in range(TABLE_ROUNDS):
        start = time.process_time()
        work(path)
        found.append(time.process_time() - start)
    return min(found)


def cpu_of(*command: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start_up() -> tuple[float, float]:
    """CPU seconds of ``perfeval --version`` and of ``import typer``, taking turns."""
    ours, typer = [], []
    for _ in range(ROUNDS):
        ours.append(cpu_of(sys.executable, "-m", "perfeval", "--version"))
        typer.append(cpu_of(sys.executable, "-c", "import typer"))
    return statistics.median(ours), statistics.median(typer)


def peak_memory(path: str) -> float:
    """MiB at the peak of verifying a file of a hundred pages made of this file's pages."""
    import pypdfium2

    source = pypdfium2.PdfDocument(path)
    long = pypdfium2.PdfDocument.new()
    while len(long) < PAGES_FOR_MEMORY:
        long.import_pages(source)
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.join(folder, "long.pdf")
        long.save(name)
        done = subprocess.run([sys.executable, "-c", PEAK, name], check=True, capture_output=True, text=True, cwd=ROOT)
    return float(done.stdout) / 1024


def main() -> None:
    found = sys.argv[1:] or [str(p) for p in sorted((ROOT / "fixtures").rglob("*.pdf"))]
    seed = ROOT.parent / "shared" / "seed" / "report.pdf"
    if not sys.argv[1:] and seed.exists():
        found.append(str(seed))
    ratios = []
    for path in found:
        row = measure(path)
        ratio = row["whole verification"] / row["pdfplumber.extract_text"]
        ratios.append(ratio)
        print(f"{Path(path).parent.name}/{Path(path).name} ({pages_of(path)} pages)")
        for name, value in row.items():
            print(f"  {name:<26}{value:8.2f} ms a page")
        floor = row["bare pypdfium2"] / row["pdfplumber.extract_text"]
        print(f"  verification / pdfplumber {ratio:8.3f}  (goal {LIMIT_VERIFY}, floor {floor:.3f})")
    ours, typer = start_up()
    print(f"start-up: perfeval --version {ours * 1000:.0f} ms, import typer {typer * 1000:.0f} ms, ratio {ours / typer:.2f} (goal {LIMIT_START})")
    if not sys.argv[1:]:
        tables()
    if found:
        print(f"peak memory of {PAGES_FOR_MEMORY} pages: {peak_memory(found[-1]):.0f} MiB (goal {LIMIT_MEMORY})")
        print(f"worst ratio of verification: {max(ratios):.3f}")


if __name__ == "__main__":
    main()
