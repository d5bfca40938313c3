"""Imports an export of another tool as a portfolio, with an account of what was taken and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.engine.load import HasErrorsError, reading_options

if TYPE_CHECKING:
    from portfolio.intake.exports.imported import Imported as Imported


def import_export(
    path: str | Path,
    mapping: str | Path | None = None,
    types: Sequence[str] = (),
    model: str | None = None,
    into: str | Path | None = None,
    sheet: str | None = None,
    words: str | None = None,
    *,
    accept_suggestions: bool = False,
) -> Imported:
    """Reads an export of another tool as a portfolio, with an account of what was taken and what was not.

    `mapping` names a column mapping or a YAML file with one; without it, it is recognised by the export's headings.
    `types` are the words for rows that are epics; `into` is a portfolio to update, `sheet` the sheet of the epics, and `words` says
    which figures words are, such as `S=2, M=5, L=8`; `accept_suggestions` takes a near name for a known one, and says so. Raises WrongUseError if the file
    is no export, HasErrorsError if it holds no epic or something in the portfolio to update cannot be read.
    """
    from portfolio.intake.epics.criteria import criteria_of
    from portfolio.intake.exports.export_rows import NoEpicsError
    from portfolio.intake.exports.read_export import read_export
    from portfolio.intake.exports.update_portfolio import portfolio_to_update
    from portfolio.intake.read_portfolio import read_portfolio

    there = None if into is None else read_portfolio(Path(into))
    base = None if there is None else portfolio_to_update(there)
    if there is not None and base is None:
        raise HasErrorsError(there.findings)
    options = reading_options(words, accept_suggestions)
    named = model or (None if base is None else base.model)
    options = replace(options, criteria=criteria_of(named, None if into is None else Path(into)))
    try:
        return read_export(Path(path), mapping, types, model, base, sheet, options)
    except NoEpicsError as none:
        raise HasErrorsError((none.finding(Path(path).name),)) from None


def mapping_text(name: str) -> str:
    """The column mapping of a tool as its YAML file holds it, to begin one's own from."""
    from portfolio.intake.exports.mapping import mapping_path

    return mapping_path(name).read_text(encoding="utf-8")
