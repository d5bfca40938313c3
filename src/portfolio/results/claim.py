"""What may be claimed of a plan, in words: proven best, or how far below the best it is at most."""

from __future__ import annotations

from portfolio.optimizer.outcome import Claim, Outcome

OWN_CHOICES = " of own choices"
"""How a plan was made that its model takes as it is."""
LEAST_GAP = 1e-4
"""A gap below this is told as this: what is not proven best is never 0.00 % below it."""
CLAIMS: dict[Claim, str] = {
    "proven best": "proven best: none is worth more",
    "best found": "best found, within the gap below",
    "impossible": "impossible: guardrails clash",
    "nothing found": "nothing found in the time given",
}
"""Each claim as it stands above its value, bound and gap."""


def claim_words(outcome: Outcome, how: str = "") -> str:
    """What is claimed of a plan: proven best, or how far below the best it is at most, and why the search stopped."""
    claim: str = outcome.claim + how
    if outcome.gap and how == OWN_CHOICES:
        claim += f"; up to {outcome.gap:.0%} more was possible"
    elif outcome.gap and outcome.claim != "proven best":
        claim += f", at most {max(outcome.gap, LEAST_GAP):.2%} below the best possible"
    elif outcome.value is not None and outcome.bound is None and outcome.claim != "proven best":
        claim += ", how far below the best possible is not known"
    stopped = {"time limit": "; stopped by the time limit", "interrupt": "; stopped by you"}
    return claim + stopped.get(outcome.stopped_by or "", "")


def gap_words(outcome: Outcome) -> str:
    """How far a plan lies below the best at most, as a share; without a plan, what is claimed instead."""
    if outcome.value is None:
        return outcome.claim
    return "not known" if outcome.gap is None else f"{outcome.gap:.2%}"
