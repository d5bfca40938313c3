"""Says which settings an answer depends on, and where each of them came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from portfolio.domain import Portfolio
from portfolio.domain.finding import Path
from portfolio.domain.uncertainty import ONLY_WHERE_GIVEN
from portfolio.edits import Scenario, ScenarioEdit
from portfolio.engine.load import HasErrorsError, Loaded
from portfolio.engine.scenario import with_scenario
from portfolio.operating_model.flow import WipKind
from portfolio.operating_model.guide import TOLD
from portfolio.policies import BY_NAME

FROM_MODEL: dict[str, tuple[str, str]] = {
    "calendar.period_weeks": ("cadence", "period_weeks"),
    "epic_threshold": ("approval", "threshold"),
    "reserve": ("reserve", "share"),
    "ranked_by": ("scoring", "method"),
}
"""Settings of a portfolio that its model fills in where they are blank, with the model's own setting for each."""
DEFAULT = "default"
ARGUMENT = "argument"
"""Where the model came from when it was given beside the portfolio."""


@dataclass(frozen=True)
class Setting:
    """One setting with its value and where that came from: a cell, a line of the model's file, or the default."""

    name: str
    value: object
    origin: str
    path: Path | None = None
    """Where it stands in the portfolio; None for settings of the model."""

    def as_json(self) -> dict[str, object]:
        """The setting in the published JSON format."""
        return {"name": self.name, "value": self.value, "origin": self.origin}


def settings(loaded: Loaded, scenario: Scenario | None = None) -> tuple[Setting, ...]:
    """Every setting that an answer depends on: those of the portfolio, then all of its operating model.

    What a scenario changes comes first, with the line or the cells that say so. Raises HasErrorsError where it cannot be
    read.
    """
    portfolio = loaded.portfolio
    if portfolio is None:
        raise HasErrorsError(loaded.findings)
    if scenario is not None:
        changed, applied = with_scenario(loaded, scenario)
        if changed.portfolio is None:
            raise HasErrorsError(changed.findings)
        edited = {edit.path: _edited(scenario, edit) for edit in applied.edits}
        others = [one for one in settings(loaded) if not _within(one.path, edited)]
        return (*edited.values(), *others)
    return (
        *_of_portfolio(loaded, portfolio),
        *_of_records(loaded, portfolio),
        *_of_model(loaded),
        *_of_policies(loaded),
    )


def _edited(scenario: Scenario, edit: ScenarioEdit) -> Setting:
    return Setting(edit.figure, edit.after, f"scenario {scenario.name}, {edit.line.place}", edit.path)


def _within(path: Path | None, changed: Iterable[Path]) -> bool:
    """Whether a setting, or the whole of what it belongs to, was changed."""
    return path is not None and any(path[: len(other)] == other for other in changed)


def _of_portfolio(loaded: Loaded, portfolio: Portfolio) -> Iterator[Setting]:
    from portfolio.intake.columns import SETTINGS

    for column in SETTINGS.columns:
        path = tuple(column.field.split("."))
        value: object = portfolio
        given: object = loaded.reading.portfolio
        for step in path:
            value, given = getattr(value, step), getattr(given, step)
        if column.field == "model":
            origin = ARGUMENT if loaded.asked_model is not None else _given(loaded, path) if value else DEFAULT
            yield Setting(column.heading, loaded.model.name, origin)
        elif given not in (None, ()):
            yield Setting(column.heading, value, _given(loaded, path), path)
        elif value not in (None, ()) and column.field in FROM_MODEL:
            yield Setting(column.heading, value, _line(loaded, FROM_MODEL[column.field]), path)
        elif portfolio.portfolio_wip_limit is not None and column.field == "portfolio_wip_limit":
            limit = portfolio.portfolio_wip_limit
            yield Setting(column.heading, limit, _limit_line(loaded, limit, "count in progress"), path)
        elif column.field not in ONLY_WHERE_GIVEN:
            yield Setting(column.heading, None if value == () else value, DEFAULT, path)


