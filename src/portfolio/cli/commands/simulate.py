"""`portfolio simulate`: how sure a plan is, from many futures in which it is followed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.options import (
    Share,
    file_argument,
    json_option,
    model_option,
    sheet_option,
    time_limit_option,
    write_options,
)
from portfolio.cli.output import (
    check_output,
    end_with_errors,
    exit_code,
    print_json,
    refuse_pointless,
    show_findings,
    show_output,
    show_written,
)
from portfolio.cli.tables_folder import TablesFolder, tables_options
from portfolio.cli.workers_options import workers_options
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.domain import Plan
    from portfolio.engine import Choosing, Loaded, Workers
    from portfolio.results.simulated.choice_chances import ChosenBy
    from portfolio.results.simulated.ranks import Ranks
    from portfolio.results.simulated.simulation import Simulation


@click.command("simulate")
@file_argument
@click.option(
    "--plan",
    "followed",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="The plan that is followed, where FILE itself has none: a workbook with a plan, or what plan --json printed.",
)
@model_option
@click.option("--draws", type=click.IntRange(1), metavar="N", help="How many futures are drawn; 10000 without this.")
@click.option("--seed", type=click.IntRange(0), metavar="S", help="What the draws follow from; 1 without this.")
@click.option(
    "--until",
    type=Share(),
    metavar="SHARE",
    help="Double the draws until the mean value is known to this share of it, such as 1%.",
)
@click.option(
    "--ranks",
    "ranked",
    is_flag=True,
    help="Also rank the epics anew in each future: which differences in rank are real. A FILE that cannot be planned gets "
    "this alone.",
)
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="K",
    help="With --ranks: the chance to be among the first K; as many as the plan funds without this.",
)
@click.option("--anew", is_flag=True, help="Also say which epics would be funded if the plan were made anew.")
@click.option("--information", is_flag=True, help="Also say which estimate is worth refining before choosing a plan.")
@click.option(
    "--robust",
    type=click.Choice(["mean", "worst", "dates"]),
    metavar="mean|worst|dates",
    help="Also say which of many plans holds: the best on average, in its worst futures, or of those that keep their dates.",
)
@click.option(
    "--plans",
    type=click.IntRange(1, 10_000),
    default=200,
    show_default=True,
    metavar="N",
    help="With --anew, --information and --robust: for how many futures a plan is made.",
)
@time_limit_option("Where FILE has no plan: plan for this long first.")
@sheet_option("the chances of the plan and charts")
@tables_options
@write_options
@workers_options
@json_option
def command(
    file: Path,
    followed: Path | None,
    model: str | None,
    draws: int | None,
    seed: int | None,
    until: float | None,
    ranked: bool,
    top: int | None,
    anew: bool,
    information: bool,
    robust: ChosenBy | None,
    plans: int,
    time_limit: float,
    output: Path | None,
    force: bool,
    tables: TablesFolder | None,
    write: bool,
    add_columns: bool,
    workers: Workers,
    as_json: bool,
) -> int:
    """Says how sure the plan in FILE is: when its epics are done, what it is worth and spends, in many possible futures.

    Efforts, benefits, costs, hypotheses and capacity come out as their ranges, cases and past figures say; the plan is
    followed as it is. The same FILE, plan and seed give the same figures.
    """
    from portfolio import engine

    check_output(output, file, force=force)
    _refuse_mixed(followed, top, write, ranked=ranked, add_columns=add_columns)
    others = engine.Choosing(anew, information, robust, plans=plans) if anew or information or robust else None
    loaded = engine.load(file, model)
    if write:
        engine.refuse_no_workbook(loaded)
    try:
        plan = (_plan_if_any if ranked else _plan)(loaded, followed, None if write else time_limit)
        if plan is None:
            result: Simulation | Ranks = _ranked(loaded, top, draws, seed, workers)
        else:
            result = played = _played(loaded, plan, (draws, seed, until), others, workers)
            result = engine.with_ranks(played, loaded, plan, top, workers) if ranked else played
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json)
    written = engine.write_simulation(result, loaded, add_columns=add_columns) if write else None
    ending = _hand_out(result, loaded, output, tables, force=force, as_json=as_json)
    show_written(file, written, as_json=as_json)
    return ending


def _ranked(loaded: Loaded, top: int | None, draws: int | None, seed: int | None, workers: Workers) -> Ranks:
    """The ranking alone, in many futures."""
    from portfolio import engine
    from portfolio.cli.progress import CountLine

    with CountLine("draws") as count:
        return engine.ranks(loaded, top=top, draws=draws, seed=seed, workers=workers, told=count.tell)


def _played(
    loaded: Loaded,
    plan: Plan,
    drawn: tuple[int | None, int | None, float | None],
    others: Choosing | None,
    workers: Workers,
) -> Simulation:
    """The plan played forward; `drawn` says how many futures, from which seed, and until which error."""
    from portfolio import engine
    from portfolio.cli.progress import CountLine

    draws, seed, until = drawn
    with CountLine("draws") as count:
        told = count.tell
        return engine.simulate(
            loaded, plan, draws=draws, seed=seed, until=until, workers=workers, told=told, choices=others
        )


def _refuse_mixed(followed: Path | None, top: int | None, write: bool, *, ranked: bool, add_columns: bool) -> None:
    """Raises WrongUseError for options that make no sense together."""
    refuse_pointless(write, add_columns)
    if top is not None and not ranked:
        raise WrongUseError("`--top` says how many count as funded in `--ranks`; give that too.", "top")
    if write and followed is not None:
        raise WrongUseError(
            "--write puts chances beside the plan that FILE itself holds, and --plan follows another one; use -o OUT.xlsx."
        )


def _hand_out(
    result: Simulation | Ranks,
    loaded: Loaded,
    output: Path | None,
    tables: TablesFolder | None,
    *,
    force: bool,
    as_json: bool,
) -> int:
    """Writes what was asked for and prints the rest; returns the exit code."""
    from portfolio import engine
    from portfolio.cli.tables.simulation import show_study

    if output is not None:
        engine.write(result, output, source=loaded, force=force)
    if tables is not None:
        tables.write(result)
    if as_json:
        print_json(result.as_json())
    else:
        show_study(result)
        show_findings(result.findings)
        show_output(output, written=True)
    return exit_code(result.findings)


def _plan_if_any(loaded: Loaded, followed: Path | None, time_limit: float | None) -> Plan | None:
    """The plan that is followed; None for a portfolio that can be ranked but not planned."""
    if loaded.portfolio is None and loaded.rankable is not None:
        return None
    try:
        plan = _plan(loaded, followed, time_limit)
    except WrongUseError:
        if followed is not None:
            raise
        plan = None
    if plan is None or not plan.bookings:
        click.echo("No plan starts any epic, so the ranking is tried alone.", err=True)
        return None
    return plan


def _plan(loaded: Loaded, followed: Path | None, time_limit: float | None) -> Plan:
    """The plan that is followed: the one that was given, else that of the file, else one that is made in the time limit."""
    from portfolio import engine
    from portfolio.cli.progress import ProgressLine
    from portfolio.engine.simulate import plan_of, planned

    if followed is not None:
        return engine.previous_plan(followed, loaded)
    try:
        return plan_of(loaded)
    except WrongUseError:
        if time_limit is None:
            raise
        click.echo(
            f"{loaded.name} holds no plan, so one is made first; keep one with `portfolio plan FILE --write`.", err=True
        )
        with ProgressLine() as progress:
            return planned(loaded, time_limit, progress.tell)
