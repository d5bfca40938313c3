"""`portfolio convert`: the same portfolio as a workbook or as JSON, or its epics as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.options import file_argument, force_option
from portfolio.cli.output import exit_code, refuse_to_replace, show_findings
from portfolio.errors import WrongUseError


@click.command("convert")
@file_argument
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
@force_option
def command(file: Path, output: Path, force: bool) -> int:
    """Converts the portfolio in FILE to OUTPUT: a workbook (.xlsx), JSON (.json), or its epics as a table (.csv).

    Scenarios go along: onto the sheet Scenarios of a workbook, into a YAML file beside JSON.
    """
    from portfolio import engine
    from portfolio.engine.convert import check_ending

    check_ending(output)
    if output.exists() and file.exists() and output.samefile(file):
        raise WrongUseError(f"{output.name} is the file that is read; give another name, it is never written over.")
    refuse_to_replace(output, force=force)
    reading = engine.read_as_given(file)
    show_findings(reading.findings)
    if reading.portfolio is None:
        return 1
    beside = engine.convert(reading, output, force=force)
    if beside is not None:
        click.echo(f"{beside.name} holds the scenarios; portfolio compare {output} finds them there.")
    if output.suffix.lower() == ".csv":
        click.echo(f"{output.name} holds the epics; the rest of a portfolio has no place in one table.")
    return exit_code(reading.findings)
