"""The part of the reference that describes prices and explanations, from the records that they are printed from."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from portfolio.results.epic_explanation import EpicShift, Explanation, Need
from portfolio.results.prices import PriceLine, PriceList


def prices_parts(line_table: Callable[..., str]) -> list[str]:
    """Heading, description and fields of each part."""
    return [
        "# What `portfolio prices FILE --json` prints",
        inspect.getdoc(PriceList) or "",
        "`format`, `portfolio`, `unit`, `outcome` (as a plan's), `asked[]` (the rules asked for by name), `rules[]` and `units[]` highest first, "
        "`coordination_tax`, `cross_stream_dependencies` (how many), `remove_first`, `findings[]`.",
        "## A price: `rules[]`, `units[]`",
        inspect.getdoc(PriceLine) or "",
        line_table(PriceLine, ("label",)),
        "# What `portfolio explain FILE EPIC... --json` prints",
        "`format`, `portfolio`, `unit`, `outcome`, `epics[]`, `findings[]`. Without EPIC, each epic has `id`, "
        "`decision`, `value` and `reason`.",
        "## An explanation: `epics[]`",
        inspect.getdoc(Explanation) or "",
        line_table(Explanation, ("cost_at_least", "cost_at_most", "ways_in", "portfolio")),
        "`cost` holds `at_least` and `at_most`; `ways_in[]` holds `kind`, `name`, `place`, `amount`, `unit`, `to` and "
        "`value`, what the best plan is then worth (`proven` false: at least).",
        "## Needs: `epics[].needs[]`",
        inspect.getdoc(Need) or "",
        line_table(Need, ()),
        "## What happens to others: `epics[].shifts[]`",
        inspect.getdoc(EpicShift) or "",
        line_table(EpicShift, ()),
    ]
