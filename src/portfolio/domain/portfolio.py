"""A portfolio: everything the user brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Self

from pydantic import PrivateAttr

from portfolio.domain.class_policy import NO_POLICY, ClassPolicy
from portfolio.domain.commitment_terms import NO_TERMS, CommitmentTerms
from portfolio.domain.epic import RELATIVE_SCORES, Epic
from portfolio.domain.limit_spec import LimitSpec
from portfolio.domain.portfolio_inputs import PortfolioInputs
from portfolio.domain.scoring_shapes import BY_NAME, ScoringShape


class Portfolio(PortfolioInputs):
    """Epics, value streams, calendar and guardrails; frozen, so every answer belongs to exactly one of these.

    Blank settings are filled in from an operating model before anything is computed.
    """

    def __eq__(self, other: object) -> bool:
        """Whether all that users bring is the same; what a model makes of it is no part of that."""
        if not isinstance(other, Portfolio):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in Portfolio.model_fields)

    _other_levels: tuple[Epic, ...] = PrivateAttr(default=())
    """Work of other levels than the planned one: it is known where a model is."""
    _active_states: frozenset[str] = PrivateAttr(default=frozenset())
    """The states that say that an epic is running, without their case: what they say is known where a model is."""
    _score_fields: tuple[str, ...] = PrivateAttr(default=RELATIVE_SCORES)
    """The fields and criteria that scores are made of, as the model says."""
    _templates: frozenset[str] = PrivateAttr(default=frozenset())
    """Names of guardrails, without their case, that the model suggests and whose figures are still to be set."""

    def with_templates(self, names: Iterable[str]) -> Self:
        """The same portfolio, in which guardrails of these names may be without figures: they limit nothing yet."""
        known = self.model_copy()
        known._templates = frozenset(name.casefold() for name in names)
        return known

    def is_open(self, limit: LimitSpec) -> bool:
        """Whether a guardrail is one that the model suggests and nobody has given a figure."""
        return limit.at_least is None and limit.at_most is None and limit.name.casefold() in self._templates

    @property
    def score_fields(self) -> tuple[str, ...]:
        """The fields and criteria that scores are made of, whether anybody has filled them in or not."""
        return self._score_fields

    def scored_by(self, fields: tuple[str, ...]) -> Self:
        """The same portfolio, whose scores are made of these fields and criteria."""
        known = self.model_copy()
        known._score_fields = fields
        known.__dict__.pop("scored_fields", None)
        return known

    _terms: CommitmentTerms = PrivateAttr(default=NO_TERMS)
    """What is committed to, and what is frozen: known where a model is."""

    def with_commitment(self, terms: CommitmentTerms) -> Self:
        """The same portfolio, in which this is committed to."""
        known = self.model_copy()
        known._terms = terms
        return known

    _classes: Mapping[str, ClassPolicy] = PrivateAttr(default_factory=dict)
    """How work of each class of service is treated, by its name without its case: known where a model is."""

    def with_classes(self, classes: Mapping[str, ClassPolicy]) -> Self:
        """The same portfolio, in which classes of service are treated so."""
        known = self.model_copy()
        known._classes = dict(classes)
        return known

    @property
    def classes(self) -> Mapping[str, ClassPolicy]:
        """How work of each class of service is treated, by its name without its case."""
        return self._classes

    def class_policy(self, epic: Epic) -> ClassPolicy:
        """How an epic is treated by its class of service."""
        return self._classes.get((epic.class_of_service or "").casefold(), NO_POLICY)

    @property
    def commitment(self) -> CommitmentTerms:
        """What is committed to, and what is frozen."""
        return self._terms

    def begins_from(self, epic: Epic) -> int:
        """The first period in which an epic may begin by its state; the number of periods where it may not be planned.

        What is running or has a Start was committed to, whatever its state is called.
        """
        terms, state = self._terms, (epic.state or "").casefold()
        if state not in terms.begins or epic.start is not None or self.is_running(epic):
            return 0
        first, periods = terms.begins[state], len(self.calendar.periods)
        return periods if first is None else min(first, periods)

    def with_other_levels(self, epics: tuple[Epic, ...]) -> Self:
        """The same portfolio, beside which there is work of other levels."""
        known = self.model_copy()
        known._other_levels = epics
        return known

    @property
    def other_levels(self) -> tuple[Epic, ...]:
        """Work of other levels than the planned one, which competes for nothing with it."""
        return self._other_levels

    def with_active_states(self, states: frozenset[str]) -> Self:
        """The same portfolio, in which these states say that an epic is running."""
        known = self.model_copy()
        known._active_states = frozenset(state.casefold() for state in states)
        return known

    @property
    def active_states(self) -> frozenset[str]:
        """The states that say that an epic is running, without their case."""
        return self._active_states

    def is_running(self, epic: Epic) -> bool:
        """Whether an epic is in progress by its state, so that its effort is what remains."""
        return epic.state is not None and epic.state.casefold() in self._active_states

    def is_in_progress(self, epic: Epic) -> bool:
        """Whether an epic has begun, by its state or since its Start is decided."""
        return epic.start is not None or self.is_running(epic)

    def goes_on(self, epic: Epic) -> bool:
        """Whether an epic is running and has to go on from the first period."""
        return self.running_epics != "may stop" and bool(self.calendar.periods) and self.is_running(epic)

    def decided_start(self, epic: Epic) -> str | None:
        """The period in which an epic has to begin: its own Start, or the first one where it is running and goes on."""
        if epic.start is not None:
            return epic.start
        return self.calendar.periods[0] if self.goes_on(epic) else None

    @cached_property
    def epic_index(self) -> dict[str, int]:
        """Position of each epic by its ID."""
        return {epic.id: index for index, epic in enumerate(self.epics)}

    @cached_property
    def stream_index(self) -> dict[str, int]:
        """Position of each value stream by its ID."""
        return {stream.id: index for index, stream in enumerate(self.value_streams)}

    def largest_stream(self, epic: Epic) -> str | None:
        """The value stream that an epic needs most effort of, the first of equals; None if it needs none.

        Value streams stand in the order of the portfolio, and those that only epics name after them.
        """
        needed = {stream: epic.effort.get(stream, 0.0) for stream in (*self.stream_index, *epic.effort)}
        most = max(needed, key=lambda stream: needed[stream], default=None)
        return most if most is not None and needed[most] > 0 else None

    @cached_property
    def homes(self) -> dict[str, str | None]:
        """The value stream that each epic needs most effort of, by its ID; None for one that needs none."""
        return {epic.id: self.largest_stream(epic) for epic in self.epics}

    @cached_property
    def lean_budgets(self) -> dict[str, tuple[float, ...]]:
        """The money of each value stream that has a budget, in each budget period: the sum of its periods."""
        owner, labels = self.calendar.budget_index, self.calendar.budget_labels
        return {
            stream.id: tuple(
                float(sum(money for money, turn in zip(stream.budget, owner, strict=False) if turn == place))
                for place in range(len(labels))
            )
            for stream in self.value_streams
            if stream.budget is not None
        }

    @property
    def shape(self) -> ScoringShape | None:
        """The scoring shape that ranks the epics; None where WSJF, CD3 or the order of the sheet does."""
        return BY_NAME.get(self.ranked_by or "")

    @cached_property
    def offered_shape(self) -> ScoringShape | None:
        """A scoring shape whose figures are there while nothing else could rank the epics, and nobody turned it on."""
        if (
            self.ranked_by is not None
            or set(self.scored_fields) - {"job_size"}
            or any(epic.has_money for epic in self.epics)
        ):
            return None
        given = {name for name in Epic.model_fields if any(getattr(epic, name) is not None for epic in self.epics)}
        return next((shape for shape in BY_NAME.values() if given.issuperset(shape.known_by)), None)

    @cached_property
    def scored_fields(self) -> tuple[str, ...]:
        """The columns that scores are made of, job size included, that at least one epic uses."""
        names = self._score_fields if self.shape is None else self.shape.fields
        return tuple(name for name in names if any(epic.figure(name) is not None for epic in self.epics))

    @property
    def shared_variance(self) -> tuple[float, float]:
        """The shares of the variance of estimates that all epics, and those of one value stream, have in common."""
        by_portfolio, by_stream = self.shared_by_portfolio, self.shared_by_value_stream
        return (0.1 if by_portfolio is None else by_portfolio, 0.15 if by_stream is None else by_stream)

    @property
    def can_plan(self) -> bool:
        """Whether there are value streams and periods to plan in; without them a portfolio only ranks."""
        return bool(self.value_streams and self.calendar.periods)

    @cached_property
    def uses_money(self) -> bool:
        """Whether value is money rather than points of cost of delay."""
        return self.point_value is not None or any(epic.has_money for epic in self.epics)

    @property
    def money_unit(self) -> str:
        """The unit that money is shown in."""
        return self.currency or "money"

    @property
    def value_unit(self) -> str:
        """The unit that values are shown in."""
        return self.money_unit if self.uses_money else "points"

    @property
    def horizon_weeks(self) -> float:
        """Weeks from the plan's start in which value counts."""
        return self.value_horizon_weeks if self.value_horizon_weeks is not None else self.calendar.plan_weeks + 52
