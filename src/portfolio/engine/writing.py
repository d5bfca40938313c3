"""Writing: answers into new files, or into the workbook that they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.engine.loading import Loaded
from portfolio.engine.planning import refuse_source
from portfolio.scoring import Ranking

if TYPE_CHECKING:
    from portfolio.files.scenario_columns import ScenarioRow
    from portfolio.optimizer.answer import Answer


def write(
    answer: Answer | Ranking, path: Path, source: Path | None = None, scenarios: Sequence[ScenarioRow] = ()
) -> None:
    """Writes an answer as a new workbook or its lines as CSV, a ranking as CSV; never over the file that was read.

    A workbook carries the rows of the sheet `Scenarios` that are given.
    """
    from portfolio.files.portfolio_writer import check_ending

    if source is not None:
        refuse_source(path, source, "-o")
    check_ending(path, (".csv",) if isinstance(answer, Ranking) else (".xlsx", ".csv"))
    if path.suffix.lower() == ".xlsx" and not isinstance(answer, Ranking):
        from portfolio.files.workbook_writer import write_results

        return write_results(answer, path, scenarios)
    from portfolio.files.csv_writer import write_plan_table, write_ranking_table

    return write_ranking_table(answer, path) if isinstance(answer, Ranking) else write_plan_table(answer, path)


def write_plan(answer: Answer, loaded: Loaded, *, add_columns: bool = False) -> bool:
    """Writes a plan into the workbook that was loaded and changes nothing else in it; says whether it changed.

    Result sheets are added or replaced, and the result columns of the epics' sheet filled; `add_columns` adds those
    that are missing. Raises FileChangedError if the file was changed since, WrongUseError if it cannot be written.
    """
    from portfolio.files.in_place_writer import write_plan_in_place

    return write_plan_in_place(answer, loaded.reading, add_columns=add_columns)


def write_ranking(ranking: Ranking, loaded: Loaded, *, add_columns: bool = False) -> bool:
    """Writes a ranking into the workbook that was loaded, as `write_plan` does a plan."""
    from portfolio.files.in_place_writer import write_ranking_in_place

    return write_ranking_in_place(ranking, loaded.reading, loaded.model, add_columns=add_columns)
