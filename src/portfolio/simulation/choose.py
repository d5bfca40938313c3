"""Measures choices: which candidate holds, which estimate decides among them, and what plans made anew say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice

import numpy as np

from portfolio.options import Floats
from portfolio.results.simulated.anew_chances import AnewChances, FundedLine
from portfolio.results.simulated.chance import Chance, Estimate
from portfolio.results.simulated.choice_chances import CandidateLine, Information, InformationLine, RobustChoice
from portfolio.simulation.anew import AnewStudy, PlanAnew, funded, regrets
from portfolio.simulation.candidates import ChoiceStudy, ChunkOfChoices, choices
from portfolio.simulation.holding import (
    DATES_KEPT,
    choose_by_dates,
    choose_by_mean,
    choose_by_worst,
    frontier,
    gap_of,
    worst_means,
)
from portfolio.simulation.information import (
    cells_of,
    parts_of,
    value_of_everything,
    value_of_knowing,
    value_of_learning,
)
from portfolio.simulation.kernel.random_numbers import Kind
from portfolio.simulation.statistics import Sample
from portfolio.simulation.study import CHUNK

KEPT = 4_000_000
"""Amounts of parameters that are kept at a time, 8 bytes each."""
WORDS = {Kind.EFFORT: "effort", Kind.BENEFIT: "benefit", Kind.COST: "external cost"}


def anew_chances(study: AnewStudy, plans: list[PlanAnew]) -> AnewChances:
    """What plans made anew say of today's plan."""
    short, chance = regrets(plans)
    sample, exact, count = Sample(short, chance), study.source.exact, len(plans)
    shares = funded(plans)
    said = partial(Chance.of, count=count, exact=exact)
    names = [epic.id for epic in study.problem.portfolio.epics if epic.id in study.today or epic.id in shares]
    gaps = [one.gap for one in plans if one.gap is not None]
    all_known = len(gaps) == count
    none = float(chance[short <= 1e-9 * max(1.0, float(np.max(np.abs(short))))].sum() / chance.sum())
    return AnewChances(
        plans=count,
        impossible=study.source.count - count,
        exact=exact,
        epics=tuple(FundedLine(name, name in study.today, said(shares.get(name, 0.0))) for name in names),
        mean_regret=Estimate(sample.mean, 0.0 if exact else sample.standard_error),
        p50_regret=sample.percentile(0.5),
        p85_regret=sample.percentile(0.85),
        no_regret=said(none),
        mean_gap=float(np.average(gaps, weights=chance)) if all_known else None,
        largest_gap=max(gaps) if all_known else None,
    )


def robust_choice(
    study: ChoiceStudy,
    first: list[ChunkOfChoices],
    second: list[ChunkOfChoices],
    by: str,
    least: float = DATES_KEPT,
    *,
    cut: bool = False,
    fewer: bool = False,
) -> RobustChoice:
    """Which candidate holds, chosen on the first futures and reported on the second."""
    chosen_on, reported_on = choices(study, first), choices(study, second)
    worst, means = worst_means(chosen_on), chosen_on.means
    best_mean, best_worst, best_dates = (
        choose_by_mean(chosen_on), choose_by_worst(chosen_on), choose_by_dates(chosen_on, least)
    )  # fmt: skip
    chosen = {"mean": best_mean, "worst": best_worst, "dates": best_mean if best_dates is None else best_dates}[by]
    on_worst, on_dates = frontier(means, worst), frontier(means, chosen_on.dates)
    names = [candidate.name for candidate in study.candidates]
    report = Sample(reported_on.value[:, chosen], reported_on.chance)
    exact = study.source.exact
    lines = tuple(
        CandidateLine(
            name,
            float(means[place]),
            float(worst[place]),
            float(chosen_on.dates[place]),
            float(chosen_on.joint[place]),
            place in on_worst,
            place in on_dates,
        )
        for place, name in enumerate(names)
    )
    return RobustChoice(
        by=by,
        chosen=names[chosen],
        best_mean=names[best_mean],
        best_worst=names[best_worst],
        best_dates=None if best_dates is None else names[best_dates],
        least_dates=least,
        candidates=lines,
        mean=Estimate(report.mean, 0.0 if exact else report.standard_error),
        optimism=0.0 if exact else float(means[chosen]) - report.mean,
        gap=float(np.max(means) - means[chosen]) if exact else gap_of(reported_on.value, chosen),
        cut=cut,
        draws=len(chosen_on.chance),
        fewer=fewer,
        exact=exact,
        plans=tuple(candidate.plan.bookings for candidate in study.candidates),
    )


