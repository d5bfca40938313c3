"""Which files may be written over without a word: those that this program wrote and nobody changed since."""

from __future__ import annotations

import json
import re
from pathlib import Path

from portfolio.errors import WrongUseError
from portfolio.storage.atomic_write import sha256_of
from portfolio.storage.portfolio_json import dump
from portfolio.xlsx.patch.own_file import is_unchanged

_TEXT, _NUMBER = r'"(?:[^"]|"")*"', r"-?[0-9.]+(?:e[-+]?[0-9]+)?"
_ROW = rf"(?:{_TEXT}|{_NUMBER})?(?:,(?:{_TEXT}|{_NUMBER})?)*\r\n"
_TABLE = re.compile(rf"\ufeff{_TEXT}(?:,{_TEXT})*\r\n(?:{_ROW})*")
_A_NUMBER = re.compile(rf"(?:,|\n){_NUMBER}(?=,|\r)")
"""Our tables have a mark of UTF-8, all text in quotes and numbers without; spreadsheets save them otherwise."""
_SEAL = re.compile(rb"<!-- written by portfolio, ([0-9a-f]{64}) -->\n\Z")
"""The last line of our reports: the hash of all that is above it."""
_PROGRAM = b"*SENSE:Minimize\nNAME"


def refuse_to_replace(path: Path, *, force: bool = False) -> None:
    """Raises WrongUseError where another file than one of this program's own stands; `force` allows to replace it."""
    if force or not path.is_file() or is_own(path):
        return
    raise WrongUseError(
        f"{path.name} exists already, and this program did not write it, or somebody has saved it since; nothing is "
        "written. Name another file, or give `force` to replace it.",
        "force",
    )


def is_own(path: Path) -> bool:
    """Whether this program wrote a file, as it is now."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    ending = path.suffix.lower()
    if ending in (".xlsx", ".pptx"):
        return is_unchanged(content)
    if ending == ".json":
        return _is_own_json(content)
    if ending == ".csv":
        return _is_own_table(content)
    if ending == ".html":
        return _is_sealed(content)
    return ending == ".mps" and content.replace(b"\r\n", b"\n").startswith(_PROGRAM)


def sealed(text: str) -> str:
    """A text with a last line from which it is known again, as long as nobody changes it."""
    return f"{text}<!-- written by portfolio, {sha256_of(text.encode())} -->\n"


def _is_sealed(content: bytes) -> bool:
    """Whether a report is as this program wrote it."""
    seal = _SEAL.search(content)
    return seal is not None and seal[1].decode() == sha256_of(content[: seal.start()])


def _is_own_json(content: bytes) -> bool:
    """Whether JSON looks as this program writes it, to the last blank."""
    if not content.startswith(b'{\n "format": '):
        return False
    try:
        return dump(json.loads(content)).encode() == content
    except (ValueError, RecursionError, TypeError):
        return False


def _is_own_table(content: bytes) -> bool:
    """Whether a CSV looks as this program writes it."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _TABLE.fullmatch(text) is not None and _A_NUMBER.search(text) is not None
