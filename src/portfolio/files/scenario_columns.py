"""The sheet of scenarios, in the words of the one table of sheets and columns."""

from __future__ import annotations

from portfolio.domain.scenarios import VERBS
from portfolio.files.columns import Column, Sheet

SCENARIOS = Sheet(
    "Scenarios",
    "scenarios",
    (
        Column("Scenario", "scenario", "text", "Its name; blank means as in the row above.", "Fewer people"),
        Column(
            "Change",
            "change",
            "word",
            "What is done to the figure.",
            "scale",
            choices=tuple(VERBS),
            aliases=("Action", "Verb", "What to do"),
        ),
        Column(
            "What",
            "what",
            "text",
            "The figure, rule or epic by its name.",
            "capacity of VS1 in PI 2",
            aliases=("Figure", "Name", "Where", "What changes"),
        ),
        Column(
            "Value",
            "value",
            "number",
            "A number, percentage, word, date or period; blank where none is needed.",
            0.8,
            aliases=("To", "By", "In", "New value", "Amount"),
        ),
    ),
    aliases=("Scenario", "What if", "What-ifs"),
)
"""Named sets of changes, a row for each change; it is no part of the portfolio, which it does not change."""
