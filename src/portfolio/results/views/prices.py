"""The view Prices: what each rule costs and what one unit more is worth, as bars, the dearest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import ClassVar

from portfolio.domain.wording import rounded
from portfolio.results.drawings.prices import PriceBar, prices_svg
from portfolio.results.price_words import range_words
from portfolio.results.prices import PriceLine, PriceTable
from portfolio.results.views.shown import Missing, Shown
from portfolio.results.views.view import View
from portfolio.tabular.svg import Markup

MOST_BARS = 15
"""Prices that have a bar, the dearest ones; the rest is counted."""


@dataclass(frozen=True)
class PriceChart:
    """One list of prices: its bars, and in words what has none."""

    title: str
    bars: tuple[PriceBar, ...]
    note: str

    def svg(self) -> Markup:
        """The bars as a drawing."""
        return prices_svg(self.bars, self.title)


@dataclass(frozen=True)
class PricesView(View):
    """Every price that was asked for."""

    name: ClassVar[str] = "prices"
    title: ClassVar[str] = "Prices"

    unit: str
    charts: tuple[PriceChart, ...]
    notes: tuple[str, ...]

    def fields(self) -> dict[str, object]:
        """What it shows, as JSON has it."""
        return {"unit": self.unit, "charts": [asdict(chart) for chart in self.charts], "notes": list(self.notes)}


def prices_view(shown: Shown) -> PricesView:
    """The prices, where they were asked for."""
    found = shown.prices
    if found is None or shown.planned is None:
        missing = shown.missing_plan or Missing(
            "Nothing was priced yet.", "Ask what each rule costs: portfolio prices."
        )
        return PricesView("", missing, shown.portfolio.value_unit, (), ())
    rights = shown.planned.rights_words("change guardrails", "change budgets", "move people")
    return PricesView(
        headline="A bar is what the best plan would be worth more; full as far as that is proven, light as far as it may be.",
        missing=None,
        unit=found.unit,
        charts=tuple(_chart(table) for table in found.tables if table.lines),
        notes=tuple(filter(None, [found.headline if found.better else "", found.coordination_words, rights])),
    )


def _chart(table: PriceTable) -> PriceChart:
    """The dearest as bars; what is not known, or nothing, is counted."""
    lines = sorted(
        (line for line in table.priced if line.at_least is not None or line.at_most is not None),
        key=lambda line: -max(line.at_most or 0.0, line.at_least or 0.0),
    )
    unknown = len(table.priced) - len(lines)
    said = [
        f"{len(lines) - MOST_BARS} more cost less." if len(lines) > MOST_BARS else "",
        f"{unknown} not known yet; allow more time." if unknown else "",
        table.free_words if table.priced else table.summary.removeprefix(f"{table.title}: "),
    ]
    return PriceChart(table.title, tuple(_bars(lines[:MOST_BARS])), " ".join(filter(None, said)))


def _bars(lines: list[PriceLine]) -> Iterator[PriceBar]:
    for line in lines:
        least = max(line.at_least or 0.0, 0.0)
        words = f"{rounded(least)} exact" if line.known else range_words(line.at_least, line.at_most, "").rstrip()
        yield PriceBar(line.label, least, max(line.at_most or 0.0, least), words)
