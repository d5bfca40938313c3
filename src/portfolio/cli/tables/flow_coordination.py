"""Coordination between value streams as tables: who waits for whom, how that went, whether growth was worth it, what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from portfolio.cli.tables.flow_forecast import plain_table
from portfolio.results.flow.coordination import Coordination, CoordinationCost
from portfolio.results.price_words import price_words


def coordination(found: Coordination) -> Iterator[Table | str]:
    """Prints what there is, value streams in the order of the workbook."""
    if found.pairs:
        yield found.sentence
        rows = [
            (f"{one.waiting} waits for {one.provider}", str(one.dependencies), str(one.open), str(one.days_waited))
            for one in found.pairs
        ]
        yield plain_table("Between value streams", ("", "Dependencies", "Open", "Days too late"), rows)
    if found.has_trend:
        yield plain_table(
            "Dependencies between value streams, period by period",
            ("Period", "Raised", "Resolved", "Open at its end", "Days too late", "Days blocked"),
            [
                (one.period, *map(str, (one.raised, one.resolved, one.open, one.days_waited, one.days_blocked)))
                for one in found.periods
            ],
        )
    if found.growth:
        yield "\n".join(one.sentence for one in found.growth)
    if found.cost is not None:
        yield from _cost(found.cost)
    elif found.crossing.part:
        yield "What this costs the plan: --coordination makes it again without these dependencies."


def _cost(found: CoordinationCost) -> Iterator[Table | str]:
    yield found.sentence
    if found.removals and found.at_most != 0:
        yield plain_table(
            "What single changes would give back",
            ("Change", "Dependencies", f"Given back, {found.unit}"),
            [
                (
                    f"{one.change[0].upper()}{one.change[1:]}",
                    str(one.dependencies),
                    price_words(one.at_least, one.at_most),
                )
                for one in found.removals
            ],
        )
