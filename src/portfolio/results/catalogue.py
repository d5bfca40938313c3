"""The catalogue: every table that a program can ask a result for, by the kind of result."""

from __future__ import annotations

from portfolio.results.simulated.anew_chances import FUNDED_CHANCES
from portfolio.results.simulated.choice_chances import CANDIDATES, INFORMATION
from portfolio.results.simulated.epic_chances import EPIC_CHANCES
from portfolio.results.simulated.ranks import RANK_CHANCES, RANK_PAIRS
from portfolio.results.simulated.spend_chances import SPEND_CHANCES
from portfolio.results.tables.alternatives import CHANGES, COMPARED_EPICS, FIGURES, STEPS, USES
from portfolio.results.tables.differences import DIFFERENCES, PLAN_CHANGES, RANK_CHANGES
from portfolio.results.tables.epics import GIVEN_EPICS, PLANNED_EPICS
from portfolio.results.tables.explanations import EXPLAINED_EPICS, NEEDS, OTHER_EPICS, WAYS_IN
from portfolio.results.tables.flow import FLOW_TABLES
from portfolio.results.tables.funding import FUNDING
from portfolio.results.tables.guardrails import DEPENDENCIES, GIVEN_GUARDRAILS, GUARDRAILS
from portfolio.results.tables.levels import LEVELS
from portfolio.results.tables.outcomes import BY_OUTCOME, OUTCOMES
from portfolio.results.tables.prices import RULES, RUNNING, UNITS
from portfolio.results.tables.run import FINDINGS, RUN
from portfolio.results.tables.running import RUNNING as PROGRESS
from portfolio.results.tables.streams import CAPACITY, PERIODS, VALUE_STREAM_PERIODS, VALUE_STREAMS
from portfolio.results.tables.work import EFFORT, WORK
from portfolio.scoring.ranking_table import RANKING
from portfolio.tabular import Table

CATALOGUE: dict[str, tuple[Table, ...]] = {
    "Loaded": (
        GIVEN_EPICS,
        EFFORT,
        PERIODS,
        VALUE_STREAMS,
        CAPACITY,
        GIVEN_GUARDRAILS,
        DEPENDENCIES,
        OUTCOMES,
        FINDINGS,
    ),
    "Ranking": (RANKING,),
    "Answer": (
        PLANNED_EPICS,
        RUN,
        PERIODS,
        VALUE_STREAMS,
        WORK,
        VALUE_STREAM_PERIODS,
        GUARDRAILS,
        DEPENDENCIES,
        FUNDING,
        BY_OUTCOME,
        LEVELS,
        PROGRESS,
        FINDINGS,
    ),
    "Comparison": (FIGURES, USES, COMPARED_EPICS, CHANGES, FINDINGS),
    "Frontier": (STEPS, FINDINGS),
    "PriceList": (RULES, UNITS, RUNNING, FINDINGS),
    "Explained": (EXPLAINED_EPICS, NEEDS, OTHER_EPICS, WAYS_IN, FINDINGS),
    "Simulation": (
        EPIC_CHANCES,
        SPEND_CHANCES,
        RANK_CHANCES,
        RANK_PAIRS,
        FUNDED_CHANCES,
        INFORMATION,
        CANDIDATES,
        FINDINGS,
    ),
    "Ranks": (RANK_CHANCES, RANK_PAIRS, FINDINGS),
    "Flow": FLOW_TABLES,
    "Difference": (DIFFERENCES, RANK_CHANGES, PLAN_CHANGES, FINDINGS),
}
"""The tables of each kind of result, the one that is shown first."""
