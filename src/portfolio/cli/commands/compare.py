"""`portfolio compare`: scenarios side by side, two plans side by side, or one figure step by step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from portfolio.cli.options import (
    force_option,
    gap_option,
    json_option,
    model_option,
    output_option,
    scenarios_option,
    time_limit_option,
)
from portfolio.cli.output import check_output, end_with_errors, exit_code, print_json, show_findings
from portfolio.cli.tables_folder import TablesFolder, tables_options
from portfolio.cli.workers_options import cluster_options
from portfolio.errors import WrongUseError

if TYPE_CHECKING:
    from portfolio.engine import Progress, Workers
    from portfolio.results.comparison import Comparison
    from portfolio.results.frontier import Frontier


@click.command("compare")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE [PLAN2]")
@model_option
@click.option(
    "--scenario",
    "names",
    multiple=True,
    metavar="NAME",
    help="A scenario to put beside the portfolio as it is; may be given several times. Without it, all there are.",
)
@scenarios_option
@click.option(
    "--vary",
    metavar="RANGE",
    help='Plan each step of one figure instead: "budget 80%..120% by 5%", "WIP limit of Web 2..6 by 1".',
)
@click.option(
    "--on",
    type=click.Path(path_type=Path),
    metavar="PORTFOLIO",
    help="With two plans: judge both by this portfolio instead of each by its own.",
)
@click.option(
    "--keep",
    "agreed",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="Of plans that are as good, take those that change least of this agreed one, instead of the plan as it is.",
)
@gap_option("each plan when it is")
@time_limit_option("Stop each plan after this long.")
@output_option(
    "Write a workbook with the figures side by side, epic by epic, and a chart (.xlsx); with --vary also a report to hand out (.html)."
)
@force_option
@tables_options
@cluster_options()
@json_option
def command(
    files: tuple[Path, ...],
    model: str | None,
    names: tuple[str, ...],
    scenarios: Path | None,
    vary: str | None,
    on: Path | None,
    agreed: Path | None,
    gap: float,
    time_limit: float,
    output: Path | None,
    force: bool,
    tables: TablesFolder | None,
    workers: Workers,
    as_json: bool,
) -> int:
    """Puts plans side by side: FILE as it is and its scenarios, two plans, or the steps of one figure.

    Scenarios stand on a sheet Scenarios, or in a YAML file beside FILE: portfolio.scenarios.yaml for portfolio.xlsx. Two
    files are two plans: workbooks by `plan -o` or `plan --write`, or what `plan --json` printed. Writes nothing unless
    asked to. Ctrl-C ends the plans that are being sought with the best found.
    """
    from portfolio import engine

    _refuse_mixed(files, names, scenarios, vary, on, workers)
    if agreed is not None and (len(files) == 2 or vary is not None):
        raise WrongUseError(
            "--keep is for scenarios; two plans, and the steps of one figure, are compared as they are."
        )
    check_output(output, files[0], (".xlsx",) if vary is None else engine.FRONTIER_ENDINGS, force=force)
    try:
        if len(files) == 2:
            result: Comparison | Frontier = engine.compare_plans(files[0], files[1], on, model)
        else:
            result = _planned(files[0], model, (names, scenarios, vary, agreed), (gap, time_limit), workers)
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json)
    if output is not None:
        engine.write(result, output, source=files, force=force)
    if tables is not None:
        tables.write(result)
    if as_json:
        print_json(result.as_json())
    else:
        _show(result)
        show_findings(result.findings)
        if output is not None:
            click.echo(f"Written to {output}.")
    return exit_code(result.findings)


def _refuse_mixed(
    files: tuple[Path, ...],
    names: tuple[str, ...],
    scenarios: Path | None,
    vary: str | None,
    on: Path | None,
    workers: Workers,
) -> None:
    if len(files) > 2:
        raise WrongUseError("compare takes one portfolio, or two plans.")
    if len(files) == 2 and (names or scenarios or vary):
        raise WrongUseError("Two plans are compared as they are; --scenario and --vary take one portfolio.")
    if len(files) == 2 and workers.cluster is not None:
        raise WrongUseError("--cluster is for plans that are still to be made; two plans are compared as they are.")
    if len(files) == 1 and on is not None:
        raise WrongUseError("--on is for two plans; a portfolio is judged by its own rules.")
    if vary is not None and (names or scenarios):
        raise WrongUseError("--vary plans the portfolio as it is; use it without --scenario and --scenarios.")


def _planned(
    file: Path,
    model: str | None,
    asked: tuple[tuple[str, ...], Path | None, str | None, Path | None],
    limits: tuple[float, float],
    workers: Workers,
) -> Comparison | Frontier:
    from portfolio import engine
    from portfolio.domain import has_errors

    names, scenarios, vary, agreed = asked
    loaded = engine.load(file, model)
    loaded.ready  # noqa: B018
    with ExitStack() as lines:
        progress = _progress(lines)
        if vary is not None:
            return engine.vary(loaded, vary, *limits, progress=progress, place="--vary", workers=workers)
        there = engine.scenarios_of(loaded, scenarios)
        chosen = [there.named(name) for name in names] if names else list(there.scenarios)
        if has_errors(there.findings):
            raise engine.HasErrorsError((*loaded.findings, *there.findings))
        if not chosen:
            raise WrongUseError(
                f"{file.name} has no scenarios; write some on a sheet Scenarios or in {file.stem}.scenarios.yaml beside "
                "it, vary a figure with --vary, or give a second plan."
            )
        return engine.compare_scenarios(loaded, chosen, *limits, progress, agreed=agreed, workers=workers)


def _progress(lines: ExitStack) -> Callable[[str], Progress]:
    from portfolio.cli.progress import ProgressLine

    def begin(name: str) -> Progress:
        return lines.enter_context(ProgressLine(name)).tell

    return begin


def _show(result: Comparison | Frontier) -> None:
    from portfolio.cli.tables.comparison import show_comparison, show_frontier
    from portfolio.results.comparison import Comparison

    if isinstance(result, Comparison):
        show_comparison(result)
    else:
        show_frontier(result)
