"""`portfolio plan`: which epics start when, and why."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.shared import (
    exit_code,
    file_argument,
    json_option,
    model_option,
    print_json,
    refuse_pointless,
    show_findings,
    show_written,
    write_options,
)
from portfolio.errors import WrongUseError


@click.command("plan")
@file_argument
@model_option
@click.option(
    "--gap",
    type=click.FloatRange(0, 1),
    default=0.001,
    show_default=True,
    help="Stop when the plan is proven this close to the best, as a share; 0 asks for a proven optimum.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Stop after this long with the best plan found.",
)
@click.option(
    "--from",
    "previous",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="Begin from an earlier plan (a workbook by -o, or --json): after a small change, good again in a moment.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT",
    help="Write a new workbook with the inputs and the results (.xlsx), or the lines of the plan as CSV (.csv).",
)
@write_options
@click.option(
    "--formulation",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.mps",
    help="Also write the mixed-integer program, for any other solver to check.",
)
@json_option
def command(
    file: Path,
    model: str | None,
    gap: float,
    time_limit: float,
    previous: Path | None,
    output: Path | None,
    write: bool,
    add_columns: bool,
    formulation: Path | None,
    as_json: bool,
) -> int:
    """Decides which epics in FILE start when: the most value that fits capacity, budgets and guardrails.

    Shows the plan and writes nothing unless asked to; --write writes into FILE, -o a new workbook. Ctrl-C keeps the best plan found so far.
    """
    from portfolio import engine
    from portfolio.cli.progress import ProgressLine

    if output is not None and formulation is not None and output.resolve() == formulation.resolve():
        raise WrongUseError(f"{output.name} is named twice; give -o and --formulation a file each.")
    refuse_pointless(write, add_columns)
    loaded = engine.load(file, model)
    try:
        start = None if previous is None else engine.previous_plan(previous, loaded)
        with ProgressLine() as progress:
            answer = engine.plan(loaded, gap, time_limit, progress.tell, formulation_path=formulation, start=start)
    except engine.HasErrorsError as problem:
        if as_json:
            print_json({"format": 1, "findings": [finding.as_json() for finding in problem.findings]})
        else:
            show_findings(problem.findings)
        return 1
    if output is not None:
        engine.write(answer, output, source=file)
    write = write and answer.plan is not None
    written = write and engine.write_plan(answer, loaded, add_columns=add_columns)
    if as_json:
        print_json(answer.as_json())
    else:
        from portfolio.cli.tables import show_answer

        show_answer(answer)
        show_findings(answer.findings)
        if output is not None:
            click.echo(f"Written to {output}.")
        if write:
            show_written(file, written)
    return exit_code(answer.findings)
