"""Epics that do not fit even with nothing else planned, and what would make each fit: every way is tried before it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portfolio.domain import Epic, Portfolio
from portfolio.domain.tolerance import TOLERANCE
from portfolio.domain.wording import figure, place_words
from portfolio.edits.change import Change
from portfolio.edits.edit import edit, edited
from portfolio.guardrails import Limit, limits_of
from portfolio.optimizer.formulate import formulate
from portfolio.optimizer.formulation import ColumnKind, Formulation
from portfolio.options import Flags, Floats, Ints, all_options
from portfolio.results.epic_explanation import part_words

MOST_PARTS = 12
"""Into more parts than this nobody splits an epic at once."""


@dataclass(frozen=True)
class Obstacle:
    """The limit that an epic exceeds most by itself, in the option that exceeds its limits least."""

    need: float
    room: float
    name: str
    value_stream: str | None

    @property
    def words(self) -> str:
        """What it needs of the limit, and what there is."""
        return f"it needs {figure(self.need)} of {self.name}, which has {figure(self.room)}"


@dataclass(frozen=True)
class FitAlone:
    """Which options of a formulation exceed a limit even in an empty plan.

    Soft limits are left aside, and shares of what is selected, which say nothing of one epic. So are budgets that money may
    be moved into, unless a fit has to be certain.
    """

    formulation: Formulation
    certain: bool = False

    @cached_property
    def blocked(self) -> Flags:
        """Which options exceed a limit by themselves."""
        blocked = np.zeros(len(self.formulation.options), dtype=bool)
        blocked[self.formulation.column[self._too_much]] = True
        return blocked

    def epics(self) -> Iterator[int]:
        """The positions of the epics that have options, all of which are blocked."""
        epic = self.formulation.options.epic
        free = set(epic[~self.blocked].tolist())
        yield from sorted(set(epic.tolist()) - free)

    def obstacle(self, members: Ints) -> Obstacle | None:
        """What keeps an epic out; None where one of its options, `members`, fits alone."""
        formulation = self.formulation
        if not len(members) or not self.blocked[members].all():
            return None
        entries = np.flatnonzero(self._too_much & np.isin(formulation.column, members))
        row, need, option = formulation.row[entries], formulation.coefficient[entries], formulation.column[entries]
        with np.errstate(divide="ignore"):
            excess = need / formulation.row_upper[row]
        worst = {int(each): float(excess[option == each].max()) for each in np.unique(option)}
        easiest = min(worst, key=lambda each: worst[each])
        entry = int(np.argmax(np.where(option == easiest, excess, -np.inf)))
        source = formulation.sources[int(row[entry])]
        return Obstacle(
            float(need[entry]),
            float(formulation.row_upper[row[entry]]),
            room_words(formulation, int(row[entry])),
            source.place.get("value stream"),
        )

    @cached_property
    def fixed(self) -> Flags:
        """The rows that say by themselves what fits."""
        formulation = self.formulation
        fixed = np.array([_is_amount(formulation, row) for row in range(formulation.rows)], dtype=bool)
        if not self.certain:
            fixed[formulation.row[formulation.kind[formulation.column] == ColumnKind.BUDGET_SHIFT]] = False
        return fixed

    @cached_property
    def _too_much(self) -> Flags:
        """The entries of options that exceed their row by themselves."""
        formulation = self.formulation
        upper = formulation.row_upper[formulation.row]
        beyond: Flags = formulation.coefficient > upper * (1 + TOLERANCE)
        return beyond & formulation.of_option & self.fixed[formulation.row]


def room_words(formulation: Formulation, row: int) -> str:
    """What there is only so much of, with its place: `Capacity of PAY in PI 4`."""
    source = formulation.sources[row]
    guardrail = formulation.guardrails[source.guardrail] if source.guardrail >= 0 else None
    return place_words(guardrail.room if isinstance(guardrail, Limit) else source.name, source.place)


def _is_amount(formulation: Formulation, row: int) -> bool:
    source = formulation.sources[row]
    guardrail = formulation.guardrails[source.guardrail] if source.guardrail >= 0 else None
    return isinstance(guardrail, Limit) and guardrail.of != "selected" and guardrail.enforce != "soft"


def ways_to_fit(portfolio: Portfolio, epic: Epic, obstacle: Obstacle) -> list[list[Change]]:
    """Changes of an epic after which it fits alone, kind by kind, each tried: more periods, another value stream."""
    kinds = (_longer(portfolio, epic), _elsewhere(portfolio, epic, obstacle.value_stream))
    return [[change for change in changes if _fits(portfolio, epic, change)] for changes in kinds]


def parts_to_fit(portfolio: Portfolio, epic: Epic) -> int | None:
    """The fewest equal parts of an epic that fit, one after the other or beside each other, with nothing else planned."""
    for parts in range(2, MOST_PARTS + 1):
        if _fit_together(_limits_only(_part(portfolio, epic, parts), epic.id), parts):
            return parts
    return None


def advice(portfolio: Portfolio, epic: Epic, obstacle: Obstacle) -> str:
    """What would make an epic fit, as orders: each was tried; what else could be done where none of them would."""
    longer, elsewhere = ways_to_fit(portfolio, epic, obstacle)
    parts = parts_to_fit(portfolio, epic)
    split = [] if parts is None else [f"split it into {part_words(epic, parts)}"]
    orders = [*(change.order for change in longer[:1]), *split, *(change.order for change in elsewhere[:1])]
    if not orders:
        return "Make it smaller, or raise what limits it."
    listed = orders[0] if len(orders) == 1 else f"{', '.join(orders[:-1])}, or {orders[-1]}"
    return f"{listed[0].upper()}{listed[1:]}: then it fits."


def _longer(portfolio: Portfolio, epic: Epic) -> Iterator[Change]:
    """The epic may take more periods, the fewest first."""
    path = ("epics", portfolio.epic_index[epic.id], "max_periods")
    for periods in range(epic.longest + 1, len(portfolio.calendar.periods) + 1):
        yield Change(
            "duration",
            "Max periods",
            {"epic": epic.id},
            (edit(portfolio, path, periods),),
            to=str(periods),
            order=f"let it take up to {periods} periods (Max periods {periods})",
            condition=f"if it may take up to {periods} periods",
        )


def _elsewhere(portfolio: Portfolio, epic: Epic, stream: str | None) -> Iterator[Change]:
    """Another value stream does what one of them has no room for."""
    units = epic.effort.get(stream or "", 0.0)
    if stream is None or not units:
        return
    path, own = (
        ("epics", portfolio.epic_index[epic.id], "effort"),
        portfolio.value_streams[portfolio.stream_index[stream]],
    )
    for other in portfolio.value_streams:
        if other.id != stream:
            instead = (
                f"{other.title} does what {own.title} would do" if len(epic.effort) > 1 else f"{other.title} does it"
            )
            yield Change(
                "value stream",
                other.title,
                {"epic": epic.id},
                (
                    edit(portfolio, (*path, stream), None),
                    edit(portfolio, (*path, other.id), epic.effort.get(other.id, 0.0) + units),
                ),
                to=other.title,
                order=f"let {other.title} do {'its part' if len(epic.effort) > 1 else 'it'} instead of {own.title}",
                condition=f"if {instead}",
            )


def _fits(portfolio: Portfolio, epic: Epic, change: Change) -> bool:
    """Whether the epic fits alone after a change."""
    formulation = _limits_only(edited(portfolio, change.edits), epic.id)
    return bool(len(formulation.options)) and not FitAlone(formulation, certain=True).blocked.all()


def _part(portfolio: Portfolio, epic: Epic, parts: int) -> Portfolio:
    """The portfolio with one of the epic's equal parts in its place."""
    index, share = portfolio.epic_index[epic.id], 1 / parts
    effort = [edit(portfolio, ("epics", index, "effort", name), units * share) for name, units in epic.effort.items()]
    costs = [
        edit(portfolio, ("epics", index, field), cost * share)
        for field, cost in (("external_cost", epic.external_cost), ("mvp_cost", epic.mvp_cost))
        if cost is not None
    ]
    return edited(portfolio, [*effort, *costs])


