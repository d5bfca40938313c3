"""The columns that stand beside the fields of an epic on people's tables, and mean something all the same."""

from __future__ import annotations

from portfolio.domain.field import Kind
from portfolio.intake.columns import Column


def _column(field: str, heading: str, kind: Kind) -> Column:
    return Column(heading, field, kind, "", None)


BESIDE: dict[tuple[str, str], Column] = {
    ("naming", "level"): _column("level", "Level", "text"),
    ("naming", "parent"): _column("parent", "Parent", "text"),
    ("links", "predecessor"): _column("predecessors", "Depends on", "text"),
    ("links", "successor"): _column("successors", "Blocks", "text"),
    ("others", "cost_of_delay"): _column("cost_of_delay", "Cost of delay", "number"),
    ("others", "risk_reduction"): _column("risk_reduction", "Risk reduction", "number"),
    ("others", "opportunity_enablement"): _column("opportunity_enablement", "Opportunity enablement", "number"),
    ("others", "story_points"): _column("story_points", "Story points", "number"),
    ("others", "cost"): _column("cost", "Cost", "number"),
    ("others", "finish_after"): _column("finish_after", "Finish after", "text"),
    ("others", "assignee"): _column("assignee", "Assignee", "text"),
}
"""Each by the section of the words and the name that they have there."""
COLUMNS: dict[str, Column] = {column.field: column for column in BESIDE.values()}
"""The same by their fields."""
