"""Prices and explanations on the screen: tables by price, with a bar for each."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from portfolio.cli.console import as_cells, blank_table, figure, headed, show, whole
from portfolio.results.answer import Answer
from portfolio.results.explanations import Explained
from portfolio.results.prices import PriceLine, PriceList, PriceTable

BAR = 30
"""Characters of the longest bar."""


def show_explained(explained: Explained) -> None:
    """Prints the full answer about some epics, or one line about each."""
    epics = ["\n".join([epic.label, *(f"  {sentence}" for sentence in epic.sentences)]) for epic in explained.epics]
    lines = [_one_line_each(explained.answer)] if not epics and explained.answer.plan is not None else []
    show(explained.headline, *epics, *lines)


def _one_line_each(answer: Answer) -> Table:
    epics = {epic.id: epic for epic in answer.portfolio.epics}
    word = answer.model.vocabulary.epic.one
    table = blank_table(f"Every {word}, and why")
    table.add_column("Rank", justify="right")
    table.add_column(headed(word), overflow="fold")
    table.add_column("Reason", overflow="fold")
    for line in answer.epics:
        table.add_row(*as_cells([whole(line.rank), epics[line.id].label, line.reason]))
    return table


def show_prices(prices: PriceList, top: int) -> None:
    """Prints rules and units by price, then the coordination tax."""
    model = prices.answer.model
    show(
        prices.headline,
        *(_table(table, top) for table in prices.tables),
        prices.coordination_words,
        *filter(None, [model.decision_rights_text("change guardrails", "change budgets", "move people")]),
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
