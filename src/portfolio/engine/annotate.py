"""Writes a copy of a workbook with its findings as notes at their cells."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from portfolio.domain import Finding
from portfolio.engine.load import Loaded
from portfolio.errors import WrongUseError
from portfolio.storage.atomic_write import write_bytes, write_whole


def annotate(loaded: Loaded, findings: Iterable[Finding], path: str | Path) -> Path:
    """Writes the workbook that was read to `path`, with a note and a colour at the cell of every finding.

    Raises WrongUseError where it was no workbook, or where `path` is there already.
    """
    from portfolio.workbook.in_place.annotate import annotated

    path = Path(path)
    if loaded.path is None or loaded.reading.places is None:
        raise WrongUseError(f"{loaded.name} is no workbook; notes stand in the cells of one.", "path")
    if path.exists():
        raise WrongUseError(f"{path.name} exists already; give the annotated copy another name.", "path")
    content = annotated(loaded.path.read_bytes(), loaded.path.name, findings)
    write_whole(path, lambda beside: write_bytes(beside, content))
    return path
