"""The ranking as a table declared as data."""

from __future__ import annotations

from portfolio.tabular import Column, Table

EPIC = Column("epic", "text", "ID of the epic.")

RANKING = Table(
    "ranking",
    "Every epic with its scores, best first.",
    (
        EPIC,
        Column("title", "text", "What it is called."),
        Column("rank", "whole", "Its place by the method of the model; absent where it cannot be ranked."),
        Column("cost_of_delay", "number", "Weighted sum of its relative scores.", "points"),
        Column("job_size", "number", "The denominator that the model chose.", "points"),
        Column("wsjf", "number", "Cost of delay by job size."),
        Column("score", "number", "What RICE, ICE or NPV ranks it by, where one of them does."),
        Column("wsjf_rank", "whole", "Its place by WSJF alone."),
        Column("cost_of_delay_per_week", "number", "What a week of delay costs.", "money per week"),
        Column("duration_weeks", "number", "Its shortest duration.", "weeks"),
        Column("cd3", "number", "Cost of delay per week by duration.", "money per week and week"),
        Column("cd3_rank", "whole", "Its place by CD3 alone."),
        Column("value_stream", "text", "The value stream that it needs most, where ranks count only within each."),
        Column("rank_in_stream", "whole", "Its place among the epics of that value stream."),
    ),
    ("epic",),
    ("rank", "epic", "title", "cost_of_delay", "job_size", "wsjf", "cost_of_delay_per_week", "cd3", "cd3_rank"),
)
