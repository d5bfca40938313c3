"""Writes results into new files, or into the workbook that they were made from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.engine.load import Loaded
from portfolio.engine.plan import refuse_source
from portfolio.errors import WrongUseError
from portfolio.scoring import Ranking
from portfolio.storage.own_files import refuse_to_replace

if TYPE_CHECKING:
    from portfolio.domain import Finding
    from portfolio.results.answer import Answer
    from portfolio.results.comparison import Comparison
    from portfolio.results.explanations import Explained
    from portfolio.results.flow.flow import Flow
    from portfolio.results.frontier import Frontier
    from portfolio.results.prices import PriceList
    from portfolio.results.replan_report import ReplanReport
    from portfolio.results.simulated.ranks import Ranks
    from portfolio.results.simulated.simulation import Simulation
    from portfolio.workbook.in_place.put_results import WrittenInto as WrittenInto

    OwnSheets = Comparison | Flow | Frontier | PriceList | Explained | Simulation | Ranks

PLAN_ENDINGS = (".xlsx", ".html", ".pptx", ".csv")
"""What a plan can be written as."""
FRONTIER_ENDINGS = (".xlsx", ".html")
"""What the steps of one figure can be written as."""
PRICES_ENDINGS = (".xlsx", ".html", ".pptx")
"""What prices can be written as."""
RANKING_ENDINGS = (".csv", ".html", ".pptx")
"""What a ranking can be written as."""


def write(
    result: Answer | ReplanReport | Ranking | Loaded | OwnSheets,
    path: str | Path | Loaded,
    *,
    source: Loaded | str | Path | Sequence[Path] | None = None,
    add_columns: bool = False,
    force: bool = False,
    template: str | Path | None = None,
) -> tuple[Finding, ...] | None:
    """Writes a result as the ending of the file's name says, whole or not at all, and never over the file that was read.

    Another file that stands there is replaced where this program wrote it and nobody has saved it since; `force` replaces
    any.

    A plan is a workbook with its inputs, its lines as CSV, or a report in HTML or as slides, which take the looks of a
    `template`; a ranking is CSV, or a report where `source` is its portfolio; prices are a workbook, or a report of the plan and
    of what each rule costs; the steps of a figure are a workbook or a report in HTML; a portfolio is a workbook, JSON, or its
    epics as CSV; everything else is a workbook. `source` is a file that must not be written over, or several; if it is a
    portfolio that was loaded, the workbook of its plan carries its sheet Scenarios along.

    A plan, a ranking, a simulation or flow may also be written into the workbook that was loaded, of which nothing else changes; `add_columns`
    adds the result columns that its epics do not have. What people typed among results and was left or moved is given
    back as findings; None where there is nothing to say.
    """
    from portfolio.engine.convert import check_ending
    from portfolio.results.answer import Answer
    from portfolio.results.replan_report import ReplanReport

    if isinstance(path, Loaded):
        return _write_into(path, result, add_columns=add_columns).findings or None
    path = Path(path)
    for read in (*_files(source), *(_files(result) if isinstance(result, Loaded) else ())):
        refuse_source(path, read, "path")
    refuse_to_replace(path, force=force)
    if isinstance(result, Loaded):
        _write_portfolio(result, path)
    elif isinstance(result, Answer | ReplanReport):
        check_ending(path, PLAN_ENDINGS)
        _write_answer(result, path, source if isinstance(source, Loaded) else None, template)
    elif isinstance(result, Ranking):
        check_ending(path, RANKING_ENDINGS)
        _write_ranking(result, path, source if isinstance(source, Loaded) else None, template)
    else:
        _write_sheets(result, path, source, template)
    return None


def _write_sheets(
    result: OwnSheets,
    path: Path,
    source: Loaded | str | Path | Sequence[Path] | None,
    template: str | Path | None,
) -> None:
    """Writes a result that has a workbook of its own."""
    from portfolio.engine.convert import check_ending
    from portfolio.results.comparison import Comparison
    from portfolio.results.explanations import Explained
    from portfolio.results.flow.flow import Flow
    from portfolio.results.frontier import Frontier
    from portfolio.results.prices import PriceList
    from portfolio.results.simulated.ranks import Ranks
    from portfolio.results.simulated.simulation import Simulation
    from portfolio.workbook.write_sheets import write_sheets

    if not isinstance(result, Comparison | Flow | Frontier | PriceList | Explained | Simulation | Ranks):
        raise WrongUseError(f"A {type(result).__name__} has no file of its own; its tables are frames: frame().")
    if isinstance(result, Frontier | PriceList):
        check_ending(path, FRONTIER_ENDINGS if isinstance(result, Frontier) else PRICES_ENDINGS)
        if path.suffix.lower() in (".html", ".pptx"):
            from portfolio.engine.write_report import shown_of, write_report

            files = [Path(each) for each in _files(source)]
            read = (
                source if isinstance(source, Loaded) and isinstance(result, PriceList) else files[0] if files else None
            )
            write_report(shown_of(result), result.findings, path, read, template)
            return
    check_ending(path, (".xlsx",))
    write_sheets(result, path)


def _write_into(loaded: Loaded, result: object, *, add_columns: bool) -> WrittenInto:
    """Writes a plan, a ranking, a simulation or flow into the workbook that was loaded."""
    from portfolio.results.answer import Answer
    from portfolio.results.flow.flow import Flow
    from portfolio.results.replan_report import ReplanReport
    from portfolio.results.simulated.ranks import Ranks
    from portfolio.results.simulated.simulation import Simulation

    answer = result.answer if isinstance(result, ReplanReport) else result
    if isinstance(answer, Answer):
        return write_plan(answer, loaded, add_columns=add_columns)
    if isinstance(answer, Ranking):
        return write_ranking(answer, loaded, add_columns=add_columns)
    if isinstance(answer, Simulation | Ranks):
        return write_simulation(answer, loaded, add_columns=add_columns)
    if isinstance(answer, Flow):
        return write_flow(answer, loaded)
    raise WrongUseError(
        "Only a plan, a ranking, a simulation or flow is written into a workbook; give `path` a new file.", "path"
    )


def _files(source: Loaded | str | Path | Sequence[Path] | None) -> Sequence[str | Path]:
    """The files that were read."""
    if isinstance(source, Loaded):
        return () if source.path is None else (source.path,)
    return () if source is None else (source,) if isinstance(source, str | Path) else source


def _write_portfolio(loaded: Loaded, path: Path) -> None:
    """Writes a portfolio, a workbook with its scenarios."""
    from portfolio.engine.convert import write_portfolio
    from portfolio.intake.scenario_copies import rows_for

    scenarios = rows_for(loaded.reading, path) if path.suffix.lower() == ".xlsx" else ()
    write_portfolio(loaded.given, path, scenarios, loaded.reading.words)


def _write_ranking(ranking: Ranking, path: Path, loaded: Loaded | None, template: str | Path | None) -> None:
    """Writes a ranking: its lines as CSV, or a report of the portfolio that it ranks."""
    if path.suffix.lower() == ".csv":
        from portfolio.exchange.write_csv import write_ranking_table

        write_ranking_table(ranking, path)
    elif loaded is None:
        raise WrongUseError("A report of a ranking needs its portfolio; give what was loaded as `source`.")
    else:
        from portfolio.engine.views import shown
        from portfolio.engine.write_report import write_report

        write_report(shown(loaded), loaded.findings, path, loaded, template)


def _write_answer(
    result: Answer | ReplanReport, path: Path, loaded: Loaded | None, template: str | Path | None
) -> None:
    """Writes a plan, with what a re-plan kept of what was agreed on a sheet of its own."""
    from portfolio.exchange.write_csv import write_plan_table
    from portfolio.results.replan_report import ReplanReport
    from portfolio.workbook.write_workbook import write_results

    report = result if isinstance(result, ReplanReport) else None
    answer = result.answer if isinstance(result, ReplanReport) else result
    if path.suffix.lower() == ".xlsx":
        beside = () if loaded is None else (loaded.reading.scenarios, loaded.reading.words)
        write_results(answer, path, report, *beside)
    elif path.suffix.lower() in (".html", ".pptx"):
        from portfolio.engine.write_report import shown_of, write_report

        write_report(shown_of(result), answer.findings, path, loaded, template)
    else:
        write_plan_table(answer, path)


def write_plan(answer: Answer, loaded: Loaded, *, add_columns: bool = False) -> WrittenInto:
    """Writes a plan into the workbook that was loaded and changes nothing else in it; says what came of that.

    Result sheets are added or replaced, and the result columns of the epics' sheet filled; `add_columns` adds those
    that are missing. Raises FileChangedError if the file was changed since, WrongUseError if it cannot be written.
    """
    from portfolio.workbook.in_place.write_in_place import write_plan_in_place

    return write_plan_in_place(answer, loaded.reading, add_columns=add_columns)


def write_ranking(ranking: Ranking, loaded: Loaded, *, add_columns: bool = False) -> WrittenInto:
    """Writes a ranking into the workbook that was loaded, as `write_plan` does a plan."""
    from portfolio.workbook.in_place.write_in_place import write_ranking_in_place

    return write_ranking_in_place(ranking, loaded.reading, loaded.model, add_columns=add_columns)


def write_simulation(result: Simulation | Ranks, loaded: Loaded, *, add_columns: bool = False) -> WrittenInto:
    """Writes chances beside the plan that stands in the workbook that was loaded, as `write_plan` does a plan.

    Raises WrongUseError where the workbook holds another plan than was played forward.
    """
    from portfolio.engine.simulate import plan_of
    from portfolio.results.simulated.simulation import Simulation
    from portfolio.workbook.in_place.write_simulation import write_simulation_in_place

    if isinstance(result, Simulation):
        there, periods = plan_of(loaded), result.portfolio.calendar.periods
        held = {(name, periods[one.start], periods[one.finish]) for name, one in there.bookings.items()}
        if held != {(line.id, line.start, line.finish) for line in result.epics}:
            raise WrongUseError(
                f"{loaded.name} holds another plan than was played forward, and chances stand beside their own plan; write them "
                "into a new file.",
                "path",
            )
    return write_simulation_in_place(result, loaded.reading, add_columns=add_columns)


def write_flow(found: Flow, loaded: Loaded) -> WrittenInto:
    """Writes flow into the workbook that was loaded, as `write_plan` does a plan.

    A forecast that was asked for is added to the sheet Forecasts, so that it can be judged when its day has come; never twice.
    """
    from portfolio.engine.flow_forecast import new_forecasts
    from portfolio.workbook.in_place.write_flow import write_flow_in_place

    return write_flow_in_place(found, loaded.reading, new_forecasts(found, loaded))


def refuse_no_workbook(loaded: Loaded) -> None:
    """Raises WrongUseError where results cannot be written into what was loaded, before anybody waits for them."""
    from portfolio.workbook.in_place.put_results import refuse_no_workbook

    refuse_no_workbook(loaded.reading)
