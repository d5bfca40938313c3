"""Begins a portfolio: writes a starter workbook to be filled in."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.engine.load import DEFAULT_MODEL
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.workbook.starter import StarterPart


def new(
    path: str | Path, model: str = DEFAULT_MODEL, *, force: bool = False, parts: Collection[StarterPart] = ()
) -> None:
    """Writes a starter workbook with the words and lists of an operating model; over a file that exists only with `force`.

    `parts` are what it has besides: `ranges` of estimates, sheets for `evidence`.
    """
    from portfolio.storage.read_model import read_model
    from portfolio.workbook.write_workbook import write_starter

    path = Path(path)
    if path.exists() and not force:
        raise WrongUseError(
            f"{path.name} exists already; name another file, nothing is written over without `force`.", "force"
        )
    if path.suffix.lower() != ".xlsx":
        raise WrongUseError(f"{path.name} should end in .xlsx: the starter is a workbook.")
    write_starter(read_model(model), path, parts)
