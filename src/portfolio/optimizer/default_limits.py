"""When a plan is sought no further, where nobody says otherwise: near enough to the best, or after so many seconds."""

from __future__ import annotations

DEFAULT_GAP = 0.001
DEFAULT_TIME_LIMIT = 60.0
PATIENCE = 1_000
"""So many nodes, or relaxations of a tree, a proof is sought in although a plan is near enough: a second or two."""
