"""How work flows: the states of the board with the kind of WIP limit each has, and classes of service."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portfolio.domain.epic import UrgencyName
from portfolio.domain.state import StateKind
from portfolio.operating_model.section import Closed, Figure, Section, Whole

WipKind = Literal[
    "not limited", "count", "count in progress", "count per value stream", "capacity", "minimum", "not prescribed"
]
COUNTED: tuple[WipKind, ...] = ("count", "count in progress", "count per value stream", "minimum")
"""Kinds of WIP limit that take a number.

A count is checked on the board; in progress, of the whole portfolio or per value stream, it limits the plan, too.
"""


class State(Closed):
    """One column of the board."""

    name: str = Field(min_length=1)
    kind: StateKind | None = Field(
        None,
        description="What it says about an epic, if the word does not: what is `done` or `stopped` is not planned.",
    )
    wip: WipKind = Field("not prescribed", description="What limits the work in it.")
    limit: Whole | None = Field(None, ge=0, description="The number, where the way of working has one.")
    pull: str = Field("", description="When work enters it.")
    begins: Whole | Literal["never"] | None = Field(
        None,
        description="The first period, counted from 1, in which work in it may begin; blank means as the commitment says.",
    )


class Span(Closed):
    """Several states that are limited together, as CONWIP does: what leaves the last one makes room in the first."""

    name: str = Field(min_length=1)
    first: str = Field(min_length=1, description="The first of the states that are counted together.")
    last: str = Field(min_length=1, description="The last of them.")
    per: Literal["value stream", "portfolio"] = Field(
        "value stream", description="Whether each value stream has the limit, or all of them together."
    )
    limit: Whole | None = Field(
        None, ge=0, description="The number; blank means that of the portfolio or value stream."
    )


class Flow(Section):
    """The states of the board, first to last."""

    states: tuple[State, ...] = Field(min_length=1, description="The states with their limits, first to last.")
    spans: tuple[Span, ...] = Field((), description="States whose work is limited together, from one to another.")

    def within(self, span: Span) -> tuple[State, ...]:
        """The states that a span counts together; none where it names one that is not there."""
        names = [state.name.casefold() for state in self.states]
        if span.first.casefold() not in names or span.last.casefold() not in names:
            return ()
        return self.states[names.index(span.first.casefold()) : names.index(span.last.casefold()) + 1]


class Expectation(Closed):
    """A service level expectation: so many of a class are done within so long."""

    percentile: Figure = Field(
        gt=0, le=1, description="The share of the work that is done by then, from own lead times."
    )
    weeks: Figure = Field(gt=0, description="Weeks from the commitment until it is done.")


class ServiceClass(Closed):
    """One class of service, with the way in which value fades for work in it."""

    name: str = Field(min_length=1)
    urgency: UrgencyName
    means: str = Field("", description="When work belongs to it.")
    at_once: bool = Field(False, description="Planned before all others, as soon as it can be, whatever it is worth.")
    bypasses_wip: bool = Field(False, description="WIP limits do not count it.")
    meets_date: bool = Field(False, description="Not done after its deadline.")
    share: Figure | None = Field(
        None, gt=0, lt=1, description="Capacity that it gets at least, as far as there is work in it."
    )
    expectation: Expectation | None = Field(None, description="How soon people may expect it, from its commitment on.")


class ServiceClasses(Section):
    """Classes of service; the class of an epic sets its urgency where that is blank."""

    classes: tuple[ServiceClass, ...] = Field(min_length=1, description="The classes with their urgency.")
