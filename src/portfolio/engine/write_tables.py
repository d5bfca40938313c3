"""Writes the tables of a result into a folder, for other tools to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from portfolio.results.replan_report import ReplanReport
    from portfolio.tabular import TabularResult


def write_tables(
    result: TabularResult | ReplanReport, folder: str | Path, form: Literal["csv", "parquet"] = "csv"
) -> None:
    """Writes every table of a result as CSV or parquet, with a `datapackage.json` that says what they hold.

    The folder is replaced whole or not at all. Raises WrongUseError where it holds anything else, or for parquet without
    pyarrow.
    """
    from portfolio.exchange.write_tables import write_tables as write
    from portfolio.results.replan_report import ReplanReport

    shown = result.answer if isinstance(result, ReplanReport) else result
    write(shown.filled_tables(), shown.headline, Path(folder), form)


def check_tables_folder(folder: Path, form: Literal["csv", "parquet"]) -> None:
    """Raises WrongUseError where `write_tables` could not write, before anybody waits for a result."""
    from portfolio.exchange.write_tables import check_tables_folder as check

    check(folder, form)
