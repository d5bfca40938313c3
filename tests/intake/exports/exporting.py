"""Exports for tests: real header rows, with rows that a test fills in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from portfolio.domain import Epic
from portfolio.intake.exports.imported import Imported
from portfolio.intake.exports.read_export import read_export

DATA = Path(__file__).parent / "data"
Row = Mapping[str, str | Sequence[str]]
"""Cells by their heading; several for a heading that is repeated."""


def headings(name: str) -> list[str]:
    """The header row of a real export."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def filled(header: Sequence[str], *rows: Row) -> str:
    """A CSV with this header row and these rows; columns that a row does not name are empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        cells = [""] * len(header)
        for heading, values in row.items():
            places = [place for place, name in enumerate(header) if name == heading]
            given = [values] if isinstance(values, str) else list(values)
            assert len(places) >= len(given), heading
            for place, value in zip(places, given, strict=False):
                cells[place] = value
        writer.writerow(cells)
    return text.getvalue()


def imported(path: Path, text: str | bytes, name: str | Path | None = None, *types: str) -> Imported:
    """What is read from a file with this content, by a named mapping or the one that is recognised."""
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return read_export(path, name, types)


def epics(result: Imported) -> dict[str, Epic]:
    """The epics by their ID."""
    return {epic.id: epic for epic in result.portfolio.epics}


def said(result: Imported) -> list[str]:
    """The findings as people read them, with their severity."""
    return [f"{finding.severity}  {finding}" for finding in result.findings]
