"""Flow, delivery and outcomes: each part of the portfolio by itself, in the order of the workbook, never sorted by a measure."""

from __future__ import annotations

from portfolio.results.tables.run import FINDINGS, NUMBER
from portfolio.scoring.ranking_table import EPIC
from portfolio.tabular import Column, Table

PURPOSE = "For improving the system, not for comparing those who work in it."
"""What every table, sheet and page of measures says."""
GROUP = Column("group", "text", "The part of the portfolio; absent for all of it.")
PAST = Column("past_period", "text", "The period that is over: its label, or its first day.")
TITLE = Column("title", "text", "What it is called.")
_DAY = Column("day", "date", "The day.")
_STATE = (
    Column("state", "text", "The state."),
    Column("kind", "text", "`before`, `waiting`, `active`, `done` or `stopped`."),
)
_EPICS, _DAYS, _SHARE = "epics", "days", "share"

LEAD_TIMES = Table(
    "lead_times",
    f"How long epics take from commitment to done, with what is still open. {PURPOSE}",
    (
        GROUP,
        Column("finished", "whole", "Finished in the window.", _EPICS),
        Column("open", "whole", "In progress on the last day.", _EPICS),
        Column("stopped", "whole", "Stopped in the window.", _EPICS),
        Column("p50", "number", "Half take at most so long.", _DAYS),
        Column("p85", "number", "85 % take at most so long.", _DAYS),
        Column("more_than", "number", "Where a percentile is absent: it is more than this.", _DAYS),
        Column("p50_before", "number", "Half took at most so long in the window before.", _DAYS),
        Column("p85_before", "number", "85 % took at most so long in the window before.", _DAYS),
        Column("naive_p50", "number", "Half of what was finished; too low where much is open.", _DAYS),
        Column("naive_p85", "number", "85 % of what was finished; too low where much is open.", _DAYS),
    ),
    ("group",),
)
THROUGHPUT = Table(
    "throughput",
    f"What was finished and stopped in each past period. {PURPOSE}",
    (
        GROUP,
        PAST,
        Column("first_day", "date", "Its first day."),
        Column("last_day", "date", "Its last day."),
        Column("finished", "whole", "Finished in it.", _EPICS),
        Column("stopped", "whole", "Stopped in it.", _EPICS),
        Column("lead_time_p50", "number", "Half of what was finished in it took at most so long.", _DAYS),
    ),
    ("group", "past_period"),
)
AGES = Table(
    "ages",
    "What is in progress, oldest first within its part of the portfolio.",
    (
        EPIC,
        TITLE,
        GROUP,
        Column("state", "text", "The state it is in."),
        Column("started", "date", "The day it was committed to."),
        Column("age", "whole", "Days since then, that day included.", _DAYS),
        Column("mark", "text", "Above which share of the lead times it is."),
        Column("reopened", "whole", "How often it was re-opened.", "times"),
        Column("withdrawn", "whole", "How often it went back before its commitment.", "times"),
    ),
    ("epic",),
    ("epic", "title", "group", "state", "started", "age", "mark"),
)
LOAD = Table(
    "load",
    "How many epics were in progress on each day.",
    (
        _DAY,
        Column("in_progress", "whole", "Epics in progress.", _EPICS),
        Column("started", "whole", "Started by then.", _EPICS),
        Column("finished", "whole", "Finished by then.", _EPICS),
        Column("stopped", "whole", "Stopped by then.", _EPICS),
    ),
    ("day",),
)
REACHED = Table(
    "states_reached",
    "Cumulative flow: how many epics had reached a state, or a later one, at the end of each day.",
    (
        _DAY,
        *_STATE,
        Column("reached", "whole", "Epics that had reached it.", _EPICS),
    ),
    ("day", "state"),
)
TIME_IN_STATE = Table(
    "time_in_state",
    "How many days epics spent in each state within the window.",
    (
        *_STATE,
        Column("days", "whole", "Days of all epics together.", _DAYS),
        Column("epics", "whole", "Epics that were in it.", _EPICS),
        Column("median", "number", "Days of the epic in the middle.", _DAYS),
    ),
    ("state",),
)
EFFICIENCY = Table(
    "efficiency",
    f"Active days among the days that finished epics took, all of them together. {PURPOSE}",
    (
        GROUP,
        Column("finished", "whole", "Finished in the window.", _EPICS),
        Column("active_days", "whole", "Days on which somebody worked on them.", _DAYS),
        Column("lead_days", "whole", "Days that they took.", _DAYS),
        Column("efficiency", "number", "Their ratio; absent where too few were finished.", _SHARE),
        Column("before", "number", "The same of the window before.", _SHARE),
    ),
    ("group",),
)
PREDICTABILITY = Table(
    "predictability",
    "How much of the value that objectives promised was there at the end of each period.",
    (
        PAST,
        Column("planned", "number", "Value of what was committed to."),
        Column("actual", "number", "Value that came; absent where an objective has none yet."),
        Column("share", "number", "Their ratio, which may pass 1 by what was not committed to.", _SHARE),
        Column("open", "whole", "Objectives without an actual value.", "objectives"),
    ),
    ("past_period",),
)
DELIVERY = Table(
    "delivery",
    f"How often and how fast software reaches production, and how often that goes wrong. {PURPOSE}",
    (
        GROUP,
        Column("deployments", "whole", "Deployments in the window."),
        Column("per_week", "number", "Deployments a week."),
        Column("lead_time_p50", "number", "Half reach production at most so long after their first commit.", "hours"),
        Column("lead_time_p85", "number", "85 % reach production at most so long after their first commit.", "hours"),
        Column("failed", "whole", "Deployments that needed immediate intervention."),
        Column("recovery_p50", "number", "Half of them are recovered after at most so long.", "hours"),
        Column("unplanned", "whole", "Deployments that were made because of an incident."),
        Column("incidents", "whole", "Incidents in production."),
        Column("restore_p50", "number", "Half of them are over after at most so long.", "hours"),
    ),
    ("group",),
)
INTEGRATION = Table(
    "integration",
    f"How often the parts of a product are put together, and in which shape the whole then is. {PURPOSE}",
    (
        GROUP,
        Column("integrations", "whole", "Integrations in the window."),
        Column("per_week", "number", "Integrations a week."),
        Column("longest_gap", "whole", "The longest time without one, up to the last day.", _DAYS),
        Column("days_since", "whole", "Since the last one.", _DAYS),
        Column("days_since_releasable", "whole", "Since the last one that could have been released.", _DAYS),
        Column("tests_passed", "number", "Tests that passed among those that ran.", _SHARE),
        Column("all_passed", "number", "Integrations whose tests all passed.", _SHARE),
        Column("releasable", "number", "Integrations that could have been released.", _SHARE),
    ),
    ("group",),
)
AGED_DEPENDENCIES = Table(
    "dependency_ages",
    "Dependencies by age: open ones with the longest wait first, then those that are resolved.",
    (
        NUMBER,
        Column("successor", "text", "The epic that waits.", "", "epic"),
        Column("predecessor", "text", "The epic that it waits for.", "", "epic"),
        Column("between_value_streams", "yes/no", "Whether the two are of different value streams."),
        Column("open", "yes/no", "Whether it is open."),
        Column("age", "whole", "Days since it was raised, where it is open.", _DAYS),
        Column("wait", "whole", "Days past the one on which it was needed.", _DAYS),
        Column("resolved_after", "whole", "Days that it took to resolve it.", _DAYS),
    ),
    ("number",),
    ("successor", "predecessor", "age", "wait"),
)
PAIRS = Table(
    "stream_pairs",
    f"Which value stream waits for which other one. {PURPOSE}",
    (
        Column("waiting", "text", "The value stream that waits.", "", "value_stream"),
        Column("provider", "text", "The value stream that it waits for.", "", "value_stream"),
        Column("dependencies", "whole", "Dependencies that are or were there."),
        Column("open", "whole", "Those that are open."),
        Column("days_waited", "whole", "Days that they waited past the one on which they were needed.", _DAYS),
    ),
    ("waiting", "provider"),
)
COORDINATION = Table(
    "coordination",
    "Dependencies between value streams in each past period.",
    (
        PAST,
        Column("raised", "whole", "Raised in it."),
        Column("resolved", "whole", "Resolved in it."),
        Column("open", "whole", "Open on its last day."),
        Column("days_waited", "whole", "Days in it past the one on which each was needed.", _DAYS),
        Column("days_blocked", "whole", "Days in it on which an epic was blocked by another value stream.", _DAYS),
    ),
    ("past_period",),
)
REMOVALS = Table(
    "removals",
    "What single changes of a boundary or platform would give back of what dependencies cost; only where that was asked for.",
    (
        Column("change", "text", "The change."),
        Column("dependencies", "whole", "Dependencies that it ends."),
        Column("at_least", "number", "What it gives back at least; absent where that is not known.", "value"),
        Column("at_most", "number", "What it gives back at most; absent where that is not known.", "value"),
        Column("found", "number", "What the best plan found without these dependencies is worth more.", "value"),
    ),
    ("change",),
)
GROWTH = Table(
    "growth",
    f"Whether added capacity added throughput: the later half of past periods against the earlier one. {PURPOSE}",
    (
        GROUP,
        Column("capacity_earlier", "number", "Capacity of a period in the earlier half.", "effort"),
        Column("capacity_later", "number", "Capacity of a period in the later half.", "effort"),
        Column("delivered_earlier", "number", "Delivered in a period of the earlier half.", "effort"),
        Column("delivered_later", "number", "Delivered in a period of the later half.", "effort"),
        Column("has_scaled", "yes/no", "Whether throughput grew with capacity; absent where none was added."),
        Column("said", "text", "The same as a sentence."),
    ),
    ("group",),
)
KEY_RESULTS = Table(
    "key_results",
    "How far key results have come, against the time that has passed; no epic is credited with any of it.",
    (
        NUMBER,
        Column("objective", "text", "The objective."),
        Column("key_result", "text", "The key result."),
        Column("baseline", "number", "Where it began."),
        Column("target", "number", "Where it is to come."),
        Column("current", "number", "The latest reading."),
        Column("measured_on", "date", "The day of that reading."),
        Column("progress", "number", "Above 1 is beaten, below 0 has moved away.", _SHARE),
        Column("time_passed", "number", "The share of its time that had passed then.", _SHARE),
        Column("stale", "yes/no", "Whether the reading is too old to say anything."),
    ),
    ("number",),
    ("objective", "key_result", "progress", "time_passed"),
)
HOW_MANY = Table(
    "how_many",
    "How many epics further periods finish at least, by past throughput alone; only where a forecast was asked for.",
    (
        GROUP,
        Column("periods", "whole", "Within so many further periods.", "periods"),
        Column("p50", "whole", "In one case of two.", _EPICS),
        Column("p85", "whole", "In 85 of 100 cases.", _EPICS),
        Column("p95", "whole", "In 95 of 100 cases.", _EPICS),
    ),
    ("group", "periods"),
)
FLOW_TABLES = (
    LEAD_TIMES, THROUGHPUT, AGES, LOAD, REACHED, TIME_IN_STATE, EFFICIENCY, PREDICTABILITY, DELIVERY, INTEGRATION,
    AGED_DEPENDENCIES, PAIRS, COORDINATION, GROWTH, REMOVALS, KEY_RESULTS, HOW_MANY, FINDINGS,
)  # fmt: skip
"""Every table of flow, lead times first."""
