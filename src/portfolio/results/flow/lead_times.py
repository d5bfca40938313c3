"""Lead times: how long epics take from commitment to done, with those that are still open."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.results.flow.spread import Spread


@dataclass(frozen=True)
class LeadTimes:
    """The lead times of the portfolio (`group` None) or of one part of it, in days.

    `naive_p50` and `naive_p85` leave out what is open, and make work look faster than it is.
    """

    group: str | None
    finished: int
    open: int
    stopped: int
    uncommitted: int
    """Done without ever having been committed to; they count in throughput and have no lead time."""
    spread: Spread
    naive_p50: float | None
    naive_p85: float | None
    before: Spread | None
    """The same of the window before this one."""
    by_period: tuple[float | None, ...]
    """The median of each past period."""
    too_short: bool = False
    """Whether the window is too short to say anything."""

    def as_json(self, key: str) -> dict[str, object]:
        """The line as JSON has it."""
        found: dict[str, object] = {
            key: self.group, "finished": self.finished, "open": self.open, "stopped": self.stopped,
            "uncommitted": self.uncommitted, "p50": self.spread.p50, "p85": self.spread.p85,
            "more_than": self.spread.more_than, "naive_p50": self.naive_p50, "naive_p85": self.naive_p85,
            "p50_by_period": list(self.by_period),
        }  # fmt: skip
        if self.before is not None:
            found["before"] = {"p50": self.before.p50, "p85": self.before.p85, "more_than": self.before.more_than}
        return found
