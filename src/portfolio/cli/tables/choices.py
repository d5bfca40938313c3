"""What other plans than today's would do, in tables: what is funded anew, worth knowing, and holds."""

from __future__ import annotations

from rich.table import Table

from portfolio.cli.console import as_cells, blank_table, figure
from portfolio.results.simulated.anew_chances import AnewChances
from portfolio.results.simulated.choice_chances import NOTHING_FOUND, Information, RobustChoice
from portfolio.results.simulated.simulation import Simulation

MOST_LINES = 20
"""Lines of the tables of parameters and of plans."""


def choice_parts(simulation: Simulation) -> list[Table | str]:
    """What other plans than today's would do."""
    parts: list[Table | str] = []
    unit = simulation.portfolio.value_unit
    if simulation.anew is not None:
        parts += [simulation.anew.sentence(unit), _funded(simulation.anew)]
    if simulation.information is not None:
        parts.append(simulation.information.sentence(unit))
        parts += [_information(simulation.information)] if simulation.information.lines else []
    if simulation.robust is not None:
        parts += [simulation.robust.sentence(unit), _candidates(simulation.robust)]
    return parts


def _funded(anew: AnewChances) -> Table:
    table = blank_table("Funded if the plan were made anew")
    for heading in ("Epic", "Planned today"):
        table.add_column(heading, overflow="fold")
    table.add_column("Chance", justify="right")
    for line in anew.epics:
        table.add_row(*as_cells([line.id, "yes" if line.planned else "", line.funded.words]))
    return table


def _information(information: Information) -> Table:
    table = blank_table("Worth of knowing it before choosing")
    for heading in ("Of", "What"):
        table.add_column(heading, overflow="fold")
    table.add_column("Worth", justify="right")
    for line in information.lines[:MOST_LINES]:
        table.add_row(*as_cells([line.subject, line.parameter, line.worth.words if line.is_found else NOTHING_FOUND]))
    return table


def _candidates(choice: RobustChoice) -> Table:
    table = blank_table("Plans in the same futures")
    table.add_column("Plan", overflow="fold")
    for heading in ("Mean", "Worst tenth", "Least sure date", "All dates"):
        table.add_column(heading, justify="right")
    table.add_column("Not matched by another")
    ordered = sorted(choice.candidates, key=lambda line: -line.mean)
    for line in ordered[:MOST_LINES]:
        marks = [word for word, holds in (("worst", line.on_frontier), ("dates", line.on_dates_frontier)) if holds]
        figures = [figure(line.mean), figure(line.worst_mean), f"{line.dates_kept:.0%}", f"{line.all_dates_kept:.0%}"]
        table.add_row(*as_cells([line.name, *figures, ", ".join(marks)]))
    return table
