"""`portfolio convert`: the same portfolio as a workbook or as JSON, or its epics as CSV."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.shared import exit_code, file_argument, show_findings
from portfolio.errors import WrongUseError


@click.command("convert")
@file_argument
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path, output: Path) -> int:
    """Converts the portfolio in FILE to OUTPUT: a workbook (.xlsx), JSON (.json), or its epics as a table (.csv)."""
    from portfolio.files.portfolio_writer import check_ending, write_portfolio
    from portfolio.files.reading import read_portfolio

    check_ending(output)
    if output.exists() and file.exists() and output.samefile(file):
        raise WrongUseError(f"{output.name} is the file that is read; give another name, it is never written over.")
    reading = read_portfolio(file)
    show_findings(reading.findings)
    if reading.portfolio is None:
        return 1
    write_portfolio(reading.portfolio, output)
    if output.suffix.lower() == ".csv":
        click.echo(f"{output.name} holds the epics; the rest of a portfolio has no place in one table.")
    return exit_code(reading.findings)
