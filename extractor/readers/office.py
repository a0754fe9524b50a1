"""Asks LibreOffice, where it is installed, to turn old office files into new ones: the last resort for what is not read here.

The file may come from anyone. So LibreOffice gets a profile of its own that is thrown away, runs no macros, follows no links,
finds no proxy that answers, and is ended with all its children when it takes too long.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from glob import glob
from pathlib import Path

from extractor.readers.limits import MAX_BYTES

SECONDS = 120
"""A book of 500 pages takes some 20 seconds on an old machine."""
_DOCUMENT, _SHEET = ("docx", "docx:MS Word 2007 XML"), ("xlsx", "xlsx:Calc MS Excel 2007 XML")
KINDS = {
    "doc": ("doc", _DOCUMENT),
    "wps": ("doc", _DOCUMENT),
    "rtf": ("rtf", _DOCUMENT),
    "odt": ("odt", _DOCUMENT),
    "et": ("xls", _SHEET),
    "xls": ("xls", _SHEET),
    "ods": ("ods", _SHEET),
}
"""The ending under which LibreOffice knows each kind, and into what it is turned. The files of WPS are those of Office 97."""
_PLACES = (
    r"C:\Program Files\LibreOffice*\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice*\program\soffice.exe",
    "/Applications/LibreOffice*.app/Contents/MacOS/soffice",
    "/opt/libreoffice*/program/soffice",
    "/opt/apps/*libreoffice*/files/program/soffice",
    "/usr/lib/libreoffice*/program/soffice",
    "/usr/lib64/libreoffice*/program/soffice",
    "/usr/local/lib/libreoffice*/program/soffice",
)
"""Where Windows, macOS, and the Linux of 麒麟 and 统信 (UOS) have it."""
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""No macros, no links that are updated (which is 0 in Writer, 1 in Calc), and a proxy where nobody listens."""


def office() -> str | None:
    """The program of LibreOffice; ``None`` where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    for place in _PLACES:
        # Of several versions the name of the newest comes last.
        for path in sorted(glob(place), reverse=True):
            if os.access(path, os.X_OK):
                return path
    return None


def converted(data: bytes, kind: str) -> bytes | None:
    """The file as .docx, or .xlsx for a sheet; ``None`` without LibreOffice, and where that cannot read the file in time.

    One file is converted at a time, whichever process asks: two LibreOffices would take a small machine's memory.
    """
    program = office()
    if program is None or kind not in KINDS:
        return None
    ending, (wanted, target) = KINDS[kind]
    with tempfile.TemporaryDirectory(prefix="perfeval-", ignore_cleanup_errors=True) as name, _one_at_a_time():
        folder = Path(name)
        source = folder / f"report.{ending}"
        source.write_bytes(data)
        _write_profile(folder / "profile")
        out = folder / "out"
        _run([program, *_options(folder / "profile"), "--convert-to", target, "--outdir", str(out), str(source)], folder)
        return _result(out / f"report.{wanted}")


def _options(profile: Path) -> list[str]:
    quiet = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
    return [f"-env:UserInstallation={profile.as_uri()}", *quiet]


def _write_profile(profile: Path) -> None:
    """A new profile with the settings that keep a hostile file harmless."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>' for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>', "utf-8"
    )


def _run(command: list[str], folder: Path) -> None:
    """Runs LibreOffice to its end or to the end of its time. What it says is of no use: it reports success in any case."""
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), "http://127.0.0.1:9")
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:
        if process.returncode != 0:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a program and whatever it has started; the program of LibreOffice is only a launcher."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        # It leads a session of its own, so that this is the number of the group of all its children.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)


def _result(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if 0 < path.stat().st_size <= MAX_BYTES else None
    except OSError:
        return None


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Waits until no other process converts. The system takes the lock from one that dies, so nobody waits for ever."""
    path = _lock_path()
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError:
        # Where no lock can be had, two at a time are better than none.
        yield
        return
    try:
        _wait_for(lock)
        yield
    finally:
        os.close(lock)


def _lock_path() -> str:
    """A file for each user, who may not be able to write that of another."""
    if sys.platform == "win32":
        user = os.environ.get("USERNAME", "")
    else:
        user = str(os.getuid())
    return os.path.join(tempfile.gettempdir(), f"perfeval-office-{user}.lock")


if sys.platform == "win32":
    import msvcrt

    def _wait_for(lock: int) -> None:
        while True:
            try:
                # This tries for ten seconds, then gives up.
                msvcrt.locking(lock, msvcrt.LK_LOCK, 1)
            except OSError:
                continue
            return

else:
    import fcntl

    def _wait_for(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_EX)
