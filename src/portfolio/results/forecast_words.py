"""What is said of starts that are foreseen and not decided: how many there are, and what is committed to instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from portfolio.domain.commitment_terms import Commitment, CommitmentTerms
from portfolio.results.epic_decisions import EpicLine


def told_apart(lines: Sequence[EpicLine], terms: CommitmentTerms, periods: Sequence[str]) -> str:
    """`is forecast or outlook; committed to is what begins in PI 1`."""
    there = {line.commitment for line in lines if line.is_forecast}
    words = " or ".join(dict.fromkeys(terms.word(how) for how in get_args(Commitment) if how in there))
    committed = periods[: terms.committed_periods]
    span = committed[0] if len(committed) == 1 else f"{committed[0]} to {committed[-1]}"
    what = f"is in {terms.point} or beyond" if terms.settled else f"begins in {span}"
    return f"is {words}; committed to is what {what}"


def counted_apart(lines: Sequence[EpicLine], terms: CommitmentTerms) -> str:
    """How many epics of a plan are committed to and how many are not; nothing where all of them are."""
    planned = [line for line in lines if line.commitment is not None]
    if not any(line.is_forecast for line in planned):
        return ""
    counts = [(sum(line.commitment == how for line in planned), terms.word(how)) for how in get_args(Commitment)]
    told = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f" ({told})" if told else ""
