"""What those who decide read first: what stops, what slips, which deadlines are at risk, what is tight, and what rules cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portfolio.domain import Epic, Portfolio
from portfolio.domain.tolerance import TOLERANCE
from portfolio.domain.wording import figure, moment_words, place_words
from portfolio.guardrails import GuardrailStatus
from portfolio.results.answer import Answer
from portfolio.results.guardrails import level_words, standing
from portfolio.results.plan_difference import PlanEffect
from portfolio.results.price_words import range_words

MOST_LINES = 6
"""Lines of each part; the rest is counted, so that all of it fits one page."""
IN_EACH_PERIOD = ("Capacity", "WIP limit")
"""Guardrails that hold for each value stream and period; of these, a line says in which periods it is full."""


@dataclass(frozen=True)
class PagePart:
    """One part of the page: its heading, and line by line what it is about and what is said of that.

    `none` is said where there is no line; `rest` says where the lines are that have no room.
    """

    title: str
    lines: tuple[tuple[str, str], ...]
    none: str
    rest: str

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The lines that have room, and how many more there are."""
        if not self.lines:
            return ((self.none, ""),)
        more = len(self.lines) - MOST_LINES
        return (*self.lines[:MOST_LINES], *(((f"{more} more", self.rest),) if more > 0 else ()))


def decision_page(answer: Answer, effect: PlanEffect | None = None) -> tuple[PagePart, ...]:
    """Every part that applies: where nothing is running, nothing was agreed or nothing is due, that is left out.

    `effect` leads from what was agreed to this plan, where the plan was made to keep that.
    """
    if answer.plan is None:
        return ()
    return tuple(part for part in (_stops(answer), _slips(answer, effect), _due(answer), _tight(answer)) if part)


def rules_words(answer: Answer) -> str:
    """What all guardrails together cost, where that was asked."""
    if answer.cost_of_rules is None:
        return "not known"
    least, most = answer.cost_of_rules
    return "nothing" if least == most == 0 else range_words(least, most, answer.portfolio.value_unit)


def _stops(answer: Answer) -> PagePart | None:
    """The running epics that do not go on."""
    if not answer.running:
        return None
    unit = answer.portfolio.value_unit
    lines = [(line.label, f"{line.happens}; going on would cost: {line.price(unit)}") for line in answer.not_going_on]
    if answer.model.running_work is not None:
        dear = [line for line in answer.running if line.decision == "continue" and line.costs]
        lines += [
            (line.label, f"{line.happens}, which costs {line.price(unit)}; proposed: {answer.proposal(line)}")
            for line in dear
        ]
    word = answer.model.vocabulary.epic.many
    return PagePart("What stops or pauses", tuple(lines), f"Nothing: all {word} in progress go on.", "on Reasons")


def _slips(answer: Answer, effect: PlanEffect | None) -> PagePart | None:
    """What is not done as it was agreed: the epics that wait now, then those that finish later."""
    lines = [*(_kept_slips(answer.portfolio, effect) if effect is not None else _agreed_slips(answer))]
    agreed = effect is not None or any(epic.agreed_finish is not None for epic in answer.portfolio.epics)
    if not agreed:
        return None
    none = "Nothing: all that was agreed is done in time."
    return PagePart("What slips against the agreed plan", tuple(lines), none, "on Kept" if effect else "on Plan")


def _kept_slips(portfolio: Portfolio, effect: PlanEffect) -> Iterator[tuple[str, str]]:
    order = {label: number for number, label in enumerate(portfolio.calendar.periods)}
    for line in effect.of("dropped"):
        yield line.label, f"agreed {line.before}, now waits"
    for line in effect.of("moved"):
        before, after = (order.get(label or "", -1) for label in (line.finish_before, line.finish_after))
        if after > before:
            yield line.label, f"agreed {line.before}, now {line.after}"


