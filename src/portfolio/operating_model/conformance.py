"""Checks that a portfolio uses only what its operating model knows and allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from portfolio.domain import FieldFinding, Portfolio
from portfolio.domain.spelling import nearest
from portfolio.domain.tolerance import ROUNDING
from portfolio.operating_model.criteria_conformance import check_choices, check_criteria
from portfolio.operating_model.flow import Span, State
from portfolio.operating_model.model import OperatingModel
from portfolio.operating_model.section import SEVERITY
from portfolio.operating_model.state_limits import check_state_limits
from portfolio.operating_model.strategy_conformance import check_strategy
from portfolio.operating_model.structure_conformance import check_structure


def check_model(
    model: OperatingModel, portfolio: Portfolio, is_translated: Callable[[str], bool] = str.isspace
) -> list[FieldFinding]:
    """Findings about words, cadence, work in progress and structure; what a model does not say is never one.

    `is_translated` says which states are words of another language whose kind is known.
    """
    return [
        *_words(model, portfolio, is_translated),
        *_cadence(model, portfolio),
        *_flow(model, portfolio),
        *check_structure(model, portfolio),
        *check_criteria(model, portfolio),
        *check_choices(model, portfolio),
        *check_state_limits(model, portfolio),
        *check_strategy(model, portfolio),
    ]


def _words(model: OperatingModel, portfolio: Portfolio, is_translated: Callable[[str], bool]) -> Iterator[FieldFinding]:
    known = {
        "type": model.categories.types,
        "horizon": model.categories.horizons,
        "category": model.categories.categories,
        "state": model.states,
        "class_of_service": model.classes,
        "level": () if model.levels is None else model.levels.names,
    }
    folded = {field: {word.casefold() for word in words} for field, words in known.items() if words}
    strange: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for index, epic in enumerate(portfolio.epics):
        for field, words in folded.items():
            value = getattr(epic, field)
            if value is not None and value.casefold() not in words and not (field == "state" and is_translated(value)):
                strange.setdefault((field, value.casefold()), []).append((index, value))
    for (field, _), places in strange.items():
        index, value = places[0]
        meant = nearest(value, known[field])
        advice = f"Write {meant}, or" if meant else "Use one of these, or"
        more = f"; {len(places)} {model.vocabulary.epic.many} say so" if len(places) > 1 else ""
        yield FieldFinding(
            ("epics", index, field),
            f"{value} is not a {field.replace('_', ' ')} that {model.title} knows{more}.",
            f"It knows {', '.join(known[field])}.",
            f"{advice} choose another model.",
            "warning",
        )


def _cadence(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    cadence, weeks, word = model.cadence, portfolio.calendar.period_weeks, model.vocabulary.period
    if weeks is not None:
        for limit, beyond, side in (
            (cadence.shortest_weeks, "shorter", -1),
            (cadence.longest_weeks, "longer", 1),
        ):
            if limit is not None and (weeks - limit) * side > ROUNDING:
                yield FieldFinding(
                    ("calendar", "period_weeks"),
                    f"A {word.one} of {weeks:g} weeks is {beyond} than {model.title} has them.",
                    f"There a {word.one} lasts {_span(cadence.shortest_weeks, cadence.longest_weeks)} weeks.",
                    f"Set Period weeks to {cadence.period_weeks:g}, or choose another model.",
                    SEVERITY[cadence.strength],
                )
    periods = len(portfolio.calendar.periods)
    if cadence.horizon_periods is not None and periods > cadence.horizon_periods:
        yield FieldFinding(
            ("calendar", "periods"),
            f"The plan has {periods} {word.many}.",
            f"{model.title} plans {cadence.horizon_periods} ahead.",
            "Plan fewer, and plan again when they are done.",
            "warning",
        )


def _span(shortest: float | None, longest: float | None) -> str:
    if shortest is None or longest is None:
        return f"at most {longest:g}" if shortest is None else f"at least {shortest:g}"
    return f"{shortest:g} to {longest:g}"


def _flow(model: OperatingModel, portfolio: Portfolio) -> Iterator[FieldFinding]:
    for span in () if model.flow is None else model.flow.spans:
        yield from _crowded_span(model, span, portfolio)
    for state in () if model.flow is None else model.flow.states:
        there = [epic for epic in portfolio.epics if epic.state and epic.state.casefold() == state.name.casefold()]
        if state.limit is not None and state.wip in {"count", "count in progress"} and len(there) > state.limit:
            yield _crowded(model, state, len(there), "")
        elif state.limit is not None and state.wip == "minimum" and len(there) < state.limit and portfolio.epics:
            yield FieldFinding(
                ("epics", "state"),
                f"{len(there)} {model.vocabulary.epic.many} are in {state.name}.",
                f"{model.title} keeps at least {state.limit} there to choose from.",
                "Bring more options in before the next commitment.",
                "warning",
            )
        elif state.wip == "count per value stream":
            counts = Counter(stream for epic in there for stream, effort in epic.effort.items() if effort > 0)
            for stream in portfolio.value_streams:
                most = stream.wip_limit if stream.wip_limit is not None else state.limit
                if most is not None and counts[stream.id] > most:
                    yield _crowded(
                        model, state.model_copy(update={"limit": most}), counts[stream.id], f" of {stream.id}"
                    )
        elif state.wip == "capacity" and portfolio.can_plan:
            yield from _beyond_capacity(model, state, portfolio)


def _crowded_span(model: OperatingModel, span: Span, portfolio: Portfolio) -> Iterator[FieldFinding]:
    """States that are limited together and hold more than that, in a value stream or in all."""
    states = {state.name.casefold() for state in (() if model.flow is None else model.flow.within(span))}
    there = [epic for epic in portfolio.epics if (epic.state or "").casefold() in states]
    limits = {"": (len(there), span.limit if portfolio.portfolio_wip_limit is None else portfolio.portfolio_wip_limit)}
    if span.per == "value stream":
        counts = Counter(stream for epic in there for stream, effort in epic.effort.items() if effort > 0)
        limits = {
            f" of {stream.id}": (counts[stream.id], span.limit if stream.wip_limit is None else stream.wip_limit)
            for stream in portfolio.value_streams
        }
    for where, (count, most) in limits.items():
        if most is not None and count > most:
            yield FieldFinding(
                ("epics", "state"),
                f"{count} {model.vocabulary.epic.many}{where} are between {span.first} and {span.last}.",
                f"{span.name} allows {most} of them together.",
                f"Finish or stop some before another enters. {model.decision_rights_text('stop epics')}".strip(),
                "warning",
            )


def _crowded(model: OperatingModel, state: State, count: int, where: str) -> FieldFinding:
    return FieldFinding(
        ("epics", "state"),
        f"{count} {model.vocabulary.epic.many}{where} are in {state.name}.",
        f"Its WIP limit is {state.limit}.",
        f"Finish or stop some before another enters. {model.decision_rights_text('stop epics')}".strip(),
        "warning",
    )


def _beyond_capacity(model: OperatingModel, state: State, portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Work in a state that is limited by capacity, against all the capacity that the plan has."""
    load: Counter[str] = Counter()
    for epic in portfolio.epics:
        if epic.state and epic.state.casefold() == state.name.casefold():
            load.update(epic.effort)
    for index, stream in enumerate(portfolio.value_streams):
        there = sum(stream.capacity)
        if load[stream.id] > there * (1 + ROUNDING):
            yield FieldFinding(
                ("value_streams", index, "capacity"),
                f"{state.name} holds {load[stream.id]:g} units of effort of {stream.id}.",
                f"The whole plan has capacity for {there:g}; {model.title} limits this state by capacity.",
                "Move some of it back, or plan more capacity.",
                "warning",
            )
