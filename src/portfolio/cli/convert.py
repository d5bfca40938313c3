"""`portfolio convert`: the same portfolio as a workbook or as JSON."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.shared import exit_code, file_argument, show_findings
from portfolio.errors import WrongUseError


@click.command("convert")
@file_argument
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path, output: Path) -> int:
    """Converts the portfolio in FILE to OUTPUT: a workbook if it ends in .xlsx, JSON if it ends in .json."""
    from portfolio.files.models import read_model
    from portfolio.files.portfolio_json import dump, to_json
    from portfolio.files.reading import read_portfolio
    from portfolio.files.workbook_writer import write_inputs
    from portfolio.files.writing import write_whole

    if output.suffix.lower() not in {".xlsx", ".json"}:
        raise WrongUseError(f"{output.name} should end in .xlsx or .json, so that it is clear what to write.")
    if output.exists() and file.exists() and output.samefile(file):
        raise WrongUseError(f"{output.name} is the file that is read; give another name, it is never written over.")
    reading = read_portfolio(file)
    show_findings(reading.findings)
    if reading.portfolio is None:
        return 1
    if output.suffix.lower() == ".json":
        text = dump(to_json(reading.portfolio))
        write_whole(output, lambda path: _write_text(path, text))
    else:
        write_inputs(reading.portfolio, read_model(reading.portfolio.model or "safe"), output)
    return exit_code(reading.findings)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
