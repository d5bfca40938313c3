"""`portfolio flow`: flow, delivery and outcomes of the system from dated history; it ranks nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.option_names import finding_as_json
from portfolio.cli.options import (
    as_of_option,
    file_argument,
    json_option,
    model_option,
    sheet_option,
    time_limit_option,
)
from portfolio.cli.output import (
    check_output,
    end_with_errors,
    exit_code,
    print_json,
    show_findings,
    show_output,
    show_written,
)
from portfolio.cli.tables_folder import TablesFolder, tables_options
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.domain.finding import Finding
    from portfolio.engine import Loaded
    from portfolio.results.flow.flow import Flow
    from portfolio.results.flow.groups import Per

NEVER = {"--sort": "sort", "--score": "score", "--target": "target", "--lights": "lights", "--points": "points"}
"""Options that people look for and that do not exist for a reason; each says it."""


def _refuse(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Says why there is no such option."""
    if value is not None and not ctx.resilient_parsing:
        from portfolio.results.flow.refusals import refuse

        refuse(NEVER[param.opts[0]])


def _never(command: Callable[..., int]) -> Callable[..., int]:
    for option in NEVER:
        command = click.option(option, expose_value=False, hidden=True, callback=_refuse, is_eager=True)(command)
    return command


@click.command("flow")
@file_argument
@model_option
@click.option(
    "--history",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read history from this file too: a table of changes or with a column per state (CSV or workbook, in any language), or a changelog in JSON; or another sheet of evidence as CSV or JSON, such as deployments.csv. May be given several times.",
)
@as_of_option("Look at what was known at the end of this day; today without it.")
@click.option(
    "--window",
    type=click.IntRange(1),
    metavar="DAYS",
    help="Look at the last so many days, beside those before; all of them without it.",
)
@click.option(
    "--by",
    default="value stream",
    show_default=True,
    metavar="WORD",
    help="Show parts by value stream, type, horizon, theme, category or class of service.",
)
@click.option(
    "--per",
    type=click.Choice(["period", "week", "month"]),
    default="period",
    show_default=True,
    help="Count what is finished per period of the plan, week or month.",
)
@click.option(
    "--kinds",
    default="",
    metavar="WORDS",
    help='What states mean where the model does not know them, such as "Analysis = before; Build = active; Live = done".',
)
@click.option(
    "--forecast",
    is_flag=True,
    help="Also say how many epics further periods finish, and when each of the ranking is done, by past throughput alone.",
)
@click.option(
    "--as-seen",
    is_flag=True,
    help="With --forecast: draw further periods from the past ones alone, as other tools do; it looks surer than it is.",
)
@click.option(
    "--coordination",
    is_flag=True,
    help="Also say what dependencies between value streams cost, and which change of a boundary or platform would give back most; the plan is made again without them.",
)
@time_limit_option("Stop making plans after so many seconds, with --coordination.")
@click.option("--calibration", is_flag=True, help="Also say how good past forecasts and ranges have been.")
@sheet_option("the sheet Flow: figures and charts")
@tables_options
@click.option(
    "--write",
    is_flag=True,
    help="Write the sheet Flow into FILE itself; with --forecast, add what it foretells to the sheet Forecasts, where it can be judged later.",
)
@json_option
@_never
def command(
    file: Path,
    model: str | None,
    history: tuple[Path, ...],
    as_of: date | None,
    window: int | None,
    by: str,
    per: Per,
    kinds: str,
    forecast: bool,
    as_seen: bool,
    calibration: bool,
    coordination: bool,
    time_limit: float,
    output: Path | None,
    force: bool,
    tables: TablesFolder | None,
    write: bool,
    as_json: bool,
) -> int:
    """Measures the flow of epics in FILE, its delivery and outcomes, each beside its own past.

    FILE is a portfolio with sheets of evidence (History, Blocked, Deployments, Outcomes ...), or a file of history or of another kind of evidence by itself. All of it is for
    improving the system, not for comparing those who work in it.
    """
    from portfolio import engine
    from portfolio.cli.progress import CountLine

    check_output(output, file, force=force)
    loaded = None if engine.is_history(file) else engine.load(file, model)
    history = history if loaded is not None else (file, *history)
    if write:
        _refuse_no_workbook(loaded, file)
    try:
        with CountLine("re-solves") as count:
            found = engine.flow(
                loaded, history=history, as_of=as_of, window=window, by=by, per=per, kinds=kinds, model=model,
                forecast=forecast, as_seen=as_seen, calibration=calibration, coordination=coordination,
                time_limit=time_limit, re_solves=count.tell if coordination else None,
            )  # fmt: skip
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json)
    findings = (*(() if loaded is None else loaded.findings), *found.findings)
    if output is not None:
        engine.write(found, output, source=[file, *history], force=force)
    written = engine.write_flow(found, loaded) if write and loaded is not None else None
    _hand_out(found, findings, output, tables, as_json=as_json)
    show_written(file, written, as_json=as_json)
    return exit_code(findings)


def _refuse_no_workbook(loaded: Loaded | None, file: Path) -> None:
    """Raises WrongUseError where flow cannot be written into FILE, before anybody waits for it."""
    from portfolio import engine

    if loaded is None:
        raise WrongUseError(
            f"{file.name} is history and holds no portfolio, so nothing is written into it; use -o OUT.xlsx."
        )
    engine.refuse_no_workbook(loaded)


def _hand_out(
    found: Flow, findings: Sequence[Finding], output: Path | None, tables: TablesFolder | None, *, as_json: bool
) -> None:
    """Writes the tables into their folder, and shows everything as tables or JSON."""
    if tables is not None:
        tables.write(found)
    if as_json:
        print_json({**found.as_json(), "findings": list(map(finding_as_json, findings))})
    else:
        _show(found, findings, output)


def _show(found: Flow, findings: Sequence[Finding], output: Path | None) -> None:
    from portfolio.cli.tables.flow import show_flow

    show_flow(found)
    show_findings(findings)
    show_output(output, written=True)
