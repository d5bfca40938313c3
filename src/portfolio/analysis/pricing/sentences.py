"""Explanations and prices in sentences, as a good portfolio manager would say them."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.analysis.pricing.explanation import Explanation, Shift
from portfolio.domain import Portfolio
from portfolio.domain.validation import plannable
from portfolio.domain.wording import amount as amount_words
from portfolio.domain.wording import figure
from portfolio.edits.words import condition
from portfolio.results.prices import range_words

UNKNOWN = "is not known yet; allow more time"


def sentences(found: Explanation, portfolio: Portfolio) -> list[str]:
    """The whole answer about one epic, a sentence for each thing to know."""
    said = [found.reason]
    if plannable(portfolio.epics[portfolio.epic_index[found.id]], portfolio) is not None:
        return said
    if found.decision == "start":
        said += [_needs(found, portfolio)] if found.needs else []
        if found.followers:
            said.append(f"{_names(found.followers)} {'depends' if len(found.followers) == 1 else 'depend'} on it.")
        return [*said, _without(found, portfolio)]
    return [*said, _with(found, portfolio), *_ways(found, portfolio)]


def _needs(found: Explanation, portfolio: Portfolio) -> str:
    """What it takes, value stream by value stream: equal periods are named together."""
    parts = []
    for stream in portfolio.value_streams:
        here = [need for need in found.needs if need.stream == stream.id]
        if not here:
            continue
        if len({round(need.effort, 9) for need in here}) == 1 and len(here) > 1:
            parts.append(
                f"{figure(here[0].effort)} of the capacity of {stream.title} in each of {_names([need.period for need in here])}"
            )
        else:
            parts.append(f"{', '.join(f'{figure(need.effort)} in {need.period}' for need in here)} of the capacity of {stream.title}"
                         if len(here) > 1 else f"{figure(here[0].effort)} of the capacity of {stream.title} in {here[0].period}")  # fmt: skip
    spent = f" It costs {amount_words(found.spend, portfolio.currency or 'money')}." if found.spend else ""
    return f"It takes {'; '.join(parts)}.{spent}"


def _without(found: Explanation, portfolio: Portfolio) -> str:
    """What is lost without it, and what would take its place."""
    if found.possible is False:
        return "Without it no plan is possible."
    if found.cost_at_least is None:
        return f"What the plan would be worth without it {UNKNOWN}."
    if found.cost_at_most == 0:
        return f"Without it the best plan would be worth just as much{_instead(found.shifts)}."
    if found.cost_at_most is not None and found.cost_at_most < 0:
        more = range_words(-found.cost_at_most, -found.cost_at_least, portfolio.value_unit)
        return f"Without it the best plan would be worth {more} more{_instead(found.shifts)}."
    lost = range_words(found.cost_at_least, found.cost_at_most, portfolio.value_unit)
    return f"Without it the best plan would be worth {lost} less{_instead(found.shifts) or ', and nothing takes its place'}."


def _with(found: Explanation, portfolio: Portfolio) -> str:
    """What forcing it in costs, and what makes room for it."""
    if found.possible is False:
        return "It cannot be forced in: every plan with it breaks a rule."
    if found.cost_at_least is None:
        return f"What forcing it in would cost {UNKNOWN}."
    if found.cost_at_most == 0:
        return f"Forcing it in costs nothing{_instead(found.shifts)}."
    cost = range_words(found.cost_at_least, found.cost_at_most, portfolio.value_unit)
    return f"Forcing it in costs {cost}{_instead(found.shifts)}."


def _instead(shifts: Sequence[Shift]) -> str:
    """What happens to the others: dropped, moved, started."""
    dropped = [shift.id for shift in shifts if shift.change == "dropped"]
    moved: dict[str, list[str]] = {}
    for shift in shifts:
        if shift.change == "moved":
            moved.setdefault((shift.after or ("", ""))[0], []).append(shift.id)
    started = [shift.id for shift in shifts if shift.change == "started"]
    told = []
    if dropped:
        told.append(f"{_names(dropped)} {'waits' if len(dropped) == 1 else 'wait'}")
    for period, epics in moved.items():
        told.append(f"{_names(epics)} {'moves' if len(epics) == 1 else 'move'} to {period}")
    if started:
        told.append(f"{_names(started)} {'starts' if len(started) == 1 else 'start'} instead")
    return f": {'; '.join(told)}" if told else ""


def _ways(found: Explanation, portfolio: Portfolio) -> list[str]:
    """The single changes that let it in, or that none does."""
    if found.cost_at_most == 0:
        return []
    said = [f"It comes in {condition(way.change, portfolio)}: the best plan is then worth "
            f"{'' if way.proven else 'at least '}"
            f"{amount_words(way.value, portfolio.value_unit)}." for way in found.ways_in]  # fmt: skip
    if not found.all_tried:
        said.append("There was no time to try every change that might let it in; allow more.")
    elif not said:
        said.append("No single change of capacity, budget, limits, dates or rules lets it in.")
    return said


def stream_title(portfolio: Portfolio, stream_id: str | None) -> str | None:
    """The name that people know a value stream by."""
    return next((stream.title for stream in portfolio.value_streams if stream.id == stream_id), None)


def _names(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
