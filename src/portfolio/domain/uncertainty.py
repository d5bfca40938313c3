"""Which fields say how uncertain a portfolio is: ranges, cases and the settings of a study."""

from __future__ import annotations

KINDS = {"effort": "Effort", "benefit": "Benefit", "external_cost": "Cost"}
"""What of an epic may have a range or cases, by its field, with the word that its columns begin with."""
EPIC_FIELDS = tuple(f"{kind}_{part}" for kind in KINDS for part in ("low", "high", "cases"))
"""The fields of an epic."""
STREAM_FIELDS = ("capacity_low", "capacity_high")
"""The fields of a value stream."""
SETTINGS = (
    *("shared_by_portfolio", "shared_by_value_stream", "seed", "draws", "stop_after_mvp", "starts"),
    *("ranges_from_history", "score_step_chance", "time_zone"),
)
"""The settings of a portfolio."""
DEPENDENCY_FIELDS = ("needed_by", "resolved_on")
"""What became of a dependency."""
READING_FIELDS = (*("baseline_on", "target_on", "current", "measured_on", "better_when", "weight", "epics"),)
"""What is said of a key result besides what it is: its readings."""
ONLY_WHERE_GIVEN = frozenset((*EPIC_FIELDS, *STREAM_FIELDS, *SETTINGS, *DEPENDENCY_FIELDS, *READING_FIELDS))
"""All of them: a portfolio without them is written as if they did not exist."""
