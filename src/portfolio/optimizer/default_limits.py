"""When a plan is sought no further, where nobody says otherwise: near enough to the best, or after so many seconds."""

from __future__ import annotations

DEFAULT_GAP = 0.001
DEFAULT_TIME_LIMIT = 60.0
