"""Levels of work: which there are, what each is decided in, and which one a plan plans."""

from __future__ import annotations

from pydantic import Field

from portfolio.operating_model.cadence import Review
from portfolio.operating_model.section import Closed, Figure, Section, Strength


class Level(Closed):
    """One level of work with its board and its rhythm; the rhythms of levels are nested."""

    name: str = Field(min_length=1, description="The word for Work level.")
    board: str = Field("", description="The board on which work of this level is seen.")
    period_weeks: Figure | None = Field(None, gt=0, description="Its own rhythm in weeks, where it has one.")
    reviews: tuple[Review, ...] = Field((), description="The events in which work of this level is decided on.")
    limited: Strength | None = Field(
        None, description="Whether a limit on work in progress is asked for where this level is planned."
    )


class Levels(Section):
    """The levels of work from the highest; work of different levels never competes for the same capacity."""

    levels: tuple[Level, ...] = Field(min_length=2, description="The levels from the highest.")
    planned: str = Field(
        min_length=1, description="The level that a plan plans; the others are shown with the sums of their parts."
    )

    @property
    def names(self) -> tuple[str, ...]:
        """The levels by name, from the highest."""
        return tuple(level.name for level in self.levels)

    @property
    def limited(self) -> Strength | None:
        """How strongly a limit on work in progress is asked for at the level that is planned; None where it is not."""
        return next(level.limited for level in self.levels if level.name == self.planned)

    def known(self, word: str | None) -> str | None:
        """The level that a word means, whatever its case; the planned one where there is none, None for an unknown one."""
        if word is None:
            return self.planned
        return next((name for name in self.names if name.casefold() == word.casefold()), None)
