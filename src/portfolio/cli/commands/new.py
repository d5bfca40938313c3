"""`portfolio new`: a workbook to begin with."""

from __future__ import annotations

from pathlib import Path

import click


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
    from portfolio import engine

    engine.new(output, model)
    click.echo(f"Written to {output}. Fill it in, then: portfolio plan {output}")
    return 0
