"""The history of a portfolio in JSON: what was closed, kept in a file beside it, since a portfolio holds what is to come."""

from __future__ import annotations

from pathlib import Path

from portfolio.results.closed_rows import history_of, rows_of
from portfolio.results.closing import ClosedEpic, ClosedStream
from portfolio.storage.atomic_write import write_whole
from portfolio.storage.portfolio_json import dump, parse

ENDING = ".closed.json"


def history_file(path: Path) -> Path:
    """The file that keeps the closed periods of a portfolio in JSON."""
    return path.with_name(f"{path.stem}{ENDING}")


def read_json_history(path: Path) -> tuple[ClosedEpic | ClosedStream, ...]:
    """What was closed so far of a portfolio in JSON; nothing where no file keeps it."""
    beside = history_file(path)
    if not beside.is_file():
        return ()
    raw, _ = parse(beside.read_bytes(), beside.name)
    rows = raw.get("closed")
    return history_of(row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def write_json_history(path: Path, history: tuple[ClosedEpic | ClosedStream, ...]) -> Path:
    """Writes what was closed beside a portfolio in JSON."""
    beside = history_file(path)
    text = dump({"format": 1, "closed": rows_of(history)})
    write_whole(beside, lambda target: _write(target, text))
    return beside


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
