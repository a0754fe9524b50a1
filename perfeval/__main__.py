"""``perfeval`` and ``python -m perfeval``."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line; ``--version`` alone is answered before anything heavy is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from perfeval._version import __version__

        print(f"perfeval {__version__}")
        return
    from perfeval.cli import run

    run()


if __name__ == "__main__":
    main()
