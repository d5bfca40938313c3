"""Chances, percentiles, means and money of a study, counted by the product and by the oracle from the same futures."""

from __future__ import annotations

import datetime
import math
from fractions import Fraction
from typing import Any

import pytest

from portfolio.simulation.measure import measure
from portfolio.simulation.study import play_out
from tests import asking, oracle
from tests import uncertainty_oracle as unsure
from tests.simulation.test_against_oracle import draw_of, same, study_of
from tests.simulation.uncertain_portfolios import random_plan, uncertain_portfolio

DRAWS = 40
FEW, MANY = range(4), range(4, 60)
Ways = list[tuple[unsure.Draw, unsure.Played]]


def differences(seed: int) -> list[str]:
    """Where product and oracle part, in words."""
    raw = uncertain_portfolio(seed)
    if not asking.is_sound(raw) or not (plan := random_plan(seed, raw)):
        return []
    study, made = play_out(study_of(raw, plan, seed=seed, draws=DRAWS, most_combinations=0), workers=1)
    found = measure(study, made)
    futures = study.source.part(0, study.source.count)
    draws = [draw_of(study, futures, row) for row in range(len(futures))]
    ways = [(draw, unsure.play(raw, plan, draw, rank=study.problem.order)) for draw in draws]
    pairs = [*of_plan(raw, plan, found.plan, ways), *of_spend(raw, plan, found.spend, ways)]
    for line in found.epics:
        pairs += of_epic(raw, plan, line, ways)
    return [f"{what}: {one} is {other}" for what, one, other in pairs if not agree(one, other)]


def agree(one: Any, other: Any) -> bool:
    """Equal within rounding; nothing equals nothing only."""
    if isinstance(one, int | float) and isinstance(other, int | float | Fraction):
        return same(float(one), other)
    return bool(one == other)


def share(ways: Ways, is_so: Any) -> Fraction:
    """The share of futures in which it is so."""
    return Fraction(sum(bool(is_so(draw, played)) for draw, played in ways), len(ways))


def of_epic(raw: Any, plan: oracle.Plan, line: Any, ways: Ways) -> list[tuple[str, Any, Any]]:
    """Dates and chances of one epic."""
    name, weeks = line.id, raw["calendar"]["period_weeks"]
    epic, (start, length) = oracle.epic_of(raw, name), plan[name]
    labels = oracle.periods(raw)
    dates = {"done_by_planned_finish": (start + length) * weeks, "done_by_end": len(labels) * weeks}
    if epic.get("urgency") == "deadline":
        dates["done_by_deadline"] = oracle.deadline_week(epic, raw)
    if epic.get("latest") is not None:
        dates["done_by_latest"] = (labels.index(epic["latest"]) + 1) * weeks
    pairs: list[tuple[str, Any, Any]] = [
        (f"{name} {what}", getattr(line, what).share, share(ways, lambda _, played, week=week: played.done.get(name, math.inf) <= week + 1e-9))
        for what, week in dates.items()
    ]  # fmt: skip
    on_time = share(ways, lambda _, played: played.begun.get(name, math.inf) <= start * weeks + 1e-9)
    pairs.append((f"{name} begins", line.begins_on_time.share, on_time))
    done = unsure.equally_likely([played.done.get(name, math.inf) for _, played in ways])
    for what, q in (("p50_done", Fraction(1, 2)), ("p85_done", Fraction(85, 100))):
        week = unsure.percentile(done, q)
        day = None if week == math.inf else day_of(raw, week)
        pairs.append((f"{name} {what}", getattr(line, what), day))
    if epic.get("mvp_cost") is not None and line.mvp_above_cap is not None:
        above = share(
            ways, lambda draw, played: unsure.mvp_spend(raw, plan, played, draw, name) > epic["mvp_cost"] * (1 + 1e-9)
        )
        pairs.append((f"{name} MVP", line.mvp_above_cap.share, above))
    return pairs


def day_of(raw: Any, week: unsure.Number) -> datetime.date:
    """A done week s is shown as start + ceil(7 s) days."""
    days = math.ceil(7 * week - unsure.MOMENT)
    return datetime.date.fromisoformat(raw["calendar"]["start"]) + datetime.timedelta(days=days)


def of_plan(raw: Any, plan: oracle.Plan, found: Any, ways: Ways) -> list[tuple[str, Any, Any]]:
    """What the plan is worth."""
    worth = unsure.equally_likely([unsure.plan_value(raw, plan, played, draw) for draw, played in ways])
    tenth = Fraction(1, 10)
    return [
        ("mean", found.mean.value, unsure.mean(worth)),
        ("P10", found.p10.value, unsure.percentile(worth, tenth)),
        ("P50", found.p50.value, unsure.percentile(worth, Fraction(1, 2))),
        ("P90", found.p90.value, unsure.percentile(worth, Fraction(9, 10))),
        ("count on", found.count_on.value, unsure.to_count_on(worth, Fraction(85, 100))),
        ("worst tenth", found.worst_mean.value, unsure.worst_mean(worth, tenth)),
    ]


def of_spend(raw: Any, plan: oracle.Plan, found: Any, ways: Ways) -> list[tuple[str, Any, Any]]:
    """Money by value stream and budget period."""
    spent: list[dict[tuple[str, str], Any]] = []
    for draw, played in ways:
        here: dict[tuple[str, str], Any] = {}
        for (stream, period), amount in unsure.spend(raw, plan, played, draw).items():
            if period < len(oracle.periods(raw)):
                key = stream, oracle.budget_period_of(raw, period)
                here[key] = here.get(key, 0) + amount
        spent.append(here)
    pairs: list[tuple[str, Any, Any]] = []
    lines = {(line.id, line.budget_period): line for line in found}
    for stream in oracle.streams(raw):
        for period in oracle.budget_periods(raw):
            line = lines.get((stream["id"], period))
            if line is None:
                continue
            outcomes = unsure.equally_likely([here.get((stream["id"], period), 0) for here in spent])
            what = f"spend {stream['id']} {period}"
            pairs.append((f"{what} mean", line.mean.value, unsure.mean(outcomes)))
            pairs.append((f"{what} P85", line.p85.value, unsure.percentile(outcomes, Fraction(85, 100))))
            if stream.get("budget") is not None and line.above_budget is not None:
                budget = oracle.budget_of(stream, oracle.periods_of(raw, period))
                above = unsure.chance_of(
                    outcomes, lambda amount, budget=budget: amount > budget + 1e-6 * max(1, budget)
                )
                pairs.append((f"{what} above", line.above_budget.share, above))
    return pairs


@pytest.mark.parametrize("seed", FEW)
def test_figures_of_a_study(seed: int) -> None:
    assert differences(seed) == []


@pytest.mark.many
@pytest.mark.parametrize("seed", MANY)
def test_figures_of_many_studies(seed: int) -> None:
    assert differences(seed) == []