def information(
    study: ChoiceStudy, chunks: list[ChunkOfChoices], *, cut: bool = False, fewer: bool = False
) -> Information:
    """What knowing each parameter would add, the most worth first."""
    all_of_it = choices(study, chunks)
    exact = all_of_it.exact
    everything, error = value_of_everything(all_of_it.value, all_of_it.chance, exact=exact)
    lines = []
    for subject, parameter, tables in _parameters(study, len(chunks)):
        parts = parts_of(tables[0]) if len(tables) == 1 else cells_of(tables)
        if exact:
            worth = Estimate(value_of_knowing(all_of_it.value, all_of_it.chance, parts))
        else:
            worth = Estimate(*value_of_learning(all_of_it.value, parts))
        lines.append(InformationLine(subject, parameter, worth))
    lines.sort(key=lambda line: -line.worth.value)
    names = tuple(candidate.name for candidate in study.candidates)
    return Information(names, Estimate(everything, error), tuple(lines), cut, len(all_of_it.chance), fewer)


def _parameters(study: ChoiceStudy, chunks: int) -> Iterator[tuple[str, str, list[Floats]]]:
    """Each parameter that is uncertain, by epic or value stream, with its amount in each draw; an epic's also together.

    The amounts of a few epics are there at a time, however many epics and draws there are.
    """
    uncertainty, most = study.uncertainty, max(1, KEPT // (4 * CHUNK * chunks))
    uncertain = {name for name, _ in uncertainty.factors} | set(uncertainty.confidence)
    names = [name for name in uncertainty.epics if name in uncertain]
    for first in range(0, len(names), most):
        for name, own in _amounts(study, names[first : first + most], chunks).items():
            yield from ((name, parameter, [one]) for parameter, one in own.items())
            if len(own) > 1:
                yield name, "all of it", list(own.values())
    yield from ((name, "capacity", [amounts]) for name, amounts in _capacities(study, chunks).items())


def _capacities(study: ChoiceStudy, chunks: int) -> dict[str, Floats]:
    """The mean share of its capacity that each uncertain value stream delivers in each draw of the first chunks."""
    portfolio, names = study.problem.portfolio, list(study.uncertainty.capacity)
    periods, shares = len(portfolio.calendar.periods), dict[str, list[Floats]]((name, []) for name in names)
    for one in islice(study.concerning(()).chunks, chunks) if names else ():
        for name in names:
            shares[name].append(one.share[:, :periods, portfolio.stream_index[name]].mean(axis=1))
    return {name: np.concatenate(parts) for name, parts in shares.items()}


def _amounts(study: ChoiceStudy, names: list[str], chunks: int) -> dict[str, dict[str, Floats]]:
    """The amount of each uncertain parameter of each of some epics in each draw of the first chunks, in the order in which they are shown."""
    uncertainty, futures = study.concerning(names)
    amounts: dict[str, dict[str, list[Floats]]] = {name: {} for name in names}
    for one in islice(futures, chunks):
        tables = {Kind.EFFORT: one.effort, Kind.BENEFIT: one.benefit, Kind.COST: one.cost}
        for name, own in amounts.items():
            column = uncertainty.column[name]
            for kind in WORDS:
                if (name, kind) in uncertainty.factors:
                    own.setdefault(WORDS[kind], []).append(tables[kind][:, column].copy())
            if name in uncertainty.confidence:
                own.setdefault("hypothesis", []).append(one.holds[:, column].astype(np.float64))
    return {
        name: {parameter: np.concatenate(parts) for parameter, parts in own.items()} for name, own in amounts.items()
    }
