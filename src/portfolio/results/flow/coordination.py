"""Coordination between value streams: who waits for whom, how that went period by period, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.domain.wording import counted
from portfolio.results.flow.delivery import Share
from portfolio.results.flow.scaling import Growth
from portfolio.results.price_words import range_words

ARROW = " \u2192 "


@dataclass(frozen=True)
class StreamPair:
    """Two value streams, of which one waits for the other: how many dependencies, how many are open, and how long they waited."""

    waiting: str
    provider: str
    dependencies: int
    open: int
    days_waited: int
    """Days that all of them waited past the one on which they were needed."""

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "waiting": self.waiting, "provider": self.provider, "dependencies": self.dependencies, "open": self.open,
            "days_waited": self.days_waited,
        }  # fmt: skip


@dataclass(frozen=True)
class CoordinationPeriod:
    """What dependencies between value streams did in one period that is over."""

    period: str
    raised: int
    resolved: int
    open: int
    """On its last day."""
    days_waited: int
    """Days of the period past the one on which each was needed."""
    days_blocked: int
    """Days of the period on which an epic was blocked by another value stream."""

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "period": self.period, "raised": self.raised, "resolved": self.resolved, "open": self.open,
            "days_waited": self.days_waited, "days_blocked": self.days_blocked,
        }  # fmt: skip


@dataclass(frozen=True)
class Removal:
    """One change of a boundary or of a platform, and what the plan is worth more without the dependencies that it ends."""

    change: str
    streams: tuple[str, ...]
    dependencies: int
    at_least: float | None
    at_most: float | None
    found: float | None

    @property
    def likely(self) -> float:
        """What was found to be given back."""
        return self.found or self.at_least or 0.0

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        return {
            "change": self.change, "value_streams": list(self.streams), "dependencies": self.dependencies,
            "at_least": self.at_least, "at_most": self.at_most, "found": self.found,
        }  # fmt: skip


@dataclass(frozen=True)
class CoordinationCost:
    """What dependencies between value streams cost the plan together, and what each change would give back of it.

    Removals stand in the order of the workbook. `why_not` says why there are no figures, where there are none.
    """

    unit: str
    dependencies: int
    at_least: float | None = None
    at_most: float | None = None
    found: float | None = None
    removals: tuple[Removal, ...] = ()
    why_not: str = ""

    @property
    def most(self) -> Removal | None:
        """The change that gives back most, the one that ends fewer dependencies of equal ones; None where none gives anything."""
        best = min(self.removals, key=lambda one: (-round(one.likely, 9), one.dependencies), default=None)
        return best if best is not None and best.likely > 0 else None

    @property
    def sentence(self) -> str:
        """What they cost, and what would remove most of it."""
        if self.why_not:
            return self.why_not
        if not self.dependencies:
            return "No open dependency crosses value streams: there is no coordination tax."
        many = "the dependency" if self.dependencies == 1 else f"all {self.dependencies} dependencies"
        most, is_known = self.most, self.at_least == self.at_most
        if self.at_most is None and most is None:
            return f"Coordination tax: the price of {many} between value streams is not known yet; allow more time."
        cost = "costs" if self.dependencies == 1 else "together cost"
        price = range_words(self.at_least, self.at_most, self.unit)
        said = f"Coordination tax: {many} between value streams {cost} {price}{'' if is_known else '; more time narrows that'}."
        if self.at_most == 0:
            return f"{said} The plan is worth as much as without them."
        if most is None:
            return f"{said} No single change of a boundary or platform gives any of it back." if is_known else said
        back = range_words(most.at_least, most.at_most, self.unit)
        return f"{said} Most of it{'' if is_known else ', as far as is known,'} would be given back by one change: {most.change}, {back}."

    def as_json(self) -> dict[str, object]:
        """The cost as JSON has it."""
        most = self.most
        return {
            "unit": self.unit, "dependencies": self.dependencies, "at_least": self.at_least, "at_most": self.at_most,
            "found": self.found, "removals": [one.as_json() for one in self.removals],
            "most": None if most is None else most.change, "why_not": self.why_not or None, "sentence": self.sentence,
        }  # fmt: skip


@dataclass(frozen=True)
class Coordination:
    """Dependencies between value streams as they are now, as they were in past periods, and whether growth was worth it."""

    crossing: Share
    """Open dependencies between value streams among all open ones whose two ends are known."""
    epics: int
    """Epics that are neither done nor stopped."""
    pairs: tuple[StreamPair, ...] = ()
    """In the order of the workbook."""
    chain: tuple[str, ...] = ()
    """Epics that wait for each other in a row, with the most handovers between value streams; the first is needed by all others."""
    handovers: int = 0
    periods: tuple[CoordinationPeriod, ...] = ()
    growth: tuple[Growth, ...] = ()
    """All value streams together first, then each in the order of the workbook."""
    cost: CoordinationCost | None = field(default=None)
    """Only where it was asked for, since it needs further plans."""

    @property
    def has_trend(self) -> bool:
        """Whether anything happened in past periods."""
        return any(
            one.raised or one.resolved or one.open or one.days_waited or one.days_blocked for one in self.periods
        )

    @property
    def per_epic(self) -> float | None:
        """Open dependencies between value streams for each open epic; None of no epics."""
        return self.crossing.part / self.epics if self.epics else None

    @property
    def sentence(self) -> str:
        """How dense and how long they are."""
        parts = [f"Open dependencies between value streams: {self.crossing}"]
        if self.per_epic is not None and self.crossing.part:
            parts.append(f"{self.per_epic:.2g} for each of {counted(self.epics, 'open epic')}")
        if self.handovers > 1:
            parts.append(f"longest chain {ARROW.join(self.chain)} with {counted(self.handovers, 'handover')}")
        return f"{'; '.join(parts)}."

    def as_json(self) -> dict[str, object]:
        """Coordination as JSON has it."""
        return {
            "between_value_streams": self.crossing.as_json(),
            "open_epics": self.epics,
            "per_epic": self.per_epic,
            "pairs": [one.as_json() for one in self.pairs],
            "chain": {"epics": list(self.chain), "handovers": self.handovers},
            "periods": [one.as_json() for one in self.periods],
            "growth": [one.as_json() for one in self.growth],
            **({} if self.cost is None else {"cost": self.cost.as_json()}),
        }
