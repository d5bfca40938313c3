"""Writing: answers into new files, or into the workbook that they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.engine.load import Loaded
from portfolio.engine.plan import refuse_source
from portfolio.scoring import Ranking

if TYPE_CHECKING:
    from portfolio.analysis.comparison import Comparison
    from portfolio.analysis.frontier import Frontier
    from portfolio.analysis.replan_report import ReplanReport
    from portfolio.engine.explain import Explained
    from portfolio.intake.scenario_columns import ScenarioRow
    from portfolio.results.answer import Answer
    from portfolio.workbook.sheets.kept import KeptAccount


def write(
    result: Answer | ReplanReport | Ranking | Loaded | Comparison | Frontier | Explained,
    path: str | Path,
    *,
    source: str | Path | None = None,
) -> None:
    """Writes a result as the ending of the file's name says, whole or not at all, and never over the file that was read.

    A plan is a workbook with its inputs, or its lines as CSV; a ranking is CSV; a portfolio is a workbook, JSON, or its
    epics as CSV; everything else is a workbook. `source` is a file that must not be written over.
    """
    from portfolio.analysis.comparison import Comparison
    from portfolio.analysis.frontier import Frontier
    from portfolio.analysis.replan_report import ReplanReport
    from portfolio.engine.explain import Explained
    from portfolio.engine.write_comparison import write_comparison
    from portfolio.engine.write_prices import write_explanations

    path, read = Path(path), None if source is None else Path(source)
    if isinstance(result, Comparison | Frontier):
        write_comparison(result, path, () if read is None else (read,))
    elif isinstance(result, Explained):
        write_explanations(result, path, read)
    elif isinstance(result, ReplanReport):
        write_answer(result.answer, path, read, result)
    elif isinstance(result, Loaded):
        _write_portfolio(result, path, read)
    else:
        write_answer(result, path, read)


def _write_portfolio(loaded: Loaded, path: Path, source: Path | None) -> None:
    """Writes a portfolio, a workbook with its scenarios."""
    from portfolio.engine.convert import write_portfolio
    from portfolio.intake.scenario_copies import rows_for

    for read in (source, loaded.path):
        refuse_source(path, read, "path")
    write_portfolio(loaded.given, path, rows_for(loaded.reading, path) if path.suffix.lower() == ".xlsx" else ())


def write_answer(
    answer: Answer | Ranking,
    path: Path,
    source: Path | None = None,
    kept: ReplanReport | None = None,
    scenarios: Sequence[ScenarioRow] = (),
) -> None:
    """Writes an answer as a new workbook or its lines as CSV, a ranking as CSV; never over the file that was read.

    `kept` is what a stable re-plan kept of what was agreed; a workbook has it on a sheet of its own. A workbook also
    carries the rows of the sheet `Scenarios` that are given.
    """
    from portfolio.engine.convert import check_ending

    refuse_source(path, source, "path")
    check_ending(path, (".csv",) if isinstance(answer, Ranking) else (".xlsx", ".csv"))
    if path.suffix.lower() == ".xlsx" and not isinstance(answer, Ranking):
        from portfolio.workbook.write_workbook import write_results

        return write_results(answer, path, None if kept is None else _kept_account(kept), scenarios)
    from portfolio.exchange.write_csv import write_plan_table, write_ranking_table

    return write_ranking_table(answer, path) if isinstance(answer, Ranking) else write_plan_table(answer, path)


def _kept_account(kept: ReplanReport) -> KeptAccount:
    from portfolio.results.wording import span_words
    from portfolio.workbook.sheets.kept import MOVES, STARTS, WAITS, KeptAccount, KeptRow

    words = {"started": STARTS, "moved": MOVES, "dropped": WAITS}
    labels = {epic.id: epic.label for epic in kept.answer.portfolio.epics}
    return KeptAccount(
        unit=kept.effect.unit,
        agreed=kept.agreed,
        best=kept.best_value,
        value=kept.value,
        tolerance=kept.tolerance,
        fewest=kept.fewest,
        changes=[
            KeptRow(
                labels[line.id],
                words[line.change],
                span_words(line.start_before, line.finish_before),
                span_words(line.start_after, line.finish_after),
                line.value_before,
                line.value_after,
                line.reason,
            )
            for line in kept.effect.epics
        ],
        left_out=kept.left_out,
    )


def write_plan(answer: Answer, loaded: Loaded, *, add_columns: bool = False) -> bool:
    """Writes a plan into the workbook that was loaded and changes nothing else in it; says whether it changed.

    Result sheets are added or replaced, and the result columns of the epics' sheet filled; `add_columns` adds those
    that are missing. Raises FileChangedError if the file was changed since, WrongUseError if it cannot be written.
    """
    from portfolio.workbook.in_place.write_in_place import write_plan_in_place

    return write_plan_in_place(answer, loaded.reading, add_columns=add_columns)


def write_ranking(ranking: Ranking, loaded: Loaded, *, add_columns: bool = False) -> bool:
    """Writes a ranking into the workbook that was loaded, as `write_plan` does a plan."""
    from portfolio.workbook.in_place.write_in_place import write_ranking_in_place

    return write_ranking_in_place(ranking, loaded.reading, loaded.model, add_columns=add_columns)
