"""Whether adding capacity added throughput: the later half of past periods against the earlier one, each value stream by itself."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.domain.wording import figure

FEWEST = 4
"""Past periods that are needed to compare two halves."""
GREW = 0.05
"""Capacity that grew by less than this share has not been added."""
KEPT_UP = 0.5
"""Throughput kept up where it grew by at least this share of what capacity did."""


@dataclass(frozen=True)
class Growth:
    """The mean of a period in the earlier half of past periods, and in the later one; a middle period belongs to neither.

    `finished` are epics, known where the periods are those of the plan; None where they are not.
    """

    group: str | None
    periods: int
    capacity: tuple[float, float] | None = None
    delivered: tuple[float, float] | None = None
    finished: tuple[float, float] | None = None

    @property
    def capacity_growth(self) -> float | None:
        """By which share capacity grew; None where too few periods are known."""
        return None if self.capacity is None else self.capacity[1] / self.capacity[0] - 1

    @property
    def delivered_growth(self) -> float | None:
        """By which share what was delivered grew; None where too few periods are known, or where nothing was before."""
        return None if self.delivered is None or not self.delivered[0] else self.delivered[1] / self.delivered[0] - 1

    @property
    def has_scaled(self) -> bool | None:
        """Whether capacity was added and throughput grew with it; None where no capacity was added, or too little is known."""
        capacity, delivered = self.capacity_growth, self.delivered_growth
        if capacity is None or delivered is None or capacity < GREW:
            return None
        fewer = self.finished is not None and self.finished[1] < self.finished[0]
        return delivered >= KEPT_UP * capacity and not fewer

    @property
    def sentence(self) -> str:
        """What capacity and throughput did, plainly; that it scaled is said only where throughput grew with capacity."""
        who = self.group or "All value streams together"
        if self.capacity is None or self.delivered is None:
            return f"{who}: whether it scaled needs {FEWEST} past periods of Delivered, and there {'is' if self.periods == 1 else 'are'} {self.periods}."
        capacity, delivered = self.capacity_growth or 0.0, self.delivered_growth
        effort = f"{figure(self.delivered[0])} to {figure(self.delivered[1])} units a period"
        sized = f"{figure(self.capacity[0])} to {figure(self.capacity[1])} units a period"
        if self.has_scaled is None:
            moved = "did not grow" if abs(capacity) < GREW else f"fell by {-capacity:.0%}"
            if delivered is None:
                moved = f"{moved}, and nothing was delivered in the earlier half"
            return f"{who}: capacity {moved} ({sized}), so nothing is said about scaling; delivered {effort}."
        head = f"{who}: capacity grew by {capacity:.0%} ({sized})"
        if self.has_scaled:
            return f"{head} and what was delivered by {delivered:.0%} ({effort}): it scaled."
        return f"{head} and throughput did not grow with it: {self._instead(effort)}. It has not scaled."

    def _instead(self, effort: str) -> str:
        delivered, capacity = self.delivered_growth or 0.0, self.capacity_growth or 0.0
        if delivered >= KEPT_UP * capacity and self.finished is not None:
            return f"finished epics fell from {figure(self.finished[0])} to {figure(self.finished[1])} a period, though delivered effort grew"
        if round(delivered, 2) == 0:
            return f"delivered effort stayed as it was ({effort})"
        return f"delivered effort {'grew only' if delivered > 0 else 'fell'} by {abs(delivered):.0%} ({effort})"

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""

        def halves(pair: tuple[float, float] | None) -> dict[str, float] | None:
            return None if pair is None else {"earlier": pair[0], "later": pair[1]}

        return {
            "value_stream": self.group, "periods": self.periods, "capacity": halves(self.capacity),
            "delivered": halves(self.delivered), "finished": halves(self.finished),
            "capacity_growth": self.capacity_growth, "delivered_growth": self.delivered_growth,
            "has_scaled": self.has_scaled, "sentence": self.sentence,
        }  # fmt: skip
