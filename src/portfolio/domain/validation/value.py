"""What an epic is worth: scores, money, urgency, and whether it can be planned at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from portfolio.domain.epic import RELATIVE_SCORES, Epic
from portfolio.domain.field import entry
from portfolio.domain.finding import FieldFinding, Severity
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.spelling import shown

WANTS = {
    "user_business_value": "Every epic needs all parts of its cost of delay to be ranked.",
    "time_criticality": "Every epic needs all parts of its cost of delay to be ranked.",
    "rr_oe": "Every epic needs all parts of its cost of delay to be ranked.",
    "job_size": "Every epic needs a size to be ranked.",
}
OWN_FIELDS = {
    "deadline": "deadline",
    "peak lost": "peak_loss",
    "short life": "life_weeks",
    "one-off": "net_present_value",
    "curve": "value_curve",
}
"""The field that an urgency profile cannot do without."""
ONLY_FOR = {"deadline": "deadline", "penalty": "deadline", "peak_loss": "peak lost", "value_curve": "curve"}
"""Fields that only one urgency profile reads, and the others ignore."""


def _parts(portfolio: Portfolio) -> list[str]:
    """The columns that make up cost of delay in this portfolio."""
    return [name for name in portfolio.scored_fields if name != "job_size"]


def _scored(epic: Epic, portfolio: Portfolio) -> bool:
    """Whether its cost of delay can be added up."""
    parts = _parts(portfolio)
    return bool(parts) and all(epic.figure(name) is not None for name in parts)


def _method(portfolio: Portfolio) -> str:
    return "WSJF" if portfolio.shape is None else portfolio.shape.title


def _blank(epic: Epic, portfolio: Portfolio) -> bool:
    """Whether nothing says what it is worth."""
    return not epic.has_money and all(epic.figure(name) is None for name in portfolio.scored_fields)


def _decided(epic: Epic) -> bool:
    return bool(epic.must) or epic.start is not None


def _has_effort(epic: Epic) -> bool:
    return bool(epic.effort) and max(epic.effort.values()) > 0


def plannable(epic: Epic, portfolio: Portfolio) -> str | None:
    """None if an epic can be valued and has effort; else the sentence that says why it is left out of the plan."""
    ordered = portfolio.ranked_by == "sheet"
    if not ordered and not epic.has_money and not _scored(epic, portfolio):
        return f"{epic.id} is not scored yet."
    if not ordered and portfolio.uses_money and portfolio.point_value is None and not epic.has_money:
        return f"{epic.id} has no benefit per week, while others are valued in money."
    if not _has_effort(epic):
        return f"{epic.id} has no effort in any value stream."
    return None


def _title(name: str) -> str:
    return entry(Epic, name).title if name in Epic.model_fields else name


def check_scores(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """An epic has all its relative scores or none of them; the order of the sheet needs none."""
    if portfolio.ranked_by == "sheet":
        return
    used = portfolio.scored_fields
    money = any(epic.has_money for epic in portfolio.epics)
    if portfolio.epics and not money and (not used or portfolio.offered_shape is not None):
        yield FieldFinding(
            ("epics",),
            "No epic has scores or money.",
            "Nothing can be ranked or planned without them.",
            _what_to_fill_in(portfolio),
            "error" if portfolio.can_plan and any(map(_decided, portfolio.epics)) else "warning",
        )
        return
    for index, epic in enumerate(portfolio.epics):
        figure = epic.figure
        if not used or None in [figure(name) for name in used]:
            yield from _scores(index, epic, portfolio)


def _what_to_fill_in(portfolio: Portfolio) -> str:
    """The columns that make epics rankable, and the setting that turns a scoring on whose columns are there."""
    offered = portfolio.offered_shape
    if offered is not None:
        return (
            f"They have the figures of {offered.title}: to rank by {offered.formula}, set Ranked by to {offered.name}."
        )
    if portfolio.shape is not None:
        return f"Fill in {', '.join(map(_title, portfolio.shape.fields))}: {portfolio.shape.title} is {portfolio.shape.formula}."
    own = [name for name in portfolio.score_fields if name not in RELATIVE_SCORES]
    if own:
        return f"Fill in the columns {', '.join(map(_title, portfolio.score_fields))}, or set Ranked by to sheet."
    return "Fill in the columns User-business value, Time criticality, RR/OE and Job size, or set Ranked by to sheet."


def _scores(index: int, epic: Epic, portfolio: Portfolio) -> Iterator[FieldFinding]:
    used, parts = portfolio.scored_fields, _parts(portfolio)
    empty = [name for name in used if epic.figure(name) is None]
    path = ("epics", index, parts[0] if parts else "benefit_per_week")
    if _blank(epic, portfolio):
        severity: Severity = "error" if _decided(epic) else "warning"
        rule = (
            "It has to be in the plan, so its value has to be known."
            if _decided(epic)
            else "It is left out of the ranking and of the plan."
        )
        yield FieldFinding(
            path, f"{epic.id} is not scored yet.", rule, "Score it when it is understood well enough.", severity
        )
    elif not parts or not empty:
        return
    elif len(empty) == len(used):
        yield FieldFinding(
            path,
            f"{epic.id} has money but no scores.",
            f"{_method(portfolio)} cannot rank it beside the others.",
            f"Score it, if it is to be ranked by {_method(portfolio)}.",
            "warning",
        )
    else:
        for name in empty:
            own = name not in Epic.model_fields
            example = "8" if own else shown(entry(Epic, name).example)
            yield FieldFinding(
                ("epics", index, "criteria", name) if own else ("epics", index, name),
                f"{_title(name)} is empty.",
                WANTS.get(name, f"Every epic needs {_title(name)} to be ranked."),
                f"Enter a number, for example {example}.",
            )


def check_money(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """Either every epic is valued in money, or points have a value in money."""
    if not portfolio.uses_money or portfolio.point_value is not None or portfolio.ranked_by == "sheet":
        return
    poor = [index for index, epic in enumerate(portfolio.epics) if not epic.has_money and not _blank(epic, portfolio)]
    rule = "Money and points cannot be added up."
    fix = (
        "Enter a number, for example 12000, or set Point value (money per point and week) in the portfolio's settings."
    )
    if not portfolio.can_plan and poor:
        what = f"Benefit per week is empty for {len(poor)} of {len(portfolio.epics)} epics, while others have it."
        yield FieldFinding(("epics", "benefit_per_week"), what, rule, fix, "warning")
        return
    for index in poor:
        yield FieldFinding(
            ("epics", index, "benefit_per_week"),
            "Benefit per week is empty, while other epics are valued in money.",
            rule,
            fix,
        )


def check_urgency(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """An urgency has the field it is computed from, and no field is given for an urgency that ignores it."""
    for index, epic in enumerate(portfolio.epics):
        if epic.urgency is None and epic.class_of_service is not None:
            continue  # the model that knows the class says which urgency it is, and then this is asked again
        urgency = epic.urgency or "standard"
        own = OWN_FIELDS.get(urgency)
        if own is not None and getattr(epic, own) is None:
            example = shown(entry(Epic, own).example).strip('"')
            yield FieldFinding(
                ("epics", index, own),
                f"{_title(own)} is empty.",
                f"Urgency {urgency} is computed from it.",
                f"Enter it, for example {example}.",
            )
        for name, profile in ONLY_FOR.items():
            if profile != urgency and getattr(epic, name) is not None:
                yield _ignored(index, epic, name, profile, urgency)


def _ignored(index: int, epic: Epic, name: str, profile: str, urgency: str) -> FieldFinding:
    worthless = name == "value_curve" and epic.benefit_per_week is None
    severity: Severity = "error" if worthless else "warning"
    rule = f"Only urgency {profile} uses it" + (
        ", and nothing else says what the epic is worth." if worthless else ", so it is ignored."
    )
    what = f"{_title(name)} is given, but Urgency is {urgency}."
    return FieldFinding(
        ("epics", index, name), what, rule, f"Set Urgency to {profile}, or clear {_title(name)}.", severity
    )


def check_value_curves(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """A drawn value curve runs forward in time and never rises."""
    for index, epic in enumerate(portfolio.epics):
        if epic.value_curve is None:
            continue
        path = ("epics", index, "value_curve")
        if not epic.value_curve:
            yield FieldFinding(
                path,
                "Value curve has no points.",
                "It needs at least one.",
                "Write for example 0: 900; 20: 500; 40: 0.",
            )
        for (week, value), (later, next_value) in pairwise(epic.value_curve):
            if later <= week:
                yield FieldFinding(
                    path,
                    f"Week {later:g} follows week {week:g}.",
                    "The weeks of a value curve increase.",
                    "Put the points in order of time.",
                )
                break
            if next_value > value:
                yield FieldFinding(
                    path,
                    f"The value rises from {value:g} to {next_value:g} at week {later:g}.",
                    "Value may fall with time and never rise.",
                    "Lower the later value, or raise the earlier one.",
                )
                break
        if any(value < 0 for _, value in epic.value_curve):
            yield FieldFinding(
                path, "A point of the value curve is below 0.", "Value is never negative.", "Enter 0 or more."
            )


def check_effort(portfolio: Portfolio) -> Iterator[FieldFinding]:
    """What is to be planned needs effort from a value stream."""
    if not portfolio.can_plan:
        return
    other = {epic.id for epic in portfolio.other_levels}
    without = [index for index, epic in enumerate(portfolio.epics) if not _has_effort(epic) and epic.id not in other]
    if without and len(without) == len(portfolio.epics) and not any(map(_decided, portfolio.epics)):
        yield FieldFinding(
            ("epics", "effort"),
            "No epic has effort.",
            "Without effort nothing can be planned.",
            "Enter Value stream and Effort for every epic, for example VS1 and 40.",
            "warning",
        )
        return
    for index in without:
        epic = portfolio.epics[index]
        if portfolio.ranked_by != "sheet" and _blank(epic, portfolio):
            continue
        severity: Severity = "error" if _decided(epic) else "warning"
        rule = (
            "It has to be in the plan, so its work has to be known."
            if _decided(epic)
            else "It is left out of the plan."
        )
        yield FieldFinding(
            ("epics", index, "effort"),
            f"{epic.id} has no effort in any value stream.",
            rule,
            "Enter Value stream and Effort, for example 40.",
            severity,
        )
