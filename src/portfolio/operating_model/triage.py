"""Triage: what a review says of all work at once, such as now, later or never."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portfolio.domain import Epic, Portfolio
from portfolio.domain.wording import first_of

if TYPE_CHECKING:
    from portfolio.operating_model.model import OperatingModel

_NAMED = 5


def triage_text(model: OperatingModel, portfolio: Portfolio, discarded: Sequence[Epic]) -> str:
    """`Triage: now K-01, K-02; later K-05; never K-42.`; empty where the way of working has no such words.

    Committed to is what is in the state of the commitment point or beyond, an option what is before it; work in no state of the
    board is neither.
    """
    words = None if model.commitment is None else model.commitment.triage
    if words is None:
        return ""
    terms = portfolio.commitment
    options = [epic for epic in portfolio.epics if (epic.state or "").casefold() in terms.begins]
    committed = [epic for epic in portfolio.epics if (epic.state or "").casefold() in terms.settled]
    parts = ((words.committed, committed), (words.option, options), (words.discarded, discarded))
    told = [f"{word} {first_of([epic.id for epic in epics], _NAMED)}" for word, epics in parts if epics]
    return f"Triage: {'; '.join(told)}." if told else ""
