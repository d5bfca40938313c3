"""Differences: what changed from one portfolio to another, and what that does to the ranking and the plan."""

from __future__ import annotations

from portfolio.results.tables.run import NUMBER
from portfolio.scoring.ranking_table import EPIC
from portfolio.tabular import Column, Table

_TITLE = Column("title", "text", "What it is called.")
DIFFERENCES = Table(
    "changes",
    "Everything that differs.",
    (
        NUMBER,
        Column("kind", "text", "`epic`, `value stream`, `capacity`, `budget`, `dependency`, `guardrail` or `setting`."),
        Column("change", "text", "`added`, `removed`, `renamed` or `changed`."),
        Column("id", "text", "The epic's or value stream's ID, the guardrail's name, the setting."),
        Column("what", "text", "The same as people say it; absent for a setting."),
        Column("field", "text", "The field that differs; absent where a whole record was added or removed."),
        Column("how", "text", "The same as people say it."),
        Column("before", "text", "What stood there."),
        Column("after", "text", "What stands there."),
        Column("place_a", "text", "Where it stands in the first portfolio."),
        Column("place_b", "text", "Where it stands in the second one."),
    ),
    ("number",),
    ("kind", "what", "how", "before", "after", "place_a", "place_b"),
)
RANK_CHANGES = Table(
    "ranking",
    "Every epic that the change moved, or whose score it changed.",
    (
        EPIC,
        _TITLE,
        Column("change", "text", "`new`, `vanished` or `changed`."),
        Column("rank_before", "whole", "Its place before."),
        Column("rank_after", "whole", "Its place after."),
        Column("wsjf_before", "number", "Its WSJF before."),
        Column("wsjf_after", "number", "Its WSJF after."),
        Column("cd3_before", "number", "Its CD3 before.", "money per week and week"),
        Column("cd3_after", "number", "Its CD3 after.", "money per week and week"),
        Column("by_own_score", "whole", "Places won by its own score; below 0, lost."),
        Column("by_others", "whole", "Places won by those of others; below 0, lost."),
    ),
    ("epic",),
)
PLAN_CHANGES = Table(
    "epics",
    "Every epic that starts in one of the two plans only, or at another time.",
    (
        EPIC,
        _TITLE,
        Column("change", "text", "`started`, `moved` or `dropped`."),
        Column("start_before", "text", "First period in the first plan."),
        Column("finish_before", "text", "Last period in the first plan."),
        Column("start_after", "text", "First period in the second plan."),
        Column("finish_after", "text", "Last period in the second plan."),
        Column("value_before", "number", "What it earns in the first plan.", "value"),
        Column("value_after", "number", "What it earns in the second plan.", "value"),
        Column("reason", "text", "Why it starts or waits in the second plan."),
    ),
    ("epic",),
)
