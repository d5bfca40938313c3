"""`portfolio new`: a workbook to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.errors import WrongUseError


@click.command("new")
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False), default=Path("portfolio.xlsx"))
@click.option(
    "--model",
    metavar="NAME",
    default="safe",
    show_default=True,
    help="The operating model whose words and lists it uses.",
)
def command(output: Path, model: str) -> int:
    """Writes a starter workbook to OUTPUT (portfolio.xlsx unless named); never over a file that exists."""
    from portfolio.storage.read_model import read_model
    from portfolio.workbook.write_workbook import write_starter

    if output.exists():
        raise WrongUseError(f"{output.name} exists already; name another file, nothing is written over.")
    if output.suffix.lower() != ".xlsx":
        raise WrongUseError(f"{output.name} should end in .xlsx: the starter is a workbook.")
    write_starter(read_model(model), output)
    click.echo(f"Written to {output}. Fill it in, then: portfolio plan {output}")
    return 0
