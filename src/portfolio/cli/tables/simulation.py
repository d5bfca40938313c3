"""A simulation in tables: chances of each epic, what value streams spend, and what the figures mean."""

from __future__ import annotations

from rich.table import Table

from portfolio.cli.console import as_cells, blank_table, figure, show
from portfolio.cli.tables.choices import choice_parts
from portfolio.cli.tables.ranks import ranks_parts
from portfolio.results.simulated.chance import Chance, day_words
from portfolio.results.simulated.epic_chances import EpicChances
from portfolio.results.simulated.ranks import Ranks
from portfolio.results.simulated.simulation import NOT_A_PROMISE, Simulation
from portfolio.results.simulated.spend_chances import SpendChances

SHORT = {
    "begins_on_time": "On time",
    "done_by_planned_finish": "As planned",
    "done_by_deadline": "Deadline",
    "done_by_latest": "Latest",
    "mvp_above_cap": "MVP > cap",
}
"""The chances that are shown here, with headings that leave room for days."""


def show_study(result: Simulation | Ranks) -> None:
    """Prints a simulation, or the ranks alone of a portfolio that has no plan."""
    if isinstance(result, Ranks):
        show(*ranks_parts(result))
    else:
        show_simulation(result)


def show_simulation(simulation: Simulation, top: int | None = None) -> None:
    """Prints what a plan is worth, when its epics are done, what it spends, and what that means."""
    parts: list[Table | str] = [" ".join([simulation.headline, *simulation.sentences])]
    parts.append(_epics(simulation.epics[:top]))
    single = len(simulation.plan.use) == 1
    spend = [line for line in simulation.spend if (line.planned or line.mean.value) and (line.id or not single)]
    if spend:
        parts.append(_spend(spend, simulation.portfolio.money_unit))
    if simulation.ranks is not None:
        parts += ranks_parts(simulation.ranks)
    parts += choice_parts(simulation)
    parts.append(NOT_A_PROMISE)
    show(*parts)


def _epics(lines: tuple[EpicChances, ...]) -> Table:
    there = [name for name in SHORT if any(name in line.chances for line in lines)]
    table = blank_table("Chances of the planned epics")
    table.caption = "Done in half of the futures, and in 85 of 100, by that day."
    for heading in ("Epic", "Start", "Finish"):
        table.add_column(heading, overflow="fold")
    for heading in (*(SHORT[name] for name in there), "Half by", "85% by", "Value", "Planned"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in lines:
        days = [day_words(line.p50_done), day_words(line.p85_done)]
        worth = [figure(line.value), figure(line.planned_value)]
        chances = [_words(line.chances.get(name)) for name in there]
        table.add_row(*as_cells([line.id, line.start, line.finish, *chances, *days, *worth]))
    return table


def _words(chance: Chance | None) -> str:
    return "" if chance is None else chance.words


def _spend(lines: list[SpendChances], unit: str) -> Table:
    table = blank_table(f"Spend, {unit}")
    for heading in ("Value stream", "Budget period"):
        table.add_column(heading, overflow="fold")
    for heading in ("Budget", "Planned", "Mean", "Half", "85%", "Above budget"):
        table.add_column(heading, justify="right")
    for line in lines:
        figures = [figure(line.funded), figure(line.planned), line.mean.words, line.p50.words, line.p85.words]
        table.add_row(*as_cells([line.id or "All", line.budget_period, *figures, _words(line.above_budget)]))
    return table
