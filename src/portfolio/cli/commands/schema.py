"""`portfolio schema`: the JSON Schema of a portfolio."""

from __future__ import annotations

import click

from portfolio.cli.output import print_json


@click.command("schema")
def command() -> int:
    """Prints the JSON Schema of a portfolio, with the description of every field."""
    from portfolio import engine

    print_json(engine.schema())
    return 0
