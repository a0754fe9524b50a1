"""Recall, false errors, localisation and repair on reports made from a model whose every figure is known.

    python bench/accuracy.py [--part evaluation] [--seed N] [--kinds text,html] [--templates a,b] [--misses] [--keep FOLDER] [--write FILE]

Templates of ``bench/accuracy_kit/templates`` become clean reports; errors of every kind are planted in them, one and two at a
time; both are rendered as files, and perfeval reads and verifies them. The same seed gives the same figures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.accuracy_kit.files import KINDS  # noqa: E402
from bench.accuracy_kit.results import Results, markdown  # noqa: E402
from bench.accuracy_kit.run import Plan, run  # noqa: E402
from bench.accuracy_kit.template import PARTS, templates  # noqa: E402


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--templates", default="")
    parser.add_argument("--misses", action="store_true", help="lists what was missed, what drew another cause, and what was found without reason")
    parser.add_argument("--keep", type=Path, help="a folder for the files, with misses.txt, causes.txt and false.txt")
    parser.add_argument("--write", type=Path, help="writes the table as a page")
    return parser.parse_args()


def main() -> None:
    asked = options()
    with tempfile.TemporaryDirectory() as folder:
        results = Results()
        plan = Plan(asked.seed, tuple(asked.kinds.split(",")), asked.keep or Path(folder))
        wanted = [name for name in asked.templates.split(",") if name]
        for template in templates(asked.part):
            if not wanted or template.name in wanted:
                print(template.part, template.name, file=sys.stderr, flush=True)
                run(template, plan, results)
    page = markdown(results)
    print(page)
    if asked.misses:
        print(*results.missed(), *results.wrongly(), *results.falsely(), sep="\n")
    if asked.keep:
        (asked.keep / "misses.txt").write_text("\n".join(results.missed()) + "\n", encoding="utf-8")
        (asked.keep / "causes.txt").write_text("\n".join(results.wrongly()) + "\n", encoding="utf-8")
        (asked.keep / "false.txt").write_text("\n".join(results.falsely()) + "\n", encoding="utf-8")
    if asked.write:
        asked.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
