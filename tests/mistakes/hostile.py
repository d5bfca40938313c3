"""Makes hostile workbooks from a sound one, and reads them in a child process with bounded memory and time.

A reader that grows without bound fails the test only, and one that opens a connection fails at once.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.mistakes.make import FILES

MEMORY = 1_000_000_000
SECONDS = 20
EPICS = "xl/worksheets/sheet2.xml"
OPENING = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
CLOSING = b"</sheetData></worksheet>"
READER = f"""
import os
import resource
import socket
import sys
from pathlib import Path
from portfolio.errors import WrongUseError
from portfolio.intake.read_portfolio import read_portfolio


def no_network(*_, **__):
    raise AssertionError("something was fetched")


def read(path, answer):
    os.dup2(answer.fileno(), 1)
    os.dup2(answer.fileno(), 2)
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
    resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
    try:
        reading = read_portfolio(Path(path))
    except WrongUseError as refusal:
        print(refusal, flush=True)
    else:
        print("read", len(reading.findings), flush=True)


socket.socket.connect = socket.getaddrinfo = no_network
read_portfolio(Path({str(FILES / "no_size.xlsx")!r}))
for line in sys.stdin:
    path, answer = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        read(path, open(answer, "wb"))
        os._exit(0)
    _, ended = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(ended), flush=True)
"""
"""Has everything imported, and reads each file in a child of its own, with bounds of its own."""


@cache
def reader() -> subprocess.Popen[str]:
    """The process whose children read; it ends with the tests."""
    process = subprocess.Popen(
        [sys.executable, "-c", READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    atexit.register(process.communicate)
    return process


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


def said_of(path: Path) -> str:
    """What is said about a file that is read in a child process; fails if it ends otherwise or takes too long."""
    started, answer = time.monotonic(), path.with_suffix(".said")
    process = reader()
    assert process.stdin is not None
    assert process.stdout is not None
    print(path, answer, sep="\t", file=process.stdin, flush=True)
    code = process.stdout.readline().strip()
    said = answer.read_text(encoding="utf-8")
    assert code == "0", said
    assert time.monotonic() - started < SECONDS
    assert said.count("\n") == 1, said
    return said.strip()
