"""NPV: net present value by what it costs, for a selection under one budget."""

from __future__ import annotations

from portfolio.domain.scoring_shapes.shape import ScoringShape

NPV = ScoringShape(
    name="npv",
    title="NPV",
    score="NPV by cost",
    rule="one figure says what it is worth in all; it is divided by what it costs.",
    formula="Net present value / cost",
    unit="money per money; in a plan, the net present value is earned once, whenever within the horizon it is done.",
    why="under one budget, this order is nearly the best selection; the plan finds the best one.",
    source="Lorie and Savage, Three problems in rationing capital (1955); the profitability index of corporate finance",
    example="worth 300, cost 120: 2.5.",
    worth=("net_present_value",),
    known_by=("net_present_value",),
    times={},
    per="cost",
    once=True,
)
