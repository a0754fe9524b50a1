"""The project's tasks on any system: ``python tools/tasks.py demo|test|check|docs|bench|wheel-check|clean``.

Needs Python 3.11 or newer and nothing else: the first task makes ``.venv`` from the pinned ``constraints.txt``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "perfeval.stamp"
DEMO = ROOT / "fixtures" / "demo" / "某县农业农村局2023年度部门整体支出绩效自评报告.txt"


def run(*command: str | Path, check: bool = True, cwd: Path = ROOT, env: dict[str, str] | None = None) -> int:
    """Runs a command in the checkout; a failure ends the task with the command's own code."""
    code = subprocess.run([str(part) for part in command], cwd=cwd, check=False, env={**os.environ, **(env or {})}).returncode
    if check and code:
        sys.exit(code)
    return code


def environment() -> None:
    """Makes ``.venv`` when it is missing or older than what it was made from."""
    wanted = hashlib.sha256((ROOT / "constraints.txt").read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    if not PYTHON.exists():
        print("making .venv …", flush=True)
        venv.create(VENV, with_pip=True)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", "constraints.txt")
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    STAMP.write_text(wanted)


def demo() -> None:
    """Verifies a report with real findings; exit code 1 says that there are errors in it, as it should."""
    environment()
    code = run(PYTHON, "-m", "perfeval", "verify", DEMO, check=False)
    print(f"\n退出码 {code}（1 表示报告中有“错误”级问题）")
    if code != 1:
        sys.exit(1)


def test() -> None:
    """All tests."""
    environment()
    run(PYTHON, "-m", "pytest", "-n", "auto")


def check() -> None:
    """Lint, types, imports, generated documents."""
    environment()
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "mypy")
    run(PYTHON, "-c", "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())")
    run(PYTHON, "tools/generate_docs.py", "--check")


def docs() -> None:
    """Writes the generated documents anew."""
    environment()
    run(PYTHON, "tools/generate_docs.py")


def bench() -> None:
    """Measures speed beside pdfplumber and bare pypdfium2, and accuracy on generated reports, which ``docs/accuracy.md`` shows."""
    environment()
    run(PYTHON, "bench/speed.py")
    run(PYTHON, "bench/accuracy.py", "--write", "docs/accuracy.md")


def wheel_check() -> None:
    """Builds the wheel, installs it alone in a new environment and verifies a report from another folder."""
    environment()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        run(PYTHON, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", place, ".")
        venv.create(place / "clean", with_pip=True)
        python = place / "clean" / BIN.name / PYTHON.name
        run(python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes", "-r", ROOT / "constraints.txt")
        run(python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", *place.glob("*.whl"))
        code = run(python, "-m", "perfeval", "verify", DEMO, check=False, cwd=place)
        if code != 1:
            sys.exit(f"the wheel answered {code} for a report with errors")
    print("wheel: ok")


def clean() -> None:
    """Removes what the tasks made."""
    for name in (".venv", "dist", "build", ".mypy_cache", ".ruff_cache", ".pytest_cache"):
        shutil.rmtree(ROOT / name, ignore_errors=True)


TASKS = {"demo": demo, "test": test, "check": check, "docs": docs, "bench": bench, "wheel-check": wheel_check, "clean": clean}

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what runs before anything has checked the version
        sys.exit("perfeval needs Python 3.11 or newer; try: make PYTHON=python3.12 demo")
    if len(sys.argv) != 2 or sys.argv[1] not in TASKS:
        sys.exit(f"usage: python tools/tasks.py {'|'.join(TASKS)}")
    TASKS[sys.argv[1]]()
