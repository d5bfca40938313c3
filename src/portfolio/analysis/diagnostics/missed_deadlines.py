"""Deadlines that no plan can meet, because even the fastest way is done after them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import Problem
from portfolio.results.wording import figure


def missed_deadlines(situation: Situation) -> Iterator[Problem]:
    """Every deadline is over before its epic can be done: a wrong start of the plan, or weeks counted from elsewhere."""
    options, calendar = situation.options, situation.portfolio.calendar
    found = []
    for index, epic in situation.candidates:
        if epic.urgency == "deadline" and epic.deadline is not None:
            done = float(np.min(options.finish[options.epic == index]) + 1) * calendar.weeks
            found.append((index, done, calendar.week_of(epic.deadline)))
    if not found or any(done <= week for _, done, week in found):
        return
    index, done, week = max(found, key=lambda each: each[2] - each[1])
    epic = situation.portfolio.epics[index]
    yield Problem(
        ("epics", index, "deadline"),
        "No deadline can be met." if len(found) > 1 else f"The deadline of {epic.id} cannot be met.",
        f"{epic.id} is done in week {figure(done)} at the earliest, and its deadline is week {figure(week)}.",
        "Look at the deadlines, at Start in the settings, and at Min periods and Earliest of these epics.",
        "warning",
    )
