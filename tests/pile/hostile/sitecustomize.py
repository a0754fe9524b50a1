"""Put on the path of the processes that audit files: a file that begins with one of these words does what a bad library would do."""

import ctypes
import os
import time
from pathlib import Path

from perfeval import pipeline

audit_bytes = pipeline.audit_bytes


def _crash(_: bytes) -> None:
    ctypes.string_at(0)


def _crash_once(data: bytes) -> None:
    """The second word is the name of a file that tells the second try from the first."""
    tried = Path(data.split()[1].decode())
    if not tried.exists():
        tried.touch()
        ctypes.string_at(0)


def _hang(_: bytes) -> None:
    time.sleep(600)


def _eat(_: bytes) -> None:
    eaten = []
    while True:
        eaten.append(b"\1" * 20_000_000)
        time.sleep(0.005)


def _slow(_: bytes) -> None:
    time.sleep(0.2)


DEEDS = {b"CRASH": _crash, b"ONCE": _crash_once, b"HANG": _hang, b"EAT": _eat, b"SLOW": _slow}


def hostile(data: bytes, name: str, *more: object) -> object:
    if deed := DEEDS.get(data.split(maxsplit=1)[0] if data.strip() else b""):
        deed(data)
    return audit_bytes(data, name, *more)  # type: ignore[arg-type]


if "PERFEVAL_LOG" in os.environ:
    # One line for every audit, so that a test can count them.
    log = os.open(os.environ["PERFEVAL_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def logged(data: bytes, name: str, *more: object) -> object:
        os.write(log, f"{name}\n".encode())
        return hostile(data, name, *more)

    pipeline.audit_bytes = logged  # type: ignore[assignment]
else:
    pipeline.audit_bytes = hostile  # type: ignore[assignment]
