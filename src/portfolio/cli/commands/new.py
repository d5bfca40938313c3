"""`portfolio new`: a workbook to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

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
@click.option(
    "--with",
    "parts",
    multiple=True,
    type=click.Choice(["ranges", "evidence"]),
    help="What it has besides: columns for the ranges of estimates, sheets for history and other evidence; may be repeated.",
)
@force_option
def command(output: Path, model: str, parts: tuple[Literal["ranges", "evidence"], ...], force: bool) -> int:
    """Writes a starter workbook to OUTPUT (portfolio.xlsx unless named); over a file that exists only with --force."""
    from portfolio import engine

    engine.new(output, model, force=force, parts=parts)
    click.echo(f"Written to {output}. Fill it in, then: portfolio plan {output}")
    return 0
