"""What is known of how epics went through their states, and of what held them up."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from portfolio.domain.evidence.moment import Moment
from portfolio.domain.record import Record, Text


class StateChange(Record):
    """A row of the sheet History: an epic, or one of its parts, entered a state.

    Epics that have left the workbook count as well, so that what is finished is not forgotten.
    """

    epic: str = Field(
        min_length=1, title="Epic", description="ID of the epic, or of one of its parts.", examples=["EP-1"]
    )
    state: str = Field(min_length=1, title="State", description="The state that it entered.", examples=["Implementing"])
    entered: Moment = Field(
        title="Entered", description="Day or moment at which it entered the state.", examples=["2027-01-18"]
    )
    value_stream: Text = Field(
        None, title="Value stream", description="The value stream that does it.", examples=["VS1"]
    )
    type: Text = Field(None, title="Type", description="What kind of work it is.", examples=["Business"])
    parent: Text = Field(
        None,
        title="Parent",
        description="ID of the epic that it is part of, where it is a feature or a story.",
        examples=["EP-1"],
    )


class Blocked(Record):
    """A row of the sheet Blocked: days on which an epic could not go on."""

    epic: str = Field(min_length=1, title="Epic", description="ID of the epic.", examples=["EP-1"])
    since: date = Field(title="From", description="First day on which it could not go on.", examples=["2027-02-01"])
    until: date | None = Field(
        None,
        title="To",
        description="Day on which it went on; blank means that it still waits.",
        examples=["2027-02-10"],
    )
    waits_for: Text = Field(
        None,
        title="Waits for",
        description="What it waits for: a value stream, or whoever is outside.",
        examples=["VS2"],
    )
