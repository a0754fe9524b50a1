"""A PostgreSQL server of a test's own, from Debian's packages: its files in a folder of their own, reached through a socket there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
USER = "postgres"
QUICK = "-c fsync=off -c synchronous_commit=off -c listen_addresses='' -c shared_buffers=16MB"


class Server:
    """Started by ``start``; ``stop`` leaves its data, ``remove`` nothing."""

    def __init__(self) -> None:
        self._bin = PLACES[-1]
        self._home = Path(tempfile.mkdtemp(prefix="pg"))
        if os.getuid() == 0:  # the server refuses to run as root
            shutil.chown(self._home, USER, USER)
        self._run("initdb", "--no-sync", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C", "-D", self._home / "data")
        self.start()

    def start(self) -> None:
        """Begins to answer."""
        self._run("pg_ctl", "-w", "-D", self._home / "data", "-l", self._home / "log", "-o", f"{QUICK} -k {self._home}", "start")

    def stop(self) -> None:
        """Ends as a power cut would."""
        self._run("pg_ctl", "-w", "-D", self._home / "data", "-m", "immediate", "stop")

    def remove(self) -> None:
        """Ends and leaves nothing."""
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def database(self, name: str) -> str:
        """The address of a new, empty database."""
        self._run("createdb", "-h", self._home, "-U", USER, name)
        return f"postgresql://{USER}@/{name}?host={self._home}"

    def _run(self, program: str, *options: object) -> None:
        subprocess.run(
            [self._bin / program, *map(str, options)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            cwd="/", user=USER if os.getuid() == 0 else None,
        )  # fmt: skip
