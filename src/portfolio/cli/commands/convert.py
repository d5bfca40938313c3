"""`portfolio convert`: the same portfolio as a workbook or as JSON, or its epics as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.options import file_argument
from portfolio.cli.output import exit_code, show_findings
from portfolio.errors import WrongUseError


@click.command("convert")
@file_argument
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path, output: Path) -> int:
    """Converts the portfolio in FILE to OUTPUT: a workbook (.xlsx), JSON (.json), or its epics as a table (.csv).

    Scenarios go along: onto the sheet Scenarios of a workbook, into a YAML file beside JSON.
    """
    from portfolio.engine.convert import check_ending, write_portfolio
    from portfolio.intake.read_portfolio import read_portfolio
    from portfolio.intake.scenario_copies import rows_for, write_beside

    check_ending(output)
    if output.exists() and file.exists() and output.samefile(file):
        raise WrongUseError(f"{output.name} is the file that is read; give another name, it is never written over.")
    reading = read_portfolio(file)
    show_findings(reading.findings)
    if reading.portfolio is None:
        return 1
    ending = output.suffix.lower()
    beside = write_beside(reading, output) if ending == ".json" else None
    write_portfolio(reading.portfolio, output, rows_for(reading, output) if ending == ".xlsx" else ())
    if beside is not None:
        click.echo(f"{beside.name} holds the scenarios; portfolio compare {output} finds them there.")
    if ending == ".csv":
        click.echo(f"{output.name} holds the epics; the rest of a portfolio has no place in one table.")
    return exit_code(reading.findings)
