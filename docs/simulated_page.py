"""The part of the reference that describes what a simulation prints, from the tables of the same figures."""

from __future__ import annotations

from collections.abc import Callable

from portfolio.results.simulated.epic_chances import HEADINGS

STUDY = (
    (
        "`id`",
        "text",
        "What the study is known by: the same for the same portfolio, plan, seed, draws and version of this program.",
    ),
    ("`seed`", "whole", "What the draws follow from."),
    ("`draws`", "whole", "How many futures there were."),
    ("`exact`", "yes/no", "Whether these are all there are, each with its chance."),
)
PLAN = (
    ("`planned_value`", "number", "What the plan is worth as planned."),
    ("`mean`, `standard_error`", "number", "What it is worth on average, and how far that is off as a rule."),
    ("`p10`, `p50`, `p90`", "number", "The value that is not exceeded in 10, 50 and 90 of 100 futures."),
    ("`count_on_85`", "number", "That much or more comes in 85 of 100 futures."),
    ("`cvar_10`", "number", "The mean of the worst tenth of the futures."),
    (
        "`dates_kept`",
        "share",
        "Chance that every epic with a deadline or a latest period is done by it; `null` where there is none.",
    ),
    ("`use`", "object", "By value stream the share of what it can do that it does, on average."),
    (
        "`intervals`",
        "object",
        "Between which two figures each of the others lies with 95 %, where the futures were drawn.",
    ),
)


def simulated_parts(table: Callable[..., str]) -> list[str]:
    """Heading, description and fields of each part."""
    headings = ("Field", "Type", "Meaning")
    chances = ", ".join(f"`{name}` ({heading.lower()})" for name, heading in HEADINGS.items())
    return [
        "# What `portfolio simulate FILE --json` prints",
        "`format`, `portfolio`, `unit`, `study`, `plan`, `epics[]`, `spend[]`, `findings[]`, and what was asked for: `ranks`, `anew`, "
        "`information`, `robust`. Chances are shares of 1. The same study gives the same bytes, on any number of cores and machines. A "
        "portfolio that can only be ranked gives `format`, `portfolio`, `study`, `ranks`, `findings[]`.",
        "## The study: `study`",
        table(headings, STUDY),
        "## The plan: `plan`",
        table(headings, PLAN),
        "## Its epics: `epics[]`",
        f"`id`, `start` and `finish` as planned, the chances {chances}, the first days `p50_done` and `p85_done` on which it is done in half "
        "and in 85 of 100 futures (`null`: it is not; weeks where the plan has no date), `value` on average, `planned_value`, and "
        "`intervals` of the chances.",
        "## Spend: `spend[]`",
        "`value_stream` (`null`: all), `budget_period`, `funded`, `planned`, `mean`, `standard_error`, `p50`, `p85`, `above_budget` (the chance) "
        "and `above_budget_interval`. The last line of each value stream is money for work after the plan.",
        "## Ranks: `ranks`",
        "`method`, `draws`, `exact`, `step_chance`, `voted_epics`, `top` (how many count as funded), `epics[]` with `id`, `rank`, `band`, "
        "`p10_rank`, `median_rank`, `p90_rank`, `first`, `in_top` and `intervals`, `bands[]` as lists of IDs, and `above[][]`: the chance that "
        "the epic of the row ranks above that of the column, in the order of `epics[]`.",
        "## Other plans: `anew`, `information`, `robust`",
        "`anew`: `plans`, `impossible` (futures more in which no plan is possible), `exact`, `epics[]` (`id`, `planned`, `chance_funded`), `regret` (`mean`, `standard_error`, `p50`, `p85`, `none`; both plans played forward), "
        "`mean_gap`, `largest_gap`. `information`: `draws`, `candidates[]`, `evpi`, `standard_error`, `parameters[]` (`subject`, `parameter`, `worth`, "
        "`standard_error`, `found`). `robust`: `by`, `chosen`, `best_mean`, `best_worst`, `best_dates`, `least_dates_kept`, `mean`, "
        "`standard_error`, `optimism`, `gap_at_most`, `draws`, `candidates[]`.",
    ]
