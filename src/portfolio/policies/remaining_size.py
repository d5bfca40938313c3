"""Remaining size: what is left of an epic in progress is less than all that is known of it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from portfolio.domain import Epic, FieldFinding
from portfolio.domain.tolerance import ROUNDING
from portfolio.domain.wording import figure
from portfolio.policies.past_efforts import finished_efforts, usual_ratio
from portfolio.policies.policy import Limits, Subject, WarnedIn, warning


@dataclass(frozen=True)
class _SoFar:
    """What an epic in progress was estimated at and has taken up to now."""

    stream: str | None
    estimate: float
    actual: float


class RemainingSize:
    """The effort that is left of an epic in progress is as much as past epics and its own parts say.

    Rule: what it has taken (Actuals without Finished) and its Effort, which is what is left, are together at least `times` its estimate times
    the median of actual / estimate of finished epics: of its value stream from 10 on, else of the portfolio from 5 on. And from `parts` known
    parts on, at least one of them done, Effort is at least `times` what the others need if they are like those that are done.
    Formula: actual so far + effort >= times * estimate * median ratio; effort >= times * actual so far * parts left / parts done.
    Unit: units of effort.
    Why: what is left of running work is the figure that plans are wrong about most, since it is seldom looked at again.
    Source: general knowledge (Jorgensen, Sjoberg: what is running is above its estimate before anybody says so); reference classes.
    Example: 9 units done and 14 left of an epic estimated at 20, where past epics took 1.27 times their estimate: 2.4 are missing.
    """

    name = "remaining size"
    also_in: ClassVar[tuple[WarnedIn, ...]] = ("plans",)
    limits: ClassVar[Limits] = {"times": 1, "parts": 5}

    def problems(self, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
        """Each epic in progress of which more is left than its Effort says."""
        portfolio, so_far = subject.portfolio, _so_far(subject)
        past = finished_efforts(portfolio)
        for index, epic in enumerate(portfolio.epics):
            done, left = so_far.get(epic.id.casefold()), sum(epic.effort.values())
            if done is None or not portfolio.is_running(epic):
                continue
            stream = done.stream or portfolio.largest_stream(epic)
            usual = usual_ratio(past, stream)
            if usual is not None and done.estimate:
                whole = done.estimate * usual[0]
                if done.actual + left < limits["times"] * whole * (1 - ROUNDING):
                    yield _too_little(
                        index, epic, done, whole - done.actual,
                        f"{usual[1]} past {subject.words.epics} took {usual[0]:.2f} times their estimate by the median, which is "
                        f"{figure(whole)} for it", f"The policy asks for {limits['times']:g} times that.",
                    )  # fmt: skip
            yield from _by_parts(index, epic, done, subject, limits)


def _by_parts(index: int, epic: Epic, done: _SoFar, subject: Subject, limits: Limits) -> Iterator[FieldFinding]:
    """That the parts which are left need more than the Effort that is left, if they are like those that are done."""
    known = None if subject.past is None else subject.past.by_id.get(epic.id.casefold())
    if known is None or not known.parts_done or known.parts < limits["parts"]:
        return
    likely = done.actual * (known.parts - known.parts_done) / known.parts_done
    if sum(epic.effort.values()) < limits["times"] * likely * (1 - ROUNDING):
        yield _too_little(
            index, epic, done, likely,
            f"{known.parts_done} of its {known.parts} parts are done, and the others need {figure(likely)} if they are like these",
            f"The policy asks for {limits['times']:g} times that.",
        )  # fmt: skip


def _so_far(subject: Subject) -> dict[str, _SoFar]:
    """What each epic that runs has taken, over all rows that it has."""
    found: dict[str, _SoFar] = {}
    for row in subject.portfolio.evidence.actuals:
        if row.finished is None and row.actual_effort is not None:
            name = row.epic.casefold()
            before = found.get(name, _SoFar(row.value_stream, 0.0, 0.0))
            stream = before.stream if before.stream == row.value_stream else None
            found[name] = _SoFar(
                stream, before.estimate + (row.estimated_effort or 0.0), before.actual + row.actual_effort
            )
    return found


def _too_little(index: int, epic: Epic, done: _SoFar, likely: float, why: str, rule: str) -> FieldFinding:
    return warning(
        ("epics", index, "effort"),
        f"{epic.id} has taken {figure(done.actual)} units and {figure(sum(epic.effort.values()))} are left; {why}.",
        rule,
        f"Estimate anew what is left of it; by this it is {figure(likely)}.",
    )
