"""Prices and explanations on the screen: tables by price, with a bar for each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from portfolio.analysis.pricing import PriceLine, PriceList
from portfolio.analysis.pricing.sentences import change_words, sentences, span
from portfolio.cli.console import as_cells, blank_table, figure, headed, show, whole
from portfolio.domain import Portfolio
from portfolio.engine.explain import Explained
from portfolio.results.answer import Answer
from portfolio.results.claim import claim_words

BAR = 30
"""Characters of the longest bar."""


def show_explained(found: Explained) -> None:
    """Prints the full answer about some epics, or one line about each."""
    answer = found.answer
    parts: list[Table | str] = [_claim(answer)]
    if found.epics:
        titles = {epic.id: epic.label for epic in answer.portfolio.epics}
        parts += [
            "\n".join([titles[one.id], *(f"  {said}" for said in sentences(one, answer.portfolio))])
            for one in found.epics
        ]
    elif answer.plan is not None:
        parts.append(_one_line_each(answer))
    show(*parts)


def _claim(answer: Answer) -> str:
    outcome, name = answer.outcome, answer.portfolio.name or "The portfolio"
    worth = "" if outcome.value is None else f"the plan is worth {outcome.value:,.0f} {answer.portfolio.value_unit}, "
    return f"{name}: {worth}{claim_words(outcome)}."


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


def show_prices(found: PriceList, answer: Answer, top: int) -> None:
    """Prints rules and units by price, then the coordination tax."""
    parts: list[Table | str] = [
        _claim(answer) + _better(found),
        _table(f"What each rule costs, {found.unit}", found.rules, answer.portfolio, top),
        _table(f"What one unit more is worth, {found.unit}", found.units, answer.portfolio, top),
        _coordination(found, answer),
        *filter(None, [answer.model.decision_rights_text("change guardrails", "change budgets", "move people")]),
    ]
    show(*parts)


def _better(found: PriceList) -> str:
    if not found.better:
        return ""
    return (
        f" Pricing came upon a plan worth {found.better:,.0f} {found.unit} more; prices are measured from that. "
        "Plan with a higher --time-limit to have it."
    )


def _table(title: str, lines: Sequence[PriceLine], portfolio: Portfolio, top: int) -> Table | str:
    """The dearest lines, the others counted: those that cost nothing are one sentence."""
    table = blank_table(title)
    table.add_column("Rule" if "rule" in title else "One unit more", overflow="fold")
    table.add_column("Price", justify="right")
    unsure = any(line.found != line.at_least for line in lines)
    if unsure:
        table.add_column("Found so far", justify="right")
    table.add_column("")
    worth = [line for line in lines if line.at_most != 0 or line.at_least != 0]
    if lines and not worth:
        return f"{title}: nothing, each of {len(lines)}."
    longest = max((abs(line.found or 0.0) for line in worth), default=0.0)
    open_ends = [line.at_most for line in worth if line.at_most is not None]
    longest = max([longest, *open_ends], default=0.0)
    for line in worth[:top]:
        so_far = [Text("" if line.found is None else figure(line.found))] if unsure else []
        table.add_row(Text(change_words(line, portfolio)), Text(_price(line)), *so_far, _bar(line, longest))
    told = []
    if len(worth) > top:
        told.append(f"{len(worth) - top} more; --top shows them.")
    if free := len(lines) - len(worth):
        told.append(f"{free} {'costs' if 'rule' in title else 'is worth'} nothing." if free == 1 else
                    f"{free} {'cost' if 'rule' in title else 'are worth'} nothing.")  # fmt: skip
    table.caption = Text(" ".join(told)) if told else None
    return table


def _price(line: PriceLine) -> str:
    """One figure, or the two between which it lies."""
    if line.at_least is None and line.at_most is None:
        return "not known"
    if line.known:
        return figure(line.at_least)
    most = "?" if line.at_most is None else figure(line.at_most)
    return f"{figure(line.at_least)} to {most}"


def _bar(line: PriceLine, longest: float) -> Text:
    """What was found full, what may be light."""
    if not longest:
        return Text("")
    found = line.found or 0.0
    full = round(BAR * abs(found) / longest)
    light = max(0, round(BAR * (line.at_most or 0.0) / longest) - full)
    style = "red" if found < 0 else "cyan"
    return Text("█" * max(full, 1 if found else 0), style=style) + Text("░" * light, style="dim")


def _coordination(found: PriceList, answer: Answer) -> str:
    """The coordination tax, and which dependency to remove first."""
    tax, streams = found.coordination_tax, answer.model.vocabulary.value_stream.many
    if tax is None:
        return f"No dependency crosses {streams}: there is no coordination tax."
    many = "the dependency" if found.cross_stream == 1 else f"all {found.cross_stream} dependencies"
    cost = "costs" if found.cross_stream == 1 else "together cost"
    so_far = "" if tax.known or not tax.found else f"; {tax.found:,.0f} {found.unit} found so far"
    said = f"Coordination tax: {many} between {streams} {cost} {span(tax.at_least, tax.at_most, found.unit)}{so_far}."
    first = found.remove_first
    if first is not None:
        words = change_words(first, answer.portfolio)
        return f"{said} Remove first: {words}, {span(first.at_least, first.at_most, found.unit)} alone."
    return said if tax.at_most == 0 or not tax.known else f"{said} No single one of them costs anything alone."
