"""Converts a portfolio: writes it as what the new file's name says, a workbook, JSON, or its epics as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Portfolio
from portfolio.errors import WrongUseError
from portfolio.storage.atomic_write import write_whole
from portfolio.storage.own_files import refuse_to_replace as refuse_to_replace

if TYPE_CHECKING:
    from portfolio.intake.agreed_words import AgreedWords
    from portfolio.intake.read_portfolio import Reading
    from portfolio.intake.scenario_columns import ScenarioRow

ENDINGS = (".xlsx", ".json", ".csv")
"""What a portfolio can be written as."""


def read_as_given(path: str | Path) -> Reading:
    """Reads a portfolio as its file gives it, without what its operating model would fill in."""
    from portfolio.intake.read_portfolio import read_portfolio

    return read_portfolio(Path(path))


def convert(reading: Reading, path: str | Path, *, force: bool = False) -> Path | None:
    """Writes a portfolio that was read as a workbook, as JSON, or its epics as CSV, with its scenarios where there is room.

    They go onto the sheet Scenarios of a workbook, and into a YAML file beside JSON, which is returned. A file
    that somebody else wrote or saved is replaced with `force` only. Raises HasErrorsError where the portfolio cannot be
    used.
    """
    from portfolio.engine.load import HasErrorsError
    from portfolio.intake.scenario_copies import rows_for, write_beside

    path = Path(path)
    check_ending(path)
    refuse_to_replace(path, force=force)
    if reading.portfolio is None:
        raise HasErrorsError(reading.findings)
    beside = write_beside(reading, path) if path.suffix.lower() == ".json" else None
    scenarios = rows_for(reading, path) if path.suffix.lower() == ".xlsx" else ()
    write_portfolio(reading.portfolio, path, scenarios, reading.words)
    return beside


def check_ending(path: Path, endings: tuple[str, ...] = ENDINGS) -> None:
    """Raises WrongUseError where the name does not say what to write."""
    if path.suffix.lower() not in endings:
        words = f"{', '.join(endings[:-1])} or {endings[-1]}" if len(endings) > 1 else endings[0]
        raise WrongUseError(f"{path.name} should end in {words}, so that it is clear what to write.")


def write_portfolio(
    portfolio: Portfolio, path: Path, scenarios: Sequence[ScenarioRow] = (), words: AgreedWords | None = None
) -> None:
    """Writes a portfolio, a workbook with its sheets Scenarios and Words; a CSV holds its epics and nothing else."""
    check_ending(path)
    ending = path.suffix.lower()
    if ending == ".csv":
        from portfolio.exchange.write_csv import write_epics_table

        write_epics_table(portfolio, path)
    elif ending == ".json":
        from portfolio.storage.portfolio_json import dump, to_json

        text = dump(to_json(portfolio))
        write_whole(path, lambda beside: _write_text(beside, text))
    else:
        from portfolio.intake.agreed_words import AgreedWords
        from portfolio.storage.read_model import read_model
        from portfolio.workbook.write_workbook import write_inputs

        model = read_model(portfolio.model or "safe", path)
        write_inputs(portfolio, model, path, scenarios, words or AgreedWords())


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
