"""Chances that dates are kept: of each epic of the plan its deadline or latest period, else the finish that is planned."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.results.views.shown import Shown


def kept_chances(shown: Shown) -> Mapping[str, str]:
    """For each planned epic the chance that its date is kept, in words; none where nothing is uncertain."""
    if shown.simulation is None:
        return {}
    return {line.id: (line.date_kept or line.done_by_planned_finish).words for line in shown.simulation.epics}


def kept_words(shown: Shown, name: str = "The per cent before a name") -> str:
    """What the chances mean that go by this name; nothing where there are none."""
    found = shown.simulation
    if found is None:
        return ""
    kept = (
        ""
        if found.plan.dates_kept is None
        else f" All deadlines and latest periods are kept with {found.plan.dates_kept.words}."
    )
    return (
        f"{name}: the chance that it is done by its deadline or latest period, without one by the finish that is planned, in "
        f"{found.study.words}.{kept}"
    )
