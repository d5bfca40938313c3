"""The ranks of many futures in a table: today's order with its bands, and in what ranks each epic may come."""

from __future__ import annotations

from rich.table import Table

from portfolio.cli.console import as_cells, blank_table
from portfolio.results.simulated.ranks import Ranks

BAR = 25
"""Cells of a bar that shows from which rank to which an epic may come."""


def ranks_parts(ranks: Ranks) -> list[Table | str]:
    """What the ranks say in sentences, and each epic with its band and its interval."""
    said = " ".join([ranks.headline, *ranks.sentences])
    return [said] if ranks.is_certain else [said, _table(ranks)]


def _table(ranks: Ranks) -> Table:
    table = blank_table("Ranks in these futures")
    by_stream = any(line.value_stream for line in ranks.lines)
    if by_stream:
        table.add_column("Value stream", overflow="fold")
    table.add_column("Band", justify="right")
    table.add_column("Rank", justify="right")
    table.add_column("Epic", overflow="fold")
    table.add_column("Title", overflow="fold")
    for heading in ("Median", "P10-P90", "First", *filter(None, [ranks.top_words])):
        table.add_column(heading, justify="right")
    table.add_column("Ranks", no_wrap=True)
    count = len(ranks.lines)
    for band in ranks.bands:
        for line in band:
            chances = [line.first.words, *([line.in_top.words if line.in_top else ""] if ranks.top_words else [])]
            told = [str(line.band), str(line.rank), line.id, line.title or ""]
            places = [
                str(line.median),
                f"{line.p10}-{line.p90}",
                *chances,
                _bar(line.p10, line.median, line.p90, count),
            ]
            table.add_row(*as_cells([*([line.value_stream or ""] if by_stream else []), *told, *places]))
        if any(len(other) > 1 for other in ranks.bands):
            table.add_section()
    return table


def _bar(low: int, middle: int, high: int, count: int) -> str:
    """A line from one rank to another with a mark at the median."""
    places = [round((rank - 1) / max(count - 1, 1) * (BAR - 1)) for rank in (low, middle, high)]
    cells = [" "] * BAR
    cells[places[0] : places[2] + 1] = ["─"] * (places[2] - places[0] + 1)
    cells[places[1]] = "●"
    return "".join(cells)
