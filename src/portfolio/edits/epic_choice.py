"""Edits that decide about one epic, to see what a plan with it, or without it, is worth."""

from __future__ import annotations

from portfolio.domain.portfolio import Portfolio
from portfolio.edits.edit import Edit, edit


def forced_in(portfolio: Portfolio, epic_id: str) -> list[Edit]:
    """The epic has to be in the plan."""
    return [edit(portfolio, ("epics", portfolio.epic_index[epic_id], "must"), True)]


def left_out(portfolio: Portfolio, epic_id: str) -> list[Edit]:
    """The epic cannot be in the plan: nobody works on it, and nothing asks for it any more."""
    index = portfolio.epic_index[epic_id]
    return [edit(portfolio, ("epics", index, field), None) for field in ("effort", "must", "start")]
