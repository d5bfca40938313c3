"""Claims: how good a plan is, and how far that is known, in the words that every medium uses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from portfolio.domain import Portfolio
from portfolio.operating_model.ranking import Goal
from portfolio.optimizer.outcome import Claim, Outcome, StoppedBy, relative_gap

LEAST_GAP = 1e-4
"""A gap below this is told as this: what is not proven best is never 0.00 % below it."""
CLAIMS: dict[Claim, str] = {
    "proven best": "proven best: none is worth more",
    "best found": "best found, within the gap below",
    "impossible": "impossible: guardrails clash",
    "nothing found": "nothing found in the time given",
}
"""Each claim as it stands above its value, bound and gap."""
_JUDGED: dict[Goal, str] = {
    "rank order": "in rank order: each as early as it can be",
    "own choices": "as chosen: nothing was searched, its value is by these estimates",
}
"""What stands in place of a claim about value, where no value decided what starts."""
_AFTER: dict[Goal, str] = {"rank order": " in rank order"}
"""What a claim is about, where a plan is not after value."""
INHERITED = "in the inherited order of the list"
"""What is said of a plan that a way of working only takes over."""
BOUND_HEADING = "No plan is worth more than"
GAP_HEADING = "Gap"
"""How the lines of the bound and of the gap are headed."""
UNKNOWN = "how far below the best possible is not known"
SAME_VALUE = 1e-6
"""Two values that differ by less than this share are the same."""
_STOPPED: dict[StoppedBy, str] = {"time limit": "; stopped by the time limit", "interrupt": "; stopped by you"}


@dataclass(frozen=True)
class ClaimLine:
    """One line of the evidence for a claim; `kind` is what the value is, so that a medium knows how to show it."""

    heading: str
    value: str | float
    kind: Literal["words", "value", "share"]


@dataclass(frozen=True)
class EarlierClaim:
    """What was claimed of a plan when it was made, as its file still says it; nothing is known where the file does not."""

    bound: float | None = None
    gap: float | None = None
    proven: bool = False

    def words(self, value: float | None) -> str:
        """How good it was then; `value` is what it is worth now, so that what has changed since is said."""
        if self.proven:
            return f"proven best when it was planned{self._since(value)}"
        if self.gap is None:
            return f"best found, {UNKNOWN}, as its file does not say"
        below = f"at most {max(self.gap, LEAST_GAP):.2%} below the best possible when it was planned"
        return f"{below}{self._since(value)}"

    def _since(self, value: float | None) -> str:
        """What it was worth then and what no plan exceeded, where that is known and it is worth something else now."""
        if self.bound is None:
            return ""
        then = self.bound / (1 + (self.gap or 0.0)) if self.bound > 0 else None
        changed = then is not None and value is not None and abs(then - value) > SAME_VALUE * max(1.0, abs(value))
        worth = f" and was worth {then:,.0f}" if changed else ""
        return worth if self.proven else f"{worth} (none was worth more than {self.bound:,.0f})"


def claim_words(outcome: Outcome, goal: Goal = "value", earlier: EarlierClaim | None = None) -> str:
    """What is claimed of a plan: proven best, or how far below the best it is at most, and why the search stopped.

    Of a plan that was not sought now, what was claimed `earlier` is said instead.
    """
    claim = outcome.claim + _AFTER.get(goal, "")
    if goal == "own choices" and outcome.value is not None:
        claim = "by these estimates" + (f"; up to {outcome.gap:.0%} more was possible" if outcome.gap else "")
    elif outcome.gap and outcome.claim != "proven best":
        claim += f", at most {max(outcome.gap, LEAST_GAP):.2%} below the best possible"
    elif goal == "rank order" and outcome.claim == "best found" and outcome.stopped_by is None:
        claim = "in rank order, but for places that were kept as agreed"
    elif outcome.value is not None and outcome.bound is None and outcome.claim != "proven best":
        claim = f"{claim}, {UNKNOWN}" if earlier is None else earlier.words(outcome.value)
    elif goal == "value" and outcome.claim == "best found" and outcome.bound is not None:
        claim += f", none is worth more than {outcome.bound:,.0f}"
    return claim if outcome.stopped_by is None else claim + _STOPPED.get(outcome.stopped_by, "")


def gap_words(outcome: Outcome) -> str:
    """How far a plan lies below the best at most, as a share; without a plan, what is claimed instead."""
    if outcome.value is None:
        return outcome.claim
    return "not known" if outcome.gap is None else f"{outcome.gap:.2%}"


def claim_lines(
    outcome: Outcome, unit: str, goal: Goal = "value", earlier: EarlierClaim | None = None
) -> list[ClaimLine]:
    """The claim, then value, bound and gap as far as they are known; `unit` is that of value."""
    judged = CLAIMS[outcome.claim] if outcome.value is None else _JUDGED.get(goal, CLAIMS[outcome.claim])
    if earlier is not None and judged == CLAIMS["best found"]:
        judged = claim_words(outcome, goal, earlier)
    lines = [ClaimLine("Claim", judged, "words")]
    if outcome.value is not None:
        lines.append(ClaimLine(f"Value of the plan ({unit})", outcome.value, "value"))
    if outcome.bound is not None:
        lines.append(ClaimLine(f"{BOUND_HEADING} ({unit})", outcome.bound, "value"))
    if outcome.gap is not None:
        lines.append(ClaimLine(GAP_HEADING, outcome.gap, "share"))
    elif judged == CLAIMS["best found"]:
        lines.append(ClaimLine(GAP_HEADING, "not known", "words"))
    return lines


def progress_words(value: float | None, bound: float) -> str:
    """Where a search stands: the value of the best plan so far, what no plan can exceed, and the gap between them."""
    best = "no plan yet" if value is None else f"value {value:,.0f}"
    if math.isinf(bound):
        return f"{best}  bound not known yet"
    gap = None if value is None else relative_gap(value, bound)
    return f"{best}  bound {bound:,.0f}" + ("" if gap is None else f"  gap {gap:.2%}")


def worth_words(outcome: Outcome, portfolio: Portfolio) -> str:
    """What a portfolio's plan is worth, and what is claimed of it."""
    worth = "" if outcome.value is None else f"the plan is worth {outcome.value:,.0f} {portfolio.value_unit}, "
    return f"{portfolio.name or 'The portfolio'}: {worth}{claim_words(outcome)}."
