"""Explanations: what each epic earns and costs, what it needs, what happens to others, and what lets it in."""

from __future__ import annotations

from portfolio.results.tables.streams import PERIOD, VALUE_STREAM
from portfolio.scoring.ranking_table import EPIC
from portfolio.tabular import Column, Table

EXPLAINED_EPICS = Table(
    "epics",
    "Why each epic that was asked about starts or waits; where none was, every epic.",
    (
        EPIC,
        Column("title", "text", "What it is called."),
        Column("decision", "text", "`start` or `wait`; for an epic that is running `continue`, `pause` or `stop`."),
        Column("value", "number", "What it earns in the plan.", "value"),
        Column("spend", "number", "What it spends in the plan.", "money"),
        Column("possible", "yes/no", "Whether a plan with the other fate exists; absent where that is not known."),
        Column("cost_at_least", "number", "What the plan loses by the other fate, at least.", "value"),
        Column("cost_at_most", "number", "The same at most; absent where that is not known.", "value"),
        Column("all_tried", "yes/no", "Whether every change that might let it in was tried to the end."),
        Column("reason", "text", "Why, in one sentence."),
    ),
    ("epic",),
    ("epic", "title", "decision", "value", "cost_at_least", "cost_at_most", "reason"),
)
NEEDS = Table(
    "needs",
    "What each epic needs where it is planned.",
    (
        EPIC,
        VALUE_STREAM,
        PERIOD,
        Column("effort", "number", "Units of effort.", "effort"),
        Column("spend", "number", "What that costs.", "money"),
    ),
    ("epic", "value_stream", "period"),
)
OTHER_EPICS = Table(
    "others",
    "What happens to other epics when one is left out or forced in.",
    (
        EPIC,
        Column("other", "text", "ID of the other epic."),
        Column("change", "text", "`started`, `moved` or `dropped`."),
        Column("start_before", "period", "First period in the plan; absent where it waits."),
        Column("finish_before", "period", "Last period in the plan."),
        Column("start_after", "period", "First period then; absent where it waits."),
        Column("finish_after", "period", "Last period then."),
    ),
    ("epic", "other"),
)
WAYS_IN = Table(
    "ways_in",
    "The smallest single changes that let an epic in, kind by kind.",
    (
        EPIC,
        Column("number", "whole", "Its place among the ways of the epic, counted from 1."),
        Column("way", "text", "The change as people say it."),
        Column("kind", "text", "What kind of change it is."),
        Column("name", "text", "The rule or figure that changes."),
        Column("place", "text", "Where: `value stream = PAY; period = PI 2`; blank for the whole plan."),
        Column("amount", "number", "By how much; absent where it is no figure that changes."),
        Column("unit", "text", "What the amount is of."),
        Column("to", "text", "What a date changes to."),
        Column("value", "number", "What the best plan is then worth.", "value"),
        Column("proven", "yes/no", "Whether that value is proven; else it is worth at least that."),
    ),
    ("epic", "number"),
    ("epic", "way", "value", "proven"),
)
