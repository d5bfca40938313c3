"""Levels: the figures that limits come from, where people give them, and how they are loosened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from portfolio.domain import Portfolio
from portfolio.domain.field import entry
from portfolio.domain.finding import Path
from portfolio.domain.json_form import Json
from portfolio.domain.limit_spec import PLACES
from portfolio.domain.validation_messages import RECORDS
from portfolio.edits.change import Change
from portfolio.edits.change_words import WIP_LIMITS
from portfolio.edits.edit import Edit, edit, value_at
from portfolio.guardrails.status import Place

BUDGET_STEPS = 8
"""A budget's trial step is this part of it."""


@dataclass(frozen=True)
class Level:
    """One figure of a limit: capacity in a period, a budget, a WIP limit, one side of a line of the sheet Guardrails.

    `paths` are the fields in which it stands: a budget has one for each of its periods. `sign` is 1 where a higher figure
    allows more, -1 where a lower one does; `kind` and `unit` are what loosening it is called and counted in.
    """

    portfolio: Portfolio
    kind: str
    name: str
    place: Place
    paths: tuple[Path, ...]
    unit: str
    sign: int = 1

    @property
    def figure(self) -> float | None:
        """What stands in the first of its fields; None where nothing was given and so nothing is limited."""
        figure = value_at(self.portfolio, self.paths[0])
        return figure if isinstance(figure, int | float) else None

    @property
    def figures(self) -> list[float]:
        """What stands in each of its fields, 0 where nothing does."""
        values = [value_at(self.portfolio, path) for path in self.paths]
        return [value if isinstance(value, int | float) else 0.0 for value in values]

    @property
    def trial_step(self) -> float:
        """An amount that is large enough to see how rows move with the figure."""
        if self.kind in {"share", "guardrail"}:
            return (self.figure or 0.0) / 2 or 1.0
        if self.unit != "money":
            return 1.0
        budget = value_at(self.portfolio, self.paths[0][:-1])
        return max(1.0, sum(budget) / BUDGET_STEPS) if isinstance(budget, list) else 1.0

    def loosened(self, amount: float) -> Change:
        """The figure loosened by an amount, spread evenly over its fields; never below 0, whole where it counts epics."""
        size = round(amount) if self.kind == "WIP slot" else amount
        each = self.sign * size / len(self.paths) if len(self.paths) > 1 else self.sign * size
        edits = tuple(self._raised(path, each) for path in self.paths)
        return Change(self.kind, self.name, self.place, edits, size, self.unit)

    def moved_to(self, figure: Json) -> Change:
        """Another figure in the first of its fields; None where there is to be no limit."""
        return Change(self.kind, self.name, self.place, (edit(self.portfolio, self.paths[0], figure),))

    def _raised(self, path: Path, by: float) -> Edit:
        before = value_at(self.portfolio, path)
        return Edit(path, before, max(0, before + by) if isinstance(before, int | float) else by)


def natural_level(portfolio: Portfolio, template: Path, place: Place, unit: str) -> Level:
    """The figure of a limit that a portfolio has by its nature, from the path in which dimensions stand for places."""
    dimensions = [str(step) for step in template if step in PLACES]
    field = str(next(step for step in reversed(template) if step not in PLACES))
    title = entry(RECORDS.get(str(template[0]), Portfolio), field).title
    kind = "WIP slot" if field in WIP_LIMITS else title.lower()
    here = {dimension: place[dimension] for dimension in dimensions}
    return Level(portfolio, kind, title, here, tuple(_paths(portfolio, template, here)), unit)


def _paths(portfolio: Portfolio, template: Path, place: Place) -> Iterator[Path]:
    """The path with each place's position; a budget period stands for each of its periods."""
    calendar = portfolio.calendar
    steps: list[tuple[str | int, ...]] = []
    for step in template:
        if step == "value stream":
            steps.append((portfolio.stream_index[place["value stream"]],))
        elif step == "period":
            steps.append((calendar.index(place["period"]),))
        elif step == "budget period":
            own = calendar.budget_labels.index(place["budget period"])
            steps.append(tuple(turn for turn, index in enumerate(calendar.budget_index) if index == own))
        else:
            steps.append((step,))
    return product(*steps)
