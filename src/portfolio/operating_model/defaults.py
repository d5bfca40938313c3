"""Defaults: a portfolio's blank settings are filled in from its operating model, and nothing else is changed."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.domain import Epic, LimitSpec, Portfolio
from portfolio.domain.scoring_shapes import BY_NAME, ScoringShape
from portfolio.domain.validation import plannable
from portfolio.operating_model.choices import choices_of
from portfolio.operating_model.flow import WipKind
from portfolio.operating_model.levels_conformance import other_levels
from portfolio.operating_model.model import OperatingModel
from portfolio.operating_model.ranking import EQUAL, SCORE_FIELDS
from portfolio.operating_model.state_limits import with_state_limits


def with_defaults(model: OperatingModel, portfolio: Portfolio) -> Portfolio:
    """The portfolio with period length, order, epic threshold, WIP limits and urgencies filled in where blank."""
    changes: dict[str, object] = {}
    model = fitted(model, portfolio)
    if portfolio.calendar.period_weeks is None:
        weeks = {"period_weeks": model.cadence.period_weeks}
        changes["calendar"] = portfolio.calendar.model_copy(update=weeks)
    if portfolio.ranked_by is None and (chosen := _chosen_ranking(model, portfolio)) is not None:
        changes["ranked_by"] = chosen
    elif portfolio.ranked_by is None and model.scoring.method == "stack rank":
        changes["ranked_by"] = "sheet"
    elif portfolio.ranked_by is None and model.scoring.method in BY_NAME:
        changes["ranked_by"] = model.scoring.method
    if portfolio.epic_threshold is None and model.approval is not None and model.approval.threshold is not None:
        changes["epic_threshold"] = model.approval.threshold
    if portfolio.reserve is None and model.reserve is not None and model.reserve.share is not None:
        changes["reserve"] = model.reserve.share
    if portfolio.portfolio_wip_limit is None and (whole := wip_limit(model, "count in progress")) is not None:
        changes["portfolio_wip_limit"] = whole
    most = wip_limit(model, "count per value stream")
    if most is not None and any(stream.wip_limit is None for stream in portfolio.value_streams):
        changes["value_streams"] = tuple(
            stream.model_copy(update={"wip_limit": most}) if stream.wip_limit is None else stream
            for stream in portfolio.value_streams
        )
    shape = BY_NAME.get(str(changes.get("ranked_by", portfolio.ranked_by)))
    epics = _with_urgency(model, portfolio.epics, shape)
    if epics is not None:
        changes["epics"] = epics
    filled = _told(model, portfolio.model_copy(update=changes) if changes else portfolio)
    other = other_levels(model, filled.epics)
    return filled.with_other_levels(other) if other else filled


def _chosen_ranking(model: OperatingModel, portfolio: Portfolio) -> str | None:
    """How epics are ranked by what was chosen; None where no choice says it."""
    chosen = (choice.option for choice in choices_of(model.decision_points, portfolio.choices))
    return next((option.ranked_by for option in chosen if option is not None and option.ranked_by is not None), None)


def fitted(model: OperatingModel, portfolio: Portfolio) -> OperatingModel:
    """The model as a portfolio has it: with the limits of its states, and scores that its epics have.

    The engine's own scores rank where no epic has any of the model's criteria and some have those.
    """
    model = with_state_limits(model, portfolio)
    own = {component.field for component in model.scoring.components} - set(SCORE_FIELDS)
    if not own or any(epic.figure(name) is not None for epic in portfolio.epics for name in own):
        return model
    if all(epic.figure(name) is None for epic in portfolio.epics for name in SCORE_FIELDS):
        return model
    return model.model_copy(update={"scoring": model.scoring.model_copy(update={"components": EQUAL})})


def _told(model: OperatingModel, portfolio: Portfolio) -> Portfolio:
    """The portfolio that knows which criteria its scores are made of, and which guardrails may wait for their figures."""
    fields = tuple(component.field for component in model.scoring.components)
    told = portfolio.scored_by((*fields, "job_size")) if set(fields) - set(SCORE_FIELDS) else portfolio
    return told.with_templates(limit.name for limit in model.templates) if model.templates else told


def with_guardrails(model: OperatingModel, portfolio: Portfolio) -> Portfolio:
    """The portfolio with defaults, and with the model's default guardrails that it has none of its own for, by their name."""
    whole = with_defaults(model, portfolio)
    own = {limit.name.casefold() for limit in whole.guardrails}
    limits = (*model.limits, *_protected(model, whole))
    more = tuple(limit for limit in limits if limit.name.casefold() not in own)
    return whole.model_copy(update={"guardrails": (*whole.guardrails, *more)}) if more else whole


def _protected(model: OperatingModel, portfolio: Portfolio) -> Iterator[LimitSpec]:
    """The capacity that classes of service get at least: their share, or all of their work where there is less of it."""
    capacity = sum(sum(stream.capacity) for stream in portfolio.value_streams)
    for one in () if model.service_classes is None else model.service_classes.classes:
        if one.share is None or not capacity:
            continue
        known = (epic for epic in portfolio.epics if (epic.class_of_service or "").casefold() == one.name.casefold())
        work = sum(sum(epic.effort.values()) for epic in known if plannable(epic, portfolio) is None)
        least = min(one.share, work / capacity)
        if least > 0:
            yield LimitSpec(
                name=f"{one.name} share", measure="effort", where={"class of service": (one.name,)},
                at_least=least, of="capacity",
            )  # fmt: skip


def wip_limit(model: OperatingModel, kind: WipKind) -> int | None:
    """The most epics in progress, in each value stream or in all, where the board says so.

    States that are limited together count as one; of the others only those count in which work is being done: what waits
    before them is not in progress in any plan.
    """
    if model.flow is None:
        return None
    per = "value stream" if kind == "count per value stream" else "portfolio"
    spans = [span for span in model.flow.spans if span.per == per]
    inside = {state.name for span in spans for state in model.flow.within(span)}
    limits = [span.limit for span in spans]
    limits += [
        state.limit
        for state in model.flow.states
        if state.wip == kind and state.name not in inside and state.kind in {None, "active"}
    ]
    return min((limit for limit in limits if limit is not None), default=None)


def _with_urgency(
    model: OperatingModel, epics: tuple[Epic, ...], shape: ScoringShape | None
) -> tuple[Epic, ...] | None:
    """The epics with the urgency that is meant where it is blank; None where that is so for none."""
    if shape is not None and shape.once:
        return tuple(
            epic.model_copy(update={"urgency": "one-off"})
            if epic.urgency is None and epic.class_of_service is None and epic.net_present_value is not None
            else epic
            for epic in epics
        )
    classes = () if model.service_classes is None else model.service_classes.classes
    urgency = {found.name.casefold(): found.urgency for found in classes}
    if not urgency or all(epic.class_of_service is None for epic in epics):
        return None
    return tuple(
        epic.model_copy(update={"urgency": urgency[epic.class_of_service.casefold()]})
        if epic.urgency is None and epic.class_of_service is not None and epic.class_of_service.casefold() in urgency
        else epic
        for epic in epics
    )
