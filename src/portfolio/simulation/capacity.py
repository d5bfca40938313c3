"""What value streams deliver of what is planned: as in past periods, or within a stated range."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.domain import Portfolio
from portfolio.simulation.factors import Spread, spread_of

LEAST_PERIODS = 6
"""Past periods from which on what was delivered says how capacity varies: the next is then worse than all with less than 15 %."""


@dataclass(frozen=True)
class PastPeriods:
    """Shares of its capacity that a value stream delivered in past periods, oldest first.

    `together` says that all value streams that have every past period take the same one in a draw.
    """

    shares: tuple[float, ...]
    together: bool


Delivery = Spread | PastPeriods


def deliveries(portfolio: Portfolio) -> dict[str, Delivery]:
    """How the capacity of each value stream varies; one that is certain is left out."""
    rows = portfolio.evidence.delivered
    periods = list(dict.fromkeys(row.period for row in rows))
    found: dict[str, Delivery] = {}
    for stream in portfolio.value_streams:
        own = {row.period: row.delivered / row.capacity for row in rows if row.value_stream == stream.id}
        if len(own) >= LEAST_PERIODS:
            found[stream.id] = PastPeriods(
                tuple(own[period] for period in periods if period in own), together=len(own) == len(periods)
            )
        elif stream.capacity_low is not None or stream.capacity_high is not None:
            spread = spread_of(stream.capacity_low, 1.0, stream.capacity_high)
            if not spread.is_certain:
                found[stream.id] = spread
    return found
