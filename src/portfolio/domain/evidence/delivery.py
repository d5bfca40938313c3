"""What is known of how software was delivered: deployments, incidents in production, integrations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from portfolio.domain.epic import YesNo
from portfolio.domain.evidence.moment import Moment, MomentOrBlank
from portfolio.domain.record import Record, Text, Whole

Count = Annotated[Whole, Field(ge=0)]


class Deployment(Record):
    """A row of the sheet Deployments: a change that went into production."""

    id: Text = Field(None, title="ID", description="Name of the deployment, to refer to it.", examples=["D-101"])
    value_stream: str = Field(
        min_length=1, title="Value stream", description="The value stream or application.", examples=["VS1"]
    )
    deployed: Moment = Field(
        title="Deployed", description="Moment at which it went into production.", examples=["2027-02-08T16:00:00+01:00"]
    )
    first_commit: MomentOrBlank = Field(
        None,
        title="First commit",
        description="Moment of the first commit that is part of it.",
        examples=["2027-02-05T09:30:00+01:00"],
    )
    failed: YesNo = Field(
        None, title="Failed", description="Whether it needed immediate intervention.", examples=["no"]
    )
    recovered: MomentOrBlank = Field(
        None,
        title="Recovered",
        description="Moment from which it worked again, where it failed.",
        examples=["2027-02-08T18:00:00+01:00"],
    )
    unplanned: YesNo = Field(
        None,
        title="Unplanned",
        description="Whether it was made because of an incident in production.",
        examples=["no"],
    )
    epic: Text = Field(None, title="Epic", description="ID of the epic that it belongs to.", examples=["EP-1"])


class Incident(Record):
    """A row of the sheet Incidents: a time in which a service did not work as it should."""

    value_stream: str = Field(
        min_length=1, title="Value stream", description="The value stream or application.", examples=["VS1"]
    )
    began: Moment = Field(
        title="Began", description="Moment at which it began.", examples=["2027-02-08T16:10:00+01:00"]
    )
    restored: MomentOrBlank = Field(
        None,
        title="Restored",
        description="Moment from which the service worked again; blank means not yet.",
        examples=["2027-02-08T18:00:00+01:00"],
    )
    deployment: Text = Field(
        None, title="Deployment", description="ID of the deployment that caused it.", examples=["D-101"]
    )


class Integration(Record):
    """A row of the sheet Integrations: the parts of a product were put together and tried."""

    value_stream: str = Field(
        min_length=1, title="Value stream", description="The value stream, or the product's name.", examples=["VS1"]
    )
    integrated: Moment = Field(
        title="Integrated", description="Moment at which all parts were put together.", examples=["2027-02-05"]
    )
    tests_run: Count | None = Field(None, title="Tests run", description="How many tests ran.", examples=[1240])
    tests_passed: Count | None = Field(
        None, title="Tests passed", description="How many of them passed.", examples=[1236]
    )
    releasable: YesNo = Field(
        None, title="Releasable", description="Whether the result could have been released.", examples=["yes"]
    )
