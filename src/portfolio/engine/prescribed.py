"""What a way of working asks for, rule by rule, and whether anything in the portfolio uses or measures it."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.domain import Epic, Portfolio
from portfolio.domain.evidence import LISTS
from portfolio.operating_model import OperatingModel
from portfolio.operating_model.flow import COUNTED
from portfolio.operating_model.rights import next_occasion
from portfolio.policies import Prescribed

NOTHING: tuple[object, ...] = (None, (), {}, "")


def prescribed(model: OperatingModel, portfolio: Portfolio) -> tuple[Prescribed, ...]:
    """Every rule and ceremony that the model's file names; `portfolio` is the whole one, with what is done."""
    return (
        *_states(model, portfolio),
        *_limits(model, portfolio),
        *_guardrails(model, portfolio),
        *_reviews(model, portfolio),
        *_columns(model, portfolio),
        *_policies(model),
        *_practices(model, portfolio),
    )


def _states(model: OperatingModel, portfolio: Portfolio) -> Iterator[Prescribed]:
    """States of the board: used where an epic is, or ever was, in them; where no epic says a state, the board is no rule here."""
    seen = {epic.state.casefold() for epic in portfolio.epics if epic.state}
    seen |= {row.state.casefold() for row in portfolio.evidence.history}
    for state in model.states:
        yield Prescribed("states that no epic was in", state, state.casefold() in seen)


def _limits(model: OperatingModel, portfolio: Portfolio) -> Iterator[Prescribed]:
    """Limits of states that take a number, whether the model or the portfolio gives it; `model` has those of the portfolio."""
    for state in () if model.flow is None else model.flow.states:
        own = any(stream.wip_limit is not None for stream in portfolio.value_streams)
        if state.wip in COUNTED:
            is_set = state.limit is not None or (state.wip != "count" and own)
            yield Prescribed("WIP limits without a number", state.name, is_set)


def _guardrails(model: OperatingModel, portfolio: Portfolio) -> Iterator[Prescribed]:
    """Guardrails that are usual, and the threshold for a yes."""
    given = {
        limit.name.casefold()
        for limit in portfolio.guardrails
        if limit.at_least is not None or limit.at_most is not None
    }
    for limit in model.templates:
        yield Prescribed("guardrails without a figure", limit.name, limit.name.casefold() in given)
    if model.approval is not None:
        yield Prescribed("approvals without a threshold", "epic threshold", portfolio.epic_threshold is not None)
    if model.reserve is not None:
        yield Prescribed("reserves without a share", "reserve", portfolio.reserve is not None)


def _reviews(model: OperatingModel, portfolio: Portfolio) -> Iterator[Prescribed]:
    """Ceremonies: used where the calendar or the portfolio says when the next one is."""
    main = model.vocabulary.review.one.casefold()
    for review in model.cadence.reviews:
        agreed = portfolio.next_review is not None and review.name.casefold() == main
        is_dated = agreed or next_occasion(review, portfolio.calendar) is not None
        yield Prescribed("ceremonies without a date", review.name, is_dated)


def _columns(model: OperatingModel, portfolio: Portfolio) -> Iterator[Prescribed]:
    """What epics are sorted, scored and judged by."""
    epics, categories = portfolio.epics, model.categories
    asked = {
        "type": categories.types, "horizon": categories.horizons, "category": categories.categories,
        "class_of_service": model.classes, "level": () if model.levels is None else model.levels.names,
    }  # fmt: skip
    for field, words in asked.items():
        if words:
            used = any(getattr(epic, field) is not None for epic in epics)
            yield Prescribed("columns that no epic fills in", field.replace("_", " "), used)
    for criterion in model.own_criteria:
        used = any(epic.criteria.get(criterion.name) is not None for epic in epics)
        yield Prescribed("columns that no epic fills in", criterion.name, used)
    if model.strategy is not None:
        yield Prescribed("goals without a key result", "outcomes", bool(portfolio.outcomes))


def _policies(model: OperatingModel) -> Iterator[Prescribed]:
    """Policies: measured where a check does it."""
    for policy in () if model.policies is None else model.policies.policies:
        yield Prescribed("policies that no check measures", f'"{policy.statement}"', policy.check is not None)


def _practices(model: OperatingModel, portfolio: Portfolio) -> Iterator[Prescribed]:
    """Practices: used where the portfolio holds what they are seen in, or where a decision is made by them; reviews are counted with their dates."""
    rights = () if model.decision_rights is None else model.decision_rights.rights
    deciding = {right.by.casefold() for right in rights}
    occasions = " ".join(right.when.casefold() for right in rights)
    reviews = {review.name.casefold() for review in model.cadence.reviews}
    for practice in () if model.practices is None else model.practices.practices:
        name = practice.name.casefold()
        if practice.kind == "ceremony" and name in reviews:
            continue
        decides = (
            name in deciding if practice.kind == "role" else practice.kind == "governance point" and name in occasions
        )
        is_used = decides or any(_holds(portfolio, field) for field in practice.seen_in)
        yield Prescribed("practices that nothing here shows", practice.name, is_used)


def _holds(portfolio: Portfolio, field: str) -> bool:
    """Whether a portfolio has anything of a kind: a column of epics that some fill in, a setting or list, a kind of evidence."""
    if field in LISTS:
        return bool(getattr(portfolio.evidence, field))
    if field in Epic.model_fields:
        return any(getattr(epic, field) not in NOTHING for epic in portfolio.epics)
    return getattr(portfolio, field) not in NOTHING