def _of_records(loaded: Loaded, portfolio: Portfolio) -> Iterator[Setting]:
    """What a model may have filled in beside the settings: WIP limits, urgencies, guardrails."""
    before = loaded.reading.portfolio or portfolio
    for index, (stream, was) in enumerate(zip(portfolio.value_streams, before.value_streams, strict=True)):
        filled = was.wip_limit is None and stream.wip_limit is not None
        given = DEFAULT if stream.wip_limit is None else _given(loaded, ("value_streams", index, "wip_limit"))
        yield Setting(
            f"WIP limit of {stream.id}",
            stream.wip_limit,
            _limit_line(loaded, stream.wip_limit or 0) if filled else given,
            ("value_streams", index, "wip_limit"),
        )
    for index, (epic, earlier) in enumerate(zip(portfolio.epics, before.epics, strict=True)):
        if epic.urgency is not None:
            own = earlier.urgency is not None
            place = _given(loaded, ("epics", index, "urgency")) if own else _class_line(loaded, epic.class_of_service)
            yield Setting(f"Urgency of {epic.id}", epic.urgency, place, ("epics", index, "urgency"))
    own_names = len(before.guardrails)
    for index, limit in enumerate(portfolio.guardrails):
        path: Path = ("guardrails", index)
        if index < own_names:
            yield Setting(f"Guardrail {limit.name}", limit.enforce, _given(loaded, path), path)
        else:
            names = [known.name for known in loaded.model.limits]
            place = (
                _line(loaded, ("guardrails", "limits", names.index(limit.name)))
                if limit.name in names
                else _class_line(loaded, limit.where["class of service"][0])
            )
            yield Setting(f"Guardrail {limit.name}", limit.enforce, place, path)


def _of_model(loaded: Loaded) -> Iterator[Setting]:
    for section in type(loaded.model).model_fields:
        part = getattr(loaded.model, section)
        if not isinstance(part, BaseModel) or section in TOLD:
            continue
        for name, value in part.model_dump(mode="json").items():
            if name != "source":
                yield Setting(f"model: {section}.{name}", value, _line(loaded, (section, name)))


def _of_policies(loaded: Loaded) -> Iterator[Setting]:
    """Each limit that a policy is measured by: the model's, else the check's own."""
    for index, policy in enumerate(() if loaded.model.policies is None else loaded.model.policies.policies):
        own = BY_NAME[policy.check].limits if policy.check is not None else {}
        for name, limit in own.items():
            given = name in policy.limits
            place = _line(loaded, ("policies", "policies", index)) if given else DEFAULT
            yield Setting(f"policy: {policy.check}, {name}", policy.limits.get(name, limit), place)


def _limit_line(loaded: Loaded, limit: int, kind: WipKind = "count per value stream") -> str:
    """The line of the state or span whose WIP limit was taken; a scenario's own limit is none of them."""
    flow = loaded.model.flow
    if flow is None:
        return DEFAULT
    per = "value stream" if kind == "count per value stream" else "portfolio"
    taken = [("states", number) for number, one in enumerate(flow.states) if (one.wip, one.limit) == (kind, limit)]
    taken += [("spans", number) for number, one in enumerate(flow.spans) if (one.per, one.limit) == (per, limit)]
    return _line(loaded, ("flow", *taken[-1 if flow.spans else 0])) if taken else DEFAULT


def _given(loaded: Loaded, path: tuple[str | int, ...]) -> str:
    return loaded.reading.place(path)


def _line(loaded: Loaded, path: tuple[str | int, ...]) -> str:
    line = loaded.model_lines.get(path)
    return DEFAULT if line is None else f"{loaded.model_file}, line {line}"


def _class_line(loaded: Loaded, name: str | None) -> str:
    index = [known.casefold() for known in loaded.model.classes].index((name or "").casefold())
    return _line(loaded, ("service_classes", "classes", index))
