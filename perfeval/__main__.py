"""``perfeval`` and ``python -m perfeval``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Runs the command line; ``--version`` alone is answered before anything heavy is imported."""
    _make_streams_safe()
    if sys.argv[1:] in (["--version"], ["-V"]):
        from perfeval._version import __version__

        print(f"perfeval {__version__}")
        return
    from perfeval.cli import run

    try:
        run()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone; nobody is to be told
        sys.exit(0)


def _make_streams_safe() -> None:
    """A console that cannot print a sign shows its code instead of ending the run (GBK consoles, redirected output)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
