"""Changes: concrete edits of a portfolio's fields that make room for a plan."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from portfolio.domain import Plan, Portfolio
from portfolio.domain.finding import Path
from portfolio.guardrails import Place
from portfolio.guardrails.limits import mix
from portfolio.optimizer.formulation import Formulation, RowSource
from portfolio.optimizer.infeasibility.guardrail_inputs import declared_limit, guardrail_inputs
from portfolio.options import Options

Value = float | int | str | bool | None
SHARE_STEPS, AMOUNT_DIGITS = 1000, 9
"""Shares are changed to a tenth of a percent, amounts are rounded to so many digits; both away from the limit."""


@dataclass(frozen=True)
class Change:
    """One edit: which guardrail it is about and where, and each field with its value before and after.

    `field` is the last word of the fields' paths; a line of the sheet Dependencies is deleted, not changed.
    """

    field: str
    name: str
    place: Place
    edits: tuple[tuple[Path, Value], ...]
    before: Value
    after: Value

    @property
    def amount(self) -> float:
        """By how much a figure is raised (positive) or lowered; 0 where it is no figure."""
        numbers = self.after, self.before
        if any(isinstance(number, bool | str) or number is None for number in numbers):
            return 0.0
        return float(self.after or 0.0) - float(self.before or 0.0)


def changed(portfolio: Portfolio, changes: Sequence[Change]) -> Portfolio:
    """The portfolio with these changes made."""
    fields: dict[str, dict[int, dict[str, Value | tuple[float, ...]]]] = defaultdict(lambda: defaultdict(dict))
    update: dict[str, object] = {}
    deleted: set[int] = set()
    for path, value in (edit for change in changes for edit in change.edits):
        if len(path) == 1:
            update[str(path[0])] = value
        elif path[0] == "dependencies":
            deleted.add(int(path[1]))
        else:
            record = fields[str(path[0])][int(path[1])]
            record[str(path[2])] = value if len(path) == 3 else _replaced(portfolio, path, record, value)
    for section, records in fields.items():
        update[section] = tuple(
            record.model_copy(update=records[index]) if index in records else record
            for index, record in enumerate(getattr(portfolio, section))
        )
    update["dependencies"] = tuple(link for index, link in enumerate(portfolio.dependencies) if index not in deleted)
    return portfolio.model_copy(update=update)


def _replaced(
    portfolio: Portfolio, path: Path, record: Mapping[str, Value | tuple[float, ...]], value: Value
) -> tuple[float, ...]:
    """The amounts of a value stream with one of them replaced."""
    field, turn = str(path[2]), int(path[3])
    given = record.get(field)
    amounts = given if isinstance(given, tuple) else getattr(portfolio.value_streams[int(path[1])], field)
    return tuple(float(value or 0.0) if index == turn else amount for index, amount in enumerate(amounts))


def sum_changes(formulation: Formulation, breaches: Mapping[int, float]) -> Iterator[Change]:
    """More capacity, budget or WIP limit, by as much as rows (by number) are broken; a limit of all periods once."""
    portfolio = formulation.options.portfolio
    needed: dict[Path, tuple[RowSource, float]] = {}
    for row, breach in breaches.items():
        source = formulation.sources[row]
        if declared_limit(formulation, source.guardrail) is None:
            path = guardrail_inputs(formulation, source)[0]
            if breach > needed.get(path, (source, 0.0))[1]:
                needed[path] = (source, breach)
    for path, (source, breach) in sorted(needed.items(), key=str):
        if path[0] == "portfolio_wip_limit":
            before: float = portfolio.portfolio_wip_limit or 0
        else:
            stream, field = portfolio.value_streams[int(path[1])], str(path[2])
            before = getattr(stream, field)[path[3]] if len(path) > 3 else getattr(stream, field)
        more = outward(breach)
        after = before + (math.ceil(more - 1e-6) if "wip" in str(path[-1]) else more)
        place = source.place if len(path) > 3 else {key: word for key, word in source.place.items() if key != "period"}
        field = str(path[2]) if len(path) > 2 else str(path[0])
        yield Change(field, source.name, place, ((path, after),), before, after)


def level_changes(options: Options) -> Iterator[Change]:
    """Levels of the sheet Guardrails, moved to what a plan (by its options) uses wherever one of their places is broken."""
    nothing = np.zeros(0)
    for index, limit in enumerate(mix(options.portfolio)):
        broken = [status for status in limit.status(options, nothing) if not status.met]
        share = limit.of is not None
        for field, sign in (("at_least", -1), ("at_most", 1)):
            level = getattr(limit, field)
            used = [status.used for status in broken if level is not None and sign * (status.used - level) > 0]
            if used and limit.enforce == "hard":
                furthest = max(used) if sign > 0 else min(used)
                after = _share_outward(furthest, sign) if share else outward(furthest)
                yield Change(field, limit.name, {}, ((("guardrails", index, field), after),), level, after)


def rule_changes(formulation: Formulation, rows: Sequence[int]) -> Iterator[Change]:
    """Rules dropped: a must, a start, an approval that is given, a dependency deleted, a group dissolved."""
    portfolio = formulation.options.portfolio
    seen: set[str] = set()
    for source in (formulation.sources[row] for row in rows):
        key = f"{source.guardrail} {dict(source.place)}"
        if key in seen:
            continue
        seen.add(key)
        paths = guardrail_inputs(formulation, source)
        edits: list[tuple[Path, Value]] = [(path, None) for path in paths]
        field = "dependency" if paths[0][0] == "dependencies" else str(paths[0][2])
        before: Value = None if field == "dependency" else getattr(portfolio.epics[int(paths[0][1])], field)
        if field == "approved":
            edits = [(paths[0], True)]
        elif field == "start":
            edits.append((("epics", paths[0][1], "must"), None))
        yield Change(field, source.name, source.place, tuple(edits), before, edits[0][1])


def date_changes(portfolio: Portfolio, plan: Plan) -> Iterator[Change]:
    """Dates moved to where the plan puts the epics that it puts outside of them."""
    labels = portfolio.calendar.periods
    for index, epic in enumerate(portfolio.epics):
        booking = plan.bookings.get(epic.id)
        if booking is None:
            continue
        wanted = {
            "start": booking.start if epic.start is not None else None,
            "earliest": booking.start if _before(portfolio, booking.start, epic.earliest) else None,
            "latest": booking.finish if _after(portfolio, booking.finish, epic.latest) else None,
        }
        for field, period in wanted.items():
            before = getattr(epic, field)
            if period is not None and labels[period] != before:
                path: Path = ("epics", index, field)
                yield Change(field, field, {"epic": epic.id}, ((path, labels[period]),), before, labels[period])


def _before(portfolio: Portfolio, period: int, label: str | None) -> bool:
    return label is not None and period < portfolio.calendar.index(label)


def _after(portfolio: Portfolio, period: int, label: str | None) -> bool:
    return label is not None and period > portfolio.calendar.index(label)


def outward(amount: float) -> float:
    """An amount without the digits that rounding left behind."""
    return float(f"{amount:.{AMOUNT_DIGITS}g}")


def _share_outward(share: float, sign: int) -> float | None:
    """A share to the next step that is enough; none at all where it would have to be more than everything."""
    if share > 1 + 1e-9:
        return None
    steps = share * SHARE_STEPS
    return (math.ceil(steps - 1e-6) if sign > 0 else math.floor(steps + 1e-6)) / SHARE_STEPS
