"""What the work is for: whether every epic has to name an objective, and whether objectives have to be measured."""

from __future__ import annotations

from pydantic import Field

from portfolio.operating_model.section import Section, Strength


class Strategy(Section):
    """What a way of working asks of the link between work and strategy; what is left out may be blank."""

    every_epic: Strength | None = Field(None, description="Every epic serves an objective of the sheet Outcomes.")
    where_there_are_outcomes: bool = Field(
        False, description="Whether that is asked only of a portfolio that has objectives on the sheet Outcomes."
    )
    measured: Strength | None = Field(None, description="Every objective has a measure, from where and to where.")
