"""Prepares a machine: what the first plan would have to wait for is done now."""

from __future__ import annotations


def prepare() -> bool:
    """Compiles the search, and what plays plans forward, so that nobody waits for it later; returns whether it had to."""
    from portfolio.optimizer.prepare import prepare as prepare_search
    from portfolio.simulation.prepare import prepare as prepare_simulation

    compiled = prepare_search(quiet=True)
    return prepare_simulation(quiet=True) or compiled
