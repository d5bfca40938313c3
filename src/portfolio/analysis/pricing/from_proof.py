"""The best values of changed portfolios from the record of one proof.

The prices that the proof found for rows already bound every changed portfolio. What a few relaxations settle is settled first. Where an
interval is wide, it is narrowed next; then one after the other is settled, those first of which least is left open.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from portfolio.analysis.pricing.re_solver import BoundedValue, ReSolver
from portfolio.edits.change import Change, changed

if TYPE_CHECKING:
    from portfolio.optimizer.sensitivity.recorded_proof import Question, RecordedProof

WIDE, NARROWING = 0.01, 200
"""An interval wider than this share of the value is narrowed, by so many relaxations at most."""
ROUNDS = ((20, 0.0), (NARROWING, WIDE), (2_000, 0.0), (1_000_000, 0.0))
"""Relaxations for each change in a round at most, and how near is near enough: what takes long waits for what does not."""


def from_proof(re_solver: ReSolver, changes: Sequence[Change]) -> tuple[dict[int, BoundedValue], list[int]]:
    """What is found out about the changes, by place, and the places of those that have to be solved in another way."""
    everything = list(range(len(changes)))
    proof = re_solver.proof if changes else None
    if proof is None:
        return {}, everything
    found = re_solver.run_parallel([partial(_asked, re_solver, proof, change) for change in changes])
    for most, near in ROUNDS:
        still = [one for one in found if one is not None and one.open and not one.fails]
        still.sort(key=lambda one: (one.bound - one.value > WIDE * abs(one.value), one.parts))
        re_solver.run_parallel([partial(one.advance, most, re_solver.ends, near) for one in still])
    known = {place: _told(re_solver, one) for place, one in enumerate(found) if one is not None and not one.fails}
    return known, [place for place in everything if place not in known]


def _told(re_solver: ReSolver, question: Question) -> BoundedValue:
    """What a question says of the best value there is."""
    re_solver.meet(question.plan)
    return BoundedValue(question.value, question.bound, question.plan)


def _asked(re_solver: ReSolver, proof: RecordedProof, change: Change) -> Question | None:
    """The question that a change puts, with the bound that the prices of the proof give at once."""
    return None if re_solver.over else proof.asked(re_solver.of(changed(re_solver.problem.portfolio, [change])))
