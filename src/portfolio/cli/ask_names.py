"""Asks at a terminal whether a misspelt name is the known one that it is near to; in a pipeline nobody is asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from portfolio.engine import Loaded


def load_asking(
    file: Path, model: str | None, words: str | None, *, accept_suggestions: bool, as_json: bool = False
) -> Loaded:
    """Loads a portfolio; near names are taken where that is asked for, or where the user at the terminal says yes."""
    from portfolio import engine

    loaded = engine.load(file, model, words, accept_suggestions=accept_suggestions)
    if accept_suggestions or as_json or not loaded.findings or not _at_a_terminal():
        return loaded
    taken = engine.load(file, model, words, accept_suggestions=True)
    names = taken.reading.guesses
    if not names or not _agreed(list(names)):
        return loaded
    return taken


def _at_a_terminal() -> bool:
    """Whether somebody reads what is said, and can answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _agreed(names: list[tuple[str, str]]) -> bool:
    for text, meant in names:
        click.echo(f"Nothing is called {text}. Is {meant} meant?", err=True)
    question = "Read it so?" if len(names) == 1 else "Read all of them so?"
    return click.confirm(question, default=False, err=True)
