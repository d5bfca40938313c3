"""Deadlines that no plan can meet, because even the fastest way is done after them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from portfolio.analysis.diagnostics.situation import Situation
from portfolio.domain import FieldFinding
from portfolio.domain.wording import moment_words


def missed_deadlines(situation: Situation) -> Iterator[FieldFinding]:
    """Every deadline is over before its epic can be done: a wrong start of the plan, or weeks counted from elsewhere."""
    options, calendar = situation.options, situation.portfolio.calendar
    found = []
    for index, epic in situation.candidates:
        if epic.urgency == "deadline" and epic.deadline is not None:
            done = float(np.min(options.finish[options.epic == index]) + 1) * calendar.weeks
            found.append((index, done, epic.deadline))
    if not found or any(done <= calendar.week_of(deadline) for _, done, deadline in found):
        return
    index, done, deadline = max(found, key=lambda each: calendar.week_of(each[2]) - each[1])
    epic = situation.portfolio.epics[index]
    ready, due = moment_words(done, calendar), moment_words(deadline, calendar)
    yield FieldFinding(
        ("epics", index, "deadline"),
        "No deadline can be met." if len(found) > 1 else f"The deadline of {epic.id} cannot be met.",
        f"{epic.id} is done by {ready} at the earliest, and its deadline is {due}.",
        "Look at the deadlines, at Start in the settings, and at Min periods and Earliest of these epics.",
        "warning",
    )
