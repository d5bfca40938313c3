"""Writes a portfolio as what its file's name says: a workbook, JSON, or its epics as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.domain import Portfolio
from portfolio.errors import WrongUseError
from portfolio.storage.atomic_write import write_whole

if TYPE_CHECKING:
    from portfolio.intake.scenario_columns import ScenarioRow

ENDINGS = (".xlsx", ".json", ".csv")
"""What a portfolio can be written as."""


def check_ending(path: Path, endings: tuple[str, ...] = ENDINGS) -> None:
    """Raises WrongUseError where the name does not say what to write."""
    if path.suffix.lower() not in endings:
        words = f"{', '.join(endings[:-1])} or {endings[-1]}" if len(endings) > 1 else endings[0]
        raise WrongUseError(f"{path.name} should end in {words}, so that it is clear what to write.")


def write_portfolio(portfolio: Portfolio, path: Path, scenarios: Sequence[ScenarioRow] = ()) -> None:
    """Writes a portfolio, a workbook with its sheet Scenarios; a CSV holds its epics and nothing else."""
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
        from portfolio.storage.read_model import read_model
        from portfolio.workbook.write_workbook import write_inputs

        write_inputs(portfolio, read_model(portfolio.model or "safe", path), path, scenarios)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
