"""Makes hostile workbooks from a sound one, and reads them in a child process with bounded memory and time.

A reader that grows without bound fails the test only, and one that opens a connection fails at once.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.mistakes.make import FILES

MEMORY = 1_000_000_000
SECONDS = 20
EPICS = "xl/worksheets/sheet2.xml"
OPENING = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
CLOSING = b"</sheetData></worksheet>"
READ = """
import socket
import sys
from pathlib import Path
from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import read_portfolio


def no_network(*_, **__):
    raise AssertionError("something was fetched")


socket.socket.connect = socket.getaddrinfo = no_network
try:
    reading = read_portfolio(Path(sys.argv[1]))
except WrongUseError as refusal:
    print(refusal)
else:
    print("read", len(reading.findings))
"""


def repack(path: Path, changes: dict[str, bytes | Callable[[bytes], bytes]], twice: str = "") -> None:
    """A sound workbook with some of its parts replaced."""
    with zipfile.ZipFile(FILES / "no_size.xlsx") as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {part: old.read(part) for part in old.namelist()}
        for name, change in changes.items():
            parts[name] = change(parts.get(name, b"")) if callable(change) else change
        for name, content in parts.items():
            new.writestr(name, content)
        if twice:
            new.writestr(twice.upper(), b"")


def into_sheet(more: bytes) -> dict[str, bytes | Callable[[bytes], bytes]]:
    return {EPICS: lambda sheet: sheet.replace(b"</sheetData>", more + b"</sheetData>")}


def after_sheet(more: bytes) -> dict[str, bytes | Callable[[bytes], bytes]]:
    return {EPICS: lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + more)}


def rows(count: int, inside: bytes, first: int = 100) -> bytes:
    return b"".join(
        b'<row r="%d">%s</row>' % (number, inside.replace(b"#", b"%d" % number))
        for number in range(first, first + count)
    )


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def said_of(path: Path) -> str:
    """What is said about a file that is read in a child process; fails if it ends otherwise or takes too long."""
    started = time.monotonic()
    child = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=bounded,
        check=False,
    )
    assert (child.returncode, child.stderr) == (0, "")
    assert time.monotonic() - started < SECONDS
    assert child.stdout.count("\n") == 1
    return child.stdout.strip()
