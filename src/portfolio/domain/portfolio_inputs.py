"""What a portfolio is given: its settings and its lists, field by field."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field

from portfolio.domain.calendar import Calendar
from portfolio.domain.dependency import Dependency
from portfolio.domain.epic import Epic, Share, YesNo
from portfolio.domain.evidence import Evidence
from portfolio.domain.key_result import KeyResult
from portfolio.domain.limit_spec import LimitSpec
from portfolio.domain.record import Number, Record, Text, Whole, Word
from portfolio.domain.scoring_shapes import BY_NAME
from portfolio.domain.value_stream import ValueStream

if TYPE_CHECKING:
    RankedBy: TypeAlias = str
else:
    RankedBy = Literal[("scores", "sheet", *BY_NAME)]


class PortfolioInputs(Record):
    """The settings and lists of a portfolio as the user brings them."""

    format: Literal[1] = Field(1, title="Format", description="Version of this format.", examples=[1])
    name: Text = Field(None, title="Name", description="What the portfolio is called.", examples=["Retail bank 2027"])
    model: Text = Field(None, title="Model", description="Operating model; blank means safe.", examples=["safe"])
    currency: Text = Field(None, title="Currency", description="Currency of all money.", examples=["EUR"])
    calendar: Calendar = Field(default_factory=Calendar, title="Calendar", description="Periods of the plan.")
    value_horizon_weeks: Annotated[Number, Field(gt=0)] | None = Field(
        None,
        title="Value horizon weeks",
        description="Weeks in which value counts; blank means plan length + 52.",
        examples=[112],
    )
    portfolio_wip_limit: Annotated[Whole, Field(ge=0)] | None = Field(
        None,
        title="Portfolio WIP limit",
        description="Most epics in progress at once in the whole portfolio.",
        examples=[12],
    )
    epic_threshold: Annotated[Number, Field(ge=0)] | None = Field(
        None, title="Epic threshold", description="An epic that costs more needs Approved = yes.", examples=[500000]
    )
    discount_rate: Annotated[Number, Field(ge=0, le=1)] | None = Field(
        None, title="Discount rate", description="Per year, as a share; blank means none.", examples=[0.08]
    )
    point_value: Annotated[Number, Field(gt=0)] | None = Field(
        None,
        title="Point value",
        description="Money per point of cost of delay and week, for epics without money.",
        examples=[1000],
    )
    ranked_by: Annotated[RankedBy | None, Word] = Field(
        None,
        title="Ranked by",
        description="`scores`; `sheet`: the order of the rows, one ordered backlog; `rice`, `ice` or `npv`; blank means as the "
        "model says.",
        examples=["sheet"],
    )
    running_epics: Annotated[Literal["continue", "may stop"] | None, Word] = Field(
        None,
        title="Running epics",
        description="`continue`: what is in progress goes on from the first period; `may stop`: it competes with all others; "
        "blank means continue.",
        examples=["continue"],
    )
    next_review: date | None = Field(
        None,
        title="Next review",
        description="Day of the next review, until which what was agreed is frozen where the model says so.",
        examples=["2027-01-18"],
    )
    state_limits: Text = Field(
        None,
        title="State limits",
        description="How many epics a state of the board may hold, where the model names no number: `state = number`, separated "
        "by `;`.",
        examples=["Reviewing = 5; Analyzing = 3"],
    )
    choices: Text = Field(
        None,
        title="Choices",
        description="What was chosen where the model leaves options, each `decision = option, because reason`, separated by `;`.",
        examples=["Prioritise = Due date, because the law sets it"],
    )
    reserve: Annotated[Number, Field(ge=0, lt=1)] | None = Field(
        None,
        title="Reserve",
        description="Share of every value stream's capacity that is not planned here: own, small and urgent work.",
        examples=[0.2],
    )
    shared_by_portfolio: Share | None = Field(
        None,
        title="Shared by portfolio",
        description="Share of the variance of estimates that all epics have in common; blank means 10 %.",
        examples=[0.1],
    )
    shared_by_value_stream: Share | None = Field(
        None,
        title="Shared by value stream",
        description="Share of the variance of estimates that the epics of a value stream have in common; blank means 15 %.",
        examples=[0.15],
    )
    seed: Annotated[Whole, Field(ge=0)] | None = Field(
        None,
        title="Seed",
        description="Number that the draws of a simulation follow from; blank means 1.",
        examples=[1],
    )
    draws: Annotated[Whole, Field(ge=1, le=1_000_000)] | None = Field(
        None, title="Draws", description="How many futures a simulation draws; blank means 10000.", examples=[10000]
    )
    stop_after_mvp: YesNo = Field(
        None,
        title="Stop after MVP",
        description="In a simulation, whether an epic whose hypothesis fails is stopped after its MVP; blank means yes.",
        examples=["yes"],
    )
    starts: Annotated[Literal["any day", "at periods"] | None, Word] = Field(
        None,
        title="Starts",
        description="In a simulation, whether an epic that had to wait begins on `any day` or `at periods`; blank means any day.",
        examples=["any day"],
    )
    ranges_from_history: YesNo = Field(
        None,
        title="Ranges from history",
        description="Whether epics without a range of effort vary as past epics did; blank means yes.",
        examples=["yes"],
    )
    score_step_chance: Share | None = Field(
        None,
        title="Score step chance",
        description="Chance that a score should be one step lower, and as much that it should be one higher; blank means 25 %.",
        examples=[0.25],
    )
    time_zone: Text = Field(
        None,
        title="Time zone",
        description="Where the days of moments with a time are counted, by its IANA name; blank means that their own offset "
        "counts.",
        examples=["Europe/Berlin"],
    )
    value_streams: tuple[ValueStream, ...] = Field(
        (), title="Value streams", description="What is funded and has capacity."
    )
    epics: tuple[Epic, ...] = Field((), title="Epics", description="The candidates.")
    dependencies: tuple[Dependency, ...] = Field((), title="Dependencies", description="What waits for what.")
    guardrails: tuple[LimitSpec, ...] = Field((), title="Guardrails", description="Limits on the mix of work.")
    outcomes: tuple[KeyResult, ...] = Field((), title="Outcomes", description="What the epics are for.")
    evidence: Evidence = Field(
        default_factory=Evidence,
        title="Evidence",
        description="What is known beside the portfolio: history, deliveries, past estimates, votes, forecasts.",
    )
