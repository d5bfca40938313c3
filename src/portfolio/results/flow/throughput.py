"""Throughput: how many epics are finished in each period; stopping early is a result of its own."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.results.flow.groups import Period


@dataclass(frozen=True)
class Throughput:
    """What the portfolio (`group` None) or one part of it finished and stopped in each period, zeros included."""

    group: str | None
    finished: tuple[int, ...]
    stopped: tuple[int, ...]

    def as_json(self, key: str, periods: tuple[Period, ...]) -> list[dict[str, object]]:
        """A row for each period."""
        return [
            {key: self.group, "period": period.label, "finished": finished, "stopped": stopped}
            for period, finished, stopped in zip(periods, self.finished, self.stopped, strict=True)
        ]
