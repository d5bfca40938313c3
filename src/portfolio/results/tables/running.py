"""Running epics: what the plan does with each that is in progress, stops and pauses first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from portfolio.results.running import RunningLine
from portfolio.scoring.ranking_table import EPIC
from portfolio.tabular import Column, Table

RUNNING = Table(
    "running",
    "What the plan does with each epic that is in progress, stops and pauses first.",
    (
        EPIC,
        Column("title", "text", "What it is called."),
        Column("decision", "text", "`stop`, `pause` or `continue`."),
        Column("start", "period", "First period in this plan; absent where it stops.", refers_to="period"),
        Column("finish", "period", "Last period.", refers_to="period"),
        Column("at_least", "number", "What going on would cost at least; absent where it is not known.", "value"),
        Column("at_most", "number", "What going on would cost at most; absent where it is not known.", "value"),
        Column("remaining", "number", "Units of effort that are left to do.", "effort"),
        Column(
            "decide_after", "period", "The last period of its MVP; absent where none is judged.", refers_to="period"
        ),
        Column(
            "age", "whole", "Days since it was committed to, by its history; absent where that is not known.", "days"
        ),
        Column("older_than", "text", "Than what it is older, where that is much."),
    ),
    ("epic",),
)


def running(lines: Iterable[RunningLine]) -> Iterator[Mapping[str, object]]:
    """A row for each epic in progress."""
    return ({"epic": line.id, **vars(line)} for line in lines)
