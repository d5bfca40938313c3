"""What the columns of one table have in common: its decimal mark, its order of dates, the portfolio's currency."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from portfolio.intake.columns import Column
from portfolio.intake.headings.units import Unit, unit_of
from portfolio.intake.values.dates import Order
from portfolio.intake.values.number_text import Mark

MONEY = frozenset(
    {"benefit_per_week", "penalty", "external_cost", "mvp_cost", "cost_per_unit", "budget", "epic_threshold", "point_value",
     "cost", "net_present_value", "benefit_low", "benefit_high", "external_cost_low", "external_cost_high"}
)  # fmt: skip
"""Fields that count money."""
EFFORTS = frozenset({"effort", "effort_low", "effort_high", "story_points", "capacity"})
"""Fields that count work."""
DURATIONS = frozenset({"life_weeks", "min_periods", "max_periods", "mvp_periods", "deadline", "lag_periods"})
SCORES = frozenset(
    {"user_business_value", "time_criticality", "rr_oe", "job_size", "cost_of_delay", "risk_reduction",
     "opportunity_enablement", "reach", "impact", "ease"}
)  # fmt: skip
"""Fields whose figures are steps of a scale, for which people also write words."""


@dataclass(frozen=True)
class Context:
    """How the values of one table are read where a column does not show it itself."""

    mark: Mark | None = None
    fallback: Mark | None = None
    """The decimal mark where neither the column nor the table shows one; it is said where it decides."""
    order: Order | None = None
    money: Unit | None = None
    """The portfolio's currency, as its settings say it: EUR, or kEUR."""
    percent: bool = False
    """Whether other columns of the file hold percent as figures above 1: 80 is 80 % there."""
    work: Unit | None = None
    """What capacity is counted in, where its sheet says so; effort in another unit of time is made the same."""
    words: Mapping[str, float] = field(default_factory=dict)
    """Figures for words, by the folded word, or by the column's field and the word: `job_size:m`."""
    forgiving: bool = True
    """Whether `n/a` and `TBD` stand for an empty cell."""


@dataclass(frozen=True)
class Shown:
    """What a number format says: shown in percent, in thousands, with a currency."""

    percent: bool = False
    scaled: bool = False
    currency: str = ""

    @staticmethod
    @lru_cache(maxsize=1_000)
    def of(code: str) -> Shown:
        """The meaning of a format code."""
        positive = code.partition(";")[0]
        plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", positive)
        signs = " ".join(
            re.findall(r'"([^"]*)"|\[\$([^\-\]]*)', positive)
            and [part for found in re.findall(r'"([^"]*)"|\[\$([^\-\]]*)', positive) for part in found if part.strip()]
        )
        unit = unit_of(signs) if signs else unit_of("".join(re.findall(r"[$€£¥]", plain)))
        return Shown("%" in plain, bool(re.search(r"[0#?],+(?![0#?])", plain)), unit.currency if unit else "")


@dataclass(frozen=True)
class Wanted:
    """What a column is read for: its field with its kind, and the unit that its heading says."""

    column: Column
    unit: Unit | None = None
    format_of: Callable[[int], str] | None = None
    """How a cell of the column shows its number, by its position."""
    heading: str = ""
    """What stands above the column."""

    def shown_as(self, place: int) -> Shown:
        """What the format of a cell says about its number."""
        return Shown.of("" if self.format_of is None else self.format_of(place))

    @property
    def name(self) -> str:
        """The field's own name."""
        return self.column.field.rpartition(".")[2]

    @property
    def is_money(self) -> bool:
        """Whether the field counts money."""
        return self.name in MONEY
