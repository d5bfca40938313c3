"""The plan that everybody sees: of which revision it is, whether it holds, and when another one takes its place."""

from __future__ import annotations

import itertools
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from portfolio.operating_model.ranking import BEYOND_VALUE
from portfolio.web.jobs import finite

if TYPE_CHECKING:
    from portfolio.engine import Loaded
    from portfolio.engine.edit import Edited
    from portfolio.results.answer import Answer

CHURN = 0.005
"""A new plan replaces one that still holds only if it is worth this share more."""


@dataclass(frozen=True)
class Shown:
    """A plan as everybody sees it: the answer by the figures of a revision, and when it was found."""

    answer: Answer
    now: Edited
    of_revision: int
    at: str
    holds: bool = True
    number: int = field(default_factory=itertools.count(1).__next__)
    """What tells it from every plan that was shown before, also by the same figures."""

    @property
    def loaded(self) -> Loaded:
        """The portfolio that it is a plan of."""
        return self.now.loaded

    @cached_property
    def outcome(self) -> object:
        """How good it is, as JSON."""
        return finite(asdict(self.answer.outcome))

    @cached_property
    def as_json(self) -> dict[str, object]:
        """The published JSON of the plan, with what it is of and how old running epics are, in words; made once for everybody."""
        ages = {line.id: line.age_words for line in self.answer.running if line.age_words}
        return finite({**self.answer.as_json(), **self.told(), "at": self.at, "ages": ages})  # type: ignore[return-value]

    def told(self) -> dict[str, object]:
        """Which plan it is, of which figures, whether it holds, and what it is worth, in a sentence."""
        said = {"number": self.number, "of_revision": self.of_revision, "holds": self.holds}
        return {**said, "headline": self.answer.headline}

    def gives_way_to(self, answer: Answer, of_revision: int) -> bool:
        """Whether a new plan by the figures of a revision takes its place.

        It does where the shown one breaks a rule by these figures, was not judged by them, or is worth so much less. A search that found nothing, since it was stopped at once or had too little time, takes no plan away.
        """
        if self.answer.plan is None:
            return True
        if answer.plan is None:
            return answer.outcome.claim == "impossible"
        if not self.holds or self.of_revision != of_revision:
            return True
        value, new = self.answer.outcome.value, answer.outcome.value
        if value is None or new is None or answer.model.goal(answer.portfolio) in BEYOND_VALUE:
            return True
        return new - value >= CHURN * abs(value) or moves(self.answer, answer) == 0

    def told_of(self, better: Shown) -> dict[str, object]:
        """What a plan that is worth a little more would change."""
        value, more = self.answer.outcome.value or 0.0, better.answer.outcome.value or 0.0
        count = moves(self.answer, better.answer)
        share = (more - value) / abs(value) if value else 0.0
        noun = better.answer.model.vocabulary.epic
        return {"share": share, "moves": count, "words": f"A plan worth {share:.1%} more moves {noun.counted(count)}."}


def moves(before: Answer, after: Answer) -> int:
    """How many epics are planned otherwise."""
    old = {} if before.plan is None else before.plan.bookings
    new = {} if after.plan is None else after.plan.bookings
    return sum(old.get(name) != new.get(name) for name in {*old, *new})
