"""`portfolio plan`: which epics start when, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.ask_names import load_asking
from portfolio.cli.options import (
    Share,
    file_argument,
    force_option,
    from_option,
    gap_option,
    json_option,
    model_option,
    output_option,
    scenarios_option,
    suggestions_option,
    template_option,
    time_limit_option,
    words_option,
    write_options,
)
from portfolio.cli.output import (
    end_with_errors,
    exit_code,
    print_json,
    refuse_pointless,
    say_left_out,
    say_unread,
    show_findings,
    show_output,
    show_written,
)
from portfolio.cli.plan_checks import check_files, refuse_mixed
from portfolio.cli.tables_folder import TablesFolder, tables_options
from portfolio.cli.workers_options import cluster_options
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.engine import Loaded, Workers
    from portfolio.results.answer import Answer
    from portfolio.results.replan_report import ReplanReport
    from portfolio.results.simulated.choice_chances import ChosenBy


KEPT = "agreed epics kept so far, changing least"


@click.command("plan")
@file_argument
@model_option
@words_option
@suggestions_option
@gap_option("when the plan is", asks_for="a proven optimum")
@time_limit_option("Stop after this long with the best plan found.")
@from_option
@click.option(
    "--keep",
    "agreed",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="Of all plans within --tolerance of the best, take the one that changes least of this earlier plan.",
)
@click.option(
    "--tolerance",
    type=Share(),
    default=None,
    metavar="SHARE",
    help="With --keep: the share of the best value that may be given up to change less; 1% where it is not given.",
)
@click.option(
    "--places",
    type=click.IntRange(min=0),
    default=0,
    metavar="NUMBER",
    help="With --keep where the order of the sheet decides: how many periods later than its rank allows an agreed epic may end.",
)
@click.option(
    "--robust",
    type=click.Choice(["mean", "worst", "dates"]),
    metavar="mean|worst|dates",
    help="Of many plans take the one that holds in most futures: by its mean, its worst futures, or its dates and mean.",
)
@click.option("--scenario", metavar="NAME", help="Plan the portfolio as this scenario changes it.")
@scenarios_option
@output_option(
    "Write a new workbook with the inputs and the results (.xlsx), a report to hand out (.html), slides (.pptx), or the lines of the plan as CSV (.csv)."
)
@template_option
@tables_options
@write_options
@force_option
@click.option(
    "--formulation",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.mps",
    help="Also write the mixed-integer program, for any other solver to check.",
)
@cluster_options("robust")
@json_option
def command(
    file: Path,
    model: str | None,
    words: str | None,
    accept_suggestions: bool,
    gap: float,
    time_limit: float,
    previous: Path | None,
    agreed: Path | None,
    tolerance: float | None,
    places: int,
    robust: ChosenBy | None,
    scenario: str | None,
    scenarios: Path | None,
    output: Path | None,
    template: Path | None,
    tables: TablesFolder | None,
    write: bool,
    add_columns: bool,
    force: bool,
    formulation: Path | None,
    workers: Workers,
    as_json: bool,
) -> int:
    """Decides which epics in FILE start when: the most value that fits capacity, budgets and guardrails.

    Shows the plan and writes nothing unless asked to; --write writes into FILE, -o a new workbook. Ctrl-C keeps the best plan found so far.
    """
    from portfolio import engine
    from portfolio.results.replan_report import ReplanReport

    refuse_pointless(write, add_columns)
    check_files(file, output, formulation, template, force=force)
    refuse_mixed(write, formulation, agreed, (tolerance, places), scenario, scenarios)
    try:
        loaded = _loaded(file, model, words, (scenario, scenarios), (accept_suggestions, as_json))
        found = _planned(loaded, (gap, time_limit), previous, agreed, (tolerance, places), formulation)
        found = _that_holds(loaded, found, robust, workers, as_json=as_json)
        result = _priced(loaded, found, time_limit, write, output)
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json)
    report, answer = (result, result.answer) if isinstance(result, ReplanReport) else (None, result)
    if output is not None:
        engine.write(result, output, source=loaded, force=force, template=template)
    if tables is not None:
        tables.write(answer)
    written = engine.write_plan(answer, loaded, add_columns=add_columns) if write and answer.plan is not None else None
    _tell(loaded, answer, report, output, as_json=as_json)
    show_written(file, written, as_json=as_json)
    return exit_code(answer.findings)


def _that_holds(
    loaded: Loaded,
    found: ReplanReport | Answer,
    robust: ChosenBy | None,
    workers: Workers,
    *,
    as_json: bool,
) -> ReplanReport | Answer:
    """The answer for the plan that holds in most futures, where it is asked for, with the sentence that says why."""
    from portfolio import engine
    from portfolio.results.replan_report import ReplanReport

    if robust is None:
        return found
    if isinstance(found, ReplanReport):
        raise WrongUseError(
            "--robust chooses among new plans, and --keep changes least of one; use one of them at a time."
        )
    answer, choice = engine.robust(loaded, found, robust, workers)
    click.echo(choice.sentence(loaded.ready.value_unit), err=as_json)
    return answer


def _priced(
    loaded: Loaded, result: ReplanReport | Answer, time_limit: float, write: bool, output: Path | None
) -> ReplanReport | Answer:
    """The answer with what all rules cost together, where it goes into a workbook or a report, which say so."""
    from portfolio import engine

    if not write and (output is None or output.suffix.lower() == ".csv"):
        return result
    return engine.with_cost_of_rules(loaded, result, time_limit)


def _loaded(
    file: Path,
    model: str | None,
    words: str | None,
    asked: tuple[str | None, Path | None],
    suggestions: tuple[bool, bool],
) -> Loaded:
    """The portfolio, as a scenario changes it where one is named; `suggestions` says whether near names are taken, and whether JSON is asked for."""
    from portfolio import engine

    loaded = load_asking(file, model, words, accept_suggestions=suggestions[0], as_json=suggestions[1])
    scenario, scenarios = asked
    if scenario is None:
        return loaded
    loaded.ready  # noqa: B018
    return engine.with_scenario(loaded, engine.own_scenario(loaded, scenario, scenarios))[0]


def _planned(
    loaded: Loaded,
    limits: tuple[float, float],
    previous: Path | None,
    agreed: Path | None,
    given_up: tuple[float | None, int],
    formulation: Path | None,
) -> ReplanReport | Answer:
    """The answer; with `--keep` with the report of what was kept. `limits` are gap and seconds, `given_up` tolerance and places."""
    from portfolio import engine
    from portfolio.cli.progress import CountLine, ProgressLine

    start = None if previous is None else engine.previous_plan(previous, loaded)
    with ProgressLine() as progress, CountLine("kinds of repair looked for") as repairs, CountLine(KEPT) as kept:
        if agreed is None:
            return engine.plan(
                loaded,
                *limits,
                progress=progress.tell,
                formulation_path=formulation,
                start=start,
                repairs=repairs.tell,
            )
        return engine.replan(
            loaded,
            agreed,
            given_up[0],
            *limits,
            places=given_up[1],
            progress=progress.tell,
            start=start,
            epics_kept=kept.tell,
            repairs=repairs.tell,
        )


def _tell(loaded: Loaded, answer: Answer, report: ReplanReport | None, output: Path | None, *, as_json: bool) -> None:
    """Prints the answer as tables with what was written, or as JSON."""
    if as_json:
        print_json(answer.as_json() | ({} if report is None else {"kept": report.as_json()}))
    else:
        _show(loaded, answer, report)
        show_output(output, written=True)


def _show(loaded: Loaded, answer: Answer, report: ReplanReport | None) -> None:
    from portfolio.cli.tables.answer import show_answer

    say_unread(loaded)
    show_answer(answer)
    say_left_out(loaded)
    if report is not None:
        from portfolio.cli.tables.replan import show_replan_report

        click.echo()
        show_replan_report(report)
    show_findings(answer.findings)