def _limits_only(portfolio: Portfolio, epic_id: str) -> Formulation:
    """The options of one epic under every limit, with no other epic there; none before its state may be planned."""
    fields = {name: getattr(portfolio, name) for name in type(portfolio).model_fields}
    epic, periods = portfolio.epics[portfolio.epic_index[epic_id]], portfolio.calendar.periods
    first = max(portfolio.begins_from(epic), 0 if epic.earliest is None else portfolio.calendar.index(epic.earliest))
    epics = () if first >= len(periods) else (epic.model_copy(update={"earliest": periods[first]}) if first else epic,)
    alone = type(portfolio).model_construct(**{**fields, "epics": epics, "dependencies": ()})
    return formulate(all_options(alone, {epic_id: 0.0}), limits_of(alone))


def _fit_together(formulation: Formulation, parts: int) -> bool:
    """Whether so many options fit beside each other, the earliest that fits taken each time."""
    options, fit = formulation.options, FitAlone(formulation, certain=True)
    used: Floats = np.zeros(formulation.rows)
    order = [int(option) for option in np.lexsort((options.start, options.finish)) if not fit.blocked[option]]
    first, rows, coefficients = formulation.by_column
    placed = 0
    for option in order:
        entries = slice(first[option], first[option + 1])
        row, need = rows[entries], coefficients[entries]
        while placed < parts:
            over = used[row] + need > formulation.row_upper[row] * (1 + TOLERANCE)
            if np.any(over & fit.fixed[row]):
                break
            used[row] += need
            placed += 1
    return placed >= parts
