"""Choices: the decisions a way of working leaves open, each with its options, the one that was chosen, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from portfolio.domain.spelling import nearest
from portfolio.operating_model.section import Closed, Section

if TYPE_CHECKING:
    RankedBy = str
else:
    from portfolio.domain.portfolio_inputs import RankedBy


class Option(Closed):
    """One way to decide a point, with what it is good and bad for."""

    name: str = Field(min_length=1)
    trade_off: str = Field("", description="What it is good for, and what it costs.")
    ranked_by: RankedBy | None = Field(None, description="The setting Ranked by that this option stands for.")


class DecisionPoint(Closed):
    """Something that has to be decided, whatever is chosen."""

    decision: str = Field(min_length=1)
    options: tuple[Option, ...] = Field(min_length=2)
    chosen: str | None = Field(None, description="The option that this model takes, unless a portfolio says another.")
    because: str = Field("", description="Why it was chosen.")

    @property
    def names(self) -> tuple[str, ...]:
        """What its options are called."""
        return tuple(option.name for option in self.options)


class Choices(Section):
    """The decision points; a portfolio's setting Choices chooses otherwise."""

    points: tuple[DecisionPoint, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Choice:
    """What was chosen at one point, and whether the portfolio says so itself."""

    point: DecisionPoint
    option: Option | None
    because: str
    is_own: bool


def choices_of(points: tuple[DecisionPoint, ...], said: str | None) -> Iterator[Choice]:
    """What is chosen at every point, by the portfolio where it says so, else by the model."""
    own = {decision.casefold(): (option, because) for decision, option, because in sentences(said)}
    for point in points:
        option, because = own.get(point.decision.casefold(), (point.chosen or "", point.because))
        found = next((one for one in point.options if one.name.casefold() == option.casefold()), None)
        yield Choice(point, found, because, point.decision.casefold() in own)


def sentences(said: str | None) -> Iterator[tuple[str, str, str]]:
    """Each choice of a setting like `Prioritise = Due date, because the law is; Budget = Annual`: point, option, reason."""
    for text in re.split(r"[;\n]", said or ""):
        if text.strip():
            decision, _, rest = text.partition("=")
            option, *because = re.split(r",?\s+because\s+", rest, maxsplit=1)
            yield decision.strip(), option.strip(), because[0].strip() if because else ""


def wrong_choices(points: tuple[DecisionPoint, ...], said: str | None) -> Iterator[tuple[str, str, str]]:
    """What a portfolio chooses that is no point or no option here: what, rule, fix."""
    known = {point.decision.casefold(): point for point in points}
    for decision, option, _ in sentences(said):
        point = known.get(decision.casefold())
        names = [one.decision for one in points] if point is None else list(point.names)
        if point is None or option.casefold() not in {name.casefold() for name in names}:
            what = (
                f"{decision} is not something to choose."
                if point is None
                else f"{option or 'Nothing'} is not an option of {decision}."
            )
            meant = nearest(decision if point is None else option, names)
            there = f"There are {', '.join(names)}." if names else "The model has no choices."
            yield what, there, f"Write {meant}." if meant else "Write for example Prioritise = Due date."
