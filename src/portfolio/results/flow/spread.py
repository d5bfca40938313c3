"""How long things take: the median and the time within which 85 % are over, as far as that can be said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Two percentiles; one that cannot be said is None, and then `more_than` says what it is above, if that is known."""

    p50: float | None = None
    p85: float | None = None
    more_than: float | None = None
