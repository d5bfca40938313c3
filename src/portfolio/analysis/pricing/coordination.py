"""What dependencies between value streams cost the plan, and which change of a boundary or platform would give back most of it."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.analysis.pricing.priced_rules import all_of, cross_stream
from portfolio.analysis.pricing.prices import prices
from portfolio.analysis.pricing.re_solver import ReSolver
from portfolio.domain import Portfolio
from portfolio.edits.change import Change
from portfolio.results.flow.coordination import CoordinationCost, Removal

Group = tuple[str, tuple[str, ...], list[Change]]
"""What the change is called, the value streams that it concerns, and the dependencies that it ends."""


def coordination_cost(re_solver: ReSolver, unit: str) -> CoordinationCost:
    """The value of the plan made again without all of them, less its value now; and the same for each single change.

    Without some of them no plan is worth more than without all, so that what is known of either says something of the other.
    """
    portfolio = re_solver.problem.portfolio
    cross = cross_stream(portfolio)
    if not cross:
        return CoordinationCost(unit, 0)
    groups = _groups(portfolio, cross)
    parts = [changes for _, _, changes in groups if len(changes) < len(cross)]
    tax, *lines = prices(re_solver, [all_of(cross), *map(all_of, parts)], share=1.0)
    least = max((line.at_least for line in (tax, *lines) if line.at_least is not None), default=None)
    found = max((line.found for line in (tax, *lines) if line.found is not None), default=None)
    removals, others = list[Removal](), iter(lines)
    for name, streams, changes in groups:
        line = tax if len(changes) == len(cross) else next(others)
        known = [most for most in (line.at_most, tax.at_most) if most is not None]
        at_least, of_it = (least, found) if line is tax else (line.at_least, line.found)
        removals.append(Removal(name, streams, len(changes), at_least, min(known, default=None), of_it))
    return CoordinationCost(unit, len(cross), least, tax.at_most, found, tuple(removals))


def _groups(portfolio: Portfolio, cross: Sequence[Change]) -> list[Group]:
    """A boundary for each two value streams that wait for each other, a platform for each that several others wait for."""
    ends = {id(change): _ends(portfolio, change) for change in cross}
    order = [stream.id for stream in portfolio.value_streams]
    titles = {stream.id: stream.title for stream in portfolio.value_streams}
    found: list[Group] = []
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            between = [change for change in cross if {*ends[id(change)]} == {first, second}]
            if between:
                name = f"the boundary between {titles[first]} and {titles[second]} drawn so that none crosses it"
                found.append((name, (first, second), between))
    for provider in order:
        on_it = [change for change in cross if ends[id(change)][1] == provider]
        if len({ends[id(change)][0] for change in on_it}) > 1:
            found.append((f"{titles[provider]} as a platform that others use without waiting", (provider,), on_it))
    return found


def _ends(portfolio: Portfolio, change: Change) -> tuple[str | None, str | None]:
    """The value stream that waits, and the one it waits for."""
    waiting, provider = (
        portfolio.largest_stream(portfolio.epics[portfolio.epic_index[change.place[end]]])
        for end in ("successor", "predecessor")
    )
    return waiting, provider
