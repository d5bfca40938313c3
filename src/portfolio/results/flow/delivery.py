"""Delivery measures: how often and how fast software reaches production, and how often that goes wrong."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.results.flow.spread import Spread


@dataclass(frozen=True)
class Share:
    """A share with its counts: 2 of 8."""

    part: float
    whole: float

    @property
    def share(self) -> float | None:
        """The share; None of nothing."""
        return self.part / self.whole if self.whole else None

    def as_json(self) -> dict[str, object]:
        """The share as JSON has it."""
        return {"part": self.part, "of": self.whole, "share": self.share}

    def __str__(self) -> str:
        """The share with its counts."""
        return "-" if not self.whole else f"{self.part / self.whole:.0%} ({self.part:g} of {self.whole:g})"


@dataclass(frozen=True)
class Times:
    """How long something takes, in hours: how often it was over, how often it still goes on, and percentiles."""

    over: int
    open: int
    spread: Spread

    def as_json(self) -> dict[str, object]:
        """The times as JSON has them."""
        return {
            "over": self.over, "open": self.open, "p50": self.spread.p50, "p85": self.spread.p85,
            "more_than": self.spread.more_than,
        }  # fmt: skip


@dataclass(frozen=True)
class Delivery:
    """DORA's five measures and time to restore, of one value stream or application (`group`) or of all, in a window."""

    group: str | None
    deployments: int
    per_week: float
    days_with: Share
    """Days with a deployment among all days."""
    lead_time: Times
    """From first commit to deployment."""
    recovery: Times
    """From a failed deployment to its recovery."""
    failed: Share
    unplanned: Share
    incidents: int
    restore: Times
    """From the begin of an incident, whatever caused it, to its end."""
    before: Delivery | None = None

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        found: dict[str, object] = {
            "value_stream": self.group,
            "deployments": self.deployments,
            "per_week": self.per_week,
            "days_with_deployment": self.days_with.as_json(),
            "change_lead_time_hours": self.lead_time.as_json(),
            "failed_deployment_recovery_hours": self.recovery.as_json(),
            "change_fail_rate": self.failed.as_json(),
            "deployment_rework_rate": self.unplanned.as_json(),
            "incidents": self.incidents,
            "time_to_restore_hours": self.restore.as_json(),
        }
        return found if self.before is None else {**found, "before": self.before.as_json()}


@dataclass(frozen=True)
class IntegrationHealth:
    """How often the parts of a product are put together, and in which shape the whole then is."""

    group: str | None
    integrations: int
    per_week: float
    longest_gap: int | None
    """Days, the gap up to the last day included; None where nothing was integrated."""
    days_since: int | None
    days_since_releasable: int | None
    tests: Share
    """Tests that passed among those that ran."""
    all_passed: Share
    releasable: Share
    before: IntegrationHealth | None = None

    def as_json(self) -> dict[str, object]:
        """The line as JSON has it."""
        found: dict[str, object] = {
            "value_stream": self.group, "integrations": self.integrations, "per_week": self.per_week,
            "longest_gap_days": self.longest_gap, "days_since_last": self.days_since,
            "days_since_releasable": self.days_since_releasable, "tests_passed": self.tests.as_json(),
            "all_tests_passed": self.all_passed.as_json(), "releasable": self.releasable.as_json(),
        }  # fmt: skip
        return found if self.before is None else {**found, "before": self.before.as_json()}
