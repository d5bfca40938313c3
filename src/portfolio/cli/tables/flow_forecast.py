"""Forecasts by throughput and their calibration as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table

from portfolio.cli.console import as_cells, blank_table, headed
from portfolio.results.flow.flow import Flow
from portfolio.results.flow.forecast import SHARES, Calibration
from portfolio.results.flow.sparkline import sparkline

ALL = "all"


def plain_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table of figures below a column of names."""
    table = blank_table(title)
    for place, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(*as_cells(list(row)))
    return table


def percent(share: float | None) -> str:
    """A share as a whole per cent, or a dash."""
    return "-" if share is None else f"{share:.0%}"


def forecasts(found: Flow) -> Iterator[Table | str]:
    """What further periods bring if they are like the past ones, and how good forecasts have been."""
    shares = [percent(share) for share in SHARES]
    many = [
        (line.group or ALL, f"{one.periods}", *map(str, one.at_least), sparkline(line.finished))
        for line in found.forecast
        for one in line.how_many
    ]
    if many:
        headings = (
            headed(found.by),
            "Further periods",
            *(f"At least, {share} sure" for share in shares),
            "Past periods",
        )
        yield plain_table("Forecast by throughput: how many are finished", headings, many)
    queue = [
        (
            f"{line.group or ALL}: what is in progress" if one.epic is None else one.epic,
            str(one.epics),
            *map(_within, one.within),
        )
        for line in found.forecast
        for one in line.when
    ]
    if queue:
        headings = ("Epic", "Done when so many are", *(f"Within periods, {share} sure" for share in shares))
        yield plain_table("Forecast by throughput: when, in the order of the ranking", headings, queue)
    refused = [f"{line.group or ALL}: {line.why_not}" for line in found.forecast if line.why_not]
    if refused:
        yield "\n".join(["No forecast by throughput:", *refused])
    if found.track_record:
        yield found.track_record
    if found.calibration is not None:
        yield from _calibration(found.calibration)


def _within(periods: int | None) -> str:
    return "nobody can say" if periods is None else str(periods)


def _calibration(found: Calibration) -> Iterator[Table | str]:
    if found.bins:
        rows = [
            (f"{one.low:.0%} to {one.high:.0%}", str(one.count), percent(one.said), percent(one.came))
            for one in found.bins
        ]
        yield plain_table(
            "Forecasts whose day has come", ("Chance given", "Forecasts", "Said on average", "Came true"), rows
        )
    if found.enough and found.brier is not None:
        skill = (
            "" if found.skill is None else f", skill {found.skill:.2f} against always saying {percent(found.base_rate)}"
        )
        yield f"Brier score {found.brier:.3f} of {found.chances} chances{skill}."
    else:
        yield f"{found.chances} chances whose day has come: too few to judge them."
    if found.of:
        odds = (
            ""
            if found.chance_of_so_few is None
            else f"; so few or fewer would hold with a chance of {found.chance_of_so_few:.1%} if 85 % were right"
        )
        yield f"P85 held {found.held} of {found.of} times{odds}."
    total = found.inside + found.below + found.above
    if total:
        yield f"Ranges: {found.inside} of {total} past epics ended inside theirs (80 % should), {found.below} below, {found.above} above."
