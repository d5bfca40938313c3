"""Prepares a machine: what the first plan would have to wait for is done now."""

from __future__ import annotations


def prepare() -> bool:
    """Compiles the search for this machine, so that the first plan does not wait for it; returns whether it had to."""
    from portfolio.optimizer.prepare import prepare as prepare_search

    return prepare_search(quiet=True)
