"""Limits: at least or at most so much of a measure, per group, as an amount or as a share of something.

A limit is declared once; its rows, its check of any plan and its status are derived from that declaration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from portfolio.domain import Plan, Portfolio
from portfolio.domain.finding import Path
from portfolio.domain.limit_spec import PLACES, MeasureName
from portfolio.domain.tolerance import TOLERANCE
from portfolio.domain.wording import place_words
from portfolio.edits.change import Change
from portfolio.edits.edit import edit
from portfolio.guardrails.budget_shift import BudgetShift
from portfolio.guardrails.grouping import Groups
from portfolio.guardrails.guardrail import Rows
from portfolio.guardrails.level import Level, natural_level
from portfolio.guardrails.live import NOTHING, Cells, LiveFigure, LiveStatus, blank_if_empty, measured_only
from portfolio.guardrails.measure import UNITS, Amounts, amounts
from portfolio.guardrails.status import GuardrailStatus, Place, number
from portfolio.options import Floats, Ints, Options, summed

Base = Literal["capacity", "budget", "wip limit", "selected"]
SIDES = ("at_least", "at_most")
ALLOCATION: Mapping[Base, tuple[str, str]] = {
    "capacity": ("effort", "funded_capacity"), "wip limit": ("wip", "wip_limit"), "budget": ("spend", "funded"),
}  # fmt: skip
"""Columns of the sheet Allocation that say what is used of a base, and what there is of it after money has moved."""


@dataclass(frozen=True)
class Limit:
    """A limit on the sum of a measure, group by group; `of` None makes the limits amounts, else shares of that base.

    `whole` limits are 100 % of their base (capacity, lean budget, WIP limit): they are shown as amounts, and the first
    two move with the money where budgets may shift. `line` is the limit's line on the sheet Guardrails, from 0; a limit that
    a portfolio has by its nature says where its figure stands instead: `level` is a path of the JSON format, in which the
    name of a dimension stands for its place.
    """

    name: str
    measure: MeasureName
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    of: Base | None = None
    enforce: Literal["hard", "soft"] = "hard"
    price: float = 0.0
    whole: bool = False
    line: int | None = None
    level: Path = ()
    bypassed: bool = False
    """Whether epics of a class of service that bypasses WIP limits are not counted."""

    @property
    def room(self) -> str:
        """What there is only so much of, as a reason says it."""
        return self.name

    def implies(self, name: str) -> bool:  # noqa: ARG002
        """Whether a plan that keeps this keeps, at the same place, the limit of another name."""
        return False

    def rows(self, options: Options) -> Rows:
        """The limit's lines over a table of options; a share of what is selected is a row of differences."""
        groups = Groups(options.portfolio, self.per)
        counted = self._counted(options, groups)
        if self.of == "selected":
            return self._selected_rows(options, groups, counted)
        at_least, at_most = self._bounds(self._base(options, groups))
        shift, coefficient = self._shift(options, groups)
        return Rows(
            groups.places(), counted.group, counted.option, counted.amount, at_least, at_most, shift, coefficient
        )

    def status(self, options: Options, shifts: Floats) -> list[GuardrailStatus]:
        """How much of each group's limit the plan uses."""
        groups = Groups(options.portfolio, self.per)
        used = _sum(self._counted(options, groups), groups)
        base = (
            _sum(amounts(options, self.measure, {}, groups), groups)
            if self.of == "selected"
            else self._base(options, groups)
        )
        at_least, at_most = self._bounds(base)
        at_most = at_most + (self.rows(options).moved_by(shifts) if self.whole else 0.0)
        tolerance = TOLERANCE * np.maximum(
            1.0, np.maximum(np.abs(used), np.where(np.isfinite(at_most), np.abs(at_most), 0.0))
        )
        breach = np.maximum(0.0, np.maximum(used - at_most, at_least - used))
        slack = np.minimum(at_most - used, used - at_least)
        scale = np.where(base > 0, base, 1.0) if self._is_share else np.ones_like(used)
        return [
            GuardrailStatus(
                name=self.name,
                place=place,
                used=float(used[group] / scale[group]),
                at_least=self.at_least if self._is_share else number(at_least[group]),
                at_most=self.at_most if self._is_share else number(at_most[group]),
                met=bool(breach[group] <= tolerance[group]),
                binding=bool(slack[group] <= tolerance[group] and (used[group] > 0 or at_least[group] > 0)),
                unit=f"share of {self.of}" if self._is_share else UNITS[self.measure],
                enforce=self.enforce,
                breach=float(breach[group]) if breach[group] > tolerance[group] else 0.0,
                price=self.price,
                amount=float(used[group]) if self._is_share else None,
                base=number(base[group]) if self._is_share else None,
            )
            for group, place in enumerate(groups.places())
        ]

    def inputs(self, portfolio: Portfolio, place: Place, side: str | None = None) -> list[Path]:
        """The fields in which people give its figure in one place, or one `side` of it, `at_least` or `at_most`."""
        if self.line is None:
            return list(self.level_at(portfolio, place).paths)
        return [path for level in self.levels(portfolio) for path in level.paths if side in {None, path[-1]}]

    def levels(self, portfolio: Portfolio) -> list[Level]:
        """The figures that it comes from, in the order of the portfolio; those that were not given limit nothing."""
        if self.line is not None:
            sides = [side for side in SIDES if getattr(self, side) is not None]
            return [self._declared_level(portfolio, self.line, side) for side in sides]
        dimensions = tuple(str(step) for step in self.level if step in PLACES)
        levels = [self.level_at(portfolio, place) for place in Groups(portfolio, dimensions).places()]
        return [level for level in levels if level.figure is not None]

    def level_at(self, portfolio: Portfolio, place: Place) -> Level:
        """The figure that holds in one place, of a limit that a portfolio has by its nature."""
        return natural_level(portfolio, self.level, place, UNITS[self.measure])

    def priced(self, portfolio: Portfolio) -> list[Change]:
        """The limit dropped, to see what it costs: its line, or every figure that a portfolio can do without.

        Budgets are one pot that money moves in, so they are dropped together; never where a guardrail is a share of them, for
        that would drop the guardrail, too.
        """
        if self.line is not None:
            return [Change("guardrail", self.name, {}, (edit(portfolio, ("guardrails", self.line), None),))]
        dropped = [(level.place, level.paths[0]) for level in self.levels(portfolio)]
        if self.of == "capacity" or (
            self.of == "budget" and any(limit.of == "budget" for limit in portfolio.guardrails)
        ):
            return []
        if self.of == "budget":
            whole = dict.fromkeys(path[:-1] for _, path in dropped)
            return [Change("guardrail", self.name, {}, tuple(edit(portfolio, path, None) for path in whole))]
        return [Change("guardrail", self.name, place, (edit(portfolio, path, None),)) for place, path in dropped]

    def described(self, options: Options, place: Place) -> str:  # noqa: ARG002
        """The limit with its place, as a clash names it."""
        return place_words(self.name, place)

    def live(self, cells: Cells, status: GuardrailStatus, plan: Plan) -> LiveStatus:  # noqa: ARG002
        """What is used and allowed in one place: on the sheet Allocation where it stands there, else summed over the work."""
        if self.bypassed:
            return measured_only(status)
        if self.of is not None and self.whole:
            used, allowed = ALLOCATION[self.of]
            most = None if status.at_most is None else cells.allocated(allowed, status.place)
            in_use = LiveFigure(status.used, cells.allocated(used, status.place))
            return LiveStatus(in_use, at_most=LiveFigure(status.at_most, most))
        if self.of is not None and status.base is None:
            return measured_only(status)
        at_least, at_most = (self._live_level(cells, side) for side in SIDES)
        amount = status.used if status.amount is None else status.amount
        measured = LiveFigure(amount, cells.measured(self.measure, self.where, status.place, self.line))
        return LiveStatus(measured, at_least, at_most, self._live_base(cells, status))

    def _counted(self, options: Options, groups: Groups) -> Amounts:
        """What each option adds to each group, without what bypasses the limit."""
        counted = amounts(options, self.measure, self.where, groups)
        if not self.bypassed:
            return counted
        portfolio = options.portfolio
        bypasses = np.array([portfolio.class_policy(epic).bypasses_wip for epic in portfolio.epics], dtype=bool)
        keep = ~bypasses[options.epic[counted.option]]
        return Amounts(counted.group[keep], counted.option[keep], counted.amount[keep])

    def _live_level(self, cells: Cells, side: str) -> LiveFigure:
        """A level as it stands on the sheet Guardrails, or as a setting."""
        level = getattr(self, side)
        if level is None:
            return NOTHING
        if self.line is not None:
            return LiveFigure(level, blank_if_empty(cells.level(self.line, side)))
        return LiveFigure(level, blank_if_empty(cells.setting(str(self.level[0]))) if len(self.level) == 1 else None)

    def _live_base(self, cells: Cells, status: GuardrailStatus) -> LiveFigure:
        """What a share is a share of."""
        if self.of == "selected":
            return LiveFigure(status.base, cells.measured(self.measure, {}, status.place, None))
        if self.of in {"capacity", "budget"}:
            return LiveFigure(status.base, cells.approved(self.of, status.place))
        return NOTHING

    def _declared_level(self, portfolio: Portfolio, line: int, side: str) -> Level:
        kind, unit = ("share", "share") if self.of else ("guardrail", UNITS[self.measure])
        sign = 1 if side == "at_most" else -1
        return Level(portfolio, kind, self.name, {"limit": side}, (("guardrails", line, side),), unit, sign)

    @property
    def _is_share(self) -> bool:
        return self.of is not None and not self.whole

    def _bounds(self, base: Floats) -> tuple[Floats, Floats]:
        """Lower and upper limits as amounts: shares of the base, no upper limit where the base has none."""
        lower = (
            np.full(len(base), -np.inf)
            if self.at_least is None
            else self.at_least * np.where(np.isfinite(base), base, 0.0)
        )
        upper = (
            np.full(len(base), np.inf)
            if self.at_most is None
            else self.at_most * np.where(np.isfinite(base), base, 1.0)
        )
        return lower, np.where(np.isfinite(base), upper, np.inf)

    def _base(self, options: Options, groups: Groups) -> Floats:
        """What a share is a share of, per group: infinite where a value stream has no budget or WIP limit."""
        portfolio = options.portfolio
        streams, shape = portfolio.value_streams, (len(portfolio.value_streams), len(portfolio.calendar.periods))
        if self.of is None:
            return np.ones(groups.count)
        if self.of == "capacity":
            return groups.total(np.array([stream.capacity for stream in streams], dtype=float).reshape(shape))
        if self.of == "wip limit":
            limits = [np.inf if stream.wip_limit is None else float(stream.wip_limit) for stream in streams]
            return groups.total(np.tile(np.array(limits, dtype=float)[:, None], (1, shape[1])))
        has_budget = [stream.budget is not None for stream in streams]
        budget = groups.total(
            np.array([stream.budget or (0.0,) * shape[1] for stream in streams], dtype=float).reshape(shape)
        )
        known = groups.total(np.tile(np.array(has_budget, dtype=float)[:, None], (1, shape[1])))
        return np.where(known > 0, budget, np.inf)

    def _selected_rows(self, options: Options, groups: Groups, counted: Amounts) -> Rows:
        everything = amounts(options, self.measure, {}, groups)
        parts = [(share, lower) for share, lower in ((self.at_least, True), (self.at_most, False)) if share is not None]
        none = np.full(groups.count, np.inf)
        zero = np.zeros(groups.count)
        return Rows(
            places=groups.places() * len(parts),
            row=np.concatenate(
                [part.group + turn * groups.count for turn in range(len(parts)) for part in (counted, everything)]
            ),
            option=np.concatenate([part.option for _ in parts for part in (counted, everything)]),
            coefficient=np.concatenate(
                [part for share, _ in parts for part in (counted.amount, -share * everything.amount)]
            ),
            at_least=np.concatenate([zero if lower else -none for _, lower in parts]),
            at_most=np.concatenate([none if lower else zero for _, lower in parts]),
        )

    def _shift(self, options: Options, groups: Groups) -> tuple[Ints, Floats]:
        """Which budget shift moves each row, and by how much for one unit of money."""
        nothing = np.full(groups.count, -1, dtype=np.int64), np.zeros(groups.count)
        if not self.whole or self.of not in {"capacity", "budget"}:
            return nothing
        budget_shift = BudgetShift(options.portfolio)
        streams, budget_periods = budget_shift.budget.shape
        numbers = np.arange(streams * budget_periods).reshape(streams, budget_periods)
        if self.of == "budget":
            return numbers.reshape(-1), np.ones(groups.count)
        index = np.array(options.portfolio.calendar.budget_index, dtype=np.int64)
        return numbers[:, index].reshape(-1), budget_shift.capacity_per_money[:, index].reshape(-1)


def _sum(counted: Amounts, groups: Groups) -> Floats:
    return summed(counted.group, counted.amount, groups.count)
