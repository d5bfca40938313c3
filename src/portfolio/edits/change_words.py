"""How people say a change: as an order, as a condition, as a line of a table.

Figures, levels and dates are said by their field, so that any edit can be said, whoever made it. A rule that has a better
word than its field, such as approving an epic, brings it along in its change.
"""

from __future__ import annotations

from portfolio.domain.field import entry
from portfolio.domain.finding import Path
from portfolio.domain.limit_spec import LimitSpec
from portfolio.domain.portfolio import Portfolio
from portfolio.domain.validation_messages import RECORDS
from portfolio.domain.wording import amount, figure, place_words
from portfolio.edits.change import NAMED_BY, Change
from portfolio.edits.edit import Edit

LEVELS = {"at_least": "at least", "at_most": "at most"}
DATES = {"start": "start {} in {}", "earliest": "let {} begin in {}", "latest": "let {} end in {}"}
WIP_LIMITS = ("wip_limit", "portfolio_wip_limit")


def order(change: Change, portfolio: Portfolio) -> str:
    """A change as an order: `raise capacity of Web in PI 1 by 8`, `drop must of EP-3`."""
    edit = change.edits[0]
    field = field_of(edit.path)
    if change.order:
        return change.order
    if len(edit.path) == 2 and edit.path[0] in NAMED_BY:
        return f"{'add' if edit.after is not None else 'drop'} {place_words(change.name.lower(), change.place)}"
    if field in {"capacity", "budget"} and change.raised_by:
        return _amount_order(change, portfolio, field)
    if field in WIP_LIMITS and edit.after is not None:
        whose = f"the WIP limit of {_owner(edit.path, portfolio)}" if len(edit.path) > 1 else "the portfolio WIP limit"
        return f"{_direction(change)} {whose} from {_figure(edit.before)} to {_figure(edit.after)}"
    if field == "reserve" and edit.after is not None:
        before, after = (f"{_number(level):.1%}".replace(".0%", "%") for level in (edit.before, edit.after))
        return f"{_direction(change)} the reserve from {before} to {after}"
    if field in LEVELS:
        return _level_order(edit, portfolio.guardrails[int(edit.path[1])], portfolio)
    if field in DATES and None not in (edit.before, edit.after):
        return f"{DATES[field].format(_owner(edit.path, portfolio), edit.after)} instead of {edit.before}"
    return _field_order(edit, portfolio)


def condition(change: Change, portfolio: Portfolio) -> str:
    """A change as a condition: `with 15 more capacity of Web in PI 1`, `if its dependency on EP-6 is dropped`."""
    edit, place, size = change.edits[0], change.place, figure(change.amount or 0.0)
    field = field_of(edit.path)
    if change.condition:
        return change.condition
    if field == "capacity":
        return f"with {size} more capacity of {_title(change, portfolio)} in {place['period']}"
    if field == "budget":
        money = portfolio.money_unit
        return f"with {size} {money} more budget for {_title(change, portfolio)} in {place['budget period']}"
    if field in WIP_LIMITS:
        slots = "one more WIP slot" if change.amount == 1 else f"{size} more WIP slots"
        return f"with {slots} in {_title(change, portfolio) or 'the portfolio'}"
    if field == "reserve" and edit.after is not None:
        return f"if the reserve is {_by(change, portfolio)} lower"
    if field in LEVELS:
        return f"if {change.name} is {_by(change, portfolio)} {'lower' if field == 'at_least' else 'higher'}"
    return f"without {place_words(change.name, place)}"


def label(change: Change, portfolio: Portfolio) -> str:
    """A change as a line of a table: the rule that is dropped, or how much more there is of something."""
    if change.label:
        return change.label
    stream = _title(change, portfolio)
    words = [stream if stream and name == "value stream" else word for name, word in change.place.items()]
    if change.amount is None:
        return " ".join([change.name, *words])
    there = ", ".join(words) or "the portfolio"
    if change.kind == "WIP slot":
        return f"one more WIP slot, {there}"
    money = f"{portfolio.money_unit} " if change.unit == "money" else ""
    return f"{figure(change.amount)} {money}more {change.kind}, {there}"


def field_of(path: Path) -> str:
    """The field that a path ends in, or in a part of: `capacity` of one period, `effort` from one value stream."""
    return str(path[2] if len(path) > 2 and path[0] in RECORDS else path[-1])


def _amount_order(change: Change, portfolio: Portfolio, field: str) -> str:
    """Capacity or budget of a value stream; money is that of the budget period which the edited period belongs to."""
    path, calendar, by = change.edits[0].path, portfolio.calendar, figure(abs(change.raised_by))
    when, unit = "", "" if field == "capacity" else f" {portfolio.money_unit}"
    if len(path) > 3:
        period = int(path[3])
        label = (
            calendar.periods[period] if field == "capacity" else calendar.budget_labels[calendar.budget_index[period]]
        )
        when = f" in {label}"
    return f"{_direction(change)} {field} of {_owner(path, portfolio)}{when} by {by}{unit}"


def _level_order(edit: Edit, limit: LimitSpec, portfolio: Portfolio) -> str:
    """A level of the sheet Guardrails: raised, lowered, or cleared."""
    side = LEVELS[field_of(edit.path)]
    if edit.after is None:
        return f"drop {side} of {limit.name}"
    unit = portfolio.money_unit if limit.measure in {"spend", "capex", "opex"} else ""
    before, after = (
        f"{_number(level):.1%}".replace(".0%", "%") if limit.of else amount(_number(level), unit).strip()
        for level in (edit.before, edit.after)
    )
    verb = "raise" if _number(edit.after) > _number(edit.before) else "lower"
    return f"{verb} {side} of {limit.name} from {before} to {after}"


def _field_order(edit: Edit, portfolio: Portfolio) -> str:
    """Any field: dropped, or set to something."""
    path = edit.path
    record = RECORDS.get(str(path[0]), Portfolio)
    field = field_of(path)
    title = entry(record, field).title if field in record.model_fields else field.replace("_", " ")
    words = " ".join(word.lower() if word[1:].islower() else word for word in title.split())
    what = " of ".join(filter(None, [words, _owner(path, portfolio)]))
    return f"drop {what}" if edit.after is None else f"set {what} to {edit.after}"


def _by(change: Change, portfolio: Portfolio) -> str:
    """By how much a level moves; shares in percentage points."""
    size = change.amount or 0.0
    if change.unit == "share":
        return f"{size * 100:.3g} percentage points"
    return amount(size, portfolio.money_unit) if change.unit == "money" else figure(size)


def _owner(path: Path, portfolio: Portfolio) -> str:
    """The epic, value stream or guardrail that a field belongs to; nothing for a setting."""
    if path[0] not in NAMED_BY or len(path) < 3:
        return ""
    return str(getattr(getattr(portfolio, str(path[0]))[path[1]], NAMED_BY[str(path[0])]))


def _title(change: Change, portfolio: Portfolio) -> str | None:
    """The name that people know the value stream of a change by."""
    stream = portfolio.stream_index.get(change.place.get("value stream", ""))
    return None if stream is None else portfolio.value_streams[stream].title


def _direction(change: Change) -> str:
    return "raise" if change.raised_by > 0 else "lower"


def _figure(value: object) -> str:
    return figure(_number(value))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
