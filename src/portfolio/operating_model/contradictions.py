"""Finds settings of an operating model that contradict each other, each with its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portfolio.domain import Epic
from portfolio.domain.finding import Path
from portfolio.domain.limit_spec import DIMENSIONS, LimitSpec
from portfolio.domain.scoring_shapes import BY_NAME as SHAPES
from portfolio.domain.spelling import nearest
from portfolio.operating_model.flow import COUNTED
from portfolio.operating_model.model import OperatingModel
from portfolio.operating_model.ranking import SCORE_FIELDS
from portfolio.policies import BY_NAME

Contradiction = tuple[Path, str]


def contradictions(model: OperatingModel) -> list[Contradiction]:
    """Every contradiction, in the order of the sections."""
    return [
        *_cadence(model),
        *_commitment(model),
        *_scoring(model),
        *_words(model),
        *_structure(model),
        *_levels(model),
        *_running_work(model),
        *_released(model),
        *_flow(model),
        *_guardrails(model),
        *_rights(model),
        *_choices(model),
        *_policies(model),
    ]


def _cadence(model: OperatingModel) -> Iterator[Contradiction]:
    cadence = model.cadence
    shortest, longest = cadence.shortest_weeks or 0.0, cadence.longest_weeks or float("inf")
    if shortest > longest:
        yield ("cadence", "shortest_weeks"), f"is {shortest:g}, above longest_weeks of {longest:g}; swap them."
    elif not shortest <= cadence.period_weeks <= longest:
        yield (
            ("cadence", "period_weeks"),
            f"is {cadence.period_weeks:g}, and periods last {shortest:g} to {longest:g} weeks; move it between them.",
        )


def _commitment(model: OperatingModel) -> Iterator[Contradiction]:
    said = model.commitment
    if said is None:
        return
    if said.point is not None and said.point.casefold() not in [state.casefold() for state in model.states]:
        yield ("commitment", "point"), _unknown(said.point, "a state", model.states)
    if said.by == "state" and (said.point is None or said.committed_periods is None):
        missing = "point" if said.point is None else "committed_periods"
        yield (
            ("commitment", "by"),
            f"is state, and {missing} is missing; say which state commits, and when options may begin.",
        )
    if said.forecast_periods is not None and said.committed_periods is None:
        yield (
            ("commitment", "forecast_periods"),
            f"is {said.forecast_periods}, and committed_periods is missing; say after which periods the forecast begins.",
        )


def _scoring(model: OperatingModel) -> Iterator[Contradiction]:
    scoring = model.scoring
    yield from _method(model)
    if any(later <= step for step, later in zip(scoring.scale, scoring.scale[1:], strict=False)):
        yield ("scoring", "scale"), "does not rise; write its values from the smallest to the largest, each once."
    numbers = tuple(criterion.name for criterion in model.own_criteria if criterion.takes == "number")
    yield from _criteria(model)
    for index, component in enumerate(scoring.components):
        if component.field not in (*SCORE_FIELDS, *numbers):
            yield (
                ("scoring", "components", index, "field"),
                _unknown(component.field, "a score or a criterion that is a number", (*SCORE_FIELDS, *numbers)),
            )
        if component.field in [other.field for other in scoring.components[:index]]:
            yield (
                ("scoring", "components", index, "field"),
                f"is {component.field} again; name it once, with one weight.",
            )


def _criteria(model: OperatingModel) -> Iterator[Contradiction]:
    fields = {str(field.title).casefold() for field in Epic.model_fields.values()}
    for index, criterion in enumerate(model.own_criteria):
        if criterion.name.casefold() in fields:
            yield (
                ("criteria", "criteria", index, "name"),
                f"is {criterion.name}, which every epic has already; use that column, or call it otherwise.",
            )
    yield from _twice(("criteria", "criteria"), [criterion.name for criterion in model.own_criteria], "name")


def _method(model: OperatingModel) -> Iterator[Contradiction]:
    method, given = model.scoring.method, model.scoring.model_fields_set
    if method == "stack rank" or method in SHAPES:
        has = "a stack rank has no scores" if method == "stack rank" else f"{SHAPES[method].title} has its own"
        for field in ("scale", "components", "denominator", *(("formula",) if method == "stack rank" else ())):
            if field in given:
                yield ("scoring", field), f"is given, and {has}; delete it, or set method to wsjf."
    if method == "stack rank":
        if model.objective.maximise in {"value", "net"}:
            yield (
                ("objective", "maximise"),
                f"is {model.objective.maximise}, and a stack rank knows no value; set it to rank order.",
            )
    elif method == "wsjf":
        for field in ("components", "denominator"):
            if field not in given:
                yield ("scoring", "method"), f"is wsjf, and {field} is missing; WSJF is computed from it."


def _words(model: OperatingModel) -> Iterator[Contradiction]:
    categories = model.categories
    for field in ("types", "enablers", "horizons", "categories"):
        yield from _twice(("categories", field), getattr(categories, field))
    for index, word in enumerate(categories.enablers):
        if word not in categories.types:
            yield ("categories", "enablers", index), _unknown(word, "a type", categories.types)


def _structure(model: OperatingModel) -> Iterator[Contradiction]:
    for name in () if model.structure is None else ("teams", "value_streams", "streams_per_epic"):
        span = getattr(model.structure, name)
        if span is not None and span.at_least is None and span.at_most is None:
            yield ("structure", name), "says neither at_least nor at_most; give one of them."
        elif span is not None and span.at_most is not None and (span.at_least or 0) > span.at_most:
            yield ("structure", name, "at_least"), f"is {span.at_least}, above at_most of {span.at_most}; swap them."


def _levels(model: OperatingModel) -> Iterator[Contradiction]:
    if model.levels is not None:
        yield from _twice(("levels", "levels"), model.levels.names, "name")
        if model.levels.planned not in model.levels.names:
            yield ("levels", "planned"), _unknown(model.levels.planned, "a level", model.levels.names)


def _running_work(model: OperatingModel) -> Iterator[Contradiction]:
    review = None if model.running_work is None else model.running_work.review
    reviews = [known.name for known in model.cadence.reviews]
    if review is not None and review not in reviews:
        yield ("running_work", "review"), _unknown(review, "a review", reviews)


def _released(model: OperatingModel) -> Iterator[Contradiction]:
    for index, word in enumerate(model.categories.released):
        if word not in model.states:
            yield ("categories", "released", index), _unknown(word, "a state", model.states)


def _flow(model: OperatingModel) -> Iterator[Contradiction]:
    states = () if model.flow is None else model.flow.states
    for index, state in enumerate(states):
        if state.limit is not None and state.wip not in COUNTED:
            yield (
                ("flow", "states", index, "limit"),
                f"is {state.limit}, and wip is {state.wip}, which takes no number; delete it, or set wip to count.",
            )
    yield from _twice(("flow", "states"), model.states, "name")
    yield from _spans(model)
    yield from _twice(("service_classes", "classes"), model.classes, "name")


def _spans(model: OperatingModel) -> Iterator[Contradiction]:
    for index, span in enumerate(() if model.flow is None else model.flow.spans):
        for field in ("first", "last"):
            if getattr(span, field) not in model.states:
                yield ("flow", "spans", index, field), _unknown(getattr(span, field), "a state", model.states)
        if {span.first, span.last} <= set(model.states) and model.flow is not None and not model.flow.within(span):
            yield ("flow", "spans", index, "last"), f"is {span.last}, which comes before {span.first}; swap them."


def _guardrails(model: OperatingModel) -> Iterator[Contradiction]:
    known = {
        "type": model.categories.types,
        "horizon": model.categories.horizons,
        "category": model.categories.categories,
        "state": model.states,
        "class of service": model.classes,
    }
    yield from _twice(("guardrails", "limits"), [limit.name for limit in model.limits], "name")
    yield from _twice(("guardrails", "templates"), [limit.name for limit in model.templates], "name")
    for index, limit in enumerate(model.templates):
        place: Path = ("guardrails", "templates", index)
        if limit.at_least is not None or limit.at_most is not None:
            yield place, "has a figure, and a template leaves it open; write it in limits instead."
        yield from _dimensions(place, limit, known)
    for index, limit in enumerate(model.limits):
        path: Path = ("guardrails", "limits", index)
        yield from _level(path, limit)
        yield from _dimensions(path, limit, known)


def _level(path: Path, limit: LimitSpec) -> Iterator[Contradiction]:
    if limit.at_least is None and limit.at_most is None:
        yield path, "says neither at_least nor at_most; give one of them."
    elif limit.at_least is not None and limit.at_most is not None and limit.at_least > limit.at_most:
        yield (*path, "at_least"), f"is {limit.at_least:g}, above at_most of {limit.at_most:g}; swap them."
    if limit.enforce == "soft" and limit.price is None:
        yield (*path, "enforce"), "is soft, and price is missing; say what one unit of breach costs."
    if limit.enforce == "hard" and limit.price is not None:
        yield (
            (*path, "price"),
            "is given for a hard limit, which is never broken; delete it, or set enforce to soft.",
        )


def _dimensions(path: Path, limit: LimitSpec, known: Mapping[str, Iterable[str]]) -> Iterator[Contradiction]:
    for place, dimension in enumerate(limit.per):
        if dimension not in DIMENSIONS:
            yield (*path, "per", place), _unknown(dimension, "something to group by", DIMENSIONS)
    for dimension, words in limit.where.items():
        if dimension not in DIMENSIONS:
            yield (*path, "where", dimension), _unknown(dimension, "something to filter by", DIMENSIONS)
            continue
        there = {word.casefold() for word in known.get(dimension, ())}
        for word in words:
            if there and word.casefold() not in there:
                yield (*path, "where", dimension), _unknown(word, f"a {dimension}", known[dimension])


def _rights(model: OperatingModel) -> Iterator[Contradiction]:
    roles = () if model.roles is None else tuple(role.name for role in model.roles.roles)
    yield from _twice(("roles", "roles"), roles, "name")
    rights = () if model.decision_rights is None else model.decision_rights.rights
    reviews = tuple(review.name for review in model.cadence.reviews)
    for index, right in enumerate(rights):
        if roles and right.by not in roles:
            yield ("decision_rights", "rights", index, "by"), _unknown(right.by, "a role", roles)
        if right.review is not None and right.review not in reviews:
            yield ("decision_rights", "rights", index, "review"), _unknown(right.review, "a review", reviews)
    yield from _twice(
        ("decision_rights", "rights"), [f"{right.decision} {right.where}".strip() for right in rights], "decision"
    )


def _choices(model: OperatingModel) -> Iterator[Contradiction]:
    yield from _twice(("choices", "points"), [point.decision for point in model.decision_points], "decision")
    for index, point in enumerate(model.decision_points):
        path: Path = ("choices", "points", index)
        yield from _twice((*path, "options"), point.names, "name")
        if point.chosen is not None and point.chosen not in point.names:
            yield (*path, "chosen"), _unknown(point.chosen, "one of the options", point.names)


def _policies(model: OperatingModel) -> Iterator[Contradiction]:
    for index, policy in enumerate(() if model.policies is None else model.policies.policies):
        path: Path = ("policies", "policies", index)
        if policy.check is None:
            if policy.limits:
                yield (*path, "limits"), "is given, and no check measures it; name the check, or delete the limits."
        elif policy.check not in BY_NAME:
            yield (*path, "check"), _unknown(policy.check, "a check", BY_NAME)
        else:
            for name, limit in policy.limits.items():
                if name not in BY_NAME[policy.check].limits:
                    yield (
                        (*path, "limits", name),
                        _unknown(name, f"a limit of {policy.check}", BY_NAME[policy.check].limits),
                    )
                elif limit < 0:
                    yield (*path, "limits", name), f"is {limit:g}; a limit is 0 or more."


def _twice(path: Path, words: Iterable[str], field: str | None = None) -> Iterator[Contradiction]:
    seen: set[str] = set()
    for index, word in enumerate(words):
        if word.casefold() in seen:
            yield (*path, index, *([field] if field else [])), f"is {word} again; name it once."
        seen.add(word.casefold())


def _unknown(word: str, what: str, known: Iterable[str]) -> str:
    names = list(known)
    meant = nearest(word, names)
    hint = f"did you mean {meant}?" if meant else f"there are {', '.join(names)}." if names else "none is named."
    return f"is {word}, which is not {what} here; {hint}"
