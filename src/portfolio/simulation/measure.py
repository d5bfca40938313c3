"""Measures what was counted: the chances of a plan, its epics and its budgets, with their errors."""

from __future__ import annotations

import math

import numpy as np

from portfolio.options import Floats
from portfolio.results.simulated.chance import Chance, Estimate, day_of
from portfolio.results.simulated.epic_chances import EpicChances
from portfolio.results.simulated.plan_chances import PlanChances
from portfolio.results.simulated.simulation import Simulation
from portfolio.results.simulated.spend_chances import BEYOND, SpendChances
from portfolio.results.simulated.study_line import StudyLine
from portfolio.simulation.chunked import id_of
from portfolio.simulation.futures import Futures, as_planned
from portfolio.simulation.played_plan import PlayedPlan, periods_of
from portfolio.simulation.statistics import WORST, Sample
from portfolio.simulation.study import PlayStudy
from portfolio.simulation.tally import Tally, percentile_day

COUNT_ON = 0.85
"""The share of futures in which what can be counted on comes true."""


def measure(study: PlayStudy, made: Tally) -> Simulation:
    """What a study that was played out says of its plan."""
    return Simulation(
        portfolio=study.problem.portfolio,
        study=StudyLine(id_of(study), study.seed, study.count, study.source.exact),
        plan=_plan(study, made),
        epics=_epics(study, made),
        spend=_spend(study, made),
    )


def planned_future(plan: PlayedPlan) -> Futures:
    """The one future in which everything comes as planned."""
    portfolio = plan.problem.portfolio
    return as_planned(1, len(plan.columns), periods_of(portfolio), len(portfolio.value_streams))


def chance_of(study: PlayStudy, share: float) -> Chance:
    """A chance with its interval, which is absent where all futures are counted."""
    return Chance.of(share, study.count, exact=study.source.exact)


def _percentile(study: PlayStudy, sample: Sample, share: float, *, reached: bool = False) -> Estimate:
    value = sample.count_on(share) if reached else sample.percentile(share)
    if study.source.exact or len(sample.values) < study.count:
        return Estimate(value)
    return Estimate(value, interval=sample.percentile_interval(1 - share if reached else share))


def _mean(study: PlayStudy, sample: Sample) -> Estimate:
    return Estimate(sample.mean, 0.0 if study.source.exact else sample.standard_error)


def _plan(study: PlayStudy, made: Tally) -> PlanChances:
    assert made.total is not None
    worth = made.worth
    dates = study.targets.dates
    streams = study.problem.portfolio.value_streams
    tail = 0.0 if study.source.exact else worth.standard_error / math.sqrt(WORST)
    return PlanChances(
        planned=study.problem.value(study.plan),
        mean=_mean(study, worth),
        p10=_percentile(study, worth, 0.1),
        p50=_percentile(study, worth, 0.5),
        p90=_percentile(study, worth, 0.9),
        count_on=_percentile(study, worth, COUNT_ON, reached=True),
        worst_mean=Estimate(worth.worst_mean(WORST), tail),
        dates_kept=None if np.isnan(dates).all() else chance_of(study, float(made.share(made.total.dates_kept))),
        use={stream.id: float(made.share(made.total.use)[place]) for place, stream in enumerate(streams)},
    )


def _epics(study: PlayStudy, made: Tally) -> tuple[EpicChances, ...]:
    plan, total = study.played_plan, made.total
    assert total is not None
    portfolio, target = study.problem.portfolio, study.targets
    future = planned_future(plan)
    played = plan.play(future)
    planned = plan.values(played, future, averaged=True)[0]

    def chance(counted: Floats, place: int, against: Floats) -> Chance | None:
        return None if math.isnan(against[place]) else chance_of(study, float(made.share(counted[place])))

    lines = []
    for place, name in enumerate(plan.epics):
        booking, epic = study.plan.bookings[name], portfolio.epics[portfolio.epic_index[name]]
        periods = portfolio.calendar.periods
        lines.append(
            EpicChances(
                id=name,
                title=epic.title,
                start=periods[booking.start],
                finish=periods[min(booking.finish, len(periods) - 1)],
                planned_done=day_of(math.ceil(7 * float(target.finish[place]) - 1e-6), portfolio.calendar),
                begins_on_time=chance_of(study, float(made.share(total.begins_on_time[place]))),
                done_by_planned_finish=chance_of(study, float(made.share(total.by_finish[place]))),
                done_by_deadline=chance(total.by_deadline, place, target.deadline),
                done_by_latest=chance(total.by_latest, place, target.latest),
                done_by_end=chance_of(study, float(made.share(total.by_end[place]))),
                p50_done=day_of(percentile_day(total.days[place], 0.5), portfolio.calendar),
                p85_done=day_of(percentile_day(total.days[place], COUNT_ON), portfolio.calendar),
                value=float(made.share(total.epic_value[place])),
                planned_value=float(planned[place]),
                mvp_above_cap=chance(total.mvp_above_cap, place, target.cap),
            )
        )
    return tuple(lines)


def _spend(study: PlayStudy, made: Tally) -> tuple[SpendChances, ...]:
    plan, total = study.played_plan, made.total
    assert total is not None
    portfolio, budgets = study.problem.portfolio, study.targets.budgets
    planned = plan.play(planned_future(plan)).spend[0]
    planned = np.concatenate([planned, planned.sum(axis=0, keepdims=True)])
    names = [*(stream.id for stream in portfolio.value_streams), ""]
    labels = [*portfolio.calendar.budget_labels, BEYOND]
    lines = []
    for row, name in enumerate(names):
        for column, label in enumerate(labels):
            mean = float(made.share(total.total[row, column]))
            if label == BEYOND and mean == 0:
                continue
            limit = math.nan if label == BEYOND else float(budgets[row, column])
            sample = made.spend.sample(row, column)
            error = 0.0 if study.source.exact else sample.standard_error
            lines.append(
                SpendChances(
                    id=name,
                    budget_period=label,
                    funded=None if math.isnan(limit) else limit,
                    planned=float(planned[row, column]),
                    mean=Estimate(mean, error),
                    p50=_percentile(study, sample, 0.5),
                    p85=_percentile(study, sample, COUNT_ON),
                    above_budget=None
                    if math.isnan(limit)
                    else chance_of(study, float(made.share(total.above_budget[row, column]))),
                )
            )
    return tuple(lines)