def _agreed_slips(answer: Answer) -> Iterator[tuple[str, str]]:
    calendar, plan = answer.portfolio.calendar, answer.plan
    late: list[tuple[float, tuple[str, str]]] = []
    for epic in answer.portfolio.epics:
        if epic.agreed_finish is None or plan is None:
            continue
        booking = plan.bookings.get(epic.id)
        if booking is None:
            yield epic.label, f"agreed by {epic.agreed_finish}, now waits"
            continue
        done = calendar.last_day((booking.finish + 1) * calendar.weeks)
        if done is not None and done > epic.agreed_finish:
            weeks = (done - epic.agreed_finish).days / 7
            late.append((weeks, (epic.label, f"agreed by {epic.agreed_finish}, now {done}: {_weeks(weeks)} later")))
    yield from (line for _, line in sorted(late, key=lambda each: -each[0]))


def _due(answer: Answer) -> PagePart | None:
    """Deadlines that the plan misses, or meets with less than a period to spare: one slip and they are missed."""
    due = [epic for epic in answer.portfolio.epics if epic.deadline is not None]
    if not due:
        return None
    risks = sorted(filter(None, (_risk(answer, epic) for epic in due)), key=lambda risk: risk[0])
    return PagePart(
        "Deadlines at risk",
        tuple(line for _, line in risks),
        f"None: each is met with a {answer.model.vocabulary.period.one} or more to spare.",
        "on Plan",
    )


def _risk(answer: Answer, epic: Epic) -> tuple[float, tuple[str, str]] | None:
    """The weeks to spare and what is said of them; the fewest first, what waits before all."""
    calendar, booking = answer.portfolio.calendar, answer.plan.bookings.get(epic.id) if answer.plan else None
    if epic.deadline is None:
        return None
    week = calendar.week_of(epic.deadline)
    due = moment_words(epic.deadline, calendar)
    if booking is None:
        return -float("inf"), (epic.label, f"waits; due {due}")
    done = (booking.finish + 1) * calendar.weeks
    spare = week - done
    if spare >= calendar.weeks * (1 - TOLERANCE):
        return None
    is_late = spare < -TOLERANCE * max(1.0, week)
    words = (
        f"{_weeks(-spare)} late" if is_late else f"{_weeks(spare)} to spare" if spare >= 1 / 7 else "nothing to spare"
    )
    return spare, (epic.label, f"done by {moment_words(done, calendar)}, due {due}: {words}")


def _weeks(weeks: float) -> str:
    shown = figure(round(weeks, 1))
    return f"{shown} week{'' if shown == '1' else 's'}"


def _tight(answer: Answer) -> PagePart:
    """Guardrails that leave no room, broken ones first, then those that people wrote, then places that are full."""
    own = {limit.name for limit in answer.portfolio.guardrails}
    lines = [line for line in answer.guardrails if (not line.met or line.binding) and (line.at_most or line.at_least)]
    lines.sort(key=lambda line: (line.met, line.name in IN_EACH_PERIOD, line.name not in own))
    titles = {stream.id: stream.title for stream in answer.portfolio.value_streams}
    together: dict[str, list[GuardrailStatus]] = {}
    for line in lines:
        place = {part: titles.get(name, name) for part, name in line.place.items() if part != "period"}
        together.setdefault(f"{place_words(line.name, place)}{'' if line.met else ' '}", []).append(line)
    found = [(name.rstrip(), _levels(same)) for name, same in together.items()]
    return PagePart("What is tight", tuple(found), "Nothing: every guardrail leaves room.", "on Guardrail status")


def _levels(lines: Sequence[GuardrailStatus]) -> str:
    """How much is used of what is allowed, and in which periods: `3, at most 3: at its limit in PI 1, PI 2`."""
    line = lines[0]
    limits = [
        f"{word} {level_words(level, line)}"
        for word, level in (("at least", line.at_least), ("at most", line.at_most))
        if level is not None
    ]
    periods = [each.place["period"] for each in lines if "period" in each.place]
    when = f" in {', '.join(periods)}" if periods else ""
    if len({(each.used, each.at_least, each.at_most) for each in lines}) > 1:
        return f"{standing(line)}{when}"
    return f"{level_words(line.used, line)}, {' and '.join(limits)}: {standing(line)}{when}"
