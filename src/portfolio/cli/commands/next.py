"""`portfolio next`: closes the first period, and what is left goes on."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.options import file_argument, force_option, json_option, model_option, output_option
from portfolio.cli.output import end_with_errors, exit_code, print_json, show_findings
from portfolio.errors import WrongUseError


@click.command("next")
@file_argument
@click.option(
    "--closed",
    multiple=True,
    required=True,
    metavar="PERIOD",
    help="The period that is over: the first one; give several, in order, with one --closed each.",
)
@click.option(
    "--add",
    "added",
    multiple=True,
    metavar="PERIOD",
    help="A new last period, with the capacity and budget of the one before.",
)
@click.option(
    "--plan",
    "planned",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="The plan of the period, where FILE itself has none: a workbook with a plan, or what plan --json printed.",
)
@model_option
@output_option("Write the portfolio that goes on into a new file of the same kind.")
@click.option("--write", is_flag=True, help="Write it into FILE itself.")
@force_option
@json_option
def command(
    file: Path,
    closed: tuple[str, ...],
    added: tuple[str, ...],
    planned: Path | None,
    model: str | None,
    output: Path | None,
    write: bool,
    force: bool,
    as_json: bool,
) -> int:
    """Closes the first period of the plan in FILE: what was done comes off, and what is left goes on.

    The calendar, capacity, budgets and dates move on; finished epics go to a sheet Done with planned against actual; what
    was agreed stays beside the epics. Shows what comes of it, and writes nothing unless asked to.
    """
    from portfolio import engine
    from portfolio.cli.tables.closing import show_closing

    if write and output is not None:
        raise WrongUseError("Give -o for a new file, or --write for FILE itself.")
    try:
        closing = engine.next_period(file, closed, add=added, plan=planned, model=model)
    except engine.HasErrorsError as problem:
        return end_with_errors(problem.findings, as_json=as_json)
    target = file if write else output
    findings = closing.findings
    if target is not None:
        findings = (*findings, *engine.write_next(closing, file, target, force=force))
    if as_json:
        print_json(closing.as_json())
        return exit_code(findings)
    show_closing(closing)
    show_findings(findings)
    if target is not None:
        click.echo(f"Written to {target}. Plan it with: portfolio plan {target} --keep {target}")
    return exit_code(findings)
