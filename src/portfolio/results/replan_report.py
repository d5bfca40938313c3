"""What a stable re-plan kept of what was agreed, and what keeping it cost, with its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.domain.wording import amount
from portfolio.results.answer import Answer
from portfolio.results.plan_difference import PlanEffect


@dataclass(frozen=True)
class Places:
    """What keeping cost where an order decides: how many periods later epics end than in the plan by the order alone.

    `allowed` is how many an agreed epic may end later than its rank allows. An epic that waits counts as ending after the
    last period.
    """

    allowed: int
    later: Mapping[str, int]


@dataclass(frozen=True)
class ReplanReport:
    """A plan that changes least of an agreed one, among those within a tolerance of the best plan's value.

    `effect` leads from the agreed plan to this one; `fewest` says whether it is proven that no plan worth the `floor`
    drops fewer agreed epics, or as many and moves fewer. `left_out` is what was agreed and the portfolio no longer has.
    """

    answer: Answer
    agreed: int
    effect: PlanEffect
    best_value: float
    floor: float
    tolerance: float
    fewest: bool
    left_out: Mapping[str, str]
    places: Places | None = None
    """What keeping cost where an order decides; None where value does."""
    before: Answer | None = None
    """The agreed plan by the portfolio as it is now."""

    @property
    def value(self) -> float:
        """What the plan is worth."""
        return self.answer.outcome.value or 0.0

    @property
    def cost(self) -> float:
        """What keeping costs: the best plan's value less this one's, at least 0."""
        return max(0.0, self.best_value - self.value)

    @property
    def unchanged(self) -> int:
        """How many agreed epics are done when it was agreed."""
        return self.agreed - len(self.effect.of("dropped")) - len(self.effect.of("moved"))

    def sentences(self) -> list[str]:
        """What changed against the agreed plan, what keeping the rest cost, and who may change it."""
        lines = [self._counts(), *(self._cost_in_value() if self.places is None else self._cost_in_places(self.places))]
        if self.left_out:
            reasons = "; ".join(f"{name}: {reason}" for name, reason in self.left_out.items())
            lines.append(f"Agreed, but not to be kept: {reasons}.")
        if self.effect.epics:
            lines += filter(None, [self.answer.rights_words("change the plan", "stop epics")])
        return lines

    def _cost_in_value(self) -> list[str]:
        """What keeping cost, where value decides, and whether fewer changes would do."""
        best, floor, cost = (amount(value, self.effect.unit) for value in (self.best_value, self.floor, self.cost))
        return [
            f"Keeping costs {cost}: the best plan found is worth {best}, and {self.tolerance * 100:.6g}% of that may be "
            f"given up, down to {floor}.",
            "No plan worth as much changes less: proven."
            if self.fewest
            else "Whether fewer changes are possible is not proven; allow more time.",
        ]

    def _cost_in_places(self, places: Places) -> list[str]:
        """What keeping cost, where the order decides: who ends how many periods later."""
        words = self.answer.model.vocabulary
        waits = {line.id for line in self.answer.epics if line.start is None}
        later = [
            f"{line.id} {'waits' if line.id in waits else f'ends {words.period.counted(places.later[line.id])} later'}"
            for line in self.answer.epics
            if line.id in places.later
        ]
        allowed = f"at most {words.period.counted(places.allowed)} later than" if places.allowed else "as early as"
        return [
            f"Keeping costs places: {', '.join(later)} than by the order alone."
            if later
            else "Keeping costs no place.",
            f"The order decides: each agreed {words.epic.one} keeps its time where it still ends {allowed} its rank allows, "
            f"{'and where those above it lose nothing by it' if places.allowed else 'best rank first'}.",
            *([] if self.fewest else ["Not every one was settled in the time given; allow more time."]),
        ]

    def _counts(self) -> str:
        """How many of the agreed epics stay, move and wait, and how many others start."""
        word, same = self.answer.model.vocabulary.epic, self.unchanged
        dropped, moved, started = (len(self.effect.of(change)) for change in ("dropped", "moved", "started"))
        counts = ((same, "keeps its time", "keep their time"), (moved, "moves", "move"), (dropped, "waits", "wait"))
        fates = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
        others = (
            f"{word.counted(started)} more {'starts' if started == 1 else 'start'}"
            if started
            else f"no other {word.one} starts"
        )
        return f"{word.counted(self.agreed)} {'was' if self.agreed == 1 else 'were'} agreed: {fates}; {others}."

    def as_json(self) -> dict[str, object]:
        """The report in the published JSON format."""
        return {
            "agreed": self.agreed,
            "dropped": [line.id for line in self.effect.of("dropped")],
            "moved": [
                {
                    "id": line.id,
                    "before": [line.start_before, line.finish_before],
                    "after": [line.start_after, line.finish_after],
                }
                for line in self.effect.of("moved")
            ],
            "started": [line.id for line in self.effect.of("started")],
            "fewest": self.fewest,
            "best_value": self.best_value,
            "floor": self.floor,
            "tolerance": self.tolerance,
            "value": self.value,
            "cost": self.cost,
            "left_out": dict(self.left_out),
        } | (
            {}
            if self.places is None
            else {"places": {"allowed": self.places.allowed, "later": dict(self.places.later)}}
        )
