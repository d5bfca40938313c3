"""How epics are ranked, and what a plan maximises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from pydantic import Field

from portfolio.domain.scoring_shapes import BY_NAME
from portfolio.operating_model.section import Closed, Figure, Section
from portfolio.scoring import ScoringRules
from portfolio.scoring.rules import Denominator

if TYPE_CHECKING:
    MethodName: TypeAlias = str
else:
    MethodName = Literal[("wsjf", "cd3", "stack rank", *BY_NAME)]
SCORE_FIELDS = ("user_business_value", "time_criticality", "rr_oe")
"""The engine's own parts of a cost of delay; a model may name criteria of its own instead."""
Goal = Literal["value", "net", "rank order", "own choices"]
BEYOND_VALUE: frozenset[Goal] = frozenset({"rank order", "own choices"})
"""Goals by which no value decides what starts."""


class Component(Closed):
    """One part of the cost of delay score."""

    field: str = Field(min_length=1, description="One of the engine's scores, or a criterion that is a number.")
    weight: Figure = Field(1, gt=0)


EQUAL = (
    Component(field="user_business_value"),
    Component(field="time_criticality"),
    Component(field="rr_oe"),
)
"""How scores are added up where a model says nothing about them."""


class Scoring(Section):
    """How epics are scored and ranked."""

    method: MethodName = Field(
        description="What the ranking sorts by; `stack rank`: the order of the sheet; `rice`, `ice`, `npv`: by these figures."
    )
    scale: tuple[Figure, ...] = Field((), description="The values a score may take, smallest first; empty means any.")
    components: tuple[Component, ...] = Field(EQUAL, min_length=1, description="What is added up to the cost of delay.")
    denominator: Denominator = Field("job_size", description="What cost of delay is divided by.")
    formula: str = Field("", description="The same as people write it.")
    order: Literal["one list", "each value stream"] = Field(
        "one list", description="Whether ranks are compared across value streams, or only within each."
    )

    @property
    def rules(self) -> ScoringRules:
        """The same settings as the scoring methods take them; the order of the sheet is no score."""
        weights: dict[str, float] = {component.field: component.weight for component in self.components}
        method: Literal["wsjf", "cd3"] = "cd3" if self.method == "cd3" else "wsjf"
        return ScoringRules(method, weights, self.scale, self.denominator)


class Objective(Section):
    """What a plan is after."""

    maximise: Goal = Field(
        description="`value`; `net`: value less spend; `rank order`: each in turn as early as it can be; `own choices`: "
        "what was chosen is checked and priced.",
    )
    inherited: bool = Field(
        False,
        description="Whether the order is only taken over: nothing is decided about it, and what waits for what comes first.",
    )
