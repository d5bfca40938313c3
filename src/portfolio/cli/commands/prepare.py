"""`portfolio prepare`: what the first plan on a machine would wait for, done beforehand."""

from __future__ import annotations

import click


@click.command("prepare")
def command() -> int:
    """Compiles the search for this machine, once after each installation.

    Without it the first plan of a larger portfolio waits for that, up to half a minute; small ones never need it.
    """
    from portfolio import engine

    click.echo("The search is compiled." if engine.prepare() else "The search was compiled already.")
    return 0
