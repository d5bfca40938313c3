"""Plans beside each other: the figures of each, what differs in each portfolio, and when each epic is done in each."""

from __future__ import annotations

from portfolio.results.tables.epics import FINISH_DATE, START_DATE
from portfolio.results.tables.run import NUMBER, OUTCOME
from portfolio.results.tables.streams import VALUE_STREAM
from portfolio.scoring.ranking_table import EPIC
from portfolio.tabular import Column, Table

ALTERNATIVE = Column("alternative", "text", "Its name.")
PLAN_FIGURES = (
    Column("spend", "number", "What the plan spends in all.", "money"),
    Column("epics_started", "whole", "How many epics start.", "epics"),
    Column("utilisation", "number", "The part of all capacity that the plan uses.", "share"),
    Column("guardrails_at_their_limit", "whole", "How many guardrails leave no room.", "guardrails"),
    Column("guardrails_broken", "whole", "How many guardrails are not met, soft ones among them.", "guardrails"),
)
FIGURES = Table(
    "figures",
    "What can be claimed of each plan, and what it spends, starts and uses.",
    (
        ALTERNATIVE,
        *OUTCOME,
        Column("gain", "number", "What it is worth more than the first one.", "value"),
        *PLAN_FIGURES,
    ),
    ("alternative",),
    has_all=True,
)
USES = Table(
    "value_streams",
    "What each value stream has over all periods, and what each plan uses of it.",
    (
        ALTERNATIVE,
        VALUE_STREAM,
        Column("effort", "number", "Units of effort that the plan asks for.", "effort"),
        Column("capacity", "number", "Units of effort that can be done.", "effort"),
        Column("share", "number", "The part of the capacity that is used.", "share"),
    ),
    ("alternative", "value_stream"),
)
COMPARED_EPICS = Table(
    "epics",
    "When each epic is done in each plan.",
    (
        EPIC,
        ALTERNATIVE,
        Column("title", "text", "What it is called."),
        Column("start", "period", "First period; absent where it waits."),
        Column("finish", "period", "Last period."),
        START_DATE,
        FINISH_DATE,
        Column("change", "text", "`started`, `moved` or `dropped` against the first plan; absent where neither."),
    ),
    ("epic", "alternative"),
)
CHANGES = Table(
    "changes",
    "Every figure that a scenario made different.",
    (
        NUMBER,
        ALTERNATIVE,
        Column("change", "text", "The change as a sentence."),
        Column("figure", "text", "The figure that it changed."),
        Column("before", "text", "What it was; absent where it was not given."),
        Column("after", "text", "What it is then; absent where it is left out."),
        Column("place", "text", "Where the change is written."),
    ),
    ("number",),
)
STEPS = Table(
    "steps",
    "The best plan found for each step of one figure.",
    (
        Column("number", "whole", "Its place, counted from 1."),
        Column("step", "number", "What the figure is set to, or scaled by as a share."),
        Column("label", "text", "The step as people write it."),
        *OUTCOME,
        Column("gain", "number", "What it is worth more than the step before.", "value"),
        *PLAN_FIGURES,
    ),
    ("number",),
    ("label", "claim", "value", "gain", "gap", "spend", "epics_started", "utilisation"),
)
