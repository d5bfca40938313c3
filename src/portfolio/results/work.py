"""What each epic needs of each value stream: in all, and in each period where the plan puts it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkLine:
    """What one epic needs of one value stream; nothing in any period while it waits.

    `external` is the part of `spend` that is paid outside. Where an MVP sets its own pace, its first `mvp_periods` spend
    `mvp_spend` and no more; both are 0 elsewhere. Of all spend, `capex_share` is capitalised.
    """

    epic: str
    stream: str
    effort: float
    spend: float
    external: float
    capex_share: float
    mvp_periods: int
    mvp_spend: float
    effort_by_period: tuple[float, ...]
    spend_by_period: tuple[float, ...]
