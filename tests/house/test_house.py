"""The house rules that a machine can hold: arrows, lean imports, fresh documents, no addresses."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import perfeval

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"index-url|https?://[^ ]*/simple|find-links|file:///")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_arrows_go_one_way() -> None:
    done = run("-c", "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())")
    assert done.returncode == 0, done.stdout


def test_the_verifier_brings_no_pdf_library() -> None:
    done = run("-c", "import sys, verifier.verify; print([m for m in ('pdfplumber', 'pypdfium2', 'pydantic', 'typer') if m in sys.modules])")
    assert done.stdout.strip() == "[]"


def test_reading_brings_pdfplumber_only_when_needed() -> None:
    done = run("-c", "import sys, extractor.read; print('pdfplumber' in sys.modules, 'pydantic' in sys.modules)")
    assert done.stdout.strip() == "False False"


def test_the_command_line_and_the_processes_of_a_pile_bring_no_database() -> None:
    done = run("-c", "import sys, perfeval.cli, perfeval.pile.child; print([m for m in ('sqlalchemy', 'psutil', 'distributed') if m in sys.modules])")
    assert done.stdout.strip() == "[]"


def test_the_public_names_are_complete_and_sorted() -> None:
    assert perfeval.__all__ == sorted(perfeval.__all__)
    assert all(getattr(perfeval, name) for name in perfeval.__all__)


def test_generated_documents_are_fresh() -> None:
    done = run("tools/generate_docs.py", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml", "Makefile", "README.md", ".ci/run"])
def test_no_address_of_a_package_index_is_kept(name: str) -> None:
    assert not ADDRESS.search((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", ["verify", "audit", "letters", "letter-template", "export", "books", "compare", "baseline", "sample", "extract", "rules", "explain", "schemes", "schema"])
def test_readme_shows_every_command(command: str) -> None:
    assert f"perfeval {command} --help" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_without_the_compiled_fraction_the_standard_one_gives_the_same_list() -> None:
    """Machines that no wheel of quicktions is made for (龙芯) work it out with the standard library."""
    code = "import sys; {0}\nfrom perfeval.pipeline import audit_file; from perfeval.render import json; import io; out = io.StringIO(); json.write([audit_file({1!r})], out); print(out.getvalue())"
    demo = str(next((ROOT / "fixtures" / "demo").glob("*.txt")))
    with_it, without = (
        subprocess.run([sys.executable, "-c", code.format(block, demo)], check=True, capture_output=True, cwd=ROOT).stdout
        for block in ("pass", "sys.modules['quicktions'] = None")
    )
    assert with_it == without
