"""An epic: the thing that is ranked and funded."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from portfolio.domain.record import Number, Record, Text, Whole, Word, magnitude

Score = Annotated[Number, Field(ge=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
Cases = tuple[tuple[Number, Number], ...]
"""Amounts that are possible, each with its chance as a share."""
RELATIVE_SCORES = ("user_business_value", "time_criticality", "rr_oe", "job_size")
"""The relative scores: the parts of cost of delay, and the size it is divided by."""
LAST_WEEK = 5000
"""A deadline that many weeks away is a date whose cell has no date format."""
UrgencyName = Literal["standard", "peak lost", "short life", "deadline", "one-off", "curve"]


def _moment(value: object) -> object:
    """A date, an ISO date in text, or a number of weeks; numbers in text are numbers, never timestamps."""
    if isinstance(value, bool):
        raise ValueError("yes/no is neither a date nor a number of weeks")
    if isinstance(value, str) and value[4:5] == "-":
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value[:10])
    if LAST_WEEK < magnitude(value) < float("inf"):
        raise PydanticCustomError("too_many_weeks", "a date without a date format")
    if isinstance(value, str):
        text = value.strip()
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            try:
                return float(text)
            except ValueError:
                raise ValueError("neither a date like 2027-06-30 nor a number of weeks") from None
    return value


def _yes_no(value: object) -> object:
    if isinstance(value, str):
        word = value.strip().lower()
        if word in {"yes", "y", "true", "x", "1", "✓"}:
            return True
        if word in {"no", "n", "false", "0", "-"}:
            return False
        return value if word else None
    return value


YesNo = Annotated[bool | None, BeforeValidator(_yes_no)]


class Epic(Record):
    """A significant initiative with its scores, its money, the work it needs and the rules that hold for it alone."""

    id: str = Field(min_length=1, title="ID", description="Short unique name.", examples=["EP-1"])
    title: Text = Field(None, title="Title", description="What it is called.", examples=["Instant payments"])
    type: Text = Field(None, title="Type", description="Business or Enabler.", examples=["Business"])
    category: Text = Field(
        None, title="Category", description="Free grouping, for guardrails.", examples=["Compliance"]
    )
    horizon: Text = Field(None, title="Horizon", description="Investment horizon, H0 to H3.", examples=["H1"])
    theme: Text = Field(None, title="Theme", description="Strategic theme.", examples=["growth"])
    fund: Text = Field(None, title="Fund", description="Where the money comes from.", examples=["Core"])
    owner: Text = Field(None, title="Owner", description="Epic owner.", examples=["CFO office"])
    state: Text = Field(None, title="State", description="State on the portfolio board.", examples=["Analyzing"])
    user_business_value: Score | None = Field(
        None, title="User-business value", description="Relative worth to users and the business.", examples=[8]
    )
    time_criticality: Score | None = Field(
        None, title="Time criticality", description="Relative loss from being late.", examples=[5]
    )
    rr_oe: Score | None = Field(
        None, title="RR/OE", description="Relative risk reduction or opportunity enablement.", examples=[3]
    )
    job_size: Annotated[Number, Field(gt=0)] | None = Field(
        None, title="Job size", description="Relative size, above 0.", examples=[8]
    )
    benefit_per_week: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="Benefit per week", description="Money earned per week once it is done.", examples=[12000]
    )
    urgency: Annotated[UrgencyName, Word] | None = Field(
        None, title="Urgency", description="How value fades with time; blank means standard.", examples=["standard"]
    )
    deadline: Annotated[date | float | None, BeforeValidator(_moment)] = Field(
        None, title="Deadline", description="A date, or weeks from the start of the plan.", examples=["2027-06-30"]
    )
    life_weeks: Annotated[Number, Field(gt=0)] | None = Field(
        None, title="Life weeks", description="Weeks after the plan's start in which it earns at all.", examples=[80]
    )
    peak_loss: Share | None = Field(
        None, title="Peak loss", description="Share of the plateau lost for each week of delay.", examples=[0.005]
    )
    penalty: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="Penalty", description="One-off loss if the deadline is missed.", examples=[250000]
    )
    value_curve: tuple[tuple[Number, Number], ...] | None = Field(
        None,
        title="Value curve",
        description="Points `week: value` separated by `;`.",
        examples=["0: 900; 20: 500; 40: 0"],
    )
    confidence: Share | None = Field(
        None,
        title="Confidence",
        description="Share of its value that is expected, 0 to 1; blank means 1.",
        examples=[0.8],
    )
    effort: dict[str, Annotated[Number, Field(ge=0)]] = Field(
        default_factory=dict,
        title="Effort",
        description="Units of effort from each value stream.",
        examples=[{"VS1": 40}],
    )
    effort_done: Annotated[Number, Field(ge=0)] | None = Field(
        None,
        title="Effort done",
        description="Units of its effort that are done since the plan's start; planning does not count what is done.",
        examples=[15],
    )
    min_periods: Annotated[Whole, Field(ge=1)] | None = Field(
        None, title="Min periods", description="Fewest periods it can be done in; blank means 1.", examples=[1]
    )
    max_periods: Annotated[Whole, Field(ge=1)] | None = Field(
        None, title="Max periods", description="Most periods it may take; blank means as Min periods.", examples=[2]
    )
    external_cost: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="External cost", description="Money beyond the people already funded.", examples=[50000]
    )
    capex_share: Share | None = Field(
        None, title="CapEx share", description="Share of its spend that is capitalised.", examples=[0.6]
    )
    mvp_periods: Annotated[Whole, Field(ge=1)] | None = Field(
        None,
        title="MVP periods",
        description="Periods in which the MVP is built and judged; blank means 1.",
        examples=[1],
    )
    mvp_cost: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="MVP cost", description="What the MVP may spend, and no more.", examples=[80000]
    )
    earliest: Text = Field(None, title="Earliest", description="First period in which it may begin.", examples=["PI 2"])
    latest: Text = Field(None, title="Latest", description="Last period in which it may end.", examples=["PI 4"])
    start: Text = Field(
        None, title="Start", description="Already decided or in progress: its first period.", examples=["PI 1"]
    )
    started: date | None = Field(
        None,
        title="Started",
        description="Day on which work on it began; it is told, not planned.",
        examples=["2027-01-11"],
    )
    must: YesNo = Field(None, title="Must", description="Has to be in the plan.", examples=["yes"])
    approved: YesNo = Field(
        None, title="Approved", description="Approved although above the epic threshold.", examples=["yes"]
    )
    exclusive_group: Text = Field(
        None, title="Exclusive group", description="Of epics with the same word, at most one.", examples=["Core choice"]
    )
    together_group: Text = Field(
        None, title="Together group", description="Of epics with the same word, all or none.", examples=["Launch"]
    )

    class_of_service: Text = Field(
        None,
        title="Class of service",
        description="How urgent it is treated, in the model's words; it sets the urgency where that is blank.",
        examples=["Fixed date"],
    )
    scored_on: date | None = Field(
        None, title="Scored on", description="Day on which its scores were last looked at.", examples=["2026-11-02"]
    )
    reach: Score | None = Field(
        None, title="Reach", description="How many it reaches in a given time, for RICE.", examples=[500]
    )
    impact: Score | None = Field(
        None, title="Impact", description="What it does for each of them, for RICE and ICE.", examples=[2]
    )
    ease: Score | None = Field(None, title="Ease", description="How easy it is, 1 to 10, for ICE.", examples=[7])
    net_present_value: Number | None = Field(
        None,
        title="Net present value",
        description="What it is worth in all if it is done at once, less its cost, for NPV.",
        examples=[300000],
    )

    criteria: dict[str, Number | str] = Field(
        default_factory=dict,
        title="Criteria",
        description="What the model's own criteria say of it, each in a column of its name.",
        examples=[{"Belief": "people who find a time slot come back"}],
    )
    agreed_start: date | None = Field(
        None, title="Agreed start", description="First day that was agreed for it, before it was planned anew.",
        examples=["2027-01-04"],
    )  # fmt: skip
    agreed_finish: date | None = Field(
        None, title="Agreed finish", description="Last day that was agreed for it, before it was planned anew.",
        examples=["2027-03-14"],
    )  # fmt: skip
    outcome: Text = Field(
        None, title="Outcome", description="The objective on the sheet Outcomes that it serves.", examples=["Faster delivery"]
    )  # fmt: skip
    parent: Text = Field(
        None, title="Parent", description="ID of the item of a higher level that it is part of.", examples=["EP-9"]
    )
    level: Text = Field(
        None,
        title="Work level",
        description="Its level of work, in the model's words; blank means the one that is planned.",
        examples=["Flight Level 2"],
    )
    effort_low: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="Effort low", description="Total effort that it undercuts only once in ten times.", examples=[30]
    )
    effort_high: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="Effort high", description="Total effort that it exceeds only once in ten times.", examples=[80]
    )
    effort_cases: Cases | None = Field(
        None,
        title="Effort cases",
        description="What its total effort may be, each with its chance, `amount: chance` separated by `;`.",
        examples=["30: 50%; 60: 30%; 100: 20%"],
    )
    benefit_low: Annotated[Number, Field(ge=0)] | None = Field(
        None,
        title="Benefit low",
        description="Its benefit per week, or a factor where it has none, that it undercuts only once in ten times.",
        examples=[8000],
    )
    benefit_high: Annotated[Number, Field(ge=0)] | None = Field(
        None,
        title="Benefit high",
        description="Its benefit per week, or a factor where it has none, that it exceeds only once in ten times.",
        examples=[20000],
    )
    benefit_cases: Cases | None = Field(
        None,
        title="Benefit cases",
        description="What its benefit per week may be, each with its chance, `amount: chance` separated by `;`.",
        examples=["0: 20%; 12000: 80%"],
    )
    external_cost_low: Annotated[Number, Field(ge=0)] | None = Field(
        None,
        title="Cost low",
        description="Its external cost that it undercuts only once in ten times.",
        examples=[40000],
    )
    external_cost_high: Annotated[Number, Field(ge=0)] | None = Field(
        None,
        title="Cost high",
        description="Its external cost that it exceeds only once in ten times.",
        examples=[90000],
    )
    external_cost_cases: Cases | None = Field(
        None,
        title="Cost cases",
        description="What its external cost may be, each with its chance, `amount: chance` separated by `;`.",
        examples=["50000: 70%; 90000: 30%"],
    )

    def figure(self, name: str) -> float | None:
        """A score by its field, or by the name of a criterion; None where it is not given, or in words."""
        held = self.__dict__
        value = held[name] if name in held else self.criteria.get(name)
        if value is None or type(value) is float:  # as nearly all are: asked for each score of each epic, many times
            return value
        return float(value) if isinstance(value, int | float) else None

    @property
    def shortest(self) -> int:
        """Fewest periods it can be done in."""
        return self.min_periods or 1

    @property
    def longest(self) -> int:
        """Most periods it may take."""
        return max(self.shortest, self.max_periods or self.shortest)

    @property
    def has_money(self) -> bool:
        """Whether its value is given in money."""
        own = self.urgency == "one-off" and self.net_present_value is not None
        return own or self.benefit_per_week is not None or self.value_curve is not None

    @property
    def label(self) -> str:
        """Its ID with its title, as people say it."""
        return f"{self.id} {self.title}" if self.title and self.title != self.id else self.id
