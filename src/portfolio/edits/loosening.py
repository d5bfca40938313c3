"""Tells whether edits only allow more, or only less: then the best plan is certainly worth no less, or no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from portfolio.domain.frozen import frozen_periods
from portfolio.domain.portfolio import Portfolio
from portfolio.edits.edit import Edit
from portfolio.edits.figures import DROPPABLE, Figure

DATES = {"latest": 1, "earliest": -1}
"""Dates of epics that allow more the later they are, or the earlier."""


def direction(portfolio: Portfolio, edits: Sequence[Edit]) -> int:
    """1 where every edit allows more, -1 where every one allows less, 0 where that is not certain."""
    signs = {_sign(portfolio, edit) for edit in edits if edit.before != edit.after}
    return signs.pop() if len(signs) == 1 else 0


def loosens(portfolio: Portfolio, edits: Sequence[Edit]) -> bool:
    """Whether whatever was possible stays possible, so that the best value does not fall."""
    return direction(portfolio, edits) == 1


def _sign(portfolio: Portfolio, edit: Edit) -> int:
    if edit.path[0] in {"guardrails", "dependencies"} and len(edit.path) == 2:
        return 1 if edit.after is None else -1 if edit.before is None else 0
    own = OWN_SIGNS.get((edit.path[0], edit.path[-1]))
    if own is not None:
        return own(portfolio, edit)
    figure = Figure(edit.path, "", None)
    if figure.field in DROPPABLE and None in (edit.before, edit.after):
        if figure.field == "budget" and _money_matters(portfolio):
            return 0
        return 1 if edit.after is None else -1
    if figure.field == "approved":
        return 1 if edit.after else -1
    labels = portfolio.calendar.periods
    if figure.field in DATES and edit.before in labels and edit.after in labels:
        later = labels.index(str(edit.after)) > labels.index(str(edit.before))
        return DATES[figure.field] * (1 if later else -1)
    if has_floor(portfolio, figure.field) or isinstance(edit.before, bool):
        return 0
    if not isinstance(edit.before, int | float) or not isinstance(edit.after, int | float):
        return 0
    return figure.looser * (1 if edit.after > edit.before else -1)


def _sign_of_state(portfolio: Portfolio, edit: Edit) -> int:
    """Whether another state frees an epic: a running one that may stop, or an option that may begin earlier."""
    if _states_matter(portfolio):
        return 0
    epic = portfolio.epics[int(edit.path[1])]
    was, now = (epic.model_copy(update={"state": state, "start": None}) for state in (edit.before, edit.after))
    if portfolio.is_running(was) or portfolio.is_running(now):
        return 1 if edit.after is None and portfolio.goes_on(was) else 0
    earlier = portfolio.begins_from(was) - portfolio.begins_from(now)
    return (earlier > 0) - (earlier < 0)


def _sign_of_class(portfolio: Portfolio, edit: Edit) -> int:
    """Whether an epic that had to meet its date no longer has to, and nothing else depends on its class."""
    was = portfolio.classes.get(str(edit.before).casefold())
    freed = was is not None and was.meets_date and not (was.bypasses_wip or was.at_once) and edit.after is None
    counted = any("class of service" in (*limit.where, *limit.per) for limit in portfolio.guardrails)
    return 1 if freed and not counted else 0


def _sign_of_review(portfolio: Portfolio, edit: Edit) -> int:
    """Whether another day of the review freezes fewer periods."""
    was, now = (
        portfolio.model_copy(update={"next_review": None if day is None else date.fromisoformat(str(day))})
        for day in (edit.before, edit.after)
    )
    fewer = frozen_periods(was) - frozen_periods(now)
    return (fewer > 0) - (fewer < 0)


def _states_matter(portfolio: Portfolio) -> bool:
    """Whether some guardrail counts epics by their state."""
    return any("state" in (*limit.where, *limit.per) for limit in portfolio.guardrails)


def _money_matters(portfolio: Portfolio) -> bool:
    """Whether a budget does more than limit spend: it may shift and take capacity along, or be what a share is of."""
    shifts = any(stream.max_budget_shift for stream in portfolio.value_streams)
    return shifts or any(limit.of == "budget" for limit in portfolio.guardrails)


def has_floor(portfolio: Portfolio, field: str) -> bool:
    """Whether some guardrail demands a share of what varies, so that more of it may allow less."""
    return any(limit.of == field and limit.at_least is not None for limit in portfolio.guardrails)


OWN_SIGNS: Mapping[tuple[str | int, str | int], Callable[[Portfolio, Edit], int]] = {
    ("epics", "state"): _sign_of_state,
    ("epics", "class_of_service"): _sign_of_class,
    ("next_review", "next_review"): _sign_of_review,
}
"""Fields of which it depends on the whole portfolio what they allow, by section and name."""
