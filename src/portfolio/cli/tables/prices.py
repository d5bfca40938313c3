"""Prices on the screen: tables by price, with a bar for each."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import blank_table, figure, show
from portfolio.results.prices import PriceLine, PriceList, PriceTable

BAR = 30
"""Characters of the longest bar."""


def show_prices(prices: PriceList, top: int) -> None:
    """Prints rules and units by price, then the coordination tax."""
    rights = prices.answer.rights_words("change guardrails", "change budgets", "move people")
    show(
        prices.headline,
        *(_table(table, top) for table in prices.tables),
        prices.coordination_words,
        *filter(None, [rights]),
    )


def _table(prices: PriceTable, top: int) -> Table | str:
    """The dearest lines, the others counted: those that cost nothing are one sentence."""
    priced = prices.priced
    if prices.lines and not priced:
        return prices.summary
    table = blank_table(prices.title)
    table.add_column(prices.heading, overflow="fold")
    table.add_column("Price", justify="right")
    unsure = any(line.found != line.at_least for line in prices.lines)
    if unsure:
        table.add_column("Found so far", justify="right")
    table.add_column("")
    ends = [line.at_most for line in priced if line.at_most is not None]
    longest = max([*(abs(line.found or 0.0) for line in priced), *ends], default=0.0)
    for line in priced[:top]:
        so_far = [Text("" if line.found is None else figure(line.found))] if unsure else []
        table.add_row(Text(line.label), Text(line.price), *so_far, _bar(line, longest))
    more = f"{len(priced) - top} more; --top shows them." if len(priced) > top else ""
    caption = " ".join(filter(None, [more, prices.free_words]))
    table.caption = Text(caption) if caption else None
    return table


def _bar(line: PriceLine, longest: float) -> Text:
    """What was found full, what may be light."""
    if not longest:
        return Text("")
    sure = line.found or 0.0
    full = round(BAR * abs(sure) / longest)
    light = max(0, round(BAR * (line.at_most or 0.0) / longest) - full)
    style = "red" if sure < 0 else "cyan"
    return Text("█" * max(full, 1 if sure else 0), style=style) + Text("░" * light, style="dim")
