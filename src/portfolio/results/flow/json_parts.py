"""What each part of the JSON of `flow` holds, declared once for the reference and its test."""

from __future__ import annotations

PARTS = {
    "format": "1.",
    "portfolio": "The name of the file.",
    "for": "What measures are for, and what they are not for.",
    "as_of": "The last day that is looked at.",
    "window": "`first`, `last`, `days`; `before` with the days of the window before, where the history reaches so far.",
    "by": "What parts are: `value stream`, `type`, `horizon`, `theme`, `category` or `class of service`. Lines of parts have a field of "
    "that name in snake case, null for all of the portfolio.",
    "lead_times": "For all and each part `finished`, `open`, `stopped`, `uncommitted`; days `p50` and `p85` with what is open, null where they "
    "cannot be said, then `more_than`; `naive_p50`, `naive_p85` of what is finished only; `p50_by_period`; `before`.",
    "throughput": "For all and each part a line for each past period: `period`, `finished`, `stopped`.",
    "ages": "What is in progress: `epic`, `state`, `started`, `age` in days, `mark` against what was finished, `reopened`, `withdrawn`.",
    "time_in_state": "For each state `kind`, `days`, `epics`, `median`.",
    "load": "For all and each part epics in progress: `now`, `mean`, `lowest`, `highest`, `before`, `by_day`.",
    "cumulative_flow": "From `first_day` on, day by day, how many are `started`, `finished`, `stopped`; `states` with how many `reached` each. Null "
    "without history.",
    "distribution": "What went into each type and horizon: `by`, `name`, `finished`, `open` and their shares.",
    "efficiency": "For all and each part `active_days`, `lead_days` and their ratio `efficiency`; `before`.",
    "little": "Little's law: `ratio` of throughput times lead time to what is in progress, `valid`, and `why` it is not. Null without history.",
    "predictability": "For each period `planned`, `actual`, `share`, and `open` objectives.",
    "plans_kept": "For each period with an agreed plan, where there is one: epics that were to be done by its end, and those that were.",
    "delivery": "For all and each value stream DORA's measures; shares as `part`, `of`, `share`; times in hours.",
    "integration": "For all and each value stream how often and in which shape the whole was put together.",
    "dependencies": "Dependency ageing: `open`, `resolved`, `open_by_age`, `days_to_resolve`, `between_value_streams`, `held_up`, `days_waited`, `lines`. Null "
    "where nothing is dated.",
    "coordination": "Between value streams: `between_value_streams`, `per_epic`, `pairs`, `chain`, `periods`, `growth` with `has_scaled`, and `cost` where it was "
    "asked for: `at_least`, `at_most`, `removals`, `most`. Null where no two value streams are linked and nothing is said of deliveries.",
    "outcomes": "`objectives`, `key_results` and `pivot_or_persevere`: evidence, no verdict.",
    "forecast": "Only with a forecast: for all and each part `how_many` further periods finish and `when` epics are done, with their days; `why_not`.",
    "track_record": "Only with a forecast: a sentence on how earlier ones and agreed plans held, where anything is known.",
    "calibration": "Only where asked for: how good past forecasts and ranges have been.",
    "alarms": "What stands out by the policies of the model, as findings; only where anything does.",
    "notes": "What has to be known to read the figures.",
    "lacks": "For each measure that is not there, what it would need.",
    "findings": "`severity`, `place`, `message`, `rule`, `fix`.",
}
"""Each part of the JSON with what it holds, in their order."""
SOMETIMES = ("plans_kept", "forecast", "track_record", "calibration", "alarms")
"""Parts that are there only where they were asked for, or where there is anything to say."""
