"""`portfolio new`: a workbook to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from portfolio.cli.options import force_option


@click.command("new")
@click.argument("output", type=click.Path(path_type=Path, dir_okay=False), default=Path("portfolio.xlsx"))
@click.option(
    "--model",
    metavar="NAME",
    default="safe",
    show_default=True,
    help="The operating model whose words and lists it uses.",
)
@force_option
def command(output: Path, model: str, force: bool) -> int:
    """Writes a starter workbook to OUTPUT (portfolio.xlsx unless named); over a file that exists only with --force."""
    from portfolio import engine

    engine.new(output, model, force=force)
    click.echo(f"Written to {output}. Fill it in, then: portfolio plan {output}")
    return 0
